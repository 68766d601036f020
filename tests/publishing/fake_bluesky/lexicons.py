"""What a record must be like; stricter than the real server about facets, which must fit a text."""

import re
from collections.abc import Mapping
from typing import Any

import regex

from tests.publishing.fake_bluesky.answers import POST, REPOST, Invalid

TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
RECORD_KEY = re.compile(r"[A-Za-z0-9._~:-]{1,512}")
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LARGEST_PICTURE = 1_000_000


class Lexicons:
    """The rules for records on a server that has these blobs: link to how records point at it."""

    def __init__(self, blobs: Mapping[str, Mapping[str, Any]]) -> None:
        self.blobs = blobs

    def check(self, value: Any, collection: str, key: str) -> None:
        """Raises Invalid for what the lexicon does not allow."""
        if not isinstance(value, dict) or value.get("$type") != collection:
            raise Invalid(f"Invalid $type: expected {collection}")
        if not RECORD_KEY.fullmatch(key):
            raise Invalid(f"Invalid record key: {key}")
        if collection in {POST, REPOST} and not TID.fullmatch(key):
            raise Invalid(f"Invalid record key for {collection}: Invalid TID")
        if not DATE.fullmatch(str(value.get("createdAt"))):
            raise self._bad(collection, "Invalid datetime", "createdAt")
        if collection == REPOST:
            self._check_pointer(value.get("subject"), collection)
        elif collection == POST:
            self._check_post(value)

    def _check_post(self, value: dict[str, Any]) -> None:
        text = value.get("text")
        if not isinstance(text, str):
            raise self._bad(POST, "Missing required key", "text")
        if len(text.encode()) > 3000:
            raise self._bad(POST, "string too big (maximum 3000)", "text")
        if (length := len(regex.findall(r"\X", text))) > 300:
            raise self._bad(POST, f"grapheme too big (maximum 300, got {length})", "text")
        for facet in value.get("facets", []):
            self._check_facet(facet, text.encode())
        for end in ("root", "parent") if "reply" in value else ():
            self._check_pointer(value["reply"].get(end), POST)
        self._check_embed(value.get("embed"))

    def _check_facet(self, facet: Any, content: bytes) -> None:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        if not 0 <= start < end <= len(content):
            raise self._bad(POST, "Past the text", "facets[0].index")
        try:
            content[start:end].decode()
        except UnicodeDecodeError:
            raise self._bad(POST, "Cuts a character in two", "facets[0].index") from None
        for feature in facet["features"]:
            wanted = {"link": "uri", "tag": "tag", "mention": "did"}
            name = wanted.get(str(feature["$type"]).rpartition("#")[2])
            if not name or not isinstance(feature.get(name), str):
                raise self._bad(POST, "Unknown feature", "facets[0].features[0]")

    def _check_embed(self, embed: Any) -> None:
        match embed:
            case None:
                return
            case {"$type": "app.bsky.embed.record", "record": pointer}:
                self._check_pointer(pointer, POST)
            case {"$type": "app.bsky.embed.recordWithMedia", "record": quoted, "media": media}:
                self._check_embed(quoted)
                self._check_embed(media)
            case {"$type": "app.bsky.embed.images", "images": [*images]} if len(images) <= 4:
                for image in images:
                    self._check_image(image)
            case _:
                raise self._bad(POST, "Unknown type or too many images", "embed")

    def _check_image(self, image: Any) -> None:
        if not isinstance(image.get("alt"), str):
            raise self._bad(POST, "Missing required key", "embed.images[0].alt")
        link = image["image"]["ref"]["$link"]
        if link not in self.blobs or image["image"] != self.blobs[link]:
            raise Invalid(f"Could not find blob: {link}", "BlobNotFound")
        if image["image"]["size"] > LARGEST_PICTURE:
            raise Invalid("This file is too large.", "BlobTooLarge")

    def _check_pointer(self, pointer: Any, collection: str) -> None:
        is_one = isinstance(pointer, dict) and {"uri", "cid"} <= set(pointer)
        if not is_one or not str(pointer["uri"]).startswith("at://did:"):
            raise self._bad(collection, "Expected a strong reference", "subject")

    def _bad(self, collection: str, what: str, where: str) -> Invalid:
        return Invalid(f"Invalid {collection} record: {what} at $.record.{where}")
