"""Sealing in a database that keeps what is committed, while others write and seal."""

from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from audit import services
from audit.models import Seal
from audit.services import record, seal, verify
from audit.verbs import Verb
from tests.factories import ForceFactory
from tests.publishing.stage import PATIENCE, Aside
from tests.races import at_once


class TestSealing:
    def test_makes_the_same_chain_on_both_databases(self, database: str) -> None:
        force = ForceFactory.create()
        for number in range(5):
            record(Verb.FORCE_CREATED, force, actor=None, at=timezone.now(), number=number)
            if number % 2:
                assert seal(now=timezone.now()) == 2
        assert verify() == services.Verdict(4, 1, None)


@pytest.mark.usefixtures("postgres")
class TestATransactionThatCommitsLate:
    def test_is_sealed_late_and_breaks_nothing(self) -> None:
        force = ForceFactory.create()
        written, go_on = Event(), Event()

        def slowly() -> int:
            with transaction.atomic():
                row = record(Verb.FORCE_CREATED, force, actor=None, at=timezone.now())
                written.set()
                assert go_on.wait(PATIENCE)
                return row.pk

        late = Aside(slowly)
        assert written.wait(PATIENCE)
        early = record(Verb.FORCE_CREATED, force, actor=None, at=timezone.now())
        assert seal(now=timezone.now()) == 1
        go_on.set()
        assert late.result() < early.pk
        assert seal(now=timezone.now()) == 1
        order = list(Seal.objects.order_by("seq").values_list("record_id", flat=True))
        assert order == [early.pk, late.result()]
        assert verify() == services.Verdict(2, 0, None)


@pytest.mark.usefixtures("postgres")
class TestSeveralSealers:
    def test_never_seal_the_same_record(self) -> None:
        force = ForceFactory.create()
        for _ in range(30):
            record(Verb.FORCE_CREATED, force, actor=None, at=timezone.now())
        sealed = at_once(*[lambda: seal(now=timezone.now())] * 4)
        assert sum(sealed) == 30
        assert verify() == services.Verdict(30, 0, None)

    def test_leave_it_to_the_one_that_is_at_work(self) -> None:
        record(Verb.FORCE_CREATED, ForceFactory.create(), actor=None, at=timezone.now())
        locked, go_on = Event(), Event()

        def hold() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [services.SEALER_LOCK])
                locked.set()
                assert go_on.wait(PATIENCE)

        other = Aside(hold)
        assert locked.wait(PATIENCE)
        assert seal(now=timezone.now()) == 0
        go_on.set()
        other.join()
        assert seal(now=timezone.now()) == 1
