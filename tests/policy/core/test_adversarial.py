"""Hand-made cases that try to slip past the rules, or to trip them; all fictional."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.policy.core.packs import WEST_MIDLANDS, checked

CASES = [
    json.loads(line)
    for line in Path(__file__).with_name("adversarial.jsonl").read_text().splitlines()
]


class TestACase:
    @pytest.mark.parametrize(
        "case",
        [pytest.param(case, id=f"{number}-{case['note']}") for number, case in enumerate(CASES)],
    )
    def test_is_judged_as_a_person_would(self, case: dict[str, Any]) -> None:
        rules = {finding.rule for finding in checked(case["text"], WEST_MIDLANDS).findings}
        assert set(case["must_flag"]) <= rules
        assert not rules & set(case["must_not_flag"])
