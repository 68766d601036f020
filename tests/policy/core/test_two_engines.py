"""ASCII is read by Python's own engine, everything else by the other: both must see the same."""

import re
from collections.abc import Iterator

import pytest
import regex

from policy.core.names import cues, words
from policy.core.reading import _ANY_TOKEN, _ASCII_TOKEN, Reading
from tests.policy.core.test_stems import READINGS

TEXTS = [text for reading in READINGS if (text := reading.folded.text).isascii()]


def spans(pattern: re.Pattern[str] | regex.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [found.span() for found in pattern.finditer(text)]


class TestTheTwoEngines:
    @pytest.mark.parametrize(
        ("ascii_only", "any_text"),
        [
            pytest.param(_ASCII_TOKEN, _ANY_TOKEN, id="a-reading"),
            pytest.param(words.ASCII_TOKEN, words.ANY_TOKEN, id="names"),
        ],
    )
    def test_cut_a_text_into_the_same_words(
        self, ascii_only: re.Pattern[str], any_text: regex.Pattern[str]
    ) -> None:
        assert sum(len(spans(any_text, text)) for text in TEXTS) > len(TEXTS)
        assert not [text for text in TEXTS if spans(ascii_only, text) != spans(any_text, text)]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Ann\u2019s café, S&S", ["ann's", "café", "s&s"]),
            ("Ann's cafe, S&S", ["ann's", "cafe", "s&s"]),
            ("a_b @who #tag www.example.org ann@example.org", ["a", "b"]),
            ("é_b @who #tag www.example.org ann@example.org", ["é", "b"]),
        ],
    )
    def test_give_words_with_and_without_accents(self, text: str, words: list[str]) -> None:
        assert Reading(text).plain_words == words


class TestReadingBackwards:
    @pytest.mark.parametrize(
        "name", ["BEFORE", "BEFORE_WEAK", "INSTITUTION_BEFORE", "PLACE_BEFORE", "TITLE_BEFORE"]
    )
    def test_finds_a_cue_wherever_reading_forwards_does(self, name: str) -> None:
        backwards = getattr(cues, name)
        forwards = regex.compile(backwards.pattern, backwards.flags & ~regex.REVERSE)
        answers = [
            (bool(backwards.search(text)), bool(forwards.search(text)), text)
            for text in before_capitals()
        ]
        assert {found for found, _, _ in answers} == {True, False}
        assert not [text for found, expected, text in answers if found is not expected]


def before_capitals() -> Iterator[str]:
    for text in TEXTS:
        for found in regex.finditer(r"(?<!\w)\p{Lu}", text):
            yield text[max(0, found.start() - cues.REACH) : found.start()]
