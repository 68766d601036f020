"""Approval routes: who decides on a team's drafts, in which order and how many of them."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models.organisation import LPT, Force, SocialAccount
from accounts.models.people import User
from accounts.roles import Role


class Lane(models.TextChoices):
    ORDINARY = "ordinary", "Review by steps"
    ROUTINE = "routine", "Routine lane"


class Quorum(models.TextChoices):
    ANY = "any", "One of them"
    COUNT = "count", "So many of them"
    ALL = "all", "Each of them"


class ApprovalRouteQuerySet(models.QuerySet["ApprovalRoute"]):
    def current(self) -> Self:
        return self.filter(until=None)

    def for_account(self, account: SocialAccount, lane: Lane) -> "ApprovalRoute | None":
        """The route in force for the account: its team's own if there is one, else the force's."""
        routes = self.current().filter(force=account.force_id, lane=lane)
        teams = Q(lpt=None) | Q(lpt=account.lpt_id) if account.lpt_id else Q(lpt=None)
        # Without an LPT last, whatever a database does with NULL.
        return routes.filter(teams).order_by(models.F("lpt").asc(nulls_last=True)).first()


class ApprovalRoute(models.Model):
    """The steps for a team, or for the whole force without one, from one moment to another.

    A change is a new route: a submission keeps the steps that were in force when it was made.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="approval_routes")
    lpt = models.ForeignKey(
        LPT, on_delete=models.PROTECT, null=True, blank=True, related_name="approval_routes"
    )
    lane = models.CharField(
        max_length=10, choices=Lane, default=Lane.ORDINARY, db_default=Lane.ORDINARY
    )
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # What the version before steps reads, until nobody runs it any more: one step and one role;
    # step 0 is none that it knows.
    step = models.PositiveSmallIntegerField(default=1, db_default=1)
    role = models.CharField(
        max_length=20, choices=Role, default=Role.COMMS_APPROVER, db_default=Role.COMMS_APPROVER
    )

    objects: ClassVar[ApprovalRouteQuerySet] = ApprovalRouteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lpt", "lane"],
                condition=Q(lpt__isnull=False, until=None),
                name="one_route_for_a_team",
            ),
            models.UniqueConstraint(
                fields=["force", "lane"],
                condition=Q(lpt=None, until=None),
                name="one_route_for_a_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_lane_display()} for {self.lpt or self.force}"


class RouteStep(models.Model):
    """One step: who decides at it, and for which drafts it is there at all.

    `categories` and `rules` (ids of the rulebook) are conditions: the step is there when the
    draft has one of the categories or a finding of one of the rules. Without either it always is.
    """

    route = models.ForeignKey(ApprovalRoute, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    roles = models.JSONField()
    quorum = models.CharField(max_length=10, choices=Quorum, default=Quorum.ANY)
    needed = models.PositiveSmallIntegerField(default=1)
    categories = models.JSONField(default=list, blank=True)
    rules = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["route", "number"], name="step_number_once"),
            models.CheckConstraint(condition=Q(needed__gte=1), name="step_needs_somebody"),
            models.CheckConstraint(
                condition=Q(quorum="count") | Q(needed=1), name="only_a_count_needs_more"
            ),
            models.CheckConstraint(condition=Q(quorum__in=Quorum.values), name="route_step_quorum"),
        ]

    def __str__(self) -> str:
        return f"Step {self.number}: {self.who}"

    @property
    def who(self) -> str:
        """Whoever decides here, in words: "Comms approver"."""
        return " or ".join(Role(role).label for role in self.roles)

    def is_there_for(self, *, category: str, found: frozenset[str]) -> bool:
        """Whether a draft of `category` with findings of the rules `found` has this step."""
        if not self.categories and not self.rules:
            return True
        return category in self.categories or not found.isdisjoint(self.rules)
