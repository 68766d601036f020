"""The practice publisher: nothing that it takes is ever public.

It keeps its effects in a ledger file of its own, outside the app's tables, so that what "went
out" can be compared with what the app believes. It injects faults on request, one per tweet.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.db import connections

from publishing import failpoints
from publishing.backends.base import (
    Answer,
    Lookup,
    NotSent,
    Payload,
    Published,
    Publisher,
    Refused,
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
)


class Fault(StrEnum):
    """What can be made to go wrong with the next tweet."""

    TIMEOUT_ACCEPTED = "timeout-accepted"
    TIMEOUT_LOST = "timeout-lost"
    REFUSAL = "refusal"
    UNAVAILABLE = "unavailable"


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


class MockPublisher(Publisher):
    """`ledger` is the file; `ability` limits what the publisher can do, to practise the rest."""

    is_practice = True

    def __init__(self, ledger: str, ability: Literal["token", "lookup", "blind"] = "token") -> None:
        self.ledger = Path(ledger)
        self.takes_token = ability == "token"
        self.token_life = 24 * 3600
        self.lookup_kind = Lookup.NONE if ability == "blind" else Lookup.RELIABLE

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.ledger.parent.mkdir(parents=True, exist_ok=True)
        ledger = sqlite3.connect(self.ledger, timeout=20, isolation_level=None)
        try:
            # Made inside the lock; a switch to WAL fails where two try it at once.
            ledger.execute("BEGIN IMMEDIATE")
            for statement in SCHEMA:
                ledger.execute(statement)
            yield ledger
            ledger.execute("COMMIT")
        finally:
            ledger.close()

    def publish(self, payload: Payload) -> Answer:
        refuse_inside_transaction()
        with self._open() as ledger:
            fault = self._next_fault(ledger, payload.account)
            match fault:
                case Fault.TIMEOUT_LOST:
                    return Unknown("The practice publisher gave no answer in time.")
                case Fault.REFUSAL:
                    return Refused(
                        "duplicate", "The practice publisher refused this as a duplicate."
                    )
                case Fault.UNAVAILABLE:
                    return NotSent("The practice publisher is not available.", retry_after=5)
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
        return self._published(cursor.lastrowid)

    def _by_token(self, ledger: sqlite3.Connection, token: UUID) -> Published | None:
        row = ledger.execute(
            "SELECT id FROM effect WHERE token = ? ORDER BY id LIMIT 1", [str(token)]
        ).fetchone()
        return self._published(row[0]) if row else None

    def _published(self, effect_id: int | None) -> Published:
        return Published(
            id=f"practice-{effect_id}", url=f"/practice-timeline/#practice-{effect_id}"
        )

    def find(self, payload: Payload, *, since: datetime) -> Published | None:
        with self._open() as ledger:
            return self._by_token(ledger, payload.token)

    def fail_next(self, fault: Fault, *, account: str = "*") -> None:
        """Make `fault` happen to the next tweet of `account` ("platform:handle", "*" for any)."""
        with self._open() as ledger:
            ledger.execute("INSERT INTO fault (account, kind) VALUES (?, ?)", [account, fault])

    def effects(self, *, limit: int = 100) -> list[Effect]:
        """What went out, newest first."""
        with self._open() as ledger:
            rows = ledger.execute(
                "SELECT id, token, account, text, content_hash, at, pid FROM effect"
                " ORDER BY id DESC LIMIT ?",
                [limit],
            ).fetchall()
        return [
            Effect(key, UUID(token), account, text, content_hash, datetime.fromisoformat(at), pid)
            for key, token, account, text, content_hash, at, pid in rows
        ]
