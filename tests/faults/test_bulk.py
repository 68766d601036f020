"""The rows that the fault suite writes in bulk are those that the services would have written."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from drafts.models import Draft
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.services import check_ahead, dispatch_due
from publishing.workflow import State
from tests.factories import Scene
from tests.faults.suite.bulk import VERDICT, asked_ahead
from tests.publishing import stage

pytestmark = pytest.mark.xdist_group("processes")
MANY = 6


def without_verdict(delivery: Delivery) -> dict[str, Any]:
    row = Delivery.objects.filter(pk=delivery.pk).values().get()
    return {name: value for name, value in row.items() if name not in VERDICT}


class TestAVerdictInBulk:
    def deliveries(self) -> list[Delivery]:
        scene = Scene()
        soon = database_now() + timedelta(minutes=1)
        return stage.due(scene, MANY, accounts=[scene.account, scene.other_account()], at=soon)

    def test_is_what_an_idle_worker_would_have_kept(self, postgres: str) -> None:
        deliveries = self.deliveries()
        before = [without_verdict(delivery) for delivery in deliveries]
        asked_ahead(deliveries)
        in_bulk = [stage.fresh(delivery) for delivery in deliveries]
        assert [without_verdict(delivery) for delivery in deliveries] == before

        Delivery.objects.update(**dict.fromkeys(VERDICT))
        # No more was said of any one of them than of the others of its account.
        while check_ahead(now=database_now()):
            pass
        for bulk, delivery in zip(in_bulk, deliveries, strict=True):
            by_worker = stage.fresh(delivery)
            assert by_worker.checked_generation == bulk.checked_generation
            for name in VERDICT[1:]:
                between = getattr(by_worker, name) - getattr(bulk, name)
                assert timedelta() <= between < timedelta(seconds=30), name

    def test_is_taken_at_sending(self, postgres: str, ledger: stage.Ledger) -> None:
        deliveries = self.deliveries()
        asked_ahead(deliveries)
        at = [stage.fresh(delivery).checked_at for delivery in deliveries]
        past = database_now() - timedelta(seconds=1)
        Delivery.objects.update(due_at=past, next_at=past)
        dispatch_due(now=database_now())
        assert stage.states() == {State.PUBLISHED: MANY}
        assert [stage.fresh(delivery).checked_at for delivery in deliveries] == at

    def test_is_not_taken_when_something_has_come_since(
        self, postgres: str, ledger: stage.Ledger
    ) -> None:
        deliveries = self.deliveries()
        asked_ahead(deliveries)
        # One that was given this moment would count whatever has come.
        minute = timedelta(minutes=1)
        Delivery.objects.update(
            checked_at=F("checked_at") - minute, compared_at=F("compared_at") - minute
        )
        at = [stage.fresh(delivery).checked_at for delivery in deliveries]
        Draft.objects.update(changed_at=database_now())
        past = database_now() - timedelta(seconds=1)
        Delivery.objects.update(due_at=past, next_at=past)
        dispatch_due(now=database_now())
        anew = [stage.fresh(delivery).checked_at for delivery in deliveries]
        assert all(new != old for new, old in zip(anew, at, strict=True))
