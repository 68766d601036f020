"""What is looked at after it went out: emergencies, and a sample of the routine lane."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import COMMS_REVIEWERS
from publishing.models import Delivery


class Occasion(models.TextChoices):
    EMERGENCY = "emergency", "Published in an emergency"
    SAMPLE = "sample", "Sample of the routine lane"


class AfterReviewQuerySet(models.QuerySet["AfterReview"]):
    def open(self) -> Self:
        return self.filter(at=None)

    def visible_to(self, user: User) -> Self:
        forces = {m.force_id for m in user.current_memberships if m.role in COMMS_REVIEWERS}
        return self.filter(delivery__account__force__in=forces)

    def with_people(self) -> Self:
        return self.select_related(
            "delivery__draft__author", "delivery__account__force", "delivery__approved_by", "person"
        )


class AfterReview(models.Model):
    """A tweet that somebody has to look at after it went out, by when, and what they found.

    It is closed with a note and without a person where the tweet was stopped before it went out.
    """

    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="after_review")
    occasion = models.CharField(max_length=10, choices=Occasion)
    asked_at = models.DateTimeField()
    due_by = models.DateTimeField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    was_right = models.BooleanField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    # When those who may look at it heard that it is overdue.
    overdue_told_at = models.DateTimeField(null=True)

    objects: ClassVar[AfterReviewQuerySet] = AfterReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(at=None, person=None, was_right=None)
                | Q(at__isnull=False, person__isnull=False, was_right__isnull=False)
                # Nobody looked: it never went out, as its note says.
                | Q(at__isnull=False, person=None, was_right=None) & ~Q(note=""),
                name="after_review_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(was_right=False) | ~Q(note=""), name="wrong_says_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_by"], name="after_review_open", condition=Q(at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.get_occasion_display()} · delivery {self.delivery_id}"
