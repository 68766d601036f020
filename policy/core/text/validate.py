"""Whether one string by itself is a tweet, a hashtag or a web address."""

from __future__ import annotations

from typing import Final

import regex

from policy.core.text.length import V1, weigh
from policy.core.text.tags import extract_hashtags

_PARTS = regex.compile(
    r"(?:([^:/?#]++)://)?([^/?#]*+)([^?#]*+)(?:\?([^#]*+))?(?:#(.*+))?", regex.DOTALL
)
_AUTHORITY = regex.compile(r"(?:([^@]*)@)?(\[[^\]]*+\]|[^:]*+)(?::([0-9]{1,5}))?")
_UNRESERVED: Final = r"a-zA-Z\p{Cyrillic}0-9\-._~"
_SUB_DELIMITERS: Final = "!$&'()*+,;="
_ESCAPED: Final = "%[0-9a-fA-F]{2}"
_PATH_UNIT: Final = rf"[{_UNRESERVED}{_SUB_DELIMITERS}:|@]|{_ESCAPED}"
_USER = regex.compile(rf"(?:[{_UNRESERVED}{_SUB_DELIMITERS}:]|{_ESCAPED})*+")
_PATH = regex.compile(rf"(?:/(?:{_PATH_UNIT})*+)*+")
_TRAILER = regex.compile(rf"(?:{_PATH_UNIT}|[/?])*+")
_OCTET: Final = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_ADDRESS = regex.compile(rf"{_OCTET}(?:\.{_OCTET}){{3}}|\[[a-fA-F0-9:.]++\]")
_NUMBERS = regex.compile(r"[0-9.]++")
_LABEL = regex.compile(r"[a-zA-Z0-9\u0080-\U0010FFFF](?:[\w\-\u0080-\U0010FFFF]*+)(?<![-_])")
_SPACE = regex.compile(r"\s")


def is_valid_tweet(text: str) -> bool:
    """Whether the historic platform (140 code points) would have taken `text`."""
    return weigh(text, V1).valid


def is_valid_hashtag(text: str) -> bool:
    """Whether the whole of `text` is one hashtag, with its sign."""
    return [(tag.start, tag.end) for tag in extract_hashtags(text, [])] == [(0, len(text))]


def is_valid_url(text: str, *, needs_protocol: bool = True) -> bool:
    """Whether the whole of `text` is an http or https address that a browser can open."""
    parts = _PARTS.fullmatch(text)
    if parts is None or _SPACE.search(text):
        return False
    scheme, authority, path, query, fragment = parts.groups()
    if scheme is None and needs_protocol:
        return False
    if scheme is not None and scheme.lower() not in ("http", "https"):
        return False
    trailers = filter(None, (query, fragment))
    return (
        _is_authority(authority)
        and _PATH.fullmatch(path) is not None
        and all(_TRAILER.fullmatch(trailer) for trailer in trailers)
    )


def _is_authority(authority: str) -> bool:
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None or (parts[1] and not _USER.fullmatch(parts[1])):
        return False
    host = parts[2]
    if _ADDRESS.fullmatch(host):
        return True
    return not _NUMBERS.fullmatch(host) and _is_domain(host)


def _is_domain(host: str) -> bool:
    labels = host.split(".")
    if "." not in host or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    return not labels[-1][0].isdigit() and not any("_" in label for label in labels[-2:])
