"""A second set of made-up cases, written before the rules that it judges were seen."""

import json
from pathlib import Path

import pytest

from policy.core.lines import answer
from tests.policy.core.labelled import rules_of
from tests.policy.core.packs import PACKS, WEST_MIDLANDS

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("second_set.jsonl").read_text("utf-8").splitlines()
]


def met(text: str) -> set[str]:
    report = answer(json.dumps({"text": text}).encode(), PACKS, WEST_MIDLANDS)
    return {finding["rule"] for finding in report["findings"]}


class TestTheSecondSet:
    @pytest.mark.parametrize(
        ("kind", "is_wanted", "goal"),
        [("must_flag", True, 0.92), ("must_not_flag", False, 0.98)],
    )
    def test_is_judged_as_a_person_would(self, kind: str, goal: float, *, is_wanted: bool) -> None:
        asked = [(case["text"], label) for case in CASES for label in case[kind]]
        wrong = [
            (label, text)
            for text, label in asked
            if met(text).isdisjoint(rules_of(label)) is is_wanted
        ]
        assert len(asked) > 200
        assert len(wrong) <= (1 - goal) * len(asked), wrong
