"""The plan of a file, its doing, and the register as a file."""

from datetime import date, datetime

from django.db import transaction

from accounts.mobile import as_said
from accounts.models import Force, Membership, User
from accounts.services.deciding_roles import Given, roles_were_given
from accounts.services.importing.plan import Line, Plan, PlanChanged
from accounts.services.importing.reading import Reader
from accounts.services.importing.table import OPTIONAL, REQUIRED, Unreadable, read_table
from accounts.services.people import (
    PersonChanged,
    PersonRefused,
    add_person,
    change_person,
    give_role,
)
from accounts.spreadsheets import as_csv
from audit.services import record
from audit.verbs import Verb


def plan_import(content: bytes, *, force: Force, actor: User, now: datetime) -> Plan:
    """What this file would do, a line for each person and role. Writes nothing."""
    try:
        columns, body = read_table(content)
    except Unreadable as why:
        return Plan(problems=(str(why),))
    unknown = [name for name in columns if name and name not in {*REQUIRED, *OPTIONAL}]
    notes = tuple(f"The column “{name[:40]}” is not used." for name in unknown)
    reader = Reader(force, actor, now)
    lines = tuple(reader.line(number, columns, cells) for number, cells in body)
    return Plan(lines=lines, notes=notes, content=content)


def apply_plan(content: bytes, *, digest: str, force: Force, actor: User, now: datetime) -> Plan:
    """Do exactly what was shown, all of it or nothing. Returns what was done.

    Raises PlanChanged when that is no longer what the file would do, PermissionDenied.
    """
    plan = plan_import(content, force=force, actor=actor, now=now)
    if plan.digest != digest or not plan.may_be_applied:
        raise PlanChanged
    try:
        with transaction.atomic():
            lines = (*plan.new, *plan.more, *plan.changed)
            done = [_apply(line, force=force, actor=actor, now=now) for line in lines]
            given = [
                Given(person, line.place.role)
                for person, line in zip(done, lines, strict=True)
                if line.place
            ]
            roles_were_given(given, force=force, actor=actor, now=now)
            record(
                Verb.PEOPLE_IMPORTED, force, actor=actor, at=now, file=digest,
                new=len(plan.new), changed=len(plan.changed),
            )  # fmt: skip
    except (PersonRefused, PersonChanged) as error:
        raise PlanChanged from error
    return plan


def _apply(line: Line, *, force: Force, actor: User, now: datetime) -> User:
    """Returns whom the line is about. Of the roles the caller tells, of all at once."""
    assert line.details is not None
    if line.is_new:
        assert line.place is not None
        return add_person(
            line.details, line.place, force=force, actor=actor, now=now, is_told=False
        )
    is_here = {"pk": line.person_id} if line.person_id else {"email": line.details.email}
    person = User.objects.get(**is_here)
    if line.seen:
        change_person(person, line.details, force=force, seen=line.seen, actor=actor, now=now)
    if line.place:
        give_role(person, line.place, force=force, actor=actor, now=now, is_told=False)
    return person


def export_people(force: Force, *, on: date) -> tuple[str, list[int]]:
    """The register as CSV, a line for each present role, and the keys of the people in it.

    People who have left stand in no line. No cell begins what a spreadsheet would run.
    """
    rows = (
        Membership.objects.current(on)
        .filter(force=force, person__is_active=True)
        .select_related("person", "lpt")
        .order_by("person__full_name", "person_id", "pk")
    )
    cells = (
        (
            row.person.full_name, row.person.email, as_said(row.person.mobile),
            row.person.collar_number, row.person.job_title, row.get_role_display(),
            row.lpt.name if row.lpt else "", row.since, row.until or "",
            row.person.mobile_confirmed_on or "",
        )
        for row in rows
    )  # fmt: skip
    text = as_csv([*REQUIRED, *OPTIONAL, "until", "mobile confirmed"], cells)
    return text, sorted({row.person_id for row in rows})
