"""A new time for an approved tweet, in all the places where its time is kept."""

from datetime import datetime

from django.db.models import F

from drafts.models import Draft
from drafts.schedule import LONDON
from publishing.models import Delivery, DeliveryQuerySet
from publishing.workflow import Move


def give_time(
    delivery: Delivery, seen: DeliveryQuerySet, move: Move, *, due_at: datetime, now: datetime
) -> None:
    """Let the one delivery that `seen` selects go out at `due_at`, and plan its draft for then.

    What goes out at once is planned for no time, like any tweet that goes out as soon as approved.
    How late it may be is what its approver chose. A draft that is called back later keeps the new
    plan: with the old time it would expire. The caller is in a transaction. Raises LostLease.
    """
    is_planned = due_at > now
    local = due_at.astimezone(LONDON).replace(tzinfo=None)
    wall = local.isoformat(timespec="minutes") if is_planned else ""
    zone = str(LONDON) if is_planned else ""
    # The draft's row before the delivery's: so does whoever calls a tweet back.
    list(Draft.objects.filter(pk=delivery.draft_id).select_for_update(of=("self",)))
    seen.move(
        move,
        due_at=due_at,
        next_at=due_at,
        not_after=delivery.last_moment(due_at),
        due_wall=wall,
        due_zone=zone,
        fence=F("fence") + 1,
        last_error="",
    )
    Draft.objects.filter(pk=delivery.draft_id).update(
        planned_at=due_at if is_planned else None, planned_wall=wall, planned_zone=zone
    )
