"""Putting another approval route in force."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.filling import first_unfilled
from accounts.models import LPT, ApprovalRoute, Force, Lane, User
from accounts.roles import COMMS_REVIEWERS, DECIDERS
from accounts.services import RouteChanged, Step, set_route, steps_of
from accounts.staff import Staff
from approvals.route_words import MOST_NEEDED, Labels

MOST_STEPS = 6


class RouteRefused(Exception):
    """The route cannot be put in force; `sentences` says why."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences


def keep_route(
    force: Force,
    steps: Sequence[Step],
    *,
    lpt: LPT | None,
    lane: Lane,
    seen: int,
    actor: User,
    now: datetime,
) -> ApprovalRoute | None:
    """Put `steps` in force for a team, or for all that have no route of their own.

    Without steps a team follows the force's route again, and a routine lane is closed; that gives
    None. `seen` is the key of the route that they replace, 0 for none. Raises RouteRefused,
    accounts.services.RouteChanged when somebody else was quicker, PermissionDenied.
    """
    is_theirs = lpt is None or lpt.force_id == force.pk
    if not is_theirs or not actor.has_perm("accounts.keep_routes", force):
        raise PermissionDenied
    if sentences := objections(force, steps, lpt=lpt, lane=lane, on=timezone.localdate(now)):
        raise RouteRefused(sentences)
    return set_route(force, steps, lpt=lpt, lane=lane, seen=seen, actor=actor, now=now)


def confirm_route(force: Force, *, seen: int, actor: User, now: datetime) -> None:
    """Put the regular route of all teams in force once more as it is, as somebody's own word.

    `seen` is its key. Raises accounts.services.RouteChanged when it is another by now,
    PermissionDenied.
    """
    if not actor.has_perm("accounts.keep_routes", force):
        raise PermissionDenied
    route = ApprovalRoute.objects.current().filter(
        force=force, lpt=None, lane=Lane.ORDINARY, pk=seen
    ).first()  # fmt: skip
    if route is None:
        raise RouteChanged
    set_route(force, steps_of(route), seen=seen, actor=actor, now=now)


def objections(
    force: Force, steps: Sequence[Step], *, lpt: LPT | None, lane: Lane, on: date
) -> list[str]:
    """Why these steps cannot be put in force, in sentences; empty when they can."""
    current = ApprovalRoute.objects.current().filter(force=force, lpt=lpt, lane=lane).first()
    if tuple(steps) == steps_of(current):
        return ["This is how it is already: nothing would change."]
    if not steps:
        return [] if lpt or lane == Lane.ROUTINE else ["Add a step: without one nobody can submit."]
    if len(steps) > MOST_STEPS:
        return [f"A route has up to {MOST_STEPS} steps. Take out {len(steps) - MOST_STEPS}."]
    labels = Labels.of(force)
    if wrong := [
        f"Step {number} asks for something that there is not. Change it."
        for number, step in enumerate(steps, start=1)
        if not _makes_sense(step, labels)
    ]:
        return wrong
    return [
        *_without_comms(steps, lane),
        *_never_passed(steps, Staff.of(force, on=on), _places(force, lpt, lane)),
    ]


def _makes_sense(step: Step, labels: Labels) -> bool:
    return (
        bool(step.roles)
        and set(step.roles) <= set(DECIDERS)
        and 1 <= step.needed <= MOST_NEEDED
        and set(step.categories) <= labels.categories.keys()
        and set(step.rules) <= labels.rules.keys()
    )


def _without_comms(steps: Sequence[Step], lane: Lane) -> list[str]:
    if lane == Lane.ROUTINE or any(
        step.is_for_every_draft() and set(step.roles) <= COMMS_REVIEWERS for step in steps
    ):
        return []
    return [
        "Add a step for corporate communications alone that every tweet has: only the routine lane"
        " goes without."
    ]


def _places(force: Force, lpt: LPT | None, lane: Lane) -> list[int | None]:
    """The teams, by key, that the route would be for; None for accounts without a team."""
    if lpt:
        return [lpt.pk]
    own = ApprovalRoute.objects.current().filter(force=force, lane=lane).exclude(lpt=None)
    teams = LPT.objects.open().filter(force=force).exclude(pk__in=own.values("lpt")).order_by("pk")
    return [*teams.values_list("pk", flat=True), None]


def _never_passed(steps: Sequence[Step], staff: Staff, places: list[int | None]) -> list[str]:
    """A step that could be passed in none of these teams; where it is only some, a page warns."""
    unfilled = [first_unfilled(steps, staff, place) for place in places]
    if not all(unfilled):
        return []
    number = max(step for step in unfilled if step)
    return [
        f"Step {number} could never be passed: too few people can decide there who have not decided"
        " at another step. Ask for fewer people, or for others."
    ]
