"""A Mastodon server on this machine: the mastodon-mock package, in a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from publishing.backends.mastodon import MastodonPublisher
from publishing.backends.wire import Timeouts
from tests.publishing.kit import RESET_IN, Fault, Held, Keeps, WiredPlatform

OURS = "token-of-the-team-8d1f"
THEIRS = "token-of-a-neighbour-77"
CONFIG = f"""
[[seed.accounts]]
username = "team"
display_name = "Marlshire Police"
access_token = "{OURS}"

[[seed.accounts]]
username = "neighbour"
access_token = "{THEIRS}"
"""
PATIENCE = 30.0
POSTING = {"methods": ["POST"], "path": "/api/v1/statuses"}
FAULTS: dict[Fault, dict[str, Any]] = {
    Fault.CREDENTIALS: {
        "type": "status", "status": 401, "body": {"error": "The access token is invalid"},
    },
    Fault.REFUSAL: {
        "type": "status", "status": 422,
        "body": {"error": "Validation failed: Text character limit of 500 exceeded"},
    },
}  # fmt: skip


@contextmanager
def mastodon_server(folder: Path) -> Iterator[str]:
    """Yields the address of a server with the accounts `team` and `neighbour`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = folder / "mastodon.toml"
    config.write_text(CONFIG)
    command = ["-m", "mastodon_mock", "serve", "--in-memory", "--config", str(config)]
    with (folder / "mastodon.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, *command, "--host", "127.0.0.1", "--port", str(port)],
            stdout=log, stderr=log, cwd=folder,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url, server)
            yield url
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "The Mastodon server stopped."
        try:
            if requests.get(f"{url}/api/v1/instance", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError("The Mastodon server did not start.")


class MastodonServer(WiredPlatform):
    account = "mastodon:team"
    name = "mastodon"
    confidential = (OURS,)

    def __init__(self, url: str) -> None:
        self.url = url
        self.publisher = MastodonPublisher(url)
        self.secrets = Keeps({"access_token": OURS})
        self._call("POST", "/api/v1/_mock/reset")
        self._call("DELETE", "/api/v1/_mock/faults")
        self._me = self._call("GET", "/api/v1/accounts/verify_credentials")["id"]

    def _call(self, method: str, path: str, token: str = OURS, **rest: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        answer = requests.request(method, self.url + path, headers=headers, timeout=10, **rest)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def held(self) -> list[Held]:
        statuses = self._call("GET", f"/api/v1/accounts/{self._me}/statuses?limit=40")
        return [
            Held(
                id=status["id"],
                text=self._call("GET", f"/api/v1/statuses/{status['id']}/source")["text"],
                alt_texts=tuple(media["description"] for media in status["media_attachments"]),
                answers=status["in_reply_to_id"] or "",
                passes_on=(status["reblog"] or {}).get("id", ""),
            )
            for status in reversed(statuses)
        ]

    def somebody_posts(self, text: str) -> Mapping[str, str]:
        status = self._call("POST", "/api/v1/statuses", THEIRS, json={"status": text})
        return {"id": status["id"], "account": "neighbour"}

    def post(self, text: str) -> None:
        """Post as ourselves, past the publisher."""
        self._call("POST", "/api/v1/statuses", json={"status": text})

    def show(self, **form: str) -> None:
        """Change our profile, as its owner does."""
        self._call("PATCH", "/api/v1/accounts/update_credentials", data=form)

    def pictures_of(self, post_id: str) -> list[str]:
        """The ids of a post's pictures."""
        status = self._call("GET", f"/api/v1/statuses/{post_id}")
        return [media["id"] for media in status["media_attachments"]]

    def fault(
        self, effect: Mapping[str, Any], match: Mapping[str, Any] = POSTING, times: int = 1
    ) -> None:
        """The next request that matches meets `effect`, both in mastodon-mock's own terms."""
        rule = {"match": match, "effect": effect, "count": times}
        self._call("POST", "/api/v1/_mock/faults", json=rule)

    def faults(self) -> list[Any]:
        """Those that nothing has met yet."""
        found: list[Any] = self._call("GET", "/api/v1/_mock/faults")
        return found

    def fail_next(self, fault: Fault) -> None:
        if fault == Fault.RATE_LIMIT:
            # As Mastodon itself says it: a date, and no Retry-After.
            reset = datetime.now(UTC) + timedelta(seconds=RESET_IN)
            headers = {"X-RateLimit-Reset": reset.isoformat().replace("+00:00", "Z")}
            self.fault({"type": "status", "status": 429, "headers": headers})
        else:
            self.fault(FAULTS[fault])

    def publisher_at(self, url: str, timeouts: Timeouts) -> MastodonPublisher:
        return MastodonPublisher(url, timeouts=timeouts)

    def matters(self, method: str, path: str) -> bool:
        return (method, path) == ("POST", "/api/v1/statuses")
