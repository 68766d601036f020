"""What a new force still lacks before its first tweet can go out, read from what is there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from accounts.duty import DEFAULT_HOURS
from accounts.models import LPT, Force, Lane, OpeningHours, SocialAccount
from accounts.roles import TEAM_ROLES
from accounts.standing import gaps_of
from approvals.routes import RouteBook, RouteTold
from publishing.models import Delivery
from publishing.services import needs_of
from publishing.workflow import State as DeliveryState


@dataclass(frozen=True, slots=True)
class Task:
    """One step: its title, where it is done, and what is there or missing, in a sentence.

    `is_due` is false for what only comes after a step before it; `is_to_check` is what nobody has
    to change, but somebody has to say that it is right.
    """

    title: str
    link: str
    words: str
    is_done: bool
    is_due: bool = True
    is_to_check: bool = False
    is_optional: bool = False


# How a page is told that it was opened from here.
BACK = "from=begin"
# The place of the routes among the steps.
ROUTES = 3


@dataclass(frozen=True, slots=True)
class Begun:
    """How far a force has come. `ready` of `writers` people could submit a tweet today."""

    tasks: tuple[Task, ...]
    writers: int
    ready: int

    @property
    def needed(self) -> list[Task]:
        return [task for task in self.tasks if not task.is_optional]

    @property
    def done(self) -> int:
        return sum(task.is_done for task in self.needed)

    @property
    def approval(self) -> str:
        """Who approves, in sentences."""
        return self.tasks[ROUTES].words

    @property
    def is_complete(self) -> bool:
        return self.done == len(self.needed)

    @property
    def waits_for_a_check(self) -> bool:
        """Whether nothing is missing but somebody's word that it is right."""
        left = [task for task in self.needed if not task.is_done]
        return bool(left) and all(task.is_to_check for task in left)

    @property
    def readiness(self) -> str:
        """What its people do before the first tweet, and how many have, in sentences."""
        are = "is" if self.ready == 1 else "are"
        return (
            "Each of your people sets a password, confirms their mobile number and does the"
            " training before their first tweet."
            f" {self.ready} of {self.writers} who write {are} ready."
        )


def is_beginning(force: Force) -> bool:
    """Whether a force is still being set up: its first tweet is not out."""
    out = Delivery.objects.filter(account__force=force, state=DeliveryState.PUBLISHED)
    return not out.exists()


def begun(force: Force, *, now: datetime) -> Begun:
    """The steps of setting up this force, in order."""
    book = RouteBook(force, now=now)
    accounts = list(
        SocialAccount.objects.active()
        .filter(force=force)
        .select_related("lpt", "credential")
        .in_order()
    )
    writers = {row.person_id: row.person for row in book.staff.roles if row.role in TEAM_ROLES}
    gaps = gaps_of(list(writers.values()), on=timezone.localdate(now))
    return Begun(
        tasks=(
            _teams(book.teams),
            _accounts(book.teams, accounts),
            _people(book),
            _routes(book),
            _connections(accounts),
            _hours(force),
        ),
        writers=len(writers),
        ready=sum(not any(gap.until is None for gap in gaps[key]) for key in writers),
    )


def _teams(teams: Sequence[LPT]) -> Task:
    words = f"{_names(team.name for team in teams)} Add each of the others here." if teams else ""
    return Task("Add your teams", _link("people:add-team"), words or "None yet.", bool(teams))


def _accounts(teams: Sequence[LPT], accounts: Sequence[SocialAccount]) -> Task:
    served = {account.lpt_id for account in accounts}
    without = [team.name for team in teams if team.pk not in served]
    there = _names(f"@{account.handle}" for account in accounts)
    words = f"None yet for {_names(without)}" if without else there or "None yet."
    link = _link("approvals:add-account")
    if without:
        first = next(team for team in teams if team.name == without[0])
        link += f"&team={first.pk}"
    return Task(
        "Add their accounts",
        link,
        words,
        is_done=bool(accounts) and not without,
        is_due=bool(teams),
    )


def _people(book: RouteBook) -> Task:
    without = [team.name for team in book.teams if not book.staff.holding(TEAM_ROLES, team.pk)]
    people = len({row.person_id for row in book.staff.roles})
    words = f"{people} so far." if people > 1 else "Only you so far."
    if without and people > 1:
        words = f"{people} so far. Nobody writes yet for {_names(without)}"
    return Task(
        "Bring in your people",
        _link("people:import"),
        f"{words} A CSV file brings in many at once.",
        is_done=bool(book.teams) and not without,
        is_due=bool(book.teams),
    )


def _routes(book: RouteBook) -> Task:
    told = [book.told(lpt, Lane.ORDINARY) for lpt in (*book.teams, None)]
    in_force = [route for route in told if route.route]
    if not told[-1].route and book.following(Lane.ORDINARY):
        words = "There is no route: nobody could submit anything."
    else:
        words = next(
            (
                f"{route.lpt}: {warning}" if route.lpt else warning
                for route in in_force
                for warning in (route.warning, *(step.warning for step in route.steps))
                if warning
            ),
            "",
        )
    ways = " ".join(_way(route, alone=len(in_force) == 1) for route in in_force)
    to_check = "" if book.is_confirmed else " Say whether that is right."
    return Task(
        "Say who approves",
        reverse("approvals:routes"),
        words or f"{ways}{to_check}",
        is_done=not words and book.is_confirmed,
        is_to_check=not words and not book.is_confirmed,
    )


def _way(route: RouteTold, *, alone: bool) -> str:
    """Whose tweets go which way, in a sentence; `alone`: there is no other route."""
    first, *others = [step.words.rstrip(".") for step in route.steps]
    way = ", then ".join([first, *(each[:1].lower() + each[1:] for each in others)])
    whose = route.lpt or ("All teams" if alone else "All other teams")
    return f"{whose}: {way[:1].lower()}{way[1:]}."


def _connections(accounts: Sequence[SocialAccount]) -> Task:
    without = [f"@{account.handle}" for account in accounts if not _is_connected(account)]
    if not accounts:
        words = "First the accounts."
    elif without:
        words = f"Not connected yet: {_names(without)}"
    else:
        words = "All of them can be signed in to, or need nothing to."
    return Task(
        "Connect the accounts",
        _link("publishing:connections"),
        words,
        is_done=bool(accounts) and not without,
        is_due=bool(accounts),
    )


def _is_connected(account: SocialAccount) -> bool:
    needs = needs_of(account)
    return needs is not None and (not needs.required or hasattr(account, "credential"))


def _hours(force: Force) -> Task:
    is_set = OpeningHours.objects.filter(force=force).exists()
    usual = f"{DEFAULT_HOURS.opens:%H:%M} to {DEFAULT_HOURS.closes:%H:%M} each day"
    return Task(
        "Say when communications is there",
        f"{_link('duty')}#hours",
        "Set." if is_set else f"{usual}, unless you say otherwise.",
        is_done=is_set,
        is_optional=True,
    )


def _link(name: str) -> str:
    """A page that leads back here once it has done what it is for."""
    return f"{reverse(name)}?{BACK}"


def _names(names: Iterator[str] | Sequence[str]) -> str:
    """All of them up to six, then how many more, with a full stop; "" for none."""
    every = list(names)
    if not every:
        return ""
    if len(every) > 6:
        return f"{', '.join(every[:6])} and {len(every) - 6} more."
    *most, last = every
    return f"{', '.join(most)} and {last}." if most else f"{last}."
