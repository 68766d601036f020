"""@mentions, lists, replies, #hashtags and $cashtags, found as X finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

import regex

from policy.core.text.characters import (
    AT_SIGNS,
    DIRECTION_MARKS,
    HASH_SIGNS,
    LATIN_ACCENTS,
    SPACES,
)
from policy.core.text.entities import Cashtag, Hashtag, Mention, Url

_Entity = TypeVar("_Entity", Mention, Hashtag, Cashtag)

_MENTION = regex.compile(
    rf"(?:^|(?<=[^a-zA-Z0-9_!#$%&*{AT_SIGNS}])"
    r"|(?<=(?:^|[^a-zA-Z0-9_+~.-])(?:[rR][tT]):?))"
    rf"[{AT_SIGNS}]([a-zA-Z0-9_]{{1,20}})(/[a-zA-Z][a-zA-Z0-9_\-]{{0,24}})?"
)
# What follows shows that the @ belongs to a mail address or to a link.
_NO_MENTION = regex.compile(rf"[{AT_SIGNS}{LATIN_ACCENTS}]|://")
_REPLY = regex.compile(rf"[{SPACES}]*+[{AT_SIGNS}]([a-zA-Z0-9_]{{1,20}})")
_REPLY_PREFIX = regex.compile(
    rf"(?:[{SPACES}]*+[{AT_SIGNS}][a-zA-Z0-9_]{{1,20}}(?=[{SPACES}]|\Z))++[{SPACES}]*+"
)

_TAG_SIGNS: Final = (
    r"_\u200C\u200D\uA67E\u05BE\u05F3\u05F4\uFF5E\u301C\u309B\u309C\u30A0\u30FB"
    r"\u3003\u0F0B\u0F0C\u00B7"
)
_TAG_CHARACTERS: Final = rf"\p{{L}}\p{{M}}\p{{Nd}}{_TAG_SIGNS}"
_HASHTAG = regex.compile(
    rf"(?:^|(?<=[\uFE0E\uFE0F])|(?<=[^&{_TAG_CHARACTERS}]))"
    rf"[{HASH_SIGNS}](?![\uFE0F\u20E3])([{_TAG_CHARACTERS}]++)"
)
_LETTER = regex.compile(r"[\p{L}\p{M}]")
_NO_HASHTAG = regex.compile(rf"[{HASH_SIGNS}]|://")

_CASHTAG = regex.compile(
    rf"(?:^|(?<=[{SPACES}{DIRECTION_MARKS}]))"
    r"\$([a-zA-Z]{1,6}(?:[._][a-zA-Z]{1,2})?)"
    r"(?=\Z|\s|[!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$])"
)


def extract_mentions_or_lists(text: str) -> list[Mention]:
    """Every @name and @name/list, in order."""
    return [
        Mention(found[1], found.start(), found.end(), found[2] or "")
        for found in _MENTION.finditer(text)
        if not _NO_MENTION.match(text, found.end())
    ]


def extract_mentions(text: str) -> list[Mention]:
    """Every @name that is not the owner of a list, in order."""
    return [mention for mention in extract_mentions_or_lists(text) if not mention.list_slug]


def extract_reply(text: str) -> str | None:
    """The name that a reply is addressed to: a mention at the very start."""
    found = _REPLY.match(text)
    if found is None or _NO_MENTION.match(text, found.end()):
        return None
    return str(found[1])


def reply_prefix(text: str) -> int:
    """How many code points the mentions at the start of a reply take up; X does not count them."""
    found = _REPLY_PREFIX.match(text)
    return found.end() if found else 0


def extract_hashtags(text: str, urls: list[Url]) -> list[Hashtag]:
    """Every hashtag that is no part of one of the `urls` of the same text, in order."""
    tags = (
        Hashtag(found[1], found.start(), found.end())
        for found in _HASHTAG.finditer(text)
        if _LETTER.search(found[1]) and not _NO_HASHTAG.match(text, found.end())
    )
    return list(outside(tags, urls))


def extract_cashtags(text: str) -> list[Cashtag]:
    """Every cashtag, in order."""
    if "$" not in text:
        return []
    return [Cashtag(found[1], found.start(), found.end()) for found in _CASHTAG.finditer(text)]


def outside(entities: Iterable[_Entity], urls: list[Url]) -> Iterator[_Entity]:
    """Those `entities` that share no character with one of the `urls`. Both in order."""
    remaining = iter(urls)
    url = next(remaining, None)
    for entity in entities:
        while url is not None and url.end <= entity.start:
            url = next(remaining, None)
        if url is None or entity.end <= url.start:
            yield entity
