"""A policy pack: which rules a force has switched on, how heavy they are and what they cite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self, TypeVar

from policy.core.hosts import host_of
from policy.core.types import CaseStage, Citation, Platform, Severity

_Kept = TypeVar("_Kept")
ParamValue = int | tuple[str, ...]

ALLOWED_DOMAINS: Final = "allowed_domains"
JARGON: Final = "jargon"
PARTNER_ACCOUNTS: Final = "partner_accounts"
LISTS: Final = (
    ALLOWED_DOMAINS,
    "senior_accounts",
    "force_accounts",
    PARTNER_ACCOUNTS,
    "protected_handles",
    "celebrity_accounts",
    "campaign_hashtags",
    "area_hashtags",
    JARGON,
    "operation_names",
    "places",
)
# The lists whose entries are pairs, written "RTC = crash" and "Marlshire Fire = MarlshireFire".
PAIRS: Final = frozenset({JARGON, PARTNER_ACCOUNTS})


class PackError(ValueError):
    """A pack that cannot be used. The message names the file, the key and the line.

    `sentence` says what is wrong by itself, for people who see no file, and `key` where
    ("rules.hashtags-max.max").
    """

    def __init__(self, message: str, *, sentence: str = "", key: str = "") -> None:
        super().__init__(message)
        self.sentence = sentence or message
        self.key = key


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """How one rule works in one pack. `params` are the limits and lists that it takes."""

    severity: Severity
    citation: Citation
    params: Mapping[str, ParamValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Category:
    """A sort of tweet: its policing purpose, words to guess it by, rules it switches off.

    A case category (`is_case`) asks for the facts of the case: stage, offence, under 18. One of
    low risk may take the routine lane, in a force that has one.
    """

    id: str
    label: str
    purpose: str
    guess: tuple[str, ...] = ()
    off: frozenset[str] = frozenset()
    is_case: bool = False
    is_low_risk: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """Prepared words for a sort of tweet, with blanks in square brackets: "[day], [place]".

    `stage` is the case stage that it is made for, in a case category.
    """

    id: str
    label: str
    category: str
    text: str
    stage: CaseStage = CaseStage.NONE


@dataclass(frozen=True, slots=True)
class Reporting:
    """Where people report a crime: numbers as they are said, and a page with http://."""

    non_emergency: str
    emergency: str
    page: str


@dataclass(frozen=True, slots=True)
class Naming:
    """How accounts are named: a pattern for the handle without @, and an example of one."""

    pattern: str
    example: str


@dataclass(frozen=True, slots=True)
class Silence:
    """After how many days without a tweet on an account who hears of it, each later than the last.

    First its team is told, then corporate communications, and in the end closing it is proposed.
    """

    team: int
    comms: int
    closing: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A rulebook's settings for one force. A change makes a new pack; none is altered.

    `limits` holds the greatest length per platform in the platform's own units. `lists` holds
    one tuple for each name in LISTS; its domains are canonical host names.
    """

    id: str
    name: str
    version: int
    rules: Mapping[str, RuleSetting]
    lists: Mapping[str, tuple[str, ...]]
    limits: Mapping[Platform, int]
    reporting: Reporting
    naming: Naming
    silence: Silence
    categories: Mapping[str, Category]
    templates: Mapping[str, Template] = field(default_factory=dict)
    # What a check works out from the above, which never changes: see `kept`.
    _kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def kept(self, key: object, make: Callable[[], _Kept]) -> _Kept:
        """What `make` makes of nothing but this pack: made once, whoever asks first."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: _Kept = self._kept[key]
        return kept

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """The entries of one of the PAIRS lists: what is written, and what stands for it."""
        return split_pairs(self.lists[name])

    @property
    def allowed_domains(self) -> frozenset[str]:
        """The hosts that may be linked to, each with everything below it."""
        return frozenset(self.lists.get(ALLOWED_DOMAINS, ()))

    def with_lists(self, **entries: Iterable[str]) -> Self:
        """A new pack with `entries` added to its lists.

        Raises PackError for a list that packs do not have.
        """
        unknown = sorted(entries.keys() - set(LISTS))
        if unknown:
            raise PackError(f"Packs have no list called {unknown[0]}.")
        added = {
            name: list_entries(name, (*self.lists.get(name, ()), *more))
            for name, more in entries.items()
        }
        return replace(self, lists={**self.lists, **added})

    def with_version(self, version: int) -> Self:
        """A new pack that differs in nothing but its version."""
        return replace(self, version=version)


def split_pairs(entries: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What stands before and behind the sign in each entry of one of the PAIRS lists."""
    split = (entry.partition("=") for entry in entries)
    return tuple((left.strip(), right.strip()) for left, _, right in split)


def list_entries(name: str, entries: Iterable[str]) -> tuple[str, ...]:
    """Entries of the list `name` in canonical form, each once, in their order.

    A domain may be written as the address of its site, a handle with @ and a hashtag with #.
    """
    return tuple(dict.fromkeys(filter(None, (_canonical(name, entry) for entry in entries))))


def _canonical(name: str, entry: str) -> str:
    if name == ALLOWED_DOMAINS:
        return host_of(entry)
    if name in PAIRS:
        left, _, right = entry.partition("=")
        return f"{left.strip()} = {right.strip().lstrip('@')}"
    return entry.strip().lstrip("@#")
