"""Changes the rulebook's code in small ways and sees whether a test notices: `make mutate`.

Each mutant (`tools.mutants`) differs from policy/core in one place. In a process of its own it
meets the test files one after the other, those first that are named after the module or that
noticed an earlier change beside it; one that no test fails on has survived. A mutant is killed only
by a test that fails, a test file that cannot be read because the code raises, or a test that no
longer ends. Whatever else pytest may say (nothing collected, a wrong argument, an error of its
own) stops the run: it says nothing about the tests. A string that the module cannot be read with
is no mutant, and is not counted. Tests about time and about texts made by chance are left out,
since a busy machine fails them by itself: what only they notice counts as survived.

Statements and strings are changed as the common tools for Python change them. `--patterns` takes
the regular expressions apart instead, piece by piece, which those tools do not do. It has a figure
of its own, for it would not compare with any other, and a far lower one: most pieces are there for
a turn of phrase that no test has. Neither figure says anything about the other.

Prints one line of JSON: killed and total per module, per sort of change and in all. Survivors are
named on standard error, with `--verbose` also what noticed the others.
"""

import argparse
import json
import os
import random
import resource
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.abc import SourceLoader
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Final

import hypothesis
import pytest
import regex

from tools.mutants import ROOT, Mutant, Sort, mutants, unchanged

TESTS: Final = "tests/policy/core"
LEFT_OUT: Final = frozenset(
    {"test_hostile.py", "test_hostile_lines.py", "test_metamorphic.py", "test_redos.py"}
)
# Processor seconds after which a test, or reading a file of tests, counts as never ending.
LIMIT: Final = 30
MEMORY: Final = 4 << 30

SURVIVED: Final = "survived"
KILLED: Final = "killed"
NO_MUTANT: Final = "no mutant"


class TestsSayNothing(Exception):
    """Pytest ended without an answer: neither did all tests pass nor did one fail."""


class Watch:
    """A plugin of pytest that sees what fails, and stops what does not end."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = ""

    def pytest_collectstart(self) -> None:
        _allow_more_time()

    def pytest_runtest_logstart(self) -> None:
        _allow_more_time()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed = self.failed or report.nodeid or "a file"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.passed += report.passed and report.when == "call"
        if report.failed:
            self.failed = self.failed or report.nodeid


def _allow_more_time() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + LIMIT
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def first_failure(tests: Sequence[str]) -> str:
    """The first of `tests` (files) that fails; empty if all pass.

    Raises TestsSayNothing unless pytest answers one or the other.
    """
    watch = Watch()
    ini = ["-c", os.devnull, "--rootdir", str(ROOT), "--noconftest", "-p", "no:cacheprovider"]
    status = pytest.main([*ini, "-x", "-q", "--import-mode=importlib", *tests], plugins=[watch])
    if status == pytest.ExitCode.OK and watch.passed and not watch.failed:
        return ""
    # INTERRUPTED is how pytest ends when a file of tests raises while it is read.
    if status in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED) and watch.failed:
        return watch.failed
    raise TestsSayNothing(f"pytest ended with {status!r} after {watch.passed} tests")


def verdict(mutant: Mutant, tests: Sequence[str]) -> tuple[str, str]:
    """Whether one of `tests` notices `mutant`, and which; to be asked in a process of its own."""
    name = mutant.module.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    usual = SourceFileLoader.get_code

    def get_code(self: SourceLoader, fullname: str) -> CodeType | None:
        return mutant.code if fullname == name else usual(self, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign,assignment]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    hypothesis.settings.register_profile("fixed", derandomize=True, database=None)
    hypothesis.settings.load_profile("fixed")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    _allow_more_time()
    try:
        import_module(name)
    except Exception as error:  # noqa: BLE001  whatever a changed module may raise
        if mutant.sort is not Sort.STATEMENT:
            return NO_MUTANT, ""
        return KILLED, f"import: {error!r}"
    # The few that probably notice first: reading all of them takes time.
    for some in (tests[:3], tests[3:]):
        if some and (failed := first_failure(some)):
            return KILLED, failed
    return SURVIVED, ""


def compile_ahead() -> None:
    """Compile the rulebook's patterns once: the children find them in the cache of `regex`.

    They read the rulebook's code anew.
    """
    vars(sys.modules[regex.compile.__module__])["_MAXCACHE"] = 100_000
    import_module("policy.core")
    for name in [name for name in sys.modules if name.partition(".")[0] == "policy"]:
        del sys.modules[name]


def in_a_child(work: Callable[[], tuple[str, str]]) -> tuple[int, int]:
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


def answered(answer: int, status: int) -> tuple[str, str]:
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


def test_files(where: str) -> list[str]:
    """The files of tests at `where`, a file or a folder, taken from ROOT."""
    path = ROOT / where
    files = sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
    return [str(file) for file in files if file.name not in LEFT_OUT]


def nearest_first(module: str, files: Iterable[str], noticed: Mapping[str, int]) -> list[str]:
    """`files` in the order in which they will probably notice a change of `module`.

    `noticed`: how often a file, by its name, noticed a change in the same folder.
    """
    path = Path(module)

    def distance(file: str) -> tuple[bool, bool, int]:
        name = Path(file).name
        elsewhere = f"_{path.stem}" not in name
        return elsewhere, f"_{path.parent.name}" not in name, -noticed.get(name, 0)

    return sorted(files, key=distance)


class Tally:
    """What has been killed of what, per module and per sort of change."""

    def __init__(self) -> None:
        self.killed, self.total = Counter[str](), Counter[str]()
        self.noticed: dict[str, Counter[str]] = {}
        self.no_mutants = 0

    def count(self, mutant: Mutant, word: str, by: str) -> None:
        if word == NO_MUTANT:
            self.no_mutants += 1
            return
        for key in (mutant.module, mutant.sort.value, "all"):
            self.total[key] += 1
            self.killed[key] += word == KILLED
        if "::" in by:
            noticed = self.noticed.setdefault(str(Path(mutant.module).parent), Counter())
            noticed[Path(by.partition("::")[0]).name] += 1

    def as_json(self, seed: int) -> str:
        def of(key: str) -> dict[str, int]:
            return {"killed": self.killed[key], "total": self.total[key]}

        every = self.total["all"]
        share = round(self.killed["all"] / every, 3) if every else None
        sorts = {sort.value: of(sort.value) for sort in Sort if self.total[sort.value]}
        modules = {name: of(name) for name in sorted(self.total) if "/" in name}
        result = {"seed": seed, **of("all"), "share": share, "no_mutants": self.no_mutants}
        return json.dumps({**result, **sorts, "modules": modules})


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Do the rulebook's tests notice a change?")
    parser.add_argument("modules", nargs="*", help="files of policy/core; all unless given")
    parser.add_argument("--sample", type=int, default=0, help="how many mutants; all unless given")
    parser.add_argument("--tests", default=TESTS, help="the tests to meet (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--patterns", action="store_true", help="change pieces of patterns instead")
    parser.add_argument("--verbose", action="store_true", help="say what noticed each mutant")
    return parser.parse_args()


def main() -> None:
    options = asked()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    paths = options.modules or [path.as_posix() for path in Path("policy/core").rglob("*.py")]
    sorts = [Sort.PIECE] if options.patterns else [Sort.STATEMENT, Sort.STRING]
    makers = [maker for path in sorted(paths) for maker in mutants(path, sorts)]
    random.Random(options.seed).shuffle(makers)  # noqa: S311  which mutants is no secret
    files = test_files(options.tests)
    compile_ahead()
    tally, running = Tally(), dict[int, tuple[Mutant, int]]()

    def start(mutant: Mutant) -> None:
        folder = str(Path(mutant.module).parent)
        tests = nearest_first(mutant.module, files, tally.noticed.get(folder, {}))
        pid, answer = in_a_child(lambda: verdict(mutant, tests))
        running[pid] = (mutant, answer)

    def end() -> tuple[Mutant, str, str]:
        pid, status = os.wait()
        mutant, answer = running.pop(pid)
        place = f"{mutant.module}:{mutant.line}: {mutant.what}"
        try:
            word, by = answered(answer, status)
        except TestsSayNothing as nothing:
            sys.exit(f"{place}: {nothing}. Nothing was measured.")
        if options.verbose or (word == SURVIVED and mutant.line):
            print(f"{place}: {word} {by}".rstrip(), file=sys.stderr, flush=True)
        return mutant, word, by

    # The same way with nothing changed: what is killed there is killed by the way itself.
    start(unchanged(min(paths)))
    control, word, by = end()
    if word != SURVIVED:
        sys.exit(f"{control.module}: {by} fails without any change. Nothing was measured.")
    queue = iter(makers[: options.sample or None])
    while True:
        for maker in queue:
            start(maker())
            if len(running) >= options.jobs:
                break
        if not running:
            break
        tally.count(*end())
    print(tally.as_json(options.seed))


if __name__ == "__main__":
    main()
