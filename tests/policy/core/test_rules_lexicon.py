"""Words and phrases found in one walk over a text."""

from functools import partial

import pytest

from policy.core import Post, check
from policy.core.engine import COULD_NOT_CHECK
from policy.core.reading import Reading
from policy.core.rules import handles, posting, tone, wording
from policy.core.rules.lexicon import Lexicon, apart, like, pairs, phrases
from tests.policy.core.packs import NOTHING, WEST_MIDLANDS
from tests.policy.core.speed import takes_longer

PIECES = (
    *("dm us ", "report ", "tweet us and ", "send me a dm ", "we will ", "not wisest ", "warrant "),
    *("the government is so ", "photos from the ", "WORDS IN ", "[day", "u r ", "2 the ", "ha"),
    *(
        "red and wind ",
        "send us the full details ",
        "i am being ",
        "at 2 to ",
        "😂 a",
        "𝗠 ",
        "ＡＢ-",
    ),
    *("#staysafe ", "don't ", "a'", "a&", "x@", "a.b", "f*", "sick of ", "called ", "plsss", "o"),
    *("see anything ", "can you give me the ", "oo", "Labour ", "hearing ", "no met ", "thank "),
)


def words(text: str) -> list[str]:
    return [word.plain for word in Reading(text).words]


class TestTheWordsOfAText:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Don't B late", ["don't", "b", "late"]),
            ("S&S, U.K", ["s&s", "u", "k"]),
            ("'quoted' words'", ["quoted", "words"]),
            ("@gr8 #gr8 https://example.org/gr8 www.example.org/gr8 gr8", ["gr8"]),
            ("Ask pls.help@marlshire.example.org pls", ["ask", "pls"]),
            ("ＧＲ８ T\u0177", ["gr8", "t\u0177"]),
            ("under_score", ["under", "score"]),
            ("", []),
        ],
    )
    def test_are_no_parts_of_addresses(self, text: str, found: list[str]) -> None:
        assert words(text) == found

    def test_lie_where_they_were_typed(self) -> None:
        reading = Reading("Come, ＰＬＳ!")
        word = reading.words[-1]
        assert reading.raw[slice(*reading.folded.raw_span(word.start, word.end))] == "ＰＬＳ"


class TestALexicon:
    def hits(self, lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
        return [(hit.phrase, hit.value) for hit in lexicon.hits(Reading(text))]

    def test_prefers_the_longest_phrase(self) -> None:
        lexicon = pairs(("IC1 male = white man", "ic1 = white"))
        assert self.hits(lexicon, "An ic1 male, IC1") == [
            ("IC1 male", "white man"),
            ("ic1", "white"),
        ]

    def test_finds_phrases_over_hyphens_and_commas_but_not_over_a_stop(self) -> None:
        lexicon = phrases(("good riddance",))
        texts = ("Good-riddance", "good, riddance", "Good. Riddance", "good @x riddance")
        assert [len(self.hits(lexicon, text)) for text in texts] == [1, 1, 0, 0]

    def test_takes_capitals_at_their_word(self) -> None:
        lexicon = phrases(("IT",))
        assert [len(self.hits(lexicon, text)) for text in ("IT", "it", "It")] == [1, 0, 0]

    def test_lets_the_later_of_two_alike_count(self) -> None:
        assert self.hits(pairs(("rtc = accident", "rtc = crash")), "RTC") == [("rtc", "crash")]

    def test_passes_over_what_has_no_words(self) -> None:
        assert self.hits(phrases(("!!!",)), "Well!!!") == []


class TestPlaces:
    def test_are_kept_where_they_begin_first_and_reach_farthest(self) -> None:
        assert apart([(4, 6), (0, 3), (0, 5), (6, 6), (5, 8)]) == [(0, 5), (5, 8)]

    @pytest.mark.parametrize(
        ("typed", "written"),
        [("pls", "please"), ("Pls", "Please"), ("GR8", "Please"), ("THANX", "PLEASE")],
    )
    def test_are_filled_with_the_same_capitals(self, typed: str, written: str) -> None:
        assert like(typed, "please") == written


class TestTheListsOfOurRules:
    def test_hold_no_single_letters(self) -> None:
        # A tuple of one phrase without its comma would be taken apart into letters.
        ours = (*tone.RULES, *handles.RULES, *posting.RULES, *wording.RULES)
        letters = " ".join("a d e f g h i j l m n o p q s t v w y z")
        assert check(Post(letters), NOTHING, WEST_MIDLANDS, rulebook=ours).findings == ()


class TestAHostileText:
    @pytest.mark.parametrize("piece", PIECES)
    def test_is_read_in_time_that_grows_with_its_length(self, piece: str) -> None:
        ours = (*tone.RULES, *handles.RULES, *posting.RULES, *wording.RULES)
        text = (piece * 10_000)[:10_000]
        read = partial(check, Post(text), NOTHING, WEST_MIDLANDS, rulebook=ours)
        assert not takes_longer(lambda: read, 1_000)
        assert COULD_NOT_CHECK not in {
            finding.title for finding in read().findings if finding.rule != "tweet-length"
        }
