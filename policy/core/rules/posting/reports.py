"""Nobody can report a crime or call for help on social media."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.hosts import host_of
from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Rule, Span, tweets
from policy.core.rules.lexicon import apart, says
from policy.core.types import Kind, Post, Severity, Where

# "Report it here" leads to a link. "Report it on here" does not.
_HERE: Final = (
    r"(?:on\shere|here\s(?:by|with|so|instead|and\s(?:we|i)|in\s(?:the\s|a\s)?(?:comments?"
    r"|repl(?:y|ies)|dms?))"
    r"|(?:by|via|through|in|with|on|over|as)\s(?:a\s|this\s|our\s|the\s|us\son\s)*"
    r"(?:dms?|direct\smessages?|private\smessages?|inbox|pms?|tweets?|twitter|x|facebook|messenger"
    r"|social\smedia|repl(?:y|ies)|comments?|(?:this|twitter|facebook)\spage|feed|thread|post)"
    r"|below)"
)
_DM: Final = (
    r"(?:(?:dm|pm|inbox|(?:direct|private)\smessage|message|tweet)\s(?:us|me)"
    r"|(?:send|drop|give|pop|ping)\s(?:us|me)\s(?:over\s)?(?:an?\s)?(?:quick\s|private\s|direct\s)?"
    r"(?:dm|pm|message|tweet|inbox)"
    r"|(?:our|my)\s(?:dms?|inbox)\s(?:are|is)\s(?:always\s)?open)"
)
_DETAILS: Final = (
    r"(?:(?:the|your|any|some|full|more|further|all|with|a|crime|incident|exact|vehicle"
    r"|car)\s){0,4}"
    r"(?:details?|info(?:rmation)?|location|address(?:es)?|regs?|registrations?|reports?"
    r"|descriptions?"
    r"|number\splates?|concerns?|what(?:'s|\sis|\swas|\shas)?\shappen(?:ed|ing)"
    r"|what\s(?:you\s(?:saw|know)|(?:they|he|she)\s(?:took|did|stole|nicked)|was\s(?:taken|stolen))"
    r"|(?:time|date|day|when)\sand\s(?:place|where|location)"
    r"|where\s(?:it|this|you\s(?:saw|are|were|live))|when\sit|reference|so\s(?:that\s)?we\scan)\b"
)
_SEEN: Final = (
    r"(?:saw|seen|(?:see|spot)\s(?:anything|something|anyone|him|her|it|them|this)|witness(?:ed"
    r"|es)?|info(?:rmation)?|know\s(?:who|anything|something|where)"
    r"|suspicious|spotted|recogni[sz]e|victims?\sof|dash\s?cam|footage)"
)
_OFFER: Final = regex.compile(
    rf"(?i)(?<!\bnot\s)(?<!n't\s)(?<!\bnever\s)(?<!\bcannot\s)(?:"
    rf"\b{_DM}\b(?!\sfor\b)[^.!?\n]{{0,20}}?\b{_DETAILS}"
    rf"|\bdm\s{_DETAILS}"
    rf"|\bneed\s(?:us|the\spolice|an\sofficer)\b[^\n]{{0,10}}?\b{_DM}\b"
    rf"|\b(?:reply|respond|tell\sus|comment)\s(?:to\sthis\s(?:tweet|post)|below"
    rf"|here)\sif\syou(?:'ve|\shave)?\s"
    rf"(?:saw|seen|know|info)"
    rf"|\b(?:we|i)\s(?:take|accept)\s(?:crime\s)?reports?\s{_HERE}\b"
    rf"|\b(?:report|log|record)\s(?:it|this|that|these|them|crimes?|incidents?|things|anything|asb"
    rf"|any\s\w+|your\s\w+|a\scrime|all\s\w+)\s(?:to\sus\s|directly\s|straight\s)?{_HERE}\b"
    rf"|\b(?:tweet|dm|pm|inbox|message)\s(?:us|me)\s(?:to|and|if\syou\s(?:want|need|wish)\sto"
    rf"|with)\s"
    rf"(?:report|a\sreport|we(?:'ll|\swill|\scan)\s(?:log|record|take|report|look|deal|get))\b"
    rf"|\b(?:reply|respond|comment|post|answer)\s(?:here\s|below\s|to\sthis\s"
    rf"|back\s)?with\s{_DETAILS}"
    rf"|\b(?:give|send|tell|let|provide|share|leave|post|put|stick|pop|drop|bung)\s(?:(?:us|me|with)\s){{0,2}}"
    rf"(?:have\s|know\s)?{_DETAILS}[^.!?\n]{{0,30}}?\s{_HERE}\b"
    rf"|\breport\b[^.!?\n]{{0,30}}[?.!]\s{{0,2}}(?:just\s|please\s)?{_DM}\b"
    rf"|\b{_SEEN}\b[^\n]{{0,50}}?(?<!n't\s)(?<!not\s)(?<!never\s)\b(?:{_DM}|(?:comment|reply"
    rf"|contact\sus|message\sus|let\sus\sknow)\s"
    rf"(?:below|on\shere|in\sthe\s(?:comments|replies)|on\s(?:twitter|facebook)))\b(?!\s(?:via"
    rf"|on)\slive)"
    rf"|\b(?:{_DM}|contact\sus\son\s(?:here|twitter|facebook))\b[^.!?\n]{{0,10}}?\b(?:if|with"
    rf"|about)\b"
    rf"[^.!?\n]{{0,20}}?\b{_SEEN}\b"
    rf"|\b(?:we|i)(?:'ll|\swill|\scan|'ve|\shave|\sam|'m|'re|\sare)\s"
    rf"(?:now\s|also\s|just\s|get\s|have\s|got\s|gladly\s|happily\s)?"
    rf"(?:logg?(?:ed|ing)?|record(?:ed|ing)?|tak(?:e|en|ing)|report(?:ed|ing)?|rais(?:e|ed|ing)"
    rf"|creat(?:e|ed|ing)|mak(?:e|ing)|made)\s"
    rf"(?:(?:it|this|that|a|an|your|the|crime|incident|full)\s){{0,3}}"
    rf"(?:(?:report|log|crime|statement|details)\s)?(?:for\syou|from\shere|{_HERE}"
    rf"|(?:as|on)\s(?:a\s|the\s)?(?:crime|incident|log|system))\b"
    rf"|\b(?:we|i)(?:'ll|\swill|\scan|'ve|\shave)\s(?:put|get|stick|pop)\s(?:a|the|this|that|your)\s"
    rf"(?:crime|job|log|report|incident)\s(?:on|in|through|down)\b"
    rf"|\b(?:we|i)(?:'?ll|\swill|\scan)\s(?:get|give|sort|send)\s(?:you|u)\s(?:a|the|your)\s"
    rf"(?:crime|log|incident|reference|ref)\s(?:number|no|num|ref\w*)\b"
    rf"|\b(?:we|i)(?:'ll|\swill|\scan)\s(?:log|record)\s(?:it|this|that|your\sreport|a\scrime)\b"
    rf"|\b(?:crime|report)s?\s(?:can|may)\sbe\s(?:made|reported|taken|logged)\s{_HERE}\b"
    rf"|\b(?:we|i)\s(?:can|do|will|now)\s(?:now\s)?(?:take|accept)\s(?:crime\s|your\s"
    rf"|any\s)*reports?\b"
    rf"(?![^.!?\n]{{0,40}}\bserious)"
    rf")"
)
# Ways to write to the account, and what makes a report of what is written.
_CHANNEL: Final = regex.compile(
    rf"(?i)(?<!\bnot\s)(?<!n't\s)(?<!\bnever\s)(?<!\bcannot\s)\b(?:{_DM}"
    r"(?!\s(?:for|to\s(?:book|join|enter|win|find|arrange|order))\b)"
    rf"|(?:tell|contact|inform|notify|message|reach|let)\s(?:us"
    rf"|me)\s(?:know\s)?(?:all\s)?(?:{_HERE}|here\b)"
    r"|(?:reply|respond|comment|answer)\s(?:to\sthis(?:\s(?:tweet|post|thread))?|below|here"
    r"|on\shere)"
    rf"|(?:send|share|upload|post)\s(?:us\s|me\s|any\s|your\s)?(?:\w+\s){{1,4}}?(?:to\s(?:us"
    rf"|me)\s)?{_HERE}"
    rf"|report\s(?:it|this|them|that|any\w*|(?:\w+\s){{0,3}}\w+)\s(?:to\s(?:me|us)\s)?"
    r"(?:on|via|over|through|by)\s(?:twitter|facebook|messenger|dm|tweet|x|here|direct\smessage))\b"
)
_REPORT: Final = regex.compile(
    r"(?i)\b(?:asb|anti-?\s?social|drugs?|deal(?:ers?|ing)|burgl\w+|thefts?|thie(?:f|ves)|crimes?"
    r"|suspicious\w*|robb\w+|incidents?|problems?|speeding|stolen|assault\w*|witness\w*|suspects?"
    r"|culprits?|fights?|cctv|dash\s?cam|footage|offen[cd]\w+|vandal\w*|did\sthis|responsible"
    r"|time\sand\splace|trouble|criminal\w*|abuse|harass\w*|log|seen\sanything|arson|damage"
    r"|report\s(?:it|this|them|any|anti)\w*)\b"
)
_OFFERING: Final = (
    *("dm", "dms", "pm", "pms", "inbox", "message", "messages", "tweet", "tweets", "report", "log"),
    *("logged", "record", "recorded", "reply", "respond", "comment", "comments", "tell", "send"),
    *("give", "reports", "reported", "crimes", "recording", "logging", "statement", "let"),
    *("twitter", "contact", "provide", "share", "leave", "post", "put", "need", "inform", "notify"),
    *("reach", "stick", "number"),
)
_OTHER_MATTER: Final = regex.compile(
    r"(?i)\b(?:what\syou\sthink|questions?|q\s?&\s?a|ask\sus|prevention\s(?:pack|advice)"
    r"|favou?rite|best"
    r"|feedback|competition|survey|live\s(?:chat|on)|(?:can|do)(?:not|\snot|n't)\s(?:report"
    r"|take|be\staken"
    r"|tweet|post)|never\s(?:report|tweet|post)|only\sbe\staken)\b"
)
_PLEA: Final = regex.compile(
    r"(?i)\b(?:i|we)(?:'m|'re|\sam|\sare|'ve|\shave|\swas|\swere)\s(?:just\s|now\s|still\s)?"
    r"(?:being|been|getting)\s"
    r"(?:followed|attacked|robbed|mugged|burgled|threatened|assaulted|stalked|stabbed|chased"
    r"|harassed|beaten|abused|hurt|scammed|raped|broken)"
    r"|\b(?:i|we)\sgot\s(?:robbed|mugged|burgled|attacked|assaulted|stabbed)"
    r"|\bhelp\sme\b[^.!?\n]{0,20}?(?:please|now|!|he's|she's|they're|i'm|quick)"
    r"|\bhelp\sus\s(?:please|now|quick|he's|she's|they're)\b"
    r"|(?<!to\s)\b(?:please|pls|plz)\shelp(?:\sme)?\s?(?=[.!?]|$|@|#|now|quick|i'm|i\sam|he|she)"
    r"|\b(?:someone|somebody|a\sman|a\sbloke|some\sguy|a\sguy|he|she|they|people|lads|kids|men)"
    r"(?:'s|'re|\sis|\sare)\s(?:currently\s|actually\s|outside\s)?(?:breaking\sin"
    r"|trying\sto\sget\sin"
    r"|trying\sto\sbreak|in\smy\s(?:house|garden|car)|attacking|hitting|beating|following\sme"
    r"|chasing|threatening|fighting|dealing\s(?:drugs|outside|behind|in|on)|smashing"
    r"|outside\smy|stealing|nicking|kicking)"
    r"|\bmy\s(?:car|bike|house|home|shop|van|phone|bag|shed|flat|purse|wallet)\s"
    r"(?:has\sbeen|was|were|got|is\sbeing|has\sjust\sbeen|have\sbeen)\s(?:just\s)?"
    r"(?:stolen|nicked|broken|robbed|burgled|vandali[sz]ed|smashed|damaged|taken|keyed)"
    r"|\bmy\s\w+'s\s(?:just\s)?been\s(?:stolen|nicked|robbed|burgled|smashed|broken\sinto|taken"
    r"|keyed)"
    r"|\bmy\s(?:neighbour|son|daughter|ex|mum|dad|partner|husband|wife|friend|brother|sister"
    r"|boyfriend"
    r"|girlfriend)\s(?:is|keeps|has\sgone|has\sbeen)\s(?:being\s)?(?:beating|hitting|missing"
    r"|threatening"
    r"|attack(?:ing|ed)|following|hurting|harassing|stabbed|beaten)"
    r"|\b(?:he|she|they)\s(?:just\s)?(?:hit|attacked|threatened|robbed|stabbed|punched"
    r"|mugged)\sme\b"
    r"|\bthere\sare\s(?:\w+\s)?(?:kids|lads|men|youths)\s(?:smashing|fighting|breaking|throwing"
    r"|trying)"
    r"|(?<=^\s{0,3}@\w{1,20}\s)(?:please\s)?(?:help(?:\sme)?|emergency|call\sthe\spolice)\b"
    r"(?=\s?(?:[!.]|please|$))"
    r"|\bi\s(?:want|need|would\slike|'d\slike)\s(?:to|2)\sreport\b|\bcan\si\sreport\b"
    r"|\bsend\s(?:the\s)?(?:police|help|someone)\s(?:now|quick|asap|please|to)"
    r"|\b(?:please|pls|plz)\s(?:send|get|call)\s(?:the\s)?(?:police|help|officers|someone)\b"
    r"|\bi\sfeel\s(?:so\s|very\s)?unsafe\b|\bmy\s\w+\sis\s(?:being|getting)\s(?:beaten|attacked"
    r"|robbed)"
    r"|(?<=^\s{0,3}@\w{1,20}\s)(?:just\s)?been\s(?:burgled|robbed|mugged|attacked|followed)"
    r"|\bthere(?:'s|\sis|\sare)\s(?:an?\s|some\s|two\s)?(?:\w+\s)?(?:fight|burglar|intruder"
    r"|gang\s(?:of\s(?:youths|lads|men|kids)|outside|fighting)"
    r"|man\s(?:with|outside|following|in\smy)|bloke\s(?:with|outside|following|dealing))"
    r"|\b(?:someone|somebody|they|he|she|some\w*\s\w+|thieves|lads|kids|they)(?:'s|'ve|\shas"
    r"|\shave)?\s(?:just\s)?"
    r"(?:broken\s(?:in|into)|broke\sin(?:to)?|smashed|stolen|stole|nicked|robbed|attacked"
    r"|crashed|keyed"
    r"|set\sfire)\b"
    r"|\b(?:man|bloke|lads?|guy|men|woman|kids|youths?|teenagers?|gang|neighbours?|people"
    r"|someone|driver)"
    r"\s(?:is\s|are\s|keeps?\s|just\s)?(?:smashing|throwing|dealing|fighting|kicking|setting"
    r"|breaking"
    r"|trying\s(?:to|the)|stealing|attacking|threatening|chasing|hitting|climbing|lurking"
    r"|shouting|racing)\b"
    r"|\bwhat\s(?:do|should|can)\si\sdo\b|\bi(?:'ve|\shave)?\s(?:just\s)?(?:saw|seen|witnessed"
    r"|heard)\s"
    r"(?:\w+\s){1,3}?(?:steal|nick|rob|break|fight|smash|attack|hit|deal|shout|scream|stab|gun)\w*"
    r"|\bi(?:'m|\sam)\s(?:scared|frightened|in\sdanger|trapped|going\sto\s(?:die|kill|end))"
)
_PLEADING: Final = (
    *("i", "i'm", "we", "we're", "i've", "we've", "my", "help", "someone", "somebody", "someone's"),
    *("he's", "she's", "they're", "they", "he", "she", "people", "man", "bloke", "guy", "lads"),
    *("kids", "men", "send", "somebody's", "i'd", "there's", "there", "please", "been"),
    *("emergency", "call", "are", "gang", "youths", "neighbours", "woman", "driver", "teenagers"),
    *("thieves", "what", "some"),
)
# Answers that take a report on instead of sending it where it belongs.
_TAKEN_ON: Final = regex.compile(
    r"(?i)\b(?:we|i)(?:'ll|\swill|'ve|\shave|\scan|'m|'re|\sam|\sare)\s(?:just\s|now\s"
    r"|going\sto\s)?"
    r"(?:(?:get|send|ask|sent|sending|asked)\s(?:for\s)?"
    r"(?:someone|somebody|an?\sofficers?|officers|a\s(?:unit|patrol|car|pcso|pc)|pcsos?|the\steam"
    r"|one\sof\s\w+|units?|patrols?)\s(?:straight\s|right\s)?(?:out|round|over|along|down|to|on)\b"
    r"|send(?:ing)?\s(?:an?\s(?:unit|patrol|car|officer)|officers|someone|somebody)\b"
    r"|(?:make|made|taken|take)\sa\snote\sof\s(?:this|that|it)\b|recorded\s(?:this|that|it)\b"
    r"|(?:pass|passed|passing|forward|forwarded|forwarding)\s(?:(?:this|it|that|your|the|details"
    r"|information|info|report|message|concerns?|tweet)\s){1,3}(?:straight\s)?(?:on\b|to\b|along\b)"
    r"|(?:look|looking|looked)\sinto\s(?:(?:it|this|that)\sfor\syou|your)\b"
    r"|(?:investigate|deal\swith)\s(?:it|this|that|your)\b|(?:on\s(?:our|my)\sway\sto\syou))"
    r"|\b(?:what(?:'s|\sis)\s(?:your|the)\s(?:exact\s)?(?:address|location|postcode"
    r"|reg(?:istration)?)"
    r"|(?:where|when)\s(?:exactly\s)?(?:did|is|was)\s(?:this|it|that)\s(?:happen|going|taking"
    r"|exactly)"
    r"|(?:can|could)\s(?:you|u)\s(?:please\s|pls\s)?(?:give|send|provide|tell|let|dm|message)\s"
    r"(?:(?:me|us|have|know|with)\s){0,3}(?:(?:the|your|some|any|more|further|full|exact)\s){0,3}"
    r"(?:details?|info(?:rmation)?|address|location|reg(?:istration)?|descriptions?|number"
    r"|postcode)"
    r"|what\stime\s(?:was|did)\s(?:this|it|that)|what\sdid\s(?:he|she|they)\slook\slike"
    r"|(?:do|did)\s(?:you|u)\s(?:have|get|see|take|note)\s(?:a|the|any|their|his|her)\s(?:full\s)?"
    r"(?:description|reg(?:istration)?|number\splate|details)|(?:can|could)\s(?:you|u)\sdescribe"
    r"|what\swas\sthe\sreg(?:istration)?|(?:officers|we)(?:'ll|\swill)\sattend(?=\s?(?:[.!,]|$"
    r"|soon|shortly|asap))"
    r"|your\s(?:phone|mobile|contact|telephone)\s(?:no|number)|thank(?:s"
    r"|\syou)\sfor\s(?:reporting|your\sreport)"
    r"|(?:your|the)\sreport\s(?:has\sbeen|is|was)\s(?:now\s)?(?:received|logged|taken|recorded)"
    r"|i(?:'ll|\swill)\s(?:ring|call|phone)\syou"
    r"|(?:unit|officers?|patrol|someone|team|car|pcsos?|colleague)s?\s(?:(?:is|are|will\sbe"
    r"|should\sbe|has\sbeen"
    r"|have\sbeen|now|already)\s)+(?:on\s(?:its|the|their)\sway|en\sroute|sent|coming|with\syou"
    r"|dispatched"
    r"|heading)|they(?:'ll|\swill)\s(?:pop|come|be)\s(?:round|out|over|along|there|with\syou)"
    r"|thanks?,?\slogged)\b"
    r"|\b(?:sorry\sto\s(?:hear|read|see))\b[^.!?\n]{0,60}?\b(?:burgl\w+|stolen|robb\w+|break-?in"
    r"|broken|theft|attack\w*|assault\w*|vandal\w+|damag\w+|nicked|mugg\w+|threat\w*|abus\w+)"
)
_TAKING: Final = (
    *("send", "get", "ask", "sent", "sending", "asked", "pass", "passed", "passing", "forward"),
    *("forwarded", "forwarding", "look", "looking", "looked", "investigate", "deal", "sorry"),
    *("way", "what", "what's", "where", "when", "can", "could", "number", "thanks", "thank"),
    *("report", "ring", "call", "phone", "note", "recorded", "do", "did", "attend", "describe"),
    *("time", "reg", "unit", "officers", "officer", "patrol", "they'll", "logged", "team", "car"),
)
_REFERRED: Final = regex.compile(
    r"\b(?:101|999|112)\b|(?i:\b(?:report|submit|tell\sus)\b[^.!?\n]{0,50}?\b(?:online|website|web"
    r"|site|webpage|live\s?chat)\b|\bonline\sreport|\bcrimestoppers\b|\b0800\s?555\s?111\b)"
)
_SENTENCE: Final = regex.compile(r"[^.!?\n]++(?:[.!?]++(?=\S)[^.!?\n]++)*+[.!?]*+")
_LEADING: Final = regex.compile(r"\s*+(?:@\w++[\s:,]*+)++")
_DIGITS: Final = regex.compile(r"[\s\-()]")


def _is_referral(case: Case) -> bool:
    """Whether the post itself sends people to where crimes are reported."""
    text, reporting = case.post.text, case.pack.reporting
    squeezed = _DIGITS.sub("", text)
    numbers = (_DIGITS.sub("", number) for number in (reporting.non_emergency, reporting.emergency))
    return (
        any(number in squeezed for number in numbers)
        or host_of(reporting.page) in text.casefold()
        or _REFERRED.search(text, timeout=case.deadline.remaining()) is not None
    )


def _referral(case: Case) -> str:
    to = case.pack.reporting
    return (
        f"We cannot take reports here: please call {to.non_emergency}, or {to.emergency} if it is "
        f"happening now. {to.page}"
    )


def _is_reply(case: Case) -> bool:
    return (
        case.post.kind in (Kind.REPLY, Kind.QUOTE)
        or _LEADING.match(case.reading.folded.text) is not None
    )


def reports_taken(case: Case) -> Iterator[Span]:
    """Offers to take a report here, and answers to a call for help that refer nobody."""
    offers: list[tuple[int, int]] = []
    if says(case, *_OFFERING):
        offers = apart(found.span() for found in case.matches(_OFFER))
        if not offers and case.reading.says(_REPORT) and not case.reading.says(_OTHER_MATTER):
            offers = apart(found.span() for found in case.matches(_CHANNEL))
    for start, end in offers:
        yield _span(case, start, end, "This offers to take a report on social media.")
    if offers or not _is_reply(case) or _is_referral(case):
        return
    if says(case, *_PLEADING):
        for found in case.matches(_PLEA):
            yield _span(case, *found.span(), "Somebody calls for help or reports a crime here.")
            return
    is_thanked = says(case, "feedback", "compliments", "praise")
    if says(case, *_TAKING) and case.reading.where is Where.TEXT and not is_thanked:
        for found in case.matches(_TAKEN_ON):
            yield _span(case, *found.span(), "This takes a report on without a number to call.")
            return


def _span(case: Case, start: int, end: int, message: str) -> Span:
    if case.reading.where is not Where.TEXT:
        return Span(*case.place(start, end), message)
    referral = _referral(case)
    # The whole sentence goes, so that what is left still reads well.
    names = _LEADING.match(case.reading.folded.text)
    floor = names.end() if names else 0
    sentences: list[tuple[int, int]] = case.reading.kept(
        _SENTENCE, lambda: [found.span() for found in case.matches(_SENTENCE)]
    )
    first = max(floor, max((s for s, _ in sentences if s <= start), default=start))
    last = min((e for _, e in sentences if e >= end), default=end)
    text = case.reading.folded.text
    while first < start and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return Span(
        *case.place(first, last),
        message,
        f"Write: {referral}",
        replacements=(referral,),
    )


CRIME_REPORT_HANDLING: Final = Rule(
    id="crime-report-handling",
    title="A report or a call for help",
    subject="Replies",
    severity=Severity.NEEDS_REASON,
    cites=authorities.CRIME_REPORTS,
    advice="Send people to the force's number and page. If somebody is in danger now, "
    "tell the control room yourself.",
    find=reports_taken,
    wrong=(
        *tweets(
            "@fernlea_demo I am being followed please help",
            "Seen something in Foxhollow? DM us the details and we will log it.",
            "@fernlea_demo Sorry to hear that your bike was stolen. We'll look into it.",
        ),
        Example(
            Post("You can report it here in the comments, no need to call"),
            note="It offers what nobody reads at night.",
        ),
    ),
    right=(
        *tweets(
            "@fernlea_demo Thank you for telling us. We cannot take reports here: please call "
            "101, or 999 if it is happening now.",
            "Please do not report crime here: nobody reads it at night.",
            "@fernlea_demo The next meeting is on Thursday. Tell us what you think then!",
        ),
        Example(
            Post("@fernlea_demo Sorry to hear that you were burgled. Please report it online."),
            note="It sends the person to the right place.",
        ),
    ),
    answers=(
        "The person has been sent to 101 or 999 already",
        "The control room knows: the log number is below",
        "Nobody reports a crime here",
    ),
)

_BY_MESSAGE: Final = regex.compile(
    rf"(?i)(?<!\bnot\s)(?<!n't\s)(?<!\bnever\s)(?<!\bcannot\s)\b(?:{_DM}(?<!tweet\s(?:us"
    rf"|me))(?!\svia\slive)"
    r"|(?:by|via|through|in)\s(?:an?\s|our\s)?(?:dms?|(?:direct|private)\smessages?)"
    r"|dm\s(?:your|the|over|with)|(?:and|or|please|pls)\sdm\b(?!s)"
    r"|follow\s(?:us|me)\s(?:back\s)?so\s(?:that\s)?(?:we|i)\scan\s(?:dm|message))\b"
)
_NOT_BY_MESSAGE: Final = regex.compile(
    r"(?i)\b(?:not|never|cannot|unable|no\slonger)\b[^.!?\n]{0,50}?\b(?:dms?|messages?|inbox)\b"
    r"|n't\b[^.!?\n]{0,50}?\b(?:dms?|messages?|inbox)\b"
    r"|\b(?:scam\w*|fraud\w*|fake|suspicious|phishing)\b"
)


def asked_by_message(case: Case) -> Iterator[Span]:
    """Requests to write by direct message."""
    if not says(case, "dm", "dms", "pm", "message", "messages", "inbox"):
        return
    if any(case.matches(_NOT_BY_MESSAGE)):
        return
    for start, end in apart(found.span() for found in case.matches(_BY_MESSAGE)):
        yield Span(*case.place(start, end), "Direct messages are not secure.")


DM_SENSITIVE: Final = Rule(
    id="dm-sensitive",
    title="Asking for a direct message",
    subject="Replies",
    severity=Severity.ADVISE,
    cites=authorities.DIRECT_MESSAGES,
    advice="Ask people to call, and never for anything that you would not read aloud.",
    find=asked_by_message,
    wrong=(
        *tweets(
            "@fernlea_demo Can you DM us your address?",
            "Drop me a message about the meeting",
        ),
        Example(Post("Tell us via direct message."), note="Spelt out."),
    ),
    right=(
        *tweets(
            "Please do not send us direct messages: call 101.",
            "Got a message from your bank? It may be a scam.",
        ),
        Example(Post("Our message to you: lock your shed."), note="Another message."),
    ),
)
