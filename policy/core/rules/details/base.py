"""What finders of details share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import regex

from policy.core.rules.base import Case
from policy.core.types import Severity


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail in the folded text, code points `start:end`, and what it is: "a mobile number".

    `at_most` lowers the weight of what is not certain.
    """

    start: int
    end: int
    what: str
    at_most: Severity | None = None


_REFERENCE: Final = regex.compile(
    r"""(?ix)\b(?:ref(?:erence)?|quot(?:e|ing)|crime|incident|inc|log|cad|urn|occurrence|niche
      |case
    |investigation|job|event|report|ticket|order|licence\sfee)
    (?:\s?(?:number|nos|no|num|reference|ref|id|is|was|the|of|please|it|as))*+[\s:.#\-]{0,4}\Z"""
)
_SCAM: Final = regex.compile(r"(?i)\b(?:scam\w*|fraud\w*|hoax\w*|spoof\w*|phish\w*|smish\w*)\b")
_FROM: Final = regex.compile(r"(?i)\b(?:from|number|address|sender|via)\s\Z")
_WORD_BEFORE: Final = 60
# Letters and digits one by one: "S T 1 6 3 A A".
_SPELLED: Final = regex.compile(r"(?<![\w.])(?:[^\W_][ .\-]){4,8}[^\W_](?![\w])")


def before(case: Case, start: int, length: int = _WORD_BEFORE) -> str:
    """At most `length` characters of the folded text before `start`."""
    return case.reading.folded.text[max(0, start - length) : start]


def after(case: Case, end: int, length: int = _WORD_BEFORE) -> str:
    """At most `length` characters of the folded text from `end` on."""
    return case.reading.folded.text[end : end + length]


def is_reference(case: Case, start: int) -> bool:
    """Whether what begins at `start` is called a crime, log or reference number."""
    return _REFERENCE.search(before(case, start, 40)) is not None


def is_warned_of(case: Case, start: int) -> bool:
    """Whether the text warns of calls or mail from what begins at `start`."""
    return case.reading.says(_SCAM) and _FROM.search(before(case, start, 20)) is not None


def spelled(case: Case) -> list[tuple[int, int, str]]:
    """Places where letters and digits stand one by one, with what they make together."""

    def found() -> list[tuple[int, int, str]]:
        return [
            (*found.span(), "".join(filter(str.isalnum, found.group())))
            for found in case.matches(_SPELLED)
        ]

    return case.reading.kept("spelled", found)


def apart(details: Iterable[Detail]) -> Iterator[Detail]:
    """`details` in the order of the text; of those that overlap the first and longest stays."""
    floor = 0
    for detail in sorted(details, key=lambda detail: (detail.start, -detail.end)):
        if detail.start >= floor and detail.end > detail.start:
            floor = detail.end
            yield detail


def word_set(text: str) -> frozenset[str]:
    """The words of `text`."""
    return frozenset(text.split())


def any_of(words: str) -> regex.Pattern[str]:
    """A pattern for any of the `words`, which white space separates.

    Each is a pattern of its own in which _ stands for a space and * for any ending. Capitals do
    not matter.
    """
    pattern = "|".join(words.split()).replace("_", r"\s").replace("*", r"\w*+")
    return regex.compile(rf"\b(?:{pattern})\b", regex.IGNORECASE)
