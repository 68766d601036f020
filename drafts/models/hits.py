"""Which rules met which submission: the row that the figures of the rulebook count."""

from typing import ClassVar

from django.db import models

from drafts.models.draft import Draft
from drafts.models.revision import Submission


class RuleHit(models.Model):
    """One rule that had something to say at one submission, however often it said it.

    `severity` is its heaviest; `answered` and `overridden` say whether any of it was.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="hits")
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="hits")
    rule = models.CharField(max_length=60)
    severity = models.CharField(max_length=20)
    answered = models.BooleanField(default=False)
    overridden = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "rule"], name="rule_hit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} at {self.submission}"
