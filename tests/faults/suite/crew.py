"""The processes of a scenario, forked from this one, which has imported everything already.

A process that dies at a named place writes its id and the place into the file `deaths` first. It
counts as a death when the system says that it was killed, whoever did it.
"""

import os
import random
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Self

from celery import Celery
from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import import_string

from publishing.backends import mock
from tests.faults.suite import levers, without
from tools.serve import die_with_parent

Work = Callable[[], None]
# What a worker that is to stop claims at most at once.
FEW = 8


@dataclass(frozen=True)
class Orders:
    """What a worker is told before it starts."""

    # At the `turn`th time that it comes to this place, it dies or stops there.
    die_at: str = ""
    stop_at: str = ""
    turn: int = 1
    # A Celery worker with this broker; without one a bare dispatcher.
    broker: str = ""
    # Whether it looks by itself, or only when it is woken.
    looks: bool = True
    # It begins with any of its sweeps, and goes on with any other.
    starts_anywhere: bool = False
    host: str = ""
    # Its wall clock is wrong by so many seconds, from so many seconds after its start on.
    clock_off: float = 0
    clock_jumps_after: float = 0
    time_zone: str = ""
    # The files that it writes may not grow: the disk is full.
    disk_is_full: bool = False


@dataclass
class AtPlace:
    """What a fault does to the process when it comes to `place` for the `turn`th time."""

    place: str
    turn: int
    signum: signal.Signals
    notes: Path
    reached: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, place: str) -> None:
        if place != self.place:
            return
        with self.lock:
            self.reached += 1
            is_now = self.reached == self.turn
        if is_now:
            with self.notes.open("a") as notes:
                notes.write(f"{os.getpid()} {place}\n")
            # Not with the practice publisher's file in another thread's hand: no platform stands
            # still because somebody who talks to it does.
            with mock._turn:
                # This very thread: one that is sent to the process may leave it a moment more.
                signal.pthread_kill(threading.get_ident(), self.signum)


@dataclass
class Crew:
    """Processes that are started, killed, stopped and counted; all gone when the block is left."""

    folder: Path
    guards_off: tuple[str, ...] = ()
    alive: set[int] = field(default_factory=set)
    died: list[int] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dismiss()

    def worker(self, orders: Orders) -> int:
        """Start a worker; returns its process id."""
        return self.start(lambda: self._work(orders))

    def start(self, work: Work) -> int:
        """Do `work` in a process of its own, which ends with it."""
        # A child must not speak over its parent's connections.
        connections.close_all()
        ours = connections["default"]
        never_outlive_us = die_with_parent()
        pid = os.fork()
        if pid:
            self.alive.add(pid)
            return pid
        code = 1
        try:
            if never_outlive_us:
                never_outlive_us()
            self._quietly()
            # A browser's event loop in this thread ends with the fork, and with it Django would
            # forget which database was chosen while it ran.
            connections["default"] = ours
            work()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:  # noqa: BLE001  a child never returns into the parent's code
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _quietly(self) -> None:
        log = os.open(self.folder / "workers.log", os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        os.dup2(log, 1)
        os.dup2(log, 2)
        random.seed()

    def _work(self, orders: Orders) -> None:
        from publishing import failpoints

        for signum, place, notes in (
            (signal.SIGKILL, orders.die_at, "deaths"),
            (signal.SIGSTOP, orders.stop_at, "stops"),
        ):
            if place:
                failpoints.on_reached = AtPlace(place, orders.turn, signum, self.folder / notes)
        if orders.stop_at:
            # What it has claimed waits with it: enough has to be left for the others to come to.
            settings.DELIVERY_BATCH = FEW
        levers.apply(orders)
        without.take_out(self.guards_off)
        if orders.broker:
            celery(orders.broker)
        else:
            bare()

    # --- what becomes of them

    def reap(self) -> dict[int, int]:
        """Those that have ended since: how, as a signal's negative number or an exit code."""
        ended = {}
        for pid in list(self.alive):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                ended[pid] = os.waitstatus_to_exitcode(status)
                self._bury(pid, ended[pid])
        return ended

    def _bury(self, pid: int, code: int) -> None:
        self.alive.discard(pid)
        if code == -signal.SIGKILL:
            self.died.append(pid)

    def wait(self, pid: int, *, within: float = 60) -> int:
        """How it ended; raises TimeoutError when it does not end."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                code = os.waitstatus_to_exitcode(status)
                self._bury(pid, code)
                return code
            time.sleep(0.005)
        raise TimeoutError(f"Process {pid} did not end.")

    def kill(self, pid: int) -> None:
        """Kill it without warning, as a fault: it counts as a death."""
        os.kill(pid, signal.SIGKILL)
        self.wait(pid)

    def until_stopped(self, pid: int, *, within: float) -> bool:
        """Wait until the process has stopped itself; false when it ended or did not come to it."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            found, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
            if found and os.WIFSTOPPED(status):
                return True
            if found:
                self._bury(pid, os.waitstatus_to_exitcode(status))
                return False
            time.sleep(0.005)
        return False

    def go_on(self, pid: int) -> None:
        """Let a stopped process go on."""
        os.kill(pid, signal.SIGCONT)

    def dismiss(self) -> None:
        """End all that still run; these are no deaths, their work was done."""
        for pid in self.alive:
            os.kill(pid, signal.SIGKILL)
        for pid in list(self.alive):
            os.waitpid(pid, 0)
            self.alive.discard(pid)


def bare() -> None:
    """What a worker does by itself, without Celery."""
    from config.sweeps import Sweeps

    sweeps = Sweeps()
    while True:
        time.sleep(min(sweeps.run_due(time.monotonic()), 0.02))


def celery(broker: str) -> None:
    """A Celery worker as `make run` starts it."""
    app = own_app(broker)
    app.worker_main(
        [
            *("worker", "--pool=threads", "--concurrency=4", "--loglevel=WARNING"),
            *("--without-mingle", "--without-gossip", f"--hostname=worker@{os.getpid()}"),
        ]
    )


def beat(broker: str) -> None:
    """A beat as `make run` starts it."""
    own_app(broker).start(
        ["beat", "--scheduler=celery.beat:Scheduler", "--loglevel=WARNING", "--pidfile="]
    )


def warm_up() -> None:
    """Import what a worker imports at its start and later, so that none of the forked ones has to.

    A death costs milliseconds then.
    """
    for name in (
        *("celery.apps.worker", "celery.apps.beat", "celery.bin.worker", "celery.bin.beat"),
        *("celery.concurrency.thread", "celery.worker.components", "celery.worker.consumer"),
        *("celery.worker.autoscale", "celery.worker.strategy", "celery.worker.control"),
        *("celery.app.events", "celery.app.log", "celery.app.amqp", "celery.fixups.django"),
        *("kombu.transport.redis", "kombu.asynchronous.hub", "config.sweeps"),
    ):
        import_module(name)
    for _, path in settings.SWEEPS:
        import_string(path)
    # Links in notices need every address of the site, and so every view.
    get_resolver().reverse_dict  # noqa: B018  a property that fills itself


def own_app(broker: str) -> Celery:
    """The project's Celery app, talking to `broker`."""
    from config.celery import app

    settings.CELERY_BROKER_URL = broker
    app.conf.update(broker_url=broker, broker_read_url=broker, broker_write_url=broker)
    return app
