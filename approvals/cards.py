"""The cards of the review queue: one draft each, whole, with everything to decide on it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.urls import reverse

from accounts.models import User
from approvals.models import Comment, Suggestion
from approvals.showing import (
    SOON,
    TALKED_ABOUT,
    answered_findings,
    attention_words,
    due_words,
    last_submissions,
    not_among,
    overrides_by_draft,
)
from drafts.case import NOTHING, Declared
from drafts.models import Contribution, Draft, DraftQuerySet, Override
from drafts.panel import Item
from policy.core import Severity

NOT_CLEAN = (
    "Something was found in this draft, or the rules changed, so nothing is decided yet. Read it"
    " here, then decide."
)
COMMENTS = Subquery(
    Comment.objects.filter(draft=OuterRef("pk"))
    .order_by()
    .values("draft")
    .annotate(count=Count("pk"))
    .values("count")
)


@dataclass(frozen=True, slots=True)
class Card:
    """One draft in the queue, whole.

    `is_clean`: nothing above advice was found, so that it may be decided right there.
    """

    draft: Draft
    url: str
    is_clean: bool
    is_own: bool
    # Whether somebody who decides ever suggested other words for it.
    is_suggested: bool
    due_words: str
    is_soon: bool
    attention: list[str] = field(default_factory=list)
    findings: list[Item] = field(default_factory=list)
    declared: Declared = NOTHING
    # The label and text of each tick.
    attested: list[dict[str, str]] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    claimed_by: str = ""
    claimed_at: datetime | None = None
    comments: int = 0

    @property
    def key(self) -> str:
        """The draft's, for the names of what is on the page."""
        return str(self.draft.pk)

    @property
    def shown(self) -> str:
        """What this card shows, for a form: draft, revision, step and hash."""
        draft = self.draft
        return f"{draft.pk}.{draft.revision_number}.{draft.step}.{draft.content_hash}"


def cards_of(rows: DraftQuerySet, user: User, now: datetime) -> list[Card]:
    """The card of each, as this person sees it; so many queries for all of them together."""
    mine = Contribution.objects.filter(draft=OuterRef("pk"), person=user)
    passed_over = Override.objects.filter(draft=OuterRef("pk"))
    suggested = Suggestion.objects.filter(draft=OuterRef("pk"))
    marked: list[Any] = list(
        rows.annotate(
            is_own=Exists(mine),
            is_passed_over=Exists(passed_over),
            is_suggested=Exists(suggested),
            comment_count=COMMENTS,
        )
    )
    submissions = last_submissions(marked)
    exceptions = [draft for draft in marked if draft.is_passed_over]
    overrides = overrides_by_draft(exceptions) if exceptions else {}
    return [
        _card(
            draft,
            submissions.get(draft.pk),
            overrides.get(draft.pk, []),
            user,
            now,
            is_own=draft.is_own,
            is_suggested=draft.is_suggested,
            comments=draft.comment_count or 0,
        )
        for draft in marked
    ]


def why_not_on_card(draft: Draft, user: User, now: datetime) -> str:
    """Why a draft that waits is not approved on its card any more, in a sentence; empty: it is.

    A card stays on screen while people comment and rules change. Whoever wrote the draft, or comes
    too late, is told so by the decision itself.
    """
    rows = Draft.objects.awaiting_review().filter(pk=draft.pk).with_people()
    card = next(iter(cards_of(rows, user, now)), None)
    if card is None or card.is_clean or card.is_own:
        return ""
    return TALKED_ABOUT if card.comments else NOT_CLEAN


def _card(
    draft: Draft,
    submission: Any,
    overrides: list[Override],
    user: User,
    now: datetime,
    *,
    is_own: bool,
    is_suggested: bool,
    comments: int,
) -> Card:
    items = answered_findings(submission, overrides)
    # A clean draft, which the card shows whole with the advice, is decided right there, unless the
    # rules have changed since: only its page checks it again, and shows what was said about it.
    weighs = any(item.finding.severity.weight > Severity.ADVISE.weight for item in items)
    is_checked = submission is not None and submission.generation == submission.ruled_at
    is_open = draft.claimed_by_other(user, now)
    return Card(
        draft=draft,
        url=reverse("approvals:review", args=[draft.pk]),
        is_clean=is_checked and not (weighs or overrides or is_own or comments),
        is_own=is_own,
        is_suggested=is_suggested,
        due_words=due_words(draft, now),
        is_soon=draft.planned_at is not None and draft.planned_at - now <= SOON,
        attention=attention_words(items, draft, now),
        findings=items,
        declared=submission.revision.declared if submission else NOTHING,
        attested=submission.ticks if submission else [],
        overrides=not_among(items, overrides),
        claimed_by=draft.claimed_by.full_name if is_open and draft.claimed_by else "",
        claimed_at=draft.claimed_at,
        comments=comments,
    )
