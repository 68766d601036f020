"""Vehicle registrations: current, older and dateless ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules.base import Case
from policy.core.rules.details.base import (
    Detail,
    after,
    any_of,
    before,
    is_reference,
    spelled,
    word_set,
)
from policy.core.types import Severity

REGISTRATION: Final = "a vehicle registration"

_AGE: Final = r"(?:0[1-9]|[12]\d|5[1-9]|[67]\d)"
_CURRENT: Final = rf"[A-HJ-PR-Y]{{2}}[\s._\-]?{_AGE}[\s._\-]?[A-HJ-PR-Z]{{3}}"
_PREFIX: Final = r"[A-HJ-NP-TV-Y][\s.\-]?\d{1,3}[\s.\-]?[A-HJ-PR-Z]{3}"
_SUFFIX: Final = r"[A-HJ-PR-Z]{3}[\s.\-]?\d{1,3}[\s.\-]?[A-HJ-NPR-TV-Y]"
_IRISH: Final = r"[A-Z]{1,2}[IZ][A-Z]?\s?\d{3,4}"
_EDGE: Final = r"(?<![\w/@#.\-])"
_END: Final = r"(?![\w/@])"
_STANDS_ALONE: Final = regex.compile(
    rf"{_EDGE}[A-HJ-PR-Y]{{2}}{_AGE}[ \-]{{0,2}}[A-HJ-PR-Z]{{3}}{_END}"
)
_IN_CONTEXT: Final = regex.compile(
    rf"(?i)(?<![\w/@.])(?:{_CURRENT}|{_PREFIX}|{_SUFFIX}|{_IRISH}){_END}"
)
_WHOLE: Final = regex.compile(rf"(?i){_CURRENT}|{_PREFIX}|{_SUFFIX}")
_CALLED: Final = r"""\b(?:reg(?:istration|istered|'d)?|vrm|vrn|(?:number\s?|licen[cs]e\s)?plates?
    |index)
    (?:\s(?:number|no|num|mark|plates?|index|of|is|was|are|as|reads?|the|on|it|it's|its|this|bearing
    |with|starting|beginning))*+[\s.:;=\#'"(\[\-]{0,4}"""
_CALLED_ONE: Final = regex.compile(rf"(?ix){_CALLED}\Z")
_CALLED_AFTER: Final = regex.compile(r"(?i)\A[\s)'\",\-]{0,3}(?:reg\b|plates?\b|number plates?\b)")
_ANY: Final = regex.compile(
    rf"""(?ix){_CALLED}(?<![\w/@])(?P<plate>(?=[A-Z]{{0,7}}\d)(?=\d{{0,7}}[A-Z])[A-Z\d]{{3,8}}
    |[A-Z]{{1,3}}[ \-]\d{{1,4}}|\d{{1,4}}[ \-][A-Z]{{1,3}})(?![\w/])"""
)
_NO_WORD: Final = (
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|in|on|at|or|and|of|to|the|for|from|by|is|no"
    r"|a|was|all|now|over|under|our|have|has"
)
# Times, days, speeds, roads and junctions: "10am", "12 May", "96mph", "M62", "on 12".
_NO_PLATE: Final = regex.compile(
    r"(?i)\d{1,4}(?:[ap]m|hrs?|h|st|nd|rd|th|[mk]ph|k?m|k|yrs?|yo|s|x|p|mins?|days?|[gm]b|k?g)"
    rf"|\d{{1,2}}\s(?:[ap]m|mph|{_NO_WORD}|new|old|cars?|vans?|men)|(?:{_NO_WORD}|[bm])\s\d{{1,4}}"
    r"|covid\d*|[abm]\d{1,4}|j\d{1,2}"
)
_NO_ENDING: Final = word_set(
    """
    MPH KPH GMT BST HRS MAY JAN FEB MAR APR JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI
    SAT SUN DAY YRS YR THE AND FOR WAS HAS ARE NOT ALL NOW OUR YOU WHO CAN MEN PMS AMS
    CUP RTC RTI RTA HGV LGV PSV VMS EXM CAR VAN
    """
)
_NO_BEGINNING: Final = word_set(
    """
    CBR CBF GSX YZF CRF KXF YBR FZR KTM
    BMW AMG CLA CLS CLC CLK GLA GLB GLC GLE GLS SLK SLC EQC CAD LOG REF URN BUS RTE SEC ACT
    OPS JCT JUN LOT BAY ROW KEY THE AND FOR ALL TEL MOB FAX PCN FPN DAY AGE MAX MIN TOP RTC
    ASB JAN FEB MAR APR MAY JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SAT SUN HMP HMS BBC
    SKY
    """
)
_VEHICLE: Final = any_of(
    r"""
    cars? vans? vehicles? motor(?:bike|cycle)s? moped scooter lorry hgv truck pick-?up 4x4
    caravan trailer tractor quad taxi minibus driver driven driving convertible hatchback
    estate saloon reg regist\w+ vrm vrn index plates? ford fiesta focus transit vauxhall astra
    corsa vw volkswagen golf polo audi bmw merc(?:edes)? mini fiat renault clio peugeot
    citroen nissan qashqai toyota honda hyundai kia mazda skoda seat volvo jaguar land_?rover
    range_?rover lexus porsche subaru suzuki tesla cortina escort capri rover dacia alfa jeep
    insignia zafira passat tiguan octavia fabia micra yaris civic yamaha kawasaki ducati
    triumph harley bike
    """
)
# What the words for vehicles hold, to be asked first.
_VEHICLES: Final = Stems(
    *("car", "van", "vehicle", "motor", "moped", "scooter", "lorry", "hgv", "truck", "pick", "4x4"),
    *("trailer", "tractor", "quad", "taxi", "drive", "driving", "convertible", "hatchback"),
    *("estate", "saloon", "reg", "vrm", "vrn", "index", "plate", "ford", "fiesta", "focus"),
    *("transit", "vauxhall", "astra", "corsa", "vw", "volkswagen", "golf", "polo", "audi", "bmw"),
    *("merc", "mini", "fiat", "renault", "clio", "peugeot", "citroen", "nissan", "qashqai"),
    *("toyota", "honda", "hyundai", "kia", "mazda", "skoda", "seat", "volvo", "jaguar", "rover"),
    *("lexus", "porsche", "subaru", "suzuki", "tesla", "cortina", "escort", "capri", "dacia"),
    *("alfa", "jeep", "insignia", "zafira", "passat", "tiguan", "octavia", "fabia", "micra"),
    *("yaris", "civic", "yamaha", "kawasaki", "ducati", "triumph", "harley", "bike"),
)
_ON_A_ROAD: Final = regex.compile(r"(?i)\b(?:the|on|off|near|along|of|at|to|via|from|road)\s\Z")
_APPEAL: Final = any_of(
    r"""
    seen? sighting spot(?:ted)? stolen stole theft taken appeal* look(?:ing)?_?out help locat*
    trac(?:e|ing) find where whereabouts witness* info(?:rmation)? know dash_?cam missing
    wanted cloned eyes
    """
)


_MAYBE_CALLED_ONE: Final = regex.compile(r"(?i)\b(?:reg|vr[mn]\b|number|licen|plate|index)")


def plates(case: Case) -> list[Detail]:
    """Registrations; those that an appeal asks people to look out for weigh less."""
    return case.reading.kept("plates", lambda: list(_plates(case)))


def _plates(case: Case) -> Iterator[Detail]:
    if not case.reading.digits:
        return
    # Of the others each stands in a sentence that speaks of a vehicle.
    is_near = _VEHICLES.are_in(case.reading) and case.reading.says(_VEHICLE)
    ways = (_alone, _in_context, _called_one, _spelled) if is_near else (_alone,)
    for start, end in sorted({place for way in ways for place in way(case)}):
        if not is_reference(case, start):
            at_most = Severity.NEEDS_REASON if case.reading.says(_APPEAL) else None
            yield Detail(start, end, REGISTRATION, at_most)


def _alone(case: Case) -> Iterator[tuple[int, int]]:
    for found in case.matches(_STANDS_ALONE):
        if found.group()[-3:] not in _NO_ENDING:
            yield found.span()


def _in_context(case: Case) -> Iterator[tuple[int, int]]:
    for found in case.matches(_IN_CONTEXT):
        letters = "".join(filter(str.isalnum, found.group())).upper()
        if letters[-3:] in _NO_ENDING or letters[:3] in _NO_BEGINNING:
            continue
        is_called_one = _is_called_one(case, *found.span())
        if is_called_one or _is_likely(case, found):
            yield found.span()


def _is_called_one(case: Case, start: int, end: int) -> bool:
    return (
        _CALLED_ONE.search(before(case, start)) is not None
        or _CALLED_AFTER.search(after(case, end)) is not None
    )


def _is_likely(case: Case, found: regex.Match[str]) -> bool:
    """Whether it looks like one in a sentence about a vehicle: roads and sections do not."""
    typed = found.group()
    if case.reading.folded.text[found.start() - 1 : found.start()] == "#":
        return False
    is_current = typed[:2].isalpha() and typed[2:3].isdigit()
    if typed != typed.upper() and not is_current:
        return False
    # M62, A453, B5013, J10, S18 and the like: a road, a junction, a section of an Act.
    if typed[0] in "ABMJS" and typed[1:2].isdigit():
        leading = before(case, found.start(), 12)
        if not typed[1:4].isdigit() or _ON_A_ROAD.search(leading):
            return False
    return case.reading.says_at(_VEHICLE, found.start())


def _called_one(case: Case) -> Iterator[tuple[int, int]]:
    """Whatever is called a registration and holds letters and digits."""
    if not case.reading.says(_MAYBE_CALLED_ONE):
        return
    for found in case.matches(_ANY):
        if not _NO_PLATE.fullmatch(found["plate"]):
            yield found.span("plate")


def _spelled(case: Case) -> Iterator[tuple[int, int]]:
    for start, end, letters in spelled(case):
        if _WHOLE.fullmatch(letters) and (
            _is_called_one(case, start, end) or case.reading.says_at(_VEHICLE, start)
        ):
            yield start, end
