"""What stands around the protocol: clock, wake-ups, checks, the command and the sweeps."""

import queue
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection

from accounts.models import SocialAccount
from audit.models import Seal
from config.sweeps import Sweeps
from publishing import failpoints, tasks, wakeup
from publishing.checks import aliases_exist
from publishing.clock import database_now
from publishing.models import Attempt, DeliveryAnswer, WorkerHeartbeat
from publishing.workflow import State
from tests.factories import Scene
from tests.publishing import stage


class TestTheClock:
    def test_is_the_databases(self, database: str) -> None:
        before = datetime.now(UTC)
        moment = database_now()
        assert moment.tzinfo == UTC
        # SQLite's clock counts milliseconds.
        assert before - timedelta(milliseconds=1) <= moment <= datetime.now(UTC)

    def test_goes_on_inside_a_transaction(self, postgres: str) -> None:
        connection.set_autocommit(False)
        first, second = database_now(), database_now()
        connection.rollback()
        connection.set_autocommit(True)
        assert second > first


class TestAFailpoint:
    def test_does_nothing_unless_it_is_asked_to(self) -> None:
        assert failpoints.on_reached is None
        failpoints.reached("armed")


class TestTheTask:
    @pytest.mark.django_db
    def test_sends_what_is_due(self, ledger: stage.Ledger) -> None:
        (delivery,) = stage.due(Scene())
        current_app.loader.import_default_modules()
        tasks.dispatch()
        assert ledger.times(delivery) == 1


class TestTheCommand:
    @pytest.mark.django_db
    def test_does_one_round_of_everything(
        self, ledger: stage.Ledger, capsys: pytest.CaptureFixture[str]
    ) -> None:
        delivery = stage.approved(Scene())
        call_command("dispatch")
        assert ledger.times(delivery) == 1
        assert WorkerHeartbeat.objects.exists()
        assert Seal.objects.exists()
        assert "publishing.services.dispatch_due: 1" in capsys.readouterr().out

    def test_goes_on_until_it_is_stopped(
        self, postgres: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (delivery,) = stage.due(Scene(), at=database_now() + timedelta(seconds=0.3))

        def stop_when_out(place: str) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(failpoints, "on_reached", stop_when_out)
        with pytest.raises(KeyboardInterrupt):
            call_command("dispatch", every=0.05)
        assert stage.state_of(delivery) == State.CLAIMED


class TestTheSweeps:
    def test_publish_what_is_due(self, postgres: str, ledger: stage.Ledger) -> None:
        (delivery,) = stage.due(Scene())
        sweeps = Sweeps()
        assert sweeps.run_due(0.0) > 0
        assert ledger.times(delivery) == 1
        assert WorkerHeartbeat.objects.exists()
        sweeps.close()


class TestAWakeUp:
    """`wake` returns at once; one thread talks to the broker, and one wake-up is enough."""

    @pytest.fixture
    def sent(self, monkeypatch: pytest.MonkeyPatch) -> "queue.Queue[dict[str, Any]]":
        """What the broker was given; it takes one message and then hangs until it is asked."""
        messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self.may_go_on = threading.Event()

        def send(name: str, **options: Any) -> None:
            messages.put({"name": name, **options})
            assert self.may_go_on.wait(20)

        monkeypatch.setattr(current_app, "send_task", send)
        return messages

    def test_says_nothing_but_look(self, sent: "queue.Queue[dict[str, Any]]") -> None:
        wakeup.wake()
        assert sent.get(timeout=20) == {
            "name": "publishing.dispatch",
            "retry": False,
            "expires": 10,
        }
        self.may_go_on.set()

    def test_is_not_queued_behind_another(self, sent: "queue.Queue[dict[str, Any]]") -> None:
        wakeup.wake()
        sent.get(timeout=20)
        for _ in range(50):
            wakeup.wake()
        self.may_go_on.set()
        sent.get(timeout=20)
        wakeup.wake()
        sent.get(timeout=20)
        assert sent.empty()

    def test_that_fails_is_followed_by_the_next(self, monkeypatch: pytest.MonkeyPatch) -> None:
        reached = queue.Queue[int]()

        def refuse(name: str, **options: Any) -> None:
            reached.put(threading.get_ident())
            raise ConnectionRefusedError

        monkeypatch.setattr(current_app, "send_task", refuse)
        wakeup.wake()
        first = reached.get(timeout=20)
        wakeup.wake()
        assert reached.get(timeout=20) == first

    def test_starts_a_new_thread_where_the_old_one_has_gone(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # As after a fork: the module remembers a thread that does not run here.
        monkeypatch.setattr(wakeup, "_sender", threading.Thread())
        monkeypatch.setattr(wakeup, "_waiting", queue.Queue(maxsize=1))
        reached = threading.Event()
        monkeypatch.setattr(current_app, "send_task", lambda *_, **__: reached.set())
        wakeup.wake()
        assert reached.wait(20)


@pytest.mark.django_db
class TestTheCheckOfPublishers:
    def test_finds_an_account_whose_publisher_has_gone(self) -> None:
        account = Scene().account
        assert aliases_exist(databases=["default"]) == []
        SocialAccount.objects.update(publisher="gone")
        (found,) = aliases_exist(databases=["default"])
        assert found.obj == account
        assert found.id == "publishing.W001"
        assert "uses the publisher 'gone'" in found.msg

    def test_looks_at_the_databases_it_is_asked_about(self) -> None:
        Scene()
        SocialAccount.objects.update(publisher="gone")
        assert aliases_exist() == []

    def test_passes_over_a_database_without_tables(self, tmp_path: Any) -> None:
        with stage.django_on(f"sqlite:///{tmp_path / 'empty.sqlite3'}"):
            assert aliases_exist(databases=["default"]) == []


@pytest.mark.django_db
class TestNames:
    def test_are_for_people_who_look_at_a_log(self) -> None:
        (delivery,) = stage.due(Scene())
        attempt = Attempt(delivery=delivery, fence=3)
        assert str(delivery) == f"delivery {delivery.pk} of {delivery.draft}"
        assert str(attempt) == f"attempt 3 of {delivery}"
        assert str(DeliveryAnswer(delivery=delivery, answer="Dropped")) == f"Dropped: {delivery}"
