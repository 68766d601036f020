"""A real Celery worker, with and without the broker that it was made for."""

import subprocess
import sys
from pathlib import Path

import pytest

from accounts.roles import Role
from publishing.models import Attempt, WorkerHeartbeat
from publishing.workflow import State
from tests import factories, servers
from tests.faults import hands
from tests.publishing import stage

pytestmark = pytest.mark.xdist_group("processes")


def written_and_submitted() -> None:
    """A draft that waits for a decision, and somebody who may decide."""
    scene = factories.Scene()
    scene.person(Role.COMMS_APPROVER)
    factories.submitted(scene)


def published() -> bool:
    return stage.states() == {State.PUBLISHED: 1}


class TestAWorker:
    def test_publishes_when_it_is_woken(
        self, postgres: str, ledger: stage.Ledger, tmp_path: Path
    ) -> None:
        written_and_submitted()
        settings = {"DJANGO_SETTINGS_MODULE": "tests.faults.without_sweeps"}
        with (
            servers.extra_redis() as broker,
            hands.celery_worker(postgres, tmp_path, broker.url, **settings) as worker,
        ):
            approvals = hands.approve_all(postgres, tmp_path, broker.url)
            assert (approvals.senders, approvals.stuck) == (1, False)
            stage.until(published)
            (effect,) = ledger.effects()
            assert effect.pid == worker.pid
        # It did not look by itself: it was the wake-up.
        assert not WorkerHeartbeat.objects.exists()

    def test_publishes_by_itself_when_beat_and_broker_have_gone(
        self, postgres: str, ledger: stage.Ledger, tmp_path: Path
    ) -> None:
        written_and_submitted()
        with (
            servers.extra_redis() as broker,
            hands.celery_worker(postgres, tmp_path, broker.url) as worker,
        ):
            stage.until(WorkerHeartbeat.objects.exists)
            broker.kill()
            hands.approve_all(postgres, tmp_path, broker.url)
            stage.until(published)
            (effect,) = ledger.effects()
            assert effect.pid == worker.pid

    def test_publishes_by_itself_where_there_never_was_a_broker(
        self, postgres: str, ledger: stage.Ledger, tmp_path: Path
    ) -> None:
        written_and_submitted()
        hands.approve_all(postgres, tmp_path, hands.nowhere())
        with hands.celery_worker(postgres, tmp_path, hands.nowhere()) as worker:
            stage.until(published)
            (effect,) = ledger.effects()
            assert effect.pid == worker.pid
        assert Attempt.objects.count() == 1

    @pytest.mark.parametrize(
        ("pool", "module"),
        [("processes", "config.settings.test"), ("prefork", "tests.faults.with_forks")],
    )
    def test_refuses_to_fork(self, tmp_path: Path, pool: str, module: str) -> None:
        url = servers.fresh_file(tmp_path)
        done = subprocess.run(
            [sys.executable, "-m", "celery", "-A", "config", "worker", f"--pool={pool}"],
            cwd=servers.ROOT,
            env=hands.environment(url, tmp_path, DJANGO_SETTINGS_MODULE=module),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode != 0
        said = done.stdout + done.stderr
        assert "The publishing worker must not fork: start it with --pool=threads." in said
