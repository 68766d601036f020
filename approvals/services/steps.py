"""The steps of a route: who is still to approve, and going on to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, Quorum, User
from accounts.roles import DECIDERS, TEAM_ROLES, who_may
from approvals.models import Decision, Delegation, Verdict
from drafts.models import Contribution, Draft, DraftQuerySet, ReviewStep, Revision
from drafts.services import is_for_team, present_step
from drafts.workflow import Move


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step has come: how many approved of how many that it needs."""

    given: int
    needed: int

    @property
    def is_passed(self) -> bool:
        return self.given >= self.needed

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.given)


def approvals_at(step: ReviewStep) -> QuerySet[Decision]:
    """The approvals that count at this step: by people who are still active and wrote none of it.

    As the proof has it that the dispatcher asks for.
    """
    wrote = Contribution.objects.filter(draft=OuterRef("draft"), person=OuterRef("person"))
    return Decision.objects.filter(
        ~Exists(wrote),
        revision=step.revision_id,
        step=step.number,
        verdict=Verdict.APPROVE,
        person__is_active=True,
    )


def progress_of(step: ReviewStep, draft: Draft, *, one_more: User | None = None) -> Progress:
    """How far `step` is, with an approval by `one_more` if it is given.

    Where each of several has to approve, nobody is awaited whose voice was given already: by
    themselves at an earlier step, since nobody approves one text twice, or by who decides in their
    place.
    """
    people = set(approvals_at(step).values_list("person_id", flat=True))
    if one_more:
        people.add(one_more.pk)
    if step.quorum != Quorum.ALL:
        return Progress(len(people), step.needed)
    given = Decision.objects.filter(
        revision=step.revision_id, verdict=Verdict.APPROVE, person__is_active=True
    )
    heard = people | set(given.values_list("person_id", flat=True))
    covered = Delegation.objects.current(timezone.localdate()).filter(person__in=heard)
    still = (
        holders(step, draft)
        .exclude(pk__in=heard)
        .exclude(pk__in=given.exclude(on_behalf_of=None).values("on_behalf_of"))
        .exclude(pk__in=covered.values("absent"))
        .count()
    )
    return Progress(len(people), max(len(people) + still, 1))


def holders(step: ReviewStep, draft: Draft) -> QuerySet[User]:
    """Whose step it is by role, without those who stand in and those who wrote the draft."""
    return _with_role(step.roles, draft, on=timezone.localdate())


def _with_role(roles: Iterable[str], draft: Draft, *, on: date) -> QuerySet[User]:
    members = Membership.objects.current(on).filter(
        force=draft.account.force_id, role__in=list(roles)
    )
    in_team = members.filter(role__in=TEAM_ROLES, lpt=draft.account.lpt_id)
    in_force = members.exclude(role__in=TEAM_ROLES)
    return (
        User.objects.filter(is_active=True, memberships__in=(in_team | in_force).order_by())
        .exclude(contributions__draft=draft)
        .distinct()
    )


def may_decide(draft: Draft, *, now: datetime) -> list[User]:
    """Everybody who may decide at the draft's present step, who stands in included, by key."""
    step = present_step(draft)
    if step is None:
        return []
    on = timezone.localdate(now)
    return _with_those_in_their_place(_with_role(who_may(step.roles), draft, on=on), draft, on)


def whose_step(draft: Draft, *, now: datetime) -> list[User]:
    """Whose step it is by role; everybody who may decide at it where nobody has the role."""
    step = present_step(draft)
    if step is None:
        return []
    on = timezone.localdate(now)
    people = _with_those_in_their_place(_with_role(step.roles, draft, on=on), draft, on)
    return people or may_decide(draft, now=now)


def _with_those_in_their_place(people: QuerySet[User], draft: Draft, on: date) -> list[User]:
    """`people` and who decides for them while they are away, without whose voice is given."""
    approved = Decision.objects.filter(
        draft=draft, revision__number=draft.revision_number, verdict=Verdict.APPROVE
    )
    for_others = approved.exclude(on_behalf_of=None)
    heard = Q(pk__in=approved.values("person")) | Q(pk__in=for_others.values("on_behalf_of"))
    people = people.exclude(heard)
    here = Membership.objects.current(on).filter(force=draft.account.force_id, role__in=DECIDERS)
    standing_in = Delegation.objects.current(on).filter(
        absent__in=people, person__in=here.order_by().values("person")
    )
    both = User.objects.filter(is_active=True).filter(
        Q(pk__in=people.values("pk")) | Q(pk__in=standing_in.values("person"))
    )
    free = both.exclude(contributions__draft=draft).exclude(heard)
    return list(free.order_by("pk"))


def pass_step(step: ReviewStep, progress: Progress) -> None:
    """Write down that enough approved, in the transaction of the last of them."""
    step.passed_with = progress.given
    step.save(update_fields=["passed_with"])


def go_to_step(current: DraftQuerySet, revision: Revision, number: int, *, now: datetime) -> None:
    """Let the draft wait at its next step, whose people are reminded anew."""
    following = revision.steps.get(number=number)
    current.move(
        Move.NEXT_STEP,
        step=number,
        waits_for_team=is_for_team(following.roles),
        remind_at=now,
        remind_by_day_at=None,
    )
