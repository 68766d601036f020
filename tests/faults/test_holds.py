"""A hold whose transaction is still open, and a worker that arms at that very moment."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import AccountStatus, User
from accounts.roles import Role
from accounts.services import deactivate, set_status
from incidents.models import Hold, HoldKind
from incidents.services import place
from policy.services import generation, next_generation
from publishing.clock import database_now
from publishing.models import Attempt, Delivery
from publishing.services import dispatch_due
from publishing.services.arming import arm
from publishing.services.checking import ask_rulebook
from publishing.services.payload import Armed
from publishing.workflow import State
from tests.factories import Scene
from tests.publishing import stage

pytestmark = pytest.mark.xdist_group("processes")
MINUTE = timedelta(minutes=1)


@dataclass
class Case:
    """A delivery that is due, and the people and places that somebody may interfere with."""

    scene: Scene
    delivery: Delivery
    duty: User

    def hold(self, scope: Any, kind: HoldKind = HoldKind.HOLD) -> Hold:
        now = database_now()
        return place(kind=kind, scope=scope, reason="We look.", actor=self.duty, now=now)

    def freeze(self) -> None:
        set_status(self.scene.account, AccountStatus.FROZEN, actor=self.duty, now=database_now())

    def deactivate(self, person: User) -> None:
        deactivate(person, actor=self.duty, now=database_now())


@pytest.fixture
def case(request: pytest.FixtureRequest) -> Case:
    request.getfixturevalue("postgres")
    return make_case()


def make_case() -> Case:
    scene = Scene()
    generation()
    (delivery,) = stage.due(scene)
    return Case(scene, stage.fresh(delivery), scene.person(Role.COMMS_DUTY))


INTERFERENCES: dict[str, tuple[Callable[[Case], object], State, str]] = {
    "a hold on the account": (
        lambda case: case.hold(case.scene.account),
        State.QUEUED,
        "A hold is on.",
    ),
    "a hold on the team": (lambda case: case.hold(case.scene.lpt), State.QUEUED, "A hold is on."),
    "a hold on the force": (
        lambda case: case.hold(case.scene.force),
        State.QUEUED,
        "A hold is on.",
    ),
    "a critical incident": (
        lambda case: case.hold(case.scene.force, HoldKind.CRITICAL_INCIDENT),
        State.QUEUED,
        "A hold is on.",
    ),
    "a freeze": (lambda case: case.freeze(), State.QUEUED, "is frozen."),
    "the author's leaving": (
        lambda case: case.deactivate(case.delivery.draft.author),
        State.NEEDS_HUMAN,
        "Somebody who wrote it, passed over a rule for it or approved it is no longer active.",
    ),
    "the approver's leaving": (
        lambda case: case.deactivate(case.delivery.approved_by),
        State.NEEDS_HUMAN,
        "Somebody who wrote it, passed over a rule for it or approved it is no longer active.",
    ),
}


class TestAWorkerThatArms:
    @pytest.mark.parametrize("what", INTERFERENCES)
    def test_waits_for_whoever_was_first_and_then_sends_nothing(
        self, case: Case, ledger: stage.Ledger, what: str
    ) -> None:
        interfere, state, why = INTERFERENCES[what]
        with transaction.atomic():
            interfere(case)
            worker = stage.Aside(lambda: dispatch_due(now=database_now()))
            mine = stage.backend_pid()
            stage.until(lambda: stage.waits_for(worker.backend, mine))
            assert stage.state_of(case.delivery) == State.CLAIMED
            assert not Attempt.objects.exists()
        assert worker.result() == 0
        now = stage.fresh(case.delivery)
        assert now.state == state
        assert now.last_error.endswith(why)
        assert not Attempt.objects.exists()
        assert ledger.effects() == []

    @pytest.mark.parametrize("what", INTERFERENCES)
    def test_sends_when_nothing_comes_of_it(
        self, case: Case, ledger: stage.Ledger, what: str
    ) -> None:
        interfere, _, _ = INTERFERENCES[what]
        with transaction.atomic():
            interfere(case)
            worker = stage.Aside(lambda: dispatch_due(now=database_now()))
            mine = stage.backend_pid()
            stage.until(lambda: stage.waits_for(worker.backend, mine))
            transaction.set_rollback(True)
        assert worker.result() == 1
        assert ledger.times(case.delivery) == 1

    def test_checks_again_when_the_rules_changed_meanwhile(
        self, case: Case, ledger: stage.Ledger
    ) -> None:
        with transaction.atomic():
            next_generation()
            checks: list[str] = []

            def work() -> int:
                with connection.execute_wrapper(note_of(checks)):
                    return dispatch_due(now=database_now())

            worker = stage.Aside(work)
            mine = stage.backend_pid()
            stage.until(lambda: stage.waits_for(worker.backend, mine))
        assert worker.result() == 1
        # Claimed, refused by ARM, claimed and checked again, sent.
        assert sum(sql.startswith("\nWITH due") for sql in checks) >= 2
        assert Attempt.objects.get().fence == 2
        assert ledger.times(case.delivery) == 1


def note_of(statements: list[str]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    return note


class TestWhoeverInterferes:
    @pytest.mark.parametrize("what", INTERFERENCES)
    def test_waits_for_a_worker_that_was_first(
        self, case: Case, ledger: stage.Ledger, what: str
    ) -> None:
        interfere, _, _ = INTERFERENCES[what]
        with transaction.atomic():
            with connection.cursor() as cursor:
                # ARM has asked its question by then, and cannot open its attempt yet.
                cursor.execute("LOCK TABLE publishing_attempt IN SHARE MODE")
            worker = stage.Aside(lambda: dispatch_due(now=database_now()))
            mine = stage.backend_pid()
            stage.until(lambda: stage.waits_for(worker.backend, mine))
            somebody = stage.Aside(lambda: interfere(case))
            stage.until(lambda: stage.waits_for(somebody.backend, worker.backend))
            assert not Hold.objects.exists()
        assert worker.result() == 1
        somebody.result()
        # It went out before the hold was there, and the page that set it shows it so.
        assert ledger.times(case.delivery) == 1
        assert stage.state_of(case.delivery) == State.PUBLISHED


class TestAWorkerOnSQLite:
    @pytest.mark.parametrize("what", INTERFERENCES)
    def test_waits_and_sends_nothing_as_well(self, sqlite: str, what: str) -> None:
        case = make_case()
        interfere, state, why = INTERFERENCES[what]
        now = database_now()
        assert ask_rulebook(case.delivery, now=now) == ""
        claim = Delivery.objects.claim(now=now, owner="", lease_until=now + MINUTE, limit=1)
        ((delivery_id, fence),) = claim
        wants_to_write = threading.Event()

        def work() -> Armed | None:
            with stage.at_statement("BEGIN IMMEDIATE", wants_to_write.set):
                return arm(delivery_id, fence=fence)

        with transaction.atomic():
            interfere(case)
            worker = stage.Aside(work)
            assert wants_to_write.wait(stage.PATIENCE)
            assert stage.state_of(case.delivery) == State.CLAIMED
        assert worker.result() is None
        after = stage.fresh(case.delivery)
        assert after.state == state
        assert after.last_error.endswith(why)
        assert not Attempt.objects.exists()
