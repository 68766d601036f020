"""The console: prints what would go out, and keeps nothing. For trying things at a terminal."""

import sys
from typing import TextIO
from uuid import uuid4

from publishing.backends.base import (
    Answer,
    Payload,
    Profile,
    Published,
    Publisher,
    Secrets,
    Unknown,
)


class ConsolePublisher(Publisher):
    """Blind: it cannot be asked what became of a tweet, and knows no token again."""

    is_practice = True

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def publish(self, payload: Payload, secrets: Secrets) -> Answer:
        post_id = f"console-{uuid4()}"
        try:
            # Looked up each time: whoever leads the output elsewhere means it.
            print(_printed(payload, post_id), file=self._stream or sys.stdout, flush=True)
        except (OSError, ValueError) as error:
            return Unknown(f"The console did not take it ({type(error).__name__}).")
        return Published(id=post_id, url="")

    def profile(self, account: str, secrets: Secrets) -> Profile:
        return Profile(account.partition(":")[2], "Console", "")


def _printed(payload: Payload, post_id: str) -> str:
    """One tweet as lines of text."""
    relation = {"reply": " in reply to ", "retweet": " passing on "}.get(payload.kind, "")
    source = relation + payload.source["id"] if relation else ""
    pictures = [f"[{media.mime}: {media.alt_text}]" for media in payload.media]
    head = f"--- {payload.account} {post_id}{source}"
    return "\n".join([head, payload.text, *pictures, "---"])
