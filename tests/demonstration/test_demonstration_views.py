"""Signing in as somebody made up: with the demonstration, from this machine, and nobody real."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from demonstration import seed
from demonstration.people import PEOPLE, TOUR
from tests.factories import UserFactory
from tests.pages import Page

SIGN_IN = "/demonstration/sign-in/"
URLS = Path(__file__).resolve().parent.parent.parent / "config" / "urls.py"


@pytest.fixture(autouse=True)
def _people_are_there(db: None) -> None:
    cache.clear()
    force = seed._force(timezone.now())
    seed._people(force, seed._teams(force), timezone.now())


def asha() -> User:
    return User.objects.get(full_name="PC Asha Tindall")


def sign_in(client: Client, person: Any, **more: Any) -> Any:
    return client.post(SIGN_IN, {"person": person}, **more)


class TestTheStartPage:
    def test_offers_everybody_and_the_tour(self, client: Client) -> None:
        page = Page.of(client.get("/"))
        forms = [f for f in page.root.all("form") if f.attrs.get("action") == SIGN_IN]
        assert len(forms) == len(PEOPLE) + len(TOUR)
        for form in forms:
            assert form.attrs["method"] == "post"
        for person in PEOPLE:
            assert f"Sign in as {person.full_name}" in page.main
            assert person.sees in page.main

    def test_begins_with_the_first_of_them(self, client: Client) -> None:
        (default,) = Page.of(client.get("/")).root.all(class_="bl-person--default")
        assert PEOPLE[0].full_name in default.text

    def test_leads_on_to_what_was_asked_for(self, client: Client, settings: Settings) -> None:
        # As `make run` has it: a session that ended leads here, and not to a password.
        settings.LOGIN_URL = "demo-start"
        response = client.get("/drafts/?state=waiting")
        assert response.headers["Location"] == "/?next=/drafts/%3Fstate%3Dwaiting"
        page = Page.of(client.get(response.headers["Location"]))
        assert "You are not signed in." in page.main
        sent = page.root.one("div", class_="bl-person--default").one("input", name="next")
        response = client.post(SIGN_IN, {"person": asha().pk, "next": sent.attrs["value"]})
        assert response.headers["Location"] == "/drafts/?state=waiting"

    def test_leads_nowhere_else(self, client: Client) -> None:
        page = Page.of(client.get("/?next=https://elsewhere.example.org/"))
        assert "You are not signed in." not in page.main
        assert "elsewhere" not in page.root.text

    def test_leaves_out_who_is_not_there(self, client: Client) -> None:
        User.objects.filter(full_name="Ruth Adeyemi").update(is_active=False)
        page = Page.of(client.get("/"))
        assert "Sign in as Ruth Adeyemi" not in page.main
        assert "Do this as Ruth Adeyemi" not in page.main

    def test_works_step_by_step(self, client: Client) -> None:
        page = Page.of(client.get("/"))
        for step in page.root.all(class_="bl-tour__step"):
            (link,) = [box.attrs["value"] for box in step.all("input", name="next")]
            (button,) = step.all("button")
            client.logout()
            response = client.post(
                SIGN_IN, {"person": button.attrs["value"], "next": link}, follow=True
            )
            assert response.redirect_chain == [(link, 302)]
            assert response.status_code == 200


class TestSigningIn:
    @pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
    def test_works_from_this_machine(self, client: Client, address: str) -> None:
        response = sign_in(client, asha().pk, REMOTE_ADDR=address)
        assert response.headers["Location"] == "/desk/"
        assert Page.of(client.get("/desk/")).h1 == "My desk"

    @pytest.mark.parametrize("address", ["10.0.0.1", "192.168.1.2", "203.0.113.7", "::2", ""])
    def test_is_not_there_from_anywhere_else(self, client: Client, address: str) -> None:
        assert sign_in(client, asha().pk, REMOTE_ADDR=address).status_code == 404
        assert client.get("/desk/").status_code == 302

    @pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
    def test_is_not_there_through_a_proxy(self, client: Client, header: str) -> None:
        response = sign_in(client, asha().pk, headers={header: "127.0.0.1"})
        assert response.status_code == 404

    @pytest.mark.parametrize(
        "person", ["", "0", "x", "-1", "1.5", "999999999", "9" * 40, "٣", "1 OR 1=1", "\0"]
    )
    def test_as_nobody_is_not_there(self, client: Client, person: str) -> None:
        assert sign_in(client, person).status_code == 404

    def test_as_somebody_real_is_not_there(self, client: Client) -> None:
        assert sign_in(client, UserFactory.create().pk).status_code == 404
        assert client.get("/desk/").status_code == 302

    def test_as_somebody_switched_off_is_not_there(self, client: Client) -> None:
        User.objects.filter(pk=asha().pk).update(is_active=False)
        assert sign_in(client, asha().pk).status_code == 404

    def test_is_a_post_with_its_token(self, client: Client) -> None:
        assert client.get(SIGN_IN).status_code == 405
        strict = Client(enforce_csrf_checks=True)
        assert sign_in(strict, asha().pk).status_code == 403

    def test_as_somebody_else_ends_the_session_before(self, client: Client) -> None:
        sign_in(client, asha().pk)
        first = client.session.session_key
        sign_in(client, User.objects.get(full_name="Priya Nair").pk)
        assert client.session.session_key != first
        assert "Priya Nair" in Page.of(client.get("/desk/")).root.one("header").text

    def test_leads_nowhere_outside(self, client: Client) -> None:
        for wanted in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "\0"):
            response = client.post(SIGN_IN, {"person": asha().pk, "next": wanted})
            assert response.headers["Location"] == "/desk/"


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns)
        elif pattern.name:
            found.add(pattern.name)
    return found


class TestWithoutTheDemonstration:
    def test_there_is_no_address_to_sign_in_at(self, settings: Settings) -> None:
        assert "demo-sign-in" in names(runpy.run_path(str(URLS))["urlpatterns"])
        settings.DEMO = False
        remaining = names(runpy.run_path(str(URLS))["urlpatterns"])
        assert not remaining & {"demo-sign-in", "demo-start"}
        assert "start" in remaining
