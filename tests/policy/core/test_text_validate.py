"""Strings that are a tweet, a hashtag or an address as a whole."""

import pytest

from policy.core.text.validate import is_valid_hashtag, is_valid_tweet, is_valid_url


class TestATweet:
    def test_has_one_to_140_characters(self) -> None:
        assert is_valid_tweet("a" * 140)
        assert not is_valid_tweet("a" * 141)
        assert not is_valid_tweet("")


class TestAHashtag:
    def test_is_nothing_but_the_tag(self) -> None:
        assert is_valid_hashtag("#Oldermoor")
        assert not is_valid_hashtag("#Oldermoor ")
        assert not is_valid_hashtag("#1")
        assert not is_valid_hashtag("#a #b")


class TestAnAddress:
    @pytest.mark.parametrize(
        "text",
        [
            "https://marlshire.example.org",
            "HTTP://jo:pa%20ss@marlshire.example.org:8080/a;b=c/d?e=f#g/h?i",
            "http://127.0.0.1/",
            "http://[::1]:80/x",
            "http://tŷ.example.org/",
            "http://a_b.example.org",
        ],
    )
    def test_is_valid(self, text: str) -> None:
        assert is_valid_url(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "marlshire.example.org",
            "ftp://marlshire.example.org",
            "https://",
            "https://marlshire",
            "https://marlshire.1org",
            "https://marl_shire.org",
            "https://-marlshire.org",
            "https://marlshire.org:123456",
            "https://jo[@marlshire.org",
            "https://256.1.2.3",
            "https://marlshire.org/a b",
            'https://marlshire.org/"',
            "https://marlshire.org/?[",
            "https://marlshire.org/#[",
        ],
    )
    def test_is_not_valid(self, text: str) -> None:
        assert not is_valid_url(text)

    def test_may_go_without_its_protocol_where_that_is_allowed(self) -> None:
        assert is_valid_url("marlshire.example.org/a", needs_protocol=False)
