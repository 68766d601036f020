"""A tweet has to say something, in characters that can be sent, within the limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.normalise import HIDDEN
from policy.core.rules import authorities
from policy.core.rules.base import (
    OWN_WORDS,
    TEXT_ONLY,
    Case,
    Example,
    Rule,
    Span,
    noted,
    tweets,
)
from policy.core.text.characters import REFUSED
from policy.core.types import Kind, Post, Severity

_LEGIBLE = regex.compile(rf"[^\s{HIDDEN}]")
_REFUSED = regex.compile(rf"[{REFUSED}\uD800-\uDFFF]++")


def too_long(case: Case) -> Iterator[Span]:
    """What does not fit any more."""
    over = case.measure.weighted - case.measure.limit
    if over > 0:
        yield Span(
            case.measure.fits,
            len(case.post.text),
            f"This is {over:,} over the limit of {case.measure.limit}.",
        )


TWEET_LENGTH: Final = Rule(
    id="tweet-length",
    title="Too long for one tweet",
    subject="Length",
    severity=Severity.BLOCK,
    cites=authorities.LENGTH,
    advice="Shorten it or split it. A link counts 23 and an emoji 2, however long they are.",
    find=too_long,
    wrong=tweets(
        "Lock your shed. " * 18,
        "Meet your team at Oldermoor Library on Thursday. " * 6,
        "Surgery tonight 🚓 " * 15 + "https://marlshire.example.org/news",
        "🔒" * 141,
    ),
    right=(
        *noted(
            ("Lock your shed and mark your tools.", "Short enough to be read at a glance."),
            (
                "Our newsletter: https://marlshire.example.org/" + "news/" * 60,
                "A link counts 23, however long it is.",
            ),
        ),
        *tweets("Lock your shed. " * 17, "🔒" * 140),
        Example(
            Post("@fernlea_demo " * 10 + "Lock your shed. " * 17, kind=Kind.REPLY),
            note="The names at the start of a reply are not counted.",
        ),
    ),
    reads=TEXT_ONLY,
)


def nothing_to_read(case: Case) -> Iterator[Span]:
    """A text of which nothing can be seen. A plain retweet needs none."""
    if case.post.kind is not Kind.RETWEET and not _LEGIBLE.search(case.reading.raw):
        yield Span(0, len(case.reading.raw), "There is nothing to post.")


TWEET_EMPTY: Final = Rule(
    id="tweet-empty",
    title="Nothing to post",
    subject="Length",
    severity=Severity.BLOCK,
    cites=authorities.PURPOSE,
    advice="Write what people should know or do.",
    find=nothing_to_read,
    wrong=noted(
        ("", "Nothing was written."),
        ("  \n ", "There are only spaces and empty lines."),
        ("\u200b\u2060", "There are only characters that nobody can see."),
    ),
    right=(
        *noted(
            ("Thank you.", "Two words are enough."),
            ("See you on Thursday 👋", "It says something."),
        ),
        Example(Post("", kind=Kind.RETWEET), note="A retweet needs no words of its own."),
    ),
    reads=TEXT_ONLY,
)


def unsendable(case: Case) -> Iterator[Span]:
    """Characters that the platform refuses."""
    for found in () if case.reading.raw.isascii() else case.raw_matches(_REFUSED):
        codes = ", ".join(f"U+{ord(character):04X}" for character in sorted(set(found.group())))
        yield Span(
            *found.span(),
            f"Your text holds a character that cannot be sent ({codes}).",
            replacements=("",),
        )


INVALID_CHARACTERS: Final = Rule(
    id="invalid-characters",
    title="Characters that cannot be sent",
    subject="Characters",
    severity=Severity.BLOCK,
    cites=authorities.CLEAR,
    advice="Take it out. It may have come along when you copied the text from elsewhere.",
    find=unsendable,
    wrong=tweets(
        "\ufffe Surgery at the library",
        "Surgery\uffff at the library",
        "Surgery at the library\ufeff",
    ),
    right=noted(
        ("Surgery at the library", "Ordinary letters."),
        ("Cyfarfod yn Llanfair\u2019r T\u0177 heno", "Accents and curly quotes can be sent."),
        ("Surgery at the library 👋", "So can emoji."),
    ),
    reads=OWN_WORDS,
)
