"""Predicates about people, and the helpers that other apps' tables are written with."""

from collections.abc import Collection
from typing import Any

from accounts.models import SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, Role
from accounts.tables import Predicate


def holds(user: User, roles: Collection[Role], *, force_id: int | None = None) -> bool:
    """Whether `user` holds one of `roles` today, anywhere or in the given force."""
    return any(
        membership.role in roles and force_id in (None, membership.force_id)
        for membership in user.current_memberships
    )


def in_team(user: User, account: SocialAccount, roles: Collection[Role] = TEAM_ROLES) -> bool:
    """Whether `user` holds one of `roles` in the team that runs `account`.

    A team role without an LPT is that of a central team: it covers the accounts without one.
    """
    return any(
        membership.role in roles
        and membership.force_id == account.force_id
        and membership.lpt_id == account.lpt_id
        for membership in user.current_memberships
    )


def is_comms_reviewer(user: User, force_id: int | None = None) -> bool:
    return holds(user, COMMS_REVIEWERS, force_id=force_id)


def _oneself(user: User, obj: Any) -> bool:
    return obj is None or obj == user


TABLE: dict[str, Predicate] = {
    "accounts.confirm_mobile": _oneself,
}
