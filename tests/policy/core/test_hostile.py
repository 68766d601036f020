"""Texts made to make a parser work hard. None may take long, none may pass unread.

The bounds are many times what they take: they catch growth with the square of the length, which
would take minutes, and no slow day.
"""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.core import Kind, Post, check
from policy.core.engine import COULD_NOT_CHECK
from policy.core.text import Entities
from policy.core.text.length import graphemes, mastodon_length, weigh
from tests.policy.core.hostile import PIECES
from tests.policy.core.packs import NOTHING, WEST_MIDLANDS
from tests.policy.core.speed import takes_longer

# Milliseconds.
GENEROUS = 3_000


class TestAHostileText:
    @pytest.mark.parametrize("piece", PIECES)
    def test_of_ten_thousand_characters_is_answered(self, piece: str) -> None:
        text = (piece * 10_000)[:10_000]
        read = partial(check, Post(text), NOTHING, WEST_MIDLANDS)
        assert not takes_longer(lambda: read, GENEROUS)
        report = read()
        assert "tweet-length" in {finding.rule for finding in report.blocking}
        assert COULD_NOT_CHECK not in {finding.title for finding in report.findings}

    @pytest.mark.parametrize("piece", PIECES)
    def test_is_parsed_and_measured_whole(self, piece: str) -> None:
        text = (piece * 10_000)[:10_000]

        def measured() -> None:
            Entities.of(text)
            weigh(text)
            mastodon_length(text)
            graphemes(text)

        assert not takes_longer(lambda: measured, GENEROUS)

    def test_of_a_hundred_thousand_is_answered_too(self) -> None:
        read = partial(check, Post("a.com/(" * 15_000), NOTHING, WEST_MIDLANDS)
        assert not takes_longer(lambda: read, GENEROUS)
        assert not read().valid


class TestAnyText:
    @settings(deadline=None, max_examples=150)
    @given(
        st.text(st.one_of(st.sampled_from("a.@#$/:-_ \n(“👮\u200d\ufe0fе"), st.characters())),
        st.sampled_from(Kind),
    )
    def test_is_checked_to_its_end(self, text: str, kind: Kind) -> None:
        report = check(Post(text, kind=kind), NOTHING, WEST_MIDLANDS)
        for finding in report.findings:
            assert finding.title != COULD_NOT_CHECK
            assert 0 <= finding.start <= finding.end <= len(text)
            assert text[finding.start : finding.end] == finding.excerpt
        shown = report.as_dict()
        for entities in ("mentions", "hashtags", "cashtags", "urls"):
            for entity in shown[entities]:
                start, end = entity["indices"]
                assert 0 <= start < end <= len(text)

    @settings(deadline=None, max_examples=150)
    @given(st.lists(st.sampled_from(PIECES), max_size=40))
    def test_made_of_hostile_pieces_is_checked_to_its_end(self, pieces: list[str]) -> None:
        text = "".join(pieces)
        report = check(Post(text), NOTHING, WEST_MIDLANDS)
        assert COULD_NOT_CHECK not in {finding.title for finding in report.findings}
        for url in report.urls:
            assert text[url.start : url.end] == url.url
