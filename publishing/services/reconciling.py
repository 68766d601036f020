"""RECONCILE: what a worker left behind, and what a platform never answered.

Every worker does this every few seconds; doing it twice changes nothing.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import transaction
from django.db.models import F, Max

from publishing.backends.base import CannotAsk, Lookup, Published, Publisher
from publishing.models import Attempt, Delivery, DeliveryQuerySet
from publishing.publishers import publishers
from publishing.services import circuit
from publishing.services.finishing import announce_published, give_to_human, lose_track
from publishing.services.heartbeat import beat
from publishing.services.payload import payload_of
from publishing.services.remembering import is_another_database
from publishing.services.resending import is_safe_to_repeat
from publishing.services.vault import secrets_of
from publishing.workflow import LostLease, Move, Outcome, State

logger = logging.getLogger(__name__)
BATCH = 50
# Not found twice, the settling time apart, is proof enough that it is not public.
LOOKS = 2
# A platform that cannot be asked for this many settling times: a person is.
PATIENCE = 10


def reconcile(*, now: datetime) -> int:
    """Put every abandoned delivery where it belongs; return how many were moved."""
    beat(now=now)
    moved = 0
    if is_another_database():
        # What it believes to be without an answer may have been answered for since.
        return moved
    for settle, found in (
        (_back_to_the_queue, Delivery.objects.lease_over(State.CLAIMED, now)),
        (_no_answer_came, Delivery.objects.lease_over(State.SENDING, now)),
        (_clear_up, Delivery.objects.filter(state=State.UNKNOWN, next_at__lte=now)),
    ):
        for delivery in found.with_people().order_by("pk")[:BATCH]:
            try:
                settle(delivery, now)
            except LostLease:
                continue
            except DatabaseError:
                raise
            except Exception:
                # One that cannot be settled must not keep the others waiting.
                logger.exception("Delivery %s was not settled", delivery.pk)
                continue
            moved += 1
    return moved


def _back_to_the_queue(delivery: Delivery, now: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, lease_until__lte=now).move(
        Move.RELEASE, next_at=now, lease_until=None, owner=""
    )


def _no_answer_came(delivery: Delivery, now: datetime) -> None:
    mine = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, lease_until__lte=now)
    with transaction.atomic():
        lose_track(mine, delivery, "The worker stopped while it was sending.", now=now)


def _clear_up(delivery: Delivery, now: datetime) -> None:
    """Find out by what the publisher can do: look, or send again under the same token."""
    # Whoever moves next_at is the one who looks; the others find nothing to do.
    mine = Delivery.objects.filter(
        pk=delivery.pk, fence=delivery.fence, state=State.UNKNOWN, next_at=delivery.next_at
    ).update(next_at=now + settings.DELIVERY_SETTLE, fence=F("fence") + 1)
    if not mine:
        raise LostLease
    delivery.fence += 1
    publisher = publishers.get(delivery.account.publisher)
    if publisher and publisher.lookup_kind == Lookup.RELIABLE:
        _look(delivery, publisher, now)
    elif is_safe_to_repeat(delivery, now=now):
        Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence).move(
            Move.NOT_FOUND, next_at=now
        )
    else:
        give_to_human(
            delivery,
            "The platform gave no answer and cannot be asked. Look whether the tweet is public.",
            now=now,
        )


def _look(delivery: Delivery, publisher: Publisher, now: datetime) -> None:
    try:
        found = publisher.find(
            payload_of(delivery), secrets_of(delivery.account), since=delivery.due_at
        )
    except Exception as error:  # noqa: BLE001  a platform that cannot be asked is asked again
        logger.warning("Delivery %s was not looked up: %s", delivery.pk, type(error).__name__)
        if isinstance(error, CannotAsk):
            circuit.stop(delivery.account, error.cause, str(error), now=now)
        lost_at = delivery.attempts.aggregate(at=Max("ended_at"))["at"]
        if now - lost_at >= PATIENCE * settings.DELIVERY_SETTLE:
            give_to_human(delivery, "The platform cannot be asked.", now=now)
        return
    mine = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence)
    if found:
        _found(mine, delivery, found, now)
    elif delivery.times_not_found + 1 < LOOKS:
        mine.update(times_not_found=F("times_not_found") + 1)
    else:
        with transaction.atomic():
            mine.move(Move.NOT_FOUND, next_at=now, times_not_found=0)
            _resolve(delivery, Outcome.CONFIRMED_NOT_SENT)


def _found(mine: DeliveryQuerySet, delivery: Delivery, found: Published, now: datetime) -> None:
    with transaction.atomic():
        mine.move(
            Move.FOUND,
            external_id=found.id,
            external_url=found.url,
            published_at=now,
            last_error="",
        )
        _resolve(delivery, Outcome.CONFIRMED_SENT)
        announce_published(delivery, now=now)


def _resolve(delivery: Delivery, outcome: Outcome) -> None:
    Attempt.objects.filter(delivery=delivery, outcome=Outcome.UNKNOWN).update(outcome=outcome)
