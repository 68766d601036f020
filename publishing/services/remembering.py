"""A restored database is noticed, even where nobody has said that it was restored.

Each machine with a worker keeps the last link of the sealed trail in a file beside the database. A
database that does not hold that link is not the one that was worked on: nothing is sent from it
until `manage.py after_restore` has put what waits in doubt.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from django.conf import settings

from accounts.models import Force
from audit.models import Record, Seal
from audit.services import record
from audit.verbs import Verb

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mark:
    """A link of the trail that was there at some time."""

    seq: int
    mac: str
    at: datetime

    @classmethod
    def kept(cls) -> Self | None:
        """What the file holds; nothing where there is none that can be read."""
        try:
            found = json.loads(_file().read_text())
            return cls(int(found["seq"]), str(found["mac"]), datetime.fromisoformat(found["at"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self) -> None:
        """Put it into the file, whole or not at all."""
        words = json.dumps({"seq": self.seq, "mac": self.mac, "at": self.at.isoformat()})
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(".new")
        new.write_text(words)
        new.replace(file)

    def is_there(self) -> bool:
        """Whether the database holds this link, or was said to be restored since."""
        if Seal.objects.filter(seq=self.seq, mac=self.mac).exists():
            return True
        said = Record.objects.filter(verb=Verb.DATABASE_RESTORED, at__gt=self.at)
        return said.exists()


def _file() -> Path:
    return Path(settings.TRAIL_MARK)


def is_another_database() -> bool:
    """Whether this database lacks what this machine has seen in it."""
    if not settings.TRAIL_MARK:
        return False
    mark = Mark.kept()
    return mark is not None and not mark.is_there()


def keep_mark(*, now: datetime) -> None:
    """Remember the last link of the trail, unless the database is another."""
    if not settings.TRAIL_MARK or is_another_database():
        return
    last = Seal.objects.order_by("-seq").first()
    if last is None:
        return
    try:
        Mark(last.seq, last.mac, now).keep()
    except OSError as error:
        logger.warning("The mark of the trail was not kept: %s", type(error).__name__)


def say_restored(*, taken_at: datetime, now: datetime) -> None:
    """Write down that it is known: every machine goes on from there."""
    for force in Force.objects.order_by("pk"):
        record(Verb.DATABASE_RESTORED, force, actor=None, at=now, taken_at=taken_at.isoformat())
