"""Signing in: closed to strangers, silent about who is known, locked after five wrong tries."""

import re
import time
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.services import deactivate
from tests import servers
from tests.factories import Scene, UserFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db

LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"
PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _nobody_is_locked() -> None:
    cache.clear()


@pytest.fixture
def person() -> User:
    officer = Scene().person()
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def try_(client: Client, email: str, typed: str = "wrong") -> Any:
    return client.post(LOGIN, {"login": email, "password": typed})


def shape(response: Any, email: str) -> str:
    """The page without what differs from page to page anyway."""
    html = response.content.decode().replace(email, "E-MAIL")
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", html)


class TestSigningIn:
    @pytest.mark.parametrize("change", [str, str.upper, str.title])
    def test_takes_the_work_e_mail_in_any_case(
        self, client: Client, person: User, change: type[str]
    ) -> None:
        response = try_(client, change(person.email), PASSWORD)
        assert response.headers["Location"] == "/desk/"
        assert Page.of(client.get("/desk/")).h1 == "My desk"

    def test_leads_to_where_one_wanted_to_go_on_this_site_alone(
        self, client: Client, person: User
    ) -> None:
        for wanted, goes_to in (
            ("/drafts/", "/drafts/"),
            ("https://evil.example/", "/desk/"),
            ("//evil.example/", "/desk/"),
            ("javascript:alert(1)", "/desk/"),
            ("http://[", "/desk/"),
            ("//[::1", "/desk/"),
        ):
            typed = {"login": person.email, "password": PASSWORD, "next": wanted}
            response = client.post(LOGIN, typed)
            assert response.headers["Location"] == goes_to
            client.logout()

    def test_ends_with_the_browser(self, client: Client, person: User) -> None:
        try_(client, person.email, PASSWORD)
        cookie = client.cookies["sessionid"]
        assert cookie["expires"] == ""
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"

    def test_starts_a_session_of_its_own(self, client: Client, person: User) -> None:
        client.get(LOGIN)
        client.session["x"] = 1
        before = client.session.session_key
        try_(client, person.email, PASSWORD)
        assert client.session.session_key != before

    def test_ends_at_a_press_that_is_a_post(self, client: Client, person: User) -> None:
        client.force_login(person)
        client.get("/accounts/logout/")
        assert client.get("/desk/").status_code == 200
        assert client.post("/accounts/logout/").headers["Location"] == "/"
        assert client.get("/desk/").status_code == 302

    def test_is_refused_to_somebody_deactivated(self, client: Client, person: User) -> None:
        deactivate(person, actor=None, now=timezone.now())
        try_(client, person.email, PASSWORD)
        assert client.get("/desk/").status_code == 302

    def test_shows_what_is_missing_beside_the_field(self, client: Client) -> None:
        page = Page.of(client.post(LOGIN, {"login": "", "password": ""}))
        assert [target for _, target in page.problems] == ["#id_login", "#id_password"]


class TestAWrongPassword:
    def test_says_the_same_to_a_known_and_an_unknown_person(
        self, client: Client, person: User
    ) -> None:
        unknown = "nobody@force.example.org"
        known, other = try_(client, person.email), try_(client, unknown)
        assert known.status_code == other.status_code == 200
        assert shape(known, person.email) == shape(other, unknown)

    def test_takes_as_long_for_an_unknown_person(
        self, client: Client, person: User, settings: Settings
    ) -> None:
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        settings.ACCOUNT_RATE_LIMITS = False
        person.set_password(PASSWORD)
        person.save()
        took: dict[str, list[float]] = {person.email: [], "nobody@force.example.org": []}
        for _ in range(3):
            for email, times in took.items():
                start = time.process_time()
                try_(client, email)
                times.append(time.process_time() - start)
        known, unknown = (min(times) for times in took.values())
        # Hashing costs far more than everything else: without it, unknown would be a fraction.
        assert unknown > known / 2

    def test_locks_after_five_even_for_the_right_one(self, client: Client, person: User) -> None:
        for _ in range(5):
            assert "too often" not in Page.of(try_(client, person.email)).main
        locked = try_(client, person.email, PASSWORD)
        assert "You have tried too often. Wait 15 minutes and try again." in Page.of(locked).main
        assert client.get("/desk/").status_code == 302

    def test_does_not_lock_others(self, client: Client, person: User) -> None:
        for _ in range(6):
            try_(client, "somebody.else@force.example.org")
        assert try_(client, person.email, PASSWORD).status_code == 302

    def test_locks_somebody_unknown_alike(self, client: Client, person: User) -> None:
        unknown = "nobody@force.example.org"
        for _ in range(5):
            try_(client, person.email)
            try_(client, unknown)
        known, other = try_(client, person.email), try_(client, unknown)
        assert shape(known, person.email) == shape(other, unknown)

    @pytest.mark.parametrize(
        "typed", ["", "x" * 100_000, "a\0b", "\u202e", "' OR 1=1 --", "<b>", "a@b", "é@é"]
    )
    def test_of_a_hostile_kind_is_a_page_too(self, client: Client, typed: str) -> None:
        assert try_(client, typed, typed).status_code == 200


class TestSigningUp:
    def test_is_closed(self, client: Client) -> None:
        page = Page.of(client.get("/accounts/signup/"))
        assert page.h1 == "Accounts are made for you"
        typed = {"email": "x@force.example.org", "password1": PASSWORD, "password2": PASSWORD}
        client.post("/accounts/signup/", typed)
        assert not User.objects.exists()


class TestANewPassword:
    def test_is_asked_for_alike_by_known_and_unknown_people(
        self, client: Client, person: User
    ) -> None:
        answers = []
        for email in (person.email, "nobody@force.example.org"):
            response = client.post(RESET, {"email": email}, follow=True)
            assert response.redirect_chain == [("/accounts/password/reset/done/", 302)]
            answers.append(shape(response, email))
        assert answers[0] == answers[1]
        # Both are written to, so that it takes as long, and neither is asked to sign up.
        known, unknown = mail.outbox
        assert known.subject == "Blue Lamp: Set your password"
        assert "asked to set the password of" in known.body
        assert unknown.to == ["nobody@force.example.org"]
        assert "Nobody with this address has access" in unknown.body
        assert not any("sign up" in str(letter.body).lower() for letter in mail.outbox)

    def test_is_asked_for_alike_while_no_mail_can_be_sent(
        self,
        client: Client,
        person: User,
        settings: Settings,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = servers.HOST, servers.free_port()
        for email in (person.email, "nobody@force.example.org"):
            response = client.post(RESET, {"email": email})
            assert response.headers["Location"] == "/accounts/password/reset/done/"
        assert "was not sent: ConnectionRefusedError" in caplog.text

    def test_is_set_by_a_link_that_works_once(self, client: Client, person: User) -> None:
        client.post(RESET, {"email": person.email})
        (letter,) = mail.outbox
        link = re.search(r"http://testserver(/\S+)", str(letter.body))
        assert link
        path = client.get(link[1], follow=True).redirect_chain[-1][0]
        fresh = "another long and winding password"
        client.post(path, {"password1": fresh, "password2": fresh})
        assert try_(client, person.email, PASSWORD).status_code == 200
        assert try_(client, person.email, fresh).status_code == 302
        client.logout()
        assert "This link no longer works" in Page.of(client.get(link[1], follow=True)).main

    @pytest.mark.parametrize("weak", ["short", "12345678901234", "password1234", "x"])
    def test_is_a_strong_one(self, client: Client, person: User, weak: str) -> None:
        client.force_login(person)
        typed = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
        client.post("/accounts/password/change/", typed)
        person.refresh_from_db()
        assert person.check_password(PASSWORD)

    def test_is_changed_by_somebody_signed_in(self, client: Client, person: User) -> None:
        client.force_login(person)
        fresh = "another long and winding password"
        typed = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
        client.post("/accounts/password/change/", typed)
        person.refresh_from_db()
        assert person.check_password(fresh)

    def test_goes_to_nobody_deactivated(self, client: Client, person: User) -> None:
        deactivate(person, actor=None, now=timezone.now())
        client.post(RESET, {"email": person.email})
        assert not any("/key/" in str(letter.body) for letter in mail.outbox)


class TestTheScreensOfAllauth:
    @pytest.mark.parametrize(
        "path",
        [
            LOGIN,
            RESET,
            "/accounts/signup/",
            "/accounts/inactive/",
            "/accounts/password/reset/done/",
            "/accounts/password/reset/key/done/",
            "/accounts/password/reset/key/1-set-password/",
        ],
    )
    def test_look_like_the_others(self, client: Client, path: str) -> None:
        page = Page.of(client.get(path))
        assert page.title.endswith("– Blue Lamp")
        assert page.root.one("header").text.startswith("Blue Lamp")
        assert len(page.root.all("h1")) == 1

    @pytest.mark.parametrize(
        "path", ["/accounts/logout/", "/accounts/password/change/", "/accounts/reauthenticate/"]
    )
    def test_for_people_signed_in_do_so_too(self, client: Client, person: User, path: str) -> None:
        client.force_login(person)
        page = Page.of(client.get(path))
        assert page.title.endswith("– Blue Lamp")
        assert len(page.root.all("h1")) == 1

    @pytest.mark.parametrize(
        "path",
        ["/accounts/email/", "/accounts/confirm-email/", "/accounts/3rdparty/", "/admin/"],
    )
    def test_that_this_product_does_not_need_are_not_there(
        self, client: Client, person: User, path: str
    ) -> None:
        client.force_login(person)
        assert client.get(path).status_code == 404


class TestSomebodyWithoutAnAddress:
    def test_never_matches_an_empty_sign_in(self, client: Client) -> None:
        UserFactory.create()
        assert try_(client, "", "").status_code == 200
