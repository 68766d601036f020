"""Bluesky: write, look up, take down, read, by the lexicons com.atproto and app.bsky.

A post is a record in the account's own repository. Its key is made of the delivery's token and it
is written on the condition that there is none of that key yet: a second try changes nothing.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from publishing.backends.base import (
    Answer,
    CannotAsk,
    Limits,
    Lookup,
    Payload,
    Post,
    Profile,
    Published,
    Publisher,
    Refused,
    Secrets,
    Unknown,
)
from publishing.backends.bluesky.api import (
    CREDENTIALS,
    OPTIONAL_CREDENTIALS,
    BlueskyRefusal,
    Session,
)
from publishing.backends.bluesky.records import (
    MENTIONS,
    POST,
    REPOST,
    Changed,
    Uri,
    did_of,
    held,
    moment,
    notices,
    parsed,
    pointer_to,
    reading,
    records,
    root_of,
    source_of,
    uploaded,
)
from publishing.backends.bluesky.text import facets, key_of, moment_of
from publishing.backends.http import Garbled, Host, Reply, Timeouts, not_sent

PROFILE = "app.bsky.actor.profile"


class BlueskyPublisher(Publisher):
    """`base_url` is the server of every account whose credentials name no `server` of their own.

    An account's handle is the `handle` of its credentials, else its name here, completed by
    `domain`. `site` is where people see posts, `language` the one they are written in (BCP 47).
    The other options are those of `publishing.backends.http.Host`.
    """

    takes_token = True
    # The key stays taken for good; a year is as long as anybody asks.
    token_life = 365 * 24 * 3600
    lookup_kind = Lookup.RELIABLE
    can_delete = True
    can_read_timeline = True
    can_read_mentions = True
    can_read_profile = True
    serves = "bluesky"
    credentials = CREDENTIALS
    optional_credentials = OPTIONAL_CREDENTIALS
    limits = Limits(length=300, pictures=4, picture_bytes=1_000_000, alt_text=2000)

    def __init__(
        self,
        base_url: str = "https://bsky.social",
        *,
        domain: str = "bsky.social",
        site: str = "https://bsky.app",
        language: str = "en",
        proxy: str = "",
        ca_bundle: str = "",
        timeouts: Timeouts | None = None,
    ) -> None:
        self._host = Host(base_url, proxy=proxy, ca_bundle=ca_bundle, timeouts=timeouts)
        self._domain = domain
        self._site = site.rstrip("/")
        self._language = language

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        if refused := _impossible(payload):
            return refused
        try:
            session = self._session(payload.account, secrets)
            record = self._record(payload, session)
        except BlueskyRefusal as refusal:
            meaning = refusal.problem.meaning()
            # What comes before the record itself makes nothing public.
            return meaning if isinstance(meaning, Refused) else not_sent(refusal)
        except Changed as error:
            return Refused("source", str(error))
        except CannotAsk as error:
            return not_sent(error)
        uri = _uri_of(payload, session)
        body = {
            "repo": session.did,
            "collection": uri.collection,
            "rkey": uri.key,
            "record": record,
            # "There must be none": an explicit null.
            "swapRecord": None,
        }
        try:
            reply = session.hand_over("com.atproto.repo.putRecord", body)
        except CannotAsk as error:
            # It was not let in, and there is no newer session.
            return not_sent(error)
        return self._answer(payload, session, reply) if isinstance(reply, Reply) else reply

    def _answer(self, payload: Payload, session: Session, reply: Reply) -> Answer:
        published = self._published(payload, session)
        if not reply.is_success:
            problem = session.problem(reply)
            # Ours, by an earlier try.
            return published if problem.name == "InvalidSwap" else problem.meaning()
        try:
            if reply.json_object().get("uri") == published.id:
                return published
        except Garbled as error:
            return Unknown(str(error))
        return Unknown("Bluesky did not say that it has this post.")

    # --- what is sent

    def _record(self, payload: Payload, session: Session) -> dict[str, Any]:
        """The record that makes `payload` public; uploads its pictures."""
        source = source_of(payload, session) if payload.kind != "original" else {}
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        if payload.kind == "retweet":
            return {"$type": REPOST, "subject": pointer_to(source), "createdAt": now}
        record: dict[str, Any] = {
            "$type": POST,
            "text": payload.text,
            "langs": [self._language],
            "createdAt": now,
        }
        if found := facets(payload.text, lambda handle: did_of(handle, session)):
            record["facets"] = found
        if payload.kind == "reply":
            record["reply"] = {"root": root_of(source), "parent": pointer_to(source)}
        embeds: list[dict[str, Any]] = []
        if payload.kind == "quote":
            embeds.append({"$type": "app.bsky.embed.record", "record": pointer_to(source)})
        if payload.media:
            images = [uploaded(each, session) for each in payload.media]
            embeds.append({"$type": "app.bsky.embed.images", "images": images})
        match embeds:
            case [embed]:
                record["embed"] = embed
            case [quoted, pictures]:
                kind = "app.bsky.embed.recordWithMedia"
                record["embed"] = {"$type": kind, "record": quoted, "media": pictures}
        return record

    # --- questions

    def find(self, payload: Payload, secrets: Secrets, *, since: datetime) -> Published | None:
        session = self._session(payload.account, secrets)
        found = held(_uri_of(payload, session), session)
        return self._published(payload, session) if found else None

    def delete(self, account: str, external_id: str, secrets: Secrets) -> None:
        session = self._session(account, secrets)
        uri = parsed(external_id)
        if uri is None or uri.did != session.did or uri.collection not in {POST, REPOST}:
            raise CannotAsk("That is not the address of a post of this account.")
        asked = {"repo": uri.did, "collection": uri.collection, "rkey": uri.key}
        session.post("com.atproto.repo.deleteRecord", json=asked)
        # What was not there is deleted in the same words.
        if held(uri, session):
            raise CannotAsk("Bluesky says that it has deleted the post, and still has it.")

    def timeline(self, account: str, secrets: Secrets, *, since: datetime) -> list[Post]:
        """A record's key need not tell when it was made, so all of them are looked at."""
        session = self._session(account, secrets)
        found = []
        with reading():
            for collection in (POST, REPOST):
                for item in records(collection, session):
                    post = self._post(item, session.handle)
                    found += [post] if post.at >= since else []
        return sorted(found, key=lambda post: post.at)

    def mentions(
        self, account: str, secrets: Secrets, *, cursor: str = ""
    ) -> tuple[list[Post], str]:
        """The cursor is time and address of the last one; without one, only the latest page."""
        session = self._session(account, secrets)
        with reading():
            new = {
                mark: self._mention(notice)
                for mark, notice in notices(session, cursor)
                if mark > cursor and notice["reason"] in MENTIONS
            }
        return [new[mark] for mark in sorted(new)], max([cursor, *new])

    def profile(self, account: str, secrets: Secrets) -> Profile:
        session = self._session(account, secrets)
        me = session.get("com.atproto.server.getSession")
        with reading():
            handle = session.plain(me["handle"])
        shown = held(Uri(session.did, PROFILE, "self"), session) or {}
        name = session.plain(shown.get("displayName") or "")
        avatar = shown.get("avatar")
        ref = avatar.get("ref") if isinstance(avatar, dict) else None
        return Profile(
            handle,
            name,
            f"{self._site}/profile/{handle}",
            bio=session.plain(shown.get("description") or ""),
            picture=session.plain(ref.get("$link", "")) if isinstance(ref, dict) else "",
        )

    def _session(self, account: str, secrets: Secrets) -> Session:
        return Session(self._host, secrets, account, self._domain)

    # --- what comes back

    def _published(self, payload: Payload, session: Session) -> Published:
        uri = _uri_of(payload, session)
        if payload.kind == "retweet":
            # It has no page of its own.
            return Published(str(uri), self._page(payload.source["id"]))
        return Published(str(uri), self._page(str(uri), session.handle))

    def _page(self, address: str, name: str = "") -> str:
        """Where people see the post of that address. Raises ValueError."""
        uri = parsed(address)
        if uri is None:
            raise ValueError
        return f"{self._site}/profile/{name or uri.did}/post/{uri.key}"

    def _post(self, item: Mapping[str, Any], author: str) -> Post:
        """One of our own, from a record as it is listed."""
        uri, value = parsed(item["uri"]), item["value"]
        if uri is None:
            raise ValueError
        times = [moment(value["createdAt"]), moment_of(uri.key)]
        # Whoever writes by another app may give any time; the key is made by the app's clock.
        at = max(time for time in times if time)
        if uri.collection == REPOST:
            page = self._page(value["subject"]["uri"])
            return Post(id=str(uri), url=page, at=at, text=page, author=author)
        url = self._page(str(uri), author)
        return Post(id=str(uri), url=url, at=at, text=str(value["text"]), author=author)

    def _mention(self, notice: Mapping[str, Any]) -> Post:
        author = str(notice["author"]["handle"])
        return Post(
            id=str(notice["uri"]),
            url=self._page(notice["uri"]),
            at=moment(notice["indexedAt"]),
            text=str(notice["record"]["text"]),
            author=author,
        )


def _impossible(payload: Payload) -> Refused | None:
    """Why this publisher cannot send `payload` at all."""
    if payload.kind != "original":
        uri = parsed(payload.source.get("id", ""))
        if uri is None or uri.collection != POST:
            return Refused("source", "It is not known which post on Bluesky is meant.")
    for media in payload.media:
        if not media.mime.startswith("image/"):
            return Refused(
                "media-type", f"Files of this kind cannot be sent to Bluesky: {media.mime}."
            )
    return None


def _uri_of(payload: Payload, session: Session) -> Uri:
    collection = REPOST if payload.kind == "retweet" else POST
    return Uri(session.did, collection, key_of(payload.token))
