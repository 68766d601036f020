from typing import Any

from accounts.models import Force, User
from accounts.permissions import holds
from accounts.roles import COMMS_REVIEWERS, Role
from accounts.tables import Predicate
from policy.models import PackVersion

OWNERS = {Role.POLICY_OWNER}


def _prepare(user: User, force: Force | None) -> bool:
    return holds(user, OWNERS, force_id=None if force is None else force.pk)


def _activate(user: User, version: PackVersion | None) -> bool:
    """A second policy owner: nobody puts their own version in force."""
    if version is None:
        return holds(user, OWNERS)
    return holds(user, OWNERS, force_id=version.force_id) and version.author_id != user.pk


def _see_handles(user: User, force: Force | None) -> bool:
    force_id = None if force is None else force.pk
    return holds(user, OWNERS | {Role.COMMS_ADMIN}, force_id=force_id)


def _anybody(user: User, _: Any) -> bool:
    return holds(user, set(Role))


KEEP = COMMS_REVIEWERS | {Role.COMMS_ADMIN}
DECLARE = {Role.COMMS_ADMIN, Role.POLICY_OWNER}


def _keep_restrictions(user: User, force: Force | None) -> bool:
    return holds(user, KEEP, force_id=force.pk if force else None)


def _declare_election(user: User, force: Force | None) -> bool:
    return holds(user, DECLARE, force_id=force.pk if force else None)


TABLE: dict[str, Predicate] = {
    "policy.read_rulebook": _anybody,
    "policy.prepare": _prepare,
    "policy.activate": _activate,
    "policy.see_handles": _see_handles,
    "policy.protect_handle": _anybody,
    "policy.keep_restrictions": _keep_restrictions,
    "policy.declare_election": _declare_election,
}
