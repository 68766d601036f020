"""Runs of digits, however they are grouped, spelled or disguised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules.base import Case

_WORDS: Final = {
    **dict.fromkeys(("zero", "oh", "o", "nought", "naught"), "0"),
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "hundred": "00",
}
_REPEATED: Final = {"double": 2, "treble": 3, "triple": 3}
_LETTERS: Final = str.maketrans("oOlI", "0011")

_NAMES: Final = "|".join(sorted({*_WORDS, *_REPEATED} - {"o"}, key=len, reverse=True))
_UNIT: Final = rf"(?:\d|[oO](?![^\W\doO_])|(?<=\d)[lI](?=\d)|(?i:{_NAMES})(?!\p{{L}}))"
_GAP: Final = r"[ \t\n.\-()\[\]_*,/\\|~\u20e3]{0,4}+"
# Eight at least: nothing shorter is looked for.
_RUN: Final = regex.compile(rf"(?<![\w@£$€])[+(\[]{{0,3}}{_UNIT}(?:{_GAP}{_UNIT}){{6,}}+")
_EACH: Final = regex.compile(_UNIT)


@dataclass(frozen=True, slots=True)
class Number:
    """Part of a run: its digits, its place in the folded text, and how it was grouped.

    `groups` are the lengths of the groups as they stand: (5, 3, 3) for "07700 900 123".
    """

    digits: str
    start: int
    end: int
    groups: tuple[int, ...]
    has_plus: bool
    is_spelled: bool


class Run:
    """Digits that belong together, with the place of each."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        digits: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        times = 1
        first = -1
        self.is_spelled = False
        for unit in _EACH.finditer(text, start, end):
            word = unit.group().lower()
            self.is_spelled |= len(word) > 1
            if word in _REPEATED:
                times, first = _REPEATED[word], unit.start()
                continue
            value = _WORDS.get(word) or _digits(unit.group())
            digits += value * times
            self._starts += [first if times > 1 else unit.start()] * (len(value) * times)
            self._ends += [unit.end()] * (len(value) * times)
            times = 1
        self.digits = "".join(digits)

    @cached_property
    def breaks(self) -> frozenset[int]:
        """The digits that begin a group, and the end."""
        edges = range(1, len(self.digits))
        inner = (at for at in edges if self._starts[at] > self._ends[at - 1])
        return frozenset((0, *inner, len(self.digits)))

    def numbers(self, pattern: regex.Pattern[str]) -> Iterator[Number]:
        """Where `pattern` matches the digits from the beginning to the end of groups."""
        at = 0
        while at < len(self.digits):
            found = pattern.match(self.digits, at) if at in self.breaks else None
            if found and found.end() in self.breaks:
                yield self._number(at, found.end())
                at = found.end()
            else:
                at += 1

    def _number(self, first: int, last: int) -> Number:
        edges = [at for at in range(first, last + 1) if at in self.breaks]
        start = self._starts[first]
        opening = self.text[self.start : start] if first == 0 else self.text[start - 2 : start]
        return Number(
            self.digits[first:last],
            start - len(opening) if first == 0 else start,
            self._ends[last - 1],
            tuple(right - left for left, right in pairwise(edges)),
            "+" in opening,
            self.is_spelled,
        )


def _digits(unit: str) -> str:
    return str(int(unit)) if unit.isdecimal() else unit.translate(_LETTERS)


# Words that a number in words can hardly do without.
_IN_WORDS: Final = regex.compile(r"(?i)\b(?:oh|zero|nought|double|seven)\b")
# An O for a nought beside a digit.
_DISGUISED: Final = re.compile(r"\d[oO]|[oO]\d")
_NUMERALS: Final = Stems("oh", "zero", "nought", "double", "seven")
_FEWEST: Final = 7


def _maybe_in_words(case: Case) -> bool:
    reading = case.reading
    if _NUMERALS.are_in(reading) and reading.says(_IN_WORDS):
        return True
    return bool(reading.digits) and _DISGUISED.search(reading.folded.text) is not None


def runs(case: Case) -> list[Run]:
    """Every run of seven digits or more."""
    text = case.reading.folded.text
    if case.reading.digits < _FEWEST and not _maybe_in_words(case):
        return []
    return case.reading.kept(
        "runs", lambda: [Run(text, *found.span()) for found in case.matches(_RUN)]
    )
