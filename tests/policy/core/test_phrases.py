"""Turns of phrase by their stems, and the plain text that they are looked for in."""

import pytest

from policy.core import CaseFacts, Post
from policy.core.measure import measure
from policy.core.reading import Reading
from policy.core.rules.base import Case, Deadline
from policy.core.rules.phrases import Phrases, pattern, sentence
from tests.policy.core.packs import DEMONSTRATION, NOTHING

TEA = Phrases({"tea": (r"cups? of tea", r"tea time"), "milk": (r"milk",)})


def case_of(text: str) -> Case:
    post = Post(text, case=CaseFacts())
    setting = DEMONSTRATION.rules["misper"]
    reading = Reading(text)
    measured = measure(post, 280, ())
    return Case(reading, post, NOTHING, DEMONSTRATION, setting, measured, Deadline(1))


class TestThePlainText:
    @pytest.mark.parametrize(
        ("raw", "plain"),
        [
            ("M1SSING", "missing"),
            ("W4NT3D man", "wanted man"),
            ("0n scene", "on scene"),
            ("#missing_person", "#missing person"),
            ("ＥＮ ＲＯＵＴＥ", "en route"),
            ("A12 at 10pm, ref 5219, 14yr", "a12 at 10pm, ref 5219, 14yr"),
        ],
    )
    def test_is_small_and_undisguised(self, raw: str, plain: str) -> None:
        assert Reading(raw).plain == plain

    @pytest.mark.parametrize("raw", ["İİ MISSING", "M1SS1NG", "ß Straße_1", ""])
    def test_keeps_the_places_of_the_folded_one(self, raw: str) -> None:
        reading = Reading(raw)
        assert len(reading.plain) == len(reading.folded.text)


class TestAPattern:
    @pytest.mark.parametrize("text", ["tea time", "tea-time", "tea  time", "a tea\ntime."])
    def test_takes_spaces_and_hyphens_for_a_space(self, text: str) -> None:
        assert pattern("tea time").search(text)

    @pytest.mark.parametrize("text", ["teatime", "tea timer", "steal tea    time"])
    def test_wants_whole_words(self, text: str) -> None:
        assert not pattern("tea time").search(text)


class TestPhrases:
    def test_are_found_stem_by_stem(self) -> None:
        found = [each.group() for each in TEA.found(case_of("Milk, two cups of tea, TEA TIME"))]
        assert found == ["cups of tea", "tea time", "milk"]

    def test_occur_or_not(self) -> None:
        assert TEA.occur(case_of("More milk"))
        assert not TEA.occur(case_of("A teapot"))

    def test_are_counted_to_an_end(self) -> None:
        assert len(list(TEA.found(case_of("milk " * 500)))) < 50


class TestTheSentence:
    def test_is_what_stands_around(self) -> None:
        case = case_of("Good day. Have some milk in it! And cake")
        (found,) = TEA.found(case)
        assert sentence(case, found) == (" have some ", " in it")
