"""Breaking the glass: a person sees an account's credentials because a second person let them.

Asked with a reason, answered within an hour, opened once within a quarter of an hour, by nobody but
who asked. Every comms admin of the force is told of each step, whoever takes it: also the one in
whose name it was taken.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from accounts.models import SocialAccount, User
from accounts.roles import Role
from accounts.services import NotTwoPeople, are_two
from audit.services import record
from audit.verbs import Verb
from notices.models import Kind
from notices.services import settle, tell
from publishing.models import Credential, Reveal
from publishing.models.reveals import Move, RevealOver, State
from publishing.services.vault import opened

ANSWERED_WITHIN: Final = timedelta(hours=1)
OPENED_WITHIN: Final = timedelta(minutes=15)
#: Seconds for which what was revealed stays on screen.
SHOWN_FOR: Final = 60


class AlreadyOpen(Exception):
    """The same person has an open request for the same account."""


class NothingStored(Exception):
    """There are no credentials of this account."""


def ask_to_reveal(account: SocialAccount, *, reason: str, actor: User, now: datetime) -> Reveal:
    """Ask a second person. Raises AlreadyOpen, NothingStored, PermissionDenied."""
    if not actor.has_perm("publishing.connect", account):
        raise PermissionDenied
    lapse_reveals(now=now)
    with transaction.atomic():
        # One after the other for each account.
        if not Credential.objects.select_for_update().filter(account=account).exists():
            raise NothingStored
        if Reveal.objects.open().filter(account=account, asked_by=actor).exists():
            raise AlreadyOpen
        reveal = Reveal.objects.create(
            account=account,
            asked_by=actor,
            asked_at=now,
            reason=reason,
            expires_at=now + ANSWERED_WITHIN,
        )
        record(Verb.REVEAL_ASKED, account, actor=actor, at=now, request=reveal.pk, reason=reason)
        words = f"{actor} asks to see the credentials of {account}. A second person has to agree."
        _tell(reveal, words, now, duty=True, reason=reason)
    return reveal


def decide_on_reveal(reveal: Reveal, *, grant: bool, actor: User, now: datetime) -> None:
    """Let the other person see them, or not. Raises RevealOver, NotTwoPeople, PermissionDenied."""
    if not actor.has_perm("publishing.decide_reveal", reveal):
        raise PermissionDenied
    if grant and not are_two(actor, reveal.asked_by, now=now):
        raise NotTwoPeople(actor, reveal.asked_by)
    with transaction.atomic():
        until = {"expires_at": now + OPENED_WITHIN} if grant else {}
        Reveal.objects.standing(now).filter(pk=reveal.pk).move(
            Move.GRANT if grant else Move.REFUSE, decided_by=actor, decided_at=now, **until
        )
        verb = Verb.REVEAL_GRANTED if grant else Verb.REVEAL_REFUSED
        _done(reveal, verb, actor, now)
        answer = "lets" if grant else "does not let"
        words = f"{actor} {answer} {reveal.asked_by} see the credentials of {reveal.account}."
        _tell(reveal, words, now)


def withdraw_reveal(reveal: Reveal, *, actor: User, now: datetime) -> None:
    """The one who asked does not need them any more. Raises RevealOver, PermissionDenied."""
    if actor.pk != reveal.asked_by_id:
        raise PermissionDenied
    with transaction.atomic():
        Reveal.objects.filter(pk=reveal.pk).move(Move.WITHDRAW)
        _done(reveal, Verb.REVEAL_WITHDRAWN, actor, now)


@sensitive_variables()
def show_credentials(reveal: Reveal, *, actor: User, now: datetime) -> Mapping[str, str]:
    """The credentials by name, once, for who asked. Nothing else in the product gives them out.

    Raises RevealOver, PermissionDenied, and CannotAsk where they cannot be opened: then the
    request can be used again.
    """
    may = actor.has_perm("publishing.connect", reveal.account)
    if actor.pk != reveal.asked_by_id or not may:
        raise PermissionDenied
    with transaction.atomic():
        Reveal.objects.standing(now).filter(pk=reveal.pk).move(Move.SHOW, shown_at=now)
        kept = Credential.objects.filter(account=reveal.account_id).first()
        if kept is None:
            raise RevealOver
        values = opened(kept)
        record(
            Verb.CREDENTIALS_SHOWN, reveal.account, actor=actor, at=now,
            request=reveal.pk, names=sorted(values), granted_by=str(reveal.decided_by),
        )  # fmt: skip
        settle(link_to(reveal), now=now)
        words = (
            f"The credentials of {reveal.account} were shown to {actor}. {reveal.decided_by}"
            " agreed to it. Change them on the platform as soon as they have been used."
        )
        _tell(reveal, words, now)
    return values


def lapse_reveals(*, now: datetime) -> int:
    """End the requests whose time is over; return how many."""
    over = Reveal.objects.open().filter(expires_at__lte=now).select_related("account")
    ended = 0
    for reveal in over.order_by("pk"):
        with transaction.atomic():
            try:
                Reveal.objects.filter(pk=reveal.pk, expires_at__lte=now).move(Move.LAPSE)
            except RevealOver:
                continue
            _done(reveal, Verb.REVEAL_LAPSED, None, now)
        ended += 1
    return ended


def must_be_changed(account: SocialAccount, kept: Credential) -> Reveal | None:
    """The last request by which a person saw these very credentials, if there is one."""
    shown = Reveal.objects.filter(
        account=account, state=State.SHOWN, shown_at__gt=kept.changed_at
    ).select_related("asked_by")
    return shown.order_by("-shown_at", "-pk").first()


def link_to(reveal: Reveal) -> str:
    """Where the request is answered and used."""
    return reverse("publishing:reveal", args=[reveal.account_id])


def _done(reveal: Reveal, verb: Verb, actor: User | None, now: datetime) -> None:
    record(verb, reveal.account, actor=actor, at=now, request=reveal.pk)
    settle(link_to(reveal), now=now)


def _tell(
    reveal: Reveal, words: str, now: datetime, *, duty: bool = False, reason: str = ""
) -> None:
    roles = {Role.COMMS_ADMIN, Role.COMMS_DUTY} if duty else {Role.COMMS_ADMIN}
    people = User.objects.holding(roles, force_id=reveal.account.force_id)
    text = f"{words} The reason: {reason}" if reason else words
    tell(people, text, in_mail=words, kind=Kind.ALERT, link=link_to(reveal), urgent=True, now=now)
