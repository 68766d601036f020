"""Twelve workers let loose on the same deliveries at the same moment."""

from collections import Counter
from pathlib import Path

import pytest

from accounts.models import SocialAccount
from publishing.workflow import State
from tests.factories import Scene
from tests.faults import hands
from tests.publishing import stage

pytestmark = pytest.mark.xdist_group("processes")
PROCESSES, DELIVERIES = 12, 200


class TestTwelveWorkers:
    def test_publish_each_delivery_once(
        self, database: str, ledger: stage.Ledger, tmp_path: Path
    ) -> None:
        scene = Scene()
        accounts = [scene.account, *(scene.other_account() for _ in range(4))]
        # This publisher knows no token again: handing a tweet over twice would show.
        SocialAccount.objects.update(publisher="blind")
        deliveries = stage.due(scene, DELIVERIES, accounts=accounts)

        with hands.workers(database, tmp_path, "--processes", str(PROCESSES)) as workers:
            assert len(set(workers.pids)) == PROCESSES
            assert workers.ended() == dict.fromkeys(workers.pids, 0)

        effects = ledger.effects()
        assert len(effects) == DELIVERIES
        assert {effect.token for effect in effects} == {str(d.token) for d in deliveries}
        assert stage.states() == {State.PUBLISHED: DELIVERIES}
        # It was a race: at least half of them won something.
        winners = Counter(effect.pid for effect in effects)
        assert set(winners) <= set(workers.pids)
        assert len(winners) >= PROCESSES // 2, winners
