"""Proof Key for Code Exchange (RFC 7636): who fetches the token is who asked for the code."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256


def verifier() -> str:
    """A new secret of 86 letters, which only the exchange tells."""
    return secrets.token_urlsafe(64)


def challenge(verifier: str) -> dict[str, str]:
    """What the address says of it."""
    digest = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
    return {"code_challenge": digest, "code_challenge_method": "S256"}
