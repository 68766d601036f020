"""The force's own sign-in service (OpenID Connect), as the environment describes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

DEFAULT_NAME = "your force’s sign-in"


@dataclass(frozen=True, slots=True)
class Oidc:
    """What is needed to let people sign in there; all of it empty where a force has none."""

    server_url: str = ""
    client_id: str = ""
    client_secret: str = ""
    name: str = DEFAULT_NAME
    # Some services give only e-mails that they vouch for, and do not say so each time.
    vouches_for_emails: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether something is missing of what is there."""
        given = (self.server_url, self.client_id, self.client_secret)
        return any(given) and not all(given)

    @property
    def origin(self) -> str:
        """Scheme and host of the service; "" without one."""
        parts = urlsplit(self.server_url)
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    @property
    def is_in_the_clear(self) -> bool:
        """Whether anybody on the way could answer in its place."""
        return bool(self.server_url) and not self.server_url.startswith("https://")


def oidc_of(environ: Mapping[str, str]) -> Oidc:
    """What the variables that begin with OIDC_ say."""
    return Oidc(
        server_url=environ.get("OIDC_SERVER_URL", "").rstrip("/"),
        client_id=environ.get("OIDC_CLIENT_ID", ""),
        client_secret=environ.get("OIDC_CLIENT_SECRET", ""),
        name=environ.get("OIDC_NAME") or DEFAULT_NAME,
        vouches_for_emails=environ.get("OIDC_VOUCHES_FOR_EMAILS") == "1",
    )


def providers(oidc: Oidc) -> dict[str, Any]:
    """Allauth's SOCIALACCOUNT_PROVIDERS for it; empty without one."""
    if not oidc.server_url or oidc.is_partial:
        return {}
    app = {
        "provider_id": "force",
        "name": oidc.name,
        "client_id": oidc.client_id,
        "secret": oidc.client_secret,
        "settings": {"server_url": oidc.server_url, "verified_email": oidc.vouches_for_emails},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
