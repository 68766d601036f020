"""Letting somebody decide in one's place, from one day to another."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import DECIDERS, Role
from approvals.models import Delegation
from audit.services import record
from audit.verbs import Verb
from notices.services import tell


class CannotDelegate(Exception):
    """Why not, in a sentence for the person."""


class WrongPeople(CannotDelegate):
    """It is about who is to decide or in whose place, not about the days."""


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
    """Let `to` decide in the place of `absent`, who names them, or else a comms admin of the force.

    Nobody names themselves. Raises CannotDelegate, PermissionDenied.
    """
    if not actor.has_perm("approvals.delegate", absent):
        raise PermissionDenied
    if until < since:
        raise CannotDelegate("The last day is before the first.")
    if to == absent or not to.is_active:
        raise WrongPeople("Choose a colleague who is at work.")
    if to == actor:
        raise WrongPeople(
            f"You cannot name yourself. Choose another colleague, or ask {absent} to name you."
        )
    _refuse_strangers(absent, to, actor=actor, on=timezone.localdate(now))
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


def _refuse_strangers(absent: User, to: User, *, actor: User, on: date) -> None:
    """Both decide in one force; in somebody else's place, in one that `actor` keeps."""
    if absent == actor:
        where, is_there = _decides_in(absent, on), "You neither write nor approve tweets"
    else:
        kept = Membership.objects.current(on).filter(person=actor, role=Role.COMMS_ADMIN)
        where = _decides_in(absent, on) & set(kept.values_list("force_id", flat=True))
        is_there = f"{absent} neither writes nor approves tweets in your force"
    if not where:
        raise WrongPeople(f"{is_there}, so nobody has to stand in.")
    if where.isdisjoint(_decides_in(to, on)):
        raise WrongPeople(
            f"{to} neither writes nor approves tweets where {absent} does. Choose a colleague who"
            " does."
        )


def _decides_in(person: User, on: date) -> set[int]:
    """The forces, by key, where `person` has a role that decides at all."""
    roles = Membership.objects.current(on).filter(person=person, role__in=DECIDERS)
    return set(roles.values_list("force_id", flat=True))


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
