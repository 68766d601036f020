"""UK wall time, and the two nights on which it skips or doubles."""

from datetime import UTC, date, datetime, time

import pytest

from drafts.panel import words_for
from drafts.schedule import DoubledHour, MissingHour, planned, today_at

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


class TestAPlannedTime:
    @pytest.mark.parametrize(
        ("day", "clock", "at"),
        [
            (date(2026, 1, 15), time(14, 30), datetime(2026, 1, 15, 14, 30, tzinfo=UTC)),
            (date(2026, 7, 15), time(14, 30), datetime(2026, 7, 15, 13, 30, tzinfo=UTC)),
            # The hour that a fixed offset gets wrong.
            (date(2026, 7, 15), time(0, 30), datetime(2026, 7, 14, 23, 30, tzinfo=UTC)),
        ],
    )
    def test_is_what_uk_clocks_show(self, day: date, clock: time, at: datetime) -> None:
        assert planned(day, clock).at == at

    def test_keeps_what_the_person_chose(self) -> None:
        chosen = planned(date(2026, 7, 15), time(14, 30))
        assert (chosen.wall, chosen.zone) == ("2026-07-15T14:30", "Europe/London")

    def test_is_said_back_in_uk_time(self) -> None:
        chosen = planned(date(2026, 7, 15), time(14, 30))
        assert words_for(chosen.at) == "Wednesday 15 July 2026, 14:30, UK time"
        assert words_for(None) == ""


class TestTheNightTheClocksGoForward:
    @pytest.mark.parametrize("clock", [time(1), time(1, 30), time(1, 59)])
    def test_has_no_such_time(self, clock: time) -> None:
        with pytest.raises(MissingHour):
            planned(SPRING, clock)

    @pytest.mark.parametrize("second", [False, True])
    def test_has_none_either_for_somebody_who_chose_one(self, *, second: bool) -> None:
        with pytest.raises(MissingHour):
            planned(SPRING, time(1, 30), second=second)

    def test_goes_on_right_before_and_after(self) -> None:
        assert planned(SPRING, time(0, 59)).at == datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
        assert planned(SPRING, time(2, 0)).at == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


class TestTheNightTheClocksGoBack:
    @pytest.mark.parametrize("clock", [time(1), time(1, 30), time(1, 59)])
    def test_asks_which_of_the_two(self, clock: time) -> None:
        with pytest.raises(DoubledHour):
            planned(AUTUMN, clock)

    def test_has_a_first_and_a_second_half_past_one(self) -> None:
        first = planned(AUTUMN, time(1, 30), second=False)
        second = planned(AUTUMN, time(1, 30), second=True)
        assert first.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        assert second.at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
        assert first.wall == second.wall

    def test_asks_nothing_before_and_after(self) -> None:
        assert planned(AUTUMN, time(0, 59)).at == datetime(2026, 10, 24, 23, 59, tzinfo=UTC)
        assert planned(AUTUMN, time(2, 0)).at == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)

    def test_ignores_the_choice_on_any_other_night(self) -> None:
        day = date(2026, 7, 15)
        assert planned(day, time(1, 30), second=True) == planned(day, time(1, 30))


class TestTodayAt:
    def test_means_the_day_in_the_uk(self) -> None:
        just_after_midnight = datetime(2026, 7, 14, 23, 10, tzinfo=UTC)
        assert today_at(time(17), now=just_after_midnight).wall == "2026-07-15T17:00"

    def test_counts_days_on(self) -> None:
        now = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)
        assert today_at(time(8), now=now, days=1).at == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)
