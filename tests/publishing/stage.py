"""What the publishing tests stand on: a real database of one's own, due deliveries, the ledger."""

import contextlib
import itertools
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

import dj_database_url
from django.conf import settings
from django.db import connection, connections

from accounts.models import SocialAccount, User
from accounts.roles import Role
from approvals.models import Decision, Verdict
from drafts.models import Draft, Revision
from drafts.workflow import State as DraftState
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.services import sending
from publishing.workflow import NEEDS_SOMEBODY, State
from tests import factories

# So long ago that the stop window is over: what was approved then is due now.
WHILE_AGO = timedelta(minutes=5)
PATIENCE = 40.0
Result = TypeVar("Result")


# --- the judge


class Effect(NamedTuple):
    """One tweet that went out, as its ledger has it."""

    token: str
    account: str
    text: str
    content_hash: str
    at: str
    pid: int


@dataclass(frozen=True)
class Ledger:
    """The practice publisher's file, read as a file: none of the project's code takes part."""

    path: Path

    def effects(self) -> list[Effect]:
        """What went out, oldest first."""
        if not self.path.exists():
            return []
        with contextlib.closing(sqlite3.connect(self.path, timeout=20)) as ledger:
            if not ledger.execute("SELECT 1 FROM sqlite_master WHERE name = 'effect'").fetchone():
                return []
            rows = ledger.execute(
                "SELECT token, account, text, content_hash, at, pid FROM effect ORDER BY id"
            )
            return [Effect(*row) for row in rows]

    def count(self) -> int:
        """How many tweets went out, counted by SQLite: a look that costs a sender little."""
        if not self.path.exists():
            return 0
        with contextlib.closing(sqlite3.connect(self.path, timeout=20)) as ledger:
            if not ledger.execute("SELECT 1 FROM sqlite_master WHERE name = 'effect'").fetchone():
                return 0
            (number,) = ledger.execute("SELECT count(*) FROM effect").fetchone()
        return int(number)

    def times(self, delivery: Delivery) -> int:
        """How often this delivery went out."""
        return Counter(effect.token for effect in self.effects())[str(delivery.token)]


# --- a real database, for those who need commits, other processes or threads


@contextlib.contextmanager
def django_on(url: str) -> Iterator[None]:
    """Lead Django's connection to the database at `url`, in this thread and in new ones."""
    kept, used = connections.databases["default"], connections["default"]
    chosen: dict[str, Any] = dict(dj_database_url.parse(url))
    on_sqlite = chosen["ENGINE"].endswith("sqlite3")
    chosen["OPTIONS"] = settings.SQLITE_OPTIONS if on_sqlite else settings.POSTGRES_OPTIONS
    connections.databases["default"] = connections.configure_settings({"default": chosen})[
        "default"
    ]
    del connections["default"]
    # Threads that have sent before would go on asking the database that they began with.
    sending._senders = sending.Senders()
    try:
        yield
    finally:
        connections["default"].close()
        connections.databases["default"] = kept
        connections["default"] = used


class Aside(threading.Thread, Generic[Result]):
    """`work`, done in another thread over a database connection of its own."""

    def __init__(self, work: Callable[[], Result]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self._connected = threading.Event()
        self._value: list[Result] = []
        self._error: BaseException | None = None
        self._backend = 0
        self.start()

    def run(self) -> None:
        try:
            connection.ensure_connection()
            self._backend = backend_pid()
            self._connected.set()
            self._value.append(self._work())
        except BaseException as error:  # noqa: BLE001  raised again where it is waited for
            self._error = error
        finally:
            self._connected.set()
            connections.close_all()

    @property
    def backend(self) -> int:
        """The process of the database server that works for this thread (0 on SQLite)."""
        self._connected.wait(PATIENCE)
        return self._backend

    def result(self) -> Result:
        """What the work returned; raises what it raised."""
        self.join(PATIENCE)
        if self._error is not None:
            raise self._error
        assert self._value, "It is still at work."
        return self._value[0]


def backend_pid() -> int:
    """The PostgreSQL process behind this thread's connection; 0 on SQLite."""
    if connection.vendor != "postgresql":
        return 0
    pid: int = connection.connection.info.backend_pid
    return pid


def waits_for(waiting: int, holder: int) -> bool:
    """Does PostgreSQL say that one of its processes is kept waiting by the other?"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY (pg_blocking_pids(%s))", [holder, waiting])
        (answer,) = cursor.fetchone()
    return bool(answer)


def until(condition: Callable[[], object], *, within: float = PATIENCE) -> None:
    """Return as soon as `condition` is true; fail the test when it does not come true."""
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "What was waited for did not happen."
        time.sleep(0.02)


@contextlib.contextmanager
def at_statement(
    part: str, then: Callable[[], object], *, after: bool = False
) -> Iterator[threading.Event]:
    """Do `then` once, just before (or after) this thread's first statement that holds `part`.

    Yields an event that is set when it has been done.
    """
    done = threading.Event()

    def execute(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if done.is_set() or part not in sql:
            return execute(sql, *rest)
        done.set()
        if not after:
            then()
        answer = execute(sql, *rest)
        if after:
            then()
        return answer

    with connection.execute_wrapper(execute):
        yield done
    assert done.is_set(), f"No statement held {part}."


# --- deliveries


_numbers = itertools.count(1)


def approved(
    scene: factories.Scene,
    *,
    ago: timedelta = WHILE_AGO,
    publisher: str = "default",
    **writing: Any,
) -> Delivery:
    """A delivery that is due, made by people's own steps; `publisher` is its account's."""
    SocialAccount.objects.filter(pk=scene.account.pk).update(publisher=publisher)
    draft = factories.approved(scene, now=database_now() - ago, **writing)
    return fresh(draft.deliveries.get())


def due(
    scene: factories.Scene,
    count: int = 1,
    *,
    accounts: Sequence[SocialAccount] = (),
    text: str = "Meet your team at the library on Thursday, {}pm. All welcome.",
    at: datetime | None = None,
    proof: Mapping[str, Any] | None = None,
    is_decided: bool = True,
    **columns: Any,
) -> list[Delivery]:
    """Many approved deliveries at once, their rows written as the services write them.

    They go round over `accounts`. What no service would write can be asked for: a `text` that
    breaks the rules, other `columns` of the delivery, another `proof` (columns of the decision).
    """
    now = database_now()
    author = scene.person(Role.OFFICER)
    approver = scene.person(Role.COMMS_APPROVER)
    accounts = accounts or [scene.account]
    planned = at or now - timedelta(minutes=1)
    drafts = Draft.objects.bulk_create(
        Draft(
            account=accounts[turn % len(accounts)],
            author=author,
            state=DraftState.APPROVED,
            text=text.format(next(_numbers)),
            category="meeting",
            purpose="community",
            content_hash="",
            created_at=now,
            changed_at=now,
        )
        for turn in range(count)
    )
    revisions = [_revision(draft, author, now) for draft in drafts]
    Revision.objects.bulk_create(revisions)
    for revision in revisions:
        revision.draft.content_hash = revision.content_hash
    Draft.objects.bulk_update(drafts, ["content_hash"])
    approval = {
        "approved_by": approver,
        "approved_at": now,
        "due_at": planned,
        "not_after": planned + settings.LATE_LIMIT,
        "next_at": planned,
    }
    deliveries = Delivery.objects.bulk_create(
        Delivery(**{**approval, **_content(revision), **columns}) for revision in revisions
    )
    if is_decided:
        Decision.objects.bulk_create(_decision(delivery, proof or {}) for delivery in deliveries)
    return deliveries


def _content(revision: Revision) -> dict[str, Any]:
    return {
        "draft": revision.draft,
        "revision": revision,
        "account": revision.account,
        "approved_hash": revision.content_hash,
    }


def _decision(delivery: Delivery, proof: Mapping[str, Any]) -> Decision:
    decided: dict[str, Any] = {
        "draft": delivery.draft,
        "revision": delivery.revision,
        "step": 1,
        "verdict": Verdict.APPROVE,
        "person": delivery.approved_by,
        "at": delivery.approved_at,
        "content_hash": delivery.approved_hash,
        "delivery": delivery,
    }
    return Decision(**{**decided, **proof})


def _revision(draft: Draft, author: User, now: datetime) -> Revision:
    revision = Revision(
        draft=draft,
        number=1,
        author=author,
        created_at=now,
        account=draft.account,
        text=draft.text,
        category=draft.category,
        purpose=draft.purpose,
    )
    revision.content_hash = revision.content().digest()
    return revision


def fresh(delivery: Delivery) -> Delivery:
    """The delivery as the database has it now."""
    return Delivery.objects.with_people().get(pk=delivery.pk)


def state_of(delivery: Delivery) -> State:
    return State(Delivery.objects.values_list("state", flat=True).get(pk=delivery.pk))


def states() -> Counter[str]:
    """How many deliveries are in which state."""
    return Counter(Delivery.objects.values_list("state", flat=True))


def unfinished() -> bool:
    """Whether a worker still has something to do."""
    settled = {State.PUBLISHED, State.CANCELLED, *NEEDS_SOMEBODY} - {State.UNKNOWN}
    return Delivery.objects.exclude(state__in=settled).exists()
