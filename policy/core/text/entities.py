"""The entities that a platform finds in a tweet, each with its place in code points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mention:
    """@screen_name, or @screen_name/list when `list_slug` (with its slash) is not empty."""

    screen_name: str
    start: int
    end: int
    list_slug: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {"screen_name": self.screen_name, "indices": [self.start, self.end]}


@dataclass(frozen=True, slots=True)
class Hashtag:
    """#hashtag; `hashtag` comes without its sign, `start` points at the sign."""

    hashtag: str
    start: int
    end: int

    def as_dict(self) -> dict[str, Any]:
        return {"hashtag": self.hashtag, "indices": [self.start, self.end]}


@dataclass(frozen=True, slots=True)
class Cashtag:
    """$CASHTAG; `cashtag` comes without its sign, `start` points at the sign."""

    cashtag: str
    start: int
    end: int

    def as_dict(self) -> dict[str, Any]:
        return {"cashtag": self.cashtag, "indices": [self.start, self.end]}


@dataclass(frozen=True, slots=True)
class Url:
    """A web address that the platform would turn into a link, as it was typed."""

    url: str
    start: int
    end: int

    def as_dict(self) -> dict[str, Any]:
        return {"url": self.url, "indices": [self.start, self.end]}
