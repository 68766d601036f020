"""Pages that read across apps."""

from insights.views.desk import Desk, NoticesRead
from insights.views.draft import DraftPage
from insights.views.health import Alive, Metrics, Ready
from insights.views.public import AboutYou, Accessibility, Health, Start
from insights.views.rules import RulesDesk, TrialPage
from insights.views.starting import StartForce
from insights.views.turnaround import TurnaroundFile, TurnaroundPage

__all__ = [
    "AboutYou",
    "Accessibility",
    "Alive",
    "Desk",
    "DraftPage",
    "Health",
    "Metrics",
    "NoticesRead",
    "Ready",
    "RulesDesk",
    "Start",
    "StartForce",
    "TrialPage",
    "TurnaroundFile",
    "TurnaroundPage",
]
