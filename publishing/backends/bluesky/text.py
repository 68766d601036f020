"""What a text and a token become on Bluesky: links in a text, and the key of a record.

As atproto.com/specs/tid and the lexicon app.bsky.richtext.facet describe them.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from policy.core.text import extract_hashtags, extract_urls

FACET = "app.bsky.richtext.facet"
LONGEST_TAG = 64
LONGEST_HANDLE = 253
DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
CLOCK_BITS = 10
# 2^50 microseconds end in 2005, before there was anything of the kind: no record that an app
# names by its clock can have one of our keys.
TIME_BITS = 50
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
HANDLE = re.compile(rf"(?:{_LABEL}\.)+[a-zA-Z](?:[a-zA-Z0-9-]{{0,61}}[a-zA-Z0-9])?")
_MENTION = re.compile(rf"(?<![^\s(\[“‘\"'])@({HANDLE.pattern})(?![\w-])")
_TID = re.compile(r"[2-7a-j][2-7a-z]{12}")


def key_of(token: UUID) -> str:
    """The record key of a delivery: the same for every try, and of the form that posts need.

    A key tells a time; this one tells none, and so sorts before all that apps make up.
    """
    bits = TIME_BITS + CLOCK_BITS
    number = int.from_bytes(sha256(token.bytes).digest()[:8]) >> (64 - bits)
    return "".join(DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


def moment_of(key: str) -> datetime | None:
    """The time that a record key tells, or None when it is of another form."""
    if not _TID.fullmatch(key):
        return None
    number = 0
    for digit in key:
        number = number << 5 | DIGITS.index(digit)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number >> CLOCK_BITS)


def facets(text: str, did_of: Callable[[str], str | None]) -> list[dict[str, Any]]:
    """Links, tags and mentions of `text` in order, as a post's record holds them.

    `did_of` gives the identity behind a handle; a name of nobody's stays text.
    """
    found = sorted(_found(text, did_of), key=lambda each: each[0])
    return [
        {
            "index": {"byteStart": _bytes(text[:start]), "byteEnd": _bytes(text[:end])},
            "features": [feature],
        }
        for start, end, feature in found
    ]


def _found(
    text: str, did_of: Callable[[str], str | None]
) -> Iterator[tuple[int, int, dict[str, str]]]:
    urls = extract_urls(text)
    for url in urls:
        address = url.url if "://" in url.url else f"https://{url.url}"
        yield url.start, url.end, {"$type": f"{FACET}#link", "uri": address}
    for tag in extract_hashtags(text, urls):
        if len(tag.hashtag) <= LONGEST_TAG:
            yield tag.start, tag.end, {"$type": f"{FACET}#tag", "tag": tag.hashtag}
    for name in _MENTION.finditer(text):
        if any(url.start < name.end() and name.start() < url.end for url in urls):
            continue
        did = did_of(name[1].lower()) if len(name[1]) <= LONGEST_HANDLE else None
        if did:
            yield name.start(), name.end(), {"$type": f"{FACET}#mention", "did": did}


def _bytes(text: str) -> int:
    return len(text.encode())
