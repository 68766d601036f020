"""Opinions, politics, insults and subjects on which people are deeply divided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Param, ParamKind, Rule, Span, params, tweets
from policy.core.rules.lexicon import apart, phrases, places, says, spans
from policy.core.types import Post, Severity

_INSULTS: Final = (
    *("thug", "thugs", "scum", "scumbag", "scumbags", "lowlife", "lowlifes", "low life"),
    *("low lifes", "covidiot", "covidiots", "idiot", "idiots", "moron", "morons", "yob", "yobs"),
    *("yobbos", "chav", "chavs", "toerag", "toerags", "toe-rag", "toe rags", "scrote", "scrotes"),
    *("scroat", "scroats", "imbecile", "imbeciles", "pond life", "waste of space", "waster"),
    *("wasters", "nasty piece of work", "dregs of society", "cretin", "imbecilic", "idiotic"),
    *("moronic", "oxygen thief", "oxygen thieves", "feral youths", "feral kids", "little brats"),
)
_VIEWS: Final = (
    *(
        "in my opinion",
        "in our opinion",
        "in my view this",
        "in my view the",
        "in my view it",
        "if you ask me",
        "i personally think",
    ),
    *("personally i think", "my personal view", "i reckon", "am i the only one"),
    *("unpopular opinion", "shame on", "should be ashamed", "what a disgrace", "it's a disgrace"),
    *("is a disgrace", "absolute disgrace", "national disgrace", "an utter disgrace", "is a joke"),
    *("are a joke", "throw away the key", "good riddance", "deserves everything"),
    *("deserve everything", "got what he deserved", "got what she deserved"),
    *("got what they deserved", "bring back hanging", "should have got longer"),
    *("should've got longer", "too lenient", "soft sentence", "soft sentences", "lenient sentence"),
    *("lenient sentences", "pathetic sentence", "pathetic decision", "ridiculous decision"),
    *("ridiculous sentence", "disgusting decision", "ridiculous law", "hang him"),
    *("slap on the wrist", "let off lightly", "got off lightly", "soft on crime"),
    *("political correctness", "nanny state", "the mainstream media", "broken britain"),
    *("the country has gone mad", "gone to the dogs", "do-gooders", "do gooders"),
    *("years is not long enough", "months is not long enough", "sentence is not long enough"),
    *("not a long enough sentence", "disgraceful sentence", "disgraceful decision", "utter filth"),
    *("pathetic excuse for", "rot in jail", "rot in prison", "rot in hell", "hope he rots"),
    *("hope she rots", "hope they rot", "bring back the death penalty"),
    *("should have been jailed for life", "bleeding heart", "joke of a sentence"),
    "disagree with the verdict",
    *("disagree with the sentence", "disagree with the government", "agree with the verdict"),
    *("so called journalists", "should be deported", "i personally believe"),
    *("lefty lawyers", "couldn't care less about victims", "imho", "far too soft"),
    *("no sympathy for", "deserve all they get", "deserves all he gets", "deserves all she gets"),
    *("deserve what they get", "deserve everything they", "got off too lightly"),
    *("disgraceful behaviour", "disgraceful conduct", "disgraceful decision", "vile human"),
    *("vile human being", "disgusting human", "disgusting people", "sick individual"),
    *("sick individuals", "evil people", "absolute animals", "bunch of animals", "vile creature"),
    *("what kind of animal", "what kind of monster", "what sort of animal", "sub human"),
    *(
        "subhuman",
        "vermin",
        "parasites",
        "get a job",
        "snowflakes",
        "woke brigade",
        "woke nonsense",
    ),
    *("loony left", "don't live in the real world", "insult to the victim", "insult to victims"),
    *("insult to the family", "no justice", "so much for justice", "justice system is broken"),
    *("two tier policing", "daylight again", "lock them up and", "string them up", "birch them"),
    *("bring back national service", "bring back the birch", "not fit for purpose"),
    *("had enough of this government", "had enough of the government", "pay rise"),
    *("pay freeze", "proud to support the strike", "support the strike", "support our candidate"),
    *("want their heads looking at", "want their heads examining", "needs his head looking at"),
    *("need their heads looking at", "need their heads examining", "needs her head looking at"),
    *("remember that on polling day", "remember this on polling day", "remember at the ballot box"),
    *("remember that at the ballot box", "remember when you vote", "remember that when you vote"),
    *("letting them out again", "let them out again", "let him out again", "let out again"),
    *("totally agree with", "couldn't agree more", "could not agree more", "i completely agree"),
    *("i totally agree", "i agree with", "i don't agree", "i do not agree", "i disagree"),
    *("we disagree", "i can't stand", "i cannot stand", "i despise", "i personally hate"),
    *("world has gone mad", "health and safety gone mad", "pc gone mad"),
    *("taxpayers money wasted", "waste of taxpayers", "waste of public money", "wake up britain"),
)
_POLITICS: Final = (
    *("tory", "tories", "lib dem", "lib dems", "liberal democrats", "ukip", "plaid cymru"),
    *("reform uk", "labour party", "conservative party", "brexit party", "labour government"),
    *("conservative government", "labour mp", "conservative mp", "labour mps", "conservative mps"),
    *("labour councillor", "conservative councillor", "labour councillors", "labour leader"),
    *("leftie", "lefties", "government cuts", "cuts to policing", "cuts to the police"),
    *("austerity", "vote labour", "vote conservative", "vote green", "vote reform", "vote tory"),
    *("vote leave", "vote remain", "voting labour", "voting conservative", "voted labour"),
    *("voted conservative", "voted tory", "vote them out", "party politics", "socialists"),
    *("remoaner", "remoaners", "brexiteer", "brexiteers", "westminster elite"),
    *("corrupt politicians", "useless politicians", "vote snp", "vote plaid", "vote ukip"),
    *("vote for labour", "vote for the labour", "vote for the conservatives"),
    *("vote for the tories", "vote lib dem", "vote for the greens", "tory government"),
    *("labour council", "tory council", "tory cuts"),
)
_MESSAGE: Final = "“{}” can be read as an opinion or as taking sides."
_INSULTING_TAGS: Final = frozenset(
    "".join(filter(str.isalpha, phrase)) for phrase in (*_INSULTS, *_POLITICS)
)
_WHOSE: Final = (
    r"(?:the\s)?(?:government|govt|prime\sminister|pm|home\s(?:secretary|office)|council|judges?"
    r"|courts?|cps|bbc|politicians?|ministers?|mps|mayor|pcc|press|media|parliament|opposition"
    r"|boris(?:\sjohnson)?|johnson|sunak|starmer|farage|corbyn|truss|trump|biden|putin)"
)
_BLAME: Final = (
    r"(?:(?:is|are|was|were|has\sbeen|have\sbeen|remains?)\s"
    r"(?:(?:an?|the|just|simply|so|very|really|completely|totally|utterly|absolute(?:ly)?|still|all"
    r"|clearly|once|again|now|such|complete|total|utter|fucking|bloody)\s){0,3}"
    r"(?:shambles|disgrace(?:ful)?|useless|pathetic|shameful|incompetent|clueless|hopeless|a\sjoke"
    r"|appalling|rubbish|lying|liars?|out\sof\stouch|failing|to\sblame|wrong|biased|corrupt"
    r"|letting\s(?:us|you|everyone|victims|people)\sdown|ruining|waste\sof)"
    r"|fail(?:ed|s)\s(?:us|you|the\spublic|victims)|let(?:s)?\s(?:us|you|everyone|victims)\sdown"
    r"|ruin(?:ed|s)|got\s(?:it|this(?:\sone)?|that)\s(?:all\s)?wrong|ha(?:s|ve)\sno\sidea"
    r"|should\s(?:resign|be\sashamed|be\ssacked|wake\sup|do\smore)|must\s(?:go|resign)"
    r"|(?:does|do)(?:n't|\snot)\s(?:care|listen|understand))"
)
_HOW: Final = (
    r"(?:(?:really|just|simply|once|again|more|ha(?:s|ve)|clearly|still|all|always)\s){0,3}"
)
_CRITICISM: Final = regex.compile(
    rf"(?i)\b{_WHOSE}\s{_HOW}{_BLAME}\b"
    r"|\b(?:useless|rubbish|pathetic|hopeless|corrupt|lying|clueless|incompetent|spineless)\s"
    r"(?:council|government|mps|politicians|ministers|press|media|judges?|courts?)"
    rf"|\b(?:blame|resign|sack|vote\sout|get\srid\sof)\s(?:{_WHOSE})\b(?!\sof\b)"
)
_PARTIES: Final = regex.compile(
    r"(?<!\b(?:Forced|Hard|Slave|Child|Casual|Cheap|of|and)\s)"
    r"\b(?:Labour|Conservatives|Greens)\s(?:have|has|will|would|won't|can't|want|wants|are|were|say"
    r"|says|did|voters?|supporters?|manifesto|candidate|policy|policies)\b"
    r"|\bGreen Party\b|\b[Tt]he Conservatives\b"
)
_OFFICE: Final = (
    r"(?:government|govt|prime\sminister|pm|home\s(?:secretary|office)|chancellor|council(?:lors?)?"
    r"|judges?|courts?|cps|politicians?|ministers?|mps?|mayor|pcc|parliament|brexit|westminster"
    r"|labour|tories|conservatives|greens|magistrates|press|media|bbc|justice|sentenc\w+|laws?"
    r"|legal\w*|protest[eo]rs?|strikes?|licence\sfee|immigra\w+|migrants|trump|biden|boris|starmer"
    r"|sunak|farage|corbyn|truss|sturgeon|swinney|badenoch|rayner|braverman|putin|cannabis|hunting)"
)
# What is judged, and the judgement, in one sentence and not far apart. All of it begins with a
# letter, so it is tried only where a word begins.
_JUDGED: Final = regex.compile(
    rf"\b(?=\w)(?:"
    rf"\b(?:i|we|all\sof\sus|most\sof\sus)\s(?:just\s|really\s|honestly\s|truly\s|do\s"
    rf"|still\s)?"
    rf"(?:think|believe|feel|hate|love|support|oppose|want|blame|agree"
    rf"|applaud)\b[^.!?\n]{{0,50}}?\b{_OFFICE}\b"
    r"(?!\s(?:to\sknow|dog|cadets?|appearance|workshop|campaign|team))"
    rf"|\b{_OFFICE}(?:'s\s\w+)?\s(?:\w+\s){{0,4}}?(?:should|shouldn't|must|ought|needs?\sto"
    rf"|has\sto|have\sto"
    r"|can't|cannot|won't)\s(?:\w+\s){0,2}?(?:do\ssomething|go|act|get\sreal|get\sa\sgrip|wake"
    r"|listen|resign"
    r"|stop|change|be\s(?:longer|tougher|harsher|sacked|ashamed|banned|legal\w*|trebled|doubled"
    r"|abolished"
    r"|scrapped)|learn|sort|grow|try|back\sus|fund|cope|manage)\b"
    rf"|\b{_OFFICE}(?:'s\s\w+)?\s(?:(?:just|simply|really|clearly|again|once|still)\s)*"
    r"(?:(?:is|are|was|were|has\sbeen|have\sbeen)\s(?:(?:an?|the|just|so|very|really|absolute"
    r"|total|utter"
    r"|complete|simply|too|far|completely)\s)*(?:right|mistake|mad(?:ness)?|nuisance|nonsense"
    r"|shambles|mess|soft"
    r"|broken|great|brilliant|insult|lenient|stupid|ridiculous|terrible|awful|idiots?|crazy"
    r"|unfair|wasted?"
    r"|moan(?:er|ing)s?|hypocrit\w+|cowards?|selfish|weak|evil|disaster|best|worst|outrageous"
    r"|silly|bonkers)"
    r"|does\snothing|do\snothing|(?:have|has)\sno\s(?:clue|idea|backbone|shame)|(?:have"
    r"|has)\sgone\s(?:mad|soft)"
    r"|(?:have|has)\s(?:failed|abandoned|betrayed|wrecked|ruined|destroyed|decimated|let)|expenses"
    r"|(?:keep|keeps)\s(?:letting|failing|cutting))\b"
    rf"|\b(?:typical|useless|stupid|spineless|greedy|idiotic|biased|woke|lefty|loony"
    rf"|great\sspeech\sby|blame)"
    rf"\s(?:of\s)?(?:the\s|our\s|this\s)?{_OFFICE}\b"
    rf"|\b(?:sick(?:\sand\stired)?|fed\sup|tired|had\senough)\s(?:of"
    rf"|with)\s(?:\w+\s){{0,4}}?{_OFFICE}\b"
    rf"|\babout\stime\s(?:that\s)?(?:the\s|our\s|this\s)?{_OFFICE}\b"
    rf"|\b{_OFFICE}\sfor\s(?:backing|voting|standing\sup|supporting|opposing|fighting\sfor)\b"
    r"|\b(?:don't\s)?vote\sfor\s(?!us\b|your|our|the\s|pcs?\b|police)(?:him|her|them"
    r"|[^.!?\n]{2,40}?\b"
    r"(?:councillor|mp|mayor|pcc|commissioner|candidate))\b"
    r"|(?=cuts\s)(?<!\b(?:power|water|short|gas|minor|hair)\s)\bcuts\s(?:(?:have|has|mean|are|that"
    r"|to\sour|keep)\s)+"
    r"(?:left|hit|hurt|us|no|killing|made|ruined|destroyed|taken|we|fewer|less|numbers|budget)\b"
    r"|(?=[bsald])(?<=^|[.!?\n]\s?)(?:ban|scrap|abolish|legali[sz]e|bring\sback|defund)\s(?:all\b|the\b"
    r"|these\b|every\b"
    r"|fox\w*|cannabis|hunting|hanging)"
    r"|\b(?:wrong|disgrace(?:ful)?|outrag\w+|shameful|scandal\w*|joke|pathetic|crazy"
    r"|mad)\s(?:that|how)\s"
    rf"(?:he|she|they|the|this|a|our|we)\b"
    r"|\bshould\s(?:be\s(?:banned|legali[sz]ed|legal|sacked|hanged|hung|deported|flogged|shot"
    r"|trebled|doubled)"
    r"|never\s(?:be\s(?:released|let\sout|freed)|see\s\w+\sagain)|rot)\b"
    r"|\b(?:muslims|christians|jews|immigrants|migrants|gypsies|travellers|refugees|parents"
    r"|cyclists|students"
    r"|millennials|feminists|vegans|protest[eo]rs)\s(?:should|must|need\sto|ought\sto|are\sall"
    r"|always)\s"
    r"(?:\w+\s){0,2}?(?:do\smore|wake|learn|go\shome|grow|integrate|take\sresponsibility|stop"
    r"|the\ssame|idiots)"
    r"|\b(?:lazy|useless|bad|rubbish|feckless)\s(?:parents|parenting|families|people|youths|kids)\b"
    r")"
)
_JUDGING: Final = Stems(
    *("government", "govt", "minister", "pm", "secretary", "home office", "chancellor", "council"),
    *("judge", "court", "cps", "politician", "mp ", "mps", "mp's", "mayor", "pcc", "parliament"),
    *("brexit", "westminster", "labour", "tories", "conservatives", "greens", "magistrate"),
    *("press ", "media", "bbc", "justice", "sentenc", " law", "legal", "protest", "strike"),
    *("licence fee", "immigra", "migrant", "trump", "biden", "boris", "starmer", "sunak"),
    *("farage", "corbyn", "truss", "sturgeon", "swinney", "badenoch", "rayner", "braverman"),
    *("putin", "cannabis", "hunting", "vote for", "cuts ", "ban ", "scrap", "abolish", "defund"),
    *("bring back", " that he", " that she", " that they", "should ", "parent", "families"),
    *("disgrace", "outrag", "shameful", "scandal", "pathetic"),
    *("muslim", "christian", "jews", "gyps", "traveller", "refugee", "cyclist", "student"),
    *("millennial", "feminist", "vegan", "lazy ", "feckless", "rubbish "),
)
_PARTY_WORDS: Final = ("labour", "conservatives", "greens", "green")
_SUBJECTS: Final = (
    *("government", "govt", "minister", "secretary", "office", "council", "judge", "judges"),
    *("court", "courts", "cps", "politician", "politicians", "ministers", "mps", "mayor", "pcc"),
    *("press", "media", "parliament", "opposition", "pm", "bbc", "boris", "johnson", "sunak"),
    *("starmer", "farage", "corbyn", "truss", "trump", "biden", "putin"),
)
# What somebody else was called, and idiots that are none.
_QUOTED: Final = regex.compile(
    r"(?i)\b(?:call(?:ed|ing)|branded|shouted|yelled)\b(?!\s(?:us|me|in|on|for|101|999"
    r"|the\spolice)\b)"
    r"[^.!?\n]{0,40}"
    r"|\b(?:idiot[- ]?proof|village idiot|the idiot's guide)\b"
)
_QUOTING: Final = ("idiot", "idiot's", "called", "calling", "branded", "shouted", "yelled")


def opinions(case: Case) -> Iterator[Span]:
    """Party politics, blame for those in office, insults, and views that announce themselves."""
    words = phrases(_INSULTS, _VIEWS, _POLITICS, case.words("words"))
    patterns: tuple[regex.Pattern[str], ...] = (_CRITICISM,) if says(case, *_SUBJECTS) else ()
    if says(case, *_PARTY_WORDS):
        patterns = (*patterns, _PARTIES)
    met = places(case, words, *patterns)
    plain = case.reading.plain
    if _JUDGING.are_in(case.reading):
        met = apart(
            (
                *met,
                *(
                    found.span()
                    for found in _JUDGED.finditer(plain, timeout=case.deadline.remaining())
                ),
            )
        )
    if says(case, *_QUOTING):
        ordinary = [found.span() for found in case.matches(_QUOTED)]
        met = [m for m in met if not any(start <= m[0] < end for start, end in ordinary)]
    yield from spans(case, met, _MESSAGE)
    for tag in case.reading.entities.hashtags:
        if tag.hashtag.casefold() in _INSULTING_TAGS:
            yield Span(tag.start, tag.end, _MESSAGE.format(f"#{tag.hashtag}"))


OPINION_POLITICS: Final = Rule(
    id="opinion-politics",
    title="An opinion or politics",
    subject="Tone",
    severity=Severity.NEEDS_REASON,
    cites=authorities.OPINIONS,
    advice="Keep to what happened and what people can do. Take out opinions, parties and blame.",
    find=opinions,
    wrong=(
        *tweets(
            "Vote Labour? No thanks, the government is a shambles",
            "One less thug on our streets in Brackenford",
            "Two years is not long enough. Throw away the key.",
        ),
        Example(
            Post("The council has once more let you down over the lights on Mill Lane"),
            note="It criticises others.",
        ),
    ),
    right=(
        *tweets(
            "Vote for your winner in the Marlshire community awards",
            "A parcel was sent to a former Prime Minister. A man was jailed today.",
            "Please follow the government's guidance when you travel.",
        ),
        Example(
            Post("Modern slavery: forced labour can happen in a car wash near you"),
            note="Not the party.",
        ),
    ),
    answers=(
        "It is a fact, not a view",
        "These are somebody else's words in a statement that comms has agreed",
        "The words mean something else here",
    ),
    params=params(words=Param("Further words and phrases", ParamKind.WORDS, ())),
)

_EMOTIVE: Final = (
    *("brexit", "abortion", "abortions", "death penalty", "capital punishment", "euthanasia"),
    *("assisted dying", "illegal immigrants", "illegal immigration", "migrant crisis"),
    *("small boats", "asylum seekers", "asylum hotel", "migrant hotel", "badger cull"),
    *("fox hunting", "hunt saboteurs", "gaza", "palestine", "hillsborough", "battle of orgreave"),
    *("anti-vax", "anti-vaxxers", "vaccine passports", "gender identity", "trans rights"),
    *("defund the police", "just stop oil", "extinction rebellion", "black lives matter"),
    *("all lives matter", "legalise cannabis", "legalising cannabis", "legalisation of cannabis"),
    *("scottish independence", "gun control", "irish unification", "benefit cheats"),
    *("grooming gangs", "immigration policy", "deportation"),
)


def emotive_subjects(case: Case) -> Iterator[Span]:
    """Subjects on which a team's account seldom wins anything."""
    words = phrases(_EMOTIVE, case.words("words"))
    yield from spans(case, places(case, words), "People feel strongly about “{}”.")


EMOTIVE_SUBJECT: Final = Rule(
    id="emotive-subject",
    title="A subject that divides people",
    subject="Tone",
    severity=Severity.ADVISE,
    cites=authorities.EMOTIVE,
    advice="Leave the subject to the force's own account, or ask comms how to word it.",
    find=emotive_subjects,
    wrong=(
        *tweets(
            "Lots of talk about Brexit at our surgery in Oldermoor today",
            "What do you think of the death penalty?",
        ),
        Example(
            Post("The badger-cull row goes on outside Saltmere farm"),
            note="A hyphen changes nothing.",
        ),
    ),
    right=(
        *tweets(
            "Badgers were found dead near Saltmere. Call 101 if you saw anything.",
            "A march goes through Kingsmarl on Saturday: expect delays from noon.",
        ),
        Example(
            Post("Vaccine deliveries were stolen in Foxhollow. Call 101."),
            note="A theft, and no view of what was stolen.",
        ),
    ),
    params=params(words=Param("Further subjects", ParamKind.WORDS, ())),
)
