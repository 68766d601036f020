"""The chain over the trail, and finding whatever was tampered with."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from audit import services
from audit.models import Record, Seal
from audit.services import record, seal, verify
from audit.verbs import Verb
from tests.factories import ForceFactory, UserFactory

ROWS = 40


def fill(count: int = ROWS) -> None:
    """`count` records, sealed in three goes."""
    force, actor, now = ForceFactory.create(), UserFactory.create(), timezone.now()
    for number in range(count):
        at = now + timedelta(seconds=number)
        record(Verb.FORCE_CREATED, force, actor=actor, at=at, number=number, words=["a", None])
        if number % (count // 3) == 0:
            seal(now=at)
    seal(now=now)


@contextmanager
def without_triggers() -> Iterator[None]:
    """What somebody with the database in their hands can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.django_db
class TestSealing:
    def test_covers_every_record_once_in_order(self) -> None:
        fill()
        seals = list(Seal.objects.order_by("seq"))
        assert [link.seq for link in seals] == list(range(1, ROWS + 1))
        records = Record.objects.order_by("pk").values_list("pk", flat=True)
        assert [link.record_id for link in seals] == list(records)
        assert not Record.objects.unsealed().exists()
        assert str(seals[0]) == "Seal 1"

    def test_again_does_nothing(self) -> None:
        fill()
        assert seal(now=timezone.now()) == 0
        assert Seal.objects.count() == ROWS

    def test_goes_on_from_the_last_seal(self) -> None:
        fill()
        record(Verb.FORCE_CREATED, ForceFactory.create(), actor=None, at=timezone.now())
        assert verify().unsealed == 1
        assert seal(now=timezone.now()) == 1
        assert verify() == services.Verdict(ROWS + 1, 0, None)

    def test_takes_a_batch_at_a_time(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(services, "BATCH", 7)
        force = ForceFactory.create()
        for _ in range(10):
            record(Verb.FORCE_CREATED, force, actor=None, at=timezone.now())
        assert [seal(now=timezone.now()) for _ in range(3)] == [7, 3, 0]
        assert verify() == services.Verdict(10, 0, None)

    def test_of_nothing_is_nothing(self) -> None:
        assert seal(now=timezone.now()) == 0
        assert verify() == services.Verdict(0, 0, None)


Tampering = Callable[[random.Random, list[int], list[int]], int]


def change_a_field(chance: random.Random, records: list[int], seals: list[int]) -> int:
    place = chance.randrange(len(records))
    changes: list[dict[str, Any]] = [
        {"actor_name": f"Somebody {chance.random()}"},
        {"actor_id": str(chance.randrange(10**6, 10**7))},
        {"verb": Verb.DRAFT_APPROVED},
        {"target_type": "draft"},
        {"target_id": str(chance.randrange(10**6, 10**7))},
        {"target_name": "Another force"},
        {"data": {"number": chance.random()}},
        {"at": timezone.now() + timedelta(microseconds=chance.randrange(1, 10**12))},
    ]
    Record.objects.filter(pk=records[place]).update(**chance.choice(changes))
    return seals[place]


def delete_a_record(chance: random.Random, records: list[int], seals: list[int]) -> int:
    place = chance.randrange(len(records))
    Record.objects.filter(pk=records[place]).delete()
    return seals[place]


def change_a_mac(chance: random.Random, records: list[int], seals: list[int]) -> int:
    place = chance.randrange(len(seals))
    Seal.objects.filter(seq=seals[place]).update(mac=f"{chance.getrandbits(256):064x}")
    return seals[place]


def change_the_time_of_a_seal(chance: random.Random, records: list[int], seals: list[int]) -> int:
    place = chance.randrange(len(seals))
    at = timezone.now() + timedelta(seconds=chance.randrange(1000, 10**6))
    Seal.objects.filter(seq=seals[place]).update(sealed_at=at)
    return seals[place]


def delete_a_seal(chance: random.Random, records: list[int], seals: list[int]) -> int:
    # The last one aside: its record would simply be sealed again.
    place = chance.randrange(len(seals) - 1)
    Seal.objects.filter(seq=seals[place]).delete()
    return seals[place + 1]


def delete_a_record_with_its_seal(
    chance: random.Random, records: list[int], seals: list[int]
) -> int:
    place = chance.randrange(len(seals) - 1)
    Seal.objects.filter(seq=seals[place]).delete()
    Record.objects.filter(pk=records[place]).delete()
    return seals[place + 1]


def swap_two_records(chance: random.Random, records: list[int], seals: list[int]) -> int:
    one, two = sorted(chance.sample(range(len(seals)), 2))
    first, second = Seal.objects.get(seq=seals[one]), Seal.objects.get(seq=seals[two])
    Seal.objects.filter(seq=first.seq).update(record_id=-1)
    Seal.objects.filter(seq=second.seq).update(record_id=first.record_id)
    Seal.objects.filter(seq=first.seq).update(record_id=second.record_id)
    return seals[one]


def slip_a_record_in(chance: random.Random, records: list[int], seals: list[int]) -> int:
    place = chance.randrange(len(seals))
    row = Record.objects.get(pk=records[place])
    row.pk, row.actor_name = None, "Somebody else"
    row.save()
    Seal.objects.filter(seq=seals[place]).update(record_id=row.pk)
    return seals[place]


TAMPERINGS = [
    change_a_field,
    delete_a_record,
    change_a_mac,
    change_the_time_of_a_seal,
    delete_a_seal,
    delete_a_record_with_its_seal,
    swap_two_records,
    slip_a_record_in,
]


@pytest.mark.django_db
class TestTampering:
    @pytest.mark.parametrize("tamper", TAMPERINGS)
    def test_is_found_and_its_first_row_named(self, tamper: Tampering) -> None:
        fill()
        records = list(Record.objects.order_by("pk").values_list("pk", flat=True))
        seals = list(Seal.objects.order_by("seq").values_list("seq", flat=True))
        assert verify().fault is None
        for number in range(25):
            chance = random.Random(f"{tamper.__name__} {number}")
            with transaction.atomic():
                with without_triggers():
                    broken = tamper(chance, records, seals)
                verdict = verify()
                assert verdict.fault, f"{tamper.__name__} number {number} was not found"
                assert verdict.fault.seq == broken
                assert verdict.sealed == broken - 1 - (
                    tamper in (delete_a_seal, delete_a_record_with_its_seal)
                )
                transaction.set_rollback(True)
        assert verify().fault is None

    def test_without_the_key_cannot_be_hidden(self, settings: object) -> None:
        fill()
        settings.AUDIT_KEY = "another key that somebody guessed"  # type: ignore[attr-defined]
        verdict = verify()
        assert verdict.fault
        assert verdict.fault.seq == 1


@pytest.mark.django_db
class TestVerifyAudit:
    def test_says_that_all_is_well(self, capsys: pytest.CaptureFixture[str]) -> None:
        fill()
        record(Verb.FORCE_CREATED, ForceFactory.create(), actor=None, at=timezone.now())
        call_command("verify_audit")
        assert capsys.readouterr().out == (
            "The audit trail is intact: 40 records sealed, 1 waiting for their seal.\n"
        )

    def test_names_the_first_broken_row(self) -> None:
        fill()
        row = Record.objects.get(pk=Seal.objects.get(seq=17).record_id)
        with without_triggers():
            Record.objects.filter(pk__gte=row.pk).update(actor_name="Somebody else")
        with pytest.raises(CommandError) as found:
            call_command("verify_audit")
        assert str(found.value) == (
            f"The audit trail is broken at seal 17: record {row.pk} or its seal was changed."
            " The 16 records before it are intact."
        )

    @pytest.mark.parametrize(
        ("tamper", "words"),
        [(delete_a_record, "was deleted"), (delete_a_seal, "is missing")],
    )
    def test_says_what_is_gone(self, tamper: Tampering, words: str) -> None:
        fill()
        records = list(Record.objects.order_by("pk").values_list("pk", flat=True))
        seals = list(Seal.objects.order_by("seq").values_list("seq", flat=True))
        with without_triggers():
            tamper(random.Random(1), records, seals)
        with pytest.raises(CommandError, match=words):
            call_command("verify_audit")
