"""Until when a tweet that could not go out at its time may still go out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import Error as DatabaseError
from django.db import transaction

from accounts.roles import Role
from drafts.workflow import State as DraftState
from publishing.clock import database_now
from publishing.lateness import Late
from publishing.models import Delivery
from publishing.services import dispatch_due, move_times, reschedule, send_again
from publishing.workflow import State
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.stage import Ledger

SUMMER, WINTER = datetime(2026, 7, 15, 9, 30, tzinfo=UTC), datetime(2026, 12, 15, 9, 30, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


class TestTheLastMoment:
    @pytest.mark.parametrize(
        ("late", "span"),
        [
            (Late.QUARTER, QUARTER),
            (Late.HOUR, timedelta(hours=1)),
            (Late.USUAL, timedelta(hours=2)),
        ],
    )
    def test_is_a_span_after_its_time(self, late: Late, span: timedelta) -> None:
        assert late.last_moment(SUMMER) == SUMMER + span

    @pytest.mark.parametrize(
        ("due_at", "last"),
        [
            (WINTER, datetime(2026, 12, 16, tzinfo=UTC)),
            (SUMMER, datetime(2026, 7, 15, 23, tzinfo=UTC)),
            # The next day has begun in the UK: its end is meant.
            (datetime(2026, 7, 15, 23, 30, tzinfo=UTC), datetime(2026, 7, 16, 23, tzinfo=UTC)),
            (datetime(2026, 12, 15, tzinfo=UTC), datetime(2026, 12, 16, tzinfo=UTC)),
            # The days on which the clocks change have 25 and 23 hours.
            (datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC)),
            (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 3, 29, 23, tzinfo=UTC)),
        ],
    )
    def test_may_be_the_end_of_the_day_in_the_uk(self, due_at: datetime, last: datetime) -> None:
        assert Late.DAY.last_moment(due_at) == last > due_at


@pytest.mark.django_db
class TestWhatTheApproverChose:
    def test_stays_with_the_tweet_whatever_time_it_is_given(self, ledger: Ledger) -> None:
        scene = Scene()
        duty, now = scene.person(Role.COMMS_DUTY), database_now()
        moved, missed, refused = stage.due(scene, 3, may_be_late=Late.QUARTER)
        later = now + timedelta(hours=3)
        seen = {moved.pk: moved.due_at}
        move_times(seen, actor=duty, to=later, reason="A siege.", now=now)
        for delivery, state in ((missed, State.MISSED), (refused, State.REFUSED)):
            Delivery.objects.filter(pk=delivery.pk).update(state=state)
        reschedule(stage.fresh(missed), actor=duty, due_at=later, reason="A siege.", now=now)
        send_again(stage.fresh(refused), actor=duty, evidence="I looked.", now=now)
        for delivery in map(stage.fresh, (moved, missed, refused)):
            assert delivery.state == State.QUEUED
            assert delivery.not_after == delivery.due_at + QUARTER

    def test_is_never_changed(self) -> None:
        (delivery,) = stage.due(Scene())
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(may_be_late=Late.DAY)
        assert stage.fresh(delivery).may_be_late == Late.USUAL

    def test_is_when_it_is_missed(self, ledger: Ledger) -> None:
        ago = database_now() - timedelta(minutes=16)
        (delivery,) = stage.due(
            Scene(), at=ago, may_be_late=Late.QUARTER, not_after=Late.QUARTER.last_moment(ago)
        )
        dispatch_due(now=database_now())
        now = stage.fresh(delivery)
        assert (now.state, now.draft.state) == (State.MISSED, DraftState.APPROVED)
        assert ledger.effects() == []
