"""What a person decides about a delivery that no longer moves by itself.

Each answer is bound to the delivery as the person saw it (`delivery.fence`): an answer from a page
that has been open too long finds that the delivery has moved on, and changes nothing.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from audit.services import record
from audit.verbs import Verb
from notices.models import Kind
from notices.services import settle, tell
from publishing.models import Attempt, Delivery, DeliveryAnswer, DeliveryQuerySet
from publishing.services.timing import give_time
from publishing.wakeup import wake
from publishing.workflow import Move, Outcome


def say_live(
    delivery: Delivery, *, actor: User, address: str, evidence: str, now: datetime
) -> None:
    """A named person saw it on the platform. Raises LostLease, PermissionDenied."""
    with transaction.atomic():
        _move(delivery, Move.SAY_LIVE, actor, external_url=address, published_at=now, last_error="")
        _resolve(delivery, Outcome.CONFIRMED_SENT)
        _answered(delivery, actor, now, answer="It is public", evidence=evidence)


def send_again(delivery: Delivery, *, actor: User, evidence: str, now: datetime) -> None:
    """It is not public: send it now, as it was approved. Raises LostLease, PermissionDenied."""
    with transaction.atomic():
        give_time(delivery, _seen(delivery, actor), Move.SAY_NOT_LIVE, due_at=now, now=now)
        _resolve(delivery, Outcome.CONFIRMED_NOT_SENT)
        _answered(delivery, actor, now, answer="Not public, sent again", evidence=evidence)
        transaction.on_commit(wake)


def drop(delivery: Delivery, *, actor: User, evidence: str, now: datetime) -> None:
    """It is not public and shall not be. Raises LostLease, PermissionDenied."""
    with transaction.atomic():
        _move(delivery, Move.DROP, actor)
        _resolve(delivery, Outcome.CONFIRMED_NOT_SENT)
        _answered(delivery, actor, now, answer="Dropped", evidence=evidence)


def reschedule(
    delivery: Delivery, *, actor: User, due_at: datetime, reason: str, now: datetime
) -> None:
    """Another time for the same approved words. Raises LostLease, PermissionDenied."""
    with transaction.atomic():
        give_time(delivery, _seen(delivery, actor), Move.RESCHEDULE, due_at=due_at, now=now)
        _answered(delivery, actor, now, answer="Given a new time", evidence=reason)
        record(
            Verb.DELIVERY_RESCHEDULED,
            delivery.draft,
            actor=actor,
            at=now,
            delivery=delivery.pk,
            due_at=due_at.isoformat(),
        )
        if due_at <= now:
            transaction.on_commit(wake)


def _seen(delivery: Delivery, actor: User) -> DeliveryQuerySet:
    """The delivery as the person saw it. Raises PermissionDenied."""
    if not actor.has_perm("publishing.answer", delivery):
        raise PermissionDenied
    return Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence)


def _move(delivery: Delivery, move: Move, actor: User, **changes: Any) -> None:
    _seen(delivery, actor).move(move, fence=delivery.fence + 1, **changes)


def _resolve(delivery: Delivery, outcome: Outcome) -> None:
    Attempt.objects.filter(delivery=delivery, outcome=Outcome.UNKNOWN).update(outcome=outcome)


def _answered(
    delivery: Delivery, actor: User, now: datetime, *, answer: str, evidence: str
) -> None:
    """Keep the words beside the trail, which holds none, and tell the author."""
    DeliveryAnswer.objects.create(
        delivery=delivery, person=actor, at=now, answer=answer, evidence=evidence
    )
    record(
        Verb.DELIVERY_ANSWERED,
        delivery.draft,
        actor=actor,
        at=now,
        delivery=delivery.pk,
        answer=answer,
    )
    settle(delivery.draft.get_absolute_url(), now=now)
    if actor != delivery.draft.author:
        told = f"{actor} looked after your tweet for {delivery.account}: {answer.lower()}."
        tell(
            [delivery.draft.author],
            f"{told} {evidence}",
            in_mail=told,
            kind=Kind.FAILED,
            link=delivery.draft.get_absolute_url(),
            now=now,
        )
