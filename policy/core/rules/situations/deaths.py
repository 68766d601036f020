"""Deaths, grave injuries and suicide: the family hears first, and nobody learns how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policy.core.rules import authorities
from policy.core.rules.base import Case, Rule, Span, tweets
from policy.core.rules.phrases import Phrases, pattern
from policy.core.types import Severity

_SUICIDE: Final = Phrases(
    {
        "suicid": (
            r"suicides?(?! (?:prevention|awareness|bereavement|support|bombers?|bombing|squad|safer"
            r"|first aid|helpline))",
        ),
        "own li": (r"(?:took|taken|taking|take|takes) (?:his|her|their) own li(?:fe|ves)",),
        "own life": (r"(?:taken|took|taking|take) own life",),
        "end": (r"end(?:ed|ing)? (?:his|her|their) (?:own )?li(?:fe|ves)",),
        "self|selves": (
            r"kill(?:ed|ing)? (?:him|her|them)sel(?:f|ves)",
            r"(?:him|her|them)self in front of a train",
        ),
        "hang": (r"(?:found |was |been )hang(?:ed|ing)", r"hanged (?:him|her|them)self"),
        "overdose": (
            r"(?:took|taken|taking|fatal|deliberate|intentional) (?:an |drugs? )?overdose",
        ),
        "jump": (
            r"(?:jumped|jump|jumping|jumps) (?:to (?:his|her|their) death|(?:from|off) (?:an?|the)"
            r" (?:\w+ )?(?:bridge|roof|building|car park|multi ?storey|cliff|balcony|ledge"
            r"|window))",
        ),
    }
)
_ADVICE: Final = pattern(
    r"samaritans|116 ?123|prevention|awareness|training|support (?:group|line)s?"
    r"|talk to (?:someone|us)|helpline|worldsuicide\w*|#wspd\w*"
)
_DEATH: Final = Phrases(
    {
        "died": (
            r"(?<!\bwho\s(?:have\s|has\s)?|\b(?:nobody|none|no\sone)\s)died(?! down| out| in"
            r" (?:the )?(?:war|ww|battle))",
        ),
        "death": (
            r"(?:sudden|unexplained|unexpected|suspicious|tragic|sad|fatal|the|his|her"
            r"|their) deaths?"
            r"(?! (?:penalty|trap|row|star))",
            r"death of (?:an?|the|two|three|\d)(?! salesman)",
        ),
        "dead": (
            r"(?<!\b(?:battery|phone|radio|line|engine|tree|signal)\s(?:\w+\s){0,4})"
            r"(?:found|shot|pronounced|declared|confirmed|left|was|were|is|are|now|sadly) dead"
            r"(?! (?:end|line|easy|good|tired|keen|proud))",
            r"(?<!over my )dead (?:man|woman|person|body|boy|girl)|dead at the scene",
        ),
        "fatal": (
            r"fatal (?:\w+ )?(?:collision|crash|rt[ac]|accident|fire|stabbing|shooting|incident"
            r"|attack"
            r"|assault|injuries)|fatalit(?:y|ies)|fatally (?:\w+)",
        ),
        "killed": (
            r"(?:was|were|been|has|is|are|people|man|woman|boy|girl|child|driver|pedestrian|cyclist"
            r"|motorcyclist|passenger|rider) (?:\w+ )?killed",
            r"(?:one|two|three|four|five|\d+|teenager|pensioner|biker|baby|officer|teenagers|men"
            r"|women|driver|victim)(?: \w+)? killed",
            r"killed (?:in|by|after|when|at|on) (?:an?|the|his|her)? ?(?:\w+ ){0,3}?(?:crash|fire"
            r"|collision|attack|rt[ac]|smash|stabbing|shooting|train|car|lorry|vehicle|blast"
            r"|explosion|accident|incident)",
        ),
        "make it": (
            r"(?<!could )(?:sadly|tragically|driver|rider|lad|man|woman|boy|girl|passenger|he|she)"
            r"(?: \w+){0,5}? (?:did not|didn't|didnt) make it(?=[.!,]|$| despite| and)",
        ),
        "lost ": (r"lost (?:his|her) li(?:fe)|lost their lives",),
        "passed away": (r"(?:sadly |has |have )*passed away(?! in the)",),
        "dies": (
            r"(?:m[ae]n|wom[ae]n|boy|girl|person|child|cyclist|driver|teen\w*|baby|pensioner|rider"
            r"|passenger|pedestrian|victim|biker|motorcyclist|toddler|student|\d{1,2}|officer"
            r"|prisoner)(?: \w+){0,2}? (?:sadly |tragically )?dies",
            r"dies (?:after|in|following|from|at) (?:an? |the )?(?:\w+ )?(?:crash|collision|fire"
            r"|attack|hospital|stabbing|shooting|rt[ac]|smash|custody|river|sea|fall|incident)",
        ),
        "described as": (
            r"(?:injur\w+|condition|burns|wounds)[^.!?\n]{0,40} described as"
            r" (?:very |being )?(?:serious|critical|grave|life)",
        ),
        "colleague": (
            r"(?:lost|loss of|death of) (?:an? |our |one of our )(?:much loved |dear "
            r"|former )?(?:colleague|friend and colleague)",
        ),
        "a fatal": (r"an? fatal(?= (?:is|on|at|in|this)|[.,!])",),
        "double fatal": (r"(?:double|triple) fatal",),
        "conscious": (r"never regained consciousness",),
        "pulled from": (
            r"(?:bod(?:y|ies)|m[ae]n|wom[ae]n|person|boy|girl|child) (?:(?:was|has"
            r" been|were|is|being) )*pulled from (?:the )?(?:\w+ )?(?:river|canal|water|sea"
            r"|lake|wreck\w*|burning|fire|house)",
        ),
        "burns": (r"(?:serious|severe|horrific|major|extensive|third degree) (?:\w+ )?burns",),
        "homicide": (r"homicide",),
        "perish": (r"perish(?:ed)?",),
        "murder ": (r"(?<=^|[.!?:#] ?)murder (?:in|at|on|of)(?! (?:mystery|the orient|on the))",),
        "to his death": (r"to (?:his|her|their) deaths?",),
        "dead ": (
            r"(?:\d+|one|two|three|four|m[ae]n|wom[ae]n|boy|girl|cyclist|pedestrian|driver|biker"
            r"|motorcyclist|teenager|people) (?:left )?dead (?:after|in|following|at)",
        ),
        "critical ": (r"(?:m[ae]n|wom[ae]n|boy|girl|cyclist|pedestrian|driver) critical after",),
        "injuries": (r"injuries (?:are |were |is )?(?:thought |believed )?(?:to be )?serious",),
        "deceased": (
            r"(?:is|was|are|were|confirmed|found|pronounced|one|two|person|the|now|man|male|female"
            r"|woman) deceased",
        ),
        "surviv": (r"(?:not|n't|sadly|nobody|no one|none) (?:\w+ )?surviv(?:e|ed)",),
        "life support": (r"(?:on|off) (?:a )?life support",),
        "intensive care": (r"(?:in|to|on|remains in) intensive care",),
        "coma": (r"in an? (?:\w+ )?coma",),
        "saved": (r"(?:could not|couldn't|couldnt|unable to) be saved",),
        "save|resuscitate|revive": (
            r"(?:unable|not able|failed|couldn't|could not) (?:to )?save (?:him|her|them|the"
            r" (?:m[ae]n"
            r"|wom[ae]n|boy|girl|driver|baby|life))",
            r"despite [^.!?\n]{0,60}(?:efforts|attempts)[^.!?\n]{0,30}(?:save|resuscitate|revive)",
        ),
        "despite": (
            r"despite (?:the |their |our |everyone's )?(?:best|every|all|desperate|valiant)?"
            r" ?efforts"
            r" (?:of|by|from) (?:\w+ ){0,3}?(?:paramedics|medics|medical|ambulance|doctors"
            r"|officers)",
        ),
        "succumb": (r"succumbed to (?:his|her|their|the)",),
        "formal": (r"formal(?:ly)? identif(?:ied|ication)", r"formal id"),
        "thoughts": (
            r"thoughts (?:(?:and prayers|and condolences|are|remain|very much|go out|today|go"
            r"|at this time) )*(?:with|to) (?:the |his |her |their )?(?:\w+'?s? )?(?:famil(?:y|ies)"
            r"|loved ones|friends|relatives|wife|husband|parents)",
        ),
        "condolences": (
            r"condolences (?:(?:go|are) )?(?:to|with) (?:\w+ ){0,3}?(?:famil\w+"
            r"|loved)",
        ),
        "condition": (
            r"in an? (?:very )?(?:serious|critical|grave) (?:but stable )?condition",
            r"condition (?:(?:is|was|remains|still|described|as|said|to be|being|currently|thought"
            r"|believed|now) )+(?:critical|serious|grave|very serious|life threatening)",
        ),
        "fight": (
            r"(?:lost (?:his|her|their)|losing (?:his|her)) fight",
            r"fight(?:s|ing)? for"
            r" life",
        ),
        "tragic": (r"tragic(?:ally)? (?:loss|lost|news of|died|killed)",),
        "drown": (r"drowned",),
        "stabbed": (r"stabbed to death",),
        "beaten": (r"beaten to death",),
        "resuscitat|cpr": (
            r"(?:cpr|resuscitation) (?:is|was) (?:being )?(?:given|attempted|carried)",
        ),
        "of life": (r"no signs? of life",),
        "post mortem": (r"post mortem",),
        "postmortem": (r"postmortem",),
        "coroner": (r"(?:the|hm) coroner (?:has|have|will|is|been|was)",),
        "paralys": (r"paralysed",),
        "amputat": (r"amputated",),
        "body": (r"body (?:has been |was |of )?(?:found|discovered|recovered|an?|the)",),
        "bodies": (r"bodies (?:have been |were |of )?(?:found|discovered|recovered|an?|the|two)",),
        "remains": (r"human remains",),
        "murder": (
            r"(?:been|was|were|double|of) murder(?:ed)?|murdered",
            r"murder (?:investigation|inquiry|enquiry|probe)",
        ),
        "life": (
            r"(?<!(?:not|non|n't|isn't|aren't) (?:\w+ ){0,5}|non-)(?:life (?:threatening|changing"
            r"|altering|limiting)|threat to life injur\w+)",
            r"fighting for (?:his|her|their) life",
        ),
        "critical": (
            r"critical(?:ly)? (?:ill|injured|hurt|but stable|condition|injuries)"
            r"|in (?:a )?critical",
        ),
        "serious": (
            r"(?<!\bnot\s|n't\s|\b(?:no|none|nobody)\s(?:\w+\s){0,4})serious(?:ly)? (?:injured"
            r"|hurt|injur(?:y|ies)|head injur\w+"
            r"|wounded|ill in hospital)",
        ),
        "badly": (r"badly (?:hurt|injured|burned|burnt)",),
        "next of kin": (r"next of kin",),
    }
)
_CONTACT: Final = Phrases(
    {
        "iopc": (r"(?:referred|referral|reported|self referred|refer) (?:\w+ ){0,5}?iopc",),
        "custody": (
            r"(?:died|death|dies|ill|unwell|collapsed) (?:while |whilst )?in (?:police )?custody",
        ),
        "police contact": (r"(?:following|after|during) (?:\w+ )?police contact",),
        "contact with": (
            r"(?:following|after) (?:\w+ )?contact with (?:the )?(?:police|officers)",
        ),
        "police car": (
            r"(?:hit|struck|collision with|collided with"
            r"|knocked down) (?:by )?(?:an? )?(?:marked )?police car",
        ),
        "police vehicle": (
            r"(?:hit|struck|collision with"
            r"|collided with) (?:by )?(?:an? )?(?:marked )?police vehicle",
        ),
    }
)
# Long past or judged, or a plea for care: no family is still to be told.
_TOLD: Final = pattern(
    r"(?:jailed|sentenced|convicted|guilty|inquest|anniversary|remember\w*|memorial|tribute\w*"
    r"|fallen|poppy|ww[12]|wartime|armistice|holocaust|commemorat\w*|roll of honour)"
    r"|lest we forget|line of duty|#?lestweforget|years (?:ago|since|on)|fatal ?(?:four|five|4"
    r"|5)|could (?:be|have been|prove) fatal|can (?:kill|die|be fatal)|not (?:be )?worth dying"
    r"|every year|each year|in (?:18|19)\d\d|on average|campaign|dogs?|reduce\w*"
    r"|murder mystery|figures|statistics|per ?cent|birds?|swans?|avian|badgers?|deer|livestock"
    r"|sheep|seals?|hedgehogs?"
)


def _first(case: Case, phrases: Phrases) -> tuple[int, int] | None:
    first = min(phrases.found(case), key=lambda found: found.start(), default=None)
    return case.place(*first.span()) if first else None


def deaths(case: Case) -> Iterator[Span]:
    """The first words that tell of a death or a grave injury, or how somebody took their life."""
    plain = case.reading.plain
    suicide = _first(case, _SUICIDE)
    if suicide and not _ADVICE.search(plain):
        yield Span(
            *suicide,
            "This seems to tell of a suicide.",
            "Say nothing of how or where, and add the Samaritans: 116 123, free, day and night.",
            confidence=0.8,
        )
        return
    contact, death = _first(case, _CONTACT), _first(case, _DEATH)
    if suicide or not (contact or death) or _TOLD.search(plain):
        return
    if contact:
        yield Span(
            *contact,
            "This may be about a death or an injury after contact with the police.",
            "Ask comms whether the IOPC or Professional Standards look into it and agree.",
            confidence=0.7,
        )
    elif death:
        yield Span(*death, "This tells of a death or a serious injury.", confidence=0.7)


DEATH_OR_SERIOUS_INJURY: Final = Rule(
    id="death-or-serious-injury",
    title="A death or a serious injury",
    subject="Incidents and appeals",
    severity=Severity.NEEDS_REASON,
    cites=authorities.DEATHS,
    advice="Make sure that the family knows and that comms agrees before you post this.",
    find=deaths,
    wrong=tweets(
        "A man died after a crash in Oldermoor last night",
        "A cyclist is in a critical condition after a collision in Saltmere",
        "A woman took her own life in Kingsmarl this morning",
        "A man became ill and died in custody at Foxhollow",
    ),
    right=tweets(
        "Never drink and drive. It can kill.",
        "His injuries are not life-threatening",
        "Talk to someone: the Samaritans listen on 116 123. World Suicide Prevention Day",
        "We remember the officers who died in the line of duty",
        "The road to Brackenford Farm is a dead end",
    ),
    answers=(
        "The next of kin know and comms agrees",
        "The force has already made this public",
        "It is not about a death or an injury now",
    ),
)
