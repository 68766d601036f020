"""Telling people that somebody tries passwords for one of them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Guessing, Membership, User
from accounts.roles import WATCHERS
from notices.models import Kind
from notices.services import tell

# People are told once in so long.
KEPT = timedelta(days=1)


def tell_of_guessing(*, now: datetime) -> int:
    """Tell whom it is about, and who watches over their force; return about how many people.

    Of an e-mail that is nobody's, nobody is told.
    """
    Guessing.objects.filter(since__lte=now - KEPT).exclude(told_at=None).delete()
    told = 0
    for row in Guessing.objects.untold():
        with transaction.atomic():
            if Guessing.objects.filter(pk=row.pk, told_at=None).update(told_at=now):
                person = User.objects.filter(email=row.email, is_active=True).first()
                if person is not None:
                    _tell(person, now)
                    told += 1
    return told


def _tell(person: User, now: datetime) -> None:
    tell(
        [person],
        "Somebody tries passwords for you from many places. They get no further: browsers in which"
        " you signed in before still let you in, others do not for now. If your password is used"
        " anywhere else, change it. You need not do anything else.",
        link="/accounts/sign-in/",
        kind=Kind.ALERT,
        urgent=True,
        now=now,
    )
    forces = {
        membership.force_id
        for membership in Membership.objects.current(timezone.localdate(now)).filter(person=person)
    }
    watchers = {
        watcher.pk: watcher
        for force in sorted(forces)
        for watcher in User.objects.holding(WATCHERS, force_id=force)
        if watcher != person
    }
    tell(
        watchers.values(),
        f"Somebody tries passwords for {person.full_name} from many places. They are held off."
        f" {person.full_name} still gets in where they signed in before, or with a passkey.",
        kind=Kind.ALERT,
        urgent=True,
        now=now,
    )
