"""The life of a delivery, as a table and as rows."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from publishing.models import Attempt, Delivery
from publishing.workflow import (
    ENDS,
    MOVES,
    NEEDS_SOMEBODY,
    ON_ITS_WAY,
    LostLease,
    Move,
    Outcome,
    State,
)
from tests.factories import Scene
from tests.publishing import stage

STEPS = 10_000
EVERY_PAIR = [(move, state) for move in Move for state in State]


class TestTheTable:
    def test_has_a_line_for_every_move(self) -> None:
        assert set(MOVES) == set(Move)

    def test_reaches_every_state_from_the_queue(self) -> None:
        reached: set[State] = set()
        new = {State.QUEUED}
        while new:
            reached |= new
            new = {t.target for t in MOVES.values() if t.sources & reached} - reached
        assert reached == set(State)

    def test_leaves_nothing_that_was_public_or_cancelled(self) -> None:
        left = {source for transition in MOVES.values() for source in transition.sources}
        assert set(State) - left == {State.TAKEN_DOWN, State.CANCELLED}

    def test_lets_what_is_public_only_go(self) -> None:
        from_there = {move for move, t in MOVES.items() if State.PUBLISHED in t.sources}
        assert from_there == {Move.TAKE_DOWN}

    def test_lets_nobody_but_people_move_what_has_ended(self) -> None:
        by_people = {Move.SAY_LIVE, Move.SAY_NOT_LIVE, Move.DROP, Move.RESCHEDULE, Move.TAKE_DOWN}
        from_an_end = {move for move, t in MOVES.items() if t.sources & (ENDS - ON_ITS_WAY)}
        assert from_an_end <= by_people

    def test_sends_nothing_but_what_was_claimed(self) -> None:
        into = {move: t.sources for move, t in MOVES.items() if t.target == State.SENDING}
        assert into == {Move.ARM: {State.CLAIMED}}

    def test_knows_of_each_state_whether_somebody_must_look(self) -> None:
        assert {State.UNKNOWN, State.NEEDS_HUMAN, State.REFUSED, State.MISSED} == NEEDS_SOMEBODY


@pytest.mark.django_db
class TestMove:
    @pytest.mark.parametrize(("move", "state"), EVERY_PAIR)
    def test_is_made_from_its_sources_alone(self, move: Move, state: State) -> None:
        mine, other = stage.due(Scene(), 2)
        Delivery.objects.update(state=state)
        query = Delivery.objects.filter(pk=mine.pk)
        if state in MOVES[move].sources:
            query.move(move, last_error="moved")
            expected = (MOVES[move].target, "moved")
        else:
            with pytest.raises(LostLease):
                query.move(move, last_error="moved")
            expected = (state, "")
        now = stage.fresh(mine)
        assert (now.state, now.last_error) == expected
        assert stage.state_of(other) == state

    def test_is_not_made_on_a_row_that_is_not_there(self) -> None:
        with pytest.raises(LostLease):
            Delivery.objects.filter(pk=0).move(Move.CLAIM)


@pytest.mark.django_db
class TestTheDatabase:
    def test_refuses_a_state_that_is_none(self) -> None:
        stage.due(Scene())
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.update(state="lost")

    def test_refuses_a_second_live_delivery_of_a_draft(self) -> None:
        (first,) = stage.due(Scene())
        again = {
            "revision": first.revision,
            "account": first.account,
            "approved_by": first.approved_by,
            "approved_at": first.approved_at,
            "due_at": first.due_at,
            "next_at": first.due_at,
            "not_after": first.not_after,
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.create(draft=first.draft, **again)
        Delivery.objects.update(state=State.CANCELLED)
        assert Delivery.objects.create(draft=first.draft, **again).token != first.token

    def test_refuses_a_second_open_attempt(self) -> None:
        (delivery,) = stage.due(Scene())
        began = {"delivery": delivery, "fence": 1, "started_at": delivery.due_at}
        Attempt.objects.create(**began)
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(**began)

    @pytest.mark.parametrize("outcome", Outcome)
    def test_keeps_an_attempt_as_it_ended(self, outcome: Outcome) -> None:
        (delivery,) = stage.due(Scene())
        attempt = Attempt.objects.create(
            delivery=delivery, fence=1, started_at=delivery.due_at, outcome=outcome
        )
        changed = Attempt.objects.filter(pk=attempt.pk)
        if outcome in {Outcome.SENDING, Outcome.UNKNOWN}:
            assert changed.update(detail="More is known now.") == 1
        else:
            with pytest.raises(IntegrityError), transaction.atomic():
                changed.update(detail="It was otherwise.")
        with pytest.raises(IntegrityError), transaction.atomic():
            changed.delete()

    def test_refuses_an_approver_who_contributed(self) -> None:
        (delivery,) = stage.due(Scene())
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.update(approved_by=delivery.draft.author)
        assert Delivery.objects.update(approved_by=delivery.approved_by) == 1


class Life(RuleBasedStateMachine):
    """Any move at any time. Whoever makes one that states a fact tells the truth about it."""

    steps = 0
    says_public = {Move.PUBLISH, Move.FOUND, Move.SAY_LIVE}
    says_not_public = {Move.NOT_SENT, Move.REFUSE, Move.NOT_FOUND, Move.SAY_NOT_LIVE, Move.DROP}

    def __init__(self) -> None:
        super().__init__()
        self.state = State.QUEUED
        self.is_public = False

    @rule(move=st.sampled_from(Move), is_taken=st.booleans())
    def make(self, move: Move, is_taken: bool) -> None:  # noqa: FBT001  Hypothesis names it
        Life.steps += 1
        is_lie = move in (self.says_not_public if self.is_public else self.says_public)
        if is_lie or self.state not in MOVES[move].sources:
            return
        if move == Move.ARM:
            assert not self.is_public, "It would be published twice."
            self.is_public = is_taken
        self.state = MOVES[move].target

    @precondition(lambda self: self.state == State.QUEUED)
    @rule(is_taken=st.booleans())
    def send(self, is_taken: bool) -> None:  # noqa: FBT001  Hypothesis names it
        # The likely way, so that chance alone need not find it.
        self.make(Move.CLAIM, is_taken=False)
        self.make(Move.ARM, is_taken=is_taken)

    @invariant()
    def what_waits_or_was_stopped_is_not_public(self) -> None:
        private = {State.QUEUED, State.CLAIMED, State.REFUSED, State.MISSED, State.CANCELLED}
        assert not (self.is_public and self.state in private)

    @invariant()
    def what_is_published_is_public(self) -> None:
        assert self.is_public or self.state != State.PUBLISHED


class TestWhateverHappens:
    def test_nothing_public_ever_comes_back_into_the_queue(self) -> None:
        Life.steps = 0
        run_state_machine_as_test(
            Life,
            settings=settings(
                max_examples=220,
                stateful_step_count=50,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        assert Life.steps >= STEPS
