"""When the team is on and off duty is nobody's business but the team's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import Case, Param, ParamKind, Rule, Span, compiled, params, tweets
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
    \b(?:go(?:es|ing)?\s)? off[ -]duty\b (?!\s{_SOMEBODY})
  | \b(?:are|am|is|be|back|go(?:es|ing)?|com(?:es?|ing)|only|just|{_COUNT}|{_OFFICERS})\s
    (?:\w+\s){{0,2}}? (?<!\b(?:while|whilst|when|died|lives|assaulted|injured|attacked)\s)
    on[ -]duty\b (?!\s{_SOMEBODY})
  | (?<!\b(?:while|whilst|when|died|killed|lives|fell|assaulted|injured|attacked|hurt)\s)
    \bon[ -]duty\s (?:(?:again|all)\s)?
    (?:{_UNTIL}|from|tonight|today|tomorrow|this\s(?:morning|afternoon|evening|week)|{_DAY})\b
"""
_SHIFTS: Final = rf"""
    \b(?:shift|duty|tour)s?\s (?:(?:is|has|have|are|now)\s)*
    (?:start|begin|end|finish|over|done|complete|change)\w*
  | \b(?:start|begin|end|finish|complet|last\shours?|rest)\w*\s (?:of\s)?
    (?:(?:the|our|my|this|a|another|his|her|their)\s)? (?:\w+\s)? (?:shift|tour\sof\sduty)\b
  | \b(?:early|late|night|twilight)['"]?\s (?:turn|shift)s?\b (?!\s(?:workers?|staff|nurses?))
  | \b(?:on|working|start(?:ing)?|finish(?:ing)?|(?:first|last|set|run)\sof|covering)\s
    (?:(?:our|my|the|their|a)\s)? (?:\w+\s)? (?:earlies|lates|nights)\b (?!\s(?:out|like|when))
  | \bshifts?\s?(?::|is|runs|from|{_UNTIL})\s? (?:from\s)? {_TIME}
  | \bback\son\s(?:shift|duty)\b | (?:^|[.!?]\s{{0,2}})back\sat\swork\b
  | \brest\sdays?\b
  | \bannual\sleave\b
  | {_US}(?:'\w+)?\s[^.!?\n]{{0,40}}?\bdays?\soff\b
  | (?:^|[.!?]\s{{0,2}}|\b(?:before|after|of)\s) (?:(?:my|our|their)\s)? (?:\w+\s)? days?\soff\b
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
  | \bno\s (?:(?:police|officer)\s)? cover\s (?:in|at|on|tonight|today|after|before|until)\b
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
_OUTRIGHT = tuple(
    regex.compile(pattern, _FLAGS)
    for pattern in (_ON_AND_OFF_DUTY, _SHIFTS, _GOING_HOME, _HOW_MANY)
)
_BY_TIME = tuple(
    regex.compile(pattern, _FLAGS) for pattern in (_UNTIL_WHEN, _START_WHEN, _BACK_WHEN)
)
_EVENT = regex.compile(
    r"""\b(?:surger(?:y|ies)|meetings?|drop[ -]?in|stall|stand|event|open(?:ing)?|library
    |supermarket|co-?op|park|hall|(?<!\b(?:town|city)\s)centre|school|gates|campaign|caf[eé]|coffee|market|fair|fete|festival|church
    |talk|workshop|session|clinic|marking|road|lane|closed|closure|warning)\b""",
    _FLAGS,
)
_SENTENCE = regex.compile(r"[^.!?\n]++(?:[.!?](?=\S)[^.!?\n]++)*+")


def _is_about_an_event(case: Case, place: int) -> bool:
    return any(
        found.start() <= place < found.end() and _EVENT.search(found.group())
        for found in case.matches(_SENTENCE)
    )


def _places(case: Case) -> Iterator[tuple[int, int]]:
    for pattern in (*_OUTRIGHT, *map(compiled, case.words("phrases"))):
        for found in case.matches(pattern):
            yield found.span()
    for pattern in _BY_TIME:
        for found in case.matches(pattern):
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
