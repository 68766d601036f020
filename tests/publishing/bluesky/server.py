"""A real server of the AT Protocol on this machine, as the contract kit wants to use it."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Self

import requests

from publishing.backends.bluesky import BlueskyPublisher
from publishing.backends.wire import Timeouts
from tests.publishing.bluesky.platform import held_of
from tests.publishing.kit import Fault, Held, Keeps, WiredPlatform
from tools.prepare import TOOLS, node_command

BYPASS = "a-key-that-passes-rate-limits"
POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"
_numbers = count(1)


@contextmanager
def bluesky_server(folder: Path) -> Iterator[str]:
    """Yields the address of a server without accounts."""
    script = str(TOOLS / "bluesky" / "serve.cjs")
    with (folder / "bluesky.log").open("w") as log:
        server = subprocess.Popen(
            [node_command(), script, str(folder), BYPASS],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            env={"LOG_ENABLED": "false", "PATH": "/usr/local/bin:/usr/bin:/bin"},
        )  # fmt: skip
        with server:
            assert server.stdout
            line = server.stdout.readline()
            assert line, (folder / "bluesky.log").read_text()
            yield json.loads(line)["url"]
            server.kill()


class Account:
    """An account of its own, used without the publisher."""

    def __init__(self, url: str, kind: str) -> None:
        self.url = url
        self.handle = f"{kind}{next(_numbers)}.test"
        self._token = ""
        known = {
            "handle": self.handle, "email": f"{self.handle}@example.org", "password": "long enough",
        }  # fmt: skip
        made = self.call("com.atproto.server.createAccount", known)
        self.did, self._token = made["did"], made["accessJwt"]

    def call(self, name: str, body: Mapping[str, Any] | None = None, **params: str) -> Any:
        """A call that has to succeed: with a body a procedure, else a query."""
        headers = {"x-ratelimit-bypass": BYPASS}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        address = f"{self.url}/xrpc/{name}"
        if body is None:
            reply = requests.get(address, params=params, headers=headers, timeout=30)
        else:
            reply = requests.post(address, json=body, headers=headers, timeout=30)
        assert reply.ok, reply.text
        return reply.json()

    def app_password(self) -> str:
        """A new one."""
        made = self.call("com.atproto.server.createAppPassword", {"name": "blue-lamp"})
        return str(made["password"])

    def write(self, text: str, **more: Any) -> dict[str, str]:
        """Post as other apps do; returns uri and cid."""
        record = {"$type": POST, "text": text, "createdAt": "2026-01-01T12:00:00Z", **more}
        asked = {"repo": self.did, "collection": POST, "record": record}
        made: dict[str, str] = self.call("com.atproto.repo.createRecord", asked)
        return made

    def records(self) -> list[dict[str, Any]]:
        """Its posts and reposts, oldest first."""
        found = [
            record
            for collection in (POST, REPOST)
            for record in self.call(
                "com.atproto.repo.listRecords", repo=self.did, collection=collection
            )["records"]
        ]
        return sorted(found, key=lambda record: str(record["value"]["createdAt"]))


class Alone(BlueskyPublisher):
    """A server by itself knows of no mentions: those come from the network's index."""

    can_read_mentions = False

    def mentions(self, account: str, *_: Any, cursor: str = "") -> Any:
        raise NotImplementedError


class RealBluesky(WiredPlatform):
    """One account on that server, and another's."""

    name = "bluesky"

    def __init__(self, url: str, neighbour: Account) -> None:
        self.url = url
        self.us = Account(url, "team")
        self.neighbour = neighbour
        self.account = f"bluesky:{self.us.handle}"
        self.secrets = Keeps({"app_password": self.us.app_password()})
        self.publisher = self.publisher_at(url, Timeouts())
        self.some_id = f"at://{self.us.did}/{POST}/2222222222222"

    @property
    def confidential(self) -> list[str]:  # type: ignore[override]  # grows as tokens are given
        names = ("app_password", "access_token", "refresh_token")
        return [self.secrets.values[name] for name in names if name in self.secrets.values]

    def publisher_at(self, url: str, timeouts: Timeouts) -> BlueskyPublisher:
        return Alone(url, timeouts=timeouts)

    def matters(self, method: str, path: str) -> bool:
        return (method, path) == ("POST", "/xrpc/com.atproto.repo.putRecord")

    def held(self) -> list[Held]:
        return [held_of(record["uri"], record["value"]) for record in self.us.records()]

    def somebody_posts(self, text: str) -> Mapping[str, str]:
        made = self.neighbour.write(text)
        return {"id": made["uri"], "account": self.neighbour.handle, "cid": made["cid"]}

    def fail_next(self, fault: Fault) -> None:
        raise NotImplementedError

    def sign_out(self) -> Self:
        """Forget the session; the app password stays."""
        self.secrets.values = {"app_password": self.secrets.values["app_password"]}
        return self
