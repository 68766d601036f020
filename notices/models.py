"""A notice is one sentence for one person. People are known by number: accounts lie above."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Kind(models.TextChoices):
    """What a notice is about, in the words of the page on which people choose."""

    WAITING = "waiting", "A draft waits for you"
    DECIDED = "decided", "A draft of yours was approved"
    RETURNED = "returned", "A draft of yours came back"
    EXPIRED = "expired", "A draft expired, or is about to"
    PUBLISHED = "published", "A tweet of yours went out"
    FAILED = "failed", "A tweet of yours did not go out"
    OTHER = "other", "Everything else"
    # Nobody chooses here: whoever must act is told at once.
    ALERT = "alert", "You have to act"


class Way(models.TextChoices):
    """How somebody is told. It stands on My desk in any case."""

    AT_ONCE = "at_once", "By mail, at once"
    HOURLY = "hourly", "In one mail each hour"
    DAILY = "daily", "In one mail each morning, at 8"
    SCREEN = "screen", "Only on My desk"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_person(self, person_id: int) -> Self:
        return self.filter(recipient_id=person_id).order_by("-pk")

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def mail_due(self, now: datetime) -> Self:
        """What the mail has to look at, urgent things first."""
        return self.filter(
            mailed_at=None, next_mail_at__lte=now, mail_attempts__lt=Notice.MAIL_ATTEMPTS
        ).order_by("-urgent", "next_mail_at", "pk")

    def not_taken(self, now: datetime) -> Self:
        """What somebody has to act on, and whose mail was refused for the last time lately.

        Until they have read it all the same.
        """
        return self.filter(
            urgent=True,
            read_at=None,
            mailed_at=None,
            mail_attempts=Notice.MAIL_ATTEMPTS,
            created_at__gt=now - Notice.STILL_NEWS,
        )


class Notice(models.Model):
    MAIL_ATTEMPTS = 5
    # Since when somebody who got no mail is still looked for.
    STILL_NEWS = timedelta(days=2)

    recipient_id = models.BigIntegerField()
    email = models.EmailField()
    kind = models.CharField(
        max_length=10, choices=Kind, default=Kind.OTHER, db_default=Kind.OTHER.value
    )
    text = models.CharField(max_length=500)
    # What a mail says instead, where none may hold the words of drafts; empty: the text itself.
    in_mail = models.CharField(max_length=500, blank=True, default="", db_default="")
    link = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    # How it is mailed to somebody who chose nothing about its kind.
    unasked = models.CharField(
        max_length=10, choices=Way, default=Way.AT_ONCE, db_default=Way.AT_ONCE.value
    )
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    # When the mail looks at it next; None: not any more. The version before does not write it.
    next_mail_at = models.DateTimeField(null=True, db_default=Now())

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["recipient_id", "-id"], name="notice_inbox"),
            # Of the version before.
            models.Index(fields=["id"], name="notice_mail_due", condition=Q(mailed_at=None)),
            models.Index(
                fields=["next_mail_at"],
                name="notice_next_mail",
                condition=Q(mailed_at=None, next_mail_at__isnull=False),
            ),
            # What no mail server took.
            models.Index(
                fields=["created_at"],
                name="notice_not_taken",
                condition=Q(urgent=True, read_at=None, mailed_at=None, mail_attempts=5),
            ),
            # What is read for everybody once nothing has to be done about it.
            models.Index(fields=["link"], name="notice_unread_link", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.text


class Wish(models.Model):
    """How one person wants to be told of one kind of thing; without a row as each notice says."""

    person_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    way = models.CharField(max_length=10, choices=Way)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person_id", "kind"], name="one_wish_for_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind if kind != Kind.ALERT]),
                name="no_wish_about_alerts",
            ),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="wish_way"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_way_display()}"
