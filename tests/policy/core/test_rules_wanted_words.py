"""The words of an appeal for a suspect, each where nothing else tells of one."""

import pytest

from tests.policy.core.packs import excerpts, found

RULE = "wanted-or-suspect-appeal"


class TestAnAppeal:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Do you recognise both men", "recognise both men"),
            ("Do you recognise who did it", "recognise who"),
            ("Recognise anyone?", "Recognise anyone"),
            ("Help ID three men", "Help ID three men"),
            ("A man that officers wish to talk with", "that officers wish to talk with"),
            ("We want to talk to a cyclist and two lads", "want to talk to a cyclist and two lads"),
            ("Who are these jokers", "Who are these jokers"),
            ("Somebody was seen on CCTV", "seen on CCTV"),
            ("A suspect description is out", "suspect description"),
            ("Ben breached his bail", "breached his bail"),
            ("We're after these two lads", "We're after these two lads"),
            ("Ben escaped from custody", "escaped from custody"),
            ("Ben is an escaped convict", "escaped convict"),
            ("Ben escaped, again", "escaped"),
            ("A warrant is out for his arrest", "warrant is out for his arrest"),
            ("Help us name the lads", "Help us name the lads"),
            ("Who is this lad?", "Who is this lad"),
        ],
    )
    def test_is_underlined(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Have you seen him", "Have you seen"),
            ("Have u seen him", "Have u seen"),
            ("One is described as tall", "One is described as tall"),
            ("The hunt goes on", "The hunt goes"),
            ("It was caught on camera", "caught on camera"),
            ("Who is he", "Who is he"),
            ("Who are they", "Who are they"),
            ("Does anyone know who took it", "Does anyone know who"),
            ("If you know him, let us know", "know him, let us know"),
            ("Can anyone ID him", "anyone ID him"),
            ("Description: tall", "Description: tall"),
            ("We're after this bag", "We're after this"),
            ("You might have seen them.", "seen them"),
            ("A bid to trace the man", "bid to trace the man"),
            ("Photos of a tall man published", "Photos of a tall man published"),
            ("He spoke with a local accent", "spoke with a local accent"),
        ],
    )
    def test_is_underlined_after_a_crime(self, text: str, words: str) -> None:
        assert excerpts(f"A violent act in Saltmere. {text}", RULE) == [words]
        assert not found(f"A quiet day in Saltmere. {text}", RULE)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("The thief is tall", "thief is tall"),
            ("The thief then made off", "thief then made off"),
        ],
    )
    def test_is_underlined_where_a_suspect_is_told_of(self, text: str, words: str) -> None:
        assert excerpts(text, RULE) == [words]

    @pytest.mark.parametrize(
        "doing",
        [
            *("need help to find", "are still finding", "are tracing", "want to track down"),
            *("are trying to locate", "are locating", "are looking for", "are hunting"),
            *("are hunting for", "still hunt for", "are searching for", "are seeking"),
        ],
    )
    def test_is_for_somebody_by_name_after_a_crime(self, doing: str) -> None:
        assert found(f"An act of arson: we {doing} Ben Example", RULE)
        assert not found(f"An act of arson: we {doing} evidence", RULE)
        assert not found(f"An act of kindness: we {doing} Ben Example", RULE)

    @pytest.mark.parametrize("whom", ["this man", "two lads", "her"])
    def test_is_for_somebody_who_is_wanted(self, whom: str) -> None:
        assert excerpts(f"WANTED: {whom}", RULE) == ["WANTED"]
        assert not found("WANTED: old bikes", RULE)


class TestNoAppeal:
    @pytest.mark.parametrize(
        "text",
        [
            "A theft: have you seen our posters?",
            "A theft: have u seen our posters?",
            "We want to trace a man from the choir",
            "We are trying to locate a woman from the choir",
            "Help us find the couple who danced",
            "Looking for a man with a dog",
            "His whereabouts in the play",
            "Do you know where they keep the keys",
            "He sings well. Seen him?",
            "She sings well. Seen her?",
            "A dog on the beat. Who's this?",
            "You know who he is",
            "Do you recognise this man? It is our new PC",
            "Most wanted: recruits",
            "Most wanted: your views",
            "Ben Example, wanted since May, was arrested. Thank you. Call 101 to report crime",
            "Thank you all for sharing. Do you recognise this man?",
            "Help us to identify a man killed in a crash",
            "Missing. Do you recognise this man?",
            "#MissingPersonAlert Do you recognise this man?",
            "We fear for his welfare. Do you recognise this man?",
            "A misper. Do you recognise this man?",
        ],
    )
    def test_is_seen_in(self, text: str) -> None:
        assert not found(text, RULE)

    @pytest.mark.parametrize("tell", ["Call us", "Tell us", "Ring 101", "Contact us"])
    def test_is_one_where_people_are_to_tell(self, tell: str) -> None:
        assert found(f"If you know who he is. {tell}", RULE)
        assert not found("If you know who he is. Wave", RULE)
