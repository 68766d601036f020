"""Looking at tweets after they went out: emergencies, and a sample of the routine lane."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import Lane, User
from accounts.roles import COMMS_REVIEWERS, Role
from approvals.models import AfterReview, Decision, Occasion
from audit.services import record
from audit.verbs import Verb
from drafts.models import ReviewStep
from drafts.panel import words_for
from notices.models import Kind
from notices.services import settle, tell
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState

OVERDUE_BATCH = 50


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
        settle(_link(review), now=now)
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


def remind_of_reviews(*, now: datetime) -> None:
    """Tell of the emergencies that nobody looked at in time, once each.

    What was called back before it went out needs no look any more.
    """
    overdue = Q(occasion=Occasion.EMERGENCY, due_by__lte=now, overdue_told_at=None)
    called_back = Q(delivery__state=DeliveryState.CANCELLED)
    rows = AfterReview.objects.open().filter(overdue | called_back).with_people()
    for review in rows.order_by("due_by", "pk")[:OVERDUE_BATCH]:
        if review.delivery.state == DeliveryState.CANCELLED:
            close_review(review.delivery, why="It was called back", now=now)
        else:
            _tell_overdue(review, now)


def close_review(delivery: Delivery, *, why: str, now: datetime) -> None:
    """Nobody looks at it any more: it never went out. `why` begins the sentence that says so."""
    with transaction.atomic():
        for review in AfterReview.objects.open().filter(delivery=delivery):
            note = f"{why} before it went out, so there is nothing to look at."
            AfterReview.objects.open().filter(pk=review.pk).update(at=now, note=note)
            settle(_link(review), now=now)


def _link(review: AfterReview) -> str:
    return reverse("approvals:look-after", args=[review.pk])


def _tell_overdue(review: AfterReview, now: datetime) -> None:
    with transaction.atomic():
        mine = AfterReview.objects.open().filter(pk=review.pk, overdue_told_at=None)
        if not mine.update(overdue_told_at=now):
            return
        draft = review.delivery.draft
        people = _who_may_look(review)
        record(
            Verb.DRAFT_REMINDED,
            draft,
            actor=None,
            at=now,
            kind="overdue",
            people=[person.pk for person in people],
        )
        tell(
            people,
            f"Nobody has looked at the tweet for {draft.account} that {review.delivery.approved_by}"
            f" published in an emergency. That was due by {words_for(review.due_by)}.",
            kind=Kind.ALERT,
            link=_link(review),
            urgent=True,
            now=now,
        )


def _who_may_look(review: AfterReview) -> list[User]:
    """Who reviews and neither wrote it nor let it out; where nobody is left, who gives roles."""
    delivery = review.delivery
    force = delivery.account.force_id
    decided = Decision.objects.filter(revision=delivery.revision_id)
    reviewers = User.objects.holding(COMMS_REVIEWERS, force_id=force)
    free = reviewers.exclude(contributions__draft=delivery.draft_id).exclude(
        pk__in=decided.values("person")
    )
    return list(free) or list(User.objects.holding({Role.COMMS_ADMIN}, force_id=force))
