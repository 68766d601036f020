"""Changes the review desk's code in small ways and sees whether a test notices.

`make mutate-approvals`: the services of approvals, and what decides who may do what. They need
Django and a database, which take seconds to come up, so that they come up once: in one run of
pytest, on SQLite in memory. It forks, database and all. Some children run the tests with nothing
changed and note what each executes. Then there is one for each mutant (`tools.mutants`), which puts
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
import pickle
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
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
# Who reads a draft is asked by permissions and services alone.
BESIDE: Final = ("approvals/permissions.py", "approvals/readers.py")
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
        self._places = {module: Places(module) for module in self._files.values()}
        self.by_line: dict[str, dict[int, set[str]]] = {module: {} for module in self._places}
        self.seconds: dict[str, float] = {}

    def note(self, tests: Mapping[str, Callable[[], object]]) -> None:
        """Run `tests`, by name, and note it."""
        noted = coverage.Coverage(data_file=None, config_file=False, include=list(self._files))
        # Tests that execute nothing of it are no fault: its mutants survive.
        noted.set_option("run:disable_warnings", ["no-data-collected"])
        noted.start()
        for name, run in tests.items():
            noted.switch_context(name)
            started = time.process_time()
            run()
            self.seconds[name] = time.process_time() - started
        noted.stop()
        data = noted.get_data()
        for file, module in self._files.items():
            self._add(module, data.contexts_by_lineno(file))

    def _add(self, module: str, lines: Mapping[int, Iterable[str]]) -> None:
        for line, tests in lines.items():
            self.by_line[module].setdefault(line, set()).update(tests)

    def add(
        self, by_line: Mapping[str, Mapping[int, set[str]]], seconds: Mapping[str, float]
    ) -> None:
        """Take over what was noted elsewhere."""
        self.seconds |= seconds
        for module, lines in by_line.items():
            self._add(module, lines)

    def by(self, module: str) -> set[str]:
        """The tests that execute anything of `module`."""
        return {test for tests in self.by_line[module].values() for test in tests}

    def what(self, mutant: Mutant) -> set[str]:
        """The tests that execute what `mutant` changed."""
        lines = self._places[mutant.module].lines(mutant.line)
        if lines is None:
            return self.by(mutant.module)
        found = self.by_line[mutant.module]
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
            self.said = self._measured(set_aside=self._run_all(session))
        except TestsSayNothing as nothing:
            self.complaint = str(nothing)
        return True

    def _run_all(self, session: pytest.Session) -> int:
        """Run all tests with nothing changed; return how many of them fail, and are set aside."""
        items = [item for item in session.items if is_met(item)]
        if self._watch.failed or not items:
            raise TestsSayNothing(f"no tests can be read from {self._watch.failed or 'there'}")
        self._set_up(session, items)
        parts = [items[start :: self._options.jobs] for start in range(self._options.jobs)]
        failed: list[str] = []
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / str(number) for number in range(len(parts))]
            mutation.all_answers(
                [partial(self._noted, *some) for some in zip(parts, files, strict=True)]
            )
            for file in files:
                *noted, of_these = pickle.loads(file.read_bytes())  # noqa: S301  our own file
                self._executed.add(*noted)
                failed += of_these
        if len(failed) * 10 > len(items):
            raise TestsSayNothing(
                f"{failed[0]} fails without any change, as {len(failed)} of {len(items)} do"
            )
        self._items = {item.nodeid: item for item in items if item.nodeid not in failed}
        return len(failed)

    def _set_up(self, session: pytest.Session, items: Sequence[pytest.Item]) -> None:
        """Make the database, by a test that needs it, and leave open what all tests share."""
        first = next((item for item in items if item.get_closest_marker("django_db")), items[0])
        with output_kept(2):
            self._passes(first, items[-1])
        for item in (items[0], items[-1]):
            session._setupstate.teardown_exact(item)  # noqa: SLF001  pytest has no other way

    def _noted(self, items: Sequence[pytest.Item], file: Path) -> Answer:
        """Run `items`; write to `file` what they execute and which fail; in a process of its own.

        Some test has to follow the last one too: the end of all would close the database.
        """
        failed: list[str] = []

        def run(item: pytest.Item, following: pytest.Item) -> None:
            if not self._passes(item, following):
                failed.append(item.nodeid)

        executed = Executed(self._modules)
        following = pairwise([*items, *items[:1]])
        executed.note({item.nodeid: partial(run, item, after) for item, after in following})
        file.write_bytes(pickle.dumps((executed.by_line, executed.seconds, failed)))
        return SURVIVED, ""

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

    def _measured(self, *, set_aside: int) -> str:
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
        return measurement.tally.as_json(options.seed, tests=len(self._items), set_aside=set_aside)

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
        modules="files of approvals/services, permissions.py and what these ask",
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
