"""When the team is on and off duty is nobody's business but the team's."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules import authorities
from policy.core.rules.base import Case, Param, ParamKind, Rule, Span, compiled, params, tweets
from policy.core.rules.duty_signs import SIGNS
from policy.core.rules.phrases import Phrases
from policy.core.types import Severity

_FLAGS: Final = regex.IGNORECASE | regex.MULTILINE | regex.VERBOSE

_DAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_TIME: Final = r"(?:\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|hrs?\b)|\d{4}\s?hrs?\b|midnight|noon)"
_WHEN: Final = rf"(?:{_TIME}|late\b|the\s(?:early|small)\shours|\d{{1,2}}\b)"
_NEXT: Final = rf"(?:{_DAY}|tomorrow|next\sweek)"
_PART_OF_DAY: Final = rf"(?:{_TIME}|morning|afternoon|evening|[.!?]|$)"
_SOMEBODY: Final = r"""(?:police|officers?|constables?|cops?|PCs?|PCSOs?|sergeants?|inspectors?
    |detectives?|fire\s?fighters?|paramedics?|nurses?|doctors?|medics?|soldiers?|lifeguards?
    |colleagues?|members?|specials?|heroe?s?)\b"""
_OFFICERS: Final = r"(?:officers?|PCSOs?|PCs?|constables?|cops?|bobb(?:y|ies)|specials|staff)"
_US: Final = rf"\b(?:we|we're|we've|us|I|I'm|team|crew|colleagues|patrols?|{_OFFICERS})\b"
_COUNT: Final = r"(?:an?|one|two|three|four|five|six|a\scouple\sof|\d{1,2})"
_UNTIL: Final = r"(?:un)?'?till?"

_ON_AND_OFF_DUTY: Final = rf"""
    (?<!\b(?:was|were|while|whilst|when|even|who|although)\s)
    \b(?:go(?:es|ing)?\s)? off[\s-]{{1,3}}duty\b (?!\s{_SOMEBODY})
  | \b(?:are|am|is|be|back|go(?:es|ing)?|com(?:es?|ing)|only|just|{_COUNT}|{_OFFICERS})\s
    (?:\w+\s){{0,2}}?
    (?<!\b(?:while|whilst|when|died|killed|lives|assaulted|injured|attacked|hurt)\s)
    on[\s-]{{1,3}}duty\b (?!\s{_SOMEBODY})
  | (?<!\b(?:while|whilst|when|died|killed|lives|fell|assaulted|injured|attacked|hurt)\s)
    \bon[\s-]{{1,3}}duty\s (?:(?:again|all)\s)?
    (?:{_UNTIL}|from|tonight|today|tomorrow|this\s(?:morning|afternoon|evening|week)|{_DAY})\b
"""
_SHIFTS: Final = rf"""
    \b(?:shift|duty|tour)s?\s (?:(?:is|has|have|are|now)\s)*
    (?:start|begin|end|finish|over|done|complete|change)\w*
  | \b(?:start|begin|end|finish|complet|last\shours?|rest)\w*\s (?:of\s)?
    (?:(?:the|our|my|this|a|another|his|her|their)\s)? (?:\w+\s)? (?:shift|tour\sof\sduty)\b
  | \b(?:early|late|night|twilight)['"]?\s (?:turn|shift)s?\b
    (?!\s(?:workers?|staff|nurses?|at\sthe)|\s(?:last|on)\s(?:night|\w+day))
  | \b(?:on|working|start(?:ing)?|finish(?:ing)?|(?:first|last|set|run)\sof|covering)\s
    (?:(?:our|my|the|their|a)\s)? (?:\w+\s)? (?:earlies|lates|nights)\b (?!\s(?:out|like|when))
  | \bshifts?\s?(?::|is|runs|from|{_UNTIL})\s? (?:from\s)? {_TIME}
  | \bback\son\s(?:shift|duty)\b | (?:^|[.!?]\s{{0,2}})back\sat\swork\b
  | \brest\sdays?\b
  | \bannual\sleave\b
  | {_US}(?:'\w+)?\s[^.!?\n]{{0,40}}?\bdays?\soff\b
  | (?:^|[.!?]\s{{0,2}}|\b(?:before|after|of)\s) (?:(?:my|our|their)\s)? (?:\w+\s)? days?\soff\b
    (?!\s(?:school|work))
"""
_GOING_HOME: Final = rf"""
    \b(?:sign|book|clock|knock)(?:s|ing|ed)?[ -]off\b
    (?=\s?(?:for|now|duty|at|{_UNTIL}|on|soon|shortly|tonight|today|[.!?,\n]|$))
  | \b(?:finished|done|that's\sit|that\sis\sit)\s (?:now\s)? for\s
    (?:the\s(?:day|night|week(?:end)?|evening)|tonight|today)\b
  | \b(?:that's|that\sis)\s us\s (?:all\s)? (?:finished|done|off)\b
  | \bwe(?:\sare|\shave|'re|'ve)\s (?:now\s)? finished\b (?=\s?(?:[.!?\n]|$))
  | {_US}(?:'\w+)?\s (?:\w+\s){{0,3}}? (?:heading|off|going)\shome\b
  | \b(?:heading|off|going)\shome\s(?:after|from)\s (?:(?:a|our|my|the)\s)? (?:\w+\s)?
    (?:shift|work|duty)\b
  | {_US}(?:\s(?:is|are|am|will\sbe)|'(?:s|re|m|ll\sbe))?\s (?:(?:all|now|both)\s)*
    (?:off|away)\s (?:now\b|{_UNTIL}\b|this\b|at\sthe\sweekend|over\b|tonight|tomorrow|{_DAY})
  | (?:^|[.!?]\s{{0,2}})(?:now\s)? off\s (?:now\s)?
    for\s (?:{_COUNT}\s(?:days?|nights?)|the\s(?:week(?:end)?|night|day)|a\sfew)\b
"""
_HOW_MANY: Final = rf"""
    \b(?:only|just)\s {_COUNT}\s (?:\w+\s)? (?:{_OFFICERS}|cars?|units?|crews?|patrols?|of\sus)\s
    (?:is\s|are\s)? (?:covering\b|(?:on|working|available|left|out|about)\b
    (?!\s(?:the|a|foot|bikes?)\b))
  | \bonly\s (?:{_OFFICERS}|ones?|crew|unit|team)\s (?:on|working|available|out)\s
    (?:tonight|today|now|this|until)\b
  | \bno\s (?:(?:police|officer|patrol|response|night|evening|weekend)\s)? cover\s
    (?:in|at|on|tonight|today|after|before|until)\b
  | \b(?:short|under)[ -]?staffed\b
  | \bsingle[ -]crewed\b
  | \bminimum\s(?:staffing|strength)\b
  | \bno\s (?:{_OFFICERS}|one|cover|police)\s (?:(?:is|are|will\sbe)\s)*
    (?:on\s(?:tonight|today|this|over|at)|working|available|about)\b
"""
# These say it only where the sentence is not about an event or a road.
_UNTIL_WHEN: Final = rf"""
    {_US}[^.!?\n]{{0,60}}?\b (?:on|working|works?|out|about|around|patrolling|available)\s
    (?:(?:and\sabout|tonight|today|patrol|again)\s){{0,2}} {_UNTIL}\s (?:about\s|around\s)? {_WHEN}
"""
_START_WHEN: Final = rf"""
    (?:{_US}\s (?:all\s)? (?:start|begin|finish|knock\soff|clock\soff)(?:s|es|ing)?
      |(?:^|[.!?]\s{{0,2}})(?:start|begin|finish)ing)\s
    (?:(?:work|again|duty)\s)? (?:at|from|around|about)\s {_WHEN}
"""
_BACK_WHEN: Final = rf"""
    (?:^|[.!?]\s{{0,2}}) (?:(?:we|I)(?:'re|'m|'ll\sbe|\sare|\sam|\swill\sbe)\s)?
    back\s (?:(?:in|on|again)\s)* {_NEXT} (?:\s(?:at|from))? \s?{_PART_OF_DAY}
  | {_US}(?:\s(?:are|am|will\sbe)|'ll\sbe)?\s (?:now\s)? back\s (?:(?:in|on|again|at)\s)*
    (?:(?:work|duty|shift)\b|{_TIME}|{_NEXT}\s?(?:at\s|from\s)?{_PART_OF_DAY})
"""
_NOBODY: Final = r"(?:nobody|no one|none of (?:us|the team|our officers)|noone|no1)"
_BY: Final = (
    r"(?:until|till|til|before|after|tonight|today|this (?:weekend|evening|morning|afternoon|week)"
    r"|tomorrow|over|between|from|again|overnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_HOUR: Final = r"(?:\d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|hrs?))?|midnight|noon)"
# No space beside the hyphen: in a phrase it would stand for the hyphen too.
_TO: Final = r"(?:\s?-\s?| ?(?:to|until|till?) ?)"
_SAID = Phrases(
    {
        "no": (
            rf"{_NOBODY}(?:'s| is| are| will be)? (?:on|in|working|about|around|out|available|here"
            rf"|back|left|on duty|on shift)(?: (?:in|at|for) \w+)?(?: to (?:patrol|help|cover)"
            rf"(?: \w+)?)? {_BY}",
        ),
        "no ": (
            r"no (?:patrols?|officers?|police|pcsos?|cops|team|crews?|cars?|cover)"
            rf" (?:in|for|around|across|at) (?:\w+ ){{1,3}}?{_BY}",
            rf"no (?:patrols?|officers?|police|pcsos?|cops) {_BY}",
            r"so no patrols",
        ),
        "then": (
            rf"{_HOUR},? (?:and )?then (?:we're |i'm |we are )?off",
            rf"{_HOUR},? (?:and )?then (?:back |it's |we're )?home",
        ),
        "duty": (
            r"on (?:and|or|&|&amp;|/) off duty",
            rf"duty (?:from )?{_HOUR} ?(?:-|to|until|till?|and) ?{_HOUR}",
            r"(?:early|late|night|day) duty",
        ),
        "hand": (
            r"hand(?:ing|ed|s)? (?:it )?over to (?:the |our )?(?:night|late|early|day|next"
            r"|oncoming|b"
            r"|c|d|a) ?(?:team|shift|turn|crew|relief|section|nights|lates|earlies)?",
            r"handing over to (?:nights|lates|earlies|days)",
        ),
        "clocking": (r"clocking (?:on|in)(?= at| now| for|[.!,])",),
        "shift": (
            r"(?:first|second|third|fourth|last|final|next|day|\d{1,2} ?(?:-|to|til|x) ?\d{1,2}) "
            r"(?:of (?:two|three|four|five|six) )?(?:\w+ )?shifts?(?= of | before | this | today"
            r"| tonight| tomorrow|[.!,]|$)",
        ),
        " of us": (
            r"(?:just|only) (?:the )?(?:two|three|four|2|3|4) of us"
            r"(?= on| out| tonight| working|[.!,]|$)",
        ),
        "nights": (r"(?:over to|onto|on to|back (?:on|to)|are on|is on) nights(?! out)",),
        "lates": (r"(?:over to|onto|on to|back (?:on|to)|are on|is on) lates",),
        "earlies": (r"(?:over to|onto|on to|back (?:on|to)|are on|is on) earlies",),
        "about to": (
            r"(?:team|shift|we|crew|officers|we're) (?:is |are )?about to (?:go|head) home",
        ),
        "just me": (r"just me (?:on|out|tonight|today|covering|working)",),
        "on my own": (
            r"(?:i'm |i am |working |patrolling |out )(?:out )?on my own (?:tonight"
            r"|today)",
        ),
        "skeleton": (r"skeleton (?:crew|staff|team)",),
        "cover": (
            r"(?:we have |we've got |just |only )?(?:one|two|three|1|2|3) (?:\w+ )?(?:cars?"
            r"|officers?|pcs?"
            r"|pcsos?|crews?|units?) (?:is |are )?(?:covering|to cover|for) (?:the "
            r"|all of )?(?:whole"
            r"|entire|all|district|division|town|city)",
        ),
        "resourc": (r"resources (?:are|is|will be) (?:\w+ )?(?:thin|low|stretched|limited|few)",),
        "down to": (
            r"down to (?:one|two|three|1|2|3|our last) (?:\w+ )?(?:cars?|officers?"
            r"|crews?|units?|pcs?)",
        ),
        "short ": (
            r"short (?:on|of) (?:officers|staff|cops|bobbies|crews|cars|numbers|people) "
            r"(?:tonight|today|this|at the moment|over|until|now)",
        ),
        "station": (
            r"station (?:is |will be |is now )?(?:unmanned|unstaffed|empty|not manned|not staffed)",
        ),
        "on leave": (
            r"(?:i'm|we're|i am|pcs?o? \w+ is|sgt \w+ is|is|are|all"
            r"|team) (?:now )?on leave"
            r"(?= for| until| till?| from| next| this|[.!,]|$)",
        ),
        "on holiday": (
            r"(?:i'm|i am|we're|pcs?o? \w+ is|sgt \w+ is|team is"
            r"|team are) (?:now )?on holiday"
            r"(?= for| until| till?| from| next| this|[.!,]|$)",
        ),
        "off for": (
            r"(?:we're|we are|i'm|team is|team are|all) (?:all |now )*off (?:for|over)"
            r" (?:the )?(?:weekend|christmas|easter|new year|holidays?|night|day|week"
            r"|bank)",
        ),
        "off over": (r"(?:we're|we are|i'm|team is|team are) (?:all |now )*off over",),
        "logging off": (r"logging off(?: now)?(?= for| until| till?| tonight|[.!,]|$)",),
        "that's a wrap": (
            r"that's a wrap(?= for (?:tonight|today|the (?:night|day|week|weekend))"
            r"| from (?:the team|team|us))",
        ),
        "time for bed": (r"time for bed",),
        "home time": (r"home time",),
        "off home": (r"(?<=^|[.!?\n]\s?)(?:now )?off home",),
        "knocking off": (r"knocking off(?: early| now| soon| at)",),
        "late": (
            r"(?:end|start|middle) of (?:an? |the |our )?(?:\w+ )?(?:late|early)(?=[.!,]|$"
            r"| and| so)",
        ),
        "finish": (
            r"(?:we|i|team) (?:all )?finish(?:es)? (?:in|within) (?:an?|\d+|half|two|ten|five)",
            r"(?:finally |now |just )finished after \d+ (?:hours?|hrs?)",
        ),
        "on again": (
            r"(?:we|i|team)(?:'re| are| is| won't be| will not be|'m not|'re not| not)*"
            rf" (?:\w+ ){{0,2}}?on again {_BY}",
        ),
        "back on": (r"when (?:we're|i'm|we are|i am) (?:next )?back on",),
        "next on": (rf"(?:we're|i'm|team is|team are|we are)?(?:^| )next on (?:duty )?{_BY}",),
        "work": (rf"(?:we|i|team|officers) work(?:ing)? (?:from )?{_HOUR}{_TO}{_HOUR}",),
        " on ": (
            rf"(?:team|officers|pcs?o? \w+|sgt \w+|crew) (?:is|are|will be) (?:\w+ )?on"
            rf" (?:from |tonight |today )*{_HOUR}{_TO}{_HOUR}",
        ),
        "today": (
            r"(?:your )?(?:officers?|team|pcsos?|cops)(?: on)? (?:for )?(?:today|tonight)"
            rf"[^.!?\n]{{1,60}}\b{_HOUR}{_TO}{_HOUR}",
        ),
        "tonight": (
            rf"(?:your )?(?:officers?|team|pcsos?|cops)(?: on)? (?:for )?tonight"
            rf"[^.!?\n]{{1,60}}\b{_HOUR}{_TO}{_HOUR}",
        ),
    }
)
_Stemmed = tuple[tuple[Stems, regex.Pattern[str]], ...]
_OF_SHIFTS: Final = Stems(
    *("shift", "duty", "tour", "turn", "earlies", "lates", "nights", "twilight", "back at work"),
    *("rest day", "annual leave", "days off", "day off"),
)
_OF_GOING: Final = Stems(
    *("g off", "d off", "s off", "n off", "k off", " off ", "-off", "off now", "off for", "away"),
    *("finish", "done", "home", "that's ", "that is "),
)
# What each of these tells cannot be told without one of its stems.
_OUTRIGHT: Final[_Stemmed] = tuple(
    (stems, regex.compile(pattern, _FLAGS))
    for stems, pattern in (
        (Stems("duty"), _ON_AND_OFF_DUTY),
        (_OF_SHIFTS, _SHIFTS),
        (_OF_GOING, _GOING_HOME),
        (Stems("only", "just", "cover", "staff", "crewed", "minimum", "no "), _HOW_MANY),
    )
)
_BY_TIME: Final[_Stemmed] = tuple(
    (stems, regex.compile(pattern, _FLAGS))
    for stems, pattern in (
        (Stems("til"), _UNTIL_WHEN),
        (Stems("start", "begin", "finish", "k off"), _START_WHEN),
        (Stems("back"), _BACK_WHEN),
    )
)
_EVENT = regex.compile(
    r"""\b(?:surger(?:y|ies)|meetings?|drop[ -]?in|stall|stand|event|open(?:ing)?|library
    |supermarket|co-?op|park|hall|(?<!\b(?:town|city)\s)centre|school|gates|campaign|caf[eé]
    |coffee|market|fair|fete|festival|church|talk|workshop|session|clinic|marking|road|lane|closed|closure|warning)\b""",
    _FLAGS,
)
_OTHERS = regex.compile(
    r"\b(?:nhs|nurses?|paramedics?|doctors?|ambulance|pubs?|shop|staff at|shops?|children|kids"
    r"|pupils"
    r"|clocks?|victim|burglar\w*|jury|you'?re|on your|if you|apply|vacanc\w+|recruit\w*|career)\b",
    regex.IGNORECASE,
)
_MAY_BE_PUBLIC = regex.compile(r"back|finish")
# What a shift did is a tale that comes when it is over.
_TOLD = regex.compile(
    r"\b(?:last (?:night|week|month|year)|yesterday|during the|arrested \w+|\d+ arrest(?:ed|s)?"
    r"|silence|great work|well done|fantastic|award\w*)\b",
    regex.IGNORECASE,
)
_OURS_STILL = regex.compile(r"\b(?:back|now|tonight|until|till?|today|tomorrow|finish\w*|home)\b")
_SENTENCE = regex.compile(r"[^.!?\n]++(?:[.!?](?=\S)[^.!?\n]++)*+")


def _sentence(case: Case, place: int) -> str:
    """The sentence of the folded text that holds `place`; empty between two."""
    spans: list[tuple[int, int]] = case.reading.kept(
        _SENTENCE, lambda: [found.span() for found in case.matches(_SENTENCE)]
    )
    at = bisect_right(spans, place, key=lambda span: span[0]) - 1
    start, end = spans[at] if at >= 0 else (0, 0)
    return case.reading.folded.text[start:end] if start <= place < end else ""


def _is_about_an_event(case: Case, place: int) -> bool:
    said = _sentence(case, place)
    return case.reading.kept((_EVENT, said), lambda: _EVENT.search(said) is not None)


def _is_about_others(case: Case, place: int) -> bool:
    """Whether the sentence is about others' shifts, or tells what a shift of ours did."""
    said = _sentence(case, place).lower()
    return case.reading.kept((_OTHERS, said), lambda: _tells_of_others(said))


def _tells_of_others(said: str) -> bool:
    is_told = _TOLD.search(said) is not None and not _OURS_STILL.search(said)
    return is_told or _OTHERS.search(said) is not None


def _places(case: Case) -> Iterator[tuple[int, int]]:
    plain = case.reading.plain
    for found in (*_SAID.found(case), *SIGNS.found(case)):
        is_event = _MAY_BE_PUBLIC.search(found.group()) is not None and _is_about_an_event(
            case, found.end() - 1
        )
        if not is_event and not _is_about_others(case, found.start()):
            yield found.span()
    for stems, pattern in _OUTRIGHT:
        if stems.are_in(case.reading):
            finds = pattern.finditer(plain, timeout=case.deadline.remaining())
            yield from (
                found.span() for found in finds if not _is_about_others(case, found.start())
            )
    for phrase in case.words("phrases"):
        yield from (found.span() for found in case.matches(compiled(phrase)))
    for stems, pattern in _BY_TIME:
        if stems.are_in(case.reading):
            for found in pattern.finditer(plain, timeout=case.deadline.remaining()):
                if not _is_about_an_event(case, found.end() - 1):
                    yield found.span()


def duty_times(case: Case) -> Iterator[Span]:
    """Words that tell when officers start, finish or are few."""
    floor = 0
    for place in sorted(_places(case), key=lambda place: (place[0], -place[1])):
        start, end = case.place(*place)
        if start >= floor and end > start:
            floor = end
            yield Span(
                start, end, "This may tell people when your team is off duty.", confidence=0.8
            )


DUTY_TIMES: Final = Rule(
    id="duty-times",
    title="When the team is on or off duty",
    subject="Sensitive material",
    severity=Severity.NEEDS_REASON,
    cites=authorities.DUTY,
    advice="Do not say when your team is on or off duty, or how many are on.",
    find=duty_times,
    wrong=tweets(
        "See you there, shift ends at 10 so be quick!",
        "That is us finished. Back on Monday 7am",
        "Only one officer on tonight so be patient",
        "We are out and about until 2am",
        "Signing off for the night",
    ),
    right=tweets(
        "Our surgery runs 6pm until 8pm at the Civic Centre on Tuesday",
        "An off-duty officer saved a swimmer at Saltmere",
        "Harbour Road is closed until 4am. Yellow wind warning tonight, 6pm to 6am.",
        "Free marking kits at Brackenford station, weekdays 10am to 4pm",
        "The officer was assaulted while on duty",
    ),
    answers=(
        "Times of a public event, not of a shift",
        "It does not say when the team is away",
        "The force has already made this public",
    ),
    params=params(phrases=Param("Further phrases of the force's own", ParamKind.PATTERNS, ())),
)
