"""What a publisher takes, and the only four answers that it may give."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Payload:
    """Exactly what the platform is given. `token` is the same for every try of one delivery."""

    token: UUID
    account: str
    platform: str
    text: str
    kind: str
    source: Mapping[str, str]
    media: tuple[str, ...]
    alt_texts: tuple[str, ...]
    content_hash: str


@dataclass(frozen=True, slots=True)
class Published:
    """The platform took it."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Proved not sent: refused connection, name or TLS error, 429 or 503 before the body.

    `retry_after` is in seconds, when the platform said how long to wait.
    """

    reason: str
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform said no, for good."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not be public: a time-out after sending, a reset, a 5xx after the body."""

    reason: str


Answer = Published | NotSent | Refused | Unknown


class Lookup(StrEnum):
    """How a platform can be asked whether something is public."""

    NONE = "none"
    RELIABLE = "reliable"


class Publisher(ABC):
    """One way to publish. Raises nothing of its own: what it cannot classify is Unknown."""

    #: Whether sending the same token again within `token_life` seconds has no second effect.
    takes_token: bool = False
    token_life: float = 0
    lookup_kind: Lookup = Lookup.NONE
    #: Whether nothing that is sent here reaches the public.
    is_practice: bool = False

    @abstractmethod
    def publish(self, payload: Payload) -> Answer:
        """Hand the tweet over once, within 15 seconds."""

    def find(self, payload: Payload, *, since: datetime) -> Published | None:
        """The tweet if it is public, None if it is not. Only where `lookup_kind` says so."""
        raise NotImplementedError
