"""What a platform makes of a tweet: entities, links and length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from policy.core.text.entities import Cashtag, Hashtag, Mention, Url
from policy.core.text.tags import (
    extract_cashtags,
    extract_hashtags,
    extract_mentions,
    extract_mentions_or_lists,
    extract_reply,
    outside,
    reply_prefix,
)
from policy.core.text.urls import extract_urls

__all__ = [
    "Cashtag",
    "Entities",
    "Hashtag",
    "Mention",
    "Url",
    "extract_cashtags",
    "extract_hashtags",
    "extract_mentions",
    "extract_mentions_or_lists",
    "extract_reply",
    "extract_urls",
    "reply_prefix",
]


@dataclass(frozen=True, slots=True)
class Entities:
    """Everything that X makes tappable in one text; nothing inside a link counts twice."""

    mentions: tuple[Mention, ...] = ()
    hashtags: tuple[Hashtag, ...] = ()
    cashtags: tuple[Cashtag, ...] = ()
    urls: tuple[Url, ...] = ()

    @classmethod
    def of(cls, text: str) -> Self:
        """The entities of `text`, each kind in order."""
        urls = extract_urls(text)
        return cls(
            mentions=tuple(outside(extract_mentions(text), urls)),
            hashtags=tuple(extract_hashtags(text, urls)),
            cashtags=tuple(outside(extract_cashtags(text), urls)),
            urls=tuple(urls),
        )
