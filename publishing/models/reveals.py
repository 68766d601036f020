"""Breaking the glass: who wanted to see an account's credentials, why, and who let them.

The life of such a request is the table MOVES; the rows are never deleted.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import SocialAccount, User
from drafts.workflow import Transition, transition


class State(models.TextChoices):
    ASKED = "asked", "Waits for a second person"
    GRANTED = "granted", "Can be opened once"
    SHOWN = "shown", "Shown"
    REFUSED = "refused", "Not granted"
    WITHDRAWN = "withdrawn", "Taken back"
    LAPSED = "lapsed", "Ended unused"


OPEN = frozenset({State.ASKED, State.GRANTED})


class Move(StrEnum):
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    SHOW = "show"
    LAPSE = "lapse"


MOVES: dict[Move, Transition[State]] = {
    Move.GRANT: transition(State.ASKED, to=State.GRANTED),
    Move.REFUSE: transition(State.ASKED, to=State.REFUSED),
    Move.WITHDRAW: transition(State.ASKED, State.GRANTED, to=State.WITHDRAWN),
    Move.SHOW: transition(State.GRANTED, to=State.SHOWN),
    Move.LAPSE: transition(State.ASKED, State.GRANTED, to=State.LAPSED),
}


class RevealOver(Exception):
    """The request is not what its reader saw any more: answered, used, taken back or too old."""


class RevealQuerySet(models.QuerySet["Reveal"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def standing(self, now: datetime) -> Self:
        """Those that can still be answered or used."""
        return self.open().filter(expires_at__gt=now)

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def move(self, move: Move, **changes: Any) -> None:
        """Make `move` on the one row this query selects. Raises RevealOver when it cannot be."""
        if not MOVES[move].happens(self, **changes):
            raise RevealOver


class Reveal(models.Model):
    """One request to see what an account signs in with. Holds none of it."""

    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="reveals")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    # Until then it can be answered, and once granted be opened.
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)

    objects: ClassVar[RevealQuerySet] = RevealQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "asked_by"],
                condition=Q(state__in=["asked", "granted"]),
                name="one_open_reveal_each",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="reveal_state"),
            models.CheckConstraint(condition=~Q(reason=""), name="reveal_reason"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="reveal_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="reveal_decision_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "shown", "refused"])
                | Q(decided_by__isnull=False),
                name="reveal_was_decided",
            ),
            models.CheckConstraint(
                condition=Q(state="shown", shown_at__isnull=False)
                | (~Q(state="shown") & Q(shown_at=None)),
                name="reveal_shown_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_at"],
                name="reveal_open",
                condition=Q(state__in=["asked", "granted"]),
            ),
        ]

    def __str__(self) -> str:
        return f"credentials of {self.account} for {self.asked_by}"
