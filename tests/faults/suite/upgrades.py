"""F25: the old version's workers and the new one's side by side, with a migration in between."""

import time
from contextlib import suppress

from django.db import IntegrityError, transaction
from redis import Redis

from publishing.clock import database_now
from publishing.models import Attempt, Delivery
from publishing.publishers import publishers
from publishing.services.payload import payload_of
from publishing.services.vault import secrets_of
from tests import servers
from tests.faults.suite import crew as crews
from tests.faults.suite.platforms import Slow, backend
from tests.faults.suite.scenario import Scenario
from tests.faults.suite.stand import Stand

# What the next version may add while this one's workers run: columns that need no word from them.
EXPAND = (
    "ALTER TABLE publishing_delivery ADD COLUMN of_the_next integer NOT NULL DEFAULT 0",
    "ALTER TABLE publishing_attempt ADD COLUMN of_the_next text NOT NULL DEFAULT ''",
    "ALTER TABLE audit_record ADD COLUMN of_the_next text NOT NULL DEFAULT ''",
    "CREATE TABLE of_the_next (id bigint PRIMARY KEY)",
)


class SideBySide(Scenario):
    """Two groups of workers, as on two machines; one is cut off in the middle of the migration.

    Messages of another version lie in the broker as well.
    """

    code, title = "F25", "two versions side by side, and a migration in the middle"
    POSTS = 150

    def happen(self, stand: Stand) -> None:
        stand.due(self.POSTS)
        old = [stand.worker(host="old.example") for _ in range(2)]
        stand.crew.wait(stand.crew.start(lambda: self.messages_of_another_version(stand.redis.url)))
        stand.until(lambda: Attempt.objects.count() >= 15, within=30)
        for statement in EXPAND:
            servers.statement(stand.url, statement)
        for _ in range(2):
            stand.worker(host="new.example")
        servers.manage("migrate", "--no-input", DATABASE_URL=stand.url)
        for pid in old:
            stand.crew.kill(pid)
        stand.due(self.POSTS // 5)
        stand.wait_until_done()
        with Redis.from_url(stand.redis.url) as client:
            client.flushall()

    @staticmethod
    def messages_of_another_version(broker: str) -> None:
        app = crews.own_app(broker)
        for name, given in (
            ("publishing.dispatch", [1, "a delivery's number"]),
            ("publishing.publish_one", [17]),
            ("drafts.unheard_of", []),
        ):
            app.send_task(name, args=given, queue="bluelamp")


class Careless(Scenario):
    """A faulty version arms whatever is under way; the database refuses a second open attempt."""

    code, title = "F25", "a version whose ARM forgets to look at the state"
    POSTS = 24

    def happen(self, stand: Stand) -> None:
        stand.publish_with(backend(Slow, seconds=0.5))
        stand.due(self.POSTS, only=("blind", "lookup"))
        stand.crew.start(self.arm_whatever_is_under_way)
        stand.settle(workers=6, broker="")

    @classmethod
    def arm_whatever_is_under_way(cls) -> None:
        while True:
            for delivery in Delivery.objects.filter(state="sending").with_people():
                with suppress(IntegrityError):
                    cls.arm(delivery)
                    publisher = publishers[delivery.account.publisher]
                    publisher.publish(payload_of(delivery), secrets_of(delivery.account))
            time.sleep(0.02)

    @staticmethod
    def arm(delivery: Delivery) -> None:
        with transaction.atomic():
            # Still under way: the one thing that it does look at.
            if Delivery.objects.select_for_update().filter(pk=delivery.pk, state="sending"):
                Attempt.objects.create(
                    delivery=delivery, fence=delivery.fence, started_at=database_now()
                )
                return
        raise IntegrityError


SCENARIOS = (SideBySide, Careless)
