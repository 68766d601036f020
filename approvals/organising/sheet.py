"""Who may post and who approves, account by account: for a page and for a wall."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from accounts.models import AccountStatus, Force, Lane, SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES
from accounts.services import steps_of
from accounts.staff import Staff
from accounts.standing import Gap, gaps_of
from approvals.route_words import route_words
from approvals.routes import RouteBook
from drafts.permissions import may_write_for


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody of the account's team who may write for it. `is_ready`: can submit today."""

    person: User
    is_ready: bool


@dataclass(frozen=True, slots=True)
class Decider:
    """One step of the account's route: its sentence, and who holds it today."""

    words: str
    people: str


@dataclass(frozen=True, slots=True)
class Line:
    """One account on the sheet."""

    account: SocialAccount
    writers: list[Writer]
    deciders: list[Decider]


def sheet_of(force: Force, *, now: datetime) -> tuple[list[Line], list[User]]:
    """A line for each account that is not closed, and who of communications writes for all."""
    today = timezone.localdate(now)
    book = RouteBook(force, now=now)
    staff = book.staff
    accounts = (
        SocialAccount.objects.filter(force=force)
        .exclude(status=AccountStatus.CLOSED)
        .select_related("lpt", "force", "credential", "circuit")
        .order_by("lpt__name", "handle", "pk")
    )
    lacking = _lacking(staff, today)
    lines = [
        Line(account, _writers(account, staff, lacking), _deciders(account, book))
        for account in accounts
    ]
    return lines, staff.holding(COMMS_REVIEWERS, None)


def _lacking(staff: Staff, today: date) -> dict[int, list[Gap]]:
    people = {row.person_id: row.person for row in staff.roles if row.role in TEAM_ROLES}
    return gaps_of(list(people.values()), on=today)


def _writers(account: SocialAccount, staff: Staff, lacking: dict[int, list[Gap]]) -> list[Writer]:
    team = staff.holding(TEAM_ROLES, account.lpt_id)
    for person in team:
        # Read once for everybody, as the permission asks for them.
        person.current_memberships = [row for row in staff.roles if row.person_id == person.pk]
    return [
        Writer(person, not any(gap.until is None for gap in lacking[person.pk]))
        for person in team
        if may_write_for(person, account)
    ]


def _deciders(account: SocialAccount, book: RouteBook) -> list[Decider]:
    steps = steps_of(book.in_use(account.lpt, Lane.ORDINARY))
    return [
        Decider(words, _names(book.staff.holding(step.roles, account.lpt_id)))
        for step, words in zip(steps, route_words(steps, book.labels), strict=True)
    ]


def _names(people: list[User]) -> str:
    return ", ".join(person.full_name for person in people) or "nobody"
