"""What appeals for missing and for wanted people have in common."""

from __future__ import annotations

from typing import Final

import regex

from policy.core.rules.base import Case
from policy.core.rules.phrases import pattern
from policy.core.types import Kind, SourceKind, Where

PERSON: Final = (
    r"(?:persons?|people|m[ae]n|wom[ae]n|males?|females?|boys?|girls?|child(?:ren)?|kids?"
    r"|teen\w*|youths?|lads?|lass(?:es)?|gentlem[ae]n|lad(?:y|ies)|guys?|blokes?|fellas?|chaps?"
    r"|individuals?|pair|trio|couple|duo|group|gang|suspects?|offenders?|attackers?|robbers?"
    r"|thie(?:f|ves)|burglars?|culprits?|perpetrators?|pensioners?|students?|mum|dad|mother"
    r"|father|son|daughter|brothers?|sisters?|brother|school(?:boy|girl)s?|\d{1,2} ?(?:yr|year)s?"
    r" ?olds?|\d{1,2} ?yo|\d{1,2}-yr-olds?)"
)
# A crime in the text makes an appeal one for a suspect.
CRIME: Final = pattern(
    r"(?:#?wanted|suspect|offend|robber|robb(?:ed|ing)|nicked|nicking|burgl|theft|thie[fv]|stole|steal"
    r"|assault|rap(?:e|ed|ist)|indecen|prison|recall|court|arrest|escap|abscond|crim|offence"
    r"|fraud|drug|stab|shot|shooting|murder|kidnap|expos|attack|breach|stalk|harass|threat"
    r"|violen|shoplift|damage|cctv|footage|abus|vandal|arson|disorder|dealer|dealing|graffiti"
    r"|fly ?tip|scam|bail|licence|custody|warrant|punch|spat|sexual|racis|racial|hate|knife"
    r"|knifepoint|weapon|culprit|perpetrator|responsible|hit and run|make off|made off|bilking"
    r"|fail(?:ed|ing)? to stop|distraction|voyeur|grop|upskirt|masturbat|smash)\w*|e ?fits?|in"
    r" connection with"
)
_NAME: Final = regex.compile(
    r"[\s:,!\"'#|\-]{0,4}+(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\s)?"
    r"(?:\p{Lu}[\p{L}'\-]++\s(?!(?i:for|our|the|and|to|of|your|new|with|in|at|on|is|a|an"
    r"|homes?)\b)\p{Lu}[\p{L}'\-]++(?!\s(?i:road|street|lane|police|park|market"
    r"|station|centre|team|council|church|school))|\p{Lu}\p{Ll}[\p{L}'\-]*+(?=\s?(?:[,.]\s?\d"
    r"|[?,!(]"
    r"|\s(?:aged|who|missing|last|is|has|please|call|from)\b|\s?$|\s-\s|\sand\s\p{Lu})))"
)


def is_of_crime(case: Case) -> bool:
    """Whether the text tells of a crime: looked up once for each text."""
    reading = case.reading
    return reading.kept(CRIME, lambda: CRIME.search(reading.plain) is not None)


def is_a_name_at(case: Case, place: int) -> bool:
    """Whether two capitalised words, or one that is written like a name, follow `place`."""
    found = _NAME.match(case.reading.folded.text, place)
    return found is not None and not found.group().endswith(("'s", "'S"))


def is_the_forces_own_appeal(case: Case) -> bool:
    """Whether this is the text of an appeal that the force has made and that is passed on."""
    return (
        case.reading.where is Where.SOURCE
        and case.post.kind in {Kind.RETWEET, Kind.QUOTE}
        and case.post.source_kind is SourceKind.FORCE
    )
