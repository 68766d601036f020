"""The rulebook in force: which pack a force uses, and the generation of what the rules say."""

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F

from accounts.models import Force
from policy.core import RULEBOOK, Citation, Example, Pack, Post, Severity, load_packs
from policy.models import RulebookGeneration

# What the rulebook page shows of a rule's examples; the tests run all of them.
EXAMPLES, EXAMPLE_LENGTH = 2, 200


@cache
def packs() -> dict[str, Pack]:
    """Every pack by id, read once per process. Raises PackError."""
    return load_packs(settings.POLICY_PACKS)


def pack_for(force: Force) -> Pack:
    """The pack of `force`, with the force's own site and its partners' domains allowed."""
    own_site = urlsplit(force.site).hostname or ""
    domains = [domain for domain in (own_site, *force.allowed_domains) if domain]
    return packs()[force.policy_pack].with_lists(allowed_domains=domains)


def generation() -> int:
    """The number of the rulebook's generation now."""
    row, _ = RulebookGeneration.objects.get_or_create(pk=1)
    return row.number


def next_generation() -> None:
    """Count the generation up, in the transaction of whatever changed the rules.

    Call it first: the row is the first that the dispatcher locks, too.
    """
    generation()
    RulebookGeneration.objects.filter(pk=1).update(number=F("number") + 1)


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule as the rulebook page tells it."""

    id: str
    title: str
    severity: Severity
    advice: str
    citation: Citation
    wrong: tuple[str, ...]
    right: tuple[str, ...]

    def mentions(self, words: list[str]) -> bool:
        """Whether every word stands somewhere in what is shown."""
        shown = " ".join(
            (self.title, self.advice, self.citation.section, self.citation.paraphrase,
             *self.wrong, *self.right)
        ).casefold()  # fmt: skip
        return all(word in shown for word in words)


def _readable(examples: tuple[Example, ...], *, unlike: tuple[Example, ...]) -> tuple[str, ...]:
    """The examples that show people something: those whose words alone make the difference."""
    shared = {example.post.text for example in unlike}
    texts = (e.post.text for e in examples if e == Example(Post(e.post.text), note=e.note))
    return tuple(text for text in texts if 8 < len(text) <= EXAMPLE_LENGTH and text not in shared)[
        :EXAMPLES
    ]


def rulebook_for(force: Force, *, query: str = "") -> list[RuleEntry]:
    """The rules in force, heaviest first; with `query`, those that mention all its words."""
    pack = pack_for(force)
    entries = [
        RuleEntry(
            id=rule.id,
            title=rule.title,
            severity=pack.rules[rule.id].severity,
            advice=rule.advice,
            citation=pack.rules[rule.id].citation,
            wrong=_readable(rule.wrong, unlike=rule.right),
            right=_readable(rule.right, unlike=rule.wrong),
        )
        for rule in RULEBOOK
        if rule.id in pack.rules and pack.rules[rule.id].severity != Severity.OFF
    ]
    words = query.casefold().split()
    found = [entry for entry in entries if entry.mentions(words)]
    return sorted(found, key=lambda entry: (-entry.severity.weight, entry.title))
