"""Names at their borders: initials, accents, nicknames, places, and how sure the detector is."""

import pytest

from policy.core import LIGHT


def names(text: str) -> list[str]:
    return [name.text for name in LIGHT.names(text)]


def confidence(text: str) -> float:
    (name,) = LIGHT.names(text)
    return name.confidence


class TestAName:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            pytest.param("A. Sample was jailed", ["A. Sample"], id="an-initial-with-a-stop"),
            pytest.param("A Sample was jailed", [], id="no-initial-without-one"),
            pytest.param("I Smith was jailed", ["Smith"], id="nor-the-first-person"),
            pytest.param('John "Jacko" Smith was jailed', ['John "Jacko" Smith'], id="a-nickname"),
            pytest.param("John (Jacko) Smith was jailed", ["John (Jacko) Smith"], id="in-brackets"),
            pytest.param("We met John. Smith is away", [], id="no-name-over-a-stop"),
            pytest.param("John Smith's sentence", ["John Smith"], id="a-genitive"),
            pytest.param("JOHN SMITH'S SENTENCE", ["JOHN SMITH"], id="a-loud-genitive"),
            pytest.param("John de Smith was jailed", ["John de Smith"], id="a-particle-within"),
            pytest.param("John Smith de was jailed", ["John Smith"], id="no-particle-at-the-end"),
            pytest.param("Smith, John, 34, was jailed", ["Smith, John"], id="surname-first"),
            pytest.param("Smith, J., 34, was jailed", ["Smith, J."], id="with-an-initial"),
            pytest.param("J o h n S m i t h was jailed", ["J o h n S m i t h"], id="spread"),
            pytest.param("john smith was jailed", ["john smith"], id="in-small-letters"),
            pytest.param("José García was jailed", ["José García"], id="with-accents"),
            pytest.param("Mill Lane Oldermoor", [], id="a-street-with-its-town"),
            pytest.param("John Smith Park", [], id="a-park"),
            pytest.param("Sgt John Smith", ["John Smith"], id="after-a-rank"),
        ],
    )
    def test_is_read_as_people_write_it(self, text: str, found: list[str]) -> None:
        assert names(text) == found

    def test_is_found_in_each_line_by_itself(self) -> None:
        assert names("John Smith\nPeter Jones") == ["John Smith", "Peter Jones"]

    def test_comes_in_the_order_of_the_text(self) -> None:
        text = "Smith, John, 34, was jailed with sarah connor and Peter Jones"
        starts = [name.start for name in LIGHT.names(text)]
        assert len(starts) == 3
        assert starts == sorted(starts)

    @pytest.mark.parametrize(
        ("text", "is_full"),
        [
            ("John Smith was jailed", True),
            ("john smith was jailed", True),
            ("Smith, John, 34, was jailed", True),
            ("J o h n S m i t h was jailed", True),
            ("#AnnMurphy jailed for burglary", True),
            ("Mr Khan was sentenced to two years", False),
            ("Henry, 92, has been found safe and well", False),
        ],
    )
    def test_is_full_with_a_given_name_and_a_surname(self, text: str, *, is_full: bool) -> None:
        assert [name.is_full for name in LIGHT.names(text)] == [is_full]

    @pytest.mark.parametrize(
        "text",
        [
            "#AnnMurphy",
            "#VrxkMurphy jailed for burglary",
            "Smith, John",
            "the road is long and the hall is shut",
            "Shop Manager Jailed For Theft From Museum In Oldermoor Today",
        ],
    )
    def test_is_not_seen_where_little_speaks_for_it(self, text: str) -> None:
        assert names(text) == []


class TestConfidence:
    def test_is_never_beyond_its_bounds(self) -> None:
        sure = confidence("Arrested: John Smith, 34, was jailed")
        assert sure <= 0.95
        assert sure > confidence("John Smith")

    @pytest.mark.parametrize(
        ("better", "worse"),
        [
            pytest.param("John Smith", "John Vrxkan", id="a-known-surname"),
            pytest.param("John Smith was jailed", "John Smith", id="what-follows"),
            pytest.param("John Paul Smith", "John Smith", id="three-names"),
            pytest.param("John Smith was jailed", "Mr Smith was jailed", id="a-full-name"),
        ],
    )
    def test_grows_with_what_speaks_for_a_name(self, better: str, worse: str) -> None:
        assert confidence(better) > confidence(worse)


@pytest.mark.parametrize(
    "text", ["a bottle of jack daniels was taken", "a ralph lauren shirt", "he saw mickey mouse"]
)
def test_is_not_what_a_brand_or_a_figure_is_called(text: str) -> None:
    assert names(text) == []


class TestBrands:
    @pytest.mark.parametrize("brand", ["Karen Millen", "Ben Sherman", "John Deere", "Robert Peel"])
    def test_are_no_people_wherever_they_stand_in_the_list(self, brand: str) -> None:
        assert names(f"{brand} was jailed") == []
