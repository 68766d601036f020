"""F1-F5 and F15: workers that die, or that stop for longer than their lease and then go on."""

from typing import Any, ClassVar
from unittest.mock import patch

from django.conf import settings

from publishing.backends.base import Answer, Payload, Published, Secrets
from publishing.backends.mock import Fault, MockPublisher
from tests.faults.suite.scenario import Scenario
from tests.faults.suite.stand import Stand

BOTH = ("postgresql", "sqlite")


class Dying(Scenario):
    """Workers die at one named place, again and again, until enough have died."""

    place: ClassVar[str]
    databases: ClassVar[tuple[str, ...]] = BOTH
    POSTS, DEATHS, AT_ONCE = 60, 14, 4
    POSTS_ON_SQLITE, DEATHS_ON_SQLITE = 24, 4

    def happen(self, stand: Stand) -> None:
        is_small = stand.url.startswith("sqlite")
        posts = self.POSTS_ON_SQLITE if is_small else self.POSTS
        deaths = self.DEATHS_ON_SQLITE if is_small else self.DEATHS
        stand.due(posts)
        self.die(stand, deaths)
        stand.settle()
        places = {line.split()[1] for line in (stand.folder / "deaths").read_text().splitlines()}
        stand.expect(places == {self.place}, f"Workers died at {places}.")

    def die(self, stand: Stand, deaths: int) -> None:
        """Start workers that die until so many have, or nothing is left to die of."""
        crew, started = stand.crew, 0

        def enough() -> bool:
            nonlocal started
            crew.reap()
            while len(crew.alive) < self.AT_ONCE and started < deaths:
                # Not always at the first time: some die with others' work behind them.
                turn = 1 if self.place == "claimed" else stand.chance.choice((1, 1, 2, 3))
                # Celery workers and, since they start at once, bare ones.
                broker = stand.broker if started % 2 else ""
                stand.worker(die_at=self.place, turn=turn, broker=broker)
                started += 1
            return len(crew.died) >= deaths or not stand.unfinished()

        stand.until(enough, within=60)
        crew.dismiss()


class DiesAfterClaim(Dying):
    code, title, place = "F1", "kill -9 after the claim", "claimed"


class DiesAfterArm(Dying):
    code, title, place = "F2", "kill -9 after ARM", "armed"


class DiesWithoutReply(Dying):
    code, title, place = "F3", "kill -9 with the request sent and no reply", "request-sent"


class DiesBeforeRecording(Dying):
    code, title, place = "F4", "kill -9 with the reply not recorded", "reply-received"


class DiesAfterFinish(Dying):
    code, title, place = "F5", "kill -9 after FINISH", "finished"


class Stops(Scenario):
    """Workers stop at every named place, others take over, and then the stopped ones go on."""

    code, title = "F15", "workers stopped beyond their lease, then continued"
    PLACES: ClassVar[tuple[str, ...]] = (
        "claimed",
        "armed",
        "request-sent",
        "reply-received",
        "finished",
    )
    PUBLISHERS: ClassVar[tuple[str, ...]] = ()
    # Enough for each of them: a stopped one keeps what it claimed until its lease is over.
    POSTS = 120

    def happen(self, stand: Stand) -> None:
        stand.due(self.POSTS, only=self.PUBLISHERS)
        started = [stand.worker(stop_at=place) for place in self.PLACES * 2]
        stopped = [pid for pid in started if stand.until_stopped(pid)]
        stand.expect(len(stopped) == 2 * len(self.PLACES), "Not every worker came to its place.")
        for _ in range(2):
            stand.worker()
        stand.wait_until_done()
        for pid in stopped:
            stand.crew.go_on(pid)
        # They have every opportunity to do harm.
        late = stand.due(10)
        stand.wait_until_done()
        stand.expect(len(late) == 10, "Nothing came after.")


class StopsBeforeSending(Stops):
    """They were allowed to send long ago, and a platform that knows no token would take it."""

    title = "workers stopped between ARM and sending"
    PLACES = ("armed",)
    PUBLISHERS = ("lookup",)
    POSTS = 40


class StopsWhileItAsks(MockPublisher):
    """Loses the first request, and takes the second without a reply.

    Whoever asks it comes to a place of the suite's own, with the answer in hand.
    """

    def __init__(self, ledger: str, **options: Any) -> None:
        super().__init__(ledger, ability="lookup")
        self.notes = self.ledger.with_name("asked")

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        with self._open() as ledger:
            tried = ledger.execute("SELECT count(*) FROM tried").fetchone()[0]
            ledger.execute("INSERT INTO tried VALUES (1)")
        fault = (Fault.TIMEOUT_LOST, Fault.TIMEOUT_ACCEPTED)[tried] if tried < 2 else None
        with patch.object(self, "_next_fault", lambda *_: fault):
            return super().publish(payload, secrets)

    def find(self, payload: Payload, secrets: Secrets, **question: Any) -> Published | None:
        from publishing import failpoints

        answer = super().find(payload, secrets, **question)
        # A place of the suite's own: between the platform's answer and what is made of it.
        if failpoints.on_reached:
            failpoints.on_reached("found")  # type: ignore[arg-type]
        return answer


class StopsWithOldAnswer(Scenario):
    """A worker that was told "not found" long ago may not act on that any more."""

    code, title = "F15", "a worker stopped with a stale answer of the platform, then continued"

    def happen(self, stand: Stand) -> None:
        path = f"{StopsWhileItAsks.__module__}.{StopsWhileItAsks.__name__}"
        stand.publish_with({"asked": (path, {})})
        with MockPublisher(str(stand.ledger))._open() as ledger:
            ledger.execute("CREATE TABLE tried (once INTEGER)")
        account = stand.scene.other_account(lpt=stand.scene.lpt, publisher="asked")
        stand.due(1, accounts=[account])
        # It sends (lost), asks (not found), asks again (not found) and stops there.
        stopped = stand.worker(stop_at="found", turn=2)
        stand.expect(stand.until_stopped(stopped), "The first worker did not stop.")
        # Another one asks for the second time, sends again, and gets no reply.
        other = stand.worker(stop_at="found", turn=2)
        stand.expect(stand.until_stopped(other), "The second worker did not stop.")
        stand.crew.go_on(stopped)
        stand.until(lambda: False, within=2 * settings.DELIVERY_SETTLE.total_seconds())
        stand.crew.go_on(other)
        stand.settle()


SCENARIOS = (
    *(DiesAfterClaim, DiesAfterArm, DiesWithoutReply, DiesBeforeRecording, DiesAfterFinish),
    *(Stops, StopsBeforeSending, StopsWithOldAnswer),
)
