"""One line in, one answer out, whatever the line holds."""

import json
from typing import Any

import pytest

from policy.core.lines import answer, unescape
from tests.policy.core.packs import NEUTRAL, PACKS


def asked(line: bytes) -> dict[str, Any]:
    reply = answer(line, PACKS, NEUTRAL)
    json.dumps(reply)
    return reply


def ask(**data: Any) -> dict[str, Any]:
    return asked(json.dumps(data).encode())


class TestAnAnswer:
    def test_has_everything_about_the_text(self) -> None:
        report = ask(text="@a see example.com #b $CD")
        assert report["weighted_length"] == 34
        assert report["valid"] is True
        assert report["mentions"] == [{"screen_name": "a", "indices": [0, 2]}]
        assert report["urls"] == [{"url": "example.com", "indices": [7, 18]}]
        assert report["hashtags"] == [{"hashtag": "b", "indices": [19, 21]}]
        assert report["cashtags"] == [{"cashtag": "CD", "indices": [22, 25]}]
        (finding,) = report["findings"]
        assert finding["rule"] == "external-link"
        assert finding["severity"] == "block"
        assert finding["excerpt"] == "example.com"
        assert (finding["start"], finding["end"]) == (7, 18)
        assert set(finding["citation"]) >= {"document", "section", "paraphrase"}

    def test_comes_from_the_pack_that_is_asked_for(self) -> None:
        text = "See west-midlands.police.uk"
        assert ask(text=text)["pack"] == "neutral"
        assert ask(text=text)["findings"] != []
        assert ask(text=text, pack="west_midlands")["findings"] == []
        assert ask(text=text, pack=None)["pack"] == "neutral"

    def test_takes_a_text_that_begins_with_a_name_for_a_reply(self) -> None:
        text = "@fernlea_demo " + "a" * 280
        assert ask(text=text)["findings"] == []
        assert ask(text=text, kind="original")["findings"] != []

    def test_knows_alt_texts_and_sources(self) -> None:
        report = ask(
            text="",
            kind="retweet",
            platform="mastodon",
            account="OldermoorPolice",
            category="retweet",
            alt_texts=["TOP SECRET"],
            source_text="See example.com",
            source_account="floodfair",
            source_kind="partner",
        )
        assert [(found["rule"], found["where"]) for found in report["findings"]] == [
            ("protective-marking", "alt"),
            ("external-link", "source"),
        ]

    def test_ignores_what_it_does_not_know(self) -> None:
        assert ask(text="Hello", note="mine")["findings"] == []

    def test_survives_half_a_character(self) -> None:
        report = asked(b'{"text": "\\ud800 hello"}')
        assert report["valid"] is False
        assert [found["rule"] for found in report["findings"]] == ["invalid-characters"]


class TestAnExportedText:
    def test_is_measured_as_people_see_it(self) -> None:
        assert ask(text="Tom &amp; Ann &lt;3")["weighted_length"] == 12

    def test_is_pointed_at_as_it_stands_in_the_line(self) -> None:
        text = "Tom &amp; Ann @a &quot;#b&quot; $CD see example.com"
        report = ask(text=text)
        places = [
            *report["mentions"],
            *report["hashtags"],
            *report["cashtags"],
            *report["urls"],
        ]
        assert [text[slice(*place["indices"])] for place in places] == [
            "@a",
            "#b",
            "$CD",
            "example.com",
        ]
        (finding,) = report["findings"]
        assert text[finding["start"] : finding["end"]] == finding["excerpt"] == "example.com"

    def test_leaves_other_texts_of_the_post_alone(self) -> None:
        report = ask(text="Tom &amp; Ann", alt_texts=["See example.com"])
        (finding,) = report["findings"]
        assert (finding["start"], finding["end"]) == (4, 15)

    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("a & b; c", "a & b; c"),
            ("&amp;amp;", "&amp;"),
            ("&#39;&apos;", "''"),
            ("&copy;&amp", "&copy;&amp"),
            ("a?b=1&copy=2;", "a?b=1&copy=2;"),
        ],
    )
    def test_is_made_plain_once(self, text: str, plain: str) -> None:
        assert unescape(text).text == plain


class TestALineThatCannotBeChecked:
    @pytest.mark.parametrize(
        ("line", "message"),
        [
            (b"", "not JSON"),
            (b"\n", "not JSON"),
            (b"{", "not JSON"),
            (b"\xff\xfe", "not UTF-8"),
            (b"[" * 100_000, "more than can be read"),
            (b'{"text": ' + b"9" * 5000 + b"}", "more than can be read"),
            (b"[1]", "must hold an object"),
            (b"null", "must hold an object"),
            (b"{}", "“text” must be a text"),
            (b'{"text": 3}', "“text” must be a text"),
            (b'{"text": "a", "pack": 3}', "“pack” must be a text"),
            (b'{"text": "a", "pack": "x"}', "There is no pack called “x”"),
            (b'{"text": "a", "kind": "x"}', "“kind” must be one of original, retweet"),
            (b'{"text": "a", "platform": "x2"}', "“platform” must be one of x, mastodon"),
            (b'{"text": "a", "alt_texts": "x"}', "“alt_texts” must be a list"),
            (b'{"text": "a", "alt_texts": [1]}', "“alt_texts” must be a list"),
        ],
    )
    def test_is_answered_with_a_sentence(self, line: bytes, message: str) -> None:
        reply = asked(line)
        assert list(reply) == ["error"]
        assert message in reply["error"]

    def test_may_begin_with_a_mark_of_its_encoding(self) -> None:
        assert asked(b'\xef\xbb\xbf{"text": "Hello"}')["findings"] == []
