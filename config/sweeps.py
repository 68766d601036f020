"""The worker's own rounds: what to run how often, and what to do when the database is away."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.utils.module_loading import import_string

from publishing.clock import database_now

logger = logging.getLogger(__name__)
# Seconds to wait while the database is away; doubled each time up to the last.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
IDLE = 0.1


class Sweeps:
    """Keeps account of when each sweep is due, on the monotonic clock."""

    def __init__(self) -> None:
        self.rounds: list[tuple[float, Callable[..., object]]] = [
            (every, import_string(path)) for every, path in settings.SWEEPS
        ]
        self.next_at = [0.0] * len(self.rounds)
        self.pause = FIRST_PAUSE

    def run_due(self, moment: float) -> float:
        """Run what is due at `moment`; return the seconds to wait until the next look."""
        for number, (every, sweep) in enumerate(self.rounds):
            if moment < self.next_at[number]:
                continue
            close_old_connections()
            try:
                now = database_now()
            except DatabaseError as error:
                logger.warning("The database is away: %s", type(error).__name__)
                self.close()
                wait, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
                return wait
            self.pause = FIRST_PAUSE
            self.next_at[number] = moment + every
            try:
                sweep(now=now)
            except Exception:
                # One sweep that fails must not stop the others, nor itself for ever.
                logger.exception("A sweep failed")
        return IDLE

    @staticmethod
    def close() -> None:
        connections.close_all()
