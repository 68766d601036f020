"""Who and what there is at the small X, and whose requests are taken for whose."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Literal, NamedTuple

from oauthlib.oauth1.rfc5849 import signature

from tests.publishing.fake_http import Fault, Reply, Request, Served, Trouble

# Milliseconds from 1970 to the first moment that an id can name.
EPOCH = 1288834974657
CONSUMER = {"consumer_key": "the-app", "consumer_secret": "secret-of-the-app"}
CLIENT = {"client_id": "the-client", "client_secret": "secret-of-the-client"}


@dataclass(frozen=True)
class User:
    """Somebody with an account at X."""

    id: str
    username: str


@dataclass
class Tweet:
    """A tweet as it was written; `shown` makes what the API answers of it."""

    id: str
    author: User
    text: str
    at: float
    #: "replied_to", "quoted" or "retweeted" → the tweet that is meant.
    points_to: dict[str, str] = field(default_factory=dict)
    pictures: tuple[str, ...] = ()


@dataclass
class Picture:
    """One upload."""

    content: bytes
    mime: str
    alt_text: str = ""


class Code(NamedTuple):
    """What was agreed when a code was given out."""

    user: User
    challenge: str
    redirect_uri: str
    scope: str


class Store(Served):
    """What X holds and who may ask for it. Tests look at it, and put things into it."""

    def __init__(self) -> None:
        super().__init__()
        self.users: dict[str, User] = {}
        self.tweets: dict[str, Tweet] = {}
        self.pictures: dict[str, Picture] = {}
        #: What users show of themselves, by name and then by the names of the API.
        self.profiles: dict[str, dict[str, Any]] = {}
        self.refreshes = 0
        #: Seconds by which this X's clock is ahead.
        self.clock_ahead = 0.0
        self._links: dict[str, str] = {}
        self._oauth1: dict[str, tuple[str, User]] = {}
        self._bearers: dict[str, User] = {}
        self._refresh_tokens: dict[str, User] = {}
        #: The app's own settings: where it may lead back to.
        self.callbacks: set[str] = set()
        #: Who sits at the screen that opens the authorise page; empty: somebody who says no.
        self.at_the_screen = ""
        self._codes: dict[str, Code] = {}
        self._sequence = 0

    # --- what a test does

    def join(self, username: str) -> User:
        """A new user, or the one of that name."""
        with self.lock:
            return self.users.setdefault(username, User(self._next_id(time.time()), username))

    def credentials(self, username: str, kind: Literal["oauth1", "oauth2"]) -> dict[str, str]:
        """New credentials of a user, by the names that XPublisher gives them."""
        user = self.join(username)
        with self.lock:
            if kind == "oauth1":
                token, secret = f"{user.id}-{secrets.token_hex(8)}", secrets.token_hex(16)
                self._oauth1[token] = (secret, user)
                return {**CONSUMER, "access_token": token, "access_token_secret": secret}
            return {**CLIENT, **self._new_bearer(user)}

    def takes(self, token: str) -> bool:
        """Whether a token of OAuth 2 still opens anything."""
        with self.lock:
            return token in self._bearers or token in self._refresh_tokens

    def expire_bearers(self) -> None:
        """Two hours pass for every OAuth 2 access token."""
        with self.lock:
            self._bearers.clear()

    def revoke(self) -> None:
        """Everybody takes their leave back from the app."""
        with self.lock:
            self._bearers.clear()
            self._refresh_tokens.clear()
            self._oauth1.clear()

    def fail_next(
        self,
        what: Reply | Trouble,
        *,
        method: str = "POST",
        path: str = "/2/tweets",
        done: bool = False,
    ) -> None:
        """Let `what` happen to the next request of that method whose path begins so."""
        with self.lock:
            self.faults.append(Fault(what, method, path, done))

    def write(self, username: str, text: str, *, ago: float = 0, **points_to: str) -> Tweet:
        """Somebody tweets by hand, `ago` seconds ago."""
        with self.lock:
            return self._add(self.join(username), text, at=self._now() - ago, points_to=points_to)

    def posts_of(self, username: str) -> list[Tweet]:
        """All tweets and retweets of a user, oldest first."""
        with self.lock:
            found = [each for each in self.tweets.values() if each.author.username == username]
            return sorted(found, key=lambda tweet: int(tweet.id))

    # --- who asks

    def user_of(self, request: Request) -> User | None:
        """Whom the Authorization header speaks for; None when it is not valid."""
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        with self.lock:
            if scheme == "Bearer":
                return self._bearers.get(value)
            return self._signer(request) if scheme == "OAuth" else None

    def _signer(self, request: Request) -> User | None:
        header = {"Authorization": request.headers["authorization"]}
        params = signature.collect_parameters(
            uri_query=request.query_string, headers=header, exclude_oauth_signature=False
        )
        said = dict(params)
        secret, user = self._oauth1.get(said.get("oauth_token", ""), ("", None))
        # Oauthlib reads these four of any object.
        signed: Any = SimpleNamespace(
            params=[pair for pair in params if pair[0] != "oauth_signature"],
            signature=said.get("oauth_signature", ""),
            http_method=request.method,
            uri=f"http://{request.headers['host']}{request.path}",
        )
        is_fresh = abs(time.time() - int(said.get("oauth_timestamp", "0"))) < 300
        is_known = said.get("oauth_consumer_key") == CONSUMER["consumer_key"]
        valid = signature.verify_hmac_sha1(signed, CONSUMER["consumer_secret"], secret)
        return user if valid and is_fresh and is_known else None

    def _new_bearer(self, user: User) -> dict[str, str]:
        access, refresh = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self._bearers[access] = self._refresh_tokens[refresh] = user
        return {"access_token": access, "refresh_token": refresh}

    # --- how it keeps tweets

    def _add(
        self,
        author: User,
        text: str,
        *,
        at: float,
        points_to: Mapping[str, str],
        pictures: tuple[str, ...] = (),
    ) -> Tweet:
        tweet = Tweet(self._next_id(at), author, text, at, dict(points_to), tuple(pictures))
        self.tweets[tweet.id] = tweet
        return tweet

    def _now(self) -> float:
        return time.time() + self.clock_ahead

    def _next_id(self, at: float) -> str:
        """Ids tell the time in their upper bits, as X's do."""
        self._sequence += 1
        return str((int(at * 1000) - EPOCH) << 22 | self._sequence)
