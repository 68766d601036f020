"""What a publisher takes, and the only four answers that it may give."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Media:
    """One picture or film: its bytes, what they are ("image/png"), and its description."""

    content: bytes = field(repr=False)
    mime: str
    alt_text: str
    #: sha256 of `content` in hexadecimal digits, as it was approved.
    digest: str


@dataclass(frozen=True, slots=True)
class Payload:
    """Exactly what the platform is given. `token` is the same for every try of one delivery.

    `account` is "platform:handle". `kind` is one of policy.core.Kind; `source` names the post
    that is passed on or answered ({} for an original): `id` as the platform has it, `account` its
    handle, and whatever else that platform needs to point at it (`cid` on Bluesky).
    """

    token: UUID
    account: str
    platform: str
    text: str
    kind: str
    source: Mapping[str, str]
    media: tuple[Media, ...]
    content_hash: str


@dataclass(frozen=True, slots=True)
class Published:
    """The platform took it."""

    id: str
    url: str


class Cause(StrEnum):
    """Why something was not sent, as far as it concerns the whole account."""

    UNAVAILABLE = "unavailable"
    RATE_LIMIT = "rate_limit"
    CREDENTIALS = "credentials"


@dataclass(frozen=True, slots=True)
class NotSent:
    """Proved not sent: refused connection, name or TLS error, 401, 429 or 503 before the body.

    `retry_after` is in seconds, when the platform said how long to wait. A rate limit concerns
    the whole account until then; credentials concern it until somebody mends them.
    """

    reason: str
    retry_after: float | None = None
    cause: Cause = Cause.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform said no to this tweet, for good."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not be public: a time-out after sending, a reset, a 5xx after the body."""

    reason: str


Answer = Published | NotSent | Refused | Unknown


class CannotAsk(Exception):
    """The platform gave no usable answer to a question; nothing follows from that.

    The message is for people and holds no secret. `cause` as for NotSent.
    """

    def __init__(self, reason: str, cause: Cause = Cause.UNAVAILABLE) -> None:
        super().__init__(reason)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class Post:
    """One post as the platform shows it: the account's own, or one that mentions it."""

    id: str
    url: str
    at: datetime
    text: str
    #: Handle of who wrote it, without the @.
    author: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the platform takes us for, and what it shows of us; None: it does not tell."""

    handle: str
    name: str
    url: str
    bio: str | None = None
    link: str | None = None
    #: Something that is another whenever the picture is: its address, or a mark of it.
    picture: str | None = None
    is_protected: bool | None = None
    is_verified: bool | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where a person gives an account's access, and what `Publisher.accept` needs afterwards.

    `keep` holds secrets.
    """

    address: str
    keep: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """The credentials that a platform gave, and in how many seconds they end; None: never."""

    credentials: Mapping[str, str] = field(repr=False)
    ends_in: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one post of the platform may hold. `length` is counted as the rulebook does there."""

    length: int
    pictures: int
    picture_bytes: int
    alt_text: int


class Lookup(StrEnum):
    """How a platform can be asked whether something is public."""

    NONE = "none"
    RELIABLE = "reliable"


class Secrets(Protocol):
    """One account's credentials, read at the moment of use and never kept."""

    def read(self) -> Mapping[str, str]:
        """The credentials as they are now; empty when there are none. Raises CannotAsk."""
        ...

    def renewed(
        self, stale: Mapping[str, str], renew: Callable[[Mapping[str, str]], Mapping[str, str]]
    ) -> Mapping[str, str]:
        """Credentials newer than `stale`: another process's, or else what `renew` returns.

        `renew` runs under a lock, so that a refresh token is used once; its result is kept.
        """
        ...


class NoSecrets:
    """For publishers that need none."""

    def read(self) -> Mapping[str, str]:
        return {}

    def renewed(
        self, stale: Mapping[str, str], renew: Callable[[Mapping[str, str]], Mapping[str, str]]
    ) -> Mapping[str, str]:
        return {}


NO_SECRETS = NoSecrets()


class Publisher(ABC):
    """One way to publish.

    `publish` raises nothing of its own: what it cannot classify is Unknown. The questions raise
    CannotAsk. Each is answered within DEADLINE seconds, and only where the declarations say that
    the platform can do it.
    """

    DEADLINE = 15.0

    #: Whether sending the same token again within `token_life` seconds has no second effect.
    takes_token: bool = False
    token_life: float = 0
    lookup_kind: Lookup = Lookup.NONE
    can_delete: bool = False
    #: Whether `timeline` can be asked for the account's own posts.
    can_read_timeline: bool = False
    can_read_mentions: bool = False
    #: Whether `profile` says what the public sees of the account.
    can_read_profile: bool = False
    #: Whether a person can give access on the platform's own page: `invite`, `accept`, `revoke`.
    can_connect: bool = False
    #: The one platform that it publishes on, as in accounts.models.Platform; empty: any.
    serves: str = ""
    #: Whether nothing that is sent here reaches the public.
    is_practice: bool = False
    #: The names of what `Secrets.read` has to hold.
    credentials: Sequence[str] = ()
    #: The names of what it may hold besides.
    optional_credentials: Sequence[str] = ()
    limits: Limits = Limits(length=280, pictures=4, picture_bytes=5_000_000, alt_text=1000)

    @abstractmethod
    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        """Hand the tweet over once."""

    def find(self, payload: Payload, secrets: Secrets, *, since: datetime) -> Published | None:
        """The tweet if it is public, None if it is not. Only where `lookup_kind` says so."""
        raise NotImplementedError

    def delete(self, account: str, external_id: str, secrets: Secrets) -> None:
        """Take one of `account`'s own posts down; one that is gone already is no error.

        It may have been posted when the account had another name.
        """
        raise NotImplementedError

    def timeline(self, account: str, secrets: Secrets, *, since: datetime) -> list[Post]:
        """`account`'s own posts at or after `since`, oldest first."""
        raise NotImplementedError

    def mentions(
        self, account: str, secrets: Secrets, *, cursor: str = ""
    ) -> tuple[list[Post], str]:
        """Posts that mention `account` after `cursor`, oldest first, and the next cursor."""
        raise NotImplementedError

    def profile(self, account: str, secrets: Secrets) -> Profile:
        """Who we are on the platform; posts nothing. The test of a connection."""
        raise NotImplementedError

    def invite(self, *, state: str, back_to: str, server: str = "") -> Invitation:
        """The platform's page on which a person gives access; it leads back with `state`.

        `server` is the name of one where the platform has several.
        """
        raise NotImplementedError

    def accept(self, kept: Mapping[str, str], *, code: str, back_to: str) -> Grant:
        """What the platform gives for the `code` with which it led back."""
        raise NotImplementedError

    def revoke(self, kept: Mapping[str, str], credentials: Mapping[str, str]) -> None:
        """Give back what `accept` got."""
        raise NotImplementedError
