"""That people were told of a draft that waits: once for each step of a run and each kind."""

from typing import ClassVar

from django.db import models

from drafts.models import Draft


class ReminderKind(models.TextChoices):
    """The most pressing first."""

    LAST = "last", "Just before it expires"
    ESCALATION = "escalation", "Nobody decided after a reminder"
    HALF = "half", "Half of its time is over"
    AGE = "age", "It has waited for a while"
    FIRST = "first", "It came to a step"


class Reminder(models.Model):
    """Written in the transaction of the notices that remind.

    `was_told` is False where a more pressing one took its place: it does not come any more.
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="reminders")
    # Each run through review has a revision of its own.
    revision_number = models.PositiveIntegerField()
    # The version before this one knows no steps here.
    step = models.PositiveSmallIntegerField(default=1, db_default=1)
    kind = models.CharField(max_length=10, choices=ReminderKind)
    at = models.DateTimeField()
    was_told = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "revision_number", "step", "kind"], name="reminded_once_a_step"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ReminderKind.values), name="reminder_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: draft {self.draft_id}"
