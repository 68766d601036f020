"""Pages that read across apps."""

from insights.views.desk import Desk, NoticesRead
from insights.views.draft import DraftPage
from insights.views.public import AboutYou, Accessibility, Health, Start
from insights.views.rules import RulesDesk, TrialPage

__all__ = [
    "AboutYou",
    "Accessibility",
    "Desk",
    "DraftPage",
    "Health",
    "NoticesRead",
    "RulesDesk",
    "Start",
    "TrialPage",
]
