"""Which accounts a person has to do with, as a condition for queries."""

from collections.abc import Collection

from django.db.models import Q

from accounts.models import User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, Role

CENTRE = COMMS_REVIEWERS | {Role.COMMS_ADMIN}
# Whoever has to do with accounts at all.
READERS = CENTRE | TEAM_ROLES


def within(
    user: User,
    prefix: str = "",
    *,
    everywhere: Collection[Role] = CENTRE,
    with_merged: bool = False,
) -> Q:
    """Rows of the whole force for those `everywhere`, of the own team's accounts for a team.

    `prefix` leads to whatever has the fields `force` and `lpt`: "account__". `with_merged` counts
    what was left with a team that the own one has taken on.
    """
    scope = Q(pk__in=[])
    for membership in user.current_memberships:
        force = Q(**{f"{prefix}force": membership.force_id})
        if membership.role in everywhere:
            scope |= force
        elif membership.role in TEAM_ROLES:
            own = Q(**{f"{prefix}lpt": membership.lpt_id})
            if with_merged and membership.lpt_id:
                own |= Q(**{f"{prefix}lpt__merged_into": membership.lpt_id})
            scope |= force & own
    return scope
