"""How the words in place of jargon and shorthand go on with the sentence."""

import pytest

from tests.policy.core.packs import found


def offered(rule: str, text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.excerpt, finding.replacements) for finding in found(text, rule)]


class TestJargon:
    @pytest.mark.parametrize(
        ("text", "words", "instead"),
        [
            ("An RTC on the A12", "RTC", "crash"),
            ("RTC on the A12", "RTC", "Crash"),
            ("News | RTC at ten", "RTC", "Crash"),
            ("Slow down. RTC at ten", "RTC", "Crash"),
            ("Slow down! RTC at ten", "RTC", "Crash"),
            ("RTC's all day", "RTC's", "Crash"),
            ("R.T.C. on the A12", "R.T.C.", "Crash"),
            ("RTC-12 is a form", "RTC", "Crash"),
            ("We proceeded to it", "proceeded", "went"),
            ("Proceeded to it", "Proceeded", "Went"),
            ("We utilise it", "utilise", "use"),
        ],
    )
    def test_is_put_in_plain_words(self, text: str, words: str, instead: str) -> None:
        assert offered("jargon", text) == [(words, (instead,))]

    @pytest.mark.parametrize("text", ["Form A/RTC/12", "See RTC_12", "See 12/RTC", "See x-RTC"])
    def test_is_not_seen_in_references(self, text: str) -> None:
        assert not found(text, "jargon")


class TestShorthand:
    @pytest.mark.parametrize(
        ("text", "words", "instead"),
        [
            ("Share this, pls", "pls", "please"),
            ("PLS share", "PLS", "Please"),
            ("THNX all", "THNX", "THANKS"),
            ("Thnx all", "Thnx", "Thanks"),
            ("A gr8-day", "gr8", "great"),
            ("Lock up b4 we go", "b4", "before"),
            ("u r here", "u r", "you are"),
            ("M8, look", "M8", "Mate"),
        ],
    )
    def test_is_put_in_whole_words(self, text: str, words: str, instead: str) -> None:
        assert offered("text-speak", text) == [(words, (instead,))]

    @pytest.mark.parametrize(
        "text",
        [
            *("R&R at last", "See b4-12", "See b4/12", "Mail gr8@mill.uk", "A #gr8 day", "To @l8r"),
            *("At www.gr8.uk", "The M8 is closed", "See a_b4", "See x/b4"),
        ],
    )
    def test_is_not_seen_in_names_and_references(self, text: str) -> None:
        assert not found(text, "text-speak")
