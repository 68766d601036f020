"""Taking an approval back while the tweet has not gone out."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.workflow import Move
from notices.services import tell
from publishing.models import Delivery
from publishing.services import cancel
from publishing.workflow import TooLate


def _call_back(draft: Draft, *, actor: User, now: datetime) -> None:
    delivery = Delivery.objects.live().filter(draft=draft).select_related("draft").first()
    if delivery is None:
        raise TooLate
    cancel(delivery, actor=actor, now=now)


def reopen(draft: Draft, *, actor: User, now: datetime) -> None:
    """Edit an approved tweet: its approval is void and its delivery cancelled.

    Raises StaleDraft, TooLate (it is going out or public), PermissionDenied.
    """
    if not actor.has_perm("approvals.reopen", draft):
        raise PermissionDenied
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk).move(Move.REOPEN, changed_at=now)
        _call_back(draft, actor=actor, now=now)
        record(Verb.DRAFT_REOPENED, draft, actor=actor, at=now)
        if actor != draft.author:
            tell(
                [draft.author],
                f"{actor} reopened your approved tweet for {draft.account}. It will not go out"
                " until it is submitted and approved again.",
                link=draft.get_absolute_url(),
                now=now,
            )


def unschedule(draft: Draft, *, actor: User, now: datetime) -> None:
    """Stop an approved tweet and put it back into the review queue.

    Raises StaleDraft, TooLate (it is going out or public), PermissionDenied.
    """
    if not actor.has_perm("approvals.unschedule", draft):
        raise PermissionDenied
    with transaction.atomic():
        Draft.objects.filter(pk=draft.pk).move(
            Move.UNSCHEDULE, changed_at=now, submitted_at=now, queue_at=draft.planned_at or now
        )
        _call_back(draft, actor=actor, now=now)
        record(Verb.DRAFT_UNSCHEDULED, draft, actor=actor, at=now)
