"""Whom to ring: everybody who may post or decide, with their mobile numbers, team by team."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.duty import duty_officer
from accounts.mobile import as_said
from accounts.models import Force, Membership, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, Role
from accounts.spreadsheets import as_csv

# They decide on drafts, or on whether a hacked account is opened again.
CENTRE = COMMS_REVIEWERS | {Role.COMMS_ADMIN}
COMMS, NO_AREA = "Corporate communications", "Central teams"
HEAD = ("team", "name", "rank or role", "role", "mobile", "on duty now", "mobile confirmed")


@dataclass(frozen=True, slots=True)
class Entry:
    """One person in one group; `roles` are those that they hold there, in words."""

    person: User
    roles: list[str]
    #: Whether they have said lately that the number is theirs.
    is_confirmed: bool
    is_on_duty: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Communications, a team, or all teams without an area."""

    title: str
    entries: list[Entry]


def call_list(
    force: Force, *, now: datetime, teams: Collection[int | None] | None = None
) -> list[Group]:
    """Communications first, with its duty officer before all others; then the teams by name.

    With `teams` (keys; None: those without an area) these alone, and not communications.
    """
    today = timezone.localdate(now)
    rows = (
        Membership.objects.current(today)
        .filter(force=force, person__is_active=True, role__in=CENTRE | TEAM_ROLES)
        .select_related("person", "lpt")
        .order_by("lpt__name", "lpt_id", "person__full_name", "person_id", "pk")
    )
    sorted_out: dict[tuple[str, int | None], list[Membership]] = {}
    for row in rows:
        is_of_team = row.role in TEAM_ROLES
        if teams is None or (is_of_team and row.lpt_id in teams):
            title = (row.lpt.name if row.lpt else NO_AREA) if is_of_team else COMMS
            sorted_out.setdefault((title, row.lpt_id), []).append(row)
    officer = duty_officer(force, now) if teams is None else None
    groups = [
        Group(title, _entries(found, officer if title == COMMS else None, today))
        for (title, _), found in sorted_out.items()
    ]
    order = {COMMS: 0, NO_AREA: 2}
    return sorted(groups, key=lambda group: order.get(group.title, 1))


def _entries(rows: Iterable[Membership], officer: User | None, today: date) -> list[Entry]:
    """Each person once, whoever is on duty first."""
    entries: dict[int, Entry] = {}
    for row in rows:
        person, until = row.person, row.person.mobile_counts_until
        is_confirmed = until is not None and today <= until
        new = Entry(person, [], is_confirmed, is_on_duty=person == officer)
        entries.setdefault(person.pk, new).roles.append(row.get_role_display())
    return sorted(entries.values(), key=lambda entry: not entry.is_on_duty)


def people_in(groups: Iterable[Group]) -> set[int]:
    """The keys of the people whose numbers it shows."""
    return {entry.person.pk for group in groups for entry in group.entries}


def call_list_file(groups: Iterable[Group]) -> str:
    """The same as CSV, a line for each person in each group."""
    lines = (
        (
            group.title, entry.person.full_name, entry.person.job_title, ", ".join(entry.roles),
            as_said(entry.person.mobile), "yes" if entry.is_on_duty else "",
            entry.person.mobile_confirmed_on or "",
        )
        for group in groups
        for entry in group.entries
    )  # fmt: skip
    return as_csv(HEAD, lines)
