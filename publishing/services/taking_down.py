"""Taking a tweet down once somebody asked: the platform, then a person where it must be one.

`carry_out` makes one try, in the request that asked (for a few seconds at most) or in a worker's
sweep. The row says who tries: `next_at` is moved on by whoever takes it, and a try that dies is
made again.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from audit.services import record
from audit.verbs import Verb
from notices.models import Kind
from notices.services import tell
from publishing import aside
from publishing.backends.base import CannotAsk, Cause, Lookup, Published, Publisher
from publishing.clock import database_now
from publishing.models import Delivery, TakeDown
from publishing.models.taken_down import OPEN, Move, Settled
from publishing.models.taken_down import State as Stage
from publishing.publishers import publishers
from publishing.services.payload import payload_of
from publishing.services.queueing import cancel
from publishing.services.settling_take_downs import (
    LONGEST,
    link_of,
    note,
    resolve,
    settle_gone,
    settle_private,
    tell_comms,
)
from publishing.services.vault import secrets_of
from publishing.workflow import LostLease, Outcome, State, TooLate
from publishing.workflow import Move as DeliveryMove

logger = logging.getLogger(__name__)

# A try that nobody finished is made again after this; longer than a publisher's own deadline.
TRY_AGAIN = timedelta(seconds=20)
# Seconds before the next try after one that the platform did not answer; the last one repeats.
RETRY_AFTER = (2, 3, 5, 10, 30, 60)
# Not gone by then: people are told to do it by hand, while the tries go on.
PATIENCE = timedelta(seconds=8)
LOOKS = 2
BATCH = 20


def hurry(take_down: TakeDown, *, seconds: float) -> None:
    """Try at once, in a thread of its own; return when it is done or after `seconds`."""
    key = take_down.pk
    thread = aside.start(f"take-down-{key}", lambda: carry_out(key, now=database_now()))
    thread.join(seconds)


def take_down_due(*, now: datetime) -> int:
    """Start a try for every take-down that waits for one; return how many waited."""
    waiting = list(
        TakeDown.objects.due(now).order_by("next_at", "pk").values_list("pk", flat=True)[:BATCH]
    )
    if waiting:
        aside.start("take-downs", lambda: _carry_out_all(waiting))
    return len(waiting)


def _carry_out_all(keys: list[int]) -> None:
    for key in keys:
        carry_out(key, now=database_now())


def carry_out(key: int, *, now: datetime) -> None:
    """Make one try. Does nothing when another has just taken it, or when it is settled."""
    if (
        not TakeDown.objects.due(now)
        .filter(pk=key)
        .update(next_at=now + TRY_AGAIN, tries=F("tries") + 1)
    ):
        return
    take_down = TakeDown.objects.with_people().get(pk=key)
    try:
        _try(take_down, now)
    except CannotAsk as error:
        _not_yet(take_down, str(error), now, is_final=error.cause == Cause.CREDENTIALS)
    except (Settled, LostLease, TooLate):
        logger.info("Take-down %s has moved on.", key)
    except Exception as error:
        logger.exception("Take-down %s failed", key)
        _not_yet(take_down, f"The publisher failed: {type(error).__name__}.", now)


def _try(take_down: TakeDown, now: datetime) -> None:
    delivery = take_down.delivery
    match delivery.state:
        case State.PUBLISHED:
            _delete(take_down, now)
        case State.SENDING:
            _later(take_down, now)
        case State.UNKNOWN:
            # It was going out when it was asked for, and no answer came.
            Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence).move(
                DeliveryMove.GIVE_TO_HUMAN, fence=F("fence") + 1, lease_until=None
            )
            _later(take_down, now)
        case State.NEEDS_HUMAN:
            _look(take_down, now)
        case State.QUEUED | State.CLAIMED:
            with transaction.atomic():
                cancel(delivery, actor=take_down.asked_by, now=now)
                settle_private(take_down, now)
        case State.REFUSED | State.MISSED:
            with transaction.atomic():
                Delivery.objects.filter(pk=delivery.pk).move(DeliveryMove.DROP)
                settle_private(take_down, now)
        case State.CANCELLED:
            with transaction.atomic():
                settle_private(take_down, now)
        case State.TAKEN_DOWN:
            with transaction.atomic():
                settle_gone(take_down, now)


def _publisher(take_down: TakeDown) -> Publisher | None:
    return publishers.get(take_down.delivery.account.publisher)


def _delete(take_down: TakeDown, now: datetime) -> None:
    """What is public goes, if the platform lets us and we know which post it is."""
    delivery, publisher = take_down.delivery, _publisher(take_down)
    if publisher is None or not publisher.can_delete:
        _by_hand(take_down, "Blue Lamp cannot delete on this platform.", now)
        return
    external_id = delivery.external_id or _id_of(delivery, publisher)
    if not external_id:
        _by_hand(take_down, "Blue Lamp does not know which post on the platform it is.", now)
        return
    publisher.delete(delivery.account.address, external_id, secrets_of(delivery.account))
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).move(
            DeliveryMove.TAKE_DOWN, external_id=external_id
        )
        settle_gone(take_down, database_now())


def _id_of(delivery: Delivery, publisher: Publisher) -> str:
    found = _find(delivery, publisher)
    return found.id if found else ""


def _find(delivery: Delivery, publisher: Publisher) -> Published | None:
    if publisher.lookup_kind != Lookup.RELIABLE:
        return None
    return publisher.find(payload_of(delivery), secrets_of(delivery.account), since=delivery.due_at)


def _look(take_down: TakeDown, now: datetime) -> None:
    """Nobody knows whether it is public: found, it is deleted; not found twice, it never was."""
    delivery, publisher = take_down.delivery, _publisher(take_down)
    if publisher is None or publisher.lookup_kind != Lookup.RELIABLE:
        _by_hand(take_down, "The platform cannot be asked whether the tweet is public.", now)
        return
    found = _find(delivery, publisher)
    mine = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence)
    if found:
        with transaction.atomic():
            mine.move(
                DeliveryMove.SAY_LIVE,
                external_id=found.id,
                external_url=found.url,
                published_at=now,
                last_error="",
            )
            resolve(delivery, Outcome.CONFIRMED_SENT)
        delivery.refresh_from_db()
        _delete(take_down, now)
    elif take_down.times_not_found + 1 < LOOKS:
        TakeDown.objects.filter(pk=take_down.pk).update(
            times_not_found=F("times_not_found") + 1, next_at=now + settings.DELIVERY_SETTLE
        )
        note(take_down, "Not found on the platform. Blue Lamp looks once more.", now)
    else:
        with transaction.atomic():
            mine.move(DeliveryMove.DROP)
            resolve(delivery, Outcome.CONFIRMED_NOT_SENT)
            settle_private(take_down, now)


def _later(take_down: TakeDown, now: datetime) -> None:
    TakeDown.objects.filter(pk=take_down.pk, state__in=OPEN).update(
        next_at=now + timedelta(seconds=1)
    )


def _not_yet(take_down: TakeDown, said: str, now: datetime, *, is_final: bool = False) -> None:
    """The platform did not do it. People hear of it when it has taken too long, once."""
    wait = RETRY_AFTER[min(take_down.tries, len(RETRY_AFTER)) - 1]
    with transaction.atomic():
        note(take_down, said, now)
        row = TakeDown.objects.filter(pk=take_down.pk)
        row.update(next_at=now + timedelta(seconds=wait), last_error=said[:LONGEST])
        is_late = now + timedelta(seconds=wait) - take_down.asked_at > PATIENCE
        if take_down.state == Stage.ASKED and (is_late or is_final):
            row.move(Move.FAIL)
            _alert(take_down, said, now)


def _by_hand(take_down: TakeDown, why: str, now: datetime) -> None:
    with transaction.atomic():
        TakeDown.objects.filter(pk=take_down.pk).move(Move.HAND_OVER, last_error=why)
        note(take_down, why, now)
        _alert(take_down, why, now)


def _alert(take_down: TakeDown, why: str, now: datetime) -> None:
    delivery = take_down.delivery
    record(Verb.TAKE_DOWN_BY_HAND, delivery.draft, actor=None, at=now, delivery=delivery.pk)
    where = f" Its address: {delivery.external_url}" if delivery.external_url else ""
    asked = f"Take the tweet on {delivery.account} down by hand, now."
    words = f"{asked} {why}{where}"
    tell_comms(take_down, words, in_mail=asked, kind=Kind.ALERT, now=now)
    tell(
        [take_down.asked_by],
        words,
        in_mail=asked,
        kind=Kind.ALERT,
        link=link_of(take_down),
        urgent=True,
        now=now,
    )
