"""The parser against the official cases; 100 % of every section that counts."""

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from policy.core.text import (
    extract_cashtags,
    extract_hashtags,
    extract_mentions,
    extract_mentions_or_lists,
    extract_reply,
    extract_urls,
)
from policy.core.text.length import V2, V3, Counting, weigh
from policy.core.text.validate import is_valid_hashtag, is_valid_tweet, is_valid_url
from tests.policy.core import conformance

EVERY_CASE = 1900


def _tags(text: str) -> list[str]:
    return [tag.hashtag for tag in extract_hashtags(text, extract_urls(text))]


def _placed_tags(text: str) -> list[dict[str, Any]]:
    return [tag.as_dict() for tag in extract_hashtags(text, extract_urls(text))]


def _lists(text: str) -> list[dict[str, Any]]:
    return [
        {**mention.as_dict(), "list_slug": mention.list_slug}
        for mention in extract_mentions_or_lists(text)
    ]


def _urls(text: str) -> list[str]:
    return [url.url for url in extract_urls(text)]


def _placed_urls(text: str) -> list[dict[str, Any]]:
    return [url.as_dict() for url in extract_urls(text)]


def _units(text: str) -> int:
    """The cases count in the units of JavaScript."""
    return len(text.encode("utf-16-le")) // 2


def _parsed(counting: Counting) -> Callable[[str], dict[str, Any]]:
    def parse(text: str) -> dict[str, Any]:
        length = weigh(text, counting)
        composed = unicodedata.normalize("NFC", text)
        shift = _units(text) - _units(composed)
        return {
            "weightedLength": length.weighted,
            "valid": length.valid,
            "permillage": length.permillage,
            "displayRangeStart": 0,
            "displayRangeEnd": _units(text) - 1,
            "validRangeStart": 0,
            "validRangeEnd": _units(composed[: length.fits]) - 1 + shift,
        }

    return parse


ANSWERS: dict[tuple[str, str], Callable[[str], Any]] = {
    ("extract", "mentions"): lambda text: [m.screen_name for m in extract_mentions(text)],
    ("extract", "mentions_with_indices"): lambda text: [
        mention.as_dict() for mention in extract_mentions(text)
    ],
    ("extract", "mentions_or_lists_with_indices"): _lists,
    ("extract", "replies"): extract_reply,
    ("extract", "urls"): _urls,
    ("extract", "urls_with_indices"): _placed_urls,
    ("extract", "urls_with_directional_markers"): _placed_urls,
    ("extract", "tco_urls_with_params"): _urls,
    ("extract", "hashtags"): _tags,
    ("extract", "hashtags_from_astral"): _tags,
    ("extract", "hashtags_with_indices"): _placed_tags,
    ("extract", "cashtags"): lambda text: [tag.cashtag for tag in extract_cashtags(text)],
    ("extract", "cashtags_with_indices"): lambda text: [
        tag.as_dict() for tag in extract_cashtags(text)
    ],
    ("validate", "tweets"): is_valid_tweet,
    ("validate", "WeightedTweetsCounterTest"): _parsed(V2),
    ("validate", "WeightedTweetsWithDiscountedEmojiCounterTest"): _parsed(V3),
    ("validate", "UnicodeDirectionalMarkerCounterTest"): _parsed(V3),
    ("validate", "hashtags"): is_valid_hashtag,
    ("validate", "urls"): is_valid_url,
    ("validate", "urls_without_protocol"): lambda text: is_valid_url(text, needs_protocol=False),
    ("tlds", "country"): _urls,
    ("tlds", "generic"): _urls,
}


class TestConformance:
    @pytest.mark.parametrize(
        ("file", "section"),
        [(file, section) for file, all_ in conformance.COUNTED.items() for section in all_],
    )
    def test_answers_every_case_of(self, file: str, section: str) -> None:
        answer = ANSWERS[file, section]
        wrong = [
            (case["description"], got, case["expected"])
            for case in conformance.cases(file, section)
            if (got := answer(case["text"])) != case["expected"]
        ]
        assert wrong == []

    @pytest.mark.parametrize(
        "ran", [pytest.param(conformance.count(), id=f"{conformance.count()}-ran")]
    )
    def test_says_how_many_cases(self, ran: int, record_property: Any) -> None:
        record_property("conformance cases", ran)
        assert ran == (EVERY_CASE if conformance.FOLDER.exists() else 0)
