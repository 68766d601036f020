"""Keeping a secret so that the database alone does not give it away."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """Sealed with a key that is not there any more, or never sealed here."""


def _fernet() -> MultiFernet:
    keys = map(str, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
    digests = (hashlib.sha256(f"accounts.sign_in:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def seal(text: str) -> str:
    """`text` under a key made from SECRET_KEY."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed, under SECRET_KEY or one of its fallbacks. Raises Unreadable."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except (InvalidToken, ValueError) as fault:
        raise Unreadable from fault
