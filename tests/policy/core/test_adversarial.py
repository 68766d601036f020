"""Hand-made cases that try to slip past the rules, or to trip them; all fictional.

Rules that are certain are held to nearly all of them, rules that judge by words to most.
"""

import pytest

from tests.policy.core import labelled

DETERMINISTIC_AT_LEAST = 0.98
HEURISTIC_AT_LEAST = 0.85
KNOWN = labelled.known()


class TestTheCases:
    @pytest.mark.parametrize(
        ("deterministic", "at_least"),
        [
            pytest.param(True, DETERMINISTIC_AT_LEAST, id="rules-that-are-certain"),
            pytest.param(False, HEURISTIC_AT_LEAST, id="rules-that-judge-by-words"),
        ],
    )
    def test_are_judged_as_a_person_would(self, deterministic: bool, at_least: float) -> None:  # noqa: FBT001
        result = labelled.judge(deterministic=deterministic, rules=KNOWN)
        assert result.total
        assert result.share >= at_least, "\n".join(map(str, result.failed))

    def test_have_a_rule_each(self) -> None:
        assert labelled.unbuilt(KNOWN) == ()


class TestALabel:
    def test_stands_for_its_rules(self) -> None:
        assert labelled.rules_of("length") == ("tweet-length",)
        assert labelled.rules_of("misper") == ("misper",)

    def test_of_a_person_is_met_by_either_kind_of_name(self) -> None:
        one = labelled.Assertion(0, "", "name-person", labelled.rules_of("name-person"), True, "")
        assert one.holds(frozenset({"name-private-person", "misper"}))
        assert not one.holds(frozenset({"misper"}))

    def test_that_must_not_be_met_holds_for_none_of_its_rules(self) -> None:
        one = labelled.Assertion(0, "", "misper", ("misper",), False, "")
        assert one.holds(frozenset({"name-offender"}))
        assert not one.holds(frozenset({"misper"}))

    def test_without_a_rule_is_named(self) -> None:
        assert "misper" in labelled.unbuilt({"tweet-length": True})


class TestTheShare:
    def test_counts_what_fails(self) -> None:
        result = labelled.judge(deterministic=True, rules=KNOWN, found_in=lambda _: frozenset())
        must = [one for one in result.failed if one.must_flag]
        assert must == list(result.failed)
        assert result.share == 1 - len(must) / result.total

    def test_is_of_one_class_only(self) -> None:
        certain = labelled.judge(deterministic=True, rules={"tweet-length": True})
        assert {one.label for one in certain.failed} <= {"length"}
        assert labelled.judge(deterministic=False, rules={"tweet-length": True}).total == 0
