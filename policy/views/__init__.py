"""Pages of the rulebook."""

from policy.views.editing import ChangeList, ChangeNumbers, ChangeRule, Lists
from policy.views.handles import OwnAccount
from policy.views.rulebook import Rulebook
from policy.views.versions import Version, Versions

__all__ = [
    "ChangeList",
    "ChangeNumbers",
    "ChangeRule",
    "Lists",
    "OwnAccount",
    "Rulebook",
    "Version",
    "Versions",
]
