"""Writing, sealing and verifying the trail."""

import hashlib
import hmac
import json
from collections.abc import Iterator
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


def _links() -> Iterator[tuple[Seal, Record | None]]:
    after = 0
    while page := list(Seal.objects.filter(seq__gt=after).order_by("seq")[:BATCH]):
        rows = Record.objects.in_bulk([link.record_id for link in page])
        for link in page:
            yield link, rows.get(link.record_id)
        after = page[-1].seq


def verify() -> Verdict:
    """Walk the whole chain and name the first broken row, if there is one."""
    count, mac = 0, ""
    for link, row in _links():
        if link.seq != count + 1:
            reason = f"seal {count + 1} is missing"
        elif row is None:
            reason = f"record {link.record_id} was deleted"
        elif not hmac.compare_digest(_mac(mac, row, link.sealed_at), link.mac):
            reason = f"record {link.record_id} or its seal was changed"
        else:
            count, mac = link.seq, link.mac
            continue
        return Verdict(count, 0, Fault(link.seq, link.record_id, reason))
    return Verdict(count, Record.objects.unsealed().count(), None)
