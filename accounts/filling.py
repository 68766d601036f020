"""Whether the steps of a route can all be given: each by other people than the steps before."""

from collections.abc import Iterable, Sequence

from accounts.models import Quorum
from accounts.services import Step
from accounts.staff import Staff


def first_unfilled(steps: Sequence[Step], staff: Staff, lpt_id: int | None) -> int | None:
    """The number of the first step that could never be passed in that team; None without any.

    Nobody approves one draft twice, so that the people of a step are gone for the others. Steps
    for different categories never meet on one draft.
    """
    categories = {"", *(category for step in steps for category in step.categories)}
    unfilled = [
        _first_without_people(_together(steps, category), staff, lpt_id) for category in categories
    ]
    return min((number for number in unfilled if number), default=None)


def _together(steps: Sequence[Step], category: str) -> list[tuple[int, Step]]:
    """The most steps that a draft of `category` can have, with their numbers in the route."""
    return [
        (number, step)
        for number, step in enumerate(steps, start=1)
        if step.is_for_every_draft() or step.rules or category in step.categories
    ]


def _first_without_people(
    steps: Iterable[tuple[int, Step]], staff: Staff, lpt_id: int | None
) -> int | None:
    taken: dict[int, int] = {}
    asked = [(number, people) for number, step in steps for people in _asked(step, staff, lpt_id)]
    for place, (number, _) in enumerate(asked):
        if not _give(place, [people for _, people in asked], taken, set()):
            return number
    return None


def _asked(step: Step, staff: Staff, lpt_id: int | None) -> list[list[int]]:
    """For each approval that the step asks for, the keys of those who could give it."""
    able = [person.pk for person in staff.able(step.roles, lpt_id)]
    if step.quorum != Quorum.ALL:
        return [able] * step.needed
    # Each of them, and nobody in their place, unless there is none of them.
    return [[person.pk] for person in staff.holding(step.roles, lpt_id)] or [able]


def _give(place: int, asked: list[list[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Find somebody for the approval at `place`, moving those on who can give another one.

    `taken` says for each person at which place they are. This is Kuhn's way to match people
    with places.
    """
    for person in asked[place]:
        if person in tried:
            continue
        tried.add(person)
        if person not in taken or _give(taken[person], asked, taken, tried):
            taken[person] = place
            return True
    return False
