"""People and workers who act at the same moment, each in a thread and a transaction of its own.

They need a database that keeps what is committed: the fixture `postgres`. `just_before` needs none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection

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


@contextmanager
def just_before(statement: str, do: Callable[[], object]) -> Iterator[None]:
    """What somebody else did, and committed, just before the first query that begins so."""
    is_done = False

    def first(execute: Any, sql: str, *asked: Any) -> Any:
        nonlocal is_done
        if sql.startswith(statement) and not is_done:
            is_done = True
            do()
        return execute(sql, *asked)

    with connection.execute_wrapper(first):
        yield
    assert is_done, f"Nothing began with {statement}"
