"""What exactly is handed to a platform, and the leave to hand it over."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from publishing.backends.base import Payload, Secrets
from publishing.models import Delivery


def payload_of(delivery: Delivery) -> Payload:
    """What goes to the platform, and the hash of those very values.

    The account's name there is the present one; the hash has the one that was approved.
    """
    revision = delivery.revision
    content = revision.content()
    return Payload(
        token=delivery.token,
        account=revision.account.address,
        platform=revision.account.platform,
        text=content.text,
        kind=content.kind,
        source=dict(content.source),
        media=(),
        content_hash=content.digest(revision.hash_version),
    )


@dataclass(frozen=True, slots=True)
class Armed:
    """Leave to send `delivery`, as it was when it was claimed, once and now.

    `armed_at` is on the monotonic clock, before ARM's commit; `database_at` is the same moment on
    the database's.
    """

    delivery: Delivery
    attempt_id: int
    payload: Payload
    secrets: Secrets
    armed_at: float
    database_at: datetime

    @property
    def delivery_id(self) -> int:
        return self.delivery.pk

    @property
    def fence(self) -> int:
        return self.delivery.fence

    @property
    def publisher(self) -> str:
        return self.delivery.account.publisher

    def database_now(self) -> datetime:
        """The database's clock by what has passed here since ARM: asks no database."""
        return self.database_at + timedelta(seconds=time.monotonic() - self.armed_at)
