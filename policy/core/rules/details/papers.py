"""Numbers on papers: National Insurance, NHS, passport, licence, date of birth, police records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules.base import Case
from policy.core.rules.details.base import Detail, before, is_reference, spelled
from policy.core.rules.details.numbers import Run
from policy.core.types import Severity

_NINO: Final = regex.compile(
    r"(?i)(?<![\w/@#])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PQR-TW-Z][A-CEGHJ-NPQR-TW-Z][\s.\-]{0,2}"
    r"\d\d[\s.\-]?\d\d[\s.\-]?\d\d[\s.\-]?[A-D](?![\w/])"
)
_NI_WORDS: Final = r"(?:NI|NINO|N\.I\.|national\sinsurance)"
_NINO_CALLED: Final = regex.compile(
    rf"(?i)\b{_NI_WORDS}(?:\s?(?:no|num|number|is|was))*[\s.:#\-]{{0,3}}"
    r"([A-Z]{2}[\s./\-]?(?:\d[\s./\-]?){5}\d[\s./\-]?[A-D]?)(?!\w)"
)
_NHS: Final = regex.compile(r"[1-9]\d{9}")
_NHS_CALLED: Final = regex.compile(
    r"(?i)\b(?:NHS|patient|hospital|medical)\s?(?:number|num|no\.?|id)?(?:\s(?:is|was))?[\s.:#\-]{0,3}\Z"
)
# "+44 345 113 5000": what follows is the rest of a telephone number.
_COUNTRY: Final = regex.compile(r"(?:\+|\b00)\d{1,3}[\s.\-]?(?:\(0\)\s?)?\Z")
_PASSPORT: Final = regex.compile(
    r"(?i)\bpassport(?:[^.!?\n\d]{0,40}?\s(?:no|num|number)\b|(?:\s?(?:no|num|number|is|was|id))*)"
    r"[\s.:#\-]{0,3}"
    r"([A-Z]{0,3}\s?\d{3}\s?\d{3}\s?\d{2,3})(?!\w)"
)
_LICENCE: Final = regex.compile(
    r"(?i)(?<!\w)(?=[A-Z9 ]{5,7}\d)[A-Z]{1,5}9{0,4}[ \-]?"
    r"\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d"
    r"[ \-]?[A-Z9]{2}\s?[A-Z\d]\s?[A-Z]{2}(?:\s?\d{1,2})?(?!\w)"
)
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH: Final = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR: Final = r"(?P<year>(?:19|20)?\d\d)(?!\d)"
_BIRTH: Final = regex.compile(
    r"(?ix)\b(?P<label>d\s?[./]?\s?o\s?[./]?\s?b\b|dates?[ ]of[ ]birth|birth[ -]?dates?"
    r"|born(?:[ ]on)?(?:[ ]the)?)"
    rf"""(?:\s(?:is|was|of|given|the|as|as\sbeing))*[\s.:;=,()\-]{{0,4}}
    (?: (?P<year>(?:19|20)\d\d)[./\-](?P<month>\d\d)[./\-](?P<day>\d\d)(?!\d)
      | (?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?(?:\sof)?
          (?:[\s./\-]{{0,2}}{_MONTH}|[\s./\-]{{1,2}}(?P<month>\d{{1,2}})) [\s,./\-]{{1,2}}{_YEAR}
      | (?P<day>\d\d)(?P<month>\d\d)(?P<year>(?:19|20)\d\d)(?!\d)
      | {_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,]{{1,2}}{_YEAR}
    )"""
)
_ANIMAL: Final = regex.compile(
    r"(?i)\b(?:pup\w*|dogs?|PD|litter|foals?|kittens?|horses?|lambs?|remember\w*|birthday|memor\w+|anniversary|station|fallen)\b"
)
_RECORD: Final = regex.compile(
    r"(?i)\b(?:PNC\s?ID|PNC|CRO)(?:\s?(?:no|num|number|is))?[\s.:#\-]{0,3}"
    r"(\d{2,6}/\d{2,7}[A-Z]{0,2})(?!\w)"
)
_COLLAR: Final = regex.compile(
    r"(?i)\b(?:collar|shoulder|warrant|payroll|employee|staff)\s(?:no|num|number|id)\.?"
    r"(?:\s(?:is|was))?[\s.:#\-]{0,3}([A-Z]{0,2}\d{2,6})(?!\w)"
)
_OLDEST: Final = 1915
# No number of insurance, passport or licence has fewer digits.
_FEWEST: Final = 6


# Cheaper to look for than the whole: the digits that they hold.
_MAYBE_NINO: Final = regex.compile(r"(?:\d[\s./\-]?){5}\d(?!\d)")
_MAYBE_COLLAR: Final = regex.compile(
    r"(?i)(?:collar|shoulder|warrant|payroll|employee|staff)\s(?:no|num|id)"
)
_COLLARS: Final = Stems("collar", "shoulder", "warrant", "payroll", "employee", "staff")
_MAYBE_BORN: Final = regex.compile(r"(?i)\b(?:d\s?[./]?\s?o\s?[./]?\s?b\b|dates?\sof|birth|born)")
_MAYBE_LICENCE: Final = regex.compile(r"\d{6}[ \-]?[A-Za-z9]{2}")


def papers(case: Case, runs: Iterable[Run]) -> Iterator[Detail]:
    """Numbers that stand for one person in a register."""
    if not case.reading.digits:
        return
    yield from _nhs(case, runs)
    low = case.reading.folded.text.lower()
    for found in case.matches(_RECORD) if "pnc" in low or "cro" in low else ():
        yield Detail(*found.span(1), "the number of a police record")
    has_collar = _COLLARS.are_in(case.reading) and case.reading.says(_MAYBE_COLLAR)
    for found in case.matches(_COLLAR) if has_collar else ():
        yield Detail(*found.span(1), "an officer's number", Severity.NEEDS_REASON)
    yield from _births(case)
    if case.reading.digits >= _FEWEST:
        if case.reading.says(_MAYBE_NINO):
            yield from _insurance(case)
        for found in case.matches(_PASSPORT) if "passport" in low else ():
            yield Detail(*found.span(1), "a passport number")
        if case.reading.says(_MAYBE_LICENCE):
            for found in case.matches(_LICENCE):
                yield Detail(*found.span(), "a driving licence number")


def _insurance(case: Case) -> Iterator[Detail]:
    what = "a National Insurance number"
    for found in case.matches(_NINO):
        if not is_reference(case, found.start()):
            yield Detail(*found.span(), what)
    for found in case.matches(_NINO_CALLED):
        yield Detail(*found.span(1), what)
    for start, end, letters in spelled(case):
        if _NINO.fullmatch(letters):
            yield Detail(start, end, what)


def _nhs(case: Case, runs: Iterable[Run]) -> Iterator[Detail]:
    for run in runs:
        for number in run.numbers(_NHS):
            called = _NHS_CALLED.search(before(case, number.start))
            # Grouped as on the card and with the right check digit it can be little else.
            is_card = number.groups == (3, 3, 4) and has_nhs_check_digit(number.digits)
            is_rest = _COUNTRY.search(before(case, number.start)) is not None
            is_card = is_card and not is_rest
            if called or (is_card and not is_reference(case, number.start)):
                yield Detail(number.start, number.end, "an NHS number")


def has_nhs_check_digit(digits: str) -> bool:
    """Whether the last of ten digits is the right one (modulus 11)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - total % 11) % 11 == int(digits[9])


def _births(case: Case) -> Iterator[Detail]:
    for found in case.matches(_BIRTH) if case.reading.says(_MAYBE_BORN) else ():
        year = int(found["year"])
        if year < 100:
            year += 1900 if year > 30 else 2000
        month = int(found["month"]) if found["month"] else _MONTHS.index(found["name"].lower()) + 1
        is_told = found["label"].lower().startswith("born")
        if not _is_date(year, month, int(found["day"])):
            continue
        if is_told and (year < _OLDEST or case.reading.says(_ANIMAL)):
            continue
        yield Detail(*found.span(), "a date of birth", Severity.NEEDS_REASON if is_told else None)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
