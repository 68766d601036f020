from accounts.models import SocialAccount, User
from accounts.permissions import holds, in_team, is_comms_reviewer
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, TEAM_SUPERVISORS, Role
from accounts.tables import Predicate
from drafts.permissions import may_write_for
from publishing.models import Delivery

CENTRE = COMMS_REVIEWERS | {Role.COMMS_ADMIN}
READERS = CENTRE | TEAM_ROLES


def _answer(user: User, delivery: Delivery | None) -> bool:
    return is_comms_reviewer(user, None if delivery is None else delivery.account.force_id)


def _lift(user: User, account: SocialAccount | None) -> bool:
    return holds(user, {Role.COMMS_ADMIN}, force_id=None if account is None else account.force_id)


def _connect(user: User, account: SocialAccount | None) -> bool:
    return holds(user, {Role.COMMS_ADMIN}, force_id=account.force_id if account else None)


def _take_down(user: User, delivery: Delivery | None) -> bool:
    """Anybody who may write for the account: its team and communications."""
    if delivery is None:
        return holds(user, COMMS_REVIEWERS | TEAM_ROLES)
    return may_write_for(user, delivery.account)


def _explain(user: User, account: SocialAccount | None) -> bool:
    return holds(user, CENTRE, force_id=None if account is None else account.force_id)


def _freeze(user: User, account: SocialAccount | None) -> bool:
    """An account that looks hacked: its own team, supervisors of any team, communications."""
    if account is None:
        return holds(user, READERS)
    anywhere = holds(user, CENTRE | TEAM_SUPERVISORS, force_id=account.force_id)
    return anywhere or in_team(user, account)


TABLE: dict[str, Predicate] = {
    "publishing.read": lambda user, _: holds(user, COMMS_REVIEWERS | TEAM_ROLES),
    "publishing.answer": _answer,
    "publishing.see_alerts": lambda user, _: holds(user, COMMS_REVIEWERS | {Role.COMMS_ADMIN}),
    "publishing.lift": _lift,
    "publishing.take_down": _take_down,
    "publishing.read_past_posts": lambda user, _: holds(user, READERS),
    "publishing.explain_past_post": _explain,
    "publishing.freeze": _freeze,
    "publishing.post_past": lambda user, _: holds(user, {Role.COMMS_ADMIN}),
    "publishing.see_status": lambda user, _: holds(user, set(Role)),
    "publishing.see_practice_timeline": lambda user, _: holds(user, set(Role)),
    "publishing.connect": _connect,
    "publishing.inject_faults": lambda user, _: holds(user, {Role.COMMS_ADMIN}),
}
