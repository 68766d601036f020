"""Three hashtags and no more."""

import pytest

from policy.core import Severity, override_rule
from tests.policy.core.packs import NEUTRAL, excerpts, found


class TestTooManyHashtags:
    def test_points_at_the_fourth(self) -> None:
        text = "#Oldermoor #ASB #Police #Surgery"
        (finding,) = found(text, "hashtags-max")
        assert (finding.start, finding.end) == (24, 32)
        assert finding.message == "You have 4 hashtags. Use at most 3."

    def test_points_at_every_further_one(self) -> None:
        assert excerpts("#a #b #c #d #e", "hashtags-max") == ["#d", "#e"]

    def test_offers_the_plain_word_and_nothing(self) -> None:
        (finding,) = found("#a #b #c #Surgery", "hashtags-max")
        assert finding.replacements == ("Surgery", "")

    @pytest.mark.parametrize(
        "text", ["#a #b #c", "#1 #2 #3 #4", "#a#b#c#d", "a#b #c #d #e", "a.org/#a #b #c #d"]
    )
    def test_does_not_count_what_is_no_hashtag(self, text: str) -> None:
        assert not found(text, "hashtags-max")

    def test_has_a_limit_that_packs_set(self) -> None:
        strict = override_rule(NEUTRAL, "hashtags-max", severity=Severity.ADVISE, max=0)
        assert excerpts("Hello #a", "hashtags-max", strict) == ["#a"]


class TestTheWordsOfATag:
    def test_are_told_apart_up_to_sixty_letters(self) -> None:
        longest = "#" + "water" * 12
        assert excerpts(f"Come {longest}", "hashtag-case") == [longest]
        assert not found("Come #" + "water" * 11 + "street", "hashtag-case")
