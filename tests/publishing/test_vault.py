"""The vault: what is in it can be used, and read nowhere."""

import base64
import json
import logging
import time
from collections.abc import Mapping
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
from publishing.backends.base import NO_SECRETS, CannotAsk, Cause
from publishing.models import Credential
from publishing.services import NoKeys, reseal, store_credentials
from publishing.services.vault import Kept, secrets_of
from tests.factories import Scene
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
        with pytest.raises(CannotAsk) as raised:
            secrets_of(account).read()
        assert raised.value.cause == Cause.CREDENTIALS
        assert "cannot be opened" in caplog.text

    def test_that_are_lost_are_said_at_the_command_line(self, settings: Settings) -> None:
        kept(Scene())
        for keys, words in (([key("b")], "cannot be opened"), ([], "PUBLISHER_KEYS is not set")):
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
