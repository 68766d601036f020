"""Where the accounts' credentials are kept, sealed, and opened at the moment of use.

They are sealed with the first of PUBLISHER_KEYS and opened with any of them, so that a new key can
be put in front of the old one. What is sealed names its account: a row that was copied to another
account does not open there.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from publishing.backends.base import NO_SECRETS, CannotAsk, Cause, Secrets
from publishing.clock import database_now
from publishing.models import Credential
from publishing.publishers import publishers

logger = logging.getLogger(__name__)


class CannotOpen(CannotAsk):
    """What is stored was sealed with a key that is gone, or for another account."""

    def __init__(self) -> None:
        message = "The credentials of this account cannot be opened. Store them again."
        super().__init__(message, Cause.CREDENTIALS)


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
        """Raises CannotOpen."""
        kept = Credential.objects.filter(account=self._account_id).first()
        return _opened(kept) if kept else {}

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
            current = _opened(kept)
            if current != dict(stale):
                return current
            fresh = dict(renew(current))
            now = database_now()
            kept.sealed, kept.key_id = _sealed(kept.account_id, fresh)
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


def store(
    account: SocialAccount, credentials: Mapping[str, str], *, actor: User, now: datetime
) -> None:
    """Keep what `account` signs in with, in place of what was kept.

    The trail learns their names, never their values. Raises PermissionDenied, NoKeys.
    """
    if not actor.has_perm("publishing.connect", account):
        raise PermissionDenied
    sealed, key_id = _sealed(account.pk, credentials)
    with transaction.atomic():
        Credential.objects.update_or_create(
            account=account,
            defaults={
                "sealed": sealed,
                "key_id": key_id,
                "changed_at": now,
                "changed_by": actor,
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

    Afterwards the old keys can go. Raises NoKeys, CannotOpen.
    """
    done = 0
    for account_id in Credential.objects.exclude(key_id=_key_id()).values_list("pk", flat=True):
        with transaction.atomic():
            kept = Credential.objects.select_for_update().get(pk=account_id)
            kept.sealed, kept.key_id = _sealed(account_id, _opened(kept))
            kept.save(update_fields=["sealed", "key_id"])
        done += 1
    return done


def _key_id() -> str:
    if not settings.PUBLISHER_KEYS:
        raise NoKeys
    return hashlib.sha256(settings.PUBLISHER_KEYS[0].encode()).hexdigest()[:16]


def _sealed(account_id: int, credentials: Mapping[str, str]) -> tuple[str, str]:
    """The sealed text and the id of the key. Raises NoKeys."""
    key_id = _key_id()
    content = json.dumps({"account": account_id, "values": dict(credentials)})
    return Fernet(settings.PUBLISHER_KEYS[0]).encrypt(content.encode()).decode(), key_id


def _opened(kept: Credential) -> dict[str, str]:
    """Raises CannotOpen."""
    try:
        keys = MultiFernet([Fernet(key) for key in settings.PUBLISHER_KEYS])
        content = json.loads(keys.decrypt(kept.sealed.encode()))
    except (InvalidToken, ValueError):
        logger.error("The credentials of account %s cannot be opened", kept.account_id)  # noqa: TRY400
        raise CannotOpen from None
    if content["account"] != kept.account_id:
        logger.error("The credentials of account %s are another's", kept.account_id)
        raise CannotOpen
    values: dict[str, str] = content["values"]
    return values
