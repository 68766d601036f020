"""The red button in the browser."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from incidents.models import Hold, HoldKind
from incidents.services import place, release
from tests.factories import MembershipFactory, Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db

INCIDENTS = "/incidents/"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def duty(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    duty = scene.person(Role.COMMS_DUTY)
    client.force_login(duty)
    return duty


def filled(scene: Scene, **typed: str) -> dict[str, str]:
    return {
        "kind": HoldKind.HOLD.value,
        "scope": f"lpt-{scene.lpt.pk}",
        "reason": "Wait for the briefing.",
    } | typed


class TestTheForm:
    def test_places_a_hold_and_leads_to_what_is_on_its_way(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        response = client.post(INCIDENTS, filled(scene), follow=True)
        assert response.redirect_chain == [("/deliveries/", 302)]
        hold = Hold.objects.get()
        assert (hold.scope, hold.kind, hold.placed_by) == (scene.lpt, HoldKind.HOLD, duty)
        (message,) = Page.of(response).messages
        assert message.startswith(f"Hold for {scene.lpt} is on.")

    @pytest.mark.parametrize("kind", HoldKind)
    def test_takes_every_kind_and_scope(
        self, client: Client, scene: Scene, duty: User, kind: HoldKind
    ) -> None:
        for scope in (scene.force, scene.lpt, scene.account):
            value = f"{scope._meta.model_name}-{scope.pk}".replace("socialaccount", "account")
            client.post(INCIDENTS, filled(scene, kind=kind.value, scope=value))
            newest = Hold.objects.order_by("pk").last()
            assert newest
            assert (newest.scope, newest.kind) == (scope, kind)

    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("kind", "", "Choose a hold or a critical incident."),
            ("kind", "x", "Choose a hold or a critical incident."),
            ("scope", "", "Choose the force, a team or an account."),
            ("scope", "lpt-0", "Choose the force, a team or an account in the list."),
            ("scope", "x" * 5000, "Choose the force, a team or an account in the list."),
            ("reason", "", "Say in one sentence why."),
            ("reason", "   ", "Say in one sentence why."),
        ],
        ids=lambda value: str(value)[:20],
    )
    @pytest.mark.usefixtures("duty")
    def test_says_what_is_wrong_beside_the_field(
        self, client: Client, scene: Scene, field: str, typed: str, sentence: str
    ) -> None:
        response = client.post(INCIDENTS, filled(scene, **{field: typed}))
        assert response.status_code == 422
        page = Page.of(response)
        ((said, target),) = page.problems
        assert said == sentence
        assert page.root.all(id=target.removeprefix("#"))
        assert not Hold.objects.exists()

    def test_keeps_the_reason_that_was_typed(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        response = client.post(INCIDENTS, filled(scene, kind="x", reason="A <b>reason</b>"))
        assert Page.of(response).root.one(id="id_reason").text == "A <b>reason</b>"

    def test_refuses_an_endless_reason(self, client: Client, scene: Scene, duty: User) -> None:
        assert client.post(INCIDENTS, filled(scene, reason="x" * 501)).status_code == 422

    def test_offers_what_the_person_may_hold(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        Scene()
        other = scene.other_account()
        page = Page.of(client.get(INCIDENTS))
        options = {option.text for option in page.root.one("select").all("option")}
        assert options == {
            "Choose",
            f"All of {scene.force}",
            f"{scene.lpt} team",
            f"{other.lpt} team",
            str(scene.account),
            str(other),
        }
        client.force_login(scene.person(Role.LPT_COMMANDER))
        page = Page.of(client.get(INCIDENTS))
        options = {option.text for option in page.root.one("select").all("option")}
        assert options == {"Choose", f"{scene.lpt} team", str(scene.account)}

    def test_does_not_take_what_was_not_offered(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person(Role.LPT_COMMANDER))
        for scope in (f"force-{scene.force.pk}", f"lpt-{Scene().lpt.pk}"):
            assert client.post(INCIDENTS, filled(scene, scope=scope)).status_code == 422
        assert not Hold.objects.exists()


class TestThePage:
    def place(self, scene: Scene, actor: User, reason: str = "Wait.") -> Hold:
        return place(
            kind=HoldKind.CRITICAL_INCIDENT,
            scope=scene.lpt,
            reason=reason,
            actor=actor,
            now=timezone.now(),
        )

    def test_shows_what_is_on_and_what_was(self, client: Client, scene: Scene, duty: User) -> None:
        ended = self.place(scene, duty, "The first one")
        release(ended, actor=duty, now=timezone.now())
        self.place(scene, duty, "The second one")
        page = Page.of(client.get(INCIDENTS))
        assert "The second one" in page.main
        assert "The first one" in page.main
        assert f"Critical incident: {scene.lpt}" in page.main

    def test_promises_no_exception_that_the_dispatcher_does_not_make(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        page = Page.of(client.get(INCIDENTS))
        assert "Nothing can be submitted or approved, and nothing goes out" in page.main
        assert "retweet" not in page.main

    def test_says_when_nothing_is_held(self, client: Client, scene: Scene, duty: User) -> None:
        assert (
            "Nothing is held. Tweets go out at their times." in Page.of(client.get(INCIDENTS)).main
        )

    def test_shows_nothing_of_another_force(self, client: Client, scene: Scene, duty: User) -> None:
        elsewhere = Scene()
        hold = self.place(elsewhere, elsewhere.person(Role.COMMS_DUTY), "Not yours")
        page = Page.of(client.get(INCIDENTS))
        assert "Not yours" not in page.root.text
        assert client.post(f"/incidents/{hold.pk}/release/").status_code == 404

    def test_offers_the_release_to_those_who_may(self, client: Client, scene: Scene) -> None:
        hold = self.place(scene, scene.person(Role.COMMS_DUTY))
        action = f"/incidents/{hold.pk}/release/"
        for role, may in (
            (Role.COMMS_DUTY, True),
            (Role.COMMS_ADMIN, True),
            (Role.COMMS_APPROVER, False),
            (Role.LPT_COMMANDER, False),
            (Role.LPT_SUPERVISOR, False),
        ):
            client.force_login(scene.person(role))
            page = Page.of(client.get(INCIDENTS))
            assert bool(page.root.all("form", action=action)) == may

    def test_offers_no_form_to_those_who_only_read(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person(Role.LPT_SUPERVISOR))
        assert not Page.of(client.get(INCIDENTS)).root.all("select")
        assert client.post(INCIDENTS, filled(scene)).status_code == 403

    def test_shows_a_person_of_two_forces_both(self, client: Client, scene: Scene) -> None:
        elsewhere = Scene()
        for each in (scene, elsewhere):
            self.place(each, each.person(Role.COMMS_DUTY), f"In {each.force}")
        person = scene.person(Role.COMMS_DUTY)
        MembershipFactory.create(person=person, force=elsewhere.force, role=Role.COMMS_DUTY)
        client.force_login(person)
        page = Page.of(client.get(INCIDENTS))
        assert f"In {scene.force}" in page.main
        assert f"In {elsewhere.force}" in page.main


class TestTheReleaseButton:
    def test_ends_the_hold(self, client: Client, scene: Scene, duty: User) -> None:
        hold = place(
            kind=HoldKind.HOLD, scope=scene.lpt, reason="Wait.", actor=duty, now=timezone.now()
        )
        response = client.post(f"/incidents/{hold.pk}/release/", follow=True)
        assert response.redirect_chain == [(INCIDENTS, 302)]
        (message,) = Page.of(response).messages
        assert message.startswith(f"Hold for {scene.lpt} has ended. Nothing goes out in a burst")

    def test_pressed_twice_says_so(self, client: Client, scene: Scene, duty: User) -> None:
        hold = place(
            kind=HoldKind.HOLD, scope=scene.lpt, reason="Wait.", actor=duty, now=timezone.now()
        )
        client.post(f"/incidents/{hold.pk}/release/")
        response = client.post(f"/incidents/{hold.pk}/release/", follow=True)
        assert "Somebody else has released this already." in Page.of(response).messages

    def test_is_refused_to_those_who_may_not(self, client: Client, scene: Scene) -> None:
        hold = place(
            kind=HoldKind.HOLD,
            scope=scene.lpt,
            reason="Wait.",
            actor=scene.person(Role.COMMS_DUTY),
            now=timezone.now(),
        )
        client.force_login(scene.person(Role.COMMS_APPROVER))
        assert client.post(f"/incidents/{hold.pk}/release/").status_code == 403
        assert Hold.objects.open().exists()

    @pytest.mark.parametrize("number", ["0", "999999999", "9" * 25])
    def test_of_nothing_is_not_there(self, client: Client, duty: User, number: str) -> None:
        assert client.post(f"/incidents/{number}/release/").status_code == 404
