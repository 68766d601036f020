"""What finders of details share: runs of digits, check digits, sentences, hostile texts."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
import regex

from policy.core import Post, check
from policy.core.engine import COULD_NOT_CHECK
from policy.core.reading import Reading
from policy.core.rules.details.money import is_iban, passes_luhn
from policy.core.rules.details.numbers import Run
from policy.core.rules.details.papers import has_nhs_check_digit
from tests.policy.core.packs import NOTHING, WEST_MIDLANDS
from tests.policy.core.speed import takes_longer

ELEVEN = regex.compile(r"0\d{10}")
PIECES = [
    *("07 ", "07700 900123 ", "o7", "one ", "double ", "1-1/", "51.555 ", "4111 ", "GB29 NWBK "),
    *("A1 ", "AB12 ", "ab12 cde ", "reg no is ", "reg AB", "M62 ", "SJ 123 ", "ST16 3", "A B 1 "),
    *("a@", "a@a.", "a dot ", "a at gmail ", "x[at]", "x [dot] ", "dob 1 ", "born on the "),
    *("Lane Road ", "Mill Lane ", "in mill lane ", "14 Mill ", "#Mill", "#mill", "St ", "The "),
    *("flat 1 ", "///", "a.b.c", "lat ", "on Agate ", "The Grove ", "37, of ", "he is ", "Ann "),
    *("password is ", "pin is ", "the code for ", "user x ", "log in with a/", "p a s s "),
    *("PC Sample ", "my wife ", "I always ", "officer lives ", "every day I run ", "park "),
    *("sort code ", "passport ", "NI ", "quote ref no ", "call him on ", "us a "),
]
# Milliseconds.
ENOUGH = 1_000


class TestARunOfDigits:
    @pytest.mark.parametrize(
        ("text", "groups"),
        [
            ("07700 900 123", (5, 3, 3)),
            ("07700900123", (11,)),
            ("o77oo-9oo.123", (5, 3, 3)),
            ("oh double seven double oh 900123", (1, 2, 2, 6)),
            ("zero seven seven hundred nine hundred one two three", (1, 1, 1, 2, 1, 2, 1, 1, 1)),
        ],
    )
    def test_keeps_how_it_was_grouped(self, text: str, groups: tuple[int, ...]) -> None:
        (number,) = Run(text, 0, len(text)).numbers(ELEVEN)
        assert number.digits == "07700900123"
        assert number.groups == groups
        assert text[number.start : number.end] == text

    def test_holds_a_number_only_from_group_to_group(self) -> None:
        text = "107700 900123"
        assert not list(Run(text, 0, len(text)).numbers(ELEVEN))

    def test_may_hold_several_numbers(self) -> None:
        text = "07700 900123 07700 900456"
        found = Run(text, 0, len(text)).numbers(ELEVEN)
        assert [number.start for number in found] == [0, 13]


class TestCheckDigits:
    @pytest.mark.parametrize(
        ("is_right", "right", "wrong"),
        [
            (has_nhs_check_digit, "9434765919", "9434765918"),
            (has_nhs_check_digit, "1000000060", "1000000061"),
            (passes_luhn, "4111111111111111", "4111111111111112"),
            (passes_luhn, "378282246310005", "378282246310006"),
            (is_iban, "GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 18"),
            (is_iban, "de89370400440532013000", "de88370400440532013000"),
        ],
    )
    def test_tell_right_from_wrong(
        self, is_right: Callable[[str], bool], right: str, wrong: str
    ) -> None:
        assert is_right(right)
        assert not is_right(wrong)

    @pytest.mark.parametrize("place", range(16))
    def test_notice_one_wrong_figure_anywhere(self, place: int) -> None:
        right = "4929123456781230"
        right = next(
            f"{right[:-1]}{last}" for last in range(10) if passes_luhn(f"{right[:-1]}{last}")
        )
        for other in set("0123456789") - {right[place]}:
            assert not passes_luhn(right[:place] + other + right[place + 1 :])


class TestAReading:
    def test_knows_the_sentence_of_a_place(self) -> None:
        reading = Reading("One here. Two at 3.30pm!\nThree")
        text = reading.folded.text
        sentences = [text[slice(*reading.sentence(text.index(word)))] for word in ("O", "3", "Th")]
        assert sentences == ["One here.", " Two at 3.30pm!", "Three"]

    def test_says_something_in_one_sentence_and_not_in_another(self) -> None:
        reading = Reading("A burglary. A meeting.")
        meeting = regex.compile("meeting")
        assert reading.says(meeting)
        assert reading.says_at(meeting, 14)
        assert not reading.says_at(meeting, 3)

    def test_makes_a_thing_once(self) -> None:
        reading = Reading("text")
        first = reading.kept("day", lambda: date(2026, 5, 1))
        assert reading.kept("day", lambda: date(2026, 5, 2)) is first


class TestAHostileText:
    @pytest.mark.parametrize("piece", PIECES)
    def test_of_ten_thousand_characters_is_answered(self, piece: str) -> None:
        post = Post((piece * 10_000)[:10_000], category="stop-check")
        read = partial(check, post, NOTHING, WEST_MIDLANDS)
        assert not takes_longer(lambda: read, ENOUGH)
        assert COULD_NOT_CHECK not in {finding.title for finding in read().findings}
