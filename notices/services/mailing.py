"""The mail of notices: at once, in one mail each hour or each morning, or not at all.

What somebody wishes is asked when the mail is due, so a change of mind holds for what waits.
"""

import logging
import re
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse

from notices.models import Kind, Notice, Way
from notices.services.wishing import wishes_of

logger = logging.getLogger(__name__)
MAIL_BATCH = 20
# More than these stand on My desk only.
DIGEST_MOST = 50
SHORTEST_SENTENCE, LONGEST_SUBJECT = 20, 70
MORNING = 8
UK = ZoneInfo("Europe/London")
# After each try that failed. A server that is down for an afternoon costs nobody a mail.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 240))


def nobody(people: Collection[int]) -> set[int]:
    """None of `people` may read the words of drafts in mail."""
    return set()


def nothing(notices: Collection[Notice]) -> set[int]:
    """None of `notices` is kept back."""
    return set()


def has_mail_due(*, now: datetime) -> bool:
    """Whether anything waits to be mailed."""
    return Notice.objects.mail_due(now).exists()


def send_mail_due(
    *,
    now: datetime,
    may_quote: Callable[[Collection[int]], Collection[int]] = nobody,
    kept_back: Callable[[Collection[Notice]], Collection[int]] = nothing,
) -> int:
    """Mail what is due and return how many mails went out.

    The attempt is counted before sending: two workers never mail the same notice, and a mail
    server that fails is asked at most Notice.MAIL_ATTEMPTS times for each. `may_quote` says which
    of these people may get the words of drafts by mail, `kept_back` which of these notices (keys)
    are mailed no more.
    """
    batch = _without(kept_back, list(Notice.objects.mail_due(now)[:MAIL_BATCH]))
    people = {notice.recipient_id for notice in batch}
    wishes, quoted = wishes_of(people), may_quote(people)
    sent, digests = 0, set()
    for notice in batch:
        way = _way(notice, wishes)
        when = _when(notice, way)
        if when is None or when > now:
            _put_off(notice, when)
        elif way == Way.AT_ONCE:
            sent += _mail([notice], is_quoted=notice.recipient_id in quoted, now=now)
        else:
            digests.add((notice.recipient_id, way))
    for person, way in sorted(digests):
        waiting = Notice.objects.mail_due(now).filter(recipient_id=person)
        together = [notice for notice in waiting if _is_in_digest(notice, way, wishes, now)]
        together = _without(kept_back, together)
        sent += _mail(together, is_quoted=person in quoted, now=now)
    return sent


def _without(
    kept_back: Callable[[Collection[Notice]], Collection[int]], notices: list[Notice]
) -> list[Notice]:
    """`notices` but for those that are kept back, for good."""
    gone = kept_back(notices)
    for notice in notices:
        if notice.pk in gone:
            _put_off(notice, None)
    return [notice for notice in notices if notice.pk not in gone]


def _way(notice: Notice, wishes: dict[int, dict[Kind, Way]]) -> Way:
    # A kind that a newer version writes is one of the others.
    kind = Kind(notice.kind) if notice.kind in Kind else Kind.OTHER
    return wishes[notice.recipient_id].get(kind, Way(notice.unasked))


def _is_in_digest(
    notice: Notice, way: Way, wishes: dict[int, dict[Kind, Way]], now: datetime
) -> bool:
    when = _when(notice, way)
    return _way(notice, wishes) == way and when is not None and when <= now


def _when(notice: Notice, way: Way) -> datetime | None:
    """When it is mailed; a digest leaves out what was read on My desk before."""
    if notice.read_at and way != Way.AT_ONCE:
        return None
    return due_at(way, notice.created_at)


def due_at(way: Way, told_at: datetime) -> datetime | None:
    """When something that was told at `told_at` is mailed in this way; None: never."""
    local = told_at.astimezone(UK)
    match way:
        case Way.AT_ONCE:
            return told_at
        case Way.HOURLY:
            return told_at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        case Way.DAILY:
            morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0, fold=0)
            # On the clock of the wall: a day may have 23 hours or 25.
            return morning if local < morning else morning + timedelta(days=1)
        case Way.SCREEN:
            return None


def _put_off(notice: Notice, when: datetime | None) -> None:
    unchanged = Notice.objects.filter(
        pk=notice.pk, mailed_at=None, next_mail_at=notice.next_mail_at
    )
    unchanged.update(next_mail_at=when)


def _mail(notices: Sequence[Notice], *, is_quoted: bool, now: datetime) -> bool:
    """Mail these to the one person whose they are, as far as nobody else has them."""
    with transaction.atomic():
        due = Notice.objects.mail_due(now).filter(pk__in=[notice.pk for notice in notices])
        mine = list(due.select_for_update())
        Notice.objects.filter(pk__in=[notice.pk for notice in mine]).update(
            mail_attempts=F("mail_attempts") + 1, mailed_at=now
        )
    if not mine:
        return False
    try:
        _letter(mine, is_quoted=is_quoted).send()
    except OSError as error:
        _try_again(mine, error, now)
        return False
    return True


def _try_again(notices: Sequence[Notice], error: OSError, now: datetime) -> None:
    for notice in notices:
        logger.warning("Notice %s was not mailed: %s", notice.pk, type(error).__name__)
        made = notice.mail_attempts + 1
        is_last = made >= Notice.MAIL_ATTEMPTS
        Notice.objects.filter(pk=notice.pk).update(
            mailed_at=None, next_mail_at=None if is_last else now + BACK_OFF[made - 1]
        )


def _letter(notices: Sequence[Notice], *, is_quoted: bool) -> EmailMultiAlternatives:
    """One mail, as text and as HTML, of one notice or of several."""
    # In one line each: a sentence that somebody typed may hold several.
    lines = [
        (" ".join(_words(notice, is_quoted=is_quoted).split()), _address(notice.link))
        for notice in notices
    ]
    shown, rest = lines[:DIGEST_MOST], len(lines[DIGEST_MOST:])
    title = _subject(lines[0][0]) if len(lines) == 1 else f"{len(lines)} things to tell you"
    choose = _address(reverse("told"))
    parts = [part for line in shown for part in line if part]
    if rest:
        parts.append(f"{rest} more are on My desk.")
    parts.append(f"How you are told is yours to choose:\n{choose}")
    letter = EmailMultiAlternatives(
        subject=f"Blue Lamp: {title}",
        body="\n\n".join(parts),
        to=[notices[-1].email],
    )
    page = {"title": title, "lines": shown, "rest": rest, "choose": choose}
    letter.attach_alternative(render_to_string("notices/mail.html", page), "text/html")
    return letter


def _subject(words: str) -> str:
    """The whole, or its first sentence, or as many of its words as fit, in that order."""
    if len(words) <= LONGEST_SUBJECT:
        return words
    first = re.split(r"(?<=[.?!]) ", words, maxsplit=1)[0].rstrip(".")
    # What is very short is rather an abbreviation, as in “Insp. Sample”.
    if SHORTEST_SENTENCE <= len(first) <= LONGEST_SUBJECT:
        return first
    kept = words[: LONGEST_SUBJECT - 2]
    return f"{kept.rpartition(' ')[0] or kept} …"


def _words(notice: Notice, *, is_quoted: bool) -> str:
    return notice.text if is_quoted or not notice.in_mail else notice.in_mail


def _address(link: str) -> str:
    return f"{settings.SITE_URL}{link}" if link else ""
