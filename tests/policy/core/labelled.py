"""Texts that a person has judged, and how their labels map to rules.

Two sets: hand-made cases that try to slip past the rules or to trip them (all fictional, beside
this file), and real tweets of police accounts, where they lie beside the project. The real ones
name people and are no part of the project: they are read, never copied and never shown.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from policy.core import RULEBOOK, Rule, Severity
from policy.core.lines import answer
from tests.policy.core.packs import PACKS, WEST_MIDLANDS

CASES: Final = Path(__file__).with_name("adversarial.jsonl")
DEVELOPMENT: Final = Path(__file__).parents[4] / "shared" / "policy" / "development.jsonl"

# What the people who labelled the texts call it, where it is not the rule's id.
LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "credential": ("credential-disclosure",),
    "empty": ("tweet-empty",),
    "graphic-or-sensational": ("graphic-sensational",),
    "hashtags-over-3": ("hashtags-max",),
    "juvenile": ("juvenile-identified",),
    "length": ("tweet-length",),
    "name-person": ("name-offender", "name-private-person"),
    "name-private": ("name-private-person",),
    "opinion": ("opinion-politics",),
    "opinion-or-emotive": ("opinion-politics",),
    "personal-data": ("personal-identifiers",),
    "report-handling": ("crime-report-handling",),
    "wanted-appeal": ("wanted-or-suspect-appeal",),
}
# Names are also judged as one: whoever is named, an officer has to look.
NAMES: Final = frozenset(LABELS["name-person"])


def rules_of(label: str) -> tuple[str, ...]:
    """The ids of the rules that a label stands for; a label that is no alias is a rule's id."""
    return LABELS.get(label, (label,))


def known(rulebook: Iterable[Rule] = RULEBOOK) -> dict[str, bool]:
    """The rules that there are: id → whether it is deterministic, which is what may block."""
    return {rule.id: rule.severity is Severity.BLOCK for rule in rulebook}


@cache
def rules_met(text: str) -> frozenset[str]:
    """The ids of the rules that `manage.py check_post --pack west_midlands` finds in `text`."""
    report = answer(json.dumps({"text": text}).encode(), PACKS, WEST_MIDLANDS)
    return frozenset(finding["rule"] for finding in report["findings"])


@dataclass(frozen=True, slots=True)
class Assertion:
    """That a text must, or must not, meet one of the `rules`. `case` is its line, from 0."""

    case: int
    text: str
    label: str
    rules: tuple[str, ...]
    must_flag: bool
    note: str

    def holds(self, found: frozenset[str]) -> bool:
        """Whether it is true of a text in which the rules `found` were met."""
        return self.must_flag is not found.isdisjoint(self.rules)

    def __str__(self) -> str:
        must = "must" if self.must_flag else "must not"
        return f"case {self.case} ({self.note}) {must} meet {' or '.join(self.rules)}"


@cache
def assertions() -> tuple[Assertion, ...]:
    """What the hand-made cases demand, one by one."""
    made: list[Assertion] = []
    for number, line in enumerate(CASES.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        for key, must in (("must_flag", True), ("must_not_flag", False)):
            made += [
                Assertion(number, case["text"], label, rules_of(label), must, case["note"])
                for label in case[key]
            ]
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Result:
    """How many assertions hold, and those that do not."""

    total: int
    failed: tuple[Assertion, ...]

    @property
    def share(self) -> float:
        """From 0 to 1; 1 of nothing."""
        return (self.total - len(self.failed)) / self.total if self.total else 1.0


def judge(
    *,
    deterministic: bool,
    rules: Mapping[str, bool],
    found_in: Callable[[str], frozenset[str]] = rules_met,
) -> Result:
    """How the assertions of one class fare, among those whose rules there are.

    `rules` is `known()`; `found_in` gives the ids of the rules that a text meets.
    """
    counted = [
        assertion
        for assertion in assertions()
        if deterministic in {rules[rule] for rule in assertion.rules if rule in rules}
    ]
    failed = tuple(one for one in counted if not one.holds(found_in(one.text)))
    return Result(len(counted), failed)


def unbuilt(rules: Mapping[str, bool]) -> tuple[str, ...]:
    """The labels of the hand-made cases for which there is no rule."""
    labels = {assertion.label: assertion.rules for assertion in assertions()}
    return tuple(sorted(label for label, ids in labels.items() if rules.keys().isdisjoint(ids)))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A real tweet and the rules that a person found it to break."""

    text: str
    rules: frozenset[str]


@cache
def development() -> tuple[Labelled, ...]:
    """The real tweets; none where the folder is absent."""
    return tuple(
        Labelled(
            row["text"], frozenset(rule for label in row["labels"] for rule in rules_of(label))
        )
        for row in _rows()
    )


def named_people() -> frozenset[str]:
    """The people whom the real tweets name, officers included."""
    return frozenset(
        name for row in _rows() for name in (*row["person_spans"], *row["officer_spans"])
    )


def _rows() -> list[dict[str, Any]]:
    if not DEVELOPMENT.exists():
        return []
    return [json.loads(line) for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]
