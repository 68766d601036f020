"""Who may see the queue and who may decide; nobody ever decides on what they contributed to."""

from accounts.models import ApprovalRoute, User
from accounts.permissions import holds, is_comms_reviewer
from accounts.roles import COMMS_REVIEWERS, Role
from accounts.tables import Predicate
from drafts.models import Draft
from drafts.permissions import may_write_for

# A duty officer may do whatever an approver may.
STANDS_IN_FOR = {Role.COMMS_APPROVER: COMMS_REVIEWERS}


def may_decide_for(user: User, draft: Draft) -> bool:
    """Whether the approval route of the draft's team gives `user` its present step."""
    account = draft.account
    route = ApprovalRoute.objects.for_lpt(force_id=account.force_id, lpt_id=account.lpt_id)
    return any(
        holds(
            user, STANDS_IN_FOR.get(Role(step.role), {Role(step.role)}), force_id=account.force_id
        )
        for step in route
        if step.step == draft.step
    )


def _decide(user: User, draft: Draft | None) -> bool:
    if draft is None:
        return is_comms_reviewer(user)
    contributed = draft.contributions.filter(person=user).exists()
    return may_decide_for(user, draft) and not contributed


def _reopen(user: User, draft: Draft | None) -> bool:
    if draft is None:
        return True
    mine = draft.author_id == user.pk and may_write_for(user, draft.account)
    return mine or is_comms_reviewer(user, draft.account.force_id)


TABLE: dict[str, Predicate] = {
    "approvals.review": lambda user, draft: is_comms_reviewer(
        user, None if draft is None else draft.account.force_id
    ),
    "approvals.decide": _decide,
    "approvals.reopen": _reopen,
    "approvals.unschedule": lambda user, draft: is_comms_reviewer(
        user, None if draft is None else draft.account.force_id
    ),
}
