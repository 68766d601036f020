"""Who decides now: corporate communications in its hours, the duty officer outside them.

All hours are those of clocks on the wall in the UK, also on the two nights when they change.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from accounts.models import Force, OpeningHours, RouteStep, Shift, User
from accounts.roles import TEAM_ROLES, Role

UK = ZoneInfo("Europe/London")
MIDNIGHT = time()
# How far ahead the next opening is looked for: each weekday once, and today's once more.
DAYS_AHEAD = 7


class Hours(NamedTuple):
    """One day's hours on the wall; `closes` at midnight is the end of the day."""

    opens: time
    closes: time


DEFAULT_HOURS = Hours(time(7), time(21))


@dataclass(frozen=True, slots=True)
class Duty:
    """How decisions stand at one moment.

    `reopens_at` is None while it is open, and when no weekday has hours at all. `officer` is who
    can be rung, `desk` the number of the comms desk. `teams_decide` says that by some route of the
    force a team decides too.
    """

    asked_at: datetime
    is_open: bool
    reopens_at: datetime | None = None
    officer: User | None = None
    desk: str = ""
    teams_decide: bool = False

    @property
    def until(self) -> str:
        """When decisions are made again, in words: "07:00", else with the day; "" for never."""
        if self.reopens_at is None:
            return ""
        local = self.reopens_at.astimezone(UK)
        if self.reopens_at - self.asked_at < timedelta(hours=24):
            return f"{local:%H:%M}"
        return f"{local:%A} {local.day} {local:%B, %H:%M}"

    def comes_too_late_for(self, planned_at: datetime | None) -> bool:
        """Whether nobody at the centre decides before this time."""
        if self.is_open or planned_at is None:
            return False
        return self.reopens_at is None or planned_at <= self.reopens_at


def hours_of(force: Force) -> list[Hours | None]:
    """The hours of the seven weekdays from Monday on; None: closed all day."""
    hours: list[Hours | None] = [DEFAULT_HOURS] * 7
    for row in OpeningHours.objects.filter(force=force):
        if row.opens is None or row.closes is None:
            hours[row.weekday] = None
        else:
            hours[row.weekday] = Hours(row.opens, row.closes)
    return hours


def moment(day: date, clock: time, *, is_end: bool = False) -> datetime:
    """When clocks in the UK show this.

    Where they show it twice, or never, a beginning is the earlier of what it may mean and an end
    the later.
    """
    readings = (
        datetime.combine(day, clock.replace(fold=fold), UK).astimezone(UTC) for fold in (0, 1)
    )
    return max(readings) if is_end else min(readings)


def next_opening(hours: list[Hours | None], now: datetime) -> datetime | None:
    """`now` while it is open, else when it opens next; None if it never does."""
    today = now.astimezone(UK).date()
    for ahead in range(DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        span = hours[day.weekday()]
        if span is None:
            continue
        last = day + timedelta(days=1) if span.closes == MIDNIGHT else day
        if now < moment(last, span.closes, is_end=True):
            return max(now, moment(day, span.opens))
    return None


def on_duty(force: Force, now: datetime) -> Duty:
    """Who decides at `now`, and when decisions are made again."""
    opening = next_opening(hours_of(force), now)
    if opening == now:
        return Duty(asked_at=now, is_open=True)
    return Duty(
        asked_at=now,
        is_open=False,
        reopens_at=opening,
        officer=duty_officer(force, now),
        desk=force.comms_phone,
        teams_decide=_teams_decide(force),
    )


def duty_officer(force: Force, now: datetime) -> User | None:
    """Who is on the rota at `now`, as long as they still hold the role."""
    shift = Shift.objects.at(now).filter(force=force).order_by("pk").first()
    if shift is None:
        return None
    officers = User.objects.holding({Role.COMMS_DUTY}, force_id=force.pk)
    return officers.filter(pk=shift.person_id).first()


def _teams_decide(force: Force) -> bool:
    steps = RouteStep.objects.filter(route__force=force, route__until=None)
    return any(not TEAM_ROLES.isdisjoint(step.roles) for step in steps)
