"""The judge: reads the ledger and the database by plain SQL, with none of the project's code.

What it holds a run to (the invariants of the design): at most one effect for each token; published
exactly where there is an effect; only what was approved, by somebody who wrote none of it; nothing
under a hold or after a withdrawal; nothing before due or past its last moment; nothing stuck;
an alert for every other end; a valid audit chain that covers each effect; one open attempt at most;
no effect of what was cancelled.
"""

import contextlib
import hashlib
import hmac
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Self
from uuid import UUID

import psycopg2

Row = dict[str, Any]
# A tweet is handed over some seconds after the database said that it may go.
GRACE = timedelta(seconds=20)
NOT_SENT = {"queued", "claimed", "missed", "refused"}
ENDS = {"published", "refused", "missed", "cancelled", "needs_human"}
ALERTED = {"refused", "missed", "needs_human"}


class Effect(NamedTuple):
    """One tweet that went out, as the ledger has it."""

    token: str
    text: str
    content_hash: str
    at: datetime


@dataclass(frozen=True)
class Ban:
    """Nothing of these deliveries may be armed after `since` and before `until`.

    People were told so when they placed a hold, withdrew a tweet or ended somebody's access.
    """

    deliveries: frozenset[int]
    since: datetime
    until: datetime | None = None
    why: str = "a hold"


@dataclass
class Verdict:
    """What came of it, in numbers, and what was wrong, in sentences."""

    posts: int = 0
    deaths: int = 0
    duplicated: int = 0
    lost: int = 0
    unapproved: int = 0
    held_sent: int = 0
    stuck: int = 0
    needs_human: int = 0
    # Seconds from due to the ledger, of the tweets that no fault excuses.
    late: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing happened that must never happen."""
        return not (
            self.duplicated
            or self.lost
            or self.unapproved
            or self.held_sent
            or self.stuck
            or self.wrong
        )

    def add(self, other: "Verdict") -> None:
        """Take in the verdict of another round."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.late += other.late
        self.wrong += other.wrong


COUNTS = (
    *("posts", "deaths", "duplicated", "lost", "unapproved", "held_sent", "stuck"),
    "needs_human",
)


# --- reading


def effects_of(ledger: Path) -> list[Effect]:
    """What went out, oldest first."""
    if not ledger.exists():
        return []
    with contextlib.closing(sqlite3.connect(ledger, timeout=20)) as file:
        if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'effect'").fetchone():
            return []
        rows = file.execute("SELECT token, text, content_hash, at FROM effect ORDER BY id")
        return [
            Effect(UUID(token).hex, text, digest, moment(at)) for token, text, digest, at in rows
        ]


class Database:
    """One connection of the judge's own; rows come as dictionaries, alike from both databases."""

    def __init__(self, url: str) -> None:
        self.connection: Any
        if url.startswith("sqlite"):
            self.connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)
        else:
            self.connection = psycopg2.connect(url)
            self.connection.autocommit = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def rows(self, query: str) -> list[Row]:
        """What the query says."""
        cursor = self.connection.cursor()
        cursor.execute(query)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def moment(value: str | datetime) -> datetime:
    """A time as either database or the ledger has it, in UTC."""
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


# --- judging


@dataclass(frozen=True)
class Case:
    """What the judge is given besides the two stores."""

    audit_key: str
    # What was shown to the approver, by token: the words alone count.
    approved: Mapping[str, str]
    bans: Sequence[Ban] = ()
    # Nobody is to be asked where nothing went wrong.
    may_need_human: bool = True
    # The times in the ledger are those of a worker's own clock, which may be wrong.
    clocks_are_right: bool = True
    measures_lateness: bool = False


DELIVERIES = """
SELECT id, draft_id, token, state, due_at, not_after, approved_hash, approved_by_id,
       attempts_made, last_error FROM publishing_delivery ORDER BY id
"""
# Without those that a restored backup only supposes.
ATTEMPTS = """
SELECT delivery_id, started_at, outcome FROM publishing_attempt
WHERE detail NOT LIKE 'A backup was restored%' ORDER BY id
"""
# Somebody approved what they had a hand in.
OWN = """
SELECT d.id AS id FROM publishing_delivery d JOIN drafts_contribution c
    ON c.draft_id = d.draft_id AND c.person_id = d.approved_by_id
"""
ALERTS = "SELECT DISTINCT link FROM notices_notice WHERE urgent"
RECORDS = """
SELECT r.id AS record_id, r.at, verb, actor_id, actor_name, target_type, target_id, target_name,
       data, seq, mac, sealed_at
FROM audit_record r LEFT JOIN audit_seal s ON s.record_id = r.id ORDER BY seq, r.id
"""


def judge(url: str, ledger: Path, case: Case) -> Verdict:
    """Hold what is in the two stores to what must be so."""
    with Database(url) as database:
        return Judgement(database, effects_of(ledger), case).verdict


class Judgement:
    """The verdict on one run; each method looks at one thing and counts what is wrong with it."""

    def __init__(self, database: Database, effects: list[Effect], case: Case) -> None:
        self.verdict, self.case = Verdict(), case
        self.deliveries = database.rows(DELIVERIES)
        self.effects: dict[str, list[Effect]] = defaultdict(list)
        for effect in effects:
            self.effects[effect.token].append(effect)
        self.attempts: dict[int, list[Row]] = defaultdict(list)
        for attempt in database.rows(ATTEMPTS):
            self.attempts[attempt["delivery_id"]].append(attempt)
        self.own = {row["id"] for row in database.rows(OWN)}
        self.alerts = {row["link"] for row in database.rows(ALERTS)}
        for delivery in self.deliveries:
            delivery["token"] = UUID(str(delivery["token"])).hex
            self.look_at(delivery)
        self.look_at_what_nobody_knows()
        self.look_at_the_trail(database.rows(RECORDS))
        self.look_at_bans()

    def count(self, what: str, of: object, why: str) -> None:
        """One more of what must not be."""
        setattr(self.verdict, what, getattr(self.verdict, what) + 1)
        self.verdict.wrong.append(f"{what}: {of}: {why}")

    def look_at(self, delivery: Row) -> None:
        effects = self.effects[delivery["token"]]
        name, state = f"delivery {delivery['id']}", delivery["state"]
        self.verdict.posts += 1
        self.verdict.needs_human += state == "needs_human"
        for _ in effects[1:]:
            self.count("duplicated", name, "went out again")
        if state == "published" and not effects:
            self.count("lost", name, "is called published and never went out")
        if effects and state in NOT_SENT:
            self.count("lost", name, f"went out, and is called {state}")
        if effects and state == "cancelled":
            self.count("held_sent", name, "went out although it was cancelled")
        if state not in ENDS:
            self.count("stuck", name, f"is still {state}: {delivery['last_error']}")
        if sum(a["outcome"] == "sending" for a in self.attempts[delivery["id"]]) > 1:
            self.count("stuck", name, "has two attempts under way")
        if state in ALERTED and not self.was_told(delivery):
            self.count("lost", name, f"is {state} and nobody was told")
        if state == "needs_human" and not self.case.may_need_human:
            self.count("stuck", name, f"needs a person for no reason: {delivery['last_error']}")
        if effects:
            self.look_at_approval(delivery, effects)
            self.look_at_time(delivery, effects)

    def was_told(self, delivery: Row) -> bool:
        return any(f"/{delivery['draft_id']}/" in f"{link}/" for link in self.alerts)

    def look_at_approval(self, delivery: Row, effects: Iterable[Effect]) -> None:
        name, token = f"delivery {delivery['id']}", delivery["token"]
        if delivery["id"] in self.own:
            self.count("unapproved", name, "was approved by somebody who wrote it")
        for effect in effects:
            if effect.content_hash != delivery["approved_hash"]:
                self.count("unapproved", name, "went out with another hash")
            elif effect.text != self.case.approved.get(token, effect.text):
                self.count("unapproved", name, "went out in other words")

    def look_at_time(self, delivery: Row, effects: Iterable[Effect]) -> None:
        name = f"delivery {delivery['id']}"
        due, last = moment(delivery["due_at"]), moment(delivery["not_after"])
        for attempt in self.attempts[delivery["id"]]:
            if moment(attempt["started_at"]) < due:
                self.count("unapproved", name, "was armed before its time")
            elif moment(attempt["started_at"]) > last:
                self.count("unapproved", name, "was armed after its last moment")
        if not self.case.clocks_are_right:
            return
        for effect in effects:
            if not due <= effect.at <= last + GRACE:
                self.count("unapproved", name, "went out at another time than was approved")
        if self.case.measures_lateness:
            first = min(effect.at for effect in effects)
            self.verdict.late.append((first - due).total_seconds())

    def look_at_what_nobody_knows(self) -> None:
        known = {delivery["token"] for delivery in self.deliveries}
        for token in set(self.effects) - known - set(self.case.approved):
            self.count("unapproved", f"token {token}", "went out and nobody approved it")

    def look_at_bans(self) -> None:
        states = {delivery["id"]: delivery for delivery in self.deliveries}
        for ban in self.case.bans:
            for key in sorted(ban.deliveries & set(states)):
                for attempt in self.attempts[key]:
                    started = moment(attempt["started_at"])
                    if started > ban.since and (ban.until is None or started < ban.until):
                        self.count("held_sent", f"delivery {key}", f"was armed under {ban.why}")

    def look_at_the_trail(self, records: list[Row]) -> None:
        told: Counter[object] = Counter()
        mac, expected = "", 0
        for row in records:
            data = row["data"] = read_json(row["data"])
            if row["verb"] in {"delivery.published", "delivery.answered"}:
                told[data.get("delivery")] += 1
            expected += 1
            if row["seq"] is None:
                self.count("stuck", f"record {row['record_id']}", "is not sealed")
                continue
            mac = link(self.case.audit_key, mac, row)
            if row["seq"] != expected or row["mac"] != mac:
                self.count("lost", f"record {row['record_id']}", "breaks the trail's chain")
                break
        for delivery in self.deliveries:
            if delivery["state"] == "published" and told[delivery["id"]] != 1:
                self.count(
                    "lost",
                    f"delivery {delivery['id']}",
                    f"is published, and the trail says so {told[delivery['id']]} times",
                )


def read_json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def link(key: str, previous: str, row: Row) -> str:
    """The seal that this row must have after `previous`, as docs say that it is made."""
    line = json.dumps(
        [
            previous,
            moment(row["sealed_at"]).timestamp(),
            row["record_id"],
            moment(row["at"]).timestamp(),
            *(row[name] for name in ("verb", "actor_id", "actor_name")),
            *(row[name] for name in ("target_type", "target_id", "target_name", "data")),
        ],
        sort_keys=True,
        ensure_ascii=True,
        separators=(",", ":"),
    )
    return hmac.new(key.encode(), line.encode(), hashlib.sha256).hexdigest()
