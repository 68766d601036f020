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
)
from policy.core.packs import load_packs, override_rule
from policy.core.rules import RULEBOOK, Example, Rule
from policy.core.types import (
    Citation,
    Context,
    Finding,
    Incident,
    Kind,
    Platform,
    Post,
    Report,
    Severity,
    SourceKind,
    Where,
)

__all__ = [
    "RULEBOOK",
    "Category",
    "Citation",
    "Context",
    "Example",
    "Finding",
    "Incident",
    "Kind",
    "Naming",
    "Pack",
    "PackError",
    "Platform",
    "Post",
    "Report",
    "Reporting",
    "Rule",
    "RuleSetting",
    "Severity",
    "SourceKind",
    "Where",
    "check",
    "guess_category",
    "load_packs",
    "override_rule",
]
