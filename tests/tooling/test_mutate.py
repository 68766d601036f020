"""Changing code to see whether tests notice: what is changed, and what is said about it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.servers import ROOT
from tools import mutants

MODULE = '''\
"""A module: its words stay as they are."""

PATTERN = r"(?i)\\bword(?!s)x+"


def grade(mark: int = 3, *, strict: bool = False) -> str:
    """Not changed."""
    if mark >= 8 and not strict:
        return "good"
    return tweets("left (?i) alone")


def never() -> bool:
    return False
'''


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[mutants.Mutant]:
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    (tmp_path / "module.py").write_text(MODULE)
    return [make() for make in mutants.mutants("module.py")]


class TestTheMutants:
    def test_differ_in_one_place_each(self, changed: list[mutants.Mutant]) -> None:
        assert sorted((mutant.line, mutant.what) for mutant in changed) == [
            (3, "(?!s) left out"),
            (3, "(?i) left out"),
            (3, "+ left out"),
            (3, "\\b left out"),
            (6, "3 + 1"),
            (6, "truth turned"),
            (8, "8 + 1"),
            (8, "And turned"),
            (8, "GtE turned"),
            (8, "condition turned"),
            (8, "not left out"),
            (9, "nothing returned"),
            (10, "nothing returned"),
            (14, "truth turned"),
        ]

    def test_behave_differently(self, changed: list[mutants.Mutant]) -> None:
        said = {}
        for mutant in changed:
            names: dict[str, Any] = {"tweets": lambda text: "other"}
            exec(mutant.code, names)  # noqa: S102  that is what a mutant is for
            said[mutant.line, mutant.what] = (names["grade"](8), names["PATTERN"])
        assert said[8, "GtE turned"][0] == "other"
        assert said[8, "8 + 1"][0] == "other"
        assert said[9, "nothing returned"][0] is None
        assert said[8, "And turned"][0] == "good"
        assert said[3, "\\b left out"][1] == r"(?i)word(?!s)x+"


class TestTheRun:
    @pytest.fixture
    def run(self) -> subprocess.CompletedProcess[str]:
        # Without what the run of tests around this one sets: pytest starts anew in there.
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST", "COVERAGE", "COV_"))
        }
        return subprocess.run(
            [
                *(sys.executable, "-m", "tools.mutate", "policy/core/hosts.py", "--sample", "3"),
                *("--tests", "tests/policy/core/test_hosts.py"),
            ],
            cwd=ROOT,
            env=kept,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )

    def test_prints_one_line_and_names_what_survived(
        self, run: subprocess.CompletedProcess[str]
    ) -> None:
        assert run.returncode == 0, run.stderr
        (line,) = run.stdout.splitlines()
        said = json.loads(line)
        assert said["total"] == 3
        assert said["killed"] + len(run.stderr.splitlines()) == 3
        assert said["modules"]["policy/core/hosts.py"]["total"] == 3
        assert said["killed"] >= 2
