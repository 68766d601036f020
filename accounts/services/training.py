"""Doing the training and accepting the guidance."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.guidance import Module, guidance
from accounts.models import GuidanceAccepted, TrainingDone, User
from audit.services import record
from audit.verbs import Verb


def do_training(
    person: User, module: Module, answers: Sequence[int | None], *, now: datetime
) -> list[int]:
    """Take the check of a page: the places of the answers chosen, None for none.

    Returns the places of the questions that were not answered rightly; without any it is done, and
    counts for settings.TRAINING_VALID_FOR.
    """
    wrong = [
        place
        for place, question in enumerate(module.questions)
        if place >= len(answers) or answers[place] != question.right
    ]
    if wrong:
        return wrong
    today = timezone.localdate(now)
    with transaction.atomic():
        TrainingDone.objects.create(
            person=person,
            module=module.id,
            version=module.version,
            done_on=today,
            expires_on=today + settings.TRAINING_VALID_FOR,
        )
        record(
            Verb.TRAINING_DONE, person, actor=person, at=now,
            module=module.id, version=module.version,
        )  # fmt: skip
    return []


def accept_guidance(person: User, *, version: int, now: datetime) -> bool:
    """A person declares to have read the guidance. False when `version` is not the newest."""
    if version != guidance().version:
        return False
    with transaction.atomic():
        _, is_new = GuidanceAccepted.objects.get_or_create(
            person=person, version=version, defaults={"accepted_at": now}
        )
        if is_new:
            record(Verb.GUIDANCE_ACCEPTED, person, actor=person, at=now, version=version)
    return True
