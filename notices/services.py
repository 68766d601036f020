"""Telling people. `tell` only writes rows; a sweep sends the mail.

A mail server that is down must never turn a committed approval into an error.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F

from notices.models import Notice

logger = logging.getLogger(__name__)
MAIL_BATCH = 20
LONGEST = 500


class Recipient(Protocol):
    pk: int
    email: str


def tell(
    people: Iterable[Recipient], text: str, *, now: datetime, link: str = "", urgent: bool = False
) -> None:
    """Write one notice for each of `people`, once each, in the caller's transaction.

    `link` is a path of this site; mail puts settings.SITE_URL in front.
    """
    recipients = {person.pk: person for person in people}
    Notice.objects.bulk_create(
        Notice(
            recipient_id=person.pk,
            email=person.email,
            text=text[:LONGEST],
            link=link,
            urgent=urgent,
            created_at=now,
        )
        for person in recipients.values()
    )


def mark_read(*, person_id: int, now: datetime) -> int:
    """Mark everything this person was told as read; return how many were new."""
    return Notice.objects.filter(recipient_id=person_id, read_at=None).update(read_at=now)


def settle(link: str, *, now: datetime) -> int:
    """Nobody has to act on what `link` leads to any more: its urgent notices count as read."""
    return Notice.objects.filter(link=link, urgent=True, read_at=None).update(read_at=now)


def send_mail_due(*, now: datetime) -> int:
    """Mail what was not mailed yet and return how many went out.

    The attempt is counted before sending: two workers never mail the same notice, and a mail
    server that fails is asked at most Notice.MAIL_ATTEMPTS times for each.
    """
    return sum(_mail(notice, now=now) for notice in Notice.objects.mail_due()[:MAIL_BATCH])


def _mail(notice: Notice, *, now: datetime) -> bool:
    with transaction.atomic():
        mine = Notice.objects.filter(
            pk=notice.pk, mailed_at=None, mail_attempts=notice.mail_attempts
        ).update(mail_attempts=F("mail_attempts") + 1, mailed_at=now)
    if not mine:
        return False
    body = notice.text
    if notice.link:
        body += f"\n\n{settings.SITE_URL}{notice.link}"
    try:
        send_mail(
            # In one line: a sentence that somebody typed may hold several.
            subject=f"Blue Lamp: {' '.join(notice.text.split())[:70]}",
            message=body,
            from_email=None,
            recipient_list=[notice.email],
        )
    except OSError as error:
        logger.warning("Notice %s was not mailed: %s", notice.pk, type(error).__name__)
        Notice.objects.filter(pk=notice.pk).update(mailed_at=None)
        return False
    return True
