"""Who can see a draft: the pages' own questions, asked the other way round."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import AccountKind, Membership, User
from accounts.roles import COMMS_REVIEWERS, DECIDERS, TEAM_ROLES
from approvals.models import Delegation
from drafts.models import Draft
from drafts.workflow import State


def readers_of(draft: Draft, *, on: date) -> QuerySet[User]:
    """Everybody who sees the draft, by name: its team, communications and whoever covers them.

    Cover begins and ends with the review: it shows what waits for the person who is away.
    """
    account = draft.account
    roles = Membership.objects.current(on).order_by().filter(force=account.force_id)
    comms = roles.filter(role__in=COMMS_REVIEWERS)
    team = roles.filter(role__in=TEAM_ROLES, lpt=account.lpt_id)
    if account.lpt_id is None and account.kind == AccountKind.FORCE:
        team = team.none()
    readers = Q(pk__in=(comms | team).values("person"))
    if draft.state == State.SUBMITTED:
        deciding = comms | team if draft.waits_for_team else comms
        covers = Delegation.objects.current(on).filter(
            absent__is_active=True,
            absent__in=deciding.values("person"),
            person__in=roles.filter(role__in=DECIDERS).values("person"),
        )
        readers |= Q(pk__in=covers.values("person"))
    return User.objects.filter(readers, is_active=True).order_by("full_name", "pk")
