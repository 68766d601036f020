"""Somebody lost their phone: a comms admin who knows that it is them removes the second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.roles import WATCHERS, Role
from accounts.services import Checked, PersonRefused, take_second_factor
from audit.models import Record
from notices.models import Notice
from tests.accounts.sign_in.people import CODE, PASSWORD, YOURS, add_app, sign_in
from tests.factories import ForceFactory, Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db
REASON = "New phone, the old one is broken"
SENT = {"checked": "called_back", "reason": REASON}


def page_of(person: User) -> str:
    return f"/people/{person.pk}/second-factor/"


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


@pytest.fixture
def approver(scene: Scene) -> User:
    """Somebody with a password and an app for codes."""
    person = scene.person(Role.COMMS_APPROVER)
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    sign_in(client, person)
    add_app(client)
    return person


def take(person: User, scene: Scene, actor: User) -> None:
    take_second_factor(
        person, force=scene.force, checked=Checked.CALLED_BACK, reason=REASON, actor=actor,
        now=timezone.now(),
    )  # fmt: skip


class TestALostSecondFactor:
    def test_is_removed_and_a_new_one_asked_for_before_anything_else(
        self, scene: Scene, admin: User, approver: User, settings: Settings
    ) -> None:
        settings.SECOND_FACTOR_REQUIRED = True
        open_elsewhere, desk = Client(), Client()
        open_elsewhere.force_login(approver)
        assert open_elsewhere.get("/review/").status_code == 200
        take(approver, scene, admin)
        # Signed out where they were, and in again with the password alone, as far as one page.
        assert open_elsewhere.get("/review/").status_code == 302
        assert sign_in(desk, approver).headers["Location"] != CODE
        assert desk.get("/review/").headers["Location"] == YOURS
        add_app(desk)
        assert desk.get("/review/").status_code == 200

    def test_takes_every_kind_along(self, scene: Scene, admin: User, approver: User) -> None:
        passkey = {"name": "A passkey", "credential": {}}
        Authenticator.objects.create(user=approver, type="webauthn", data=passkey)
        somebody_else = scene.person()
        Authenticator.objects.create(user=somebody_else, type="totp", data={})
        take(approver, scene, admin)
        assert list(Authenticator.objects.values_list("user", flat=True)) == [somebody_else.pk]

    def test_stands_in_the_trail_with_how_it_was_checked(
        self, scene: Scene, admin: User, approver: User
    ) -> None:
        take(approver, scene, admin)
        last = Record.objects.order_by("pk").last()
        assert last is not None
        assert (last.verb, last.actor_id, last.target_id) == (
            "person.sign_in_changed", str(admin.pk), str(approver.pk),
        )  # fmt: skip
        assert last.data == {
            "what": "second factor removed", "checked": "called_back", "reason": REASON,
        }  # fmt: skip

    def test_is_told_at_once_to_the_person_and_whoever_watches(
        self, scene: Scene, admin: User, approver: User
    ) -> None:
        watching = [scene.person(role) for role in sorted(WATCHERS)]
        scene.person(Role.POLICY_OWNER)
        Scene().person(Role.COMMS_ADMIN)
        take(approver, scene, admin)
        told = Notice.objects.filter(kind="alert", urgent=True)
        assert {notice.recipient_id for notice in told} == {
            approver.pk, *(person.pk for person in watching),
        }  # fmt: skip
        mine = told.get(recipient_id=approver.pk)
        assert f"call the comms desk on {scene.force.comms_phone} at once" in mine.text
        theirs = told.get(recipient_id=watching[0].pk)
        assert approver.full_name in theirs.text
        assert "called back on the mobile number on record" in theirs.text

    def test_of_an_officer_is_told_to_the_officer_alone(
        self, client: Client, scene: Scene, admin: User, officer: User
    ) -> None:
        scene.person(Role.COMMS_DUTY)
        sign_in(client, officer)
        add_app(client)
        take(officer, scene, admin)
        assert [notice.recipient_id for notice in Notice.objects.all()] == [officer.pk]


class TestWhoRemovesIt:
    def test_is_never_the_person(self, scene: Scene, admin: User) -> None:
        Authenticator.objects.create(user=admin, type="totp", data={})
        with pytest.raises(PersonRefused, match="their own"):
            take(admin, scene, admin)
        take(admin, scene, scene.person(Role.COMMS_ADMIN))
        assert not Authenticator.objects.exists()

    def test_is_a_comms_admin_of_the_force(self, scene: Scene, admin: User, approver: User) -> None:
        elsewhere = Scene()
        for actor in (scene.person(Role.COMMS_DUTY), elsewhere.person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                take(approver, scene, actor)
        with pytest.raises(PermissionDenied):
            take(approver, elsewhere, elsewhere.person(Role.COMMS_ADMIN))
        other = ForceFactory.create()
        with pytest.raises(PermissionDenied):
            take_second_factor(
                approver, force=other, checked=Checked.IN_PERSON, reason=REASON, actor=admin,
                now=timezone.now(),
            )  # fmt: skip
        assert Authenticator.objects.filter(user=approver).exists()

    def test_is_the_first_of_two(self, scene: Scene, admin: User, approver: User) -> None:
        take(approver, scene, admin)
        before = Record.objects.count()
        with pytest.raises(PersonRefused, match="no second factor"):
            take(approver, scene, scene.person(Role.COMMS_ADMIN))
        assert Record.objects.count() == before


class TestThePage:
    def test_leads_from_the_person_to_the_button(
        self, client: Client, scene: Scene, admin: User, approver: User
    ) -> None:
        client.force_login(admin)
        record = Page.of(client.get(f"/people/{approver.pk}/"))
        assert "Second factor: an app for codes, recovery codes." in record.main
        assert record.root.all("a", href=page_of(approver))
        page = Page.of(client.get(page_of(approver)))
        assert page.h1 == f"{approver.full_name} lost their second factor"
        answer = client.post(page_of(approver), SENT, follow=True)
        assert "is signed out everywhere" in Page.of(answer).messages[0]
        assert "No second factor." in Page.of(answer).main
        assert not Authenticator.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"checked": ""}, "Say how you made sure that it is them."),
            ({"checked": "a hunch"}, "Say how you made sure that it is them."),
            ({"reason": ""}, "Say what happened."),
            ({"reason": "x" * 201}, "Keep it to 200 characters."),
        ],
    )
    def test_says_what_is_missing_and_keeps_the_rest(
        self, client: Client, admin: User, approver: User, typed: dict[str, str], sentence: str
    ) -> None:
        client.force_login(admin)
        answer = client.post(page_of(approver), SENT | typed)
        assert answer.status_code == 422
        page = Page.of(answer)
        assert [text for text, _ in page.problems] == [sentence]
        if "reason" not in typed:
            assert page.root.one("input", name="reason").attrs["value"] == REASON
        assert Authenticator.objects.filter(user=approver).exists()

    def test_is_not_there_for_oneself_nor_for_nothing(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        client.force_login(admin)
        for person in (admin, scene.person()):
            answer = client.get(page_of(person))
            assert answer.headers["Location"] == f"/people/{person.pk}/"
        add_app(client)
        mine = Page.of(client.get(f"/people/{admin.pk}/"))
        assert not mine.root.all("a", href=page_of(admin))
        refused = client.post(page_of(admin), SENT)
        assert refused.status_code == 422
        assert "Ask another comms admin" in Page.of(refused).main

    def test_finds_nobody_of_another_force(self, client: Client, approver: User) -> None:
        client.force_login(Scene().person(Role.COMMS_ADMIN))
        assert client.get(page_of(approver)).status_code == 404
        assert client.post(page_of(approver), SENT).status_code == 404
        assert Authenticator.objects.filter(user=approver).exists()
