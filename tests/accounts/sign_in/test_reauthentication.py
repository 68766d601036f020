"""Before something dangerous people show again who they are; what they typed is done afterwards."""

import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import ApprovalRoute, Membership, User
from accounts.roles import Role
from accounts.sign_in.reauthentication import KEPT
from incidents.models import Hold, HoldKind
from incidents.services import place
from tests.accounts.sign_in.people import AGAIN, PASSWORD, add_app, code_of, long_ago, sign_in
from tests.factories import Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(scene: Scene) -> User:
    person = scene.person(Role.COMMS_ADMIN)
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def release(scene: Scene, admin: User) -> str:
    """The address that releases a hold."""
    now = timezone.now()
    hold = place(kind=HoldKind.HOLD, scope=scene.lpt, reason="Wait.", actor=admin, now=now)
    return reverse("incidents:release", args=[hold.pk])


def held() -> bool:
    return Hold.objects.filter(released_at=None).exists()


def ask(client: Client, path: str, typed: dict[str, Any] | None = None) -> str:
    """Send it as somebody who signed in an hour ago; where they are led first."""
    long_ago(client)
    answer = client.post(path, typed or {})
    assert answer.status_code == 302
    where: str = answer.headers["Location"]
    assert where.startswith(AGAIN)
    return where


def next_of(client: Client, where: str) -> dict[str, str]:
    """What the page that asks again hands on."""
    return Page.of(client.get(where)).form(AGAIN)


class TestSomethingDangerous:
    def test_is_done_at_once_by_whoever_has_just_signed_in(
        self, client: Client, admin: User, release: str
    ) -> None:
        sign_in(client, admin)
        assert client.post(release).headers["Location"] == "/incidents/"
        assert not held()

    def test_waits_for_the_password_of_anybody_else_and_is_done_then(
        self, client: Client, admin: User, release: str
    ) -> None:
        sign_in(client, admin)
        where = ask(client, release)
        assert held()
        handed = next_of(client, where)
        wrong = client.post(AGAIN, handed | {"password": "wrong"})
        assert Page.of(wrong).beside("id_password") == ["That is not your password."]
        assert held()
        answer = client.post(AGAIN, handed | {"password": PASSWORD}, follow=True)
        assert "has ended" in Page.of(answer).messages[0]
        assert not held()

    def test_loses_nothing_that_was_typed(self, client: Client, admin: User, scene: Scene) -> None:
        scene.person(Role.COMMS_DUTY)
        sign_in(client, admin)
        steps = '[{"roles": ["comms_duty"], "quorum": "any", "needed": 1, "categories": [],'
        typed = {"do": "put", "seen": 0, "steps": steps + ' "rules": []}]'}
        current = ApprovalRoute.objects.current().get(force=scene.force)
        where = ask(client, "/routes/ordinary/", typed | {"seen": current.pk})
        assert ApprovalRoute.objects.current().get(force=scene.force) == current
        client.post(AGAIN, next_of(client, where) | {"password": PASSWORD}, follow=True)
        (step,) = ApprovalRoute.objects.current().get(force=scene.force).steps.all()
        assert step.roles == ["comms_duty"]

    def test_is_not_every_press_on_the_way_there(self, client: Client, admin: User) -> None:
        sign_in(client, admin)
        long_ago(client)
        answer = client.post("/routes/ordinary/", {"do": "add", "seen": 0, "steps": "[]"})
        assert answer.headers["Location"].startswith("/routes/ordinary/?at=")

    def test_comes_back_with_its_errors_at_its_own_address(
        self, client: Client, admin: User, release: str, scene: Scene
    ) -> None:
        sign_in(client, admin)
        Hold.objects.update(released_at=timezone.now(), released_by=admin)
        where = ask(client, release)
        answer = client.post(AGAIN, next_of(client, where) | {"password": PASSWORD}, follow=True)
        assert answer.status_code == 200
        assert "Somebody else has released" in Page.of(answer).messages[0]

    def test_is_asked_again_after_ten_minutes(
        self, client: Client, admin: User, release: str
    ) -> None:
        sign_in(client, admin)
        long_ago(client, signed_in_at=9 * 60)
        assert client.post(release).headers["Location"] == "/incidents/"
        long_ago(client, signed_in_at=11 * 60)
        assert client.post(release).headers["Location"].startswith(AGAIN)

    def test_is_done_once(self, client: Client, admin: User, release: str, scene: Scene) -> None:
        sign_in(client, admin)
        handed = next_of(client, ask(client, release))
        back = client.post(AGAIN, handed | {"password": PASSWORD}).headers["Location"]
        assert client.get(back).status_code == 302
        now = timezone.now()
        place(kind=HoldKind.HOLD, scope=scene.lpt, reason="Wait.", actor=admin, now=now)
        assert client.get(back).status_code == 405
        assert held()

    @pytest.mark.parametrize("change", ["token", "path", "age", "session", "role"])
    def test_is_not_done_by_another_address_than_the_one_that_was_kept(
        self, client: Client, admin: User, release: str, change: str
    ) -> None:
        sign_in(client, admin)
        handed = next_of(client, ask(client, release))
        back = client.post(AGAIN, handed | {"password": PASSWORD}).headers["Location"]
        if change == "token":
            back = back[:-1] + ("a" if back[-1] != "a" else "b")
        elif change == "path":
            back = back.replace(release, "/incidents/")
        elif change == "age":
            session = client.session
            token, path, _, sealed = session[KEPT]
            session[KEPT] = [token, path, time.time() - 16 * 60, sealed]
            session.save()
        elif change == "session":
            client = Client()
            sign_in(client, admin)
        else:
            Membership.objects.filter(person=admin).update(role=Role.POLICY_OWNER)
        assert client.get(back).status_code in {200, 403, 405}
        assert held()

    def test_is_kept_sealed(self, client: Client, admin: User, scene: Scene) -> None:
        sign_in(client, admin)
        where = ask(
            client,
            reverse("publishing:credentials", args=[scene.account.pk]),
            {"token": "canary-7731"},
        )
        assert "canary-7731" not in str(dict(client.session))
        assert "canary-7731" not in client.get(where).content.decode()

    def test_is_shown_to_be_begun_again_when_the_key_changed(
        self, client: Client, admin: User, release: str, settings: Settings
    ) -> None:
        sign_in(client, admin)
        handed = next_of(client, ask(client, release))
        back = client.post(AGAIN, handed | {"password": PASSWORD}).headers["Location"]
        session = client.session
        session[KEPT] = [*session[KEPT][:3], "sealed by another key"]
        session.save()
        assert client.get(back).status_code == 405
        assert held()

    def test_cannot_be_tried_without_end(self, client: Client, admin: User, release: str) -> None:
        sign_in(client, admin)
        where = ask(client, release)
        for _ in range(12):
            answer = client.post(where, {"password": "wrong"})
        assert answer.status_code == 429
        assert Page.of(answer).h1 == "Too many tries"


class TestShowingWhoOneIs:
    def test_is_a_press_for_the_demonstration_s_people(
        self, client: Client, scene: Scene, release: str
    ) -> None:
        client.force_login(scene.person(Role.COMMS_ADMIN))
        client.get("/desk/")
        handed = next_of(client, ask(client, release))
        client.post(AGAIN, handed, follow=True)
        assert not held()

    def test_is_no_press_anywhere_else(
        self, client: Client, scene: Scene, release: str, settings: Settings
    ) -> None:
        settings.DEMO = False
        client.force_login(scene.person(Role.COMMS_ADMIN))
        client.get("/desk/")
        where = ask(client, release)
        assert client.post(where).status_code == 403
        assert held()

    def test_works_with_a_code_instead(self, client: Client, admin: User, release: str) -> None:
        sign_in(client, admin)
        secret = add_app(client)
        where = ask(client, release)
        page = Page.of(client.get(where))
        (other,) = (a for a in page.root.all("a") if a.text == "Use a code from your app")
        path = other.attrs["href"]
        handed = Page.of(client.get(path)).form("/accounts/reauthenticate/code/")
        client.post(path, handed | {"code": code_of(secret)}, follow=True)
        assert not held()

    def test_leads_nowhere_else(self, client: Client, admin: User) -> None:
        sign_in(client, admin)
        typed = {"password": PASSWORD, "next": "https://evil.example/"}
        assert client.post(AGAIN, typed).headers["Location"] == "/desk/"

    @pytest.mark.parametrize(
        "path",
        ["passkeys/add/", "app/add/", "recovery-codes/new/", "password/set/"],
    )
    def test_comes_before_one_s_own_ways_of_signing_in_change(
        self, client: Client, scene: Scene, path: str
    ) -> None:
        client.force_login(scene.person())
        assert client.get(f"/accounts/{path}").status_code == 200
        long_ago(client)
        assert client.get(f"/accounts/{path}").headers["Location"].startswith(AGAIN)
