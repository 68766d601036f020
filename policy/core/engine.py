"""Runs a pack's rules over a post and writes down what they find."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Final

from policy.core.measure import EXACT, measure
from policy.core.names import LIGHT, NameDetector
from policy.core.pack import Category, Pack, RuleSetting
from policy.core.reading import CAP, Reading, readings
from policy.core.rules import RULEBOOK, TWEET_LENGTH
from policy.core.rules.base import Case, Deadline, Rule, Span
from policy.core.text import Entities
from policy.core.types import Context, Finding, Post, Report, Severity, Where

logger = logging.getLogger(__name__)

# Processor seconds per rule and text. The slowest rule needs a hundredth of it.
BUDGET: Final = 0.25
COULD_NOT_CHECK: Final = "This could not be checked"
_PLACES: Final = {where: order for order, where in enumerate(Where)}


def check(
    post: Post,
    context: Context,
    pack: Pack,
    *,
    rulebook: tuple[Rule, ...] = RULEBOOK,
    budget: float = BUDGET,
    names: NameDetector = LIGHT,
) -> Report:
    """What the rules of `pack` have to say about `post`.

    A rule that fails or takes more than `budget` seconds of processor time is reported as
    something that could not be checked: a text never passes because a check broke. One of the
    legal class then blocks. `names` finds
    the names of people; the one without machine learning unless another is handed in.
    """
    texts = readings(post)
    own = texts[0]
    entities = Entities.of(post.text[:EXACT]) if own.is_cut else own.entities
    measured = measure(post, pack.limits[post.platform], entities.urls)
    findings: list[Finding] = []
    for reading in texts:
        for rule, setting in _rules_for(post.category, reading.where, pack, rulebook):
            case = Case(reading, post, context, pack, setting, measured, Deadline(budget), names)
            findings += _run(rule, case)
        if reading.is_cut and not _is_blocked_for_length(findings, reading):
            findings.append(_unread(reading, pack))
    findings.sort(key=_order)
    return Report(
        pack=pack.id,
        pack_version=pack.version,
        weighted_length=measured.weighted,
        limit=measured.limit,
        valid=measured.valid,
        findings=tuple(findings),
        mentions=entities.mentions,
        hashtags=entities.hashtags,
        cashtags=entities.cashtags,
        urls=entities.urls,
    )


def _rules_for(
    category_id: str, where: Where, pack: Pack, rulebook: tuple[Rule, ...]
) -> list[tuple[Rule, RuleSetting]]:
    category = pack.categories.get(category_id)
    if rulebook is not RULEBOOK:
        return list(_switched_on(category, where, pack, rulebook))
    key = (category.id if category else "", where)
    return pack.kept(key, lambda: list(_switched_on(category, where, pack, RULEBOOK)))


def _switched_on(
    category: Category | None, where: Where, pack: Pack, rulebook: tuple[Rule, ...]
) -> Iterator[tuple[Rule, RuleSetting]]:
    silenced = category.off if category else frozenset()
    for rule in rulebook:
        setting = pack.rules.get(rule.id)
        is_on = setting is not None and setting.severity is not Severity.OFF
        if setting and is_on and where in rule.reads and rule.id not in silenced:
            yield rule, setting


def _run(rule: Rule, case: Case) -> list[Finding]:
    findings: list[Finding] = []
    try:
        for span in rule.find(case):
            findings.append(_finding(rule, case, span))
            case.deadline.remaining()
        case.deadline.remaining()
    except Exception as reason:  # noqa: BLE001 - whatever went wrong, a person looks instead
        # No traceback: it could carry the text into the log.
        logger.warning("Rule %s could not check a text: %s", rule.id, type(reason).__name__)
        findings.append(_could_not_check(rule, case))
    return findings


def _finding(rule: Rule, case: Case, span: Span) -> Finding:
    return Finding(
        rule=rule.id,
        title=rule.title,
        pack=case.pack.id,
        pack_version=case.pack.version,
        severity=_severity(case, span),
        start=span.start,
        end=span.end,
        excerpt=case.reading.raw[span.start : span.end],
        message=span.message,
        suggestion=span.suggestion or rule.advice,
        replacements=span.replacements,
        citation=case.setting.citation,
        confidence=span.confidence,
        overridable_by=rule.overridable_by,
        answers=rule.answers,
        where=case.reading.where,
        index=case.reading.index,
        is_legal=rule.is_legal,
    )


def _severity(case: Case, span: Span) -> Severity:
    weight = case.setting.severity
    if span.at_most is not None and span.at_most.weight < weight.weight:
        return span.at_most
    return weight


def _could_not_check(rule: Rule, case: Case) -> Finding:
    # What the law may stop goes nowhere unread: nobody's word stands in for such a check.
    mine = "Read the text once more with this rule in mind, then say that you did."
    return Finding(
        rule=rule.id,
        title=COULD_NOT_CHECK,
        pack=case.pack.id,
        pack_version=case.pack.version,
        severity=Severity.BLOCK if rule.is_legal else Severity.NEEDS_REASON,
        start=0,
        end=len(case.reading.raw),
        excerpt=case.reading.raw,
        message=f"The check “{rule.title}” could not be finished on this text.",
        suggestion="Shorten the text, or call comms." if rule.is_legal else mine,
        replacements=(),
        citation=case.setting.citation,
        confidence=1.0,
        overridable_by="",
        answers=() if rule.is_legal else ("I have checked this myself",),
        where=case.reading.where,
        index=case.reading.index,
        is_legal=rule.is_legal,
    )


def _unread(reading: Reading, pack: Pack) -> Finding:
    setting: RuleSetting | None = pack.rules.get(TWEET_LENGTH.id)
    return Finding(
        rule=TWEET_LENGTH.id,
        title=COULD_NOT_CHECK,
        pack=pack.id,
        pack_version=pack.version,
        severity=Severity.BLOCK,
        start=0,
        end=len(reading.raw),
        excerpt=reading.raw,
        message=f"Only the first {CAP:,} characters of this text were read.",
        suggestion="Shorten it.",
        replacements=(),
        citation=setting.citation if setting else TWEET_LENGTH.cites,
        confidence=1.0,
        overridable_by="",
        answers=(),
        where=reading.where,
        index=reading.index,
    )


def _is_blocked_for_length(findings: list[Finding], reading: Reading) -> bool:
    return any(
        finding.rule == TWEET_LENGTH.id
        and finding.severity is Severity.BLOCK
        and finding.where is reading.where
        for finding in findings
    )


def _order(finding: Finding) -> tuple[int, int, int, int, int]:
    return (
        -finding.severity.weight,
        _PLACES[finding.where],
        finding.index,
        finding.start,
        finding.end,
    )
