"""Children who could be recognised by a name, a street, a school or a relation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Reading, Stems
from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Rule, Span, tweets
from policy.core.rules.people.persons import Person, persons
from policy.core.rules.people.surroundings import RELATION, SCHOOL, SENTENCE, STREET
from policy.core.types import Post, Severity

_FLAGS: Final = regex.IGNORECASE | regex.VERBOSE
_TEENS: Final = r"(?:1[0-7]|[1-9]|0?[1-9])"
_SPELLED: Final = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen)"
)
# What has an age besides people.
_THINGS: Final = r"""(?!\s(?:\w+\s)?(?:case|burglary|murder|crime|car|vehicle|van|dog|cat|horse|bike
    |motorbike|investigation|mystery|record|tradition|building|house|ford|vauxhall|bmw|audi|vw|golf
    |mercedes|toyota|nissan|renault|peugeot|scheme|law|warrant|offence|assault|robbery)\b)"""
# One child, by an age below 18 or by a word; groups of children stand for nobody.
_AGE: Final = rf"""
    \b(?:{_TEENS}|{_SPELLED})[- ]?(?:(?:year|yr|month|week|day)s?[- ]?old|y/?o)\b {_THINGS}
  | \b(?:{_TEENS}|{_SPELLED})[- ]year[- ]olds\b(?=.{{0,30}}\b(?:arrest|charg|stab|attack|injur))
  | \baged?\s(?:just\s|only\s|of\s)?(?:{_TEENS}|{_SPELLED})\b
    (?!\s?(?:-|to|and\s(?:over|above|under|below)|or\s|\+|%|\d))
  | \bin\s(?:year|yr)\s(?:[1-9]|1[0-3])\b(?=\s(?:at|who|has|was|and|[a-z]+ed\b)|[.,!])
  | \b(?:boy|girl|child)\sof\s(?:just\s)?(?:{_TEENS}|{_SPELLED})\b
  | \bwho\s(?:is|was)\s(?:just\s|only\s|aged\s)?{_TEENS}(?=[,.!]|\s(?:and|has|was)\b)
  | \b(?:man|woman|male|female|lad|youth|suspect|driver|rider|victim|teen|cyclist|pedestrian
      |passenger|student|pupil),?\s\(?(?:aged\s)?{_TEENS}\)?(?=[,.)]|\s(?:from|of|was|has)\b)
"""
_CHILD_WORD: Final = r"""
    \b(?:school(?:boy|girl|child|kid)|toddler|(?:new[- ]?born\s)?baby(?:\s(?:boy|girl))?|infant
    |(?<!\bold\s)(?:boy|girl)(?!friend|\s(?:guid|scout)|\s?band|\sracer|s\b)|teenager
    |teenaged?\s(?:boy|girl|son|daughter|victim|suspect)
    |(?:the|a|one|another|local|missing|arrested|young|this|their|our)\s(?:\w+\s)?
      (?:child|pupil|youth|juvenile|youngster|teen)
    |(?<=(?:^|[.!?:]\s))(?:teen|juvenile|child|youth|pupil|minor)
    |(?:year|yr)\s(?:[1-9]|1[0-3])\s(?:pupil|student|boy|girl))\b
    (?!\s(?:safety|protection|abuse|sexual|exploitation|seats?|care|services|centre|club|theft
      |shower|bank|court|offending|justice|engagement|worker|group|car|crossing|clothes
      |food|milk|formula|monitor|cancer))
"""
# All of them begin with a letter or a figure, so they are tried only where a word begins.
_CHILD = regex.compile(rf"\b(?=\w)(?:{_AGE}|{_CHILD_WORD})", _FLAGS)
# Without one of these, or an age, there is no child in the text, and no pattern needs to run.
_HINTS: Final = Stems(
    *("boy", "girl", "child", "pupil", "teen", "baby", "toddler", "infant", "youth", "juvenile"),
    *("young", "minor", "student", "kid", "in year ", "in yr "),
)
_AGED = re.compile(r"(?:year|yr|month|week|day)s?[- ]?old|y/?o(?![a-z])|(?<![a-z])aged?\s")
# With an age in figures behind them: "a driver, 16", "who is 15".
_WITH_FIGURES: Final = Stems(
    *("man", "male", "driver", "rider", "victim", "cyclist", "pedestrian", "passenger", "lad"),
    *("suspect", "who "),
)
_YOUNG = regex.compile(r"(?<!\d)(?:1[0-7]|0?[1-9])(?!\d)")
_FEW = regex.compile(
    r"""\b(?:two|three|four|five|six|both|group\sof|some|several|[2-9])\s(?:\w+\s){0,2}?
    (?:boys|girls|pupils|children|youths|teenagers|teens|juveniles|schoolboys|schoolgirls|students
    |school\s?children)\b""",
    _FLAGS,
)
# Of a school not even a group of children may be told of; of a street it may.
_MANY = regex.compile(
    r"""\b(?:youths|pupils|teenagers|teens|juveniles|schoolboys|schoolgirls|school\s?children
    |1[0-7][- ]year[- ]olds)\b""",
    _FLAGS,
)
_CHILDREN_BEFORE = regex.compile(
    r"(?i)\b(?:pupils?|school ?children|children|boys|girls|kids|youngsters|twins)[,:]? "
    r"(?:\p{L}++ (?:and|&) )?$"
)
_CHILDREN = Stems(
    *("boys", "girls", "pupil", "children", "youth", "teen", "juvenile", "student", "year")
)
_TROUBLE = regex.compile(
    r"""\b(?:arrest\w*|charged|caught|detained|nicked|court|suspect\w*|stabb\w*|assault\w*|attack\w*
    |injur\w*|robb\w*|stole|stealing|stopped|spoken\sto|victims?|missing|found|abus\w*|rape\w*|died
    |killed|struck|hit|custody|knife|drugs|cannabis|vandal\w*|identified|smash\w*|responsible
    |community\sresolution|reported|shoplift\w*|burglar\w*|bull(?:y|ied|ying)|threaten\w*)\b""",
    _FLAGS,
)
_AGE_AFTER = regex.compile(
    r"(?:,|'s|,?\swho(?:'s|\sis)|\sis|\swas)?\s\(?(?:just\s|only\s)?(?:aged?\s)?(\d{1,2})"
    r"(?:\s?yrs?|\s?y/?o)?\b"
    r"(?!\s?(?:years?|yrs?)\s(?:a|an|as|in|of|on|with|service|later|ago)\b)"
    r"(?!\s?(?:[ap]m\b|:|\d|[-/%]|st\b|nd\b|rd\b|th\b|\p{Lu}\p{L}++\s\p{Lu}))"
)
_AGE_AHEAD = regex.compile(r"(?i)\b(\d{1,2})[- ]?(?:(?:year|yr)s?[- ]?old|y/?o),?\s(?:\w+\s){0,2}$")
_GUILTY_AFTER = regex.compile(
    r"(?i)\s(?:was|is|has been|who was|appeared|admitted|pleaded)?\s?"
    r"(?:jailed|sentenced|convicted|charged|guilty|imprisoned|wanted|remanded)\b"
)
_OF_BEFORE = regex.compile(r"(?i)\b(?:death|murder|killing|stabbing|shooting|attack) (?:of|on) $")
_REACH: Final = 160


def _may_tell_of_a_child(reading: Reading) -> bool:
    if _HINTS.are_in(reading) or _AGED.search(reading.plain) is not None:
        return True
    return _WITH_FIGURES.are_in(reading) and _YOUNG.search(reading.folded.text) is not None


def _age_of(text: str, person: Person) -> int | None:
    """The age told right after or right before the name."""
    age = _AGE_AFTER.match(text, person.end) or _AGE_AHEAD.search(
        text[max(0, person.start - 40) : person.start]
    )
    return int(age[1]) if age else None


def _is_somebody_else(text: str, person: Person) -> bool:
    """Whether the child in the same sentence is another: the offender's or the suspect's."""
    before = text[max(0, person.start - 40) : person.start]
    return bool(_GUILTY_AFTER.match(text, person.end) or _OF_BEFORE.search(before))


def _is_among_children(text: str, person: Person) -> bool:
    return _CHILDREN_BEFORE.search(text, max(0, person.start - 40), person.start) is not None


def _named_children(case: Case, signs: list[regex.Match[str]]) -> Iterator[Span]:
    text = case.reading.folded.text
    sentences: list[tuple[int, int]] | None = None
    for person in persons(case):
        age = _age_of(text, person)
        is_child = age is not None and age < 18
        if age is None and not _is_somebody_else(text, person):
            if sentences is None:
                sentences = [found.span() for found in case.matches(SENTENCE)]
            is_child = _is_among_children(text, person) or any(
                start <= person.start < end and any(start <= sign.start() < end for sign in signs)
                for start, end in sentences
            )
        if is_child:
            start, end = case.place(person.start, person.end)
            yield Span(
                start,
                end,
                f"You seem to name a child: {person.text}.",
                confidence=person.confidence,
            )


def recognisable_children(case: Case) -> Iterator[Span]:
    """Children with a name, or with a street, a school or a relation near them."""
    text = case.reading.folded.text
    signs = list(case.matches(_CHILD)) if _may_tell_of_a_child(case.reading) else []
    spans = list(_named_children(case, signs))
    yield from spans
    if spans:
        return
    groups: list[regex.Match[str]] = []
    if _CHILDREN.are_in(case.reading) and _TROUBLE.search(text):
        signs += case.matches(_FEW)
        groups += case.matches(_MANY)
    for pattern, what, who in (
        (STREET, "street", signs),
        (SCHOOL, "school", signs + groups),
        (RELATION, "family", signs),
    ):
        for found in case.matches(pattern) if who else ():
            if any(abs(sign.start() - found.start()) < _REACH for sign in who):
                start, end = case.place(*found.span())
                yield Span(
                    start,
                    end,
                    f"With the {what} (“{found.group().strip()}”) people may recognise a child.",
                    confidence=0.6,
                )


JUVENILE_IDENTIFIED: Final = Rule(
    id="juvenile-identified",
    title="A child who could be recognised",
    subject="People",
    severity=Severity.NEEDS_REASON,
    cites=authorities.CHILDREN,
    advice="Leave out whatever could tell who the child is: name, street, school, family.",
    find=recognisable_children,
    wrong=tweets(
        "Have you seen Amy Fictional, 14, missing from Saltmere?",
        "A 15-year-old boy was arrested in Mill Lane, Brackenford, last night",
        "A pupil at Oldermoor High School was caught with a knife",
        "A man from Kingsmarl was charged with assaulting his 6-year-old daughter",
        "12yo boy stabbed outside Saltmere Academy",
        "Well done to schoolgirl Zara Sample, who found the purse",
    ),
    right=(
        *tweets(
            "A 15-year-old boy from Oldermoor was arrested for burglary last night",
            "Year 5 pupils at Saltmere Primary School asked us brilliant questions today",
            "Ann Sample, 34, was jailed for assault",
            "Slow down on Mill Lane: children are walking to school",
            "Free swimming for under 16s at Foxhollow pool this summer",
        ),
        Example(
            Post("Cadets are open to young people aged 13 to 17 in Brackenford"),
            note="Young people as a group stand for nobody.",
        ),
    ),
    answers=(
        "The parents agree and the safeguarding board allows it",
        "It is part of an open appeal for a missing child",
        "Nobody could tell who the child is",
        "This is an adult",
    ),
)
