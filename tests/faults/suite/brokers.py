"""F6-F10, F13, F14: whatever happens to the broker, to beat and to wake-ups changes nothing."""

import os
import signal
import time
from typing import ClassVar

import redis
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from drafts.models import Draft
from publishing.models import Delivery
from tests.factories import approve_it
from tests.faults.hands import nowhere
from tests.faults.suite import crew as crews
from tests.faults.suite.bulk import submitted
from tests.faults.suite.scenario import Scenario
from tests.faults.suite.stand import Stand

# Two minutes in the design; nothing waits for a broker longer than for half a second.
BROKER_DOWN = 6.0


def approve_drafts(
    stand: Stand, drafts: list[Draft], *, broker: str, dies_before_waking: bool = False
) -> int:
    """A web process in which somebody approves these drafts, all due at once."""

    def approve() -> None:
        crews.own_app(broker)
        settings.STOP_WINDOW *= 0
        if dies_before_waking:
            from publishing import wakeup

            wakeup._ensure_sender = lambda: os.kill(os.getpid(), signal.SIGKILL)
        approver = User.objects.filter(memberships__role=Role.COMMS_APPROVER).order_by("-pk")[0]
        for draft in Draft.objects.filter(pk__in=[d.pk for d in drafts]).with_people():
            approve_it(draft, by=approver, now=timezone.now())

    return stand.crew.start(approve)


class WithoutBroker(Scenario):
    """Tweets become due and people approve while something is wrong with the broker."""

    case: ClassVar = {"measures_lateness": True, "may_need_human": False}
    is_unscaled = True
    POSTS, SECONDS, APPROVALS = 60, 5.0, 12

    def happen(self, stand: Stand) -> None:
        drafts = submitted(stand, self.APPROVALS)
        for _ in range(2):
            stand.worker()
        self.until_they_work(stand)
        stand.due_over(self.POSTS, self.SECONDS)
        time.sleep(0.5)
        self.go_wrong(stand)
        person = approve_drafts(stand, drafts, broker=stand.redis.url)
        stand.expect(stand.crew.wait(person) == 0, "Approving failed.")
        self.come_right(stand)
        stand.wait_until_done()
        stand.note(Delivery.objects.filter(draft__in=drafts).select_related("revision"))
        stand.expect(
            not stand.read("SELECT 1 FROM publishing_delivery WHERE state <> 'published'"),
            "Something did not go out, and only the broker was in trouble.",
        )

    @staticmethod
    def until_they_work(stand: Stand) -> None:
        """Wait for the first signs of life of both workers."""
        beats = "SELECT 1 FROM publishing_workerheartbeat"
        stand.until(lambda: len(stand.read(beats)) >= 2, within=30)

    def go_wrong(self, stand: Stand) -> None:
        raise NotImplementedError

    def come_right(self, stand: Stand) -> None:
        """The end of the trouble, where it has one."""


class AllIsForgotten(WithoutBroker):
    code, title = "F7", "FLUSHALL again and again"

    def go_wrong(self, stand: Stand) -> None:
        with redis.Redis.from_url(stand.redis.url) as client:
            for _ in range(5):
                client.flushall()
                time.sleep(0.2)


class BrokerIsKilled(WithoutBroker):
    code, title = "F8", "Redis killed and started again"

    def go_wrong(self, stand: Stand) -> None:
        stand.redis.kill()
        time.sleep(0.5)
        stand.redis.start()


class BrokerIsDown(WithoutBroker):
    code, title = "F9", "the broker is down while people approve"

    def go_wrong(self, stand: Stand) -> None:
        stand.redis.kill()

    def come_right(self, stand: Stand) -> None:
        time.sleep(BROKER_DOWN)
        stand.redis.start()


class BrokerHangs(WithoutBroker):
    code, title = "F10", "the broker takes connections and does not answer"

    def go_wrong(self, stand: Stand) -> None:
        stand.redis.pause()

    def come_right(self, stand: Stand) -> None:
        time.sleep(2)
        stand.redis.resume()


class WakeUpsInHeaps(WithoutBroker):
    code, title = "F13", "every wake-up five times, and in any order"

    def go_wrong(self, stand: Stand) -> None:
        for _ in range(2):
            stand.crew.start(lambda: self.wake(stand.redis.url))

    @staticmethod
    def wake(broker: str) -> None:
        from publishing.wakeup import TASK

        app = crews.own_app(broker)
        for _ in range(150):
            app.send_task(TASK, expires=10)
            time.sleep(0.01)


class TwoBeats(WithoutBroker):
    code, title = "F14", "two beats"

    def go_wrong(self, stand: Stand) -> None:
        for _ in range(2):
            stand.crew.start(lambda: crews.beat(stand.redis.url))


class NoBeat(WithoutBroker):
    code, title = "F14", "no beat, and never a broker"

    def happen(self, stand: Stand) -> None:
        for _ in range(2):
            stand.worker(broker="" if stand.options.is_bare else nowhere())
        self.until_they_work(stand)
        stand.due_over(self.POSTS, self.SECONDS)
        stand.wait_until_done()


class WebIsKilled(Scenario):
    """The web process dies between an approval's commit and its wake-up."""

    code, title = "F6", "the web process killed between approval and wake-up"
    case: ClassVar = {"measures_lateness": True, "may_need_human": False}
    is_unscaled = True
    APPROVALS = 12

    def happen(self, stand: Stand) -> None:
        drafts = submitted(stand, self.APPROVALS)
        for _ in range(2):
            stand.worker()
        WithoutBroker.until_they_work(stand)
        for draft in drafts:
            web = approve_drafts(stand, [draft], broker=stand.redis.url, dies_before_waking=True)
            ended = stand.crew.wait(web)
            stand.expect(ended == -signal.SIGKILL, f"The web process ended with {ended}.")
        stand.until(lambda: Delivery.objects.count() == self.APPROVALS, within=5)
        stand.note(Delivery.objects.select_related("revision"))
        stand.wait_until_done()
        stand.expect(
            len(stand.read("SELECT 1 FROM publishing_delivery WHERE state = 'published'"))
            == self.APPROVALS,
            "An approval that was committed did not go out.",
        )


SCENARIOS = (
    *(WebIsKilled, AllIsForgotten, BrokerIsKilled, BrokerIsDown, BrokerHangs),
    *(WakeUpsInHeaps, TwoBeats, NoBeat),
)
