"""What people have learned and accepted, and what they were told of its end.

Each row stays; a repetition is a row of its own.
"""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.models.people import User


class TrainingDone(models.Model):
    """One person passed the check of one training page, of the version it had that day.

    `module` is the id of a file in accounts/guidance; `expires_on` is the last day it counts.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="training")
    module = models.SlugField()
    version = models.PositiveSmallIntegerField()
    done_on = models.DateField()
    expires_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("done_on")), name="training_expires_later"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="training_has_version"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "module", "-id"], name="training_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.module}, version {self.version}"

    def has_run_out(self, on: date) -> bool:
        return on > self.expires_on


class GuidanceAccepted(models.Model):
    """One person declared to have read a version of the guidance and to keep to it."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="guidance_accepted")
    version = models.PositiveSmallIntegerField()
    accepted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "version"], name="guidance_accepted_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: version {self.version}"


class RightsMoment(models.TextChoices):
    AHEAD = "ahead", "It ends soon"
    ENDED = "ended", "It has ended"


class RightsNotice(models.Model):
    """That one person was told once that they can submit until `ends`, or no more after it.

    `about` is what has to be done again: the id of a training page, "number" or "guidance".
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="rights_notices")
    about = models.SlugField()
    ends = models.DateField()
    moment = models.CharField(max_length=10, choices=RightsMoment)
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "about", "ends", "moment"], name="told_of_rights_once"
            ),
            models.CheckConstraint(
                condition=Q(moment__in=RightsMoment.values), name="rights_notice_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.about}, {self.get_moment_display()}"
