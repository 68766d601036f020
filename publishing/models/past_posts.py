"""Posts on our accounts that no delivery put there, and how far each timeline was read."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, Role


class Explanation(models.TextChoices):
    """What a post that did not come from here turned out to be."""

    BY_HAND = "by_hand", "One of us posted it by hand"
    OTHER_TOOL = "other_tool", "It was scheduled in another tool"
    PLATFORM = "platform", "The platform posted it by itself"
    BEFORE = "before", "It was there before Blue Lamp"
    HACKED = "hacked", "Nobody here knows: the account may be hacked"
    OTHER = "other", "Something else"


class PastPostQuerySet(models.QuerySet["PastPost"]):
    def visible_to(self, user: User) -> Self:
        """Those of the force for communications, those of the own team's accounts for a team."""
        scope = Q(pk__in=[])
        for membership in user.current_memberships:
            if membership.role in COMMS_REVIEWERS | {Role.COMMS_ADMIN}:
                scope |= Q(account__force_id=membership.force_id)
            elif membership.role in TEAM_ROLES and membership.lpt_id:
                scope |= Q(account__lpt_id=membership.lpt_id)
        return self.filter(scope)

    def unexplained(self) -> Self:
        return self.filter(answered_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-posted_at", "-pk")


class PastPost(models.Model):
    """One post without a delivery. Listed once, whatever becomes of it on the platform."""

    account = models.ForeignKey(SocialAccount, on_delete=models.PROTECT, related_name="past_posts")
    external_id = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    posted_at = models.DateTimeField()
    found_at = models.DateTimeField()
    # What the rulebook said of it when it was found.
    report = models.JSONField(default=dict)
    explanation = models.CharField(max_length=20, choices=Explanation, blank=True)
    # Who posted it, as far as anybody knows, and what else is known.
    posted_by = models.CharField(max_length=100, blank=True)
    words = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[PastPostQuerySet] = PastPostQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "external_id"], name="past_post_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, explanation="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(explanation="")),
                name="past_post_answer_is_signed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-posted_at", "-id"], name="past_post_list"),
        ]

    def __str__(self) -> str:
        # No words of the post: this name goes into the trail.
        return f"post {self.external_id} on {self.account}"


class TimelineReading(models.Model):
    """How far one account's own timeline was read, and when it is read next.

    Nothing before `started_at` is looked at: what was there before Blue Lamp is no finding.
    """

    account = models.OneToOneField(
        SocialAccount, on_delete=models.PROTECT, primary_key=True, related_name="reading"
    )
    started_at = models.DateTimeField()
    read_to = models.DateTimeField()
    next_at = models.DateTimeField()
    last_error = models.CharField(max_length=300, blank=True)
    # How many readings in a row have failed.
    failures = models.PositiveIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"timeline of {self.account}"
