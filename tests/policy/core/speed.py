"""How long something takes, in terms that hold on a slow machine and on a slow day.

Processor time only, measured in units of a fixed piece of work that is timed in the same run.
"""

import time
from collections.abc import Callable
from functools import cache

# What the fixed work takes on the machine that the product's figures are given for.
UNIT_MS = 6.0


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time of one run of `work`."""
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1000


def _fixed_work() -> int:
    total = 0
    for number in range(200_000):
        total += number % 7
    return total


@cache
def slowness() -> float:
    """How many times slower this machine is than the one of the figures; at least 1."""
    return max(1.0, min(milliseconds(_fixed_work) for _ in range(5)) / UNIT_MS)


def takes_longer(
    prepare: Callable[[], Callable[[], object]], limit: float, *, tries: int = 4
) -> bool:
    """Whether what `prepare` makes takes more than `limit` ms every time it is run afresh.

    Allows for a slow machine. Something else that gets in between makes one run slow; what is
    slow stays slow.
    """
    return all(milliseconds(prepare()) > limit * slowness() for _ in range(tries))
