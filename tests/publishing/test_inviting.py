"""Connecting an account on its platform's own page, over real HTTP."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import requests
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import SocialAccount, User
from accounts.roles import Role
from audit.models import Record
from publishing.backends.base import Cause
from publishing.models import Circuit, Credential, Handshake
from publishing.services import (
    WayOver,
    begin_connecting,
    finish_connecting,
    store_credentials,
)
from publishing.services.circuit import stop
from publishing.services.connecting import Connection
from publishing.services.inviting import WITHIN, way_back
from publishing.services.vault import secrets_of
from tests.factories import Scene
from tests.pages import Page
from tests.publishing.fake_http import Trouble
from tests.publishing.fake_x import CLIENT, FakeX
from tests.publishing.kit import SHORT
from tests.publishing.mastodon_server import mastodon_server

HANDLE = "FoxhollowLPT"


@pytest.fixture
def x() -> Iterator[FakeX]:
    with FakeX() as x:
        x.callbacks.add(way_back())
        x.at_the_screen = HANDLE
        yield x


class Desk:
    """A comms admin who connects an account."""

    def __init__(self, **account: Any) -> None:
        self.scene = Scene()
        SocialAccount.objects.filter(pk=self.scene.account.pk).update(**account)
        self.account = SocialAccount.objects.select_related("force").get(pk=self.scene.account.pk)
        self.admin = self.scene.person(Role.COMMS_ADMIN)
        self.now = timezone.now()

    def address(self) -> str:
        return begin_connecting(self.account, actor=self.admin, now=self.now)

    def led_back(self) -> dict[str, str]:
        """What the platform leads back with, once access was given there."""
        answer = requests.get(self.address(), allow_redirects=False, timeout=10)
        assert answer.status_code == 302
        where, _, query = answer.headers["Location"].partition("?")
        assert where == way_back()
        return dict(parse_qsl(query))

    def finish(self, answer: dict[str, str], **given: Any) -> Connection:
        given = {"actor": self.admin, "now": self.now, **given}
        state, code = answer.get("state", ""), answer.get("code", "")
        return finish_connecting(state=state, code=code, **given)[1]


@pytest.fixture
def desk(db: None, x: FakeX, settings: Settings) -> Desk:
    options = {"base_url": x.url, "site": x.url, **CLIENT}
    settings.PUBLISHERS = {
        **settings.PUBLISHERS,
        "x": {"BACKEND": "publishing.backends.x.XPublisher", "OPTIONS": options},
    }
    return Desk(publisher="x", handle=HANDLE)


class TestTheWayToX:
    def test_says_what_is_asked_for_and_proves_who_asks(self, desk: Desk) -> None:
        asked = parse_qs(urlsplit(desk.address()).query)
        assert asked["scope"] == ["tweet.read tweet.write users.read media.write offline.access"]
        assert asked["redirect_uri"] == [way_back()]
        assert asked["code_challenge_method"] == ["S256"]
        assert len(asked["state"][0]) >= 40

    def test_is_kept_as_a_hash_and_under_seal(self, desk: Desk) -> None:
        state = desk.led_back()["state"]
        (row,) = Handshake.objects.all()
        assert state not in str(vars(row))
        assert CLIENT["client_secret"] not in str(vars(row))

    def test_is_for_administrators(self, desk: Desk) -> None:
        for person in (desk.scene.person(Role.COMMS_DUTY), Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                begin_connecting(desk.account, actor=person, now=desk.now)


class TestTheWayBack:
    def test_stores_access_that_works(self, desk: Desk, x: FakeX) -> None:
        connection = desk.finish(desk.led_back())
        assert connection == Connection(True, f"Connected as @{HANDLE}.")
        stored = secrets_of(desk.account).read()
        assert x.takes(stored["access_token"])
        assert x.takes(stored["refresh_token"])
        assert stored["client_id"] == CLIENT["client_id"]
        (row,) = Handshake.objects.all()
        assert row.sealed == ""
        told = str(list(Record.objects.values()))
        assert not [word for word in stored.values() if word in told]

    def test_is_gone_once(self, desk: Desk) -> None:
        answer = desk.led_back()
        assert desk.finish(answer).works
        before = Credential.objects.values().get()
        with pytest.raises(WayOver):
            desk.finish(answer)
        assert Credential.objects.values().get() == before

    def test_ends_after_ten_minutes(self, desk: Desk, x: FakeX) -> None:
        with pytest.raises(WayOver):
            desk.finish(desk.led_back(), now=desk.now + WITHIN)
        assert not Credential.objects.exists()
        assert ("POST", "/2/oauth2/token") not in x.requests

    def test_is_nobody_else_s(self, desk: Desk) -> None:
        answer = desk.led_back()
        with pytest.raises(WayOver):
            desk.finish(answer, actor=desk.scene.person(Role.COMMS_ADMIN))
        # And did not end by that.
        assert desk.finish(answer).works

    @pytest.mark.parametrize("state", ["", "made-up"])
    def test_needs_the_state(self, desk: Desk, state: str) -> None:
        with pytest.raises(WayOver):
            desk.finish({**desk.led_back(), "state": state})

    def test_ends_when_another_is_begun(self, desk: Desk) -> None:
        first, second = desk.led_back(), desk.led_back()
        with pytest.raises(WayOver):
            desk.finish(first)
        assert desk.finish(second).works

    def test_is_closed_to_who_is_no_administrator_any_more(self, desk: Desk) -> None:
        answer = desk.led_back()
        desk.admin.memberships.all().delete()
        with pytest.raises(PermissionDenied):
            desk.finish(answer, actor=User.objects.get(pk=desk.admin.pk))

    def test_without_access_changes_nothing(self, desk: Desk, x: FakeX) -> None:
        x.at_the_screen = ""
        answer = desk.led_back()
        assert answer["error"] == "access_denied"
        assert desk.finish(answer).sentence == "Nobody gave access on X. Nothing was changed."
        assert not Credential.objects.exists()

    def test_with_a_lost_key_changes_nothing(self, desk: Desk, settings: Settings) -> None:
        answer = desk.led_back()
        settings.PUBLISHER_KEYS = ["YW5vdGhlciBrZXkgb2YgMzIgYnl0ZXMgZXhhY3RseSE="]
        assert "is not in PUBLISHER_KEYS" in desk.finish(answer).sentence
        assert not Credential.objects.exists()

    def test_with_a_wrong_code_changes_nothing(self, desk: Desk) -> None:
        connection = desk.finish({**desk.led_back(), "code": "made-up"})
        assert not connection.works
        assert connection.sentence.startswith("X does not give access for this answer.")

    @pytest.mark.parametrize("what", [Trouble.SILENCE, Trouble.GARBAGE, Trouble.RESET])
    def test_to_a_platform_that_fails_leaves_what_was_stored(
        self, desk: Desk, x: FakeX, what: Trouble, settings: Settings
    ) -> None:
        store_credentials(desk.account, {"access_token": "old"}, actor=desk.admin, now=desk.now)
        answer = desk.led_back()
        x.fail_next(what, path="/2/oauth2/token")
        settings.PUBLISHERS["x"] = {
            **settings.PUBLISHERS["x"],
            "OPTIONS": {**settings.PUBLISHERS["x"]["OPTIONS"], "timeouts": SHORT},
        }
        connection = desk.finish(answer)
        assert connection.sentence.endswith("Nothing was changed. Press Connect again.")
        assert secrets_of(desk.account).read() == {"access_token": "old"}

    def test_lets_a_stopped_account_send_again(self, desk: Desk) -> None:
        stop(desk.account, Cause.CREDENTIALS, "It says 401.", now=desk.now - timedelta(hours=1))
        assert desk.finish(desk.led_back()).sentence.endswith("What waited goes out now.")
        assert Circuit.objects.get().suspended_at is None


class TestAnotherAccount:
    def test_is_refused_and_its_access_given_back(self, desk: Desk, x: FakeX) -> None:
        x.at_the_screen = "Neighbour"
        connection = desk.finish(desk.led_back())
        assert not connection.works
        assert f"You gave access to @Neighbour, not to @{HANDLE}." in connection.sentence
        assert "the access was given back" in connection.sentence
        assert not Credential.objects.exists()
        assert (x._bearers, x._refresh_tokens) == ({}, {})
        last = Record.objects.latest("pk")
        assert (last.verb, last.data["handle"]) == ("account.connection_refused", "Neighbour")

    def test_whose_access_is_not_taken_back_is_said_to_be(self, desk: Desk, x: FakeX) -> None:
        x.at_the_screen = "Neighbour"
        answer = desk.led_back()
        x.fail_next(Trouble.RESET, path="/2/oauth2/revoke")
        assert "by hand in the settings of @Neighbour" in desk.finish(answer).sentence

    def test_that_does_not_say_who_it_is_is_given_back(self, desk: Desk, x: FakeX) -> None:
        answer = desk.led_back()
        x.fail_next(Trouble.RESET, method="GET", path="/2/users/me")
        assert not desk.finish(answer).works
        assert (x._bearers, x._refresh_tokens) == ({}, {})


class TestTheDatabase:
    def test_keeps_one_way_for_each_person(self, desk: Desk) -> None:
        desk.address()
        (row,) = Handshake.objects.all()
        row.pk, row.state_hash = None, "another"
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)

    def test_keeps_nothing_that_was_used(self, desk: Desk) -> None:
        desk.address()
        with pytest.raises(IntegrityError), transaction.atomic():
            Handshake.objects.update(used_at=desk.now)


class TestThePages:
    def test_lead_there_and_back(self, desk: Desk, client: Client) -> None:
        client.force_login(desk.admin)
        page = Page.of(client.get(reverse("publishing:connections")))
        path = reverse("publishing:connect", args=[desk.account.pk])
        assert [link for link in page.root.all("a") if link.attrs.get("href") == path]
        assert client.get(path).status_code == 200
        page = Page.of(client.post(path))
        (link,) = [each for each in page.root.all("a") if each.text == "Open X"]
        answer = requests.get(link.attrs["href"], allow_redirects=False, timeout=10)
        back = answer.headers["Location"].removeprefix(way_back())
        page = Page.of(client.get(reverse("publishing:connected") + back, follow=True))
        assert page.messages == [f"@{HANDLE}: Connected as @{HANDLE}."]
        page = Page.of(client.get(reverse("publishing:connected") + back, follow=True))
        assert page.messages[0].startswith("This way back has ended")

    def test_say_that_there_are_no_keys(
        self, desk: Desk, client: Client, settings: Settings
    ) -> None:
        client.force_login(desk.admin)
        settings.PUBLISHER_KEYS = []
        response = client.post(reverse("publishing:connect", args=[desk.account.pk]))
        assert response.status_code == 422
        assert "PUBLISHER_KEYS is not set" in response.content.decode()
        assert not Handshake.objects.exists()

    def test_are_not_there_where_a_platform_has_none(self, desk: Desk, client: Client) -> None:
        client.force_login(desk.admin)
        SocialAccount.objects.update(publisher="default")
        path = reverse("publishing:connect", args=[desk.account.pk])
        assert (client.get(path).status_code, client.post(path).status_code) == (404, 404)


@pytest.fixture(scope="module")
def mastodon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("mastodon")
    with mastodon_server(folder) as url:
        yield url


class TestMastodon:
    @pytest.fixture
    def desk(self, db: None, mastodon: str, settings: Settings) -> Desk:
        options = {"base_url": mastodon}
        backend = "publishing.backends.mastodon.MastodonPublisher"
        settings.PUBLISHERS = {
            **settings.PUBLISHERS, "mastodon": {"BACKEND": backend, "OPTIONS": options},
        }  # fmt: skip
        return Desk(publisher="mastodon", platform="mastodon", handle="team")

    def given(self, desk: Desk, who: str) -> dict[str, str]:
        """What it leads back with once `who` has given access on its page."""
        address = urlsplit(desk.address())
        asked = dict(parse_qsl(address.query))
        page = requests.get(address.geturl(), timeout=10)
        assert who in page.text
        form = {name: asked[name] for name in ("redirect_uri", "client_id", "scope", "state")}
        answer = requests.post(
            f"{address.scheme}://{address.netloc}{address.path}",
            data={**form, "username": who}, allow_redirects=False, timeout=10,
        )  # fmt: skip
        return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))

    def test_is_connected(self, desk: Desk) -> None:
        assert desk.finish(self.given(desk, "team")).works
        assert secrets_of(desk.account).read().keys() == {"access_token"}

    def test_gives_the_access_of_another_account_back(self, desk: Desk, mastodon: str) -> None:
        connection = desk.finish(self.given(desk, "neighbour"))
        assert "You gave access to @neighbour, not to @team." in connection.sentence
        assert "the access was given back" in connection.sentence
        assert not Credential.objects.exists()

    @pytest.mark.parametrize("server", ["no name", "127.0.0.1", "-", "a/b.example"])
    def test_takes_no_address_for_a_server(self, desk: Desk, client: Client, server: str) -> None:
        client.force_login(desk.admin)
        path = reverse("publishing:connect", args=[desk.account.pk])
        response = client.post(path, {"server": server})
        assert response.status_code == 422
        assert "Enter the name of the server alone" in response.content.decode()
