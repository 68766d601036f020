"""kill -9, at each named place on the way of a delivery and at moments that chance chooses."""

import os
import random
import signal
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.models import SocialAccount
from notices.models import Notice
from publishing.clock import database_now
from publishing.failpoints import PLACES, Place
from publishing.models import Attempt, Delivery
from publishing.services import dispatch_due, reconcile
from publishing.workflow import Outcome, State
from tests.factories import Scene
from tests.faults import hands
from tests.publishing import stage

pytestmark = pytest.mark.xdist_group("crashes")
DELIVERIES = 8


@pytest.fixture(autouse=True)
def _scaled(settings: Settings) -> None:
    settings.DELIVERY_LEASE = timedelta(seconds=hands.LEASE)
    settings.DELIVERY_SETTLE = timedelta(seconds=hands.SETTLE)


def recover() -> None:
    """This process is another one: it does what any worker does, until nothing is left."""

    def work() -> bool:
        reconcile(now=database_now())
        dispatch_due(now=database_now())
        return not stage.unfinished()

    stage.until(work)


def killed_at(place: Place, url: str, folder: Path) -> int:
    """Let a worker die when it comes to `place` the second time; its process id."""
    arguments = ("--die-at", place, "--time", "2")
    with hands.workers(url, folder, *arguments, **hands.SCALED) as workers:
        (pid,) = workers.pids
        assert workers.ended() == {pid: -signal.SIGKILL}
    assert hands.deaths(folder) == [(pid, place)]
    return pid


def due(publisher: str) -> list[Delivery]:
    scene = Scene()
    SocialAccount.objects.update(publisher=publisher)
    return stage.due(scene, DELIVERIES)


# What the dead worker leaves: how many deliveries in which state, and how many effects.
LEFT: dict[Place, tuple[dict[State, int], int]] = {
    "claimed": ({State.PUBLISHED: 5, State.CLAIMED: 3}, 5),
    "armed": ({State.PUBLISHED: 1, State.SENDING: 1, State.CLAIMED: 3, State.QUEUED: 3}, 1),
    "request-sent": ({State.PUBLISHED: 1, State.SENDING: 1, State.CLAIMED: 3, State.QUEUED: 3}, 2),
    "reply-received": (
        {State.PUBLISHED: 1, State.SENDING: 1, State.CLAIMED: 3, State.QUEUED: 3},
        2,
    ),
    "finished": ({State.PUBLISHED: 2, State.CLAIMED: 3, State.QUEUED: 3}, 2),
}


class TestAWorkerThatDies:
    def test_can_do_so_at_every_named_place(self) -> None:
        assert set(LEFT) == set(PLACES)

    @pytest.mark.parametrize("place", PLACES)
    @pytest.mark.parametrize("publisher", ["default", "lookup"])
    def test_loses_and_doubles_nothing(
        self, postgres: str, ledger: stage.Ledger, tmp_path: Path, place: Place, publisher: str
    ) -> None:
        self.dies_and_another_goes_on(place, publisher, postgres, ledger, tmp_path)

    @pytest.mark.parametrize("place", PLACES)
    def test_loses_and_doubles_nothing_on_sqlite(
        self, sqlite: str, ledger: stage.Ledger, tmp_path: Path, place: Place
    ) -> None:
        self.dies_and_another_goes_on(place, "lookup", sqlite, ledger, tmp_path)

    def dies_and_another_goes_on(
        self, place: Place, publisher: str, url: str, ledger: stage.Ledger, folder: Path
    ) -> None:
        deliveries = due(publisher)
        dead = killed_at(place, url, folder)
        left, effects = LEFT[place]
        assert stage.states() == left
        assert {effect.pid for effect in ledger.effects()} == {dead}
        assert len(ledger.effects()) == effects

        recover()
        assert stage.states() == {State.PUBLISHED: DELIVERIES}
        effects_of_all = sorted(effect.token for effect in ledger.effects())
        assert effects_of_all == sorted(str(delivery.token) for delivery in deliveries)
        assert {effect.pid for effect in ledger.effects()} == {dead, os.getpid()}
        assert not Attempt.objects.filter(outcome__in=[Outcome.SENDING, Outcome.UNKNOWN]).exists()

    @pytest.mark.parametrize("place", ["armed", "request-sent", "reply-received"])
    def test_leaves_to_a_person_what_nobody_else_can_find_out(
        self, postgres: str, ledger: stage.Ledger, tmp_path: Path, place: Place
    ) -> None:
        deliveries = due("blind")
        killed_at(place, postgres, tmp_path)
        (stuck,) = Delivery.objects.filter(state=State.SENDING)

        recover()
        assert stage.states() == {State.PUBLISHED: DELIVERIES - 1, State.NEEDS_HUMAN: 1}
        assert stage.state_of(stuck) == State.NEEDS_HUMAN
        assert ledger.times(stuck) == (0 if place == "armed" else 1)
        for delivery in deliveries:
            assert ledger.times(delivery) == (delivery != stuck or place != "armed")
        told = Notice.objects.filter(urgent=True, recipient_id=stuck.draft.author_id)
        assert told.count() == 1


class TestTenWorkersThatDie:
    MANY = 320

    def test_lose_and_double_nothing_whenever_it_is(
        self, postgres: str, ledger: stage.Ledger, tmp_path: Path
    ) -> None:
        scene = Scene()
        accounts = [scene.account, *(scene.other_account() for _ in range(4))]
        SocialAccount.objects.update(publisher="lookup")
        deliveries = stage.due(scene, self.MANY, accounts=accounts)
        chance = random.Random()

        with hands.workers(postgres, tmp_path, "--processes", "10") as workers:
            for pid in workers.pids:
                # Chance chooses the moment: so many tweets later, wherever this one is then.
                later = len(ledger.effects()) + chance.randint(1, 12)
                stage.until(lambda later=later: len(ledger.effects()) >= later)  # type: ignore[misc]
                os.kill(pid, signal.SIGKILL)
            assert workers.ended() == dict.fromkeys(workers.pids, -signal.SIGKILL)

        # Each of them died at work.
        assert stage.unfinished()
        assert stage.states()[State.QUEUED] > 0
        assert {effect.pid for effect in ledger.effects()} <= set(workers.pids)

        # Their leases ran for a minute; for this process that minute has passed.
        moment = database_now() + timedelta(minutes=2)
        while stage.unfinished():
            moment += timedelta(seconds=1)
            reconcile(now=moment)
            dispatch_due(now=moment)
            assert moment < database_now() + timedelta(minutes=10)
        assert stage.states() == {State.PUBLISHED: self.MANY}
        tokens = sorted(effect.token for effect in ledger.effects())
        assert tokens == sorted(str(delivery.token) for delivery in deliveries)
