"""Further signs that somebody is missing: how they went, how they may be, what is asked of them."""

from __future__ import annotations

from typing import Final

from policy.core.rules.phrases import Phrases
from policy.core.rules.situations.people import PERSON

_HOME: Final = (
    r"(?:(?:his|her|their|the|a|an) )?(?:\w+ ){0,2}?(?:home|house|address|ward|hospital|care"
    r"|placement|unit|hostel|school|college|work)"
)
_NOT: Final = (
    r"(?:has not|have not|did not|hasn't|haven't|didn't|hasnt|havent|didnt|not|never|yet to"
    r"|has yet to|failed to)"
)
_FROM: Final = (
    r"(?:after|at|around|about|on|since|last|yesterday|this|earlier|today|and|without|in|wearing"
    r"|\d+|an hour|some time|to go|with|late|early)"
)
# None of these tells of a missing person where the text tells of a crime.
SIGNS: Final = Phrases(
    {
        "concern": (
            r"concerns? (?:(?:is|are|now|continues? to|continue to) )*(?:grow|growing|grows|mount"
            r"|mounting|mounts|increase|increasing|rising) (?:for|about|over)",
            r"(?:are|is|we're|very|really|growing|increasingly|extremely|serious|grave|urgent"
            r"|significant|have) (?:concerned|concerns) (?:for|about) (?:him|her|them(?= and"
            r"|[.,!]|$)|(?:an?|this|the)"
            rf" (?:[\w-]+ ){{0,3}}?(?:{PERSON})|missing|vulnerable (?:{PERSON}))"
            r"(?! (?:who (?:keep|are|have been)|in (?:your|the) (?:area|community)))",
        ),
        "worried": (
            r"(?<!\byou\s|\bif\s|you're\s)(?:worried|worrying) (?:sick )?(?:for|about) (?:him"
            r"|her|(?:an?|this|the)"
            rf" (?:[\w-]+ ){{0,3}}?(?:{PERSON})|missing)",
            r"(?:family|mum|mother|dad|parents|friends|wife|husband|partner|loved ones|carers)"
            r" (?:is |are |'s )(?:\w+ )?worried",
        ),
        "failed to": (
            rf"failed to (?:return|come|arrive|get|turn up|show up)(?: back)? (?:home|to {_HOME}"
            r"|at (?:school|work|college|home)|for school|from (?:school|work|college|a walk))",
        ),
        "home": (
            rf"{_NOT} (?:yet )?(?:come|came|return|returned|got|arrived?|made it|been|gone"
            r"|make it|get) (?:back |safely )*home",
            r"(?:wandered|walked|run|ran|gone|absconded) (?:away |off |out )?(?:from|of)"
            r" (?:(?:his|her|their|the|a) )?(?:\w+ )?home",
            r"away from home",
        ),
        "left": (rf"(?:has |have |had )?left {_HOME} {_FROM}",),
        "school": (
            rf"{_NOT} (?:yet )?(?:arrive|arrived|turn up|turned up|been|return|returned) (?:at|to"
            r"|from) (?:school|college)",
        ),
        "hospital": (
            r"(?:walked|wandered|went|gone|run) (?:away |off |out )?(?:from|of) (?:\w+ )?hospital",
            r"left (?:\w+ )?hospital (?:before|without|against)",
        ),
        "absent": (r"absent from (?:his|her|their|home|school|care|the)",),
        "disorient": (r"disorient(?:at)?ed",),
        "confus": (
            r"(?:may|might|could|can|will|is|appear|appears|seem|seems|looks?|become) (?:be |to be "
            r"|also )*(?:\w+ )?confused",
        ),
        "distress": (r"(?:may|might|could|is) (?:be |also )*(?:in )?distress(?:ed)?",),
        "dementia": (
            r"(?:has|have|suffers (?:from|with)|suffer from|living with|lives with|with|got)"
            r" (?:\w+ )?dementia(?= and| [.,!]|[.,!]|$)",
        ),
        "alzheimer": (r"(?:has|suffers (?:from|with)|lives with|with) alzheimer'?s",),
        "reading this": (r"if (?:you|u) (?:are|re)? ?reading this", r"if you're reading this"),
        "read this": (r"if you (?:see|read) this,? (?:please )?(?:call|ring|get|come|let)",),
        "see this": (r"if you see this,? (?:please )?(?:call|ring|get|come|let)",),
        "trouble": (r"(?:you're|you are|he's|she's|he is|she is|u r) not in (?:any )?trouble",),
        " know ": (
            r"let (?:us|someone|your family|them|him|her) know (?:that )?(?:you're|you are|he's"
            r"|she's) (?:safe|ok|okay|alright|well)",
        ),
        "safe": (
            r"(?:want|need|like) to (?:know|check|make sure|be sure|ensure|confirm)(?: that)?"
            r" (?:he|she|they|you|\w+)(?:'s|'re| is| are) (?:\w+ )?(?:safe|ok|okay|alright"
            r"|all right|well)",
        ),
        " ok": (
            r"(?:want|need|like) to (?:know|check|make sure|be sure)(?: that)?"
            r" (?:he|she|you)(?:'s|'re| is| are) (?:\w+ )?(?:ok|okay)",
        ),
        "get in touch|make contact|come home|to contact": (
            r"(?:missing|appeal)[^.!?\n]{1,60} to (?:get in touch|make contact|come home"
            r"|contact (?:us|police|his|her))",
        ),
        "bring": (
            r"(?:help|please|to) (?:us )?bring (?:(?:[\w'-]+ ){1,2})(?:back )?home(?="
            r" safe\w*|[.!,]|$)",
        ),
        "vanish": (rf"(?:{PERSON}|who|he|she|they|ha[sd])(?: \w+){{0,3}}? vanished",),
        "wandering": (r"found wandering",),
        "gone since": (r"(?:been )?gone since",),
        "miss you": (
            r"(?:family|mum|dad|parents|kids|children|wife|husband|everyone) (?:really"
            r" )?miss(?:es)? you",
        ),
        "come home": (
            r"(?:please|pls|just) come (?:back )?home",
            r"come home (?:safe|mate|love|please|soon)",
        ),
        "search for": (
            r"(?:our|the|police|a|major|large) search for (?:the |a |an"
            r" )?(?:missing|(?:\w+ )?(?:{PERSON}))",
            r"search for [\w'-]+(?: \w+)? (?:continues"
            r"|goes on|is ongoing|enters|resumes)",
        ),
        "fears": (
            rf"(?:grave |growing |serious |real |increasing )?fears (?:\w+ )?for"
            rf" (?:missing|(?:an? |the )?(?:[\w-]+ ){{0,2}}?(?:{PERSON}))",
        ),
        "lost": (
            r"(?<=^|[.!?|\n] ?)lost[:!-]? (?:an? |the |little |young )?(?:[\w-]+"
            r" ){0,2}?(?:boy|girl|child|toddler|man|woman|\d{1,2} ?(?:yr|year)s? ?olds?)",
        ),
        "out of character": (r"(?:very |totally |completely )?out of character",),
        "unaccounted": (r"unaccounted for",),
        "no one has seen": (r"no one has (?:seen|heard from)",),
        "seen": (
            r"(?:hasn't|hasnt|haven't|havent|has not|have not|not) been (?:seen|heard of"
            r"|heard from)(?! (?:again|in (?:\d|years|the)))",
            r"not seen (?:since|for (?:\w+ )?(?:hours|days))",
        ),
        "of concern": (r"(?:sightings?|whereabouts) [^.!?\n]{0,40}of concern",),
    }
)
# The start of a question after somebody whose name or age follows.
ASKED: Final = Phrases(
    {
        "have": (
            r"(?:have|has|hav) (?:you |u |anyone |anybody |any of you )?(?:seen|spotted|sighted"
            r"|come across|heard from)",
        ),
        "spotted": (r"(?:spotted|sighted)",),
        "eye": (r"keep an eye out for", r"eyes (?:out|peeled) for"),
        "where is": (r"(?<=^|[.!?\n#] ?)where is",),
        "where's": (r"(?<=^|[.!?\n#] ?)where's",),
    }
)
