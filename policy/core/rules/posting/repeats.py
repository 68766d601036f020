"""The same words twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

import regex

from policy.core.normalise import normalise
from policy.core.rules import authorities
from policy.core.rules.base import (
    MAY_OVERRIDE,
    TEXT_ONLY,
    Case,
    Example,
    Param,
    ParamKind,
    Rule,
    Span,
    params,
    tweets,
)
from policy.core.types import Context, Earlier, Kind, Post, Severity

# Links count: the same invitation to another page is another tweet.
_PIECE: Final = regex.compile(r"https?://\S++|[\p{L}\p{N}@#_']++")


def _words(folded: str) -> tuple[str, ...]:
    return tuple(piece.casefold() for piece in _PIECE.findall(folded))


# The other tweets of an account are compared with each one of it that is checked.
@lru_cache(maxsize=2048)
def _words_of(text: str) -> tuple[str, ...]:
    return _words(normalise(text).text)


def repeats(case: Case) -> Iterator[Span]:
    """A tweet whose words are those of another of the same account."""
    words = _words(case.reading.folded.text) if case.context.earlier else ()
    if not words:
        return
    same = [other for other in case.context.earlier if _words_of(other.text) == words]
    if not same:
        return
    now = case.context.now
    due = case.context.goes_out or now
    other = same[0] if due is None else min(same, key=lambda one: abs(one.at - due))
    is_recent = due is not None and abs(other.at - due) <= timedelta(hours=case.number("hours"))
    # A reply may have to say the same to several people.
    is_certain = is_recent and case.post.kind is not Kind.REPLY
    # What waits for a decision stands among the earlier ones, too.
    verb = "go out" if now is not None and other.at > now else "were sent or submitted"
    yield Span(
        0,
        len(case.reading.raw),
        f"The same words {verb} on {other.at.day} {other.at:%B at %H:%M}.",
        at_most=None if is_certain else Severity.ADVISE,
    )


_NOW: Final = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
_WORDS: Final = "Surgery this Thursday, 6pm, Oldermoor Library. #Oldermoor"


def _after(hours: int, text: str = _WORDS) -> Context:
    return Context(now=_NOW, earlier=(Earlier(text, _NOW - timedelta(hours=hours)),))


DUPLICATE_TEXT: Final = Rule(
    id="duplicate-text",
    title="The same words again",
    subject="Repeats",
    severity=Severity.BLOCK,
    cites=authorities.REPEATS,
    advice="Say something new, or wait a day. The platform may refuse the same words, too.",
    find=repeats,
    wrong=(
        Example(Post(_WORDS), _after(2), "Posted two hours ago."),
        Example(Post(_WORDS), _after(-3), "Goes out in three hours."),
        Example(
            Post(_WORDS.upper().replace(",", " -")),
            _after(23),
            "Capitals and commas make no new tweet.",
        ),
        Example(Post(_WORDS), _after(24 * 7), "A week ago: this only advises."),
    ),
    right=(
        Example(Post(_WORDS), _after(2, "Surgery this Friday, 6pm, Oldermoor Library.")),
        Example(Post("👮"), _after(2, "🚓"), "Without words there is nothing to compare."),
        *tweets(_WORDS),
    ),
    overridable_by=MAY_OVERRIDE,
    reads=TEXT_ONLY,
    params=params(
        hours=Param("For so many hours the same words are blocked", ParamKind.NUMBER, 24),
    ),
)
