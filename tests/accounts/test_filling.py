"""Whether a route can be given at all: asked of every assignment of people, one by one."""

from datetime import date
from itertools import combinations_with_replacement, product

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.filling import first_unfilled
from accounts.models import Membership, Quorum, User
from accounts.permissions import may_fill
from accounts.roles import DECIDERS, TEAM_ROLES, Role
from accounts.services import Step, deactivate
from accounts.staff import Staff
from tests.factories import Scene

TEAM = 1


def staff(*roles: Role) -> Staff:
    """One person for each role, of one team where it is a team's."""
    return Staff(
        tuple(
            Membership(
                person=User(pk=pk, full_name=f"Person {pk}"),
                role=role,
                lpt_id=TEAM if role in TEAM_ROLES else None,
            )
            for pk, role in enumerate(roles, start=1)
        )
    )


def can_be_given(steps: list[Step], people: Staff) -> bool:
    """By trying every way in which different people could give all approvals of these steps."""
    asked: list[list[int]] = []
    for step in steps:
        able = [person.pk for person in people.able(step.roles, TEAM)]
        each = [[person.pk] for person in people.holding(step.roles, TEAM)]
        asked += (each or [able]) if step.quorum == Quorum.ALL else [able] * step.needed
    return any(len(set(given)) == len(given) for given in product(*asked))


STEPS = st.builds(
    lambda roles, quorum, needed: Step(
        tuple(roles), quorum, needed if quorum == Quorum.COUNT else 1
    ),
    st.lists(st.sampled_from(DECIDERS), min_size=1, max_size=2, unique=True),
    st.sampled_from(Quorum),
    st.integers(2, 3),
)


class TestTheSteps:
    @settings(max_examples=400, deadline=None)
    @given(
        roles=st.lists(st.sampled_from([*DECIDERS, Role.COMMS_ADMIN]), max_size=5),
        steps=st.lists(STEPS, min_size=1, max_size=3),
    )
    def test_have_people_exactly_when_some_way_is_found(
        self, roles: list[Role], steps: list[Step]
    ) -> None:
        people = staff(*roles)
        number = first_unfilled(steps, people, TEAM)
        assert (number is None) == can_be_given(steps, people)
        if number:
            # Up to the step that is named it could be done.
            assert can_be_given(steps[: number - 1], people)
            assert not can_be_given(steps[:number], people)

    def test_of_different_kinds_never_meet(self) -> None:
        comms = (Role.COMMS_APPROVER,)
        steps = [
            Step(comms),
            Step(comms, categories=("arrest",)),
            Step(comms, categories=("advice",)),
        ]
        people = staff(Role.COMMS_APPROVER, Role.COMMS_DUTY)
        assert first_unfilled(steps, people, TEAM) is None
        # What the rulebook finds it may find in any kind.
        steps[2] = Step(comms, rules=("hashtags-max",))
        assert first_unfilled(steps, people, TEAM) == 3

    def test_of_another_team_have_other_people(self) -> None:
        people = staff(Role.LPT_SUPERVISOR, Role.OFFICER)
        assert first_unfilled([Step((Role.LPT_SUPERVISOR,))], people, TEAM) is None
        assert first_unfilled([Step((Role.LPT_SUPERVISOR,))], people, TEAM + 1) == 1


@pytest.mark.django_db
class TestTheStaff:
    @pytest.mark.parametrize("roles", [*combinations_with_replacement(Role, 2)])
    def test_that_is_able_is_who_may_fill_the_step(self, roles: tuple[Role, Role]) -> None:
        scene = Scene()
        elsewhere, central = scene.other_account(), scene.other_account(lpt=None, kind="central")
        everybody = [
            *(scene.person(role) for role in Role),
            *(scene.person(role, lpt=elsewhere.lpt) for role in TEAM_ROLES),
            scene.central_officer(),
            Scene().person(Role.COMMS_APPROVER),
        ]
        people = Staff.of(scene.force, on=timezone.localdate())
        for account in (scene.account, elsewhere, central):
            may = {person.pk for person in everybody if may_fill(person, account, roles)}
            assert {person.pk for person in people.able(roles, account.lpt_id)} == may

    def test_is_active_and_of_today(self) -> None:
        scene = Scene()
        gone = scene.person(Role.COMMS_APPROVER)
        deactivate(gone, actor=None, now=timezone.now())
        over = scene.person(Role.COMMS_APPROVER)
        Membership.objects.filter(person=over).update(until=date(2020, 1, 2))
        here = scene.person(Role.COMMS_APPROVER)
        people = Staff.of(scene.force, on=timezone.localdate())
        assert people.holding({Role.COMMS_APPROVER}, None) == [here]
