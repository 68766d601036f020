"""RECONCILE: what a worker left behind, and what a platform never answered."""

import time
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from pytest_django import Settings

from accounts.models import SocialAccount
from audit.models import Record
from audit.verbs import Verb
from notices.models import Notice
from publishing.backends.base import NO_SECRETS
from publishing.backends.mock import Fault, MockPublisher
from publishing.clock import database_now
from publishing.models import Attempt, Delivery, WorkerHeartbeat
from publishing.publishers import publishers
from publishing.services import dispatch_due, dispatcher_is_silent, reconcile
from publishing.services.arming import arm
from publishing.services.heartbeat import FORGET_AFTER, SILENT_AFTER
from publishing.services.payload import payload_of
from publishing.services.reconciling import PATIENCE
from publishing.workflow import LostLease, Outcome, State
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.stage import Ledger

pytestmark = pytest.mark.django_db
LEASE, SETTLE = timedelta(seconds=60), timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _waiting_times(settings: Settings) -> None:
    settings.DELIVERY_LEASE, settings.DELIVERY_SETTLE = LEASE, SETTLE


@pytest.fixture
def scene() -> Scene:
    return Scene()


def claim(delivery: Delivery) -> int:
    """Claim this delivery and no more; its fence."""
    now = database_now()
    claimed = Delivery.objects.claim(now=now, owner="it died", lease_until=now + LEASE, limit=9)
    return dict(claimed)[delivery.pk]


def unanswered(scene: Scene, publisher: str, fault: Fault) -> Delivery:
    """A delivery to which the platform gave no answer."""
    delivery = stage.approved(scene, publisher=publisher)
    mock = publishers[publisher]
    assert isinstance(mock, MockPublisher)
    mock.fail_next(fault)
    dispatch_due(now=database_now())
    assert stage.state_of(delivery) == State.UNKNOWN
    return delivery


def settled(delivery: Delivery, times: int = 1) -> datetime:
    """Reconcile when the delivery is to be looked at next, so many times; the last moment."""
    for _ in range(times):
        moment = stage.fresh(delivery).next_at
        reconcile(now=moment)
    return moment


def outcomes(delivery: Delivery) -> list[str]:
    return list(delivery.attempts.order_by("pk").values_list("outcome", flat=True))


def verbs() -> list[str]:
    return list(Record.objects.order_by("pk").values_list("verb", flat=True))


class TestAClaimThatWasLeft:
    def test_goes_back_to_the_queue_when_its_lease_is_over(
        self, scene: Scene, ledger: Ledger
    ) -> None:
        (delivery,) = stage.due(scene)
        fence = claim(delivery)
        over = stage.fresh(delivery).lease_until
        assert over is not None
        assert reconcile(now=over - timedelta(milliseconds=1)) == 0
        assert stage.state_of(delivery) == State.CLAIMED
        assert reconcile(now=over) == 1
        now = stage.fresh(delivery)
        assert (now.state, now.owner, now.lease_until) == (State.QUEUED, "", None)
        with pytest.raises(LostLease):
            arm(delivery.pk, fence=fence)
        dispatch_due(now=over)
        assert ledger.times(delivery) == 1

    def test_is_put_back_once(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene)
        claim(delivery)
        over = database_now() + LEASE
        assert [reconcile(now=over), reconcile(now=over)] == [1, 0]

    def test_stays_with_whoever_took_it_meanwhile(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene)
        claim(delivery)
        with stage.at_statement(
            'UPDATE "publishing_delivery"', lambda: Delivery.objects.update(fence=7)
        ):
            assert reconcile(now=database_now() + LEASE) == 0
        assert stage.state_of(delivery) == State.CLAIMED


class TestASendingThatWasLeft:
    def test_is_unknown_when_its_lease_is_over(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene)
        assert arm(delivery.pk, fence=claim(delivery))
        over = stage.fresh(delivery).lease_until
        assert over is not None
        assert reconcile(now=over - timedelta(milliseconds=1)) == 0
        assert reconcile(now=over) == 1
        now = stage.fresh(delivery)
        assert (now.state, now.fence) == (State.UNKNOWN, 2)
        assert now.next_at == over + SETTLE
        assert now.last_error == "The worker stopped while it was sending."
        assert outcomes(delivery) == [Outcome.UNKNOWN]
        assert verbs()[-1] == Verb.DELIVERY_UNKNOWN
        assert reconcile(now=over) == 0


class TestWhatCanBeLookedUp:
    def test_is_published_when_it_is_found(self, scene: Scene, ledger: Ledger) -> None:
        delivery = unanswered(scene, "lookup", Fault.TIMEOUT_ACCEPTED)
        assert reconcile(now=stage.fresh(delivery).next_at - timedelta(milliseconds=1)) == 0
        moment = settled(delivery)
        now = stage.fresh(delivery)
        assert (now.state, now.external_id) == (State.PUBLISHED, "practice-1")
        assert now.external_url == "/practice-timeline/#practice-1"
        assert (now.published_at, now.last_error) == (moment, "")
        assert outcomes(delivery) == [Outcome.CONFIRMED_SENT]
        assert verbs()[-1] == Verb.DELIVERY_PUBLISHED
        last = Notice.objects.order_by("pk").last()
        assert last is not None
        assert last.text.endswith("went out.")
        assert ledger.times(delivery) == 1

    def test_is_sent_again_when_it_was_not_found_twice(self, scene: Scene, ledger: Ledger) -> None:
        delivery = unanswered(scene, "lookup", Fault.TIMEOUT_LOST)
        first = settled(delivery)
        now = stage.fresh(delivery)
        assert (now.state, now.times_not_found) == (State.UNKNOWN, 1)
        assert now.next_at == first + SETTLE
        assert reconcile(now=first) == 0
        settled(delivery)
        now = stage.fresh(delivery)
        assert (now.state, now.times_not_found) == (State.QUEUED, 0)
        assert outcomes(delivery) == [Outcome.CONFIRMED_NOT_SENT]
        assert not now.may_be_public
        dispatch_due(now=now.next_at)
        assert stage.state_of(delivery) == State.PUBLISHED
        assert outcomes(delivery) == [Outcome.CONFIRMED_NOT_SENT, Outcome.OK]
        assert ledger.times(delivery) == 1

    def test_is_published_when_it_turns_up_late(self, scene: Scene, ledger: Ledger) -> None:
        delivery = unanswered(scene, "lookup", Fault.TIMEOUT_LOST)
        settled(delivery)
        publishers["lookup"].publish(payload_of(stage.fresh(delivery)), NO_SECRETS)
        settled(delivery)
        assert stage.state_of(delivery) == State.PUBLISHED
        assert ledger.times(delivery) == 1

    def test_is_looked_up_by_one_of_two_who_try(self, scene: Scene) -> None:
        delivery = unanswered(scene, "lookup", Fault.TIMEOUT_LOST)
        moment = stage.fresh(delivery).next_at
        with stage.at_statement('UPDATE "publishing_delivery"', lambda: reconcile(now=moment)):
            assert reconcile(now=moment) == 0
        assert stage.fresh(delivery).times_not_found == 1

    def test_counts_afresh_after_another_attempt(self, scene: Scene) -> None:
        delivery = unanswered(scene, "lookup", Fault.TIMEOUT_LOST)
        settled(delivery, times=2)
        publishers["lookup"].fail_next(Fault.TIMEOUT_LOST)  # type: ignore[attr-defined]
        dispatch_due(now=stage.fresh(delivery).next_at)
        settled(delivery)
        now = stage.fresh(delivery)
        assert (now.state, now.times_not_found) == (State.UNKNOWN, 1)


class TestAPlatformThatCannotBeAsked:
    def test_is_asked_again_and_again(self, scene: Scene) -> None:
        delivery = unanswered(scene, "unreachable", Fault.TIMEOUT_ACCEPTED)
        settled(delivery, times=PATIENCE - 1)
        now = stage.fresh(delivery)
        assert (now.state, now.times_not_found) == (State.UNKNOWN, 0)

    def test_is_left_to_a_person_in_the_end(self, scene: Scene, ledger: Ledger) -> None:
        delivery = unanswered(scene, "unreachable", Fault.TIMEOUT_ACCEPTED)
        settled(delivery, times=PATIENCE)
        assert stage.fresh(delivery).state == State.NEEDS_HUMAN
        assert stage.fresh(delivery).last_error == "The platform cannot be asked."
        assert ledger.times(delivery) == 1

    def test_does_not_count_as_not_found(self, scene: Scene, ledger: Ledger) -> None:
        delivery = unanswered(scene, "unreachable", Fault.TIMEOUT_ACCEPTED)
        settled(delivery, times=3)
        SocialAccount.objects.filter(pk=scene.account.pk).update(publisher="lookup")
        settled(delivery)
        assert stage.state_of(delivery) == State.PUBLISHED
        assert ledger.times(delivery) == 1

    def test_does_not_hinder_what_comes_after(self, scene: Scene) -> None:
        first = unanswered(scene, "lookup", Fault.TIMEOUT_ACCEPTED)
        other = Scene()
        second = unanswered(other, "lookup", Fault.TIMEOUT_ACCEPTED)
        SocialAccount.objects.filter(pk=scene.account.pk).update(publisher="no such alias")
        reconcile(now=database_now() + LEASE)
        assert stage.state_of(first) == State.NEEDS_HUMAN
        assert stage.state_of(second) == State.PUBLISHED


class TestOneThatFails:
    def test_does_not_keep_the_others_waiting(self, scene: Scene, settings: Settings) -> None:
        first = unanswered(scene, "lookup", Fault.TIMEOUT_ACCEPTED)
        second = unanswered(Scene(), "lookup", Fault.TIMEOUT_ACCEPTED)
        broken = {"BACKEND": "publishing.backends.gone.Publisher", "OPTIONS": {}}
        settings.PUBLISHERS = settings.PUBLISHERS | {"broken": broken}
        SocialAccount.objects.filter(pk=scene.account.pk).update(publisher="broken")
        assert reconcile(now=database_now() + LEASE) == 1
        assert stage.state_of(first) == State.UNKNOWN
        assert stage.state_of(second) == State.PUBLISHED

    def test_stops_them_when_it_is_the_database(self, scene: Scene) -> None:
        unanswered(scene, "lookup", Fault.TIMEOUT_ACCEPTED)

        def go_away() -> None:
            raise OperationalError("The server closed the connection.")

        with (
            pytest.raises(OperationalError),
            stage.at_statement('UPDATE "publishing_delivery"', go_away),
        ):
            reconcile(now=database_now() + LEASE)


class TestWhatHasAToken:
    @pytest.mark.parametrize("fault", [Fault.TIMEOUT_ACCEPTED, Fault.TIMEOUT_LOST])
    def test_is_sent_again_under_the_same_one(
        self, scene: Scene, ledger: Ledger, fault: Fault
    ) -> None:
        delivery = unanswered(scene, "token", fault)
        settled(delivery)
        assert stage.state_of(delivery) == State.QUEUED
        dispatch_due(now=database_now() + LEASE)
        assert stage.state_of(delivery) == State.PUBLISHED
        assert ledger.times(delivery) == 1
        assert outcomes(delivery) == [Outcome.UNKNOWN, Outcome.OK]

    def test_is_left_to_a_person_when_the_token_has_died(
        self, scene: Scene, ledger: Ledger
    ) -> None:
        delivery = unanswered(scene, "token", Fault.TIMEOUT_ACCEPTED)
        Attempt.objects.update(started_at=database_now() - timedelta(hours=2))
        settled(delivery)
        assert stage.state_of(delivery) == State.NEEDS_HUMAN
        assert ledger.times(delivery) == 1

    def test_is_left_to_a_person_when_the_token_dies_in_the_queue(
        self, scene: Scene, ledger: Ledger
    ) -> None:
        delivery = unanswered(scene, "token", Fault.TIMEOUT_ACCEPTED)
        settled(delivery)
        Attempt.objects.update(started_at=database_now() - timedelta(hours=2))
        dispatch_due(now=database_now() + LEASE)
        now = stage.fresh(delivery)
        assert now.state == State.NEEDS_HUMAN
        assert now.last_error.startswith("It may already be public, and sending it again")
        assert ledger.times(delivery) == 1

    def test_is_left_to_a_person_when_its_account_changed_the_publisher(
        self, scene: Scene, ledger: Ledger
    ) -> None:
        delivery = unanswered(scene, "token", Fault.TIMEOUT_ACCEPTED)
        settled(delivery)
        SocialAccount.objects.filter(pk=scene.account.pk).update(publisher="blind")
        dispatch_due(now=database_now() + LEASE)
        assert stage.state_of(delivery) == State.NEEDS_HUMAN
        assert ledger.times(delivery) == 1


class TestWhatCannotBeFoundOut:
    @pytest.mark.parametrize("fault", [Fault.TIMEOUT_ACCEPTED, Fault.TIMEOUT_LOST])
    def test_is_left_to_a_person(self, scene: Scene, ledger: Ledger, fault: Fault) -> None:
        delivery = unanswered(scene, "blind", fault)
        told = Notice.objects.count()
        settled(delivery)
        now = stage.fresh(delivery)
        assert now.state == State.NEEDS_HUMAN
        assert now.last_error == (
            "The platform gave no answer and cannot be asked. Look whether the tweet is public."
        )
        assert now.may_be_public
        assert Notice.objects.filter(urgent=True).count() > 0
        assert Notice.objects.count() > told
        assert verbs()[-1] == Verb.DELIVERY_NEEDS_HUMAN
        dispatch_due(now=database_now() + LEASE)
        reconcile(now=database_now() + LEASE)
        assert ledger.times(delivery) == (1 if fault == Fault.TIMEOUT_ACCEPTED else 0)


class TestSignsOfLife:
    def test_are_given_each_time_and_kept_for_a_day(self) -> None:
        now = database_now()
        assert dispatcher_is_silent(now=now) == "No worker has ever reported. Start one."
        WorkerHeartbeat.objects.create(owner="gone", seen_at=now - FORGET_AFTER * 2)
        assert reconcile(now=now) == 0
        assert reconcile(now=now + timedelta(seconds=1)) == 0
        beat = WorkerHeartbeat.objects.get()
        assert beat.seen_at == now + timedelta(seconds=1)
        assert str(beat) == beat.owner
        assert dispatcher_is_silent(now=now + SILENT_AFTER) == ""
        assert dispatcher_is_silent(now=now + SILENT_AFTER + timedelta(seconds=2))
        silence = dispatcher_is_silent(now=now + timedelta(minutes=5))
        assert silence == "The last worker reported 4 minutes ago. Start it again."

    def test_are_given_between_two_tweets_too_where_a_platform_is_slow(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        last = {"at": 0.0}
        monkeypatch.setattr("publishing.services.heartbeat._last_beat", last)
        for at, given in ((0.0, False), (time.monotonic(), False), (time.monotonic() - 6, True)):
            last["at"] = at
            stage.due(scene)
            assert dispatch_due(now=database_now()) == 1
            assert WorkerHeartbeat.objects.exists() == given
