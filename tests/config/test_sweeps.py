"""The worker's own rounds: each at its time, none the hostage of another."""

import math
import socket
import threading
import time
from contextlib import closing

import pytest
from django.core import mail
from django.db import connection, connections
from django.utils import timezone
from pytest_django import Settings

from audit.models import Record
from audit.services import record
from audit.verbs import Verb
from config.settings import base
from config.sweeps import FIRST_PAUSE, IDLE, LONGEST_PAUSE, Sweeps
from notices.models import Notice
from notices.services import tell
from publishing import aside
from publishing.clock import database_now
from publishing.models import Delivery
from tests.factories import ForceFactory, Scene, UserFactory, approved
from tests.publishing.fixtures import ledger
from tests.publishing.stage import Aside, Ledger, due
from tests.servers import free_port

__all__ = ["ledger"]


def something_to_do() -> None:
    """A record without its seal and a notice without its mail."""
    record(Verb.FORCE_CREATED, ForceFactory.create(), actor=None, at=timezone.now())
    tell([UserFactory.create()], "Your tweet went out.", now=timezone.now())


def was_done() -> bool:
    aside.finish(within=10)
    return not Record.objects.unsealed().exists() and len(mail.outbox) == 1


class TestARound:
    def test_runs_what_there_is_to_run(self, settings: Settings) -> None:
        sweeps = Sweeps()
        assert [every for every, _ in sweeps.rounds] == [every for every, _ in settings.SWEEPS]
        names = {f"{sweep.__module__}.{sweep.__qualname__}" for _, sweep in sweeps.rounds}
        assert names == {
            "publishing.services.dispatching.dispatch_due",
            "publishing.services.checking.check_ahead",
            "publishing.services.reconciling.reconcile",
            "publishing.services.taking_down.take_down_due",
            "publishing.services.reading_timelines.read_timelines_due",
            "audit.services.seal",
            "publishing.services.mailing.mail_out",
            "approvals.services.queue.expire_overdue",
            "approvals.services.reminding.remind",
            "approvals.services.finishing.finish_steps",
            "approvals.services.stuck.tell_of_stuck",
            "drafts.services.routing.adopt",
            "publishing.services.watching.watch",
            "publishing.services.watching.watch_trail",
            "publishing.services.calling.call_out",
            "publishing.services.reckoning.reckon",
            "publishing.services.reading_profiles.check_profiles_due",
            "publishing.services.revealing.lapse_reveals",
            "lifecycle.services.silence.watch_silence",
            "lifecycle.services.reminding.remind_of_steps",
            "lifecycle.services.requests_left.watch_requests",
            "lifecycle.services.followers.remind_of_followers",
            "accounts.services.rights.tell_of_rights",
            "accounts.services.guessing.tell_of_guessing",
        }

    @pytest.mark.usefixtures("postgres")
    def test_runs_each_at_its_time(self, settings: Settings) -> None:
        settings.SWEEPS = [(1.0, "audit.services.seal"), (5.0, "publishing.services.mail_out")]
        sweeps = Sweeps()
        assert sweeps.run_due(100.0) == IDLE
        assert sweeps.next_at == [101.0, 105.0]
        sweeps.run_due(100.5)
        assert sweeps.next_at == [101.0, 105.0]
        sweeps.run_due(101.0)
        assert sweeps.next_at == [102.0, 105.0]

    @pytest.mark.usefixtures("postgres")
    def test_does_what_is_to_be_done(self) -> None:
        something_to_do()
        Sweeps().run_due(0.0)
        assert was_done()


@pytest.mark.usefixtures("postgres")
class TestASweepThatFails:
    def test_stops_none_of_the_others(
        self, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        # A function that takes no `now` fails as surely as any.
        failing = f"{math.sqrt.__module__}.sqrt"
        settings.SWEEPS = [
            (0.5, failing),
            (1.0, "audit.services.seal"),
            (0.5, failing),
            (2.0, "publishing.services.mail_out"),
        ]
        something_to_do()
        assert Sweeps().run_due(0.0) == IDLE
        assert was_done()
        assert caplog.text.count("A sweep failed") == 2

    def test_stops_none_even_with_an_error_of_the_database(
        self, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        approved(Scene())
        Delivery.objects.update(next_at=timezone.now(), due_at=timezone.now())
        settings.DELIVERY_BATCH = "not a number"
        sweeps = Sweeps()
        for moment in (0.0, 1.0, 2.0):
            assert sweeps.run_due(moment) == IDLE
        assert "InvalidTextRepresentation" in caplog.text or "DataError" in caplog.text
        assert was_done()

    def test_is_tried_again_at_its_next_time(
        self, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.SWEEPS = [(0.5, "math.sqrt")]
        sweeps = Sweeps()
        for moment in (0.0, 0.1, 0.6, 0.7, 1.2):
            sweeps.run_due(moment)
        assert caplog.text.count("A sweep failed") == 3


@pytest.mark.usefixtures("postgres")
class TestAMailServerThatSaysNothing:
    def test_keeps_neither_tweets_nor_other_sweeps_waiting(
        self, settings: Settings, ledger: Ledger
    ) -> None:
        scene, now = Scene(), database_now()
        something_to_do()
        with closing(socket.create_server(("127.0.0.1", 0))) as silent:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
            settings.EMAIL_TIMEOUT = 10
            # The mail comes first, and is at its server while the others take their turns.
            settings.SWEEPS = sorted(settings.SWEEPS, key=lambda sweep: "mail" not in sweep[1])
            sweeps, began = Sweeps(), time.monotonic()
            for moment in (0.0, 3.0, 6.0):
                due(scene, 1, at=now)
                sweeps.run_due(moment)
            took = time.monotonic() - began
            assert len(ledger.effects()) == 3
            assert not Record.objects.unsealed().exists()
            # One thread still speaks to the mail server.
            assert [each.name for each in threading.enumerate()].count("mail") == 1
            assert took < settings.EMAIL_TIMEOUT
            aside.finish(within=20)
        notices = Notice.objects.filter(text="Your tweet went out.")
        assert set(notices.values_list("mailed_at", "mail_attempts")) == {(None, 1)}

    def test_has_a_few_seconds_for_an_answer(self) -> None:
        assert 0 < base.EMAIL_TIMEOUT <= 5

    def test_is_let_finish_when_the_worker_stops(self) -> None:
        something_to_do()
        sweeps = Sweeps()
        sweeps.run_due(0.0)
        sweeps.finish(within=0)
        assert len(mail.outbox) == 1


@pytest.mark.usefixtures("postgres")
class TestADatabaseThatIsAway:
    def test_is_asked_more_and_more_seldom_until_it_is_back(
        self,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        settings.SWEEPS = [(0.0, "audit.services.seal")]
        address = connections.databases["default"]

        def work() -> None:
            sweeps = Sweeps()
            with monkeypatch.context() as away:
                away.setitem(address, "PORT", free_port())
                waits = [sweeps.run_due(float(moment)) for moment in range(7)]
            assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
            assert (waits[0], waits[-1]) == (FIRST_PAUSE, LONGEST_PAUSE)
            assert sweeps.run_due(10.0) == IDLE
            with monkeypatch.context() as away:
                sweeps.close()
                away.setitem(address, "PORT", free_port())
                assert sweeps.run_due(11.0) == FIRST_PAUSE
            sweeps.close()

        Aside(work).result()
        assert caplog.text.count("The database is away: OperationalError") == 8
        assert "A sweep failed" not in caplog.text

    def test_for_a_moment_is_forgotten_with_the_next_round(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.SWEEPS = [(0.0, "audit.services.seal")]
        # As in production, where a connection lives longer than one round.
        monkeypatch.setitem(connections.databases["default"], "CONN_MAX_AGE", 60)

        def work() -> None:
            sweeps = Sweeps()
            sweeps.run_due(0.0)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (pid,) = cursor.fetchone()
            Aside(lambda: end(pid)).result()
            assert [sweeps.run_due(float(moment)) for moment in range(1, 4)] == [
                FIRST_PAUSE,
                IDLE,
                IDLE,
            ]
            sweeps.close()

        Aside(work).result()


def end(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
