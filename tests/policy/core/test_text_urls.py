"""Links in running text."""

import pytest

from policy.core.text import Url, extract_urls


def urls(text: str) -> list[str]:
    return [url.url for url in extract_urls(text)]


class TestALink:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("no link at all", []),
            ("See https://marlshire.example.org", ["https://marlshire.example.org"]),
            ("See HTTP://Marlshire.Example.ORG/x", ["HTTP://Marlshire.Example.ORG/x"]),
            ("See marlshire.example.org now", ["marlshire.example.org"]),
            ("(marlshire.example.org)", ["marlshire.example.org"]),
            ("“marlshire.example.org”", ["marlshire.example.org"]),
            ("surgery.in the library", ["surgery.in"]),
            ("a.example.com:8080/x", ["a.example.com:8080/x"]),
            ("a.example.com?x=1", ["a.example.com"]),
            ("http://a.example.com?x=1.", ["http://a.example.com?x=1"]),
            ("http://a.example.com?.", ["http://a.example.com"]),
            ("http://a.example.com/(b)c.", ["http://a.example.com/(b)c"]),
            ("http://a.example.com/(b(c)d).", ["http://a.example.com/(b(c)d)"]),
            ("http://a.example.com/((b", ["http://a.example.com/"]),
            ("http://a.example.com/...", ["http://a.example.com/"]),
            ("http://sub_domain.example.com", ["http://sub_domain.example.com"]),
            ("http://über.example.com/ä", ["http://über.example.com/ä"]),
            ("http://☃.net", ["http://☃.net"]),
            ("http://xn--bcher-kva.example.com", ["http://xn--bcher-kva.example.com"]),
            ("http://a.xn--p1ai", ["http://a.xn--p1ai"]),
            ("http://a.рф", ["http://a.рф"]),
            ("http://a.vermögensberatung/x", ["http://a.vermögensberatung/x"]),
            ("http://a.statoil", ["http://a.statoil"]),
        ],
    )
    def test_is_found(self, text: str, expected: list[str]) -> None:
        assert urls(text) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "write to team@marlshire.example.org",
            "write to jo.public.org@example",
            "@marlshire.example.org",
            "#marlshire.example.org",
            "$marlshire.example.org",
            "-marlshire.org",
            "/marlshire.org",
            "marl_shire.org",
            "http://-marlshire.org",
            "http://marlshire-.org",
            "http://marlshire",
            "http://marlshire.x",
            "http://marlshire.org-",
            "http://a.xn--",
            "at 6.30pm, e.g. tonight",
            "notes.tar.bz2",
            "xhttp://marlshire.org",
            "http://xn--ä.org",
            "http://" + "a" * 64 + ".org",
            "http://" + "ä" * 60 + ".org",
            "http://" + "a.b" * 2000 + ".org",
            "https://t.co/" + "a" * 41,
            "..",
        ],
    )
    def test_is_not_seen_in(self, text: str) -> None:
        assert urls(text) == []

    def test_says_where_it_stands(self) -> None:
        assert extract_urls("tŷ 🏠 a.org/b, c.org") == [
            Url("a.org/b", 5, 12),
            Url("c.org", 14, 19),
        ]

    def test_shares_no_character_with_the_next(self) -> None:
        assert urls("a.org/日本b.org") == ["a.org/", "b.org"]
        assert urls("http://a.orghttp://b.org") == []

    def test_is_picked_out_of_another_script(self) -> None:
        assert urls("日本a.org日本b.co.uk/x日本") == ["a.org", "b.co.uk/x"]
        assert urls("日本.みんな") == []
        assert urls("a.orgあb.みんな/x") == ["a.org", "b.みんな/x"]
        assert urls("http://a.org日本") == ["http://a.org"]

    def test_leaves_the_sentence_after_a_shortened_address(self) -> None:
        assert urls("https://t.co/abc's and https://t.co/abc?x=1") == [
            "https://t.co/abc",
            "https://t.co/abc?x=1",
        ]

    def test_begins_again_after_a_label_that_cannot_be(self) -> None:
        assert urls("http://-.a.org b.org") == ["b.org"]
        assert urls("a.org.b_c.org") == ["a.org"]
        assert urls("_x.a.org c.org") == ["c.org"]
