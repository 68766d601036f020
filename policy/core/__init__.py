"""The rulebook in plain Python: `check(post, context, pack)` and what belongs to it."""

from policy.core.about import is_about_a_case
from policy.core.attestations import ATTESTATIONS, Attestation, attestations_for
from policy.core.categories import guess_category
from policy.core.engine import check
from policy.core.names import LIGHT, NameDetector, NameSpan
from policy.core.pack import (
    Category,
    Naming,
    Pack,
    PackError,
    Reporting,
    RuleSetting,
    Silence,
    Template,
)
from policy.core.packs import load_packs, override_rule
from policy.core.rules import EXAMPLE_LISTS, RULEBOOK, Example, Rule
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
    "ATTESTATIONS",
    "EXAMPLE_LISTS",
    "LIGHT",
    "RULEBOOK",
    "Attestation",
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
    "NameDetector",
    "NameSpan",
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
    "Silence",
    "SourceKind",
    "Template",
    "Where",
    "attestations_for",
    "check",
    "guess_category",
    "is_about_a_case",
    "load_packs",
    "override_rule",
]
