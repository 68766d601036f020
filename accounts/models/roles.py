"""Who holds which role where and since when."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models.organisation import LPT, Force
from accounts.models.people import User
from accounts.roles import Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date) -> "MembershipQuerySet":
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on).order_by("pk")

    def standing(self, on: date) -> "MembershipQuerySet":
        """Without those that are over: held now, or from a later day on."""
        return self.filter(Q(until=None) | Q(until__gte=on)).order_by("pk")


class Membership(models.Model):
    """A person's role from one date to another (both days included).

    `lpt` is empty for a role that covers the whole force, such as those of corporate
    communications and of central teams.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="memberships")
    lpt = models.ForeignKey(
        LPT, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="membership_ends_later"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["lpt_supervisor", "lpt_commander"]) | Q(lpt__isnull=False),
                name="team_role_has_lpt",
            ),
            models.CheckConstraint(
                condition=Q(role__in=["officer", "lpt_supervisor", "lpt_commander"])
                | Q(lpt__isnull=True),
                name="force_role_has_no_lpt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()} · {self.lpt or self.force}"
