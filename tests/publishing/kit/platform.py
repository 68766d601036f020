"""A fake platform as the kit wants to use it, and what is sent to it."""

import struct
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import count
from typing import Any, NamedTuple
from uuid import uuid4

from publishing.backends.base import (
    CannotAsk,
    Cause,
    Lookup,
    Media,
    Payload,
    Published,
    Publisher,
    Secrets,
)
from publishing.backends.wire import Timeouts

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
RESET_IN = 120
_numbers = count(1)


class Held(NamedTuple):
    """One post as the platform holds it: `answers` and `passes_on` are ids of other posts."""

    id: str
    text: str
    alt_texts: tuple[str, ...] = ()
    answers: str = ""
    passes_on: str = ""


class Fault(StrEnum):
    """What a fake platform does, in its own words, to the next request that would publish."""

    CREDENTIALS = "does not know the credentials"
    RATE_LIMIT = "names a rate limit that ends in RESET_IN seconds"
    REFUSAL = "refuses the content"
    #: Never asked of a platform that is reached by HTTP: something between does that.
    ACCEPTED = "takes it and gives no proper answer"


class Keeps:
    """Secrets as the vault hands them out, held in memory."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = dict(values)
        self.renewals = 0

    def read(self) -> Mapping[str, str]:
        return dict(self.values)

    def renewed(
        self, stale: Mapping[str, str], renew: Callable[[Mapping[str, str]], Mapping[str, str]]
    ) -> Mapping[str, str]:
        if dict(stale) == self.values:
            self.renewals += 1
            self.values = dict(renew(self.values))
        return dict(self.values)


class Locked(Keeps):
    """Secrets that cannot be opened."""

    def read(self) -> Mapping[str, str]:
        raise CannotAsk("The credentials cannot be opened.", Cause.CREDENTIALS)


class Platform(ABC):
    """A fake platform as the kit wants to use it, with one account of ours and one of another's."""

    #: "platform:handle" of ours, and what `Payload.platform` says.
    account: str
    name: str
    publisher: Publisher
    secrets: Keeps
    #: How an id of a post looks there.
    some_id = "12345"

    @abstractmethod
    def held(self) -> list[Held]:
        """Our own posts as the platform holds them now, oldest first, without the publisher."""

    @abstractmethod
    def somebody_posts(self, text: str) -> Mapping[str, str]:
        """Somebody else writes `text`; returns it as `Payload.source` points at it."""

    @abstractmethod
    def fail_next(self, fault: Fault) -> None: ...

    def mentioning(self, words: str) -> str:
        """`words` in a post that mentions our account."""
        return f"@{self.account.partition(':')[2]} {words}"


class WiredPlatform(Platform):
    """One that is reached by HTTP at `url`."""

    url: str
    #: Values of `secrets` that nobody may ever read.
    confidential: Sequence[str]

    @abstractmethod
    def publisher_at(self, url: str, timeouts: Timeouts) -> Publisher:
        """The same publisher for a platform at another address."""

    @abstractmethod
    def matters(self, method: str, path: str) -> bool:
        """Is that the request by which `publish` makes an original public?"""


def tweet(platform: Platform, text: str = "", **columns: Any) -> Payload:
    """A payload for our account, its text unlike any other's."""
    columns = {"token": uuid4(), "kind": "original", "source": {}, "media": (), **columns}
    text = text or f"Meet us at the library on Thursday, group {next(_numbers)}."
    return Payload(
        account=platform.account, platform=platform.name, text=text, content_hash="0" * 64,
        **columns,
    )  # fmt: skip


def picture(alt_text: str) -> Media:
    """A small PNG of a colour of its own."""
    shade = next(_numbers) % 256

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    rows = b"".join(b"\x00" + bytes([shade, 80, 160]) * 8 for _ in range(8))
    content = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
    return Media(content, "image/png", alt_text, sha256(content).hexdigest())


def published(platform: Platform, payload: Payload) -> Published:
    answer = platform.publisher.publish(payload, platform.secrets)
    assert isinstance(answer, Published), answer
    return answer


def questions(
    platform: Platform, publisher: Publisher, secrets: Secrets
) -> dict[str, Callable[[], object]]:
    """Every question that the publisher declares itself able to answer."""
    payload, account = tweet(platform), platform.account
    asked: dict[str, Callable[[], object]] = {}
    if publisher.lookup_kind == Lookup.RELIABLE:
        asked["find"] = lambda: publisher.find(payload, secrets, since=LONG_AGO)
    if publisher.can_delete:
        asked["delete"] = lambda: publisher.delete(account, platform.some_id, secrets)
    if publisher.can_read_timeline:
        asked["timeline"] = lambda: publisher.timeline(account, secrets, since=LONG_AGO)
    if publisher.can_read_mentions:
        asked["mentions"] = lambda: publisher.mentions(account, secrets)
    if publisher.credentials:
        asked["profile"] = lambda: publisher.profile(account, secrets)
    return asked
