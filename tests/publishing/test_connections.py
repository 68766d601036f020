"""The comms admin's page of connections, and the command that asks the same."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import SocialAccount
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from publishing.backends.base import (
    Answer,
    CannotAsk,
    Cause,
    Payload,
    Profile,
    Publisher,
    Secrets,
    Unknown,
)
from publishing.models import Circuit, Credential, Delivery
from publishing.services import check_connection, try_connection
from publishing.services.circuit import is_suspended, stop
from tests.factories import Scene
from tests.pages import Page
from tests.publishing import stage


class Answers(Publisher):
    """Asked for a profile, gives `outcome`, or raises it. Publishing here would fail the test."""

    credentials = ("access_token",)
    optional_credentials = ("server",)

    def __init__(self, outcome: Profile | Exception) -> None:
        self.outcome = outcome

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        raise AssertionError

    def profile(self, account: str, secrets: Secrets) -> Profile:
        if not secrets.read():
            raise CannotAsk("No access token is stored for this account.", Cause.CREDENTIALS)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


class Silent(Publisher):
    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        return Unknown("")


def lead(settings: Settings, account: SocialAccount, outcome: Profile | Exception) -> None:
    """Make `account` publish where asking for the profile has that outcome."""
    here = "tests.publishing.test_connections"
    settings.PUBLISHERS = {
        **settings.PUBLISHERS,
        "real": {"BACKEND": f"{here}.Answers", "OPTIONS": {"outcome": outcome}},
        "silent": {"BACKEND": f"{here}.Silent"},
    }
    account.publisher = "real"
    account.save()


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(client: Client, scene: Scene) -> Client:
    client.force_login(scene.person(Role.COMMS_ADMIN))
    return client


def store(client: Client, account: SocialAccount, **values: str) -> Any:
    return client.post(reverse("publishing:credentials", args=[account.pk]), values, follow=True)


def press_test(client: Client, account: SocialAccount) -> str:
    """Press the button; returns the message that came."""
    response = client.post(reverse("publishing:test-connection", args=[account.pk]), follow=True)
    return " ".join(str(message) for message in response.context["messages"])


@pytest.mark.django_db
class TestThePage:
    def test_lists_the_force_s_accounts_and_nobody_else_s(
        self, admin: Client, scene: Scene
    ) -> None:
        abroad = Scene()
        page = Page.of(admin.get(reverse("publishing:connections")))
        assert f"@{scene.account.handle} on X" in page.main
        assert f"@{abroad.account.handle}" not in page.main
        assert "needs no credentials" in page.main

    def test_says_when_credentials_were_stored_and_by_whom(
        self, admin: Client, scene: Scene, settings: Settings
    ) -> None:
        lead(settings, scene.account, Profile(scene.account.handle, "Team", ""))
        address = reverse("publishing:connections")
        assert "no credentials stored" in Page.of(admin.get(address)).main
        store(admin, scene.account, access_token="hush-hush")
        by = Credential.objects.get().changed_by
        assert by
        assert f"by {by.full_name}" in Page.of(admin.get(address)).main

    def test_says_when_a_publisher_is_gone(self, admin: Client, scene: Scene) -> None:
        SocialAccount.objects.filter(pk=scene.account.pk).update(publisher="gone")
        page = Page.of(admin.get(reverse("publishing:connections")))
        assert "this publisher is not configured" in page.main
        assert "not configured" in press_test(admin, scene.account)
        address = reverse("publishing:credentials", args=[scene.account.pk])
        assert admin.get(address).status_code == 404

    def test_has_no_door_to_another_force(self, admin: Client) -> None:
        account = Scene().account
        for name in ("test-connection", "credentials"):
            address = reverse(f"publishing:{name}", args=[account.pk])
            assert admin.post(address).status_code == 404


@pytest.mark.django_db
class TestStoring:
    def test_is_write_only(self, admin: Client, scene: Scene, settings: Settings) -> None:
        lead(settings, scene.account, Profile(scene.account.handle, "Team", ""))
        response = store(admin, scene.account, access_token="hush-hush", server="")
        assert "Stored for" in response.content.decode()
        for name, arguments in (("connections", []), ("credentials", [scene.account.pk])):
            page = admin.get(reverse(f"publishing:{name}", args=arguments))
            assert "hush-hush" not in page.content.decode()
        assert "hush-hush" not in str(list(Record.objects.values()))

    def test_asks_for_what_is_missing_and_gives_no_secret_back(
        self, admin: Client, scene: Scene, settings: Settings
    ) -> None:
        lead(settings, scene.account, Profile(scene.account.handle, "Team", ""))
        typed = {"access_token": "hush-hush", "server": "not a server", "ends_on": "soon"}
        response = store(admin, scene.account, **typed)
        page = Page.of(response)
        assert response.status_code == 422
        assert [words for words, _ in page.problems] == [
            "Enter the name of the server alone, such as social.example.org.",
            "Enter a real date, like 27/3/2027.",
        ]
        assert "hush-hush" not in response.content.decode()
        # What is nobody's secret need not be typed again.
        assert page.root.one("input", name="server").attrs["value"] == "not a server"
        response = store(admin, scene.account, access_token="")
        assert "Enter the access token." in response.content.decode()
        assert not Credential.objects.exists()

    def test_says_that_there_are_no_keys(
        self, admin: Client, scene: Scene, settings: Settings
    ) -> None:
        lead(settings, scene.account, Profile(scene.account.handle, "Team", ""))
        settings.PUBLISHER_KEYS = []
        response = store(admin, scene.account, access_token="hush-hush")
        assert response.status_code == 422
        assert "PUBLISHER_KEYS is not set" in response.content.decode()
        assert "hush-hush" not in response.content.decode()

    def test_is_not_offered_where_none_are_needed(self, admin: Client, scene: Scene) -> None:
        address = reverse("publishing:credentials", args=[scene.account.pk])
        assert "Its publisher needs none." in Page.of(admin.get(address)).main
        assert "needs no credentials" in store(admin, scene.account).content.decode()


@pytest.mark.django_db
class TestTheTest:
    @pytest.mark.parametrize(
        "case",
        [
            (Profile("{handle}", "The team", ""), "Connected as @{handle} (The team).", True),
            (Profile("{handle}.force.example", "", ""), "Connected as @{handle}.force", True),
            (Profile("Another", "", ""), "takes us for @Another, not for @{handle}", False),
            (CannotAsk("The platform is away."), "The platform is away.", False),
            (KeyError("hush-hush"), "The publisher failed: KeyError.", False),
        ],
        ids=["ours", "longer", "another", "away", "broken"],
    )
    def test_says_one_sentence_and_is_recorded(
        self, admin: Client, scene: Scene, settings: Settings, case: tuple[Any, str, bool]
    ) -> None:
        outcome, sentence, works = case
        handle = scene.account.handle
        if isinstance(outcome, Profile):
            outcome = Profile(outcome.handle.format(handle=handle), outcome.name, "")
        lead(settings, scene.account, outcome)
        store(admin, scene.account, access_token="hush-hush")
        said = press_test(admin, scene.account)
        assert sentence.format(handle=handle) in said
        assert "hush-hush" not in said
        (record,) = Record.objects.filter(verb="account.connection_tested")
        assert record.data == {"publisher": "real", "works": works}

    def test_says_that_nothing_is_stored(
        self, admin: Client, scene: Scene, settings: Settings
    ) -> None:
        lead(settings, scene.account, Profile(scene.account.handle, "", ""))
        assert "No access token is stored" in press_test(admin, scene.account)

    def test_works_with_the_practice_publisher(self, admin: Client, scene: Scene) -> None:
        assert "(Practice publisher)" in press_test(admin, scene.account)

    def test_says_that_a_publisher_cannot_be_asked(self, scene: Scene, settings: Settings) -> None:
        lead(settings, scene.account, KeyError())
        scene.account.publisher = "silent"
        assert "cannot be asked" in try_connection(scene.account).sentence

    def test_is_for_administrators(self, scene: Scene) -> None:
        with pytest.raises(PermissionDenied):
            check_connection(scene.account, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())


def suspend(account: SocialAccount) -> None:
    stop(account, Cause.CREDENTIALS, "The token was revoked.", now=timezone.now())


@pytest.mark.django_db
class TestAnAccountThatLostItsCredentials:
    def test_sends_again_once_new_ones_work(
        self, admin: Client, scene: Scene, settings: Settings
    ) -> None:
        lead(settings, scene.account, Profile(scene.account.handle, "Team", ""))
        suspend(scene.account)
        store(admin, scene.account, access_token="new")
        # Stored is not yet mended.
        assert is_suspended(scene.account)
        said = press_test(admin, scene.account)
        assert said.endswith("It sends again. What waited goes out now.")
        assert not is_suspended(scene.account)
        last = Record.objects.filter(verb=Verb.ACCOUNT_STATUS).latest("pk")
        assert last.data == {"status": "sends again"}
        assert "sends again" not in press_test(admin, scene.account)

    def test_and_what_waited_is_looked_at_now(
        self, admin: Client, scene: Scene, settings: Settings
    ) -> None:
        lead(settings, scene.account, Profile(scene.account.handle, "Team", ""))
        (delivery,) = stage.due(scene, 1)
        later = timezone.now() + timedelta(minutes=10)
        Delivery.objects.update(next_at=later)
        suspend(scene.account)
        store(admin, scene.account, access_token="new")
        press_test(admin, scene.account)
        delivery.refresh_from_db()
        assert delivery.next_at <= timezone.now()

    def test_stays_stopped_while_they_are_the_same(
        self, admin: Client, scene: Scene, settings: Settings
    ) -> None:
        lead(settings, scene.account, Profile(scene.account.handle, "Team", ""))
        store(admin, scene.account, access_token="old")
        suspend(scene.account)
        assert "It is still stopped" in press_test(admin, scene.account)
        assert is_suspended(scene.account)

    @pytest.mark.parametrize("handle", ["another", ""])
    def test_stays_stopped_while_new_ones_do_not_work(
        self, admin: Client, scene: Scene, settings: Settings, handle: str
    ) -> None:
        outcome = Profile(handle, "", "") if handle else CannotAsk("No.", Cause.CREDENTIALS)
        lead(settings, scene.account, outcome)
        suspend(scene.account)
        store(admin, scene.account, access_token="new")
        press_test(admin, scene.account)
        assert is_suspended(scene.account)

    def test_keeps_to_a_rate_limit_all_the_same(
        self, admin: Client, scene: Scene, settings: Settings
    ) -> None:
        lead(settings, scene.account, Profile(scene.account.handle, "Team", ""))
        stop(scene.account, Cause.RATE_LIMIT, "Too many", retry_after=600, now=timezone.now())
        until = Circuit.objects.get().paused_until
        suspend(scene.account)
        store(admin, scene.account, access_token="new")
        press_test(admin, scene.account)
        circuit = Circuit.objects.get()
        assert (circuit.suspended_at, circuit.paused_until) == (None, until)


@pytest.mark.django_db
class TestPublisherCheck:
    def test_asks_for_every_account_and_passes(self, scene: Scene) -> None:
        scene.other_account()
        out = StringIO()
        call_command("publisher_check", "default", stdout=out)
        lines = out.getvalue().splitlines()
        assert len(lines) == SocialAccount.objects.filter(publisher="default").count() >= 2
        assert all(line.startswith("ok @") for line in lines)

    def test_fails_when_one_account_does(self, scene: Scene, settings: Settings) -> None:
        lead(settings, scene.account, CannotAsk("Away."))
        out = StringIO()
        with pytest.raises(CommandError, match="1 of 1 accounts are not connected"):
            call_command("publisher_check", "real", stdout=out)
        assert out.getvalue().startswith(f"FAILED @{scene.account.handle}: No access token")

    def test_fails_when_nobody_uses_the_publisher(self) -> None:
        with pytest.raises(CommandError, match="No account uses"):
            call_command("publisher_check", "nowhere")
