"""Tables of accounts: organisation, people, roles, routes and training."""

from accounts.models.duty import OpeningHours, Shift, Weekday
from accounts.models.guessing import Guessing
from accounts.models.organisation import (
    LONGEST_SIGNATURE,
    LPT,
    AccountKind,
    AccountStatus,
    Force,
    Platform,
    SocialAccount,
)
from accounts.models.people import User, UserManager
from accounts.models.roles import Membership
from accounts.models.routes import ApprovalRoute, Lane, Quorum, RouteStep
from accounts.models.training import GuidanceAccepted, RightsMoment, RightsNotice, TrainingDone

__all__ = [
    "LONGEST_SIGNATURE",
    "LPT",
    "AccountKind",
    "AccountStatus",
    "ApprovalRoute",
    "Force",
    "Guessing",
    "GuidanceAccepted",
    "Lane",
    "Membership",
    "OpeningHours",
    "Platform",
    "Quorum",
    "RightsMoment",
    "RightsNotice",
    "RouteStep",
    "Shift",
    "SocialAccount",
    "TrainingDone",
    "User",
    "UserManager",
    "Weekday",
]
