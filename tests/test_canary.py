"""A secret planted in the vault is read on the page that reveals it, and nowhere else."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.core.signals import got_request_exception
from django.test import Client
from django.utils import timezone
from django.views.debug import ExceptionReporter
from pytest_django import Settings

from accounts.models import SocialAccount
from accounts.roles import Role
from incidents.services import release
from notices.services import send_mail_due
from publishing.clock import database_now
from publishing.models import Circuit, Delivery, Reveal
from publishing.services import dispatch_due, reconcile, store_credentials, watch
from tests.publishing import stage
from tests.publishing.fake_http import Reply, Trouble, problem
from tests.publishing.fake_x import FakeX
from tests.publishing.fixtures import ledger, postgres
from tests.publishing.kit import SHORT
from tests.security.addresses import address
from tests.security.asking import NAMES
from tests.security.sending import sent
from tests.security.world import World, make_world

__all__ = ["ledger", "postgres"]

ACCESS, REFRESH, APP = (f"canary-{part}-5f0d3a" for part in ("access", "refresh", "app"))
CANARIES = (ACCESS, REFRESH, APP)
# Everything that X can say to make us repeat a secret, in the order in which it is met.
ECHOES: list[Reply | Trouble] = [
    problem(403, "Forbidden", f"The token {ACCESS} may not do that."),
    problem(401, "Unauthorized", f"{ACCESS} has expired; {REFRESH} may be used."),
    problem(500, "Internal Server Error", f"Failed for {ACCESS}"),
    problem(400, "Invalid Request", f"Bad: {ACCESS} {REFRESH} {APP}", "invalid-request"),
    Trouble.GARBAGE,
    Trouble.RESET,
]


class Net:
    """Everything that was said anywhere, by where it was said."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def hold(self, where: str, words: object) -> None:
        self.said.append((where, words if isinstance(words, str) else repr(words)))

    def found(self) -> list[str]:
        """Where a canary was seen."""
        return sorted({where for where, words in self.said if any(c in words for c in CANARIES)})


@pytest.fixture
def x() -> Iterator[FakeX]:
    with FakeX() as x:
        yield x


@pytest.fixture
def world(postgres: str, ledger: stage.Ledger, x: FakeX, settings: Settings) -> World:
    """The world of the security tests, whose account is on X with canaries for credentials."""
    options = {"base_url": x.url, "site": x.url, "timeouts": SHORT}
    backend = "publishing.backends.x.XPublisher"
    connects = {
        "BACKEND": "tests.publishing.publishers.Connects",
        "OPTIONS": {"ledger": str(ledger.path)},
    }
    settings.PUBLISHERS = {
        **settings.PUBLISHERS,
        "connects": connects,
        "x": {"BACKEND": backend, "OPTIONS": options},
    }
    settings.METRICS_TOKEN = "m" * 40
    world = make_world()
    SocialAccount.objects.filter(pk=world.account.pk).update(publisher="x")
    user = x.join(world.account.handle)
    x._bearers[ACCESS] = x._refresh_tokens[REFRESH] = user
    world.scene.account = SocialAccount.objects.get(pk=world.account.pk)
    store_credentials(
        world.account,
        {
            "client_id": "the-client", "client_secret": APP,
            "access_token": ACCESS, "refresh_token": REFRESH,
        },
        actor=world.people["adm"],
        now=timezone.now() - timedelta(minutes=1),
    )  # fmt: skip
    return world


def fail_to_publish(world: World, x: FakeX) -> None:
    """Tweets that X refuses, or fails at, in words that quote the secrets."""
    release(world.hold, actor=world.people["adm"], now=timezone.now())
    for echo in ECHOES:
        x.faults.clear()
        Circuit.objects.all().delete()
        stage.due(world.scene, accounts=[world.account])
        x.fail_next(echo, method="GET", path="/2/users/me")
        x.fail_next(echo)
        x.fail_next(echo, path="/2/oauth2/token")
        dispatch_due(now=database_now())
        reconcile(now=database_now() + timedelta(minutes=2))
    x.faults.clear()
    send_mail_due(now=timezone.now(), may_quote=set)


def visits(world: World) -> list[tuple[str, str, dict[str, Any]]]:
    """Every route but the way out: its name, its address, and what its button sends."""
    names = [name for name in NAMES if "logout" not in name]
    return [(name, address(name, world), sent(name, world)) for name in names]


def walk(client: Client, pages: list[tuple[str, str, dict[str, Any]]], net: Net) -> None:
    """Every page and every button, one after the other."""
    for name, path, data in pages:
        for response in (client.get(path, follow=True), client.post(path, data, follow=True)):
            net.hold(name, words_of(response))
            net.hold(f"headers of {name}", dict(response.headers))
    metrics = client.get("/metrics", headers={"Authorization": "Bearer " + "m" * 40})
    assert metrics.status_code == 200
    net.hold("metrics", metrics.content.decode())


def words_of(response: Any) -> str:
    """What a page or a file says, at whatever pace it comes."""
    content = b"".join(response) if response.streaming else response.content
    return str(content.decode("utf-8", "replace"))


def hold_mail(net: Net) -> None:
    """Every part of every mail, as its reader has it: on its way it may be in base 64."""
    for each in mail.outbox:
        for part in each.message().walk():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                net.hold("mail", content.decode())
        net.hold("mail", each.message().as_string())


def fail_with_a_page(world: World, net: Net, settings: Settings) -> None:
    """Storing the canaries in a vault that breaks: the page for a fault, and what is reported."""
    reports: list[str] = []

    def report(request: Any, **_: Any) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.extend([reporter.get_traceback_text(), reporter.get_traceback_html()])

    client = Client(raise_request_exception=False)
    client.force_login(world.people["adm"])
    keys = settings.PUBLISHER_KEYS
    # A key that is none: storing fails in the middle of the vault.
    settings.PUBLISHER_KEYS = ["no key"]
    got_request_exception.connect(report)
    try:
        response = client.post(
            f"/connections/{world.account.pk}/credentials/",
            {
                "client_id": "c",
                "client_secret": APP,
                "access_token": ACCESS,
                "refresh_token": REFRESH,
            },
        )
    finally:
        got_request_exception.disconnect(report)
        settings.PUBLISHER_KEYS = keys
    assert response.status_code == 500
    assert len(reports) == 2
    net.hold("page for a fault", response.content.decode())
    net.hold("report of a fault", "".join(reports))


def run_commands(net: Net) -> None:
    for command in (
        ["publisher_check", "x"],
        ["reseal_credentials"],
        ["verify_audit"],
        ["after_restore", "--taken-at", "2026-01-01T10:00+00:00"],
        ["check", "--database", "default"],
        ["dumpdata"],
    ):
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said), suppress(CommandError):
            call_command(*command, stdout=said, stderr=said)
        net.hold(f"manage.py {command[0]}", said.getvalue())


def read_the_tables(net: Net) -> None:
    for model in apps.get_models():
        net.hold(f"table of {model._meta.label}", list(model._default_manager.values()))


class TestACanary:
    # It asks every page there is, which takes a minute on a quick machine.
    @pytest.mark.timeout(600)
    def test_sings_on_one_page_alone(
        self, world: World, x: FakeX, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        net, admin = Net(), world.people["adm"]
        fail_to_publish(world, x)
        # They did fail, in several ways, and people were told.
        errors = Delivery.objects.exclude(last_error="").values_list("last_error", flat=True)
        assert len(set(errors)) >= 3
        assert any("…" in error for error in errors)
        assert mail.outbox
        watch(now=timezone.now())
        pages = visits(world)
        # Who keeps the accounts, who decides, and who may take the trail away in a file.
        for who in ("adm", "app", "aud"):
            somebody = Client(raise_request_exception=False)
            somebody.force_login(world.people[who])
            walk(somebody, pages, net)
        fail_with_a_page(world, net, settings)
        run_commands(net)
        read_the_tables(net)
        net.hold("logs", caplog.text)
        hold_mail(net)
        assert net.found() == []
        assert len(net.said) > 300

        # The glass is broken: now it sings, once.
        client = Client()
        client.force_login(admin)
        path = f"/connections/{world.account.pk}/reveal/"
        (reveal,) = Reveal.objects.open()
        second = Client()
        second.force_login(world.scene.person(Role.COMMS_DUTY))
        second.post(path, {"do": "grant", "request": reveal.pk})
        net.hold(
            "revealed", client.post(path, {"do": "open", "request": reveal.pk}).content.decode()
        )
        net.hold(
            "again",
            client.post(path, {"do": "open", "request": reveal.pk}, follow=True).content.decode(),
        )
        net.hold("logs", caplog.text)
        read_the_tables(net)
        assert net.found() == ["revealed"]

    def test_that_sings_in_what_a_mail_carries_is_heard(self) -> None:
        letter = mail.EmailMessage("Your file", "It is with this mail.", to=["a@example.org"])
        letter.attach("export.csv", f"secret,{ACCESS}".encode(), "application/octet-stream")
        # Sealed up as it travels.
        assert ACCESS not in letter.message().as_string()
        mail.outbox.append(letter)
        net = Net()
        hold_mail(net)
        assert net.found() == ["mail"]

    def test_that_sings_is_heard(self) -> None:
        net = Net()
        net.hold("here", f"… {ACCESS} …")
        net.hold("there", "nothing")
        assert net.found() == ["here"]
