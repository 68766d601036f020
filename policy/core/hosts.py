"""Host names as a browser would look them up, and whether a force allows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

import regex

from policy.core.normalise import visible

_SCHEME = regex.compile(r"[A-Za-z][A-Za-z0-9+.\-]*+:[/\\]*+")
_AUTHORITY_END = regex.compile(r"[/\\?#]")
_PORT = regex.compile(r":[0-9]*+\Z")
_DOTS = str.maketrans("\u3002\uff0e\uff61", "...")
_HOST = regex.compile(r"[a-z0-9._\-]++")
# No label that can be looked up is longer; encoding one takes time that grows with its square.
_LONGEST_LABEL = 63
_LONGEST_HOST = 253
# Anybody, or any public body, registers below these: they stand for their own site alone.
_SHARED = frozenset({"gov.uk", "police.uk", "nhs.uk", "co.uk", "org.uk", "ac.uk"})


def host_of(address: str) -> str:
    """The host of a web address with or without http://, in canonical form.

    The user name, the password and the port are left out: in https://police.uk@evil.com the
    host is evil.com.
    """
    authority = _SCHEME.sub("", address, count=1) if "://" in address else address
    authority = _AUTHORITY_END.split(authority, maxsplit=1)[0]
    return canonical_host(_PORT.sub("", authority.rpartition("@")[2]))


def canonical_host(host: str) -> str:
    """`host` in lower case, compatibility forms folded, other alphabets as punycode.

    Letters that only look Latin are not folded: they lead to another site.
    """
    folded = unicodedata.normalize("NFKC", visible(host).translate(_DOTS)).lower()
    labels = [label for label in folded.strip(". ").split(".") if label]
    return ".".join(label if label.isascii() else _encoded(label) for label in labels)


def _encoded(label: str) -> str:
    return "xn--" + label[: _LONGEST_LABEL + 1].encode("punycode").decode("ascii")


def is_allowed(host: str, allowed: Collection[str]) -> bool:
    """Whether canonical `host` is one of the `allowed` hosts, or lies below one of them.

    Allowing gov.uk allows that one site and none of the councils below it.
    """
    if host in _SHARED:
        return host in allowed
    return lies_below(host, frozenset(allowed) - _SHARED)


def lies_below(host: str, names: Collection[str]) -> bool:
    """Whether canonical `host` is one of `names` or lies below one of them."""
    if not _HOST.fullmatch(host):
        return False
    # A name to look for is no longer, so that what is cut off tells nothing.
    labels = host[-_LONGEST_HOST - 1 :].split(".")
    return any(".".join(labels[first:]) in names for first in range(len(labels)))
