"""What an account's profile should say, where it says something else, and what people want changed.

The profile is communications' to change. What was found and who wanted what is never deleted.
"""

from enum import StrEnum
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import SocialAccount, User
from drafts.workflow import Transition, transition

LONGEST = 1000


class ProfileField(models.TextChoices):
    """What a profile consists of, as far as platforms let it be read."""

    NAME = "name", "Name"
    BIO = "bio", "Bio"
    LINK = "link", "Link"
    PICTURE = "picture", "Picture"
    PROTECTED = "protected", "Who can see or follow it"
    VERIFIED = "verified", "Verified"
    # On record with the account itself, not with its profile.
    HANDLE = "handle", "Handle"


# What somebody can ask for.
CHANGEABLE = (ProfileField.NAME, ProfileField.BIO, ProfileField.LINK, ProfileField.PICTURE)


class ProfileRecord(models.Model):
    """The profile as it should be, and when the platform is asked next whether it is.

    `values` holds, by field, what was last agreed; a field that its platform does not tell is
    missing. Nobody took it: it is what was found first.
    """

    account = models.OneToOneField(
        SocialAccount, on_delete=models.PROTECT, primary_key=True, related_name="profile_record"
    )
    values = models.JSONField(default=dict)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"], name="profile_next")]

    def __str__(self) -> str:
        return f"profile of {self.account}"


class Drift(models.TextChoices):
    OPEN = "open", "Not as on record"
    TAKEN = "taken", "Taken as the record"
    UNDONE = "undone", "As on record again"


class DriftMove(StrEnum):
    TAKE = "take"
    UNDO = "undo"


DRIFT_MOVES: dict[DriftMove, Transition[Drift]] = {
    DriftMove.TAKE: transition(Drift.OPEN, to=Drift.TAKEN),
    DriftMove.UNDO: transition(Drift.OPEN, to=Drift.UNDONE),
}


class ProfileSettled(Exception):
    """Somebody was first: it is not what its reader saw any more."""


class DifferenceQuerySet(models.QuerySet["ProfileDifference"]):
    def open(self) -> Self:
        return self.filter(state=Drift.OPEN)

    def move(self, move: DriftMove, **changes: Any) -> None:
        """Make `move` on the one row this query selects. Raises ProfileSettled."""
        if not DRIFT_MOVES[move].happens(self, **changes):
            raise ProfileSettled


class ProfileDifference(models.Model):
    """One field of a live profile that was not what the record says."""

    account = models.ForeignKey(
        SocialAccount, on_delete=models.PROTECT, related_name="profile_differences"
    )
    field = models.CharField(max_length=20, choices=ProfileField)
    recorded = models.CharField(max_length=LONGEST, blank=True)
    found = models.CharField(max_length=LONGEST, blank=True)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=Drift, default=Drift.OPEN)
    settled_at = models.DateTimeField(null=True)
    # Nobody: the platform shows it again as it should be.
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[DifferenceQuerySet] = DifferenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "field"],
                condition=Q(state="open"),
                name="one_open_difference_each",
            ),
            models.CheckConstraint(
                condition=Q(field__in=ProfileField.values), name="difference_field"
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None, settled_by=None)
                | Q(state="taken", settled_at__isnull=False, settled_by__isnull=False)
                | Q(state="undone", settled_at__isnull=False),
                name="difference_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} of {self.account}"


class Wish(models.TextChoices):
    ASKED = "asked", "Waits for communications"
    AGREED = "agreed", "Agreed, to be done on the platform"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"
    DONE = "done", "Done"


OPEN_WISHES = frozenset({Wish.ASKED, Wish.AGREED})


class WishMove(StrEnum):
    AGREE = "agree"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    FINISH = "finish"


WISH_MOVES: dict[WishMove, Transition[Wish]] = {
    WishMove.AGREE: transition(Wish.ASKED, to=Wish.AGREED),
    WishMove.DECLINE: transition(Wish.ASKED, Wish.AGREED, to=Wish.DECLINED),
    WishMove.WITHDRAW: transition(Wish.ASKED, Wish.AGREED, to=Wish.WITHDRAWN),
    WishMove.FINISH: transition(Wish.AGREED, to=Wish.DONE),
}


class ChangeQuerySet(models.QuerySet["ProfileChange"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_WISHES)

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def move(self, move: WishMove, **changes: Any) -> None:
        """Make `move` on the one row this query selects. Raises ProfileSettled."""
        if not WISH_MOVES[move].happens(self, **changes):
            raise ProfileSettled


class ProfileChange(models.Model):
    """What somebody of the team wants the profile to say, why, and what came of it."""

    account = models.ForeignKey(
        SocialAccount, on_delete=models.PROTECT, related_name="profile_changes"
    )
    field = models.CharField(max_length=20, choices=ProfileField)
    # The new words; of a picture, what it shows.
    wanted = models.CharField(max_length=LONGEST)
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=Wish, default=Wish.ASKED)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[ChangeQuerySet] = ChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "field"],
                condition=Q(state__in=["asked", "agreed"]),
                name="one_open_change_each",
            ),
            models.CheckConstraint(condition=Q(state__in=Wish.values), name="change_state"),
            models.CheckConstraint(
                condition=Q(field__in=["name", "bio", "link", "picture"]), name="change_field"
            ),
            models.CheckConstraint(
                condition=~Q(wanted="") & ~Q(reason=""), name="change_says_what_and_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "declined", "done"])
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="change_decision_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""), name="change_declined_in_words"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_by__isnull=False, done_at__isnull=False)
                | (~Q(state="done") & Q(done_by=None, done_at=None)),
                name="change_tick_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display().lower()} of {self.account}"
