"""What is worked out from drafts and decisions for the people who keep the rulebook."""

from insights.services.figures import Figure, figures
from insights.services.trials import TRIAL_SIZE, kind_of, try_version

__all__ = ["TRIAL_SIZE", "Figure", "figures", "kind_of", "try_version"]
