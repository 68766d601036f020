"""Shorthand, jargon and descriptions at their borders."""

import pytest

from tests.policy.core.packs import DEMONSTRATION, excerpts, found


class TestShorthand:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            pytest.param("plsss share", ["plsss"], id="drawn-out"),
            pytest.param("thxxx all", ["thxxx"], id="drawn-out-at-the-end"),
            pytest.param("uuu and rrr", [], id="too-short-to-be-drawn-out"),
            pytest.param("pls/thx", ["pls", "thx"], id="two-with-a-stroke"),
            pytest.param("c/u later", ["c/u"], id="one-with-a-stroke"),
            pytest.param("form-u", [], id="behind-a-hyphen"),
            pytest.param("u-bend", [], id="before-a-hyphen"),
            pytest.param("see u - later", ["see u"], id="beside-a-dash"),
            pytest.param("_pls_", [], id="between-underscores"),
        ],
    )
    def test_is_a_word_by_itself(self, text: str, words: list[str]) -> None:
        assert excerpts(text, "text-speak") == words


class TestJargon:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            pytest.param("The TIE's done", ["TIE's"], id="a-genitive"),
            pytest.param("His tie's red", [], id="of-an-ordinary-word"),
            pytest.param("They were TIE'd", ["TIE'd"], id="a-verb"),
            pytest.param("The TIE'll help", [], id="another-ending"),
            pytest.param("A T.I.E. is done", ["T.I.E"], id="with-stops"),
            pytest.param("The bobby's here", ["bobby's"], id="in-small-letters"),
        ],
    )
    def test_is_found_with_its_endings(self, text: str, words: list[str]) -> None:
        pack = DEMONSTRATION.with_lists(jargon=["bobby = officer", "TIE = traced"])
        assert [word.rstrip(".") for word in excerpts(text, "jargon", pack)] == words


class TestADescription:
    def test_may_help_to_find_a_missing_person(self) -> None:
        assert found("Suspect: a white man, 30, in Saltmere", "suspect-descriptor")
        assert not found("Missing: a white man, 30. Seen him?", "suspect-descriptor")
        assert found("Missing: a white man, 30, wanted for robbery", "suspect-descriptor")

    def test_of_a_victim_is_none_of_a_suspect(self) -> None:
        assert not found("A suspect ran off. An attack on a black man", "suspect-descriptor")
        assert not found("Wanted. A black man was attacked", "suspect-descriptor")
