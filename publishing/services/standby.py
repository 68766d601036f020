"""What the web process does for the workers when all of them are silent."""

from datetime import datetime

from publishing.services.calling import call_out
from publishing.services.mailing import mail_out
from publishing.services.watching import watch_dispatcher


class StandBy:
    """Raises the alert that nothing is going out, and sees that people hear of it.

    Mail and calls are the workers' business, and none of them may be left to do it. Remembers when
    it was first called in this process: a worker that starts with it has its time to report.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin again, as in a process that has just started."""
        self.since: datetime | None = None

    def __call__(self, *, now: datetime) -> None:
        self.since = self.since or now
        if watch_dispatcher(now=now, waiting_since=self.since):
            mail_out(now=now)
            call_out(now=now)


stand_by = StandBy()
