"""How fast tweets go out: `make bench-dispatch`.

Real dispatching processes (`manage.py dispatch --every`) on a real PostgreSQL and on a SQLite file.
Prints one line of JSON: posts per second with everything that belongs to them (attempts, the trail,
notices, the practice publisher's ledger) for 1, 2 and 4 workers on PostgreSQL and 1 on SQLite,
beside no-op tasks per second of Celery on Redis in the same run, both while they are at it: once a
tenth has gone. `from_due` counts from the moment at which they were due instead, with the up to
half a second until a worker looks. Then the seconds in which two workers drained many that were due
at once, with the lateness of an urgent one that was due on another account a second later. To
reach: 1,000 posts/s with 2 workers and more than the no-ops; 10,000 drained in 15 s, the urgent one
at most 5 s late.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import redis

from bench.lateness import running_servers
from tests import servers
from tools.serve import die_with_parent

if TYPE_CHECKING:
    from publishing.models import Delivery
    from tests.factories import Scene
    from tests.publishing import stage

ACCOUNTS = 20
# The part that is let go before time is taken: workers look now and then, or have to start.
FIRST = 0.1
SETTLED = 0.05
# Seconds; as production keeps its connections.
KEPT = "60"
NOOP = [sys.executable, "-m", "celery", "-A", "bench.noop", "worker", "--loglevel=ERROR"]


@dataclass(frozen=True)
class Drained:
    """One backlog, from the moment at which it was due."""

    posts_per_second: float
    from_due_per_second: float
    seconds: float
    urgent_late: float
    checks_per_second: float


@contextlib.contextmanager
def running(command: list[str], count: int, **variables: str) -> Iterator[None]:
    """So many processes of `command`; killed when the block is left."""
    started = [
        subprocess.Popen(  # noqa: S603  our own commands
            command,
            cwd=servers.ROOT,
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            preexec_fn=die_with_parent(),  # noqa: PLW1509
        )
        for _ in range(count)
    ]
    try:
        yield
    finally:
        for process in started:
            process.kill()
            process.wait()


# --- our own


def drain(url: str, folder: Path, *, posts: int, workers: int) -> Drained:
    """Let so many workers send so many tweets that are all due at the same moment."""
    from publishing.clock import database_now
    from publishing.models import WorkerHeartbeat
    from tests.factories import Scene
    from tests.publishing import stage

    scene = Scene()
    accounts = [scene.other_account() for _ in range(ACCOUNTS)]
    stage.due(scene, posts, accounts=accounts, at=database_now() + timedelta(minutes=5))
    checks = checked_ahead(posts)
    command = [sys.executable, "manage.py", "dispatch", "--every", str(SETTLED)]
    variables = {"DATABASE_URL": url, "BLUELAMP_DATA": str(folder), "BLUELAMP_KEPT": KEPT}
    with running(command, workers, **variables):
        stage.until(lambda: WorkerHeartbeat.objects.count() == workers)
        due, urgent = make_due(scene)
        ledger = stage.Ledger(folder / "practice-ledger.sqlite3")
        stage.until(lambda: count(ledger) > posts, within=60 + posts / 50)
        stage.until(lambda: stage.states() == {"published": posts + 1})
    at = {effect.token: datetime.fromisoformat(effect.at) for effect in ledger.effects()}
    everything_is_there(at, posts + 1)
    urgent_late = (at.pop(str(urgent.token)) - urgent.due_at).total_seconds()
    moments = sorted(at.values())
    seconds = (moments[-1] - due).total_seconds()
    first = max(1, int(posts * FIRST))
    rate = (posts - first) / (moments[-1] - moments[first - 1]).total_seconds()
    return Drained(rate, posts / seconds, seconds, urgent_late, checks)


def checked_ahead(posts: int) -> float:
    """Have the rulebook asked before they are due, as idle workers do; how many a second."""
    from drafts.models import Draft
    from publishing.clock import database_now
    from publishing.models import Delivery
    from publishing.services import check_ahead

    # They were written and approved long ago, and their accounts have been quiet since.
    Draft.objects.update(changed_at=database_now() - timedelta(hours=1))
    began, done = time.monotonic(), 0
    while asked := check_ahead(now=database_now()):
        done += asked
    seconds = time.monotonic() - began
    if Delivery.objects.filter(checked_until=None).exists() or done != posts:
        sys.exit("Not each of them was checked ahead.")
    return posts / seconds


def make_due(scene: "Scene") -> "tuple[datetime, Delivery]":
    """All of them at one moment very soon, and an urgent one on another account after a second."""
    from django.conf import settings

    from publishing.clock import database_now
    from publishing.models import Delivery
    from tests.publishing import stage

    (urgent,) = stage.due(scene, at=database_now() + timedelta(minutes=5))
    moment = database_now() + timedelta(seconds=2)
    times = {"due_at": moment, "next_at": moment, "not_after": moment + settings.LATE_LIMIT}
    Delivery.objects.exclude(pk=urgent.pk).update(**times)
    second = timedelta(seconds=1)
    Delivery.objects.filter(pk=urgent.pk).update(**{k: v + second for k, v in times.items()})
    if database_now() >= moment:
        sys.exit("They could not be made due in time.")
    return moment, stage.fresh(urgent)


def count(ledger: "stage.Ledger") -> int:
    """How many went out: a look that costs the workers little."""
    time.sleep(0.2)
    return ledger.count()


def everything_is_there(at: dict[str, datetime], posts: int) -> None:
    """Each went out once, and all that must be written about it was."""
    from audit.models import Record
    from audit.verbs import Verb
    from notices.models import Notice
    from publishing.models import Attempt
    from publishing.workflow import Outcome

    counts = {
        "effects": len(at),
        "attempts": Attempt.objects.filter(outcome=Outcome.OK).count(),
        "records": Record.objects.filter(verb=Verb.DELIVERY_PUBLISHED).count(),
        "notices": Notice.objects.count(),
    }
    if set(counts.values()) != {posts}:
        sys.exit(f"Of {posts} there are {counts}.")


@contextlib.contextmanager
def database(folder: Path, *, sqlite: bool) -> Iterator[str]:
    """A database of one's own behind Django's connection, and the address of it."""
    from django.db import connections

    from tests.publishing import stage

    with contextlib.ExitStack() as stack:
        if sqlite:
            url = servers.fresh_file(folder)
        else:
            url = stack.enter_context(servers.fresh_database())
        stack.enter_context(stage.django_on(url))
        yield url
        connections.close_all()


def measured(*, posts: int, workers: int, sqlite: bool = False) -> Drained:
    with (
        tempfile.TemporaryDirectory(dir=servers.run_folder()) as name,
        database(Path(name), sqlite=sqlite) as url,
    ):
        return drain(url, Path(name), posts=posts, workers=workers)


# --- what it is compared with


def noop_tasks(tasks: int) -> float:
    """How many tasks that do nothing a Celery worker of this machine takes from Redis a second."""
    from bench.noop import app, noop

    with contextlib.ExitStack() as stack:
        broker = stack.enter_context(servers.extra_redis())
        with app.connection_for_write(broker.url) as connection:
            producer = app.amqp.Producer(connection)
            for _ in range(tasks):
                noop.apply_async(producer=producer)
        stack.enter_context(running(NOOP, 1, BROKER=broker.url))
        client = redis.Redis.from_url(broker.url)

        def left() -> int:
            return int(client.llen("celery")) + int(client.hlen("unacked"))

        while left() > tasks * (1 - FIRST):
            time.sleep(0.005)
        first, began = left(), time.monotonic()
        while left() > 0:
            time.sleep(0.005)
        return first / (time.monotonic() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast do tweets go out?")
    parser.add_argument("--posts", type=int, default=3000, help="for each number of workers")
    parser.add_argument("--many", type=int, default=10_000, help="due at once, for two workers")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2, 4])
    options = parser.parse_args()
    with (
        running_servers(),
        tempfile.TemporaryDirectory(dir=servers.run_folder()) as folder,
        servers.fresh_database() as url,
    ):
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        os.environ["DATABASE_URL"], os.environ["BLUELAMP_DATA"] = url, folder
        import django

        django.setup()
        noop = noop_tasks(options.posts)
        postgres = {
            workers: measured(posts=options.posts, workers=workers) for workers in options.workers
        }
        sqlite = measured(posts=options.posts // 2, workers=1, sqlite=True)
        many = measured(posts=options.many, workers=2)
        # Before and after, since the machine may have had something else to do at either time.
        noop = max(noop, noop_tasks(options.posts))
    print(  # noqa: T201  it is what this prints
        json.dumps(
            {
                "postgres": {w: round(each.posts_per_second) for w, each in postgres.items()},
                "from_due": {w: round(each.from_due_per_second) for w, each in postgres.items()},
                "sqlite": {"1": round(sqlite.posts_per_second)},
                "noop": round(noop),
                "due_at_once": options.many,
                "drained_in": round(many.seconds, 2),
                "urgent_late": round(many.urgent_late, 2),
                "checked_ahead": round(many.checks_per_second),
            }
        )
    )


if __name__ == "__main__":
    main()
