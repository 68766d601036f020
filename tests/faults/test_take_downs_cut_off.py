"""kill -9 at every step of a take-down: it is taken up again, and nobody reads what is not so.

A process dies before its first statement to the database, before its second, and so on until it
has come to its end; what it asks of the platform lies between two of them.
"""

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from accounts.roles import Role
from audit.verbs import Verb
from notices.models import Notice
from publishing.backends.mock import Fault
from publishing.clock import database_now
from publishing.models import Attempt, Delivery, TakeDown
from publishing.models.taken_down import OPEN
from publishing.models.taken_down import State as Stage
from publishing.publishers import publishers
from publishing.services import dispatch_due
from publishing.services.settling_take_downs import link_of
from publishing.services.taking_down import LOOKS, carry_out, take_down_due
from publishing.workflow import Outcome, State
from tests.factories import Scene
from tests.faults.suite.crew import Crew
from tests.publishing import stage
from tests.publishing.after import shown
from tests.publishing.test_taking_down import fresh, verbs, wish

pytestmark = pytest.mark.xdist_group("crashes")
# Any of these takes more statements, and less.
FEWEST, MOST = 10, 150
# Long enough for whoever had it before, and for a platform to settle.
LATER = timedelta(minutes=1)
ENDS = (Verb.DELIVERY_TAKEN_DOWN, Verb.DELIVERY_NEVER_PUBLIC)


def dying(work: Callable[[], object], before: int) -> Callable[[], None]:
    """`work`, by a process that kills itself before its statement of that number (from 0 on)."""
    done = 0

    def execute(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal done
        if done == before:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1
        return execute(sql, *rest)

    def begin() -> None:
        with connection.execute_wrapper(execute):
            work()

    return begin


def is_killed(folder: Path, work: Callable[[], object], before: int) -> bool:
    """Let a process do `work` and die in it; False when it came to its end first."""
    with Crew(folder) as crew:
        ended = crew.wait(crew.start(dying(work, before)))
    assert ended in {0, -signal.SIGKILL}, (folder / "workers.log").read_text()
    return ended != 0


def says_the_truth(take_down: TakeDown, delivery: Delivery) -> None:
    """Whatever happened: what people are told of this tweet is so."""
    now = fresh(take_down)
    ends = [verb for verb in verbs(delivery) if verb in ENDS]
    said = Notice.objects.filter(link=link_of(now), urgent=False)
    if now.state in OPEN:
        assert stage.state_of(delivery) not in {State.TAKEN_DOWN, State.CANCELLED}
        assert (ends, said.count(), now.settled_at) == ([], 0, None)
    else:
        assert shown(delivery) == 0
        assert len(ends) == 1
        assert said.exists()


def carrying_out(take_down: TakeDown) -> Callable[[], None]:
    """All tries that it may need: a platform is asked twice before it is believed."""

    def work() -> None:
        for number in range(LOOKS):
            carry_out(take_down.pk, now=database_now() + number * LATER)

    return work


def take_up(take_down: TakeDown, delivery: Delivery) -> None:
    """The sweeps of the next minutes, which settle it."""
    for number in range(LOOKS, 2 * LOOKS + 2):
        now = database_now() + number * LATER
        says_the_truth(take_down, delivery)
        if fresh(take_down).state not in OPEN:
            return
        assert TakeDown.objects.due(now).filter(pk=take_down.pk).exists()
        # This very one: a sweep does no more for each that it finds.
        carry_out(take_down.pk, now=now)
    assert fresh(take_down).state not in OPEN


def sent(scene: Scene, *faults: Fault, publisher: str = "default") -> Delivery:
    """A tweet that went out, or that came to one of these on its way."""
    # An account of its own: one on which much has failed is given a rest.
    account = scene.other_account(lpt=scene.lpt, publisher=publisher)
    (delivery,) = stage.due(scene, accounts=[account])
    practice = publishers[publisher]
    for fault in faults:
        practice.fail_next(fault)  # type: ignore[attr-defined]
    dispatch_due(now=database_now())
    return stage.fresh(delivery)


@dataclass
class Situation:
    """What became of the tweet before, which publisher it was for, and what is to come of it."""

    faults: tuple[Fault, ...]
    before: State
    publisher: str
    end: State


SITUATIONS = {
    "is public": Situation((), State.PUBLISHED, "default", State.TAKEN_DOWN),
    "was taken without an answer": Situation(
        (Fault.TIMEOUT_ACCEPTED,), State.UNKNOWN, "lookup", State.TAKEN_DOWN
    ),
    "was lost without an answer": Situation(
        (Fault.TIMEOUT_LOST,), State.UNKNOWN, "lookup", State.CANCELLED
    ),
}


class TestAProcessThatDies:
    @pytest.mark.parametrize("name", SITUATIONS)
    def test_taking_a_tweet_down_leaves_it_to_the_next_sweep(
        self, database: str, tmp_path: Path, name: str
    ) -> None:
        situation, scene = SITUATIONS[name], Scene()
        duty = scene.person(Role.COMMS_DUTY)
        cut_off_after_deleting = 0
        for before in range(MOST):
            delivery = sent(scene, *situation.faults, publisher=situation.publisher)
            assert delivery.state == situation.before
            take_down = wish(delivery, duty)
            was_killed = is_killed(tmp_path, carrying_out(take_down), before)
            says_the_truth(take_down, delivery)
            is_open = fresh(take_down).state in OPEN
            cut_off_after_deleting += is_open and not shown(delivery)
            take_up(take_down, delivery)
            assert stage.state_of(delivery) == situation.end
            assert shown(delivery) == 0
            assert not Attempt.objects.filter(outcome__in=[Outcome.SENDING, Outcome.UNKNOWN])
            if not was_killed:
                break
        assert MOST > before > FEWEST
        # The platform had done it, and nobody had written it down yet.
        assert cut_off_after_deleting > 0

    def test_asking_has_asked_or_has_not(self, database: str, tmp_path: Path) -> None:
        scene = Scene()
        duty = scene.person(Role.COMMS_DUTY)
        delivery = sent(scene)
        before, asked = 0, False
        while not asked:
            assert before < MOST
            was_killed = is_killed(tmp_path, lambda: wish(delivery, duty), before)
            asked = TakeDown.objects.exists()
            # All of it or nothing: who is told of a wish can read it, and a sweep finds it.
            assert asked == (Verb.TAKE_DOWN_ASKED in verbs(delivery))
            assert asked == Notice.objects.filter(link__endswith="/take-down/").exists()
            assert asked or was_killed
            before += 1
        take_down = TakeDown.objects.get()
        assert take_down_due(now=database_now()) == 1
        stage.until(lambda: fresh(take_down).state == Stage.GONE)
        says_the_truth(take_down, delivery)
