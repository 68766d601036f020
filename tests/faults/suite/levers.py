"""Everything of the product that the suite turns from outside, in one place.

Settings are scaled; constants of the protocol are scaled where they stand, and a constant that has
moved is an error here. Nothing in the product knows of it.
"""

import os
import random
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from tests.faults.suite.crew import Orders

# Waiting times in seconds or tuples of them, wherever in these modules they stand.
CONSTANTS = (
    "SEND_WITHIN",
    "LOOK_AGAIN",
    "RETRY_AFTER",
    "RATE_PAUSE",
)
MODULES = "publishing.services"
SETTINGS = ("DELIVERY_LEASE", "DELIVERY_SETTLE")
# Never made shorter than this: two cores have other things to do as well.
AT_LEAST = {"SEND_WITHIN": 1.5}
# So few are claimed at once that one death does not keep a whole scenario waiting for its lease.
BATCH = 5
_real: dict[str, Any] = {}


def scale(by: float) -> None:
    """Make every waiting time of the protocol `by` times shorter than in production."""
    for name in SETTINGS:
        setattr(settings, name, _kept(name, getattr(settings, name)) / by)
    for name in CONSTANTS:
        replace(name, partial(_scaled, name, by))
    # A platform that fails would soon be asked seldom; here it is to fail as often as it can. The
    # breaker has tests of its own.
    replace("FAILURES", lambda _: 1_000_000)
    settings.DELIVERY_BATCH = BATCH
    # Looking for work goes on as in production: lateness is measured by it.
    settings.SWEEPS = [
        (every if every <= 1 else max(every / by, 0.1), path)
        for every, path in _kept("SWEEPS", settings.SWEEPS)
    ]


def replace(name: str, change: Callable[[Any], Any]) -> None:
    """Change what is called `name`, in every module of the services that has it."""
    found = [
        module
        for path, module in list(sys.modules.items())
        if path.startswith(MODULES) and name in vars(module)
    ]
    if not found:
        raise AttributeError(f"There is no {name} in {MODULES} any more: adapt this file.")
    for module in found:
        setattr(module, name, change(getattr(module, name)))


def _kept(name: str, value: Any) -> Any:
    """The value as it is in production, however often it has been scaled."""
    return _real.setdefault(name, value)


def _scaled(name: str, by: float, value: Any) -> Any:
    value = _kept(name, value)
    if isinstance(value, tuple):
        return tuple(each / by for each in value)
    return max(value / by, AT_LEAST.get(name, 0))


def apply(orders: "Orders") -> None:
    """In a worker that has just been forked: what is special about this one."""
    if not orders.looks:
        settings.SWEEPS = []
    if not orders.broker:
        # A bare worker does nothing else, and need not wait.
        settings.SWEEPS = [(min(every, 0.1), path) for every, path in settings.SWEEPS]
    if orders.starts_anywhere:
        settings.SWEEPS = random.sample(settings.SWEEPS, len(settings.SWEEPS))
    if orders.host:
        socket.gethostname = lambda: orders.host
    if orders.time_zone:
        os.environ["TZ"] = orders.time_zone
        time.tzset()
    if orders.clock_off:
        jump = threading.Timer(orders.clock_jumps_after, set_clock, [orders.clock_off])
        jump.daemon = True
        jump.start()
    if orders.disk_is_full:
        fill_disk()


def set_clock(off: float) -> None:
    """Make this process's wall clock wrong by so many seconds; the monotonic clock goes on."""
    real_time, shift = time.time, timedelta(seconds=off)

    class WrongClock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "WrongClock":
            moment = datetime.now(tz) + shift
            return cls.combine(moment.date(), moment.timetz())

    time.time = lambda: real_time() + off
    timezone.now = lambda: datetime.now(timezone.get_default_timezone()) + shift
    mock = import_module("publishing.backends.mock")
    mock.datetime = WrongClock  # type: ignore[attr-defined]


def fill_disk() -> None:
    """Let no file of this process grow any more."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def empty_disk() -> None:
    """There is room again."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
