"""One daemon thread hands wake-ups to the broker, so that no request ever waits for it.

A wake-up says "look in the database" and nothing else. A lost one costs a second or two: every
worker also looks by itself.
"""

import logging
import queue
import threading

from celery import current_app

logger = logging.getLogger(__name__)
TASK = "publishing.dispatch"

_waiting: queue.Queue[None] = queue.Queue(maxsize=1)
_starting = threading.Lock()
_sender: threading.Thread | None = None


def wake() -> None:
    """Ask for a look at the database soon. Returns at once, whatever the broker does."""
    _ensure_sender()
    try:
        _waiting.put_nowait(None)
    except queue.Full:
        # One wake-up is on its way already, and one is enough.
        return


def _ensure_sender() -> None:
    global _sender  # noqa: PLW0603  one thread for each process, also after a fork
    with _starting:
        if _sender is None or not _sender.is_alive():
            _sender = threading.Thread(target=_send_wakeups, name="wakeup-sender", daemon=True)
            _sender.start()


def _send_wakeups() -> None:
    while True:
        _waiting.get()
        try:
            current_app.send_task(TASK, retry=False, expires=10)
        except Exception as error:  # noqa: BLE001  whatever the broker's client raises
            logger.warning("No wake-up was sent: %s", type(error).__name__)
