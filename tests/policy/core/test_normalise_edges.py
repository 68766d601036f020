"""Borders of folding."""

from policy.core.normalise import Normalised, normalise


class TestAFold:
    def test_of_one_character_is_no_phrase(self) -> None:
        assert normalise("ﷺ").text == "ﷺ"
        assert normalise("㏂ ㎯").text == "a.m. ㎯"
        assert len(normalise("ﷺ" * 4000).text) == 4000

    def test_that_changes_nothing_has_no_way_back_to_keep(self) -> None:
        assert normalise("plain\r\n\t~ ") == Normalised("plain\r\n\t~ ", "plain\r\n\t~ ")

    def test_of_an_accent_after_a_plain_letter_joins_both(self) -> None:
        folded = normalise("ab\u0301c")
        assert folded.text == "ab\u0301c"
        assert folded.raw_span(0, 1) == (0, 1)
        assert folded.raw_span(3, 4) == (3, 4)
        assert normalise("xe\u0301").raw_span(1, 2) == (1, 3)

    def test_leads_past_the_end_to_the_end(self) -> None:
        assert normalise("é…").raw_span(4, 4) == (2, 2)

    def test_takes_in_what_is_hidden_around_a_letter_only_inside(self) -> None:
        folded = normalise("\u200ba\u200bb\u200b")
        assert folded.text == "ab"
        assert folded.raw_span(0, 1) == (1, 2)
        assert folded.raw_span(0, 2) == (1, 4)
