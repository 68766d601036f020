"""Numbers and addresses that lead to a person: phones, mail, postcodes, cards, plates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules import authorities
from policy.core.rules.base import (
    MAY_OVERRIDE,
    Case,
    Example,
    Param,
    ParamKind,
    Rule,
    Span,
    tweets,
)
from policy.core.rules.details.base import Detail, apart, before
from policy.core.rules.details.mail import mail_addresses
from policy.core.rules.details.money import money
from policy.core.rules.details.numbers import runs
from policy.core.rules.details.papers import papers
from policy.core.rules.details.phones import MOBILE, OWN_NUMBERS, phones
from policy.core.rules.details.plates import plates
from policy.core.rules.details.postcodes import postcodes
from policy.core.rules.details.streets import streets
from policy.core.rules.details.words import EVENT, HARM, HOME, LIVES_IN, VENUE
from policy.core.types import Post, Severity

_SOMEBODY: Final = r"""(?!who|if|anyone|someone|everyone|nobody|one|it|this|that|everybody|when
    |everyone|each|somebody|anybody)(?-i:\p{Lu}\p{Ll}++)"""
_CONDITION: Final = r"""(?:dementia|alzheimer\S*|schizophreni\w+|autis\w+|epilep\w+|diabetes|bipolar
    |depression|psychosis|hiv|cancer|learning\s(?:difficult\w+|disabilit\w+)|mental\shealth|adhd
    |asperger\S*|ptsd)"""
_ILLNESS: Final = regex.compile(
    rf"""(?ix)\b(?:(?:he|she)\s(?:[\w/]++\s){{0,6}}?|{_SOMEBODY}\s)
    (?:(?:suffers?\s(?:from|with)|has(?:\sbeen\sdiagnosed\swith)?|lives\swith|is\sliving\swith
        |needs\smedication\sfor)\s (?:\w++\s){{0,2}}?{_CONDITION}
      |is\s(?:known\sto\sbe\s)?(?:\w+ly\s)?(?:autistic|epileptic|diabetic|bipolar|schizophrenic|suicidal))
    \b(?!\s(?:awareness|week|charity|research|friend|training|support|hour|action))"""
)
# Each of the illnesses above holds one of these.
_ILLNESSES: Final = Stems(
    *("dement", "alzh", "schiz", "autis", "epil", "diab", "bipol", "depress", "suicid", "psych"),
    *("hiv", "cancer", "learning", "mental", "adhd", "asperg", "ptsd"),
)


def personal_identifiers(case: Case) -> Iterator[Span]:
    """Everything that leads to one person, each place once."""
    for detail in apart(_details(case)):
        replacements = (case.pack.reporting.non_emergency,) if detail.what == MOBILE else ()
        yield Span(
            *case.place(detail.start, detail.end),
            f"This looks like {detail.what}.",
            replacements=replacements,
            at_most=detail.at_most,
        )


def _details(case: Case) -> Iterator[Detail]:
    found = runs(case)
    if found:
        yield from phones(case, found)
    yield from money(case, found)
    yield from papers(case, found)
    yield from plates(case)
    yield from mail_addresses(case)
    yield from _homes(case)


def _homes(case: Case) -> Iterator[Detail]:
    reading = case.reading
    for start, end in postcodes(case):
        if reading.says_at(HOME, start) or reading.says_at(HARM, start):
            is_public = reading.says_at(EVENT, start) or reading.says_at(VENUE, start)
            at_most = Severity.NEEDS_REASON if is_public else None
            yield Detail(start, end, "the full postcode of somebody's home", at_most)
    for street in streets(case):
        if LIVES_IN.search(before(case, street.start, 40)):
            what = "the street that somebody lives in"
            yield Detail(street.start, street.end, what, Severity.NEEDS_REASON)
    if _ILLNESSES.are_in(reading):
        for found in case.matches(_ILLNESS):
            yield Detail(*found.span(), "somebody's state of health", Severity.NEEDS_REASON)


PERSONAL_IDENTIFIERS: Final = Rule(
    id="personal-identifiers",
    title="Somebody's personal details",
    subject="People and places",
    severity=Severity.BLOCK,
    cites=authorities.PERSONAL_DETAILS,
    advice="Take it out, and give the force's own number or page if people are to get in touch.",
    find=personal_identifiers,
    # Where it is less certain the officer is only asked.
    answers=(
        "It is an organisation's own number or address",
        "It is an appeal about this vehicle",
        "They asked us to publish it",
    ),
    wrong=(
        *tweets(
            "If you see him ring his mum on 07700 900123",
            "Lost bag handed in. Owner: j.sample@gmail.com",
            "Witness lives at ST16 3AA and saw it all",
            "Charged today: Oldermoor man, D.O.B: 1st Feb 1990",
            "Driver was in AB12 CDE and had no insurance",
            "Card 4111 1111 1111 1111 was used in Saltmere",
            "Found: a letter with NHS no 943 476 5919 on it",
        ),
        Example(
            Post("call oh seven seven double oh nine hundred one two three"),
            note="A number in words is still a number.",
        ),
        Example(
            Post("Stolen in Foxhollow: a red moped, reg Q123 ABC. Seen it? Call 101"),
            note="In an appeal about the vehicle the officer is only asked.",
        ),
    ),
    right=(
        *tweets(
            "Call us on 0345 113 5000, or Crimestoppers anonymously on 0800 555 111",
            "Quote ref 5221099787 when you call 101. Log 541 of 6 July refers",
            "Write to oldermoor.team@marlshire.example.org to join the watch",
            "The A34 and M62 are busy. Surgery on 29 May at Oldermoor Library, ST16 3AA",
            "Call the incident room on 01632 960123 if you saw the collision",
        ),
        Example(
            Post("Text the Brackenford team on 07700 900123"),
            note="The sentence says that the number is the team's.",
        ),
        Example(
            Post("Reference 20WS/267615R/20 or CAD5058/29Jun, please. Thanks @AB12CDE"),
            note="References and handles are no registrations.",
        ),
    ),
    overridable_by=MAY_OVERRIDE,
    params={
        OWN_NUMBERS: Param("Numbers of the force's own that may be given", ParamKind.WORDS, ())
    },
)

RULES: Final[tuple[Rule, ...]] = (PERSONAL_IDENTIFIERS,)
