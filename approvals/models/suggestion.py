"""A wording that an approver proposes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from drafts.models import Draft, Revision


class Suggestion(models.Model):
    """Another wording that an approver proposes for a submitted revision.

    It is open until the author or another approver takes it, or somebody writes something else.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="suggestions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="suggestions")
    text = models.TextField()
    note = models.CharField(max_length=1000, blank=True)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="suggestions")
    at = models.DateTimeField()
    # Who took it, and when.
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_by=None)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="suggestion_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(taken_by=models.F("person")), name="suggestion_taken_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.draft}"
