"""F11, F12, F24 and F26: the database restarts, is away, is full, or is that of ten minutes ago."""

import resource
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import psycopg2
from django.db import connections

from publishing.clock import database_now
from publishing.models import Delivery
from tests import servers
from tests.faults.suite.judge import effects_of
from tests.faults.suite.scenario import Scenario
from tests.faults.suite.stand import Stand

DOWN = 60.0
# PostgreSQL writes its log in files of this size.
LOG_SEGMENT = 16 * 1024 * 1024


class Restarts(Scenario):
    code, title = "F11", "PostgreSQL restarted at once, three times, in mid-work"
    POSTS = 240

    def happen(self, stand: Stand) -> None:
        stand.due(self.POSTS)
        for _ in range(3):
            stand.worker()
        for turn in range(1, 4):
            stand.until(lambda turn=turn: self.sent(stand) >= turn * 20, within=30)  # type: ignore[misc]
            connections.close_all()
            stand.server.restart()
        stand.wait_until_done()

    @staticmethod
    def sent(stand: Stand) -> int:
        return len(stand.read("SELECT 1 FROM publishing_attempt"))


class IsDown(Scenario):
    code, title = "F12", "PostgreSQL down for a while"
    POSTS = 120

    def happen(self, stand: Stand) -> None:
        stand.due_over(self.POSTS, 3.0)
        for _ in range(2):
            stand.worker()
        stand.until(lambda: Restarts.sent(stand) >= 10, within=30)
        connections.close_all()
        stand.server.kill()
        time.sleep(DOWN / stand.options.scale)
        stand.server.start()
        stand.wait_until_done()


class Cramped(servers.Postgres):
    """A PostgreSQL none of whose files may grow past `room` bytes."""

    room = 0

    def command(self) -> Sequence[str | Path]:
        """See Server."""
        limit = f'ulimit -S -f {self.room // 512}; exec "$0" "$@"'
        return ["sh", "-c", limit, *super().command()]


class IsFull(Scenario):
    """The disk of the database is full, and then has room again."""

    code, title = "F24", "the database's disk full"
    databases = ("postgresql", "sqlite")
    POSTS, POSTS_ON_SQLITE, SECONDS = 120, 30, 2.0
    ROOM = 60_000

    def happen(self, stand: Stand) -> None:
        if stand.url.startswith("sqlite"):
            self.fill_for_workers(stand)
            return
        stand.due(self.POSTS)
        for _ in range(2):
            stand.worker()
        stand.until(lambda: Restarts.sent(stand) >= 5, within=30)
        (log,) = stand.read("SELECT pg_current_wal_lsn() - '0/0' AS written")
        connections.close_all()
        stand.server.kill()
        server = stand.server
        cramped = Cramped(server.folder, server.port, server.password)
        cramped.room = int(log["written"]) % LOG_SEGMENT + self.ROOM
        with cramped:
            is_full = stand.until(lambda: "PANIC" in cramped.said(), within=30)
        stand.expect(is_full, "The disk was not full.")
        server.start()
        stand.wait_until_done()

    def fill_for_workers(self, stand: Stand) -> None:
        """On SQLite the file is the workers' own: those of one kind find no room in it."""
        stand.due(self.POSTS_ON_SQLITE)
        full = [stand.worker(broker="", disk_is_full=True) for _ in range(2)]
        time.sleep(self.SECONDS)
        stand.expect(all(pid in stand.crew.alive for pid in full), "A worker gave up.")
        for pid in full:
            make_room(pid)
        stand.wait_until_done()


def make_room(pid: int) -> None:
    """Let the files of that process grow again."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))


class IsOld(Scenario):
    """A backup is restored; what was published after it was taken does not go out again."""

    code, title = "F26", "a backup restored, with tweets published since"
    POSTS, AHEAD = 60, 2.0

    def happen(self, stand: Stand) -> None:
        stand.due(self.POSTS // 2)
        stand.settle()
        stand.due(self.POSTS, at=database_now() + timedelta(seconds=self.AHEAD))
        stand.due(self.POSTS // 3, at=database_now() + timedelta(days=1))
        backup = f"{stand.url.rsplit('/', 1)[1]}_backup"
        taken_at = database_now()
        copy(stand.url, backup)
        # About half of what waited then goes out; there is no trace of that in the backup.
        already = len(effects_of(stand.ledger))
        stand.worker()
        stand.worker()
        stand.until(lambda: len(effects_of(stand.ledger)) >= already + self.POSTS // 2, within=40)
        stand.crew.dismiss()
        self.restore(stand, backup)
        servers.manage("after_restore", "--taken-at", taken_at.isoformat(), DATABASE_URL=stand.url)
        for _ in range(2):
            stand.worker()
        stand.until(
            lambda: Delivery.objects.filter(state="queued").count() == stand.unfinished(), within=40
        )
        self.forget_tomorrow(stand)
        stand.wait_until_done()

    @staticmethod
    def forget_tomorrow(stand: Stand) -> None:
        """What is due tomorrow waits, as it must: it is called back, and judged so."""
        tomorrow = Delivery.objects.filter(due_at__gt=database_now() + timedelta(hours=1))
        stand.expect(
            not tomorrow.exclude(state__in=["queued", "needs_human"]).exists(),
            "What is due tomorrow did not wait.",
        )
        tomorrow.filter(state="queued").update(state="cancelled")

    @staticmethod
    def restore(stand: Stand, backup: str) -> None:
        connections.close_all()
        name = stand.url.rsplit("/", 1)[1]
        maintenance = servers.database_named(stand.url, "postgres")
        servers.statement(maintenance, "DROP DATABASE {name} WITH (FORCE)", name=name)
        servers.statement(
            maintenance, "CREATE DATABASE {name} TEMPLATE {backup}", name=name, backup=backup
        )
        servers.statement(maintenance, "DROP DATABASE {backup} WITH (FORCE)", backup=backup)


def copy(url: str, name: str) -> None:
    """A copy of that database, to which nobody may be connected."""
    connections.close_all()
    maintenance = servers.database_named(url, "postgres")
    source = url.rsplit("/", 1)[1]
    for _ in range(50):
        with suppress(psycopg2.OperationalError):
            servers.statement(
                maintenance, "CREATE DATABASE {name} TEMPLATE {source}", name=name, source=source
            )
            return
        time.sleep(0.1)
    raise servers.ServerError(f"{source} was not copied: somebody is connected to it.")


SCENARIOS = (Restarts, IsDown, IsFull, IsOld)
