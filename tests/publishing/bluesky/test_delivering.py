"""An approved tweet and a Bluesky that does not answer: once, and never a guess."""

from typing import Any

import pytest
from pytest_django import Settings

from publishing.backends.base import Answer, Payload, Published, Secrets
from publishing.backends.bluesky import BlueskyPublisher
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.services import dispatch_due, reconcile
from publishing.workflow import State
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.fake_bluesky import INTERNAL, FakeBluesky
from tests.publishing.fake_http import Reply, Trouble
from tests.publishing.kit import SHORT, Keeps

pytestmark = pytest.mark.django_db
DOMAIN = "police.uk"


class Connected(BlueskyPublisher):
    """With credentials of its own, for one account."""

    def __init__(self, own: Secrets, **options: Any) -> None:
        super().__init__(**options)
        self.own = own

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        return super().publish(payload, self.own)

    def find(self, payload: Payload, secrets: Secrets, **since: Any) -> Published | None:
        return super().find(payload, self.own, **since)


@pytest.fixture
def delivery(fake: FakeBluesky, settings: Settings) -> Delivery:
    """One that is due, for an account on the fake Bluesky."""
    settings.PUBLISHERS = {**settings.PUBLISHERS, "bluesky": {}}
    delivery = stage.approved(Scene(), publisher="bluesky")
    own = Keeps({"app_password": fake.join(handle_of(delivery)).password})
    settings.PUBLISHERS["bluesky"] = {
        "BACKEND": f"{__name__}.Connected",
        "OPTIONS": {"own": own, "base_url": fake.url, "domain": DOMAIN, "timeouts": SHORT},
    }
    return delivery


def handle_of(delivery: Delivery) -> str:
    return f"{delivery.account.handle}.{DOMAIN}".lower()


@pytest.mark.parametrize("has_arrived", [True, False])
@pytest.mark.parametrize("what", [Trouble.SILENCE, Trouble.RESET, INTERNAL])
def test_one_whose_answer_is_lost_goes_out_once(
    fake: FakeBluesky, delivery: Delivery, what: Reply | Trouble, *, has_arrived: bool
) -> None:
    fake.fail_next(what, done=has_arrived)
    dispatch_due(now=database_now())
    assert stage.state_of(delivery) == State.UNKNOWN
    for _ in range(4):
        now = stage.fresh(delivery)
        if now.state == State.PUBLISHED:
            break
        reconcile(now=now.next_at)
        dispatch_due(now=stage.fresh(delivery).next_at)
    now = stage.fresh(delivery)
    (record,) = fake.posts_of(handle_of(delivery))
    assert (now.state, now.external_id) == (State.PUBLISHED, record.uri)
