"""What people decide: calling a tweet back, and answering for one that stopped."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import Role
from approvals.services import expire_overdue, reopen, unschedule
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.workflow import StaleDraft
from drafts.workflow import State as DraftState
from notices.models import Notice
from publishing.clock import database_now
from publishing.models import Attempt, Delivery
from publishing.services import (
    cancel,
    dispatch_due,
    drop,
    reschedule,
    say_live,
    send_again,
)
from publishing.services.queueing import is_waiting, live_delivery
from publishing.workflow import LostLease, MayBePublic, Outcome, State, TooLate
from tests.factories import Scene, approve_it, in_, submitted
from tests.publishing import stage
from tests.publishing.stage import Ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def duty(scene: Scene) -> User:
    return scene.person(Role.COMMS_DUTY)


def put(delivery: Delivery, state: State) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(state=state)
    return stage.fresh(delivery)


def unanswered(delivery: Delivery) -> None:
    """One attempt ended without an answer."""
    now = database_now()
    Attempt.objects.create(
        delivery=delivery, fence=1, started_at=now, ended_at=now, outcome=Outcome.UNKNOWN
    )


CALL_BACK: dict[str, Callable[..., None]] = {"reopen": reopen, "unschedule": unschedule}
CAN_BE_CALLED_BACK = [State.QUEUED, State.CLAIMED]
TOO_LATE = [state for state in State if state not in {*CAN_BE_CALLED_BACK, State.CANCELLED}]


class TestCallingBack:
    @pytest.mark.parametrize("way", CALL_BACK)
    @pytest.mark.parametrize("state", CAN_BE_CALLED_BACK)
    def test_stops_what_has_not_been_sent(
        self, scene: Scene, duty: User, ledger: Ledger, way: str, state: State
    ) -> None:
        delivery = put(stage.approved(scene), state)
        assert is_waiting(delivery)
        CALL_BACK[way](delivery.draft, actor=duty, now=database_now())
        now = stage.fresh(delivery)
        assert (now.state, now.lease_until, now.owner) == (State.CANCELLED, None, "")
        expected = {"reopen": DraftState.DRAFT, "unschedule": DraftState.SUBMITTED}[way]
        assert now.draft.state == expected
        assert Record.objects.filter(verb=Verb.DELIVERY_CANCELLED, actor_id=duty.pk).exists()
        assert live_delivery(delivery.draft_id) is None
        assert dispatch_due(now=database_now()) == 0
        assert ledger.effects() == []

    @pytest.mark.parametrize("way", CALL_BACK)
    @pytest.mark.parametrize("state", TOO_LATE)
    def test_changes_nothing_when_it_is_too_late(
        self, scene: Scene, duty: User, way: str, state: State
    ) -> None:
        delivery = put(stage.approved(scene), state)
        with pytest.raises(TooLate):
            CALL_BACK[way](delivery.draft, actor=duty, now=database_now())
        now = stage.fresh(delivery)
        assert (now.state, now.draft.state) == (state, DraftState.APPROVED)
        assert not Record.objects.filter(verb=Verb.DELIVERY_CANCELLED).exists()

    @pytest.mark.parametrize("way", CALL_BACK)
    @pytest.mark.parametrize("state", [*CAN_BE_CALLED_BACK, State.UNKNOWN])
    def test_is_too_late_while_an_attempt_has_no_answer(
        self, scene: Scene, duty: User, way: str, state: State
    ) -> None:
        delivery = put(stage.approved(scene), state)
        unanswered(delivery)
        with pytest.raises(MayBePublic):
            CALL_BACK[way](delivery.draft, actor=duty, now=database_now())
        assert stage.state_of(delivery) == State.NEEDS_HUMAN

    def test_of_what_was_called_back_finds_nothing(self, scene: Scene, duty: User) -> None:
        delivery = stage.approved(scene)
        unschedule(delivery.draft, actor=duty, now=database_now())
        with pytest.raises(StaleDraft):
            unschedule(delivery.draft, actor=duty, now=database_now())
        with pytest.raises(TooLate):
            cancel(delivery, actor=duty, now=database_now())

    def test_leaves_room_for_a_new_approval(self, scene: Scene, duty: User) -> None:
        delivery = stage.approved(scene)
        assert live_delivery(delivery.draft_id) == delivery
        unschedule(delivery.draft, actor=duty, now=database_now())
        assert live_delivery(delivery.draft_id) is None


def _say_live(delivery: Delivery, actor: User) -> None:
    address = "https://x.example/1"
    say_live(delivery, actor=actor, address=address, evidence="I looked.", now=database_now())


def _send_again(delivery: Delivery, actor: User) -> None:
    send_again(delivery, actor=actor, evidence="I looked.", now=database_now())


def _drop(delivery: Delivery, actor: User) -> None:
    drop(delivery, actor=actor, evidence="I looked.", now=database_now())


def _reschedule(delivery: Delivery, actor: User) -> None:
    later = database_now() + timedelta(hours=1)
    reschedule(delivery, actor=actor, due_at=later, reason="A fair.", now=database_now())


Answer = Callable[[Delivery, User], None]
ANSWERS: dict[str, tuple[Answer, set[State], State]] = {
    "say live": (_say_live, {State.UNKNOWN, State.NEEDS_HUMAN}, State.PUBLISHED),
    "send again": (
        _send_again,
        {State.UNKNOWN, State.NEEDS_HUMAN, State.REFUSED},
        State.QUEUED,
    ),
    "drop": (
        _drop,
        {State.UNKNOWN, State.NEEDS_HUMAN, State.REFUSED, State.MISSED},
        State.CANCELLED,
    ),
    "reschedule": (_reschedule, {State.QUEUED, State.MISSED}, State.QUEUED),
}


class TestAnswering:
    @pytest.mark.parametrize("state", State)
    @pytest.mark.parametrize("answer", ANSWERS)
    def test_is_possible_where_it_means_something(
        self, scene: Scene, duty: User, answer: str, state: State
    ) -> None:
        give, possible, target = ANSWERS[answer]
        delivery = put(stage.approved(scene), state)
        if state in possible:
            give(delivery, duty)
            now = stage.fresh(delivery)
            assert (now.state, now.fence) == (target, delivery.fence + 1)
        else:
            with pytest.raises(LostLease):
                give(delivery, duty)
            assert stage.state_of(delivery) == state

    @pytest.mark.parametrize("answer", ANSWERS)
    @pytest.mark.parametrize("role", [Role.OFFICER, Role.LPT_COMMANDER, Role.COMMS_ADMIN])
    def test_is_for_reviewers(self, scene: Scene, answer: str, role: Role) -> None:
        give, possible, _ = ANSWERS[answer]
        delivery = put(stage.approved(scene), min(possible))
        with pytest.raises(PermissionDenied):
            give(delivery, scene.person(role))
        with pytest.raises(PermissionDenied):
            give(delivery, Scene().person(Role.COMMS_DUTY))
        assert stage.state_of(delivery) == min(possible)

    def test_that_it_is_public_ends_it(self, scene: Scene, duty: User) -> None:
        delivery = put(stage.approved(scene), State.NEEDS_HUMAN)
        unanswered(delivery)
        _say_live(delivery, duty)
        now = stage.fresh(delivery)
        assert now.external_url == "https://x.example/1"
        assert now.published_at is not None
        assert (now.last_error, now.may_be_public) == ("", False)
        assert Attempt.objects.get().outcome == Outcome.CONFIRMED_SENT
        last = Record.objects.order_by("pk").last()
        assert last is not None
        assert (last.verb, last.actor_id) == (Verb.DELIVERY_ANSWERED, str(duty.pk))
        assert "evidence" not in last.data
        assert delivery.answers.get().evidence == "I looked."

    def test_that_it_is_not_sends_the_same_words_again(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        delivery = put(stage.approved(scene, publisher="blind"), State.NEEDS_HUMAN)
        unanswered(delivery)
        past = database_now() - timedelta(minutes=1)
        Delivery.objects.update(not_after=past)
        _send_again(delivery, duty)
        assert Attempt.objects.get().outcome == Outcome.CONFIRMED_NOT_SENT
        assert dispatch_due(now=database_now()) == 1
        assert stage.state_of(delivery) == State.PUBLISHED
        (effect,) = ledger.effects()
        assert effect.content_hash == delivery.approved_hash

    def test_to_drop_it_keeps_it_in(self, scene: Scene, duty: User, ledger: Ledger) -> None:
        delivery = put(stage.approved(scene), State.NEEDS_HUMAN)
        unanswered(delivery)
        _drop(delivery, duty)
        assert Attempt.objects.get().outcome == Outcome.CONFIRMED_NOT_SENT
        assert dispatch_due(now=database_now()) == 0
        assert ledger.effects() == []

    def test_with_a_new_time_sends_it_then(self, scene: Scene, duty: User, ledger: Ledger) -> None:
        delivery = put(stage.approved(scene), State.MISSED)
        _reschedule(delivery, duty)
        now = stage.fresh(delivery)
        assert now.next_at == now.due_at
        assert now.not_after > now.due_at > database_now()
        assert dispatch_due(now=database_now()) == 0
        reschedule(now, actor=duty, due_at=database_now(), reason="Now.", now=database_now())
        assert dispatch_due(now=database_now()) == 1
        assert ledger.times(delivery) == 1
        last = Record.objects.filter(verb=Verb.DELIVERY_RESCHEDULED).order_by("pk").last()
        assert last is not None
        assert delivery.answers.latest("pk").evidence == "Now."

    def test_with_a_new_time_moves_every_place_that_keeps_it(
        self, scene: Scene, duty: User
    ) -> None:
        planned, later = in_(timedelta(hours=1)), in_(timedelta(hours=30))
        draft = submitted(scene, planned=planned)
        delivery = put(approve_it(draft, by=duty), State.MISSED)
        reschedule(delivery, actor=duty, due_at=later.at, reason="A fair.", now=database_now())
        now = stage.fresh(delivery)
        kept = (now.due_at, now.due_wall, now.due_zone)
        assert kept == (later.at, later.wall, later.zone)
        draft = now.draft
        assert (draft.planned_at, draft.planned_wall, draft.planned_zone) == kept
        # Called back before the new time, it waits for a decision until then.
        unschedule(draft, actor=duty, now=database_now())
        between = planned.at + timedelta(hours=1)
        assert expire_overdue(now=between) == 0
        assert Draft.objects.get(pk=draft.pk).state == DraftState.SUBMITTED

    @pytest.mark.parametrize("state", [State.REFUSED, State.MISSED])
    def test_that_sends_it_now_plans_it_for_no_time(
        self, scene: Scene, duty: User, state: State
    ) -> None:
        planned = in_(timedelta(hours=1))
        delivery = put(approve_it(submitted(scene, planned=planned), by=duty), state)
        now = planned.at + timedelta(minutes=30)
        if state == State.REFUSED:
            send_again(delivery, actor=duty, evidence="I looked.", now=now)
        else:
            reschedule(delivery, actor=duty, due_at=now, reason="Late.", now=now)
        sent = stage.fresh(delivery)
        assert (sent.state, sent.due_at, sent.due_wall, sent.due_zone) == (
            State.QUEUED, now, "", "",
        )  # fmt: skip
        draft = sent.draft
        assert (draft.planned_at, draft.planned_wall, draft.planned_zone) == (None, "", "")
        # Called back before it went out, it does not expire for the time that it missed.
        unschedule(draft, actor=duty, now=now)
        assert expire_overdue(now=now + timedelta(minutes=1)) == 0
        assert Draft.objects.get(pk=draft.pk).state == DraftState.SUBMITTED

    def test_is_told_to_the_author_by_anybody_else(self, scene: Scene, duty: User) -> None:
        theirs = put(stage.approved(scene), State.REFUSED)
        _drop(theirs, duty)
        own = put(stage.approved(scene, author=duty), State.REFUSED)
        _drop(own, duty)
        told = Notice.objects.filter(text__startswith=f"{duty} looked after your tweet")
        assert [notice.recipient_id for notice in told] == [theirs.draft.author_id]

    def test_stops_a_worker_that_still_holds_it(self, scene: Scene, duty: User) -> None:
        delivery = put(stage.approved(scene), State.UNKNOWN)
        fence: Any = delivery.fence
        _send_again(delivery, duty)
        with pytest.raises(LostLease):
            Delivery.objects.filter(pk=delivery.pk, fence=fence).move("give_to_human")  # type: ignore[arg-type]
