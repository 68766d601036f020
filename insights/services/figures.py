"""What each rule caught, counted from the submissions."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import Force
from approvals.models import Decision, Verdict
from drafts.models import RuleHit

# A rule that is answered and then approved so often asks for nothing that anybody needs. Fewer
# decisions than these show nothing yet.
APPROVED_OF_TEN, ENOUGH = 9, 10


@dataclass(frozen=True, slots=True)
class Figure:
    """What one rule did in a time: numbers of submissions.

    `rejected` ended in a rejection. Of the `answered` ones `settled` have been decided on, and
    `approved` of these were approved.
    """

    rule: str
    fired: int = 0
    answered: int = 0
    overridden: int = 0
    rejected: int = 0
    settled: int = 0
    approved: int = 0

    @property
    def is_for_advise(self) -> bool:
        """Whether its question is answered and waved through nine times in ten."""
        return self.settled >= ENOUGH and self.approved * 10 >= self.settled * APPROVED_OF_TEN


def figures(force: Force, *, since: datetime) -> dict[str, Figure]:
    """By rule id, what was submitted for the accounts of `force` from `since` on."""
    decisions = Decision.objects.filter(revision=OuterRef("submission__revision"))
    rejected = Exists(decisions.filter(verdict=Verdict.REJECT))
    approved = Exists(decisions.filter(verdict=Verdict.APPROVE))
    is_answered = Q(answered=True)
    rows = (
        RuleHit.objects.filter(draft__account__force=force, submission__at__gte=since)
        .values("rule")
        .annotate(
            fired=Count("pk"),
            answers=Count("pk", filter=is_answered),
            overrides=Count("pk", filter=Q(overridden=True)),
            rejected=Count("pk", filter=Q(rejected)),
            settled=Count("pk", filter=Q(is_answered, Exists(decisions))),
            approved=Count("pk", filter=Q(is_answered, approved)),
        )
        .order_by("rule")
    )
    return {
        row["rule"]: Figure(
            rule=row["rule"],
            fired=row["fired"],
            answered=row["answers"],
            overridden=row["overrides"],
            rejected=row["rejected"],
            settled=row["settled"],
            approved=row["approved"],
        )
        for row in rows
    }
