"""What a reviewer sees of a draft: its findings beside the officer's answers, and its history."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import User
from approvals.models import Decision, Verdict
from audit.verbs import Verb
from drafts.diff import Change, word_diff
from drafts.models import Contribution, Draft, Submission
from drafts.panel import Item, items_of
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
    claimed_by: str = ""
    claimed_at: datetime | None = None


def answered_findings(submission: Submission | None) -> list[Item]:
    """The findings as they stood at submission, with the officer's answers."""
    if submission is None:
        return []
    found = tuple(Finding.from_dict(finding) for finding in submission.report["findings"])
    return items_of(found, submission.answers)


def contributed_by(user: User, drafts: list[Draft]) -> set[int]:
    """The keys of those of `drafts` on which this person may not decide, in one query."""
    own = Contribution.objects.filter(person=user, draft__in=drafts)
    return set(own.values_list("draft_id", flat=True))


def last_submissions(drafts: list[Draft]) -> dict[int, Submission]:
    """The newest submission of each draft, by the draft's key, in one query."""
    rows = Submission.objects.filter(draft__in=drafts).order_by("draft_id", "pk")
    return {row.draft_id: row for row in rows}


def attention_words(items: list[Item], draft: Draft, now: datetime) -> list[str]:
    """What of this draft needs a second look, in words."""
    words = []
    if draft.planned_at and draft.planned_at - now <= SOON:
        words.append("Due soon")
    words += [
        f"{item.finding.title}: {'answered' if item.answer else 'no answer'}"
        for item in items
        if item.finding.severity == Severity.NEEDS_REASON
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
