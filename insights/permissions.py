from accounts.permissions import holds
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES
from accounts.tables import Predicate

TABLE: dict[str, Predicate] = {
    "insights.desk": lambda user, _: True,
    "insights.draft": lambda user, _: holds(user, TEAM_ROLES | COMMS_REVIEWERS),
}
