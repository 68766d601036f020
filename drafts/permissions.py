"""Who may write, change and read drafts."""

from typing import Any

from accounts.models import AccountKind, SocialAccount, User
from accounts.permissions import holds, in_team, is_comms_reviewer
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, TEAM_SUPERVISORS
from accounts.tables import Predicate
from drafts.models import Draft
from drafts.workflow import State


def may_write_for(user: User, account: SocialAccount) -> bool:
    if is_comms_reviewer(user, account.force_id):
        return True
    return account.kind != AccountKind.FORCE and in_team(user, account)


def _write(user: User, account: SocialAccount | None) -> bool:
    if account is None:
        return holds(user, TEAM_ROLES | COMMS_REVIEWERS)
    return may_write_for(user, account)


def _read(user: User, draft: Draft | None) -> bool:
    return _write(user, None if draft is None else draft.account)


def _edit(user: User, draft: Draft | None) -> bool:
    if draft is None:
        return _write(user, None)
    # A draft being written belongs to the team; one that came back, to its author, as long as the
    # author is still in the team.
    return may_write_for(user, draft.account) and (
        draft.state == State.DRAFT
        or draft.author_id == user.pk
        or not (draft.author.is_active and may_write_for(draft.author, draft.account))
    )


def _author(user: User, draft: Draft | None) -> bool:
    return draft is None or draft.author_id == user.pk


def _submit(user: User, draft: Any) -> bool:
    return _read(user, draft)


def _override(user: User, draft: Draft | None) -> bool:
    """Nobody passes over a block in what they wrote or submitted, at whatever time."""
    if draft is None:
        return holds(user, TEAM_SUPERVISORS | COMMS_REVIEWERS)
    account = draft.account
    has_rank = is_comms_reviewer(user, account.force_id) or (
        account.lpt_id is not None and in_team(user, account, TEAM_SUPERVISORS)
    )
    return has_rank and not draft.contributions.filter(person=user).exists()


TABLE: dict[str, Predicate] = {
    "drafts.write": _write,
    "drafts.read": _read,
    "drafts.post_centrally": lambda user, account: is_comms_reviewer(
        user, None if account is None else account.force_id
    ),
    "drafts.edit": _edit,
    "drafts.submit": _submit,
    "drafts.withdraw": _author,
    "drafts.discard": _author,
    "drafts.copy": _read,
    # Named by the rules of policy.core, which say who may pass over their blocks.
    "policy.override_block": _override,
}
