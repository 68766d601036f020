"""Capitals that shout, and blanks that nobody filled in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import regex

from policy.core.pack import Pack
from policy.core.rules import authorities
from policy.core.rules.base import (
    OWN_WORDS,
    Case,
    Example,
    Param,
    ParamKind,
    Rule,
    Span,
    params,
    tweets,
)
from policy.core.types import Post, Severity

_LOUD: Final = regex.compile(
    r"(?<![\w@#/.])\p{Lu}[\p{Lu}']*+(?!\w)(?:[\s,.!?:;&'\"\-|]{1,4}+\p{Lu}[\p{Lu}']*+(?!\w))*+"
)
_LONG: Final = regex.compile(r"\p{Lu}{4,}+")


def shouting(case: Case) -> Iterator[Span]:
    """Runs of words in capitals; a heading of a few words is none."""
    for found in case.matches(_LOUD):
        if len(_LONG.findall(found.group())) >= case.number("words"):
            yield Span(*case.place(*found.span()), "A sentence in capitals reads like shouting.")


SHOUTING: Final = Rule(
    id="shouting",
    title="A sentence in capitals",
    subject="Wording",
    severity=Severity.ADVISE,
    cites=authorities.CAPITALS,
    advice="Use capitals for first letters and names: screen readers may spell the rest out.",
    find=shouting,
    wrong=(
        *tweets(
            "PLEASE STOP PARKING OUTSIDE THE SCHOOL GATES",
            "Reminder: LOCK YOUR SHED, EVERY SINGLE NIGHT, AND MARK YOUR TOOLS",
        ),
        Example(Post("WHAT A GREAT NIGHT! THANK YOU ALL FOR COMING!"), note="Kindly meant."),
    ),
    right=(
        *tweets(
            "WITNESS APPEAL | Did you see a crash in Kingsmarl?",
            "Meet our PCSOs and the RNLI at the NHS stall in Saltmere",
        ),
        Example(Post("DO NOT call 999 about parking."), note="One word for weight is fine."),
    ),
    reads=OWN_WORDS,
    params=params(
        words=Param("So many longer words in a row are shouting", ParamKind.NUMBER, 4),
    ),
)

_BLANK: Final = regex.compile(r"\[[^\[\]\n]{1,80}+\]")
_LETTER: Final = regex.compile(r"\p{L}")


@lru_cache(maxsize=64)
def _blanks(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        _plain(blank) for text in texts for blank in _BLANK.findall(text) if _LETTER.search(blank)
    )


def _plain(blank: str) -> str:
    return " ".join(blank[1:-1].casefold().split())


def blanks_of(pack: Pack) -> frozenset[str]:
    """The blanks of the pack's templates, without brackets and capitals."""
    return _blanks(tuple(template.text for template in pack.templates.values()))


def unfilled_blanks(case: Case) -> Iterator[Span]:
    """Blanks of the pack's own templates. Other words in square brackets are the officer's."""
    if "[" not in case.reading.folded.text:
        return
    known = blanks_of(case.pack)
    for found in case.matches(_BLANK):
        if _plain(found.group()) in known:
            yield Span(*case.place(*found.span()), f"{found.group()} still has to be filled in.")


UNFILLED_BLANK: Final = Rule(
    id="unfilled-blank",
    title="A blank that is not filled in",
    subject="Wording",
    severity=Severity.BLOCK,
    cites=authorities.BLANKS,
    advice="Put your own words in the place of the brackets, or take the part out.",
    find=unfilled_blanks,
    wrong=(
        *tweets(
            "Meet your team: [day], 6pm, Oldermoor Library. All welcome.",
            "You asked us to look at: speeding, [priority 2], parking.",
        ),
        Example(
            Post("Tell us here or at [ Meeting ]. \uff3barea\uff3d"),
            note="Blanks and other brackets change nothing.",
        ),
    ),
    right=(
        *tweets(
            "Meet your team: Thursday, 6pm, Oldermoor Library. All welcome.",
            "Can you help us to find this witness [see pic]?",
        ),
        Example(
            Post("“We [the team] will be there,” says Sgt Marsh. [1/2]"),
            note="Brackets that are no template's.",
        ),
    ),
    reads=OWN_WORDS,
)
