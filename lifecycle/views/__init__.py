"""Pages of an account's life."""

from lifecycle.views.accounts import Accounts
from lifecycle.views.compromise import Case, FreezePost, Hacked, Statement, Unfreeze
from lifecycle.views.requests import (
    AnswerRequest,
    EditRequest,
    NewRequest,
    RequestPage,
    Requests,
    WithdrawRequest,
)
from lifecycle.views.steps import Step

__all__ = [
    "Accounts",
    "AnswerRequest",
    "Case",
    "EditRequest",
    "FreezePost",
    "Hacked",
    "NewRequest",
    "RequestPage",
    "Requests",
    "Statement",
    "Step",
    "Unfreeze",
    "WithdrawRequest",
]
