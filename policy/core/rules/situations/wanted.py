"""Appeals for people who are wanted, or whom somebody is to recognise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import MAY_OVERRIDE, Case, Example, Rule, Span, tweets
from policy.core.rules.situations.people import (
    CRIME,
    is_a_name_at,
    is_of_crime,
    is_the_forces_own_appeal,
)
from policy.core.rules.situations.wanted_words import (
    ASKING,
    DONE,
    EITHER,
    INTRODUCED,
    MISSING_WORD,
    NO_SUSPECT,
    OF_A_CRIME,
    ONE,
    SEEKING,
    SEEKING_STEMS,
    SHARED,
    SPREAD,
    TELL,
    THANKED,
    VOLUNTEERS,
    WANTED,
    WHO,
)
from policy.core.types import Kind, Post, Severity, SourceKind


def _is_person_wanted(case: Case, found: regex.Match[str]) -> bool:
    """Whether "wanted" is said of a person: good homes and volunteers are wanted too."""
    plain = case.reading.plain
    if VOLUNTEERS.search(plain):
        return False
    if found.group() != "wanted" or is_a_name_at(case, found.end()):
        return True
    after = plain[found.end() : found.end() + 30].lstrip(":!-| ")
    return bool(ONE.match(f" {after}") or CRIME.search(plain.replace("wanted", " ")))


def _is_meant(case: Case, found: regex.Match[str], *, is_crime: bool) -> bool:
    words = found.group()
    after = case.reading.plain[found.end() : found.end() + 30]
    if NO_SUSPECT.search(words) or NO_SUSPECT.match(after.lstrip()):
        return False
    if "wanted" in words:
        return _is_person_wanted(case, found)
    if "have you seen" in words or "have u seen" in words:
        return is_crime and (is_a_name_at(case, found.end()) or bool(ONE.match(after)))
    if is_crime:
        return True
    plain = case.reading.plain
    if words.startswith("know who") and not TELL.search(plain):
        return False
    return not (
        INTRODUCED.search(plain)
        or words in WHO
        or words.endswith(EITHER)
        or any(stem in words for stem in SEEKING_STEMS)
    )


def _appeals(case: Case) -> Iterator[regex.Match[str]]:
    if is_the_forces_own_appeal(case):
        return
    spread = SPREAD.finditer(case.reading.plain, timeout=case.deadline.remaining())
    finds = [*spread, *WANTED.found(case)]
    signs = list(OF_A_CRIME.found(case))
    named = [found for found in SEEKING.found(case) if is_a_name_at(case, found.end())]
    if not finds and not named and not signs:
        return
    plain = case.reading.plain
    if SHARED.search(plain):
        return
    if DONE.search(plain) and (THANKED.search(plain) or not ASKING.search(plain)):
        return
    is_crime = is_of_crime(case)
    if not is_crime and MISSING_WORD.search(plain):
        return
    yield from (found for found in finds if _is_meant(case, found, is_crime=is_crime))
    if is_crime:
        yield from named
        yield from (found for found in signs if not NO_SUSPECT.search(found.group()))


def _first(case: Case) -> tuple[int, int] | None:
    first = min(_appeals(case), key=lambda found: found.start(), default=None)
    return case.place(*first.span()) if first else None


def appeal_for_a_suspect(case: Case) -> Iterator[Span]:
    """The first words of an appeal for somebody who is wanted or to be recognised."""
    if place := _first(case):
        yield Span(
            *place, "This may be an appeal for a wanted person or a suspect.", confidence=0.7
        )


def picture_of_a_suspect(case: Case) -> Iterator[Span]:
    """The same words, where a picture goes with them."""
    if case.post.pictures and (place := _first(case)):
        yield Span(
            *place, "This seems to show a picture of a wanted person or a suspect.", confidence=0.7
        )


WANTED_OR_SUSPECT_APPEAL: Final = Rule(
    id="wanted-or-suspect-appeal",
    title="An appeal for a wanted person or a suspect",
    subject="Incidents and appeals",
    severity=Severity.NEEDS_REASON,
    cites=authorities.APPEALS,
    advice="Leave appeals to comms, and retweet the force's appeal.",
    find=appeal_for_a_suspect,
    wrong=tweets(
        "Do you recognise this man? CCTV released after a theft in Saltmere",
        "WANTED: Ben Example, 34, for recall to prison",
        "We'd like to speak to these two after a robbery in Kingsmarl",
        "E-fit of the Foxhollow burglar",
        "Do you know who this is? He left the shop without paying.",
    ),
    right=tweets(
        "WANTED: volunteers for our cadets in Oldermoor",
        "We wanted to say thank you, Brackenford",
        "Learn to recognise the signs of domestic abuse",
        "Do you recognise this bike? It was found in Saltmere.",
        "A wanted man was arrested in Kingsmarl this morning.",
        "We'd like to speak to anyone who saw the crash on the A12",
    ),
    answers=(
        "Comms asked us to post this",
        "The force has made this appeal",
        "Nobody is sought here",
    ),
)


_APPEAL: Final = "Do you recognise this man after a theft in Saltmere?"


WANTED_PICTURE: Final = Rule(
    id="wanted-picture",
    title="A picture with an appeal for a suspect",
    subject="Incidents and appeals",
    severity=Severity.BLOCK,
    cites=authorities.APPEALS,
    advice="Take the picture off, and retweet the force's appeal.",
    find=picture_of_a_suspect,
    wrong=(
        Example(Post(_APPEAL, pictures=1), note="One picture is attached."),
        Example(Post("WANTED: Ben Example, 34, for burglary", pictures=2)),
        Example(
            Post("Can you help?", pictures=1, alt_texts=("CCTV image of a man wanted for theft",)),
            note="The description of the picture tells what it shows.",
        ),
    ),
    right=(
        Example(Post(_APPEAL), note="No picture: the words alone ask for a reason."),
        Example(Post("WANTED: volunteers for our cadets", pictures=1)),
        Example(
            Post(
                "",
                kind=Kind.RETWEET,
                source_text=_APPEAL,
                source_kind=SourceKind.FORCE,
                pictures=1,
            ),
            note="A retweet of the force's own appeal.",
        ),
    ),
    overridable_by=MAY_OVERRIDE,
)
