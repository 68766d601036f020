"""Victims of sexual offences, who stay unknown for life: a name, or what adds up to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from policy.core.reading import Stems
from policy.core.rules import authorities
from policy.core.rules.base import Case, Example, Rule, Span, tweets
from policy.core.rules.people.persons import persons
from policy.core.rules.people.surroundings import RELATION, SCHOOL, STREET
from policy.core.types import Post, Severity

_FLAGS: Final = regex.IGNORECASE | regex.VERBOSE

_OFFENCE = regex.compile(
    r"""\b(?:(?<!oilseed\s)rap(?:e|es|ed|ing|ist|ists)(?!\s?seed)|r[*@4]p(?:e|ed|ist)
    |sex(?:ual(?:ly)?)?[\s-](?:\w+\s)?(?:assault\w*|attack\w*|abus\w*|offen[cd]\w*|exploit\w*|touch\w*
      |harass\w*|violen\w*|activity|communication|predator|acts?|crimes?|images?|slavery|pest|beast
      |trafficking|workers?)
    |indecent(?:ly)?\s(?:assault\w*|exposure|images?|expos\w*|act)|incest|molest\w*|voyeur\w*|fgm
    |(?<!\bdog\s)groom(?:ing|ed|er|ers)(?!\s(?:parlour|salon|session|kit|business|van|products))
    |upskirt\w*|revenge\sporn\w*|intimate\simages?|grop(?:e|ed|ing)|child\s(?:abuse|porn\w*)|cse
    |p(?:a)?edophil\w*|sodom\w*|female\sgenital\smutilation|touched\sinappropriately|stealthing
    |inappropriate(?:ly)?\stouch\w*|exposed\s(?:him|her)self|(?:cyber-?)?flash(?:ed|er|ing)\sat
    |forced\sprostitution)\b""",
    _FLAGS,
)
# Each of the offences above holds one of these.
_OFFENCES: Final = Stems(
    *("rape", "rapi", "r*p", "r@p", "r4p", "sex", "indecen", "incest", "molest", "voyeur", "fgm"),
    *("groom", "upskirt", "revenge", "intimate", "grop", "child", "cse", "dophil", "sodom"),
    *("genital", "touch", "stealth", "exposed", "flash", "prostitut"),
)
_NUMBER: Final = r"""(?:
    \d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen
    |fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)"""
_OLD: Final = rf"\b{_NUMBER}[- ]?(?:(?:year|yr)s?[- ]?olds?|y/?o)"
_VICTIM: Final = r"""(?:
    victims?|survivors?|complainants?|wom[ae]n|females?|girls?|boys?|school(?:girl
    |boy)s?|child(?:ren)?|teen(?:ager)?s?|students?|pupils?|nurses?|joggers?|runners?|pensioners?
    |lad(?:y|ies)|lass(?:es)?|lads?|mum|mother|toddler|baby)"""
_DONE_TO: Final = r"""(?:
    against|of|on|rap(?:ed|ing)|assault(?:ed|ing)|attack(?:ed|ing)|abus(?:ed|ing)
    |groom(?:ed|ing)|touched)"""
_AGED_VICTIM = regex.compile(
    rf"""{_OLD}\s(?:\w+\s){{0,2}}?{_VICTIM}\b
      | \b{_VICTIM},?\s(?:(?:is|was|who\sis|who\swas)\s)?
        (?:aged?\s(?:just\s|only\s)?\d{{1,2}}|\(?\d{{1,2}}\)?(?=[,.)]|\sat\b|\son\b|\sin\b))
      | \b{_VICTIM}\s(?:who(?:m)?\s)?(?:he|she|they)\s{_DONE_TO}\s(?:is|was)\s
        (?:(?:only|just|aged)\s){{0,2}}\d{{1,2}}\b
      | \b{_DONE_TO}\s(?:an?\s)?{_OLD}\b(?!\s(?:\w+\s)?m[ae]n\b)""",
    _FLAGS,
)
_ROLE = regex.compile(
    r"""\b(?:student|nurse|teacher|pupil|barmaid|waitress|cleaner|carer|receptionist|jogger|trainee
      |apprentice|taxi\sdriver|shop\sworker|employee|colleague|resident|patient|parishioner|worker
      |neighbour|babysitter)s?\s(?:was|were|who\swas|at|from|of|in|on)\s
    | \b(?:his|her|their)\s(?:ex|former)?[- ]?(?:partner|girlfriend|boyfriend|wife|husband|neighbour
      |colleague|pupil|student|patient|friend|step\w+|employee|cousin|sister-in-law)\b
    | \b(?:who|and)\s(?:works?|worked|lives?|lived|studies|studied)\s(?:at|in|on|for)\s""",
    _FLAGS,
)
# Offers of help and of facts speak of nobody.
_HELP = regex.compile(
    r"""\b(?:if\syou(?:'ve|\shave|\sare|\swere)\s(?:been|experienc|a\svictim|affected|worried)
    |support\s(?:is|for)|helpline|sarc|we\sbelieve\syou|you\sare\snot\salone|awareness|referral\scentre
    |spot\sthe\ssigns|training|survivors'?\strust)\b""",
    _FLAGS,
)
_EVENT = regex.compile(
    r"""\b(?:was|were|been|arrest\w*|charged|jail\w*|convict\w*|sentenc\w*|guilty|attack(?:ed)?|court
    |appeal\w*|investigat\w*|reported|happened|witness\w*|victim|suspect|raped|following|after)\b""",
    _FLAGS,
)
_CASE = regex.compile(r"(?i)\b(?:arrest|jail|charg|convict|sentenc)")


def described_victims(case: Case) -> Iterator[Span]:
    """Whatever tells of one victim, in a text about a sexual offence that happened."""
    text = case.reading.folded.text
    if not _OFFENCES.are_in(case.reading):
        return
    if _OFFENCE.search(text) is None or _EVENT.search(text) is None:
        return
    for person in persons(case):
        start, end = case.place(person.start, person.end)
        yield Span(
            start,
            end,
            f"Naming {person.text} in a tweet about a sexual offence may tell who the victim is.",
            confidence=person.confidence,
        )
    if _HELP.search(text) and not regex.search(
        r"(?i)\b(?:arrest|jail|charg|convict|sentenc)", text
    ):
        return
    floor = 0
    found = [
        (match.span(), what)
        for pattern, what in (
            (_AGED_VICTIM, "age"),
            (_ROLE, "occupation or relation"),
            (RELATION, "relation"),
            (SCHOOL, "school"),
            (STREET, "street"),
        )
        for match in case.matches(pattern)
    ]
    for span, what in sorted(found, key=lambda one: one[0]):
        start, end = case.place(*span)
        if start >= floor and end > start:
            floor = end
            yield Span(
                start,
                end,
                f"The {what} (“{text[slice(*span)].strip()}”) may help to tell who the victim is.",
                confidence=0.6,
            )


SEXUAL_OFFENCE_WORDS: Final = Rule(
    id="sexual-offence-words",
    title="A victim of a sexual offence",
    subject="People",
    severity=Severity.NEEDS_REASON,
    cites=authorities.SEXUAL_OFFENCES,
    advice="Say nothing of the victim: no age, street, school, job or relation. Ask comms.",
    find=described_victims,
    wrong=tweets(
        "A 19-year-old woman was raped in Saltmere last night. Call 101 if you saw anything.",
        "A man was jailed for sexually assaulting his stepdaughter",
        "Rape in Mill Lane, Brackenford: were you there on Friday night?",
        "He was convicted of grooming a pupil at Oldermoor High School",
        "Man charged with the r*pe of a 17-year-old girl in Foxhollow",
        "Ann Sample has told the court how she was raped",
    ),
    right=(
        *tweets(
            "A man was arrested in the Kingsmarl area today on suspicion of rape",
            "If you have been raped or sexually assaulted, we are here for you. Call 101.",
            "Officers learned how to support victims of sexual abuse in training today",
            "A 15-year-old boy was robbed in Foxhollow on Friday",
        ),
        Example(
            Post("Rape is never the victim's fault. Talk to us or to a support service."),
            note="No case and no person.",
        ),
    ),
    answers=(
        "Comms and the officer in the case agree to these words",
        "It does not tell of a victim",
        "The text is not about a sexual offence",
    ),
)
