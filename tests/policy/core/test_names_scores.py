"""How much each sign speaks for a name, and where what speaks for it is no longer enough."""

import pytest

from policy.core import LIGHT

FULL = [
    ("a John Smith", 0.60, "a sure given name and a sure surname"),
    ("John Smith", 0.65, "at the beginning"),
    ("We met John Smith", 0.65, "after a verb of meeting"),
    ("a John Smith from Saltmere", 0.70, "before where they come from"),
    ("a Mark Smith was jailed", 0.75, "a given name that is a word"),
    ("a May Smith was jailed", 0.67, "a given name that is an ordinary word"),
    ("a John Bolton", 0.55, "a surname that is a place"),
    ("a John Brown", 0.50, "a surname that is a word"),
    ("a John Peter", 0.55, "a given name for a surname"),
    ("a John Rowena", 0.55, "a given name that is never a surname"),
    ("a John Abe", 0.50, "a word that may be a given name for a surname"),
    ("a John Oldermoor was jailed", 0.70, "a place for a surname"),
    ("a John Vrxkan", 0.50, "a surname that nobody knows"),
    ("a John Vrxkment was jailed", 0.70, "an ending of ordinary words"),
    ("a Vrxk Qqelin was jailed", 0.60, "two words that nobody knows"),
    ("a J. Vrxkan was jailed", 0.60, "an initial"),
    ("a John McVrxk", 0.60, "a surname with Mc"),
    ("a John Vrxkczyk", 0.60, "a surname with a Polish ending"),
    ("an Ann-Vrxk Smith", 0.60, "a double given name"),
    ("a John Vrxk-Smith", 0.60, "a double surname"),
    ("a John Vrxk Smith", 0.65, "a name between"),
    ("a John Paul Peter Smith", 0.70, "two names between"),
    ("a JOHN VRXK was jailed", 0.70, "an unknown surname in capitals"),
    ("a London Smith was jailed", 0.65, "a given name that is rather a place"),
    ("a Chelsea Smith", 0.60, "a sure given name that is a place as well"),
    ("at John Smith", 0.50, "after what leads to a place"),
    ("at Abe Smith was jailed", 0.55, "after what leads to a place, with an unsure given name"),
    ("Peter and Rose Vrxkan", 0.70, "coupled with a given name"),
    ("a Cécile Vrxkan", 0.50, "a given name listed with its accent only"),
    ("a CIARÁN VRXKAN was jailed", 0.70, "a loud given name with an accent"),
    ("a Zoë Müller", 0.60, "accents that the lists do not have"),
]
LONE = [
    ("John was jailed", 0.50, "a given name before what happened"),
    ("Jailed: John", 0.50, "a given name after what happened"),
    ("Jailed: John was remanded", 0.80, "a given name between both"),
    ("Smith was jailed", 0.45, "a surname"),
    ("Victim McVrxk", 0.45, "a word built as surnames are"),
    ("Mr Smith", 0.55, "a title"),
    ("Mr Bolton", 0.55, "a title before a place"),
    ("Mr Vrxk", 0.45, "a title before an unknown word"),
    ("Murdered Vrxk was jailed", 0.65, "an unknown word between both"),
]


def names(text: str) -> list[str]:
    return [name.text for name in LIGHT.names(text)]


def confidence(text: str) -> float:
    (name,) = LIGHT.names(text)
    return name.confidence


class TestWhatSpeaksForAName:
    @pytest.mark.parametrize(
        ("text", "expected"), [pytest.param(text, sure, id=what) for text, sure, what in FULL]
    )
    def test_adds_up(self, text: str, expected: float) -> None:
        assert confidence(text) == pytest.approx(expected)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [pytest.param(text, sure, id=what) for text, sure, what in LONE],
    )
    def test_adds_up_for_one_word(self, text: str, expected: float) -> None:
        assert confidence(text) == pytest.approx(expected)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("a Mark Brown", id="two-words-that-are-names-too"),
            pytest.param("JOHN VRX was jailed", id="three-unknown-capitals"),
            pytest.param("John B was jailed and John X too", id="a-letter-is-no-surname"),
            pytest.param("victim Oldermoor was jailed", id="a-place-by-itself"),
            pytest.param("victim VRXKAN was jailed", id="an-unknown-word-in-capitals"),
            pytest.param("In John, 34, was seen", id="after-what-leads-to-a-place"),
            pytest.param("A 34 year old in Chelsea was arrested", id="where-somebody-lives"),
            pytest.param("Bolton was jailed", id="a-town-that-is-a-surname"),
            pytest.param("He told the headmaster. Bolton was quiet", id="no-title-in-a-word"),
            pytest.param("HMP John Smith was jailed", id="a-prison"),
            pytest.param("Victoria Hall Bolton was attacked", id="a-hall-with-its-town"),
            pytest.param("a John Hall", id="a-hall"),
        ],
    )
    def test_may_not_be_enough(self, text: str) -> None:
        assert names(text) == []


class TestTheWordsOfAName:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            pytest.param("Will John Smith be jailed?", "John Smith", id="from-the-given-name"),
            pytest.param("Refurbishment Mark Smith was jailed", "Mark Smith", id="from-what-fits"),
            pytest.param("John Smith Oldermoor was jailed", "John Smith", id="without-the-town"),
            pytest.param(
                "John Peter Smith Oldermoor was jailed", "John Peter Smith", id="and-no-word-more"
            ),
            pytest.param("Oldermoor Smith was jailed", "Smith", id="without-the-town-before"),
            pytest.param("John Peter Brown was jailed", "John Peter Brown", id="with-a-word"),
            pytest.param("John de la Smith was jailed", "John de la Smith", id="two-particles"),
            pytest.param("J.  Smith was jailed", "J.  Smith", id="two-spaces-after-an-initial"),
        ],
    )
    def test_are_the_likeliest(self, text: str, found: str) -> None:
        assert names(text) == [found]

    @pytest.mark.parametrize("text", ['John "Jacko Smith', "John    Smith", "John.Smith"])
    def test_stand_together(self, text: str) -> None:
        assert names(text) == []


class TestAHeadline:
    def test_speaks_against_words_that_nobody_knows(self) -> None:
        assert confidence("Vrxk Qqelin Was Jailed For Theft Today") == pytest.approx(0.5)
        assert confidence("Vrxk Qqelin Was Jailed for theft today") == pytest.approx(0.65)

    def test_does_not_speak_against_a_name_that_is_known(self) -> None:
        assert confidence("Mark Smith Appeals Against Jail Terms") == pytest.approx(0.5)
        assert confidence("John Vrxkment Was Jailed For Theft Today") == pytest.approx(0.75)

    def test_has_five_long_words(self) -> None:
        assert confidence("Vrxk Qqelin Was Jailed For Theft") == pytest.approx(0.65)

    def test_is_not_measured_by_its_short_words(self) -> None:
        text = "Vrxk Qqelin Was Jailed For Theft Today and the men did run"
        assert confidence(text) == pytest.approx(0.5)

    def test_has_more_than_seven_of_ten_words_with_a_capital(self) -> None:
        seven = "Vrxk Qqelin Was Jailed For Theft Today Near Town with some other"
        assert confidence(seven) == pytest.approx(0.65)
        assert confidence(seven.replace("other", "Other")) == pytest.approx(0.5)

    def test_is_one_line(self) -> None:
        quiet = "it was a quiet night with nothing more than this to tell"
        loud = "Vrxk Qqelin Was Jailed For Theft Today"
        assert names(f"{quiet}\n{loud}") == []
        assert names(f"{loud.lower()}\nVrxk Qqelin was jailed") == ["Vrxk Qqelin"]
        below = "Vrxk Qqelin was jailed\nQuiet Weekend Across Whole Market Town"
        assert confidence(below) == pytest.approx(0.65)


class TestASmallName:
    @pytest.mark.parametrize("text", ["john li was jailed", "john vrx was jailed"])
    def test_may_be_short_where_it_is_known_or_something_happened(self, text: str) -> None:
        assert [name.confidence for name in LIGHT.names(text)] == [0.6]

    @pytest.mark.parametrize(
        "text",
        [
            "john vrxkan",
            "john vr was jailed",
            "john vrxkment was jailed",
            "john bolton was jailed",
            "john road was jailed",
            "John smith was jailed",
            "paul smith was jailed",
            "ask for john smith",
            "john. smith",
        ],
    )
    def test_is_hardly_anything_else(self, text: str) -> None:
        assert names(text) == []


class TestANameInAnotherForm:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            pytest.param("SMITH, John was jailed", "SMITH, John", id="a-loud-surname-first"),
            pytest.param("Smith, X., 34, was jailed", "Smith, X.", id="any-initial"),
            pytest.param("L i a m K h a n was jailed", "L i a m K h a n", id="letter-by-letter"),
            pytest.param("the #AnnMurphy jailed today", "Ann Murphy", id="a-hashtag"),
        ],
    )
    def test_is_found(self, text: str, found: str) -> None:
        assert names(text) == [found]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("Vrxkan, John is here", id="an-unknown-surname"),
            pytest.param("Smith, Vrxk, 34, was jailed", id="an-unknown-given-name"),
            pytest.param("V r x k S m i t h was jailed", id="unknown-letters"),
            pytest.param("L i a m V r x k was jailed", id="unknown-letters-at-the-end"),
        ],
    )
    def test_is_not_found_in_unknown_words(self, text: str) -> None:
        assert names(text) == []

    def test_is_rather_a_name_than_not(self) -> None:
        assert confidence("SMITH, John was jailed") == 0.7
        assert confidence("L i a m K h a n was jailed") == 0.6
        assert confidence("the #AnnMurphy jailed today") == 0.6

    def test_is_no_town_before_a_given_name(self) -> None:
        assert names("Bolton, John, 34, was jailed") == ["John"]


def test_nothing_is_looked_for_past_the_longest_text() -> None:
    padding = "word " * 398
    assert names(padding + "John Smith") == ["John Smith"]
    assert all(name.end <= 2000 for name in LIGHT.names(padding + " John Smith"))
