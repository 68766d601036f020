"""The rulebook in plain Python: `check(post, context, pack)` and what belongs to it."""

from policy.core.categories import guess_category
from policy.core.engine import check
from policy.core.pack import (
    Category,
    Naming,
    Pack,
    PackError,
    Reporting,
    RuleSetting,
    Template,
)
from policy.core.packs import load_packs, override_rule
from policy.core.rules import RULEBOOK, Example, Rule
from policy.core.types import (
    CaseFacts,
    CaseStage,
    Citation,
    Context,
    Earlier,
    Election,
    Finding,
    Incident,
    Kind,
    Offence,
    Platform,
    Post,
    Report,
    Restriction,
    Severity,
    SourceKind,
    Where,
)

__all__ = [
    "RULEBOOK",
    "CaseFacts",
    "CaseStage",
    "Category",
    "Citation",
    "Context",
    "Earlier",
    "Election",
    "Example",
    "Finding",
    "Incident",
    "Kind",
    "Naming",
    "Offence",
    "Pack",
    "PackError",
    "Platform",
    "Post",
    "Report",
    "Reporting",
    "Restriction",
    "Rule",
    "RuleSetting",
    "Severity",
    "SourceKind",
    "Template",
    "Where",
    "check",
    "guess_category",
    "load_packs",
    "override_rule",
]
