from accounts.models import SocialAccount, User
from accounts.permissions import holds, in_team, is_comms_reviewer
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, TEAM_SUPERVISORS, Role
from accounts.tables import Predicate
from drafts.permissions import may_write_for
from publishing.models import Delivery, Reveal

CENTRE = COMMS_REVIEWERS | {Role.COMMS_ADMIN}
READERS = CENTRE | TEAM_ROLES


def _answer(user: User, delivery: Delivery | None) -> bool:
    return is_comms_reviewer(user, None if delivery is None else delivery.account.force_id)


def _lift(user: User, account: SocialAccount | None) -> bool:
    return holds(user, {Role.COMMS_ADMIN}, force_id=None if account is None else account.force_id)


def _connect(user: User, account: SocialAccount | None) -> bool:
    return holds(user, {Role.COMMS_ADMIN}, force_id=account.force_id if account else None)


def _see_reveals(user: User, account: SocialAccount | None) -> bool:
    """Who keeps the accounts, and who can be the second person when only one of them is there."""
    roles = {Role.COMMS_ADMIN, Role.COMMS_DUTY}
    return holds(user, roles, force_id=account.force_id if account else None)


def _decide_reveal(user: User, reveal: Reveal | None) -> bool:
    """Nobody lets themselves see anything."""
    if reveal is None:
        return _see_reveals(user, None)
    return reveal.asked_by_id != user.pk and _see_reveals(user, reveal.account)


def _read_profile(user: User, account: SocialAccount | None) -> bool:
    """The account's own team, and communications."""
    if account is None:
        return holds(user, READERS)
    return holds(user, CENTRE, force_id=account.force_id) or in_team(user, account)


def _keep_profile(user: User, account: SocialAccount | None) -> bool:
    return holds(user, CENTRE, force_id=account.force_id if account else None)


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
    "publishing.see_reveals": _see_reveals,
    "publishing.decide_reveal": _decide_reveal,
    "publishing.read_profile": _read_profile,
    "publishing.ask_profile_change": _read_profile,
    "publishing.keep_profile": _keep_profile,
    "publishing.inject_faults": lambda user, _: holds(user, {Role.COMMS_ADMIN}),
}
