"""Taking a public tweet down: the wish, where it stands, and everything that was tried.

The row of the wish is written first. Whoever dies while asking the platform loses nothing: the next
sweep finds it again.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from drafts.workflow import Transition, transition


class Reason(models.TextChoices):
    """Why a tweet has to go: one tap."""

    WRONG = "wrong", "It is wrong or out of date"
    NAMES_PERSON = "names_person", "It names or shows somebody"
    LIVE = "live", "It could harm something that is going on"
    COURT = "court", "It could harm a court case"
    TONE = "tone", "It sounds wrong, or people are hurt"
    MISTAKE = "mistake", "It went out by mistake"
    ASKED = "asked", "Somebody asked us to"
    OTHER = "other", "Something else"


class State(models.TextChoices):
    ASKED = "asked", "Being taken down"
    FAILED = "failed", "Not gone yet: take it down by hand"
    BY_HAND = "by_hand", "Take it down by hand"
    GONE = "gone", "Gone"
    NEVER_PUBLIC = "never_public", "It never was public"


# The wish is still open: somebody or something has to act.
OPEN = frozenset({State.ASKED, State.FAILED, State.BY_HAND})
# Blue Lamp goes on trying by itself.
TRYING = frozenset({State.ASKED, State.FAILED})
NEEDS_HAND = frozenset({State.FAILED, State.BY_HAND})


class Move(StrEnum):
    FAIL = "fail"
    HAND_OVER = "hand_over"
    GO = "go"
    FIND_PRIVATE = "find_private"


MOVES: dict[Move, Transition[State]] = {
    Move.FAIL: transition(State.ASKED, State.FAILED, to=State.FAILED),
    Move.HAND_OVER: transition(State.ASKED, State.FAILED, State.BY_HAND, to=State.BY_HAND),
    Move.GO: transition(State.ASKED, State.FAILED, State.BY_HAND, to=State.GONE),
    Move.FIND_PRIVATE: transition(State.ASKED, State.FAILED, State.BY_HAND, to=State.NEVER_PUBLIC),
}


class Settled(Exception):
    """Somebody or something has settled this take-down already."""


class TakeDownQuerySet(models.QuerySet["TakeDown"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def due(self, now: datetime) -> Self:
        return self.filter(state__in=TRYING, next_at__lte=now)

    def with_people(self) -> Self:
        return self.select_related(
            "asked_by", "confirmed_by", "delivery__account__force", "delivery__account__lpt",
            "delivery__revision__account", "delivery__draft__author",
        )  # fmt: skip

    def move(self, move: Move, **changes: Any) -> None:
        """Make `move` on the one row this query selects. Raises Settled when it cannot be made."""
        if not MOVES[move].happens(self, **changes):
            raise Settled


class TakeDown(models.Model):
    """Who wanted a tweet gone, when and why; kept for good, as is the tweet itself."""

    delivery = models.OneToOneField(
        "publishing.Delivery", on_delete=models.PROTECT, related_name="take_down"
    )
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=20, choices=Reason)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    # When a worker should try next, while it tries.
    next_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    # How often a platform that gave no answer was asked and did not have the tweet.
    times_not_found = models.PositiveSmallIntegerField(default=0)
    # What the platform said last, when it was not "done".
    last_error = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True)
    # Empty when the platform confirmed it; else who saw for themselves, and what they saw.
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    evidence = models.CharField(max_length=300, blank=True)

    objects: ClassVar[TakeDownQuerySet] = TakeDownQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="take_down_state"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="take_down_reason"),
            models.CheckConstraint(
                condition=Q(state__in=["gone", "never_public"], settled_at__isnull=False)
                | Q(state__in=["asked", "failed", "by_hand"], settled_at=None),
                name="take_down_settled",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(evidence=""), name="take_down_evidence"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at"],
                name="take_down_due",
                condition=Q(state__in=["asked", "failed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"take-down of {self.delivery}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def needs_hand(self) -> bool:
        return self.state in NEEDS_HAND


class TakeDownTry(models.Model):
    """One try and what the platform said to it. Never changed."""

    take_down = models.ForeignKey(TakeDown, on_delete=models.PROTECT, related_name="log")
    at = models.DateTimeField()
    said = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.take_down}: {self.said}"
