"""Changes the review desk's code in small ways and sees whether a test notices.

`make mutate-approvals`: the services of approvals, and what decides who may do what. They need
Django and a database, which take seconds to come up, so that they come up once: in one run of
pytest, on SQLite in memory. All tests run there first, with nothing changed, and what each executes
is noted. Then the process forks for each mutant (`tools.mutants`), database and all; the child puts
the changed code where the code is in use (`tools.transplant`) and meets the tests that execute what
was changed, those first that noticed most, then the quickest. `tools.mutation` says when a mutant
is killed.

Left out, so that what only they notice counts as survived: tests that need a server, a browser or
a second connection, those made by chance, and those that fail on SQLite with nothing changed, which
read what PostgreSQL says. More than one in ten of these stops the run. So do the controls: a module
that is put in its own place must survive, one with nothing but exceptions must not.

Prints one line of JSON: killed and total per module, per sort of change and in all.
"""

import argparse
import ast
import contextlib
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import IO, Final

import coverage
import pytest

from tools import mutation
from tools.mutants import ROOT, Mutant, Sort, broken, unchanged
from tools.mutation import (
    KILLED,
    SURVIVED,
    Answer,
    Measurement,
    Tally,
    TestsSayNothing,
    allow_more_time,
)
from tools.transplant import put_in

TESTS: Final = "tests/approvals"
# Who reads a draft and whether a route can be filled is asked by permissions and services alone.
BESIDE: Final = ("approvals/permissions.py", "approvals/readers.py", "approvals/filling.py")
LEFT_OUT: Final = frozenset({"test_500_pairs.py", "test_whatever_happens.py"})
NEEDS_MORE: Final = frozenset({"postgres", "sqlite", "database", "live", "browser"})
# So many tests meet a control.
FEW: Final = 5


# --- which tests execute what


class Places:
    """The statements of a module, to find what a change of a line is a change of."""

    def __init__(self, module: str) -> None:
        self._tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))

    def lines(self, line: int) -> range | None:
        """The lines that a test must execute to meet a change of `line`; None: any of the module.

        What stands in no function has been executed before any test.
        """
        around = list(self._around(line))
        if not around or not any(isinstance(node, ast.FunctionDef) for node in around):
            return None
        inmost = around[-1]
        if isinstance(inmost, ast.FunctionDef):
            # A default value.
            return range(inmost.lineno, (inmost.end_lineno or line) + 1)
        body = getattr(inmost, "body", None)
        end = body[0].lineno - 1 if body else inmost.end_lineno or line
        return range(inmost.lineno, max(end, line) + 1)

    def _around(self, line: int) -> Iterator[ast.stmt | ast.ExceptHandler]:
        """What contains `line`, from the outermost to the inmost."""
        # Breadth first: what is inside comes after what is around.
        for node in ast.walk(self._tree):
            if not isinstance(node, ast.stmt | ast.ExceptHandler):
                continue
            if node.lineno <= line <= (node.end_lineno or line):
                yield node


class Executed:
    """What each test executes of some modules, and how long it takes."""

    def __init__(self, modules: Iterable[str]) -> None:
        self._files = {str(ROOT / module): module for module in modules}
        self._coverage = coverage.Coverage(
            data_file=None, config_file=False, include=list(self._files)
        )
        # Tests that execute nothing of it are no fault: its mutants survive.
        self._coverage.set_option("run:disable_warnings", ["no-data-collected"])
        self._by_line: dict[str, dict[int, list[str]]] = {}
        self._places = {module: Places(module) for module in self._files.values()}
        self.seconds: dict[str, float] = {}

    @contextlib.contextmanager
    def noted(self) -> Iterator[Callable[[str], object]]:
        """Note it from here on; the test that runs is to be named to what this yields."""
        self._coverage.start()
        try:
            yield self._coverage.switch_context
        finally:
            self._coverage.stop()
        data = self._coverage.get_data()
        self._by_line = {
            module: data.contexts_by_lineno(file) for file, module in self._files.items()
        }

    def by(self, module: str) -> set[str]:
        """The tests that execute anything of `module`."""
        return {test for tests in self._by_line[module].values() for test in tests}

    def what(self, mutant: Mutant) -> set[str]:
        """The tests that execute what `mutant` changed."""
        lines = self._places[mutant.module].lines(mutant.line)
        if lines is None:
            return self.by(mutant.module)
        found = self._by_line[mutant.module]
        return {test for line in lines for test in found.get(line, ())}


# --- in pytest


class Forks:
    """A plugin of pytest that measures instead of running the tests one after the other."""

    def __init__(self, options: argparse.Namespace, modules: Sequence[str]) -> None:
        self._options, self._modules = options, modules
        self._watch = mutation.Watch()
        self._executed = Executed(modules)
        self._items: dict[str, pytest.Item] = {}
        self.said, self.complaint = "", ""

    def pytest_configure(self, config: pytest.Config) -> None:
        config.pluginmanager.register(self._watch)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measure; `said` is the line to print, else `complaint` says why there is none."""
        mutation.leave_nothing_to_chance()
        try:
            aside = self._run_all([item for item in session.items if is_met(item)])
            self.said = self._measured(aside)
        except TestsSayNothing as nothing:
            self.complaint = str(nothing)
        return True

    def _run_all(self, items: list[pytest.Item]) -> int:
        """Run `items` with nothing changed; return how many of them fail, and are set aside."""
        if self._watch.failed or not items:
            raise TestsSayNothing(f"no tests can be read from {self._watch.failed or 'there'}")
        passed: list[pytest.Item] = []
        failed: list[pytest.Item] = []
        # The last one leaves open what all of them share, the database first of all.
        with self._executed.noted() as now_runs, output_kept(2):
            for item, following in pairwise([*items, items[0]]):
                now_runs(item.nodeid)
                started = time.process_time()
                (passed if self._passes(item, following) else failed).append(item)
                self._executed.seconds[item.nodeid] = time.process_time() - started
        if len(failed) * 10 > len(items):
            raise TestsSayNothing(
                f"{failed[0].nodeid} fails without any change, as {len(failed)} of {len(items)} do"
            )
        self._items = {item.nodeid: item for item in passed}
        return len(failed)

    def _passes(self, item: pytest.Item, following: pytest.Item) -> bool:
        """Run one test. Raises TestsSayNothing where it neither passes nor fails."""
        self._watch.passed.clear()
        self._watch.failed = ""
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if self._watch.failed:
            return False
        if item.nodeid not in self._watch.passed:
            raise TestsSayNothing(f"{item.nodeid} neither passes nor fails")
        return True

    def _measured(self, aside: int) -> str:
        options = self._options
        # The children are to copy as little of it as can be.
        gc.collect()
        gc.freeze()
        measurement = Measurement(self._work, jobs=options.jobs, verbose=options.verbose)
        for module in self._modules:
            if self._met_by(self._executed.by(module)):
                measurement.control(unchanged(module), SURVIVED)
                measurement.control(broken(module), KILLED)
        sorts = [Sort.STATEMENT, Sort.STRING]
        measurement.measure(mutation.drawn(self._modules, sorts, options))
        return measurement.tally.as_json(options.seed, tests=len(self._items), set_aside=aside)

    def _work(self, mutant: Mutant, tally: Tally) -> Callable[[], Answer]:
        if mutant.line:
            noticed = tally.noticed_beside(mutant)
            tests = self._met_by(self._executed.what(mutant))
            tests.sort(key=lambda test: -noticed[test])
        else:
            tests = self._met_by(self._executed.by(mutant.module))[:FEW]
        return lambda: self._verdict(mutant, [self._items[test] for test in tests])

    def _met_by(self, tests: Iterable[str]) -> list[str]:
        """Those of `tests` that count, the quickest first."""
        return sorted(
            (test for test in tests if test in self._items),
            key=lambda test: (self._executed.seconds[test], test),
        )

    def _verdict(self, mutant: Mutant, items: Sequence[pytest.Item]) -> Answer:
        """Whether one of `items` notices `mutant`, and which; in a process of its own."""
        mutation.limit_memory()
        allow_more_time()
        try:
            put_in(import_module(mutation.name_of(mutant.module)), mutant.code)
        except Exception as error:  # noqa: BLE001  whatever a changed module may raise
            return mutation.not_to_be_read(mutant, error)
        forget_what_is_put_together_once()
        # Some test has to follow the last one too: the end of all would close the database.
        for item, following in pairwise([*items, *items[:1]]):
            allow_more_time()
            if not self._passes(item, following):
                return KILLED, self._watch.failed
        return SURVIVED, ""


def is_met(item: pytest.Item) -> bool:
    needed = getattr(item, "fixturenames", ())
    return item.path.name not in LEFT_OUT and NEEDS_MORE.isdisjoint(needed)


def forget_what_is_put_together_once() -> None:
    from accounts.tables import permission_table

    permission_table.cache_clear()


def main() -> None:
    parser = mutation.parser(
        "Do the tests of approvals notice a change?",
        modules="approvals/services, permissions.py and what these ask",
        tests=TESTS,
    )
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    services = (path.as_posix() for path in Path("approvals/services").glob("[!_]*.py"))
    modules = options.modules or sorted([*services, *BESIDE])
    forks = Forks(options, modules)
    with tempfile.TemporaryDirectory() as data, output_kept(1) as output:
        os.environ |= {"BLUELAMP_DATA": data, "DATABASE_URL": "sqlite://:memory:"}
        os.environ.pop("REDIS_URL", None)
        # Without tests.servers, two processes and the order of the day.
        ini = ["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:randomly", "-s", "-q"]
        ini += ["-c", "pyproject.toml", "--rootdir", str(ROOT), "--strict-markers"]
        # Nothing but the figure is printed.
        status = pytest.main([*ini, options.tests], plugins=[forks])
        if not forks.said:
            output.seek(0)
            sys.stderr.write(output.read())
    if not forks.said:
        mutation.stop(forks.complaint or f"pytest ended with {status!r}")
    print(forks.said)


@contextlib.contextmanager
def output_kept(descriptor: int) -> Iterator[IO[str]]:
    """What is printed there meanwhile goes into a file, which this yields."""
    with tempfile.TemporaryFile("w+") as file:
        sys.stdout.flush()
        own = os.dup(descriptor)
        os.dup2(file.fileno(), descriptor)
        try:
            yield file
        finally:
            sys.stdout.flush()
            os.dup2(own, descriptor)
            os.close(own)


if __name__ == "__main__":
    main()
