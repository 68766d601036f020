"""Approval routes on screen."""

import json
from dataclasses import asdict
from functools import partial
from typing import Any

import pytest
from django.test import Client

from accounts.models import ApprovalRoute, Quorum, User
from accounts.roles import Role
from accounts.services import Step, steps_of
from approvals.views.route_pages import KEPT, MOST
from tests.approvals.routes.stage import COMMANDER, COMMS, DUTY, MISSING, SUPERVISOR, keep
from tests.factories import LPTFactory, Scene, submitted
from tests.pages import Page

pytestmark = pytest.mark.django_db


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
