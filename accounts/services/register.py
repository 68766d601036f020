"""What a record on the register and a role may be, and whose records a force keeps."""

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import LPT, Force, Membership, User
from accounts.roles import TEAM_ROLES, TEAM_SUPERVISORS, Role


@dataclass(frozen=True, slots=True)
class Details:
    """A person's record as somebody typed it; the mobile number in E.164."""

    email: str
    full_name: str
    mobile: str
    collar_number: str = ""
    job_title: str = ""

    @classmethod
    def of(cls, person: User) -> "Details":
        return cls(**{field.name: getattr(person, field.name) for field in fields(cls)})

    def changed_from(self, other: "Details") -> list[str]:
        """The names of the fields in which they differ."""
        return [f.name for f in fields(self) if getattr(self, f.name) != getattr(other, f.name)]


@dataclass(frozen=True, slots=True)
class Place:
    """A role from one day on: in a team, or without one in the whole force or a central team."""

    role: Role
    lpt: LPT | None
    since: date
    until: date | None = None


def domain_problem(email: str, force: Force) -> str:
    """Why this is no work e-mail of the force, in a sentence; "" when it is one."""
    domain = email.rpartition("@")[2].lower()
    if not force.mail_domains or domain in force.mail_domains:
        return ""
    ours = " or ".join(f"@{name}" for name in force.mail_domains)
    return f"Enter a work e-mail of {force}: it ends with {ours}."


def taken_problem(email: str, force: Force, *, on: date) -> str:
    """Whose e-mail this is already, and what to do then, in sentences; "" when it is free."""
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        return ""
    if not kept_people(force, on=on).filter(pk=person.pk).exists():
        return (
            f"{email} belongs to somebody of another force. Enter the work e-mail that they have at"
            f" {force}."
        )
    here = f"{person} is on the register already with this e-mail."
    if not person.is_active:
        return f"{here} They have left: find them under People, and let them in again."
    return f"{here} Find them under People, and give them another role there."


def objections_to_new(
    force: Force, *, email: str, place: Place | None, on: date
) -> dict[str, list[str]]:
    """Why nobody new can be put on the register like that, in sentences by field.

    For what is not known yet, `email` is "" and `place` None.
    """
    said: dict[str, list[str]] = {}
    if email and (problem := domain_problem(email, force) or taken_problem(email, force, on=on)):
        said["email"] = [problem]
    if place and (found := place_problem(place, force))[1]:
        said[found[0]] = [found[1]]
    return said


def place_problem(place: Place, force: Force) -> tuple[str, str]:
    """What is wrong with a role as such: the field and the sentence; two empty ones if nothing."""
    if place.lpt and place.role not in TEAM_ROLES:
        return "lpt", f"{place.role.label} is a role for the whole force: choose no team."
    if not place.lpt and place.role in TEAM_SUPERVISORS:
        return "lpt", f"Choose the team: {place.role.label} is a role in a team."
    if place.lpt and (place.lpt.force_id != force.pk or place.lpt.closed_on):
        return "lpt", "Choose a team that is open."
    if place.until and place.until < place.since:
        return "until", "The last day is before the first."
    return "", ""


def kept_people(force: Force, *, on: date) -> QuerySet[User]:
    """Whom the comms admins of a force administer.

    That is who holds a role there, now or from a later day on; and who held one there and holds
    none in another force, whose they would be.
    """
    standing = Membership.objects.standing(on).order_by()
    here = Q(pk__in=standing.filter(force=force).values("person"))
    elsewhere = Q(pk__in=standing.exclude(force=force).values("person"))
    ever = Q(pk__in=Membership.objects.filter(force=force).values("person"))
    return User.objects.filter(here | ever & ~elsewhere)
