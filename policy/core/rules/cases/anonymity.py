"""People whom the law keeps unknown: victims of sexual offences, and those under 18."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import TEXT_ONLY, Case, Example, Rule, Span
from policy.core.rules.cases.names import names_in
from policy.core.rules.phrases import pattern
from policy.core.types import CaseFacts, CaseStage, Offence, Post, Severity

_RELATIVE: Final = (
    r"(?:step|grand|god|half|foster|ex)? ?(?:daughter|son|wife|husband|partner|girlfriend|boyfriend"
    r"|niece|nephew|sister|brother|mother|father|mum|dad|mummy|daddy|uncle|aunt|auntie|cousin|child"
    r"|children|parents?|spouse|fianc[eé]e?|ex)"
)
_RELATION: Final = pattern(
    rf"(?:his|her|their|victim's|(?:wo)?man's|(?:girl|boy|child|woman|teenager)'s|own) (?:own "
    rf"|former |estranged"
    rf" |late |younger |older |elder |little |young )?{_RELATIVE}",
    rf"{_RELATIVE} of (?:the )?(?:victim|defendant|man|woman|offender|suspect|accused)",
    r"(?:a|his|her|their|the|close|young) (?:family member|relative|lodger|neighbour|babysitter"
    r"|nanny|pupil"
    r"|student|patient|colleague|employee|housemate|flatmate|tenant|teacher|tutor|coach|carer|boss"
    r"|employer|landlord|childminder|former partner|family friend)s?",
    r"(?:were|are|was) (?:related|married|in a relationship|known to each other|cousins|siblings)",
    r"(?:within|in) (?:the|her|his|their) (?:own )?family",
    r"incest\w*",
    r"domestic (?:rape|sexual)",
)
_SCHOOL: Final = pattern(
    r"(?:pupil|student|studying|boarder|sixth former|year \d{1,2}) (?:at|of|from|in)|(?:at"
    r"|near|attends?|outside|from|of) (?:[\w']+ ){0,4}?(?:schools?|academy|college|university"
    r"|nursery|sixth form|pre ?school|playgroup|kindergarten)|(?:his|her"
    r"|their) (?:old )?(?:school|college|university|class|nursery)|school(?:girl|boy"
    r"|children)s?|classmates?"
)
_WORK: Final = pattern(
    r"(?:works?|worked|working|employed|employee|volunteer\w*|trainee|apprentice"
    r"|volunteers?) (?:at|for|in|of)|(?:colleague|member of staff|staff member|nurse|barmaid"
    r"|barman|receptionist|cleaner|teacher|waitress|waiter|carer) (?:at|in|from|of)|(?:his|her"
    r"|their) (?:work ?place|place of work|office|job|shift|employer|boss|work)"
)
_STREET: Final = regex.compile(
    # Longer than any name: without an end a row of "O'O'O'" is walked again from each letter.
    r"(?:\b\d{1,4}[A-Za-z]?\s)?\b\p{Lu}[\p{L}'-]{1,30}+(?:\s\p{Lu}[\p{L}'-]{1,30}+){0,2}\s(?:Road|Rd"
    r"|Street|St|Lane|Ln|Avenue|Ave|Drive|Close|Crescent|Grove|Terrace|Court|Way|Gardens|Mews"
    r"|Place|Walk|Row|Hill|Park|Green|Square|Rise|Parade)\b"
)
_COURT: Final = regex.compile(r"\b(?:Crown|Magistrates'?|Youth|County|High)\sCourt$")
_AGE: Final = regex.compile(
    r"\b(?:aged?\s\d{1,2}|\d{1,2}[ -]?(?:year|yr|month)s?[ -]?old|\d{1,2}\s?yo"
    r"|(?<=,\s)\d{1,2}(?=,|\s(?:from|of|in)))\b"
)
_PLACE: Final = regex.compile(
    r"\b(?:from|in|of|at|near)\s(?:the\s)?(?:#)?(?!January|February|March|April|May|June|July"
    r"|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday"
    r"|Saturday|Sunday)\p{Lu}\p{Ll}+|#\p{Lu}\p{Ll}+"
)
# Somebody who is arrested or in court is not the victim.
_ACCUSED_AFTER: Final = regex.compile(
    r"^[^.!?\n]{0,60}?\b(?:arrested|charged|jailed|sentenced|convicted|remanded|guilty|bailed"
    r"|in\scourt|court|detained|in\scustody|on\strial|appear\w*|accused)\b"
)
_ACCUSED_BEFORE: Final = regex.compile(
    r"\b(?:arrested|charged|jailed|sentenced|convicted|remanded|detained|accused)\s(?:\w+\s){0,3}$"
)
_VICTIM: Final = regex.compile(
    r"\b(?:victim|raped|assaulted|attacked|abused|groomed|raping|assaulting)\b"
)


def _ages_of_victims(case: Case) -> Iterator[tuple[int, int]]:
    plain = case.reading.plain
    if not _PLACE.search(case.reading.folded.text):
        return
    for found in _AGE.finditer(plain, timeout=case.deadline.remaining()):
        before = plain[max(0, found.start() - 60) : found.start()]
        after = plain[found.end() : found.end() + 80]
        accused = _ACCUSED_AFTER.match(after)
        is_accused = bool(_ACCUSED_BEFORE.search(before)) or (
            accused is not None and not _VICTIM.search(accused.group())
        )
        if not is_accused:
            yield found.span()


def _details(case: Case) -> Iterator[tuple[int, int, str]]:
    plain = case.reading.plain
    facts = case.post.case
    if not facts.is_naming_decided:
        for start, end in names_in(case):
            yield start, end, "a name"
    for start, end in _ages_of_victims(case):
        yield start, end, "an age and a place"
    for found in case.matches(_STREET):
        if not _COURT.search(found.group()):
            yield *found.span(), "a street"
    for what, words in (
        ("a relation", _RELATION),
        ("a school", _SCHOOL),
        ("a place of work", _WORK),
    ):
        for found in words.finditer(plain, timeout=case.deadline.remaining()):
            yield *found.span(), what


def what_identifies_a_victim(case: Case) -> Iterator[Span]:
    """Names, ages with a place, streets, schools, relations and work, in a sexual offence."""
    if case.post.case.offence is not Offence.SEXUAL:
        return
    floor = 0
    for start, end, what in sorted(_details(case), key=lambda detail: (detail[0], -detail[1])):
        begin, stop = case.place(start, end)
        if begin >= floor and stop > begin:
            floor = stop
            yield Span(begin, stop, f"This gives {what}, by which a victim may be recognised.")


def _sexual(text: str, note: str = "", stage: CaseStage = CaseStage.CHARGED) -> Example:
    return Example(Post(text, case=CaseFacts(stage=stage, offence=Offence.SEXUAL)), note=note)


SEXUAL_OFFENCE_ANONYMITY: Final = Rule(
    id="sexual-offence-anonymity",
    title="A victim who may never be known",
    subject="The law",
    severity=Severity.BLOCK,
    cites=authorities.ANONYMITY,
    advice="Take it out: victims of sexual offences stay unknown for life. Ask comms.",
    find=what_identifies_a_victim,
    wrong=(
        _sexual("A man was charged with raping his step-daughter", "A relation."),
        _sexual("A woman, 23, from Saltmere was raped on Friday", "An age and a place."),
        _sexual("The victim is a pupil at Foxhollow Academy", "A school."),
        _sexual("Ann Sample was attacked in 2019", "A name.", CaseStage.ENDED),
        _sexual("It happened at a house in Mill Lane", "A street."),
    ),
    right=(
        _sexual("A man has been charged with a sexual offence"),
        _sexual("A 45-year-old man from Oldermoor was charged with rape", "Not the victim's age."),
        Example(Post("A woman, 23, from Saltmere was robbed on Friday"), note="No sexual offence."),
        _sexual("A man will appear at Kingsmarl Crown Court on Monday"),
    ),
    is_legal=True,
)

_FROM_WANTED_ON: Final = frozenset(
    {stage for stage in CaseStage if stage.is_active} | {CaseStage.SENTENCED, CaseStage.ENDED}
)


def somebody_under_18(case: Case) -> Iterator[Span]:
    """The whole text, where somebody under 18 was declared to be part of a case."""
    facts = case.post.case
    if not facts.under_18 or facts.stage not in _FROM_WANTED_ON:
        return
    if case.post.category == "missing-person" and not facts.stage.is_active:
        return
    yield Span(0, len(case.reading.raw), "Somebody under 18 is part of this case.")


def _young(text: str, stage: CaseStage, note: str = "", category: str = "") -> Example:
    facts = CaseFacts(stage=stage, under_18=True)
    return Example(Post(text, category=category, case=facts), note=note)


UNDER_18_IN_A_CASE: Final = Rule(
    id="under-18-in-a-case",
    title="Somebody under 18 in a case",
    subject="The law",
    severity=Severity.BLOCK,
    cites=authorities.UNDER_18,
    advice="Do not post this: call comms.",
    find=somebody_under_18,
    wrong=(
        _young("Two arrested in Saltmere for theft", CaseStage.ARRESTED),
        _young("Three will appear in court in Kingsmarl", CaseStage.CHARGED),
        _young(
            "Have you seen Amy Sample?",
            CaseStage.WANTED,
            "An appeal for somebody who is wanted is none for a missing child.",
            "missing-person",
        ),
    ),
    right=(
        _young("Have you seen Amy Sample?", CaseStage.NONE, "A missing child.", "missing-person"),
        _young("A bike was stolen in Oldermoor", CaseStage.REPORTED, "Nobody is arrested yet."),
        Example(
            Post(
                "Two arrested in Saltmere for theft",
                case=CaseFacts(stage=CaseStage.ARRESTED, under_18=False),
            ),
            note="Everyone is 18 or older.",
        ),
    ),
    reads=TEXT_ONLY,
    is_legal=True,
)
