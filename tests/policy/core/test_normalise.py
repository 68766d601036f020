"""Folding, and the way back to what was typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.core.normalise import Normalised, fold, normalise, visible

TRICKY = "aZ ŵé\u0301\u200b\u00ad\u202e\ufe0f\u200dﬁ½…ＯＡсСΑ–’“。🔒👮🏽\ud800\x00\n\t\u3164ᄒ한ﷺ"
TEXTS = st.text(st.one_of(st.sampled_from(TRICKY), st.characters()), max_size=60)


class TestFolding:
    @pytest.mark.parametrize(
        ("raw", "text"),
        [
            ("Plain text.", "Plain text."),
            ("ＯＦＦＩＣＩＡＬ", "OFFICIAL"),
            ("OFFIСIAL", "OFFICIAL"),
            ("𝐎𝐟𝐟𝐢𝐜𝐢𝐚𝐥", "Official"),
            ("OFFI\u200bCIAL", "OFFICIAL"),
            ("a–b—c‑d", "a-b-c-d"),
            ("it’s “so”", 'it\'s "so"'),
            ("wait…", "wait..."),
            ("Ynys Môn, tŷ, e\u0301", "Ynys Môn, tŷ, é"),
            ("a\u00a0b", "a b"),
            ("tab\tand\nline", "tab\tand\nline"),
        ],
    )
    def test_makes_plain(self, raw: str, text: str) -> None:
        assert normalise(raw).text == text

    def test_of_a_word_may_change_its_length(self) -> None:
        assert fold("ﬁ½") == "fi1/2"

    def test_takes_out_what_cannot_be_seen(self) -> None:
        assert visible("a\u200b\u2060b\x00\u3164") == "ab"


class TestTheWayBack:
    def test_is_straight_in_plain_text(self) -> None:
        assert normalise("plain").raw_span(1, 3) == (1, 3)

    def test_takes_in_what_was_hidden_inside(self) -> None:
        raw = "a OFFI\u200bCIAL b"
        start = normalise(raw).text.index("OFFICIAL")
        begin, end = normalise(raw).raw_span(start, start + 8)
        assert raw[begin:end] == "OFFI\u200bCIAL"

    def test_leads_from_several_letters_to_the_one_they_came_from(self) -> None:
        assert normalise("aﬁb").raw_span(1, 2) == (1, 2)
        assert normalise("aﬁb").raw_span(2, 3) == (1, 2)

    def test_leads_from_one_letter_to_both_of_its_parts(self) -> None:
        assert normalise("e\u0301b").raw_span(0, 1) == (0, 2)

    def test_of_nothing_is_nothing(self) -> None:
        assert normalise("é").raw_span(0, 0) == (0, 0)
        assert normalise("éa").raw_span(2, 2) == (2, 2)

    @settings(deadline=None, max_examples=300)
    @given(TEXTS, st.data())
    def test_stays_inside_and_in_order(self, raw: str, data: st.DataObject) -> None:
        folded = normalise(raw)
        size = len(folded.text)
        start = data.draw(st.integers(0, size))
        end = data.draw(st.integers(start, size))
        begin, stop = folded.raw_span(start, end)
        assert 0 <= begin <= stop <= len(raw)
        assert (begin < stop) == (start < end)
        further, _ = folded.raw_span(end, size)
        assert begin <= further

    @settings(deadline=None, max_examples=300)
    @given(TEXTS)
    def test_covers_every_character_that_can_be_seen(self, raw: str) -> None:
        folded = normalise(raw)
        covered = {
            place
            for position in range(len(folded.text))
            for place in range(*folded.raw_span(position, position + 1))
        }
        for place, character in enumerate(raw):
            if character in "aZŵ🔒\n":
                assert place in covered

    @settings(deadline=None, max_examples=300)
    @given(st.text(st.characters(max_codepoint=126, min_codepoint=32)))
    def test_leaves_ascii_alone(self, raw: str) -> None:
        assert normalise(raw) == Normalised(raw, raw)
