"""X: create, delete, look up, read, by API v2."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from publishing.backends.base import (
    Answer,
    CannotAsk,
    Cause,
    Grant,
    Invitation,
    Limits,
    Lookup,
    Media,
    NotSent,
    Payload,
    Post,
    Profile,
    Published,
    Publisher,
    Refused,
    Secrets,
    Unknown,
)
from publishing.backends.http import Garbled, Host, Reply, Timeouts, not_sent
from publishing.backends.pkce import challenge, verifier
from publishing.backends.x.api import CREDENTIALS, Kind, Session, XRefusal
from publishing.backends.x.app import SCOPES, give_back, tokens_for
from publishing.backends.x.text import as_written, bio_of, is_same, link_of, pointed_at

# X's clock may be behind ours: a tweet of ours must not seem older than itself.
CLOCKS = timedelta(minutes=1)
# A retweet has an id of its own, which X does not tell when it is made and does not ask for when
# it is taken back: here it is called by what was passed on.
RETWEET = "retweet-"
# What one request takes; animations and films would have to be sent in pieces.
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
FIELDS = {"tweet.fields": "author_id,created_at,entities,note_tweet,referenced_tweets"}
SHOWN = {"user.fields": "description,entities,profile_image_url,protected,url,verified"}
AUTHORS = {"expansions": "author_id", "user.fields": "username"}
_ID = re.compile(r"[0-9]{1,19}")


class XPublisher(Publisher):
    """`auth` is "oauth1" (user context; tokens that last) or "oauth2" (renewed as they expire).

    `client_id` and `client_secret` are the app's, so that an account can be connected on X itself.

    `host` is where the API is asked, `site` where people see the posts; the rest as for Host. X
    knows no token of ours: whether a tweet is public is found by its text on the own timeline.
    """

    lookup_kind = Lookup.RELIABLE
    can_delete = True
    can_read_timeline = True
    can_read_mentions = True
    can_read_profile = True
    serves = "x"
    limits = Limits(length=280, pictures=4, picture_bytes=5_000_000, alt_text=1000)

    def __init__(
        self,
        *,
        auth: Kind = "oauth2",
        base_url: str = "https://api.x.com",
        site: str = "https://x.com",
        client_id: str = "",
        client_secret: str = "",
        proxy: str = "",
        ca_bundle: str = "",
        timeouts: Timeouts | None = None,
    ) -> None:
        self.credentials = CREDENTIALS[auth]
        self._auth: Kind = auth
        self._host = Host(base_url, proxy=proxy, ca_bundle=ca_bundle, timeouts=timeouts)
        self._site = site.rstrip("/")
        self._app = {"client_id": client_id, "client_secret": client_secret}
        self.can_connect = auth == "oauth2" and all(self._app.values())
        #: By account: a mark of the credentials, and the number of whose they are.
        self._ids: dict[str, tuple[str, str]] = {}

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        if refused := _impossible(payload):
            return refused
        try:
            session = self._session(secrets)
            path, body = self._request(payload, session)
        except XRefusal as refusal:
            meaning = refusal.problem.meaning()
            # Nothing that could be seen was asked for yet.
            return NotSent(meaning.reason) if isinstance(meaning, Unknown) else meaning
        except CannotAsk as error:
            return not_sent(error)
        try:
            reply = session.hand_over(path, body)
        except CannotAsk as error:
            # X did not let it in, and the access was not renewed.
            return not_sent(error)
        return self._answer(payload, session, reply) if isinstance(reply, Reply) else reply

    def _request(self, payload: Payload, session: Session) -> tuple[str, dict[str, Any]]:
        """Path and body of what makes `payload` public; uploads its pictures."""
        source = payload.source.get("id", "")
        with reading():
            # Never under another team's name, whatever was stored as its credentials.
            me = self._my_id(payload.account, session)
        if payload.kind == "retweet":
            return f"/2/users/{me}/retweets", {"tweet_id": source}
        body: dict[str, Any] = {"text": payload.text}
        if payload.media:
            body["media"] = {"media_ids": [self._upload(each, session) for each in payload.media]}
        if payload.kind == "reply":
            body["reply"] = {"in_reply_to_tweet_id": source}
        elif payload.kind == "quote":
            body["quote_tweet_id"] = source
        return "/2/tweets", body

    def _upload(self, media: Media, session: Session) -> str:
        with reading():
            found = session.ask(
                "POST",
                "/2/media/upload",
                data={"media_category": "tweet_image", "media_type": media.mime},
                files={"media": ("picture", media.content, media.mime)},
            )
            media_id = _number(found["data"]["id"])
        if media.alt_text:
            described = {"id": media_id, "metadata": {"alt_text": {"text": media.alt_text}}}
            session.ask("POST", "/2/media/metadata", json=described)
        return media_id

    def _answer(self, payload: Payload, session: Session, reply: Reply) -> Answer:
        is_retweet = payload.kind == "retweet"
        retweet = self._published(payload.account, RETWEET + payload.source.get("id", ""))
        if not reply.is_success:
            problem = session.problem(reply)
            # X passes a post on once: it is there, as it should be.
            is_there = is_retweet and problem.says("already retweeted")
            return retweet if is_there else problem.meaning()
        try:
            with reading():
                data = reply.json_object()["data"]
                if not is_retweet:
                    return self._published(payload.account, _number(data["id"]))
                if data["retweeted"] is True:
                    return retweet
        except CannotAsk as error:
            return Unknown(str(error))
        return Unknown("X did not say that it has passed the post on.")

    def find(self, payload: Payload, secrets: Secrets, *, since: datetime) -> Published | None:
        with reading():
            for item in self._own_posts(payload.account, secrets, since - CLOCKS):
                if is_same(item, payload):
                    return self._published(payload.account, _external_id(item))
        return None

    def delete(self, account: str, external_id: str, secrets: Secrets) -> None:
        session = self._session(secrets)
        post_id = external_id.removeprefix(RETWEET)
        if not _ID.fullmatch(post_id):
            raise CannotAsk("That is not the number of a post on X.")
        with reading():
            try:
                if external_id.startswith(RETWEET):
                    me = self._my_id(account, session)
                    found = session.ask("DELETE", f"/2/users/{me}/retweets/{post_id}")
                    gone = found["data"]["retweeted"] is False
                else:
                    found = session.ask("DELETE", f"/2/tweets/{post_id}")
                    gone = found["data"]["deleted"] is True
            except XRefusal as refusal:
                gone = refusal.problem.kind == "resource-not-found"
                if not gone:
                    raise
        if not gone:
            raise CannotAsk("X did not say that the post is gone.")

    def timeline(self, account: str, secrets: Secrets, *, since: datetime) -> list[Post]:
        handle = _handle(account)
        with reading():
            found = [self._post(item, handle) for item in self._own_posts(account, secrets, since)]
        found.reverse()
        return found

    def mentions(
        self, account: str, secrets: Secrets, *, cursor: str = ""
    ) -> tuple[list[Post], str]:
        session = self._session(secrets)
        after = {"since_id": cursor} if cursor else {}
        found: list[Post] = []
        with reading():
            path = f"/2/users/{self._my_id(account, session)}/mentions"
            for page in session.pages(path, {**FIELDS, **AUTHORS, **after}):
                names = _names_in(page)
                posts = page.get("data", [])
                found += [self._post(item, names.get(item["author_id"], "")) for item in posts]
                # The newest comes first.
                cursor = max(
                    cursor, page["meta"].get("newest_id", ""), key=lambda key: int(key or 0)
                )
        found.reverse()
        return found, cursor

    def profile(self, account: str, secrets: Secrets) -> Profile:
        with reading():
            me = self._session(secrets).ask("GET", "/2/users/me", params=SHOWN)["data"]
            handle = str(me["username"])
            return Profile(
                handle,
                str(me.get("name", "")),
                f"{self._site}/{handle}",
                bio=bio_of(me),
                link=link_of(me),
                picture=str(me["profile_image_url"]) if "profile_image_url" in me else None,
                is_protected=_told(me, "protected"),
                is_verified=_told(me, "verified"),
            )

    # --- connecting an account

    def invite(self, *, state: str, back_to: str, server: str = "") -> Invitation:
        secret = verifier()
        asked = {
            "response_type": "code",
            "client_id": self._app["client_id"],
            "redirect_uri": back_to,
            "scope": " ".join(SCOPES),
            "state": state,
            **challenge(secret),
        }
        address = f"{self._site}/i/oauth2/authorize?{urlencode(asked)}"
        return Invitation(address, {"verifier": secret, **self._app})

    def accept(self, kept: Mapping[str, str], *, code: str, back_to: str) -> Grant:
        return Grant({**_app_in(kept), **tokens_for(self._host, kept, code, back_to)})

    def revoke(self, kept: Mapping[str, str], credentials: Mapping[str, str]) -> None:
        give_back(self._host, credentials)

    def _session(self, secrets: Secrets) -> Session:
        return Session(self._host, self._auth, secrets)

    def _my_id(self, account: str, session: Session) -> str:
        """The number of the user whose credentials these are; asked for once.

        Raises CannotAsk where they are not `account`'s.
        """
        mark, known = self._ids.get(account, ("", ""))
        if mark == session.mark():
            return known
        me = session.ask("GET", "/2/users/me")["data"]
        handle = str(me["username"])
        if handle.casefold() != _handle(account).casefold():
            raise CannotAsk("These credentials are another account's.", Cause.CREDENTIALS)
        # The question may have renewed them.
        self._ids[account] = (session.mark(), _number(me["id"]))
        return self._ids[account][1]

    def _own_posts(
        self, account: str, secrets: Secrets, since: datetime
    ) -> Iterator[dict[str, Any]]:
        session = self._session(secrets)
        path = f"/2/users/{self._my_id(account, session)}/tweets"
        start = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for page in session.pages(path, {**FIELDS, "start_time": start}):
            yield from page.get("data", [])

    def _post(self, item: Mapping[str, Any], author: str) -> Post:
        external_id = _external_id(item)
        return Post(
            id=external_id,
            url=self._url(author, external_id),
            at=datetime.fromisoformat(item["created_at"]),
            text=as_written(item),
            author=author,
        )

    def _published(self, account: str, external_id: str) -> Published:
        return Published(external_id, self._url(_handle(account), external_id))

    def _url(self, handle: str, external_id: str) -> str:
        # X leads from any name to the post, as it does from that of whoever passed it on.
        return f"{self._site}/{handle or 'i'}/status/{external_id.removeprefix(RETWEET)}"


@contextmanager
def reading() -> Iterator[None]:
    """Turn what cannot be read into Garbled."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Garbled("X's answer could not be read.") from None


def _impossible(payload: Payload) -> Refused | None:
    """Why this publisher cannot send `payload` at all."""
    if payload.kind != "original" and not _ID.fullmatch(payload.source.get("id", "")):
        return Refused("source", "It is not known which post on X is meant.")
    for media in payload.media:
        if media.mime not in PICTURES:
            return Refused("media-type", f"Files of this kind cannot be sent to X: {media.mime}.")
    return None


def _app_in(kept: Mapping[str, str]) -> dict[str, str]:
    return {name: kept[name] for name in ("client_id", "client_secret")}


def _told(me: Mapping[str, Any], name: str) -> bool | None:
    return bool(me[name]) if name in me else None


def _handle(account: str) -> str:
    return account.partition(":")[2]


def _external_id(item: Mapping[str, Any]) -> str:
    retweeted = pointed_at(item, "retweeted")
    return RETWEET + retweeted if retweeted else str(item["id"])


def _number(found: object) -> str:
    """An id as X gives it. Raises ValueError."""
    if not isinstance(found, str) or not _ID.fullmatch(found):
        raise ValueError
    return found


def _names_in(page: Mapping[str, Any]) -> dict[str, str]:
    users = page.get("includes", {}).get("users", [])
    return {user["id"]: str(user["username"]) for user in users}
