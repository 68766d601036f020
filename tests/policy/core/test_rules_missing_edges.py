"""Every way to look for a missing person, and to say that they were found."""

import pytest

from tests.policy.core.packs import found

RULE = "misper"
APPEAL = "This may be an appeal for a missing person."


class TestAMissingPerson:
    @pytest.mark.parametrize(
        "text",
        [
            "Eyes peeled for Ella Sample",
            "Where's Ella Sample?",
            "#Missing 14-year-old girl",
            "Two missing teenagers",
            "He was reported missing",
            "Missing since Monday",
            "MISSING - Ella Sample",
            "Ella Sample, 14, missing",
            "There are concerns for her wellbeing",
            "There are fears for his well-being",
            "The whereabouts of Ella Sample are unknown",
            "Ella has not been heard from",
            "Ella hasn't been seen since Monday",
            "Ella hasn't been in touch",
        ],
    )
    def test_is_sought(self, text: str) -> None:
        assert found(text, RULE)[0].message == APPEAL

    @pytest.mark.parametrize(
        "text",
        [
            "Ella failed to come home",
            "Ella wandered off from her care home",
            "He is away from home",
            "Ella did not arrive at school",
            "He left hospital without his coat",
            "She is absent from her home",
            "He may be disorientated",
            "She appears to be very confused",
            "He may be in distress",
            "She lives with Alzheimer's",
            "Ella, if you are reading this",
            "Ella, if you read this, please call",
            "Ella, if you see this, please call",
            "Ella, you are not in any trouble",
            "Ella, let us know that you're ok",
            "We want to know that she's OK",
            "Appeal to Ella Sample to make contact",
            "She has vanished",
            "Gone since Monday",
            "Ella, your family really miss you",
            "Ella, please come home",
            "Ella, come home soon",
            "Ella, if you're reading this",
            "He left hospital against advice",
            "Growing fears for a man",
            "Lost: a little boy",
            "Ella Sample is unaccounted for",
            "No one has seen Ella",
            "Ella was not seen for two days",
            "We are worried sick about this boy",
            "Sightings of Ella are of concern",
        ],
    )
    def test_is_known_by_its_signs(self, text: str) -> None:
        assert found(text, RULE)[0].message == APPEAL

    @pytest.mark.parametrize(
        "text",
        [
            "We need your help to find Ella Sample",
            "Searching for Ella Sample",
            "Has anyone seen her? Have they seen her?",
            "An appeal for the safety of a man",
        ],
    )
    def test_is_sought_by_name(self, text: str) -> None:
        assert found(text, RULE)[0].message == APPEAL

    @pytest.mark.parametrize(
        "text",
        [
            "Missing Ella Sample - found!",
            "Missing Ella Sample is safe & sound",
            "Missing Ella Sample is back with her relieved parents",
            "Missing Ella Sample is safely back home",
        ],
    )
    def test_is_told_apart_when_found(self, text: str) -> None:
        assert found(text, RULE)[0].message == "This says that a missing person was found."
