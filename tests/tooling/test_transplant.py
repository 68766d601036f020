"""Changed code takes the place of a module's code, wherever that is in use."""

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from tools.transplant import put_in

CODE = """
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

MOST = 6
NAMES = {"a": lambda: "old", "b": lambda: "left out"}


def said(word="old"):
    return f"{word} {MOST}"


@contextmanager
def around():
    yield "old"


class Refused(Exception):
    def __init__(self, word):
        super().__init__(word)
        self.word = "old"


@dataclass(frozen=True, slots=True)
class Outcome:
    word: str
    times: int = 1

    @property
    def text(self):
        return f"old {self.word}"


class Seen(NamedTuple):
    step: int = 1
"""


@pytest.fixture
def home() -> Iterator[ModuleType]:
    """A module that another one imported everything from."""
    module, other = ModuleType("changed_home"), ModuleType("changed_elsewhere")
    with pytest.MonkeyPatch.context() as patch:
        for each in (module, other):
            patch.setitem(sys.modules, each.__name__, each)
        exec(CODE, vars(module))  # noqa: S102  as an import does
        exec("from changed_home import *", vars(other))  # noqa: S102  the same
        yield module


def change(home: ModuleType, old: str, new: str) -> ModuleType:
    """The module that imported everything, after `old` became `new` where it comes from."""
    put_in(home, compile(CODE.replace(old, new), "changed_home.py", "exec"))
    return sys.modules["changed_elsewhere"]


class TestAModuleInUse:
    def test_is_the_same_after_it_is_put_in_its_own_place(self, home: ModuleType) -> None:
        before = {name: value for name, value in vars(home).items() if name[0] != "_"}
        elsewhere = change(home, "", "")
        for name, value in before.items():
            assert vars(home)[name] is value
            assert vars(elsewhere)[name] is value
        assert elsewhere.said() == "old 6"
        assert elsewhere.Refused("x").args == ("x",)

    def test_has_changed_functions_with_what_they_assume(self, home: ModuleType) -> None:
        held = {"kept in a table": home.said}
        change(home, 'word="old"', 'word="new"')
        assert held["kept in a table"]() == "new 6"

    def test_has_changed_functions_behind_a_decorator(self, home: ModuleType) -> None:
        with change(home, 'yield "old"', 'yield "new"').around() as said:
            assert said == "new"

    def test_has_changed_values_where_they_were_imported(self, home: ModuleType) -> None:
        elsewhere = change(home, "MOST = 6", "MOST = 7")
        assert elsewhere.MOST == 7
        assert elsewhere.said() == "old 7"

    def test_has_changed_rows_in_the_same_table(self, home: ModuleType) -> None:
        names = home.NAMES
        held = names["a"]
        change(home, '"old", "b"', '"new", "c"')
        assert set(names) == {"a", "c"}
        assert held() == "new"

    def test_has_classes_that_are_the_same_and_behave_differently(self, home: ModuleType) -> None:
        refused, outcome, seen = home.Refused, home.Outcome, home.Seen
        one = outcome("x")
        change(home, 'self.word = "old"', 'self.word = "new"')
        assert (refused("x").word, refused("x").args) == ("new", ("x",))
        change(home, 'f"old {', 'f"new {')
        assert one.text == "new x"
        change(home, "int = 1", "int = 2")
        assert (outcome("x").times, seen().step) == (2, 2)
        assert isinstance(outcome("x"), home.Outcome)

    def test_raises_what_the_change_raises(self, home: ModuleType) -> None:
        with pytest.raises(NameError):
            change(home, "MOST = 6", "MOST = nowhere")
