"""Connecting an account on its platform's own page: the way there, and the way back.

The state that the platform hands back belongs to one person and one account, works once and for ten
minutes. It is used up before the platform is asked for anything, so that it cannot work twice;
whatever goes wrong after that leaves the credentials that were stored before as they were.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from accounts.models import SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from publishing.backends.base import CannotAsk, Cause, Grant, Profile, Publisher
from publishing.models import Handshake
from publishing.publishers import publishers
from publishing.services.circuit import mended
from publishing.services.connecting import Connection, is_of
from publishing.services.vault import opened, seal, store

logger = logging.getLogger(__name__)
WITHIN: Final = timedelta(minutes=10)
# Rows of ways that nobody came back from.
FORGOTTEN: Final = timedelta(days=1)


class WayOver(Exception):
    """The state is unknown, used, too old, or somebody else's."""


class CannotConnect(Exception):
    """The publisher of this account has no page on which access could be given."""


class InHand:
    """Credentials that are not kept yet."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def __repr__(self) -> str:
        return "<credentials in hand>"

    def read(self) -> Mapping[str, str]:
        return self._values

    def renewed(
        self, stale: Mapping[str, str], renew: Callable[[Mapping[str, str]], Mapping[str, str]]
    ) -> Mapping[str, str]:
        raise CannotAsk("The platform does not take what it has just given.", Cause.CREDENTIALS)


def way_back() -> str:
    """The address that platforms lead back to, as it has to be registered there."""
    return f"{settings.SITE_URL}{reverse('publishing:connected')}"


def can_be_connected(account: SocialAccount) -> bool:
    """Whether access to it can be given on the platform's own page."""
    publisher = publishers.get(account.publisher)
    return publisher is not None and publisher.can_connect


def begin_connecting(
    account: SocialAccount, *, actor: User, now: datetime, server: str = ""
) -> str:
    """The address of the platform's page. What was begun before for this account is over.

    Raises PermissionDenied, CannotConnect, NoKeys, and CannotAsk where the platform is not there.
    """
    if not actor.has_perm("publishing.connect", account):
        raise PermissionDenied
    publisher = publishers.get(account.publisher)
    if publisher is None or not publisher.can_connect:
        raise CannotConnect
    state = secrets.token_urlsafe(32)
    invitation = publisher.invite(state=state, back_to=way_back(), server=server)
    sealed, key_id = seal(account.pk, invitation.keep)
    with transaction.atomic():
        # One after the other for each account.
        SocialAccount.objects.select_for_update().get(pk=account.pk)
        mine = Handshake.objects.filter(account=account, person=actor, used_at=None)
        mine.update(used_at=now, sealed="")
        Handshake.objects.filter(begun_at__lt=now - FORGOTTEN).delete()
        Handshake.objects.create(
            state_hash=_hash(state),
            person=actor,
            account=account,
            sealed=sealed,
            key_id=key_id,
            begun_at=now,
            expires_at=now + WITHIN,
        )
    return invitation.address


def host_of(address: str) -> str:
    """The server that an address leads to, for people to read."""
    return urlsplit(address).hostname or ""


@sensitive_variables()
def finish_connecting(
    *, state: str, code: str, actor: User, now: datetime
) -> tuple[SocialAccount, Connection]:
    """Take what the platform led back with; store it if it is this account's.

    `code` is empty where nobody gave access. Raises WayOver, PermissionDenied, NoKeys.
    """
    handshake = _used(state, actor=actor, now=now)
    account = handshake.account
    if not actor.has_perm("publishing.connect", account):
        raise PermissionDenied
    if not code:
        platform = account.get_platform_display()
        return account, Connection(False, f"Nobody gave access on {platform}. Nothing was changed.")
    publisher = publishers.get(account.publisher)
    if publisher is None or not publisher.can_connect:
        raise WayOver
    try:
        access = _Access.taken(publisher, opened(handshake), code)
        profile = access.profile(account)
    except CannotAsk as error:
        return account, Connection(False, f"{error} Nothing was changed. Press Connect again.")
    if not is_of(profile, account):
        return account, _refused(account, access, profile.handle, actor=actor, now=now)
    ends_in = access.grant.ends_in
    ends_at = now + timedelta(seconds=ends_in) if ends_in else None
    store(account, access.grant.credentials, actor=actor, now=now, ends_at=ends_at)
    again = (
        " It sends again. What waited goes out now."
        if mended(account, actor=actor, now=now)
        else ""
    )
    return account, Connection(True, f"Connected as @{profile.handle}.{again}")


@dataclass(frozen=True, slots=True)
class _Access:
    """What a platform has just given, and is not kept yet."""

    publisher: Publisher
    kept: Mapping[str, str] = field(repr=False)
    grant: Grant

    @classmethod
    def taken(cls, publisher: Publisher, kept: Mapping[str, str], code: str) -> Self:
        """Raises CannotAsk."""
        return cls(publisher, kept, publisher.accept(kept, code=code, back_to=way_back()))

    def profile(self, account: SocialAccount) -> Profile:
        """Whose access it is; given back where that cannot be found out. Raises CannotAsk."""
        name = account.address
        try:
            return self.publisher.profile(name, InHand(self.grant.credentials))
        except CannotAsk:
            self.give_back()
            raise

    def give_back(self) -> bool:
        """Whether the platform took it back."""
        try:
            self.publisher.revoke(self.kept, self.grant.credentials)
        except CannotAsk as error:
            logger.warning("Access to another account was not given back: %s", error)
            return False
        return True


def _refused(
    account: SocialAccount, access: _Access, handle: str, *, actor: User, now: datetime
) -> Connection:
    is_back = access.give_back()
    record(Verb.CONNECTION_REFUSED, account, actor=actor, at=now, handle=handle, given_back=is_back)
    platform = account.get_platform_display()
    gone = (
        "the access was given back"
        if is_back
        else f"the access has to be taken back by hand in the settings of @{handle}"
    )
    return Connection(
        False,
        f"You gave access to @{handle}, not to @{account.handle}. Nothing was stored, and {gone}."
        f" Sign in on {platform} as @{account.handle}, then press Connect again.",
    )


def _used(state: str, *, actor: User, now: datetime) -> Handshake:
    """The way that `state` leads back on, used up. Raises WayOver."""
    mine = Handshake.objects.standing(now).filter(state_hash=_hash(state), person=actor)
    with transaction.atomic():
        handshake = mine.select_for_update(of=("self",)).select_related("account__force").first()
        # SQLite knows no FOR UPDATE: the count says who was first.
        if handshake is None or not mine.update(used_at=now, sealed=""):
            raise WayOver
    return handshake


def _hash(state: str) -> str:
    return sha256(state.encode()).hexdigest()
