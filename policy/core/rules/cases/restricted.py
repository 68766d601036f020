"""Matters that a court has restricted. The rule never shows what it found, nor where."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import regex

from policy.core.normalise import normalise
from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Rule, Span
from policy.core.types import Context, Post, Restriction, Severity

_WORD = regex.compile(r"[^\W_]++")
_MARKS = regex.compile(r"\p{M}++")
# "#JohnSample" and "#RvSample" hold words that only their capitals part, "#JohnSample2" a number.
_HUMP = regex.compile(
    r"(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})"
)


def _bare(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).casefold()


@lru_cache(maxsize=256)
def _any_of(terms: tuple[str, ...]) -> regex.Pattern[str] | None:
    """`terms` as whole words, whatever stands between their words, or nothing."""
    # Folded like the texts: a name in another alphabet would not be found in them otherwise.
    words = (_WORD.findall(_bare(normalise(term).text)) for term in terms)
    spread = [r"[\W_]*+".join(map(regex.escape, parts)) for parts in words if parts]
    return regex.compile(rf"(?<![^\W_])(?:{'|'.join(spread)})(?![^\W_])") if spread else None


def restricted_matters(case: Case) -> Iterator[Span]:
    """The whole text, where it holds a term of a restriction. What and where stays untold."""
    terms = tuple(term for each in case.context.restrictions for term in each.terms)
    wanted = _any_of(terms)
    if wanted is None:
        return
    folded = case.reading.folded.text
    for text in (folded, _HUMP.sub(" ", folded), case.reading.plain):
        if wanted.search(_bare(text), timeout=case.deadline.remaining()):
            yield Span(
                0,
                len(case.reading.raw),
                "This touches a matter that a court has restricted. Call comms.",
            )
            return


_ORDER: Final = Context(restrictions=(Restriction("order-1", ("Ben Example", "Mill Lane fire")),))

RESTRICTED_MATTER: Final = Rule(
    id="restricted-matter",
    title="A matter that a court has restricted",
    subject="The law",
    severity=Severity.BLOCK,
    cites=authorities.RESTRICTIONS,
    advice="Do not post this, here or anywhere else: call comms.",
    find=restricted_matters,
    wrong=(
        Example(Post("Update on Ben Example of Oldermoor"), _ORDER, "The name is restricted."),
        Example(Post("Justice for #BenExample"), _ORDER, "In a hashtag."),
        Example(Post("The MILL-LANE   FIRE, two years on"), _ORDER, "However it is written."),
        Example(
            Post("Look", alt_texts=("Ben Еxample",)), _ORDER, "With a Cyrillic letter, in alt."
        ),
    ),
    right=(
        Example(Post("Update on Ben Example of Oldermoor"), note="No order covers the account."),
        Example(Post("Reuben Examples of Mill Lane firework night"), _ORDER, "Parts of words."),
        Example(Post("Ben gave an example"), _ORDER, "Words between."),
    ),
    is_legal=True,
)
