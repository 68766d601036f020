"""Talking to X: requests with an account's credentials, and what the answers mean.

As docs.x.com describes it (API v2, OpenAPI description 2.166).
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any, Literal

from requests.auth import AuthBase
from requests_oauthlib import OAuth1

from publishing.backends.base import CannotAsk, Cause, NotSent, Refused, Secrets, Unknown
from publishing.backends.http import Garbled, Host, Refusal, Reply, held
from publishing.backends.x.app import renewed_tokens

# Both write what they sign with into their notes.
for _name in ("oauthlib", "requests_oauthlib"):
    logging.getLogger(_name).setLevel(logging.WARNING)

Kind = Literal["oauth1", "oauth2"]
#: What the account's credentials are called.
CREDENTIALS: Mapping[Kind, tuple[str, ...]] = {
    "oauth1": ("consumer_key", "consumer_secret", "access_token", "access_token_secret"),
    "oauth2": ("client_id", "client_secret", "access_token", "refresh_token"),
}
PAGE = 100
REFUSALS = frozenset({400, 403, 404, 413, 422})
# What in a 403 concerns the app or the account, not the post: the end of the problem's type, or
# words of the sentence (no right to write, not enrolled, suspended, locked).
ACCOUNT_PROBLEMS = frozenset(
    {"client-forbidden", "credits", "oauth1-permissions", "unsupported-authentication"}
)
ACCOUNT_WORDS = ("credits", "enrolled", "subset of", "suspended", "locked", "app permissions")


class Bearer(AuthBase):
    """The header of OAuth 2."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: Any) -> Any:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Problem:
    """What X says of an error: `kind` is the end of the address of its type, as "credits"."""

    def __init__(self, reply: Reply, plain: Callable[[Any], str]) -> None:
        """`plain` makes X's words fit to be shown and kept."""
        try:
            problem = reply.json_object()
        except Garbled:
            problem = {}
        errors = problem.get("errors")
        # Some answers are nothing but a list of problems, some of those in the words of version 1.
        if isinstance(errors, list) and errors and isinstance(errors[0], dict):
            problem = {**errors[0], **problem}
        words = problem.get("detail") or problem.get("message") or problem.get("title") or ""
        self.status = reply.status
        self.kind = plain(str(problem.get("type", "")).rpartition("/problems/")[2])
        self.kind = "" if self.kind == "about:blank" else self.kind
        self.words = plain(words)
        self.reason = (
            f"X answered {self.status}: {self.words}"
            if self.words
            else (f"X answered {self.status}.")
        )

    def says(self, *words: str) -> bool:
        """Whether one of `words` is in the sentence."""
        return any(word in self.words.casefold() for word in words)

    @property
    def is_about_the_account(self) -> bool:
        """Whether nothing can be done before somebody mends the account or the app."""
        return self.status in {401, 402} or (
            self.status == 403 and (self.kind in ACCOUNT_PROBLEMS or self.says(*ACCOUNT_WORDS))
        )

    def meaning(self) -> NotSent | Refused | Unknown:
        """What follows for the post that was to be made."""
        if self.is_about_the_account:
            return NotSent(self.reason, cause=Cause.CREDENTIALS)
        # Others than X answer with 403 or 404 too, but not in these words. And what a duplicate
        # repeats may be our own first try.
        if self.status not in REFUSALS or not self.words or self.says("duplicate content"):
            return Unknown(self.reason)
        return Refused(self.kind or str(self.status), self.reason)


class XRefusal(CannotAsk):
    """X answered a question with `problem`."""

    def __init__(self, problem: Problem) -> None:
        cause = Cause.CREDENTIALS if problem.is_about_the_account else Cause.UNAVAILABLE
        super().__init__(problem.reason, cause)
        self.problem = problem


class Session:
    """The requests of one call to the publisher, with the account's credentials."""

    def __init__(self, host: Host, kind: Kind, secrets: Secrets) -> None:
        """Raises CannotAsk when there are no credentials."""
        self._kind = kind
        self._secrets = secrets
        self._credentials = held(secrets, CREDENTIALS[kind])
        self._talk = host.talk(self._credentials.values())

    def mark(self) -> str:
        """Tells these credentials from others, and tells nobody what they are."""
        return sha256(self._credentials["access_token"].encode()).hexdigest()

    def ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        """The JSON object that X answers with. Raises CannotAsk, XRefusal where X said no."""
        try:
            try:
                reply = self._talk.ask(method, path, auth=self._auth(), **request)
            except Refusal as refusal:
                if refusal.reply.status != 401 or not self._renew():
                    raise
                reply = self._talk.ask(method, path, auth=self._auth(), **request)
        except Refusal as refusal:
            if refusal.cause == Cause.RATE_LIMIT:
                raise
            raise XRefusal(self.problem(refusal.reply)) from None
        found = reply.json_object()
        # A 200 may hold nothing but problems. An empty page has no data either, but says so.
        if not found.keys() & {"data", "meta"}:
            raise XRefusal(self.problem(reply))
        return found

    def hand_over(self, path: str, body: Mapping[str, Any]) -> Reply | NotSent | Unknown:
        """Send what makes a post public. See Talk.hand_over."""
        found = self._talk.hand_over("POST", path, json=body, auth=self._auth())
        if isinstance(found, NotSent) and found.cause == Cause.CREDENTIALS and self._renew():
            # Access tokens last two hours. What X did not let in it did not do.
            found = self._talk.hand_over("POST", path, json=body, auth=self._auth())
        return found

    def problem(self, reply: Reply) -> Problem:
        """What an answer other than 2xx says."""
        return Problem(reply, self._plain)

    def pages(self, path: str, params: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """Every page of posts, newest first. Raises CannotAsk where one is not complete."""
        token = ""
        while True:
            more = {"pagination_token": token} if token else {}
            page = self.ask("GET", path, params={**params, "max_results": str(PAGE), **more})
            posts, meta = page.get("data", []), page.get("meta")
            # Nothing found and nothing said are not the same.
            if not isinstance(meta, dict) or meta.get("result_count") != len(posts):
                raise Garbled("X answered with half a page of posts.")
            yield page
            token = str(meta.get("next_token", ""))
            if not token:
                return

    def _plain(self, words: Any) -> str:
        line = self._talk.plain(words)
        # Those that were renewed are new to the conversation.
        for secret in self._credentials.values():
            line = line.replace(secret, "…")
        return line

    def _auth(self) -> AuthBase:
        held = self._credentials
        if self._kind == "oauth2":
            return Bearer(held["access_token"])
        return OAuth1(
            held["consumer_key"],
            held["consumer_secret"],
            held["access_token"],
            held["access_token_secret"],
        )

    def _renew(self) -> bool:
        """Get newer tokens where there can be any. Raises CannotAsk where X gives none."""
        if self._kind == "oauth1":
            return False
        self._credentials = self._secrets.renewed(self._credentials, self._renewed)
        return True

    def _renewed(self, stale: Mapping[str, str]) -> Mapping[str, str]:
        """What the vault keeps from now on. Raises CannotAsk."""
        return {**stale, **renewed_tokens(self._talk, stale)}
