"""Writing down which rules met a submission, for the figures of the rulebook."""

from collections.abc import Collection

from drafts.models import RuleHit, Submission
from policy.core import Report


def note_hits(
    submission: Submission,
    report: Report,
    *,
    answered: Collection[str],
    overridden: Collection[str] = (),
) -> None:
    """One row for each rule of `report`, in the caller's transaction.

    `answered` and `overridden` are keys of findings.
    """
    hits: dict[str, RuleHit] = {}
    # The heaviest finding of a rule comes first.
    for finding in report.findings:
        hit = hits.setdefault(
            finding.rule,
            RuleHit(
                submission=submission,
                draft_id=submission.draft_id,
                rule=finding.rule,
                severity=finding.severity,
            ),
        )
        hit.answered = hit.answered or finding.key in answered
        hit.overridden = hit.overridden or finding.key in overridden
    RuleHit.objects.bulk_create(hits.values())
