"""Publishers that can do, or fail to do, what the practice publisher does not by itself."""

import threading
from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from publishing.backends.base import (
    Answer,
    Invitation,
    Lookup,
    Payload,
    Profile,
    Published,
    Publisher,
    Secrets,
)
from publishing.backends.mock import MockPublisher


class TokenOnly(MockPublisher):
    """Knows a token again for `life` seconds, and cannot be asked what became of it."""

    def __init__(self, life: float = 3600, **options: Any) -> None:
        super().__init__(**options)
        self.lookup_kind = Lookup.NONE
        self.token_life = life


class CannotBeAsked(MockPublisher):
    """Says that it can be asked, and then cannot be reached for that."""

    def find(self, payload: Payload, secrets: Secrets, *, since: datetime) -> Published | None:
        raise TimeoutError


class Connects(MockPublisher):
    """Says that access can be given on a page of its own, which is never there."""

    can_connect = True
    credentials = ("access_token",)

    def invite(self, *, state: str, back_to: str, server: str = "") -> Invitation:
        return Invitation(f"https://platform.example/authorize?state={state}", {"verifier": "v"})


class Real(Publisher):
    """Declares nothing that it can do, and does not practise."""

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        return Published("1", "https://platform.example/1")


class Says(MockPublisher):
    """Gives the same answer to everything, or raises it."""

    def __init__(self, answer: Answer | Exception | None, **options: Any) -> None:
        super().__init__(**options)
        self.answer = answer

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer  # type: ignore[return-value]  # None is what no backend should say


class Waits(MockPublisher):
    """Keeps everybody waiting until it is told to go on."""

    go_on = threading.Event()
    lock = threading.Lock()
    #: How many it had of each account at the same moment, at most.
    at_once: ClassVar[Counter[str]] = Counter()
    now: ClassVar[Counter[str]] = Counter()

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        with self.lock:
            self.now[payload.account] += 1
            self.at_once[payload.account] = max(
                self.at_once[payload.account], self.now[payload.account]
            )
        assert self.go_on.wait(30)
        with self.lock:
            self.now[payload.account] -= 1
        return super().publish(payload, secrets)


class Renamed(MockPublisher):
    """Whoever owns its accounts has given them another name on the platform."""

    def profile(self, account: str, secrets: Secrets) -> Profile:
        return replace(super().profile(account, secrets), handle="FreeCoins")
