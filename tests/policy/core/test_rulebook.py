"""Every rule shows what it means by its own examples; they run here."""

import pytest

from policy.core import RULEBOOK, Example, Rule, Severity, check
from tests.policy.core.packs import PACKS, WITH_LISTS

EXAMPLES_OF_WRONG = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULEBOOK
    for number, example in enumerate(rule.wrong)
]
EXAMPLES_OF_RIGHT = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULEBOOK
    for number, example in enumerate(rule.right)
]
EVERY_RULE = [pytest.param(rule, id=rule.id) for rule in RULEBOOK]


class TestExamples:
    @pytest.mark.parametrize(("rule", "example"), EXAMPLES_OF_WRONG)
    def test_fires_on_what_is_wrong(self, rule: Rule, example: Example) -> None:
        report = check(example.post, example.context, WITH_LISTS)
        found = [finding for finding in report.findings if finding.rule == rule.id]
        assert found
        assert {finding.title for finding in found} == {rule.title}

    @pytest.mark.parametrize(("rule", "example"), EXAMPLES_OF_RIGHT)
    def test_keeps_silent_on_what_is_right(self, rule: Rule, example: Example) -> None:
        report = check(example.post, example.context, WITH_LISTS)
        assert rule.id not in {finding.rule for finding in report.findings}

    @pytest.mark.parametrize(("rule", "example"), EXAMPLES_OF_WRONG)
    def test_points_into_the_text(self, rule: Rule, example: Example) -> None:
        post = example.post
        texts = {"text": (post.text,), "alt": post.alt_texts, "source": (post.source_text,)}
        for finding in check(post, example.context, WITH_LISTS).findings:
            text = texts[finding.where][finding.index]
            assert text[finding.start : finding.end] == finding.excerpt


class TestEveryRule:
    def test_has_an_id_of_its_own(self) -> None:
        assert len({rule.id for rule in RULEBOOK}) == len(RULEBOOK)

    @pytest.mark.parametrize("rule", EVERY_RULE)
    def test_names_its_authority(self, rule: Rule) -> None:
        assert rule.cites.document
        assert rule.cites.section
        assert rule.cites.paraphrase.endswith(".")
        assert rule.cites.requirements

    @pytest.mark.parametrize("rule", EVERY_RULE)
    def test_shows_right_and_wrong(self, rule: Rule) -> None:
        assert len(rule.wrong) >= 3
        assert len(rule.right) >= 3

    @pytest.mark.parametrize("rule", EVERY_RULE)
    def test_says_what_to_do_in_a_sentence(self, rule: Rule) -> None:
        assert rule.title
        assert rule.subject
        assert rule.advice.endswith(".")

    @pytest.mark.parametrize("rule", EVERY_RULE)
    def test_has_answers_ready_where_it_asks_for_a_reason(self, rule: Rule) -> None:
        # A rule that blocks may have some, for what it is less certain of.
        if rule.severity is not Severity.BLOCK:
            assert bool(rule.answers) == (rule.severity is Severity.NEEDS_REASON)
        else:
            asked = {
                finding.severity
                for example in (*rule.wrong, *rule.right)
                for finding in check(example.post, example.context, WITH_LISTS).findings
                if finding.rule == rule.id
            }
            assert bool(rule.answers) == (Severity.NEEDS_REASON in asked)

    @pytest.mark.parametrize("rule", EVERY_RULE)
    @pytest.mark.parametrize("pack", sorted(PACKS))
    def test_is_cited_by_every_pack(self, rule: Rule, pack: str) -> None:
        setting = PACKS[pack].rules[rule.id]
        assert setting.citation.paraphrase
        assert setting.severity is rule.severity
