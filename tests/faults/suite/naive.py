"""The control: the usual design, one Celery task with an ETA for each tweet. It must fail."""

import time
from datetime import timedelta

import redis
from celery import Celery
from django.conf import settings
from django.db import connections

from publishing.backends.base import Published
from publishing.clock import database_now
from publishing.models import Attempt, Delivery
from publishing.publishers import publishers
from publishing.services.finishing import announce_published
from publishing.services.payload import payload_of
from publishing.services.vault import secrets_of
from tests.faults.suite import crew as crews
from tests.faults.suite.scenario import Scenario
from tests.faults.suite.stand import Stand

TASK = "naive.publish"


def with_task(broker: str) -> Celery:
    """The app with one task more: publish this delivery, and say so."""
    app = crews.own_app(broker)

    @app.task(name=TASK)
    def publish(delivery_id: int) -> None:
        delivery = Delivery.objects.with_people().get(pk=delivery_id)
        now = database_now()
        attempt = Attempt.objects.create(delivery=delivery, fence=1, started_at=now)
        publisher = publishers[delivery.account.publisher]
        answer = publisher.publish(payload_of(delivery), secrets_of(delivery.account))
        assert isinstance(answer, Published)
        Attempt.objects.filter(pk=attempt.pk).update(outcome="ok", ended_at=now)
        Delivery.objects.filter(pk=delivery_id).update(state="published", published_at=now)
        announce_published(delivery, now=now)
        connections.close_all()

    return app


class Naive(Scenario):
    """Workers are killed, and Redis forgets, between the approval and the time."""

    code, title = "ETA", "control: one task with an ETA for each tweet"
    POSTS, AHEAD = 100, 8.0

    def happen(self, stand: Stand) -> None:
        at = database_now() + timedelta(seconds=self.AHEAD)
        deliveries = stand.due(self.POSTS, only=("blind",), at=at)
        broker = stand.redis.url
        workers = [self.worker(stand, broker) for _ in range(2)]

        def enqueue() -> None:
            app = with_task(broker)
            for delivery in deliveries:
                app.send_task(TASK, args=[delivery.pk], eta=at)

        stand.crew.wait(stand.crew.start(enqueue))
        time.sleep(self.AHEAD / 3)
        for pid in workers:
            stand.crew.kill(pid)
        with redis.Redis.from_url(broker) as client:
            client.flushall()
        for _ in range(2):
            self.worker(stand, broker)
        stand.wait_until_done(within=self.AHEAD + 30)

    @staticmethod
    def worker(stand: Stand, broker: str) -> int:
        def work() -> None:
            with_task(broker)
            # It seals the trail, as every worker does, and looks for nothing to send.
            settings.SWEEPS = [(1.0, "audit.services.seal")]
            crews.celery(broker)

        return stand.crew.start(work)
