"""Deciding on several drafts at once: each decision is one of its own, and stands alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied

from accounts.models import User
from approvals.reasons import Reason
from approvals.services.central import Seen
from approvals.services.deciding import approve, reject, return_for_changes
from approvals.services.refusals import AlreadyApproved, DecidedTogether, OutOfTime, RulesObject
from drafts.models import Draft
from drafts.workflow import StaleDraft


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of them; `refusal` says why nothing did."""

    draft: Draft
    refusal: Exception | None = None


def approve_each(
    shown: Iterable[tuple[Draft, Seen]], *, actor: User, now: datetime
) -> list[Outcome]:
    """Approve each as it was shown. One that is refused leaves the others alone."""
    return [_approve(draft, seen, actor, now) for draft, seen in shown]


def _approve(draft: Draft, seen: Seen, actor: User, now: datetime) -> Outcome:
    try:
        approve(
            draft,
            actor=actor,
            revision_number=seen.number,
            revision_hash=seen.content_hash,
            step=seen.step,
            now=now,
            # A draft with a comment is decided on its own page, where it can be read.
            last_comment=0,
        )
    except (StaleDraft, AlreadyApproved, OutOfTime, RulesObject, PermissionDenied) as refusal:
        # Not permitted: its author, or the step went on to others while the page was open.
        return Outcome(draft, refusal)
    return Outcome(draft)


def send_back_each(
    shown: Iterable[tuple[Draft, Seen]],
    *,
    actor: User,
    rejects: bool,
    reason: Reason,
    sentence: str,
    now: datetime,
) -> list[Outcome]:
    """Return or reject each as it was shown. One that is refused leaves the others alone."""
    send_back, outcomes = reject if rejects else return_for_changes, []
    for draft, seen in shown:
        refusal: Exception | None = None
        try:
            send_back(
                draft,
                actor=actor,
                revision_number=seen.number,
                revision_hash=seen.content_hash,
                reason=reason,
                sentence=sentence,
                now=now,
            )
        except (StaleDraft, DecidedTogether, PermissionDenied) as stopped:
            refusal = stopped
        outcomes.append(Outcome(draft, refusal))
    return outcomes
