"""Tables of the life of an account."""

from lifecycle.models.compromise import Compromise
from lifecycle.models.handovers import Handover, Plan, Why
from lifecycle.models.requests import QUESTIONS, AccountRequest
from lifecycle.models.steps import ChecklistStep

__all__ = [
    "QUESTIONS",
    "AccountRequest",
    "ChecklistStep",
    "Compromise",
    "Handover",
    "Plan",
    "Why",
]
