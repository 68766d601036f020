"""Who answers for an account in its own team."""

from datetime import date

from accounts.models import Membership, SocialAccount, User
from accounts.roles import TEAM_SUPERVISORS


def supervisors_of(account: SocialAccount, *, on: date) -> list[User]:
    """The active supervisors and commanders of the account's team, by key; [] without a team."""
    if account.lpt_id is None:
        return []
    rows = Membership.objects.current(on).filter(
        lpt_id=account.lpt_id, role__in=TEAM_SUPERVISORS, person__is_active=True
    )
    return [row.person for row in rows.select_related("person")]
