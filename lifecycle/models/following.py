"""Whom our accounts follow and why, and the yearly look at who follows them."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.models import SocialAccount, User
from lifecycle.reach import within
from lifecycle.workflow import FOLLOW_MOVES, FollowMove, FollowState


class Who(models.TextChoices):
    LOCAL = "local", "Somebody local: a person, a club, a shop"
    POLICE = "police", "A police account"
    PARTNER = "partner", "A partner: council, fire, health, school"
    MEDIA = "media", "Local media"
    OTHER = "other", "Somebody else"


class AlreadyDecided(Exception):
    """Somebody else has decided on this, or taken it back."""


class FollowingQuerySet(models.QuerySet["Following"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(within(user, "account__"))

    def asked(self) -> Self:
        return self.filter(state=FollowState.ASKED)

    def with_people(self) -> Self:
        return self.select_related("account__force", "account__lpt", "asked_by", "decided_by")

    def move(self, move: FollowMove, **changes: Any) -> None:
        """Make `move` on the one row this query selects. Raises AlreadyDecided."""
        if not FOLLOW_MOVES[move].happens(self, **changes):
            raise AlreadyDecided


class Following(models.Model):
    """That one of our accounts should follow somebody, and what was decided."""

    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="following")
    handle = models.CharField(max_length=100)
    who = models.CharField(max_length=20, choices=Who)
    why = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=FollowState, default=FollowState.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    objects: ClassVar[FollowingQuerySet] = FollowingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=FollowState.values), name="following_state"
            ),
            models.UniqueConstraint(
                F("account"),
                Lower("handle"),
                condition=Q(state__in=[FollowState.ASKED, FollowState.FOLLOWED]),
                name="followed_once",
            ),
            models.CheckConstraint(
                condition=Q(state=FollowState.ASKED, decided_by=None, decided_at=None)
                | ~Q(state=FollowState.ASKED)
                & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="following_is_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} following @{self.handle}"


class FollowerReview(models.Model):
    """Somebody has looked through the followers of an account."""

    account = models.ForeignKey(
        SocialAccount, on_delete=models.PROTECT, related_name="follower_reviews"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    blocked = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"review of the followers of {self.account}"


class ReviewReminder(models.Model):
    """That people were told once that nobody has looked through the followers `since` then."""

    account = models.ForeignKey(
        SocialAccount, on_delete=models.PROTECT, related_name="review_reminders"
    )
    since = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "since"], name="reminded_of_followers_once"),
        ]

    def __str__(self) -> str:
        return f"reminder of the followers of {self.account}"
