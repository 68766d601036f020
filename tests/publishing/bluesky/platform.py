"""The fake Bluesky as the contract kit wants to use it."""

from collections.abc import Mapping, Sequence
from typing import Any

from publishing.backends.bluesky import BlueskyPublisher
from publishing.backends.wire import Timeouts
from tests.publishing.fake_bluesky import (
    AUTH_MISSING,
    TOO_LONG,
    FakeBluesky,
    Record,
    too_many,
)
from tests.publishing.kit import RESET_IN, Fault, Held, Keeps, WiredPlatform

TEAM = "foxhollow.police.uk"
NEIGHBOUR = "neighbour.example.org"


def held_of(uri: str, value: Mapping[str, Any]) -> Held:
    """A record of ours as the kit compares it."""
    embed = value.get("embed", {})
    images = embed.get("images") or embed.get("media", {}).get("images", [])
    return Held(
        id=uri,
        text=value.get("text", ""),
        alt_texts=tuple(image["alt"] for image in images),
        answers=value.get("reply", {}).get("parent", {}).get("uri", ""),
        passes_on=value.get("subject", {}).get("uri", ""),
    )


class Bluesky(WiredPlatform):
    """The fake, as the kit wants to use it."""

    account = f"bluesky:{TEAM}"
    name = "bluesky"

    def __init__(self, fake: FakeBluesky) -> None:
        self.fake = fake
        self.url = fake.url
        self.us = fake.join(TEAM)
        self.secrets = Keeps({"app_password": self.us.password})
        self.publisher = self.publisher_at(fake.url, Timeouts())
        self.some_id = f"at://{self.us.did}/app.bsky.feed.post/2222222222222"
        fake.join(NEIGHBOUR)

    @property
    def confidential(self) -> Sequence[str]:  # type: ignore[override]  # grows as tokens are given
        return [self.us.password, *self.fake.sessions.issued]

    def publisher_at(self, url: str, timeouts: Timeouts) -> BlueskyPublisher:
        return BlueskyPublisher(url, timeouts=timeouts)

    def matters(self, method: str, path: str) -> bool:
        return (method, path) == ("POST", "/xrpc/com.atproto.repo.putRecord")

    def held(self) -> list[Held]:
        return [held_of(record.uri, record.value) for record in self.records()]

    def records(self) -> list[Record]:
        """Our own posts and reposts, oldest first."""
        return self.fake.posts_of(TEAM)

    def somebody_posts(self, text: str) -> Mapping[str, str]:
        record = self.fake.write(NEIGHBOUR, text)
        return {"id": record.uri, "account": NEIGHBOUR, "cid": record.cid}

    def fail_next(self, fault: Fault) -> None:
        match fault:
            case Fault.CREDENTIALS:
                # A new session does not help.
                self.fake.fail_next(AUTH_MISSING)
                self.fake.fail_next(AUTH_MISSING)
            case Fault.RATE_LIMIT:
                self.fake.fail_next(too_many(wait=RESET_IN))
            case Fault.REFUSAL:
                self.fake.fail_next(TOO_LONG)
            case Fault.ACCEPTED:
                raise NotImplementedError
