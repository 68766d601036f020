"""What X makes of a text, and how to know one's own again."""

import re
import unicodedata
from collections.abc import Mapping
from html import unescape
from typing import Any

from publishing.backends.base import Payload

_SCHEME = re.compile(r"\bhttps?://")
_SLASH_AT_THE_END = re.compile(r"/(?=\W|$)")
_NAMES_AT_THE_START = re.compile(r"^(?:@\w+\s+)+")


def as_written(item: Mapping[str, Any]) -> str:
    """The text of a post as people wrote it, from a post object of API v2.

    X escapes &, < and >, puts every link behind t.co, and adds a link to the pictures.
    """
    # Long posts are cut off in `text`.
    whole = item.get("note_tweet") or item
    text = unescape(str(whole.get("text", item["text"])))
    entities = whole.get("entities") or item.get("entities") or {}
    for link in entities.get("urls") or []:
        meaning = str(link.get("expanded_url", link["url"]))
        is_picture = "media_key" in link or f"/status/{item['id']}/" in meaning
        text = text.replace(str(link["url"]), "" if is_picture else meaning)
    return text.strip()


def pointed_at(item: Mapping[str, Any], how: str) -> str:
    """The id of the post that `item` has "retweeted", "quoted" or "replied_to"; or ""."""
    for reference in item.get("referenced_tweets") or []:
        if reference.get("type") == how:
            return str(reference.get("id", ""))
    return ""


def is_same(item: Mapping[str, Any], payload: Payload) -> bool:
    """Whether a post of the own timeline is `payload`, as far as can be told from outside."""
    source = payload.source.get("id", "")
    retweeted = pointed_at(item, "retweeted")
    if payload.kind == "retweet" or retweeted:
        return payload.kind == "retweet" and retweeted == source
    is_reply = payload.kind == "reply"
    if pointed_at(item, "replied_to") != (source if is_reply else ""):
        return False
    shown = as_written(item)
    if payload.kind == "quote":
        if pointed_at(item, "quoted") != source:
            return False
        # X ends a quote with the address of what is quoted.
        shown = re.sub(rf"\s*\S+/status/{re.escape(source)}$", "", shown)
    return _comparable(shown, is_reply) == _comparable(payload.text, is_reply)


def _comparable(text: str, is_reply: bool) -> str:  # noqa: FBT001  of this file alone
    """The same for two texts that differ only by what X does to one.

    X sets white space and letters in order, completes addresses ("example.com" is answered as
    "http://example.com"), and puts the name of whom a reply answers in front of it.
    """
    text = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    if is_reply:
        text = _NAMES_AT_THE_START.sub("", text)
    return _SLASH_AT_THE_END.sub("", _SCHEME.sub("", text))


def bio_of(me: Mapping[str, Any]) -> str:
    """The bio as people wrote it, from a user object; X may leave out what is empty."""
    text = unescape(str(me.get("description") or ""))
    for link in _links(me, "description"):
        text = text.replace(str(link["url"]), str(link.get("expanded_url", link["url"])))
    return text.strip()


def link_of(me: Mapping[str, Any]) -> str:
    """The address in the profile as people wrote it; empty without one."""
    short = str(me.get("url") or "")
    for link in _links(me, "url"):
        if link.get("url") == short:
            return str(link.get("expanded_url", short))
    return short


def _links(me: Mapping[str, Any], part: str) -> list[Mapping[str, Any]]:
    found = ((me.get("entities") or {}).get(part) or {}).get("urls") or []
    return list(found)
