"""When a tweet should go out, in UK wall time. Both DST nights are asked about, not guessed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class MissingHour(ValueError):
    """The clocks go forward over this wall time: it does not exist."""


class DoubledHour(ValueError):
    """The clocks go back over this wall time: it exists twice."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A chosen moment: in UTC, and as the person chose it."""

    at: datetime
    wall: str
    zone: str = "Europe/London"


def planned(day: date, clock: time, *, second: bool | None = None) -> Planned:
    """The moment at which UK clocks show `day` and `clock`.

    `second` chooses between the two in the doubled hour. Raises MissingHour, DoubledHour.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None, fold=0))
    first = wall.replace(tzinfo=LONDON).astimezone(UTC)
    later = wall.replace(tzinfo=LONDON, fold=1).astimezone(UTC)
    if first.astimezone(LONDON).replace(tzinfo=None) != wall:
        raise MissingHour
    if first != later and second is None:
        raise DoubledHour
    return Planned(at=later if second else first, wall=wall.isoformat(timespec="minutes"))


def today_at(clock: time, *, now: datetime, days: int = 0) -> Planned:
    """`clock` on the UK day that lies `days` after `now`."""
    return planned(now.astimezone(LONDON).date() + timedelta(days=days), clock, second=False)
