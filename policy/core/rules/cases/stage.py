"""How far a case has gone, and what may not be said of it until then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import OWN_WORDS, Case, Example, Rule, Span, tweets
from policy.core.rules.cases.names import names_in
from policy.core.rules.cases.words import (
    BAD_CHARACTER,
    EVIDENCE,
    GUILT,
    JUDGED,
    PROCEEDINGS,
    VERDICT,
)
from policy.core.types import CaseFacts, CaseStage, Post, Severity, Where


def apart(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """`places` in their order, without those that overlap an earlier one."""
    floor = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= floor and end > start:
            floor = end
            yield start, end


def _guilt(case: Case) -> Iterator[regex.Match[str]]:
    is_convicted = case.post.case.stage is CaseStage.CONVICTED
    for found in GUILT.found(case):
        if not (is_convicted and VERDICT.search(found.group())):
            yield found


def _said(
    case: Case, finds: Iterator[regex.Match[str]], message: str, advice: str
) -> Iterator[Span]:
    for start, end in apart(case.place(*found.span()) for found in finds):
        yield Span(start, end, message, advice)


def what_prejudices_a_case(case: Case) -> Iterator[Span]:
    """Names, records, guilt, evidence and pictures while proceedings are declared active."""
    facts = case.post.case
    if not facts.stage.is_active:
        return
    if not facts.is_naming_decided:
        for start, end in apart(case.place(*place) for place in names_in(case)):
            yield Span(
                start,
                end,
                f"You seem to name {case.reading.raw[start:end]} in a case before the courts.",
                "Take the name out: say “a 34-year-old man from Oldermoor”. "
                "A team never names anyone; comms may.",
            )
    yield from _said(
        case,
        BAD_CHARACTER.found(case),
        "This tells what somebody has done before.",
        "Take out what the person has done before, or is known for.",
    )
    yield from _said(
        case,
        _guilt(case),
        "This says that somebody did it, before the court has decided.",
        "Say “a man was arrested on suspicion of theft”, and declare a conviction if there is one.",
    )
    yield from _said(
        case, EVIDENCE.found(case), "This tells what the evidence is.", "Take the evidence out."
    )
    if case.post.pictures and case.reading.where is Where.TEXT:
        yield Span(
            0,
            len(case.reading.raw),
            "There is a picture with a case that is before the courts.",
            "Take the picture off until the sentence.",
        )


def _at(
    stage: CaseStage,
    text: str,
    note: str = "",
    *,
    pictures: int = 0,
    is_naming_decided: bool = False,
) -> Example:
    facts = CaseFacts(stage=stage, is_naming_decided=is_naming_decided)
    return Example(Post(text, pictures=pictures, case=facts), note=note)


CASE_STAGE: Final = Rule(
    id="case-stage",
    title="A case that is before the courts",
    subject="The law",
    severity=Severity.BLOCK,
    cites=authorities.CONTEMPT,
    advice="Say no more than that somebody was arrested, charged or is on trial, and for what.",
    find=what_prejudices_a_case,
    wrong=(
        _at(CaseStage.ARRESTED, "We arrested Ben Example in Oldermoor", "A name."),
        _at(CaseStage.CHARGED, "A prolific shoplifter has been charged", "A record."),
        _at(CaseStage.ARRESTED, "The thief is in our cells", "Guilt."),
        _at(CaseStage.ON_TRIAL, "CCTV shows him leaving the shop", "Evidence."),
        _at(CaseStage.ARRESTED, "One man arrested in Saltmere", "A picture.", pictures=1),
    ),
    right=(
        _at(CaseStage.ARRESTED, "A 34-year-old man from Oldermoor was arrested for theft"),
        _at(
            CaseStage.CHARGED,
            "Ben Example was charged with theft",
            "Naming was decided by those who may.",
            is_naming_decided=True,
        ),
        _at(CaseStage.SENTENCED, "The thief was jailed for two years", "The case is over."),
        _at(CaseStage.CONVICTED, "A man was found guilty of theft at Kingsmarl Crown Court"),
        _at(CaseStage.CHARGED, "A man will appear at Saltmere Magistrates' Court on Monday"),
    ),
    is_legal=True,
)


def case_words(case: Case) -> Iterator[Span]:
    """A record or guilt, beside words of arrest, charge or court. `case-stage` has active cases."""
    stage = case.post.case.stage
    if stage.is_active or stage in {CaseStage.SENTENCED, CaseStage.ENDED}:
        return
    if not PROCEEDINGS.occur(case) or JUDGED.search(case.reading.plain):
        return
    for start, end in apart(case.place(*found.span()) for found in BAD_CHARACTER.found(case)):
        yield Span(
            start,
            end,
            "This tells what somebody has done before, in a case that may be open.",
            "Take out what the person has done before, or is known for.",
            confidence=0.7,
        )
    for start, end in apart(case.place(*found.span()) for found in GUILT.found(case)):
        yield Span(
            start, end, "This says that somebody did it, before the court decides.", confidence=0.7
        )


CASE_WORDS: Final = Rule(
    id="case-words",
    title="Guilt or a record, before the court decides",
    subject="The law",
    severity=Severity.NEEDS_REASON,
    cites=authorities.CASE_WORDS,
    advice="Write “a man” and “on suspicion of”: only a court finds somebody guilty.",
    find=case_words,
    wrong=tweets(
        "Regular trouble maker arrested in Brackenford this morning",
        "We caught the burglar! He is in custody in Kingsmarl.",
        "A man who is well known to police has been charged with theft",
        "Two shoplifters arrested in Saltmere",
    ),
    right=tweets(
        "A man has been arrested on suspicion of burglary in Kingsmarl",
        "A prolific burglar from Saltmere was jailed for four years",
        "Burglars look for open windows. Shut yours.",
        "He was found not guilty at Oldermoor Crown Court",
    ),
    answers=(
        "The court has already sentenced the person",
        "It is about nobody in particular",
        "Comms has agreed these words",
    ),
)


def case_without_a_stage(case: Case) -> Iterator[Span]:
    """The first word of arrest, charge or court, where nothing was declared about the case."""
    if case.post.case.stage is not CaseStage.NONE:
        return
    first = min(PROCEEDINGS.found(case), key=lambda found: found.start(), default=None)
    if first:
        start, end = case.place(*first.span())
        yield Span(start, end, "This seems to be about a case: say how far it is.", confidence=0.7)


CASE_STAGE_UNKNOWN: Final = Rule(
    id="case-stage-unknown",
    title="How far is the case?",
    subject="The law",
    severity=Severity.ADVISE,
    cites=authorities.CONTEMPT,
    advice="Choose a category such as Arrest or Court result, and declare how far the case is.",
    find=case_without_a_stage,
    wrong=tweets(
        "Two men arrested in Oldermoor on suspicion of theft",
        "A woman has been charged with burglary in Saltmere",
        "A man will appear at Kingsmarl Magistrates' Court tomorrow",
    ),
    right=(
        _at(CaseStage.ARRESTED, "Two men arrested on suspicion of theft", "The stage is declared."),
        *tweets(
            "Our surgery is at Court Farm on Saturday",
            "It takes your breath away. You will not be charged for parking.",
        ),
    ),
    reads=OWN_WORDS,
)
