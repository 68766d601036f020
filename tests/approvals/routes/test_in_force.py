"""Approval routes: in words, and put in force."""

from collections.abc import Sequence
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import ApprovalRoute, Lane, Quorum, User
from accounts.roles import Role
from accounts.services import RouteChanged, Step, steps_of
from approvals.route_words import Labels, route_words, step_words
from approvals.services import confirm_route, unschedule
from audit.models import Record
from audit.verbs import Verb
from drafts.models import ReviewStep
from tests.approvals.routes.stage import COMMANDER, COMMS, MISSING, SUPERVISOR, book, keep
from tests.factories import LPTFactory, Scene, approved, submitted
from tests.races import at_once

pytestmark = pytest.mark.django_db


class TestTheWords:
    @pytest.mark.parametrize(
        ("step", "words"),
        [
            (SUPERVISOR, "A supervisor of the team."),
            (
                Step((Role.LPT_COMMANDER, Role.COMMS_DUTY)),
                "The commander of the team or the comms duty officer.",
            ),
            (
                Step((Role.COMMS_APPROVER,), Quorum.COUNT, 2),
                "Two people of corporate communications.",
            ),
            (
                Step((Role.LPT_SUPERVISOR, Role.LPT_COMMANDER), Quorum.ALL),
                "All supervisors of the team and commanders of the team.",
            ),
            (
                Step((Role.COMMS_APPROVER,), categories=("missing-person", "arrest")),
                "Corporate communications, only for: Missing person, Arrest.",
            ),
            (
                Step((Role.COMMS_DUTY,), rules=("hashtags-max",)),
                "The comms duty officer, only for: tweets in which the rulebook found"
                " “Too many hashtags”.",
            ),
            (
                Step((Role.COMMS_DUTY,), categories=("arrest",), rules=("hashtags-max", "gone")),
                "The comms duty officer, only for: Arrest; or tweets in which the rulebook found"
                " “Too many hashtags” or “gone”.",
            ),
        ],
    )
    def test_say_who_and_when(self, scene: Scene, step: Step, words: str) -> None:
        assert step_words(step, Labels.of(scene.force)) == words

    def test_say_that_it_is_somebody_else(self, scene: Scene) -> None:
        assert route_words([SUPERVISOR, COMMS, MISSING], Labels.of(scene.force)) == (
            "A supervisor of the team.",
            "Corporate communications.",
            "Somebody else of corporate communications, only for: Missing person.",
        )


class TestPuttingARouteInForce:
    def test_replaces_the_one_before_and_stands_in_the_trail(
        self, scene: Scene, admin: User
    ) -> None:
        before = ApprovalRoute.objects.get()
        route = keep(scene, admin, SUPERVISOR, COMMS)
        assert steps_of(route) == (SUPERVISOR, COMMS)
        before.refresh_from_db()
        assert route is not None
        assert (before.until, route.until, route.made_by) == (route.since, None, admin)
        row = Record.objects.get(verb=Verb.ROUTE_SET)
        assert row.actor_id == str(admin.pk)
        assert [step["roles"] for step in row.data["steps"]] == [
            ["lpt_supervisor"],
            ["comms_approver"],
        ]

    def test_as_it_is_makes_it_somebodys_word(self, scene: Scene, admin: User) -> None:
        first = ApprovalRoute.objects.get()
        confirm_route(scene.force, seen=first.pk, actor=admin, now=timezone.now())
        route = ApprovalRoute.objects.current().get()
        assert (steps_of(route), route.made_by) == (steps_of(first), admin)
        assert Record.objects.get(verb=Verb.ROUTE_SET).actor_name == admin.full_name
        # A second press, or one beside somebody else's change, confirms nothing unseen.
        with pytest.raises(RouteChanged):
            confirm_route(scene.force, seen=first.pk, actor=admin, now=timezone.now())
        for other in (scene.person(Role.COMMS_APPROVER), Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                confirm_route(scene.force, seen=route.pk, actor=other, now=timezone.now())

    def test_leaves_what_was_submitted_as_it_was(self, scene: Scene, admin: User) -> None:
        waiting = submitted(scene)
        keep(scene, admin, SUPERVISOR, COMMS)
        after = submitted(scene)
        steps = [
            list(ReviewStep.objects.filter(revision__draft=one).values_list("roles", flat=True))
            for one in (waiting, after)
        ]
        assert steps == [[["comms_approver"]], [["lpt_supervisor"], ["comms_approver"]]]
        told = book(scene).told(None, Lane.ORDINARY)
        assert told.older == 1
        assert book(scene).waiting(None, Lane.ORDINARY) == 2

    def test_is_for_who_keeps_the_routes_of_that_force(self, scene: Scene, admin: User) -> None:
        for person in (
            scene.person(Role.COMMS_DUTY),
            scene.person(Role.POLICY_OWNER),
            Scene().person(Role.COMMS_ADMIN),
        ):
            with pytest.raises(PermissionDenied):
                keep(scene, person, SUPERVISOR, COMMS)
        with pytest.raises(PermissionDenied):
            keep(scene, admin, SUPERVISOR, COMMS, lpt=LPTFactory.create())

    def test_is_refused_when_another_was_put_in_force_meanwhile(
        self, scene: Scene, admin: User
    ) -> None:
        seen = ApprovalRoute.objects.get().pk
        keep(scene, admin, SUPERVISOR, COMMS)
        with pytest.raises(RouteChanged):
            keep(scene, admin, COMMS, MISSING, seen=seen)
        with pytest.raises(RouteChanged):
            keep(scene, admin, COMMS, MISSING, seen=0)
        assert ApprovalRoute.objects.count() == 2

    def test_of_a_team_ends_with_no_steps(self, scene: Scene, admin: User) -> None:
        keep(scene, admin, SUPERVISOR, COMMS, lpt=scene.lpt)
        assert book(scene).in_use(scene.lpt, Lane.ORDINARY).lpt == scene.lpt  # type: ignore[union-attr]
        waiting = submitted(scene)
        assert keep(scene, admin, lpt=scene.lpt) is None
        shown = book(scene)
        assert shown.current(scene.lpt, Lane.ORDINARY) is None
        assert shown.following(Lane.ORDINARY) == [scene.lpt]
        (earlier,) = shown.told(scene.lpt, Lane.ORDINARY).earlier
        assert (earlier.made_by, earlier.ended_by) == ("Colin Bright", "Colin Bright")
        assert earlier.words == ("A supervisor of the team.", "Corporate communications.")
        # It still runs on the steps of a team that has none of its own any more.
        assert waiting.submissions.count() == 1
        assert shown.told(None, Lane.ORDINARY).older == 1

    def test_counts_a_draft_that_was_stopped_by_its_submission(
        self, scene: Scene, admin: User
    ) -> None:
        draft = approved(scene)
        keep(scene, admin, SUPERVISOR, COMMS)
        unschedule(draft, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())
        assert book(scene).told(None, Lane.ORDINARY).older == 1


class TestTwoAdmins:
    def test_at_once_leave_one_route(self, postgres: str) -> None:
        scene = Scene()
        scene.person(Role.COMMS_APPROVER)
        scene.person(Role.COMMS_APPROVER)
        seen = ApprovalRoute.objects.get().pk

        def put(admin: User, steps: Sequence[Step]) -> str:
            try:
                keep(scene, admin, *steps, seen=seen)
            except RouteChanged:
                return "told"
            return "stands"

        first, second = (scene.person(Role.COMMS_ADMIN) for _ in range(2))
        results = at_once(
            partial(put, first, (SUPERVISOR, COMMS)), partial(put, second, (COMMS, MISSING))
        )
        assert sorted(results) == ["stands", "told"]
        (current,) = ApprovalRoute.objects.current()
        winner = (first, second)[results.index("stands")]
        assert current.made_by == winner
        assert Record.objects.filter(verb=Verb.ROUTE_SET).count() == 1

    def test_one_after_the_other_on_sqlite(self, sqlite: str) -> None:
        scene = Scene()
        scene.person(Role.COMMS_APPROVER)
        scene.person(Role.COMMS_APPROVER)
        admin, seen = scene.person(Role.COMMS_ADMIN), ApprovalRoute.objects.get().pk
        keep(scene, admin, SUPERVISOR, COMMS, seen=seen)
        with pytest.raises(RouteChanged):
            keep(scene, admin, COMMANDER, COMMS, seen=seen)
