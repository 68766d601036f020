"""Keeping the register of people: who is here, in which roles, and who has left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Force, Membership, Shift, User
from accounts.roles import Role
from accounts.services.deciding_roles import Given, roles_were_given
from accounts.services.inviting import invite
from accounts.services.register import (
    Details,
    Place,
    domain_problem,
    kept_people,
    place_problem,
    taken_problem,
)
from accounts.services.work_emails import email_was_changed, email_was_put
from accounts.sign_in import sessions
from audit.services import record
from audit.verbs import Verb

KEEP = "accounts.keep_people"


class PersonRefused(Exception):
    """What cannot be kept like that, in a sentence, and the field it is about ("" for none)."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class PersonChanged(Exception):
    """Somebody else changed this record since it was looked at."""


def add_person(
    details: Details,
    place: Place,
    *,
    force: Force,
    actor: User,
    now: datetime,
    is_told: bool = True,
) -> User:
    """Put somebody new on the register, with a first role. They set their own password.

    Whoever watches is told of a role that decides, unless the caller tells them: `is_told`.
    Raises PersonRefused, PermissionDenied.
    """
    _may_keep(actor, force)
    _check(details, force)
    person = User(**_columns(details))
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.full_clean(exclude=["password"])
            person.save()
            email_was_put(person, actor=actor, now=now)
            record(Verb.PERSON_ADDED, person, actor=actor, at=now, force=force.pk)
            _give(person, place, force=force, actor=actor, now=now, is_told=is_told)
            invite(person, force, actor, now)
    except (IntegrityError, ValidationError) as error:
        raise _refusal(error, details.email, force, now) from error
    return person


def change_person(
    person: User, details: Details, *, force: Force, seen: Details, actor: User, now: datetime
) -> list[str]:
    """Change what is on record; returns the names of the fields that changed.

    A new number has to be confirmed by the person again; a new e-mail is the only one that lets
    them in, and of that the old address and whoever watch are told. `seen` is what the record
    held when it was looked at. Raises PersonChanged, PersonRefused, PermissionDenied.
    """
    _may_keep(actor, force)
    _is_kept(person, force, now)
    changed = details.changed_from(seen)
    if not changed:
        return []
    if "email" in changed:
        _check(details, force)
    columns = _columns(details)
    if "mobile" in changed:
        columns["mobile_confirmed_on"] = None
    as_seen = {field.name: getattr(seen, field.name) for field in fields(seen)}
    try:
        with transaction.atomic():
            if not User.objects.filter(pk=person.pk, **as_seen).update(**columns):
                raise PersonChanged
            person.refresh_from_db()
            person.full_clean(exclude=["password"])
            if "email" in changed:
                # Otherwise the old one would go on letting somebody in, and resetting the password.
                EmailAddress.objects.filter(user=person).delete()
                email_was_put(person, actor=actor, now=now)
                email_was_changed(person, old=seen.email, force=force, actor=actor, now=now)
                if not person.has_usable_password() and person.last_login is None:
                    # The first invitation went to an address that was not theirs.
                    invite(person, force, actor, now)
            record(Verb.PERSON_CHANGED, person, actor=actor, at=now, fields=changed)
    except (IntegrityError, ValidationError) as error:
        raise _refusal(error, details.email, force, now) from error
    return changed


def give_role(
    person: User,
    place: Place,
    *,
    force: Force,
    actor: User,
    now: datetime,
    is_told: bool = True,
) -> None:
    """Let somebody who is on the register hold a role.

    Whoever watches is told of one that decides, unless the caller tells them: `is_told`. Raises
    PersonRefused, PermissionDenied.
    """
    _may_keep(actor, force)
    _not_oneself(person, actor)
    if not person.is_active:
        raise PersonRefused(f"{person} has left. Let them in again first.")
    _is_kept(person, force, now)
    with transaction.atomic():
        _give(person, place, force=force, actor=actor, now=now, is_told=is_told)


def end_role(membership: Membership, *, last_day: date | None, actor: User, now: datetime) -> None:
    """End a role after `last_day`, or at once without one. Raises PersonRefused, PermissionDenied.

    At once means at the person's next request.
    """
    _may_keep(actor, membership.force)
    _not_oneself(membership.person, actor)
    today = timezone.localdate(now)
    if last_day is not None and last_day < max(today, membership.since):
        raise PersonRefused("Enter today or a later day.", field="last_day")
    with transaction.atomic():
        _one_after_the_other(membership.force)
        if membership.role == Role.COMMS_ADMIN:
            last = last_day or today - timedelta(days=1)
            _leaves_an_admin(membership.force, {membership.pk: last}, membership.person, on=today)
        row = Membership.objects.filter(pk=membership.pk)
        if last_day is not None:
            row.update(until=last_day)
        elif membership.since < today:
            row.update(until=today - timedelta(days=1))
        else:
            # It began today or later: a role that was never held.
            row.delete()
        said = last_day.isoformat() if last_day else "at once"
        record(
            Verb.ROLE_ENDED, membership.person, actor=actor, at=now,
            role=membership.role, lpt=membership.lpt_id, last_day=said,
        )  # fmt: skip


def deactivate(person: User, *, actor: User | None, now: datetime) -> None:
    """End a person's access at their next request, and stop what they wrote or approved."""
    with transaction.atomic():
        if User.objects.filter(pk=person.pk, is_active=True).update(is_active=False, left_at=now):
            record(Verb.PERSON_DEACTIVATED, person, actor=actor, at=now)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Which forces somebody leaves, and whether these are all in which they hold a role."""

    forces: list[Force]
    altogether: bool


def leaving_of(person: User, *, actor: User, on: date) -> Leaving:
    """What ends if `actor` ends the access of `person`. Raises PermissionDenied if nothing may."""
    ever = Force.objects.filter(memberships__person=person).distinct().order_by("pk")
    forces = [
        force
        for force in ever
        if actor.has_perm(KEEP, force) and kept_people(force, on=on).filter(pk=person.pk).exists()
    ]
    if not forces:
        raise PermissionDenied
    elsewhere = Membership.objects.standing(on).filter(person=person).exclude(force__in=forces)
    return Leaving(forces, altogether=not elsewhere.exists())


def end_access(person: User, *, actor: User, now: datetime) -> Leaving:
    """A person leaves: access, sessions, roles and shifts end, and the password is void.

    Whoever holds a role in a force that `actor` does not administer loses roles and shifts alone.
    What was theirs (drafts, claims, delegations) belongs to apps above; approvals.organising ends
    it in the same transaction. Returns what they left. Raises PersonRefused, PermissionDenied.
    """
    today = timezone.localdate(now)
    with transaction.atomic():
        leaving = leaving_of(person, actor=actor, on=today)
        _not_oneself(person, actor)
        for force in leaving.forces:
            _one_after_the_other(force)
            admin = person.memberships.filter(force=force, role=Role.COMMS_ADMIN)
            last = dict.fromkeys(admin.values_list("pk", flat=True), today - timedelta(days=1))
            _leaves_an_admin(force, last, person, on=today)
        if leaving.altogether:
            deactivate(person, actor=actor, now=now)
            sessions.end_all(person, actor=actor, now=now, with_access=True)
            # No session outlives the password that it was opened with.
            person.set_unusable_password()
            User.objects.filter(pk=person.pk).update(password=person.password)
        for force in leaving.forces:
            _end_roles(person, force, actor=actor, now=now)
        Shift.objects.standing().filter(
            person=person, force__in=leaving.forces, ends_at__gt=now
        ).update(removed_at=now)
    person.refresh_from_db()
    return leaving


def _end_roles(person: User, force: Force, *, actor: User, now: datetime) -> None:
    """End every role in the force, so that none is held today: also not by who is let back."""
    today = timezone.localdate(now)
    yesterday = today - timedelta(days=1)
    here = person.memberships.filter(force=force)
    standing = here.standing(today)
    for role in standing:
        record(
            Verb.ROLE_ENDED, person, actor=actor, at=now,
            role=role.role, lpt=role.lpt_id, last_day="at once",
        )  # fmt: skip
    new = standing.filter(since__gte=today)
    first = new.first()
    if first and not here.filter(since__lt=today).exists():
        # Something has to say that they were here. The trail knows that it was today.
        here.filter(pk=first.pk).update(since=yesterday, until=yesterday)
    new.delete()
    standing.update(until=yesterday)


def let_back(person: User, *, force: Force, actor: User, now: datetime) -> None:
    """Somebody who had left is back: without roles, and with a password still to be set.

    Raises PermissionDenied.
    """
    _may_keep(actor, force)
    _is_kept(person, force, now)
    with transaction.atomic():
        back = User.objects.filter(pk=person.pk, is_active=False)
        if back.update(is_active=True, left_at=None, mobile_confirmed_on=None):
            record(Verb.PERSON_LET_BACK, person, actor=actor, at=now, force=force.pk)


def person_was_read(person: User, *, actor: User, now: datetime) -> None:
    """Write down that somebody looked at another's record."""
    record(Verb.PERSON_READ, person, actor=actor, at=now)


def register_was_read(
    force: Force, people: Iterable[int], *, how: str, actor: User, now: datetime
) -> None:
    """Write down in one line whose records (by key) somebody saw in a list or a file."""
    record(Verb.REGISTER_READ, force, actor=actor, at=now, people=sorted(people), how=how)


def _give(
    person: User, place: Place, *, force: Force, actor: User, now: datetime, is_told: bool
) -> None:
    field, sentence = place_problem(place, force)
    if sentence:
        raise PersonRefused(sentence, field=field)
    _one_after_the_other(force)
    overlapping = person.memberships.filter(
        Q(until=None) | Q(until__gte=place.since), force=force, lpt=place.lpt, role=place.role
    )
    if place.until:
        overlapping = overlapping.filter(since__lte=place.until)
    if overlapping.exists():
        where = f" in {place.lpt}" if place.lpt else ""
        raise PersonRefused(f"{person} is {place.role.label}{where} then already.", field="role")
    Membership.objects.create(
        person=person, force=force, lpt=place.lpt, role=place.role,
        since=place.since, until=place.until,
    )  # fmt: skip
    record(
        Verb.ROLE_GIVEN, person, actor=actor, at=now, role=place.role.value,
        lpt=place.lpt.pk if place.lpt else None, since=place.since.isoformat(),
        until=place.until.isoformat() if place.until else None,
    )  # fmt: skip
    if is_told:
        roles_were_given([Given(person, place.role)], force=force, actor=actor, now=now)


def _check(details: Details, force: Force) -> None:
    if problem := domain_problem(details.email, force):
        raise PersonRefused(problem, field="email")


def _columns(details: Details) -> dict[str, str | None]:
    columns: dict[str, str | None] = {f.name: getattr(details, f.name) for f in fields(details)}
    columns["email"] = details.email.lower()
    return columns


def _refusal(
    error: IntegrityError | ValidationError, email: str, force: Force, now: datetime
) -> PersonRefused:
    if isinstance(error, ValidationError):
        known: Mapping[str, list[str]] = error.message_dict
        field = next(iter(known))
        if field not in {"email", "__all__"}:
            return PersonRefused(known[field][0], field=field)
    taken = taken_problem(email, force, on=timezone.localdate(now))
    return PersonRefused(taken or "This e-mail was taken a moment ago. Try again.", field="email")


def _may_keep(actor: User, force: Force) -> None:
    if not actor.has_perm(KEEP, force):
        raise PermissionDenied


def _is_kept(person: User, force: Force, now: datetime) -> None:
    if not kept_people(force, on=timezone.localdate(now)).filter(pk=person.pk).exists():
        raise PermissionDenied


def _not_oneself(person: User, actor: User) -> None:
    if person.pk == actor.pk:
        raise PersonRefused("Nobody changes their own roles. Ask another comms admin.")


def _one_after_the_other(force: Force) -> None:
    Force.objects.filter(pk=force.pk).update(slug=F("slug"))


def _leaves_an_admin(force: Force, last: Mapping[int, date], person: User, *, on: date) -> None:
    """Raises PersonRefused where a day from `on` would lose its only comms admin.

    `last` holds, by key, the last days to be of roles of `person`. A day that has none as it is
    stands in nobody's way.
    """
    rows = Membership.objects.standing(on).filter(
        force=force, role=Role.COMMS_ADMIN, person__is_active=True
    )
    before = [(row.pk, row.since, row.until or date.max) for row in rows]
    after = [(pk, since, last.get(pk, until)) for pk, since, until in before]
    ends = [until + timedelta(days=1) for _, _, until in after if until < date.max]
    for day in sorted({on, *ends, *(since for _, since, _ in before)}):
        if day >= on and _is_held(before, day) and not _is_held(after, day):
            said = "" if day == on else f" from {day.day} {day:%B %Y} on"
            raise PersonRefused(
                f"{person} is the only comms admin of {force}{said}. Give somebody else the role"
                " first."
            )


def _is_held(spans: Iterable[tuple[int, date, date]], day: date) -> bool:
    return any(since <= day <= until for _, since, until in spans)
