"""Borders of lines: of JSON, and of TOML."""

import pytest

from policy.core.lines import unescape
from policy.core.normalise import Normalised
from policy.core.toml_lines import Lines


class TestUnescaping:
    def test_leaves_a_text_without_any_alone(self) -> None:
        for text in ("a & b", "a; b", "plain", ""):
            assert unescape(text) == Normalised(text, text)

    def test_keeps_the_way_back(self) -> None:
        plain = unescape("a&lt;b &x; c")
        assert plain.text == "a<b &x; c"
        assert plain.raw_span(1, 2) == (1, 5)
        assert plain.raw_span(2, 3) == (5, 6)
        assert plain.raw_span(8, 9) == (11, 12)

    @pytest.mark.parametrize(
        ("escaped", "character"),
        [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")],
    )
    def test_knows(self, escaped: str, character: str) -> None:
        assert unescape(escaped).text == character


class TestLinesOfAFile:
    def test_are_those_of_tables_and_keys(self) -> None:
        lines = Lines('id = 1\n  [ rules . "a b" ]\n\tmax  =  3\n[[many]]\nx.y = 2\n')
        assert lines.of(("id",)) == 1
        assert lines.of(("rules", "a b")) == 2
        assert lines.of(("rules", "a b", "max")) == 3
        assert lines.of(("rules", "a b", "min")) == 2
        assert lines.of(("many",)) == 4
        assert lines.of(("many", "x", "y")) == 5
        assert lines.of(("nobody",)) == 1
        assert lines.of(()) == 1

    def test_are_not_those_inside_long_strings(self) -> None:
        lines = Lines('a = """\nb = 1\n"""\nb = 2\nc = """x"""\nd = 3\ne = \'\'\'\nf = 1\n\'\'\'\n')
        assert lines.of(("b",)) == 4
        assert lines.of(("d",)) == 6
        assert lines.of(("f",)) == 1

    def test_are_the_first_where_a_key_comes_twice(self) -> None:
        assert Lines("a = 1\na = 2\n").of(("a",)) == 1
