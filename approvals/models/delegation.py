"""Who decides in whose place while they are away."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import User


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def current(self, on: date) -> Self:
        return self.filter(since__lte=on, until__gte=on, ended_at=None)


class Delegation(models.Model):
    """`person` decides in the place of `absent`, from one date to another (both included)."""

    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_given")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations")
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[DelegationQuerySet] = DelegationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="delegation_ends_later"
            ),
            models.CheckConstraint(
                condition=~Q(person=models.F("absent")), name="delegation_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.absent}"
