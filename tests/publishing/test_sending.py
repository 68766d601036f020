"""SEND and FINISH: what the platform says, and what becomes of the delivery then."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from accounts.models import SocialAccount
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from notices.models import Notice
from publishing import failpoints
from publishing.backends.base import NotSent, Published, Refused, Unknown
from publishing.backends.mock import Fault
from publishing.clock import database_now
from publishing.models import Attempt, Delivery
from publishing.publishers import publishers
from publishing.services import dispatch_due, reconcile, sending
from publishing.services.arming import arm
from publishing.services.finishing import JITTER, RETRY_AFTER, finish
from publishing.services.heartbeat import owner_name
from publishing.services.payload import Armed
from publishing.workflow import LostLease, Outcome, State
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.stage import Ledger

pytestmark = pytest.mark.django_db
AT_LENGTH = "The platform is at great length about this. " * 20


@pytest.fixture
def scene() -> Scene:
    return Scene()


def dispatch() -> int:
    return dispatch_due(now=database_now())


def says(settings: Settings, answer: Any, scene: Scene) -> None:
    """From now on the platform gives this answer to whatever the account sends."""
    options = settings.PUBLISHERS["default"]["OPTIONS"] | {"answer": answer}
    backend = {"BACKEND": "tests.publishing.publishers.Says", "OPTIONS": options}
    settings.PUBLISHERS = settings.PUBLISHERS | {"says": backend}
    SocialAccount.objects.filter(pk=scene.account.pk).update(publisher="says")


def armed(delivery: Delivery) -> Armed:
    """Leave to send this delivery, as a worker gets it."""
    now = database_now()
    lease = now + timedelta(seconds=60)
    claimed = dict(Delivery.objects.claim(now=now, owner="", lease_until=lease, limit=50))
    leave = arm(delivery.pk, fence=claimed[delivery.pk])
    assert leave is not None
    return leave


def told() -> dict[str, list[Notice]]:
    """What people were told, by their address."""
    people: dict[str, list[Notice]] = {}
    for notice in Notice.objects.order_by("pk"):
        people.setdefault(notice.email, []).append(notice)
    return people


def alerts(notices: list[Notice], delivery: Delivery) -> list[str]:
    """The words of the urgent ones, each of which must lead to the draft."""
    urgent = [notice for notice in notices if notice.urgent]
    assert {notice.link for notice in urgent} <= {delivery.draft.get_absolute_url()}
    return [notice.text for notice in urgent]


def verbs() -> set[str]:
    return set(Record.objects.values_list("verb", flat=True))


class TestATweet:
    def test_goes_from_its_author_to_the_public(self, scene: Scene, ledger: Ledger) -> None:
        delivery = stage.approved(scene, text="Meet your team at the library on Friday, 5pm.")
        assert dispatch() == 1
        (effect,) = ledger.effects()
        assert effect.token == str(delivery.token)
        assert effect.text == "Meet your team at the library on Friday, 5pm."
        assert effect.account == f"x:{scene.account.handle}"
        assert effect.content_hash == delivery.approved_hash
        now = stage.fresh(delivery)
        assert now.state == State.PUBLISHED
        assert now.published_at is not None
        assert now.due_at < now.published_at <= database_now()
        assert (now.external_id, now.last_error, now.lease_until) == ("practice-1", "", None)
        assert now.external_url == "/practice-timeline/#practice-1"
        attempt = Attempt.objects.get()
        assert (attempt.outcome, attempt.detail) == (Outcome.OK, "practice-1")
        assert attempt.ended_at == now.published_at
        assert Verb.DELIVERY_PUBLISHED in verbs()
        last = Notice.objects.order_by("pk").last()
        assert last is not None
        assert last.recipient_id == delivery.draft.author_id
        assert last.text == f"Your tweet for {scene.account} went out."

    def test_goes_out_once_however_often_somebody_looks(self, scene: Scene, ledger: Ledger) -> None:
        stage.approved(scene)
        assert [dispatch() for _ in range(3)] == [1, 0, 0]
        assert len(ledger.effects()) == 1

    def test_goes_out_at_its_time_and_not_before(self, scene: Scene, ledger: Ledger) -> None:
        (delivery,) = stage.due(scene, at=database_now() + timedelta(seconds=0.4))
        assert dispatch() == 0
        assert ledger.effects() == []
        stage.until(dispatch)
        assert ledger.times(delivery) == 1
        now = stage.fresh(delivery)
        assert now.published_at is not None
        assert now.published_at >= now.due_at

    def test_waits_for_the_stop_window(self, scene: Scene, ledger: Ledger) -> None:
        stage.approved(scene, ago=timedelta(seconds=30))
        assert dispatch() == 0
        assert ledger.effects() == []

    def test_goes_out_with_many_others_in_one_call(self, scene: Scene, ledger: Ledger) -> None:
        stage.due(scene, 23, accounts=[scene.account, scene.other_account()])
        assert dispatch() == 23
        assert len({effect.token for effect in ledger.effects()}) == 23

    def test_that_cannot_be_checked_does_not_keep_the_others(
        self, scene: Scene, ledger: Ledger
    ) -> None:
        broken = Scene()
        (stuck,) = stage.due(broken)
        broken.force.policy_pack = "no-such-pack"
        broken.force.save()
        stage.due(scene, 12)
        assert dispatch() == 12
        assert len(ledger.effects()) == 12
        assert stage.state_of(stuck) == State.NEEDS_HUMAN

    def test_passes_every_named_place(self, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        passed: list[str] = []
        monkeypatch.setattr(failpoints, "on_reached", passed.append)
        stage.due(scene)
        assert dispatch() == 1
        assert tuple(passed) == failpoints.PLACES


class TestNotSent:
    @pytest.mark.parametrize("made", range(8))
    def test_is_tried_again_after_the_next_step(
        self, scene: Scene, settings: Settings, made: int
    ) -> None:
        says(settings, NotSent("Too busy."), scene)
        (delivery,) = stage.due(scene)
        Delivery.objects.update(attempts_made=made)
        began = database_now()
        assert dispatch() == 1
        now = stage.fresh(delivery)
        assert (now.state, now.last_error) == (State.QUEUED, "Too busy.")
        step = RETRY_AFTER[min(made, len(RETRY_AFTER) - 1)]
        wait = timedelta(seconds=step)
        assert began + wait <= now.next_at <= database_now() + wait * (1 + JITTER)
        assert Attempt.objects.get().outcome == Outcome.NOT_SENT
        assert Verb.DELIVERY_NOT_SENT in verbs()
        assert dispatch() == 0

    def test_waits_as_long_as_the_platform_asked_for(
        self, scene: Scene, settings: Settings
    ) -> None:
        says(settings, NotSent("Too busy.", retry_after=900), scene)
        (delivery,) = stage.due(scene)
        began = database_now()
        dispatch()
        assert stage.fresh(delivery).next_at >= began + timedelta(seconds=900)

    def test_is_not_hurried_by_a_platform_that_asks_for_less(
        self, scene: Scene, settings: Settings
    ) -> None:
        says(settings, NotSent("Too busy.", retry_after=0), scene)
        (delivery,) = stage.due(scene)
        began = database_now()
        dispatch()
        assert stage.fresh(delivery).next_at >= began + timedelta(seconds=RETRY_AFTER[0])

    def test_is_missed_at_its_last_moment_and_no_later(
        self, scene: Scene, settings: Settings
    ) -> None:
        says(settings, NotSent("Come back tomorrow.", retry_after=24 * 3600), scene)
        (delivery,) = stage.due(scene)
        dispatch()
        now = stage.fresh(delivery)
        assert now.next_at == now.not_after
        past = database_now() - timedelta(seconds=1)
        Delivery.objects.update(not_after=past, next_at=past)
        assert dispatch() == 0
        assert stage.state_of(delivery) == State.MISSED

    def test_goes_out_in_the_end(self, scene: Scene, ledger: Ledger) -> None:
        delivery = stage.approved(scene)
        publisher = publishers["default"]
        publisher.fail_next(Fault.UNAVAILABLE)  # type: ignore[attr-defined]
        dispatch()
        assert ledger.effects() == []
        Delivery.objects.update(next_at=database_now())
        dispatch()
        assert ledger.times(delivery) == 1
        outcomes = Attempt.objects.order_by("pk").values_list("outcome", flat=True)
        assert list(outcomes) == [Outcome.NOT_SENT, Outcome.OK]


class TestMissed:
    def test_alerts_the_author_and_every_reviewer(self, scene: Scene) -> None:
        reviewers = [scene.person(role) for role in (Role.COMMS_APPROVER, Role.COMMS_DUTY)]
        stranger = Scene().person(Role.COMMS_DUTY)
        (delivery,) = stage.due(scene)
        past = database_now() - timedelta(seconds=1)
        Delivery.objects.update(not_after=past, last_error="Too busy.")
        dispatch()
        people = told()
        for reviewer in [delivery.approved_by, *reviewers]:
            (text,) = alerts(people[reviewer.email], delivery)
            assert "missed its time and was not sent (Too busy.)." in text
        (text,) = alerts(people[delivery.draft.author.email], delivery)
        assert text.startswith(f"Your tweet for {scene.account} did not go out as planned.")
        assert stranger.email not in people
        assert Verb.DELIVERY_MISSED in verbs()

    def test_is_not_what_may_be_public(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene)
        SocialAccount.objects.update(publisher="token")
        now = database_now()
        Attempt.objects.create(
            delivery=delivery, fence=1, started_at=now, ended_at=now, outcome=Outcome.UNKNOWN
        )
        Delivery.objects.update(not_after=now - timedelta(seconds=1))
        dispatch()
        then = stage.fresh(delivery)
        assert then.state == State.NEEDS_HUMAN
        assert then.last_error == "Its time has passed, and it may already be public."


class TestRefused:
    def test_ends_it_and_alerts(self, scene: Scene, ledger: Ledger) -> None:
        delivery = stage.approved(scene)
        publishers["default"].fail_next(Fault.REFUSAL)  # type: ignore[attr-defined]
        dispatch()
        now = stage.fresh(delivery)
        assert now.state == State.REFUSED
        assert now.last_error == "The practice publisher refused this as a duplicate."
        attempt = Attempt.objects.get()
        assert (attempt.outcome, attempt.detail) == (
            Outcome.REFUSED,
            "duplicate: The practice publisher refused this as a duplicate.",
        )
        people = told()
        (text,) = alerts(people[delivery.approved_by.email], delivery)
        assert text.startswith("The platform refused the tweet of ")
        (text,) = alerts(people[delivery.draft.author.email], delivery)
        assert text.startswith(f"Your tweet for {scene.account} did not go out as planned.")
        assert dispatch() == 0
        assert ledger.effects() == []


class TestUnknown:
    @pytest.mark.parametrize("fault", [Fault.TIMEOUT_ACCEPTED, Fault.TIMEOUT_LOST])
    def test_is_not_sent_again(self, scene: Scene, ledger: Ledger, fault: Fault) -> None:
        delivery = stage.approved(scene)
        publishers["default"].fail_next(fault)  # type: ignore[attr-defined]
        began = database_now()
        dispatch()
        now = stage.fresh(delivery)
        assert now.state == State.UNKNOWN
        assert now.fence == 2
        assert now.next_at >= began + timedelta(seconds=30)
        assert Attempt.objects.get().outcome == Outcome.UNKNOWN
        assert Verb.DELIVERY_UNKNOWN in verbs()
        assert dispatch() == 0
        assert ledger.times(delivery) == (1 if fault == Fault.TIMEOUT_ACCEPTED else 0)

    @pytest.mark.parametrize(
        "error", [TimeoutError(), ValueError("garbage"), ConnectionResetError()], ids=repr
    )
    def test_is_whatever_a_publisher_raises(
        self, scene: Scene, settings: Settings, error: Exception
    ) -> None:
        says(settings, error, scene)
        (delivery,) = stage.due(scene)
        assert dispatch() == 1
        now = stage.fresh(delivery)
        assert now.state == State.UNKNOWN
        assert now.last_error == f"The publisher failed: {type(error).__name__}."

    def test_is_an_account_whose_publisher_has_gone(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene)
        SocialAccount.objects.update(publisher="gone")
        dispatch()
        assert stage.state_of(delivery) == State.UNKNOWN

    def test_is_an_answer_that_is_none_once_the_lease_is_over(
        self, scene: Scene, settings: Settings
    ) -> None:
        says(settings, None, scene)
        (delivery,) = stage.due(scene)
        dispatch()
        reconcile(now=database_now() + settings.DELIVERY_LEASE)
        assert stage.state_of(delivery) == State.UNKNOWN
        assert Attempt.objects.get().outcome == Outcome.UNKNOWN


class TestWhatAPlatformSays:
    @pytest.mark.parametrize(
        ("answer", "state"),
        [
            (NotSent(AT_LENGTH), State.QUEUED),
            (Refused("code", AT_LENGTH), State.REFUSED),
            (Unknown(AT_LENGTH), State.UNKNOWN),
        ],
        ids=["not sent", "refused", "unknown"],
    )
    def test_may_be_of_any_length(
        self, scene: Scene, settings: Settings, answer: Any, state: State
    ) -> None:
        says(settings, answer, scene)
        (delivery,) = stage.due(scene)
        assert dispatch() == 1
        now = stage.fresh(delivery)
        assert now.state == state
        assert now.last_error == AT_LENGTH[:300]


class TestLeaveToSend:
    def test_runs_out(self, scene: Scene, ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sending, "SEND_WITHIN", -1.0)
        (delivery,) = stage.due(scene)
        assert dispatch() == 0
        assert ledger.effects() == []
        assert stage.state_of(delivery) == State.SENDING

    def test_runs_from_before_the_commit(
        self, scene: Scene, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # A worker that was stopped inside ARM's transaction must not take its leave for new.
        monkeypatch.setattr(sending, "SEND_WITHIN", 0.2)
        (delivery,) = stage.due(scene)
        with stage.at_statement("FROM publishing_arm_all(", lambda: time.sleep(0.3), after=True):
            assert dispatch() == 0
        assert ledger.effects() == []
        assert stage.state_of(delivery) == State.SENDING


class TestFinish:
    ANSWERS = (Published("1", "/1"), NotSent("busy"), Refused("no", "No."), Unknown("?"))

    @pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
    def test_is_refused_to_whoever_was_overtaken(self, scene: Scene, answer: Any) -> None:
        (delivery,) = stage.due(scene)
        leave = armed(delivery)
        Delivery.objects.filter(pk=delivery.pk).update(fence=leave.fence + 1)
        with pytest.raises(LostLease):
            finish(leave, answer, now=database_now())
        assert stage.state_of(delivery) == State.SENDING
        assert Attempt.objects.get().outcome == Outcome.SENDING

    @pytest.mark.parametrize("answer", ANSWERS[:3], ids=lambda answer: type(answer).__name__)
    def test_changes_nothing_when_its_attempt_was_closed(self, scene: Scene, answer: Any) -> None:
        (delivery,) = stage.due(scene)
        leave = armed(delivery)
        Attempt.objects.update(outcome=Outcome.UNKNOWN)
        with pytest.raises(LostLease):
            finish(leave, answer, now=database_now())
        assert stage.state_of(delivery) == State.SENDING
        assert Verb.DELIVERY_PUBLISHED not in verbs()

    def test_is_done_once(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene)
        leave = armed(delivery)
        finish(leave, Published("1", "/1"), now=database_now())
        with pytest.raises(LostLease):
            finish(leave, Published("2", "/2"), now=database_now())
        assert stage.fresh(delivery).external_id == "1"

    def test_of_an_overtaken_worker_disturbs_nobody(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (first, second) = stage.due(scene, 2)

        def overtake(place: str) -> None:
            if place == "reply-received":
                Delivery.objects.filter(pk=first.pk).update(fence=9)

        monkeypatch.setattr(failpoints, "on_reached", overtake)
        assert dispatch() == 1
        assert stage.state_of(first) == State.SENDING
        assert stage.state_of(second) == State.PUBLISHED


class TestOwner:
    def test_is_the_process_and_thread_that_works(self) -> None:
        mine, other = owner_name(), stage.Aside(owner_name).result()
        assert mine != other
        assert mine.rpartition(":")[0] == other.rpartition(":")[0]


class TestTwoAttempts:
    def test_are_never_open_at_once(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene)
        leave = armed(delivery)
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(
                delivery=delivery, fence=leave.fence + 1, started_at=database_now()
            )
