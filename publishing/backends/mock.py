"""The practice publisher: nothing that it takes is ever public.

It keeps its effects in a ledger file of its own, outside the app's tables, so that what "went
out" can be compared with what the app believes. It injects faults on request, one per tweet.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock, local
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import connections

from publishing import failpoints
from publishing.backends.base import (
    Answer,
    CannotAsk,
    Cause,
    Lookup,
    NotSent,
    Payload,
    Post,
    Profile,
    Published,
    Publisher,
    Refused,
    Secrets,
    Unknown,
)

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS effect (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        token TEXT NOT NULL,
        account TEXT NOT NULL,
        text TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        at TEXT NOT NULL,
        pid INTEGER NOT NULL
    )""",
    "CREATE INDEX IF NOT EXISTS effect_token ON effect (token)",
    """CREATE TABLE IF NOT EXISTS fault (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account TEXT NOT NULL,
        kind TEXT NOT NULL
    )""",
    # What an effect is besides words: only for those that are.
    """CREATE TABLE IF NOT EXISTS particulars (
        effect_id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        source TEXT NOT NULL,
        alt_texts TEXT NOT NULL
    )""",
    # An effect that was taken down keeps its row: it did go out.
    "CREATE TABLE IF NOT EXISTS removal (effect_id INTEGER PRIMARY KEY, at TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS profile (
        account TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        bio TEXT NOT NULL,
        link TEXT NOT NULL,
        picture TEXT NOT NULL,
        is_protected INTEGER NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS mention (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        account TEXT NOT NULL,
        author TEXT NOT NULL,
        text TEXT NOT NULL,
        at TEXT NOT NULL
    )""",
)
PREFIX = "practice-"
RETRY_AFTER = 120.0
PAGE = 100


class Fault(StrEnum):
    """What can be made to go wrong with the next tweet."""

    TIMEOUT_ACCEPTED = "timeout-accepted"
    TIMEOUT_LOST = "timeout-lost"
    REFUSAL = "refusal"
    UNAVAILABLE = "unavailable"
    RATE_LIMIT = "rate-limit"
    CREDENTIALS = "credentials"


@dataclass(frozen=True, slots=True)
class Effect:
    """One tweet as the practice timeline shows it."""

    id: int
    token: UUID
    account: str
    text: str
    content_hash: str
    at: datetime
    pid: int
    removed_at: datetime | None = None


#: What is answered in place of taking the tweet.
INSTEAD: dict[Fault | None, Answer] = {
    Fault.TIMEOUT_LOST: Unknown("The practice publisher gave no answer in time."),
    Fault.REFUSAL: Refused("duplicate", "The practice publisher refused this as a duplicate."),
    Fault.UNAVAILABLE: NotSent("The practice publisher is not available.", retry_after=5),
    Fault.RATE_LIMIT: NotSent(
        "The practice publisher's rate limit is reached.", RETRY_AFTER, Cause.RATE_LIMIT
    ),
    Fault.CREDENTIALS: NotSent(
        "The practice publisher does not take our credentials.", cause=Cause.CREDENTIALS
    ),
}


def refuse_inside_transaction() -> None:
    """Raise RuntimeError where a transaction is open: it would lock others out for seconds."""
    for connection in connections.all(initialized_only=True):
        blocks = [
            block
            for block in connection.atomic_blocks
            if not getattr(block, "_from_testcase", False)
        ]
        if blocks:
            message = "A database transaction is open during the call to a publisher."
            raise RuntimeError(message)


class _Ledgers(local):
    """Each thread's connection to the ledger that it used last.

    SQLite's connections must neither be shared by threads nor carried over a fork: one that is
    found in a forked process is left alone, not even closed. A file that was taken away or put
    in another's place is opened anew.
    """

    connection: sqlite3.Connection | None = None
    key: tuple[int, Path, int] | None = None
    inherited: "list[sqlite3.Connection]" = []

    def open(self, path: Path) -> sqlite3.Connection:
        if self.connection is None or self.key != self._key(path):
            self.close()
            path.parent.mkdir(parents=True, exist_ok=True)
            self.connection = _connected(path)
            self.key = self._key(path)
        return self.connection

    @staticmethod
    def _key(path: Path) -> tuple[int, Path, int]:
        return (os.getpid(), path, path.stat().st_ino if path.exists() else 0)

    def close(self) -> None:
        if self.connection is None:
            return
        if self.key and self.key[0] != os.getpid():
            self.inherited.append(self.connection)
        else:
            self.connection.close()
        self.connection = None

    def __del__(self) -> None:
        self.close()


def _connected(path: Path) -> sqlite3.Connection:
    ledger = sqlite3.connect(path, timeout=20, isolation_level=None)
    # What was committed outlives a killed process, which is what is practised; a power cut is not.
    ledger.execute("PRAGMA synchronous = OFF")
    ledger.execute("PRAGMA journal_mode = PERSIST")
    # Made inside the lock: two may be the first.
    ledger.execute("BEGIN IMMEDIATE")
    for statement in SCHEMA:
        ledger.execute(statement)
    ledger.execute("COMMIT")
    return ledger


_ledgers = _Ledgers()
# One thread of a process at a time: where many wait for the file, SQLite lets them sleep too long.
_turn = Lock()


def _new_turn() -> None:
    # Whoever had it in the parent is not there to give it back.
    global _turn  # noqa: PLW0603  one for each process
    _turn = Lock()


os.register_at_fork(after_in_child=_new_turn)


class MockPublisher(Publisher):
    """`ledger` is the file; `ability` limits what the publisher can do, to practise the rest."""

    is_practice = True
    can_read_profile = True

    def __init__(self, ledger: str, ability: Literal["token", "lookup", "blind"] = "token") -> None:
        self.ledger = Path(ledger)
        self.takes_token = ability == "token"
        self.token_life = 24 * 3600
        is_blind = ability == "blind"
        self.lookup_kind = Lookup.NONE if is_blind else Lookup.RELIABLE
        self.can_delete = self.can_read_timeline = self.can_read_mentions = not is_blind

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with _turn:
            ledger = _ledgers.open(self.ledger)
            ledger.execute("BEGIN IMMEDIATE")
            try:
                yield ledger
            except BaseException:
                ledger.execute("ROLLBACK")
                raise
            ledger.execute("COMMIT")

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        refuse_inside_transaction()
        began = time.monotonic()
        with self._open() as ledger:
            # As a connection to a real platform would have been given up long before: whoever
            # waited this long may have been taken for dead, and the tweet sent by another.
            if time.monotonic() - began > settings.DELIVERY_LEASE.total_seconds() / 6:
                return Unknown("The practice publisher gave no answer in time.")
            fault = self._next_fault(ledger, payload.account)
            if fault in INSTEAD:
                return INSTEAD[fault]
            published = self._accept(ledger, payload)
        failpoints.reached("request-sent")
        if fault == Fault.TIMEOUT_ACCEPTED:
            return Unknown("The practice publisher gave no answer in time.")
        return published

    def _next_fault(self, ledger: sqlite3.Connection, account: str) -> Fault | None:
        row = ledger.execute(
            "SELECT id, kind FROM fault WHERE account IN (?, '*') ORDER BY id LIMIT 1", [account]
        ).fetchone()
        if row is None:
            return None
        ledger.execute("DELETE FROM fault WHERE id = ?", [row[0]])
        return Fault(row[1])

    def _accept(self, ledger: sqlite3.Connection, payload: Payload) -> Published:
        if self.takes_token and (found := self._by_token(ledger, payload.token)):
            return found
        cursor = ledger.execute(
            "INSERT INTO effect (token, account, text, content_hash, at, pid)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                str(payload.token),
                payload.account,
                payload.text,
                payload.content_hash,
                datetime.now(UTC).isoformat(),
                os.getpid(),
            ],
        )
        if payload.media or payload.kind != "original":
            ledger.execute(
                "INSERT INTO particulars (effect_id, kind, source, alt_texts) VALUES (?, ?, ?, ?)",
                [
                    cursor.lastrowid,
                    payload.kind,
                    json.dumps(dict(payload.source)),
                    json.dumps([media.alt_text for media in payload.media]),
                ],
            )
        return self._published(cursor.lastrowid)

    def _by_token(self, ledger: sqlite3.Connection, token: UUID) -> Published | None:
        row = ledger.execute(
            "SELECT id FROM effect WHERE token = ? ORDER BY id LIMIT 1", [str(token)]
        ).fetchone()
        return self._published(row[0]) if row else None

    def _published(self, effect_id: int | None) -> Published:
        return Published(id=f"{PREFIX}{effect_id}", url=f"/practice-timeline/#{PREFIX}{effect_id}")

    def find(self, payload: Payload, secrets: Secrets, *, since: datetime) -> Published | None:
        if self.lookup_kind == Lookup.NONE:
            raise NotImplementedError
        with self._open() as ledger:
            row = ledger.execute(
                "SELECT id FROM effect WHERE token = ?"
                " AND id NOT IN (SELECT effect_id FROM removal) ORDER BY id LIMIT 1",
                [str(payload.token)],
            ).fetchone()
        return self._published(row[0]) if row else None

    def delete(self, account: str, external_id: str, secrets: Secrets) -> None:
        if not self.can_delete:
            raise NotImplementedError
        with self._open() as ledger:
            ledger.execute(
                "INSERT OR IGNORE INTO removal (effect_id, at)"
                " SELECT id, ? FROM effect WHERE id = ?",
                [datetime.now(UTC).isoformat(), external_id.removeprefix(PREFIX)],
            )

    def timeline(self, account: str, secrets: Secrets, *, since: datetime) -> list[Post]:
        if not self.can_read_timeline:
            raise NotImplementedError
        with self._open() as ledger:
            rows = ledger.execute(
                "SELECT id, text, at FROM effect WHERE account = ? AND at >= ?"
                " AND id NOT IN (SELECT effect_id FROM removal) ORDER BY id",
                [account, since.astimezone(UTC).isoformat()],
            ).fetchall()
        author = account.partition(":")[2]
        return [
            Post(made.id, made.url, datetime.fromisoformat(at), text, author)
            for made, text, at in ((self._published(key), text, at) for key, text, at in rows)
        ]

    def mentions(
        self, account: str, secrets: Secrets, *, cursor: str = ""
    ) -> tuple[list[Post], str]:
        """The cursor is the number of the last mention."""
        if not self.can_read_mentions:
            raise NotImplementedError
        if cursor and not cursor.isdecimal():
            raise CannotAsk("This is no place in the practice publisher's mentions.")
        with self._open() as ledger:
            rows = ledger.execute(
                "SELECT id, author, text, at FROM mention WHERE account = ? AND id > ?"
                " ORDER BY id LIMIT ?",
                [account, int(cursor or 0), PAGE],
            ).fetchall()
        posts = [
            Post(f"mention-{key}", "", datetime.fromisoformat(at), text, author)
            for key, author, text, at in rows
        ]
        return posts, str(rows[-1][0]) if rows else cursor

    def profile(self, account: str, secrets: Secrets) -> Profile:
        with self._open() as ledger:
            row = ledger.execute(
                "SELECT name, bio, link, picture, is_protected FROM profile WHERE account = ?",
                [account],
            ).fetchone()
        name, bio, link, picture, is_protected = row or ("Practice publisher", "", "", "", 0)
        return Profile(
            account.partition(":")[2],
            name,
            "/practice-timeline/",
            bio=bio,
            link=link,
            picture=picture,
            is_protected=bool(is_protected),
            is_verified=False,
        )

    def show(
        self,
        account: str,
        *,
        name: str = "Practice publisher",
        bio: str = "",
        link: str = "",
        picture: str = "",
        is_protected: bool = False,
    ) -> None:
        """Make the profile of `account` ("platform:handle") say this, as its owner would there."""
        with self._open() as ledger:
            ledger.execute(
                "INSERT OR REPLACE INTO profile (account, name, bio, link, picture, is_protected)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [account, name, bio, link, picture, int(is_protected)],
            )

    def mention(self, account: str, *, author: str, text: str) -> None:
        """Make `author` mention `account` ("platform:handle") in a post."""
        with self._open() as ledger:
            ledger.execute(
                "INSERT INTO mention (account, author, text, at) VALUES (?, ?, ?, ?)",
                [account, author, text, datetime.now(UTC).isoformat()],
            )

    def fail_next(self, fault: Fault, *, account: str = "*") -> None:
        """Make `fault` happen to the next tweet of `account` ("platform:handle", "*" for any)."""
        with self._open() as ledger:
            ledger.execute("INSERT INTO fault (account, kind) VALUES (?, ?)", [account, fault])

    def effects(self, *, limit: int = 100) -> list[Effect]:
        """What went out, newest first; what was taken down since says so."""
        with self._open() as ledger:
            rows = ledger.execute(
                "SELECT e.id, token, account, text, content_hash, e.at, pid, r.at FROM effect e"
                " LEFT JOIN removal r ON r.effect_id = e.id ORDER BY e.id DESC LIMIT ?",
                [limit],
            ).fetchall()
        return [
            Effect(
                key,
                UUID(token),
                account,
                text,
                content_hash,
                datetime.fromisoformat(at),
                pid,
                datetime.fromisoformat(removed) if removed else None,
            )
            for key, token, account, text, content_hash, at, pid, removed in rows
        ]
