"""How late tweets go out: `make bench-lateness`.

One real Celery worker on a real PostgreSQL, without beat. Prints one line of JSON: how many
tweets, and p50, p95 and the greatest of the seconds from the time that a tweet was due to the
time at which the practice publisher's ledger has it. To reach: p95 2 s, greatest 5 s, also
without a broker.
"""

import argparse
import contextlib
import json
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import django

from tests import servers


@contextlib.contextmanager
def running_servers() -> Iterator[None]:
    """PostgreSQL and Redis: those of the test run that this is part of, or one's own."""
    if servers.RUN_VARIABLE in os.environ:
        yield
        return
    own = servers.TestServers.start()
    try:
        yield
    finally:
        own.stop()


def measure(url: str, folder: Path, *, tweets: int, seconds: float, broker: str) -> list[float]:
    """Seconds of lateness of so many tweets, due at random moments within `seconds`."""
    from publishing.clock import database_now
    from publishing.models import WorkerHeartbeat
    from tests.factories import Scene
    from tests.faults.hands import celery_worker
    from tests.publishing import stage

    scene = Scene()
    accounts = [scene.account, *(scene.other_account() for _ in range(4))]
    chance = random.Random()  # noqa: S311  when a tweet is due is no secret
    with celery_worker(url, folder, broker):
        stage.until(WorkerHeartbeat.objects.exists)
        begin = database_now() + timedelta(seconds=1)
        due: dict[str, datetime] = {}
        for turn in range(tweets):
            at = begin + timedelta(seconds=(turn + chance.random()) * seconds / tweets)
            (delivery,) = stage.due(scene, accounts=[accounts[turn % len(accounts)]], at=at)
            due[str(delivery.token)] = at
        ledger = stage.Ledger(folder / "practice-ledger.sqlite3")
        stage.until(lambda: len(ledger.effects()) >= tweets, within=seconds + 60)
    effects = ledger.effects()
    if sorted(effect.token for effect in effects) != sorted(due):
        sys.exit("The ledger does not hold each tweet once.")
    return [
        (datetime.fromisoformat(effect.at) - due[effect.token]).total_seconds()
        for effect in effects
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description="How late do tweets go out?")
    parser.add_argument("--tweets", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=20, help="over which they are spread")
    parser.add_argument("--without-broker", action="store_true")
    options = parser.parse_args()
    with (
        running_servers(),
        tempfile.TemporaryDirectory(dir=servers.run_folder()) as folder,
        servers.fresh_database() as url,
    ):
        broker = os.environ["REDIS_URL"]
        if options.without_broker:
            broker = f"redis://{servers.HOST}:{servers.free_port()}/0"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        os.environ["DATABASE_URL"], os.environ["BLUELAMP_DATA"] = url, folder
        django.setup()
        late = measure(
            url, Path(folder), tweets=options.tweets, seconds=options.seconds, broker=broker
        )
        django.db.connections.close_all()
    print(  # noqa: T201  it is what this prints
        json.dumps(
            {
                "n": len(late),
                "p50": round(statistics.median(late), 3),
                "p95": round(statistics.quantiles(late, n=20, method="inclusive")[-1], 3),
                "max": round(max(late), 3),
                "broker": "away" if options.without_broker else "up",
            }
        )
    )


if __name__ == "__main__":
    main()
