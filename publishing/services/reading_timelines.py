"""Sent past the product: reading each account's own timeline and listing what has no delivery.

Each account is read every five minutes, by whichever worker takes its turn first.
"""

import logging
import re
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, Role
from accounts.services import set_status
from accounts.supervisors import supervisors_of
from audit.services import record
from audit.verbs import Verb
from drafts.services import check_text
from notices.models import Kind
from notices.services import settle, tell
from publishing import aside
from publishing.backends.base import CannotAsk, Post
from publishing.clock import database_now
from publishing.models import Delivery, PastPost, TimelineReading
from publishing.models.past_posts import Explanation
from publishing.publishers import publishers
from publishing.services.vault import secrets_of
from publishing.workflow import State

logger = logging.getLogger(__name__)

EVERY = timedelta(minutes=5)
# Read again each time: a platform may show a post late, and clocks differ.
OVERLAP = timedelta(hours=1)
# A post may carry a time that lies this much before we began to send it.
CLOCKS_DIFFER = timedelta(minutes=2)
BATCH = 20
# Readings of one account that fail in a row before somebody is told.
TOO_OFTEN = 3
LONGEST = 300
# May have put a post there whose number is not known here yet.
NUMBER_TO_COME = [State.CLAIMED, State.SENDING, State.UNKNOWN, State.NEEDS_HUMAN, State.PUBLISHED]


class AlreadyExplained(Exception):
    """Somebody has answered for this post already."""


def read_timelines_due(*, now: datetime) -> int:
    """Start reading the timelines whose turn it is; return how many."""
    waiting = [account.pk for account in _due(now)]
    if waiting:
        aside.start(
            "timelines", lambda: [read_timeline(key, now=database_now()) for key in waiting]
        )
    return len(waiting)


def _due(now: datetime) -> list[SocialAccount]:
    turn = Q(reading=None) | Q(reading__next_at__lte=now)
    return list(_read().filter(turn).order_by("reading__next_at", "pk")[:BATCH])


def _read() -> QuerySet[SocialAccount]:
    """The accounts whose timelines are read."""
    able = [alias for alias in publishers if publishers[alias].can_read_timeline]
    return SocialAccount.objects.filter(publisher__in=able).exclude(status=AccountStatus.CLOSED)


def begin_reading(account_id: int, *, now: datetime) -> tuple[TimelineReading, bool]:
    """The account's reading, and whether it begins now: what was there before is no finding."""
    return TimelineReading.objects.get_or_create(
        account_id=account_id,
        defaults={"started_at": now, "read_to": now, "next_at": now + EVERY},
    )


def read_timeline(account_id: int, *, now: datetime) -> int:
    """Read one account's timeline if it is its turn; return how many posts were new here."""
    reading, is_first = begin_reading(account_id, now=now)
    if is_first:
        return 0
    if not TimelineReading.objects.filter(pk=account_id, next_at__lte=now).update(
        next_at=now + EVERY
    ):
        return 0
    account = SocialAccount.objects.select_related("force", "lpt").get(pk=account_id)
    since = max(reading.started_at, reading.read_to - OVERLAP)
    try:
        posts = publishers[account.publisher].timeline(
            account.address, secrets_of(account), since=since
        )
    except CannotAsk as error:
        _failed(account_id, str(error))
        return 0
    except Exception as error:
        logger.exception("The timeline of account %s was not read", account_id)
        _failed(account_id, f"The publisher failed: {type(error).__name__}.")
        return 0
    return _sort_out(account, [post for post in posts if post.at >= since], now=now)


def _failed(account_id: int, why: str) -> None:
    reading = TimelineReading.objects.filter(pk=account_id)
    reading.update(last_error=why[:LONGEST], failures=F("failures") + 1)


def unread() -> QuerySet[TimelineReading]:
    """Those that could not be read again and again, of accounts that are still to be read."""
    failing = TimelineReading.objects.filter(failures__gte=TOO_OFTEN, account__in=_read())
    return failing.select_related("account").order_by("pk")


def _sort_out(account: SocialAccount, posts: list[Post], *, now: datetime) -> int:
    """List what is not ours. What may be ours is left for a later reading."""
    found, read_to = 0, now
    known = _known(account, posts)
    for post in posts:
        if post.id in known or (post.url and post.url in known):
            continue
        if _may_be_on_its_way(account, post):
            read_to = min(read_to, post.at)
            continue
        found += _list(account, post, now)
    TimelineReading.objects.filter(pk=account.pk).update(read_to=read_to, last_error="", failures=0)
    return found


def _known(account: SocialAccount, posts: list[Post]) -> set[str]:
    """The numbers and addresses among `posts` that deliveries or earlier findings have."""
    ids, urls = [post.id for post in posts], [post.url for post in posts if post.url]
    # What waits has no number yet, and a waiting backlog is not read for it.
    mine = Delivery.objects.filter(account=account).exclude(state=State.QUEUED)
    known = set(mine.filter(external_id__in=ids).values_list("external_id", flat=True))
    # A person who saw it on the platform gave its address alone.
    known.update(mine.filter(external_url__in=urls).values_list("external_url", flat=True))
    listed = PastPost.objects.filter(account=account, external_id__in=ids)
    known.update(listed.values_list("external_id", flat=True))
    return known


def _may_be_on_its_way(account: SocialAccount, post: Post) -> bool:
    """Whether a delivery that has no number yet may have put it there: same words, right time."""
    waiting = Delivery.objects.filter(
        account=account,
        state__in=NUMBER_TO_COME,
        external_id="",
        attempts__started_at__lte=post.at + CLOCKS_DIFFER,
    )
    rows = waiting.values_list("revision__text", "due_at").distinct()
    return any(
        _plain(text) == _plain(post.text) and due_at <= post.at + CLOCKS_DIFFER
        for text, due_at in rows
    )


def _plain(text: str) -> str:
    """A text without what platforms change: links are rewritten, spaces are put together."""
    return " ".join(re.sub(r"https?://\S+", " ", text).casefold().split())


def _list(account: SocialAccount, post: Post, now: datetime) -> int:
    report = check_text(post.text, account=account, category="", now=now).report
    with transaction.atomic():
        past, is_new = PastPost.objects.get_or_create(
            account=account,
            external_id=post.id[:LONGEST],
            defaults={
                "url": post.url[:LONGEST],
                "text": post.text,
                "posted_at": post.at,
                "found_at": now,
                "report": report.as_dict(),
            },
        )
        if not is_new:
            return 0
        record(Verb.POST_FOUND, past, actor=None, at=now, account=str(account))
        stopped = " The rulebook would have stopped it." if report.blocking else ""
        words = (
            f"A tweet on {account} did not go through Blue Lamp.{stopped} Say what it was, or"
            " freeze the account: it may be hacked."
        )
        people, link = _concerned(account, now), link_of(past)
        tell(people, words, kind=Kind.ALERT, link=link, urgent=True, now=now)
    return 1


def _concerned(account: SocialAccount, now: datetime) -> list[User]:
    centre = User.objects.holding(COMMS_REVIEWERS | {Role.COMMS_ADMIN}, force_id=account.force_id)
    return [*centre, *supervisors_of(account, on=timezone.localdate(now))]


def link_of(post: PastPost) -> str:
    """Where the post stands in the list of its kind."""
    return f"{reverse('publishing:past-posts')}#post-{post.pk}"


def explain(
    post: PastPost,
    *,
    actor: User,
    explanation: Explanation,
    posted_by: str,
    words: str,
    now: datetime,
) -> None:
    """Say what it was. Raises AlreadyExplained, PermissionDenied."""
    if not actor.has_perm("publishing.explain_past_post", post.account):
        raise PermissionDenied
    with transaction.atomic():
        _answer(post, explanation, actor=actor, posted_by=posted_by, words=words, now=now)


def freeze(post: PastPost, *, actor: User, now: datetime) -> None:
    """Nobody knows the post: nothing goes out on the account until it is cleared up.

    The caller tells people and sees to the clearing up. Raises AlreadyExplained, PermissionDenied.
    """
    if not actor.has_perm("publishing.freeze", post.account):
        raise PermissionDenied
    with transaction.atomic():
        _answer(post, Explanation.HACKED, actor=actor, now=now)
        set_status(post.account, AccountStatus.FROZEN, actor=actor, now=now)


def _answer(
    post: PastPost,
    explanation: Explanation,
    *,
    actor: User,
    posted_by: str = "",
    words: str = "",
    now: datetime,
) -> None:
    mine = PastPost.objects.filter(pk=post.pk, answered_at=None).update(
        explanation=explanation,
        posted_by=posted_by.strip()[:100],
        words=words.strip()[:LONGEST],
        answered_by=actor,
        answered_at=now,
    )
    if not mine:
        raise AlreadyExplained
    settle(link_of(post), now=now)
    record(Verb.POST_EXPLAINED, post, actor=actor, at=now, explanation=str(explanation))


def read_soon(account: SocialAccount, *, now: datetime) -> None:
    """Let the next sweep read the account's timeline, whenever its turn was."""
    TimelineReading.objects.filter(pk=account.pk).update(next_at=now)
