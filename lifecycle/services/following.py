"""Asking that an account follows somebody, and deciding on it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from lifecycle.models import Following, Who
from lifecycle.reach import CENTRE
from lifecycle.services.people import centre_of
from lifecycle.workflow import FollowMove, FollowState
from notices.services import tell
from policy.services import pack_for


class AlreadyFollowed(Exception):
    """The account follows them already, or somebody has asked for it."""


class NotDeclared(ValueError):
    """Nobody is followed whose profile was not looked at, and nobody for being famous."""


def ask_to_follow(
    account: SocialAccount,
    handle: str,
    *,
    who: Who,
    why: str,
    has_looked: bool,
    is_no_celebrity: bool,
    actor: User,
    now: datetime,
) -> Following:
    """Ask communications to follow somebody.

    Raises AlreadyFollowed, NotDeclared, PermissionDenied.
    """
    if not actor.has_perm("lifecycle.ask_to_follow", account):
        raise PermissionDenied
    if not (has_looked and is_no_celebrity):
        raise NotDeclared
    try:
        with transaction.atomic():
            asked = Following.objects.create(
                account=account, handle=handle, who=who, why=why.strip(), asked_by=actor,
                asked_at=now,
            )  # fmt: skip
            record(Verb.FOLLOW_ASKED, account, actor=actor, at=now, follow=asked.pk, looked=True)
            told = f"{actor} asks that {account} follows @{handle}."
            people = [person for person in centre_of(account, CENTRE) if person != actor]
            tell(people, told, link=reverse("lifecycle:following"), now=now)
    except IntegrityError:
        raise AlreadyFollowed from None
    return asked


def decide_following(
    asked: Following, *, follow: bool, actor: User, answer: str = "", now: datetime
) -> None:
    """Follow them, or do not. Raises AlreadyDecided, PermissionDenied."""
    if not actor.has_perm("lifecycle.decide_following", asked.account):
        raise PermissionDenied
    move = FollowMove.FOLLOW if follow else FollowMove.REFUSE
    with transaction.atomic():
        Following.objects.filter(pk=asked.pk).move(
            move, decided_by=actor, decided_at=now, answer=answer.strip()
        )
        verb = Verb.FOLLOWED if follow else Verb.FOLLOW_DECLINED
        record(verb, asked.account, actor=actor, at=now, follow=asked.pk)
        became = "follows" if follow else "does not follow"
        told = f"{asked.account} {became} @{asked.handle}: {actor} decided."
        if asked.asked_by != actor:
            tell([asked.asked_by], told, link=reverse("lifecycle:following"), now=now)


def is_celebrity(asked: Following) -> bool:
    """Whether the account to be followed stands in the force's list of celebrities."""
    listed = pack_for(asked.account.force).lists["celebrity_accounts"]
    return asked.handle.casefold() in {handle.lstrip("@").casefold() for handle in listed}


def unfollow(asked: Following, *, actor: User, now: datetime) -> None:
    """Follow them no longer. Raises AlreadyDecided, PermissionDenied."""
    if not actor.has_perm("lifecycle.decide_following", asked.account):
        raise PermissionDenied
    with transaction.atomic():
        rows = Following.objects.filter(pk=asked.pk)
        rows.move(FollowMove.UNFOLLOW, decided_by=actor, decided_at=now)
        record(Verb.UNFOLLOWED, asked.account, actor=actor, at=now, follow=asked.pk)


def followed_by(accounts: QuerySet[SocialAccount]) -> QuerySet[Following]:
    """The register: whom these accounts follow, by account and name."""
    rows = Following.objects.filter(account__in=accounts, state=FollowState.FOLLOWED)
    return rows.with_people().order_by("account__handle", "handle", "pk")
