"""Borders of the parser: domain endings, emoji, lengths and whole addresses."""

import pytest

from policy.core.text.emoji import EMOJI
from policy.core.text.length import V1, V3, graphemes, mastodon_length, raw_position, weigh
from policy.core.text.tlds import domain_ending, top_level_domains
from policy.core.text.validate import is_valid_url

MAN, WOMAN, PERSON, GIRL, BOY, CHILD = "👨👩🧑👧👦🧒"
JOIN, VS = "\u200d", "\ufe0f"
DARK = "🏿"


def tagged(name: str) -> str:
    return "🏴" + "".join(chr(0xE0000 + ord(letter)) for letter in name) + "\U000e007f"


class TestADomainEnding:
    def test_is_known_in_both_ways_of_writing_it(self) -> None:
        known = top_level_domains()
        assert {"com", "uk", "рф", "xn--p1ai", "statoil", "xn--jlq480n2rg"} <= known
        assert not known & {"", "//", "example", "test", "co.uk"}
        assert all(name == name.lower() and "." not in name for name in known)

    @pytest.mark.parametrize(
        ("text", "start", "end"),
        [
            ("org", 0, 3),
            ("a.org", 2, 5),
            ("a.ORG/", 2, 5),
            ("a.org1", 2, None),
            ("a.org@", 2, None),
            ("a.org-", 2, None),
            ("a.org+", 2, None),
            ("a.org_", 2, 5),
            ("a.orgä", 2, 5),
            ("a.orgx", 2, None),
            ("a.рф", 2, 4),
            ("a.рфx", 2, None),
            ("a.рф日本", 2, 4),
            ("a.日本", 2, None),
            ("a.xn--p1ai", 2, 10),
            ("a.XN--P1AI.", 2, 10),
            ("a.xn--a-b1_", 2, 10),
            ("a.xn--", 2, None),
            ("a.xn--ä", 2, None),
            ("a.", 2, None),
        ],
    )
    def test_ends(self, text: str, start: int, end: int | None) -> None:
        assert domain_ending(text, start, len(text)) == end

    def test_goes_no_further_than_it_is_told(self) -> None:
        assert domain_ending("a.organic", 2, 5) is None
        assert domain_ending("a.org.uk", 2, 5) == 5
        assert domain_ending("a.xn--p1ai", 2, 9) == 9
        assert domain_ending("a.みんな", 2, 4) is None


class TestAnEmoji:
    @pytest.mark.parametrize(
        "emoji",
        [
            "🇬🇧",
            *map(tagged, ("gbeng", "gbsct", "gbwls")),
            f"🏴{JOIN}☠{VS}",
            f"🏴{JOIN}☠",
            f"🏳{VS}{JOIN}🌈",
            f"🏳{JOIN}⚧{VS}",
            f"{MAN}{JOIN}❤{VS}{JOIN}{WOMAN}",
            f"{MAN}{DARK}{JOIN}❤{JOIN}💋{JOIN}{MAN}{DARK}",
            f"{PERSON}{DARK}{JOIN}🤝{JOIN}{PERSON}",
            f"🫱{DARK}{JOIN}🫲{DARK}",
            f"🫱{JOIN}🫲",
            f"👯{JOIN}♀{VS}",
            f"{MAN}{JOIN}{WOMAN}{JOIN}{GIRL}{JOIN}{BOY}",
            f"{MAN}{JOIN}{GIRL}",
            f"{WOMAN}{JOIN}{WOMAN}{JOIN}{BOY}{JOIN}{BOY}",
            f"{WOMAN}{JOIN}{BOY}",
            f"{PERSON}{JOIN}{PERSON}{JOIN}{CHILD}{JOIN}{CHILD}",
            f"{PERSON}{JOIN}{CHILD}",
            f"{MAN}{DARK}{JOIN}🦯{JOIN}➡{VS}",
            f"{WOMAN}{JOIN}🦽",
            f"{WOMAN}{DARK}{JOIN}⚕{VS}",
            f"{PERSON}{JOIN}🚒",
            f"🏃{DARK}{JOIN}♂{VS}{JOIN}➡{VS}",
            f"🚶{JOIN}➡",
            "🧎",
            f"🏋{DARK}{JOIN}♀",
            f"🕵{VS}{JOIN}♂{VS}",
            f"👮{DARK}{JOIN}♀{VS}",
            f"🧜{JOIN}♂",
            f"🧞{JOIN}♀{VS}",
            f"👁{VS}{JOIN}🗨{VS}",
            f"👁{JOIN}🗨",
            f"😮{JOIN}💨",
            f"😶{JOIN}🌫{VS}",
            f"🙂{JOIN}↔{VS}",
            f"❤{VS}{JOIN}🔥",
            f"⛓{JOIN}💥",
            f"🐕{JOIN}🦺",
            f"🐻{JOIN}❄{VS}",
            f"🐦{JOIN}⬛",
            "1\ufe0f\u20e3",
            "#\u20e3",
            f"©{VS}",
            f"👍{DARK}",
            f"☀{VS}",
            "☀",
        ],
    )
    def test_is_one(self, emoji: str) -> None:
        assert EMOJI.fullmatch(emoji)
        assert EMOJI.findall(f"a{emoji}b{emoji}") == [emoji, emoji]

    @pytest.mark.parametrize(
        "text",
        [
            "🇽🇽",
            "1",
            "#",
            "©",
            "a",
            f"{MAN}{JOIN}{MAN}",
            f"{GIRL}{JOIN}{MAN}",
            f"{JOIN}",
            "🏴" + "x",
        ],
    )
    def test_is_not_one(self, text: str) -> None:
        assert not EMOJI.fullmatch(text)

    def test_with_other_tags_is_only_its_flag(self) -> None:
        assert EMOJI.findall(tagged("gbxxx"))[0] == "🏴"


class TestALength:
    def test_of_words_after_a_link_that_do_not_all_fit(self) -> None:
        length = weigh("a.org " + "b" * 300)
        assert (length.weighted, length.fits) == (324, 262)
        length = weigh("a.org " + "日" * 150)
        assert (length.weighted, length.fits) == (324, 5 + 1 + 128)

    def test_of_a_link_that_does_not_fit_ends_before_it(self) -> None:
        assert weigh("ab a.org", limit=25).fits == 3
        assert weigh("ab a.org", limit=26).fits == 8

    def test_of_what_is_past_the_limit_changes_nothing(self) -> None:
        assert weigh("a" * 5 + " a.org x", limit=5).fits == 5
        assert weigh("🔒ab🔒", limit=3).fits == 2
        assert weigh("🔒ab🔒", limit=4).fits == 3

    def test_depends_on_the_class_of_each_character(self) -> None:
        for light in "aé\u10ff\u2000\u200d\u2010\u201f\u2032\u2037":
            assert weigh(f"x{light}y").weighted == 3, hex(ord(light))
        for heavy in "\u1100\u200e\u2020\u2031\u2038日":
            assert weigh(f"x{heavy}y").weighted == 4, hex(ord(heavy))

    def test_in_the_first_version_is_one_for_each(self) -> None:
        assert weigh("日本", V1).weighted == 2
        assert (V1.limit, V3.limit) == (140, 280)

    def test_of_a_link_inside_emoji_counts_once(self) -> None:
        assert weigh("🔒a.org🔒").weighted == 2 + 23 + 2
        assert weigh("1\ufe0f\u20e3.org").weighted == weigh("2\ufe0f\u20e3.org").weighted

    def test_finds_the_links_again_in_a_text_that_is_composed_first(self) -> None:
        text = "e\u0301 a.org"
        assert weigh(text, urls=[]).weighted == weigh(text).weighted == 25
        assert weigh("e a.org", urls=[]).weighted == 7

    def test_of_a_prefix_is_found_in_the_raw_text(self) -> None:
        assert raw_position("é", 0) == 0
        assert raw_position("ae\u0301b", 1) == 1
        assert raw_position("ae\u0301b", 3) == 4

    def test_in_thousandths_of_the_limit(self) -> None:
        assert weigh("a" * 280).permillage == 1000
        assert weigh("a" * 281).permillage == 1003

    def test_as_readers_see_it(self) -> None:
        assert graphemes("\r\n") == 1
        assert graphemes("🇬🇧🇬🇧🇬") == 3
        assert graphemes("") == 0

    def test_on_mastodon_leaves_out_only_the_server(self) -> None:
        assert mastodon_length("@a@b.org") == 2
        assert mastodon_length("x@a@b.org") == len("x@a@b.org")
        assert mastodon_length("@a@b.org a.org") == 2 + 1 + 23


class TestAWholeAddress:
    @pytest.mark.parametrize(
        "text",
        [
            "https://a.example.org",
            "https://a.example.org:1",
            "https://a.example.org:12345",
            "https://0.0.0.0",
            "https://255.249.199.99",
            "https://[a:0]",
            "https://a.example.org?",
            "https://a.example.org#",
            "https://a.example.org/%20",
            "https://@a.example.org",
            "https://a-b.example.org",
            "https://1a.example.org",
            "https://jo:pa-._~%20ss@a.example.org",
            "https://a.example.org//b//",
            "http://a.example.org/!$&'()*+,;=:|@~",
        ],
    )
    def test_may_be(self, text: str) -> None:
        assert is_valid_url(text) is True

    @pytest.mark.parametrize(
        "text",
        [
            "https://example-.org",
            "https://a_.example_.org",
            "https://a.example.org_",
            "https://1.2.3",
            "https://1.2.3.4.5",
            "https://a.example.org:",
            "https://a.example.org/%2",
            "https://a.example.org/<",
            "https://a@b@c.org",
            "https://[x]",
            "https://.org",
            "https://a..org",
            " https://a.example.org",
            "https://a.example.org\n",
            "//a.example.org",
        ],
    )
    def test_may_not_be(self, text: str) -> None:
        assert is_valid_url(text) is False

    def test_without_a_protocol_may_be_no_other(self) -> None:
        assert is_valid_url("a.example.org", needs_protocol=False)
        assert not is_valid_url("ftp://a.example.org", needs_protocol=False)
        assert not is_valid_url("", needs_protocol=False)
        assert not is_valid_url("a.example.org /", needs_protocol=False)
