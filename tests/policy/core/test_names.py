"""The detector of names without machine learning."""

import pytest

from policy.core import LIGHT, NameSpan
from policy.core.names.given import GIVEN, GIVEN_OR_WORD
from policy.core.names.spans import merged
from policy.core.names.surnames import SURNAMES, SURNAMES_OR_WORDS
from policy.core.names.vocabulary import PLACES, WORDS

NAMED = [
    ("Ann Sample, 34, of Oldermoor, was jailed", ["Ann Sample"]),
    ("Drug dealer Zbigniew Krawczyk has been jailed", ["Zbigniew Krawczyk"]),
    ("Kwabena Owusu-Ansah, 45, appeared in court", ["Kwabena Owusu-Ansah"]),
    ("The victim has been named as Abdifatah Warsame", ["Abdifatah Warsame"]),
    ("Have you seen Thi Hoa Nguyen?", ["Thi Hoa Nguyen"]),
    ("Detectives arrested Rhys Ap Gwilym", ["Rhys Ap Gwilym"]),
    ("Gurdeep Singh Sandhu was last seen in Saltmere", ["Gurdeep Singh Sandhu"]),
    ("Looking for Kyle McCafferty", ["Kyle McCafferty"]),
    ("Do you know where Shaun O'Rourke is?", ["Shaun O'Rourke"]),
    ("The body is that of Ellie-Mae Sutton", ["Ellie-Mae Sutton"]),
    ("Peter WHITLOCK is wanted on recall to prison", ["Peter WHITLOCK"]),
    ("ROBERT DAVIES JAILED FOR FRAUD", ["ROBERT DAVIES"]),
    ("sarah connor was arrested for theft", ["sarah connor"]),
    ("J. Smith, of Saltmere, jailed", ["J. Smith"]),
    ("Ann and Jo Hall told us what they saw", ["Jo Hall"]),
    ("Tributes paid to Imogen Thwaite and Zofia Nowak", ["Imogen Thwaite", "Zofia Nowak"]),
    ("Henry, 92, has been found safe and well", ["Henry"]),
    ("Mr Khan was sentenced to two years", ["Khan"]),
    ("Mum Natasha was killed by a stranger", ["Natasha"]),
    ("Missing teenager Keira has been found safe", ["Keira"]),
    ("J0hn Sm1th was jailed", ["J0hn Sm1th"]),
    ("#AnnMurphy jailed for burglary", ["Ann Murphy"]),
    ("John  Smith was jailed", ["John  Smith"]),
    ("Have you seen Vrxk Qqelin?", ["Vrxk Qqelin"]),
]
NAMELESS = [
    "Harper Road and Victoria Park are busy today",
    "We were at Queen Elizabeth Hospital and St Mary's Church Hall",
    "Ask for Angela. Clare's Law and the Herbert Protocol can help.",
    "Operation Julie, Storm Dennis and Project Edward",
    "Mark Your Property. Will You Be Our Next Special? Grant Funding is available.",
    "Shop Manager Jailed For Theft From Museum",
    "Bottle of Jack Daniels and a Ralph Lauren jacket stolen",
    "He was wearing Hugo Boss trainers near William Hill",
    "Follow @AnnSample and #AnnSample, or write to ann.sample@example.org",
    "https://example.org/Ann/Sample",
    "#StephenLawrence remembered; a drug known as Monkey Dust",
    "Tributes paid. Man Jailed For Possessing Bladed Article In Oldermoor",
    "Hi Mark, please call 101",
    "Nelson Street, Albert Square and Charles Street",
    "Speed checks on the A34 at Milton Keynes, Market Harborough and Sutton Coldfield",
    "WANTED FOR BURGLARY? CALL 101 IF YOU KNOW",
    "may we ask you to mark your bike, frank talk about grace periods",
    "",
]


class TestTheLists:
    @pytest.mark.parametrize(("text", "names"), NAMED)
    def test_find_names(self, text: str, names: list[str]) -> None:
        assert [name.text for name in LIGHT.names(text)] == names

    @pytest.mark.parametrize("text", NAMELESS)
    def test_find_none_where_there_is_none(self, text: str) -> None:
        assert LIGHT.names(text) == ()

    @pytest.mark.parametrize(("text", "names"), NAMED)
    def test_point_into_the_text(self, text: str, names: list[str]) -> None:
        for name in LIGHT.names(text):
            typed = text[name.start : name.end]
            assert typed in {name.text, f"#{name.text.replace(' ', '')}"}
            assert 0 < name.confidence < 1

    def test_are_in_small_letters_and_apart(self) -> None:
        for names in (GIVEN, GIVEN_OR_WORD, SURNAMES, SURNAMES_OR_WORDS, WORDS, PLACES):
            assert all(name == name.casefold() for name in names)
        assert not GIVEN & GIVEN_OR_WORD
        assert not SURNAMES & SURNAMES_OR_WORDS
        assert not GIVEN & WORDS

    def test_stop_where_many_are_named(self) -> None:
        assert len(LIGHT.names("Ann Sample. " * 100)) == 40


class TestTwoAnswers:
    def test_become_one_without_overlap(self) -> None:
        full = NameSpan(4, 14, "Ann Sample", is_full=True)
        part = NameSpan(8, 14, "Sample", is_full=False)
        other = NameSpan(0, 3, "Bob", is_full=False)
        assert merged((full,), (part, other)) == (other, full)
