"""Accounts, teams and leavers: each act looks first at what waits."""

from approvals.organising.services.accounts import (
    add_account,
    change_account,
    close_account,
    details_of,
    look_whether_to_close,
    reopen_account,
)
from approvals.organising.services.leaving import Belongings, belongings_of, hand_on, let_go
from approvals.organising.services.merging import merge_teams

__all__ = [
    "Belongings",
    "add_account",
    "belongings_of",
    "change_account",
    "close_account",
    "details_of",
    "hand_on",
    "let_go",
    "look_whether_to_close",
    "merge_teams",
    "reopen_account",
]
