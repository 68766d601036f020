"""The roles of the product, and the groups of them that rules speak of."""

from collections.abc import Iterable

from django.db.models import TextChoices


class Role(TextChoices):
    OFFICER = "officer", "Officer"
    LPT_SUPERVISOR = "lpt_supervisor", "LPT supervisor"
    LPT_COMMANDER = "lpt_commander", "LPT commander"
    COMMS_APPROVER = "comms_approver", "Comms approver"
    COMMS_DUTY = "comms_duty", "Comms duty officer"
    COMMS_ADMIN = "comms_admin", "Comms admin"
    POLICY_OWNER = "policy_owner", "Policy owner"
    PSD = "psd", "Professional Standards"
    FOI_OFFICER = "foi_officer", "FOI officer"
    DPO = "dpo", "Data protection officer"


TEAM_ROLES = frozenset({Role.OFFICER, Role.LPT_SUPERVISOR, Role.LPT_COMMANDER})
TEAM_SUPERVISORS = frozenset({Role.LPT_SUPERVISOR, Role.LPT_COMMANDER})
COMMS_REVIEWERS = frozenset({Role.COMMS_APPROVER, Role.COMMS_DUTY})
# Held to more when they sign in: a session of theirs lets tweets out or changes who may.
APPROVING_OR_ADMINISTERING = (
    TEAM_SUPERVISORS | COMMS_REVIEWERS | {Role.COMMS_ADMIN, Role.POLICY_OWNER}
)
# Who is told when somebody may be trying to get in.
WATCHERS = frozenset({Role.COMMS_ADMIN, Role.COMMS_DUTY})
# Who can decide at a step at all, in the order in which a route is usually built.
DECIDERS = (
    Role.OFFICER,
    Role.LPT_SUPERVISOR,
    Role.LPT_COMMANDER,
    Role.COMMS_APPROVER,
    Role.COMMS_DUTY,
)
# Whoever else may do what a step of an approval route asks of a role.
STANDS_IN_FOR: dict[Role, frozenset[Role]] = {
    Role.OFFICER: TEAM_ROLES | COMMS_REVIEWERS,
    Role.LPT_SUPERVISOR: TEAM_SUPERVISORS | COMMS_REVIEWERS,
    Role.LPT_COMMANDER: frozenset({Role.LPT_COMMANDER}) | COMMS_REVIEWERS,
    Role.COMMS_APPROVER: COMMS_REVIEWERS,
}


def who_may(roles: Iterable[str]) -> frozenset[Role]:
    """Everyone who may decide at a step for `roles`, by role: those roles and who stands in."""
    named = [Role(role) for role in roles]
    return frozenset().union(*(STANDS_IN_FOR.get(role, {role}) for role in named))
