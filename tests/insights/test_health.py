"""What supervisors and monitoring are answered."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.roles import Role
from insights.services import readiness
from notices.models import Notice
from publishing.clock import database_now
from publishing.models import Alert, Attempt, Delivery, Reckoning, WorkerHeartbeat
from publishing.services import dispatch_due, reckon, totals, watch
from publishing.services.reckoning import SETTLED
from publishing.services.standby import stand_by
from publishing.workflow import Outcome, State
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.fixtures import database, ledger, postgres, sqlite
from tests.servers import free_port

__all__ = ["database", "ledger", "postgres", "sqlite"]

TOKEN = "a token that only monitoring knows, and nobody else"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    for remembered in (readiness.broker, readiness.migrations):
        remembered.forget()
    for question in readiness.QUESTIONS.values():
        question.lost_at = 0.0
    stand_by.forget()
    yield
    for remembered in (readiness.broker, readiness.migrations):
        remembered.forget()
    for question in readiness.QUESTIONS.values():
        question.lost_at = 0.0


def alive(**ago: float) -> None:
    WorkerHeartbeat.objects.update_or_create(
        owner="w", defaults={"seen_at": timezone.now() - timedelta(**ago)}
    )


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    """The status and what is said to be wrong."""
    response = client.get("/readyz")
    assert response["Content-Type"] == "application/json"
    assert b"\n" not in response.content
    return response.status_code, response.json().get("wrong", {})


class TestAlive:
    def test_asks_nobody(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        # No database is allowed in this test at all.
        response = client.get("/healthz")
        assert (response.status_code, response.json()) == (200, {"status": "alive"})


@pytest.mark.usefixtures("postgres")
class TestReady:
    def test_is_it_when_everything_is_there(self, client: Client) -> None:
        alive(seconds=5)
        assert ready(client) == (200, {})
        assert client.get("/readyz").json() == {"status": "ready"}

    def test_is_it_not_without_a_worker_and_tells_people(self, client: Client) -> None:
        assert ready(client) == (
            503,
            {"dispatcher": "No worker has ever reported. Start one."},
        )
        assert not Alert.objects.exists()
        alive(seconds=29)
        assert ready(client)[0] == 200
        admin = Scene().person(Role.COMMS_ADMIN)
        alive(seconds=45)
        status, wrong = ready(client)
        assert status == 503
        assert re.match(r"The last worker reported 4\d seconds ago", wrong["dispatcher"])
        ready(client)
        assert Notice.objects.filter(recipient_id=admin.pk).count() == 1

    def test_is_it_not_before_the_tables_are_up_to_date(self, client: Client) -> None:
        alive(seconds=5)
        last = MigrationLoader(connection).graph.leaf_nodes("publishing")[0]
        MigrationRecorder(connection).record_unapplied(*last)
        assert ready(client) == (
            503,
            {"migrations": "Migrations are missing: 1. Run migrate."},
        )

    def test_is_it_not_without_the_broker(self, client: Client, settings: Settings) -> None:
        alive(seconds=5)
        settings.CELERY_BROKER_URL = f"redis://:a-secret@127.0.0.1:{free_port()}/0"
        status, wrong = ready(client)
        assert (status, list(wrong)) == (503, ["broker"])
        assert "a-secret" not in wrong["broker"]

    def test_is_it_not_while_the_broker_hangs(self, client: Client, settings: Settings) -> None:
        alive(seconds=5)
        with closing(socket.create_server(("127.0.0.1", 0))) as silent:
            settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
            assert ready(client)[0] == 503
            # Those who ask meanwhile are answered at once: 20 of them in the time of a few.
            began = timezone.now()
            for _ in range(20):
                assert ready(client)[0] == 503
            assert (timezone.now() - began).total_seconds() < 5 * readiness.BROKER_WITHIN

    def test_needs_no_server_where_the_broker_is_a_folder(
        self, client: Client, settings: Settings
    ) -> None:
        alive(seconds=5)
        settings.CELERY_BROKER_URL = "filesystem://localhost/"
        assert ready(client)[0] == 200


@contextmanager
def silent() -> Iterator[int]:
    """The port of a server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.usefixtures("postgres")
class TestReadyWhileSomethingHangs:
    @pytest.mark.parametrize("broker_too", [False, True], ids=["alone", "with the broker"])
    def test_answers_within_three_seconds(
        self,
        client: Client,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
        broker_too: bool,  # noqa: FBT001  a case of the test
    ) -> None:
        alive(seconds=5)
        assert ready(client) == (200, {})
        with monkeypatch.context() as hanging, silent() as port:
            hanging.setitem(connections.databases["default"], "PORT", port)
            if broker_too:
                readiness.broker.forget()
                settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/0"
            began = time.monotonic()
            status, wrong = ready(client)
            assert time.monotonic() - began < 3
            assert (status, list(wrong)) == (503, ["broker", "database"][not broker_too :])
            assert wrong["database"] == "The database does not answer within 2.5 seconds."
            # Others who ask meanwhile wait as long, and start no thread of their own.
            threads = threading.active_count()
            began = time.monotonic()
            assert ready(client)[0] == 503
            assert time.monotonic() - began < 3
            assert threading.active_count() <= threads

    def test_answers_while_a_table_is_locked(self, client: Client) -> None:
        alive(seconds=5)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE publishing_workerheartbeat")
            assert ready(client)[1].keys() == {"database"}
        # The question that hung has its answer now, and the next one is asked anew.
        readiness.QUESTIONS["database"].put().result(timeout=10)
        assert ready(client) == (200, {})


class TestReadyWithoutADatabase:
    @pytest.mark.usefixtures("postgres")
    def test_says_so_and_recovers(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        alive(seconds=5)
        connections["default"].close()
        with monkeypatch.context() as away:
            away.setitem(connections.databases["default"], "PORT", free_port())
            status, wrong = ready(client)
            assert (status, list(wrong)) == (503, ["database"])
            assert wrong["database"] == "The database does not answer: OperationalError."
            assert client.get("/healthz").status_code == 200
        assert ready(client) == (200, {})


def figures(client: Client) -> dict[str, float]:
    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = response.content.decode().splitlines()
    names = [line.split()[2] for line in lines if line.startswith("# TYPE ")]
    assert len(set(names)) == len(names)
    values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    # Every figure belongs to one that was announced.
    for name in values:
        stem = re.sub(r"(_bucket|_sum|_count)?(\{.*)?$", "", name)
        assert stem in names, name
    return {name: float(value) for name, value in values.items()}


@pytest.mark.django_db
class TestWhoMaySeeTheFigures:
    @pytest.mark.parametrize(
        ("token", "given", "status"),
        [
            (TOKEN, f"Bearer {TOKEN}", 200),
            (TOKEN, f"Bearer {TOKEN}x", 404),
            (TOKEN, TOKEN, 404),
            (TOKEN, "", 404),
            ("", "", 404),
            ("", "Bearer ", 404),
            (TOKEN, "Bearer \xe9", 404),
        ],
    )
    def test_is_known_by_a_token(
        self, client: Client, settings: Settings, token: str, given: str, status: int
    ) -> None:
        settings.METRICS_TOKEN = token
        assert client.get("/metrics", HTTP_AUTHORIZATION=given).status_code == status

    @pytest.mark.parametrize(
        ("network", "address", "header", "status"),
        [
            ("10.1.0.0/16", "10.1.2.3", {}, 200),
            ("10.1.0.0/16", "10.2.2.3", {}, 404),
            ("::1", "::1", {}, 200),
            ("10.1.0.0/16", "::1", {}, 404),
            ("10.1.0.0/16", "", {}, 404),
            # Everybody who comes through the proxy has its address.
            ("10.1.0.0/16", "10.1.2.3", {"X-Forwarded-For": "10.1.9.9"}, 404),
            ("10.1.0.0/16", "10.1.2.3", {"Forwarded": "for=10.1.9.9"}, 404),
            ("10.1.0.0/16", "203.0.113.9", {"X-Forwarded-For": "10.1.2.3"}, 404),
        ],
    )
    def test_or_by_where_they_sit(
        self, settings: Settings, network: str, address: str, header: dict[str, str], status: int
    ) -> None:
        settings.METRICS_NETWORKS = [network]
        response = Client().get("/metrics", REMOTE_ADDR=address, headers=header)
        assert response.status_code == status


@pytest.mark.usefixtures("ledger", "database")
class TestTheFigures:
    def test_are_right(self, client: Client, settings: Settings) -> None:
        settings.METRICS_TOKEN = TOKEN
        scene, now = Scene(), database_now()
        empty = figures(client)
        assert set(empty.values()) == {0.0}
        stage.due(scene, 3, at=now - timedelta(seconds=30))
        assert dispatch_due(now=now) == 3
        stage.due(scene, 2, at=now + timedelta(hours=1))
        stage.due(scene, 1, at=now - timedelta(minutes=10))
        (unknown, missed) = stage.due(scene, 2, accounts=[scene.other_account()])
        Delivery.objects.filter(pk=unknown.pk).update(state=State.UNKNOWN)
        Delivery.objects.filter(pk=missed.pk).update(state=State.MISSED)
        Attempt.objects.create(
            delivery=missed, fence=1, started_at=now, ended_at=now, outcome=Outcome.NOT_SENT
        )
        watch(now=now)
        now_known = figures(client)
        assert now_known["bluelamp_overdue_deliveries"] == 1
        assert 600 <= now_known["bluelamp_oldest_overdue_seconds"] < 660
        assert now_known['bluelamp_deliveries{state="queued"}'] == 3
        assert now_known['bluelamp_deliveries{state="unknown"}'] == 1
        assert now_known['bluelamp_deliveries{state="missed"}'] == 1
        assert now_known['bluelamp_deliveries{state="sending"}'] == 0
        assert now_known['bluelamp_attempts_total{outcome="ok"}'] == 3
        assert now_known['bluelamp_attempts_total{outcome="not_sent"}'] == 1
        assert now_known['bluelamp_alerts_open{kind="overdue"}'] == 1
        assert now_known['bluelamp_alerts_open{kind="missed"}'] == 1
        assert now_known['bluelamp_alerts_open{kind="broken_trail"}'] == 0
        buckets = {
            bound: now_known[f'bluelamp_lateness_seconds_bucket{{le="{bound}"}}']
            for bound in ("0.5", "1", "2", "5", "15", "60", "300", "3600", "+Inf")
        }
        assert list(buckets.values()) == [0, 0, 0, 0, 0, 3, 3, 3, 3]
        assert now_known["bluelamp_lateness_seconds_count"] == 3
        assert 90 <= now_known["bluelamp_lateness_seconds_sum"] < 180

    def test_stay_the_same_when_what_has_ended_is_put_by(self) -> None:
        scene, now = Scene(), database_now()
        long_ago = now - SETTLED * 2
        for number, delivery in enumerate(stage.due(scene, 12, at=long_ago - SETTLED)):
            at = (long_ago, now - SETTLED / 2)[number % 2]
            published = delivery.due_at + timedelta(seconds=(0.2, 3, 40, 9000)[number % 4])
            Delivery.objects.filter(pk=delivery.pk).update(
                state=State.PUBLISHED, published_at=at, due_at=at - (published - delivery.due_at)
            )
            outcome = (Outcome.OK, Outcome.UNKNOWN, Outcome.REFUSED)[number % 3]
            Attempt.objects.create(
                delivery=delivery, fence=1, started_at=at, ended_at=at, outcome=outcome
            )
        before = totals()
        assert before.lateness == [3, 3, 3, 6, 6, 9, 9, 9, 12]
        assert before.lateness_sum == pytest.approx(3 * (0.2 + 3 + 40 + 9000))
        assert before.attempts == {"ok": 4, "unknown": 4, "refused": 4}
        for _ in range(2):
            reckon(now=now)
        kept = Reckoning.objects.get()
        assert sum(kept.attempts.values()) == 1  # the first young one is the second
        assert kept.lateness[-1] == 6
        assert str(kept).startswith("totals up to ")
        assert totals() == before
        # What was not known then and is now is no second attempt.
        Attempt.objects.filter(outcome=Outcome.UNKNOWN).update(outcome=Outcome.CONFIRMED_SENT)
        assert totals() == before
        reckon(now=now + SETTLED)
        kept.refresh_from_db()
        assert (sum(kept.attempts.values()), kept.lateness[-1]) == (12, 12)
        assert totals() == before

    def test_leave_out_what_is_still_under_way(self) -> None:
        scene, now = Scene(), database_now()
        long_ago = now - SETTLED * 2
        for delivery, outcome in zip(
            stage.due(scene, 3), (Outcome.OK, Outcome.SENDING, Outcome.OK), strict=True
        ):
            Attempt.objects.create(delivery=delivery, fence=1, started_at=long_ago, outcome=outcome)
        reckon(now=now)
        assert Reckoning.objects.get().attempts == {"ok": 1}
        assert totals().attempts == {"ok": 2}
        Attempt.objects.filter(outcome=Outcome.SENDING).update(outcome=Outcome.NOT_SENT)
        assert totals().attempts == {"ok": 2, "not_sent": 1}
