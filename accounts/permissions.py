"""Predicates about people, and the helpers that other apps' tables are written with."""

from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Force, SocialAccount, User
from accounts.roles import (
    APPROVING_OR_ADMINISTERING,
    COMMS_REVIEWERS,
    TEAM_ROLES,
    Role,
    who_may,
)
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


def may_fill(user: User, account: SocialAccount, roles: Collection[str]) -> bool:
    """Whether `user` may decide at a step for `roles` on the drafts of `account`."""
    allowed = who_may(roles)
    in_force = allowed & COMMS_REVIEWERS
    return holds(user, in_force, force_id=account.force_id) or in_team(
        user, account, allowed & TEAM_ROLES
    )


def lets_out_or_administers(user: User) -> bool:
    """Whether a session of `user` lets tweets out, also in another's place, or changes who may."""
    also_approves: Callable[[User], bool] = import_string(settings.ALSO_APPROVES)
    return holds(user, APPROVING_OR_ADMINISTERING) or also_approves(user)


def is_comms_reviewer(user: User, force_id: int | None = None) -> bool:
    return holds(user, COMMS_REVIEWERS, force_id=force_id)


def _keep_routes(user: User, force: Force | None) -> bool:
    return holds(user, {Role.COMMS_ADMIN}, force_id=force.pk if force else None)


def _read_routes(user: User, force: Force | None) -> bool:
    return holds(user, COMMS_REVIEWERS | {Role.COMMS_ADMIN}, force_id=force.pk if force else None)


def _oneself(user: User, obj: Any) -> bool:
    return obj is None or obj == user


def _keep_duty(user: User, force: Force | None) -> bool:
    """Who decides and who keeps the accounts: they know who is at work."""
    roles = COMMS_REVIEWERS | {Role.COMMS_ADMIN}
    return holds(user, roles, force_id=None if force is None else force.pk)


def _read_call_list(user: User, force: Force | None) -> bool:
    """Communications, and each team its own part of it."""
    return _keep_duty(user, force) or holds(user, TEAM_ROLES, force_id=force.pk if force else None)


def _administer(user: User, force: Force | None) -> bool:
    return holds(user, {Role.COMMS_ADMIN}, force_id=None if force is None else force.pk)


TABLE: dict[str, Predicate] = {
    "accounts.confirm_mobile": _oneself,
    "accounts.use_single_keys": _oneself,
    "accounts.keep_sign_in": _oneself,
    "accounts.choose_how_told": _oneself,
    "accounts.let_words_into_mail": _administer,
    "accounts.keep_duty": _keep_duty,
    "accounts.read_call_list": _read_call_list,
    "accounts.call_everybody": _keep_duty,
    "accounts.keep_routes": _keep_routes,
    "accounts.read_routes": _read_routes,
    "accounts.keep_people": _administer,
    "accounts.keep_teams": _administer,
    "accounts.see_oneself": _oneself,
    "accounts.train": lambda user, _: holds(user, set(Role)),
}
