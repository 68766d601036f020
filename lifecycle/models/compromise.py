"""That an account may be in somebody else's hands."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.models import SocialAccount, User
from accounts.roles import TEAM_SUPERVISORS
from lifecycle.reach import CENTRE, within


class CompromiseQuerySet(models.QuerySet["Compromise"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def visible_to(self, user: User) -> Self:
        """Whoever could freeze the account sees what became of it."""
        return self.filter(within(user, "account__", everywhere=CENTRE | TEAM_SUPERVISORS))

    def with_people(self) -> Self:
        return self.select_related(
            "account__force", "account__lpt", "reported_by", "first_by", "second_by"
        )

    def with_overdue(self, now: datetime) -> Self:
        """Each with `overdue`, how many of its steps should have been done before `now`."""
        late = Q(steps__done_at=None, steps__due_at__lt=now)
        return self.annotate(overdue=Count("steps", filter=late))

    def newest_first(self) -> Self:
        return self.order_by("-reported_at", "-pk")


class Compromise(models.Model):
    """One account that looks hacked: frozen from the report on, until two people sign.

    `since` is the first moment at which tweets may not have been ours.
    """

    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="compromises")
    words = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    first_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[CompromiseQuerySet] = CompromiseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="one_compromise_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(first_by=None, first_at=None)
                | Q(first_by__isnull=False, first_at__isnull=False),
                name="compromise_first_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None, ended_at=None)
                | (
                    Q(second_by__isnull=False, ended_at__isnull=False, first_by__isnull=False)
                    & ~Q(second_by=F("first_by"))
                ),
                name="two_people_end_a_compromise",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}, which may be hacked"

    def get_absolute_url(self) -> str:
        return reverse("lifecycle:case", args=[self.pk])


class FurtherReport(models.Model):
    """What somebody saw on an account that was frozen already."""

    compromise = models.ForeignKey(
        Compromise, on_delete=models.PROTECT, related_name="further_reports"
    )
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"A further report of {self.compromise}"
