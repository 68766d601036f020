"""Accounts on which nobody tweets: since when, and what was told to whom."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import SocialAccount, User
from lifecycle.reach import within


class FirstSeen(models.Model):
    """When an account was there for the first time: it is not silent since before that."""

    account = models.OneToOneField(
        SocialAccount, on_delete=models.PROTECT, primary_key=True, related_name="first_seen"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account} since {self.at}"


class SilenceQuerySet(models.QuerySet["Silence"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(within(user, "account__"))

    def standing(self) -> Self:
        """Of accounts in use that are still silent."""
        return self.filter(ended_at=None, account__status="active")

    def to_close(self) -> Self:
        """The proposals to close that nobody has answered."""
        return self.standing().filter(level=3, kept_at=None)


class Silence(models.Model):
    """One account, silent `since` a moment: the level it has reached (1 to 3).

    A new tweet ends it. What is kept in spite of it is signed, and not proposed again.
    """

    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="silences")
    since = models.DateTimeField()
    level = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True)
    kept_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[SilenceQuerySet] = SilenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at=None), name="one_silence_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=3), name="silence_has_three_levels"
            ),
            models.CheckConstraint(
                condition=Q(kept_by=None, kept_at=None, kept_because="")
                | (Q(kept_by__isnull=False, kept_at__isnull=False) & ~Q(kept_because="")),
                name="silence_kept_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"silence of {self.account}"

    @property
    def days(self) -> int:
        """How many whole days it has lasted: what decides on its level, and stands in the mail."""
        return (timezone.now() - self.since).days
