"""Who died, and how it may not be told."""

import pytest

from tests.policy.core.packs import found


class TestADeathOrAnInjury:
    @pytest.mark.parametrize(
        "text",
        [
            "A man has died after a crash in Oldermoor",
            "A woman was found dead at a house in Saltmere",
            "Fatal collision on the A12",
            "We are investigating the sudden death of a man in Kingsmarl",
            "A body has been found in the river",
            "A boy is fighting for his life in hospital",
            "Her injuries are life-threatening",
            "He has life changing injuries",
            "A cyclist was seriously injured in Foxhollow",
            "A motorcyclist is in a critical condition",
            "A teenager was killed in a crash last night",
            "A man was pronounced dead at the scene",
            "Human remains were found in the woods",
            "Three people lost their lives last night",
        ],
    )
    def test_is_found(self, text: str) -> None:
        assert found(text, "death-or-serious-injury")

    @pytest.mark.parametrize(
        "text",
        [
            "His injuries are not life-threatening",
            "Her injuries aren't thought to be life threatening",
            "Speed kills. Slow down.",
            "The fatal four: speed, drink, phones and seat belts",
            "We remember the officers who died on duty. Lest we forget.",
            "The road is a dead end",
            "My phone battery died down to 2 per cent",
            "A man was jailed for causing death by dangerous driving",
            "Dogs can die in hot cars",
            "The deadline is Friday. Dead easy!",
            "Officers were not seriously injured",
            "That joke killed us",
            "Our suicide prevention training is next week",
            "Feeling suicidal? The Samaritans listen: 116 123",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(text, "death-or-serious-injury")

    @pytest.mark.parametrize(
        "text",
        [
            "A man took his own life in Oldermoor",
            "We are dealing with a suicide at the station",
            "He jumped from the bridge",
            "She hanged herself at home",
            "A woman took an overdose in Saltmere",
            "A man killed himself last night",
            "A man is threatening to jump from a bridge",
        ],
    )
    def test_by_suicide_is_told_apart(self, text: str) -> None:
        (finding,) = found(text, "death-or-serious-injury")
        assert finding.message == "This seems to tell of a suicide."
        assert "116 123" in finding.suggestion

    def test_after_contact_with_the_police_is_told_apart(self) -> None:
        (finding,) = found("A man died in police custody", "death-or-serious-injury")
        assert "IOPC" in finding.suggestion
