"""CLAIM: who takes which delivery, and in what order."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing.clock import database_now
from publishing.models import Delivery
from publishing.workflow import State
from tests.factories import Scene
from tests.publishing import stage

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=60)


def claim(limit: int = 5, *, owner: str = "a test") -> list[int]:
    now = database_now()
    claimed = Delivery.objects.claim(now=now, owner=owner, lease_until=now + LEASE, limit=limit)
    return [delivery_id for delivery_id, _ in claimed]


class TestClaim:
    def test_takes_what_is_due_once(self) -> None:
        (delivery,) = stage.due(Scene())
        assert claim(owner="the first") == [delivery.pk]
        assert claim(owner="the second") == []
        now = stage.fresh(delivery)
        assert (now.state, now.owner, now.fence) == (State.CLAIMED, "the first", 1)
        assert now.lease_until is not None
        assert database_now() < now.lease_until <= database_now() + LEASE

    def test_gives_each_claim_a_fence_of_its_own(self) -> None:
        (delivery,) = stage.due(Scene())
        fences = []
        for _ in range(3):
            now = database_now()
            fences += Delivery.objects.claim(now=now, owner="", lease_until=now, limit=1)
            Delivery.objects.update(state=State.QUEUED)
        assert fences == [(delivery.pk, 1), (delivery.pk, 2), (delivery.pk, 3)]

    def test_leaves_what_lies_ahead(self) -> None:
        stage.due(Scene(), at=database_now() + timedelta(minutes=1))
        assert claim() == []

    @pytest.mark.parametrize("state", [state for state in State if state != State.QUEUED])
    def test_leaves_whatever_does_not_wait(self, state: State) -> None:
        (delivery,) = stage.due(Scene())
        Delivery.objects.update(state=state)
        assert claim() == []
        assert stage.state_of(delivery) == state

    def test_takes_the_oldest_first_and_no_more_than_asked(self) -> None:
        scene = Scene()
        now = database_now()
        late, latest, later = (
            stage.due(scene, at=now - timedelta(minutes=minutes))[0].pk for minutes in (2, 1, 3)
        )
        assert claim(2) == sorted([later, late])
        assert claim(2) == [latest]

    def test_gives_every_account_a_turn_before_any_gets_a_second(self) -> None:
        scene = Scene()
        now = database_now()
        stage.due(scene, 50, at=now - timedelta(minutes=30))
        urgent = [
            stage.due(scene, accounts=[scene.other_account()], at=now - timedelta(seconds=1))[0]
            for _ in range(3)
        ]
        assert {delivery.pk for delivery in urgent} <= set(claim(5))

    def test_looks_at_each_account_by_itself_where_statistics_say_that_nothing_is_due(self) -> None:
        scene = Scene()
        accounts = [scene.account, scene.other_account(), scene.other_account()]
        now = database_now()
        ahead = now + timedelta(minutes=5)
        stage.due(scene, 300, accounts=accounts, at=ahead)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE publishing_delivery")
        Delivery.objects.update(next_at=now)
        with CaptureQueriesContext(connection) as queries:
            claim()
        (query,) = [each["sql"] for each in queries if "WITH due" in each["sql"]]
        with connection.cursor() as cursor:
            # A table as small as this one is soonest read whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(f"EXPLAIN {query}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        assert "using delivery_due" not in plan, plan
        assert "using delivery_turn" in plan, plan
