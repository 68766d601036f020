"""Names of offenders, and of anyone else who is neither an officer nor in public office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Rule, Span, tweets
from policy.core.rules.people.persons import Person, persons
from policy.core.types import Post, Severity

_REACH: Final = 60
_FLAGS: Final = regex.IGNORECASE | regex.VERBOSE

_CRIME = regex.compile(
    r"""\b(?:arrest\w*|charged|charges|jail\w*|prison\w*|sentenc\w*|convict\w*|guilty|remand\w*
    |bail\w*|in\scustody|in\sour\scells|court|magistrates?|crown\scourt|wanted|suspect\w*
    |offend(?:er|ers|ed|ing)|burglar\w*|robber\w*|thug\w*|thief|thieves|dealers?|killers?
    |murderers?|rapists?|p(?:a)?edophiles?|fraudsters?|stalkers?|fugitives?|absconde\w*|nicked
    |imprison\w*|locked\sup|behind\sbars|ban(?:ned)?\sfrom|disqualified|warrants?|prosecut\w*|fined
    |pleaded|admitted|speak\sto\s(?:him|her|them)|in\sconnection\swith|on\ssuspicion|recalled
    |escap(?:e|ed|ing)|breach\w*|abus(?:er|ers)|gunm[ae]n|knifem[ae]n|shoplift\w*|terroris[mt]\w*
    |failed\sto\s(?:appear|attend)|identified\sas\sthe|dna\smatch|injunction|criminal\sbehaviour
    |cbo|trace\s\w+\s\w+\sas\spart\sof|investigation\sinto)\b""",
    _FLAGS,
)
_VICTIM_BEFORE = regex.compile(
    r"""\b(?:murder|death|killing|manslaughter|disappearance|loss|memory|body|rape|stabbing|shooting
    |assault|attack|family|families|parents|relatives|friends|mother|mum|father|dad|brother|sister
    |son|daughter|wife|husband|partner|kidnap(?:ping)?|abduction)\s(?:of|on|is)\s(?:[\w'-]+\s){0,3}$
    |\b(?:victims?|missing|tributes?\sto|justice\sfor|murdered|killed|murdering|killing|attacking
    |assaulting|stabbing|robbing|raping|shot|witness|hero|pedestrian|cyclist)[,:]?\s
    (?:is\s|was\s|as\s|man\s|woman\s|boy\s|girl\s|person\s|teenager\s|named\s|[-|]\s){0,3}
    (?:\d+[\w-]*\s){0,2}$""",
    _FLAGS,
)
_VICTIM_AFTER = regex.compile(
    r"""(?:,?\s(?:aged\s)?\d{1,2},?)?(?:\sfrom\s\w+,?)?\s?(?:
      's\s(?:famil\w+|parents|mum|mother|dad|father|death|murder|body|loved|killers?|disappearance)
    | ,?\s(?:who\s)?(?:has\s|had\s|have\s)?(?:died|suffered|lost|went\smissing|gone\smissing)
    | ,?\s(?:who\s)?(?:was|has\sbeen|is|were)\s(?:\w+\s)?(?:killed|murdered|stabbed|shot|found
      |missing|attacked|assaulted|robbed|raped|hit|struck|last\sseen|injured|awarded|safe))\b""",
    _FLAGS,
)
_AGE = regex.compile(r",?\s\(?(?:aged\s)?(\d{1,2})\)?(?=[,.;\s)])")
_AGE_BEFORE = regex.compile(r"(?i)\b(\d{1,2})[- ]?(?:year|yr)s?[- ]old\s(?:\w+\s)?$")
_FROM = regex.compile(
    r"(?:,?\s\(?(?:aged\s)?\d{1,2}\)?)?,?\s(?:from|of)\s#?(\p{Lu}[\p{L}'\-]++)"
    r"(?!\s(?:Road|Street|Lane|Avenue|Close|Drive|Way|Terrace|Court|Place|Crescent|Grove|Gardens|Rd|St)\b)"
)
_CHILD = regex.compile(
    r"(?i)\b(?:boy|girl|child|pupil|schoolboy|schoolgirl)\b|\b(?:[1-9]|1[0-7])[- ]?(?:year|yr|yo\b)"
    r"|,\s(?:aged\s)?(?:[1-9]|1[0-7])\b(?![:.]\d)"
)
_HE = regex.compile(
    r"\b(?:he|his|him|himself|man|men|boy|father|dad|son|brother|husband|mr)\b", regex.I
)
_SHE = regex.compile(
    r"\b(?:she|her|hers|herself|woman|girl|mother|mum|daughter|sister|wife|mrs|ms|miss)\b", regex.I
)
_ARTICLE_BEFORE = regex.compile(
    r"(?i)(?:\bold\s|\b(?:an?|the|this|wanted|missing|\w+'s)\s(?:\w+\s)?)$"
)


def _is_offender(case: Case, person: Person) -> bool:
    text = case.reading.folded.text
    before = text[max(0, person.start - _REACH) : person.start]
    if _VICTIM_BEFORE.search(before) or _VICTIM_AFTER.match(text, person.end):
        return False
    return _CRIME.search(text) is not None


def _someone(text: str, person: Person) -> str:
    """“man”, “woman”, “boy”, “girl” or “person”, as the words around the name say."""
    is_he, is_she = bool(_HE.search(text)), bool(_SHE.search(text))
    if is_he == is_she:
        return "person"
    is_child = _CHILD.search(text) is not None
    return ("boy" if is_child else "man") if is_he else ("girl" if is_child else "woman")


def _described(text: str, person: Person) -> str:
    """The person in the words that the guidance allows: age, and the town where it is told."""
    someone = _someone(text, person)
    age = _AGE.match(text, person.end) or _AGE_BEFORE.search(
        text[max(0, person.start - _REACH) : person.start]
    )
    town = _FROM.match(text, person.end)
    words = f"{age[1]}-year-old {someone}" if age else someone
    return f"{_article(words)} {words}{f' from {town[1]}' if town else ''}"


def _article(words: str) -> str:
    return "an" if words.startswith(("8", "11-", "18-")) else "a"


def _nameless(text: str, person: Person) -> tuple[str, ...]:
    """What can stand in place of the name, so that the sentence goes on."""
    before = text[max(0, person.start - _REACH) : person.start]
    someone = _someone(text, person)
    if _AGE_BEFORE.search(before):
        return (someone,)
    if _ARTICLE_BEFORE.search(before):
        return ()
    starts = not before.strip() or before.rstrip()[-1:] in ".!?\n|:"
    return (f"{'A' if starts else 'a'} {someone}",)


def names_of_offenders(case: Case) -> Iterator[Span]:
    """People named where the text tells of a crime that they are linked to."""
    text = case.reading.folded.text
    for person in persons(case):
        if _is_offender(case, person):
            start, end = case.place(person.start, person.end)
            yield Span(
                start,
                end,
                f"You seem to name {person.text} in connection with a crime.",
                f"Take the name out. Say “{_described(text, person)}”.",
                replacements=_nameless(text, person),
                confidence=person.confidence,
            )


def names_of_others(case: Case) -> Iterator[Span]:
    """People named who are no officers and whom the text links to no crime of theirs."""
    text = case.reading.folded.text
    for person in persons(case):
        if not _is_offender(case, person):
            start, end = case.place(person.start, person.end)
            yield Span(
                start,
                end,
                f"You seem to name {person.text}.",
                replacements=_nameless(text, person),
                confidence=person.confidence,
            )


NAME_OFFENDER: Final = Rule(
    id="name-offender",
    title="The name of a suspect or an offender",
    subject="People",
    severity=Severity.NEEDS_REASON,
    cites=authorities.OFFENDERS,
    advice="Do not name offenders or suspects. Say the age, sex and town instead.",
    find=names_of_offenders,
    wrong=tweets(
        "Ann Sample, 34, of Oldermoor, was jailed today for burglary",
        "john smith was jailed today",
        "JOHN SMITH WAS JAILED TODAY",
        "J. Smith, of Saltmere, jailed for two years",
        "Jo\u200bhn Sm\u200bith jailed for burglary",
        "Have you seen wanted man Tariq Example? Call 101.",
        "J0hn Sm1th was sentenced for fraud in Kingsmarl",
    ),
    right=(
        *tweets(
            "A 34-year-old man from Oldermoor was jailed today for burglary",
            "PC Ann Sample and Sgt Bob Sample arrested a man in Brackenford last night",
            "A regular visitor to Kingsmarl Magistrates' Court was back before it on Friday",
            "Operation Grace Kelly: six arrests in Foxhollow",
        ),
        Example(
            Post("Have you seen Ann Sample from Saltmere? She has been missing since Friday."),
            note="A missing person is no offender; another rule asks about the name.",
        ),
    ),
    answers=(
        "The force has published this name after the court's decision",
        "This is an officer or someone in public office",
        "This is not a person's name",
    ),
)

NAME_PRIVATE_PERSON: Final = Rule(
    id="name-private-person",
    title="The name of a person",
    subject="People",
    severity=Severity.NEEDS_REASON,
    cites=authorities.OTHER_PEOPLE,
    advice="Ask whether they agree to be named, or leave the name out.",
    find=names_of_others,
    wrong=tweets(
        "Have you seen Amy Fictional, 14, missing from Saltmere?",
        "M1SSING: Amy Fictional",
        "Thank you to Mrs Patel of Brackenford for the cake",
        "It is a year since the murder of Daniel Sample in Kingsmarl",
        "Henry, 92, who went missing from Foxhollow, has been found safe and well",
    ),
    right=(
        *tweets(
            "PCSO Jane Example will be at the library on Saturday",
            "Happy St George's Day from the Oldermoor team",
            "Chief Constable Ann Sample and Mayor Bob Sample opened the new station",
            "In trouble on a night out? Ask for Angela at the bar.",
            "Harper Road and Victoria Park are busy today. Beat the burglar: lock up.",
        ),
        Example(
            Post("Police dog Rex and PD Molly found the missing walker near Saltmere"),
            note="The force's animals may be named.",
        ),
    ),
    answers=(
        "They agree to be named",
        "They are an officer or in public office",
        "It is part of an appeal that comms has published",
        "This is not a person's name",
    ),
)
