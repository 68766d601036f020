"""The worker: wake-ups without content, and sweeps in a thread of their own."""

from types import SimpleNamespace
from typing import Any

import pytest
from celery.concurrency.prefork import TaskPool as PreforkPool
from celery.concurrency.solo import TaskPool as SoloPool
from celery.concurrency.thread import TaskPool as ThreadPool
from celery.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from audit.models import Record
from audit.services import record
from audit.verbs import Verb
from config.celery import SweepThread, app
from publishing.wakeup import TASK
from tests.factories import ForceFactory
from tests.publishing.stage import until


def worker(pool: Any) -> SimpleNamespace:
    """As much of a Celery worker as the step looks at."""
    return SimpleNamespace(pool_cls=pool)


def other_connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        count: int = cursor.fetchone()[0]
        return count


class TestTheWorker:
    def test_is_refused_when_it_forks(self) -> None:
        with pytest.raises(ImproperlyConfigured, match="start it with --pool=threads"):
            SweepThread(worker(PreforkPool))

    @pytest.mark.parametrize("pool", [ThreadPool, SoloPool])
    def test_is_taken_when_it_does_not(self, pool: Any) -> None:
        assert not SweepThread(worker(pool)).thread.is_alive()

    def test_has_the_sweeps_among_its_steps(self) -> None:
        assert SweepThread in app.steps["worker"]
        # It begins after the pool and so ends before it.
        assert SweepThread.requires == ("celery.worker.components:Pool",)

    @pytest.mark.usefixtures("postgres")
    def test_sweeps_from_its_start_to_its_end(self, settings: Settings) -> None:
        settings.SWEEPS = [(0.02, "audit.services.seal")]
        step = SweepThread(worker(ThreadPool))
        record(Verb.FORCE_CREATED, ForceFactory.create(), actor=None, at=timezone.now())
        step.start(None)
        until(lambda: not Record.objects.unsealed().exists())
        step.stop(None)
        assert not step.thread.is_alive()
        # Its connection goes with it.
        until(lambda: other_connections() == 0)


class TestTheApp:
    def test_knows_the_wake_up_and_its_schedule(self) -> None:
        app.loader.import_default_modules()
        assert TASK in app.tasks
        (entry,) = app.conf.beat_schedule.values()
        assert entry["task"] == TASK
        assert entry["options"] == {"expires": 10}

    def test_keeps_no_results_and_runs_nothing_at_once(self) -> None:
        assert app.conf.task_ignore_result
        assert not app.conf.task_always_eager
        assert app.conf.worker_pool == "threads"
