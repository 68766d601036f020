"""What may not be said of somebody before the court has decided, and words that tell of a case."""

from __future__ import annotations

from typing import Final

from policy.core.rules.phrases import Phrases, pattern

_CULPRIT: Final = (
    r"(?:offenders?|thie(?:f|ves)|burglars?|robbers?|culprits?|criminals?|crooks?|dealers?"
    r"|drug dealers?|killers?|murderers?|rapists?|attackers?|perpetrators?|vandals?|shoplifters?"
    r"|fraudsters?|scammers?|muggers?|arsonists?|stalkers?|abusers?|paedophiles?|pa?edos?|perverts?"
    r"|thugs?|villains?|yobs?|drink drivers?|drug drivers?|poachers?|baddies|baddie|bad guys?"
    r"|wrong ?uns?|scumbags?|scrotes?|carjackers?|hooligans?|crims?|traffickers?|groomers?)"
    r"(?! (?:will|can|may|could|should|who|would|to be)\b)"
)
_BEFORE: Final = r"(?<!\b(?:suspected|alleged|a suspected|looking for|no)\s(?:\w+\s)?)"

BAD_CHARACTER: Final = Phrases(
    {
        "known to": (
            r"(?:well |very well |already )?known to (?:the )?(?:police|us|officers|our officers"
            r"|local officers|the law|the courts?|my team|our team)",
        ),
        "prolific": (
            r"(?:most |very |our )?prolific(?! (?:artist|writer|goal|scorer|fundraiser))",
        ),
        "offend": (
            r"(?:repeat|persistent|career|habitual|serial|regular|known|seasoned|hardened|convicted"
            r"|registered sex|lifelong|re) offend(?:er|ers|ing)",
            r"history of (?:\w+ ){0,2}?offending|offending history|reoffend\w*",
        ),
        "criminal": (
            r"(?:career|known|convicted|hardened|serial|habitual|seasoned|notorious|lifelong"
            r"|violent"
            r"|dangerous|serious|repeat) criminals?",
            r"criminal (?:record|history|past|career)",
        ),
        "trouble": (r"trouble ?makers?", r"(?:always|often|long been) in trouble with"),
        "usual suspect": (r"usual suspects?",),
        "previous": (
            r"previous (?:convictions?|offences?|form|arrests?|record)|previously (?:convicted"
            r"|jailed|arrested for)",
        ),
        "convict": (r"(?:string|list|host) of (?:\w+ )?convictions|\d+ (?:previous )?convictions",),
        "precon": (r"precons?",),
        "pre con": (r"pre cons?",),
        "record": (
            r"(?:long|lengthy|extensive|police|string) (?:\w+ )?record(?: of| for)?",
            r"record as long as",
        ),
        "history": (
            r"history of (?:\w+ ){0,2}?(?:violence|burglary|theft|assaults?|drugs?|crime|abuse)",
        ),
        "serial": (rf"serial {_CULPRIT}",),
        "habitual": (r"habitual (?:\w+ )?(?:criminal|knife|drug|drink|thief)\w*",),
        "notorious": (r"notorious(?: \w+)?",),
        "regular": (
            r"(?:one of )?our (?:\w+ )?regulars|regular (?:customer|visitor) (?:of ours|to our)",
        ),
        "frequent": (r"frequent (?:flyer|guest)s?(?: of ours)?",),
        "stranger": (r"no stranger to (?:the )?(?:police|us|law|courts?|custody|cells|officers)",),
        "nominal": (r"(?:\w+ )?nominals?",),
        "old tricks": (r"(?:his|her|their|old) old tricks",),
        "old ways": (r"(?:his|her|their) old ways",),
        "out of prison": (r"(?:just|recently|only|barely|fresh) (?:\w+ ){0,3}?out of prison",),
        "released from": (r"(?:just|recently|only) (?:been )?released from (?:prison|jail)",),
        "on licence": (r"(?:already |was |while |whilst )?on licence(?! plate)",),
        "on bail": (r"(?:already|was|while|whilst) (?:out )?on bail",),
        "bad character": (r"bad character",),
        "gang": (r"(?:known |notorious )?gang members?",),
    }
)
GUILT: Final = Phrases(
    {
        "the |our ": (
            rf"{_BEFORE}(?:the|our|this|that) (?:\w+ )?{_CULPRIT}(?! (?:alarm|will|may|can)\b)",
        ),
        "those |these ": (rf"{_BEFORE}(?:these|those) (?:\w+ )?{_CULPRIT}",),
        "offender": (
            r"(?:an?|\w+) (?:\w+ )?offenders? (?:\w+ ){0,3}?(?:arrested|nicked|detained|in custody"
            r"|caught|charged|locked up|in the cells)",
        ),
        "arrest": (
            rf"(?:arrest(?:ed|ing)"
            rf"|arrests? of) (?:\w+ ){{0,3}}?(?<!suspected )(?<!alleged ){_CULPRIT}",
            rf"{_BEFORE}{_CULPRIT} (?:\w+ ){{0,2}}?arrested",
        ),
        "charged": (rf"{_BEFORE}{_CULPRIT} (?:\w+ ){{0,2}}?charged",),
        "custody": (rf"{_BEFORE}{_CULPRIT} (?:\w+ ){{0,3}}?in custody",),
        "cell": (rf"{_BEFORE}{_CULPRIT} (?:\w+ ){{0,3}}?(?:in|to) (?:the|our) cells",),
        "caught": (
            rf"caught (?:\w+ ){{0,2}}?{_CULPRIT}|{_BEFORE}{_CULPRIT} (?:\w+ ){{0,2}}?caught",
            r"caught (?:red handed|in the act|bang to rights|with (?:his|her|their) hands? in)",
        ),
        "nabbed": (rf"nabbed (?:\w+ ){{0,2}}?{_CULPRIT}",),
        "collared": (rf"collared (?:\w+ ){{0,2}}?{_CULPRIT}",),
        "captured": (rf"captured (?:\w+ ){{0,2}}?{_CULPRIT}",),
        "apprehended": (rf"apprehended (?:\w+ ){{0,2}}?{_CULPRIT}",),
        "nicked": (rf"nicked (?:\w+ ){{0,2}}?{_CULPRIT}|{_CULPRIT} (?:\w+ ){{0,2}}?nicked",),
        "detained": (
            rf"detained (?:\w+ ){{0,2}}?{_CULPRIT}|{_BEFORE}{_CULPRIT} (?:\w+ )?detained",
        ),
        "guilty": (
            r"(?<!\b(?:not|innocent or|pleaded not|pleads not|plea of not)\s)(?:is |was "
            r"|clearly |obviously"
            r" |so )?guilty",
        ),
        "red handed": (r"red handed",),
        "bang to rights": (r"bang to rights",),
        "responsible": (
            r"(?:those|person|people|man|woman|men|women|male|female|one|pair|ones|teenagers?)"
            r" (?:who (?:is|are|was|were) )?responsible",
        ),
        "behind ": (r"the (?:man|woman|men|people|person|gang|ones?) behind (?:the|this|these|a)",),
        "did it": (r"(?:he|she|they|we know who) did it",),
        "committed": (
            r"(?:he|she|they|who|had|has) committed (?:the|this|a|an|these|several|\d+)",
        ),
        "got our ": (r"got our (?:man|woman)",),
        "got him": (r"(?:we )?got him",),
        "justice": (
            r"(?:brought|bringing) (?:\w+ ){0,3}?to justice|justice (?:has been |is |was )?served",
        ),
        "off the street|off our street|off your street": (
            rf"(?:{_CULPRIT}|another one|one more) off (?:the|our) streets?",
        ),
        "less|fewer": (rf"(?:one|two) (?:less|fewer) {_CULPRIT}",),
    }
)
# What the court itself has said may be told once somebody is convicted.
VERDICT: Final = pattern(r"(?:pleaded |found |is |was )?guilty")
EVIDENCE: Final = Phrases(
    {
        "dna": (r"dna",),
        "fingerprint|finger print": (r"finger ?prints?",),
        "forensic": (
            r"forensic(?:s|ally)? (?:\w+ )?(?:evidence|match\w*|link\w*|show\w*|prov\w*|tie[sd]?)",
        ),
        "cctv": (
            r"cctv (?:footage |images? |clearly |which )*(?:show(?:s|ed|ing)?|capture[sd]|caught"
            r"|prove[sd]"
            r"|record(?:s|ed)|place[sd]|put[s]?|reveal(?:s|ed)|picked)",
            r"(?:caught|captured|seen|recorded|filmed|shown|identified"
            r"|spotted) (?:\w+ ){0,3}?(?:on|by|from)"
            r" (?:the )?cctv",
        ),
        "camera|cam": (r"caught (?:\w+ ){0,4}?on (?:camera|dash ?cam|body worn)",),
        "footage": (r"footage (?:clearly )?(?:show(?:s|ed)|capture[sd]|prove[sd])",),
        "confess": (r"(?:has |have |had |later |then )?confess(?:ed|es|ion)",),
        "admitted": (
            r"admitted (?:(?:to )?(?:it|the|this|his|her|their|stealing|doing|taking|driving"
            r"|being|having"
            r"|everything|responsibility|offences?|all|guilt|\w+ing|murder|theft|burglary|robbery"
            r"|assault|possession|charges))",
        ),
        "admission": (r"(?:full|made) (?:\w+ )?admissions?",),
        "interview|no comment": (
            r"(?:in|during) (?:police )?interview,? (?:he|she|they|the)|no comment(?: interview)?",
        ),
        "murder weapon": (r"murder weapon",),
        "evidence": (
            r"evidence (?:clearly )?(?:show|prove|against|that|link)\w*|overwhelming evidence",
        ),
        "picked out": (r"picked out (?:\w+ ){0,3}?(?:parade|line ?up|identification)",),
        "identification parade": (r"identification parade",),
        "identified": (r"identified (?:\w+ )?by (?:the |a |two |several )?(?:witness|victim)\w*",),
        "told us": (r"(?:he|she|they) told us",),
        "told officers": (r"(?:he|she|they) told officers",),
        "phone|cellsite|cell site": (r"phone (?:data|records|evidence)|cell ?site",),
        "blood": (r"(?:his|her|victim's|their) blood|blood (?:on|found)",),
    }
)
_COURT: Final = r"(?<!\b(?:tennis|squash|food|netball|basketball|badminton|sports)\s)court"
# Words that tell how far a case has gone.
PROCEEDINGS: Final = Phrases(
    {
        "arrest": (r"(?:re ?)?arrest(?:ed|s|ing)?(?! warrant)",),
        "nicked": (r"nicked",),
        "custody": (r"in (?:police )?custody", r"remanded (?:in|into) custody"),
        "suspicion": (r"on suspicion of",),
        "charged": (
            r"(?<!\b(?:be|fully|free|highly)\s)charged(?! (?:up|extra|for (?:parking|entry|the"
            r"|this)"
            r"|with (?:looking|keeping|making|protecting)|atmosphere|battery))",
        ),
        "bail": (r"on (?:\w+ )?bail|bailed",),
        "court": (
            rf"(?:in|at|before|to) (?:\w+ ){{0,3}}?{_COURT}(?! (?:road|street|lane|farm))",
            rf"{_COURT} (?:today|tomorrow|on)",
            r"(?:magistrates'?|crown|youth) court",
        ),
        "trial": (r"(?:on|stand|stands|stood|standing) trial|trial (?:starts|begins|continues)",),
        "pleaded": (r"pleaded (?:not )?guilty",),
        "remanded": (r"remanded",),
        "detained": (
            r"detained (?:\w+ ){0,4}?(?:man|men|woman|male|female|suspect|offender|boy|youth)\w*",
        ),
        "cell": (r"in (?:the |our |a )?(?:police )?cells?",),
        "caught": (r"caught (?:red handed|in the act)",),
        "locked up": (r"(?:been|now|is|one|two|are|man|male) locked up",),
    }
)
JUDGED: Final = pattern(
    r"sentenced|jailed|convicted|imprisoned|found guilty|fined|banned from|pleaded guilty"
    r"|years? in prison|behind bars for|handed (?:an?|\d+)|months in prison|sent to prison"
    r"|suspended sentence|community order|years' imprisonment|locked up for \d+|given (?:a"
    r"|an) (?:\w+ )?(?:cbo|order|sentence|ban)|admitted (?:\w+ )?(?:at|in) court|#jailed"
    r"|#sentenced|in jail|back (?:to|in) prison"
)
