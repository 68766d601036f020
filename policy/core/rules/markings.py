"""Security markings: material that carries one is not for the public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import (
    MAY_OVERRIDE,
    Case,
    Param,
    ParamKind,
    Rule,
    Span,
    compiled,
    params,
    tweets,
)
from policy.core.types import Severity

_IMITATIONS: Final = {"o": "[o0]", "i": "[i1l]", "e": "[e3]", "s": "[s5]"}


def _spread(word: str) -> str:
    """`word` also with a space or a stop between its letters, or with digits for letters."""
    return r"[\s.]?".join(_IMITATIONS.get(letter, letter) for letter in word)


_MARK: Final = "(?:TOP[ -]?SECRET|SECRET|RESTRICTED|CONFIDENTIAL)"
_SPELLED: Final = "|".join(
    r"([ .\-*_])".join(word[:2]) + "".join(rf"\{number}{letter}" for letter in word[2:])
    for number, word in enumerate(("SECRET", "RESTRICTED", "CONFIDENTIAL"), start=1)
)
_PAPERS: Final = (
    r"(?i:briefing|intel(?:ligence)?|report|document|dossier|memo|minutes|notes|material|file"
    r"|log|op(?:eration(?:al)?)?\s(?:plan|order|notes?))s?\b"
)
# Capitals matter wherever the same word is ordinary English: "restricted to 30mph",
# "confidential and anonymous".
_MARKINGS: Final = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"(?i)(?<!\w){_spread('official')}\s?+[-_/:]\s?+{_spread('sensitive')}(?!\w)",
        r"(?i)\bofficial\s{0,2}sensitive\b",
        rf"(?<!\w)(?i:{_spread('top')})\s{{0,3}}[-_]?\s{{0,3}}(?i:{_spread('secret')})(?<=T)(?!\w)",
        rf"(?m)^[^\w\n]{{0,9}}_*+{_MARK}[^\w\n]{{0,9}}+(?:$|(?<=[:\-|/\])*]|[:\-|/\])*]\s))",
        rf"(?m)(?<=[-:|(\[*]\s?){_MARK}[\])*]{{0,2}}[ \t]{{0,9}}$",
        rf"(?i)\[\s?(?:{_MARK}|official)\s?\]",
        r"(?m)^OFFICIAL$",
        rf"\b(?:POLICE|UK|STRICTLY|(?i:marked)(?:\s(?i:as))?)\s{_MARK}\b",
        r"\b(?:SECRET|RESTRICTED)\s(?i:information|intelligence)\b",
        r"\bOFFICIAL\s?-\s?SENS\b",
        rf"\b(?:{_MARK}|OFFICIAL|PROTECT)[\s:\-]++{_PAPERS}",
        rf"(?i:\b(?:this|the|our)\s(?:\w+\s){{0,2}}){_PAPERS}(?i:\s(?:is|are|was|were)\s){_MARK}\b",
        rf"\b{_MARK}\s?\(?(?i:when\scomplete)",
        rf"\b(?:{_SPELLED})\b",
        r"\bPROTECT\s?+[-:/]\s?+(?:PERSONAL|STAFF|POLICY|COMMERCIAL|INVESTIGATIONS?|MEDICAL)\b",
        r"(?i)(?<!\bnot )\bprotectively marked\b(?! (?:material|information|documents)\b)",
        r"(?i)\b(?:GSC|GPMS|(?:protective|security) (?:marking|classification))\s?+[:=\-]\s?+\w++",
        r"(?i)\b(?:UK|five|5|police)[ -]eyes[ -]only\b",
        r"(?i)\b(?:law enforcement sensitive|(?:police|internal) use only)\b",
        r"(?i)\bnot for (?:onward |public |wider )?(?:transmission|dissemination|disclosure)\b",
        r"\bMG\s?(?:[1-9]|1[0-9]|2[01])[A-F]?\s(?i:forms?|statements?|witness)\b",
    )
)


def security_markings(case: Case) -> Iterator[Span]:
    """Markings of the government's and the police's schemes, old and new, and the pack's own."""
    patterns = (*_MARKINGS, *map(compiled, case.words("markings")))
    places = sorted(found.span() for pattern in patterns for found in case.matches(pattern))
    floor = 0
    for place in places:
        start, end = case.place(*place)
        if start >= floor and end > start:
            floor = end
            yield Span(start, end, "This carries a security marking. It must not be published.")


PROTECTIVE_MARKING: Final = Rule(
    id="protective-marking",
    title="A security marking",
    subject="Sensitive material",
    severity=Severity.BLOCK,
    cites=authorities.MARKINGS,
    advice="Take out the material itself, not just the marking.",
    find=security_markings,
    wrong=tweets(
        "OFFICIAL-SENSITIVE briefing: warrants in Oldermoor on Friday",
        "O F F I C I A L - S E N S I T I V E: warrants on Friday",
        "RESTRICTED: notes of the briefing",
        "Warrants on Friday [Confidential]",
        "TOP SECRET",
        "This briefing is RESTRICTED, so keep it to yourselves",
        "S.E.C.R.E.T plan for Friday",
    ),
    right=tweets(
        "Speed is restricted to 30mph on Mill Lane. RESTRICTED PARKING today.",
        "Call Crimestoppers: it is confidential and anonymous. 100% CONFIDENTIAL.",
        "The official opening is on Saturday. Official: we protect and serve",
        "Our Secret Santa visited. It's no secret that we love it.",
        "Seized an MG3 with no insurance",
    ),
    overridable_by=MAY_OVERRIDE,
    params=params(markings=Param("Further markings of the force's own", ParamKind.PATTERNS, ())),
)
