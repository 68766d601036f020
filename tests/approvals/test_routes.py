"""The page of the routes: what it says, what it refuses, and that one change stands."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import LPT, ApprovalRoute, Lane, Quorum, User
from accounts.roles import DECIDERS, Role
from accounts.services import RouteChanged, Step, steps_of
from approvals.route_words import MOST_NEEDED, Labels, route_words, step_words
from approvals.routes import RouteBook
from approvals.services import (
    RouteRefused,
    confirm_route,
    keep_route,
    objections,
    unschedule,
)
from approvals.views.route_pages import KEPT, MOST
from audit.models import Record
from audit.verbs import Verb
from drafts.models import ReviewStep
from policy.services import categories_of
from tests.factories import LPTFactory, Scene, approved, submitted
from tests.pages import Page
from tests.races import at_once

pytestmark = pytest.mark.django_db

OFFICER, SUPERVISOR, COMMANDER, COMMS, DUTY = (
    Step((role,))
    for role in (
        Role.OFFICER,
        Role.LPT_SUPERVISOR,
        Role.LPT_COMMANDER,
        Role.COMMS_APPROVER,
        Role.COMMS_DUTY,
    )
)
MISSING = Step((Role.COMMS_APPROVER,), categories=("missing-person",))


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    scene.person(Role.COMMS_APPROVER, full_name="Priya Nair")
    scene.person(Role.COMMS_APPROVER, full_name="Joe Halloran")
    return scene.person(Role.COMMS_ADMIN, full_name="Colin Bright")


def keep(
    scene: Scene,
    actor: User,
    *steps: Step,
    lpt: LPT | None = None,
    lane: Lane = Lane.ORDINARY,
    seen: int | None = None,
) -> ApprovalRoute | None:
    current = ApprovalRoute.objects.current().filter(force=scene.force, lpt=lpt, lane=lane).first()
    return keep_route(
        scene.force,
        steps,
        lpt=lpt,
        lane=lane,
        seen=(current.pk if current else 0) if seen is None else seen,
        actor=actor,
        now=timezone.now(),
    )


def book(scene: Scene) -> RouteBook:
    return RouteBook(scene.force, now=timezone.now())


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


class TestThePage:
    def press(self, client: Client, page: str, do: str, *steps: Step, **more: Any) -> Any:
        sent = {
            "do": do,
            "steps": json.dumps([asdict(step) for step in steps]),
            "seen": ApprovalRoute.objects.order_by("pk").first().pk,  # type: ignore[union-attr]
        }
        return client.post(page, sent | more)

    def shown(self, client: Client, page: str, do: str, *steps: Step, **more: Any) -> Any:
        """The page that a press leads to: an address of its own, never the answer itself."""
        response = self.press(client, page, do, *steps, **more)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(f"{page}?at=")
        return client.get(response.headers["Location"])

    def steps_in(self, response: Any) -> Any:
        return json.loads(Page.of(response).root.one("input", name="steps").attrs["value"])

    def test_tells_communications_what_holds(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person(Role.COMMS_DUTY, full_name="Ruth Adeyemi"))
        page = Page.of(client.get("/routes/"))
        assert "Corporate communications." in page.main
        assert "There is none: every tweet takes the regular route." in page.main
        assert not [a for a in page.root.all("a") if a.attrs["href"].startswith("/routes/o")]

    def test_shows_what_was_before(self, client: Client, scene: Scene, admin: User) -> None:
        waiting = submitted(scene)
        keep(scene, admin, COMMS, MISSING)
        keep(scene, admin, SUPERVISOR, COMMS, lpt=scene.lpt)
        client.force_login(admin)
        page = Page.of(client.get("/routes/"))
        assert "set by Colin Bright" in page.main
        assert "ended by Colin Bright" in page.main
        assert "1 draft was submitted before, and still runs on older steps." in page.main
        assert f"/routes/ordinary/team/{scene.lpt.pk}/" in [
            a.attrs["href"] for a in page.root.all("a")
        ]
        assert waiting.state == "submitted"

    def test_begins_with_what_a_team_goes_by(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        keep(scene, admin, COMMS, MISSING)
        client.force_login(admin)
        response = client.get(f"/routes/ordinary/team/{scene.lpt.pk}/")
        assert self.steps_in(response) == [
            {**asdict(step), "roles": list(step.roles), "categories": list(step.categories),
             "rules": []}
            for step in (COMMS, MISSING)
        ]  # fmt: skip
        assert Page.of(response).root.one("input", name="seen").attrs["value"] == "0"

    @pytest.mark.parametrize(
        ("do", "order"),
        [
            ("up-2", [1, 0, 2]),
            ("up-1", [0, 1, 2]),
            ("down-2", [0, 2, 1]),
            ("down-3", [0, 1, 2]),
            ("remove-1", [1, 2]),
            ("remove-4", [0, 1, 2]),
            ("remove-0", [0, 1, 2]),
            ("up-x", [0, 1, 2]),
            ("up-99999999999999999999", [0, 1, 2]),
            ("nothing", [0, 1, 2]),
        ],
    )
    def test_puts_steps_in_order(
        self, client: Client, admin: User, do: str, order: list[int]
    ) -> None:
        client.force_login(admin)
        steps = (SUPERVISOR, COMMS, DUTY)
        response = self.shown(client, "/routes/ordinary/", do, *steps)
        kept = [step["roles"] for step in self.steps_in(response)]
        assert kept == [list(steps[place].roles) for place in order]

    def test_adds_and_changes_a_step_on_a_page_of_its_own(
        self, client: Client, admin: User
    ) -> None:
        client.force_login(admin)
        page, press = "/routes/ordinary/", partial(self.shown, client)
        form = Page.of(press(page, "add", COMMS)).root
        form.one("button", value="insert-2")
        typed = {
            "roles": ["lpt_supervisor", "comms_duty"],
            "quorum": "count",
            "needed": "2",
            "drafts": "some",
            "categories": ["arrest"],
            "rules": ["hashtags-max"],
        }
        response = press(page, "insert-2", COMMS, **typed)
        made = self.steps_in(response)[1]
        assert {**made, "needed": str(made["needed"]), "drafts": "some"} == typed
        step = Step(
            (Role.LPT_SUPERVISOR, Role.COMMS_DUTY), Quorum.COUNT, 2, ("arrest",), ("hashtags-max",)
        )
        again = Page.of(press(page, "change-2", COMMS, step)).root
        checked = {box.attrs["value"] for box in again.all("input") if "checked" in box.attrs}
        assert checked == {
            "lpt_supervisor",
            "comms_duty",
            "count",
            "some",
            "arrest",
            "hashtags-max",
        }
        assert again.one("input", name="needed").attrs["value"] == "2"
        # Of all tweets, whatever was ticked while it was for some.
        plain = typed | {"quorum": "any", "drafts": "all"}
        (one,) = self.steps_in(press(page, "save-1", COMMS, **plain))
        assert (one["needed"], one["categories"], one["rules"]) == (1, [], [])

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"roles": []}, "Tick who decides at this step."),
            ({"roles": ["comms_admin"]}, "Tick who decides at this step."),
            ({"quorum": "none"}, "Choose how many of them decide."),
            ({"quorum": "count"}, "Write a number from 2 to 9."),
            ({"quorum": "count", "needed": "1"}, "Write a number from 2 to 9."),
            ({"quorum": "count", "needed": "two"}, "Write a number from 2 to 9."),
            ({"drafts": ""}, "Choose which tweets have this step."),
            ({"drafts": "some"}, "Tick a kind of tweet, or what the rulebook found."),
            ({"drafts": "some", "categories": ["no-such"]}, "Tick kinds from the list."),
        ],
    )
    def test_says_what_a_step_lacks(
        self, client: Client, admin: User, typed: dict[str, Any], sentence: str
    ) -> None:
        client.force_login(admin)
        whole = {"roles": ["lpt_commander"], "quorum": "any", "drafts": "all"}
        response = self.shown(client, "/routes/ordinary/", "insert-2", COMMS, **whole | typed)
        page = Page.of(response)
        assert page.root.one("title").text.startswith("Error: ")
        assert sentence in page.root.one("div", role="alert").text
        assert page.root.one("input", name="needed").attrs.get("value", "") == typed.get(
            "needed", ""
        )
        # The steps so far are there still.
        assert len(self.steps_in(response)) == 1

    def test_is_put_in_force_after_a_look_in_words(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        submitted(scene)
        client.force_login(admin)
        page = "/routes/ordinary/"
        seen = Page.of(self.shown(client, page, "preview", SUPERVISOR, COMMS))
        assert "A supervisor of the team." in seen.main
        assert "1 draft waits now and keeps the steps it was submitted with." in seen.main
        assert "two of its people, never one alone, can then pass both steps" in seen.main
        alone = Page.of(self.shown(client, page, "preview", COMMS, DUTY))
        assert "can stand in at a step" not in alone.main
        assert ApprovalRoute.objects.count() == 1
        response = self.press(client, page, "put", SUPERVISOR, COMMS)
        assert response.status_code == 302
        assert steps_of(ApprovalRoute.objects.current().get()) == (SUPERVISOR, COMMS)

    def test_refuses_before_the_look(self, client: Client, admin: User) -> None:
        client.force_login(admin)
        for do in ("preview", "put"):
            response = self.shown(client, "/routes/ordinary/", do, SUPERVISOR)
            assert "Add a step for corporate communications alone" in Page.of(response).main
            assert len(self.steps_in(response)) == 1

    def test_lets_a_team_go_back_to_the_route_of_all(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        own = keep(scene, admin, SUPERVISOR, COMMS, lpt=scene.lpt)
        assert own is not None
        client.force_login(admin)
        page = f"/routes/ordinary/team/{scene.lpt.pk}/"
        assert (
            "goes by the route of all teams"
            in Page.of(self.shown(client, page, "none", seen=own.pk)).main
        )
        self.press(client, page, "put", seen=own.pk)
        assert ApprovalRoute.objects.current().get().lpt is None

    def test_tells_who_was_second(self, client: Client, scene: Scene, admin: User) -> None:
        other = scene.person(Role.COMMS_ADMIN, full_name="Ada Quick")
        seen = ApprovalRoute.objects.get().pk
        keep(scene, other, COMMANDER, COMMS)
        client.force_login(admin)
        response = self.shown(client, "/routes/ordinary/", "put", SUPERVISOR, COMMS, seen=seen)
        page = Page.of(response)
        assert "Ada Quick was quicker and changed this route." in page.main
        assert "The commander of the team." in page.main
        assert self.steps_in(response)[0]["roles"] == ["lpt_supervisor"]
        seen = int(page.root.one("input", name="seen").attrs["value"])
        assert (
            self.press(client, "/routes/ordinary/", "put", SUPERVISOR, COMMS, seen=seen).headers[
                "Location"
            ]
            == "/routes/"
        )

    def test_tells_who_goes_back_that_they_changed_it_themselves(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        seen = ApprovalRoute.objects.get().pk
        keep(scene, admin, COMMANDER, COMMS)
        client.force_login(admin)
        response = self.shown(client, "/routes/ordinary/", "put", SUPERVISOR, COMMS, seen=seen)
        assert "You have changed this route since." in Page.of(response).main

    @pytest.mark.parametrize(("place", "order"), [(1, "new first second"), (2, "first new second")])
    def test_takes_a_step_in_front_of_another(
        self, client: Client, admin: User, place: int, order: str
    ) -> None:
        client.force_login(admin)
        page, steps = "/routes/ordinary/", (SUPERVISOR, COMMS)
        plan = Page.of(self.shown(client, page, "nothing", *steps)).root
        button = plan.one("button", value=f"before-{place}")
        assert button.text == f"Add a step before step {place}"
        form = Page.of(self.shown(client, page, f"before-{place}", *steps))
        pushed = ("A supervisor of the team.", "Corporate communications.")[place - 1]
        assert f"What is step {place} now comes after it: {pushed}" in form.main
        # Nothing is ticked: it is a new one.
        assert not [box for box in form.root.all("input", name="roles") if "checked" in box.attrs]
        typed = {"roles": ["comms_duty"], "quorum": "any", "drafts": "all"}
        # What is missing is said, and the step still comes where it was to come.
        lacking = self.shown(client, page, f"insert-{place}", *steps, **typed | {"roles": []})
        assert Page.of(lacking).root.one("button", value=f"insert-{place}").text == "Keep this step"
        response = self.press(client, page, f"insert-{place}", *steps, **typed)
        assert response.headers["Location"].endswith(f"#step-{place}")
        names = {"new": "comms_duty", "first": "lpt_supervisor", "second": "comms_approver"}
        made = self.steps_in(client.get(response.headers["Location"]))
        assert [step["roles"] for step in made] == [[names[one]] for one in order.split()]

    def test_shows_each_page_again_to_whoever_goes_back(self, client: Client, admin: User) -> None:
        client.force_login(admin)
        page = "/routes/ordinary/"
        moved = self.press(client, page, "up-2", SUPERVISOR, COMMS).headers["Location"]
        typed = {"roles": ["lpt_commander"], "quorum": "count", "needed": "two", "drafts": "all"}
        wrong = self.press(client, page, "save-1", SUPERVISOR, COMMS, **typed).headers["Location"]
        self.press(client, page, "remove-1", SUPERVISOR, COMMS)
        for _ in range(2):
            plan = self.steps_in(client.get(moved))
            assert [step["roles"] for step in plan] == [["comms_approver"], ["lpt_supervisor"]]
            form = Page.of(client.get(wrong))
            assert "Write a number from 2 to 9." in form.root.one("div", role="alert").text
            assert form.root.one("input", name="needed").attrs["value"] == "two"

    @pytest.mark.parametrize("at", ["", "x", "é" * 3000])
    def test_begins_again_where_a_page_is_not_kept(
        self, client: Client, admin: User, at: str
    ) -> None:
        client.force_login(admin)
        response = client.get(f"/routes/ordinary/?at={at}")
        assert "This page is not kept any more. Begin again" in Page.of(response).main
        assert len(self.steps_in(response)) == 1

    def test_keeps_the_last_pages_and_those_of_one_route(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        client.force_login(admin)
        first = self.press(client, "/routes/ordinary/", "add", COMMS).headers["Location"]
        elsewhere = first.replace("/ordinary/", f"/ordinary/team/{scene.lpt.pk}/")
        assert "not kept any more" in Page.of(client.get(elsewhere)).main
        for _ in range(MOST):
            self.press(client, "/routes/ordinary/", "add", COMMS, SUPERVISOR)
        assert "not kept any more" in Page.of(client.get(first)).main
        assert len(client.session[KEPT]) == MOST

    def test_keeps_little_of_what_nobody_would_type(self, client: Client, admin: User) -> None:
        client.force_login(admin)
        typed = {"roles": ["x" * 1000] * 900, "needed": "9" * 10_000}
        response = self.shown(client, "/routes/ordinary/", "save-1", COMMS, **typed)
        assert "Tick who decides at this step." in Page.of(response).main
        assert len(json.dumps(client.session[KEPT])) < 30_000

    @pytest.mark.parametrize(
        "sent",
        [
            {"steps": "{"},
            {"steps": "[1]"},
            {"steps": '["officer"]'},
            {"steps": '[{"roles": ["officer"]}]'},
            {"steps": '[{"roles": "officer", "quorum": "any", "needed": 1}]'},
            {"steps": "[" * 15_000},
            {"steps": "[]", "seen": "x"},
            {"steps": "[]", "seen": "9" * 5000},
            {"steps": "[]", "seen": ""},
        ],
    )
    def test_begins_again_from_what_cannot_be_read(
        self, client: Client, admin: User, sent: dict[str, str]
    ) -> None:
        client.force_login(admin)
        response = client.post("/routes/ordinary/", {"do": "put", "seen": "0", **sent})
        assert response.status_code == 422
        assert "Something was lost on the way. Begin again." in Page.of(response).main

    def test_is_not_there_for_another_force_or_lane(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        elsewhere = LPTFactory.create()
        client.force_login(admin)
        for path in ("/routes/express/", f"/routes/ordinary/team/{elsewhere.pk}/"):
            assert client.get(path).status_code == 404
            assert self.press(client, path, "put", COMMS, MISSING).status_code == 404
