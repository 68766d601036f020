"""Letting somebody decide in one's place, from one day to another."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import DECIDERS
from approvals.models import Delegation
from audit.services import record
from audit.verbs import Verb
from notices.services import tell


class CannotDelegate(Exception):
    """Why not, in a sentence for the person."""


def delegate(
    absent: User,
    *,
    to: User,
    since: date,
    until: date,
    reason: str,
    actor: User,
    now: datetime,
) -> Delegation:
    """Let `to` decide in the place of `absent`. Raises CannotDelegate, PermissionDenied."""
    if not actor.has_perm("approvals.delegate", absent):
        raise PermissionDenied
    if until < since:
        raise CannotDelegate("The last day is before the first.")
    if to == absent or not to.is_active:
        raise CannotDelegate("Choose a colleague who is at work.")
    if not _works_with(absent, to, on=timezone.localdate(now)):
        raise CannotDelegate(
            f"{to} neither writes nor approves tweets where {absent} does. Choose a colleague who"
            " does."
        )
    taken = Delegation.objects.filter(
        absent=absent, ended_at=None, since__lte=until, until__gte=since
    ).first()
    if taken:
        raise CannotDelegate(f"{taken.person} decides for {absent} until {taken.until:%d %B}.")
    with transaction.atomic():
        delegation = Delegation.objects.create(
            absent=absent,
            person=to,
            since=since,
            until=until,
            reason=reason,
            made_by=actor,
            made_at=now,
        )
        record(
            Verb.DELEGATED, to, actor=actor, at=now,
            absent=absent.pk, since=since.isoformat(), until=until.isoformat(),
        )  # fmt: skip
        tell([to, absent], f"{to} decides on tweets for {absent} until {until:%d %B}.", now=now)
    return delegation


def _works_with(absent: User, person: User, *, on: date) -> bool:
    """Whether both have a role in one force, `person` one that decides at all."""
    forces = Membership.objects.current(on).filter(person=absent).order_by().values("force")
    theirs = Membership.objects.current(on).filter(person=person, role__in=DECIDERS)
    return theirs.filter(force__in=forces).exists()


def end_delegation(delegation: Delegation, *, actor: User, now: datetime) -> None:
    """End it before its last day. Raises PermissionDenied."""
    if not actor.has_perm("approvals.delegate", delegation.absent):
        raise PermissionDenied
    with transaction.atomic():
        if Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=now):
            record(
                Verb.DELEGATION_ENDED,
                delegation.person,
                actor=actor,
                at=now,
                absent=delegation.absent_id,
            )
            tell(
                [one for one in (delegation.person, delegation.absent) if one != actor],
                f"{delegation.person} no longer decides on tweets for {delegation.absent}:"
                f" {actor} ended it.",
                now=now,
            )
