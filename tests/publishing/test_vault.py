"""The vault: what is in it can be used, and read nowhere."""

import base64
import json
import logging
import threading
import time
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import SocialAccount
from accounts.roles import Role
from audit.models import Record
from notices.models import Notice
from publishing.backends.base import (
    NO_SECRETS,
    Answer,
    CannotAsk,
    Cause,
    NotSent,
    Payload,
    Secrets,
)
from publishing.backends.mock import MockPublisher
from publishing.checks import keys_are_here
from publishing.clock import database_now
from publishing.models import Alert, AlertKind, Attempt, Credential, Delivery
from publishing.services import (
    KeyLost,
    NoKeys,
    dispatch_due,
    finish_sending,
    reseal,
    store_credentials,
    watch,
)
from publishing.services.vault import Kept, key_ids, secrets_of
from publishing.workflow import Outcome, State
from tests.factories import Scene
from tests.publishing import stage
from tests.races import at_once

VALUES = {"access_token": "hush-hush-1", "server": "social.force.example"}
MASTODON = {"BACKEND": "publishing.backends.mastodon.MastodonPublisher"}


def key(letter: str) -> str:
    return base64.urlsafe_b64encode(letter.encode() * 32).decode()


def kept(scene: Scene, values: Mapping[str, str] = VALUES) -> SocialAccount:
    """The scene's account on Mastodon, its credentials stored."""
    SocialAccount.objects.filter(pk=scene.account.pk).update(publisher="mastodon")
    scene.account.refresh_from_db()
    admin = scene.person(Role.COMMS_ADMIN)
    store_credentials(scene.account, values, actor=admin, now=timezone.now())
    return scene.account


@pytest.fixture(autouse=True)
def _on_mastodon(settings: Settings, ledger: object) -> None:
    settings.PUBLISHERS = {**settings.PUBLISHERS, "mastodon": MASTODON}
    settings.PUBLISHER_KEYS = [key("a")]


@pytest.mark.django_db
class TestWhatIsStored:
    def test_is_read_at_the_moment_of_use(self) -> None:
        scene = Scene()
        account = kept(scene)
        secrets = secrets_of(account)
        assert secrets.read() == VALUES
        store_credentials(
            account, {"access_token": "new"}, actor=scene.person(Role.COMMS_ADMIN),
            now=timezone.now(),
        )  # fmt: skip
        assert secrets.read() == {"access_token": "new"}

    def test_is_in_no_row_no_record_no_name_and_no_log(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        account = kept(Scene())
        row = Credential.objects.get()
        (record,) = Record.objects.filter(verb="account.credentials_stored")
        secrets = secrets_of(account)
        words = [row.sealed, row, record.data, record.target_name, vars(secrets), caplog.text]
        told = " ".join(f"{word} {word!r}" for word in [*words, secrets])
        assert "hush-hush-1" not in told
        assert base64.b64encode(b"hush-hush-1").decode()[:12] not in told
        assert record.data["names"] == ["access_token", "server"]
        assert record.target_id == str(account.pk)

    def test_is_stored_by_administrators_of_that_force_alone(self) -> None:
        scene, abroad = Scene(), Scene()
        for person in (
            scene.person(Role.COMMS_DUTY),
            scene.person(Role.LPT_COMMANDER),
            abroad.person(Role.COMMS_ADMIN),
        ):
            with pytest.raises(PermissionDenied):
                store_credentials(scene.account, VALUES, actor=person, now=timezone.now())
        assert not Credential.objects.exists()

    def test_is_nothing_before_anything_was_stored(self) -> None:
        scene = Scene()
        SocialAccount.objects.filter(pk=scene.account.pk).update(publisher="mastodon")
        scene.account.refresh_from_db()
        assert secrets_of(scene.account).read() == {}

    def test_is_not_looked_for_where_none_are_needed(self) -> None:
        scene = Scene()
        assert secrets_of(scene.account) is NO_SECRETS
        scene.account.publisher = "gone"
        assert secrets_of(scene.account) is NO_SECRETS


@pytest.mark.django_db
class TestKeys:
    def test_are_needed_to_store_anything(self, settings: Settings) -> None:
        settings.PUBLISHER_KEYS = []
        with pytest.raises(NoKeys):
            kept(Scene())
        assert not Credential.objects.exists()

    def test_may_get_a_new_one_in_front(self, settings: Settings) -> None:
        account = kept(Scene())
        before = Credential.objects.get()
        settings.PUBLISHER_KEYS = [key("b"), key("a")]
        assert secrets_of(account).read() == VALUES
        assert reseal() == 1
        assert Credential.objects.get().key_id != before.key_id
        assert reseal() == 0
        settings.PUBLISHER_KEYS = [key("b")]
        assert secrets_of(account).read() == VALUES

    def test_are_changed_at_the_command_line(
        self, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        kept(Scene())
        settings.PUBLISHER_KEYS = [key("b"), key("a")]
        call_command("reseal_credentials")
        assert capsys.readouterr().out.startswith("1 sealed anew.")

    @pytest.mark.parametrize("keys", [[], [key("b")]])
    def test_that_are_lost_open_nothing(
        self, settings: Settings, caplog: pytest.LogCaptureFixture, keys: list[str]
    ) -> None:
        account = kept(Scene())
        settings.PUBLISHER_KEYS = keys
        with pytest.raises(KeyLost, match="not in PUBLISHER_KEYS") as raised:
            secrets_of(account).read()
        # No fault of the account's: it goes on by itself as soon as the key is back.
        assert raised.value.cause == Cause.UNAVAILABLE
        assert "is gone" in caplog.text
        settings.PUBLISHER_KEYS = [key("a")]
        assert secrets_of(account).read() == VALUES

    @pytest.mark.parametrize("keys", [[], [key("b")]])
    def test_that_are_lost_are_found_by_the_check(
        self, settings: Settings, keys: list[str]
    ) -> None:
        account = kept(Scene())
        assert keys_are_here(databases=["default"]) == []
        settings.PUBLISHER_KEYS = keys
        (found,) = keys_are_here(databases=["default"])
        assert (found.id, found.obj) == ("publishing.W002", account)
        assert "Put the key back" in str(found.hint)
        assert keys_are_here() == []

    def test_that_are_lost_are_an_alert_until_they_are_back(self, settings: Settings) -> None:
        scene = Scene()
        admin = scene.person(Role.COMMS_ADMIN)
        kept(scene)
        now = timezone.now()
        settings.PUBLISHER_KEYS = [key("b")]
        watch(now=now)
        watch(now=now + timedelta(seconds=5))
        told = Notice.objects.filter(recipient_id=admin.pk, text__contains="PUBLISHER_KEYS")
        assert told.count() == 1
        settings.PUBLISHER_KEYS = [key("b"), key("a")]
        watch(now=now + timedelta(seconds=30))
        assert not Alert.objects.open().filter(kind=AlertKind.KEY_LOST).exists()

    def test_that_are_lost_leave_every_row_as_it_was(self, settings: Settings) -> None:
        scene = Scene()
        first = kept(scene)
        settings.PUBLISHER_KEYS = [key("b")]
        other = scene.other_account()
        store_credentials(other, VALUES, actor=scene.person(Role.COMMS_ADMIN), now=timezone.now())
        before = list(Credential.objects.order_by("pk").values())
        # One can be opened and the other cannot: neither is touched.
        settings.PUBLISHER_KEYS = [key("c"), key("b")]
        with pytest.raises(KeyLost, match=f"of @{first.handle} is not"):
            reseal()
        assert list(Credential.objects.order_by("pk").values()) == before

    def test_that_are_lost_are_said_at_the_command_line(self, settings: Settings) -> None:
        kept(Scene())
        for keys, words in (([key("b")], "is not in PUBLISHER_KEYS"), ([], "is not set")):
            settings.PUBLISHER_KEYS = keys
            with pytest.raises(CommandError, match=words):
                call_command("reseal_credentials")

    def test_open_no_row_that_was_copied_from_another_account(self) -> None:
        scene = Scene()
        account = kept(scene)
        other = scene.other_account()
        row = Credential.objects.get(account=account)
        Credential.objects.create(
            account=other, sealed=row.sealed, key_id=row.key_id, changed_at=row.changed_at
        )
        with pytest.raises(CannotAsk):
            Kept(other.pk).read()


@pytest.mark.django_db
class TestRenewing:
    def test_keeps_what_the_platform_gave(self) -> None:
        account = kept(Scene())
        seen: list[Mapping[str, str]] = []

        def renew(current: Mapping[str, str]) -> Mapping[str, str]:
            seen.append(current)
            return {**current, "access_token": "fresh-fresh"}

        fresh = secrets_of(account).renewed(VALUES, renew)
        assert seen == [VALUES]
        assert fresh == secrets_of(account).read() == {**VALUES, "access_token": "fresh-fresh"}
        assert Credential.objects.get().changed_by is None
        (record,) = Record.objects.filter(verb="account.credentials_renewed")
        assert "fresh-fresh" not in json.dumps(record.data)

    def test_is_left_out_where_somebody_else_was_first(self) -> None:
        account = kept(Scene())
        stale = {**VALUES, "access_token": "older"}
        assert secrets_of(account).renewed(stale, lambda _: pytest.fail("renewed")) == VALUES

    def test_that_fails_changes_nothing(self) -> None:
        account = kept(Scene())

        def renew(_: Mapping[str, str]) -> Mapping[str, str]:
            raise CannotAsk("Not now.")

        with pytest.raises(CannotAsk, match="Not now"):
            secrets_of(account).renewed(VALUES, renew)
        assert secrets_of(account).read() == VALUES

    def test_of_nothing_cannot_be(self) -> None:
        with pytest.raises(CannotAsk):
            Kept(Scene().account.pk).renewed({}, dict)


class TestTwoAtOnce:
    @pytest.mark.parametrize("fixture", ["postgres", "sqlite"])
    def test_renew_once(self, request: pytest.FixtureRequest, fixture: str) -> None:
        request.getfixturevalue(fixture)
        account = kept(Scene())
        used: list[str] = []

        def renew(current: Mapping[str, str]) -> Mapping[str, str]:
            used.append(current["access_token"])
            time.sleep(0.3)
            return {"access_token": f"fresh-{len(used)}"}

        works = [partial(secrets_of(account).renewed, VALUES, renew) for _ in range(4)]
        assert at_once(*works) == [{"access_token": "fresh-1"}] * 4
        assert used == ["hush-hush-1"]
        assert secrets_of(account).read() == {"access_token": "fresh-1"}

    def test_keep_what_was_renewed_whatever_their_caller_does(self, postgres: str) -> None:
        """A token that the platform has rotated and we have rolled back would be lost."""
        account = kept(Scene())
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            secrets_of(account).renewed(VALUES, lambda _: pytest.fail("renewed"))


@pytest.mark.django_db
class TestCredentialsThatEnd:
    def test_are_an_alert_two_weeks_before_and_told_once(self) -> None:
        scene = Scene()
        admin = scene.person(Role.COMMS_ADMIN)
        now = timezone.now()
        ends_at = now + timedelta(days=20)
        store_credentials(scene.account, VALUES, actor=admin, now=now, ends_at=ends_at)
        told = Notice.objects.filter(recipient_id=admin.pk, text__contains="The credentials of")
        watch(now=now)
        assert not told.exists()
        for minutes in (0, 5, 60, 24 * 60):
            watch(now=now + timedelta(days=7, minutes=minutes))
        # From before to after their end it is one thing.
        watch(now=ends_at + timedelta(minutes=1))
        (notice,) = told
        assert f"end on {timezone.localtime(ends_at).day} " in notice.text
        store_credentials(scene.account, VALUES, actor=admin, now=ends_at)
        watch(now=ends_at + timedelta(minutes=2))
        assert not Alert.objects.open().filter(kind=AlertKind.ENDING).exists()

    def test_with_another_end_are_told_of_again(self) -> None:
        scene = Scene()
        admin = scene.person(Role.COMMS_ADMIN)
        now = timezone.now()
        for days in (3, 9):
            ends_at = now + timedelta(days=days)
            store_credentials(scene.account, VALUES, actor=admin, now=now, ends_at=ends_at)
            watch(now=now + timedelta(seconds=days))
        assert Alert.objects.filter(kind=AlertKind.ENDING).count() == 2


class Asks(MockPublisher):
    """Takes a tweet only with the account's own credentials, and renews them every other time."""

    credentials = ("access_token",)

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        try:
            values = secrets.read()
            if payload.token.int % 2:
                values = secrets.renewed(values, lambda now: {**now, "renewed": str(payload.token)})
        except CannotAsk as error:
            return NotSent(str(error), cause=error.cause)
        assert values["access_token"] == f"token of {payload.account}"
        return super().publish(payload, secrets)


class TestANewKeyWhilePublishingGoesOn:
    def test_costs_no_tweet_and_no_second_one(
        self, postgres: str, ledger: stage.Ledger, settings: Settings
    ) -> None:
        scene = Scene()
        admin = scene.person(Role.COMMS_ADMIN)
        asks = {"BACKEND": f"{__name__}.Asks", "OPTIONS": {"ledger": str(ledger.path)}}
        settings.PUBLISHERS = {**settings.PUBLISHERS, "asks": asks}
        accounts = [scene.other_account(publisher="asks") for _ in range(6)]
        for account in accounts:
            token = {"access_token": f"token of x:{account.handle}"}
            store_credentials(account, token, actor=admin, now=timezone.now())
        deliveries = stage.due(scene, 30, accounts=accounts)
        done = threading.Event()

        def work() -> None:
            while not done.is_set():
                dispatch_due(now=database_now())
                finish_sending(within=0.2)

        workers = [stage.Aside(work) for _ in range(2)]
        try:
            stage.until(lambda: ledger.count() >= 3)
            # As the operating guide has it: behind the old one, in front of it, without it.
            for letters, rows in (("ab", 0), ("ba", 6), ("bca", 0), ("cba", 6)):
                settings.PUBLISHER_KEYS = [key(letter) for letter in letters]
                # A renewal may have been first with a row.
                assert reseal() <= rows
                assert {kept.key_id for kept in Credential.objects.all()} == {key_ids()[0]}
            settings.PUBLISHER_KEYS = [key("c")]
            stage.until(lambda: ledger.count() >= len(deliveries))
            stage.until(lambda: not Delivery.objects.exclude(state=State.PUBLISHED).exists())
        finally:
            done.set()
        for worker in workers:
            worker.result()
        assert {ledger.times(delivery) for delivery in deliveries} == {1}
        assert set(Attempt.objects.values_list("outcome", flat=True)) == {Outcome.OK}
