"""When corporate communications is open, and who is the duty officer when."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from accounts.models.organisation import Force
from accounts.models.people import User


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class OpeningHours(models.Model):
    """One weekday's hours on the clocks of the UK; without a row it has those of accounts.duty.

    Closed all day without times. `closes` at 00:00 is the midnight after.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "weekday"], name="hours_once_a_weekday"),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None)
                | Q(opens__isnull=False, closes__isnull=False)
                & (Q(closes__gt=F("opens")) | Q(closes="00:00")),
                name="hours_close_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens}–{self.closes}"


class ShiftQuerySet(models.QuerySet["Shift"]):
    def standing(self) -> Self:
        return self.filter(removed_at=None)

    def at(self, moment: datetime) -> Self:
        return self.standing().filter(starts_at__lte=moment, ends_at__gt=moment)

    def to_come(self, now: datetime) -> Self:
        """Those that are on or lie ahead, the next first."""
        return self.standing().filter(ends_at__gt=now).order_by("starts_at", "pk")


class Shift(models.Model):
    """That somebody is the duty officer from one moment to another. Never two at a time."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="shifts")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[ShiftQuerySet] = ShiftQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_later"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["force", "ends_at"], name="shift_standing", condition=Q(removed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, duty officer of {self.force}"
