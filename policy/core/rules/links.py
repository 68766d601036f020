"""Where a tweet may lead: the force's own site and those that the pack names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import regex

from policy.core.hosts import host_of, is_allowed
from policy.core.rules import authorities
from policy.core.rules.base import MAY_OVERRIDE, Case, Example, Rule, Span, tweets
from policy.core.text import extract_urls
from policy.core.text.tlds import top_level_domains
from policy.core.types import Context, Kind, Post, Severity, SourceKind, Where

# Accounts whose tweets may be passed on with the links in them.
_TRUSTED: Final = frozenset({SourceKind.SENIOR, SourceKind.FORCE, SourceKind.COMMANDER})
_SHORTENERS: Final = frozenset(
    {
        "t.co",
        "bit.ly",
        "tinyurl.com",
        "goo.gl",
        "ow.ly",
        "buff.ly",
        "is.gd",
        "cutt.ly",
        "rebrand.ly",
        "rb.gy",
        "shorturl.at",
        "tiny.cc",
        "dlvr.it",
        "trib.al",
        "lnkd.in",
        "fb.me",
        "youtu.be",
    }
)
# Endings that are English words too: a full stop without a space makes a link of them.
_WORDS: Final = frozenset(
    {
        "am",
        "as",
        "at",
        "be",
        "by",
        "do",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "off",
        "so",
        "to",
        "us",
        "we",
    }
)
# “The dot com years” names no site.
_ARTICLES: Final = frozenset({"the", "a", "of", "our", "your", "any"})
# Endings that are believable after the spoken word "dot".
_SPOKEN: Final = frozenset(
    {
        "com",
        "net",
        "org",
        "uk",
        "info",
        "biz",
        "gov",
        "io",
        "ly",
        "tv",
        "me",
        "eu",
        "us",
        "xyz",
        "app",
        "site",
    }
)

_SCHEME = regex.compile(
    r"(?i)(?:\b(?:[a-z][a-z0-9+.\-]{1,20}+://|h[tx]{2}ps?:/{1,3})|(?<![\w:/])//(?=[^\s/.]++\.[^\s.]))"
    r"([^\s/?#\\]++)[^\s]*+"
)
_HOST = regex.compile(r"\[[^\]\s]*+\]|[\p{L}\p{M}\p{N}\p{Cf}._\-\u3002\uff0e\uff61]++")
_DOT: Final = r"(?:\s?[\[({<]\s?(?:\.|d[o0]t)\s?[\])}>]\s?|\s+d[o0]t\s+|\.)"
# Not \b: a word with many hyphens would be tried again from each of them.
_DEFANGED = regex.compile(rf"(?i)(?<![\w\-])-*+(\w[\w\-]*+(?:{_DOT}[\w\-]++)++)")
_DISGUISED_DOT = regex.compile(
    # Not after another blank: a row of blanks would be tried again from each of them.
    r"(?i)\s?[\[({<]\s?(?:\.|d[o0]t)\s?[\])}>]\s?|(?<!\s)\s++d[o0]t\s++"
)
# Addresses with a blank at a dot, or between all their letters.
_SPACED = regex.compile(
    r"(?i)(?<![\w.])((?!(?:https?|www|the|dot|a|of|your|any|our)\b)[a-z0-9\-]{2,63}+)(?:\s\.\s?|\.\s)"
    r"((?:co\s?\.\s?uk|org\s?\.\s?uk|com|gl|ly|info|biz|xyz|io)(?=[/\s,!?)]|\.?$))"
)
# Cheaper to look for than the whole.
_LOOSE_DOT = regex.compile(r"(?i)\.\s?(?:com?|org|gl|ly|info|biz|xyz|io)\b")
_SPACED_SCHEME = regex.compile(
    r"(?i)\b(?=h\S{0,4}\s)h\s?t\s?t\s?p\s?(?:s\s?)?:\s?/\s?/\s?([\p{L}\d\-. ]{2,60}+)"
)
_NO_BLANKS = regex.compile(r"\s++")
_SPOKEN_DOT = regex.compile(r"(?i)(?<!\s)\s++d[o0]t\s++")


@dataclass(frozen=True, slots=True)
class _Link:
    """A place in the raw text that leads to `host`, or would once it is put together."""

    start: int
    end: int
    host: str
    is_disguised: bool = False


def _seen_by_the_platform(case: Case) -> Iterator[_Link]:
    for url in case.reading.entities.urls:
        yield _Link(url.start, url.end, host_of(url.url))


def _seen_once_folded(case: Case) -> Iterator[_Link]:
    folded = case.reading.folded
    if folded.text == case.reading.raw:
        return
    for url in extract_urls(folded.text):
        start, end = case.place(url.start, url.end)
        # The host is read from the raw letters: a look-alike leads to another site.
        yield _Link(start, end, host_of(case.reading.raw[start:end]))


def _with_a_scheme(case: Case) -> Iterator[_Link]:
    """Addresses in full, also those that no platform links: user names, numbers, hxxp."""
    if "/" not in case.reading.raw:
        return
    for found in case.raw_matches(_SCHEME):
        host = _HOST.match(found[1].rpartition("@")[2])
        if host:
            end = found.start() + len(found.group().rstrip(".,;:!?'\")]}>"))
            yield _Link(found.start(), end, host_of(host.group()))


def _disguised(case: Case) -> Iterator[_Link]:
    """Addresses whose dots are put in brackets or spelled out."""
    text = case.reading.folded.text
    is_bracketed = "[" in text or "(" in text or "{" in text or "<" in text
    if not (is_bracketed or "dot" in case.reading.plain) or not case.reading.says(_DISGUISED_DOT):
        return
    for found in case.matches(_DEFANGED):
        address = found[1]
        plain = _DISGUISED_DOT.sub(".", address)
        spoken = _SPOKEN_DOT.search(address)
        if spoken and address[: spoken.start()].lower() in _ARTICLES:
            continue
        endings = _SPOKEN if spoken else top_level_domains()
        if plain != address and plain.rpartition(".")[2].lower() in endings:
            start, end = case.place(*found.span(1))
            yield _Link(start, end, host_of(plain), is_disguised=True)


def _spaced(case: Case) -> Iterator[_Link]:
    """Addresses with blanks around a dot or between their letters."""
    text = case.reading.folded.text
    for found in case.matches(_SPACED) if case.reading.says(_LOOSE_DOT) else ():
        host = f"{found[1]}.{found[2]}"
        yield _Link(
            *case.place(*found.span()), host_of(_NO_BLANKS.sub("", host)), is_disguised=True
        )
    for found in case.matches(_SPACED_SCHEME) if "/" in text else ():
        host = host_of(_NO_BLANKS.sub("", found[1]))
        yield _Link(*case.place(*found.span()), host, is_disguised=True)


def external_links(case: Case) -> Iterator[Span]:
    """Links to anywhere that the pack does not allow, each place once."""
    if case.reading.where is Where.SOURCE and _may_pass_on(case):
        return
    allowed = case.pack.allowed_domains
    links = [
        link
        for seen in (_seen_by_the_platform, _seen_once_folded, _with_a_scheme, _disguised, _spaced)
        for link in seen(case)
        if not is_allowed(link.host, allowed)
    ]
    floor = 0
    for link in sorted(links, key=lambda link: (link.start, -link.end)):
        if link.start >= floor:
            yield _span(case, link)
            floor = link.end


def _may_pass_on(case: Case) -> bool:
    seniors = {account.lstrip("@").casefold() for account in case.pack.lists["senior_accounts"]}
    return (
        case.post.source_kind in _TRUSTED
        or case.context.from_senior_account
        or case.post.source_account.lstrip("@").casefold() in seniors
    )


def _span(case: Case, link: _Link) -> Span:
    typed = case.reading.raw[link.start : link.end]
    before, _, ending = typed.rpartition(".")
    if ending.lower() in _WORDS and before.isalpha() and case.reading.where is not Where.SOURCE:
        return Span(
            link.start,
            link.end,
            f"The platform makes a link of “{typed}”.",
            "If it is none, put a space after the full stop.",
            replacements=(f"{before}. {ending}",),
        )
    if link.is_disguised:
        return Span(link.start, link.end, f"This spells out a link to {link.host}.")
    if link.host in _SHORTENERS:
        return Span(link.start, link.end, f"{link.host} hides where this link leads.")
    return Span(link.start, link.end, f"This links to {link.host}, outside the force.")


_ELSEWHERE: Final = "Details: https://tickets.example.com/flood"

EXTERNAL_LINK: Final = Rule(
    id="external-link",
    title="A link outside the force",
    subject="Links",
    severity=Severity.BLOCK,
    cites=authorities.LINKS,
    advice="Link to the force's own site, ask comms to allow this address, or retweet it from "
    "a senior account.",
    find=external_links,
    wrong=(
        *tweets(
            _ELSEWHERE,
            "Details on bit.ly/2abcDEF",
            "We walked round the town.it was quiet",
            "Details: tickets[.]example[.]com",
            "Details: tickets dot example dot com",
            "Details: https://www.metoffice.gov.uk@tickets.example.com/",
            "Details: //tickets.example.com/flood",
        ),
        Example(
            Post(
                "",
                kind=Kind.RETWEET,
                source_text=_ELSEWHERE,
                source_account="floodfair",
                source_kind=SourceKind.PARTNER,
            ),
            note="Retweeted from a partner's account.",
        ),
    ),
    right=(
        *tweets(
            "Wind warning: https://www.metoffice.gov.uk/weather/warnings",
            "Write to oldermoor.team@marlshire.example.org",
            "Surgery at 6.30pm. It is on the A34. All welcome...",
            "A talk about scams since the dot com years, Thursday, 6pm",
        ),
        Example(
            Post(
                "",
                kind=Kind.RETWEET,
                source_text=_ELSEWHERE,
                source_account="ChiefMarlshire",
                source_kind=SourceKind.SENIOR,
            ),
            note="Retweeted from a senior account.",
        ),
        Example(
            Post("", kind=Kind.RETWEET, source_text=_ELSEWHERE, source_kind=SourceKind.PARTNER),
            Context(from_senior_account=True),
            note="Retweeted by a senior account.",
        ),
    ),
    overridable_by=MAY_OVERRIDE,
)
