"""Decisions: who decided what about exactly which text, never changed afterwards."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from approvals.reasons import Reason
from drafts.models import Draft, Revision
from publishing.models import Delivery


class Verdict(models.TextChoices):
    APPROVE = "approve", "Approved"
    RETURN = "return", "Returned for changes"
    REJECT = "reject", "Rejected"


class Decision(models.Model):
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="decisions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="decisions")
    step = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions")
    at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    sentence = models.CharField(max_length=1000, blank=True)
    # The rulebook's report as it stood when the person decided.
    report = models.JSONField(default=dict)
    delivery = models.OneToOneField(
        Delivery, on_delete=models.PROTECT, null=True, related_name="decision"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="verdict"),
            models.CheckConstraint(
                condition=Q(verdict="approve") | ~Q(reason=""), name="no_return_without_reason"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="reject") | ~Q(sentence=""), name="reject_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="approve") | Q(delivery__isnull=False),
                name="approval_has_delivery",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} · {self.draft}"
