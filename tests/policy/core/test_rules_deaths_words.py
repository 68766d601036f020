"""The words that tell of a death, each where nothing else tells of one."""

import pytest

from tests.policy.core.packs import excerpts, found

RULE = "death-or-serious-injury"


class TestADeath:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("A man killed himself", "killed himself"),
            ("We mourn the passing and death of two walkers", "death of two"),
            ("A lad was sadly killed", "was sadly killed"),
            ("One biker killed", "One biker killed"),
            ("Killed in a crash: a lad", "Killed in a crash"),
            ("Burns described as serious", "Burns described as serious"),
            ("A homicide team is here", "homicide"),
            ("He fell to his death", "to his death"),
            ("Our thoughts are with the family", "thoughts are with the family"),
            (
                "Our thoughts and prayers go out to loved ones",
                "thoughts and prayers go out to loved ones",
            ),
            ("He was murdered", "was murdered"),
            ("A double murder", "double murder"),
            ("A murder probe", "murder probe"),
            ("He was badly burned", "badly burned"),
            ("Next of kin have been told", "Next of kin"),
        ],
    )
    def test_is_underlined(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]

    @pytest.mark.parametrize(
        "text",
        [
            "A suicide left a village in grief. The Samaritans are on 116 123",
            "Suicide: our training helps officers to listen",
            "A man who killed his wife was jailed for the murder of a mother",
            "An inquest heard that he drowned",
            "A swan was killed in a crash",
            "The thoughts of our team are with the cup",
        ],
    )
    def test_is_not_to_be_told_first_in(self, text: str) -> None:
        assert not found(text, RULE)
