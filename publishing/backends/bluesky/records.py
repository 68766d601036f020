"""Records on a Bluesky server and their addresses: com.atproto.repo and what points into it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

from publishing.backends.base import CannotAsk, Media, Payload
from publishing.backends.bluesky.api import BlueskyRefusal, Session
from publishing.backends.http import Garbled

POST = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"
GET_RECORD = "com.atproto.repo.getRecord"
PAGE = 100
# On Bluesky a reply names nobody, and is meant for us all the same.
MENTIONS = ("mention", "reply")
_URI = re.compile(
    r"at://(did:[a-z]{1,20}:[A-Za-z0-9._:%-]{1,200})/([A-Za-z.]{1,100})/([A-Za-z0-9._~:-]{1,100})"
)


class Uri(NamedTuple):
    """The address of a record: at://did/collection/key."""

    did: str
    collection: str
    key: str

    def __str__(self) -> str:
        return f"at://{self.did}/{self.collection}/{self.key}"


class Changed(CannotAsk):
    """What is to be passed on or answered is not there as it was approved."""


@contextmanager
def reading() -> Iterator[None]:
    """Turn what cannot be read into Garbled."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Garbled("Bluesky's answer could not be read.") from None


def parsed(address: object) -> Uri | None:
    found = _URI.fullmatch(address) if isinstance(address, str) else None
    return Uri(*found.groups()) if found else None


def moment(time: str) -> datetime:
    """A time as records hold it."""
    found = datetime.fromisoformat(time)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def held(uri: Uri, session: Session) -> dict[str, Any] | None:
    """The record of that address, or None where there is none."""
    try:
        found = session.get(GET_RECORD, repo=uri.did, collection=uri.collection, rkey=uri.key)
    except BlueskyRefusal as refusal:
        if refusal.problem.is_not_found:
            return None
        raise
    value = found.get("value")
    if found.get("uri") != str(uri) or not isinstance(value, dict):
        raise Garbled("Bluesky answered with another record.")
    return value


def records(collection: str, session: Session) -> Iterator[dict[str, Any]]:
    """Every record of ours in a collection. Raises CannotAsk where a page is not complete."""
    cursor: dict[str, str] = {}
    while True:
        page = session.get(
            "com.atproto.repo.listRecords",
            repo=session.did, collection=collection, limit=PAGE, **cursor,
        )  # fmt: skip
        yield from page["records"]
        if not page["records"] or not page.get("cursor"):
            return
        cursor = {"cursor": page["cursor"]}


def notices(session: Session, cursor: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What happened around us, newest first, until before `cursor`; each with its own mark.

    Without a cursor only the latest page.
    """
    asked: dict[str, Any] = {"limit": PAGE, "reasons": list(MENTIONS)}
    while True:
        page = session.get("app.bsky.notification.listNotifications", **asked)
        marks = []
        for notice in page["notifications"]:
            at = moment(notice["indexedAt"]).astimezone(UTC).isoformat(timespec="microseconds")
            marks.append(f"{at} {notice['uri']}")
            yield marks[-1], notice
        asked["cursor"] = page.get("cursor")
        if not cursor or not marks or not asked["cursor"] or min(marks) < cursor:
            return


def source_of(payload: Payload, session: Session) -> dict[str, Any]:
    """The record that is passed on, quoted or answered: uri, cid and value. Raises Changed."""
    uri = parsed(payload.source["id"])
    assert uri
    try:
        found = session.get(GET_RECORD, repo=uri.did, collection=uri.collection, rkey=uri.key)
    except BlueskyRefusal as refusal:
        if refusal.problem.is_not_found:
            raise Changed("The post that is meant is no longer on Bluesky.") from None
        raise
    if found.get("uri") != str(uri) or not isinstance(found.get("cid"), str):
        raise Garbled("Bluesky answered with another record.")
    if payload.source.get("cid", found["cid"]) != found["cid"]:
        raise Changed("The post that is meant has been changed since.")
    return found


def pointer_to(record: Mapping[str, Any]) -> dict[str, str]:
    """A strong reference: an address, and the very content that it had."""
    return {"uri": str(record["uri"]), "cid": str(record["cid"])}


def root_of(source: Mapping[str, Any]) -> dict[str, str]:
    """Where the conversation began that `source` belongs to."""
    with reading():
        reply = source["value"].get("reply")
        return pointer_to(reply["root"]) if reply else pointer_to(source)


def did_of(handle: str, session: Session) -> str | None:
    try:
        did = session.get("com.atproto.identity.resolveHandle", handle=handle).get("did")
    except BlueskyRefusal as refusal:
        # Nobody's name, or one that the server cannot resolve: it stays text.
        if refusal.reply.status in {401, 429}:
            raise
        return None
    return did if isinstance(did, str) and did.startswith("did:") else None


def uploaded(media: Media, session: Session) -> dict[str, Any]:
    """One picture of an app.bsky.embed.images, its content uploaded."""
    found = session.post(
        "com.atproto.repo.uploadBlob", data=media.content, headers={"Content-Type": media.mime}
    )
    with reading():
        blob = found["blob"]
        image = {
            "$type": "blob",
            "ref": {"$link": str(blob["ref"]["$link"])},
            "mimeType": str(blob["mimeType"]),
            "size": int(blob["size"]),
        }
    return {"alt": media.alt_text, "image": image}
