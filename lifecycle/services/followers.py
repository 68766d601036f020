"""Looking through the followers of each account once a year, and being reminded of it."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountKind, AccountStatus, SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, Role
from audit.services import record
from audit.verbs import Verb
from lifecycle.models import FollowerReview, ReviewReminder
from lifecycle.services.people import centre_of, team_of
from notices.services import tell


def with_review(accounts: QuerySet[SocialAccount]) -> QuerySet[SocialAccount]:
    """Each with `reviewed_at`, the last look through its followers, and `review_due_at`, the next.

    Without a look the one is None, and the other a year after the account was first seen; for one
    that no worker has seen yet both are None.
    """
    looks = FollowerReview.objects.filter(account=OuterRef("pk")).order_by().values("account")
    last = Subquery(looks.annotate(newest=Max("at")).values("newest"))
    every = Value(settings.FOLLOWERS_REVIEWED_EVERY)
    return accounts.annotate(reviewed_at=last).annotate(
        unreviewed_since=Coalesce("reviewed_at", F("first_seen__at")),
        review_due_at=ExpressionWrapper(F("unreviewed_since") + every, DateTimeField()),
    )


def review_is_due(account: SocialAccount, *, now: datetime) -> bool:
    """Whether it is time to look through the followers of an account in use, of `with_review`."""
    due_at: datetime | None = account.review_due_at  # type: ignore[attr-defined]  # annotated
    return account.status == AccountStatus.ACTIVE and due_at is not None and due_at <= now


def remind_of_followers(*, now: datetime) -> int:
    """Tell of every account whose followers are due to be looked through; return of how many.

    Once for each time that it is due, however often and wherever this runs.
    """
    was_told = ReviewReminder.objects.filter(
        account=OuterRef("pk"), since=OuterRef("unreviewed_since")
    )
    in_use: QuerySet[Any] = with_review(SocialAccount.objects.active())
    due = in_use.filter(~Exists(was_told), review_due_at__lte=now)
    fresh = due.select_related("force", "lpt").order_by("pk")
    return sum(_remind(account, now=now) for account in fresh)


def _remind(account: SocialAccount, *, now: datetime) -> bool:
    """Tell, if no other worker did; returns whether this one did."""
    since: datetime = account.unreviewed_since  # type: ignore[attr-defined]  # annotated
    with transaction.atomic():
        _, is_new = ReviewReminder.objects.get_or_create(
            account=account, since=since, defaults={"at": now}
        )
        if not is_new:
            return False
        record(Verb.FOLLOWERS_DUE, account, actor=None, at=now, since=since.isoformat())
        tell(
            _responsible(account, now=now),
            f"Nobody has looked through the followers of {account} for a year. Do it now, and put"
            " it on record.",
            link=reverse("lifecycle:review-followers", args=[account.pk]),
            now=now,
        )
    return True


def _responsible(account: SocialAccount, *, now: datetime) -> list[User]:
    """The account's team and the admins; for the force's own account communications."""
    if account.kind == AccountKind.FORCE:
        return centre_of(account, COMMS_REVIEWERS | {Role.COMMS_ADMIN})
    team = team_of(account, on=timezone.localdate(now))
    return [*team, *centre_of(account, {Role.COMMS_ADMIN})]


def review_followers(
    account: SocialAccount, *, actor: User, blocked: int, words: str = "", now: datetime
) -> None:
    """Put on record that the followers were looked through. Raises PermissionDenied."""
    if not actor.has_perm("lifecycle.ask_to_follow", account):
        raise PermissionDenied
    with transaction.atomic():
        FollowerReview.objects.create(
            account=account, by=actor, at=now, blocked=blocked, words=words.strip()
        )
        record(Verb.FOLLOWERS_REVIEWED, account, actor=actor, at=now, blocked=blocked)
