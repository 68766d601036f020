"""Beginning a checklist, and writing down that a step of it is done."""

from datetime import datetime

from accounts.models import User
from audit.services import record
from audit.verbs import Verb
from lifecycle.checklists import CHECKLISTS, Process, StepOf
from lifecycle.models import AccountRequest, ChecklistStep, Compromise, Handover


class AlreadyTicked(Exception):
    """Somebody else has ticked this step."""


def begin(
    process: Process,
    row: Compromise | AccountRequest | Handover,
    *,
    by: datetime | None = None,
    now: datetime,
) -> None:
    """Write down the steps of a process that has just begun, each due at `by` at the latest."""
    ChecklistStep.objects.bulk_create(
        ChecklistStep(
            **{process.value: row},
            key=key,
            number=number,
            due_at=_due_at(step, by, now),
        )
        for number, (key, step) in enumerate(CHECKLISTS[process].items(), start=1)
    )


def _due_at(step: StepOf, by: datetime | None, now: datetime) -> datetime | None:
    own = now + step.within if step.within else None
    return min(filter(None, (own, by)), default=None)


def mark(step: ChecklistStep, *, actor: User, note: str = "", now: datetime) -> None:
    """Tick a step in the caller's transaction, who has asked whether anybody may."""
    mine = ChecklistStep.objects.open().filter(pk=step.pk)
    if not mine.update(done_by=actor, done_at=now, note=note.strip()):
        raise AlreadyTicked
    record(Verb.STEP_TICKED, step.account, actor=actor, at=now, of=step.kind, step=step.key)
