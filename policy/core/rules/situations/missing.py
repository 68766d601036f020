"""People who are missing, and people who were found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import Case, Rule, Span, tweets
from policy.core.rules.phrases import sentence
from policy.core.rules.situations.missing_signs import ASKED, SIGNS
from policy.core.rules.situations.missing_words import (
    ASKING,
    BARE,
    COUNTED,
    FIGURES,
    FOUND,
    IN_GENERAL,
    MISSING,
    NAME_LAST,
    NOT_SOUGHT,
    OF_SUSPECTS_TOO,
    PEOPLE,
    PERSON_LAST,
    SOMEBODY,
    SOUGHT,
    SPREAD,
    TALE,
    TARGET,
    THANKS,
    THING,
)
from policy.core.rules.situations.people import (
    is_a_name_at,
    is_of_crime,
    is_the_forces_own_appeal,
)
from policy.core.types import Severity


def _is_a_thing(case: Case) -> bool:
    plain = case.reading.plain
    return bool(THING.search(plain)) and not SOMEBODY.search(plain)


def _is_in_general(case: Case, found: regex.Match[str]) -> bool:
    before, _ = sentence(case, found)
    words = before + found.group().rpartition("missing")[0]
    return bool(IN_GENERAL.search(words.rstrip() + " "))


def _missing(case: Case) -> Iterator[regex.Match[str]]:
    yield from SPREAD.finditer(case.reading.plain, timeout=case.deadline.remaining())
    finds = list(MISSING.found(case))
    is_crime = bool(finds) and is_of_crime(case)
    for found in finds:
        if is_crime and found.group().endswith(OF_SUSPECTS_TOO):
            continue
        if BARE.fullmatch(found.group()) and not _is_somebody_at(case, found.end()):
            continue
        if PEOPLE.fullmatch(found.group()) and not COUNTED.search(sentence(case, found)[0]):
            continue
        if not _is_in_general(case, found):
            yield found


def _is_somebody_at(case: Case, place: int) -> bool:
    after = case.reading.plain[place : place + 60]
    return bool(TARGET.match(after)) or is_a_name_at(case, place)


def _sought(case: Case) -> Iterator[regex.Match[str]]:
    plain = case.reading.plain
    finds, signs = [*SOUGHT.found(case), *ASKED.found(case)], list(SIGNS.found(case))
    if not (finds or signs) or is_of_crime(case):
        return
    yield from (found for found in signs if not _is_in_general(case, found))
    for found in finds:
        after = plain[found.end() : found.end() + 40]
        if NOT_SOUGHT.match(after.lstrip()) or NOT_SOUGHT.search(after[:16]):
            continue
        names_one = found.group().endswith((" him", " her", " them", " he", " she", " they"))
        if names_one or _is_somebody_at(case, found.end()) or PERSON_LAST.search(found.group()):
            yield found


def _found(case: Case, *, is_told: bool) -> regex.Match[str] | None:
    """The words that tell that a missing person was found."""
    finds = list(FOUND.found(case))
    # "Located safe and well" says it twice, as news of people does.
    is_told = is_told or len(finds) > 1 or bool(finds and THANKS.search(case.reading.plain))
    for found in finds:
        before = case.reading.folded.text[max(0, found.start() - 40) : found.start()]
        if (
            is_told
            or found.group().startswith("#")
            or NAME_LAST.search(before)
            or is_a_name_at(case, found.end())
        ):
            return found
    return None


def _is_no_appeal(case: Case) -> bool:
    plain = case.reading.plain
    is_tale = bool(TALE.search(plain)) and not ASKING.search(plain)
    return is_tale or bool(FIGURES.search(plain)) or _is_a_thing(case)


def missing_people(case: Case) -> Iterator[Span]:
    """The first words of an appeal for a missing person, or of the news that they were found."""
    missing = [*_missing(case), *_sought(case)]
    came_back = _found(case, is_told=bool(missing))
    if (not missing and not came_back) or is_the_forces_own_appeal(case) or _is_no_appeal(case):
        return
    if came_back is not None:
        start, end = case.place(*came_back.span())
        yield Span(
            start,
            end,
            "This says that a missing person was found.",
            "Give neither name nor picture any more, and delete the appeal.",
            confidence=0.7,
            at_most=Severity.ADVISE,
        )
    elif missing:
        first = min(missing, key=lambda found: found.start())
        start, end = case.place(*first.span())
        yield Span(start, end, "This may be an appeal for a missing person.", confidence=0.7)


MISSING_PERSON: Final = Rule(
    id="misper",
    title="A missing person",
    subject="Incidents and appeals",
    severity=Severity.NEEDS_REASON,
    cites=authorities.MISSING,
    advice="Pass on the force's appeal or give its reference, and tell people when they are found.",
    find=missing_people,
    wrong=tweets(
        "Have you seen Amy Sample, 14, missing from Oldermoor?",
        "M1SSING: Ben Example of Saltmere",
        "We are concerned for the welfare of a man last seen at Kingsmarl station",
        "Can you help us find this 14yr old girl?",
        "The missing man from Foxhollow has been found safe and well. Thanks for sharing.",
    ),
    right=tweets(
        "Don't miss our street surgery in Brackenford on Saturday",
        "Is your dog missing? Ask at the front counter.",
        "A bike went missing from a shed in Saltmere. Mark yours.",
        "If someone you know goes missing, call 101. You do not have to wait 24 hours.",
        "Are you missing out? Join our cadets.",
    ),
    answers=(
        "The force has appealed and the family agrees",
        "Comms asked us to post this",
        "It is not about a missing person",
    ),
)
