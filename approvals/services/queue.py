"""The queue itself: a soft lock on what somebody has open, and drafts nobody decided in time."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.permissions import is_comms_reviewer
from approvals.models import Decision, Verdict
from approvals.permissions import delegations_to
from approvals.services.reminding import no_longer_waits
from approvals.services.steps import may_decide
from approvals.services.telling import tell_author
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft, DraftQuerySet, scope_of
from drafts.workflow import Move, StaleDraft
from notices.models import Kind
from notices.services import tell

EXPIRE_BATCH = 100


def waiting_for(user: User) -> DraftQuerySet:
    """What waits for a decision where `user` decides: all of it for comms, else the team's steps.

    Whoever decides in somebody's place sees what that person sees.
    """
    return Draft.objects.awaiting_review().filter(_whose_step(user)).with_people()


def _whose_step(user: User) -> Q:
    """Asked once for each loading of the person, as their roles are."""
    known: Q | None = user.__dict__.get("_whose_step")
    if known is not None:
        return known
    scope, forces = Q(pk__in=[]), {m.force_id for m in user.current_memberships}
    for person in (user, *(delegation.absent for delegation in delegations_to(user))):
        # Nobody decides for others where they have no role themselves.
        seen = (
            scope_of(person) if person == user else scope_of(person) & Q(account__force__in=forces)
        )
        scope |= seen if is_comms_reviewer(person) else seen & Q(waits_for_team=True)
    user.__dict__["_whose_step"] = scope
    return scope


def next_for(user: User) -> Draft | None:
    """The most urgent draft that `user` neither wrote nor approved already."""
    # Asked of one draft after the other, until one is free: not of all that they ever approved.
    approved = Decision.objects.filter(
        person=user,
        verdict=Verdict.APPROVE,
        draft=OuterRef("pk"),
        revision__number=OuterRef("revision_number"),
    )
    waiting = waiting_for(user).select_related(None).one_by_one().not_written_by(user)
    return waiting.filter(~Exists(approved)).oldest_due_first().first()


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

    They never go out by themselves: the author is told and may choose another time, and so are
    those who could have decided.
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
            no_longer_waits(draft, now=now)
            _tell_expired(draft, now)
        expired += 1
    return expired


def _tell_expired(draft: Draft, now: datetime) -> None:
    tell_author(
        draft,
        f"Your tweet for {draft.account} expired: nobody decided before its time."
        " Choose a new time and submit it again",
        f"The tweet of {draft.author} for {draft.account} expired: nobody decided before its time."
        " Choose a new time and submit it again",
        kind=Kind.EXPIRED,
        urgent=True,
        now=now,
    )
    tell(
        may_decide(draft, now=now),
        f"A tweet of {draft.author} for {draft.account} expired: nobody decided before its time.",
        kind=Kind.EXPIRED,
        link=draft.get_absolute_url(),
        now=now,
    )
