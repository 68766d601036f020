"""People and workers who act at the same moment, each in a thread and a transaction of its own.

They need a database that keeps what is committed: the fixture `postgres`.
"""

from collections.abc import Callable
from functools import partial
from threading import Barrier
from typing import TypeVar

from tests.publishing.stage import PATIENCE, Aside

Result = TypeVar("Result")


def at_once(*works: Callable[[], Result]) -> list[Result]:
    """Do all of `works` at the same moment; returns their results in order, raises what one did."""
    start = Barrier(len(works))

    def together(work: Callable[[], Result]) -> Result:
        start.wait(PATIENCE)
        return work()

    threads = [Aside(partial(together, work)) for work in works]
    return [thread.result() for thread in threads]
