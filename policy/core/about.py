"""Whether a text speaks of somebody in a case, whatever kind of tweet it was taken for."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from policy.core.engine import check
from policy.core.pack import Pack, RuleSetting
from policy.core.rules import RULEBOOK
from policy.core.types import Context, Post, Where

# One of these is enough; a case in which nobody can be recognised needs no declared facts.
_ENOUGH: Final = frozenset({"name-offender", "case-words", "sexual-offence-words"})
_CASE: Final = "case-stage-unknown"
_SOMEBODY: Final = frozenset({"name-private-person", "juvenile-identified"})
_RULES: Final = tuple(rule for rule in RULEBOOK if rule.id in {*_ENOUGH, _CASE, *_SOMEBODY})
# What a force does with these rules does not change what the law asks.
_SETTINGS: Final = {
    rule.id: RuleSetting(
        rule.severity, rule.cites, {name: param.default for name, param in rule.params.items()}
    )
    for rule in _RULES
}


def is_about_a_case(text: str, pack: Pack) -> bool:
    """Whether `text` names an offender or a victim, tells of guilt, or of a known person's case.

    The names of places and operations are those of `pack`; its severities do not matter.
    """
    report = check(Post(text), Context(), replace(pack, rules=_SETTINGS), rulebook=_RULES)
    found = {finding.rule for finding in report.findings if finding.where is Where.TEXT}
    return bool(found & _ENOUGH) or (_CASE in found and bool(found & _SOMEBODY))
