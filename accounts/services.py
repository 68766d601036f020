"""What is done with people and accounts."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import (
    LPT,
    AccountStatus,
    ApprovalRoute,
    Force,
    Membership,
    SocialAccount,
    User,
)
from accounts.roles import Role
from audit.services import record
from audit.verbs import Verb


def confirm_mobile(person: User, *, now: datetime) -> None:
    """A person says that the number on record is still theirs."""
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(mobile_confirmed_on=timezone.localdate(now))
        record(Verb.MOBILE_CONFIRMED, person, actor=person, at=now)


def deactivate(person: User, *, actor: User | None, now: datetime) -> None:
    """End a person's access at their next request, and stop what they wrote or approved."""
    with transaction.atomic():
        if User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
            record(Verb.PERSON_DEACTIVATED, person, actor=actor, at=now)


def set_status(
    account: SocialAccount, status: AccountStatus, *, actor: User | None, now: datetime
) -> None:
    """Freeze, close or reactivate an account. Its row is what the dispatcher locks and reads."""
    with transaction.atomic():
        SocialAccount.objects.filter(pk=account.pk).update(status=status, lock=F("lock") + 1)
        record(Verb.ACCOUNT_STATUS, account, actor=actor, at=now, status=status)


def create_force(
    force: Force,
    *,
    team: LPT,
    account: SocialAccount,
    admin: User,
    approvers: Sequence[User],
    now: datetime,
) -> None:
    """Save a force with its first team, account and people; its approvers decide for all teams.

    Takes valid rows that are not saved yet, and saves all of them or none.
    """
    with transaction.atomic():
        force.save()
        team.force = account.force = force
        team.save()
        account.lpt = team
        account.save()
        ApprovalRoute.objects.create(force=force, role=Role.COMMS_APPROVER)
        people = [
            (admin, Role.COMMS_ADMIN),
            *((person, Role.COMMS_APPROVER) for person in approvers),
        ]
        for person, role in people:
            person.save()
            Membership.objects.create(
                person=person, force=force, role=role, since=timezone.localdate(now)
            )
        record(
            Verb.FORCE_CREATED,
            force,
            actor=None,
            at=now,
            people={person.pk: role.value for person, role in people},
        )
