"""Taking an approval back while the tweet has not gone out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from approvals.services.after_review import close_review
from approvals.services.telling import tell_author
from audit.services import record
from audit.verbs import Verb
from drafts.models import CentralPost, Draft
from drafts.services import content_of, run_again, same_again
from drafts.workflow import Move, StaleDraft
from notices.models import Kind
from notices.services import tell
from publishing.models import Delivery
from publishing.services import cancel, stop_and_look
from publishing.workflow import UNDER_WAY, MayBePublic, TooLate


class WindowOver(TooLate):
    """Whoever approved it had a minute to stop it; by now only communications can."""


@contextmanager
def _unless_it_may_be_public(draft: Draft, *, actor: User, now: datetime) -> Iterator[None]:
    """One transaction. A tweet that may be public is not called back: a person has to look.

    Raises MayBePublic then, and TooLate as it comes.
    """
    try:
        with transaction.atomic():
            yield
    except TooLate as too_late:
        if stop_and_look(draft.pk, actor=actor, now=now):
            raise MayBePublic from too_late
        raise


def _call_back(draft: Draft, *, actor: User, now: datetime) -> None:
    delivery = Delivery.objects.live().filter(draft=draft).select_related("draft").first()
    if delivery is None:
        raise TooLate
    cancel(delivery, actor=actor, now=now)
    close_review(delivery, why=f"{actor} stopped it", now=now)


def reopen(draft: Draft, *, actor: User, now: datetime) -> None:
    """Edit an approved tweet: its approval is void and its delivery cancelled.

    Raises StaleDraft, TooLate (it is going out or public), MayBePublic, PermissionDenied.
    """
    if not actor.has_perm("approvals.reopen", draft):
        raise PermissionDenied
    with _unless_it_may_be_public(draft, actor=actor, now=now):
        Draft.objects.filter(pk=draft.pk).move(Move.REOPEN, changed_at=now)
        _call_back(draft, actor=actor, now=now)
        record(Verb.DRAFT_REOPENED, draft, actor=actor, at=now)
        if actor != draft.author:
            told = (
                f"for {draft.account}. It will not go out until it is submitted and approved again"
            )
            tell_author(
                draft,
                f"{actor} reopened your approved tweet {told}",
                f"{actor} reopened the approved tweet of {draft.author} {told}",
                kind=Kind.RETURNED,
                actor=actor,
                now=now,
            )


def unschedule(draft: Draft, *, actor: User, now: datetime) -> None:
    """Stop an approved tweet and put it back into the review queue.

    For comms, and within settings.STOP_WINDOW for whoever approved it. Raises StaleDraft, TooLate
    (it is going out or public), WindowOver, MayBePublic, PermissionDenied.
    """
    if not actor.has_perm("approvals.unschedule", draft):
        if Delivery.objects.live().filter(draft=draft, approved_by=actor).exists():
            raise WindowOver
        raise PermissionDenied
    with _unless_it_may_be_public(draft, actor=actor, now=now):
        # A run of its own: what was approved before counts no more.
        approved = content_of(draft)
        Draft.objects.filter(pk=draft.pk, revision_number=approved.number).move(
            Move.UNSCHEDULE,
            changed_at=now,
            submitted_at=now,
            queue_at=draft.planned_at or now,
            remind_at=now,
            remind_by_day_at=None,
            revision_number=approved.number + 1,
            step=1,
        )
        run_again(approved, same_again(approved, author=approved.author, now=now))
        _call_back(draft, actor=actor, now=now)
        record(Verb.DRAFT_UNSCHEDULED, draft, actor=actor, at=now)
        if actor != draft.author:
            tell(
                [draft.author],
                f"{actor} stopped your approved tweet for {draft.account}. It waits for a decision"
                " again, and does not go out until it is approved anew.",
                kind=Kind.RETURNED,
                link=draft.get_absolute_url(),
                now=now,
            )


def stop_centrally(
    central: CentralPost, *, actor: User, now: datetime
) -> list[tuple[Draft, TooLate | StaleDraft | None]]:
    """Stop the post on every account where it has not gone out; the drafts, by account.

    With each what kept it from being stopped, or None: what is too late on one account stands in
    no other's way. Empty when it is under way nowhere. Raises PermissionDenied.
    """
    if not actor.has_perm("drafts.post_centrally"):
        raise PermissionDenied
    under_way = Delivery.objects.filter(state__in=UNDER_WAY).values("draft")
    done: list[tuple[Draft, TooLate | StaleDraft | None]] = []
    for draft in central.drafts().filter(pk__in=under_way):
        try:
            unschedule(draft, actor=actor, now=now)
        except (TooLate, StaleDraft) as reason:
            done.append((draft, reason))
        else:
            done.append((draft, None))
    return done
