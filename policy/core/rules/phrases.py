"""Turns of phrase, found fast: each stands beside a word stem without which it cannot occur."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

import regex

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


class Phrases:
    """Phrases by a stem that each of them contains. Only those whose stem occurs are looked for."""

    def __init__(self, by_stem: Mapping[str, tuple[str, ...]]) -> None:
        self._patterns = tuple((stem, pattern(*phrases)) for stem, phrases in by_stem.items())

    def found(self, case: Case) -> Iterator[regex.Match[str]]:
        """Where one of them occurs in the text of `case`: stem by stem, then in its order."""
        plain = case.reading.plain
        for stem, phrases in self._patterns:
            if stem in plain:
                finds = phrases.finditer(plain, timeout=case.deadline.remaining())
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
