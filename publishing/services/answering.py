"""What a person decides about a delivery that no longer moves by itself."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.services import record
from audit.verbs import Verb
from publishing.models import Attempt, Delivery
from publishing.wakeup import wake
from publishing.workflow import Move, Outcome


def _permitted(delivery: Delivery, actor: User) -> None:
    if not actor.has_perm("publishing.answer", delivery):
        raise PermissionDenied


def _resolve(delivery: Delivery, outcome: Outcome) -> None:
    Attempt.objects.filter(delivery=delivery, outcome=Outcome.UNKNOWN).update(outcome=outcome)


def say_live(
    delivery: Delivery, *, actor: User, address: str, evidence: str, now: datetime
) -> None:
    """A named person saw it on the platform. Raises LostLease, PermissionDenied."""
    _permitted(delivery, actor)
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).move(
            Move.SAY_LIVE,
            external_url=address,
            published_at=now,
            fence=F("fence") + 1,
            last_error="",
        )
        _resolve(delivery, Outcome.CONFIRMED_SENT)
        _answered(delivery, actor, now, answer="live", evidence=evidence)


def send_again(delivery: Delivery, *, actor: User, evidence: str, now: datetime) -> None:
    """It is not public: send it now, as it was approved. Raises LostLease, PermissionDenied."""
    _permitted(delivery, actor)
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).move(
            Move.SAY_NOT_LIVE,
            due_at=now,
            next_at=now,
            not_after=now + settings.LATE_LIMIT,
            fence=F("fence") + 1,
            last_error="",
        )
        _resolve(delivery, Outcome.CONFIRMED_NOT_SENT)
        _answered(delivery, actor, now, answer="not live, send again", evidence=evidence)
        transaction.on_commit(wake)


def drop(delivery: Delivery, *, actor: User, evidence: str, now: datetime) -> None:
    """It is not public and shall not be. Raises LostLease, PermissionDenied."""
    _permitted(delivery, actor)
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).move(Move.DROP, fence=F("fence") + 1)
        _resolve(delivery, Outcome.CONFIRMED_NOT_SENT)
        _answered(delivery, actor, now, answer="dropped", evidence=evidence)


def reschedule(
    delivery: Delivery, *, actor: User, due_at: datetime, reason: str, now: datetime
) -> None:
    """Another time for the same approved words. Raises LostLease, PermissionDenied."""
    _permitted(delivery, actor)
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).move(
            Move.RESCHEDULE,
            due_at=due_at,
            next_at=due_at,
            not_after=due_at + settings.LATE_LIMIT,
            fence=F("fence") + 1,
            last_error="",
        )
        record(
            Verb.DELIVERY_RESCHEDULED,
            delivery.draft,
            actor=actor,
            at=now,
            delivery=delivery.pk,
            due_at=due_at.isoformat(),
            reason=reason,
        )
        if due_at <= now:
            transaction.on_commit(wake)


def _answered(
    delivery: Delivery, actor: User, now: datetime, *, answer: str, evidence: str
) -> None:
    record(
        Verb.DELIVERY_ANSWERED,
        delivery.draft,
        actor=actor,
        at=now,
        delivery=delivery.pk,
        answer=answer,
        evidence=evidence,
    )
