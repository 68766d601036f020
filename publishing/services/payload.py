"""What exactly is handed to a platform, and the leave to hand it over."""

from dataclasses import dataclass

from publishing.backends.base import Payload
from publishing.models import Delivery


def payload_of(delivery: Delivery) -> Payload:
    """What goes to the platform, and the hash of those very values."""
    revision = delivery.revision
    content = revision.content()
    return Payload(
        token=delivery.token,
        account=content.account,
        platform=revision.account.platform,
        text=content.text,
        kind=content.kind,
        source=dict(content.source),
        media=content.media,
        alt_texts=content.alt_texts,
        content_hash=content.digest(revision.hash_version),
    )


@dataclass(frozen=True, slots=True)
class Armed:
    """Leave to send once, now. `armed_at` is on the monotonic clock, before ARM's commit."""

    delivery_id: int
    fence: int
    attempt_id: int
    publisher: str
    payload: Payload
    armed_at: float
