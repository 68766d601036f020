"""When communications decides, who can be rung, and both nights when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.duty import DEFAULT_HOURS, UK, Hours, next_opening, on_duty
from accounts.models import OpeningHours, Shift, User
from accounts.roles import Role
from accounts.services import (
    ShiftTaken,
    Step,
    deactivate,
    put_on_duty,
    set_hours,
    take_off_duty,
)
from audit.models import Record
from audit.verbs import Verb
from tests.factories import Scene
from tests.races import at_once

SEVEN_TO_NINE: list[Hours | None] = [DEFAULT_HOURS] * 7
HOUR = timedelta(hours=1)


def uk(text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UK, fold=fold).astimezone(UTC)


class TestTheNextOpening:
    @pytest.mark.parametrize(
        ("now", "opens"),
        [
            ("2026-11-23 06:59", "2026-11-23 07:00"),
            ("2026-11-23 07:00", "2026-11-23 07:00"),
            ("2026-11-23 20:59", "2026-11-23 20:59"),
            ("2026-11-23 21:00", "2026-11-24 07:00"),
            ("2026-11-23 23:59", "2026-11-24 07:00"),
            ("2026-11-24 00:00", "2026-11-24 07:00"),
            # The clocks go forward on 28 March 2027 at 01:00, and back on 25 October at 02:00.
            ("2026-03-28 22:00", "2026-03-29 07:00"),
            ("2026-03-29 00:30", "2026-03-29 07:00"),
            ("2026-10-24 22:00", "2026-10-25 07:00"),
        ],
    )
    def test_is_at_seven_on_the_wall(self, now: str, opens: str) -> None:
        assert next_opening(SEVEN_TO_NINE, uk(now)) == uk(opens)

    @pytest.mark.parametrize(
        ("evening", "hours"),
        [("2026-03-28 21:00", 9), ("2026-10-24 21:00", 11), ("2026-11-22 21:00", 10)],
        ids=["forward", "back", "ordinary"],
    )
    def test_is_as_far_away_as_the_night_is_long(self, evening: str, hours: int) -> None:
        opening = next_opening(SEVEN_TO_NINE, uk(evening))
        assert opening is not None
        assert opening - uk(evening) == hours * HOUR

    def test_goes_by_both_of_a_doubled_hour(self) -> None:
        night: list[Hours | None] = [Hours(time(1, 30), time(1, 45))] * 7
        first, second = (uk("2026-10-25 01:30", fold=fold) for fold in (0, 1))
        assert next_opening(night, first - HOUR) == first
        assert next_opening(night, second) == second
        # It closes when the clocks show 01:45 for the second time.
        assert next_opening(night, second + timedelta(minutes=15)) == uk("2026-10-26 01:30")

    def test_is_not_lost_in_a_missing_hour(self) -> None:
        night: list[Hours | None] = [Hours(time(1, 15), time(1, 45))] * 7
        opening = next_opening(night, uk("2026-03-28 12:00"))
        assert opening is not None
        assert opening.astimezone(UK).date() == date(2026, 3, 29)

    def test_passes_over_closed_days(self) -> None:
        week: list[Hours | None] = [*[DEFAULT_HOURS] * 5, None, None]
        # 20 November 2026 is a Friday.
        assert next_opening(week, uk("2026-11-20 21:00")) == uk("2026-11-23 07:00")

    def test_looks_a_whole_week_ahead(self) -> None:
        week: list[Hours | None] = [DEFAULT_HOURS, *[None] * 6]
        assert next_opening(week, uk("2026-11-23 21:00")) == uk("2026-11-30 07:00")

    def test_is_never_where_every_day_is_closed(self) -> None:
        assert next_opening([None] * 7, uk("2026-11-20 12:00")) is None

    def test_is_now_day_and_night_where_it_never_closes(self) -> None:
        week: list[Hours | None] = [Hours(time(0), time(0))] * 7
        start = uk("2026-10-24 12:00")
        for minutes in range(0, 48 * 60, 7):
            now = start + timedelta(minutes=minutes)
            assert next_opening(week, now) == now


spans = st.one_of(
    st.none(),
    st.tuples(st.integers(0, 23), st.integers(1, 24))
    .filter(lambda span: span[0] < span[1])
    .map(lambda span: Hours(time(span[0]), time(span[1] % 24))),
)


def shows_open(week: list[Hours | None], now: datetime) -> bool:
    """By the clock on the wall alone."""
    local = now.astimezone(UK)
    span = week[local.weekday()]
    if span is None:
        return False
    return span.opens <= local.time() and (local.time() < span.closes or span.closes == time())


class TestAnyWeek:
    @given(
        week=st.lists(spans, min_size=7, max_size=7),
        hours=st.integers(0, 365 * 24 * 2),
        minutes=st.integers(0, 59),
    )
    def test_opens_when_its_clocks_say_so(
        self, week: list[Hours | None], hours: int, minutes: int
    ) -> None:
        now = datetime(2026, 1, 1, minute=minutes, tzinfo=UTC) + hours * HOUR
        opening = next_opening(week, now)
        if opening is None:
            assert week == [None] * 7
            return
        assert opening >= now
        changes = {date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)}
        near = {(now + timedelta(days=d)).astimezone(UK).date() for d in range(-1, 9)}
        # What a clock shows in the doubled and the missing hour does not say which it is.
        if near & changes:
            return
        assert shows_open(week, opening)
        between = (opening - now) / 20
        assert not any(shows_open(week, now + n * between) for n in range(20) if opening > now)


def night(day: int = 23) -> datetime:
    return uk(f"2026-11-{day} 23:00")


@pytest.mark.django_db
class TestWhoIsOnDuty:
    @pytest.fixture
    def scene(self) -> Scene:
        return Scene()

    def put(self, scene: Scene, person: User, start: datetime, hours: int = 10) -> Shift:
        return put_on_duty(
            person,
            force=scene.force,
            starts_at=start,
            ends_at=start + hours * HOUR,
            actor=scene.person(Role.COMMS_ADMIN),
            now=timezone.now(),
        )

    def test_is_everybody_by_day(self, scene: Scene) -> None:
        self.put(scene, scene.person(Role.COMMS_DUTY), uk("2026-11-23 08:00"))
        duty = on_duty(scene.force, uk("2026-11-23 12:00"))
        assert (duty.is_open, duty.reopens_at, duty.officer) == (True, None, None)

    def test_is_who_stands_on_the_rota_by_night(self, scene: Scene) -> None:
        person = scene.person(Role.COMMS_DUTY)
        self.put(scene, person, uk("2026-11-23 21:00"))
        duty = on_duty(scene.force, night())
        assert (duty.is_open, duty.until, duty.officer) == (False, "07:00", person)
        assert duty.desk == scene.force.comms_phone
        assert on_duty(scene.force, night(22)).officer is None
        assert on_duty(scene.force, night(24)).officer is None

    def test_is_nobody_of_another_force(self, scene: Scene) -> None:
        self.put(scene, scene.person(Role.COMMS_DUTY), uk("2026-11-23 21:00"))
        assert on_duty(Scene().force, night()).officer is None

    def test_is_nobody_who_has_left(self, scene: Scene) -> None:
        person = scene.person(Role.COMMS_DUTY)
        self.put(scene, person, uk("2026-11-23 21:00"))
        deactivate(person, actor=None, now=timezone.now())
        assert on_duty(scene.force, night()).officer is None

    def test_is_nobody_who_was_taken_off(self, scene: Scene) -> None:
        shift = self.put(scene, scene.person(Role.COMMS_DUTY), uk("2026-11-23 21:00"))
        take_off_duty(shift, actor=scene.person(Role.COMMS_APPROVER), now=timezone.now())
        assert on_duty(scene.force, night()).officer is None

    def test_changes_with_the_shift(self, scene: Scene) -> None:
        first, second = (scene.person(Role.COMMS_DUTY) for _ in range(2))
        self.put(scene, first, uk("2026-11-23 21:00"), 3)
        self.put(scene, second, uk("2026-11-24 00:00"), 7)
        turn = uk("2026-11-24 00:00")
        assert on_duty(scene.force, turn - timedelta(seconds=1)).officer == first
        assert on_duty(scene.force, turn).officer == second

    def test_says_the_day_where_it_is_not_the_next(self, scene: Scene) -> None:
        week: list[Hours | None] = [*[DEFAULT_HOURS] * 5, None, None]
        set_hours(scene.force, week, actor=scene.person(Role.COMMS_ADMIN), now=timezone.now())
        assert on_duty(scene.force, uk("2026-11-20 22:00")).until == "Monday 23 November, 07:00"
        set_hours(scene.force, [None] * 7, actor=scene.person(Role.COMMS_ADMIN), now=timezone.now())
        assert on_duty(scene.force, uk("2026-11-20 12:00")).until == ""

    def test_says_whether_teams_decide_too(self, scene: Scene) -> None:
        assert not on_duty(scene.force, night()).teams_decide
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        assert on_duty(scene.force, night()).teams_decide

    @pytest.mark.parametrize(
        ("planned", "too_late"),
        [("02:00", True), ("07:00", True), ("07:01", False), (None, False)],
    )
    def test_knows_what_comes_too_late(
        self, scene: Scene, planned: str | None, *, too_late: bool
    ) -> None:
        at = uk(f"2026-11-24 {planned}") if planned else None
        assert on_duty(scene.force, night()).comes_too_late_for(at) is too_late
        assert not on_duty(scene.force, uk("2026-11-23 20:59")).comes_too_late_for(at)


@pytest.mark.django_db
class TestTheRota:
    def test_has_nobody_beside_another(self) -> None:
        scene = Scene()
        TestWhoIsOnDuty().put(scene, scene.person(Role.COMMS_DUTY), uk("2026-11-23 21:00"))
        other = scene.person(Role.COMMS_DUTY)
        for start, hours in (("2026-11-23 20:00", 2), ("2026-11-24 06:59", 1), ("22:00", 1)):
            begins = uk(start if "-" in start else f"2026-11-23 {start}")
            with pytest.raises(ShiftTaken):
                TestWhoIsOnDuty().put(scene, other, begins, hours)
        TestWhoIsOnDuty().put(scene, other, uk("2026-11-24 07:00"), 1)
        assert Shift.objects.standing().count() == 2

    def test_is_kept_by_communications_alone(self) -> None:
        scene, abroad = Scene(), Scene()
        officer = scene.person(Role.COMMS_DUTY)
        for actor in (
            scene.person(),
            scene.person(Role.POLICY_OWNER),
            abroad.person(Role.COMMS_ADMIN),
        ):
            with pytest.raises(PermissionDenied):
                put_on_duty(
                    officer, force=scene.force, starts_at=night(), ends_at=night() + HOUR,
                    actor=actor, now=timezone.now(),
                )  # fmt: skip
            with pytest.raises(PermissionDenied):
                set_hours(scene.force, [None] * 7, actor=actor, now=timezone.now())
        assert not Shift.objects.exists()
        assert not OpeningHours.objects.exists()

    def test_takes_nobody_without_the_role(self) -> None:
        scene = Scene()
        with pytest.raises(PermissionDenied):
            TestWhoIsOnDuty().put(scene, scene.person(Role.COMMS_APPROVER), night())

    def test_stands_in_the_trail(self) -> None:
        scene = Scene()
        person, now = scene.person(Role.COMMS_DUTY), timezone.now()
        shift = TestWhoIsOnDuty().put(scene, person, night())
        take_off_duty(shift, actor=person, now=now)
        take_off_duty(shift, actor=person, now=now)
        set_hours(scene.force, [None, *[DEFAULT_HOURS] * 6], actor=person, now=now)
        about = Record.objects.about(person).values_list("verb", "data__until")
        assert list(about) == [
            (Verb.ON_DUTY, shift.ends_at.isoformat()),
            (Verb.OFF_DUTY, shift.ends_at.isoformat()),
        ]
        (hours,) = Record.objects.filter(verb=Verb.HOURS_SET)
        assert hours.data["hours"] == [None, *["07:00-21:00"] * 6]

    @pytest.mark.usefixtures("postgres")
    def test_gives_one_of_two_at_once(self) -> None:
        scene = Scene()
        people = [scene.person(Role.COMMS_DUTY) for _ in range(2)]

        def put(person: User) -> bool:
            try:
                TestWhoIsOnDuty().put(scene, person, night())
            except ShiftTaken:
                return False
            return True

        assert sorted(at_once(*(lambda p=p: put(p) for p in people))) == [False, True]
        assert Shift.objects.count() == 1

    @pytest.mark.parametrize(
        ("opens", "closes"),
        [(time(9), None), (None, time(9)), (time(9), time(9)), (time(9), time(8))],
    )
    def test_has_no_hours_that_are_none(self, opens: time | None, closes: time | None) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            OpeningHours.objects.create(force=Scene().force, weekday=0, opens=opens, closes=closes)
