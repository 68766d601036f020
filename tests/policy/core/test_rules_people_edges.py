"""Borders of what tells a child or a victim, and of how often a phrase is looked for."""

import pytest

from policy.core.rules.phrases import pattern
from tests.policy.core.packs import found


class TestAChild:
    @pytest.mark.parametrize(
        "text",
        [
            "A 14-year-old was arrested in Foxhollow",
            "A sixteen year old was stabbed in Saltmere",
            "A 15yr old was robbed in Saltmere",
            "A 13y/o was attacked in Saltmere",
            "A boy aged just 9 was hurt in Saltmere",
            "Two 15-year-olds were charged with robbery",
        ],
    )
    def test_is_seen_by_an_age(self, text: str) -> None:
        assert found(f"{text}. Seen near 5 Mill Lane", "juvenile-identified")

    @pytest.mark.parametrize(
        "text",
        [
            "A 114-year-old was robbed in Saltmere",
            "A 14-year-old burglary case was solved",
            "A 14-year-old family car was stolen",
            "A 15-year-older scheme was arrested",
            "Packaged 9 boxes after an attack",
            "An image 14 was released",
            "We were managed 15 ways",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(f"{text}. Seen near 5 Mill Lane", "juvenile-identified")


class TestAPhrase:
    @pytest.mark.parametrize("said", ["on the run", "on-the-run", "on   the\nrun", "(on the run)"])
    def test_is_found_across_spaces_and_hyphens(self, said: str) -> None:
        assert pattern("on the run").search(said)

    @pytest.mark.parametrize(
        "said", ["on    the run", "onthe run", "moon the run", "on the rung", "on, the run"]
    )
    def test_is_not_found_in_other_words(self, said: str) -> None:
        assert not pattern("on the run").search(said)
