"""What is a person's own, and who has it when they leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import Force, User
from accounts.roles import COMMS_REVIEWERS
from accounts.services import Leaving, PersonRefused, end_access, leaving_of
from accounts.standing import stopping
from approvals.models import Decision, Delegation
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.models.draft import DraftQuerySet
from drafts.services import NotReady, hand_over
from drafts.workflow import State
from notices.models import Kind
from notices.services import tell
from publishing.models import Delivery
from publishing.workflow import ENDS


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is a person's own and needs somebody when they leave."""

    drafts: list[Draft]
    claims: int
    delegations: list[Delegation]
    going_out: list[Delivery]


def belongings_of(person: User, *, now: datetime, leaving: Leaving | None = None) -> Belongings:
    """What is not decided yet, what they have open, and who decides in whose place.

    `going_out` holds the tweets on their way that they wrote or approved: those stop by themselves
    when the person leaves. Of whoever stays in another force it is only what is of the forces that
    they leave, and nothing stops.
    """
    if leaving and not leaving.altogether:
        return _belongings_in(leaving.forces, person, now)
    theirs = Q(draft__author=person) | Q(approved_by=person) | Q(draft__decisions__person=person)
    going_out = Delivery.objects.live().exclude(state__in=ENDS).filter(theirs).distinct()
    return Belongings(
        drafts=list(_drafts(person).with_people().newest_first()),
        claims=_claims(person).count(),
        delegations=list(_delegations(person, now)),
        going_out=list(going_out.with_people().order_by("due_at", "pk")),
    )


def _belongings_in(forces: Sequence[Force], person: User, now: datetime) -> Belongings:
    others = Q(person__memberships__force__in=forces) & ~Q(person=person)
    others |= Q(absent__memberships__force__in=forces) & ~Q(absent=person)
    drafts = _drafts(person).filter(account__force__in=forces)
    return Belongings(
        drafts=list(drafts.with_people().newest_first()),
        claims=_claims(person).filter(account__force__in=forces).count(),
        delegations=list(_delegations(person, now).filter(others).distinct()),
        going_out=[],
    )


def let_go(person: User, *, successor: User | None, actor: User, now: datetime) -> Belongings:
    """A person leaves: one action ends access, sessions, roles, shifts, claims and delegations.

    Whoever holds a role in a force that `actor` does not administer stays there, signed in.
    `successor` becomes the author in charge of those of their drafts that they may write for; the
    others are the team's to go on with. Returns what was theirs. Raises PersonRefused,
    PermissionDenied.
    """
    with transaction.atomic():
        leaving = leaving_of(person, actor=actor, on=timezone.localdate(now))
        theirs = belongings_of(person, now=now, leaving=leaving)
        if successor:
            _pass_on_drafts(theirs.drafts, to=successor, actor=actor, now=now)
        claims = _claims(person)
        if not leaving.altogether:
            claims = claims.filter(account__force__in=leaving.forces)
        claims.update(claimed_by=None, claimed_at=None)
        for delegation in theirs.delegations:
            # Not by end_delegation: whoever keeps people may, in whichever force it was made.
            if Delegation.objects.filter(pk=delegation.pk, ended_at=None).update(ended_at=now):
                record(
                    Verb.DELEGATION_ENDED, delegation.person, actor=actor, at=now,
                    absent=delegation.absent_id,
                )  # fmt: skip
                others = {delegation.person, delegation.absent} - {person}
                tell(others, f"{delegation} ends: {person} has left.", now=now)
        end_access(person, actor=actor, now=now)
        for path in settings.PASSED_ON_BY_A_LEAVER:
            import_string(path)(person, successor, now=now)
        _tell_of_what_stops(person, theirs.going_out, now)
    return theirs


def _pass_on_drafts(drafts: Sequence[Draft], *, to: User, actor: User, now: datetime) -> None:
    try:
        hand_on(drafts, to=to, actor=actor, now=now)
    except NotReady:
        lacking = " ".join(gap.words for gap in stopping(to, on=timezone.localdate(now)))
        raise PersonRefused(
            f"{to} cannot submit tweets yet, and some of these drafts are in review. {lacking}"
            " Choose somebody else, or nobody: the team goes on with them.",
            field="successor",
        ) from None


def hand_on(drafts: Sequence[Draft], *, to: User, actor: User, now: datetime) -> list[Draft]:
    """Make `to` the author of those of these drafts that they may write for; returns them.

    Whoever decided on a draft does not become its author. Raises NotReady, see hand_over.
    """
    with transaction.atomic():
        # Nobody decides on one of them from here on, or has done so before it is looked up.
        for key in sorted(draft.pk for draft in drafts):
            Draft.objects.filter(pk=key).update(changed_at=F("changed_at"))
        decided = Decision.objects.filter(person=to, draft__in=drafts)
        keys = set(decided.values_list("draft", flat=True))
        free = [draft for draft in drafts if draft.pk not in keys]
        return hand_over(free, to=to, actor=actor, now=now)


def _tell_of_what_stops(person: User, going_out: Sequence[Delivery], now: datetime) -> None:
    for force_id in sorted({delivery.account.force_id for delivery in going_out}):
        stopped = [one for one in going_out if one.account.force_id == force_id]
        tweets = "One tweet" if len(stopped) == 1 else f"{len(stopped)} tweets"
        tell(
            User.objects.holding(COMMS_REVIEWERS, force_id=force_id),
            f"{person} has left. {tweets} on the way that they wrote or approved will not go out"
            " by themselves: put them back into the queue, or drop them.",
            kind=Kind.ALERT,
            link="/deliveries/",
            now=now,
        )


def _drafts(person: User) -> DraftQuerySet:
    return Draft.objects.by(person).filter(
        state__in=[State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED, State.SUBMITTED]
    )


def _claims(person: User) -> QuerySet[Draft]:
    return Draft.objects.filter(claimed_by=person)


def _delegations(person: User, now: datetime) -> QuerySet[Delegation]:
    return (
        Delegation.objects.filter(Q(person=person) | Q(absent=person), ended_at=None)
        .filter(until__gte=timezone.localdate(now))
        .select_related("person", "absent")
        .order_by("pk")
    )
