"""What tells that somebody is missing, or was found, and what does not."""

from __future__ import annotations

from typing import Final

import regex

from policy.core.rules.phrases import Phrases, pattern
from policy.core.rules.situations.people import PERSON

_ORGANISED: Final = (
    r"(?! (?:unit|team|week|charity|co ?ordinator|bureau|day|policy|month|choir|investigator"
    r"|helpline|desk|database|process|procedure|line|sergeant|officer|cases|statistics|training"
    r"|training|reports)\b)"
)
_PERSON: Final = (
    r"(?:walkers?|hikers?|swimmers?|patients?|bab(?:y|ies)|toddlers?|grand(?:mother|father|dad)"
    r"|elderly|vulnerable|high risk|runner|tourist|angler|kayaker|resident|dog walker)"
)
_WORDS: Final = r"(?:[\w'#/-]+ ){0,3}?"
MISSING: Final = Phrases(
    {
        "missing": (
            rf"#?missing (?!out|you|an?\b|the\b|some|your|our|any|link|tooth|court){_WORDS}"
            rf"(?:{PERSON}|{_PERSON})" + _ORGANISED,
            r"#(?:\w*missing(?:person|people|man|woman|boy|girl|child|teen|persons)?)" + _ORGANISED,
            r"(?:reported|went|gone|goes|still|currently|been|is|are|remains?|now|who's|she's|he's"
            r"|urgently|been reported as|was|were|as|and|aged) missing"
            r"(?! (?:out|the|an?|some|your|our|my|any|his|her|their|something|you|it|this|that)\b)",
            r"missing (?:from|since)(?! (?:your|our|my|the list|this picture|the picture)\b)",
            r"(?<=^|[\n|!.:] ?)missing ?[|:!-]",
            r"\d{1,2},? (?:\w+ )?missing",
            r"missing(?! (?:persons?|people)\b)",
        ),
        "misper": (r"(?:high risk |low risk )?mispers?",),
        "disappear": (r"(?:disappeared|disappearance)(?: of| from| on| since)",),
        "last ": (
            r"(?:was |were )?last (?:seen|spotted|sighted|heard from|known to be|heard of)"
            r"(?! (?:on patrol|in (?:the )?(?:18|19|20)\d\d))",
        ),
        "welfare": (
            r"(?<!\b(?:are you|if you're|if you are)\s(?:\w+\s)?)"
            r"(?:concern\w*|worr\w+|fears?|anxious)(?: \w+){0,4}? (?:for|about|over|of|regarding)"
            r" (?!your\b|the animal|animal)(?:[\w']+ ){0,3}?welfare"
            r"(?! (?:calls|checks|jobs|incidents|reports)| of (?:the |our |your )?(?:dog|animal"
            r"|horse|pet|sheep|resident|officer|elderly))",
        ),
        "safety": (
            r"(?:concern\w*|worr\w+|fears?|anxious)(?: \w+){0,4}? (?:for|about|over) (?:his|her"
            r"|their|\w+'s) (?:\w+ )?safety",
        ),
        "wellbeing": (
            r"(?:concern\w*|worr\w+|fears?)(?: \w+){0,4}? (?:for|about|over) (?:his|her|their"
            r"|\w+'s) wellbeing",
        ),
        "well being": (
            r"(?:concern\w*|worr\w+|fears?)(?: \w+){0,4}? (?:for|about|over) (?:his|her|their"
            r"|\w+'s) well being",
        ),
        "concern": (
            r"(?:growing|increasingly|very|seriously|serious|extremely|really|grave) "
            r"concern(?:s|ed)? for(?! (?:your|the (?:environment|residents)|residents))",
        ),
        "whereabouts": (
            r"(?:know|concern\w*|information|establish|trace|find) (?:\w+ ){0,3}?whereabouts",
            r"whereabouts (?:of|are unknown|unknown)",
        ),
        "walked out of": (r"walked out of (?:the )?(?:hospital|ward|home|school)",),
        "not been seen|not been heard": (r"(?:has|have) not been (?:seen|heard)(?: since| from)",),
        "been seen since": (r"(?:hasn't|haven't|not) been seen since",),
        "not return|not yet return": (
            r"(?:has|have|did) not (?:yet )?return(?:ed)?(?= home|[.,!]|$| since"
            r"| from| yet| to)",
        ),
        "not been in": (r"not been in (?:touch|contact)",),
        "been in touch": (r"(?:hasn't|haven't) been in touch",),
        "failed to return": (
            r"failed to return (?:home|from school|to (?:the )?(?:hospital|ward))",
        ),
        "safe return": (r"(?:for )?(?:the |his |her |their )?safe return(?: of)?",),
        "nobody": (r"nobody has (?:seen|heard from)",),
    }
)
# These are missing people's only where no crime is told of.
SOUGHT: Final = Phrases(
    {
        "have u seen": (r"have u seen",),
        "have you seen": (rf"have you seen(?: (?:this|these|our|the))?(?: {_WORDS}{PERSON})?",),
        "seen": (r"(?:anyone|anybody) (?:who )?(?:has |have |who's )?seen(?: him| her)?",),
        "find": (
            r"(?:help|need|try\w*|urgently|want|able|efforts|you|us|hoping"
            r"|appeal\w*) (?:[\w']+ ){0,4}?find",
        ),
        "locat": (
            r"(?:help|need|try\w*|urgently|want|able|efforts|you|us|hoping|appeal\w*|public's help)"
            r" (?:[\w']+ ){0,5}?(?:locate|locating)",
        ),
        "trac": (
            r"(?:help|need|try\w*|urgently|want|able|efforts|you|us|hoping|appeal\w*|like)"
            r" (?:[\w']+ ){0,5}?(?:trace|tracing)",
        ),
        "search": (r"search(?:ing)?(?: \w+){0,3}? for", r"searching"),
        "look": (r"(?:urgently |still )?looking for|look out for",),
        "where": (r"(?:know|tell us) where(?: he| she| they)?",),
        "if you see": (r"if you see(?: him| her| them)?",),
        "sightings": (r"sightings of",),
        "seen him": (r"(?:have|has|'ve) seen him",),
        "seen her": (r"(?:have|has|'ve) seen her",),
        "eye out|eyes out": (r"keep (?:an|your) eyes? out for",),
        "appeal": (r"appeal (?:for|over|about) (?:the )?(?:safety|welfare|whereabouts)",),
    }
)
FOUND: Final = Phrases(
    {
        "found": (
            r"found (?:safe|alive|well|unharmed|unhurt|fit and well)",
            r"(?<!\b(?:not|never|yet|n't)\s(?:yet\s)?)"
            r"(?:has|have|been|now|was|were|is|are)(?: (?:now|just|since|thankfully|also|both))*"
            r"(?: been)? found(?! (?:guilty|not|dead|to|in possession|with|an?|the|by|at|on|in"
            r"|that|out|no|nothing|time|it|this|a?round|hidden|inside|under|near|driving|using)\b)",
            r"#\w*found",
            r"(?<=[-:|]\s?)found(?=[!.]|$)",
        ),
        "located": (
            r"(?<!\b(?:not|never|yet|n't)\s(?:yet\s)?)"
            r"(?:has|have|been|now|was|were)(?: (?:now|just|since|thankfully|also|been|safely))*"
            r" located",
        ),
        "traced": (
            r"(?<!\b(?:not|never|yet|n't)\s(?:yet\s)?)"
            r"(?:has|have|been|now|was|were)(?: (?:now|just|since|thankfully|been|safely))* traced",
        ),
        "safe": (
            r"(?:he|she|they|both)(?:'s|'re| is| are) (?:now )?(?:home )?safe",
            r"(?:is"
            r"|are) home safe(?:ly)?",
        ),
        "safe and": (r"(?<!\b(?:a|your|stay|get home|keep|home|be)\s)safe and (?:well|sound)",),
        "safe &": (r"safe & (?:well|sound)",),
        "returned": (
            r"(?:has|have|been|safely|she|he) (?:now |been |since )*returned (?:home|safe)\w*",
        ),
        "reunited": (
            r"reunited with (?:his|her|their) (?:family|mum|dad|parents|mother|father|carer)",
        ),
        "back with": (
            r"(?:safely )?back with (?:his|her|their) (?:\w+ )?(?:famil(?:y|ies)|mum|dad|parents"
            r"|loved ones|carers?|relieved)",
        ),
        "back home": (r"(?:safely|safe) back home|back home safe(?:ly)?",),
    }
)
THING: Final = pattern(
    r"dogs?|pupp(?:y|ies)|cats?|kittens?|pets?|horses?|pon(?:y|ies)|parrot|tortoise|sheep"
    r"|lambs?|cows?|cattle|bikes?|bicycles?|motor(?:bike|cycle)s?|mopeds?|quad|scooters?"
    r"|caravans?|trailers?|phones?|smartphones?|wallets?|purses?|keys|parcels?|laptops?|tools?"
    r"|jewellery|rings?|watches|property|items?|cufflinks|bod(?:y|ies)|plates?|statue|plant"
    r"|medals?|owners?|cameras?|trophy|tractor|signs?|drain covers?|bracelet|necklace|vehicle"
    r"|cars?|vans?|letters?|words?|answers?|car keys|cash|handbag|rabbit|goat|mowers?|strimmers?"
    r"|drills?|ladders?|chainsaws?|catalytic converters?|number plates?|machinery|copper|lead"
    # Where things are kept.
    r"|missing from (?:an?|the|this|his|her|their|my|our) (?:\w+ )?(?:shed|garage|van|lock ?up"
    r"|outbuilding|driveway|shop|yard|site|barn|stables?|boat|loft|display|case|cabinet)"
)
SOMEBODY: Final = regex.compile(
    r"\b(?:he|she|her|him|his|hers|missing (?:person|people|m[ae]n|wom[ae]n|child|boy|girl)"
    r"|year[ -]olds?|yr[ -]?olds?|yo|aged|mum|dad|child|children|boy|girl|teenager|pensioner"
    r"|#?missingpersons?|wom[ae]n|m[ae]n|welfare|family)\b"
)
NOT_SOUGHT: Final = pattern(
    r"witness\w*|famil(?:y|ies)|next of kin|relatives|victims?|owners?|drivers?|out more"
    r"|out how|a way|time|work|jobs?|information|volunteers?|recruits?|cadets?|specials"
    r"|(?:missing )?people|children|your|our|someone|anyone|signs"
)
IN_GENERAL: Final = regex.compile(
    r"\b(?:report(?:ing)?|how to find) (?:an?|your)\s*$|\b(?:some(?:one|body)|any(?:one|body)"
    r"|loved ones?|(?:child|relative|friend|parent|family member|teenager|mum|dad)|people"
    r"|children|adults)\s(?:\w+\s){0,3}?(?:is|are|has|have|goes|go|went|gets|being"
    r"|be)(?:\s(?:reported|ever|been|gone))*\s*$"
    # Whose it is that was found.
    r"|\bmust be\s*$"
)
FIGURES: Final = regex.compile(
    r"\b(?:each year|every (?:year|day|week|\d+)|per ?cent|on average|\d+%|herbert protocol"
    r"|philomena|24 hours (?:before|to report)|wait(?:ing)? 24 hours|if (?:someone|your|a) "
    r"|what to do (?:if|when)|when (?:someone|a person|people))"
)
TALE: Final = pattern(
    r"(?:charged|jailed|convicted|sentenced|guilty|inquest|trial|remanded|anniversary|charity"
    r"|documentary|recruit\w*|training|exercise|module)"
)
ASKING: Final = regex.compile(
    r"\b(?:have you seen|can you help|help (?:us )?(?:to )?(?:find|locate|trace)|if you (?:see"
    r"|have|know)|any(?:one)? (?:with )?(?:information|info|sightings?)|still missing"
    r"|call (?:101|999))\b"
)
# "M I S S I N G" and "m-i-s-s-i-n-g", as no one writes it but to be overlooked.
SPREAD: Final = regex.compile(r"\bm[\W_]i[\W_]s[\W_]s[\W_]i[\W_]n[\W_]g\b|\bm!ssing\b")
OF_SUSPECTS_TOO: Final = ("seen", "spotted", "sighted", "known to be", "whereabouts")
BARE: Final = regex.compile(r"missing(?:\s?[|:!-])?")
# "Missing people" are no one in particular, "two missing people" are.
PEOPLE: Final = regex.compile(r"(?:\w+ )?missing (?:people|persons|children)")
COUNTED: Final = regex.compile(r"\b(?:two|three|four|both|these|the|\d+)\s$")
TARGET: Final = regex.compile(
    r"[\s#]{0,3}(?:(?:this|these|an?|the|another|two|three|our|vulnerable|missing|high-risk)\s)?"
    rf"(?:[\w'-]+\s){{0,3}}?(?:{PERSON.replace(' ', '[ -]')}|him|her|them"
    r"|walkers?|hikers?|swimmers?|patient|baby|toddler|grand(?:mother|father|dad|ma|pa)|kayaker"
    r"|runner|angler|paddle ?boarder|climber|nan|granny|wife|husband"
    r"|[a-z'-]+\s[a-z'-]+,?\s\(?\d{1,2})\b"
)
PERSON_LAST: Final = regex.compile(rf"\b(?:{PERSON.replace(' ', '[ -]')})$")
NAME_LAST: Final = regex.compile(r"\p{Lu}\p{Ll}+\s\p{Lu}[\p{L}'-]+(?:,?\s\(?\d{1,2}\)?,?)?\s$")
THANKS: Final = regex.compile(
    r"\b(?:thank|thanks|shares|shared|sharing|appeal|missing|searching|search|concern\w*)\b"
)
