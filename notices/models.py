"""A notice is one sentence for one person. People are known by number: accounts lie above."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_person(self, person_id: int) -> "NoticeQuerySet":
        return self.filter(recipient_id=person_id).order_by("-pk")

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def mail_due(self) -> "NoticeQuerySet":
        return self.filter(mailed_at=None, mail_attempts__lt=Notice.MAIL_ATTEMPTS).order_by("pk")


class Notice(models.Model):
    MAIL_ATTEMPTS = 5

    recipient_id = models.BigIntegerField()
    email = models.EmailField()
    text = models.CharField(max_length=500)
    link = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["recipient_id", "-id"], name="notice_inbox"),
            models.Index(fields=["id"], name="notice_mail_due", condition=Q(mailed_at=None)),
        ]

    def __str__(self) -> str:
        return self.text
