"""Hidden, mixed and refused characters, and the text that is left when they are gone."""

import pytest

from policy.core import Kind, Post, SourceKind, check
from tests.policy.core.packs import NEUTRAL, NOTHING, excerpts, found


class TestHiddenCharacters:
    @pytest.mark.parametrize(
        "text",
        [
            "a\u200bb",
            "a\u2060b",
            "a\u00adb",
            "a\u200eb",
            "\u202eabc",
            "a\u034fb",
            "a\u3164b",
            "a\ufe0fb",
            "a\u200db",
            "👮\u200d b",
            "\U000e0041a",
            "1\ufe0f2",
            "a\x00b",
            "a\u0085b",
        ],
    )
    def test_are_found(self, text: str) -> None:
        assert found(text, "hidden-characters")

    @pytest.mark.parametrize(
        "text",
        [
            "👮🏽\u200d♀\ufe0f 👨\u200d👩\u200d👧\u200d👦 ❤\ufe0f\u200d🔥",
            "1\ufe0f\u20e3 ☎\ufe0f ✔\ufe0e",
            "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0915\u094d\u200d\u0937",
            "שלום\u200f! \u2067א\u2069",
            "葛\U000e0100",
            "a\tb\r\nc",
            "Llanrhaeadr-ym-Mochnant, tŷ, ŵ, e\u0301",
        ],
    )
    def test_are_not_what_holds_pictures_and_scripts_together(self, text: str) -> None:
        assert not found(text, "hidden-characters")

    def test_cannot_turn_round_a_text_that_reads_from_the_right(self) -> None:
        assert found("שלום \u202eabc", "hidden-characters")

    def test_are_cleaned_with_one_press(self) -> None:
        text = "Meet Pe\u200bter at the\u00ad\u200b library today"
        (finding,) = found(text, "hidden-characters")
        (clean,) = finding.replacements
        assert finding.excerpt == "Pe\u200bter at the\u00ad\u200b"
        assert text[: finding.start] + clean + text[finding.end :] == (
            "Meet Peter at the library today"
        )

    def test_are_named(self) -> None:
        (one,) = found("a\u200bb", "hidden-characters")
        assert one.message == "Your text holds a character that cannot be seen (zero width space)."
        (several,) = found("a\u200b\u200b\x01b", "hidden-characters")
        assert several.message.startswith(
            "Your text holds 3 characters that cannot be seen (U+0001"
        )

    def test_of_somebody_else_are_not_ours_to_clean(self) -> None:
        post = Post("", kind=Kind.RETWEET, source_text="a\u200bb", source_kind=SourceKind.PARTNER)
        (finding,) = check(post, NOTHING, NEUTRAL).findings
        assert finding.replacements == ()


class TestMixedScript:
    def test_is_a_word_of_two_alphabets(self) -> None:
        assert excerpts("P\u043elice and \u0421RIME and Police", "mixed-script") == [
            "P\u043elice",
            "\u0421RIME",
        ]

    def test_is_cleaned_letter_by_letter(self) -> None:
        (finding,) = found("P\u043elice", "mixed-script")
        assert finding.replacements == ("Police",)

    def test_is_left_to_people_where_a_letter_imitates_nothing(self) -> None:
        (finding,) = found("Poli\u0436e", "mixed-script")
        assert finding.replacements == ()

    def test_of_somebody_else_is_not_ours_to_clean(self) -> None:
        post = Post("", kind=Kind.RETWEET, source_text="P\u043elice")
        (finding,) = check(post, NOTHING, NEUTRAL).findings
        assert finding.replacements == ()

    @pytest.mark.parametrize(
        "text", ["Привет, мир", "Ελλάδα", "5 μg", "Covid-α", "Ynys Môn", "Møn"]
    )
    def test_is_no_single_alphabet(self, text: str) -> None:
        assert not found(text, "mixed-script")


class TestInvalidCharacters:
    def test_are_found_and_taken_out(self) -> None:
        text = "Hello\ufffe\ufeff world\ud800"
        findings = found(text, "invalid-characters")
        assert [finding.excerpt for finding in findings] == ["\ufffe\ufeff", "\ud800"]
        assert findings[0].message.endswith("(U+FEFF, U+FFFE).")
        assert findings[0].replacements == ("",)

    def test_are_not_called_hidden_as_well(self) -> None:
        assert not found("a\ufeffb", "hidden-characters")


class TestTweetEmpty:
    @pytest.mark.parametrize("text", ["", " \n\t", "\u200b", "\u3164", "\u00ad \ufe0f"])
    def test_is_a_text_without_anything_to_see(self, text: str) -> None:
        assert found(text, "tweet-empty")

    @pytest.mark.parametrize("text", ["a", ".", "👮", "tŷ"])
    def test_is_not_a_short_text(self, text: str) -> None:
        assert not found(text, "tweet-empty")

    def test_is_a_quote_without_words(self) -> None:
        report = check(Post("", kind=Kind.QUOTE, source_text="Hello"), NOTHING, NEUTRAL)
        assert [finding.rule for finding in report.findings] == ["tweet-empty"]
