"""The law asks about a case whatever kind of tweet the words were taken for."""

from dataclasses import replace

import pytest

from policy.core import Severity, is_about_a_case, override_rule
from tests.policy.core.packs import DEMONSTRATION


class TestAText:
    @pytest.mark.parametrize(
        "text",
        [
            "We have arrested Darren Flint, 34, of Mill Lane, for burglary. Safe journey home!",
            "Snow tonight. Darren Flint was arrested for drink driving on the A34",
            "We caught the burglar! He is in custody in Kingsmarl.",
            "A 15-year-old boy from Foxhollow Academy was charged with theft",
            "Sophie Sample, 19, was raped in Saltmere. Drive safely.",
        ],
    )
    def test_of_somebody_in_a_case_is_about_one(self, text: str) -> None:
        assert is_about_a_case(text, DEMONSTRATION)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Meet your team at the library on Thursday, 6pm.",
            "Two arrests for drink driving this weekend. Plan a lift home.",
            "PC Ann Sample arrested two men last night",
            "Have you seen Ann Sample? She has been missing from Saltmere since Friday.",
        ],
    )
    def test_in_which_nobody_can_be_recognised_is_not(self, text: str) -> None:
        assert not is_about_a_case(text, DEMONSTRATION)

    def test_is_about_one_whatever_a_force_made_of_the_rules(self) -> None:
        text = "Darren Flint was jailed today"
        off = override_rule(DEMONSTRATION, "name-offender", severity=Severity.OFF)
        assert is_about_a_case(text, off)
        assert is_about_a_case(text, replace(DEMONSTRATION, rules={}))
