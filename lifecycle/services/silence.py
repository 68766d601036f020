"""Noticing that nobody tweets on an account: first the team is told, then communications.

In the end it is proposed to close it.
"""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Force, SocialAccount, User
from accounts.roles import Role
from audit.services import record
from audit.verbs import Verb
from lifecycle.models import FirstSeen, Silence
from lifecycle.services.people import centre_of, team_of
from notices.services import settle, tell
from policy.services import pack_for
from publishing.models import Delivery, PastPost


class AlreadyAnswered(Exception):
    """Somebody has answered this proposal, or the account is no longer silent."""


def first_seen(account: SocialAccount, *, now: datetime) -> None:
    """Write down that the account is there, unless that is known."""
    FirstSeen.objects.get_or_create(account=account, defaults={"at": now})


def with_last_tweet(accounts: QuerySet[SocialAccount]) -> QuerySet[SocialAccount]:
    """Each with `last_tweet_at`, through Blue Lamp or past it, and `silent_since`.

    Without a tweet the one is None, and the other the moment when the account was first seen.
    """
    ours = Delivery.objects.filter(account=OuterRef("pk"), published_at__isnull=False)
    past = PastPost.objects.filter(account=OuterRef("pk"))
    newest = {
        "last_delivery": (ours, "published_at"),
        "last_past_post": (past, "posted_at"),
    }
    found = {
        name: Subquery(
            rows.order_by().values("account").annotate(newest=Max(column)).values("newest")
        )
        for name, (rows, column) in newest.items()
    }
    last = Greatest(
        Coalesce("last_delivery", "last_past_post"), Coalesce("last_past_post", "last_delivery")
    )
    return accounts.annotate(**found).annotate(
        last_tweet_at=last, silent_since=Coalesce(last, F("first_seen__at"))
    )


def days_of_silence(force: Force) -> tuple[int, int, int]:
    """After how many days the team is told, then communications, and closing is proposed."""
    days = pack_for(force).silence
    return days.team, days.comms, days.closing


def level_of(since: datetime, days: tuple[int, int, int], *, now: datetime) -> int:
    """How far a silence has gone: 0 to 3."""
    return sum(now - since >= timedelta(days=each) for each in days)


def watch_silence(*, now: datetime) -> int:
    """Tell of every account that has reached another level of silence; return how many.

    A level is told once for each silence, however often and wherever this runs.
    """
    in_use = SocialAccount.objects.active()
    for account in in_use.filter(first_seen=None).order_by("pk"):
        first_seen(account, now=now)
    told = 0
    days: dict[int, tuple[int, int, int]] = {}
    standing = {row.account_id: row for row in Silence.objects.filter(ended_at=None)}
    for account in with_last_tweet(in_use.select_related("force", "lpt")).order_by("pk"):
        since = account.silent_since  # type: ignore[attr-defined]
        before = standing.get(account.pk)
        if before and since > before.since:
            _end(before, now=now)
            before = None
        if account.force_id not in days:
            days[account.force_id] = days_of_silence(account.force)
        level = level_of(since, days[account.force_id], now=now)
        if level > (before.level if before else 0):
            told += _reach(account, level, since=since, before=before, now=now)
    return told


def _end(silence: Silence, *, now: datetime) -> None:
    """Somebody has tweeted."""
    with transaction.atomic():
        if Silence.objects.filter(pk=silence.pk, ended_at=None).update(ended_at=now):
            settle(link_of(silence), now=now)


def _reach(
    account: SocialAccount, level: int, *, since: datetime, before: Silence | None, now: datetime
) -> bool:
    """Write the level down and tell, if no other worker did; returns whether this one did."""
    with transaction.atomic():
        # One after the other for each account.
        FirstSeen.objects.filter(account=account).update(at=F("at"))
        if before:
            rows = Silence.objects.filter(pk=before.pk, ended_at=None, level__lt=level)
            if not rows.update(level=level, told_at=now):
                return False
            silence = before
        else:
            silence, is_new = Silence.objects.get_or_create(
                account=account,
                ended_at=None,
                defaults={"since": since, "level": level, "told_at": now},
            )
            if not is_new:
                return False
        record(Verb.ACCOUNT_SILENT, account, actor=None, at=now, level=level)
        _tell(silence, account, level, now=now)
    return True


def _tell(silence: Silence, account: SocialAccount, level: int, *, now: datetime) -> None:
    days = (now - silence.since).days
    said = f"Nobody has tweeted on {account} for {days} days."
    todo = {
        1: "Tell your community what you did this week.",
        2: "Talk to the team: who has the time for it?",
        3: "Close it, or say why it is kept.",
    }[level]
    people = (
        team_of(account, on=timezone.localdate(now))
        if level == 1
        else centre_of(account, {Role.COMMS_ADMIN})
    )
    tell(people, f"{said} {todo}", link=link_of(silence), urgent=level == 3, now=now)


def link_of(silence: Silence) -> str:
    """Where it stands in the list."""
    return f"{reverse('lifecycle:silent')}#silence-{silence.pk}"


def keep(silence: Silence, *, actor: User, because: str, now: datetime) -> None:
    """The account stays although nobody tweets there. Raises AlreadyAnswered, PermissionDenied."""
    if not actor.has_perm("lifecycle.keep_silent", silence.account):
        raise PermissionDenied
    with transaction.atomic():
        rows = Silence.objects.to_close().filter(pk=silence.pk)
        if not rows.update(kept_by=actor, kept_at=now, kept_because=because.strip()):
            raise AlreadyAnswered
        settle(link_of(silence), now=now)
        record(Verb.ACCOUNT_KEPT, silence.account, actor=actor, at=now)
