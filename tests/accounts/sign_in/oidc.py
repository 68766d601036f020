"""An OpenID Connect provider on this machine: the oidc-provider-mock package in its own process."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client

from config.oidc import Oidc, providers
from tests import servers

START = "/accounts/oidc/force/"
SERVE = (
    "import os, sys; os.environ['AUTHLIB_INSECURE_TRANSPORT'] = '1';"
    "from werkzeug.serving import make_server; from oidc_provider_mock import app;"
    "make_server('127.0.0.1', int(sys.argv[1]), app(), threaded=True).serve_forever()"
)


class OidcProvider(servers.Server):
    """Signs in whoever is named, as whom the test says."""

    @property
    def url(self) -> str:
        return f"http://{servers.HOST}:{self.port}"

    def command(self) -> Sequence[str | Path]:
        """See Server."""
        return [sys.executable, "-W", "ignore", "-c", SERVE, str(self.port)]

    def is_ready(self) -> bool:
        """See Server."""
        try:
            return requests.get(f"{self.url}/.well-known/openid-configuration", timeout=5).ok
        except requests.RequestException:
            return False

    def knows(self, subject: str, **claims: Any) -> None:
        """Somebody there, and what the provider says of them."""
        answer = requests.put(f"{self.url}/users/{subject}", json=claims, timeout=5)
        answer.raise_for_status()

    def sign_in(self, client: Client, subject: str, start: str = START) -> Any:
        """Go there from our page, sign in as `subject`, and come back; the last answer here."""
        leave = client.post(start)
        there = requests.post(
            leave.headers["Location"], {"sub": subject}, allow_redirects=False, timeout=5
        )
        back = urlsplit(there.headers["Location"])
        return client.get(f"{back.path}?{back.query}", follow=True)

    def settings(self, **changes: Any) -> dict[str, Any]:
        """SOCIALACCOUNT_PROVIDERS for it."""
        told = {
            "server_url": self.url,
            "client_id": "blue-lamp",
            "client_secret": "a secret of the test",
            "name": "Marlshire sign-in",
        }
        return providers(Oidc(**told | changes))


@contextmanager
def oidc_provider() -> Iterator[OidcProvider]:
    """One that runs; raises ServerError when it does not start."""
    with servers.server_folder("oidc") as folder, OidcProvider(folder) as provider:
        yield provider
