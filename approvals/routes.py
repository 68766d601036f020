"""The routes of one force for its pages: in force, before, and who could decide by them now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts.filling import first_unfilled
from accounts.models import LPT, ApprovalRoute, Force, Lane, Quorum, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, who_may
from accounts.services import Step, steps_of
from accounts.staff import Staff
from approvals.route_words import Labels, route_words
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft, ReviewStep, Submission

LANES = {Lane.ORDINARY: "regular tweets", Lane.ROUTINE: "the routine lane"}


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step: its sentence, who could decide now (by place: names), and what is wrong with it."""

    number: int
    words: str
    people: tuple[tuple[str, str], ...]
    warning: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A route that is over: its sentences, from when to when, who made it and who ended it."""

    words: tuple[str, ...]
    since: datetime | None
    until: datetime
    made_by: str
    ended_by: str


@dataclass(frozen=True, slots=True)
class RouteTold:
    """The route of a team, or of all teams without their own, for one lane.

    `older` counts the waiting drafts that keep the steps of a route before this one.
    """

    lpt: LPT | None
    lane: Lane
    route: ApprovalRoute | None
    steps: tuple[StepTold, ...]
    warning: str
    older: int
    earlier: tuple[Earlier, ...]

    @property
    def title(self) -> str:
        return LANES[self.lane].capitalize()


class RouteBook:
    """Everything about the routes of one force, in a number of queries that never grows."""

    def __init__(self, force: Force, *, now: datetime) -> None:
        self.force = force
        self.labels = Labels.of(force)
        self.staff = Staff.of(force, on=timezone.localdate(now))
        self.teams = list(LPT.objects.open().filter(force=force).in_order())
        routes = ApprovalRoute.objects.filter(force=force).select_related("made_by")
        self._routes = list(routes.prefetch_related("steps").order_by("pk"))
        self._runs = _runs_that_wait(force)
        self._ended_by = _who_ended(force, self.teams)

    def current(self, lpt: LPT | None, lane: Lane) -> ApprovalRoute | None:
        """The route in force of this very scope, the team's own or that of all."""
        return next((route for route in self._of(lpt, lane) if route.until is None), None)

    def in_use(self, lpt: LPT | None, lane: Lane) -> ApprovalRoute | None:
        """The route that a team goes by: its own, else that of all."""
        return self.current(lpt, lane) or self.current(None, lane)

    @property
    def is_confirmed(self) -> bool:
        """Whether anybody ever said who approves: the first route came with the force."""
        return any(route.made_by_id for route in self._routes if route.lane == Lane.ORDINARY)

    def following(self, lane: Lane) -> list[LPT]:
        """The teams without a route of their own, by name."""
        return [team for team in self.teams if not self.current(team, lane)]

    def told(self, lpt: LPT | None, lane: Lane) -> RouteTold:
        route = self.current(lpt, lane)
        steps = steps_of(route)
        return RouteTold(
            lpt=lpt,
            lane=lane,
            route=route,
            steps=self.steps_told(steps, lpt, lane),
            warning=self.shortage(steps, lpt, lane),
            older=sum(
                handed_in < started
                for handed_in, started in self._handed_in(lpt, lane)
                if handed_in and started
            ),
            earlier=self._earlier(lpt, lane),
        )

    def steps_told(
        self, steps: Sequence[Step], lpt: LPT | None, lane: Lane
    ) -> tuple[StepTold, ...]:
        return tuple(
            StepTold(
                number,
                words,
                tuple(self._people(step, lpt, lane)),
                self._warning(step, lpt, lane),
            )
            for number, (step, words) in enumerate(
                zip(steps, route_words(steps, self.labels), strict=True), start=1
            )
        )

    def shortage(self, steps: Sequence[Step], lpt: LPT | None, lane: Lane) -> str:
        """Where there are people for each step, but too few for all of them; empty: nowhere."""
        short = [
            (name, number)
            for place, name in self._places(lpt, lane)
            if not any(self._lacking(step, place) for step in steps)
            and (number := first_unfilled(steps, self.staff, place))
        ]
        if not short:
            return ""
        where = _in([name for name, _ in short], of=len(self._places(lpt, lane)))
        words = f"{where}there are too few people for all the steps: nobody is left for step"
        return _sentence(f"{words} {short[0][1]}.")

    def waiting(self, lpt: LPT | None, lane: Lane) -> int:
        """How many drafts wait for a decision that a change of this route leaves as they are."""
        return len(self._handed_in(lpt, lane))

    # --- who could decide

    def _places(self, lpt: LPT | None, lane: Lane) -> list[tuple[int | None, str]]:
        """The teams that the route is for: key and name."""
        teams = [lpt] if lpt else self.following(lane)
        return [(team.pk, team.name) for team in teams] or [(None, "")]

    def _people(self, step: Step, lpt: LPT | None, lane: Lane) -> Iterable[tuple[str, str]]:
        """Who holds the step by role in each team, and who stands in for them."""
        is_for_teams = not lpt and not TEAM_ROLES.isdisjoint(step.roles)
        if is_for_teams:
            for place, name in self._places(None, lane):
                yield name, _names(self.staff.holding(step.roles, place)) or "nobody"
            others = self.staff.holding(who_may(step.roles) & COMMS_REVIEWERS, None)
        else:
            place = lpt.pk if lpt else None
            holders = self.staff.holding(step.roles, place)
            yield "Now", _names(holders) or "nobody"
            others = [p for p in self.staff.able(step.roles, place) if p not in holders]
        if others:
            yield "Can stand in", _names(others)

    def _lacking(self, step: Step, place: int | None) -> bool:
        """Whether fewer people than it needs could decide at the step there."""
        needed = step.needed if step.quorum == Quorum.COUNT else 1
        return len(self.staff.able(step.roles, place)) < needed

    def _warning(self, step: Step, lpt: LPT | None, lane: Lane) -> str:
        places = self._places(lpt, lane)
        lacking = [name for place, name in places if self._lacking(step, place)]
        if lacking:
            few = "too few people" if step.quorum == Quorum.COUNT else "nobody"
            where = _in(lacking, of=len(places))
            return _sentence(
                f"{where}{few} can decide here now: what is submitted waits until somebody has"
                " the role."
            )
        alone = [
            (name, people[0].full_name)
            for place, name in places
            if len(people := self.staff.able(step.roles, place)) == 1
        ]
        if not alone:
            return ""
        where = _in([name for name, _ in alone], of=len(places))
        names = " or ".join(dict.fromkeys(person for _, person in alone))
        return _sentence(
            f"{where}only {names} can decide here now, so nobody can on what {names} wrote."
        )

    # --- what was, and what still runs

    def _of(self, lpt: LPT | None, lane: Lane) -> list[ApprovalRoute]:
        key = lpt.pk if lpt else None
        return [route for route in self._routes if route.lpt_id == key and route.lane == lane]

    def _earlier(self, lpt: LPT | None, lane: Lane) -> tuple[Earlier, ...]:
        target = ("lpt", str(lpt.pk)) if lpt else ("force", str(self.force.pk))
        over = [route for route in self._of(lpt, lane) if route.until]
        return tuple(
            Earlier(
                words=route_words(steps_of(route), self.labels),
                since=route.since,
                until=route.until,
                made_by=str(route.made_by or ""),
                ended_by=self._ended_by.get((*target, route.until), ""),
            )
            for route in reversed(over)
            if route.until
        )

    def _handed_in(
        self, lpt: LPT | None, lane: Lane
    ) -> list[tuple[datetime | None, datetime | None]]:
        """For each waiting draft of this scope: when it was handed in, since when this holds."""
        teams: list[LPT | None] = [lpt] if lpt else [None, *self.following(lane)]
        started = {team.pk if team else None: self._started(team, lane) for team in teams}
        return [
            (run.handed_in, started[run.lpt])
            for run in self._runs
            if run.lane == lane and run.lpt in started
        ]

    def _started(self, lpt: LPT | None, lane: Lane) -> datetime | None:
        """Since when the present steps hold for a team: a route began, or its own ended."""
        own = self._of(lpt, lane) if lpt else []
        if current := next((route for route in own if route.until is None), None):
            return current.since
        of_all = self._of(None, lane)
        begun = [route.since for route in of_all if route.until is None]
        ended = [route.until for route in (own if begun else [*own, *of_all])]
        return max((moment for moment in (*begun, *ended) if moment), default=None)


class _Run(NamedTuple):
    lpt: int | None
    lane: str
    handed_in: datetime | None


def _runs_that_wait(force: Force) -> list[_Run]:
    """The drafts in review, without those from the centre, whose steps no route says."""
    steps = ReviewStep.objects.where_it_waits()
    submissions = Submission.objects.filter(draft=OuterRef("pk")).order_by("-pk")
    runs = (
        Draft.objects.awaiting_review()
        .one_by_one()
        .filter(account__force=force)
        .annotate(
            lane=Subquery(steps.values("lane")[:1]),
            handed_in=Subquery(submissions.values("at")[:1]),
        )
    )
    return [_Run(*run) for run in runs.values_list("account__lpt", "lane", "handed_in")]


def _who_ended(force: Force, teams: Iterable[LPT]) -> dict[tuple[str, str, datetime], str]:
    """Who changed a route, by what it was of and when: an end without another has no row."""
    ours = {("force", str(force.pk)), *(("lpt", str(team.pk)) for team in teams)}
    rows = Record.objects.filter(verb=Verb.ROUTE_SET, target_type__in=["force", "lpt"])
    return {
        (row.target_type, row.target_id, row.at): row.actor_name
        for row in rows.order_by("pk")
        if (row.target_type, row.target_id) in ours
    }


def _names(people: Iterable[User]) -> str:
    return ", ".join(person.full_name for person in people)


def _in(names: Sequence[str], *, of: int) -> str:
    """`In Oldermoor and Foxhollow, `; nothing when it is all of them."""
    if len(names) == of:
        return ""
    *others, last = names
    teams = f"{', '.join(others)} and {last}" if others else last
    return f"in {teams}, "


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
