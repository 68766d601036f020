"""The practice publisher from the app's side: its timeline, and what is made to go wrong."""

from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied

from accounts.models import SocialAccount, User
from publishing.backends.base import NO_SECRETS, Payload
from publishing.backends.mock import Effect, Fault, MockPublisher
from publishing.publishers import publishers
from publishing.services.reading_timelines import begin_reading, read_soon

__all__ = ["FAULTS", "Fault", "fail_next", "post_past", "practice_is_on", "practice_timeline"]

FAULTS: dict[str, str] = {
    Fault.TIMEOUT_ACCEPTED: "Time-out, but the tweet is taken",
    Fault.TIMEOUT_LOST: "Time-out, and the tweet is lost",
    Fault.REFUSAL: "Refused as a duplicate",
    Fault.UNAVAILABLE: "Not available, try later",
    Fault.RATE_LIMIT: "Rate limit reached, for two minutes",
    Fault.CREDENTIALS: "The account's credentials are not taken",
}


def _practice() -> MockPublisher | None:
    for alias in publishers:
        publisher = publishers[alias]
        if isinstance(publisher, MockPublisher):
            return publisher
    return None


def practice_is_on() -> bool:
    """Whether any publisher that is configured only practises."""
    return _practice() is not None


def practice_timeline() -> list[Effect]:
    """What the practice publisher took and still shows, newest first; nothing of it is public."""
    practice = _practice()
    return [effect for effect in practice.effects() if not effect.removed_at] if practice else []


def fail_next(kind: str, *, account: str = "*", actor: User) -> None:
    """Make the next tweet of `account` meet a fault. Raises PermissionDenied, ValueError."""
    if not actor.has_perm("publishing.inject_faults"):
        raise PermissionDenied
    practice = _practice()
    if practice:
        practice.fail_next(Fault(kind), account=account)


def post_past(account: SocialAccount, *, text: str, actor: User, now: datetime) -> None:
    """Put a post on the practice timeline as somebody would who goes past Blue Lamp.

    Raises PermissionDenied, ValueError when the account does not practise.
    """
    if not actor.has_perm("publishing.post_past"):
        raise PermissionDenied
    publisher = publishers.get(account.publisher)
    if not isinstance(publisher, MockPublisher):
        message = f"{account} does not practise."
        raise ValueError(message)  # noqa: TRY004  it is the account that is wrong
    # A reading that begins after the post would take it for one from before Blue Lamp's time.
    begin_reading(account.pk, now=now)
    publisher.publish(
        Payload(
            token=uuid4(),
            account=account.address,
            platform=account.platform,
            text=text,
            kind="original",
            source={},
            media=(),
            content_hash="",
        ),
        NO_SECRETS,
    )
    read_soon(account, now=now)
