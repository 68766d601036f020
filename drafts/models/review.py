"""The steps that a submission has to pass, as its route stood when it was made."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import OuterRef, Q

from accounts.models import Lane, Quorum
from accounts.roles import Role
from drafts.models.revision import Revision


class ReviewStepQuerySet(models.QuerySet["ReviewStep"]):
    def where_it_waits(self) -> Self:
        """For a subquery: the step that the draft of the query around it waits at."""
        return self.filter(
            revision__draft=OuterRef("pk"),
            revision__number=OuterRef("revision_number"),
            number=OuterRef("step"),
        )


class ReviewStep(models.Model):
    """One step of one run through review. Each run has a revision of its own.

    Written once; `passed_with` alone follows, with the number of approvals that passed it.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    lane = models.CharField(max_length=10, choices=Lane)
    roles = models.JSONField()
    quorum = models.CharField(max_length=10, choices=Quorum)
    needed = models.PositiveSmallIntegerField()
    passed_with = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[ReviewStepQuerySet] = ReviewStepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["revision", "number"], name="review_step_once"),
            models.CheckConstraint(condition=Q(needed__gte=1), name="review_step_needs_somebody"),
            models.CheckConstraint(
                condition=Q(passed_with=None) | Q(passed_with__gte=models.F("needed")),
                name="review_step_passed_with_enough",
            ),
        ]
        indexes: ClassVar = [
            # What the sweep of approvals looks for: steps of several people, whoever has left.
            models.Index(
                fields=["revision", "number", "id"],
                name="review_step_open",
                condition=Q(passed_with=None) & ~Q(quorum="any"),
            ),
        ]

    def __str__(self) -> str:
        return f"Step {self.number}: {self.who}"

    @property
    def who(self) -> str:
        """Whoever decides here, in words: "Comms approver"."""
        return " or ".join(Role(role).label for role in self.roles)
