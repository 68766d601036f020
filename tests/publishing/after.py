"""A publisher that can fail at deleting and at showing its timeline, and what is still public."""

from datetime import datetime
from typing import Any

from django.conf import settings

from publishing.backends.base import CannotAsk, Cause, Post, Secrets
from publishing.backends.mock import MockPublisher
from publishing.models import Delivery
from publishing.publishers import publishers
from tests.publishing.stage import Ledger


class Failing(MockPublisher):
    """`fault` is what happens to each question: "", "away", "locked" or "bug"."""

    def __init__(self, fault: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.fault = fault

    def _fail(self) -> None:
        match self.fault:
            case "away":
                raise CannotAsk("The platform is away.")
            case "locked":
                raise CannotAsk("The platform does not take our password.", Cause.CREDENTIALS)
            case "bug":
                raise RuntimeError("secret-token")

    def delete(self, account: str, external_id: str, secrets: Secrets) -> None:
        self._fail()
        super().delete(account, external_id, secrets)

    def timeline(self, account: str, secrets: Secrets, *, since: datetime) -> list[Post]:
        self._fail()
        return super().timeline(account, secrets, since=since)


def failing(ledger: Ledger, fault: str) -> None:
    """Let every question to the publishers of this test end in `fault`; "" mends them."""
    settings.PUBLISHERS = {
        alias: {
            "BACKEND": "tests.publishing.after.Failing",
            "OPTIONS": {"ledger": str(ledger.path), "ability": ability, "fault": fault},
        }
        for alias, ability in (("default", "token"), ("lookup", "lookup"), ("blind", "blind"))
    }


def shown(delivery: Delivery) -> int:
    """How often the public can see this delivery."""
    practice = publishers["default"]
    assert isinstance(practice, MockPublisher)
    effects = practice.effects(limit=1000)
    return sum(e.token == delivery.token and e.removed_at is None for e in effects)
