"""The measurement of the rulebook, small: it works, and what it counts is right."""

import json
import os
import subprocess
import sys

import pytest

from bench.drafts import ROUTINE, judged_tweets, routine_tweets
from bench.policy import hostile, percentile, ratio, report_on, routine, tally
from tests.policy.core import labelled
from tests.policy.core.packs import NEUTRAL
from tests.servers import ROOT

# What the product promises: no more than a tenth of routine drafts meets a question.
ASKED_AT_MOST = 0.10


class TestTheMeasurement:
    def test_prints_one_line_of_figures(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "bench.policy", "--verbose"],
            cwd=ROOT,
            env={**os.environ, "BENCH_N": "3"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
        )
        assert done.returncode == 0, done.stderr
        (line,) = done.stdout.splitlines()
        said = json.loads(line)
        assert said["ms"]["n"] == said["hostile_ms"]["kinds"] == 3
        assert 0 < said["ms"]["p50"] <= said["ms"]["p95"] <= said["ms"]["p99"]
        assert said["start"]["rss_mb"] > 1
        assert said["adversarial"]["deterministic"]["of"] >= 40
        assert said["routine"]["drafts"] > len(routine_tweets())
        for way in ("guessed", "stated", "none"):
            assert 0 <= said["routine"][way]["needs_reason"] <= 1
        # What it gets wrong is named by line, never in the words of real people's tweets.
        for tweet in labelled.development():
            assert tweet.text not in done.stderr


class TestWhatItCounts:
    def test_precision_and_recall(self, monkeypatch: pytest.MonkeyPatch) -> None:
        one, none = frozenset({"hashtags-max"}), frozenset[str]()
        tweets = (
            labelled.Labelled("#a #b #c #d", one),
            labelled.Labelled("#a #b #c #d #e", none),
            labelled.Labelled("#a", one),
            labelled.Labelled("#b", one),
            labelled.Labelled("#c", none),
        )
        monkeypatch.setattr(labelled, "development", lambda: tweets)
        assert tally(one) == {
            "precision": 0.5,
            "recall": 0.333,
            "right": 1,
            "wrong": 1,
            "missed": 2,
        }

    def test_no_share_of_nothing(self) -> None:
        assert ratio(0, 0) is None

    def test_percentiles(self) -> None:
        assert percentile([float(value) for value in range(101)], 95) == 95

    def test_the_slowest_piece(self) -> None:
        assert hostile(["a", "(a.com/"])["piece"] in {"a", "(a.com/"}

    def test_texts_as_people_see_them(self) -> None:
        assert report_on("a &amp; b").weighted_length == len("a & b")
        assert "tweet-length" not in labelled.rules_met("@StaffsPolice " + "a" * 280)


class TestTheEverydayTweets:
    @pytest.mark.parametrize("way", ["guessed", "stated"])
    def test_are_seldom_asked_about_and_never_blocked(self, way: str) -> None:
        said = routine(routine_tweets())[way]
        assert said["needs_reason"] <= ASKED_AT_MOST, said["asked_by"]
        assert said["block"] == 0, said["blocked_by"]

    def test_are_a_hundred_in_all_everyday_categories(self) -> None:
        tweets = routine_tweets()
        assert len({tweet.text for tweet in tweets}) == 100
        assert {tweet.category for tweet in tweets} == ROUTINE <= NEUTRAL.categories.keys()

    def test_fit_into_a_tweet(self) -> None:
        assert all(report_on(tweet.text).valid for tweet in routine_tweets())


class TestTheJudgedTweets:
    def test_are_more_than_a_hundred_and_half_of_them_innocent(self) -> None:
        tweets = judged_tweets()
        assert len({tweet.text for tweet in tweets}) == len(tweets) > 100
        innocent = sum(not tweet.labels for tweet in tweets)
        assert len(tweets) * 0.4 < innocent < len(tweets) * 0.6

    def test_have_texts_that_fit(self) -> None:
        assert all(tweet.text and report_on(tweet.text).valid for tweet in judged_tweets())
