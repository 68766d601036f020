"""What a detector of names answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A person's name at `start:end` of the text that was read, officers and ministers included.

    `text` is the name as people write it, without the # of a hashtag. `is_full` says that it
    has more than one part. `confidence` goes from 0 to 1.
    """

    start: int
    end: int
    text: str
    is_full: bool
    confidence: float = 1.0


class NameDetector(Protocol):
    """Finds names of people. The rulebook decides which of them may stand in a tweet."""

    def names(self, text: str) -> tuple[NameSpan, ...]:
        """The names in `text`, in their order, none overlapping another."""
        ...


def merged(*found: Iterable[NameSpan]) -> tuple[NameSpan, ...]:
    """All of several answers to one text; where two overlap, the one that came first."""
    kept: list[NameSpan] = []
    for spans in found:
        kept += [
            span
            for span in spans
            if not any(span.start < other.end and other.start < span.end for other in kept)
        ]
    return tuple(sorted(kept, key=lambda span: span.start))
