"""CLAIM what is due, then take each delivery through CHECK and ARM, SEND and FINISH."""

import logging
import os
import socket
import threading
import time
from datetime import datetime

from django.conf import settings

from publishing import failpoints
from publishing.backends.base import Answer, Unknown
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.publishers import publishers
from publishing.services.arming import arm
from publishing.services.finishing import finish
from publishing.services.payload import Armed
from publishing.workflow import LostLease

logger = logging.getLogger(__name__)

# One call takes at most this many batches, so that the worker's other sweeps get their turn.
BATCHES = 20
SEND_WITHIN = 5.0


def owner_name() -> str:
    """Who holds a lease: host, process and thread."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{threading.get_ident() % 100000}"


def dispatch_due(*, now: datetime) -> int:
    """Send everything that is due and return how many deliveries were handed to a platform.

    Safe to run anywhere, any number of times at once: the claim decides who sends.
    """
    sent = 0
    for _ in range(BATCHES):
        claimed = Delivery.objects.claim(
            now=now,
            owner=owner_name(),
            lease_until=now + settings.DELIVERY_LEASE,
            limit=settings.DELIVERY_BATCH,
        )
        if not claimed:
            break
        failpoints.reached("claimed")
        sent += sum(_carry_out(delivery_id, fence) for delivery_id, fence in claimed)
        now = database_now()
    return sent


def _carry_out(delivery_id: int, fence: int) -> bool:
    try:
        armed = arm(delivery_id, fence=fence)
        if armed is None:
            return False
        failpoints.reached("armed")
        answer = _send(armed)
        failpoints.reached("reply-received")
        finish(armed, answer, now=database_now())
        failpoints.reached("finished")
    except LostLease:
        logger.warning("Delivery %s was taken over by somebody else.", delivery_id)
        return False
    return True


def _send(armed: Armed) -> Answer:
    """Hand the payload over once. Anything that is not one of the four answers is Unknown."""
    if time.monotonic() - armed.armed_at > SEND_WITHIN:
        # Nothing was sent, but only reconciling may say so: somebody may have taken over.
        raise LostLease
    try:
        return publishers[armed.publisher].publish(armed.payload)
    except Exception as error:
        logger.exception("Publisher %s raised", armed.publisher)
        return Unknown(f"The publisher failed: {type(error).__name__}.")
