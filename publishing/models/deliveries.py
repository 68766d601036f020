"""Deliveries and their attempts. The rows here are the schedule; there is no other."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import SocialAccount, User
from drafts.models import Draft, Revision
from publishing.lateness import Late
from publishing.statements import claim_rows
from publishing.workflow import MOVES, NEEDS_SOMEBODY, LostLease, Move, Outcome, State


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> Self:
        return self.filter(state=State.QUEUED, next_at__lte=now)

    def lease_over(self, state: State, now: datetime) -> Self:
        return self.filter(state=state, lease_until__lte=now)

    def live(self) -> Self:
        return self.exclude(state=State.CANCELLED)

    def needing_somebody(self) -> Self:
        return self.filter(state__in=NEEDS_SOMEBODY)

    def visible_to(self, user: User) -> Self:
        return self.filter(draft__in=Draft.objects.visible_to(user))

    def with_people(self) -> Self:
        return self.select_related(
            "draft__author", "account__lpt", "account__force", "revision", "approved_by"
        )

    def queued(self) -> Self:
        return self.filter(state=State.QUEUED)

    def load_content(self) -> "list[Delivery]":
        """These, with everything that is sent and what the rulebook and the notices ask about it.

        In one query, however many there are.
        """
        people = (
            "draft__author",
            "revision",
            "account__force",
            "account__lpt",
            "account__circuit",
        )
        found = list(self.select_related(*people))
        for delivery in found:
            # Nearly always one and the same account: it is loaded once.
            for part in (delivery.draft, delivery.revision):
                if part.account_id == delivery.account_id:
                    part.account = delivery.account
            delivery.revision.draft = delivery.draft
        return found

    def claim(
        self,
        *,
        now: datetime,
        owner: str,
        lease_until: datetime,
        limit: int,
        busy: Collection[int] = (),
        full: Collection[str] = (),
    ) -> list[tuple[int, int]]:
        """Claim up to `limit` due deliveries; return (id, fence) of each.

        Every account gets its first turn before any gets a second one, so that a thousand due
        at once on one account do not delay the urgent one of another. Accounts whose keys are
        in `busy` get none, nor do those whose publisher's alias is in `full`. Rows that another
        worker is claiming are passed over (PostgreSQL) or waited for (SQLite).
        """
        # Looked at without a transaction first: on SQLite every transaction takes the write lock.
        if not self.due(now).exists():
            return []
        return claim_rows(
            now=now, owner=owner, lease_until=lease_until, limit=limit, busy=busy, full=full
        )

    def move(self, move: Move, **changes: Any) -> None:
        """Make `move` on the one delivery this query selects, in one conditional UPDATE.

        Raises LostLease when the query no longer selects a delivery in a state that allows it.
        """
        if not MOVES[move].happens(self, **changes):
            raise LostLease


class Delivery(models.Model):
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="deliveries")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="deliveries")
    # Indexed in two parts, `delivery_turn` and `delivery_past`: CLAIM must not read what is past.
    account = models.ForeignKey(
        SocialAccount, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    approved_hash = models.CharField(max_length=64)
    # Blocks that were passed over for this content: [{"key", "override", "hash"}].
    overrides = models.JSONField(default=list)
    # How late it may be, whatever time it is given: `not_after` follows from it.
    may_be_late = models.CharField(
        max_length=10, choices=Late, default=Late.USUAL, db_default=Late.USUAL
    )

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=20, choices=State, default=State.QUEUED)
    due_at = models.DateTimeField()
    not_after = models.DateTimeField()
    due_wall = models.CharField(max_length=20, blank=True)
    due_zone = models.CharField(max_length=40, blank=True)
    # When the dispatcher should look at this row next: due, retried, or unknown and settled.
    next_at = models.DateTimeField()
    fence = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    owner = models.CharField(max_length=100, blank=True)
    attempts_made = models.PositiveIntegerField(default=0)
    times_not_found = models.PositiveSmallIntegerField(default=0)
    external_id = models.CharField(max_length=100, blank=True)
    external_url = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    # The rulebook let it pass: under which generation, when, what it compared it with until when,
    # and how long that counts. Without a verdict that holds nothing is sent.
    checked_generation = models.PositiveBigIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    compared_at = models.DateTimeField(null=True)
    checked_until = models.DateTimeField(null=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="delivery_state"),
            models.CheckConstraint(condition=Q(may_be_late__in=Late.values), name="delivery_late"),
            models.CheckConstraint(
                condition=Q(not_after__gt=models.F("due_at")), name="delivery_has_time"
            ),
            models.UniqueConstraint(
                fields=["draft"],
                condition=~Q(state="cancelled"),
                name="one_live_delivery_per_draft",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at", "id"], name="delivery_due", condition=Q(state="queued")
            ),
            models.Index(
                fields=["lease_until"],
                name="delivery_leased",
                condition=Q(state__in=["claimed", "sending", "unknown"]),
            ),
            models.Index(fields=["due_at", "id"], name="delivery_line"),
            # Few rows at any time: what a person is needed for, counted and watched all the time.
            models.Index(
                fields=["id"],
                name="delivery_stopped",
                condition=Q(state__in=["unknown", "needs_human", "refused", "missed"]),
            ),
            models.Index(
                fields=["published_at"], name="delivery_gone", condition=Q(state="published")
            ),
            models.Index(
                fields=["account", "next_at", "id"],
                name="delivery_turn",
                condition=Q(state="queued"),
            ),
            models.Index(
                fields=["account", "published_at"],
                name="delivery_past",
                condition=~Q(state="queued"),
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} of {self.draft}"

    def last_moment(self, due_at: datetime) -> datetime:
        """Its `not_after` if it is due at `due_at`, by what its approver chose."""
        return Late(self.may_be_late).last_moment(due_at)

    @property
    def may_be_public(self) -> bool:
        """Whether an attempt ended without an answer and nobody has found out since."""
        return self.attempts.filter(outcome=Outcome.UNKNOWN).exists()


class Attempt(models.Model):
    """One handing over to a platform. Closed once, then never changed."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    fence = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.SENDING)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["delivery"],
                condition=Q(outcome="sending"),
                name="one_open_attempt_per_delivery",
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="attempt_outcome"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.fence} of {self.delivery}"


class DeliveryAnswer(models.Model):
    """What a named person said about a delivery that needed somebody. Never changed."""

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=40)
    evidence = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.answer}: {self.delivery}"
