"""Looking at tweets after they went out: emergencies, and a sample of the routine lane."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Lane, User
from approvals.models import AfterReview, Occasion
from audit.services import record
from audit.verbs import Verb
from drafts.models import ReviewStep
from notices.services import tell
from publishing.models import Delivery


class LookedAt(Exception):
    """Somebody has looked at it already."""


def ask_for_sample(delivery: Delivery, step: ReviewStep, *, now: datetime) -> None:
    """Ask comms to look at every tenth tweet or so that the routine lane let out.

    Which ones nobody can tell before: the hash of what was approved decides.
    """
    if step.lane != Lane.ROUTINE:
        return
    drawn = hashlib.sha256(f"{delivery.pk}:{delivery.approved_hash}".encode()).digest()
    if int.from_bytes(drawn[:4]) % settings.SAMPLE_ONE_IN == 0:
        AfterReview.objects.create(
            delivery=delivery,
            occasion=Occasion.SAMPLE,
            asked_at=now,
            due_by=now + settings.SAMPLE_WITHIN,
        )


def look_after(
    review: AfterReview, *, actor: User, was_right: bool, note: str, now: datetime
) -> None:
    """Say whether it was right that it went out. Raises LookedAt, PermissionDenied.

    `note` is compulsory when it was not.
    """
    if not actor.has_perm("approvals.look_after", review):
        raise PermissionDenied
    with transaction.atomic():
        mine = AfterReview.objects.open().filter(pk=review.pk)
        if not mine.update(person=actor, at=now, was_right=was_right, note=note):
            raise LookedAt
        draft = review.delivery.draft
        record(
            Verb.DRAFT_LOOKED_AFTER,
            draft,
            actor=actor,
            at=now,
            occasion=review.occasion,
            was_right=was_right,
        )
        if not was_right:
            told = f"{actor} looked at the tweet for {draft.account} after it went out"
            tell(
                [review.delivery.approved_by, draft.author],
                f"{told}: {note}",
                in_mail=f"{told}. It should have been different.",
                link=draft.get_absolute_url(),
                urgent=True,
                now=now,
            )
