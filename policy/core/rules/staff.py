"""What would endanger officers and their families."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Rule, Span, tweets
from policy.core.rules.details.base import before
from policy.core.rules.details.numbers import runs
from policy.core.rules.details.phones import mobiles
from policy.core.types import Post, Severity

_RANKS: Final = (
    "PCs?|PCSOs?|DCs?|DS|DI|DCI|CI|sgts?|sergeants?|insp(?:ector)?s?|constables?|supt"
    "|superintendents?|ch(?:ief)? insp(?:ector)?|officers?|detectives?|specials?|bobby"
)
_CAPITAL: Final = r"(?-i:\p{Lu}[\p{L}\-]++)"
_NAMED: Final = rf"(?:{_RANKS}) {_CAPITAL}(?: {_CAPITAL})?"
_OFFICER: Final = (
    rf"(?:(?:{_RANKS})(?: {_CAPITAL}){{0,2}}|(?:our|my) (?:colleagues?|sergeant|inspector|boss))"
)
_OFFICERS_OWN: Final = rf"(?:my|(?:our (?:sergeant|inspector|colleague)|{_NAMED})'s)"
_NOW: Final = (
    "(?:(?:have|has|now|also|both|still|all|only|just|actually|always|usually|often) ){0,2}"
)
_BY: Final = "(?:in|at|on|near|just off|off|opposite|behind|next|close|round the corner|with|here)"
_HOUSE: Final = "(?:house|home|flat|address|home address|front door|garden)"
_PARTNERS: Final = "wife|husband|partner|girlfriend|boyfriend|fianc[eé]e?"
_CHILDREN: Final = (
    "sons?|daughters?|kids?|child(?:ren)?|boys?|girls?|bab(?:y|ies)|twins|grandchildren"
)
_FAMILY: Final = (
    f"(?:{_PARTNERS}|{_CHILDREN}|mum|dad|mother|father|parents?|brothers?|sisters?|nan)"
)
_AGED: Final = "(?:(?:eldest|youngest|oldest|little|lovely|two|three|older|younger|own|baby) ){0,2}"
_CAR: Final = (
    "(?:cars?|motors?|motorbikes?|vehicles?|(?-i:Audi|BMW|Ford|Fiesta|Focus|Golf|Polo|Corsa|Astra"
    "|Mini|Kia|Honda|Toyota|Nissan|Volvo|Skoda|Tesla|Mazda|Fiat|Peugeot|Renault|Mercedes))"
)
_OWN: Final = "(?:(?:own|private|personal|new|old|family) ){0,2}"
_DAY: Final = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_PART: Final = "(?:day|morning|evening|night|afternoon|weekend|weekday|lunch ?time|week|shift)"
_EVERY: Final = f"(?:every|each) (?:single )?(?:{_PART}|{_DAY})"
_WHEN: Final = rf"(?:{_EVERY}|at \d|(?:before|after) (?:my |a )?(?:work|shift|school)|on {_DAY})"
# What officers do on duty too (walking, driving, cycling somewhere) is none of these.
_DOES: Final = (
    "(?:runs? (?:along|through|in|round|around|by|on|home|to work|past)|jogs?|swims?|commutes?"
    "|(?:drives?|cycles?|walks?|rides?) (?:home|(?:in)?to work|in to work)"
    "|(?:goes|go) (?:running|swimming|jogging|climbing|to the gym|to church|to mass|to yoga)"
    "|(?:trains?|works? out|drinks?) (?:at|in)|walks? (?:my|his|her|the|our|their) dogs?"
    "|(?:picks?|drops?|collects?|takes?) (?:up )?(?:my|his|her|our|their) "
    f"(?:{_CHILDREN}|dogs?))"
)


def _pattern(*phrases: str) -> regex.Pattern[str]:
    """One pattern of all `phrases`; a space in them is any white space, capitals do not matter."""
    return regex.compile(
        "|".join(f"(?:{phrase})" for phrase in phrases).replace(" ", r"\s"), regex.IGNORECASE
    )


_HOMES: Final = _pattern(
    rf"\b{_OFFICER},? (?:who )?{_NOW}(?:lives?|lived|resides?|is living|moved house) {_BY}\b",
    rf"\b(?:I|we)(?:'ve)? {_NOW}(?:live|lived|reside|moved house) "
    rf"(?:(?:in|at|on|near|off|to) (?:the )?{_CAPITAL}|just off|round the corner|next (?:door )?to"
    r"|close to|opposite|behind)",
    rf"\b{_OFFICER} (?:has |have )?(?:just )?moved (?:house|home) to\b",
    rf"\b{_OFFICERS_OWN} {_OWN}{_HOUSE} (?:is |was )?(?:{_BY} (?:the )?[\p{{L}}\d]|\d)",
    rf"\b(?:off|heading|going|driving|drive|walking) home to (?:my (?:\w+ )?in )?{_CAPITAL}",
    rf"\b(?:officers?|staff|constables?)(?:'s|s'|') {_OWN}{_HOUSE} (?:is |are )?{_BY}\b",
)
_QUESTION: Final = _pattern(r"\b(?:do|did|if|where|that|should|how|when) \Z")
_FAMILIES: Final = _pattern(
    rf"\b{_OFFICERS_OWN} {_AGED}{_FAMILY},? "
    r"(?:(?:and \w++|is|are|has|have|just|also|now|who) ){0,3}"
    rf"(?:{_CAPITAL}|lives?|works?|starts?|started|goes|go|attends?|teach\w*|stud(?:y|ies|ying)"
    r"|plays? (?:for|at)|\d|aged|called|named|at (?:school|nursery|college)|in (?:year|class))\b",
    rf"\b{_OFFICERS_OWN} {_AGED}{_FAMILY}(?:'s|s') (?:new )?"
    "(?:school|nursery|college|work|job|name|address|house|club|teacher|class|birthday)",
    rf"\b{_NAMED} (?:and|with) (?:his|her|their) {_AGED}{_FAMILY},? {_CAPITAL}",
    rf"\b{_OFFICER} (?:is|was|has been) married to\b",
)
_CARS: Final = _pattern(
    rf"\b(?:{_OFFICERS_OWN}|(?:our|their) own|officers'|staff'?) {_OWN}{_CAR} "
    "(?:(?:is|are|always|usually) ){0,2}(?:parked|park|kept|an? |in |behind|outside|reg)",
    rf"\b(?:I|we|officers|staff|{_NAMED}) {_NOW}(?:have to )?(?:parks?|leaves?) "
    rf"(?:my|our|their|his|her) {_OWN}{_CAR}\b",
    r"\b(?:where|place) (?:our |the )?(?:officers|staff|PCs|PCSOs|cops|police) (?:all )?park\b",
    rf"\b(?:officers|staff) {_NOW}park (?:at|behind|in|on|opposite|outside|round)\b",
    rf"\b{_NAMED} drives an? (?!(?:\w+ )?(?:marked|unmarked|police|patrol|response))"
    rf"(?:\w+ ){{0,2}}{_CAR}\b",
    r"\bstaff (?:car park|parking) (?:is|at|behind|in|on|opposite|round)\b",
)
_ROUTINES: Final = _pattern(
    rf"\b(?:I|we(?: all)?|{_OFFICER}) {_NOW}{_DOES}\b[^.!?\n]{{0,60}}?\b{_WHEN}",
    rf"\b{_EVERY},? (?:at \S+ )?(?:(?:before|after) \w+ )?(?:I|{_OFFICER}) {_NOW}{_DOES}\b",
    r"\bmy (?:local|usual|daily) (?:gym|pub|pool|church|run|route|walk|commute|swim)\b",
    r"\bmy (?:gym|commute|pub|church|running route|way home) (?:is|in|at|takes|from|goes)\b",
)
# Cheap words of which each of them holds one come first.
_ABOUT: Final = (
    (
        Stems(
            "live",
            "living",
            "resid",
            "moved",
            "house",
            "home",
            "flat",
            "address",
            "front",
            "garden",
        ),
        _pattern(r"\b(?:liv(?:es?|ed|ing)|resid|moved|house|home|flat|address|front|garden)"),
        _HOMES,
        "This may tell where an officer lives.",
    ),
    (
        Stems(
            *("wife", "husband", "partner", "friend", "fianc", "son", "daughter", "kid", "child"),
            *("boy", "girl", "baby", "babies", "twins", "mum", "dad", "mother", "father", "parent"),
            *("brother", "sister", "nan", "married"),
        ),
        _pattern(rf"\b{_FAMILY}\b", r"\bmarried\b"),
        _FAMILIES,
        "This says something about an officer's family.",
    ),
    (
        Stems(
            *("park", "car", "motor", "vehicle", "audi", "bmw", "ford", "fiesta", "focus", "golf"),
            *("polo", "corsa", "astra", "mini", "kia", "honda", "toyota", "nissan", "volvo"),
            *("skoda", "tesla", "mazda", "fiat", "peugeot", "renault", "mercedes"),
        ),
        _pattern(rf"\b(?:park\w*|{_CAR})\b"),
        _CARS,
        "This may lead to an officer's own car.",
    ),
    (
        Stems(
            *("run", "jog", "swim", "commut", "home", "work", "go", "train", "drink", "walk"),
            *("pick", "drop", "collect", "take", "local", "usual", "daily", "gym", "pub", "church"),
            *("way",),
        ),
        _pattern(
            r"\b(?:runs?|jogs?|swims?|commutes?|home|to work|go|goes|trains?|works?|drinks?|walks?"
            r"|picks?|drops?|collects?|takes?)\b",
            r"\bmy (?:local|usual|daily|gym|commute|pub|church|running|way)\b",
        ),
        _ROUTINES,
        "This tells where an officer can be met off duty.",
    ),
)
_OF_AN_OFFICER: Final = _pattern(
    rf"\b(?:{_RANKS})(?: {_CAPITAL}){{0,3}}(?:'s)?\b[^.!?\n]{{0,30}}\Z",
    r"\b(?:my|me)\b[^.!?\n]{0,30}\Z",
)


def staff_details(case: Case) -> Iterator[Span]:
    """Where officers live, park and spend their time, who belongs to them, how to ring them."""
    floor = 0
    for start, end, message in sorted((*_told(case), *_numbers(case))):
        if start >= floor:
            floor = end
            yield Span(*case.place(start, end), message, confidence=0.7)


def _told(case: Case) -> Iterator[tuple[int, int, str]]:
    for stems, gate, pattern, message in _ABOUT:
        if stems.are_in(case.reading) and case.reading.says(gate):
            for found in case.matches(pattern):
                # "Do we live in a safer town?" is about nobody's home.
                if not _QUESTION.search(before(case, found.start())):
                    yield *found.span(), message


def _numbers(case: Case) -> Iterator[tuple[int, int, str]]:
    for number in mobiles(case, runs(case)):
        if _OF_AN_OFFICER.search(before(case, number.start)):
            yield number.start, number.end, "This looks like an officer's own mobile number."


STAFF_SECURITY: Final = Rule(
    id="staff-security",
    title="An officer's private life",
    subject="Sensitive material",
    severity=Severity.NEEDS_REASON,
    cites=authorities.STAFF_SECURITY,
    advice="Leave out where officers live and park, what they do off duty, and their families.",
    find=staff_details,
    wrong=(
        *tweets(
            "PC Sample lives in Foxhollow and knows everyone there",
            "My daughter starts at Saltmere Primary today",
            "We park our own cars behind Kingsmarl station",
            "I run along the canal in Oldermoor every morning before work",
            "Questions? Call PC Sample on 07700 900123",
        ),
        Example(Post("i live just off the high street"), note="Without capitals."),
        Example(Post("Sgt Sample’s husband works at the Co-op"), note="A curly apostrophe."),
    ),
    right=(
        *tweets(
            "If you live in Foxhollow, come and meet PC Sample",
            "Families of officers who died on duty were remembered today",
            "Call the Oldermoor team on 101",
            "PC Sample lives and breathes community policing",
            "Our officers patrol Saltmere every evening",
        ),
        Example(
            Post("Do we live in a safer town? Tell us what you think"),
            note="The town is not an officer's home.",
        ),
    ),
    answers=(
        "It is the officer's work number, given out on purpose",
        "The officer agreed, and nobody can be found by it",
        "It is about somebody else",
    ),
)

RULES: Final[tuple[Rule, ...]] = (STAFF_SECURITY,)
