"""Telephone numbers that lead to a person, not to the force or to another organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import regex

from policy.core.rules.base import Case
from policy.core.rules.details.base import (
    Detail,
    after,
    before,
    is_reference,
    is_warned_of,
)
from policy.core.rules.details.numbers import Number, Run
from policy.core.types import Severity

MOBILE: Final = "a mobile number"
HOME: Final = "somebody's home number"
UNKNOWN: Final = "a telephone number that may be somebody's own"
OWN_NUMBERS: Final = "own_numbers"
_COUNTRY: Final = regex.compile(r"\A(?:00)?440?")
ABROAD: Final = "a telephone number abroad"

# Service numbers (03, 08, 101, 999, 116 xxx) belong to organisations and match none of these.
_MOBILE: Final = regex.compile(r"(?:(?:00)?440?|0)7(?:[1-57-9]\d{8}|624\d{6})")
_FIXED: Final = regex.compile(r"(?:(?:00)?440?|0)(?:1\d{8,9}|2\d{9})")
_ABROAD: Final = regex.compile(r"(?!44)(?:00)?[1-9]\d{7,13}")
_BARE_MOBILE: Final = regex.compile(r"7[1-57-9]\d{8}")
# "5221099787/21", "12/07123456789": parts of a reference.
_IS_PART: Final = regex.compile(r"/\w{1,4}(?!\w)")
_PARTS: Final = regex.compile(r"\d/\Z")
_DATE: Final = regex.compile(r"\d{1,2}[./\-]\d{1,2}[./\-](?:\d{4}|\d\d)\b")

_PERSON: Final = r"""(?:victim|suspect|owner|driver|witness|resident|neighbour|famil(?:y|ies)
      |mother
    |mum|father|dad|brother|sister|wife|husband|partner|son|daughter|parents?|offender|landlord
    |complainant|informant|man|woman|lad|lady|gentleman|caller|seller|buyer|dealer|girl(?:friend)?
    |boy(?:friend)?|ex|mate|friend|tenant|keeper|burglar|thief)"""
_PERSONS: Final = regex.compile(
    rf"""(?ix)
    \b(?:(?:his|her|their|my|hers|whose)|(?<!\w){_PERSON}'?s?)\s
      (?:(?:home|own|personal|private|new|old|current|work|house|direct|usual)\s){{0,2}}
      (?:number|no|num|phone|mobile|mob|cell|tel|telephone|landline|home|whatsapp|line)\b
      [^.!?\n]{{0,15}}\Z
  | \b(?:call|ring|text|phone|contact|message|whatsapp|reach|dial|get|bell|speak\sto|try)\s
      (?:him|her|them|me|(?:mr|mrs|miss|ms|mx)\b\.?\s\w+
        |(?:the|his|her|their|my|your)\s(?:\w+\s)?{_PERSON})\b [^.!?\n]{{0,25}}\Z
  | (?<!\b(?:care|nursing|funeral|children's|rescue)\s)
      \bhome\s?(?:tel|phone|number|no|num|landline)\s?[:=.]?\s?\Z
  | \b(?:he|she|they)\s(?:is|are|was|can\sbe|may\sbe|'s)?\s?(?:\w+\s){{0,3}}(?:on|at|from
      |using)\s\Z
    """
)
_OURS: Final = regex.compile(
    r"""(?x)
    \b(?i:us|our|team|police|officers?|constables?|sergeants?|inspectors?|detectives?
      |incident\sroom
      |neighbourhood|station|hot\s?line|help\s?line|control\sroom|duty|desk|office|enquir\w+
      |council|wardens?|service|charity|line|samaritans|crimestoppers|coastguard|rspca|rnli
      |trust|association|support|centre|hospital|unit|squad|reception|switchboard)\b
      (?P<gap>[^.!?,;]{0,32})\Z
  | \b(?:PCs?|PCSOs?|DCs?|DS|DI|DCI|CI|Sgts?|Insp|CID|SNT|NPT|SPT|LPT|LPU|SNU|HQ|RPU|SCIU)\b
      (?P<gap>[^.!?;]{0,40})\Z
    """
)
_STRANGER: Final = regex.compile(
    rf"(?ix)\b(?:want\w*|found|find|seiz\w+|arrest\w*|sought|seek\w*|{_PERSON}|him|her|them|his)\b"
)
_OURS_AFTER: Final = regex.compile(
    r"(?i)\A[\s(\-]{0,3}(?:(?:is\s|for\s)?(?:our|the|your)\s(?:\w+\s)?(?:team|office|police"
    r"|incident|force|hotline|helpline|station|local|duty|neighbourhood)\b"
    r"|to\s(?:reach|contact|speak\sto|get|report)\b[^.!?\n]{0,30}?\b(?:police|us|team|officers?"
    r"|control\sroom)\b)"
)
_ASKED_TO_CALL: Final = regex.compile(
    r"(?i)\b(?:call|ring|contact|tel|telephone|phone|dial|info|information|witness\w*|appeal\w*"
    r"|enquiries|fax|bookings?|book|tickets|101|details)\b"
)


def is_ours(case: Case, number: Number) -> bool:
    """Whether the sentence says that the number is the team's or an organisation's."""
    leading = before(case, number.start)
    ours = _OURS.search(leading)
    if ours and not _STRANGER.search(ours["gap"]):
        return True
    return _OURS_AFTER.search(after(case, number.end)) is not None


def phones(case: Case, runs: Iterable[Run]) -> Iterator[Detail]:
    """Numbers of people: mobiles unless they are ours, landlines where the words say whose."""
    own = {_national(number) for number in case.words(OWN_NUMBERS)}
    own.add(_national(case.pack.reporting.non_emergency))
    for run in runs:
        for number in run.numbers(_MOBILE):
            if _national(number.digits) not in own:
                yield from _mobile(case, number)
        for number in run.numbers(_FIXED):
            if _national(number.digits) not in own:
                yield from _fixed(case, number)
        for number in run.numbers(_BARE_MOBILE):
            if regex.search(
                r"(?i)\b(?:mob\w*|whatsapp|cell|text)\W{0,6}\Z", before(case, number.start)
            ):
                yield Detail(number.start, number.end, MOBILE)
        for number in run.numbers(_ABROAD):
            is_abroad = number.has_plus or (number.groups[0] > 2 and number.digits[:2] == "00")
            if is_abroad and not is_ours(case, number):
                yield Detail(number.start, number.end, ABROAD)


def _national(number: str) -> str:
    """The digits of `number` as it is dialled in the country: 07700900123."""
    return _COUNTRY.sub("0", "".join(filter(str.isdigit, number)))


def mobiles(case: Case, runs: Iterable[Run]) -> Iterator[Number]:
    """Every mobile number, whoever's it is."""
    for run in runs:
        yield from run.numbers(_MOBILE)


def _mobile(case: Case, number: Number) -> Iterator[Detail]:
    if _is_something_else(case, number):
        return
    if _PERSONS.search(before(case, number.start)) or not is_ours(case, number):
        at_most = Severity.NEEDS_REASON if is_warned_of(case, number.start) else None
        yield Detail(number.start, number.end, MOBILE, at_most)


def _fixed(case: Case, number: Number) -> Iterator[Detail]:
    if _is_something_else(case, number):
        return
    if _PERSONS.search(before(case, number.start)):
        yield Detail(number.start, number.end, HOME)
    elif is_reference(case, number.start):
        return
    elif not is_ours(case, number) and not case.reading.says(_ASKED_TO_CALL):
        yield Detail(number.start, number.end, UNKNOWN, Severity.NEEDS_REASON)


def _is_something_else(case: Case, number: Number) -> bool:
    if number.is_spelled:
        return False
    text = case.reading.folded.text
    is_plain = len(number.groups) == 1 and not number.has_plus
    return (
        (is_plain and is_reference(case, number.start))
        or _DATE.match(text, number.start) is not None
        or _is_timetable(number.groups)
        or text[number.end : number.end + 1].isalpha()
        or (is_plain and _IS_PART.match(text, number.end) is not None)
        or (is_plain and _PARTS.search(before(case, number.start, 3)) is not None)
    )


def _is_timetable(groups: tuple[int, ...]) -> bool:
    """Whether digits grouped like that are rather hours: "07.15 8.30 09.45"."""
    return len(groups) > 5 and len(set(groups[:-1])) > 1 and len(set(groups[1:])) > 1
