"""Mastodon: an account on any server that speaks its API (docs.joinmastodon.org/methods).

A post is sent with the delivery's token as `Idempotency-Key`: within an hour the server answers
the same key with the same post. Passing a post on has no second effect by its nature.
"""

import re
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

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
from publishing.backends.html import words_of
from publishing.backends.http import Garbled, Host, Refusal, Reply, Talk, Timeouts, held, not_sent
from publishing.backends.pkce import challenge, verifier

#: What an account is asked to let Blue Lamp do.
SCOPES = "read write:statuses write:media"
PAGE = 40
#: What is longer than this many pages is not read to its end.
PAGES = 5
#: The server's clock may be behind ours by this much.
CLOCKS = timedelta(minutes=2)
#: Seconds between two looks at whether a picture has been processed.
LOOK_AGAIN = 0.3
NAME_OF_A_HOST = re.compile(
    r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE
)


class MastodonPublisher(Publisher):
    """`base_url` is the server of every account whose credentials name no `server` of its own.

    The other options are those of `publishing.backends.http.Host`.
    """

    takes_token = True
    token_life = 3600
    lookup_kind = Lookup.RELIABLE
    can_delete = True
    can_read_timeline = True
    can_read_mentions = True
    can_read_profile = True
    can_connect = True
    serves = "mastodon"
    credentials = ("access_token",)
    optional_credentials = ("server",)
    limits = Limits(length=500, pictures=4, picture_bytes=16_000_000, alt_text=1500)

    def __init__(
        self,
        base_url: str = "https://mastodon.social",
        *,
        proxy: str = "",
        ca_bundle: str = "",
        timeouts: Timeouts | None = None,
    ) -> None:
        self._host = Host(base_url, proxy=proxy, ca_bundle=ca_bundle, timeouts=timeouts)

    def _session(self, secrets: Secrets) -> "_Session":
        """Raises CannotAsk without usable credentials."""
        credentials = held(secrets, self.credentials)
        return _Session(self._host_of(credentials), credentials["access_token"])

    def _host_of(self, credentials: Mapping[str, str]) -> Host:
        """Raises CannotAsk."""
        server = credentials.get("server")
        if not server:
            return self._host
        if not NAME_OF_A_HOST.fullmatch(server):
            raise CannotAsk("The server's name is not one.", Cause.CREDENTIALS)
        return self._host.at(f"https://{server}")

    # --- connecting an account

    def invite(self, *, state: str, back_to: str, server: str = "") -> Invitation:
        """Each server knows its own apps: ours makes itself known there each time."""
        chosen = {"server": server} if server else {}
        host = self._host_of(chosen)
        reply = host.talk().ask(
            "POST",
            "/api/v1/apps",
            data={"client_name": "Blue Lamp", "redirect_uris": back_to, "scopes": SCOPES},
        )
        app = {name: _word(reply, name) for name in ("client_id", "client_secret")}
        secret = verifier()
        asked = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": back_to,
            "scope": SCOPES,
            "state": state,
            # Whoever is signed in there may be signed in as somebody else.
            "force_login": "true",
            **challenge(secret),
        }
        address = f"{host.base_url}/oauth/authorize?{urlencode(asked)}"
        return Invitation(address, {**chosen, **app, "verifier": secret})

    def accept(self, kept: Mapping[str, str], *, code: str, back_to: str) -> Grant:
        talk = self._host_of(kept).talk([kept["client_secret"], kept["verifier"], code])
        try:
            reply = talk.ask(
                "POST",
                "/oauth/token",
                data={
                    "grant_type": "authorization_code",
                    "code": code,
                    "redirect_uri": back_to,
                    "code_verifier": kept["verifier"],
                    **_app_in(kept),
                },
            )
        except Refusal as refusal:
            if refusal.reply.status not in {400, 401, 403}:
                raise
            words = "The server does not give access for this answer."
            raise CannotAsk(words, Cause.CREDENTIALS) from None
        chosen = {"server": kept["server"]} if kept.get("server") else {}
        ends_in = reply.json_object().get("expires_in")
        return Grant(
            {**chosen, "access_token": _word(reply, "access_token")},
            ends_in=float(ends_in) if isinstance(ends_in, int | float) else None,
        )

    def revoke(self, kept: Mapping[str, str], credentials: Mapping[str, str]) -> None:
        token = credentials["access_token"]
        talk = self._host_of(kept).talk([kept["client_secret"], token])
        talk.ask("POST", "/oauth/revoke", data={"token": token, **_app_in(kept)})

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        try:
            session = self._session(secrets)
            if payload.kind == "retweet":
                # Without a body: servers act on the head of this one.
                path = f"/api/v1/statuses/{_quoted(payload.source['id'])}/reblog"
                reply = session.hand_over(path, params={"visibility": "public"})
            else:
                reply = session.hand_over(
                    "/api/v1/statuses",
                    json=session.status_of(payload),
                    headers={"Idempotency-Key": str(payload.token)},
                )
        except Refusal as error:
            return _refused(session.talk, error.reply) or not_sent(error)
        except CannotAsk as error:
            # What comes before the post itself makes nothing public.
            return not_sent(error)
        if not isinstance(reply, Reply):
            return reply
        if not reply.is_success:
            return _judged(session.talk, reply)
        try:
            return session.published(reply.json_object())
        except Garbled as error:
            return Unknown(str(error))

    def find(self, payload: Payload, secrets: Secrets, *, since: datetime) -> Published | None:
        session = self._session(secrets)
        for status in session.own_statuses(since - CLOCKS):
            if session.is_of(status, payload):
                return session.published(status)
        return None

    def delete(self, account: str, external_id: str, secrets: Secrets) -> None:
        session = self._session(secrets)
        try:
            reply = session.ask("DELETE", f"/api/v1/statuses/{_quoted(external_id)}")
        except Refusal as error:
            if error.reply.status == HTTPStatus.NOT_FOUND:
                return
            raise
        if reply.json_object().get("id") != external_id:
            raise Garbled("The platform did not say that it deleted this post.")

    def timeline(self, account: str, secrets: Secrets, *, since: datetime) -> list[Post]:
        session = self._session(secrets)
        return [session.post(status) for status in reversed(session.own_statuses(since))]

    def mentions(
        self, account: str, secrets: Secrets, *, cursor: str = ""
    ) -> tuple[list[Post], str]:
        """The cursor is the id of the last notification; without one, only the latest page."""
        session = self._session(secrets)
        found: list[Post] = []
        for _ in range(PAGES):
            # min_id gives the page that follows it; since_id would skip to the newest one.
            after = {"min_id": cursor} if cursor else {}
            page = session.ask(
                "GET",
                "/api/v1/notifications",
                params={"types[]": "mention", "limit": PAGE, **after},
            ).json_list()
            found += [session.post(_object(notice, "status")) for notice in reversed(page)]
            was_first, cursor = not cursor, session.id_of(page[0]) if page else cursor
            if was_first or len(page) < PAGE:
                break
        return found, cursor

    def profile(self, account: str, secrets: Secrets) -> Profile:
        session = self._session(secrets)
        me = session.me()
        session.id_of(me)
        return Profile(
            handle=session.talk.plain(me.get("acct", "")),
            name=session.talk.plain(me.get("display_name", "")),
            url=session.address(me.get("url")),
            **_shown(session.talk, me),
        )


class _Session:
    """One answer's conversation with one server, as one account."""

    def __init__(self, host: Host, access_token: str) -> None:
        self.base_url = host.base_url
        self.talk = host.talk(hidden=[access_token])
        self._headers = {"Authorization": f"Bearer {access_token}"}

    def ask(self, method: str, path: str, **request: Any) -> Reply:
        return self.talk.ask(method, path, headers=self._headers, **request)

    def hand_over(
        self, path: str, headers: Mapping[str, str] | None = None, **request: Any
    ) -> Reply | NotSent | Unknown:
        return self.talk.hand_over(
            "POST", path, headers={**self._headers, **(headers or {})}, **request
        )

    # --- what is sent

    def status_of(self, payload: Payload) -> dict[str, Any]:
        """A status as the API takes it; its pictures are uploaded for that."""
        status: dict[str, Any] = {"status": payload.text, "visibility": "public"}
        if payload.kind == "reply":
            status["in_reply_to_id"] = payload.source["id"]
        if payload.media:
            status["media_ids"] = [self._uploaded(media) for media in payload.media]
        return status

    def _uploaded(self, media: Media) -> str:
        """The id of a picture that is ready to be used."""
        name = f"{media.digest[:16]}.{media.mime.rpartition('/')[2]}"
        reply = self.ask(
            "POST",
            "/api/v2/media",
            files={"file": (name, media.content, media.mime)},
            data={"description": media.alt_text},
        )
        media_id = self.id_of(reply.json_object())
        while reply.status in (HTTPStatus.ACCEPTED, HTTPStatus.PARTIAL_CONTENT):
            time.sleep(min(LOOK_AGAIN, max(self.talk.time_left(), 0)))
            reply = self.ask("GET", f"/api/v1/media/{_quoted(media_id)}")
        return media_id

    # --- what comes back

    def me(self) -> dict[str, Any]:
        return self.ask("GET", "/api/v1/accounts/verify_credentials").json_object()

    def own_statuses(self, since: datetime) -> list[dict[str, Any]]:
        """Our own statuses at or after `since`, newest first. Raises CannotAsk if too many."""
        path = f"/api/v1/accounts/{_quoted(self.id_of(self.me()))}/statuses"
        found: list[dict[str, Any]] = []
        before: dict[str, str] = {}
        for _ in range(PAGES):
            page = self.ask("GET", path, params={"limit": PAGE, **before}).json_list()
            recent = [status for status in page if _moment(status) >= since]
            found += recent
            if len(page) < PAGE or len(recent) < len(page):
                return found
            before = {"max_id": self.id_of(page[-1])}
        raise CannotAsk("There are too many posts to look through.")

    def is_of(self, status: Mapping[str, Any], payload: Payload) -> bool:
        """Whether `status` says what `payload` says, where and how it says it."""
        passed_on = status.get("reblog")
        if payload.kind == "retweet":
            return isinstance(passed_on, dict) and passed_on.get("id") == payload.source["id"]
        answers = payload.source["id"] if payload.kind == "reply" else None
        pictures = status.get("media_attachments") or ()
        return (
            not passed_on
            and status.get("in_reply_to_id") == answers
            and len(pictures) == len(payload.media)
            and self._source_of(status) == payload.text.strip()
        )

    def _source_of(self, status: Mapping[str, Any]) -> str:
        """The words as they were sent: what is shown leaves out parts of links and names."""
        path = f"/api/v1/statuses/{_quoted(self.id_of(status))}/source"
        return str(self.ask("GET", path).json_object().get("text", "")).strip()

    def published(self, status: Mapping[str, Any]) -> Published:
        """Raises Garbled."""
        return Published(self.id_of(status), self._address_of(status))

    def post(self, status: Mapping[str, Any]) -> Post:
        """Raises Garbled."""
        shown = status
        if isinstance(status.get("reblog"), dict):
            shown = status["reblog"]
        return Post(
            id=self.id_of(status),
            url=self._address_of(status),
            at=_moment(status),
            text=words_of(str(shown.get("content", ""))),
            author=self.talk.plain(_object(status, "account").get("acct", "")),
        )

    def id_of(self, thing: Mapping[str, Any]) -> str:
        """Raises Garbled where there is no usable id."""
        found = thing.get("id")
        if not isinstance(found, str) or not self.talk.is_plain(found, longest=100):
            raise Garbled("The platform gave an answer without an id.")
        return found

    def _address_of(self, status: Mapping[str, Any]) -> str:
        # A boost has no page of its own.
        return self.address(status.get("url")) or (
            f"{self.base_url}/web/statuses/{self.id_of(status)}"
        )

    def address(self, url: object) -> str:
        """An address that may be shown as a link, or nothing."""
        if not isinstance(url, str) or not url.startswith(("https://", "http://")):
            return ""
        return url if self.talk.is_plain(url, longest=300) else ""


def _word(reply: Reply, name: str) -> str:
    word = reply.json_object().get(name)
    if not isinstance(word, str) or not word:
        raise Garbled("The platform left a part out of its answer.")
    return word


def _shown(talk: Talk, me: Mapping[str, Any]) -> dict[str, Any]:
    """What the public sees of the account besides its name."""
    source = me.get("source")
    written = source if isinstance(source, dict) else {}
    fields = written.get("fields")
    links = [
        field["value"]
        for field in (fields if isinstance(fields, list) else [])
        if isinstance(field, dict) and str(field.get("value", "")).startswith("http")
    ]
    bio = written["note"] if "note" in written else words_of(str(me.get("note", "")))
    return {
        "bio": talk.plain(bio, longest=1000),
        "link": talk.plain(links[0]) if links else "",
        "picture": talk.plain(me["avatar"]) if "avatar" in me else None,
        # Whoever wants to follow it is asked first.
        "is_protected": bool(me["locked"]) if "locked" in me else None,
    }


def _app_in(kept: Mapping[str, str]) -> dict[str, str]:
    return {name: kept[name] for name in ("client_id", "client_secret")}


def _quoted(part: str) -> str:
    return quote(part, safe="")


def _object(thing: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = thing.get(name)
    if not isinstance(value, dict):
        raise Garbled("The platform left a part out of its answer.")
    return value


def _moment(status: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(status["created_at"])
    except (KeyError, TypeError, ValueError):
        raise Garbled("The platform gave a post without a time.") from None
    if moment.tzinfo is None:
        raise Garbled("The platform gave a post without a time zone.")
    return moment


def _refused(talk: Talk, reply: Reply) -> Refused | None:
    """What a 4xx about the content says; None for everything else."""
    if reply.status not in {400, 404, 406, 410, 413, 415, 422}:
        return None
    try:
        said = talk.plain(reply.json_object().get("error", ""))
    except Garbled:
        said = ""
    return Refused(str(reply.status), said or f"The platform refused this ({reply.status}).")


def _judged(talk: Talk, reply: Reply) -> Answer:
    if refused := _refused(talk, reply):
        return refused
    if reply.status == HTTPStatus.FORBIDDEN:
        # A login that is disabled or whose rights do not reach: nothing that this post can mend.
        return NotSent("The platform does not let this account post.", cause=Cause.CREDENTIALS)
    return Unknown(f"The platform answered with an error ({reply.status}).")
