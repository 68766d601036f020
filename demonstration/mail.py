"""Mail that is not sent: it is put in a folder, and whoever tries Blue Lamp reads it on a page.

Only where settings.PRACTICE_MAIL names that folder: such mail holds links that let somebody in.
"""

import re
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage as Parsed
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

# The folder holds so many; the oldest go first.
MOST = 200
LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail: to whom, about what, when; its words in pieces, each with whether it is a link."""

    to: str
    subject: str
    at: datetime
    pieces: tuple[tuple[str, bool], ...]


class PracticeMail(BaseEmailBackend):
    """Puts mail into the folder instead of sending it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.PRACTICE_MAIL)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            # In the order in which they were written; another process may write at this moment.
            name = f"{time.time_ns():020}-{secrets.token_hex(4)}.eml"
            part = folder / f"{name}.part"
            part.touch(mode=0o600)
            part.write_bytes(message.message().as_bytes())
            part.rename(folder / name)
        for old in _files()[MOST:]:
            old.unlink(missing_ok=True)
        return len(email_messages)


def letters(most: int) -> list[Letter]:
    """The newest letters, the last one first."""
    return list(_read(_files()[:most]))


def _files() -> list[Path]:
    return sorted(Path(settings.PRACTICE_MAIL).glob("*.eml"), reverse=True)


def _read(files: Sequence[Path]) -> Iterator[Letter]:
    for file in files:
        try:
            held = file.read_bytes()
        except FileNotFoundError:
            # Another process has just cleared it away.
            continue
        mail = message_from_bytes(held, _class=Parsed, policy=default)
        body = mail.get_body(("plain",))
        words = body.get_content() if body else ""
        at = datetime.fromtimestamp(int(file.name.partition("-")[0]) / 1e9, tz=UTC)
        yield Letter(f"{mail['To']}", f"{mail['Subject']}", at, tuple(_pieces(words.strip())))


def _pieces(words: str) -> Iterator[tuple[str, bool]]:
    done = 0
    for link in LINK.finditer(words):
        yield words[done : link.start()], False
        # Only what leads here is one to press.
        yield link.group(), link.group().startswith(f"{settings.SITE_URL}/")
        done = link.end()
    yield words[done:], False
