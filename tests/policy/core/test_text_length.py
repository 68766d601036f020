"""How long a text is on each platform."""

import pytest

from policy.core.text.emoji import EMOJI
from policy.core.text.length import (
    V1,
    V2,
    V3,
    Counting,
    graphemes,
    mastodon_length,
    raw_position,
    tail_weight,
    weigh,
)

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


class TestTheWeightedLength:
    @pytest.mark.parametrize(
        ("text", "length"),
        [
            ("", 0),
            ("Lock your shed", 14),
            ("tŷ", 2),
            ("e\u0301", 1),
            ("日本", 4),
            ("–", 1),
            ("🔒", 2),
            (FAMILY, 2),
            ("👮🏽\u200d♀\ufe0f", 2),
            ("🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", 2),
            ("🇬🇧", 2),
            ("🇽🇽", 4),
            ("1\ufe0f\u20e3", 2),
            ("©", 1),
            ("©\ufe0f", 2),
            ("https://marlshire.example.org/oldermoor", 23),
            ("a.org b.org", 47),
            ("http://☃.net", 23),
            ("☃ a.org ☃", 29),
        ],
    )
    def test_counts(self, text: str, length: int) -> None:
        assert weigh(text).weighted == length

    def test_takes_a_chain_of_emoji_apart(self) -> None:
        assert weigh("👨\u200d" * 200).weighted == 600

    @pytest.mark.parametrize(("counting", "length"), [(V1, 11), (V2, 15), (V3, 6)])
    def test_depends_on_the_version(self, counting: Counting, length: int) -> None:
        assert weigh(f"abc{FAMILY}d", counting).weighted == length

    def test_holds_the_last_character_that_fits(self) -> None:
        assert weigh("a" * 281).fits == 280
        assert weigh("🔒" * 141).fits == 140
        assert weigh("a" * 279 + "日本").fits == 279
        assert weigh("a" * 270 + " a.org b").fits == 271
        assert weigh("a" * 257 + " a.org bcdef").fits == 257 + 1
        assert weigh("ab a.org", limit=2).fits == 2

    def test_is_valid_up_to_the_limit(self) -> None:
        assert weigh("a" * 280).valid
        assert not weigh("a" * 281).valid
        assert not weigh("").valid
        assert weigh("a" * 140, limit=140).valid
        assert not weigh("a" * 141, limit=140).valid

    @pytest.mark.parametrize("refused", ["\ufffe", "\ufeff", "\uffff"])
    def test_is_not_valid_with_what_the_platform_refuses(self, refused: str) -> None:
        length = weigh(f"ab{refused}cd")
        assert not length.valid
        assert length.fits == 2

    def test_is_not_valid_with_half_a_pair(self) -> None:
        assert not weigh("ab\ud800").valid

    def test_is_told_in_thousandths(self) -> None:
        assert weigh("a" * 70).permillage == 250

    def test_counts_a_tail_without_looking_for_links(self) -> None:
        assert tail_weight("a.org 🔒") == 8


class TestThePlaceInTheRawText:
    def test_is_the_same_in_plain_text(self) -> None:
        assert raw_position("abc", 2) == 2

    def test_counts_both_parts_of_an_accent(self) -> None:
        assert raw_position("e\u0301e\u0301x", 2) == 4
        assert raw_position("e\u0301", 1) == 2
        assert raw_position("é", 1) == 1
        assert raw_position("éa", 2) == 2


class TestMastodon:
    @pytest.mark.parametrize(
        ("text", "length"),
        [
            ("Lock your shed", 14),
            (FAMILY, 1),
            ("a.org", 23),
            ("http://a.org/~@team@b.org", 23),
            ("@team@social.example.org hello", 11),
            ("hello @team@social.example.org, see https://a.org/x", 40),
        ],
    )
    def test_counts(self, text: str, length: int) -> None:
        assert mastodon_length(text) == length


class TestBluesky:
    @pytest.mark.parametrize(
        ("text", "length"), [("abc", 3), (FAMILY, 1), ("e\u0301", 1), ("a\r\nb", 3)]
    )
    def test_counts_what_a_reader_sees(self, text: str, length: int) -> None:
        assert graphemes(text) == length


class TestAnEmoji:
    @pytest.mark.parametrize(
        "text",
        [
            "🔒",
            "☎\ufe0f",
            "🧑🏾\u200d🤝\u200d🧑🏻",
            "👩\u200d❤\ufe0f\u200d💋\u200d👩",
            "🏃🏽\u200d♀\ufe0f\u200d➡\ufe0f",
            "🧑\u200d🧒\u200d🧒",
            "🐈\u200d⬛",
            "🏳\ufe0f\u200d🌈",
            "🕵\ufe0f\u200d♂\ufe0f",
            "#\ufe0f\u20e3",
        ],
    )
    def test_is_one_picture(self, text: str) -> None:
        assert EMOJI.fullmatch(text)

    @pytest.mark.parametrize("text", ["1", "#", "©", "a", "🔒🔒", "🔒\u200d🔒"])
    def test_is_not(self, text: str) -> None:
        assert not EMOJI.fullmatch(text)
