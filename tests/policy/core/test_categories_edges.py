"""Borders of the guess."""

from dataclasses import replace

from policy.core import guess_category
from policy.core.pack import Category
from policy.core.reading import CAP
from tests.policy.core.packs import NEUTRAL


class TestAGuess:
    def test_needs_whole_words(self) -> None:
        assert guess_category("Padlock blocks, locksmith", NEUTRAL) == "other"
        assert guess_category("lock", NEUTRAL) == "advice"

    def test_counts_a_longer_phrase_as_itself(self) -> None:
        categories = {
            "one": Category("one", "One", "", ("you", "you said", "here")),
            "two": Category("two", "Two", "", ("you said", "so")),
        }
        pack = replace(NEUTRAL, categories=categories)
        # "you" is part of "you said": one of two words, and first of its equals.
        assert guess_category("you said so", pack) == "two"
        assert guess_category("you said", pack) == "one"
        assert guess_category("you said you here", pack) == "one"

    def test_looks_for_the_longest_phrase_first(self) -> None:
        categories = {
            "one": Category("one", "One", "", ("you", "you said")),
            "two": Category("two", "Two", "", ("here", "now")),
        }
        pack = replace(NEUTRAL, categories=categories)
        assert guess_category("you said you here now", pack) == "one"

    def test_counts_a_word_once(self) -> None:
        categories = {
            "one": Category("one", "One", "", ("surgery",)),
            "two": Category("two", "Two", "", ("newsletter", "read it")),
        }
        pack = replace(NEUTRAL, categories=categories)
        assert guess_category("Surgery surgery SURGERY newsletter read it", pack) == "two"

    def test_reads_no_further_than_rules_do(self) -> None:
        assert guess_category("x" * CAP + " surgery", NEUTRAL) == "other"
        assert guess_category("x " * (CAP // 2 - 4) + "surgery", NEUTRAL) == "meeting"


def test_a_category_is_of_no_case_unless_it_says_so() -> None:
    assert not Category("fete", "Fete", "Tell people of it").is_case
