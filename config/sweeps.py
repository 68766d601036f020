"""The worker's own rounds: what to run how often, and what to do when the database is away."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.urls import reverse
from django.utils.module_loading import import_string

from publishing import aside
from publishing.clock import database_now
from publishing.services import finish_sending

logger = logging.getLogger(__name__)
# Seconds to wait while the database is away; doubled each time up to the last.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 10.0
IDLE = 0.1
# Seconds that the mail and the calls under way still have when the worker stops.
ASIDE_WITHIN = 2.0


class Sweeps:
    """Keeps account of when each sweep is due, on the monotonic clock."""

    def __init__(self) -> None:
        self.rounds: list[tuple[float, Callable[..., object]]] = [
            (every, import_string(path)) for every, path in settings.SWEEPS
        ]
        self.next_at = [0.0] * len(self.rounds)
        # Notices hold links: the first tweet need not wait until every view has been imported.
        reverse("insights:draft", args=[0])
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

    def finish(self, *, within: float) -> None:
        """Write down what platforms still say within so many seconds, and let go of everything."""
        try:
            finish_sending(within=within)
        except DatabaseError as error:
            logger.warning("The last answers were not written down: %s", type(error).__name__)
        aside.finish(within=ASIDE_WITHIN)
        self.close()

    @staticmethod
    def close() -> None:
        connections.close_all()
