"""The rulebook asked ahead: what a verdict counts for, and all that makes it void."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.roles import Role
from drafts.models import Draft
from drafts.workflow import State as DraftState
from incidents.models import HoldKind
from incidents.services import place
from policy.services import generation, next_generation
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.services import check_ahead, dispatch_due
from publishing.services.checking import AHEAD, GOOD_FOR, MARGIN, ask_rulebook
from publishing.statements import JUST_NOW
from publishing.workflow import State
from tests import factories
from tests.publishing import stage

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def soon(scene: factories.Scene, **writing: Any) -> Delivery:
    """A delivery that is due in a minute, on an account that has long been quiet."""
    (delivery,) = stage.due(scene, at=database_now() + MINUTE, **writing)
    Draft.objects.update(changed_at=database_now() - timedelta(hours=1))
    return delivery


def asked_ahead(scene: factories.Scene, **writing: Any) -> Delivery:
    """The same with a verdict, given four minutes ago, and due by now."""
    delivery = soon(scene, **writing)
    assert check_ahead(now=database_now()) == 1
    now = stage.fresh(delivery)
    earlier, past = timedelta(minutes=4), database_now() - timedelta(seconds=1)
    assert now.checked_at is not None
    assert now.compared_at is not None
    Delivery.objects.filter(pk=delivery.pk).update(
        checked_at=now.checked_at - earlier,
        compared_at=now.compared_at - earlier,
        due_at=past,
        next_at=past,
    )
    return stage.fresh(delivery)


def asked_again(delivery: Delivery) -> bool:
    return stage.fresh(delivery).checked_at != delivery.checked_at


class TestAhead:
    def test_keeps_a_verdict_and_what_it_rests_on(self, database: str) -> None:
        delivery = soon(factories.Scene())
        now = database_now()
        assert check_ahead(now=now) == 1
        kept = stage.fresh(delivery)
        assert kept.checked_generation == generation()
        assert (kept.checked_at, kept.compared_at) == (now, now - MARGIN)
        assert kept.checked_until is not None
        assert now + MINUTE < kept.checked_until <= now + GOOD_FOR
        assert check_ahead(now=database_now()) == 0

    def test_leaves_what_is_due_later(self) -> None:
        delivery = soon(factories.Scene())
        later = database_now() + AHEAD + MINUTE
        Delivery.objects.update(due_at=later, next_at=later, not_after=later + MINUTE)
        assert check_ahead(now=database_now()) == 0
        assert stage.fresh(delivery).checked_at is None

    def test_lets_what_is_due_go_first(self) -> None:
        scene = factories.Scene()
        soon(scene)
        stage.due(scene, accounts=[scene.other_account()])
        assert check_ahead(now=database_now()) == 0

    def test_asks_again_when_the_rules_have_changed(self) -> None:
        soon(factories.Scene())
        assert check_ahead(now=database_now()) == 1
        next_generation()
        assert check_ahead(now=database_now()) == 1

    def test_asks_once_about_what_the_rules_stop(self) -> None:
        delivery = soon(factories.Scene(), text=factories.BLOCKED)
        assert check_ahead(now=database_now()) == 1
        assert check_ahead(now=database_now()) == 0
        assert stage.state_of(delivery) == State.QUEUED
        kept = stage.fresh(delivery)
        assert kept.checked_until == kept.checked_at

    def test_asks_once_about_what_cannot_be_checked(self, caplog: Any) -> None:
        scene = factories.Scene()
        soon(scene)
        scene.force.policy_pack = "no-such-pack"
        scene.force.save()
        assert check_ahead(now=database_now()) == 1
        assert check_ahead(now=database_now()) == 0
        assert "could not be checked ahead" in caplog.text


class TestAVerdict:
    def test_is_enough_to_be_sent(self, database: str, ledger: stage.Ledger) -> None:
        delivery = asked_ahead(factories.Scene())
        assert dispatch_due(now=database_now()) == 1
        assert not asked_again(delivery)
        assert ledger.times(delivery) == 1

    def test_is_void_when_the_rules_change(self, database: str, ledger: stage.Ledger) -> None:
        delivery = asked_ahead(factories.Scene())
        next_generation()
        assert dispatch_due(now=database_now()) == 1
        assert asked_again(delivery)
        assert ledger.times(delivery) == 1

    def test_is_void_when_it_is_too_old(self, database: str, ledger: stage.Ledger) -> None:
        delivery = asked_ahead(factories.Scene())
        Delivery.objects.update(checked_until=database_now())
        assert dispatch_due(now=database_now()) == 1
        assert asked_again(delivery)

    def test_is_no_word_on_a_critical_incident(self, database: str) -> None:
        scene = factories.Scene()
        delivery = asked_ahead(scene)
        duty = scene.person(Role.COMMS_DUTY)
        place(
            kind=HoldKind.CRITICAL_INCIDENT,
            scope=scene.lpt,
            reason="?",
            actor=duty,
            now=database_now(),
        )
        assert dispatch_due(now=database_now()) == 0
        assert stage.fresh(delivery).last_error == "A hold is on."

    @pytest.mark.parametrize("state", [DraftState.SUBMITTED, DraftState.APPROVED])
    def test_is_void_when_the_account_has_another_tweet(
        self, database: str, ledger: stage.Ledger, state: DraftState
    ) -> None:
        scene = factories.Scene()
        delivery = asked_ahead(scene)
        self.another(scene, state, text="Something else altogether.")
        assert dispatch_due(now=database_now()) == 1
        assert asked_again(delivery)

    def test_does_not_let_the_same_words_through(self, database: str, ledger: stage.Ledger) -> None:
        scene = factories.Scene()
        delivery = asked_ahead(scene)
        self.another(scene, DraftState.SUBMITTED, text=delivery.revision.text)
        assert dispatch_due(now=database_now()) == 0
        assert stage.state_of(delivery) == State.NEEDS_HUMAN
        assert ledger.effects() == []

    def test_stands_when_another_account_has_a_tweet(self, database: str) -> None:
        scene = factories.Scene()
        delivery = asked_ahead(scene)
        self.another(scene, DraftState.SUBMITTED, text="Else.", account=scene.other_account())
        assert dispatch_due(now=database_now()) == 1
        assert not asked_again(delivery)

    def test_stands_while_somebody_only_writes(self, database: str) -> None:
        scene = factories.Scene()
        delivery = asked_ahead(scene)
        self.another(scene, DraftState.DRAFT, text="Not yet.")
        assert dispatch_due(now=database_now()) == 1
        assert not asked_again(delivery)

    def another(
        self, scene: factories.Scene, state: DraftState, *, text: str, account: Any = None
    ) -> None:
        now = database_now()
        Draft.objects.create(
            account=account or scene.account, author=scene.person(Role.OFFICER),
            state=state, text=text, content_hash="", created_at=now, changed_at=now,
            submitted_at=now, queue_at=now,
        )  # fmt: skip


class TestTheClock:
    # A summer's night: midnight in the United Kingdom is 23:00 UTC.
    LATE = datetime(2026, 7, 1, 22, 55, tzinfo=UTC)
    MIDNIGHT = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)

    def test_makes_every_verdict_void_at_midnight(self) -> None:
        delivery = stage.fresh(soon(factories.Scene()))
        assert ask_rulebook(delivery, now=self.LATE) == ""
        assert stage.fresh(delivery).checked_until == self.MIDNIGHT

    def test_lets_nothing_be_asked_before_its_own_day(self) -> None:
        delivery = soon(factories.Scene())
        after = self.MIDNIGHT + MINUTE
        Delivery.objects.update(due_at=after, next_at=after, not_after=after + MINUTE)
        assert check_ahead(now=self.LATE) == 0
        assert check_ahead(now=self.MIDNIGHT) == 1
        assert stage.fresh(delivery).checked_until == self.MIDNIGHT + GOOD_FOR

    def test_leaves_seconds_to_a_verdict_on_the_same_words(self) -> None:
        scene = factories.Scene()
        delivery = stage.fresh(soon(scene))
        other = TestAVerdict()
        other.another(scene, DraftState.APPROVED, text=delivery.revision.text)
        now = database_now()
        # A week ago the same words are only advised against, until the hour makes them a block.
        Draft.objects.exclude(pk=delivery.draft_id).update(queue_at=now - timedelta(days=7))
        assert ask_rulebook(delivery, now=now) == ""
        assert stage.fresh(delivery).checked_until == now + JUST_NOW
