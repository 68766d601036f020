"""Tables of accounts: organisation, people and roles."""

from accounts.models.organisation import (
    LPT,
    AccountKind,
    AccountStatus,
    Force,
    Platform,
    SocialAccount,
)
from accounts.models.people import User, UserManager
from accounts.models.roles import ApprovalRoute, Membership

__all__ = [
    "LPT",
    "AccountKind",
    "AccountStatus",
    "ApprovalRoute",
    "Force",
    "Membership",
    "Platform",
    "SocialAccount",
    "User",
    "UserManager",
]
