"""Until when a tweet that could not go out at its time may still go out: the approver's choice."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import TextChoices

from drafts.schedule import LONDON


class Late(TextChoices):
    QUARTER = "quarter", "Up to 15 minutes late"
    HOUR = "hour", "Up to 1 hour late"
    USUAL = "usual", "Up to 2 hours late, as usual"
    DAY = "day", "Until the end of that day"

    def last_moment(self, due_at: datetime) -> datetime:
        """When what is due at `due_at` is too late: always after it, and the day is the UK's."""
        if self is Late.DAY:
            next_day = due_at.astimezone(LONDON).date() + timedelta(days=1)
            return datetime.combine(next_day, time(), tzinfo=LONDON).astimezone(due_at.tzinfo)
        spans = {
            Late.QUARTER: timedelta(minutes=15),
            Late.HOUR: timedelta(hours=1),
            Late.USUAL: settings.LATE_LIMIT,
        }
        return due_at + spans[self]
