"""Asking a platform, a mail server or a receiver of alerts beside the sweeps and the requests.

Neither waits for a slow one.

What is done here must be safe to do again: the process may end in the middle.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.db import connections

logger = logging.getLogger(__name__)

_starting = threading.Lock()
_running: dict[str, threading.Thread] = {}


def start(name: str, work: Callable[[], object]) -> threading.Thread:
    """Do `work` in a thread of its own; the thread that is at `name` already, if there is one."""
    with _starting:
        thread = _running.get(name)
        if thread is None or not thread.is_alive():
            thread = threading.Thread(target=_do, args=[name, work], name=name, daemon=True)
            _running[name] = thread
            thread.start()
        return thread


def finish(*, within: float) -> None:
    """Let what is being done come to its end, for at most so many seconds."""
    ends = time.monotonic() + within
    with _starting:
        threads = list(_running.values())
    for thread in threads:
        thread.join(max(ends - time.monotonic(), 0))


def _do(name: str, work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        # The next round tries again; this thread has nobody to tell.
        logger.exception("%s failed", name)
    finally:
        connections.close_all()
        with _starting:
            _running.pop(name, None)
