"""What a scenario stands on: a database and a ledger of its own, a force, accounts, a crew."""

import contextlib
import random
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings

from accounts.models import SocialAccount
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.workflow import State
from tests import servers
from tests.factories import Scene
from tests.faults.suite import without
from tests.faults.suite.crew import Crew, Orders
from tests.faults.suite.judge import Ban, Case, Database, Verdict, judge
from tests.publishing import stage

MOCK = "publishing.backends.mock.MockPublisher"
PUBLISHERS = ("token", "lookup", "blind")
# So long may the last delivery take after the faults have stopped, at production's waiting times
# and at the shortest: a lease, the settling time and once more until the second look, and sweeps.
SETTLES_WITHIN, SETTLES_WITHIN_AT_LEAST = 150.0, 40.0


@dataclass(frozen=True)
class Options:
    """How the suite is run."""

    scale: float = 20
    publishers: tuple[str, ...] = PUBLISHERS
    guards_off: tuple[str, ...] = ()
    is_full: bool = False
    # A bare dispatcher process stands for the worker.
    is_bare: bool = False


@dataclass
class Stand:
    """One scenario's world. `url` is its database, `server` the PostgreSQL that it is in."""

    url: str
    folder: Path
    run: servers.TestServers
    options: Options
    crew: Crew
    chance: random.Random
    scene: Scene = field(init=False)
    accounts: dict[str, list[SocialAccount]] = field(init=False)
    approved: dict[str, str] = field(default_factory=dict)
    bans: list[Ban] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.publish_with({name: (MOCK, {"ability": name}) for name in PUBLISHERS})
        self.scene = Scene()
        SocialAccount.objects.filter(pk=self.scene.account.pk).update(publisher="token")
        self.accounts = {
            name: [self.scene.other_account(lpt=self.scene.lpt, publisher=name) for _ in range(2)]
            for name in self.options.publishers
        }

    @property
    def ledger(self) -> Path:
        """The practice publisher's file."""
        return self.folder / "practice-ledger.sqlite3"

    @property
    def server(self) -> servers.Postgres:
        """The PostgreSQL of this run."""
        server = self.run.started[0]
        assert isinstance(server, servers.Postgres)
        return server

    @property
    def redis(self) -> servers.Redis:
        """The Redis of this run."""
        server = self.run.started[1]
        assert isinstance(server, servers.Redis)
        return server

    @property
    def broker(self) -> str:
        """Where Celery workers find it; empty where bare dispatchers stand for them."""
        return "" if self.options.is_bare else self.redis.url

    def publish_with(self, backends: dict[str, tuple[str, dict[str, Any]]]) -> None:
        """Have these publishers besides those that there are, all with this scenario's ledger."""
        made = {
            alias: {"BACKEND": path, "OPTIONS": {"ledger": str(self.ledger), **options}}
            for alias, (path, options) in backends.items()
        }
        settings.PUBLISHERS = {
            **(settings.PUBLISHERS if hasattr(self, "accounts") else {}),
            "default": {"BACKEND": MOCK, "OPTIONS": {"ledger": str(self.ledger)}},
            **made,
        }
        settings.PRACTICE_LEDGER = self.ledger

    # --- tweets

    def due(self, count: int, *, only: Sequence[str] = (), **columns: Any) -> list[Delivery]:
        """So many approved tweets that are due, spread over the accounts."""
        accounts = [
            account
            for name, several in self.accounts.items()
            if not only or name in only
            for account in several
        ]
        columns.setdefault("accounts", accounts)
        return self.note(stage.due(self.scene, count, **columns))

    def due_over(self, count: int, seconds: float, **columns: Any) -> list[Delivery]:
        """So many tweets that become due at random moments of the next `seconds`."""
        deliveries = self.due(count, at=database_now() + timedelta(days=1), **columns)
        now = database_now()
        for delivery in deliveries:
            delivery.due_at = now + timedelta(seconds=self.chance.uniform(0.3, seconds))
            delivery.next_at = delivery.due_at
            delivery.not_after = delivery.due_at + settings.LATE_LIMIT
        Delivery.objects.bulk_update(deliveries, ["due_at", "next_at", "not_after"])
        return deliveries

    def note(self, deliveries: Iterable[Delivery]) -> list[Delivery]:
        """Keep what was approved, apart from the product."""
        noted = list(deliveries)
        for delivery in noted:
            self.approved[delivery.token.hex] = delivery.revision.text
        return noted

    def ban(
        self,
        deliveries: Sequence[Delivery],
        since: datetime,
        until: datetime | None = None,
        why: str = "a hold",
    ) -> None:
        """Nothing of these may be armed from `since` on: people were told so."""
        self.bans.append(Ban(frozenset(d.pk for d in deliveries), since, until, why))

    # --- workers

    def worker(self, **orders: Any) -> int:
        """Start a worker; see Orders."""
        return self.crew.worker(Orders(**{"broker": self.broker, **orders}))

    def settle(self, *, workers: int = 2, within: float = 0, **orders: Any) -> None:
        """Let healthy workers finish whatever is left, and end all of them."""
        for _ in range(workers):
            self.worker(**orders)
        self.wait_until_done(within=within)
        self.crew.dismiss()

    @property
    def patience(self) -> float:
        """The longest that anything has to wait for, in seconds."""
        return max(SETTLES_WITHIN / self.options.scale, SETTLES_WITHIN_AT_LEAST)

    def until_stopped(self, pid: int) -> bool:
        """Whether this worker came to the place at which it is to stop."""
        return self.crew.until_stopped(pid, within=self.patience)

    def wait_until_done(self, *, within: float = 0) -> None:
        """Wait until all has ended; what does not is for the judge to find.

        Not longer than `within`, or as long as something comes to its end now and then: a slow
        machine may take its time, but nothing may stand still.
        """
        patience = within or self.patience
        before = None
        while not self.until(lambda: not self.unfinished() and self.is_sealed(), within=patience):
            left = self.unfinished()
            if within or left == before:
                return
            before = left
        # What a worker's sweep wrote down at this very moment is sealed within a second.
        time.sleep(1.2)
        self.until(self.is_sealed, within=patience)

    def until(self, condition: Callable[[], object], *, within: float) -> bool:
        """Whether `condition` came true in time."""
        end = time.monotonic() + within
        while not condition():
            if time.monotonic() > end:
                return False
            self.crew.reap()
            time.sleep(0.05)
        return True

    MOVING: ClassVar = [State.QUEUED, State.CLAIMED, State.SENDING, State.UNKNOWN]

    def unfinished(self) -> int:
        """How many deliveries have not come to an end."""
        return Delivery.objects.filter(state__in=self.MOVING).count()

    def is_sealed(self) -> bool:
        """Whether the whole trail is sealed."""
        from audit.models import Record

        return not Record.objects.unsealed().exists()

    def expect(self, what: bool, sentence: str) -> None:  # noqa: FBT001  an assertion
        """What this scenario demands besides what every one does."""
        if not what:
            self.wrong.append(sentence)

    def looked_at(self, **case: Any) -> Verdict:
        """The judge's verdict on this world as it is now."""
        verdict = judge(
            self.url,
            self.ledger,
            Case(
                audit_key=settings.AUDIT_KEY, approved=self.approved, bans=tuple(self.bans), **case
            ),
        )
        verdict.deaths = len(self.crew.died)
        verdict.wrong += self.wrong
        return verdict

    def read(self, query: str) -> list[dict[str, Any]]:
        """Rows of this world's database, by plain SQL."""
        with Database(self.url) as database:
            return database.rows(query)


@contextlib.contextmanager
def stand(run: servers.TestServers, options: Options, *, on: str) -> Iterator[Stand]:
    """A fresh world on "postgresql" or "sqlite"."""
    with contextlib.ExitStack() as stack:
        folder = Path(
            stack.enter_context(
                tempfile.TemporaryDirectory(dir=servers.run_folder(), ignore_cleanup_errors=True)
            )
        )
        if on == "sqlite":
            url = servers.fresh_file(folder)
        else:
            url = stack.enter_context(servers.fresh_database())
            without.take_out_of_database(url, options.guards_off)
        stack.enter_context(stage.django_on(url))
        crew = stack.enter_context(Crew(folder, options.guards_off))
        yield Stand(url, folder, run, options, crew, random.Random())
