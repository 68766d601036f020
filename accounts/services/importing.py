"""The register of people as a CSV file: a plan of every change first, then all of it or nothing."""

import csv
import difflib
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts.mobile import as_said, to_e164
from accounts.models import LPT, Force, Membership, User
from accounts.roles import TEAM_ROLES, Role
from accounts.services.people import (
    Details,
    PersonChanged,
    PersonRefused,
    Place,
    add_person,
    change_person,
    domain_problem,
    give_role,
    place_problem,
)
from accounts.spreadsheets import FORMULA, as_csv
from audit.services import record
from audit.verbs import Verb

MOST_BYTES, MOST_LINES = 200_000, 1000
REQUIRED = ("name", "email", "mobile")
OPTIONAL = ("collar number", "rank or role", "role", "team", "since")
# What people call these columns, too.
ALSO = {
    "full name": "name", "e-mail": "email", "work e-mail": "email", "work email": "email",
    "mobile number": "mobile", "mobile phone": "mobile", "collar no": "collar number",
    "rank": "rank or role", "job title": "rank or role", "lpt": "team",
}  # fmt: skip
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
SAID = {
    "email": "work e-mail", "full_name": "name", "mobile": "mobile number",
    "collar_number": "collar number", "job_title": "rank or role",
}  # fmt: skip
NOT_UTF_8 = "This file is not in UTF-8, so names could be spoilt. Save it again as “CSV UTF-8”."
LONGEST = {"name": 100, "collar number": 20, "rank or role": 60}


class PlanChanged(Exception):
    """What the file would do is no longer what was shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: what it would do, in sentences, or what is wrong with it."""

    number: int
    name: str
    email: str
    errors: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    is_new: bool = False
    person_id: int | None = None
    details: Details | None = None
    seen: Details | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a file would do. `problems` are of the file as a whole: nothing was read."""

    lines: tuple[Line, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    content: bytes = field(default=b"", repr=False)

    @property
    def errors(self) -> list[Line]:
        return [line for line in self.lines if line.errors]

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if line.is_new and not line.errors]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.changes and not line.is_new]

    @property
    def same(self) -> list[Line]:
        return [line for line in self.lines if not (line.errors or line.changes or line.is_new)]

    @property
    def may_be_applied(self) -> bool:
        return bool(self.new or self.changed) and not (self.errors or self.problems)

    @property
    def digest(self) -> str:
        """The same for the same file only as long as it would do the same."""
        said = [
            (line.number, line.email, line.errors, line.changes, line.person_id, line.is_new,
             asdict(line.details) if line.details else None,
             asdict(line.seen) if line.seen else None)
            for line in self.lines
        ]  # fmt: skip
        whole = json.dumps([said, self.problems], default=str).encode() + self.content
        return hashlib.sha256(whole).hexdigest()


class _Unreadable(Exception):
    """Why nothing can be read of the file, in a sentence."""


def plan_import(content: bytes, *, force: Force, actor: User, now: datetime) -> Plan:
    """What this file would do, a line for each person. Writes nothing."""
    try:
        columns, body = _table(content)
    except _Unreadable as why:
        return Plan(problems=(str(why),))
    unknown = [name for name in columns if name and name not in {*REQUIRED, *OPTIONAL}]
    notes = tuple(f"The column “{name[:40]}” is not used." for name in unknown)
    reader = _Reader(force, actor, now)
    lines = tuple(reader.line(number, columns, cells) for number, cells in body)
    return Plan(lines=lines, notes=notes, content=content)


def _table(content: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, and each line below with its number. Raises _Unreadable."""
    if len(content) > MOST_BYTES:
        raise _Unreadable(f"The file is too big. Keep it to {MOST_BYTES // 1000} kB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Unreadable(NOT_UTF_8) from error
    if "\0" in text:
        raise _Unreadable(NOT_UTF_8)
    rows = list(_rows(text))
    if not rows:
        raise _Unreadable("The file is empty.")
    (_, head), *body = rows
    columns = [_column(cell) for cell in head]
    if problem := _of_the_head(columns):
        raise _Unreadable(problem)
    if not body:
        raise _Unreadable("There is no line below the column names.")
    if len(body) > MOST_LINES:
        raise _Unreadable(f"The file has {len(body)} lines. Keep it to {MOST_LINES}.")
    return columns, body


def apply_plan(content: bytes, *, digest: str, force: Force, actor: User, now: datetime) -> Plan:
    """Do exactly what was shown, all of it or nothing. Returns what was done.

    Raises PlanChanged when that is no longer what the file would do, PermissionDenied.
    """
    plan = plan_import(content, force=force, actor=actor, now=now)
    if plan.digest != digest or not plan.may_be_applied:
        raise PlanChanged
    try:
        with transaction.atomic():
            for line in (*plan.new, *plan.changed):
                _apply(line, force=force, actor=actor, now=now)
            record(
                Verb.PEOPLE_IMPORTED, force, actor=actor, at=now, file=digest,
                new=len(plan.new), changed=len(plan.changed),
            )  # fmt: skip
    except (PersonRefused, PersonChanged) as error:
        raise PlanChanged from error
    return plan


def _apply(line: Line, *, force: Force, actor: User, now: datetime) -> None:
    assert line.details is not None
    if line.is_new:
        assert line.place is not None
        add_person(line.details, line.place, force=force, actor=actor, now=now)
        return
    assert line.seen is not None
    assert line.person_id is not None
    person = User.objects.get(pk=line.person_id)
    change_person(person, line.details, force=force, seen=line.seen, actor=actor, now=now)
    if line.place:
        give_role(person, line.place, force=force, actor=actor, now=now)


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


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each line that holds anything, from 1 on, and its cells."""
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = ["\0"]
        number, before = before + 1, max(reader.line_num, before + 1)
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip(" ") for cell in cells]


def _column(cell: str) -> str:
    name = " ".join(cell.lower().replace("_", " ").split())
    return ALSO.get(name, name)


def _of_the_head(columns: list[str]) -> str:
    """What is wrong with the names of the columns, in a sentence; "" if nothing is."""
    if missing := [name for name in REQUIRED if name not in columns]:
        return f"The first line has to name the columns. Missing: {', '.join(missing)}."
    if twice := sorted({name for name in columns if name and columns.count(name) > 1}):
        return f"A column is there twice: {', '.join(twice)[:80]}."
    return ""


class _Reader:
    """Reads line after line of one file, and knows who and what is there already."""

    def __init__(self, force: Force, actor: User, now: datetime) -> None:
        self.force, self.actor, self.today = force, actor, timezone.localdate(now)
        self.teams = {team.name.lower(): team for team in LPT.objects.open().filter(force=force)}
        self.roles = {
            **{role.label.lower(): role for role in Role},
            **{role.value: role for role in Role},
        }
        # Of every force: an e-mail belongs to one person.
        self.people = {person.email.lower(): person for person in User.objects.all()}
        self.held: dict[int, list[Membership]] = {}
        for row in Membership.objects.filter(force=force).select_related("lpt"):
            self.held.setdefault(row.person_id, []).append(row)
        self.seen_on: dict[str, int] = {}

    def _no_team(self, typed: str) -> str:
        close = difflib.get_close_matches(typed.lower()[:100], self.teams, n=1)
        meant = f"Did you mean {self.teams[close[0]]}?" if close else "Add it under Teams first."
        return f"There is no team “{typed[:40]}”. {meant}"

    def line(self, number: int, columns: list[str], cells: list[str]) -> Line:
        if len(cells) > len(columns):
            sentence = "There are more cells than columns. Put words with a comma in quotes."
            return Line(number, cells[0][:60], "", errors=(sentence,))
        typed = dict.fromkeys((*REQUIRED, *OPTIONAL), "") | dict(zip(columns, cells, strict=False))
        email = typed["email"].lower()
        line = Line(number, typed["name"][:60], email[:60])
        errors = [*self._of_the_cells(typed), *self._of_the_email(number, email)]
        mobile = ""
        try:
            mobile = to_e164(typed["mobile"])
        except ValidationError:
            errors.append(_mobile_error(typed["mobile"]))
        if errors:
            return replace(line, errors=tuple(errors))
        details = Details(
            email, typed["name"], mobile, typed["collar number"], typed["rank or role"]
        )
        person = self.people.get(email)
        return self._planned(line, details, typed, person)

    def _of_the_cells(self, typed: Mapping[str, str]) -> Iterator[str]:
        for name in ("name", "email", "collar number", "rank or role", "role", "team", "since"):
            cell = typed[name]
            if cell.startswith(FORMULA):
                yield (
                    f"The {name} begins with “{cell[0].strip() or 'a tab'}”, as a formula does."
                    " Write it without."
                )
            elif not cell.isprintable():
                yield f"The {name} holds characters that cannot be seen. Type it again."
            elif len(cell) > LONGEST.get(name, 254):
                yield f"The {name} is too long. Keep it to {LONGEST.get(name, 254)} characters."
        if not typed["name"]:
            yield "There is no name."

    def _of_the_email(self, number: int, email: str) -> Iterator[str]:
        if not email:
            yield "There is no e-mail."
            return
        try:
            validate_email(email)
        except ValidationError:
            yield f"“{email[:60]}” is no e-mail address."
            return
        if email in self.seen_on:
            yield (
                f"{email} is on line {self.seen_on[email]} already. Give a second role on the"
                " person's page."
            )
        self.seen_on.setdefault(email, number)
        person = self.people.get(email)
        if person is None:
            if problem := domain_problem(email, self.force):
                yield problem
        elif person.pk not in self.held:
            yield f"{email} belongs to somebody of another force."
        elif not person.is_active:
            yield f"{person} has left. Let them in again on their page first."

    def _planned(
        self, line: Line, details: Details, typed: Mapping[str, str], person: User | None
    ) -> Line:
        errors: list[str] = []
        place = self._place(typed, errors)
        if person is None:
            if place is None and not errors:
                errors.append("Say which role this person has.")
            if errors or place is None:
                return replace(line, errors=tuple(errors))
            said = (f"New. {_place_said(place)}.",)
            return replace(line, is_new=True, details=details, place=place, changes=said)
        seen = Details.of(person)
        # A cell left empty leaves what is there.
        details = replace(
            details,
            collar_number=details.collar_number or seen.collar_number,
            job_title=details.job_title or seen.job_title,
        )
        changes = [
            _change_said(name, getattr(seen, name), getattr(details, name))
            for name in details.changed_from(seen)
        ]
        if place and self._holds(person, place):
            place = None
        if place and person.pk == self.actor.pk:
            errors.append("Nobody gives themselves a role. Ask another comms admin.")
        elif place and not errors:
            changes.append(f"New role: {_place_said(place)}.")
        return replace(
            line, errors=tuple(errors), changes=() if errors else tuple(changes),
            person_id=person.pk, details=details, seen=seen, place=place,
        )  # fmt: skip

    def _place(self, typed: Mapping[str, str], errors: list[str]) -> Place | None:
        if not typed["role"]:
            if typed["team"]:
                errors.append("There is a team but no role.")
            return None
        role = self.roles.get(typed["role"].lower())
        if role is None:
            errors.append(
                f"There is no role “{typed['role'][:40]}”. Write one of: "
                + ", ".join(str(known.label) for known in Role)
                + "."
            )
            return None
        team = self.teams.get(typed["team"].lower()) if typed["team"] else None
        if typed["team"] and team is None:
            errors.append(self._no_team(typed["team"]))
            return None
        since = _day(typed["since"]) if typed["since"] else self.today
        if since is None:
            errors.append(f"“{typed['since'][:20]}” is no date. Write it like 27/3/2027.")
            return None
        place = Place(role, team, since)
        if sentence := place_problem(place, self.force)[1]:
            errors.append(sentence)
            return None
        return place

    def _holds(self, person: User, place: Place) -> bool:
        team = place.lpt.pk if place.lpt else None
        return any(
            row.role == place.role and row.lpt_id == team
            and (row.until is None or row.until >= place.since)
            for row in self.held.get(person.pk, [])
        )  # fmt: skip


def _mobile_error(typed: str) -> str:
    if not typed:
        return "There is no mobile number."
    return f"“{typed[:30]}” is no UK mobile number, like 07700 900982."


def _place_said(place: Place) -> str:
    where = (
        f", {place.lpt}" if place.lpt else (", central team" if place.role in TEAM_ROLES else "")
    )
    return f"{place.role.label}{where}, from {place.since.day} {place.since:%B %Y}"


def _change_said(name: str, old: str, new: str) -> str:
    if name == "mobile":
        return (
            f"New mobile number: {as_said(new)} instead of {as_said(old)}. It has to be confirmed"
            " again."
        )
    was = f" instead of {old}" if old else ""
    return f"New {SAID[name]}: {new}{was}."


def _day(typed: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None
