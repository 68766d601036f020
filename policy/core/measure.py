"""The length of a draft on the platform that it is meant for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from policy.core.text.entities import Url
from policy.core.text.length import V3, graphemes, mastodon_length, raw_position, tail_weight, weigh
from policy.core.text.tags import reply_prefix
from policy.core.types import Kind, Platform, Post

# Measured to the letter up to here. Beyond, links are no longer looked for: nobody needs to know
# by how much exactly a text of this size is too long.
EXACT = 20_000


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a text is for its platform; `fits` is how much of the raw text may stay."""

    weighted: int
    limit: int
    valid: bool
    fits: int


def measure(post: Post, limit: int, urls: Sequence[Url]) -> Measure:
    """What `post.text` measures in the units of its platform, against `limit`.

    `urls` are those of the first EXACT code points.
    """
    if post.platform is Platform.MASTODON:
        return _by(mastodon_length, post.text, limit)
    if post.platform is Platform.BLUESKY:
        return _by(graphemes, post.text, limit)
    # X shows the names at the start of a reply above the text and does not count them.
    free = reply_prefix(post.text[:EXACT]) if post.kind is Kind.REPLY else 0
    counted = post.text[free:EXACT]
    length = weigh(counted, V3, limit, None if free else urls)
    rest = tail_weight(post.text[EXACT:])
    return Measure(
        weighted=length.weighted + rest,
        limit=limit,
        valid=length.valid and not rest,
        fits=free + raw_position(counted, length.fits),
    )


def _by(count: Callable[[str], int], text: str, limit: int) -> Measure:
    total = count(text[:EXACT]) + len(text[EXACT:])
    fits = len(text)
    if total > limit:
        prefixes = range(min(len(text), EXACT))
        fits = max(0, bisect_right(prefixes, limit, key=lambda end: count(text[:end])) - 1)
    return Measure(total, limit, 0 < total <= limit, fits)
