from accounts.models import LPT, Force, SocialAccount, User
from accounts.permissions import holds
from accounts.roles import Role
from accounts.tables import Predicate
from incidents.models import Hold

Scope = Force | LPT | SocialAccount

PLACE = {Role.COMMS_APPROVER, Role.COMMS_DUTY, Role.COMMS_ADMIN}
RELEASE = {Role.COMMS_DUTY, Role.COMMS_ADMIN}


def force_of(scope: Scope) -> int:
    return scope.pk if isinstance(scope, Force) else scope.force_id


def lpt_of(scope: Scope) -> int | None:
    """The team that a scope is or belongs to."""
    if isinstance(scope, LPT):
        return scope.pk
    return scope.lpt_id if isinstance(scope, SocialAccount) else None


def _may_place(user: User, scope: Scope | None) -> bool:
    if scope is None:
        return holds(user, PLACE | {Role.LPT_COMMANDER})
    if holds(user, PLACE, force_id=force_of(scope)):
        return True
    lpt_id = lpt_of(scope)
    return lpt_id is not None and any(
        membership.role == Role.LPT_COMMANDER and membership.lpt_id == lpt_id
        for membership in user.current_memberships
    )


def _may_release(user: User, hold: Hold | None) -> bool:
    return holds(user, RELEASE, force_id=None if hold is None else force_of(hold.scope))


TABLE: dict[str, Predicate] = {
    "incidents.read": lambda user, _: holds(
        user, PLACE | RELEASE | {Role.LPT_COMMANDER, Role.LPT_SUPERVISOR}
    ),
    "incidents.place": _may_place,
    "incidents.release": _may_release,
}
