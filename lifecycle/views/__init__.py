"""Pages of an account's life."""

from lifecycle.views.accounts import Accounts
from lifecycle.views.compromise import Case, FreezePost, Hacked, Statement, Unfreeze
from lifecycle.views.following import (
    AskToFollow,
    DecideFollowing,
    FollowingPage,
    ReviewFollowers,
    Unfollow,
)
from lifecycle.views.handovers import (
    CallOff,
    Farewell,
    HandOver,
    HandoverPage,
    Handovers,
    TakeOver,
)
from lifecycle.views.offers import AnswerOffer, OfferDraft, Offers
from lifecycle.views.questions import AskComms, CloseQuestion, QuestionPage, Questions
from lifecycle.views.requests import (
    AnswerRequest,
    EditRequest,
    NewRequest,
    RequestPage,
    Requests,
    WithdrawRequest,
)
from lifecycle.views.silence import Keep, Silent
from lifecycle.views.steps import Step

__all__ = [
    "Accounts",
    "AnswerOffer",
    "AnswerRequest",
    "AskComms",
    "AskToFollow",
    "CallOff",
    "Case",
    "CloseQuestion",
    "DecideFollowing",
    "EditRequest",
    "Farewell",
    "FollowingPage",
    "FreezePost",
    "Hacked",
    "HandOver",
    "HandoverPage",
    "Handovers",
    "Keep",
    "NewRequest",
    "OfferDraft",
    "Offers",
    "QuestionPage",
    "Questions",
    "RequestPage",
    "Requests",
    "ReviewFollowers",
    "Silent",
    "Statement",
    "Step",
    "TakeOver",
    "Unfollow",
    "Unfreeze",
    "WithdrawRequest",
]
