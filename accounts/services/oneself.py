"""What people do with their own record."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from audit.verbs import Verb
from notices.models import Kind, Way
from notices.services import choose


class MobileChanged(Exception):
    """The number on record is not the one that the person was shown."""


def confirm_mobile(person: User, *, number: str, now: datetime) -> None:
    """A person says that `number`, in E.164, is theirs.

    Raises MobileChanged if another is on record by now.
    """
    with transaction.atomic():
        shown = User.objects.filter(pk=person.pk, mobile=number)
        if not shown.update(mobile_confirmed_on=timezone.localdate(now)):
            raise MobileChanged
        record(Verb.MOBILE_CONFIRMED, person, actor=person, at=now)


def use_single_keys(person: User, *, on: bool) -> None:
    """Switch the keys of the review queue on or off for this person."""
    User.objects.filter(pk=person.pk).update(single_keys=on)


def choose_how_told(person: User, ways: Mapping[Kind, Way | None], *, now: datetime) -> None:
    """A person says how they want to be told of what. Raises ValueError about alerts."""
    with transaction.atomic():
        choose(person_id=person.pk, ways=ways)
        said = {str(kind): str(way or "unasked") for kind, way in ways.items()}
        record(Verb.HOW_TOLD, person, actor=person, at=now, ways=said)
