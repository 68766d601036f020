"""Dispatching processes that can be made to die: `python -m tests.faults.worker`.

All of them stand at one barrier and start together. Two lines of JSON are printed: the process
ids before the start, and how each of them ended (what waitpid said, a signal as its negative)
when the last one has. A process that is to die writes a line into $BLUELAMP_DATA/deaths first.
"""

import argparse
import json
import multiprocessing
import os
import signal
import sys
import time
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path

import django

from tools.serve import die_with_parent

PATIENCE = 30.0  # seconds


@dataclass
class Death:
    """Kills the process when it comes to `place` for the `time`th time."""

    place: str
    time: int
    reached: int = 0

    def __call__(self, place: str) -> None:
        if place != self.place:
            return
        self.reached += 1
        if self.reached == self.time:
            with (Path(os.environ["BLUELAMP_DATA"]) / "deaths").open("a") as deaths:
                deaths.write(f"{os.getpid()} {place}\n")
            os.kill(os.getpid(), signal.SIGKILL)


def work(start: Barrier, death: Death | None) -> None:
    """Do what a worker does until nothing is left to be done."""
    from publishing import failpoints
    from publishing.clock import database_now
    from publishing.services import dispatch_due, dispatching, reconcile
    from tests.publishing.stage import unfinished

    failpoints.on_reached = death
    if death:
        # What a death leaves behind is counted; a machine in a sweat must not change how much of
        # a claim is put back for others because an answer was late.
        dispatching.AT_MOST = dispatching.SHORT_WAIT = PATIENCE
    start.wait(60)
    while unfinished():
        dispatch_due(now=database_now())
        reconcile(now=database_now())
        time.sleep(0.01)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--die-at", default="")
    parser.add_argument("--time", type=int, default=1)
    options = parser.parse_args()
    django.setup()
    # Whatever is imported here is not imported twelve times.
    import publishing.services  # noqa: F401

    context = multiprocessing.get_context("fork")
    start = context.Barrier(options.processes + 1)
    death = Death(options.die_at, options.time) if options.die_at else None
    never_outlive_us = die_with_parent()

    def begin() -> None:
        if never_outlive_us:
            never_outlive_us()
        work(start, death)

    processes = [context.Process(target=begin) for _ in range(options.processes)]
    for process in processes:
        process.start()
    tell([process.pid for process in processes])
    start.wait(60)
    for process in processes:
        process.join()
    tell({process.pid: process.exitcode for process in processes})


def tell(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
