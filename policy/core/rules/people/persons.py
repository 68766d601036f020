"""The people that a text names who are neither officers nor in public office."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import regex

from policy.core.names import NameSpan
from policy.core.rules.base import Case

_REACH: Final = 64

# Short ranks only in capitals or as they are written: "dc" and "pc" are a computer and a city.
_SHORT: Final = r"""(?:
    (?:[TAD]/|T/?A/|Temp\.?\s|Temporary\s|Acting\s)?(?:PCSO|PC|WPC|TDC|DC|DS|PS|Sgt|SGT|Insp|INSP|CI
      |Ch\.?\s?Insp|C/Insp|Supt|Ch\.?\s?Supt|C/Supt|DI|DCI|DSU|DSupt|D/Supt|DCS|D/Sgt|D/Insp|Const
      |Det\.?\s?(?:Sgt|Insp|Con|Supt)|ACC|DCC|CC|DAC|AC|PSO|CSO|SC|SPC|S/Sgt|S/Insp|ACO|ACSO)'?s?\.?)"""
_LONG: Final = r"""(?i:
    (?:special\s)?constables?|sergeants?|inspectors?|superintendents?|commanders?|commissioners?
    |detectives?|chief\sexecutive|call\s(?:handler|taker)s?|dog\shandlers?|dispatchers?|chaplain
    |(?:police\s(?:staff\s)?|financial\s|crime\sscene\s|civilian\s)investigators?|supervisor
    |team\s(?:leader|manager)|(?:crown\s)?prosecutor|assistant\schief\sofficer
    |(?:support|staff|liaison|safety|crime|investigating|investigation|response|beat|ward|custody
      |neighbourhood|schools?|community|dedicated|prevention|reduction|enquiry|patrol|traffic|press
      |case|cohesion|wildlife|engagement|rural|roads|intelligence|licensing|chief)\sofficers?)"""
_LOOSE: Final = r"(?i:(?:police\s)?officers?|bobb(?:y|ies)|colleagues?|handlers?|recruits?)"
_RANK: Final = rf"(?:{_SHORT}|{_LONG}|{_LOOSE})"
_OFFICER_BEFORE = regex.compile(
    rf"""(?P<rank>\b(?:{_SHORT}|{_LONG})(?:\s\([\w\s&]{{1,20}}\))?
        (?:[:,]?\s|\s(?:this|in|on|for|at|of)\s[\w\s'’&-]{{1,30}}(?:,|\sis)\s)
      |\b{_LOOSE}\s|\b(?i:officer\sin\s(?:the\scase|charge),?\s(?:is\s)?))
    (?:(?:is|was|our|are)\s)?(?:[A-Z]{{0,2}}\d{{2,6}}\s|\(\d{{2,6}}\)\s)?[-–"'(]?$""",
    regex.VERBOSE,
)
# “attacked a PC, Ann Sample was jailed”: what was done to an officer is no rank of the next name.
_DONE_TO_ONE = regex.compile(
    r"(?i)\b(?:an?|two|three|another|the|vigilant|of|by|our|your|from)\s(?:[\w-]+\s){0,2}$"
)
_FORMER = regex.compile(
    r"(?i)\b(?:former|ex|sacked|disgraced|retired|bogus|fake|rogue|corrupt|jailed|convicted)[- ]"
    r"(?:(?:police|special|met|chief|deputy|assistant|detective|local|lord) ){0,2}$"
)
# Words that lead from a name to somebody else: “Ann Sample, jailed by the judge”.
_NO_LINK: Final = r"""(?!(?i:\w+(?:ed|ing)|by|for|of|to|against|with|and|who|is|was|has|have|had
    |told|former|ex|retired|off-duty|sister|brother|son|daughter|wife|husband|partner|mother|father)\b)"""
_OFFICER_AFTER = regex.compile(
    rf"""\s?[,(|\-–]\s?(?:(?:who\sis|who's|is|our|the|an?|from|your|local|both|all)\s){{0,3}}
      (?:{_NO_LINK}[\w'’-]+\s){{0,3}}?{_NO_LINK}{_RANK}\b(?!['’]s?\s)
    | \s(?:is|was)\s(?:our|your|the|an?)\s(?:{_NO_LINK}[\w'’-]+\s){{0,3}}?{_RANK}\b
    | ,?\s(?:from|of|in|with|joins|leads|heads|works\sin|runs)\s(?:our|the|your|[\w'’-]+['’]s)\s
      (?:{_NO_LINK}[\w'’&-]+\s){{0,5}}?
      (?:[Tt]eam|[Uu]nit|[Ss]quad|[Dd]epartment|[Cc]ontrol\s[Rr]oom|[Cc]ommand|CID|MIT|NPT|SNT)\b
    | ,?\s(?:is\s|has\s|who\s)*(?:join(?:s|ing|ed)|leads|leading)\s(?:us|our|the\s(?:force|team))\b
    | ,\s(?:based\sat|at)\s[\w\s]{{1,20}}[Pp]olice\s[Ss]tation""",
    regex.VERBOSE,
)
_OUR = regex.compile(
    r"""\b(?:our|your)\s(?:(?!(?:\w+ed|\w+ing|ha(?:s|ve|d)|is|are|was|were|appeals?|search(?:es)?
        |investigation|witness(?:es)?|victims?|enquir(?:y|ies)|most|hunt|suspects?|offenders?|case
        |of|for|to|into|about|on|in|help|trace|find|prolific|burglars?|(?:wo)?m[ae]n|thanks
        |husband|wife|sons?|daughters?|mother|father|mum|dad|brothers?|sisters?|partner|friends?
        |neighbours?|fugitive|thief|followers?|can|will)\b)[\w-]+\s){0,3}$""",
    regex.IGNORECASE | regex.VERBOSE,
)
# “Our young star Ann, 9”: nobody of that age works for a force.
_CHILD_AFTER = regex.compile(r",?\s\(?(?:aged?\s)?(?:\d|1[0-7])\)?(?![\w:.])")
_OFFICE: Final = r"""(?:
    PCC|P&CC|MP|MSP|MEP|AM|Cllr|Clr|HHJ|QC|KC|TD|(?i:councillor|mayor|minister|secretary|lord|lady
    |baroness|baron|judge|justice|recorder|magistrate|(?<!['’]s\s)president|prince|princess|king
    |queen|duke|duchess|earl|sir|dame|rev(?:erend)?|canon|bishop|archbishop|chancellor|senator
    |ambassador|high\ssheriff|lord-lieutenant|chair(?:man|woman)?|speaker|pope|deputy|coroner
    |lieutenant|chief\sfire\sofficer|leader(?=\sof\s(?:the\s)?(?:\w+\s){0,2}(?:council|opposition))))"""
_OFFICE_BEFORE = regex.compile(rf"\b{_OFFICE}\.?,?\s[-–]?$", regex.VERBOSE)
_OFFICE_AFTER = regex.compile(
    rf"""\s(?:PCC|MP|MSP|MEP|QPM|KPM)\b
    | \s?[,(|]\s?(?:(?:the|our|local|your)\s){{0,2}}
      (?:{_NO_LINK}[\w'’&-]+\s){{0,4}}?{_NO_LINK}{_OFFICE}\b""",
    regex.VERBOSE,
)
_ANIMAL: Final = r"""(?i:dogs?|pups?|pupp(?:y|ies)|horses?|mare|gelding|stallion|pony|cat|kitten
    |spaniel|labrador|lab|shepherd|alsatian|malinois|retriever|terrier|hound|bloodhound|drone)"""
_ANIMAL_BEFORE = regex.compile(
    rf"(?:\b(?:[TRG]?PD|PH|K-?9)|\b{_ANIMAL})\s(?:called\s|named\s|is\s)?[\"'‘“]?$", regex.VERBOSE
)
_ANIMAL_AFTER = regex.compile(
    rf"[\"'’”]?,?\s(?:\(|is\s|who\sis\s)?(?:the|an?|our|her|his)\s(?:[\w-]+\s){{0,3}}{_ANIMAL}\b",
    regex.VERBOSE,
)
_LISTED = regex.compile(r"\s?(?:,|&|&amp;|\+|/|and|,\sand)\s$")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named at `start:end` of the folded text."""

    start: int
    end: int
    text: str
    is_full: bool
    confidence: float


def persons(case: Case) -> tuple[Person, ...]:
    """The people named in the text of `case`, each once, in their order.

    Officers, holders of public office, animals, and the pack's own places and operations are
    left out. Who was named in full is not told again by one name.
    """
    found = case.reading.names(case.names)
    if not found:
        return ()
    lists = case.pack.lists
    known = (*lists.get("places", ()), *lists.get("operation_names", ()))
    return _persons(case.reading.folded.text, found, known)


# Several rules ask about the same text, one right after the other.
@lru_cache(maxsize=8)
def _persons(text: str, found: tuple[NameSpan, ...], known: tuple[str, ...]) -> tuple[Person, ...]:
    officials = _officials(text, found)
    not_people = {name.casefold() for name in known}
    told: set[str] = set()
    kept: list[Person] = []
    for name in found:
        parts = _parts(name.text)
        if parts <= told or parts <= officials or name.text.casefold() in not_people:
            continue
        if not name.is_full and (parts & (officials | told) or _is_official(text, name)):
            continue
        if not _is_animal(text, name):
            told |= parts
            kept.append(Person(name.start, name.end, name.text, name.is_full, name.confidence))
    return tuple(kept)


def _officials(text: str, found: tuple[NameSpan, ...]) -> set[str]:
    """The parts of the full names of officers and of people in public office."""
    parts: set[str] = set()
    before: NameSpan | None = None
    for name in found:
        if not name.is_full:
            continue
        is_coupled = before is not None and _LISTED.fullmatch(text, before.end, name.start)
        before = name if is_coupled or _is_official(text, name) else None
        if before is not None:
            parts |= _parts(name.text)
    return parts


def _parts(name: str) -> set[str]:
    return set(name.casefold().replace(".", " ").split())


def _is_official(text: str, name: NameSpan) -> bool:
    """Whether a rank or an office stands by the name."""
    left = text[max(0, name.start - _REACH) : name.start]
    right = text[name.end : name.end + _REACH]
    if _is_ranked(left):
        return True
    office = _OFFICE_BEFORE.search(left)
    if office and not _FORMER.search(left[: office.start()]):
        return True
    return bool(
        _OFFICER_AFTER.match(right)
        or _OFFICE_AFTER.match(right)
        or (_OUR.search(left) and not _CHILD_AFTER.match(right))
    )


def _is_ranked(left: str) -> bool:
    """Whether what stands before a name ends in a rank that is the name's own."""
    rank = _OFFICER_BEFORE.search(left)
    if rank is None or _FORMER.search(left[: rank.start()]):
        return False
    is_loose = rank["rank"].rstrip()[-1:] in {",", ":"}
    return not (is_loose and _DONE_TO_ONE.search(left[: rank.start()]))


def _is_animal(text: str, name: NameSpan) -> bool:
    left = text[max(0, name.start - _REACH) : name.start]
    right = text[name.end : name.end + _REACH]
    return bool(_ANIMAL_BEFORE.search(left) or _ANIMAL_AFTER.match(right))
