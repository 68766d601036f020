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
        rf"(?i)(?<!\w){_spread('official')}\s?+[-_/:]{{1,2}}+\s?+{_spread('sensitive')}(?!\w)",
        rf"(?i)(?<!\w){_spread('official')}\s{{1,3}}{_spread('sensitive')}(?!\w)",
        r"(?i)\bofficial\s{0,2}sensitive\b",
        rf"(?<!\w)(?i:{_spread('top')})\s{{0,3}}[-_]?\s{{0,3}}(?i:{_spread('secret')})(?<=T)(?!\w)",
        rf"(?m)^[^\w\n]{{0,9}}_*+{_MARK}[^\w\n]{{0,9}}+(?:$|(?<=[:\-|/\])*]|[:\-|/\])*]\s))",
        rf"(?m)(?<=[-:|(\[*]\s?){_MARK}[\])*]{{0,2}}[ \t]{{0,9}}$",
        rf"(?i)\[\s?(?:{_MARK}|official)\s?\]",
        r"(?m)^OFFICIAL$",
        rf"\b(?:POLICE|UK|NATO|STRICTLY|(?i:marked)(?:\s(?i:as))?)\s{_MARK}\b",
        r"\b(?:SECRET|RESTRICTED)\s(?i:information|intelligence)\b",
        r"\bOFFICIAL\s?-\s?SENS\b",
        rf"\b(?:{_MARK}|OFFICIAL|PROTECT)[\"'\s:\-]++{_PAPERS}",
        r"(?i)\bstrictly\sconfidential\s?(?:$|[-:/\])])",
        r"(?i)\b(?:GSC|GPMS)\s(?:top secret|secret|restricted|confidential|official)\b",
        rf"(?m)\b(?:Op|OP|Operation|OPERATION)\s\p{{Lu}}[\p{{L}}]{{2,15}}+\s{_MARK}(?=\s?(?:$|[.:\-\])]))",
        rf"(?i:\b(?:this|the|our)\s(?:\w+\s){{0,2}}){_PAPERS}(?i:\s(?:is|are|was|were)\s){_MARK}\b",
        rf"\b{_MARK}\s?\(?(?i:when\scomplete)",
        rf"\b(?:{_SPELLED})\b",
        r"\bPROTECT\s?+[-:/]\s?+(?:PERSONAL|STAFF|POLICY|COMMERCIAL|INVESTIGATIONS?|MEDICAL)\b",
        r"\bPROTECT\s?+[-:/]\s?+(?i:personal|staff|policy|commercial|investigations?|medical)(?=\s?(?:$|[-:\n\])]))",
        r"(?i)(?<!\bnot )\bprotectively marked\b(?! (?:material|information|documents)\b)",
        r"(?i)\b(?:GSC|GPMS|(?:protective|security) (?:marking|classification))\s?+[:=\-]\s?+\w++",
        r"(?i)\b(?:UK|five|5|police)[ -]eyes[ -]only\b",
        r"(?i)\blaw enforcement (?:sensitive|only)\b",
        r"(?i)\b(?:police|internal|force) (?:use|eyes) only\b",
        r"(?i)\bnot for (?:onward |public |wider )?(?:transmission|dissemination|disclosure)\b",
        r"(?i)\bnot for public (?:release|circulation|publication|consumption|viewing)\b",
        # Digits for letters, in capitals: nobody writes an ordinary word so.
        r"\b(?=[A-Z]*+[0-9])(?:R[E3][S5]TR[I1L]CT[E3]D|C[O0]NF[I1L]D[E3]NT[I1L][A4]L|[S5][E3]CR[E3]T)\b",
        rf"(?i)\b(?:handling|classification|classified|marking|marked|grading|graded|sensitivity)"
        rf"(?:\s?:\s?|\s(?:is|as)\s?:?\s?)\"?(?:{_MARK}|official)\"?\s{{0,2}}(?=$|[.,;:!)\]\n])",
        rf"(?i)\b{_PAPERS}\s(?:is|are|was|were|has been)\s(?:\w+\s)?(?:classified|marked|graded)\s"
        rf"(?:as\s)?\"?(?:{_MARK}|official)\b",
        r"\bMG\s?(?:[1-9]|1[0-9]|2[01])[A-F]?\s(?i:forms?|statements?|witness)\b",
    )
)


# Without one of these, whatever stands between its letters, there is no marking. "l" is an "i".
_STEMS: Final = (
    *("officiai", "secret", "restricted", "confidentiai", "protect", "marking", "marked", "grad"),
    *(
        "ciassif",
        "handiing",
        "sensitiv",
        "gsc",
        "gpms",
        "eyesoniy",
        "useoniy",
        "iawenf",
        "notfor",
        "mg",
    ),
)
_SQUASHED: Final = str.maketrans("01l35", "oiies", " \t\n\r\xa0.,:;-_/*'\"[](){}|!?#&+")


def _may_be_marked(case: Case) -> bool:
    squashed = case.reading.folded.text.lower().translate(_SQUASHED)
    return any(stem in squashed for stem in _STEMS)


def security_markings(case: Case) -> Iterator[Span]:
    """Markings of the government's and the police's schemes, old and new, and the pack's own."""
    own = _MARKINGS if _may_be_marked(case) else ()
    patterns = (*own, *map(compiled, case.words("markings")))
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
