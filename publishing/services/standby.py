"""What the web process does for the workers when all of them are silent."""

from datetime import datetime

from publishing.services.calling import call_out
from publishing.services.mailing import mail_out
from publishing.services.watching import watch_dispatcher


def stand_by(*, now: datetime) -> None:
    """Raise the alert that nothing is going out, and see that people hear of it.

    Mail and calls are the workers' business, and none of them may be left to do it.
    """
    if watch_dispatcher(now=now):
        mail_out(now=now)
        call_out(now=now)
