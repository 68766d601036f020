"""The whole protocol under whatever order of events chance finds, with the ledger as judge."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import Role
from accounts.services import set_status
from incidents.models import Hold, HoldKind
from incidents.services import place, release
from publishing.backends.base import Answer
from publishing.backends.mock import Fault, MockPublisher
from publishing.clock import database_now
from publishing.models import Circuit, Delivery
from publishing.publishers import publishers
from publishing.services import cancel, drop, reconcile, reschedule, say_live, send_again
from publishing.services.arming import arm
from publishing.services.finishing import finish
from publishing.services.payload import Armed
from publishing.workflow import LostLease, Outcome, State, TooLate
from tests.factories import Scene
from tests.publishing import stage

LEASE = timedelta(seconds=60)
EXAMPLES, STEPS = 10, 40
ANSWERED = {State.UNKNOWN, State.NEEDS_HUMAN, State.REFUSED, State.MISSED}


class Protocol(RuleBasedStateMachine):
    """One delivery, any number of workers that may die or dawdle, and people who interfere.

    A worker that dawdled for a lease does not send any more: that is what SEND_WITHIN is for.
    People who are asked look at the platform and tell the truth.
    """

    publisher: ClassVar[str]
    ledger: ClassVar[stage.Ledger]
    scene: ClassVar[Scene]
    duty: ClassVar[User]
    reached: ClassVar[set[str]]

    @initialize()
    def begin(self) -> None:
        self.hold: Hold | None = None
        self.frozen = False
        self.approve()

    def approve(self) -> None:
        # Somebody mended what stopped the account after earlier faults.
        Circuit.objects.all().delete()
        (self.delivery,) = stage.due(self.scene)
        self.seen = self.delivery
        self.claims: list[int] = []
        self.leaves: list[Armed] = []
        self.replies: list[tuple[Armed, Answer]] = []

    def teardown(self) -> None:
        self.all_is_well_again()
        Delivery.objects.filter(pk=self.delivery.pk).update(state=State.CANCELLED)

    def now(self) -> Delivery:
        return Delivery.objects.get(pk=self.delivery.pk)

    def is_public(self) -> bool:
        return self.ledger.times(self.delivery) > 0

    @precondition(lambda self: self.seen.state in {State.PUBLISHED, State.CANCELLED})
    @rule()
    def approve_another(self) -> None:
        self.approve()

    # --- workers

    @rule(data=st.data(), fault=st.none() | st.sampled_from(Fault))
    def a_worker_goes_on(self, data: st.DataObject, fault: Fault | None) -> None:
        """One of those at work takes its next step; when there is none, another one begins."""
        doing: list[Callable[[], None]] = [
            *(partial(self.arm, fence) for fence in self.claims),
            *(partial(self.send, leave, fault) for leave in self.leaves),
            *(partial(self.finish, reply) for reply in self.replies),
        ]
        if not doing:
            self.a_worker_claims()
            return
        data.draw(st.sampled_from(doing), label="step")()

    @rule()
    def a_worker_claims(self) -> None:
        moment = max(database_now(), self.now().next_at)
        claimed = Delivery.objects.claim(
            now=moment, owner="somebody", lease_until=moment + LEASE, limit=10
        )
        self.claims += [fence for key, fence in claimed if key == self.delivery.pk]

    def arm(self, fence: int) -> None:
        self.claims.remove(fence)
        try:
            leave = arm(self.delivery.pk, fence=fence)
        except LostLease:
            return
        if leave:
            assert not self.hold
            assert not self.frozen
            self.leaves.append(leave)

    def send(self, leave: Armed, fault: Fault | None) -> None:
        self.leaves.remove(leave)
        mock = publishers[leave.publisher]
        assert isinstance(mock, MockPublisher)
        if fault:
            mock.fail_next(fault)
        self.replies.append((leave, mock.publish(leave.payload, leave.secrets)))

    def finish(self, reply: tuple[Armed, Answer]) -> None:
        self.replies.remove(reply)
        leave, answer = reply
        try:
            finish(leave, answer, now=database_now())
        except LostLease:
            return

    @rule(how_often=st.integers(1, 3), they_die=st.booleans())
    def time_passes(self, how_often: int, they_die: bool) -> None:  # noqa: FBT001  its name
        if they_die:
            self.claims, self.replies = [], []
        for _ in range(how_often):
            now = self.now()
            moment: datetime = max(now.lease_until or now.next_at, now.next_at, database_now())
            self.leaves = []
            reconcile(now=moment)

    # --- people

    @rule(event=st.sampled_from(["a hold", "an incident", "a freeze", "too late", "called back"]))
    def somebody_interferes(self, event: str) -> None:
        if self.hold or self.frozen or Circuit.objects.exists():
            self.all_is_well_again()
        elif event == "a hold":
            self.place(HoldKind.HOLD)
        elif event == "an incident":
            self.place(HoldKind.CRITICAL_INCIDENT)
        elif event == "a freeze":
            self.frozen = True
            set_status(self.scene.account, AccountStatus.FROZEN, actor=None, now=database_now())
        elif event == "too late":
            past = database_now() - timedelta(seconds=1)
            Delivery.objects.filter(pk=self.delivery.pk, due_at__lt=past).update(not_after=past)
        else:
            self.call_back()

    def place(self, kind: HoldKind) -> None:
        now, scope = database_now(), self.scene.lpt
        self.hold = place(kind=kind, scope=scope, reason="?", actor=self.duty, now=now)

    def all_is_well_again(self) -> None:
        Circuit.objects.all().delete()
        if self.hold:
            release(self.hold, actor=self.duty, now=database_now())
        if self.frozen:
            set_status(self.scene.account, AccountStatus.ACTIVE, actor=None, now=database_now())
        self.hold, self.frozen = None, False

    def call_back(self) -> None:
        try:
            cancel(self.now(), actor=self.duty, now=database_now())
        except TooLate:
            return
        assert not self.is_public()

    @precondition(lambda self: self.seen.state in ANSWERED)
    @rule(shall_go=st.booleans())
    def somebody_answers(self, shall_go: bool) -> None:  # noqa: FBT001  Hypothesis names it
        now, moment = self.now(), database_now()
        if now.state == State.MISSED:
            reschedule(now, actor=self.duty, due_at=moment, reason="?", now=moment)
        elif self.is_public() and now.state != State.REFUSED:
            say_live(now, actor=self.duty, address="https://x.example/1", evidence="", now=moment)
        elif shall_go:
            send_again(now, actor=self.duty, evidence="", now=moment)
        else:
            drop(now, actor=self.duty, evidence="", now=moment)

    # --- what must always be so

    @invariant()
    def all_is_as_it_must_be(self) -> None:
        self.seen = now = self.now()
        self.reached.add(now.state)
        effects = [e for e in self.ledger.effects() if e.token == str(now.token)]
        self.it_is_published_once_at_most_and_as_approved(effects)
        self.it_is_public_where_the_app_says_so_and_only_there(bool(effects))
        self.one_attempt_is_open_while_it_is_going_out()

    def it_is_published_once_at_most_and_as_approved(self, effects: list[stage.Effect]) -> None:
        assert len(effects) <= 1
        assert {effect.content_hash for effect in effects} <= {self.seen.approved_hash}

    def it_is_public_where_the_app_says_so_and_only_there(self, is_public: bool) -> None:  # noqa: FBT001
        if self.seen.state == State.PUBLISHED:
            assert is_public
        elif self.seen.state in {State.CANCELLED, State.MISSED, State.REFUSED}:
            assert not is_public
        elif self.seen.state in {State.QUEUED, State.CLAIMED}:
            assert not is_public or self.seen.may_be_public

    def one_attempt_is_open_while_it_is_going_out(self) -> None:
        fences = self.seen.attempts.filter(outcome=Outcome.SENDING).values_list("fence", flat=True)
        expected = [self.seen.fence] if self.seen.state == State.SENDING else []
        assert list(fences) == expected


@pytest.mark.django_db
class TestWhateverHappens:
    @pytest.mark.parametrize("publisher", ["default", "lookup", "blind", "token"])
    def test_a_tweet_goes_out_once_or_a_person_is_asked(
        self, ledger: stage.Ledger, publisher: str
    ) -> None:
        Protocol.publisher, Protocol.ledger, Protocol.scene = publisher, ledger, Scene()
        Protocol.duty = Protocol.scene.person(Role.COMMS_DUTY)
        Protocol.reached = set()
        SocialAccount.objects.update(publisher=publisher)
        run_state_machine_as_test(
            Protocol,
            settings=settings(
                max_examples=EXAMPLES,
                stateful_step_count=STEPS,
                deadline=None,
                # The same events in every run: what is asserted below is no matter of luck.
                derandomize=True,
                suppress_health_check=list(HealthCheck),
            ),
        )
        assert {State.SENDING, State.UNKNOWN, State.PUBLISHED} <= Protocol.reached
