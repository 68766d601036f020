"""Writing, sealing and verifying the trail."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.db import connection, models, transaction

from audit.models import Record, Seal
from audit.verbs import Verb

# Any number will do as long as nothing else in the database locks it.
SEALER_LOCK = 0x5EA1
BATCH = 1000

# One line of the trail, for those who write it in SQL beside what it is about: each name in braces
# is a column of audit_record. Nobody did it: the system.
INSERT_RECORD = """INSERT INTO audit_record
    (at, verb, actor_id, actor_name, target_type, target_id, target_name, data)
    VALUES ({at}, {verb}, '', '', {target_type}, {target_id}, {target_name}, {data})"""


class Actor(Protocol):
    """Whoever did it: anything with a key and a name."""

    @property
    def pk(self) -> object: ...
    @property
    def full_name(self) -> str: ...


def record(
    verb: Verb, target: models.Model, *, actor: Actor | None, at: datetime, **data: object
) -> Record:
    """Write one line of the trail in the caller's transaction. `actor=None` is the system.

    `data` must be JSON. Only inserts: the sealer chains the rows later, so that the chain
    never makes services wait for each other.
    """
    return Record.objects.create(
        verb=verb,
        target_type=target._meta.model_name or "",
        target_id=str(target.pk),
        target_name=str(target)[:200],
        actor_id="" if actor is None else str(actor.pk),
        actor_name="" if actor is None else actor.full_name,
        at=at,
        data=data,
    )


def _mac(previous: str, row: Record, sealed_at: datetime) -> str:
    line = json.dumps(
        [
            previous,
            sealed_at.timestamp(),
            row.pk,
            row.at.timestamp(),
            row.verb,
            row.actor_id,
            row.actor_name,
            row.target_type,
            row.target_id,
            row.target_name,
            row.data,
        ],
        sort_keys=True,
        ensure_ascii=True,
        separators=(",", ":"),
    )
    return hmac.new(settings.AUDIT_KEY.encode(), line.encode(), hashlib.sha256).hexdigest()


def _become_the_only_sealer() -> bool:
    # SQLite: the surrounding BEGIN IMMEDIATE is the lock.
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
        (locked,) = cursor.fetchone()
    return bool(locked)


def seal(*, now: datetime) -> int:
    """Chain the committed records that are not sealed yet; return how many.

    Records are taken in the order in which they became visible to the sealer, so a
    transaction that commits late is sealed late instead of breaking the chain.
    """
    if not Record.objects.unsealed().exists():
        return 0
    with transaction.atomic():
        if not _become_the_only_sealer():
            return 0
        last = Seal.objects.order_by("-seq").first()
        seq, mac = (last.seq, last.mac) if last else (0, "")
        seals = []
        for row in Record.objects.unsealed()[:BATCH]:
            seq, mac = seq + 1, _mac(mac, row, now)
            seals.append(Seal(seq=seq, record_id=row.pk, mac=mac, sealed_at=now))
        Seal.objects.bulk_create(seals)
    return len(seals)


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where the trail does not hold: a seal's number and what is wrong."""

    seq: int
    record_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    sealed: int
    unsealed: int
    fault: Fault | None


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the chain that was found intact; the default is the place before the first."""

    seq: int = 0
    mac: str = ""

    def is_there(self) -> bool:
        """Whether the link still stands in the trail as it was."""
        return not self.seq or Seal.objects.filter(seq=self.seq, mac=self.mac).exists()


def verify() -> Verdict:
    """Walk the whole chain and name the first broken row, if there is one."""
    place, is_end = Place(), False
    while not is_end:
        place, is_end, fault = verify_next(place)
        if fault:
            return Verdict(place.seq, 0, fault)
    return Verdict(place.seq, Record.objects.unsealed().count(), None)


def verify_next(place: Place) -> tuple[Place, bool, Fault | None]:
    """Walk on from `place` over the next BATCH links.

    Returns the last intact link, whether the chain ends there, and the first fault if there is one.
    """
    page = list(Seal.objects.filter(seq__gt=place.seq).order_by("seq")[:BATCH])
    rows = Record.objects.in_bulk([link.record_id for link in page])
    for link in page:
        if reason := _broken(place, link, rows.get(link.record_id)):
            return place, True, Fault(link.seq, link.record_id, reason)
        place = Place(link.seq, link.mac)
    return place, len(page) < BATCH, None


def _broken(before: Place, link: Seal, row: Record | None) -> str:
    """What is wrong with one link, in words; empty when nothing is."""
    if link.seq != before.seq + 1:
        return f"seal {before.seq + 1} is missing"
    if row is None:
        return f"record {link.record_id} was deleted"
    if not hmac.compare_digest(_mac(before.mac, row, link.sealed_at), link.mac):
        return f"record {link.record_id} or its seal was changed"
    return ""
