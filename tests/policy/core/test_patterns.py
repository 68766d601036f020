"""Patterns that no pack may hold, since no time limit stops them."""

import pytest

from policy.core import PackError, override_rule
from policy.core.patterns import why_refused
from tests.policy.core.packs import NEUTRAL

COUNTS = "Its counts multiply to more than 10,000. Use smaller ones."
BRACKETS = "Use curly brackets for counts only, such as {1,3}, of nine digits at most."
ITSELF = "A pattern cannot call itself."
TOO_DEEP = "It has more than 100 brackets. Use several patterns."


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(a{60000}){60000}", COUNTS),
        ("((((a{100}){100}){100}){100})", COUNTS),
        ("(a{0,200}b){2,}(c{,200})", COUNTS),
        ("(?x)(a{ 60 000 }){60000}", COUNTS),
        (r"(\\{101}){101}", COUNTS),
        (r"(?:on duty until){e<=9}", BRACKETS),
        (r"(?e)(?:on duty){i<=2,d<=2}", BRACKETS),
        (r"(?b)duty\\{e}", BRACKETS),
        ("a{99999999999}", BRACKETS),
        ("a(?R)?b", ITSELF),
        ("(?P<x>a|(?&x)b)*", ITSELF),
        ("(a(?1)?)", ITSELF),
        ("(" * 101 + ")" * 101, TOO_DEEP),
    ],
)
class TestACostlyPattern:
    def test_is_refused_before_it_is_tried(self, pattern: str, reason: str) -> None:
        assert why_refused(pattern) == reason
        with pytest.raises(PackError) as refused:
            override_rule(NEUTRAL, "duty-times", phrases=(pattern,))
        assert reason in refused.value.sentence


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?i)\bon (?:late|early) turn\b", r"\bMG\s?\d{1,2}[A-F]?", r"\p{Lu}{2,3}\{e\}", r"(?>a+)b",
        r"[A-Z][a-zA-Z]{2,13}(?:LPT|Police)", r"(?<!not )off(?= duty)", r"(?P<x>a)(?P=x)",
    ],
)  # fmt: skip
class TestAnOrdinaryPattern:
    def test_is_taken(self, pattern: str) -> None:
        assert not why_refused(pattern)
        pack = override_rule(NEUTRAL, "duty-times", phrases=(pattern,))
        assert pack.rules["duty-times"].params["phrases"] == (pattern,)
