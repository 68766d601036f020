"""When officers start, finish and are few."""

import pytest

from policy.core import override_rule
from tests.policy.core.packs import NEUTRAL, excerpts, found


class TestDutyTimes:
    @pytest.mark.parametrize(
        "text",
        [
            "Going off duty now, good night all",
            "We are on duty until 4am",
            "On duty tonight: PC Hart",
            "Just finished my shift",
            "See you there, shift ends at 10",
            "End of shift! Stay safe",
            "Our shift: 2pm to 10pm",
            "Late turn tonight",
            "We're on lates this week",
            "Last one before days off",
            "Rest days from tomorrow",
            "Back at work tomorrow",
            "That is us finished. Back on Monday 7am",
            "I'm back on Tuesday.",
            "Signing off for the night",
            "That's it for today",
            "We're heading home",
            "Heading home after a long shift",
            "We are off now until Sunday",
            "Off for 4 days now",
            "Only one officer on tonight so be patient",
            "The only cops on tonight",
            "Short staffed tonight",
            "No officers on duty tonight",
            "There is no cover in Brackenford after 10pm",
            "Officers on patrol until 3am in the town centre",
            "We finish at 10pm",
            "Finishing at 4am today",
        ],
    )
    def test_are_found(self, text: str) -> None:
        assert found(text, "duty-times")

    @pytest.mark.parametrize(
        "text",
        [
            "Our surgery runs 6pm until 8pm at the Civic Centre on Tuesday",
            "The team will be at the library until 4pm",
            "We'll be back on Saturday at the market from 10am",
            "The front counter opens at 9am and we finish at 5pm, in the library",
            "Harbour Road is closed until 4am",
            "Yellow wind warning tonight, 6pm to 6am",
            "An off-duty officer saved a swimmer",
            "He was off duty when he saw the fire",
            "She was assaulted while on duty. Killed on duty in 1998",
            "Officers worked through the night to find her",
            "Back on Monday we recovered a stolen bike",
            "The A34 is back open",
            "Only one officer on the scene was hurt",
            "Shift your car. Heavy duty locks. Duty solicitor",
            "Night shift workers: park under a light",
        ],
    )
    def test_are_not_seen_in(self, text: str) -> None:
        assert not found(text, "duty-times")

    def test_are_pointed_at_once(self) -> None:
        text = "Only two officers on tonight. Going off duty at 10pm"
        assert excerpts(text, "duty-times") == ["Only two officers on", "Going off duty"]

        assert excerpts("Heading home after our late shift", "duty-times") == [
            "Heading home after our late shift"
        ]

    def test_are_not_seen_in_nothing(self) -> None:
        pack = override_rule(NEUTRAL, "duty-times", phrases=("x*",))
        assert not found("abc", "duty-times", pack)

    def test_may_be_told_in_the_forces_own_phrases(self) -> None:
        pack = override_rule(NEUTRAL, "duty-times", phrases=("(?i)kettle is on",))
        assert excerpts("The kettle is on", "duty-times", pack) == ["kettle is on"]
