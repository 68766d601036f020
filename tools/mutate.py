"""Changes the rulebook's code in small ways and sees whether a test notices: `make mutate`.

Each mutant (`tools.mutants`) differs from policy/core in one place. In a process of its own it
meets the test files one after the other, those first that are named after the module or that
noticed an earlier change beside it; one that no test fails on has survived. A test file that cannot
be read because the code raises kills it too (`tools.mutation` says what else does). Whatever else
pytest may say (nothing collected, a wrong argument, an error of its own) stops the run. Tests about
time and about texts made by chance are left out, since a busy machine fails them by itself: what
only they notice counts as survived.

Statements and strings are changed as the common tools for Python change them. `--patterns` takes
the regular expressions apart instead, piece by piece, which those tools do not do. It has a figure
of its own, for it would not compare with any other, and a far lower one: most pieces are there for
a turn of phrase that no test has. Neither figure says anything about the other.

Prints one line of JSON: killed and total per module, per sort of change and in all. Survivors are
named on standard error, with `--verbose` also what noticed the others.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.abc import SourceLoader
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Final

import pytest
import regex

from tools import mutation
from tools.mutants import ROOT, Mutant, Sort, unchanged
from tools.mutation import (
    KILLED,
    SURVIVED,
    Answer,
    Measurement,
    Tally,
    TestsSayNothing,
    allow_more_time,
)

TESTS: Final = "tests/policy/core"
LEFT_OUT: Final = frozenset(
    {"test_hostile.py", "test_hostile_lines.py", "test_metamorphic.py", "test_redos.py"}
)


class Watch(mutation.Watch):
    """It also stops what does not end."""

    def pytest_collectstart(self) -> None:
        allow_more_time()

    def pytest_runtest_logstart(self) -> None:
        allow_more_time()


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
    raise TestsSayNothing(f"pytest ended with {status!r} after {len(watch.passed)} tests")


def verdict(mutant: Mutant, tests: Sequence[str]) -> Answer:
    """Whether one of `tests` notices `mutant`, and which; to be asked in a process of its own."""
    name = mutation.name_of(mutant.module)
    usual = SourceFileLoader.get_code

    def get_code(self: SourceLoader, fullname: str) -> CodeType | None:
        return mutant.code if fullname == name else usual(self, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign,assignment]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    mutation.leave_nothing_to_chance()
    mutation.limit_memory()
    allow_more_time()
    try:
        import_module(name)
    except Exception as error:  # noqa: BLE001  whatever a changed module may raise
        return mutation.not_to_be_read(mutant, error)
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


def test_files(where: str) -> list[str]:
    """The files of tests at `where`, a file or a folder, taken from ROOT."""
    path = ROOT / where
    files = sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
    return [str(file) for file in files if file.name not in LEFT_OUT]


def nearest_first(module: str, files: Iterable[str], noticed: Mapping[str, int]) -> list[str]:
    """`files` in the order in which they will probably notice a change of `module`.

    `noticed`: how often a test noticed a change in the same folder.
    """
    path, by_file = Path(module), Counter[str]()
    for test, times in noticed.items():
        by_file[Path(test.partition("::")[0]).name] += times

    def distance(file: str) -> tuple[bool, bool, int]:
        name = Path(file).name
        elsewhere = f"_{path.stem}" not in name
        return elsewhere, f"_{path.parent.name}" not in name, -by_file[name]

    return sorted(files, key=distance)


def asked() -> argparse.Namespace:
    parser = mutation.parser(
        "Do the rulebook's tests notice a change?", modules="files of policy/core", tests=TESTS
    )
    parser.add_argument("--patterns", action="store_true", help="change pieces of patterns instead")
    return parser.parse_args()


def main() -> None:
    options = asked()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    paths = options.modules or [path.as_posix() for path in Path("policy/core").rglob("*.py")]
    sorts = [Sort.PIECE] if options.patterns else [Sort.STATEMENT, Sort.STRING]
    files = test_files(options.tests)
    compile_ahead()

    def work(mutant: Mutant, tally: Tally) -> Callable[[], Answer]:
        tests = nearest_first(mutant.module, files, tally.noticed_beside(mutant))
        return lambda: verdict(mutant, tests)

    measurement = Measurement(work, jobs=options.jobs, verbose=options.verbose)
    try:
        # The same way with nothing changed: what is killed there is killed by the way itself.
        measurement.control(unchanged(min(paths)), SURVIVED)
        measurement.measure(mutation.drawn(paths, sorts, options))
    except TestsSayNothing as nothing:
        mutation.stop(nothing)
    print(measurement.tally.as_json(options.seed))


if __name__ == "__main__":
    main()
