"""When a draft that waits is reminded of."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.duty import Hours
from accounts.roles import Role
from accounts.services import Step, set_hours
from approvals.models import Reminder
from approvals.services import remind
from drafts.models import Draft
from tests.approvals.reminding.stage import (
    AGE,
    ESCALATION,
    FIRST,
    HALF,
    HOUR,
    LAST,
    MINUTE,
    NEAR,
    START,
    every,
    kinds,
    told,
    waiting,
)
from tests.factories import Scene, sign, submitted


@pytest.mark.django_db
class TestAPlannedDraft:
    def test_is_reminded_of_at_half_and_before_the_end(self, scene: Scene) -> None:
        draft = waiting(scene, due=2 * HOUR)
        assert every(MINUTE, 2 * HOUR) == [
            (timedelta(), {FIRST}),
            (HOUR, {HALF}),
            (105 * MINUTE, {LAST}),
        ]
        assert kinds(draft, was_told=False) == {AGE, ESCALATION}

    def test_is_reminded_of_once_where_its_time_is_near(self, scene: Scene) -> None:
        waiting(scene, due=10 * MINUTE)
        assert every(MINUTE, 10 * MINUTE) == [(timedelta(), {LAST})]

    def test_of_tomorrow_is_reminded_of_by_age_too(self, scene: Scene) -> None:
        waiting(scene, due=24 * HOUR)
        assert every(15 * MINUTE, 24 * HOUR) == [
            (timedelta(), {FIRST}),
            (HOUR, {AGE}),
            (3 * HOUR, {ESCALATION}),
            (12 * HOUR, {HALF}),
            (24 * HOUR - 15 * MINUTE, {LAST}),
        ]

    def test_is_reminded_of_no_more_after_its_time(self, scene: Scene) -> None:
        waiting(scene, due=2 * HOUR)
        assert remind(now=START + 2 * HOUR) == 0


@pytest.mark.django_db
class TestWhenADraftIsLookedAtNext:
    """What keeps a sweep from reading everything that waits."""

    def looks(self, draft: Draft, at: timedelta) -> tuple[timedelta | None, timedelta | None]:
        """Remind `at` that long after START; then when, at any hour and by day, counted from it."""
        remind(now=START + at)
        row = Draft.objects.get(pk=draft.pk)
        at_any_hour, by_day = (
            moment - START if moment else None for moment in (row.remind_at, row.remind_by_day_at)
        )
        return at_any_hour, by_day

    def test_is_when_the_next_reminder_is_due(self, scene: Scene) -> None:
        draft, last = waiting(scene, due=24 * HOUR), 24 * HOUR - 15 * MINUTE
        assert self.looks(draft, timedelta()) == (12 * HOUR, HOUR)
        assert self.looks(draft, HOUR) == (12 * HOUR, 3 * HOUR)
        assert self.looks(draft, 3 * HOUR) == (12 * HOUR, None)
        assert self.looks(draft, 12 * HOUR) == (last, None)
        assert self.looks(draft, last) == (24 * HOUR, None)

    @pytest.mark.parametrize(("due", "by_day"), [(NEAR, None), (NEAR + MINUTE, HOUR)])
    def test_is_not_by_its_age_where_its_time_is_near(
        self, scene: Scene, due: timedelta, by_day: timedelta | None
    ) -> None:
        assert self.looks(waiting(scene, due=due), timedelta()) == (due / 2, by_day)

    def test_goes_by_when_it_came_to_its_step(self, scene: Scene) -> None:
        people = [scene.person(Role.COMMS_APPROVER) for _ in range(3)]
        scene.route(*[Step((Role.COMMS_APPROVER,))] * 3)
        draft = waiting(scene, due=24 * HOUR)
        for hours, person in ((2, people[0]), (4, people[1])):
            sign(draft, by=person, now=START + hours * HOUR)
            draft.refresh_from_db()
            came = hours * HOUR
            halfway = came + (24 * HOUR - came) / 2
            assert self.looks(draft, came) == (halfway, came + HOUR)

    def test_too_early_is_no_reason_to_call_anybody(self, scene: Scene) -> None:
        scene.person(Role.COMMS_DUTY)
        draft = waiting(scene, due=24 * HOUR)
        self.looks(draft, HOUR)
        Draft.objects.update(remind_at=START)
        assert remind(now=START + 2 * HOUR) == 0
        assert kinds(draft) == {AGE}


@pytest.mark.django_db
class TestAsSoonAsApproved:
    def test_is_reminded_of_by_age_then_at_half_of_the_week(
        self, scene: Scene, settings: Settings
    ) -> None:
        waiting(scene)
        week = settings.DECIDE_WITHIN
        given = [timedelta(), HOUR, 3 * HOUR, week / 2, week - 15 * MINUTE]
        looks = [
            given[0],
            given[0] + MINUTE,
            *(look for at in given[1:] for look in (at - MINUTE, at)),
        ]
        found = [remind(now=START + look) for look in looks]
        assert found == [1, 0, 0, 1, 0, 1, 0, 1, 0, 1]
        rows = Reminder.objects.order_by("at").values_list("at", "kind", "was_told")
        assert [(at - START, kind) for at, kind, was_told in rows if was_told] == [
            *zip(given, [FIRST, AGE, ESCALATION, HALF, LAST], strict=True)
        ]

    def test_waits_with_its_age_until_communications_opens(self, scene: Scene) -> None:
        scene.person(Role.COMMS_APPROVER)
        evening = START.replace(hour=20, minute=30)
        draft = submitted(scene, now=evening)
        for minutes in range(0, 10 * 60, 30):
            remind(now=evening + minutes * MINUTE)
        assert kinds(draft) == {FIRST}
        morning = START.replace(day=24, hour=7)
        assert remind(now=morning) == 1
        assert kinds(draft) == {FIRST, AGE}
        # The duty officers are called two hours after that, and not at once.
        assert remind(now=morning + 2 * HOUR - MINUTE) == 0
        assert remind(now=morning + 2 * HOUR) == 1
        assert kinds(draft) == {FIRST, AGE, ESCALATION}

    def test_waits_for_ever_where_it_never_opens(self, scene: Scene) -> None:
        set_hours(scene.force, [None] * 7, actor=scene.person(Role.COMMS_ADMIN), now=START)
        waiting(scene)
        assert every(HOUR, 24 * HOUR) == [(timedelta(), {FIRST})]

    def test_goes_by_the_hours_of_its_own_force(self, scene: Scene) -> None:
        other = Scene()
        night = [Hours(START.time().replace(hour=22), START.time().replace(hour=23))] * 7
        set_hours(other.force, night, actor=other.person(Role.COMMS_ADMIN), now=START)
        here, there = waiting(scene), waiting(other)
        assert remind(now=START + 2 * HOUR) == 2
        assert (kinds(here), kinds(there)) == ({AGE}, {FIRST})


@pytest.mark.django_db
class TestAnyDraft:
    @given(
        due=st.one_of(st.none(), st.integers(1, 60 * 24 * 9)),
        looks=st.lists(st.integers(0, 60 * 24 * 9), min_size=1, max_size=12).map(sorted),
    )
    @hypothesis_settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_whenever_it_is_looked_at(self, due: int | None, looks: list[int]) -> None:
        with transaction.atomic():
            scene = Scene()
            approver = scene.person(Role.COMMS_APPROVER)
            draft = waiting(scene, due=due * MINUTE if due else None)
            for minutes in looks:
                before = len(told(approver))
                done = remind(now=START + minutes * MINUTE)
                # At most one at each look, and one person never hears of more.
                assert done <= 1
                assert len(told(approver)) - before <= 1
            rows = list(draft.reminders.order_by("at", "pk"))
            assert len({row.kind for row in rows}) == len(rows)
            ends = START + (due * MINUTE if due else timedelta(days=7))
            assert all(row.at < ends for row in rows)
            given = [row for row in rows if row.was_told]
            # Nothing comes after the last, and no two at one moment.
            assert LAST not in [row.kind for row in given[:-1]]
            assert all(one.at < other.at for one, other in pairwise(given))
            transaction.set_rollback(True)
