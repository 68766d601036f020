"""How the app gets an account's tokens from X, renews them, and gives them back.

As docs.x.com describes it (OAuth 2.0 Authorization Code Flow with PKCE, confidential clients).
"""

from collections.abc import Mapping

from requests.auth import HTTPBasicAuth

from publishing.backends.base import CannotAsk, Cause
from publishing.backends.http import Garbled, Host, Refusal, Talk

#: What an account is asked to let the app do; the last one is what makes access renewable.
SCOPES = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
REFUSED = frozenset({400, 401, 403})


def tokens_for(host: Host, kept: Mapping[str, str], code: str, back_to: str) -> dict[str, str]:
    """The tokens for a code, which X takes once. Raises CannotAsk."""
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back_to,
        "code_verifier": kept["verifier"],
    }
    hidden = [kept["client_secret"], kept["verifier"], code]
    return _tokens(host.talk(hidden), kept, asked, "X does not give access for this answer.")


def renewed_tokens(talk: Talk, stale: Mapping[str, str]) -> dict[str, str]:
    """The tokens for a refresh token, which X takes once. Raises CannotAsk."""
    asked = {"grant_type": "refresh_token", "refresh_token": stale["refresh_token"]}
    return _tokens(talk, stale, asked, "X does not renew its access: connect the account again.")


def give_back(host: Host, credentials: Mapping[str, str]) -> None:
    """End what the tokens give access to. Raises CannotAsk."""
    talk = host.talk([credentials[name] for name in ("access_token", "refresh_token")])
    for name in ("refresh_token", "access_token"):
        talk.ask(
            "POST",
            "/2/oauth2/revoke",
            data={"token": credentials[name], "token_type_hint": name},
            auth=_app(credentials),
        )


def _app(credentials: Mapping[str, str]) -> HTTPBasicAuth:
    return HTTPBasicAuth(credentials["client_id"], credentials["client_secret"])


def _tokens(
    talk: Talk, app: Mapping[str, str], asked: Mapping[str, str], refused: str
) -> dict[str, str]:
    try:
        reply = talk.ask("POST", "/2/oauth2/token", data=asked, auth=_app(app))
    except Refusal as refusal:
        if refusal.reply.status not in REFUSED:
            raise
        raise CannotAsk(refused, Cause.CREDENTIALS) from None
    found = reply.json_object()
    access, refresh = found.get("access_token"), found.get("refresh_token")
    if not (isinstance(access, str) and access and isinstance(refresh, str) and refresh):
        raise Garbled("X's new credentials could not be read.")
    return {"access_token": access, "refresh_token": refresh}
