"""Publishers that can do, or fail to do, what the practice publisher does not by itself."""

from datetime import datetime
from typing import Any

from publishing.backends.base import Answer, Lookup, Payload, Published, Publisher
from publishing.backends.mock import MockPublisher


class TokenOnly(MockPublisher):
    """Knows a token again for `life` seconds, and cannot be asked what became of it."""

    def __init__(self, life: float = 3600, **options: Any) -> None:
        super().__init__(**options)
        self.lookup_kind = Lookup.NONE
        self.token_life = life


class CannotBeAsked(MockPublisher):
    """Says that it can be asked, and then cannot be reached for that."""

    def find(self, payload: Payload, *, since: datetime) -> Published | None:
        raise TimeoutError


class Real(Publisher):
    """Declares nothing that it can do, and does not practise."""

    def publish(self, payload: Payload) -> Answer:
        return Published("1", "https://platform.example/1")


class Says(MockPublisher):
    """Gives the same answer to everything, or raises it."""

    def __init__(self, answer: Answer | Exception | None, **options: Any) -> None:
        super().__init__(**options)
        self.answer = answer

    def publish(self, payload: Payload) -> Answer:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer  # type: ignore[return-value]  # None is what no backend should say
