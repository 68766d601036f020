"""Keeping the registers, and asking them what holds for a force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Force, User
from audit.services import record
from audit.verbs import Verb
from policy import core
from policy.registers.models import ElectionPeriod, Restriction
from policy.services import next_generation

UK: Final = ZoneInfo("Europe/London")
KEEP, DECLARE = "policy.keep_restrictions", "policy.declare_election"


class AlreadyEnded(Exception):
    """Somebody else ended or changed this entry a moment ago."""


@dataclass(frozen=True, slots=True)
class Order:
    """A court order or injunction as somebody wrote it down. `until` is its last day, if known."""

    terms: tuple[str, ...]
    case_name: str
    court: str
    until: date | None = None


def uk_day(moment: datetime) -> date:
    """The day in the United Kingdom at `moment`."""
    return moment.astimezone(UK).date()


# --- restrictions


def restrictions_of(force_id: int, *, now: datetime) -> tuple[core.Restriction, ...]:
    """What the rulebook has to know of the orders in force now, for every account of the force."""
    rows = Restriction.objects.in_force(force_id, on=uk_day(now)).values_list("pk", "terms")
    return tuple(core.Restriction(id=str(pk), terms=tuple(terms)) for pk, terms in rows)


def add_restriction(order: Order, *, force: Force, actor: User, now: datetime) -> Restriction:
    """Put an order on the list; every account of the force obeys it from now on.

    The trail holds its number and none of its words. Raises PermissionDenied.
    """
    if not actor.has_perm(KEEP, force):
        raise PermissionDenied
    with transaction.atomic():
        next_generation()
        restriction = _add(order, force=force, actor=actor, now=now)
        record(Verb.RESTRICTION_ADDED, restriction, actor=actor, at=now)
    return restriction


def end_restriction(restriction: Restriction, *, actor: User, now: datetime) -> None:
    """Lift an order. Its row stays. Raises AlreadyEnded, PermissionDenied."""
    if not actor.has_perm(KEEP, restriction.force):
        raise PermissionDenied
    with transaction.atomic():
        next_generation()
        _end(restriction, actor=actor, now=now)
        record(Verb.RESTRICTION_ENDED, restriction, actor=actor, at=now)


def change_restriction(
    restriction: Restriction, order: Order, *, actor: User, now: datetime
) -> Restriction:
    """Put `order` in the place of an entry, which stays in the history.

    Raises AlreadyEnded, PermissionDenied.
    """
    if not actor.has_perm(KEEP, restriction.force):
        raise PermissionDenied
    with transaction.atomic():
        next_generation()
        _end(restriction, actor=actor, now=now)
        newer = _add(
            order, force=restriction.force, actor=actor, now=now, replaces_id=restriction.pk
        )
        record(Verb.RESTRICTION_CHANGED, restriction, actor=actor, at=now, replaced_by=newer.pk)
    return newer


def record_reading(
    force: Force, restrictions: Sequence[Restriction], *, actor: User, now: datetime
) -> None:
    """One line in the trail for everything that a person was shown of the list."""
    shown = [restriction.pk for restriction in restrictions]
    record(Verb.RESTRICTIONS_READ, force, actor=actor, at=now, shown=shown)


def _add(
    order: Order, *, force: Force, actor: User, now: datetime, replaces_id: int | None = None
) -> Restriction:
    return Restriction.objects.create(
        force=force,
        terms=list(order.terms),
        case_name=order.case_name,
        court=order.court,
        until=order.until,
        added_by=actor,
        added_at=now,
        replaces_id=replaces_id,
    )


def _end(entry: Restriction | ElectionPeriod, *, actor: User, now: datetime) -> None:
    rows = type(entry)._default_manager.filter(pk=entry.pk, ended_at=None)
    if not rows.update(ended_at=now, ended_by=actor):
        raise AlreadyEnded


# --- pre-election periods


def elections_of(force_id: int, *, at: datetime) -> tuple[core.Election, ...]:
    """The pre-election periods that are on for a force at that moment."""
    rows = ElectionPeriod.objects.covering(force_id, on=uk_day(at))
    return tuple(core.Election(area=row.area, ends_on=row.ends_on) for row in rows)


def declare_election(
    *,
    force: Force,
    area: str,
    starts_on: date,
    ends_on: date,
    note: str,
    actor: User,
    now: datetime,
) -> ElectionPeriod:
    """Declare a pre-election period, both days included. Raises PermissionDenied."""
    if not actor.has_perm(DECLARE, force):
        raise PermissionDenied
    with transaction.atomic():
        next_generation()
        period = ElectionPeriod.objects.create(
            force=force,
            area=area,
            starts_on=starts_on,
            ends_on=ends_on,
            note=note,
            declared_by=actor,
            declared_at=now,
        )
        days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
        record(Verb.ELECTION_DECLARED, period, actor=actor, at=now, **days)
    return period


def end_election(period: ElectionPeriod, *, actor: User, now: datetime) -> None:
    """End a period early, or take one back that was wrong.

    Raises AlreadyEnded, PermissionDenied.
    """
    if not actor.has_perm(DECLARE, period.force):
        raise PermissionDenied
    with transaction.atomic():
        next_generation()
        _end(period, actor=actor, now=now)
        record(Verb.ELECTION_ENDED, period, actor=actor, at=now)
