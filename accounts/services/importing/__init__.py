"""The register of people as a CSV file: a plan of every change first, then all of it or nothing.

A person has a line for each role, each with the same details.
"""

from accounts.services.importing.files import apply_plan, export_people, plan_import
from accounts.services.importing.plan import Line, Plan, PlanChanged
from accounts.services.importing.table import (
    HEADINGS,
    MOST_BYTES,
    MOST_LINES,
    OPTIONAL,
    REQUIRED,
)

__all__ = [
    "HEADINGS",
    "MOST_BYTES",
    "MOST_LINES",
    "OPTIONAL",
    "REQUIRED",
    "Line",
    "Plan",
    "PlanChanged",
    "apply_plan",
    "export_people",
    "plan_import",
]
