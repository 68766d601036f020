"""Text speak, jargon, capitals and blanks."""

import pytest

from policy.core import Severity, override_rule
from policy.core.pack import Template
from tests.policy.core.packs import DEMONSTRATION, NEUTRAL, excerpts, found


class TestTextSpeak:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Thx for ur help", ["Thx", "ur"]),
            ("R u coming 2 see us 2moro?", ["R u", "2 see", "2moro"]),
            ("If U see him pls call 101", ["If U", "pls"]),
            ("Lock up b4 you go", ["b4"]),
            ("im on my way m8", ["m8"]),
            ("hope 2 see you", ["2 see"]),
            ("A man was hurt y'day", ["y'day"]),
            ("gr8t night, c u l8r", ["gr8t", "c u", "l8r"]),
            ("Ur car is at risk", ["Ur"]),
            ("PLS SHARE", ["PLS"]),
        ],
    )
    def test_is_pointed_at(self, text: str, words: list[str]) -> None:
        assert [word.casefold() for word in excerpts(text, "text-speak")] == [
            word.casefold() for word in words
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "No U-turn, no U turn, mind the U-bend",
            "The M8, the m8 at J12 and the M6 J2 are closed",
            "Burglary in B4, theft in W8 and L8",
            "Vitamin C, Plan B, R&R, Type R, R. Smith, 4x4, K9, U18s",
            "Zia ur Rehman and Leonardo da Silva were there",
            "Come at 2 the day after, from 2 to 4 the hall is open",
            "Section 4 the act, these 4 you know",
            "2 go to prison; 2 get bail. 4 the law is strict",
            "The team B squad won. A to B by bus",
            "info, approx, asap, ETA, no. 1, 1st, 10-4",
            "See example.org/gr8 or write to pls@marlshire.example.org, @gr8cops, #gr8",
            "The last rites were read. Chewing the cud",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(text, "text-speak")

    @pytest.mark.parametrize(
        ("text", "plain"),
        [("pls", "please"), ("Pls", "Please"), ("THANX ALL", "THANKS"), ("2nite", "tonight")],
    )
    def test_is_written_out_with_one_tap(self, text: str, plain: str) -> None:
        (finding,) = found(text, "text-speak")
        assert finding.replacements == (plain,)

    def test_is_left_out_where_it_says_nothing(self) -> None:
        (finding,) = found("lol", "text-speak")
        assert finding.replacements == ()

    def test_may_be_added_to(self) -> None:
        pack = override_rule(DEMONSTRATION, "text-speak", words=("innit",))
        assert excerpts("Cold, innit", "text-speak", pack) == ["innit"]


class TestJargon:
    @pytest.mark.parametrize(
        ("text", "word", "plain"),
        [
            ("RTC on the A34", "RTC", "Crash"),
            ("We are at an RTC", "RTC", "crash"),
            ("an rtc on the A34", "rtc", "crash"),
            ("Officers proceeded on foot", "proceeded", "went"),
            ("Proceeded on foot", "Proceeded", "Went"),
            ("Parked in the vicinity of the school", "in the vicinity of", "near"),
            ("IC1 male seen", "IC1 male", "White man"),
            ("At this moment in time we know no more", "At this moment in time", "Now"),
        ],
    )
    def test_comes_with_what_to_say(self, text: str, word: str, plain: str) -> None:
        (finding,) = found(text, "jargon")
        assert (finding.excerpt, finding.replacements) == (word, (plain,))

    @pytest.mark.parametrize(
        "text",
        [
            "Call 101 about anti-social behaviour #ASB #RTC",
            "Quote 22/RTC/0042",
            "Pace yourself on the tor: it was dv8's best show",
            "Mo came along, and so did the Tor hill runners",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert not found(text, "jargon")

    def test_is_what_the_pack_lists(self) -> None:
        pack = DEMONSTRATION.with_lists(jargon=["bobby = officer", "TIE = traced"])
        assert excerpts("Your Bobby wore a tie. TIE done", "jargon", pack) == ["Bobby", "TIE"]


class TestShouting:
    @pytest.mark.parametrize(
        "text",
        [
            "PLEASE DO NOT PARK ON THESE ZIG-ZAG LINES",
            "Listen. WE WILL NEVER, EVER CALL ABOUT YOUR BANK",
        ],
    )
    def test_is_heard(self, text: str) -> None:
        assert found(text, "shouting")

    @pytest.mark.parametrize(
        "text",
        [
            "BREAKING NEWS | A man was charged",
            "MISSING PERSON APPEAL: can you help?",
            "RNLI, HMCG, RSPCA and RSPB",
            "#STAYSAFE #STAYHOME #LOCKITUP #TAKECARE #BEKIND",
        ],
    )
    def test_is_not_heard_in(self, text: str) -> None:
        assert not found(text, "shouting")


class TestUnfilledBlanks:
    @pytest.mark.parametrize("template", NEUTRAL.templates.values(), ids=lambda t: t.id)
    def test_are_found_in_every_template(self, template: Template) -> None:
        found_in_it = found(template.text, "unfilled-blank")
        assert len(found_in_it) == template.text.count("[")
        assert all(finding.severity is Severity.BLOCK for finding in found_in_it)

    @pytest.mark.parametrize("text", ["[see pic]", "[1]", "[]", "[the area]", "day, time", "[day"])
    def test_are_nothing_else(self, text: str) -> None:
        assert not found(text, "unfilled-blank")
