"""How long a rule may take: the clock on the wall first, the processor's where that runs out."""

import time

import pytest

from policy.core.rules.base import Deadline, OutOfTime


def work(seconds: float) -> None:
    """Keep the processor busy for so long."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


class TestADeadline:
    def test_starts_with_no_more_than_the_budget(self) -> None:
        assert 4 < Deadline(5).remaining() <= 5

    @pytest.mark.parametrize("budget", [0.0, -1.0])
    def test_of_nothing_is_over(self, budget: float) -> None:
        with pytest.raises(OutOfTime):
            Deadline(budget).remaining()

    def test_is_over_when_the_processor_has_worked_for_so_long(self) -> None:
        deadline = Deadline(0.04)
        work(0.025)
        assert 0 < deadline.remaining() <= 0.0201
        work(0.025)
        with pytest.raises(OutOfTime):
            deadline.remaining()

    def test_leaves_half_to_a_process_that_had_to_wait(self) -> None:
        deadline = Deadline(0.04)
        time.sleep(0.1)
        assert 0 < deadline.remaining() <= 0.0201

    def test_does_not_begin_anew_with_each_question(self) -> None:
        deadline = Deadline(0.04)
        time.sleep(0.03)
        first = deadline.remaining()
        work(0.005)
        assert deadline.remaining() < first
