"""CHECK: what the rulebook says of a delivery, asked before its time and kept for a while.

A verdict is kept with what it depends on, and ARM asks whether all of that still holds: see
docs/decisions/0011-the-rulebook-is-asked-ahead.md.
"""

import logging
import random
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from typing import Final

from django.db import Error as DatabaseError
from django.db.models import Q

from drafts.services import check_content, depends_on_the_hour, standing_blocks
from policy.registers.services import UK, uk_day
from policy.services import generation
from publishing.models import Delivery, DeliveryQuerySet
from publishing.statements import JUST_NOW

logger = logging.getLogger(__name__)
# How long before its time a delivery is checked, and how long a verdict may count.
AHEAD: Final = timedelta(minutes=10)
GOOD_FOR: Final = timedelta(minutes=15)
# A change that began before the check and was committed after it was not seen by it.
MARGIN: Final = timedelta(seconds=5)
# Seconds that one round may take from the worker's other sweeps.
AT_MOST: Final = 0.25
CHOICE, AT_ONCE = 200, 20


def is_checked(delivery: Delivery, *, now: datetime) -> bool:
    """Whether a verdict is there and not too old; ARM asks everything else."""
    return delivery.checked_until is not None and delivery.checked_until > now


def ask_rulebook(delivery: Delivery, *, now: datetime) -> str:
    """Ask, and keep the verdict: empty when the tweet may go out, else what speaks against it."""
    ruled_at = generation()
    passed_over = {override["key"] for override in delivery.overrides}
    report = check_content(delivery.revision, now=now)
    blocks = standing_blocks(report, passed_over)
    if blocks:
        until = now
    elif depends_on_the_hour(report):
        until = now + JUST_NOW
    else:
        until = min(now + GOOD_FOR, _end_of_day(now))
    _keep(delivery, ruled_at=ruled_at, now=now, until=until)
    return blocks[0].message if blocks else ""


def _keep(delivery: Delivery, *, ruled_at: int, now: datetime, until: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        checked_generation=ruled_at,
        checked_at=now,
        compared_at=now - MARGIN,
        checked_until=until,
    )


def _end_of_day(now: datetime) -> datetime:
    """Midnight in the United Kingdom: orders end and elections begin by the day."""
    tomorrow = uk_day(now) + timedelta(days=1)
    return datetime.combine(tomorrow, clock_time(), tzinfo=UK).astimezone(UTC)


def check_ahead(*, now: datetime) -> int:
    """While nothing is due, ask the rulebook about what soon will be; return how often."""
    ends = time.monotonic() + AT_MOST
    asked = 0
    while time.monotonic() < ends and not Delivery.objects.due(now).exists():
        # Any of the next ones: two workers that look at the same time seldom take the same.
        keys = list(_unchecked(now).values_list("pk", flat=True)[:CHOICE])
        if not keys:
            break
        chosen = random.sample(keys, min(AT_ONCE, len(keys)))
        for delivery in Delivery.objects.filter(pk__in=chosen).order_by("pk").load_content():
            _ask_ahead(delivery, now)
            asked += 1
    return asked


def _unchecked(now: datetime) -> DeliveryQuerySet:
    ruled_at = generation()
    return (
        Delivery.objects.queued()
        .filter(next_at__lte=min(now + AHEAD, _end_of_day(now)), not_after__gt=now)
        .filter(Q(checked_generation=None) | ~Q(checked_generation=ruled_at))
        .order_by("next_at", "pk")
    )


def _ask_ahead(delivery: Delivery, now: datetime) -> None:
    try:
        ask_rulebook(delivery, now=now)
    except DatabaseError:
        raise
    except Exception:
        # Its own CHECK will say so to a person; until then it is not asked about again.
        logger.exception("Delivery %s could not be checked ahead", delivery.pk)
        _keep(delivery, ruled_at=generation(), now=now, until=now)
