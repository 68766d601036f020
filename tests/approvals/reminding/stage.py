"""What the tests of reminding share."""

from datetime import datetime, timedelta

from accounts.duty import UK
from accounts.models import User
from approvals.models import Reminder, ReminderKind
from approvals.services import remind
from drafts.models import Draft
from drafts.schedule import Planned
from notices.models import Notice
from tests.factories import Scene, submitted

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

NEAR = timedelta(hours=4)

# A Monday morning; communications is open from seven to nine in the evening.
START = datetime(2026, 11, 23, 9, tzinfo=UK)

LAST, ESCALATION, HALF, AGE, FIRST = ReminderKind


def waiting(scene: Scene, *, due: timedelta | None = None, **draft: object) -> Draft:
    """Submitted at START, and to go out so long after."""
    planned = Planned(at=START + due, wall="") if due else None
    return submitted(scene, now=START, planned=planned, **draft)  # type: ignore[arg-type]


def told(person: User) -> list[str]:
    return [notice.text for notice in Notice.objects.for_person(person.pk)][::-1]


def kinds(draft: Draft, *, was_told: bool = True) -> set[str]:
    return set(draft.reminders.filter(was_told=was_told).values_list("kind", flat=True))


def every(span: timedelta, until: timedelta) -> list[tuple[timedelta, set[str]]]:
    """Run the sweep again and again; what was given when, counted from START."""
    found, now = [], START
    while now <= START + until:
        before = {(r.draft_id, r.kind) for r in Reminder.objects.filter(was_told=True)}
        remind(now=now)
        after = {(r.draft_id, r.kind) for r in Reminder.objects.filter(was_told=True)}
        if after - before:
            found.append((now - START, {kind for _, kind in after - before}))
        now += span
    return found
