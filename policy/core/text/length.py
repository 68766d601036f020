"""How long a tweet is in the eyes of the platform that it goes to."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import regex

from policy.core.text.characters import REFUSED
from policy.core.text.emoji import EMOJI
from policy.core.text.entities import Url
from policy.core.text.urls import extract_urls

LINK_LENGTH: Final = 23

_HEAVY = regex.compile(r"[^\u0000-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]")
_NEVER_HEAVY = regex.compile(r"(?!)")
_REFUSED = regex.compile(rf"[{REFUSED}]")
# Half of a pair of code units: nothing that can be sent.
_HALF_PAIR = regex.compile(r"[\uD800-\uDFFF]")
_REMOTE_MENTION = regex.compile(r"(?<![\w@/])@\w++(@[\w-]++(?:\.[\w-]++)++)")
# Pairs of flag letters by themselves: \X counts back to the first letter of a row of them.
_GRAPHEME = regex.compile(r"[🇦-🇿]{2}[\p{M}\u200D]*+|\X")


@dataclass(frozen=True, slots=True)
class Counting:
    """How X counts: its published configurations 1 (140 code points) to 3 (280, weighted)."""

    limit: int
    heavy: regex.Pattern[str]
    joins_emoji: bool


V1: Final = Counting(140, _NEVER_HEAVY, joins_emoji=False)
V2: Final = Counting(280, _HEAVY, joins_emoji=False)
V3: Final = Counting(280, _HEAVY, joins_emoji=True)


@dataclass(frozen=True, slots=True)
class Length:
    """What a text measures.

    `fits` is how many code points of the composed text (NFC) stay within the limit before the
    first character that the platform refuses. `valid` says whether it would be taken as it is.
    """

    weighted: int
    limit: int
    valid: bool
    fits: int

    @property
    def permillage(self) -> int:
        """The length in thousandths of the limit, rounded down."""
        return self.weighted * 1000 // self.limit


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text that counts as a whole (`weight` set) or character by character."""

    start: int
    end: int
    weight: int | None


def _pieces(text: str, urls: Iterable[Url], counting: Counting) -> list[_Piece]:
    wholes = [_Piece(url.start, url.end, LINK_LENGTH) for url in urls]
    if counting.joins_emoji and not text.isascii():
        starts = [piece.start for piece in wholes]
        for found in EMOJI.finditer(text):
            before = bisect_left(starts, found.end()) - 1
            if before < 0 or wholes[before].end <= found.start():
                wholes.append(_Piece(found.start(), found.end(), 2))
        wholes.sort(key=lambda piece: piece.start)
    pieces, position = [], 0
    for whole in wholes:
        if position < whole.start:
            pieces.append(_Piece(position, whole.start, None))
        pieces.append(whole)
        position = whole.end
    if position < len(text):
        pieces.append(_Piece(position, len(text), None))
    return pieces


def _weight(text: str, piece: _Piece, counting: Counting) -> int:
    if piece.weight is not None:
        return piece.weight
    return piece.end - piece.start + len(counting.heavy.findall(text, piece.start, piece.end))


def weigh(
    text: str,
    counting: Counting = V3,
    limit: int | None = None,
    urls: Iterable[Url] | None = None,
) -> Length:
    """The weighted length of `text` on X, against the counting's own limit unless one is given.

    A link counts 23 and an emoji 2, however many characters they hold. Whoever has the `urls`
    of the text already saves finding them again.
    """
    limit = counting.limit if limit is None else limit
    composed = unicodedata.normalize("NFC", text)
    if urls is None or composed != text:
        urls = extract_urls(composed)
    total, fits = 0, 0
    for piece in _pieces(composed, urls, counting):
        weight = _weight(composed, piece, counting)
        if total + weight <= limit:
            fits = piece.end
        elif total <= limit and piece.weight is None:
            fits = _last_fitting(composed, piece, counting, limit - total)
        total += weight
    refused = _REFUSED.search(composed)
    if refused:
        fits = min(fits, refused.start())
    is_sendable = refused is None and not _HALF_PAIR.search(composed)
    return Length(total, limit, is_sendable and 0 < total <= limit, fits)


def _last_fitting(text: str, piece: _Piece, counting: Counting, room: int) -> int:
    position = piece.start
    while (room := room - (2 if counting.heavy.match(text, position) else 1)) >= 0:
        position += 1
    return position


def raw_position(text: str, composed_length: int) -> int:
    """How long the longest prefix of `text` is that composes (NFC) to `composed_length`."""
    if text.isascii():
        return composed_length
    longer = bisect_right(
        range(len(text) + 1),
        composed_length,
        key=lambda end: len(unicodedata.normalize("NFC", text[:end])),
    )
    return longer - 1


def tail_weight(text: str) -> int:
    """The weight of what follows a text that is too long anyway: no link, no emoji is joined."""
    return len(text) + len(_HEAVY.findall(text))


def mastodon_length(text: str) -> int:
    """Characters as Mastodon counts them: a link is 23, a mention leaves out its server."""
    total, position = 0, 0
    spans = [(url.start, url.end, LINK_LENGTH) for url in extract_urls(text)]
    spans += [(*found.span(1), 0) for found in _REMOTE_MENTION.finditer(text)]
    for start, end, weight in sorted(spans):
        if start >= position:
            total += graphemes(text[position:start]) + weight
            position = end
    return total + graphemes(text[position:])


def graphemes(text: str) -> int:
    """Characters as a reader sees them, which is what Bluesky counts."""
    return len(text) if text.isascii() and "\r" not in text else len(_GRAPHEME.findall(text))
