"""Changed code meets tests, each change in a process of its own: what is killed, and what is not.

What `tools.mutate`, `tools.mutate_approvals` and `tools.mutate_access` share. A mutant is killed
only by a test that fails, code that raises when it is read, or a test that no longer ends. Whatever
else may happen says nothing about the tests, and stops the run. A string that the module cannot be
read with is no mutant, and is not counted.
"""

import argparse
import json
import os
import random
import resource
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Generic, NoReturn, Protocol, TypeVar

import pytest

from tools.mutants import Mutant, Sort, mutants

# Processor seconds after which a test, or reading a file of tests, counts as never ending.
LIMIT: Final = 30
MEMORY: Final = 4 << 30

SURVIVED: Final = "survived"
KILLED: Final = "killed"
NO_MUTANT: Final = "no mutant"

# What became of a mutant, and what noticed it.
Answer = tuple[str, str]


class Change(Protocol):
    """What every sort of mutant says of itself: the file, the line, in words what is changed."""

    @property
    def module(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def what(self) -> str: ...
    @property
    def sort(self) -> StrEnum: ...


Changed = TypeVar("Changed", bound=Change)


class TestsSayNothing(Exception):
    """The tests gave no answer: neither did all of them pass nor did one fail."""

    __test__ = False


# --- in the process of one mutant


class Watch:
    """A plugin of pytest that sees what passes and what fails first."""

    def __init__(self) -> None:
        self.passed: set[str] = set()
        self.failed = ""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid or "a file"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.passed and report.when == "call":
            self.passed.add(report.nodeid)
        if report.failed:
            self.failed = self.failed or report.nodeid


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def allow_more_time() -> None:
    """LIMIT seconds from now; then the system ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + LIMIT
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def leave_nothing_to_chance() -> None:
    """Tests by Hypothesis try the same examples in every process."""
    # pytest wants to be the first to read it.
    import hypothesis

    hypothesis.settings.register_profile("fixed", derandomize=True, database=None)
    hypothesis.settings.load_profile("fixed")


def name_of(module: str) -> str:
    """How Python calls a file: `approvals/services/steps.py` is `approvals.services.steps`."""
    return module.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def not_to_be_read(mutant: Mutant, error: Exception) -> Answer:
    """What it means that a mutant raises while it is read."""
    if mutant.sort is not Sort.STATEMENT:
        return NO_MUTANT, ""
    return KILLED, f"import: {error!r}"


def in_a_child(work: Callable[[], Answer]) -> tuple[int, int]:
    """Start `work` in a process of its own; its id, and where to read what it answers."""
    answer, out = os.pipe()
    if pid := os.fork():
        os.close(out)
        return pid, answer
    os.close(answer)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    try:
        said = work()
    except TestsSayNothing as nothing:
        said = ("", str(nothing))
    except BaseException as error:  # noqa: BLE001  a fork must never go on as its parent
        said = ("", repr(error))
    os.write(out, json.dumps(said).encode()[:4096])
    os._exit(0)


def answered(answer: int, status: int) -> Answer:
    """What a child said in the end. Raises TestsSayNothing if that is nothing."""
    with os.fdopen(answer, "rb") as pipe:
        said = pipe.read()
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        return KILLED, "it does not end"
    if os.WIFSIGNALED(status) or not said:
        raise TestsSayNothing(f"the process ended with {status}")
    word, detail = json.loads(said)
    if not word:
        raise TestsSayNothing(detail)
    return word, detail


# --- in the process that starts them


def all_answers(works: Iterable[Callable[[], Answer]]) -> list[Answer]:
    """What `works` answer, in no order, each in a process of its own. Raises TestsSayNothing."""
    running = dict(in_a_child(work) for work in works)
    answers = []
    while running:
        pid, status = os.wait()
        answers.append(answered(running.pop(pid), status))
    return answers


class Tally:
    """What has been killed of what, per module and per sort of change."""

    def __init__(self) -> None:
        self.killed, self.total = Counter[str](), Counter[str]()
        self._noticed = defaultdict[str, Counter[str]](Counter)
        self._sorts: set[str] = set()
        self.no_mutants = 0

    def count(self, mutant: Change, word: str, by: str) -> None:
        if word == NO_MUTANT:
            self.no_mutants += 1
            return
        self._sorts.add(mutant.sort.value)
        for key in (mutant.module, mutant.sort.value, "all"):
            self.total[key] += 1
            self.killed[key] += word == KILLED
        if "::" in by:
            self._noticed[_folder_of(mutant)][by] += 1

    def noticed_beside(self, mutant: Change) -> Counter[str]:
        """How often a test noticed a change in the same folder."""
        return self._noticed[_folder_of(mutant)]

    def as_json(self, seed: int, **more: int) -> str:
        def of(key: str) -> dict[str, int]:
            return {"killed": self.killed[key], "total": self.total[key]}

        every = self.total["all"]
        share = round(self.killed["all"] / every, 3) if every else None
        sorts = {sort: of(sort) for sort in sorted(self._sorts)}
        modules = {name: of(name) for name in sorted(self.total) if "/" in name}
        result = {"seed": seed, **of("all"), "share": share, "no_mutants": self.no_mutants, **more}
        return json.dumps({**result, **sorts, "modules": modules})


def _folder_of(mutant: Change) -> str:
    return str(Path(mutant.module).parent)


class Measurement(Generic[Changed]):
    """Mutants meet their tests, up to `jobs` of them at a time.

    `work` says what to ask in the process of a mutant; what has been noticed so far may order it.
    Survivors are named on standard error; with `verbose`, also what noticed the others.
    """

    def __init__(
        self,
        work: Callable[[Changed, Tally], Callable[[], Answer]],
        *,
        jobs: int,
        verbose: bool,
        tally: Tally | None = None,
    ) -> None:
        self.tally = tally or Tally()
        self._work, self._jobs, self._verbose = work, jobs, verbose
        self._running: dict[int, tuple[Changed, int]] = {}

    def control(self, mutant: Changed, expected: str) -> None:
        """See that `mutant` comes to the end that it must. Raises TestsSayNothing."""
        self._start(mutant)
        _, word, by = self._end()
        if word == expected:
            return
        if expected == SURVIVED:
            raise TestsSayNothing(f"{mutant.module}: {by} fails without any change")
        raise TestsSayNothing(f"{mutant.module}: {mutant.what}, and no test fails")

    def measure(self, makers: Iterable[Callable[[], Changed]]) -> None:
        """Let all of them meet their tests and count. Raises TestsSayNothing."""
        queue = iter(makers)
        while True:
            for maker in queue:
                self._start(maker())
                if len(self._running) >= self._jobs:
                    break
            if not self._running:
                break
            self.tally.count(*self._end())

    def _start(self, mutant: Changed) -> None:
        pid, answer = in_a_child(self._work(mutant, self.tally))
        self._running[pid] = (mutant, answer)

    def _end(self) -> tuple[Changed, str, str]:
        pid, status = os.wait()
        mutant, answer = self._running.pop(pid)
        place = f"{mutant.module}:{mutant.line}: {mutant.what}"
        try:
            word, by = answered(answer, status)
        except TestsSayNothing as nothing:
            raise TestsSayNothing(f"{place}: {nothing}") from nothing
        if self._verbose or (word == SURVIVED and mutant.line):
            print(f"{place}: {word} {by}".rstrip(), file=sys.stderr, flush=True)
        return mutant, word, by


def drawn(
    modules: Iterable[str], sorts: Sequence[Sort], options: argparse.Namespace
) -> Sequence[Callable[[], Mutant]]:
    """What makes the mutants, in the order of the seed, as many as were asked for."""
    return shuffled([make for path in sorted(modules) for make in mutants(path, sorts)], options)


def shuffled(all_of_them: Sequence[Any], options: argparse.Namespace) -> Sequence[Any]:
    """In the order of the seed, as many as were asked for."""
    chosen = list(all_of_them)
    random.Random(options.seed).shuffle(chosen)  # noqa: S311  which mutants is no secret
    return chosen[: options.sample or None]


def parser(what: str, *, modules: str, tests: str = "") -> argparse.ArgumentParser:
    """The options that every measurement has; `modules` says which are meant.

    `tests` says where the tests are that can be chosen, if they can.
    """
    asked = argparse.ArgumentParser(description=what)
    asked.add_argument("modules", nargs="*", help=f"{modules}; all unless given")
    asked.add_argument("--sample", type=int, default=0, help="how many mutants; all unless given")
    if tests:
        asked.add_argument("--tests", default=tests, help="the tests to meet (%(default)s)")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--verbose", action="store_true", help="say what noticed each mutant")
    return asked


def stop(nothing: object) -> NoReturn:
    """End the program without a figure."""
    sys.exit(f"{nothing}. Nothing was measured.")
