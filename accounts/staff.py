"""Everybody who holds a role in a force, to ask who could decide where."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import Force, Membership, SocialAccount, User
from accounts.roles import DECIDERS, TEAM_ROLES, who_may


@dataclass(frozen=True, slots=True)
class Staff:
    """The active people of one force and their roles on one day, read once."""

    roles: tuple[Membership, ...]

    @classmethod
    def of(cls, force: Force, *, on: date) -> "Staff":
        rows = Membership.objects.current(on).filter(force=force, person__is_active=True)
        return cls(tuple(rows.select_related("person").order_by("person__full_name", "pk")))

    @classmethod
    def around(cls, account: SocialAccount, *, on: date, without: Collection[int] = ()) -> "Staff":
        """Those of `account`'s team and force who decide at all, but for the people `without`."""
        rows = (
            Membership.objects.current(on)
            .filter(force=account.force_id, person__is_active=True, role__in=DECIDERS)
            .filter(Q(lpt=account.lpt_id) | ~Q(role__in=TEAM_ROLES))
            .exclude(person__in=without)
        )
        return cls(tuple(rows.select_related("person").order_by("person__full_name", "pk")))

    def holding(self, roles: Collection[str], lpt_id: int | None) -> list[User]:
        """Who holds one of `roles` in that team (None: in a team without an area), by name."""
        people = {
            row.person_id: row.person
            for row in self.roles
            if row.role in roles and (row.role not in TEAM_ROLES or row.lpt_id == lpt_id)
        }
        return list(people.values())

    def able(self, roles: Collection[str], lpt_id: int | None) -> list[User]:
        """Who could decide at a step for `roles`, those who stand in among them, by name."""
        return self.holding(who_may(roles) & set(DECIDERS), lpt_id)
