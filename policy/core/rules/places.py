"""Where exactly something happened or somebody lives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules import authorities
from policy.core.rules.base import (
    MAY_OVERRIDE,
    Case,
    Example,
    Param,
    ParamKind,
    Rule,
    Span,
    params,
    tweets,
)
from policy.core.rules.details.base import before
from policy.core.rules.details.plates import plates
from policy.core.rules.details.postcodes import postcodes
from policy.core.rules.details.streets import Street, streets
from policy.core.rules.details.words import (
    EVENT,
    GRAVE,
    HARM,
    INCIDENT,
    INVITES,
    LIVES_IN,
    TRAFFIC,
    VENUE,
)
from policy.core.types import Post, Severity

_FLAT: Final = regex.compile(
    r"(?i)(?<!\w)(?:flat|apartment|apt)\.?\s?(?:no\.?\s?|number\s)?(?:\d{1,4}[a-z]?|[a-f]|one|two|three|four|five|six|seven|eight|nine|ten)(?![\w%£.]|\s?(?:hours?|mins?))"
    r"(?:,?\s(?!In\b|At\b|On\b|This\b)\p{Lu}(?-i:[\p{Ll}'\-]+)(?:\s\p{Lu}(?-i:[\p{Ll}'\-]+))?)?"
)
_FLATS: Final = Stems("flat", "apartment", "apt")
_HOUSE: Final = regex.compile(
    r"(?i)\b(?:house|home|at|outside|address)\s(?:number|no\.?|nr\.?)\s?\d{1,4}[a-z]?(?![\w.])"
)
_DEGREES: Final = regex.compile(
    r"(?<![\d.])(?:lat\w*[\s:=]{0,3})?(?:4[9]|5\d|6[01])\.\d{3,}\s?°?\s?N?[\s,;/]{1,4}(?:and\s)?(?:lon\w*[\s:=]{0,3})?"
    r"[-+]?\d\.\d{3,}(?!\d)|(?<!\d)(?:49|5\d|6[01])\s?°\s?\d{1,2}",
    regex.IGNORECASE,
)
# Without one of these there are no degrees.
_MAYBE_DEGREES: Final = re.compile(r"\d\.\d{3}|°")
_GRID: Final = regex.compile(
    r"(?<![\w/#@])(?:H[PTUWXYZ]|N[A-DF-HJ-MOR-UWXYZ]|S[CDEH-KM-PR-Z]|T[AFGLMQRV]|O[VW])"
    r"(?:\s(?:\d{3}\s\d{3}|\d{4}\s\d{4}|\d{5}\s\d{5}|\d{6}|\d{8}|\d{10})|\d{6}|\d{8}|\d{10})(?![\w/])"
)
_GRID_WORD: Final = regex.compile(r"(?i)\b(?:grid|OS|map|location|located|coordinates?|gr)\b")
_WORDS: Final = regex.compile(
    r"(?i)(?:/{3}\s?|\b(?:what\s?(?:3|three)\s?words|w3w)\b(?:\s(?:is|location|address|ref\w*|of))*[\s:#=\-/\"']{1,5})"
    r"(?!www\.)\p{L}{3,20}\.\p{L}{3,20}\.\p{L}{3,20}(?![\w.])"
    r"|(?<![\w./])\p{L}{3,20}\.\p{L}{3,20}\.\p{L}{3,20}(?=\s\(?(?:what\s?3\s?words|w3w))"
)
_PUBLIC_NAME: Final = regex.compile(
    r"""(?ix)[\s,]{1,2}(?:(?:\p{L}+)\s){0,1}?(?:police|custody|magistrates\w*|(?:police\s|train\s|railway\s|bus\s|tube\s)?station
    |crown\scourt|county\scourt|court|library|hospital|stadium|(?:community|health|medical|leisure)\scent(?:re|er)|church|primary|school|academy
    |college|town\shall|baths)\b"""
)
_AREA_INSTEAD: Final = "Name the area, not the street."


def exact_locations(case: Case) -> Iterator[Span]:
    """Streets, houses, postcodes and map references that are no venue and no traffic news."""
    spans = sorted((*_streets(case), *_marks(case)), key=lambda span: (span.start, -span.end))
    floor = 0
    for span in spans:
        if span.start >= floor and span.end > span.start:
            floor = span.end
            yield span


def _streets(case: Case) -> Iterator[Span]:
    reading = case.reading
    found = streets(case)
    if not found:
        return
    is_traffic = reading.says(TRAFFIC) and not reading.says(GRAVE)
    tells_of_a_crime = reading.says(INCIDENT) and not is_traffic
    for street in found:
        if _PUBLIC_NAME.match(reading.folded.text, street.end) or _is_venue(case, street):
            continue
        # Where somebody lives is the matter of another rule.
        is_home = LIVES_IN.search(before(case, street.start, 40)) is not None
        if street.has_house or (tells_of_a_crime and not is_home):
            yield _street_span(case, street)


def _is_venue(case: Case, street: Street) -> bool:
    """Whether the sentence invites people, or tells where a station or a court is."""
    reading = case.reading
    if reading.says_at(INVITES, street.start):
        return True
    if reading.says_at(HARM, street.start):
        return False
    return reading.says_at(EVENT, street.start) or (
        street.has_house and reading.says_at(VENUE, street.start)
    )


def _street_span(case: Case, street: Street) -> Span:
    name = case.reading.folded.text[street.name : street.end]
    message = f"“{name}” tells exactly where this happened."
    if street.has_house:
        message = f"This gives the number of a house on {name}."
    if not street.area:
        return Span(*case.place(street.start, street.end), message, confidence=0.8)
    return Span(
        *case.place(*street.whole),
        message,
        f"Name the area instead: “in the {street.area} area”.",
        (f"in the {street.area} area",),
        0.8,
    )


def _marks(case: Case) -> Iterator[Span]:
    """What leads to one place with no street: a postcode, a flat, a point on the map."""
    for place, what in (*_numbered(case), *_on_the_map(case)):
        if not _is_public(case, place[0]):
            yield Span(*case.place(*place), f"This is {what}.", confidence=0.9)


def _numbered(case: Case) -> Iterator[tuple[tuple[int, int], str]]:
    for place in postcodes(case):
        yield place, "a full postcode"
    for found in case.matches(_FLAT) if _FLATS.are_in(case.reading) else ():
        yield found.span(), "the number of a flat"
    for found in case.matches(_HOUSE) if case.reading.digits else ():
        if case.reading.says(INCIDENT):
            yield found.span(), "the number of a house"


def _on_the_map(case: Case) -> Iterator[tuple[tuple[int, int], str]]:
    text = case.reading.folded.text
    low = text.lower()
    is_called_words = "///" in low or "what" in low or "w3w" in low
    for found in case.matches(_WORDS) if is_called_words else ():
        yield found.span(), "a what3words address"
    if not case.reading.digits:
        return
    for found in case.matches(_DEGREES) if _MAYBE_DEGREES.search(text) else ():
        yield found.span(), "a point on the map"
    for found in case.matches(_GRID):
        if " " in found.group() or case.reading.says(_GRID_WORD):
            yield found.span(), "a grid reference"


def _is_public(case: Case, start: int) -> bool:
    reading = case.reading
    if reading.says_at(INVITES, start):
        return True
    if reading.says_at(HARM, start):
        return False
    return reading.says_at(EVENT, start) or reading.says_at(VENUE, start)


EXACT_LOCATION: Final = Rule(
    id="exact-location",
    title="An exact place",
    subject="People and places",
    severity=Severity.NEEDS_REASON,
    cites=authorities.EXACT_PLACES,
    advice=f"{_AREA_INSTEAD[:-1]}: “in the town centre”.",
    find=exact_locations,
    wrong=(
        *tweets(
            "A shed was broken into on Mill Lane, Oldermoor last night. Seen anything? Call 101",
            "Cannabis farm found at 14 Acacia Avenue, Brackenford",
            "Warrant at Flat 3, Acacia Court this morning",
            "#Saltmere officers are looking into two robberies at #CedarTreeGrove",
        ),
        Example(
            Post("Burglary at st163aa, call 101 if you saw it"),
            note="A postcode in small letters and without its space.",
        ),
        Example(Post("Burglary in acacia avenue last night"), note="A street without capitals."),
        Example(
            Post("The stolen quad was left at ///filled.count.soap"),
            note="Three words name a square of three metres.",
        ),
    ),
    right=(
        *tweets(
            "A shed was broken into in the Foxhollow area last night. Seen anything? Call 101",
            "Come and see us at the Co-op, 12 High Street, on Saturday from 10am",
            "A man appeared at Mill Lane Magistrates' Court charged with burglary",
        ),
        Example(
            Post("Harbour Road is closed after a collision. Please use another route"),
            note="Traffic advice: people must know which road.",
        ),
        Example(
            Post("Two robberies in the W12 area: officers are patrolling"),
            note="Half a postcode is an area.",
        ),
        Example(
            Post("An E-fit is out after the Kingsmarl street robbery. Leave the main road clear"),
            note="Streets without a name.",
        ),
    ),
    answers=(
        "The public place of an event or of traffic advice",
        "Witnesses need the street, and it leads to nobody's home",
        "The force has already published this place",
    ),
)

_CATEGORIES: Final = "categories"


def stop_check_details(case: Case) -> Iterator[Span]:
    """Plates, full postcodes and house numbers, in the categories of stop checks only."""
    if case.post.category not in case.words(_CATEGORIES):
        return
    places = [((detail.start, detail.end), detail.what) for detail in plates(case)]
    places += [(place, "a full postcode") for place in postcodes(case)]
    places += [
        ((street.start, street.end), "the number of a house")
        for street in streets(case)
        if street.has_house
    ]
    for (start, end), what in sorted(places):
        yield Span(*case.place(start, end), f"A stop check may not give {what}.")


_STOP: Final = "stop-check"

STOP_CHECK_DETAILS: Final = Rule(
    id="stop-check-details",
    title="A stop check that is not anonymous",
    subject="People and places",
    severity=Severity.BLOCK,
    cites=authorities.STOP_CHECKS,
    advice="Leave out the registration, the full postcode and the number of the house.",
    find=stop_check_details,
    wrong=(
        Example(Post("Stopped AB12 CDE in Oldermoor: no insurance. Seized", category=_STOP)),
        Example(Post("Stopped near ST16 3AA: no licence, car seized", category=_STOP)),
        Example(Post("Driver from 14 Acacia Avenue had no insurance", category=_STOP)),
        Example(
            Post("Stopped a b 1 2 c d e on the A34: car seized", category=_STOP),
            note="Spelling a plate out does not hide it.",
        ),
    ),
    right=(
        Example(Post("Stopped a Ford in Oldermoor: no insurance. Seized", category=_STOP)),
        Example(Post("Car stopped in the W12 area: driver reported", category=_STOP)),
        Example(Post("Van stopped on the M62 at J25, nobody insured", category=_STOP)),
        Example(
            Post("Quote 20WS/267615R/20 about the car we stopped", category=_STOP),
            note="A crime reference is no registration.",
        ),
    ),
    overridable_by=MAY_OVERRIDE,
    params=params(
        categories=Param("The categories that are stop checks", ParamKind.WORDS, (_STOP,))
    ),
)

RULES: Final[tuple[Rule, ...]] = (EXACT_LOCATION, STOP_CHECK_DETAILS)
