"""Turns of phrase, found fast: each stands beside a word stem without which it cannot occur."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

import regex

from policy.core.reading import LETTERS, Reading
from policy.core.rules.base import Case

# No tweet says the same more often; a text made to keep the rules busy does.
_MOST: Final = 20
# How far a sentence is looked at on either side of a finding.
_REACH: Final = 240
_STOP = regex.compile(r"[.!?]++(?=\s|$)|\n")


def pattern(*alternatives: str) -> regex.Pattern[str]:
    """Any of `alternatives` as whole words of `Reading.plain`.

    A space in them stands for up to three spaces or hyphens.
    """
    joined = "|".join(alternatives).replace(" ", r"(?:[\s-]{1,3}+)")
    return regex.compile(rf"(?<!\w)(?:{joined})(?!\w)")


def _spelt(stem: str) -> tuple[str, ...]:
    """Each of the stems in `stem`, with hyphens between its words too."""
    stems = stem.split("|")
    hyphened = [each.replace(" ", "-") for each in stems if " " in each.strip()]
    return (*stems, *hyphened)


class Phrases:
    """Phrases by a stem that each of them contains. Only those whose stem occurs are looked for.

    A stem may be several, as in "talk|speak": one of them stands in each of its phrases, with
    spaces or single hyphens between its words. A pattern is made when its stem first occurs:
    making all of them would double the time of a start.
    """

    def __init__(self, by_stem: Mapping[str, tuple[str, ...]]) -> None:
        self._phrases = tuple((_spelt(stem), tuple(phrases)) for stem, phrases in by_stem.items())
        self._made: dict[int, regex.Pattern[str]] = {}
        # Which of them may occur in a text is told by four letters of each stem: a text has few.
        self._by_letters: dict[str, list[tuple[str, int]]] = {}
        self._short: list[tuple[str, int]] = []
        for number, (stems, _) in enumerate(self._phrases):
            for stem in stems:
                if len(stem) < LETTERS:
                    self._short.append((stem, number))
                else:
                    self._by_letters.setdefault(stem[-LETTERS:], []).append((stem, number))
        self._letters = frozenset(self._by_letters)

    def _numbers(self, reading: Reading) -> list[int]:
        """The numbers of the stems that occur in the text, in their order."""
        plain = reading.plain
        numbers = [number for stem, number in self._short if stem in plain]
        # Most texts have the last letters of few stems or of none.
        for letters in self._letters & reading.letters:
            for stem, number in self._by_letters[letters]:
                if stem in plain:
                    numbers.append(number)
        return sorted(set(numbers)) if numbers else numbers

    def found(self, case: Case) -> Iterator[regex.Match[str]]:
        """Where one of them occurs in the text of `case`: stem by stem, then in its order."""
        plain = case.reading.plain
        for number in self._numbers(case.reading):
            if number not in self._made:
                self._made[number] = pattern(*self._phrases[number][1])
            finds = self._made[number].finditer(plain, timeout=case.deadline.remaining())
            yield from islice(finds, _MOST)

    def occur(self, case: Case) -> bool:
        """Whether one of them occurs."""
        return next(self.found(case), None) is not None


def sentence(case: Case, found: regex.Match[str]) -> tuple[str, str]:
    """What stands in the same sentence before and after `found`, in the plain text."""
    plain = case.reading.plain
    before = plain[max(0, found.start() - _REACH) : found.start()]
    after = plain[found.end() : found.end() + _REACH]
    stops = [stop.end() for stop in _STOP.finditer(before)]
    stop = _STOP.search(after)
    return before[stops[-1] if stops else 0 :], after[: stop.start() if stop else None]
