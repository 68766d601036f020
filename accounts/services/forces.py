"""What is done with forces: their routes, their rota, the status of their accounts."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.duty import Hours
from accounts.models import (
    LPT,
    AccountStatus,
    ApprovalRoute,
    Force,
    Lane,
    Membership,
    OpeningHours,
    Quorum,
    RouteStep,
    Shift,
    SocialAccount,
    User,
)
from accounts.roles import Role
from accounts.services.organising import AccountDetails, make_account, put_guidance_in_force
from audit.services import record
from audit.verbs import Verb


def let_words_into_mail(force: Force, *, on: bool, actor: User, now: datetime) -> None:
    """Say whether the force's mail may hold the words of drafts. Raises PermissionDenied."""
    if not actor.has_perm("accounts.let_words_into_mail", force):
        raise PermissionDenied
    with transaction.atomic():
        if Force.objects.filter(pk=force.pk, words_in_mail=not on).update(words_in_mail=on):
            record(Verb.WORDS_IN_MAIL, force, actor=actor, at=now, on=on)


def readers_of_words(people: Collection[int], *, now: datetime) -> set[int]:
    """Those of `people` (keys) to whom every force of theirs lets the words of drafts be mailed."""
    rows = Membership.objects.current(timezone.localdate(now)).filter(person__in=people)
    allowed: dict[int, bool] = {}
    for person, may in rows.values_list("person_id", "force__words_in_mail"):
        allowed[person] = may and allowed.get(person, True)
    return {person for person, may in allowed.items() if may}


def set_status(
    account: SocialAccount, status: AccountStatus, *, actor: User | None, now: datetime
) -> None:
    """Freeze, close or reactivate an account. Its row is what the dispatcher locks and reads."""
    with transaction.atomic():
        SocialAccount.objects.filter(pk=account.pk).update(status=status, lock=F("lock") + 1)
        record(Verb.ACCOUNT_STATUS, account, actor=actor, at=now, status=status)


class ShiftTaken(Exception):
    """Somebody else is the duty officer at some time of this shift."""

    def __init__(self, shift: Shift) -> None:
        super().__init__(f"{shift.person} has a shift then.")
        self.shift = shift


def set_hours(force: Force, hours: Sequence[Hours | None], *, actor: User, now: datetime) -> None:
    """Say when communications decides: the seven weekdays from Monday on, None for closed.

    Raises PermissionDenied.
    """
    if not actor.has_perm("accounts.keep_duty", force):
        raise PermissionDenied
    with transaction.atomic():
        for weekday, span in enumerate(hours):
            OpeningHours.objects.update_or_create(
                force=force,
                weekday=weekday,
                defaults={
                    "opens": span.opens if span else None,
                    "closes": span.closes if span else None,
                },
            )
        said = [span and f"{span.opens:%H:%M}-{span.closes:%H:%M}" for span in hours]
        record(Verb.HOURS_SET, force, actor=actor, at=now, hours=said)


def put_on_duty(
    person: User,
    *,
    force: Force,
    starts_at: datetime,
    ends_at: datetime,
    actor: User,
    now: datetime,
) -> Shift:
    """Make `person` the duty officer for a while. Raises ShiftTaken, PermissionDenied.

    Only who holds the role can be, and nobody beside somebody else.
    """
    officers = User.objects.holding({Role.COMMS_DUTY}, force_id=force.pk)
    if not (actor.has_perm("accounts.keep_duty", force) and officers.filter(pk=person.pk).exists()):
        raise PermissionDenied
    with transaction.atomic():
        # One after the other for each force.
        Force.objects.filter(pk=force.pk).update(slug=F("slug"))
        standing = Shift.objects.standing().filter(force=force)
        taken = standing.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
        if other := taken.select_related("person").order_by("starts_at").first():
            raise ShiftTaken(other)
        shift = Shift.objects.create(
            force=force,
            person=person,
            starts_at=starts_at,
            ends_at=ends_at,
            made_by=actor,
            made_at=now,
        )
        _on_the_rota(Verb.ON_DUTY, shift, actor, now)
    return shift


def take_off_duty(shift: Shift, *, actor: User, now: datetime) -> None:
    """Take a shift off the rota. Raises PermissionDenied."""
    if not actor.has_perm("accounts.keep_duty", shift.force):
        raise PermissionDenied
    with transaction.atomic():
        if Shift.objects.standing().filter(pk=shift.pk).update(removed_at=now):
            _on_the_rota(Verb.OFF_DUTY, shift, actor, now)


def _on_the_rota(verb: Verb, shift: Shift, actor: User, now: datetime) -> None:
    span = {"since": shift.starts_at.isoformat(), "until": shift.ends_at.isoformat()}
    record(verb, shift.person, actor=actor, at=now, force=shift.force_id, **span)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a route: whose it is, how many of them it needs, and when it is there."""

    roles: tuple[Role, ...]
    quorum: Quorum = Quorum.ANY
    needed: int = 1
    categories: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def is_for_every_draft(self) -> bool:
        return not self.categories and not self.rules


class RouteChanged(Exception):
    """Somebody else put another route in force since it was looked at."""


def steps_of(route: ApprovalRoute | None) -> tuple[Step, ...]:
    """The steps of a route, as they were set; none without one."""
    return tuple(
        Step(
            tuple(Role(role) for role in step.roles),
            Quorum(step.quorum),
            step.needed,
            tuple(step.categories),
            tuple(step.rules),
        )
        for step in (route.steps.all() if route else ())
    )


def set_route(
    force: Force,
    steps: Sequence[Step],
    *,
    lpt: LPT | None = None,
    lane: Lane = Lane.ORDINARY,
    seen: int | None = None,
    actor: User | None,
    now: datetime,
) -> ApprovalRoute | None:
    """Put a route in force from now on, in the place of the one before; None without steps.

    What was submitted before keeps its steps. `seen` is the key of the route that is to be
    replaced, 0 for none; None replaces whatever is there. Raises RouteChanged when it is another.
    """
    with transaction.atomic():
        # One after the other for each force.
        Force.objects.filter(pk=force.pk).update(slug=F("slug"))
        before = ApprovalRoute.objects.current().filter(force=force, lpt=lpt, lane=lane)
        there = before.values_list("pk", flat=True).first() or 0
        if seen is not None and seen != there:
            raise RouteChanged
        # The version before steps reads the column `step` and does not know that a route ended.
        before.update(until=now, step=0)
        route = None
        if steps:
            is_plain = lane == Lane.ORDINARY and len(steps) == 1
            route = ApprovalRoute.objects.create(
                force=force, lpt=lpt, lane=lane, since=now, made_by=actor,
                step=1 if is_plain else 0, role=steps[0].roles[0],
            )  # fmt: skip
            RouteStep.objects.bulk_create(
                RouteStep(
                    route=route,
                    number=number,
                    roles=[role.value for role in step.roles],
                    quorum=step.quorum,
                    needed=step.needed,
                    categories=list(step.categories),
                    rules=list(step.rules),
                )
                for number, step in enumerate(steps, start=1)
            )
        record(
            Verb.ROUTE_SET,
            lpt or force,
            actor=actor,
            at=now,
            lane=lane.value,
            steps=[asdict(step) for step in steps],
        )
    return route


def create_force(
    force: Force,
    *,
    admin: User,
    now: datetime,
    approvers: Sequence[User] = (),
    team: LPT | None = None,
    account: AccountDetails | None = None,
) -> None:
    """Save a force with its people, and with a first team and its account where they are given.

    Comms approvers decide for all teams. The newest guidance is in force: nobody submits before the
    training. Takes valid rows that are not saved yet, and saves all of them or none. The account is
    the team's, whatever its details say. Raises OrganisingRefused.
    """
    with transaction.atomic():
        force.save()
        if team:
            team.force = force
            team.save()
        if account:
            make_account(force, replace(account, lpt=team), actor=None, now=now)
        set_route(force, [Step((Role.COMMS_APPROVER,))], actor=None, now=now)
        put_guidance_in_force(force, actor=None, now=now)
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
