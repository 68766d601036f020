"""What tells where something happened, as it is underlined and as it is told."""

import pytest

from tests.policy.core.packs import excerpts, found

RULE = "exact-location"


class TestAPlace:
    @pytest.mark.parametrize(
        ("text", "words", "message"),
        [
            ("Theft at 52.4814, -1.8998", "52.4814, -1.8998", "This is a point on the map."),
            ("Theft at SK 123 456", "SK 123 456", "This is a grid reference."),
            ("Theft at ST16 3AA", "ST16 3AA", "This is a full postcode."),
            ("Theft in Flat 3", "Flat 3", "This is the number of a flat."),
            ("Theft at number 14", "number 14", "This is the number of a house."),
            ("Theft at w3w filled.count.soap", "", "This is a what3words address."),
            (
                "Theft: 12 Mill Lane",
                "12 Mill Lane",
                "This gives the number of a house on Mill Lane.",
            ),
        ],
    )
    def test_is_told(self, text: str, words: str, message: str) -> None:
        (finding,) = found(text, RULE)
        assert finding.message == message
        assert words in finding.excerpt

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("A theft in May Street", "May Street"),
            ("Theft in Main Road", "Main Road"),
            ("Theft on the High Street", "High Street"),
            ("St Mary's Street theft", "St Mary's Street"),
            ("Theft: no 5 Mill Lane", "no 5 Mill Lane"),
            ("Theft: number 5 Mill Lane", "number 5 Mill Lane"),
            ("Theft at a house in Manor Park", "Manor Park"),
            ("Theft at 5 Crown Court", "5 Crown Court"),
            ("Theft (Harbour Drive)", "Harbour Drive"),
            ("Theft. Harbour Drive.", "Harbour Drive"),
            ("Theft: Harbour Drive", "Harbour Drive"),
            ("Robbery on mill lane", "mill lane"),
            ("A theft in Mill Street, Saltmere", "in Mill Street, Saltmere"),
            ("Theft #MillLane", "#MillLane"),
            ("Theft #milllane", "#milllane"),
        ],
    )
    def test_is_a_street(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]

    @pytest.mark.parametrize(
        "text",
        [
            "Street robbery in Saltmere",
            "Theft at Manor Park",
            "A trial for theft at Elm Crown Court",
            "A theft from a country lane",
            "Theft on a back road",
            "Theft on a main street",
            "Theft on every street",
            "Theft: this way, please",
        ],
    )
    def test_is_none(self, text: str) -> None:
        assert not found(text, RULE)

    def test_is_set_off_on_both_sides(self) -> None:
        assert excerpts("Shed burgled: Acacia Way, overnight", RULE) == ["Acacia Way"]
        assert not found("Shed burgled: Acacia Way stays", RULE)
        assert not found("We thank Acacia Way, overnight", RULE)
