"""The queue itself: a soft lock on what somebody has open, and drafts nobody decided in time."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_comms_reviewer
from accounts.roles import TEAM_ROLES, Role, who_may
from approvals.models import Decision, Verdict
from approvals.permissions import delegations_to
from approvals.readers import readers_of
from approvals.services.reminding import no_longer_waits
from approvals.services.steps import may_decide
from approvals.services.telling import tell_author
from audit.services import record
from audit.verbs import Verb
from drafts.models import Contribution, Draft, DraftQuerySet, ReviewStep, scope_of
from drafts.workflow import Move, StaleDraft, State
from notices.models import Kind
from notices.services import tell

EXPIRE_BATCH = 100
# Of whom the step that a draft waits at asks an approval, as text.
_ROLES_ASKED = Subquery(
    ReviewStep.objects.where_it_waits().order_by().values(names=Cast("roles", TextField()))[:1]
)


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
    for person in (user, *_absent(user)):
        # Nobody decides for others where they have no role themselves.
        seen = (
            scope_of(person) if person == user else scope_of(person) & Q(account__force__in=forces)
        )
        scope |= seen if is_comms_reviewer(person) else seen & Q(waits_for_team=True)
    user.__dict__["_whose_step"] = scope
    return scope


def _absent(user: User) -> list[User]:
    """In whose place `user` decides today; asked once for each loading of the person."""
    known: list[User] | None = user.__dict__.get("_absent")
    if known is None:
        known = user.__dict__["_absent"] = [one.absent for one in delegations_to(user)]
    return known


def next_for(user: User) -> Draft | None:
    """The most urgent draft that `user` may decide on, and whose voice is not given already."""
    waiting = waiting_for(user).select_related(None).one_by_one().not_written_by(user)
    rights, absent = _at_a_step_of(user), _absent(user)
    for person in absent:
        wrote = Contribution.objects.filter(draft=OuterRef("pk"), person=person)
        rights |= _at_a_step_of(person) & ~Exists(wrote) & ~Exists(_approved_by(absent))
    free = waiting.filter(~Exists(_approved_by([user])))
    # A value, and no condition that the database would rather begin with: the queue is read in its
    # order until a draft is free, and what stands behind that is not looked at.
    may = Case(When(rights, then=Value(True)), default=Value(False))
    return free.alias(asked=_ROLES_ASKED, may=may).filter(may=True).oldest_due_first().first()


def _at_a_step_of(person: User) -> Q:
    """That a draft waits at a step which `person` may fill, as accounts.permissions.may_fill says.

    `asked` holds the roles of the step.
    """
    theirs = Q(pk__in=[])
    for membership in person.current_memberships:
        where = Q(account__force=membership.force_id)
        if membership.role in TEAM_ROLES:
            where &= Q(account__lpt=membership.lpt_id)
        named = "|".join(role for role in Role if membership.role in who_may([role]))
        theirs |= where & Q(asked__regex=f'"({named})"')
    return theirs


def _approved_by(people: list[User]) -> QuerySet[Decision]:
    """The approvals of a draft as it stands that are the voice of one of `people`."""
    return Decision.objects.filter(
        Q(person__in=people) | Q(on_behalf_of__in=people),
        verdict=Verdict.APPROVE,
        draft=OuterRef("pk"),
        revision__number=OuterRef("revision_number"),
    )


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
    could_decide = may_decide(draft, now=now)
    draft.state = State.EXPIRED
    see_it = set(readers_of(draft, on=timezone.localdate(now)))
    for people, link in (
        (see_it.intersection(could_decide), draft.get_absolute_url()),
        # Whoever stood in saw it while it waited, and does not any more.
        (set(could_decide) - see_it, reverse("approvals:cover")),
    ):
        tell(
            people,
            f"A tweet of {draft.author} for {draft.account} expired: nobody decided before its"
            " time.",
            kind=Kind.EXPIRED,
            link=link,
            now=now,
        )
