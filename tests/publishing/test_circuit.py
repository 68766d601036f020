"""What stops a whole account: a rate limit, a platform that fails, credentials that are gone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import Settings

from accounts.models import SocialAccount
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from notices.models import Notice
from publishing.backends.base import (
    Answer,
    CannotAsk,
    Cause,
    NotSent,
    Payload,
    Published,
    Refused,
    Secrets,
    Unknown,
)
from publishing.backends.mock import MockPublisher
from publishing.clock import database_now
from publishing.models import Attempt, Circuit, Delivery
from publishing.services import NotStopped, dispatch_due, lift, reconcile, watch
from publishing.services.circuit import (
    FAILURES,
    LONGEST_PAUSE,
    LONGEST_RATE_PAUSE,
    PAUSE,
    TRIAL,
    WITHIN,
    heed,
    waits_until,
)
from publishing.workflow import Outcome, State
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.stage import Ledger

LIMITED = NotSent("Too many requests.", retry_after=900, cause=Cause.RATE_LIMIT)
LOCKED_OUT = NotSent("The platform says 401.", cause=Cause.CREDENTIALS)
AWAY = NotSent("Connection refused.")
SECOND = timedelta(seconds=1)


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def says(settings: Settings, scene: Scene, answer: Answer | None) -> None:
    """What the platform answers to this account from now on; None: it works again."""
    options = settings.PUBLISHERS["default"]["OPTIONS"] | {"answer": answer}
    backend = {"BACKEND": "tests.publishing.publishers.Says", "OPTIONS": options}
    settings.PUBLISHERS = settings.PUBLISHERS | {"says": backend}
    alias = "default" if answer is None else "says"
    SocialAccount.objects.filter(pk=scene.account.pk).update(publisher=alias)


def dispatch() -> int:
    return dispatch_due(now=database_now())


def loaded(account: SocialAccount) -> SocialAccount:
    """The account with its circuit as the database has it now."""
    return SocialAccount.objects.select_related("circuit").get(pk=account.pk)


def circuit_of(scene: Scene) -> Circuit:
    return Circuit.objects.get(pk=scene.account.pk)


def answered(scene: Scene, answer: Answer, *, now: datetime, times: int = 1) -> None:
    for _ in range(times):
        heed(loaded(scene.account), answer, now=now)


def statuses() -> list[tuple[str, str]]:
    """What the trail has of accounts: what became of them, and who did it."""
    rows = Record.objects.filter(verb=Verb.ACCOUNT_STATUS).order_by("pk")
    return [(row.data["status"], row.actor_name) for row in rows]


class TestARateLimit:
    def test_pauses_the_account_until_its_reset_and_no_other(
        self, scene: Scene, settings: Settings, ledger: Ledger
    ) -> None:
        says(settings, scene, LIMITED)
        waiting = stage.due(scene, 3)
        (other,) = stage.due(scene, accounts=[scene.other_account()])
        before = database_now()
        assert dispatch() == 2
        assert ledger.times(other) == 1
        # One was tried; the others of its batch were put back without asking the platform again.
        assert Attempt.objects.filter(outcome=Outcome.NOT_SENT).count() == 1
        assert {stage.state_of(delivery) for delivery in waiting} == {State.QUEUED}
        until = circuit_of(scene).paused_until
        assert until is not None
        assert before + timedelta(seconds=900) <= until <= database_now() + timedelta(seconds=900)
        assert not Delivery.objects.claim(
            now=before + timedelta(seconds=890), owner="", lease_until=until, limit=9
        )

    def test_ends_by_itself(self, scene: Scene, settings: Settings, ledger: Ledger) -> None:
        says(settings, scene, LIMITED)
        stage.due(scene, 3)
        dispatch()
        says(settings, scene, None)
        now = database_now()
        Circuit.objects.update(paused_until=now)
        Delivery.objects.update(next_at=now)
        assert dispatch() == 3
        assert len(ledger.effects()) == 3

    @pytest.mark.parametrize(
        ("asked", "seconds"),
        [
            (None, 60.0),
            (5.0, 5.0),
            (0.0, LONGEST_RATE_PAUSE),
            (-3.0, LONGEST_RATE_PAUSE),
            (1e300, LONGEST_RATE_PAUSE),
            (float("inf"), LONGEST_RATE_PAUSE),
            (float("nan"), LONGEST_RATE_PAUSE),
        ],
    )
    def test_is_never_longer_than_a_day(
        self, scene: Scene, settings: Settings, asked: float | None, seconds: float
    ) -> None:
        now = database_now()
        answer = NotSent("429", retry_after=asked, cause=Cause.RATE_LIMIT)
        answered(scene, answer, now=now)
        assert circuit_of(scene).paused_until == now + timedelta(seconds=seconds)
        # Nor does any number end the dispatcher.
        Circuit.objects.all().delete()
        says(settings, scene, answer)
        (delivery,) = stage.due(scene)
        assert dispatch() == 1
        assert stage.state_of(delivery) == State.QUEUED

    def test_that_is_shorter_does_not_cut_a_longer_one(self, scene: Scene) -> None:
        now = database_now()
        answered(scene, LIMITED, now=now)
        answered(scene, NotSent("429", retry_after=5, cause=Cause.RATE_LIMIT), now=now)
        answered(scene, Published("1", ""), now=now)
        assert circuit_of(scene).paused_until == now + timedelta(seconds=900)


class TestTheBreaker:
    @pytest.mark.usefixtures("database")
    @pytest.mark.parametrize("answer", [AWAY, Unknown("No answer.")], ids=["not sent", "unknown"])
    def test_opens_with_the_fifth_failure(self, answer: Answer) -> None:
        scene, now = Scene(), database_now()
        answered(scene, answer, now=now, times=FAILURES - 1)
        assert circuit_of(scene).paused_until is None
        assert waits_until(loaded(scene.account), now=now) is None
        answered(scene, answer, now=now)
        assert circuit_of(scene).paused_until == now + PAUSE
        assert waits_until(loaded(scene.account), now=now) == now + PAUSE

    def test_counts_only_those_of_five_minutes(self, scene: Scene) -> None:
        now = database_now()
        for number in range(FAILURES * 2):
            answered(scene, AWAY, now=now + number * WITHIN / (FAILURES - 2))
        assert circuit_of(scene).paused_until is None
        assert circuit_of(scene).failures < FAILURES

    @pytest.mark.parametrize("answer", [Published("1", ""), Refused("403", "Duplicate")])
    def test_forgets_them_when_the_platform_answers(self, scene: Scene, answer: Answer) -> None:
        now = database_now()
        answered(scene, AWAY, now=now, times=FAILURES - 1)
        answered(scene, answer, now=now)
        answered(scene, AWAY, now=now, times=FAILURES - 1)
        assert circuit_of(scene).paused_until is None

    @pytest.mark.usefixtures("database")
    def test_lets_one_try_after_its_pause(self) -> None:
        scene, now = Scene(), database_now()
        answered(scene, AWAY, now=now, times=FAILURES)
        later = now + PAUSE
        assert waits_until(loaded(scene.account), now=later) is None
        assert waits_until(loaded(scene.account), now=later) == later + TRIAL
        # Two that looked at the same moment: the row decides.
        seen = [loaded(scene.account) for _ in range(2)]
        for account in seen:
            account.circuit.paused_until = now
        Circuit.objects.update(paused_until=later)
        allowed = [waits_until(account, now=later) for account in seen]
        assert allowed == [None, later + TRIAL]

    def test_grows_with_each_trial_that_fails_and_closes_with_one_that_does_not(
        self, scene: Scene
    ) -> None:
        now = database_now()
        answered(scene, AWAY, now=now, times=FAILURES)
        pauses = []
        for _ in range(8):
            now = circuit_of(scene).paused_until or now
            assert waits_until(loaded(scene.account), now=now) is None
            answered(scene, AWAY, now=now)
            pauses.append((circuit_of(scene).paused_until or now) - now)
        assert pauses == [PAUSE * 2, PAUSE * 4, PAUSE * 8, *[LONGEST_PAUSE] * 5]
        answered(scene, Published("1", ""), now=now)
        circuit = circuit_of(scene)
        assert (circuit.paused_until, circuit.failures, circuit.reason) == (None, 0, "")
        assert waits_until(loaded(scene.account), now=now) is None

    def test_sends_one_of_many_and_the_rest_when_it_went_well(
        self, scene: Scene, settings: Settings, ledger: Ledger
    ) -> None:
        says(settings, scene, AWAY)
        waiting = stage.due(scene, 8)
        dispatch()
        assert Attempt.objects.count() == FAILURES
        now = database_now()
        Circuit.objects.update(paused_until=now)
        Delivery.objects.update(next_at=now)
        assert dispatch() == 1
        assert Attempt.objects.count() == FAILURES + 1
        says(settings, scene, None)
        now = database_now()
        Circuit.objects.update(paused_until=now)
        Delivery.objects.update(next_at=now)
        # The trial goes out, and with it closes the breaker for those behind it.
        assert dispatch() == len(waiting)
        assert len(ledger.effects()) == len(waiting)

    def test_costs_an_account_that_works_no_query(
        self, scene: Scene, django_assert_num_queries: Any
    ) -> None:
        account, now = loaded(scene.account), database_now()
        with django_assert_num_queries(0):
            heed(account, Published("1", ""), now=now)
            assert waits_until(account, now=now) is None


class TestLostCredentials:
    def test_suspend_the_account_at_once_and_for_as_long_as_it_takes(
        self, scene: Scene, settings: Settings
    ) -> None:
        says(settings, scene, LOCKED_OUT)
        waiting = stage.due(scene, 3)
        assert dispatch() == 1
        circuit = circuit_of(scene)
        assert circuit.suspended_at is not None
        assert circuit.reason == "The platform says 401."
        assert statuses() == [("suspended", "")]
        far = database_now() + timedelta(days=30)
        assert not Delivery.objects.claim(now=far, owner="", lease_until=far, limit=9)
        assert {stage.state_of(delivery) for delivery in waiting} == {State.QUEUED}
        # A tweet that was under way and went out says nothing about the next one.
        answered(scene, AWAY, now=far)
        answered(scene, Published("1", ""), now=far)
        answered(scene, LOCKED_OUT, now=far)
        assert circuit_of(scene).suspended_at == circuit.suspended_at
        assert circuit_of(scene).reason
        assert statuses() == [("suspended", "")]

    @pytest.mark.usefixtures("database")
    def test_lose_no_tweet(self) -> None:
        scene, now = Scene(), database_now()
        answered(scene, LOCKED_OUT, now=now)
        (late,) = stage.due(scene, at=now - settings_late(), last_error="The platform says 401.")
        (in_time,) = stage.due(scene)
        watch(now=database_now())
        assert stage.state_of(late) == State.MISSED
        assert stage.state_of(in_time) == State.QUEUED
        urgent = Notice.objects.filter(urgent=True, link=late.draft.get_absolute_url())
        assert urgent.filter(recipient_id=late.draft.author_id).count() == 1
        said = urgent.filter(text__contains="missed its time")
        assert said.exists()
        told = said.count()
        assert watch(now=database_now()) == 0
        assert said.count() == told == len(set(said.values_list("recipient_id", flat=True)))

    def test_are_learnt_of_from_a_question_too(self, scene: Scene, settings: Settings) -> None:
        path = "tests.publishing.test_circuit.AsksInVain"
        backend = {"BACKEND": path, "OPTIONS": settings.PUBLISHERS["lookup"]["OPTIONS"]}
        settings.PUBLISHERS = settings.PUBLISHERS | {"vain": backend}
        SocialAccount.objects.filter(pk=scene.account.pk).update(publisher="vain")
        (delivery,) = stage.due(scene)
        assert dispatch() == 1
        assert stage.state_of(delivery) == State.UNKNOWN
        reconcile(now=database_now() + settings.DELIVERY_SETTLE + SECOND)
        assert circuit_of(scene).suspended_at is not None
        assert stage.state_of(delivery) == State.UNKNOWN


def settings_late() -> timedelta:
    """Longer ago than anything is sent late."""
    return timedelta(hours=2, minutes=1)


class AsksInVain(MockPublisher):
    """Gives no answer to a tweet, and to questions says that it does not know us."""

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        return Unknown("No answer.")

    def find(self, payload: Payload, secrets: Secrets, *, since: datetime) -> Published | None:
        raise CannotAsk("The platform says 401.", Cause.CREDENTIALS)


class TestLifting:
    def test_sends_what_waited(self, scene: Scene, settings: Settings, ledger: Ledger) -> None:
        says(settings, scene, LOCKED_OUT)
        stage.due(scene, 3)
        dispatch()
        says(settings, scene, None)
        admin = scene.person(Role.COMMS_ADMIN)
        lift(scene.account, actor=admin, now=database_now())
        assert statuses() == [("suspended", ""), ("sends again", admin.full_name)]
        assert dispatch() == 3
        assert len(ledger.effects()) == 3

    def test_ends_a_pause_as_well(self, scene: Scene) -> None:
        now, admin = database_now(), scene.person(Role.COMMS_ADMIN)
        for answer, times in ((LIMITED, 1), (AWAY, FAILURES)):
            answered(scene, answer, now=now, times=times)
            lift(scene.account, actor=admin, now=now)
            assert waits_until(loaded(scene.account), now=now) is None

    def test_is_for_a_comms_admin_of_the_force(self, scene: Scene) -> None:
        answered(scene, LOCKED_OUT, now=database_now())
        others = [scene.person(role) for role in Role if role != Role.COMMS_ADMIN]
        for person in [*others, Scene().person(Role.COMMS_ADMIN)]:
            with pytest.raises(PermissionDenied):
                lift(scene.account, actor=person, now=database_now())
        assert circuit_of(scene).suspended_at is not None

    def test_of_what_is_not_stopped_is_said_to_be_in_vain(self, scene: Scene) -> None:
        admin = scene.person(Role.COMMS_ADMIN)
        with pytest.raises(NotStopped):
            lift(scene.account, actor=admin, now=database_now())
        answered(scene, AWAY, now=database_now())
        with pytest.raises(NotStopped):
            lift(scene.account, actor=admin, now=database_now())
        assert statuses() == []

    def test_leaves_what_is_to_come_and_other_accounts_alone(self, scene: Scene) -> None:
        now, other = database_now(), scene.other_account()
        answered(scene, LOCKED_OUT, now=now)
        later = now + timedelta(minutes=10)
        (planned,) = stage.due(scene, at=later)
        (theirs,) = stage.due(scene, accounts=[other], next_at=later)
        lift(scene.account, actor=scene.person(Role.COMMS_ADMIN), now=now)
        assert stage.fresh(planned).next_at == later
        assert stage.fresh(theirs).next_at == later
