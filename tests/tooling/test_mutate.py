"""Changing code to see whether tests notice: what is changed, and what is said about it."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.servers import ROOT
from tools import mutant_strings, mutants, pattern_pieces
from tools.mutants import Sort

MODULE = '''\
"""A module: its words stay as they are."""

PATTERN = r"(?i)\\bword(?!s)x+(?:man|woman)?\\s{0,2}(?:\\d|z)"


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
    return [make() for make in mutants.mutants("module.py", list(Sort))]


class TestTheMutants:
    def of(self, changed: list[mutants.Mutant], sort: Sort) -> list[tuple[int, str]]:
        return sorted((mutant.line, mutant.what) for mutant in changed if mutant.sort is sort)

    def test_differ_in_one_piece_of_a_pattern(self, changed: list[mutants.Mutant]) -> None:
        assert self.of(changed, Sort.PIECE) == [
            (3, "(?!s) left out"),
            (3, "(?i) left out"),
            (3, "+ left out"),
            (3, "0 1 for 0"),
            (3, "2 3 for 2"),
            (3, "\\b left out"),
            (3, "\\d| left out"),
        ]

    def test_differ_in_one_string(self, changed: list[mutants.Mutant]) -> None:
        text = repr(MODULE.splitlines()[2].partition(" = r")[2][1:-1])
        assert self.of(changed, Sort.STRING) == [
            (3, f"{text[:50]} in marks"),
            (9, "'good' in marks"),
        ]

    def test_differ_in_one_statement(self, changed: list[mutants.Mutant]) -> None:
        assert self.of(changed, Sort.STATEMENT) == [
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

    def test_leave_patterns_in_one_piece_unless_asked(self, changed: list[mutants.Mutant]) -> None:
        usual = [make() for make in mutants.mutants("module.py")]
        assert {mutant.sort for mutant in usual} == {Sort.STATEMENT, Sort.STRING}
        assert len(usual) == len(changed) - 7

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
        assert said[3, "\\b left out"][1] == r"(?i)word(?!s)x+(?:man|woman)?\s{0,2}(?:\d|z)"


class TestAStatement:
    @pytest.mark.parametrize(
        ("code", "what"),
        [
            pytest.param("[0 for x in y if a if x]", ["condition turned"] * 2, id="conditions"),
            pytest.param("0 <= x < y", ["Lt turned", "LtE turned"], id="two-comparisons"),
            pytest.param(
                "for x in y:\n    break", ["loop turned", "no round of the loop"], id="loop"
            ),
            pytest.param("try:\n    x\nexcept E:\n    y", ["nothing caught"], id="an-exception"),
            pytest.param("lambda: x", ["nothing returned"], id="a-lambda"),
            pytest.param("-x / y", ["Div turned", "sign left out"], id="arithmetic"),
            pytest.param("x = any_of('a', 'b')", [], id="not-a-list-of-words"),
            pytest.param("x: Final = 0.5", ["0.5 + 1"], id="a-fraction"),
        ],
    )
    def test_is_changed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, what: list[str]
    ) -> None:
        monkeypatch.setattr(mutants, "ROOT", tmp_path)
        (tmp_path / "module.py").write_text(code)
        made = [make() for make in mutants.mutants("module.py", [Sort.STATEMENT])]
        assert sorted(mutant.what for mutant in made if mutant.what != "0 + 1") == what


class TestTheStrings:
    @pytest.mark.parametrize(
        ("code", "others"),
        [
            pytest.param("f('a', 'b')", ["f('XXaXX', 'b')", "f('a', 'XXbXX')"], id="names"),
            pytest.param("{'a', 'b', x}", ["{'XXaXX', 'XXbXX', x}"], id="a-list-is-one"),
            pytest.param("any_of('a', 'b')", ["any_of('XXaXX', 'XXbXX')"], id="given-one-by-one"),
            pytest.param(
                "(*('a', 'b'), *('c', x))", ["(*('XXaXX', 'XXbXX'), *('XXcXX', x))"], id="in-rows"
            ),
            pytest.param("{'a': 'b'}", ["{'XXaXX': 'XXbXX'}"], id="a-table-is-one"),
            pytest.param("('a', 'b|c')", ["('XXaXX', 'b|c')", "('a', 'XX(?:b|c)XX')"], id="both"),
            pytest.param("f('(?i)a|b')", ["f('(?i)XX(?:a|b)XX')"], id="flags-go-first"),
            pytest.param("f('(?:a')", ["f('XX(?:aXX')"], id="part-of-a-pattern"),
            pytest.param(
                "f(f'(?i){x:>3}|a')", ["f(f'(?i)XX(?:{x:>3}|a)XX')"], id="with-a-value"
            ),
            pytest.param(
                f"f('{'word ' * 15}')", [f"f('{'XXwordXX ' * 15}')"], id="many-words-in-one"
            ),
            pytest.param("f('You may.', 'A title')", [], id="for-people"),
            pytest.param("f(Span(0, 1, f'it is {x}'))", [], id="a-message"),
            pytest.param("raise ValueError('a b')", [], id="an-error"),
            pytest.param("x: 'Name' = y", [], id="an-annotation"),
            pytest.param("__slots__ = ('a', 'b')", [], id="read-by-python"),
            pytest.param("def f():\n    'what it does'", [], id="a-docstring"),
        ],
    )  # fmt: skip
    def test_are_put_in_marks(self, code: str, others: list[str]) -> None:
        tree = ast.parse(code)
        plain = ast.unparse(tree)
        changed = []
        for site in mutant_strings.sites(tree):
            old, new = ast.unparse(site), ast.unparse(mutant_strings.in_marks(site))
            changed.append(plain.replace(old, new))
        assert sorted(changed) == sorted(others)


def changed_to(text: str, *, whole: bool = True) -> list[str]:
    found = pattern_pieces.pieces(text, whole=whole)
    return sorted(text[:start] + instead + text[end:] for start, end, instead in found)


class TestThePieces:
    @pytest.mark.parametrize(
        ("text", "others"),
        [
            pytest.param(r"a|b\d|c", ["a|c"], id="an-alternative"),
            pytest.param(r"(?:\d|b)c", ["(?:b)c"], id="the-first"),
            pytest.param(r"(?:b|\d)c", ["(?:b)c"], id="the-last"),
            pytest.param(r"man|wom[ae]n", ["man"], id="with-a-class"),
            pytest.param(r"\p{Lu}{2}", [r"\p{Lu}{3}"], id="a-number"),
            pytest.param(r"(?<!no )a(?= (?:on|up))", ["(?<!no )a", "a(?= (?:on|up))"], id="look"),
            pytest.param(r"[|?*]", [], id="nothing-in-a-class"),
            pytest.param(r"\(\||thefts?|(?:the )?end", ["thefts?|(?:the )?end"], id="words-stay"),
        ],
    )  # fmt: skip
    def test_of_a_pattern(self, text: str, others: list[str]) -> None:
        assert changed_to(text) == others

    def test_leave_alone_what_another_string_began(self) -> None:
        # The outer alternatives start before and end after this string.
        assert changed_to(r"\d|e\d)|\w", whole=False) == [r"\d)|\w"]


FINE = "def test_holds():\n    assert not []\n"
BY_CHANCE = """\
from hypothesis import given, strategies

@given(strategies.text())
def test_by_chance(text):
    assert text == str(text)
"""


def run_tool(tool: str, module: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Three mutants of `module`, in a process of their own."""
    # Without what the run of tests around this one sets: pytest starts anew in there.
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "COVERAGE", "COV_"))
    }
    return subprocess.run(
        [sys.executable, "-m", f"tools.{tool}", module, "--sample", "3", *options],
        cwd=ROOT,
        env=kept,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


class TestTheRun:
    def run(
        self, tests: str | Path, *options: str, module: str = "hosts"
    ) -> subprocess.CompletedProcess[str]:
        return run_tool("mutate", f"policy/core/{module}.py", "--tests", str(tests), *options)

    def test_prints_one_line_and_names_what_survived(self) -> None:
        run = self.run("tests/policy/core/test_hosts.py")
        assert run.returncode == 0, run.stderr
        (line,) = run.stdout.splitlines()
        said = json.loads(line)
        assert said["total"] == 3
        assert said["killed"] + len(run.stderr.splitlines()) == 3
        assert said["modules"]["policy/core/hosts.py"]["total"] == 3
        assert said["killed"] >= 2
        assert "pattern pieces" not in said

    def test_takes_patterns_apart_when_asked(self) -> None:
        run = self.run("tests/policy/core/test_patterns.py", "--patterns", module="patterns")
        assert run.returncode == 0, run.stderr
        said = json.loads(run.stdout)
        assert said["pattern pieces"]["total"] == said["total"] > 0
        assert "statements" not in said
        assert "strings" not in said

    @pytest.mark.parametrize("text", [FINE, BY_CHANCE], ids=["a-plain-one", "one-by-chance"])
    def test_kills_nothing_with_tests_that_do_not_look(self, tmp_path: Path, text: str) -> None:
        tests = tmp_path / "test_beside_the_point.py"
        tests.write_text(text)
        run = self.run(tests)
        assert run.returncode == 0, run.stderr
        assert json.loads(run.stdout)["killed"] == 0

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            pytest.param("", "NO_TESTS_COLLECTED", id="no-tests"),
            pytest.param(None, "USAGE_ERROR", id="no-file"),
            pytest.param("def test_fails():\n    assert []\n", "fails without", id="a-failure"),
            pytest.param("import nowhere_at_all\n", "fails without", id="not-to-be-read"),
            pytest.param("def test_one(nothing):\n    pass\n", "fails without", id="an-error"),
            pytest.param(
                "import pytest\n\ndef test_one():\n    pytest.exit('x', returncode=1)\n",
                "TESTS_FAILED",
                id="a-sudden-end",
            ),
        ],
    )
    def test_stops_where_tests_say_nothing(
        self, tmp_path: Path, text: str | None, why: str
    ) -> None:
        tests = tmp_path / "test_odd.py"
        if text is not None:
            tests.write_text(text)
        run = self.run(tests)
        assert run.returncode == 1
        assert not run.stdout
        assert why in run.stderr
        assert "Nothing was measured." in run.stderr


class TestTheRunWithADatabase:
    def run(self, tests: str | Path, *options: str) -> subprocess.CompletedProcess[str]:
        module = "approvals/services/views.py"
        return run_tool("mutate_approvals", module, "--tests", str(tests), *options)

    def test_puts_each_change_where_the_code_is_in_use(self) -> None:
        run = self.run("tests/approvals/test_together.py::TestViews", "--verbose")
        assert run.returncode == 0, run.stderr
        said = json.loads(run.stdout)
        assert (said["total"], said["set_aside"]) == (3, 0)
        assert said["killed"] >= 2
        lines = run.stderr.splitlines()
        assert "nothing changed: survived" in lines[0]
        assert "every function broken: killed tests/approvals/" in lines[1]
        assert len(lines) == 5

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            pytest.param("", "no tests", id="no-tests"),
            pytest.param("def test_fails():\n    assert []\n", "fails without", id="a-failure"),
            pytest.param("import nowhere_at_all\n", "no tests can be read", id="not-to-be-read"),
            pytest.param(
                "import pytest\n\ndef test_one():\n    pytest.skip('x')\n",
                "neither passes nor fails",
                id="neither",
            ),
        ],
    )
    def test_stops_where_tests_say_nothing(self, tmp_path: Path, text: str, why: str) -> None:
        tests = tmp_path / "test_odd.py"
        tests.write_text(text)
        run = self.run(tests)
        assert run.returncode == 1
        assert not run.stdout
        assert why in run.stderr
        assert "Nothing was measured." in run.stderr


class TestTheRunOverDeclarations:
    def test_takes_each_away_and_asks_the_matrix(self) -> None:
        run = run_tool("mutate_access", "incidents", "--verbose")
        assert run.returncode == 0, run.stderr
        said = json.loads(run.stdout)
        assert (said["killed"], said["total"], said["set_aside"]) == (3, 3, 0)
        assert said["cells"] > 50
        assert {line.partition("/")[0] for line in run.stderr.splitlines()} == {"incidents"}
