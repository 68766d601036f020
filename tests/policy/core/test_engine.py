"""How rules are run, and what happens when one cannot be."""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
import regex

from policy.core import (
    Citation,
    Context,
    Kind,
    Pack,
    Platform,
    Post,
    Report,
    Severity,
    Where,
    check,
)
from policy.core.engine import COULD_NOT_CHECK
from policy.core.pack import RuleSetting
from policy.core.packs import override_rule
from policy.core.reading import CAP
from policy.core.rules.base import (
    Case,
    Finder,
    OutOfTime,
    Param,
    ParamKind,
    Rule,
    Span,
    params,
    tweets,
)
from tests.policy.core.packs import DEMONSTRATION, NEUTRAL, NOTHING, checked

CITATION = Citation("D", "S", "P.", ("A1",))
SLOW = regex.compile(r"(?:a|aa|aaa|aaaa)*(?:b|c)\1?(\d)")


def rule_that(find: Finder, *, severity: Severity = Severity.BLOCK) -> Rule:
    return Rule(
        id="test-rule",
        title="A rule for this test",
        subject="Tests",
        severity=severity,
        cites=CITATION,
        advice="Take care.",
        find=find,
        wrong=tweets("a"),
        right=tweets("b"),
        params=params(most=Param("A number", ParamKind.NUMBER, 3)),
    )


def run(rule: Rule, post: Post, budget: float = 1.0) -> Report:
    setting = RuleSetting(rule.severity, CITATION, {"most": 3, "some": ("a",)})
    pack = replace(NEUTRAL, rules={rule.id: setting})
    return check(post, NOTHING, pack, rulebook=(rule,), budget=budget)


def one_span(_case: Case) -> Iterator[Span]:
    yield Span(0, 1, "Found it.")


class TestAReport:
    def test_orders_by_weight_and_then_by_place(self) -> None:
        text = "See example.com, shift ends at 10 #a #b #c #d example.com"
        findings = checked(text).findings
        assert [(finding.severity, finding.excerpt) for finding in findings] == [
            (Severity.BLOCK, "example.com"),
            (Severity.BLOCK, "#d"),
            (Severity.BLOCK, "example.com"),
            (Severity.NEEDS_REASON, "shift ends"),
        ]

    def test_names_the_version_of_the_pack(self) -> None:
        report = checked("See example.com", NEUTRAL.with_version(9))
        assert (report.pack, report.pack_version) == ("neutral", 9)
        assert {finding.pack_version for finding in report.findings} == {9}

    def test_holds_what_the_platform_makes_tappable(self) -> None:
        report = checked("@a #b $CD https://marlshire.example.org")
        assert [mention.screen_name for mention in report.mentions] == ["a"]
        assert [tag.hashtag for tag in report.hashtags] == ["b"]
        assert [tag.cashtag for tag in report.cashtags] == ["CD"]
        assert [url.url for url in report.urls] == ["https://marlshire.example.org"]

    def test_of_a_clean_text_is_empty(self) -> None:
        report = checked("Meet your team on Thursday, 6pm to 7pm, at the library.")
        assert report.findings == ()
        assert report.valid


class TestAFinding:
    def test_carries_what_the_rule_says(self) -> None:
        (finding,) = run(rule_that(one_span), Post("abc")).findings
        assert finding.excerpt == "a"
        assert finding.message == "Found it."
        assert finding.suggestion == "Take care."
        assert finding.citation == CITATION

    def test_says_in_which_text_it_lies(self) -> None:
        post = Post("text", alt_texts=("", "alt"), source_text="source")
        findings = run(rule_that(one_span), post).findings
        assert [(found.where, found.index, found.excerpt) for found in findings] == [
            (Where.TEXT, 0, "t"),
            (Where.ALT, 1, "a"),
            (Where.SOURCE, 0, "s"),
        ]


class TestAPack:
    def test_may_switch_a_rule_off(self) -> None:
        pack = override_rule(NEUTRAL, "hashtags-max", severity=Severity.OFF)
        assert checked("#a #b #c #d", pack).findings == ()

    def test_may_leave_a_rule_out(self) -> None:
        assert checked("#a #b #c #d", replace(NEUTRAL, rules={})).findings == ()

    def test_may_make_a_rule_lighter(self) -> None:
        pack = override_rule(NEUTRAL, "hashtags-max", severity=Severity.ADVISE)
        assert [finding.severity for finding in checked("#a #b #c #d", pack).findings] == [
            Severity.ADVISE
        ]

    def test_may_have_a_category_silence_a_rule(self) -> None:
        post = Post("Shift ends at 10", category="weather")
        assert check(post, NOTHING, NEUTRAL).findings == ()
        assert check(replace(post, category="meeting"), NOTHING, NEUTRAL).findings != ()
        assert check(replace(post, category="unheard-of"), NOTHING, NEUTRAL).findings != ()


class TestARuleThatBreaks:
    def test_is_reported_and_never_passed_over(self, caplog: pytest.LogCaptureFixture) -> None:
        def broken(_case: Case) -> Iterator[Span]:
            raise RuntimeError("secret text")

        with caplog.at_level(logging.WARNING):
            (finding,) = run(rule_that(broken, severity=Severity.ADVISE), Post("abc")).findings
        assert finding.title == COULD_NOT_CHECK
        assert finding.severity is Severity.NEEDS_REASON
        assert finding.answers
        assert finding.excerpt == "abc"
        assert "secret text" not in caplog.text
        assert "test-rule" in caplog.text

    def test_keeps_what_it_found_before(self) -> None:
        def half(_case: Case) -> Iterator[Span]:
            yield Span(0, 1, "Found it.")
            raise ValueError

        findings = run(rule_that(half), Post("abc")).findings
        assert findings[0].message == "Found it."
        assert findings[1].title == COULD_NOT_CHECK

    def test_may_ask_for_a_parameter_of_another_type(self) -> None:
        def words_for_a_number(case: Case) -> Iterator[Span]:
            yield Span(0, 1, "".join(case.words("most")))

        def number_for_words(case: Case) -> Iterator[Span]:
            yield Span(0, case.number("some"), "")

        for find in (words_for_a_number, number_for_words):
            (finding,) = run(rule_that(find), Post("abc")).findings
            assert finding.title == COULD_NOT_CHECK


class TestARuleThatTakesTooLong:
    def test_is_stopped_inside_a_pattern(self) -> None:
        def slow(case: Case) -> Iterator[Span]:
            for found in case.matches(SLOW):
                yield Span(*found.span(), "")

        (finding,) = run(rule_that(slow), Post("a" * 4000), budget=0.02).findings
        assert finding.title == COULD_NOT_CHECK

    def test_is_stopped_between_two_findings(self) -> None:
        def endless(_case: Case) -> Iterator[Span]:
            while True:
                yield Span(0, 1, "Again.")

        findings = run(rule_that(endless), Post("abc"), budget=0.005).findings
        assert COULD_NOT_CHECK in {finding.title for finding in findings}

    def test_is_reported_when_it_ends_late(self) -> None:
        def late(case: Case) -> Iterator[Span]:
            with contextlib.suppress(OutOfTime):
                while True:
                    case.deadline.remaining()
            yield from ()

        (finding,) = run(rule_that(late), Post("abc"), budget=0.005).findings
        assert finding.title == COULD_NOT_CHECK


class TestALongText:
    def test_is_blocked_by_its_length(self) -> None:
        report = checked("a" * 100_000)
        assert [finding.rule for finding in report.blocking] == ["tweet-length"]
        assert report.weighted_length == 100_000
        assert not report.valid

    def test_is_measured_exactly_as_far_as_anyone_cares(self) -> None:
        assert checked("example.org " * 1000).weighted_length == 24_000
        assert checked("🔒" * 30_000).weighted_length == 60_000

    @pytest.mark.parametrize("severity", [Severity.OFF, Severity.ADVISE])
    def test_is_blocked_even_where_length_is_no_matter(self, severity: Severity) -> None:
        pack = override_rule(NEUTRAL, "tweet-length", severity=severity)
        (finding,) = checked("a" * (CAP + 1), pack).blocking
        assert finding.title == COULD_NOT_CHECK
        assert finding.overridable_by == ""

    def test_is_blocked_even_where_there_is_no_rule(self) -> None:
        (finding,) = checked("a" * (CAP + 1), replace(NEUTRAL, rules={})).blocking
        assert finding.citation.document

    def test_is_not_read_to_its_end_in_an_alt_text_either(self) -> None:
        post = Post("a", alt_texts=("a" * (CAP + 1),))
        (finding,) = check(post, NOTHING, NEUTRAL).blocking
        assert (finding.title, finding.where) == (COULD_NOT_CHECK, Where.ALT)

    def test_is_not_read_to_its_end_beside_a_long_tweet(self) -> None:
        post = Post("a" * (CAP + 1), alt_texts=("a" * (CAP + 1),))
        places = {finding.where for finding in check(post, NOTHING, NEUTRAL).blocking}
        assert places == {Where.TEXT, Where.ALT}

    def test_just_inside_is_read(self) -> None:
        titles = {finding.title for finding in checked("a" * CAP).findings}
        assert COULD_NOT_CHECK not in titles


class TestThePlatform:
    @pytest.mark.parametrize(
        ("platform", "longest"),
        [(Platform.X, 280), (Platform.MASTODON, 500), (Platform.BLUESKY, 300)],
    )
    def test_decides_the_limit(self, platform: Platform, longest: int) -> None:
        def report(text: str) -> Report:
            return check(Post(text, platform=platform), NOTHING, NEUTRAL)

        assert report("a" * longest).findings == ()
        assert report("a" * longest).valid
        (finding,) = report("a" * (longest + 5)).findings
        assert (finding.start, finding.end) == (longest, longest + 5)
        assert "5 over" in finding.message

    def test_decides_how_an_emoji_counts(self) -> None:
        lengths = {
            platform: check(Post("👮🏽\u200d♀\ufe0f!", platform=platform), NOTHING, NEUTRAL)
            for platform in Platform
        }
        assert {platform: report.weighted_length for platform, report in lengths.items()} == {
            Platform.X: 3,
            Platform.MASTODON: 2,
            Platform.BLUESKY: 2,
        }

    def test_has_nothing_to_say_about_an_empty_text_but_that(self) -> None:
        report = check(Post("", platform=Platform.BLUESKY), NOTHING, NEUTRAL)
        assert [finding.rule for finding in report.findings] == ["tweet-empty"]
        assert not report.valid


class TestAReply:
    def test_has_the_names_at_its_start_left_out(self) -> None:
        text = "@fernlea_demo " * 20 + "a" * 280
        assert checked(text, kind=Kind.REPLY).weighted_length == 280
        assert checked(text, kind=Kind.REPLY).findings == ()
        assert checked(text).weighted_length == 560

    def test_points_behind_its_names_where_it_is_too_long(self) -> None:
        (finding,) = checked("@fernlea_demo " + "a" * 281, kind=Kind.REPLY).findings
        assert (finding.start, finding.end) == (294, 295)


class TestTheHistoricLimit:
    def test_is_a_setting(self) -> None:
        pack: Pack = replace(NEUTRAL, limits={**NEUTRAL.limits, Platform.X: 140})
        report = check(Post("a" * 141), Context(), pack)
        assert report.limit == 140
        assert report.remaining == -1
        assert [finding.rule for finding in report.findings] == ["tweet-length"]


class TestDemonstrationPack:
    def test_allows_the_forces_own_site(self) -> None:
        text = "Details: https://marlshire.example.org/oldermoor"
        assert checked(text, DEMONSTRATION).findings == ()
        assert checked(text, NEUTRAL).findings != ()
