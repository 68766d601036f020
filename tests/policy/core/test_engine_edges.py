"""Borders of what the engine writes down."""

from collections.abc import Iterator
from dataclasses import replace

from policy.core import Pack, Post, Rule, Severity, Where, check, override_rule
from policy.core.engine import COULD_NOT_CHECK
from policy.core.reading import CAP
from policy.core.rules import TWEET_LENGTH
from policy.core.rules.base import Case, Span
from tests.policy.core.packs import NEUTRAL, NOTHING
from tests.policy.core.test_engine import rule_that, run


def finds(*spans: Span) -> Rule:
    """A rule that finds `spans` in every text."""
    return rule_that(lambda _: spans)


class TestAFinding:
    def test_gives_the_rules_advice_unless_there_is_better(self) -> None:
        rule = finds(Span(0, 1, "m"), Span(1, 2, "m", suggestion="Better."))
        said = [(one.excerpt, one.suggestion) for one in run(rule, Post("abc")).findings]
        assert said == [("a", "Take care."), ("b", "Better.")]

    def test_may_weigh_less_than_its_rule_and_never_more(self) -> None:
        spans = [Span(0, 1, "m", at_most=weight) for weight in (None, *Severity)]
        rule = rule_that(lambda _: spans, severity=Severity.NEEDS_REASON)
        found = run(rule, Post("abc")).findings
        assert [one.severity.weight for one in found] == [2, 2, 2, 1, 0]

    def test_comes_after_heavier_and_earlier_ones(self) -> None:
        light = Span(0, 1, "m", at_most=Severity.ADVISE)
        rule = finds(Span(2, 3, "m"), light, Span(0, 3, "m"), Span(0, 1, "m"))
        post = Post("abc", alt_texts=("def", "ghi"))
        found = [(one.where.value, one.index, one.excerpt) for one in run(rule, post).findings]
        assert found == [
            *(("text", 0, excerpt) for excerpt in ("a", "abc", "c")),
            *(("alt", 0, excerpt) for excerpt in ("d", "def", "f")),
            *(("alt", 1, excerpt) for excerpt in ("g", "ghi", "i")),
            *(("text", 0, "a"), ("alt", 0, "d"), ("alt", 1, "g")),
        ]


class TestTheRulesOfAPack:
    POST = Post("#a #b #c #d")

    def ids(self, post: Post, pack: Pack) -> set[str]:
        return {finding.rule for finding in check(post, NOTHING, pack).findings}

    def test_are_its_own(self) -> None:
        for _ in range(2):
            assert "hashtags-max" in self.ids(self.POST, NEUTRAL)
            off = override_rule(NEUTRAL, "hashtags-max", severity=Severity.OFF)
            assert "hashtags-max" not in self.ids(self.POST, off)

    def test_are_those_of_the_category(self) -> None:
        silent = replace(NEUTRAL.categories["meeting"], off=frozenset({"hashtags-max"}))
        pack = replace(NEUTRAL, categories={**NEUTRAL.categories, "meeting": silent})
        for _ in range(2):
            assert "hashtags-max" in self.ids(self.POST, pack)
            assert "hashtags-max" not in self.ids(replace(self.POST, category="meeting"), pack)
            assert "hashtags-max" in self.ids(replace(self.POST, category="unknown"), pack)


class TestWhatCouldNotBeChecked:
    def test_is_the_whole_of_its_text(self) -> None:
        def fails(_case: Case) -> Iterator[Span]:
            raise ValueError

        post = Post("", alt_texts=("", "abc"))
        own, alt = run(rule_that(fails), post).findings
        assert (own.where, own.start, own.end) == (Where.TEXT, 0, 0)
        assert (alt.where, alt.index, alt.start, alt.end) == (Where.ALT, 1, 0, 3)
        assert {own.severity, alt.severity} == {Severity.NEEDS_REASON}
        assert (alt.excerpt, alt.overridable_by, alt.confidence) == ("abc", "", 1.0)

    def test_by_a_rule_of_the_law_stops_the_text_for_everybody(self) -> None:
        def fails(_case: Case) -> Iterator[Span]:
            raise TimeoutError

        (found,) = run(replace(rule_that(fails), is_legal=True), Post("abc")).findings
        assert (found.title, found.severity) == (COULD_NOT_CHECK, Severity.BLOCK)
        assert (found.is_legal, found.overridable_by, found.answers) == (True, "", ())

    def test_is_what_lies_beyond_the_part_that_was_read(self) -> None:
        post = Post("a", alt_texts=("b" * (CAP + 1), "c" * CAP))
        (found,) = (
            one for one in check(post, NOTHING, NEUTRAL).findings if one.title == COULD_NOT_CHECK
        )
        assert (found.where, found.index, found.start, found.end) == (Where.ALT, 0, 0, CAP)
        assert found.severity is Severity.BLOCK
        assert "4,000" in found.message
        assert found.citation == NEUTRAL.rules["tweet-length"].citation

    def test_is_cited_even_without_the_rule(self) -> None:
        (found,) = check(Post("a" * (CAP + 1)), NOTHING, replace(NEUTRAL, rules={})).findings
        assert found.citation == TWEET_LENGTH.cites

    def test_is_said_even_where_length_only_advises(self) -> None:
        pack = override_rule(NEUTRAL, "tweet-length", severity=Severity.ADVISE)
        found = check(Post("a" * (CAP + 1)), NOTHING, pack).findings
        titles = [one.title for one in found if one.rule == TWEET_LENGTH.id]
        assert titles == [COULD_NOT_CHECK, TWEET_LENGTH.title]

    def test_is_not_said_twice(self) -> None:
        found = check(Post("a" * (CAP + 1)), NOTHING, NEUTRAL).findings
        assert [one.rule for one in found].count(TWEET_LENGTH.id) == 1
