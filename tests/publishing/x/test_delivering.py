"""An approved tweet and an X that does not answer: once, or not at all, and never a guess."""

from typing import Any

import pytest
from pytest_django import Settings

from publishing.backends.base import Answer, Payload, Published, Secrets
from publishing.backends.x import XPublisher
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.services import dispatch_due, reconcile
from publishing.workflow import State
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.fake_http import Reply, Trouble
from tests.publishing.fake_x import DUPLICATE, SERVER_ERROR, FakeX
from tests.publishing.kit import SHORT, Keeps

pytestmark = pytest.mark.django_db


class Connected(XPublisher):
    """With credentials of its own, for one account."""

    def __init__(self, own: Secrets, **options: Any) -> None:
        super().__init__(**options)
        self.own = own

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        return super().publish(payload, self.own)

    def find(self, payload: Payload, secrets: Secrets, **since: Any) -> Published | None:
        return super().find(payload, self.own, **since)


@pytest.fixture
def delivery(x: FakeX, settings: Settings) -> Delivery:
    """One that is due, for an account on the fake X."""
    settings.PUBLISHERS = {**settings.PUBLISHERS, "x": {}}
    delivery = stage.approved(Scene(), publisher="x")
    own = Keeps(x.credentials(delivery.account.handle, "oauth2"))
    settings.PUBLISHERS["x"] = {
        "BACKEND": f"{__name__}.Connected",
        "OPTIONS": {"own": own, "base_url": x.url, "timeouts": SHORT},
    }
    return delivery


def settled(delivery: Delivery, times: int) -> Delivery:
    """Reconcile when it is to be looked at next, so many times."""
    for _ in range(times):
        reconcile(now=stage.fresh(delivery).next_at)
    return stage.fresh(delivery)


@pytest.mark.parametrize("what", [Trouble.SILENCE, Trouble.RESET, SERVER_ERROR, DUPLICATE])
def test_one_that_arrived_is_found(x: FakeX, delivery: Delivery, what: Reply | Trouble) -> None:
    x.fail_next(what, done=True)
    dispatch_due(now=database_now())
    assert stage.state_of(delivery) == State.UNKNOWN
    now = settled(delivery, 1)
    (tweet,) = x.posts_of(delivery.account.handle)
    assert (now.state, now.external_id) == (State.PUBLISHED, tweet.id)


@pytest.mark.parametrize("what", [Trouble.SILENCE, Trouble.RESET, SERVER_ERROR, DUPLICATE])
def test_one_that_did_not_arrive_goes_out_after_two_looks(
    x: FakeX, delivery: Delivery, what: Reply | Trouble
) -> None:
    x.fail_next(what)
    dispatch_due(now=database_now())
    assert settled(delivery, 1).state == State.UNKNOWN
    now = settled(delivery, 1)
    assert (now.state, x.posts_of(delivery.account.handle)) == (State.QUEUED, [])
    dispatch_due(now=now.next_at)
    now = stage.fresh(delivery)
    (tweet,) = x.posts_of(delivery.account.handle)
    assert (now.state, now.external_id) == (State.PUBLISHED, tweet.id)
