"""Line after line of one file: what it would do, or what is wrong with it."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from accounts.mobile import as_said, to_e164
from accounts.models import LPT, Force, Membership, User
from accounts.roles import TEAM_ROLES, Role
from accounts.services.importing.plan import Line
from accounts.services.importing.table import OPTIONAL, REQUIRED
from accounts.services.register import (
    Details,
    Place,
    domain_problem,
    kept_people,
    place_problem,
    taken_problem,
)
from accounts.spreadsheets import formula_problem, unquoted

DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
SAID = {
    "email": "work e-mail", "full_name": "name", "mobile": "mobile number",
    "collar_number": "collar number", "job_title": "rank or role",
}  # fmt: skip
LONGEST = {"name": 100, "collar number": 20, "rank or role": 60}


class Reader:
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
        self.kept = set(kept_people(force, on=self.today).values_list("pk", flat=True))
        self.held: dict[int, list[Membership]] = {}
        for row in Membership.objects.filter(force=force).select_related("lpt"):
            self.held.setdefault(row.person_id, []).append(row)
        # What earlier lines of the file say of somebody, and which roles they give.
        self.first: dict[str, tuple[int, Details]] = {}
        self.given: dict[tuple[str, Role, int | None], int] = {}

    def _no_team(self, typed: str) -> str:
        close = difflib.get_close_matches(typed.lower()[:100], self.teams, n=1)
        meant = f"Did you mean {self.teams[close[0]]}?" if close else "Add it under Teams first."
        return f"There is no team “{typed[:40]}”. {meant}"

    def line(self, number: int, columns: list[str], cells: list[str]) -> Line:
        if len(cells) > len(columns):
            sentence = "There are more cells than columns. Put words with a comma in quotes."
            return Line(number, cells[0][:60], "", errors=(sentence,))
        typed = dict.fromkeys((*REQUIRED, *OPTIONAL), "") | dict(zip(columns, cells, strict=False))
        # As the export writes a cell that a spreadsheet would run.
        quoted = {name for name, cell in typed.items() if unquoted(cell) != cell}
        typed = {name: unquoted(cell) for name, cell in typed.items()}
        email = typed["email"].lower()
        line = Line(number, typed["name"][:60], email[:60])
        errors = [*self._of_the_cells(typed, quoted), *self._of_the_email(email)]
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
        first, said = self.first.setdefault(email, (number, details))
        if wrong := _otherwise(first, said, number, details):
            return replace(line, errors=(wrong,))
        return self._planned(line, details, typed, is_first=first == number)

    def _of_the_cells(self, typed: Mapping[str, str], quoted: Collection[str]) -> Iterator[str]:
        for name in ("name", "email", "collar number", "rank or role", "role", "team", "since"):
            cell = typed[name]
            if name not in quoted and (problem := formula_problem(cell, f"The {name}")):
                yield problem
            elif not cell.isprintable():
                yield f"The {name} holds characters that cannot be seen. Type it again."
            elif len(cell) > LONGEST.get(name, 254):
                yield f"The {name} is too long. Keep it to {LONGEST.get(name, 254)} characters."
        if not typed["name"]:
            yield "There is no name."

    def _of_the_email(self, email: str) -> Iterator[str]:
        if not email:
            yield "There is no e-mail."
            return
        try:
            validate_email(email)
        except ValidationError:
            yield f"“{email[:60]}” is no e-mail address."
            return
        person = self.people.get(email)
        if person is None:
            if problem := domain_problem(email, self.force):
                yield problem
        elif person.pk not in self.kept:
            yield taken_problem(email, self.force, on=self.today)
        elif not person.is_active:
            yield f"{person} has left. Let them in again on their page first."

    def _planned(
        self, line: Line, details: Details, typed: Mapping[str, str], *, is_first: bool
    ) -> Line:
        errors: list[str] = []
        place = self._place(typed, errors)
        person = self.people.get(details.email)
        if place and not (person and self._holds(person, place)):
            key = (details.email, place.role, place.lpt.pk if place.lpt else None)
            if (before := self.given.setdefault(key, line.number)) != line.number:
                errors.append(f"Line {before} gives them this role already.")
        if person is None:
            if place is None and not errors:
                errors.append("Say which role this person has.")
            if errors or place is None:
                return replace(line, errors=tuple(errors))
            said = f"{'New.' if is_first else 'New role:'} {_place_said(place)}."
            record = (_record_said(details),) if is_first else ()
            return replace(
                line, is_new=is_first, is_more=not is_first, details=details, place=place,
                changes=(said, *record),
            )  # fmt: skip
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
            if is_first
        ]
        if place and self._holds(person, place):
            place = None
        if place and person.pk == self.actor.pk:
            errors.append("Nobody gives themselves a role. Ask another comms admin.")
        elif place and not errors:
            changes.append(f"New role: {_place_said(place)}.")
        return replace(
            line, errors=tuple(errors), changes=() if errors else tuple(changes),
            person_id=person.pk, details=details, seen=seen if is_first else None, place=place,
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


def _otherwise(first: int, said: Details, number: int, details: Details) -> str:
    """What to do where a line gives an e-mail of an earlier one to somebody else; "": nothing.

    Two people with one e-mail are the usual mistake, and only the file's owner knows whose it is.
    """
    differ = details.changed_from(said)
    if not differ:
        return ""
    *most, last = [SAID[name] for name in differ]
    what = f"{', '.join(most)} and {last}" if most else last
    there = ", ".join(_shown(said, name) for name in differ)
    return (
        f"Lines {first} and {number} have the same e-mail, {details.email}, but not the same {what}"
        f" (line {first}: {there}). Are they two people? Correct the e-mail on one of the two"
        f" lines. Is it one person with two roles? Write the same {what} on both."
    )


def _shown(details: Details, name: str) -> str:
    value = getattr(details, name)
    return (as_said(value) if name == "mobile" else value) or "empty"


def _mobile_error(typed: str) -> str:
    if not typed:
        return "There is no mobile number."
    return f"“{typed[:30]}” is no UK mobile number, like 07700 900982."


def _record_said(details: Details) -> str:
    collar = f"collar number {details.collar_number}" if details.collar_number else ""
    known = (details.job_title, f"mobile {as_said(details.mobile)}", collar)
    words = ", ".join(filter(None, known))
    return f"{words[:1].upper()}{words[1:]}."


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
