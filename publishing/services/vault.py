"""Where the accounts' credentials are kept, sealed, and opened at the moment of use.

They are sealed with the first of PUBLISHER_KEYS and opened with any of them, so that a new key can
be put in front of the old one. What is sealed names its account: a row that was copied to another
account does not open there.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.views.decorators.debug import sensitive_variables

from accounts.models import SocialAccount, User
from audit.models import Record
from audit.services import record
from audit.verbs import Verb
from publishing.backends.base import NO_SECRETS, CannotAsk, Cause, Secrets
from publishing.clock import database_now
from publishing.models import Credential
from publishing.publishers import publishers

logger = logging.getLogger(__name__)


class Sealed(Protocol):
    """A row that keeps something of one account's under seal."""

    account_id: int
    sealed: str
    key_id: str


class CannotOpen(CannotAsk):
    """What is stored was sealed for another account, or is no longer what was sealed."""

    def __init__(self) -> None:
        message = "The credentials of this account cannot be opened. Store them again."
        super().__init__(message, Cause.CREDENTIALS)


class KeyLost(CannotAsk):
    """What is stored was sealed with a key that is not in PUBLISHER_KEYS.

    A fault of the machine and not of the account: it is tried again, and works as soon as the key
    is back.
    """

    def __init__(self, account: object = "this account") -> None:
        super().__init__(
            f"The key that sealed the credentials of {account} is not in PUBLISHER_KEYS. Put it"
            " back, or store the credentials again."
        )


class NoKeys(Exception):
    """There is no PUBLISHER_KEYS to seal credentials with."""


def secrets_of(account: SocialAccount) -> Secrets:
    """The credentials of `account`, to be read at the moment of use.

    Nothing is looked up where its publisher needs none.
    """
    publisher = publishers.get(account.publisher)
    return Kept(account.pk) if publisher and publisher.credentials else NO_SECRETS


class Kept:
    """One account's credentials in the vault; holds none of them itself."""

    def __init__(self, account_id: int) -> None:
        self._account_id = account_id

    def __repr__(self) -> str:
        return f"<credentials of account {self._account_id}>"

    def read(self) -> Mapping[str, str]:
        """Raises CannotOpen, KeyLost."""
        kept = Credential.objects.filter(account=self._account_id).first()
        return opened(kept) if kept else {}

    @sensitive_variables()
    def renewed(
        self, stale: Mapping[str, str], renew: Callable[[Mapping[str, str]], Mapping[str, str]]
    ) -> Mapping[str, str]:
        """As base.Secrets says. The row stays locked while `renew` asks the platform.

        Raises CannotAsk when there is nothing to renew, and whatever `renew` raises.
        """
        # Durable: what a platform has rotated must be kept, whatever the caller does next.
        with transaction.atomic(durable=True):
            # SQLite knows no FOR UPDATE: there BEGIN IMMEDIATE has locked everything.
            kept = (
                Credential.objects.select_for_update(of=("self",))
                .select_related("account")
                .filter(account=self._account_id)
                .first()
            )
            if kept is None:
                raise CannotAsk("No credentials are stored for this account.", Cause.CREDENTIALS)
            current = opened(kept)
            if current != dict(stale):
                return current
            fresh = dict(renew(current))
            now = database_now()
            kept.sealed, kept.key_id = seal(kept.account_id, fresh)
            kept.changed_at, kept.changed_by = now, None
            kept.save(update_fields=["sealed", "key_id", "changed_at", "changed_by"])
            record(
                Verb.CREDENTIALS_RENEWED,
                kept.account,
                actor=None,
                at=now,
                names=sorted(fresh),
                key=kept.key_id,
            )
        return fresh


@sensitive_variables()
def store(
    account: SocialAccount,
    credentials: Mapping[str, str],
    *,
    actor: User,
    now: datetime,
    ends_at: datetime | None = None,
) -> None:
    """Keep what `account` signs in with, in place of what was kept.

    `ends_at` is when it stops working, where that is known. The trail learns the names of the
    credentials, never their values. Raises PermissionDenied, NoKeys.
    """
    if not actor.has_perm("publishing.connect", account):
        raise PermissionDenied
    sealed, key_id = seal(account.pk, credentials)
    with transaction.atomic():
        Credential.objects.update_or_create(
            account=account,
            defaults={
                "sealed": sealed,
                "key_id": key_id,
                "changed_at": now,
                "changed_by": actor,
                "ends_at": ends_at,
            },
        )
        record(
            Verb.CREDENTIALS_STORED,
            account,
            actor=actor,
            at=now,
            names=sorted(credentials),
            key=key_id,
        )


def reseal() -> int:
    """Seal everything with the first key that was sealed with another; returns how many rows.

    Row by row under its lock, so that publishing goes on meanwhile; afterwards the old keys can
    go. Where a key is lost nothing is changed at all. Raises NoKeys, KeyLost, CannotOpen.
    """
    key_id = key_ids()[0]
    for kept in sealed_with_lost_keys():
        raise KeyLost(kept.account)
    done = 0
    for account_id in Credential.objects.exclude(key_id=key_id).values_list("pk", flat=True):
        with transaction.atomic():
            kept = Credential.objects.select_for_update().get(pk=account_id)
            kept.sealed, kept.key_id = seal(account_id, opened(kept))
            kept.save(update_fields=["sealed", "key_id"])
        done += 1
    return done


def key_ids() -> Sequence[str]:
    """The ids of PUBLISHER_KEYS in their order: fingerprints, no part of a key. Raises NoKeys."""
    if not settings.PUBLISHER_KEYS:
        raise NoKeys
    return [_id_of(key) for key in settings.PUBLISHER_KEYS]


def _id_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def has_its_key(kept: Sealed) -> bool:
    """Whether the key that sealed these credentials is here."""
    return bool(settings.PUBLISHER_KEYS) and kept.key_id in key_ids()


def sealed_with_lost_keys() -> list[Credential]:
    """The credentials that nobody can open here, of every account."""
    known = key_ids() if settings.PUBLISHER_KEYS else []
    lost = Credential.objects.exclude(key_id__in=known).select_related("account")
    return list(lost.order_by("account__handle", "pk"))


@sensitive_variables()
def seal(account_id: int, credentials: Mapping[str, str]) -> tuple[str, str]:
    """The sealed text and the id of the key; what is sealed names its account. Raises NoKeys."""
    if not settings.PUBLISHER_KEYS:
        raise NoKeys
    key = settings.PUBLISHER_KEYS[0]
    content = json.dumps({"account": account_id, "values": dict(credentials)})
    return Fernet(key).encrypt(content.encode()).decode(), _id_of(key)


@sensitive_variables()
def opened(kept: Sealed) -> dict[str, str]:
    """What is sealed there. For the services of the vault alone. Raises CannotOpen, KeyLost."""
    keys = [key for key in settings.PUBLISHER_KEYS if _id_of(key) == kept.key_id]
    if not keys:
        logger.error("The key that sealed the credentials of account %s is gone", kept.account_id)
        raise KeyLost
    try:
        content = json.loads(MultiFernet(map(Fernet, keys)).decrypt(kept.sealed.encode()))
    except (InvalidToken, ValueError):
        logger.error("The credentials of account %s cannot be opened", kept.account_id)  # noqa: TRY400
        raise CannotOpen from None
    if content["account"] != kept.account_id:
        logger.error("The credentials of account %s are another's", kept.account_id)
        raise CannotOpen
    values: dict[str, str] = content["values"]
    return values


def stored_at(account: SocialAccount) -> datetime | None:
    """When a person last stored the credentials that are held; None where none are.

    What the platform renewed by itself since does not count.
    """
    kept = Credential.objects.filter(account=account).first()
    if kept is None:
        return None
    if kept.changed_by_id:
        return kept.changed_at
    stored = Record.objects.about(account).filter(verb=Verb.CREDENTIALS_STORED)
    last: datetime | None = stored.aggregate(last=Max("at"))["last"]
    return last or kept.changed_at
