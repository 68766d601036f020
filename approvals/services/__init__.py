"""Deciding on drafts, taking decisions back, and letting undecided drafts expire."""

from approvals.services.deciding import (
    OutOfTime,
    OwnDraft,
    RulesObject,
    approve,
    reject,
    return_for_changes,
    stops,
)
from approvals.services.queue import claim, expire_overdue, release
from approvals.services.undoing import reopen, unschedule

__all__ = [
    "OutOfTime",
    "OwnDraft",
    "RulesObject",
    "approve",
    "claim",
    "expire_overdue",
    "reject",
    "release",
    "reopen",
    "return_for_changes",
    "stops",
    "unschedule",
]
