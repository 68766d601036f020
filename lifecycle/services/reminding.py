"""Telling people of steps that are overdue: once, and once more when they still are a day later."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import TEAM_SUPERVISORS, Role
from audit.services import record
from audit.verbs import Verb
from lifecycle.checklists import By, Process
from lifecycle.models import AccountRequest, ChecklistStep, Compromise, Handover
from lifecycle.permissions import UNFREEZE
from lifecycle.services.people import centre_of, team_of
from notices.models import Kind
from notices.services import tell

Under = Compromise | AccountRequest | Handover
ABOUT = {
    Process.COMPROMISE: "for {}, which may be hacked",
    Process.LAUNCH: "before {} is launched",
    Process.HANDOVER: "in the handover of {}",
}


def remind_of_steps(*, now: datetime) -> int:
    """Tell whoever is responsible of every step that has got overdue; return of how many.

    However often and wherever this runs, they are told once of each step, and once more a day
    later if nobody has ticked it.
    """
    together: dict[tuple[Under, int], list[ChecklistStep]] = defaultdict(list)
    for step in ChecklistStep.objects.to_remind_of(now).with_process().order_by("pk"):
        together[step.process, step.reminded].append(step)
    return sum(_remind(process, steps, now=now) for (process, _), steps in together.items())


def _remind(process: Under, steps: Sequence[ChecklistStep], *, now: datetime) -> int:
    """Tell of those steps of one process of which no other worker has told; return how many."""
    with transaction.atomic():
        # The steps first, as whoever ticks the last one locks them: neither waits for the other.
        mine = [step for step in steps if _is_counted_up(step, now=now)]
        if not (mine and _is_under_way(process)):
            transaction.set_rollback(True)
            return 0
        said: dict[str, Any] = {"of": mine[0].kind, "steps": [step.key for step in mine]}
        record(Verb.STEPS_OVERDUE, mine[0].account, actor=None, at=now, **said)
        _tell(mine, now=now)
    return len(mine)


def _is_counted_up(step: ChecklistStep, *, now: datetime) -> bool:
    rows = ChecklistStep.objects.open().filter(pk=step.pk, reminded=step.reminded)
    return bool(rows.update(reminded=step.reminded + 1, reminded_at=now))


def _is_under_way(process: Under) -> bool:
    """Whether it has not ended; until this transaction does, nobody ends it."""
    rows: Any
    if isinstance(process, AccountRequest):
        there = SocialAccount.objects.exclude(status=AccountStatus.CLOSED)
        rows = there.filter(account_request=process)
    else:
        rows = type(process).objects.open().filter(pk=process.pk)
    return rows.select_for_update().first() is not None


def _tell(steps: Sequence[ChecklistStep], *, now: datetime) -> None:
    first = steps[0]
    late = "Still not done" if first.reminded else "Not done in time"
    about = ABOUT[first.kind].format(first.account)
    is_urgent = first.kind == Process.COMPROMISE
    by_person: dict[User, list[ChecklistStep]] = defaultdict(list)
    for step in steps:
        for person in _responsible(step, now=now):
            by_person[person].append(step)
    for person, theirs in by_person.items():
        titles = "; ".join(step.about.title for step in theirs)
        tell(
            [person],
            f"{late} {about}: {titles}.",
            kind=Kind.ALERT if is_urgent else Kind.OTHER,
            link=first.process.get_absolute_url(),
            urgent=is_urgent,
            now=now,
        )


def _responsible(step: ChecklistStep, *, now: datetime) -> list[User]:
    """Those at the centre who see to it; for a step of the team its supervisors too."""
    account = step.account
    is_hacked = step.kind == Process.COMPROMISE
    people = centre_of(account, UNFREEZE if is_hacked else {Role.COMMS_ADMIN})
    if step.about.by != By.CENTRE:
        people += team_of(account, on=timezone.localdate(now), roles=TEAM_SUPERVISORS)
    # Not whoever leaves of the step at which others agree to it; each once.
    return [p for p in dict.fromkeys(people) if p.has_perm("lifecycle.tick", step)]
