"""Who and what there is on the small Bluesky."""

import json
import secrets
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from tests.publishing.fake_bluesky.answers import POST, REPOST
from tests.publishing.fake_http import Fault, Reply, Served, Trouble

DIGITS = "234567abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class User:
    """Somebody with an account on this server."""

    did: str
    handle: str
    password: str


@dataclass(frozen=True)
class Record:
    """One record of a repository."""

    did: str
    collection: str
    key: str
    value: Mapping[str, Any]
    indexed_at: datetime

    @property
    def uri(self) -> str:
        return f"at://{self.did}/{self.collection}/{self.key}"

    @property
    def cid(self) -> str:
        return cid_of(json.dumps(self.value, sort_keys=True).encode())

    def shown(self) -> dict[str, Any]:
        return {"uri": self.uri, "cid": self.cid, "value": dict(self.value)}


def cid_of(content: bytes) -> str:
    """Something that looks like an identifier of content, and is one."""
    return "bafyrei" + b32encode(sha256(content).digest()).decode().lower().rstrip("=")


@dataclass
class Sessions:
    """Who holds which token. Refresh tokens are good for one use."""

    access: dict[str, str] = field(default_factory=dict)
    refresh: dict[str, str] = field(default_factory=dict)
    #: Every token that was ever given out.
    issued: list[str] = field(default_factory=list)
    opened: int = 0
    refreshed: int = 0

    def new(self, did: str) -> dict[str, str]:
        pair = [f"ey{secrets.token_hex(24)}" for _ in range(2)]
        self.access[pair[0]] = self.refresh[pair[1]] = did
        self.issued += pair
        return {"accessJwt": pair[0], "refreshJwt": pair[1]}


class Store(Served):
    """What the server holds. Tests look at it, and put things into it."""

    def __init__(self) -> None:
        super().__init__()
        self.users: dict[str, User] = {}
        self.records: dict[tuple[str, str, str], Record] = {}
        self.blobs: dict[str, tuple[str, bytes]] = {}
        self.sessions = Sessions()
        self._sequence = 0

    # --- what a test does

    def join(self, handle: str) -> User:
        """A new user, or the one of that handle."""
        with self.lock:
            if handle not in self.users:
                letters = b32encode(sha256(handle.encode()).digest()).decode().lower()
                user = User(f"did:plc:{letters[:24]}", handle, secrets.token_hex(8))
                self.users[handle] = user
            return self.users[handle]

    def expire_access(self) -> None:
        """Two hours pass."""
        self.sessions.access.clear()

    def revoke(self) -> None:
        """Every session ends."""
        self.sessions.access.clear()
        self.sessions.refresh.clear()

    def fail_next(
        self,
        what: Reply | Trouble,
        *,
        name: str = "com.atproto.repo.putRecord",
        method: str = "POST",
        done: bool = False,
    ) -> None:
        """Let `what` happen to the next call of that name."""
        with self.lock:
            self.faults.append(Fault(what, method, f"/xrpc/{name}", done))

    def write(self, handle: str, text: str, *, key: str = "", **more: Any) -> Record:
        """Somebody posts with an app of their own."""
        with self.lock:
            at = self._now()
            value = {"$type": POST, "text": text, "createdAt": written(at), **more}
            return self._keep(self.join(handle).did, POST, key or self._next_key(at), value)

    def posts_of(self, handle: str) -> list[Record]:
        """All posts and reposts of a user, oldest first."""
        with self.lock:
            did = self.join(handle).did
            found = [each for each in self.records.values() if each.did == did]
            posts = [each for each in found if each.collection in {POST, REPOST}]
            return sorted(posts, key=lambda record: record.indexed_at)

    def calls(self, name: str) -> int:
        """How often that was called."""
        return [path for _, path in self.requests].count(f"/xrpc/{name}")

    # --- how it keeps things

    def blob(self, link: str) -> dict[str, Any]:
        """A blob as records point at it."""
        mime, content = self.blobs[link]
        return {"$type": "blob", "ref": {"$link": link}, "mimeType": mime, "size": len(content)}

    def _keep(self, did: str, collection: str, key: str, value: Mapping[str, Any]) -> Record:
        record = Record(did, collection, key, dict(value), self._now())
        self.records[did, collection, key] = record
        return record

    def _now(self) -> datetime:
        """No two moments are the same."""
        self._sequence += 1
        return datetime.now(UTC) + timedelta(milliseconds=self._sequence)

    def _next_key(self, at: datetime | None) -> str:
        number = int((at or self._now()).timestamp() * 1_000_000) << 10
        return "".join(DIGITS[number >> shift & 31] for shift in range(60, -1, -5))


def written(at: datetime) -> str:
    """A moment as records hold it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
