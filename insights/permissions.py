from accounts.permissions import holds
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, Role
from accounts.tables import Predicate

TABLE: dict[str, Predicate] = {
    "insights.desk": lambda user, _: True,
    "insights.figures": lambda user, _: holds(user, COMMS_REVIEWERS | {Role.COMMS_ADMIN}),
    "insights.draft": lambda user, _: holds(user, TEAM_ROLES | COMMS_REVIEWERS),
}
