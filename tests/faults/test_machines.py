"""Workers on two machines, one of which is cut off in the middle of its work."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from accounts.models import SocialAccount
from publishing.clock import database_now
from publishing.models import Attempt, Delivery, WorkerHeartbeat
from publishing.workflow import State
from tests import servers
from tests.factories import Scene
from tests.faults.machines import machines, may_make_networks
from tests.publishing import stage

pytestmark = pytest.mark.xdist_group("processes")
# So many tweets are due each second, for so many seconds.
EACH_SECOND, SECONDS = 8, 16
# The lease is longer than the five seconds within which an armed tweet is handed over.
TIMES = {"BLUELAMP_LEASE": "7", "BLUELAMP_SETTLE": "1"}
ONE, TWO = "machine-one", "machine-two"


class TestTwoMachines:
    def test_share_the_work_and_one_finishes_it_when_the_other_is_cut_off(
        self, postgres: str, ledger: stage.Ledger, tmp_path: Path
    ) -> None:
        with (
            servers.extra_redis() as broker,
            machines((ONE, TWO), postgres, broker.url, networks=may_make_networks()) as (one, two),
            one.worker(postgres, broker.url, tmp_path, **TIMES) as first,
            two.worker(postgres, broker.url, tmp_path, **TIMES) as second,
        ):
            both = {first.pid, second.pid}
            stage.until(lambda: hosts() == {ONE, TWO})
            scene = Scene()
            deliveries = due_one_after_the_other(scene)
            stage.until(lambda: {effect.pid for effect in ledger.effects()} == both)
            one.cut_off()
            cut_at = database_now()
            assert stage.states()[State.QUEUED] > EACH_SECOND

            stage.until(lambda: not stage.unfinished(), within=60)
            assert stage.states() == {State.PUBLISHED: len(deliveries)}
            assert tokens_of(ledger) == sorted(str(delivery.token) for delivery in deliveries)
            signs = WorkerHeartbeat.objects.filter(owner__startswith=f"{ONE}:")
            assert not signs.filter(seen_at__gt=cut_at + timedelta(seconds=2)).exists()

            # Back again, it sends nothing of what it had, and works on.
            joined_at = database_now()
            one.join_again()
            stage.until(lambda: signs.filter(seen_at__gt=joined_at).exists(), within=60)
            more = stage.due(scene, EACH_SECOND)
            stage.until(lambda: not stage.unfinished())

        assert tokens_of(ledger) == sorted(str(each.token) for each in [*deliveries, *more])
        assert set(Counter(effect.pid for effect in ledger.effects())) == both
        assert not Attempt.objects.filter(outcome="sending").exists()

    def test_are_not_kept_waiting_by_one_that_is_cut_off_in_a_transaction(
        self, postgres: str
    ) -> None:
        (delivery,) = stage.due(Scene())
        with machines((ONE,), postgres, networks=False) as (one,):
            gone = psycopg2.connect(one.url(postgres), **settings.POSTGRES_OPTIONS)
            with gone.cursor() as cursor:
                cursor.execute("UPDATE publishing_delivery SET fence = 9")
            one.cut_off()
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '20s'")
            Delivery.objects.filter(pk=delivery.pk).update(owner="another")
        assert stage.fresh(delivery).fence == 0
        gone.close()


def due_one_after_the_other(scene: Scene) -> list[Delivery]:
    """Some tweets for each of the next seconds, over several accounts."""
    accounts = [scene.account, *(scene.other_account() for _ in range(3))]
    # A platform that can be asked and knows no token: sending twice is seen twice.
    SocialAccount.objects.update(publisher="lookup")
    start = database_now()
    return [
        delivery
        for second in range(SECONDS)
        for delivery in stage.due(
            scene, EACH_SECOND, accounts=accounts, at=start + timedelta(seconds=second)
        )
    ]


def tokens_of(ledger: stage.Ledger) -> list[str]:
    return sorted(effect.token for effect in ledger.effects())


def hosts() -> set[str]:
    """The machines from which a worker has given a sign of life."""
    owners = WorkerHeartbeat.objects.values_list("owner", flat=True)
    return {owner.partition(":")[0] for owner in owners}
