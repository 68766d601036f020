"""Who may do what in the life of an account."""

from accounts.models import User
from accounts.permissions import holds, in_team
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, TEAM_SUPERVISORS, Role
from accounts.tables import Predicate
from lifecycle.models import AccountRequest, ChecklistStep, Compromise
from lifecycle.reach import CENTRE, READERS

UNFREEZE = frozenset({Role.COMMS_DUTY, Role.COMMS_ADMIN})


def _read_case(user: User, case: Compromise | None) -> bool:
    """Whoever could freeze the account."""
    return user.has_perm("publishing.freeze", None if case is None else case.account)


def _unfreeze(user: User, case: Compromise | None) -> bool:
    return holds(user, UNFREEZE, force_id=None if case is None else case.account.force_id)


def _tick(user: User, step: ChecklistStep | None) -> bool:
    """Communications; a team too, where the step is not for communications alone."""
    if step is None:
        return holds(user, READERS)
    if holds(user, CENTRE, force_id=step.account.force_id):
        return True
    return not step.about.by_centre and in_team(user, step.account)


def _request(user: User, request: AccountRequest | None) -> bool:
    """Anybody of a team; what was written, whoever wrote it."""
    return holds(user, TEAM_ROLES) and (request is None or request.asked_by_id == user.pk)


def _support(user: User, request: AccountRequest | None) -> bool:
    if request is None:
        return holds(user, TEAM_SUPERVISORS | COMMS_REVIEWERS)
    return request.may_be_supported_by(user)


def _decide(user: User, request: AccountRequest | None) -> bool:
    if request is None:
        return holds(user, {Role.COMMS_ADMIN})
    is_admin = holds(user, {Role.COMMS_ADMIN}, force_id=request.force_id)
    return is_admin and request.asked_by_id != user.pk


TABLE: dict[str, Predicate] = {
    "lifecycle.read": lambda user, _: holds(user, READERS),
    "lifecycle.read_case": _read_case,
    "lifecycle.tick": _tick,
    "lifecycle.unfreeze": _unfreeze,
    "lifecycle.request_account": _request,
    "lifecycle.support_request": _support,
    "lifecycle.decide_request": _decide,
    "lifecycle.answer_request": lambda user, request: (
        _support(user, request) or _decide(user, request)
    ),
}
