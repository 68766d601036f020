"""The watch: what raises an alert, whom it is told, and when it ends."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from accounts.models import AccountStatus, SocialAccount
from accounts.roles import Role
from accounts.services import set_status
from audit.models import Seal
from audit.services import record, seal
from audit.verbs import Verb
from incidents.models import HoldKind
from incidents.services import place, release
from notices.models import Notice
from publishing.clock import database_now
from publishing.models import (
    Alert,
    AlertCall,
    AlertKind,
    Attempt,
    Circuit,
    Delivery,
    WorkerHeartbeat,
)
from publishing.services import alerting, dispatch_due, watch, watching
from publishing.services.clockwatch import JUMP, PAUSE, ClockWatch
from publishing.services.finishing import give_to_human
from publishing.services.heartbeat import host_name
from publishing.services.standby import StandBy
from publishing.services.watching import clock_skew, watch_clock, watch_dispatcher, watch_trail
from publishing.workflow import Outcome, State
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.stage import Aside, Ledger

MINUTE = timedelta(minutes=1)
# Long enough for an alert to end once what it is about is over.
OVER = timedelta(seconds=30)


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


def kinds() -> list[str]:
    return sorted(Alert.objects.open().values_list("kind", flat=True))


def told(kind: str = "") -> list[str]:
    """The urgent notices, or those of alerts of one kind."""
    texts = Notice.objects.filter(urgent=True).values_list("text", flat=True)
    alerts = Alert.objects.filter(kind=kind).values_list("text", flat=True)
    return [text for text in texts if not kind or text in set(alerts)]


def put(delivery: Delivery, state: State, **columns: Any) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **columns)
    return stage.fresh(delivery)


def lost(delivery: Delivery, at: datetime) -> None:
    """Its platform gave no answer at that moment."""
    put(delivery, State.UNKNOWN, next_at=at + timedelta(hours=1))
    Attempt.objects.create(
        delivery=delivery, fence=1, started_at=at, ended_at=at, outcome=Outcome.UNKNOWN
    )


@pytest.mark.usefixtures("database")
class TestALateTweet:
    def test_is_told_once_and_ends_when_it_has_gone_out(self, ledger: Ledger) -> None:
        scene, now = Scene(), database_now()
        (delivery,) = stage.due(scene, at=now - MINUTE / 2)
        duty = scene.person(Role.COMMS_DUTY)
        assert watch(now=now) == 0
        late = now + MINUTE
        assert watch(now=late) == 1
        alert = Alert.objects.get()
        assert alert.kind == AlertKind.OVERDUE
        assert (alert.delivery, alert.account) == (delivery, scene.account)
        assert f"Tweet {delivery.draft_id} of {delivery.draft.author}" in alert.text
        mine = Notice.objects.get(recipient_id=duty.pk)
        assert (mine.text, mine.urgent) == (alert.text, True)
        assert mine.link == delivery.draft.get_absolute_url()
        before = Notice.objects.count()
        for seconds in range(5, 60, 5):
            assert watch(now=late + timedelta(seconds=seconds)) == 0
        assert Notice.objects.count() == before
        assert Alert.objects.get().last_seen > alert.last_seen
        assert dispatch_due(now=database_now()) == 1
        watch(now=late + MINUTE + OVER)
        assert Alert.objects.get(pk=alert.pk).cleared_at == late + MINUTE + OVER
        # Nobody has to act on it any more.
        assert Notice.objects.get(pk=mine.pk).read_at is not None

    def test_is_none_while_people_hold_it_back(self) -> None:
        scene, duty = Scene(), None
        duty = scene.person(Role.COMMS_DUTY)
        stage.due(scene, at=database_now() - 5 * MINUTE)
        for scope in (scene.force, scene.lpt, scene.account):
            now = database_now()
            hold = place(kind=HoldKind.HOLD, scope=scope, reason="Wait.", actor=duty, now=now)
            watch(now=now)
            assert kinds() == []
            release(hold, actor=duty, now=now)
        set_status(scene.account, AccountStatus.FROZEN, actor=None, now=now)
        watch(now=now)
        assert kinds() == []
        set_status(scene.account, AccountStatus.ACTIVE, actor=None, now=now)
        place(kind=HoldKind.HOLD, scope=Scene().force, reason="No.", actor=_duty(), now=now)
        watch(now=now)
        assert kinds() == [AlertKind.OVERDUE]

    def test_is_one_wherever_it_is_stuck(self) -> None:
        for state in (State.QUEUED, State.CLAIMED, State.SENDING):
            scene = Scene()
            (delivery,) = stage.due(scene, at=database_now() - 5 * MINUTE)
            put(delivery, state, lease_until=database_now() + MINUTE)
        assert watch(now=database_now()) == 3


def _duty() -> Any:
    from accounts.models import Force

    scene = Force.objects.order_by("-pk").first()
    assert scene is not None
    person = Scene().person(Role.COMMS_DUTY)
    person.memberships.update(force=scene)
    return type(person).objects.get(pk=person.pk)


class TestManyLateTweets:
    def test_are_told_in_one_sentence(self, scene: Scene) -> None:
        duty = scene.person(Role.COMMS_DUTY)
        stage.due(scene, 20, at=database_now() - 5 * MINUTE)
        assert watch(now=database_now()) == 20
        (notice,) = Notice.objects.filter(recipient_id=duty.pk)
        assert notice.text.startswith("20 tweets are more than a minute late. The first: Tweet ")
        assert notice.link == "/alerts/"

    def test_are_told_to_each_force_of_its_own(self, scene: Scene) -> None:
        other = Scene()
        ours, theirs = scene.person(Role.COMMS_DUTY), other.person(Role.COMMS_DUTY)
        stage.due(scene, 2, at=database_now() - 5 * MINUTE)
        stage.due(other, 1, at=database_now() - 5 * MINUTE)
        assert watch(now=database_now()) == 3
        assert Notice.objects.filter(recipient_id=ours.pk).count() == 2
        assert Notice.objects.filter(recipient_id=theirs.pk).count() == 1

    def test_beyond_the_limit_come_up_when_the_first_are_gone(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(alerting, "LIMIT", 4)
        now = database_now()
        deliveries = stage.due(scene, 6, at=now - 5 * MINUTE)
        assert [watch(now=now), watch(now=now + MINUTE), watch(now=now + 2 * MINUTE)] == [4, 0, 0]
        assert Alert.objects.open().count() == 4
        for delivery in deliveries[:3]:
            put(delivery, State.CANCELLED)
        watch(now=now + 3 * MINUTE)
        watch(now=now + 4 * MINUTE)
        open_ones = set(Alert.objects.open().values_list("delivery", flat=True))
        assert open_ones == {delivery.pk for delivery in deliveries[3:]}


class TestWhatEndedOtherwise:
    @pytest.mark.parametrize("state", [State.NEEDS_HUMAN, State.MISSED, State.REFUSED])
    def test_is_listed_and_told_by_nobody_a_second_time(self, scene: Scene, state: State) -> None:
        (delivery,) = stage.due(scene)
        put(delivery, state)
        assert watch(now=database_now()) == 1
        assert Alert.objects.get().kind == state
        assert told() == []
        put(delivery, State.CANCELLED)
        watch(now=database_now() + OVER)
        assert kinds() == []

    def test_tells_the_author_why_it_stopped_and_nothing_older(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene, last_error="A hold is on.")
        put(delivery, State.CLAIMED)
        give_to_human(stage.fresh(delivery), "Somebody is gone.", now=database_now())
        mine = Notice.objects.get(recipient_id=delivery.draft.author_id)
        assert mine.text.endswith("you need do nothing. Somebody is gone.")
        watch(now=database_now())
        assert Notice.objects.filter(recipient_id=delivery.draft.author_id).count() == 1


class TestNoAnswer:
    def test_is_told_after_two_minutes(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene)
        duty, now = scene.person(Role.COMMS_DUTY), database_now()
        lost(delivery, now)
        assert watch(now=now + 2 * MINUTE - timedelta(seconds=1)) == 0
        assert watch(now=now + 2 * MINUTE) == 1
        (notice,) = Notice.objects.filter(recipient_id=duty.pk)
        assert notice.text.startswith(f"Nobody knows whether tweet {delivery.draft_id} of ")
        assert notice.link == delivery.draft.get_absolute_url()

    def test_again_so_soon_is_shown_and_not_told(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene)
        now = database_now()
        lost(delivery, now - 3 * MINUTE)
        assert watch(now=now) == 1
        before = len(told(AlertKind.UNKNOWN))
        for minutes, again in ((1, False), (9, False), (30, True)):
            at = now + minutes * MINUTE
            put(delivery, State.CANCELLED)
            watch(now=at)
            assert kinds() == []
            put(delivery, State.UNKNOWN)
            assert watch(now=at + timedelta(seconds=1)) == 1
            assert kinds() == [AlertKind.UNKNOWN]
            assert (len(told(AlertKind.UNKNOWN)) > before) == again


class TestAnAccountThatIsStopped:
    def test_is_told_to_those_who_can_mend_it(self, scene: Scene) -> None:
        admin, now = scene.person(Role.COMMS_ADMIN), database_now()
        officer = scene.person()
        row = Circuit.objects.create(account=scene.account, suspended_at=now, reason="It says 401.")
        assert watch(now=now) == 1
        (notice,) = Notice.objects.filter(recipient_id=admin.pk)
        assert notice.text.startswith(f"{scene.account} cannot send")
        assert "It says 401." in notice.text
        assert notice.link == "/alerts/"
        assert not Notice.objects.filter(recipient_id=officer.pk)
        row.suspended_at = None
        row.save()
        watch(now=now + OVER)
        assert kinds() == []

    def test_is_told_when_its_breaker_opens_but_not_for_a_rate_limit(self, scene: Scene) -> None:
        now = database_now()
        Circuit.objects.create(account=scene.account, paused_until=now + MINUTE)
        assert watch(now=now) == 0
        Circuit.objects.update(failures=5)
        assert watch(now=now) == 1
        assert kinds() == [AlertKind.PAUSED]


class TestALongHold:
    def test_is_told_after_four_hours_until_it_is_released(self, scene: Scene) -> None:
        duty, now = scene.person(Role.COMMS_DUTY), database_now()
        holds = [
            place(kind=kind, scope=scope, reason="Wait.", actor=duty, now=now)
            for kind, scope in (
                (HoldKind.HOLD, scene.force),
                (HoldKind.CRITICAL_INCIDENT, scene.lpt),
                (HoldKind.HOLD, scene.account),
            )
        ]
        assert watch(now=now + timedelta(hours=4) - MINUTE) == 0
        late = now + timedelta(hours=4)
        assert watch(now=late) == 3
        assert set(Alert.objects.values_list("force", flat=True)) == {scene.force.pk}
        notice = Notice.objects.filter(recipient_id=duty.pk).first()
        assert notice is not None
        assert (notice.link, "more than four hours" in notice.text) == ("/incidents/", True)
        for hold in holds:
            release(hold, actor=duty, now=late)
        watch(now=late + OVER)
        assert kinds() == []


@pytest.mark.usefixtures("postgres")
class TestTwoWorkersAtOnce:
    def test_raise_one_alert_and_tell_it_once(self, settings: Settings) -> None:
        settings.ALERT_WEBHOOK_URL = "https://alarms.example/"
        scene = Scene()
        duty = scene.person(Role.COMMS_DUTY)
        stage.due(scene, 3, at=database_now() - 5 * MINUTE)
        now = database_now()
        workers = [Aside(lambda: watch(now=now)) for _ in range(4)]
        assert sum(worker.result() for worker in workers) == 3
        assert Alert.objects.count() == AlertCall.objects.count() == 3
        assert Notice.objects.filter(recipient_id=duty.pk).count() == 3


class TestSilence:
    def test_is_noticed_by_whoever_is_left(self, scene: Scene) -> None:
        admin, now = scene.person(Role.COMMS_ADMIN), database_now()
        assert watch_dispatcher(now=now) == 0
        WorkerHeartbeat.objects.create(owner="w", seen_at=now)
        assert watch_dispatcher(now=now + timedelta(seconds=30)) == 0
        assert watch_dispatcher(now=now + timedelta(seconds=31)) == 1
        assert Notice.objects.filter(recipient_id=admin.pk).count() == 1
        WorkerHeartbeat.objects.update(seen_at=now + MINUTE)
        watch_dispatcher(now=now + MINUTE)
        assert kinds() == []

    def test_is_noticed_where_no_worker_has_ever_started(self, scene: Scene) -> None:
        admin, now = scene.person(Role.COMMS_ADMIN), database_now()
        stand_by = StandBy()
        stand_by(now=now)
        stand_by(now=now + timedelta(seconds=30))
        assert kinds() == []
        stand_by(now=now + timedelta(seconds=31))
        assert kinds() == [AlertKind.NO_DISPATCHER]
        assert "Start one." in Notice.objects.get(recipient_id=admin.pk).text
        # Another web process, which has just begun to wait, does not end it.
        StandBy()(now=now + MINUTE)
        assert kinds() == [AlertKind.NO_DISPATCHER]
        WorkerHeartbeat.objects.create(owner="w", seen_at=now + MINUTE)
        watch_dispatcher(now=now + MINUTE)
        assert kinds() == []


class TestAClock:
    def test_that_jumps_stops_dispatching_for_a_minute(self) -> None:
        for jump in (JUMP + 1, -JUMP - 1, 3600.0, -3600.0):
            watch_ = ClockWatch()
            assert watch_.is_steady(wall=1000.0, monotonic=10.0)
            assert watch_.is_steady(wall=1010.0, monotonic=20.0)
            assert not watch_.is_steady(wall=1010.5 + jump, monotonic=20.5)
            assert watch_.jumped_by == pytest.approx(jump)
            just_before = 20.5 + PAUSE - 0.1
            assert not watch_.is_steady(wall=990.0 + jump + just_before, monotonic=just_before)
            after = 20.5 + PAUSE
            assert watch_.is_steady(wall=990.0 + jump + after, monotonic=after)

    def test_that_is_slowly_put_right_stops_nothing(self) -> None:
        watch_ = ClockWatch()
        # Half a second in every second, for two minutes: far more than any correction.
        assert all(
            watch_.is_steady(wall=second * 1.5, monotonic=float(second)) for second in range(120)
        )

    def test_that_jumps_keeps_a_real_worker_from_claiming(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch, ledger: Ledger
    ) -> None:
        from publishing.services import clockwatch

        monkeypatch.setattr(clockwatch, "_watch", ClockWatch())
        stage.due(scene)
        assert clockwatch.clock_is_steady()
        clockwatch._watch.offset = (clockwatch._watch.offset or 0.0) - 3600.0
        assert dispatch_due(now=database_now()) == 0
        assert stage.states() == {State.QUEUED: 1}
        watch(now=database_now())
        assert kinds() == [AlertKind.CLOCK_JUMP, AlertKind.OVERDUE]
        assert "jumped by 3600 seconds" in Alert.objects.get(kind=AlertKind.CLOCK_JUMP).text
        clockwatch._watch.paused_until = 0.0
        assert dispatch_due(now=database_now()) == 1
        watch(now=database_now() + OVER)
        assert AlertKind.CLOCK_JUMP not in kinds()

    @pytest.mark.parametrize("skew", [5.5, -5.5, 86400.0])
    def test_that_differs_from_the_database_s_is_told(self, scene: Scene, skew: float) -> None:
        now = database_now()
        assert watch_clock(now=now, skew=skew / 86400 * 5, jump=0) == 0
        assert watch_clock(now=now, skew=skew, jump=0) == 1
        (alert,) = Alert.objects.all()
        assert alert.kind == AlertKind.CLOCK_SKEW
        assert ("ahead of" if skew > 0 else "behind") in alert.text
        assert host_name() in alert.text
        later = now + OVER
        watch_clock(now=later, skew=0.0, jump=0)
        assert kinds() == []

    def test_is_compared_however_slowly_the_database_answers(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert abs(clock_skew()) < 1
        for ahead in (60.0, -60.0):
            shifted = database_now() - timedelta(seconds=ahead)
            monkeypatch.setattr(watching, "database_now", lambda then=shifted: then)
            assert clock_skew() == pytest.approx(ahead, abs=1)
        ticks = iter([1000.0, 1020.0])
        monkeypatch.setattr("time.time", lambda: next(ticks))
        answer = datetime.fromtimestamp(1010.0, tz=UTC)
        monkeypatch.setattr(watching, "database_now", lambda: answer)
        assert clock_skew() == 0

    def test_of_another_machine_is_that_machine_s_to_look_after(self, scene: Scene) -> None:
        now = database_now()
        trouble = alerting.Trouble(AlertKind.CLOCK_SKEW, "elsewhere", "It is wrong.")
        alerting.keep(AlertKind.CLOCK_SKEW, [trouble], now=now, about="elsewhere")
        watch(now=now + 4 * MINUTE)
        assert AlertKind.CLOCK_SKEW in kinds()
        # It may have been switched off for good.
        watch(now=now + 6 * MINUTE)
        elsewhere = Alert.objects.get(key="clock_skew:elsewhere")
        assert elsewhere.cleared_at is not None


def sealed(scene: Scene, count: int) -> None:
    now = database_now()
    for _ in range(count):
        record(Verb.FORCE_CREATED, scene.force, actor=None, at=now)
    seal(now=now)


def behind_its_back(sql: str) -> None:
    """Change the trail as the product never lets anybody."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_record DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_seal DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_record ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_seal ENABLE TRIGGER USER")


class TestTheTrail:
    def test_that_holds_is_read_page_by_page_again_and_again(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("audit.services.BATCH", 4)
        for _ in range(3):
            sealed(scene, 4)
        places = []
        for _ in range(9):
            assert watch_trail(now=database_now()) == 0
            places.append(watching._trail.place.seq)
        assert places == [4, 8, 12, 0] * 2 + [4]
        assert kinds() == []

    def test_that_was_changed_is_told_once_and_ends_when_it_is_whole(self, scene: Scene) -> None:
        admin = scene.person(Role.COMMS_ADMIN)
        sealed(scene, 3)
        was = Seal.objects.get(seq=2).mac
        behind_its_back("UPDATE audit_seal SET mac = repeat('0', 64) WHERE seq = 2")
        now = database_now()
        assert [watch_trail(now=now + n * MINUTE) for n in range(3)] == [1, 0, 0]
        (notice,) = Notice.objects.filter(recipient_id=admin.pk)
        assert notice.text.startswith("The audit trail is broken at seal 2")
        behind_its_back(f"UPDATE audit_seal SET mac = '{was}' WHERE seq = 2")  # noqa: S608
        watch_trail(now=now + 5 * MINUTE)
        assert kinds() == []

    def test_whose_end_was_cut_off_is_found(self, scene: Scene) -> None:
        sealed(scene, 5)
        watch_trail(now=database_now())
        behind_its_back("DELETE FROM audit_seal WHERE seq > 3; DELETE FROM audit_record")
        assert watch_trail(now=database_now()) == 1
        assert "seal 5 is gone or was changed" in Alert.objects.get().text

    def test_that_has_no_links_yet_is_whole(self, scene: Scene) -> None:
        assert [watch_trail(now=database_now()) for _ in range(2)] == [0, 0]


class TestAlertsOfAnAccount:
    def test_know_what_they_are_about(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene, at=database_now() - 5 * MINUTE)
        watch(now=database_now())
        alert = Alert.objects.get()
        assert str(alert) == alert.text
        assert alerting.link_of(alert) == delivery.draft.get_absolute_url()
        assert SocialAccount.objects.get() == alert.account
