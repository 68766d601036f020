"""Whether everything that publishing needs is there."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from redis.backoff import NoBackoff
from redis.retry import Retry

from publishing.clock import database_now
from publishing.services import dispatcher_is_silent, looks_restored, stand_by

# Seconds: for everything together, and after which a question that hangs is asked anew.
WITHIN, LOST_AFTER = 2.5, 10.0
# For the broker's answer, and for which an answer is good enough for the next question.
BROKER_WITHIN = 1.0
BROKER_REMEMBERED, MIGRATIONS_REMEMBERED = 2.0, 60.0


class Remembered:
    """A question that costs something, asked at most once in a while, by one thread at a time."""

    def __init__(self, ask: Callable[[], str], *, seconds: float) -> None:
        self.ask, self.seconds = ask, seconds
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Ask anew next time."""
        self.answer, self.good_until = "", 0.0

    def __call__(self) -> str:
        with self.lock:
            if time.monotonic() >= self.good_until:
                self.answer = self.ask()
                self.good_until = time.monotonic() + self.seconds
            return self.answer


class Question:
    """One that may hang: asked in a thread of its own, over connections of its own.

    Whoever asks meanwhile waits for the same answer.
    """

    def __init__(self, ask: Callable[[], dict[str, str]]) -> None:
        self.ask = ask
        self.lock = Lock()
        self.asked: Future[dict[str, str]] = Future()
        self.lost_at = 0.0

    def put(self) -> "Future[dict[str, str]]":
        """What is wrong, by name, once it is known."""
        with self.lock:
            if self.asked.done() or time.monotonic() >= self.lost_at:
                self.asked = Future()
                self.lost_at = time.monotonic() + LOST_AFTER
                Thread(target=self._answer, args=[self.asked], daemon=True).start()
            return self.asked

    def _answer(self, asked: "Future[dict[str, str]]") -> None:
        try:
            answer = self.ask()
        except Exception as error:  # noqa: BLE001  whoever asked gets it
            connections.close_all()
            asked.set_exception(error)
        else:
            connections.close_all()
            asked.set_result(answer)


def _ask_broker() -> str:
    """What is wrong with the broker, in a sentence; only Redis is a server that can be away."""
    url = settings.CELERY_BROKER_URL
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        return ""
    client = redis.Redis.from_url(
        url,
        socket_connect_timeout=BROKER_WITHIN,
        socket_timeout=BROKER_WITHIN,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
    except redis.RedisError as error:
        return f"The broker does not answer: {type(error).__name__}."
    finally:
        client.close()
    return ""


def _ask_migrations() -> str:
    """What is wrong with the tables, in a sentence."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"Migrations are missing: {len(missing)}. Run migrate." if missing else ""


broker = Remembered(_ask_broker, seconds=BROKER_REMEMBERED)
migrations = Remembered(_ask_migrations, seconds=MIGRATIONS_REMEMBERED)


def _ask_database() -> dict[str, str]:
    try:
        now = database_now()
        if missing := migrations():
            return {"migrations": missing}
        silence = dispatcher_is_silent(now=now)
        if silence:
            stand_by(now=now)
        restored = looks_restored()
    except DatabaseError as error:
        migrations.forget()
        return {"database": f"The database does not answer: {type(error).__name__}."}
    return {"dispatcher": silence, "restored": restored}


QUESTIONS = {"broker": Question(lambda: {"broker": broker()}), "database": Question(_ask_database)}


def faults() -> dict[str, str]:
    """What is missing (database, migrations, dispatcher, broker) and a sentence for each.

    Takes WITHIN seconds at most, whatever hangs. When no worker is alive this also raises the alert
    that they cannot raise themselves.
    """
    ends = time.monotonic() + WITHIN
    asked = {name: question.put() for name, question in QUESTIONS.items()}
    found = {}
    for name, answer in asked.items():
        try:
            found.update(answer.result(timeout=max(ends - time.monotonic(), 0)))
        except TimeoutError:
            found[name] = f"The {name} does not answer within {WITHIN} seconds."
    return {name: sentence for name, sentence in sorted(found.items()) if sentence}
