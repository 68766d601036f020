"""Tables of the registers. A row is never deleted and changes once: when it ends."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import Force, User


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def in_force(self, force_id: int, *, on: date) -> Self:
        """Those of a force that nobody ended and whose last day is not over, on a UK day."""
        still = Q(until=None) | Q(until__gte=on)
        return self.filter(still, force=force_id, ended_at=None).order_by("pk")

    def over(self, force_id: int, *, on: date) -> Self:
        """The others of a force, the latest first."""
        past = Q(ended_at__isnull=False) | Q(until__lt=on)
        return self.filter(past, force=force_id).order_by("-pk")

    def with_people(self) -> Self:
        return self.select_related("added_by", "ended_by", "replaced_by")


class Restriction(models.Model):
    """Words that a court order or injunction keeps out of every tweet of the force.

    `terms` and `case_name` are shown on the pages of this list alone. A change ends the row and
    adds another, which `replaces` it.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="restrictions")
    terms = models.JSONField()
    case_name = models.CharField(max_length=200)
    court = models.CharField(max_length=200)
    # The last day on which it holds, UK time; None until somebody ends it.
    until = models.DateField(null=True)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )

    objects: ClassVar[RestrictionQuerySet] = RestrictionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="restriction_end_is_signed",
            ),
        ]

    def __str__(self) -> str:
        # No word of the order: this name goes into the trail.
        return f"restriction {self.pk}"


class ElectionPeriodQuerySet(models.QuerySet["ElectionPeriod"]):
    def covering(self, force_id: int, *, on: date) -> Self:
        """Those of a force that are on, on a UK day."""
        return self.filter(
            force=force_id, ended_at=None, starts_on__lte=on, ends_on__gte=on
        ).order_by("ends_on", "pk")

    def to_come(self, force_id: int, *, on: date) -> Self:
        """Those of a force that are on or lie ahead, on a UK day."""
        return self.filter(force=force_id, ended_at=None, ends_on__gte=on).order_by(
            "starts_on", "pk"
        )

    def over(self, force_id: int, *, on: date) -> Self:
        """Those of a force that have passed or were ended, the latest first."""
        past = Q(ended_at__isnull=False) | Q(ends_on__lt=on)
        return self.filter(past, force=force_id).order_by("-ends_on", "-pk")

    def with_people(self) -> Self:
        return self.select_related("declared_by", "ended_by")


class ElectionPeriod(models.Model):
    """The days before an election in which the force keeps out of politics altogether."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="election_periods")
    area = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[ElectionPeriodQuerySet] = ElectionPeriodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="election_period_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="election_period_end_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"Pre-election period in {self.area}"
