"""Which scenarios there are, and running them: once each, in many rounds, without a guard."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from tests import servers
from tests.faults.suite import (
    brokers,
    clocks,
    crew,
    databases,
    deaths,
    levers,
    naive,
    people,
    platforms,
    rounds,
    upgrades,
)
from tests.faults.suite.judge import Verdict
from tests.faults.suite.scenario import Scenario
from tests.faults.suite.stand import PUBLISHERS, Options, stand
from tests.faults.suite.without import GUARDS

SCENARIOS: tuple[type[Scenario], ...] = (
    *deaths.SCENARIOS,
    *rounds.SCENARIOS,
    *brokers.SCENARIOS,
    *databases.SCENARIOS,
    *platforms.SCENARIOS,
    *people.SCENARIOS,
    *clocks.SCENARIOS,
    *upgrades.SCENARIOS,
)
Step = Callable[[], Verdict]
# So long may those take that wait as long as in production, in seconds.
UNSCALED_WITHIN = 1500.0
# What is shown of what went wrong in one scenario.
SHOWN = 8
# A full run goes on until it has seen so many.
POSTS_IN_FULL, DEATHS_IN_FULL = 100_000, 5_000


def say(text: str) -> None:
    """To the person who waits; the result alone goes to standard output."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201  it talks to the person at the terminal


def options_of(asked: argparse.Namespace) -> Options:
    return Options(
        scale=asked.scale,
        publishers=(asked.publisher,) if asked.publisher else PUBLISHERS,
        guards_off=(asked.remove,) if asked.remove else (),
        is_full=asked.full,
    )


def chosen(asked: argparse.Namespace) -> Iterator[tuple[type[Scenario], str]]:
    """The scenarios that were asked for, each with a database."""
    scenarios = (naive.Naive,) if asked.control else SCENARIOS
    for scenario in scenarios:
        if asked.only and scenario.code not in asked.only:
            continue
        for database in scenario.databases:
            if asked.on in (None, database):
                yield scenario, database


def short(run: servers.TestServers, asked: argparse.Namespace) -> Iterator[Verdict]:
    """Every scenario once, or those that were asked for."""
    for scenario, database in chosen(asked):
        yield once(run, scenario, options_of(asked), database)


def once(
    run: servers.TestServers, scenario: type[Scenario], options: Options, database: str
) -> Verdict:
    """Run one scenario in a world of its own; the verdict on it."""
    crew.warm_up()
    began = time.monotonic()
    if scenario.is_unscaled:
        options = replace(options, scale=1)
    levers.scale(options.scale)
    with stand(run, options, on=database) as world:
        scenario().happen(world)
        verdict = world.looked_at(**scenario.case)
    taken = time.monotonic() - began
    say_what_came_of(f"{scenario.code:4} {scenario.title} ({database}), {taken:.1f} s", verdict)
    return verdict


def say_what_came_of(name: str, verdict: Verdict) -> None:
    """A line, and the first sentences on what was wrong."""
    say(
        f"{name}: {verdict.posts} tweets, {verdict.deaths} deaths, {verdict.needs_human} to a"
        f" person{'' if verdict.is_clean else ' - WRONG'}"
    )
    for sentence in verdict.wrong[:SHOWN]:
        say(f"       {sentence}")


# --- a full run


def side_by_side(steps: Mapping[str, Step]) -> Iterator[tuple[str, Verdict]]:
    """Do these at the same time, in forked processes; yields each verdict."""
    with crew.Crew(servers.run_folder()) as people:
        started = {}
        for number, (name, step) in enumerate(steps.items()):
            result = servers.run_folder() / f"verdict-{number}"
            started[name] = people.start(partial(_judge_into, result, step)), result
        for name, (pid, result) in started.items():
            ended = people.wait(pid, within=UNSCALED_WITHIN)
            if ended:
                raise RuntimeError(f"{name} ended with {ended}.")
            verdict = Verdict(**json.loads(result.read_text()))
            say_what_came_of(name, verdict)
            yield name, verdict


def _judge_into(result: Path, step: Step) -> None:
    result.write_text(json.dumps(asdict(step())))


class Log:
    """The finished steps of a full run, one line each, so that it can be gone on with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        lines = path.read_text().splitlines() if path.exists() else []
        self.steps = {step["step"]: step for step in map(json.loads, lines)}

    def take(self, name: str, step: Step) -> None:
        """Do this step, unless it has been finished before."""
        if name in self.steps:
            return
        began = time.monotonic()
        self._write(name, step(), time.monotonic() - began)

    def take_all(self, steps: Mapping[str, Step]) -> None:
        """Do these steps side by side, each in a process of its own."""
        began, last = time.monotonic(), 0.0
        left = {name: step for name, step in steps.items() if name not in self.steps}
        for name, verdict in side_by_side(left):
            # What they take together is to be the sum.
            now = time.monotonic() - began
            self._write(name, verdict, now - last)
            last = now

    def _write(self, name: str, verdict: Verdict, seconds: float) -> None:
        done = {"step": name, "seconds": seconds, "verdict": asdict(verdict)}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a") as file:
            file.write(json.dumps(done) + "\n")
        self.steps[name] = done

    def total(self) -> tuple[Verdict, float]:
        """The verdict on all of them, and the seconds that they took."""
        total = Verdict()
        for step in self.steps.values():
            total.add(Verdict(**step["verdict"]))
        return total, sum(step["seconds"] for step in self.steps.values())


def full(
    run: servers.TestServers, asked: argparse.Namespace, log: Log, *, rounds_at_most: int
) -> tuple[Verdict, float]:
    """Every scenario, deaths at production's waiting times, and rounds until it is enough."""
    options = options_of(asked)
    for scenario, database in chosen(asked):
        name = f"{scenario.__name__} on {database}"
        log.take(name, lambda s=scenario, d=database: once(run, s, options, d))  # type: ignore[misc]
    log.take_all(unscaled(run, asked))
    for number in range(rounds_at_most or sys.maxsize):
        done, _ = log.total()
        if done.posts >= POSTS_IN_FULL and done.deaths >= DEATHS_IN_FULL:
            break
        log.take(f"round {number}", lambda: once(run, rounds.DenseRound, options, "postgresql"))
    return log.total()


def unscaled(run: servers.TestServers, asked: argparse.Namespace) -> dict[str, Step]:
    """The deaths at production's waiting times, which one need not wait for one by one.

    Bare dispatchers stand for the workers: so many of Celery's have no room beside each other.
    """
    options = replace(options_of(asked), scale=1, is_bare=True)
    wanted = set(chosen(asked))
    return {
        f"{each.__name__} unscaled": partial(once, run, each, options, "postgresql")
        for each in deaths.SCENARIOS
        if (each, "postgresql") in wanted
    }


# --- without a guard


def without_each(run: servers.TestServers, asked: argparse.Namespace) -> bool:
    """Take out each guard in turn; whether the suite noticed every time. One line for each."""
    by_name = {scenario.__name__: scenario for scenario in SCENARIOS}
    noticed = True
    for guard in GUARDS.values():
        if asked.only and guard.name not in asked.only:
            continue
        options = replace(options_of(asked), guards_off=(guard.name,))
        verdict = once(run, by_name[guard.noticed_by], options, "postgresql")
        found = verdict.wrong[0] if verdict.wrong else "NOTHING NOTICED IT"
        print(f"without {guard.name} ({guard.what}): {found}", flush=True)  # noqa: T201
        noticed = noticed and not verdict.is_clean
    return noticed
