"""When the same tweet may be handed over a second time although it may be public already."""

from datetime import datetime

from publishing.models import Delivery
from publishing.publishers import publishers


def is_safe_to_repeat(delivery: Delivery, *, now: datetime) -> bool:
    """Whether its platform would know the token again and publish nothing twice."""
    publisher = publishers.get(delivery.account.publisher)
    first = delivery.attempts.order_by("pk").first()
    if publisher is None or first is None or not publisher.takes_token:
        return False
    return (now - first.started_at).total_seconds() < publisher.token_life
