"""The practice publisher from the app's side: its timeline, and what is made to go wrong."""

from django.core.exceptions import PermissionDenied

from accounts.models import User
from publishing.backends.mock import Effect, Fault, MockPublisher
from publishing.publishers import publishers

__all__ = ["FAULTS", "Fault", "fail_next", "practice_is_on", "practice_timeline"]

FAULTS: dict[str, str] = {
    Fault.TIMEOUT_ACCEPTED: "Time-out, but the tweet is taken",
    Fault.TIMEOUT_LOST: "Time-out, and the tweet is lost",
    Fault.REFUSAL: "Refused as a duplicate",
    Fault.UNAVAILABLE: "Not available, try later",
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
    """What the practice publisher took, newest first; nothing of it is public."""
    practice = _practice()
    return practice.effects() if practice else []


def fail_next(kind: str, *, account: str = "*", actor: User) -> None:
    """Make the next tweet of `account` meet a fault. Raises PermissionDenied, ValueError."""
    if not actor.has_perm("publishing.inject_faults"):
        raise PermissionDenied
    practice = _practice()
    if practice:
        practice.fail_next(Fault(kind), account=account)
