"""Whether an account is connected to its platform: asked without posting anything."""

import logging
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied

from accounts.models import SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from publishing.backends.base import CannotAsk, Profile
from publishing.publishers import publishers
from publishing.services.circuit import is_suspended, mended
from publishing.services.vault import secrets_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Connection:
    """What came of asking a platform who we are, in one sentence."""

    works: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Needs:
    """The names of the credentials that a publisher must have, and may have."""

    required: tuple[str, ...]
    optional: tuple[str, ...]


def needs_of(account: SocialAccount) -> Needs | None:
    """None when its publisher is not configured."""
    publisher = publishers.get(account.publisher)
    if publisher is None:
        return None
    return Needs(tuple(publisher.credentials), tuple(publisher.optional_credentials))


def try_connection(account: SocialAccount) -> Connection:
    """Read the profile that the platform has for `account`. Takes up to 15 seconds."""
    name = account.address
    publisher = publishers.get(account.publisher)
    if publisher is None:
        return Connection(False, f"The publisher “{account.publisher}” is not configured.")
    try:
        profile = publisher.profile(name, secrets_of(account))
        is_ours = is_of(profile, account, called=called(account))
    except CannotAsk as error:
        return Connection(False, str(error))
    except NotImplementedError:
        return Connection(False, f"The publisher “{account.publisher}” cannot be asked.")
    except Exception as error:
        logger.exception("Publisher %s raised", account.publisher)
        return Connection(False, f"The publisher failed: {type(error).__name__}.")
    if not is_ours:
        return Connection(
            False,
            f"The platform takes us for @{profile.handle}, not for @{account.handle}:"
            " these are another account's credentials.",
        )
    return Connection(True, f"Connected as @{profile.handle} ({profile.name or 'no name'}).")


def check_connection(account: SocialAccount, *, actor: User, now: datetime) -> Connection:
    """`try_connection`, and a line in the trail. Raises PermissionDenied.

    An account that was stopped for its credentials sends again once new ones work.
    """
    if not actor.has_perm("publishing.connect", account):
        raise PermissionDenied
    connection = try_connection(account)
    record(
        Verb.CONNECTION_TESTED,
        account,
        actor=actor,
        at=now,
        publisher=account.publisher,
        works=connection.works,
    )
    if connection.works and is_suspended(account):
        return _let_go_on(connection, account, actor=actor, now=now)
    return connection


def _let_go_on(
    connection: Connection, account: SocialAccount, *, actor: User, now: datetime
) -> Connection:
    if mended(account, actor=actor, now=now):
        words = "It sends again. What waited goes out now."
    else:
        words = (
            "It is still stopped: its credentials have not changed since the platform refused them."
            " Store new ones, or let it send again under Alerts."
        )
    return replace(connection, sentence=f"{connection.sentence} {words}")


def called(account: SocialAccount) -> str:
    """The whole handle that was stored with the credentials, where the platform has longer ones."""
    return secrets_of(account).read().get("handle", "")


def is_of(profile: Profile, account: SocialAccount, *, called: str = "") -> bool:
    """Whether that is the account: platforms may add their own name to the handle.

    `called` is its whole handle where that is another, such as a domain of the force on Bluesky.
    """
    if "." in called:
        return profile.handle.lstrip("@").casefold() == called.lstrip("@").casefold()
    first = profile.handle.lstrip("@").replace("@", ".").partition(".")[0]
    return first.casefold() == account.handle.casefold()
