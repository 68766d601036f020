"""What is worked out from drafts and decisions for the people who keep the rulebook."""

from insights.services.figures import Figure, figures
from insights.services.trials import TRIAL_SIZE, kind_of, try_version
from insights.services.turnaround import CameBack, Span, Turnaround, turnaround

__all__ = [
    "TRIAL_SIZE",
    "CameBack",
    "Figure",
    "Span",
    "Turnaround",
    "figures",
    "kind_of",
    "try_version",
    "turnaround",
]
