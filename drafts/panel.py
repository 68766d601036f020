"""The rulebook's side of the Write page: the count and the findings with their answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from drafts.schedule import LONDON
from drafts.services import Problem
from policy.core import Finding, Report, Severity


@dataclass(frozen=True, slots=True)
class Item:
    """One finding on screen, with the officer's answer and the form field that holds it."""

    finding: Finding
    answer: str = ""
    field: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    text: str = ""
    left: int = 280
    category_label: str = ""
    when_words: str = ""
    findings: list[Item] = field(default_factory=list)


def items_of(
    findings: tuple[Finding, ...], answers: Mapping[str, str], problems: list[Problem] | None = None
) -> list[Item]:
    """Findings beside their answers; those that `problems` names carry their error."""
    unanswered = {p.finding: p.sentence for p in problems or [] if p.finding and not p.field}
    return [
        Item(
            finding=finding,
            answer=answers.get(finding.key, ""),
            field=f"answer-{number}" if finding.severity == Severity.NEEDS_REASON else "",
            error=unanswered.get(finding.key, ""),
        )
        for number, finding in enumerate(findings)
    ]


def words_for(moment: datetime | None) -> str:
    """A chosen time said back: "Thursday 26 November 2026, 14:30, UK time"."""
    if moment is None:
        return ""
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}, UK time"


def panel(
    report: Report,
    *,
    text: str,
    category_label: str,
    planned_at: datetime | None,
    answers: Mapping[str, str],
    problems: list[Problem] | None = None,
) -> Panel:
    return Panel(
        text=text,
        left=report.limit - report.weighted_length,
        category_label=category_label,
        when_words=words_for(planned_at),
        findings=items_of(report.findings, answers, problems),
    )
