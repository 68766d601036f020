"""What a rule is made of, and what its finder is given to look at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Final

import regex

from policy.core.measure import Measure
from policy.core.names import LIGHT, NameDetector
from policy.core.pack import Pack, ParamValue, RuleSetting
from policy.core.reading import Reading
from policy.core.types import Citation, Context, Post, Severity, Where

EVERYWHERE: Final = frozenset(Where)
OWN_WORDS: Final = frozenset({Where.TEXT, Where.ALT})
TEXT_ONLY: Final = frozenset({Where.TEXT})
# The permission to pass over a block, with a stored reason.
MAY_OVERRIDE: Final = "policy.override_block"


class OutOfTime(Exception):
    """A rule has used up the time that it may take."""


class Deadline:
    """The processor time, in seconds, that one rule may take over one text.

    No more than `budget`: at first the clock on the wall is asked, which never runs slower and
    costs a tenth; where half of it is gone, which a busy machine may be to blame for, the
    processor's own time decides over the other half.
    """

    __slots__ = ("_began", "_budget", "_end")

    def __init__(self, budget: float) -> None:
        self._budget = budget
        self._began = time.monotonic()
        self._end: float | None = None

    def remaining(self) -> float:
        """Seconds left. Raises OutOfTime when there are none."""
        gone = time.monotonic() - self._began
        if gone < self._budget / 2:
            return self._budget - gone
        now = time.thread_time()
        if self._end is None:
            self._end = now + self._budget / 2
        left = self._end - now
        if left <= 0:
            raise OutOfTime
        return left


# Not frozen: one is made for each rule and text, and freezing doubles what that takes.
@dataclass(slots=True)
class Case:
    """One text under one rule, not to be changed. `names` is what finds names of people in it."""

    reading: Reading
    post: Post
    context: Context
    pack: Pack
    setting: RuleSetting
    measure: Measure
    deadline: Deadline
    names: NameDetector = LIGHT

    def number(self, name: str) -> int:
        """The parameter `name`, which is a whole number."""
        value = self.setting.params[name]
        if not isinstance(value, int):
            raise TypeError(name)
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """The parameter `name`, which is a list of words or patterns."""
        value = self.setting.params[name]
        if not isinstance(value, tuple):
            raise TypeError(name)
        return value

    def matches(self, pattern: regex.Pattern[str]) -> Iterator[regex.Match[str]]:
        """Where `pattern` matches the folded text, within the time that is left."""
        return pattern.finditer(self.reading.folded.text, timeout=self.deadline.remaining())

    def raw_matches(self, pattern: regex.Pattern[str]) -> Iterator[regex.Match[str]]:
        """Where `pattern` matches the text as it was typed, within the time that is left."""
        return pattern.finditer(self.reading.raw, timeout=self.deadline.remaining())

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the raw text of `start:end` of the folded one."""
        return self.reading.folded.raw_span(start, end)


@dataclass(frozen=True, slots=True)
class Span:
    """What a finder found: a place in the raw text, and what to say about it.

    Without a suggestion of its own the rule's advice is given. `at_most` lowers the weight of
    this one finding, whatever the pack gives the rule.
    """

    start: int
    end: int
    message: str
    suggestion: str = ""
    replacements: tuple[str, ...] = ()
    confidence: float = 1.0
    at_most: Severity | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A post that shows what a rule means, with what must be true around it."""

    post: Post
    context: Context = field(default_factory=Context)
    note: str = ""


class ParamKind(StrEnum):
    """What a pack may write for a parameter of a rule."""

    NUMBER = "a whole number"
    WORDS = "a list of words"
    PATTERNS = "a list of patterns"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a rule: what it is for, its kind and what it is unless a pack says so."""

    help: str
    kind: ParamKind
    default: ParamValue


Finder = Callable[[Case], Iterable[Span]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue with its authority, its advice and its examples.

    `cites` is the place in the guidance that the catalogue takes it from; a pack may cite its
    own force's document instead. `reads` says in which texts of a post it looks. A rule of the
    legal class (`is_legal`) decides from declared facts and is never passed over.
    """

    id: str
    title: str
    subject: str
    severity: Severity
    cites: Citation
    advice: str
    find: Finder
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]
    answers: tuple[str, ...] = ()
    overridable_by: str = ""
    reads: frozenset[Where] = EVERYWHERE
    params: Mapping[str, Param] = field(default_factory=dict)
    is_legal: bool = False


# The lists of the made-up force that the examples speak of.
EXAMPLE_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "allowed_domains": ("marlshire.example.org",),
    "protected_handles": ("asha_at_home",),
    "celebrity_accounts": ("StarOfSaltmere",),
    "partner_accounts": ("Marlshire Fire = MarlshireFire",),
    "area_hashtags": ("Oldermoor",),
    "campaign_hashtags": ("LockItOrLoseIt",),
    "operation_names": ("Nightjar",),
}


def tweets(*texts: str) -> tuple[Example, ...]:
    """Examples that are nothing but a text."""
    return tuple(Example(Post(text)) for text in texts)


def noted(*pairs: tuple[str, str]) -> tuple[Example, ...]:
    """Examples that are nothing but a text, each with the reason why it is right or wrong."""
    return tuple(Example(Post(text), note=note) for text, note in pairs)


def params(**named: Param) -> Mapping[str, Param]:
    """The parameters of a rule by name."""
    return named


@lru_cache(maxsize=512)
def compiled(pattern: str) -> regex.Pattern[str]:
    """A pattern of a pack, ready to use. Capitals matter unless the pattern says (?i)."""
    return regex.compile(pattern)
