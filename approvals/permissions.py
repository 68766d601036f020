"""Who may see the queue and who may decide; nobody ever decides on what they contributed to."""

from typing import NamedTuple

from django.utils import timezone

from accounts.models import RouteStep, User
from accounts.permissions import holds, is_comms_reviewer, may_fill
from accounts.roles import COMMS_REVIEWERS, DECIDERS, TEAM_ROLES, Role, who_may
from accounts.tables import Predicate
from approvals.models import AfterReview, Delegation
from approvals.readers import readers_of
from approvals.stopping import stoppable
from approvals.voices import voice_of
from drafts.models import Draft
from drafts.permissions import may_write_for
from drafts.services import present_step
from publishing.models import Delivery


class Authority(NamedTuple):
    """That somebody may decide, and in whose place if it is not their own."""

    on_behalf_of: User | None = None

    def voices(self, actor: User) -> list[User]:
        """Whose approval one by `actor` with this right is."""
        return [actor] if self.on_behalf_of is None else [actor, self.on_behalf_of]


def delegations_to(user: User) -> list[Delegation]:
    """In whose place this person decides today, by key; whoever left is nobody's.

    Nobody without a role of their own decides for others.
    """
    if not holds(user, DECIDERS):
        return []
    rows = Delegation.objects.current(timezone.localdate()).filter(
        person=user, absent__is_active=True
    )
    return list(rows.select_related("absent").order_by("pk"))


def authority(user: User, draft: Draft) -> Authority | None:
    """By what right `user` decides at the present step of the draft's route; None without any.

    Nobody decides in the place of somebody who may not decide on this draft, nor where they have
    no role themselves.
    """
    step = present_step(draft)
    if step is None:
        return None
    if may_fill(user, draft.account, step.roles):
        return Authority()
    if not holds(user, DECIDERS, force_id=draft.account.force_id):
        return None
    away = [
        delegation.absent
        for delegation in delegations_to(user)
        if may_fill(delegation.absent, draft.account, step.roles)
        and not contributed(delegation.absent, draft)
    ]
    if not away:
        return None
    # Who covers for two gives the voice that was not given yet.
    silent = (absent for absent in away[:-1] if not voice_of([absent], draft))
    return Authority(next(silent, away[-1]))


def contributed(user: User, draft: Draft) -> bool:
    return draft.contributions.filter(person=user).exists()


def _review(user: User, draft: Draft | None) -> bool:
    if draft is None:
        return is_comms_reviewer(user) or _decides_somewhere(user)
    return is_comms_reviewer(user, draft.account.force_id) or authority(user, draft) is not None


def _decides_somewhere(user: User) -> bool:
    """Whether a team's step or somebody else's absence makes this person decide.

    Asked for every page's navigation, and answered once for each time the person is loaded, as
    their roles are.
    """
    if not hasattr(user, "_decides_somewhere"):
        answer = _decides_in_team(user) or decides_for_another(user)
        user._decides_somewhere = answer  # type: ignore[attr-defined]  # noqa: SLF001
    return bool(user._decides_somewhere)  # type: ignore[attr-defined]  # noqa: SLF001


def decides_for_another(user: User) -> bool:
    """Whether this person decides in somebody's place today, asked once for each loading.

    settings.ALSO_APPROVES leads the sign-in here: accounts knows nothing of approvals.
    """
    if not hasattr(user, "_decides_for_another"):
        user._decides_for_another = bool(delegations_to(user))  # type: ignore[attr-defined]  # noqa: SLF001
    return bool(user._decides_for_another)  # type: ignore[attr-defined]  # noqa: SLF001


def _decides_in_team(user: User) -> bool:
    """Whether a route of the person's force has a step for them in their team."""
    teams = [m for m in user.current_memberships if m.role in TEAM_ROLES]
    if not teams:
        return False
    steps = RouteStep.objects.filter(
        route__until=None, route__force__in={membership.force_id for membership in teams}
    ).select_related("route")
    return any(
        membership.role in who_may(step.roles)
        for step in steps
        for membership in teams
        if step.route.lpt_id in {None, membership.lpt_id}
    )


def _decide(user: User, draft: Draft | None) -> bool:
    if draft is None:
        return _review(user, None)
    return authority(user, draft) is not None and not contributed(user, draft)


def _emergency(user: User, draft: Draft | None) -> bool:
    """The comms duty officer alone, and never for what they wrote."""
    if draft is None:
        return holds(user, {Role.COMMS_DUTY})
    on_duty = holds(user, {Role.COMMS_DUTY}, force_id=draft.account.force_id)
    return on_duty and not contributed(user, draft)


def _look_after(user: User, review: AfterReview | None) -> bool:
    """Any comms reviewer who neither wrote it nor let it out."""
    if review is None:
        return is_comms_reviewer(user)
    draft = review.delivery.draft
    return (
        is_comms_reviewer(user, draft.account.force_id)
        and not contributed(user, draft)
        and not draft.decisions.filter(person=user, revision=review.delivery.revision_id).exists()
    )


def _delegate(user: User, absent: User | None) -> bool:
    """One's own decisions, or for the comms admin those of anyone in the force."""
    if absent is None or absent.pk == user.pk:
        return holds(user, COMMS_REVIEWERS | TEAM_ROLES | {Role.COMMS_ADMIN})
    forces = {membership.force_id for membership in absent.current_memberships}
    return any(holds(user, {Role.COMMS_ADMIN}, force_id=force) for force in forces)


def _comment(user: User, draft: Draft | None) -> bool:
    """Whoever sees the draft, whatever became of it."""
    if draft is None:
        return holds(user, TEAM_ROLES | COMMS_REVIEWERS)
    return readers_of(draft, on=timezone.localdate()).filter(pk=user.pk).exists()


def _reopen(user: User, draft: Draft | None) -> bool:
    if draft is None:
        return True
    mine = draft.author_id == user.pk and may_write_for(user, draft.account)
    return mine or is_comms_reviewer(user, draft.account.force_id)


def _unschedule(user: User, draft: Draft | None) -> bool:
    """Comms at any time, and whoever let it out while they are offered to stop it."""
    if draft is None:
        # Later than that they are told that it is too late.
        return is_comms_reviewer(user) or Delivery.objects.filter(approved_by=user).exists()
    if is_comms_reviewer(user, draft.account.force_id):
        return True
    return stoppable(user, timezone.now()).filter(draft=draft).exists()


TABLE: dict[str, Predicate] = {
    "approvals.review": _review,
    "approvals.decide": _decide,
    "approvals.publish_in_emergency": _emergency,
    "approvals.look_after": _look_after,
    "approvals.delegate": _delegate,
    "approvals.comment": _comment,
    "approvals.reopen": _reopen,
    "approvals.unschedule": _unschedule,
}
