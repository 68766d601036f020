"""F22 and G2: clocks that are wrong, and time that has passed."""

from datetime import UTC, datetime
from typing import ClassVar

from publishing.clock import database_now
from publishing.models import Delivery
from tests.faults.suite.scenario import Scenario
from tests.faults.suite.stand import Stand

HOUR = 3600.0
# Two seconds before London's clocks go forward and back.
NIGHTS = (
    datetime(2026, 3, 29, 0, 59, 58, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 59, 58, tzinfo=UTC),
)


class WrongClocks(Scenario):
    """Due times and leases are the database's: a worker's own clock decides nothing."""

    code, title = "F22", "workers' clocks an hour off, jumping, and in both nights of the change"
    case: ClassVar = {"clocks_are_right": False}

    def happen(self, stand: Stand) -> None:
        now = database_now()
        nights = [(night - now).total_seconds() for night in NIGHTS]
        for off in (-HOUR, HOUR, *nights):
            stand.worker(clock_off=off, time_zone="Europe/London")
        for off in (-HOUR, HOUR):
            stand.worker(clock_off=off, clock_jumps_after=2.0)
        due = stand.due_over(90, 4.0)
        later = stand.due(20, at=database_now().replace(year=now.year + 1))
        stand.until(lambda: self.are_out(due), within=60)
        stand.expect(self.are_out(due), "Not everything that was due went out.")
        stand.expect(not self.are_out(later[:1]), "Something went out before its time.")
        Delivery.objects.filter(pk__in=[d.pk for d in later]).update(state="cancelled")
        stand.crew.dismiss()
        stand.settle(workers=1)

    @staticmethod
    def are_out(deliveries: list[Delivery]) -> bool:
        waiting = Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries])
        return not waiting.filter(state__in=Stand.MOVING).exists()


class TooLate(Scenario):
    """Nobody worked until the last moment of some had passed: they are missed, not sent late."""

    code, title = "G2", "no worker until some are past their last moment"

    def happen(self, stand: Stand) -> None:
        past = stand.due(30)
        stand.due(30)
        Delivery.objects.filter(pk__in=[d.pk for d in past]).update(not_after=database_now())
        stand.settle()
        missed = Delivery.objects.filter(state="missed").count()
        stand.expect(missed == len(past), f"{missed} of {len(past)} were missed.")


SCENARIOS = (WrongClocks, TooLate)
