"""What a reviewer sees of a draft: its findings beside the officer's answers, and its history."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Subquery

from accounts.models import User
from approvals.models import Decision, Verdict
from audit.verbs import Verb
from drafts.case import NOTHING, Declared
from drafts.diff import Change, word_diff
from drafts.models import Attested, Contribution, Draft, Override, Submission
from drafts.panel import Item, groups_of, items_of
from drafts.timeline import Entry, timeline
from policy.core import Finding, Severity
from publishing.models import DeliveryAnswer

SOON = timedelta(hours=1)
VERBS = {
    Verdict.RETURN: Verb.DRAFT_RETURNED,
    Verdict.REJECT: Verb.DRAFT_REJECTED,
    Verdict.APPROVE: Verb.DRAFT_APPROVED,
}


@dataclass(frozen=True, slots=True)
class Card:
    """One draft in the queue."""

    draft: Draft
    url: str
    approve_url: str
    is_own: bool
    due_words: str
    is_soon: bool
    attention: list[str] = field(default_factory=list)
    findings: list[Item] = field(default_factory=list)
    declared: Declared = NOTHING
    attested: list[Attested] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    claimed_by: str = ""
    claimed_at: datetime | None = None


def answered_findings(
    submission: Submission | None,
    overrides: Iterable[Override] = (),
    found_now: Iterable[Finding] = (),
) -> list[Item]:
    """The findings as they stood at submission, with what was answered and what passed over.

    Before them come those of `found_now` that are new or heavier and more than advice: the rules,
    the orders of courts and the elections go on changing while a draft waits.
    """
    if submission is None:
        return []
    found = tuple(Finding.from_dict(finding) for finding in submission.report["findings"])
    weights = {finding.key: finding.severity.weight for finding in reversed(found)}
    least = Severity.ADVISE.weight
    late = (f for f in found_now if f.severity.weight > max(least, weights.get(f.key, least)))
    return items_of((*late, *found), submission.answers, overrides=overrides)


def not_among(items: list[Item], overrides: list[Override]) -> list[Override]:
    """Those of `overrides` that no item shows: the rule came after the submission."""
    shown = {item.passed_over.pk for item in items if item.passed_over}
    return [override for override in overrides if override.pk not in shown]


def overrides_by_draft(drafts: list[Draft]) -> dict[int, list[Override]]:
    """Who passed over which block of the drafts as they stand, by the draft's key, in one query."""
    rows = (
        Override.objects.filter(
            draft__in=drafts, content_hash=F("draft__content_hash"), person__is_active=True
        )
        .exclude(draft__contributions__person=F("person"))
        .select_related("person")
        .order_by("pk")
    )
    found: dict[int, list[Override]] = {}
    for row in rows:
        found.setdefault(row.draft_id, []).append(row)
    return found


def contributed_by(user: User, drafts: list[Draft]) -> set[int]:
    """The keys of those of `drafts` on which this person may not decide, in one query."""
    own = Contribution.objects.filter(person=user, draft__in=drafts)
    return set(own.values_list("draft_id", flat=True))


def last_submissions(drafts: list[Draft]) -> dict[int, Submission]:
    """The newest submission of each draft, by the draft's key, in one query."""
    # Only these are loaded: somebody can submit and take back a draft without end.
    newest = Submission.objects.filter(draft=OuterRef("draft")).order_by("-pk").values("pk")[:1]
    rows = (
        Submission.objects.filter(draft__in=drafts, pk=Subquery(newest))
        .select_related("revision")
        .prefetch_related("attested")
    )
    return {row.draft_id: row for row in rows}


def attention_words(items: list[Item], draft: Draft, now: datetime) -> list[str]:
    """What of this draft needs a second look, in words."""
    words = []
    if draft.planned_at and draft.planned_at - now <= SOON:
        words.append("Due soon")
    words += [
        f"{group.finding.title}: {'answered' if group.is_answered else 'no answer'}"
        for group in groups_of(items)
        if group.finding.severity == Severity.NEEDS_REASON
    ]
    return words


def changes_since_last_look(draft: Draft) -> list[Change]:
    """What is different from the revision that was last decided on, empty for a first look."""
    decided = (
        Decision.objects.filter(draft=draft).order_by("-pk").select_related("revision").first()
    )
    if decided is None or decided.revision.text == draft.text:
        return []
    return word_diff(decided.revision.text, draft.text)


def history(draft: Draft) -> list[Entry]:
    """The draft's timeline, with the words of the decisions."""
    reasons = {
        (str(VERBS[Verdict(decision.verdict)]), decision.at): (
            f"{decision.get_reason_display()}. {decision.sentence}" if decision.reason else ""
        )
        for decision in draft.decisions.all()
    }
    answers = DeliveryAnswer.objects.filter(delivery__draft=draft)
    reasons |= {
        (str(Verb.DELIVERY_ANSWERED), answer.at): f"{answer.answer}. {answer.evidence}"
        for answer in answers
    }
    return timeline(draft, reasons=reasons)


def why_not(draft: Draft, user: User) -> str:
    """Why this person cannot decide on this draft, in a sentence; empty when they can."""
    if draft.contributions.filter(person=user).exists():
        return "You wrote or submitted a version of this tweet, so somebody else must decide on it."
    if not user.has_perm("approvals.decide", draft):
        return "You are not on the approval route of this team."
    return ""
