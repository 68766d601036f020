"""Apps for codes, recovery codes, and who must have a second factor before anything else."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from accounts.sign_in.second_factor import passkeys_need_a_name
from approvals.services import delegate, end_delegation
from audit.models import Record
from tests.accounts.sign_in.people import (
    ADD_APP,
    CODE,
    PASSWORD,
    YOURS,
    add_app,
    code_of,
    sign_in,
)
from tests.factories import Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db
CODES = "/accounts/recovery-codes/"


def codes_shown(client: Client) -> list[str]:
    page = Page.of(client.get(CODES))
    return [code.text for holder in page.root.all(class_="bl-codes") for code in holder.all("code")]


def is_in(client: Client) -> bool:
    return bool(client.get("/desk/").status_code == 200)


class TestAnAppForCodes:
    def test_is_asked_for_its_code_after_the_password(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        secret = add_app(client)
        client.post("/accounts/logout/")
        assert sign_in(client, officer).headers["Location"] == CODE
        assert not is_in(client)
        wrong = client.post(CODE, {"code": "000000"})
        assert "That did not work" in Page.of(wrong).beside("id_code")[0]
        assert not is_in(client)
        assert client.post(CODE, {"code": code_of(secret)}).headers["Location"] == "/desk/"
        assert is_in(client)

    def test_that_is_lost_leads_to_the_number_of_the_desk(
        self, client: Client, officer: User
    ) -> None:
        force = officer.current_memberships[0].force
        force.comms_phone = "01632 960777"
        force.save()
        sign_in(client, officer)
        add_app(client)
        client.post("/accounts/logout/")
        # Who has not given the password is not told whom to ring.
        for path in ("/accounts/login/", "/accounts/password/reset/"):
            assert "960777" not in client.get(path).content.decode()
        sign_in(client, officer)
        page = Page.of(client.get(CODE))
        assert "No phone and no codes? Ring the comms desk: 01632 960777." in page.main
        assert page.root.one("a", href="tel:01632960777").text == "01632 960777"
        force.comms_phone = ""
        force.save()
        page = Page.of(client.get(CODE))
        assert "No phone and no codes? Ring the comms desk." in page.main

    def test_gives_codes_that_work_once(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        secret = add_app(client)
        client.post("/accounts/logout/")
        code = code_of(secret)
        sign_in(client, officer)
        client.post(CODE, {"code": code})
        client.post("/accounts/logout/")
        sign_in(client, officer)
        assert client.post(CODE, {"code": code}).status_code == 200
        assert not is_in(client)

    def test_may_be_tried_five_times(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        secret = add_app(client)
        client.post("/accounts/logout/")
        sign_in(client, officer)
        good = code_of(secret)
        for _ in range(5):
            client.post(CODE, {"code": "000000"})
        locked = client.post(CODE, {"code": good})
        assert "tried too often" in Page.of(locked).beside("id_code")[0]

    def test_needs_a_code_to_be_added(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        client.get(ADD_APP)
        for typed in ("", "000000", "not a code", "１２３４５６", "9" * 5000):
            answer = client.post(ADD_APP, {"code": typed})
            assert Page.of(answer).beside("id_code")
        assert not Authenticator.objects.exists()

    def test_is_kept_sealed(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        secret = add_app(client)
        assert secret not in str(Authenticator.objects.get(type="totp").data)

    def test_is_removed_again(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        add_app(client)
        assert client.post("/accounts/app/remove/").headers["Location"] == YOURS
        assert not Authenticator.objects.exists()
        client.post("/accounts/logout/")
        assert sign_in(client, officer).headers["Location"] == "/desk/"

    def test_cannot_be_read_without_its_key_and_then_refuses_in_a_sentence(
        self, client: Client, officer: User, settings: Settings
    ) -> None:
        sign_in(client, officer)
        secret = add_app(client)
        client.post("/accounts/logout/")
        settings.SECRET_KEY = "another key that is long enough for everything"
        sign_in(client, officer)
        answer = client.post(CODE, {"code": code_of(secret)})
        assert "can no longer read" in Page.of(answer).beside("id_code")[0]
        assert not is_in(client)

    def test_is_read_by_an_earlier_key(
        self, client: Client, officer: User, settings: Settings
    ) -> None:
        sign_in(client, officer)
        secret = add_app(client)
        client.post("/accounts/logout/")
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "another key that is long enough for everything"
        sign_in(client, officer)
        assert client.post(CODE, {"code": code_of(secret)}).status_code == 302


class TestRecoveryCodes:
    def test_are_shown_once_and_sign_in_once(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        add_app(client)
        codes = codes_shown(client)
        assert len(set(codes)) == 10
        assert codes_shown(client) == []
        assert "10 of 10 are left" in Page.of(client.get(CODES)).main
        client.post("/accounts/logout/")
        sign_in(client, officer)
        assert client.post(CODE, {"code": codes[3]}).status_code == 302
        assert "9 left" in Page.of(client.get(YOURS)).main
        client.post("/accounts/logout/")
        sign_in(client, officer)
        assert client.post(CODE, {"code": codes[3]}).status_code == 200

    def test_made_anew_end_the_old_ones(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        add_app(client)
        old = codes_shown(client)
        client.post("/accounts/recovery-codes/new/")
        new = codes_shown(client)
        assert len(new) == 10
        assert not set(old) & set(new)

    def test_are_not_there_without_anything_to_recover(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        assert client.get(CODES).status_code == 404
        answer = client.post("/accounts/recovery-codes/new/")
        assert Page.of(answer).problems[0][0] == "Add a passkey or an app for codes first."
        assert not Authenticator.objects.exists()

    def test_whose_key_is_lost_are_made_anew(
        self, client: Client, officer: User, settings: Settings
    ) -> None:
        sign_in(client, officer)
        add_app(client)
        settings.SECRET_KEY = "another key that is long enough for everything"
        client.force_login(officer)
        assert "0 left" in Page.of(client.get(YOURS)).main
        answer = client.get(CODES, follow=True)
        assert Page.of(answer).h1 == "Make new recovery codes"


class TestACompulsorySecondFactor:
    @pytest.fixture(autouse=True)
    def _required(self, settings: Settings) -> None:
        settings.SECOND_FACTOR_REQUIRED = True

    @pytest.fixture
    def approver(self, scene: Scene) -> User:
        person = scene.person(Role.COMMS_APPROVER)
        person.set_password(PASSWORD)
        person.save()
        return person

    def test_lets_somebody_in_once_it_is_there(self, client: Client, approver: User) -> None:
        sign_in(client, approver)
        for path in ("/desk/", "/review/", "/accounts/told/", "/accounts/recovery-codes/new/"):
            assert client.get(path).headers["Location"] == YOURS
        assert "Your role needs a second factor" in Page.of(client.get(YOURS)).main
        add_app(client)
        assert is_in(client)
        assert "Your role needs" not in Page.of(client.get(YOURS)).main

    def test_lets_them_sign_out_and_read_what_anybody_may(
        self, client: Client, approver: User
    ) -> None:
        sign_in(client, approver)
        assert client.get("/accessibility/").status_code == 200
        assert client.post("/accounts/logout/").headers["Location"] == "/"

    def test_is_not_asked_of_officers(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        assert is_in(client)

    def test_is_asked_of_an_officer_from_the_day_they_approve(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        sign_in(client, officer)
        scene.give(officer, Role.LPT_SUPERVISOR)
        assert client.get("/desk/").headers["Location"] == YOURS

    def test_is_asked_of_an_officer_while_they_decide_for_another(
        self, client: Client, officer: User, approver: User
    ) -> None:
        sign_in(client, officer)
        today = timezone.localdate()
        cover = delegate(
            approver, to=officer, since=today, until=today, reason="Leave", actor=approver,
            now=timezone.now(),
        )  # fmt: skip
        assert client.get("/review/").headers["Location"] == YOURS
        end_delegation(cover, actor=approver, now=timezone.now())
        assert is_in(client)

    def test_cannot_be_given_up_by_removing_the_last_one(
        self, client: Client, approver: User
    ) -> None:
        sign_in(client, approver)
        add_app(client)
        page = Page.of(client.post("/accounts/app/remove/"))
        assert page.problems[0][0].startswith("Your role needs a second factor.")
        assert Authenticator.objects.filter(type="totp").exists()
        passkey = Authenticator.objects.create(
            user=approver, type="webauthn", data={"name": "Phone", "credential": {}}
        )
        client.post("/accounts/app/remove/")
        assert not Authenticator.objects.filter(type="totp").exists()
        # The last passkey may go, and then nothing else opens.
        client.post(f"/accounts/passkeys/{passkey.pk}/remove/")
        (removed,) = Record.objects.filter(data={"what": "passkey removed"})
        assert removed.actor_id == str(approver.pk)
        assert client.get("/desk/").headers["Location"] == YOURS

    def test_is_more_than_recovery_codes(self, client: Client, approver: User) -> None:
        Authenticator.objects.create(user=approver, type="recovery_codes", data={})
        client.force_login(approver)
        assert client.get("/desk/").headers["Location"] == YOURS


class TestAPasskey:
    @pytest.mark.parametrize(
        "sent",
        ["", "x", "{}", "[]", "null", "1", '{"id": 1}', '{"response": {"userHandle": "AA"}}',
         '{"response": null}', '{"id": "AA", "response": {"userHandle": "x"}}'],
    )  # fmt: skip
    @pytest.mark.parametrize("path", ["login/passkey/", "passkeys/add/"])
    def test_that_is_none_is_refused_in_a_sentence(
        self, client: Client, officer: User, sent: str, path: str
    ) -> None:
        if path == "passkeys/add/":
            sign_in(client, officer)
            client.get(f"/accounts/{path}")
        else:
            client.get(f"/accounts/{path}", headers={"Accept": "application/json"})
        answer = client.post(f"/accounts/{path}", {"credential": sent}, follow=True)
        assert answer.status_code == 200
        page = Page.of(answer)
        assert page.problems or page.messages
        assert not Authenticator.objects.exists()

    @pytest.mark.parametrize(
        ("host", "needs"),
        [("127.0.0.1:8000", True), ("[::1]:8000", True), ("10.1.1.1", True),
         ("localhost:8000", False), ("bluelamp.force.example", False)],
    )  # fmt: skip
    def test_needs_an_address_with_a_name(self, host: str, *, needs: bool) -> None:
        assert passkeys_need_a_name(host) == needs

    def test_of_somebody_else_is_not_there(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        row = Authenticator.objects.create(
            user=scene.person(), type="webauthn", data={"name": "Phone", "credential": {}}
        )
        sign_in(client, officer)
        for path in ("rename", "remove"):
            address = f"/accounts/passkeys/{row.pk}/{path}/"
            assert client.get(address).status_code == 404
            assert client.post(address, {"name": "Mine"}).status_code == 404
        assert Authenticator.objects.get().data["name"] == "Phone"

    def test_is_renamed_by_its_owner(self, client: Client, officer: User) -> None:
        row = Authenticator.objects.create(
            user=officer, type="webauthn", data={"name": "Phone", "credential": {}}
        )
        client.force_login(officer)
        address = f"/accounts/passkeys/{row.pk}/rename/"
        empty = client.post(address, {"name": ""})
        assert Page.of(empty).beside("id_name") == ["Enter a name for this passkey."]
        answer = client.post(address, {"name": "Work phone"}, follow=True)
        assert "Work phone" in Page.of(answer).main
