"""Pages of an account's life."""

from lifecycle.views.accounts import Accounts
from lifecycle.views.compromise import Case, FreezePost, Hacked, Statement, Unfreeze
from lifecycle.views.handovers import (
    CallOff,
    Farewell,
    HandOver,
    HandoverPage,
    Handovers,
    TakeOver,
)
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
    "CallOff",
    "Case",
    "EditRequest",
    "Farewell",
    "FreezePost",
    "Hacked",
    "HandOver",
    "HandoverPage",
    "Handovers",
    "NewRequest",
    "RequestPage",
    "Requests",
    "Statement",
    "Step",
    "TakeOver",
    "Unfreeze",
    "WithdrawRequest",
]
