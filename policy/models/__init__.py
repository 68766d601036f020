"""Tables of the rulebook."""

from policy.models.generation import RulebookGeneration
from policy.models.handles import StaffHandle
from policy.models.versions import PackVersion, Trial
from policy.registers.models import ElectionPeriod, Restriction

__all__ = [
    "ElectionPeriod",
    "PackVersion",
    "Restriction",
    "RulebookGeneration",
    "StaffHandle",
    "Trial",
]
