"""Talking to a server of the AT Protocol: requests with a session, and what the answers mean.

As atproto.com/specs/xrpc and the lexicons com.atproto describe it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from publishing.backends.base import Answer, CannotAsk, Cause, NotSent, Refused, Secrets, Unknown
from publishing.backends.bluesky.text import HANDLE
from publishing.backends.http import Garbled, Host, Refusal, Reply, held

#: What somebody has to store for an account, and may store.
CREDENTIALS = ("app_password",)
OPTIONAL_CREDENTIALS = ("handle", "server")
TOKEN_ERRORS = frozenset({"ExpiredToken", "InvalidToken", "AuthMissing"})
ACCOUNT_ERRORS = TOKEN_ERRORS | {
    "AccountDeactivated", "AccountSuspended", "AccountTakedown", "AuthenticationRequired",
    "AuthFactorTokenRequired", "InsufficientScope", "RepoDeactivated", "RepoSuspended",
    "RepoTakendown",
}  # fmt: skip
REFUSALS = frozenset({400, 413, 422})
_DID = re.compile(r"did:[a-z]{1,20}:[A-Za-z0-9._:%-]{1,200}")


class Problem:
    """What the server says of an error: `name` is the lexicon's, as "InvalidSwap"."""

    def __init__(self, reply: Reply, plain: Callable[[Any], str]) -> None:
        """`plain` makes the server's words fit to be shown and kept."""
        try:
            said = reply.json_object()
        except Garbled:
            said = {}
        self.status = reply.status
        self.name = plain(said.get("error") or "")
        self.words = plain(said.get("message") or "") or self.name
        self.reason = f"Bluesky answered {self.status}" + (f": {self.words}" if self.words else ".")

    @property
    def cause(self) -> Cause:
        """What it concerns besides this one request."""
        if self.status == 429:
            return Cause.RATE_LIMIT
        is_the_account = self.status == 401 or self.name in ACCOUNT_ERRORS
        return Cause.CREDENTIALS if is_the_account else Cause.UNAVAILABLE

    @property
    def is_about_the_token(self) -> bool:
        """Whether another access token may help."""
        return self.status == 401 or self.name in TOKEN_ERRORS

    @property
    def is_not_found(self) -> bool:
        """Whether the server says that there is no such record."""
        # Of records elsewhere the reference server says it in words alone.
        return self.status == 400 and (
            self.name == "RecordNotFound" or self.words.startswith("Could not locate record")
        )

    def meaning(self) -> Answer:
        """What follows for the post that was to be made."""
        if self.cause != Cause.UNAVAILABLE:
            return NotSent(self.reason, cause=self.cause)
        if self.status in REFUSALS and self.name:
            return Refused(self.name, self.reason)
        return Unknown(self.reason)


class BlueskyRefusal(Refusal):
    """The server answered a question with `problem`."""

    def __init__(self, problem: Problem, reply: Reply) -> None:
        super().__init__(problem.reason, reply, problem.cause)
        self.problem = problem


class SignInRefused(Refusal):
    """The server gives this account no session. Says nothing about any post."""


class Session:
    """The requests of one call to the publisher, as the account called `handle`.

    A session is kept with the credentials and renewed when the server says that it is over: it
    may be opened anew thirty times in five minutes only.
    """

    def __init__(self, host: Host, secrets: Secrets, account: str, domain: str) -> None:
        """Raises CannotAsk when there are no usable credentials or no session."""
        self._secrets = secrets
        self._credentials = held(secrets, CREDENTIALS)
        if server := self._credentials.get("server"):
            if not HANDLE.fullmatch(server):
                raise CannotAsk("The server's name is not one.", Cause.CREDENTIALS)
            host = host.at(f"https://{server}")
        name = self._credentials.get("handle", "").lstrip("@") or account.partition(":")[2]
        self.handle = (name if "." in name else f"{name}.{domain}").lower()
        if not HANDLE.fullmatch(self.handle):
            raise CannotAsk("The account's handle is not one.", Cause.CREDENTIALS)
        self._talk = host.talk(self._hidden())
        # The second time: when somebody has just stored other credentials.
        for _ in range(2):
            if not self._is_signed_in():
                self._renew()
        if not self._is_signed_in():
            raise CannotAsk("The credentials change too fast.")

    @property
    def did(self) -> str:
        """The identity behind the handle."""
        return self._credentials["did"]

    def get(self, name: str, **params: Any) -> dict[str, Any]:
        """The answer to a query. Raises CannotAsk, BlueskyRefusal where the server said no."""
        return self._ask("GET", name, params=params)

    def post(self, name: str, **request: Any) -> dict[str, Any]:
        """The answer to a procedure that makes nothing public. Raises as `get`."""
        return self._ask("POST", name, **request)

    def hand_over(self, name: str, body: Mapping[str, Any]) -> Reply | NotSent | Unknown:
        """Send what makes a post public. See Talk.hand_over. Raises CannotAsk without effect."""
        found = self._hand_over(name, body)
        if self._is_shut_out(found):
            # What the server did not let in it did not do.
            self._renew()
            found = self._hand_over(name, body)
        return found

    def problem(self, reply: Reply) -> Problem:
        """What an answer other than 2xx says."""
        return Problem(reply, self.plain)

    def plain(self, words: Any) -> str:
        """Words of the server's, fit to be shown and kept."""
        line = self._talk.plain(words)
        # Those that were renewed are new to the conversation.
        for secret in self._hidden():
            line = line.replace(secret, "…")
        return line

    def _hand_over(self, name: str, body: Mapping[str, Any]) -> Reply | NotSent | Unknown:
        headers = _bearer(self._credentials["access_token"])
        return self._talk.hand_over("POST", f"/xrpc/{name}", json=body, headers=headers)

    def _is_shut_out(self, found: Reply | NotSent | Unknown) -> bool:
        if isinstance(found, Reply):
            return not found.is_success and self.problem(found).is_about_the_token
        return isinstance(found, NotSent) and found.cause == Cause.CREDENTIALS

    def _ask(self, method: str, name: str, **request: Any) -> dict[str, Any]:
        try:
            return self._request(method, name, self._credentials["access_token"], **request)
        except BlueskyRefusal as refusal:
            if not refusal.problem.is_about_the_token:
                raise
        self._renew()
        return self._request(method, name, self._credentials["access_token"], **request)

    def _request(
        self, method: str, name: str, token: str, *, headers: Any = None, **request: Any
    ) -> dict[str, Any]:
        headers = {**_bearer(token), **(headers or {})}
        try:
            reply = self._talk.ask(method, f"/xrpc/{name}", headers=headers, **request)
        except Refusal as refusal:
            raise BlueskyRefusal(self.problem(refusal.reply), refusal.reply) from None
        return reply.json_object()

    # --- the session

    def _is_signed_in(self) -> bool:
        kept = self._credentials
        # A session of an account that was called otherwise is another account's.
        return bool(kept.get("access_token")) and kept.get("signed_in_as") == self.handle

    def _renew(self) -> None:
        self._credentials = self._secrets.renewed(self._credentials, self._renewed)

    def _renewed(self, stale: Mapping[str, str]) -> Mapping[str, str]:
        """`stale` with a newer session. Raises CannotAsk, SignInRefused."""
        try:
            found = self._refreshed(stale) or self._opened(stale)
        except BlueskyRefusal as refusal:
            problem = refusal.problem
            raise SignInRefused(problem.reason, refusal.reply, problem.cause) from None
        fresh = [found.get(name) for name in ("accessJwt", "refreshJwt", "did")]
        if not all(isinstance(each, str) and each for each in fresh):
            raise Garbled("Bluesky's new session could not be read.")
        access, refresh, did = map(str, fresh)
        if not _DID.fullmatch(did):
            raise Garbled("Bluesky's new session is nobody's.")
        return {
            **stale,
            "access_token": access,
            "refresh_token": refresh,
            "did": did,
            "signed_in_as": self.handle,
        }

    def _refreshed(self, stale: Mapping[str, str]) -> dict[str, Any] | None:
        """A session that goes on; None where there is none that could."""
        token = stale.get("refresh_token")
        if not token or stale.get("signed_in_as") != self.handle:
            return None
        try:
            return self._request("POST", "com.atproto.server.refreshSession", token)
        except BlueskyRefusal as refusal:
            if not refusal.problem.is_about_the_token:
                raise
            return None

    def _opened(self, stale: Mapping[str, str]) -> dict[str, Any]:
        asked = {"identifier": self.handle, "password": stale["app_password"]}
        return self._request("POST", "com.atproto.server.createSession", "", json=asked)

    def _hidden(self) -> list[str]:
        names = (*CREDENTIALS, "access_token", "refresh_token")
        return [self._credentials[name] for name in names if self._credentials.get(name)]


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}
