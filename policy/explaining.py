"""The rulebook as people read it: every rule in force with its weight, its source and examples."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from accounts.models import Force
from policy.core import (
    EXAMPLE_LISTS,
    RULEBOOK,
    Citation,
    Example,
    Pack,
    Post,
    Rule,
    Severity,
    check,
)
from policy.core.pack import ParamValue
from policy.services import pack_for, packs

# How many examples of each sort are shown, and how much of each; the tests run all of them.
EXAMPLES, EXAMPLE_LENGTH = 3, 160
LETTERS: Final = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """One example: its text, shortened if it is long, and why it is right or wrong."""

    text: str
    note: str


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule as the rulebook page tells it."""

    id: str
    title: str
    subject: str
    severity: Severity
    is_legal: bool
    advice: str
    citation: Citation
    wrong: tuple[Shown, ...]
    right: tuple[Shown, ...]

    def mentions(self, words: list[str]) -> bool:
        """Whether every word stands somewhere in what is shown."""
        examples = [f"{shown.text} {shown.note}" for shown in (*self.wrong, *self.right)]
        shown = " ".join(
            (self.title, self.subject, self.advice, self.citation.document, self.citation.section,
             self.citation.paraphrase, *examples)
        ).casefold()  # fmt: skip
        return all(word in shown for word in words)


def rulebook_for(force: Force, *, query: str = "") -> list[RuleEntry]:
    """The rules in force by subject, heaviest first in each; with `query`, those that say it."""
    # “names” finds what speaks of a name.
    words = [word.removesuffix("s") or word for word in query.casefold().split()]
    entries = [e for e in every_rule(pack_for(force)) if e.severity is not Severity.OFF]
    subjects = {rule.subject: place for place, rule in reversed(list(enumerate(RULEBOOK)))}
    return sorted(
        (entry for entry in entries if entry.mentions(words)),
        key=lambda entry: (subjects[entry.subject], -entry.severity.weight, entry.title),
    )


def every_rule(pack: Pack) -> list[RuleEntry]:
    """The rules of `pack`, those that are switched off too, in the order of the rulebook."""
    return [_entry(rule, pack) for rule in RULEBOOK if rule.id in pack.rules]


def _entry(rule: Rule, pack: Pack) -> RuleEntry:
    wrong, right = _examples(rule.id, tuple(sorted(pack.rules[rule.id].params.items())))
    return RuleEntry(
        id=rule.id,
        title=rule.title,
        subject=rule.subject,
        severity=pack.rules[rule.id].severity,
        is_legal=rule.is_legal,
        advice=rule.advice,
        citation=pack.rules[rule.id].citation,
        wrong=wrong,
        right=right,
    )


@lru_cache(maxsize=512)
def _examples(
    rule_id: str, settings: tuple[tuple[str, ParamValue], ...]
) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """What is shown of the wrong and of the right examples of a rule with these settings."""
    rule = next(rule for rule in RULEBOOK if rule.id == rule_id)
    pack = packs()["neutral"].with_lists(**EXAMPLE_LISTS)
    setting = replace(pack.rules[rule_id], params=dict(settings))
    pack = replace(pack, rules={**pack.rules, rule_id: setting})
    # The rule itself says what is wrong. With other limits some of its examples may be right.
    wrong = [shown for example in rule.wrong for shown in _wrong(rule, example, pack)]
    right = tuple(
        Shown(_shortened(example.post.text), example.note)
        for example in _telling(rule.right, unlike=rule.wrong)
    )
    return _noted_first(wrong), _noted_first(right)


def _wrong(rule: Rule, example: Example, pack: Pack) -> Iterator[Shown]:
    findings = check(example.post, example.context, pack, rulebook=(rule,)).findings
    if findings and (example.note or _has_words(example)):
        yield Shown(_shortened(example.post.text), example.note or findings[0].message)


def _telling(examples: Iterable[Example], *, unlike: Iterable[Example]) -> Iterator[Example]:
    """Those that show people something: they say why, or their words alone make the difference."""
    shared = {example.post.text for example in unlike}
    for example in examples:
        is_words_alone = example == Example(Post(example.post.text))
        if example.note or (
            is_words_alone and _has_words(example) and example.post.text not in shared
        ):
            yield example


def _has_words(example: Example) -> bool:
    return sum(character.isalpha() for character in example.post.text) >= LETTERS


def _noted_first(examples: Iterable[Shown]) -> tuple[Shown, ...]:
    return tuple(sorted(examples, key=lambda shown: not shown.note)[:EXAMPLES])


def _shortened(text: str) -> str:
    return text if len(text) <= EXAMPLE_LENGTH else f"{text[:EXAMPLE_LENGTH].rstrip()}…"
