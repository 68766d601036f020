"""Approval routes that could decide nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import LPT, Lane, Quorum, User
from accounts.roles import DECIDERS, Role
from accounts.services import Step
from approvals.route_words import MOST_NEEDED, Labels
from approvals.services import RouteRefused, objections
from audit.models import Record
from audit.verbs import Verb
from policy.services import categories_of
from tests.approvals.routes.stage import COMMS, DUTY, MISSING, OFFICER, SUPERVISOR, book, keep
from tests.factories import LPTFactory, Scene

pytestmark = pytest.mark.django_db


class TestARouteThatCannotBe:
    @pytest.mark.parametrize(
        ("steps", "words"),
        [
            ((), "Add a step: without one nobody can submit."),
            ((COMMS,), "This is how it is already"),
            ((SUPERVISOR,), "Add a step for corporate communications alone"),
            ((SUPERVISOR, MISSING), "Add a step for corporate communications alone"),
            (
                (Step((Role.OFFICER, Role.COMMS_APPROVER)),),
                "Add a step for corporate communications alone",
            ),
            ((COMMS,) * 7, "A route has up to 6 steps. Take out 1."),
            ((COMMS, DUTY), "Step 2 could never be passed"),
            ((COMMS, COMMS, COMMS), "Step 3 could never be passed"),
            ((Step((Role.COMMS_APPROVER,), Quorum.COUNT, 3),), "Step 1 could never be passed"),
            ((COMMS, Step((Role.COMMS_ADMIN,))), "Step 2 asks for something that there is not"),
            (
                (COMMS, Step((Role.COMMS_APPROVER,), Quorum.COUNT, 0)),
                "Step 2 asks for something that there is not",
            ),
            (
                (COMMS, Step((Role.COMMS_APPROVER,), Quorum.COUNT, MOST_NEEDED + 1)),
                "Step 2 asks for something that there is not",
            ),
            ((COMMS, Step(())), "Step 2 asks for something that there is not"),
            (
                (COMMS, Step((Role.COMMS_APPROVER,), categories=("no-such",))),
                "Step 2 asks for something that there is not",
            ),
            (
                (COMMS, Step((Role.COMMS_APPROVER,), rules=("no-such",))),
                "Step 2 asks for something that there is not",
            ),
        ],
    )
    def test_is_refused_in_a_sentence(
        self, scene: Scene, admin: User, steps: tuple[Step, ...], words: str
    ) -> None:
        today = timezone.localdate()
        (sentence,) = objections(scene.force, steps, lpt=None, lane=Lane.ORDINARY, on=today)
        assert sentence.startswith(words)
        with pytest.raises(RouteRefused) as refusal:
            keep(scene, admin, *steps)
        assert refusal.value.sentences == [sentence]
        assert not Record.objects.filter(verb=Verb.ROUTE_SET).exists()

    def test_may_do_without_communications_in_the_routine_lane(
        self, scene: Scene, admin: User
    ) -> None:
        assert keep(scene, admin, OFFICER, lane=Lane.ROUTINE)
        assert keep(scene, admin, lane=Lane.ROUTINE) is None

    def test_has_up_to_six_steps(self, scene: Scene, admin: User) -> None:
        for_one = [
            Step((Role.COMMS_APPROVER,), categories=(category,))
            for category in sorted(categories_of(scene.force))[:5]
        ]
        route = keep(scene, admin, COMMS, *for_one)
        assert route is not None
        assert route.steps.count() == 6

    def test_may_ask_for_as_many_as_there_are(self, scene: Scene, admin: User) -> None:
        for _ in range(MOST_NEEDED - 2):
            scene.person(Role.COMMS_APPROVER)
        assert keep(scene, admin, Step((Role.COMMS_APPROVER,), Quorum.COUNT, MOST_NEEDED))

    def test_may_ask_everybody_about_everything(self, scene: Scene) -> None:
        for _ in range(2):
            scene.person(Role.COMMS_APPROVER)
        labels = Labels.of(scene.force)
        everything = Step(DECIDERS, categories=tuple(labels.categories), rules=tuple(labels.rules))
        both = Step((Role.COMMS_APPROVER, Role.COMMS_DUTY))
        today = timezone.localdate()
        for steps in ((both,), (both, everything)):
            assert not objections(scene.force, steps, lpt=None, lane=Lane.ORDINARY, on=today)

    def test_for_some_teams_only_is_a_warning(self, scene: Scene, admin: User) -> None:
        busy = Step((Role.LPT_SUPERVISOR,), Quorum.COUNT, 3)
        scene.person(Role.LPT_SUPERVISOR)
        with pytest.raises(RouteRefused):
            keep(scene, admin, busy, COMMS)
        scene.person(Role.LPT_SUPERVISOR)
        other = LPTFactory.create(force=scene.force, name="Saltmere")
        route = keep(scene, admin, busy, COMMS)
        assert route is not None
        told = book(scene).told(None, Lane.ORDINARY)
        assert told.steps[0].warning.startswith("In Saltmere, too few people can decide here now")
        with pytest.raises(RouteRefused):
            keep(scene, admin, busy, COMMS, lpt=other)


class TestWhoCouldDecide:
    def test_is_named_for_each_step(self, scene: Scene, admin: User) -> None:
        scene.person(Role.LPT_SUPERVISOR, full_name="Sgt Dilys Marsh")
        scene.person(Role.LPT_COMMANDER, full_name="Insp Tom Okafor")
        keep(scene, admin, SUPERVISOR, COMMS, lpt=scene.lpt)
        own, comms = book(scene).told(scene.lpt, Lane.ORDINARY).steps
        assert own.people == (
            ("Now", "Sgt Dilys Marsh"),
            ("Can stand in", "Insp Tom Okafor, Joe Halloran, Priya Nair"),
        )
        assert comms.people == (("Now", "Joe Halloran, Priya Nair"),)
        assert (own.warning, comms.warning) == ("", "")

    def test_is_named_by_team_where_it_is_for_all(self, scene: Scene, admin: User) -> None:
        LPT.objects.filter(pk=scene.lpt.pk).update(name="Oldermoor")
        LPTFactory.create(force=scene.force, name="Saltmere")
        scene.person(Role.LPT_SUPERVISOR, full_name="Sgt Dilys Marsh")
        keep(scene, admin, SUPERVISOR, COMMS)
        step, _ = book(scene).told(None, Lane.ORDINARY).steps
        assert step.people == (
            ("Oldermoor", "Sgt Dilys Marsh"),
            ("Saltmere", "nobody"),
            ("Can stand in", "Joe Halloran, Priya Nair"),
        )

    def test_warns_of_nobody_and_of_one(self) -> None:
        scene = Scene()
        (step,) = book(scene).told(None, Lane.ORDINARY).steps
        assert step.warning.startswith("Nobody can decide here now: what is submitted waits")
        assert step.people == (("Now", "nobody"),)
        scene.person(Role.COMMS_DUTY, full_name="Ruth Adeyemi")
        (step,) = book(scene).told(None, Lane.ORDINARY).steps
        assert step.warning == (
            "Only Ruth Adeyemi can decide here now, so nobody can on what Ruth Adeyemi wrote."
        )
        scene.route(COMMS, COMMS)
        told = book(scene).told(None, Lane.ORDINARY)
        assert told.warning == (
            "There are too few people for all the steps: nobody is left for step 2."
        )

    def test_warns_of_one_where_it_is_one(self) -> None:
        scene = Scene()
        LPT.objects.filter(pk=scene.lpt.pk).update(name="Oldermoor")
        scene.route(OFFICER, lane=Lane.ROUTINE)
        LPTFactory.create(force=scene.force, name="Saltmere")
        scene.person(Role.COMMS_APPROVER, full_name="Priya Nair")
        scene.person()
        (step,) = book(scene).told(None, Lane.ROUTINE).steps
        assert step.warning.startswith("In Saltmere, only Priya Nair can decide here now")

    def test_costs_the_same_for_two_teams_and_for_twenty(self, scene: Scene) -> None:
        costs = []
        for teams in (2, 18):
            for _ in range(teams):
                scene.route(SUPERVISOR, COMMS, lpt=LPTFactory.create(force=scene.force))
            with CaptureQueriesContext(connection) as captured:
                shown = book(scene)
                for team in shown.teams:
                    shown.told(team, Lane.ORDINARY)
            costs.append(len(captured))
        assert costs[0] == costs[1]
