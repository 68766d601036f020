"""Telling people. `tell` only writes rows; a sweep sends the mail.

A mail server that is down must never turn a committed approval into an error.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db.models import Q

from notices.models import Kind, Notice, Way

LONGEST = 500
# One notice that is not urgent, for those who write it in SQL beside what it is about.
INSERT_NOTICE = """INSERT INTO notices_notice
    (recipient_id, email, kind, text, link, urgent, created_at, mail_attempts, next_mail_at)
    VALUES ({recipient_id}, {email}, {kind}, {text}, {link}, FALSE, {created_at}, 0,
    {created_at})"""


class Recipient(Protocol):
    pk: int
    email: str


def tell(
    people: Iterable[Recipient],
    text: str,
    *,
    now: datetime,
    kind: Kind = Kind.OTHER,
    link: str = "",
    urgent: bool = False,
    in_mail: str = "",
    to: str = "",
    unasked: Way = Way.AT_ONCE,
) -> None:
    """Write one notice for each of `people`, once each, in the caller's transaction.

    `link` is a path of this site; mail puts settings.SITE_URL in front. Give `in_mail` where
    `text` holds words that somebody typed or that stand in a draft: what a mail says instead.
    `to` is the address that the mail goes to, if it is not the person's.
    `unasked` is how it is mailed to those who chose nothing about its kind.
    """
    recipients = {person.pk: person for person in people}
    Notice.objects.bulk_create(
        Notice(
            recipient_id=person.pk,
            email=to or person.email,
            kind=kind,
            text=text[:LONGEST],
            in_mail=in_mail[:LONGEST],
            link=link,
            urgent=urgent,
            unasked=unasked,
            created_at=now,
            next_mail_at=now,
        )
        for person in recipients.values()
    )


def mark_read(*, person_id: int, now: datetime) -> int:
    """Mark everything this person was told as read; return how many were new."""
    return Notice.objects.filter(recipient_id=person_id, read_at=None).update(read_at=now)


def settle(link: str, *, now: datetime, only_urgent: bool = True) -> int:
    """Nobody has to act on what `link` leads to any more: its urgent notices count as read.

    Without `only_urgent` all of them do: for a link to which nothing leads but to act there.
    """
    unread = Notice.objects.filter(link=link, read_at=None)
    return (unread.filter(urgent=True) if only_urgent else unread).update(read_at=now)


def settle_waiting(link: str, *, now: datetime, person_id: int | None = None) -> int:
    """What `link` leads to waits for nobody any more, or not for this person.

    That it waits, and whatever is urgent about it, counts as read.
    """
    asked = Notice.objects.filter(Q(urgent=True) | Q(kind=Kind.WAITING), link=link, read_at=None)
    if person_id is not None:
        asked = asked.filter(recipient_id=person_id)
    return asked.update(read_at=now)
