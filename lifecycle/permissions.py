"""Who may do what in the life of an account."""

from accounts.models import AccountKind, Force, SocialAccount, User
from accounts.permissions import holds, in_team
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, TEAM_SUPERVISORS, Role
from accounts.tables import Predicate
from lifecycle.checklists import By
from lifecycle.models import AccountRequest, ChecklistStep, Compromise, Question
from lifecycle.reach import CENTRE, READERS

UNFREEZE = frozenset({Role.COMMS_DUTY, Role.COMMS_ADMIN})


def _read_case(user: User, case: Compromise | None) -> bool:
    """Whoever could freeze the account."""
    return user.has_perm("publishing.freeze", None if case is None else case.account)


def _unfreeze(user: User, case: Compromise | None) -> bool:
    return holds(user, UNFREEZE, force_id=None if case is None else case.account.force_id)


def _tick(user: User, step: ChecklistStep | None) -> bool:
    """Communications; the team or its supervisors too, where the step is theirs."""
    if step is None:
        return holds(user, READERS)
    if holds(user, CENTRE, force_id=step.account.force_id):
        return True
    if step.about.by == By.SUPERVISOR:
        # Nobody agrees to their own leaving.
        leaves = step.handover is not None and step.handover.person_id == user.pk
        return not leaves and in_team(user, step.account, TEAM_SUPERVISORS)
    return step.about.by == By.TEAM and in_team(user, step.account)


def _hand_over(user: User, account: SocialAccount | None) -> bool:
    """Whoever may write for the account begins it, and a comms admin."""
    if account is None:
        return holds(user, TEAM_ROLES | {Role.COMMS_ADMIN})
    is_admin = holds(user, {Role.COMMS_ADMIN}, force_id=account.force_id)
    return is_admin or (account.kind != AccountKind.FORCE and in_team(user, account))


def _keep_silent(user: User, account: SocialAccount | None) -> bool:
    return holds(user, {Role.COMMS_ADMIN}, force_id=None if account is None else account.force_id)


def _ask_to_follow(user: User, account: SocialAccount | None) -> bool:
    """The account's team, and communications."""
    if account is None:
        return holds(user, READERS)
    return holds(user, CENTRE, force_id=account.force_id) or in_team(user, account)


def _decide_following(user: User, account: SocialAccount | None) -> bool:
    return holds(user, CENTRE, force_id=None if account is None else account.force_id)


def _request(user: User, request: AccountRequest | None) -> bool:
    """Anybody of a team; what was written, whoever wrote it, or the team once they are gone."""
    return holds(user, TEAM_ROLES) and (request is None or request.may_be_kept_by(user))


def _support(user: User, request: AccountRequest | None) -> bool:
    if request is None:
        return holds(user, TEAM_SUPERVISORS | COMMS_REVIEWERS)
    return request.may_be_supported_by(user)


def _decide(user: User, request: AccountRequest | None) -> bool:
    if request is None:
        return holds(user, {Role.COMMS_ADMIN})
    is_admin = holds(user, {Role.COMMS_ADMIN}, force_id=request.force_id)
    return is_admin and user.pk not in request.authors


def _ask_comms(user: User, force: Force | None) -> bool:
    """Everybody who holds a role."""
    return holds(user, set(Role), force_id=None if force is None else force.pk)


def _answer_question(user: User, question: Question | None) -> bool:
    """Anybody of communications but whoever asked."""
    if question is None:
        return holds(user, CENTRE)
    return question.asked_by_id != user.pk and holds(user, CENTRE, force_id=question.force_id)


def _write_on_question(user: User, question: Question | None) -> bool:
    """Whoever asked, and communications; a team that reads along does not."""
    if question is None:
        return _ask_comms(user, None)
    is_asker = question.asked_by_id == user.pk and _ask_comms(user, question.force)
    return is_asker or _answer_question(user, question)


TABLE: dict[str, Predicate] = {
    "lifecycle.read": lambda user, _: holds(user, READERS),
    "lifecycle.read_case": _read_case,
    "lifecycle.tick": _tick,
    "lifecycle.unfreeze": _unfreeze,
    "lifecycle.hand_over": _hand_over,
    "lifecycle.keep_silent": _keep_silent,
    "lifecycle.ask_to_follow": _ask_to_follow,
    "lifecycle.decide_following": _decide_following,
    "lifecycle.request_account": _request,
    "lifecycle.support_request": _support,
    "lifecycle.decide_request": _decide,
    "lifecycle.ask_comms": _ask_comms,
    "lifecycle.answer_question": _answer_question,
    "lifecycle.write_on_question": _write_on_question,
    "lifecycle.answer_request": lambda user, request: (
        _support(user, request) or _decide(user, request)
    ),
}
