"""Handing alerts to the force's own alarm system: JSON by HTTPS, signed, tried a few times.

The receiver checks `Blue-Lamp-Signature: sha256=<hex>`: HMAC-SHA256 under ALERT_WEBHOOK_KEY of
the header `Blue-Lamp-Time` (seconds since 1970), a full stop, and the body as it came.
"""

import hashlib
import hmac
import json
import logging
from datetime import datetime, timedelta

import requests
from django.conf import settings
from django.db.models import F

from publishing import aside
from publishing.clock import database_now
from publishing.models import AlertCall
from publishing.services.alerting import link_of

logger = logging.getLogger(__name__)
BATCH = 20
# Seconds to connect, and to read the answer's head; nothing of its body is read.
TIMEOUTS = (2.0, 3.0)
FIRST_WAIT = timedelta(seconds=10)


def call_out(*, now: datetime) -> None:
    """Start calling what is due in a thread of its own: no other sweep waits for a receiver."""
    if AlertCall.objects.filter(done_at=None, next_at__lte=now).exists():
        aside.start("alert-calls", lambda: call_due(now=database_now()))


def call_due(*, now: datetime) -> int:
    """Call what is due and return how many calls were taken.

    An attempt is counted before it is made, so two workers never make the same one; what nobody
    takes after AlertCall.ATTEMPTS is given up, with a line in the log.
    """
    due = AlertCall.objects.filter(done_at=None, next_at__lte=now).order_by("next_at", "pk")
    calls = list(due.select_related("alert__delivery__draft", "alert__account")[:BATCH])
    return sum(_call(call, now=now) for call in calls)


def _call(call: AlertCall, *, now: datetime) -> bool:
    row = AlertCall.objects.filter(pk=call.pk, done_at=None)
    wait = FIRST_WAIT * 2**call.attempts
    mine = row.filter(attempts=call.attempts).update(attempts=F("attempts") + 1, next_at=now + wait)
    if not mine:
        return False
    problem = _post(body_of(call), now=now) if settings.ALERT_WEBHOOK_URL else "no address"
    if not problem:
        row.update(done_at=now)
        return True
    logger.warning("Alert %s was not handed on: %s", call.alert_id, problem)
    if call.attempts + 1 >= AlertCall.ATTEMPTS:
        logger.error("Alert %s is not handed on any more", call.alert_id)
        row.update(done_at=now)
    return False


def _post(body: bytes, *, now: datetime) -> str:
    """Post it once; what went wrong in a word, empty when it was taken."""
    sent_at = str(int(now.timestamp()))
    try:
        with requests.post(
            settings.ALERT_WEBHOOK_URL,
            data=body,
            headers={
                "Content-Type": "application/json",
                "Blue-Lamp-Time": sent_at,
                "Blue-Lamp-Signature": f"sha256={signature(body, sent_at)}",
            },
            timeout=TIMEOUTS,
            allow_redirects=False,
            stream=True,
        ) as answer:
            return "" if answer.status_code < 300 else f"status {answer.status_code}"
    except (requests.RequestException, ValueError, OSError) as error:
        return type(error).__name__


def signature(body: bytes, sent_at: str) -> str:
    """The signature of a body sent at that second, in hexadecimal digits."""
    message = sent_at.encode() + b"." + body
    return hmac.new(settings.ALERT_WEBHOOK_KEY.encode(), message, hashlib.sha256).hexdigest()


def body_of(call: AlertCall) -> bytes:
    """One event as JSON. Words of a tweet are not in it: the link leads to them."""
    alert = call.alert
    ended = alert.cleared_at.isoformat() if alert.cleared_at else None
    return json.dumps(
        {
            "id": alert.pk,
            "event": call.event,
            "kind": alert.kind,
            "text": alert.text,
            "since": alert.since.isoformat(),
            "cleared_at": ended if call.event == "cleared" else None,
            "account": str(alert.account) if alert.account else None,
            "draft": alert.delivery.draft_id if alert.delivery else None,
            "link": f"{settings.SITE_URL}{link_of(alert)}",
        }
    ).encode()
