"""F16-F18 and F23: slow, silent, refusing and garbled platforms, and very many tweets at once."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from publishing.backends.base import Answer, Cause, NotSent, Payload, Refused, Secrets, Unknown
from publishing.backends.mock import MockPublisher
from publishing.clock import database_now
from tests.faults.suite import bulk
from tests.faults.suite.scenario import Scenario
from tests.faults.suite.stand import PUBLISHERS, Stand

SLOW = 12.0


class Slow(MockPublisher):
    """Takes `seconds` for each tweet, and takes it."""

    def __init__(self, ledger: str, seconds: float, **options: Any) -> None:
        super().__init__(ledger, **options)
        self.seconds = seconds

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        time.sleep(self.seconds)
        return super().publish(payload, secrets)


class Moody(MockPublisher):
    """Meets each tweet with one of `moods`, which the token chooses; takes it at the third try."""

    moods: ClassVar[dict[str, Callable[["Moody", Payload, Secrets], Any]]] = {
        "429 with a reset": lambda *_: NotSent("Too many.", 0.2, Cause.RATE_LIMIT),
        "500 after the body": lambda *_: Unknown("500"),
        "reset in the middle, taken": lambda self, *tweet: self.takes(*tweet, Unknown("Reset.")),
        "reset in the middle, lost": lambda *_: Unknown("Reset."),
        "403 duplicate": lambda *_: Refused("duplicate", "Status is a duplicate."),
        "garbage": lambda *_: "<html>It works!",
        "nothing": lambda *_: None,
        "an exception": lambda *_: 1 / 0,
        "refused connection": lambda *_: NotSent("Connection refused."),
        "time-out, taken": lambda self, *tweet: self.takes(*tweet, Unknown("Time-out.")),
        "time-out, lost": lambda *_: Unknown("Time-out."),
    }

    def __init__(self, ledger: str, only: str = "", **options: Any) -> None:
        super().__init__(ledger, **options)
        self.only = only

    def takes(self, payload: Payload, secrets: Secrets, answer: Answer) -> Answer:
        super().publish(payload, secrets)
        return answer

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        names = [name for name in self.moods if name.startswith(self.only)]
        mood = random.Random(payload.token.int).choice(names)
        if self.is_first_time(payload):
            answer: Answer = self.moods[mood](self, payload, secrets)
            return answer
        return super().publish(payload, secrets)

    def is_first_time(self, payload: Payload) -> bool:
        with self._open() as ledger:
            ledger.execute("CREATE TABLE IF NOT EXISTS tried (token TEXT PRIMARY KEY)")
            tried = ledger.execute(
                "INSERT INTO tried VALUES (?) ON CONFLICT DO NOTHING", [str(payload.token)]
            )
            return tried.rowcount == 1


def backend(which: type[MockPublisher], **options: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """Such a publisher under every alias, with the alias' ability."""
    path = f"{which.__module__}.{which.__name__}"
    return {name: (path, {"ability": name, **options}) for name in PUBLISHERS}


class SlowPlatform(Scenario):
    code, title = "F16", "a publisher that takes 12 s, 200 times"
    case: ClassVar = {"may_need_human": False}
    # Each sends to several accounts at a time.
    POSTS, AT_ONCE = 200, 5

    def happen(self, stand: Stand) -> None:
        stand.publish_with(backend(Slow, seconds=SLOW / stand.options.scale))
        stand.due(self.POSTS)
        stand.settle(workers=self.AT_ONCE, within=90, broker="")


class NoAnswer(Scenario):
    code, title = "F17", "time-outs, with and without the tweet taken"

    def happen(self, stand: Stand) -> None:
        stand.publish_with(backend(Moody, only="time-out"))
        stand.due(90)
        stand.settle()


class AnythingButAnAnswer(Scenario):
    code, title = "F18", "429, 500, resets, duplicates, garbage, exceptions"

    def happen(self, stand: Stand) -> None:
        stand.publish_with(backend(Moody))
        stand.due(150)
        stand.settle()


class TenThousand(Scenario):
    code, title = "F23", "ten thousand due in the same second, and an urgent one"
    POSTS, POSTS_IN_FULL = 1500, 10_000
    # What an urgent tweet may be late behind any number of others.
    URGENT_WITHIN = timedelta(seconds=5)

    def happen(self, stand: Stand) -> None:
        many = self.POSTS_IN_FULL if stand.options.is_full else self.POSTS
        # Asked about ahead, as what is planned is.
        bulk.asked_ahead(stand.due(many, at=database_now()))
        for _ in range(2):
            stand.worker()
        stand.until(lambda: len(stand.read("SELECT 1 FROM publishing_attempt")) > 20, within=30)
        account = stand.scene.other_account(lpt=stand.scene.lpt, publisher="token")
        (urgent,) = stand.due(1, accounts=[account], at=database_now())
        stand.wait_until_done(within=300)
        urgent.refresh_from_db()
        late = (urgent.published_at - urgent.due_at) if urgent.published_at else None
        stand.expect(
            late is not None and late <= self.URGENT_WITHIN, f"The urgent one was {late} late."
        )


SCENARIOS = (SlowPlatform, NoAnswer, AnythingButAnAnswer, TenThousand)
