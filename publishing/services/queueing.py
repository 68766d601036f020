"""Putting an approved revision on its way, and calling it back."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.services import record
from audit.verbs import Verb
from drafts.models import Revision
from publishing.lateness import Late
from publishing.models import Delivery
from publishing.wakeup import wake
from publishing.workflow import LostLease, Move, State, TooLate


def enqueue(
    revision: Revision,
    *,
    approved_by: User,
    due_at: datetime,
    overrides: list[dict[str, Any]],
    now: datetime,
    may_be_late: Late = Late.USUAL,
) -> Delivery:
    """Write the delivery of an approval, in the approval's own transaction.

    The database refuses an approver who contributed to the draft (IntegrityError).
    """
    delivery = Delivery.objects.create(
        draft=revision.draft,
        revision=revision,
        account=revision.account,
        approved_by=approved_by,
        approved_at=now,
        approved_hash=revision.content_hash,
        overrides=overrides,
        due_at=due_at,
        not_after=may_be_late.last_moment(due_at),
        may_be_late=may_be_late,
        due_wall=revision.draft.planned_wall,
        due_zone=revision.draft.planned_zone,
        next_at=due_at,
    )
    record(
        Verb.DELIVERY_QUEUED,
        revision.draft,
        actor=None,
        at=now,
        delivery=delivery.pk,
        due_at=due_at.isoformat(),
        not_after=delivery.not_after.isoformat(),
    )
    if due_at <= now:
        transaction.on_commit(wake)
    return delivery


def cancel(delivery: Delivery, *, actor: User, now: datetime) -> None:
    """Call a delivery back before it goes out, in the caller's transaction.

    Raises TooLate when it is going out, is public, or may be: then nothing is changed here and
    a person has to look at the platform.
    """
    if delivery.may_be_public:
        raise TooLate
    try:
        Delivery.objects.filter(pk=delivery.pk).move(
            Move.CANCEL, next_at=now, lease_until=None, owner=""
        )
    except LostLease as error:
        raise TooLate from error
    record(Verb.DELIVERY_CANCELLED, delivery.draft, actor=actor, at=now, delivery=delivery.pk)


def live_delivery(draft_id: int) -> Delivery | None:
    """The delivery of a draft that was not cancelled; there is at most one."""
    return Delivery.objects.live().filter(draft_id=draft_id).select_related("draft").first()


def is_waiting(delivery: Delivery) -> bool:
    """Whether the delivery can still be called back."""
    return delivery.state in {State.QUEUED, State.CLAIMED}
