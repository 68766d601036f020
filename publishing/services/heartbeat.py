"""The sign of life that every dispatching process gives, and what its absence means."""

import os
import socket
import threading
import time
from datetime import datetime, timedelta

from django.db.models import QuerySet

from publishing.clock import database_now
from publishing.models import WorkerHeartbeat

SILENT_AFTER = timedelta(seconds=30)
FORGET_AFTER = timedelta(days=1)
# Seconds between two signs while one round of sending takes long.
BEAT_EVERY = 5.0

_last_beat = {"at": 0.0}


def host_name() -> str:
    """The machine of this process."""
    return socket.gethostname()[:60]


def owner_name() -> str:
    """Who holds a lease: host, process and thread."""
    return f"{host_name()}:{os.getpid()}:{threading.get_native_id()}"


def beat(*, now: datetime) -> None:
    """Say that this process is alive, and forget those that have long been silent."""
    _last_beat["at"] = time.monotonic()
    WorkerHeartbeat.objects.update_or_create(owner=owner_name(), defaults={"seen_at": now})
    WorkerHeartbeat.objects.filter(seen_at__lt=now - FORGET_AFTER).delete()


def keep_beating() -> None:
    """Say it again between two deliveries of a long round, where a platform is slow.

    A process that only sends when it is woken never said it, and does not look by itself.
    """
    if _last_beat["at"] and time.monotonic() - _last_beat["at"] > BEAT_EVERY:
        beat(now=database_now())


def heartbeats() -> "QuerySet[WorkerHeartbeat, datetime]":
    """When each worker was last alive, the newest first."""
    return WorkerHeartbeat.objects.order_by("-seen_at").values_list("seen_at", flat=True)


def last_heartbeat() -> datetime | None:
    """When any worker was last alive; None when there never was one."""
    return heartbeats().first()


def dispatcher_is_silent(*, now: datetime) -> str:
    """A sentence when no worker has given a sign of life for a while; empty when all is well."""
    return silence_since(last_heartbeat(), now=now)


def silence_since(last: datetime | None, *, now: datetime) -> str:
    """The same for whoever knows already when any worker was last alive."""
    if last is None:
        return "No worker has ever reported. Start one."
    silence = (now - last).total_seconds()
    if silence <= SILENT_AFTER.total_seconds():
        return ""
    ago = f"{int(silence // 60)} minutes" if silence >= 120 else f"{int(silence)} seconds"
    return f"The last worker reported {ago} ago. Start it again."
