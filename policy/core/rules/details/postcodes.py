"""Full postcodes. The first half alone ("the W12 area") is no more than an area."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules.base import Case
from policy.core.rules.details.base import spelled

_AREAS: Final = """AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH
    DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY
    L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE
    SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO
    ZE"""
_KNOWN: Final = frozenset(_AREAS.split())
_INWARD: Final = r"[ABD-HJLNP-UW-Z]{2}"
_POSTCODE: Final = regex.compile(
    r"(?i)(?<![\w/@.#])(?P<area>[A-Z]{1,2})(?-i:(?<=[A-Z]) )?\d[A-Z\d]?"
    rf"(?:[\s.·•_\-]{{0,2}}+(?!1ST|2ND|3RD|\dTH)\d{_INWARD}"
    # "ST16 3 AA", but not "the M62 at".
    rf"|\s\d\s(?-i:{_INWARD}))(?![\w/])"
)


# Cheaper to look for than the whole, spelled out or not.
_SECOND_HALF: Final = regex.compile(
    r"\d[\s.·•_\-]?[ABD-HJLNP-UW-Z][\s.\-]?[ABD-HJLNP-UW-Z](?!\w)", regex.IGNORECASE
)


def postcodes(case: Case) -> list[tuple[int, int]]:
    """The places of full postcodes in the folded text, in capitals or not, spaced or not."""
    return case.reading.kept("postcodes", lambda: list(_postcodes(case)))


def _postcodes(case: Case) -> Iterator[tuple[int, int]]:
    if not case.reading.digits or not case.reading.says(_SECOND_HALF):
        return
    for found in case.matches(_POSTCODE):
        if found["area"].upper() in _KNOWN:
            yield found.span()
    for start, end, letters in spelled(case):
        found_in = _POSTCODE.fullmatch(letters)
        if found_in and found_in["area"].upper() in _KNOWN:
            yield start, end
