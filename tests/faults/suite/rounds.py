"""G3: hundreds of workers that die or stop anywhere, while work goes on."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar

from django.conf import settings

from publishing.clock import database_now
from tests.faults.suite import bulk
from tests.faults.suite.deaths import Stops
from tests.faults.suite.scenario import Scenario
from tests.faults.suite.stand import Stand

# Between two looks at the crew, in seconds: a dead one is replaced at once.
LOOK = 0.005
# Between two looks at the work that is left.
LOOKS = 50
# The longest life that ends at a moment of nobody's choosing, and what a stopped worker still has
# when it has gone on.
LIFE, AFTERLIFE = 0.5, 0.4
# How often a worker comes to its place before it dies there: so many tweets lie between deaths.
TURNS: dict[str, int] = {"claimed": 6}
TURNS_ELSEWHERE = 30
# Of the lives, how many end at a moment, and in how many a worker stops for longer than its lease:
# until others have taken over, or looked once, or twice, or have sent.
AT_A_MOMENT, STOPPED = 0.3, 0.08
LONGEST_STOP_IN_SETTLES = 4
# The most dangerous place to stop at comes as often as the others together.
STOPS = (*Stops.PLACES, *["armed"] * (len(Stops.PLACES) - 2))


@dataclass
class Lives:
    """What is to become of each worker of a round, and who follows it."""

    stand: Stand
    at_once: int
    # By process id: when the stopped ones go on, and when somebody kills it.
    goes_on: dict[int, float] = field(default_factory=dict)
    ends: dict[int, float] = field(default_factory=dict)
    killed: int = 0

    def look(self) -> None:
        """Let each come to its end that has reached it, and others take their places."""
        crew, now = self.stand.crew, time.monotonic()
        crew.reap()
        for pid in crew.alive & taken(self.goes_on, now):
            crew.go_on(pid)
        for pid in crew.alive & taken(self.ends, now):
            crew.kill(pid)
            self.killed += 1
        # Whoever is to stop, or has, is one more.
        at_work = len(crew.alive - set(self.goes_on))
        for _ in range(at_work, self.at_once):
            self.begin(time.monotonic())

    def begin(self, now: float) -> None:
        """One more worker, whose end chance chooses."""
        chance, kind = self.stand.chance, self.stand.chance.random()
        if kind < AT_A_MOMENT:
            pid = self.stand.worker(broker="", starts_anywhere=True)
            self.ends[pid] = now + chance.uniform(0, LIFE)
        elif kind < AT_A_MOMENT + STOPPED:
            pid = self.stand.worker(broker="", stop_at=chance.choice(STOPS))
            self.goes_on[pid] = now + self.stop(chance.random())
            self.ends[pid] = self.goes_on[pid] + chance.uniform(0, AFTERLIFE)
        else:
            place = chance.choice(Stops.PLACES)
            turn = chance.randint(1, TURNS.get(place, TURNS_ELSEWHERE))
            self.stand.worker(broker="", die_at=place, turn=turn)

    @staticmethod
    def stop(how_long: float) -> float:
        """Seconds: the lease, and between none and all (0 to 1) of the time for settling."""
        settle = how_long * LONGEST_STOP_IN_SETTLES * settings.DELIVERY_SETTLE.total_seconds()
        return float(settings.DELIVERY_LEASE.total_seconds() + settle)


def taken(moments: dict[int, float], now: float) -> set[int]:
    """The processes whose moment has come; it is forgotten."""
    come = {pid for pid, at in moments.items() if at <= now}
    for pid in come:
        del moments[pid]
    return come


class Round(Scenario):
    """Death anywhere, by one's own hand or another's, while there is work.

    Besides what every scenario demands, chance must have done its part: deaths at every place and
    at any moment, workers that stopped and went on, work left half done, and more work to do
    when the last one died.
    """

    code, title = "G3", "kill -9 anywhere, again and again"
    POSTS, DEATHS, AT_ONCE = 1500, 100, 4
    # Of so many deaths one at least cut off a tweet between ARM and FINISH.
    CUT_OFF: ClassVar[int] = 4
    WITHIN = 300.0

    def happen(self, stand: Stand) -> None:
        bulk.asked_ahead(stand.due(self.POSTS, at=database_now()))
        lives = Lives(stand, self.AT_ONCE)
        end = time.monotonic() + self.WITHIN
        left = self.POSTS
        while len(stand.crew.died) < self.DEATHS and left and time.monotonic() < end:
            for _ in range(LOOKS):
                lives.look()
                time.sleep(LOOK)
            left = stand.unfinished()
        stand.crew.dismiss()
        stand.settle(broker="")
        self.look_at_deaths(stand, lives, left)

    def look_at_deaths(self, stand: Stand, lives: Lives, left: int) -> None:
        """What must have happened for this round to say anything."""
        died, stopped = (places(stand, name) for name in ("deaths", "stops"))
        (cut_off,) = stand.read(
            "SELECT count(*) AS many FROM publishing_attempt WHERE outcome <> 'ok'"
        )
        stand.expect(len(stand.crew.died) >= self.DEATHS, f"Only {len(stand.crew.died)} died.")
        stand.expect(set(died) == set(Stops.PLACES), f"Workers died at {died}.")
        stand.expect(lives.killed > 0, "Nobody was killed at a moment of its own.")
        stand.expect(bool(stopped), "Nobody stopped.")
        stand.expect(
            cut_off["many"] * self.CUT_OFF >= self.DEATHS,
            f"{cut_off['many']} tweets were cut off by {self.DEATHS} deaths.",
        )
        stand.expect(left > 0, "The last ones died when all was done.")


def places(stand: Stand, name: str) -> Counter[str]:
    """How many died or stopped by themselves at each place."""
    notes = stand.folder / name
    lines = notes.read_text().splitlines() if notes.exists() else []
    return Counter(line.split()[1] for line in lines)


class DenseRound(Round):
    """One of the many of a full run."""

    title = "kill -9 anywhere, hundreds of times"
    POSTS, DEATHS = 5000, 300


SCENARIOS = (Round,)
