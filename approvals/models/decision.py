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
    EMERGENCY = "emergency", "Published in an emergency"
    SUGGEST = "suggest", "Another wording suggested"
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
    # Who asked `person` to decide in their place, for as long as they are away.
    on_behalf_of = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="decisions_by_others"
    )
    # The rulebook's report as it stood when the person decided.
    report = models.JSONField(default=dict)
    delivery = models.OneToOneField(
        Delivery, on_delete=models.PROTECT, null=True, related_name="decision"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="verdict"),
            models.CheckConstraint(
                condition=~Q(verdict__in=["return", "reject"]) | ~Q(reason=""),
                name="no_return_without_reason",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["reject", "emergency"]) | ~Q(sentence=""),
                name="reject_says_why",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["approve", "emergency"]) | Q(delivery=None),
                name="only_approval_has_delivery",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="emergency") | Q(delivery__isnull=False),
                name="emergency_has_delivery",
            ),
            models.CheckConstraint(
                condition=~Q(on_behalf_of=models.F("person")), name="on_behalf_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} · {self.draft}"

    @property
    def who(self) -> str:
        """Who decided, in words: "Ruth Adeyemi in the place of Priya Nair"."""
        if self.on_behalf_of is None:
            return str(self.person)
        return f"{self.person} in the place of {self.on_behalf_of}"

    @property
    def words(self) -> str:
        """Why, as far as it was said: "Tone. Friendlier, please."."""
        reason = f"{self.get_reason_display()}." if self.reason else ""
        return f"{reason} {self.sentence}".strip()
