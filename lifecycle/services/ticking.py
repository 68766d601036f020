"""Ticking a step, with whatever its tick brings about."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from lifecycle.checklists import Process
from lifecycle.models import ChecklistStep
from lifecycle.services import handovers
from lifecycle.services.handovers import NotYet
from lifecycle.services.steps import mark

Effect = Callable[[ChecklistStep, User, datetime], None]
# What happens together with a tick; raises NotYet to refuse it.
EFFECTS: Mapping[tuple[Process, str], Effect] = {
    (Process.HANDOVER, "drafts"): handovers.look_for_drafts,
    (Process.HANDOVER, "farewell"): handovers.look_for_farewell,
    (Process.HANDOVER, "profile"): handovers.rename,
    (Process.HANDOVER, "credentials"): handovers.look_for_credentials,
    (Process.HANDOVER, "rights"): handovers.end,
}


def tick(step: ChecklistStep, *, actor: User, note: str = "", now: datetime) -> None:
    """Say that a step is done. Raises NotYet, AlreadyTicked, PermissionDenied."""
    if not actor.has_perm("lifecycle.tick", step):
        raise PermissionDenied
    if step.is_void:
        raise NotYet("This has ended: there is nothing to tick any more.")
    with transaction.atomic():
        mark(step, actor=actor, note=note, now=now)
        if effect := EFFECTS.get((step.kind, step.key)):
            effect(step, actor, now)
