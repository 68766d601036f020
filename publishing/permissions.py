from accounts.models import User
from accounts.permissions import holds, is_comms_reviewer
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, Role
from accounts.tables import Predicate
from publishing.models import Delivery


def _answer(user: User, delivery: Delivery | None) -> bool:
    return is_comms_reviewer(user, None if delivery is None else delivery.account.force_id)


TABLE: dict[str, Predicate] = {
    "publishing.read": lambda user, _: holds(user, COMMS_REVIEWERS | TEAM_ROLES),
    "publishing.answer": _answer,
    "publishing.see_practice_timeline": lambda user, _: holds(user, set(Role)),
    "publishing.inject_faults": lambda user, _: holds(user, {Role.COMMS_ADMIN}),
}
