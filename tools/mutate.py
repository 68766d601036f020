"""Changes the rulebook's code in small ways and sees whether a test notices: `make mutate`.

Each mutant (`tools.mutants`) differs from policy/core in one place. In a process of its own it
meets the tests that reach that line, then those that reach the module; one that no test fails on
has survived. Prints one line of JSON: killed and total per module and in all. Survivors are named
on standard error.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.abc import SourceLoader
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Final

import coverage
import hypothesis
import pytest

from tools.mutants import ROOT, Mutant, mutants

TESTS: Final = "tests/policy/core"
# Processor seconds after which a mutant counts as noticed: it no longer ends.
LIMIT: Final = 60


def run_tests(tests: Sequence[str]) -> int:
    """Run `tests` in this process, without the plugins and servers of the whole suite."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    hypothesis.settings.register_profile("fixed", derandomize=True, database=None)
    hypothesis.settings.load_profile("fixed")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    ini = ["-c", os.devnull, "--rootdir", str(ROOT), "--noconftest", "-p", "no:cacheprovider"]
    return int(pytest.main([*ini, "-x", "-q", "--import-mode=importlib", *tests]))


def in_a_child(work: Callable[[], int]) -> int:
    """Start `work` in a process of its own; its id."""
    if pid := os.fork():
        return pid
    status = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        status = work()
    finally:
        os._exit(status)


def reach(folder: Path, suite: str) -> dict[str, dict[int, set[str]]]:
    """Module → line → the tests that reach it; line 0 stands for the whole module."""
    data_file = str(folder / "coverage")

    def covered() -> int:
        measure = coverage.Coverage(data_file, config_file=False, include=["*/policy/core/*"])
        measure.set_option("run:dynamic_context", "test_function")
        measure.start()
        status = run_tests([suite])
        measure.stop()
        measure.save()
        return status

    _, status = os.waitpid(in_a_child(covered), 0)
    if status:
        sys.exit(f"The tests fail without any change: run make test T={suite} first.")
    data = coverage.CoverageData(data_file)
    data.read()
    found: dict[str, dict[int, set[str]]] = {}
    for file in data.measured_files():
        lines = data.contexts_by_lineno(file)
        by_line = {
            line: {_node_id(one) for one in contexts if one} for line, contexts in lines.items()
        }
        by_line[0] = set().union(*by_line.values())
        found[Path(file).relative_to(ROOT).as_posix()] = by_line
    return found


def _node_id(context: str) -> str:
    """`tests.policy.core.test_hosts.TestHost.test_x` as pytest names it."""
    parts = context.split(".")
    end = next(place for place, part in enumerate(parts) if part.startswith("test_")) + 1
    # A test that Hypothesis runs goes by no name of its own: all of its file is taken.
    names = [] if "<locals>" in parts else parts[end:]
    return "::".join(["/".join(parts[:end]) + ".py", *names])


def is_noticed(mutant: Mutant, tests: Sequence[str]) -> int:
    """Start the tests of one mutant; the id of the process, which ends with 0 if it survives."""
    name = mutant.module.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    def work() -> int:
        usual = SourceFileLoader.get_code

        def get_code(self: SourceLoader, fullname: str) -> CodeType | None:
            return mutant.code if fullname == name else usual(self, fullname)

        SourceFileLoader.get_code = get_code  # type: ignore[method-assign,assignment]
        return run_tests(tests)

    return in_a_child(work)


def main() -> None:
    parser = argparse.ArgumentParser(description="Do the rulebook's tests notice a change?")
    parser.add_argument("modules", nargs="*", help="files of policy/core; all unless given")
    parser.add_argument("--sample", type=int, default=0, help="how many mutants; all unless given")
    parser.add_argument("--tests", default=TESTS, help="the tests to meet (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    paths = options.modules or map(str, sorted(Path("policy/core").rglob("*.py")))
    makers = [maker for path in paths for maker in mutants(path)]
    random.Random(options.seed).shuffle(makers)  # noqa: S311  which mutants is no secret
    with tempfile.TemporaryDirectory() as folder:
        reached = reach(Path(folder), options.tests)
    killed, total, running = Counter[str](), Counter[str](), dict[int, Mutant]()
    queue = iter(makers[: options.sample or None])
    while True:
        for maker in queue:
            mutant = maker()
            lines = reached.get(mutant.module, {0: set()})
            near = lines.get(mutant.line, set())
            # What is worked out once is reached by one test and used by others.
            tests = [*sorted(near, key=_own_first(mutant)), *sorted(lines[0] - near)]
            running[is_noticed(mutant, tests or [options.tests])] = mutant
            if len(running) >= options.jobs:
                break
        if not running:
            break
        pid, status = os.wait()
        mutant = running.pop(pid)
        total[mutant.module] += 1
        killed[mutant.module] += bool(status)
        if not status:
            print(f"{mutant.module}:{mutant.line}: {mutant.what}", file=sys.stderr, flush=True)
    modules = {name: {"killed": killed[name], "total": total[name]} for name in sorted(total)}
    share = round(killed.total() / total.total(), 3) if total else None
    result = {"seed": options.seed, "killed": killed.total(), "total": total.total()}
    print(json.dumps({**result, "share": share, "modules": modules}))


def _own_first(mutant: Mutant) -> Callable[[str], tuple[bool, str]]:
    stem = Path(mutant.module).stem
    return lambda test: (f"_{stem}" not in test, test)


if __name__ == "__main__":
    main()
