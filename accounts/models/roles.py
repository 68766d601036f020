"""Who holds which role where and since when, and who may approve for whom."""

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


class ApprovalRouteQuerySet(models.QuerySet["ApprovalRoute"]):
    def for_lpt(self, *, force_id: int, lpt_id: int | None) -> "ApprovalRouteQuerySet":
        """The steps that hold for a team: its own route if it has one, else the force's."""
        own = self.filter(force_id=force_id, lpt_id=lpt_id) if lpt_id else self.none()
        if own.exists():
            return own.order_by("step", "pk")
        return self.filter(force_id=force_id, lpt=None).order_by("step", "pk")


class ApprovalRoute(models.Model):
    """`role` may decide at `step` on the drafts of a team, or of the whole force without one."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="approval_routes")
    lpt = models.ForeignKey(
        LPT, on_delete=models.PROTECT, null=True, blank=True, related_name="approval_routes"
    )
    step = models.PositiveSmallIntegerField(default=1)
    role = models.CharField(max_length=20, choices=Role)

    objects: ClassVar[ApprovalRouteQuerySet] = ApprovalRouteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            # An approval ends the review: a second step could only be skipped.
            models.CheckConstraint(condition=Q(step=1), name="route_has_one_step"),
            models.UniqueConstraint(
                fields=["lpt", "step", "role"],
                condition=Q(lpt__isnull=False),
                name="team_route_once",
            ),
            models.UniqueConstraint(
                fields=["force", "step", "role"], condition=Q(lpt=None), name="force_route_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lpt or self.force}: step {self.step}, {self.get_role_display()}"
