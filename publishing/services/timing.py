"""A new time for an approved tweet, in all the places where its time is kept."""

from datetime import datetime

from django.db.models import F

from drafts.models import Draft
from drafts.schedule import LONDON
from publishing.models import Delivery, DeliveryQuerySet
from publishing.workflow import Move


def give_time(delivery: Delivery, seen: DeliveryQuerySet, *, due_at: datetime) -> None:
    """Let the one delivery that `seen` selects go out at `due_at`, and plan its draft for then.

    How late it may be is what its approver chose. A draft that is called back later keeps the new
    time: with the old one it would expire. The caller has locked the draft's row before the
    delivery's. Raises LostLease.
    """
    wall = due_at.astimezone(LONDON).replace(tzinfo=None).isoformat(timespec="minutes")
    seen.move(
        Move.RESCHEDULE,
        due_at=due_at,
        next_at=due_at,
        not_after=delivery.last_moment(due_at),
        due_wall=wall,
        due_zone=str(LONDON),
        fence=F("fence") + 1,
        last_error="",
    )
    Draft.objects.filter(pk=delivery.draft_id).update(
        planned_at=due_at, planned_wall=wall, planned_zone=str(LONDON)
    )
