"""Deliveries and their attempts. The rows here are the schedule; there is no other."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import connection, models, transaction
from django.db.models import Q

from accounts.models import SocialAccount, User
from drafts.models import Draft, Revision
from publishing.workflow import MOVES, NEEDS_SOMEBODY, LostLease, Move, Outcome, State

_CLAIM = """
WITH due AS (
    SELECT id, next_at, row_number() OVER (PARTITION BY account_id ORDER BY next_at, id) AS turn
    FROM publishing_delivery WHERE state = 'queued' AND next_at <= %s
), picked AS (
    SELECT d.id FROM publishing_delivery d JOIN due ON due.id = d.id
    WHERE d.state = %s AND d.next_at <= %s ORDER BY due.turn, due.next_at, d.id LIMIT %s {lock}
)
UPDATE publishing_delivery
SET state = 'claimed', fence = fence + 1, owner = %s, lease_until = %s
WHERE id IN (SELECT id FROM picked) RETURNING id, fence
"""
CLAIM = {
    "postgresql": _CLAIM.format(lock="FOR UPDATE OF d SKIP LOCKED"),
    "sqlite": _CLAIM.format(lock=""),
}


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

    def claim(
        self, *, now: datetime, owner: str, lease_until: datetime, limit: int
    ) -> list[tuple[int, int]]:
        """Claim up to `limit` due deliveries; return (id, fence) of each.

        Every account gets its first turn before any gets a second one, so that a thousand due
        at once on one account do not delay the urgent one of another. Rows that another
        worker is claiming are passed over (PostgreSQL) or waited for (SQLite).
        """
        # Looked at without a transaction first: on SQLite every transaction takes the write lock.
        if not self.due(now).exists():
            return []
        at, until = (connection.ops.adapt_datetimefield_value(m) for m in (now, lease_until))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(CLAIM[connection.vendor], [at, State.QUEUED, at, limit, owner, until])
            return sorted((row[0], row[1]) for row in cursor.fetchall())

    def move(self, move: Move, **changes: Any) -> None:
        """Make `move` on the one delivery this query selects, in one conditional UPDATE.

        Raises LostLease when the query no longer selects a delivery in a state that allows it.
        """
        if not MOVES[move].happens(self, **changes):
            raise LostLease


class Delivery(models.Model):
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="deliveries")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="deliveries")
    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="deliveries")
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    approved_hash = models.CharField(max_length=64)
    # Blocks that were passed over for this content: [{"key", "override", "hash"}].
    overrides = models.JSONField(default=list)

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

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="delivery_state"),
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
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} of {self.draft}"

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


class WorkerHeartbeat(models.Model):
    """The last sign of life of one dispatching process."""

    owner = models.CharField(max_length=100, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.owner
