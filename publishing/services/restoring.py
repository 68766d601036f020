"""After a backup was restored: what has gone out since must not go out again.

The restored database believes that a tweet waits, or is on its way, which may have been published
after the backup was taken. So each of them is put where a tweet without an answer is: its platform
is asked, or knows the token again, and where neither can be a person looks.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft
from publishing.models import Attempt, Delivery, WorkerHeartbeat
from publishing.services.remembering import say_restored
from publishing.workflow import Move, Outcome, State

REASON = "A backup was restored: this may have gone out after it was taken."


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in doubt, and what people have to look at before they decide anew."""

    in_doubt: int
    # Missed, refused or with a person when the backup was taken: may have been sent since.
    ended: int
    # Waited for a decision: may have been approved and sent since, under another token.
    undecided: int
    # A worker has already worked on the restored database.
    has_been_worked_on: bool


def doubt_what_waits(*, taken_at: datetime, now: datetime) -> Restored:
    """Put whatever may have gone out since `taken_at` in doubt. No worker may run meanwhile.

    All that waits, whenever it is due: somebody may have brought it forward since. Safe to repeat.
    """
    waiting = Delivery.objects.filter(state__in=[State.QUEUED, State.CLAIMED, State.SENDING])
    in_doubt = 0
    for delivery in waiting.select_related("draft").order_by("pk").iterator():
        with transaction.atomic():
            _doubt(delivery, taken_at=taken_at, now=now)
        in_doubt += 1
    say_restored(taken_at=taken_at, now=now)
    # Looked for once before the backup proves nothing about the time after it.
    Delivery.objects.filter(state=State.UNKNOWN).update(times_not_found=0)
    ended = Delivery.objects.needing_somebody().exclude(state=State.UNKNOWN)
    return Restored(
        in_doubt=in_doubt,
        ended=ended.count(),
        undecided=Draft.objects.awaiting_review().count(),
        has_been_worked_on=WorkerHeartbeat.objects.filter(seen_at__gt=taken_at).exists(),
    )


def _doubt(delivery: Delivery, *, taken_at: datetime, now: datetime) -> None:
    fence = delivery.fence + 1
    Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence).move(
        Move.DOUBT,
        fence=fence,
        lease_until=None,
        owner="",
        next_at=now,
        times_not_found=0,
        last_error=REASON,
    )
    under_way = Attempt.objects.filter(delivery=delivery, outcome=Outcome.SENDING)
    under_way.update(outcome=Outcome.UNKNOWN, ended_at=now, detail=REASON)
    # The attempt that the backup does not know: as old as it can be at most.
    Attempt.objects.create(
        delivery=delivery,
        fence=fence,
        started_at=taken_at,
        ended_at=now,
        outcome=Outcome.UNKNOWN,
        detail=REASON,
    )
    record(
        Verb.DELIVERY_UNKNOWN,
        delivery.draft,
        actor=None,
        at=now,
        delivery=delivery.pk,
        reason=REASON,
    )
