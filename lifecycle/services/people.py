"""Whom the life of an account concerns."""

from collections.abc import Collection
from datetime import date

from accounts.models import Membership, SocialAccount, User
from accounts.roles import TEAM_ROLES, Role
from lifecycle.reach import CENTRE


def centre_of(account: SocialAccount, roles: Collection[Role] = CENTRE) -> list[User]:
    """Corporate communications of the account's force, by name."""
    return list(User.objects.holding(roles, force_id=account.force_id))


def team_of(
    account: SocialAccount, *, on: date, roles: Collection[Role] = TEAM_ROLES
) -> list[User]:
    """The active people of the team that runs the account, by key."""
    rows = Membership.objects.current(on).filter(
        force=account.force_id, lpt=account.lpt_id, role__in=roles, person__is_active=True
    )
    return [row.person for row in rows.select_related("person")]
