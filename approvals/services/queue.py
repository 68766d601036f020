"""The queue itself: a soft lock on what somebody has open, and drafts nobody decided in time."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.workflow import Move, StaleDraft
from notices.services import tell

EXPIRE_BATCH = 100


def claim(draft: Draft, *, actor: User, now: datetime) -> bool:
    """Show the others that `actor` has this draft open; False when somebody else has it.

    A soft lock for settings.CLAIM_FOR: it hinders nobody from deciding.
    """
    if not actor.has_perm("approvals.review", draft):
        raise PermissionDenied
    free = Q(claimed_by=None) | Q(claimed_by=actor) | Q(claimed_at__lte=now - settings.CLAIM_FOR)
    try:
        Draft.objects.filter(free, pk=draft.pk).move(Move.CLAIM, claimed_by=actor, claimed_at=now)
    except StaleDraft:
        return False
    return True


def release(draft: Draft, *, actor: User) -> None:
    """Give up one's own claim."""
    Draft.objects.filter(pk=draft.pk, claimed_by=actor).update(claimed_by=None, claimed_at=None)


def expire_overdue(*, now: datetime) -> int:
    """Expire the submitted drafts whose time passed without a decision; return how many.

    They never go out by themselves: the author is told and may choose another time.
    """
    expired = 0
    for draft in Draft.objects.undecided_in_time(now).with_people().order_by("pk")[:EXPIRE_BATCH]:
        with transaction.atomic():
            try:
                Draft.objects.undecided_in_time(now).filter(pk=draft.pk).move(
                    Move.EXPIRE, changed_at=now, claimed_by=None, claimed_at=None
                )
            except StaleDraft:
                continue
            record(Verb.DRAFT_EXPIRED, draft, actor=None, at=now)
            tell(
                [draft.author],
                f"Your tweet for {draft.account} expired: nobody decided before its time."
                " Choose a new time and submit it again.",
                link=draft.get_absolute_url(),
                urgent=True,
                now=now,
            )
        expired += 1
    return expired
