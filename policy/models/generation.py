from typing import ClassVar

from django.db import models

from policy.registers.models import ElectionPeriod, Restriction

__all__ = ["ElectionPeriod", "Restriction", "RulebookGeneration"]


class RulebookGeneration(models.Model):
    """One row, counted up in the transaction of everything that changes what the rules say.

    A pack activation, a list change and an incident count; the dispatcher compares.
    """

    number = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_rulebook_generation"),
        ]

    def __str__(self) -> str:
        return f"Generation {self.number}"
