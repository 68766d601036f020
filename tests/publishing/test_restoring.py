"""A database that comes from a backup, and what has gone out since that was taken."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import SocialAccount
from accounts.roles import Role
from audit.models import Seal
from audit.services import seal
from notices.models import Notice
from publishing.clock import database_now
from publishing.models import Attempt, Delivery, WorkerHeartbeat
from publishing.services import (
    dispatch_due,
    doubt_what_waits,
    looks_restored,
    reconcile,
    watch,
)
from publishing.services.remembering import Mark
from publishing.workflow import Outcome, State
from tests.factories import Scene, submitted
from tests.publishing import stage

pytestmark = pytest.mark.django_db
TEN_MINUTES = timedelta(minutes=10)


def restored(delivery: Delivery) -> None:
    """The row as the backup has it: nothing has been tried."""
    columns = {"state": State.QUEUED, "fence": 0, "attempts_made": 0, "external_id": ""}
    Delivery.objects.filter(pk=delivery.pk).update(published_at=None, **columns)


def work_until_settled() -> None:
    moment = database_now()
    for _ in range(8):
        moment += timedelta(seconds=31)
        reconcile(now=moment)
        dispatch_due(now=moment)


class TestWhatWasSentSinceTheBackup:
    @pytest.mark.parametrize("publisher", ["default", "lookup", "token"])
    def test_is_found_and_not_sent_again(self, ledger: stage.Ledger, publisher: str) -> None:
        scene = Scene()
        SocialAccount.objects.update(publisher=publisher)
        sent, unsent = stage.due(scene, 2)
        Delivery.objects.filter(pk=unsent.pk).update(next_at=database_now() + TEN_MINUTES)
        dispatch_due(now=database_now())
        restored(sent)
        # The backup holds no sign of life from after it was taken.
        WorkerHeartbeat.objects.all().delete()
        now = database_now()
        done = doubt_what_waits(taken_at=now - TEN_MINUTES, now=now)
        assert (done.in_doubt, done.has_been_worked_on) == (2, False)
        assert stage.states() == {State.UNKNOWN: 2}

        work_until_settled()
        assert stage.states() == {State.PUBLISHED: 2}
        assert (ledger.times(sent), ledger.times(unsent)) == (1, 1)

    def test_comes_to_a_person_where_nobody_can_be_asked(self, ledger: stage.Ledger) -> None:
        scene = Scene()
        SocialAccount.objects.update(publisher="blind")
        (sent,) = stage.due(scene)
        dispatch_due(now=database_now())
        restored(sent)
        now = database_now()
        doubt_what_waits(taken_at=now - TEN_MINUTES, now=now)
        work_until_settled()
        assert stage.state_of(sent) == State.NEEDS_HUMAN
        assert ledger.times(sent) == 1


class TestWhatIsDueLater:
    def test_still_waits_for_its_time(self, ledger: stage.Ledger) -> None:
        later = database_now() + timedelta(days=1)
        (delivery,) = stage.due(Scene(), at=later)
        doubt_what_waits(taken_at=database_now() - TEN_MINUTES, now=database_now())
        work_until_settled()
        now = stage.fresh(delivery)
        assert (now.state, now.next_at, ledger.effects()) == (State.QUEUED, later, [])


class TestAnAttemptUnderWay:
    def test_is_one_without_an_answer(self) -> None:
        (delivery,) = stage.due(Scene(), state=State.SENDING, fence=1)
        Attempt.objects.create(delivery=delivery, fence=1, started_at=delivery.due_at)
        doubt_what_waits(taken_at=database_now(), now=database_now())
        outcomes = Attempt.objects.values_list("outcome", flat=True)
        assert list(outcomes) == [Outcome.UNKNOWN, Outcome.UNKNOWN]
        assert stage.fresh(delivery).fence == 2


class TestTheCommand:
    def test_says_what_people_have_to_look_at(self, capsys: pytest.CaptureFixture[str]) -> None:
        scene = Scene()
        stage.due(scene)
        stage.due(scene, state=State.MISSED)
        submitted(scene)
        reconcile(now=database_now())
        call_command("after_restore", taken_at=(database_now() - TEN_MINUTES).isoformat())
        said = capsys.readouterr().out
        assert "1 tweets that waited are looked up" in said
        assert "1 were missed, refused or with a person" in said
        assert "1 drafts waited for a decision" in said
        assert "A worker seems to have run" in said

    def test_does_nothing_twice(self) -> None:
        stage.due(Scene())
        now = database_now()
        assert doubt_what_waits(taken_at=now, now=now).in_doubt == 1
        assert doubt_what_waits(taken_at=now, now=now).in_doubt == 0
        assert Attempt.objects.count() == 1

    @pytest.mark.parametrize("moment", ["yesterday", "2026-01-01T10:00", "2999-01-01T00:00+00:00"])
    def test_refuses_what_is_no_time_of_a_backup(self, moment: str) -> None:
        with pytest.raises(CommandError):
            call_command("after_restore", taken_at=moment)


class TestARestoreThatNobodySaid:
    """The machine knows more than the database."""

    @pytest.fixture(autouse=True)
    def _mark(self, settings: Settings, tmp_path: Path) -> None:
        settings.TRAIL_MARK = str(tmp_path / "data" / "trail-mark.json")

    def forgotten(self, scene: Scene) -> Delivery:
        """A delivery that waits in a database that lacks what this machine has seen in it."""
        (delivery,) = stage.due(scene)
        Mark(seq=10**9, mac="of what was done since", at=database_now()).keep()
        return delivery

    def test_sends_nothing_and_alerts(self, ledger: stage.Ledger) -> None:
        scene = Scene()
        admin = scene.person(Role.COMMS_ADMIN)
        delivery = self.forgotten(scene)
        for _ in range(2):
            watch(now=database_now())
            dispatch_due(now=database_now())
            reconcile(now=database_now())
        assert (ledger.effects(), stage.state_of(delivery)) == ([], State.QUEUED)
        (notice,) = Notice.objects.filter(recipient_id=admin.pk, text__contains="older")
        assert "run manage.py after_restore" in notice.text
        assert looks_restored() == notice.text

    def test_goes_on_once_it_was_said(self, ledger: stage.Ledger) -> None:
        delivery = self.forgotten(Scene())
        now = database_now()
        watch(now=now)
        call_command("after_restore", "--taken-at", (now - TEN_MINUTES).isoformat())
        work_until_settled()
        assert ledger.times(delivery) == 1
        watch(now=database_now() + TEN_MINUTES)
        assert looks_restored() == ""

    def test_is_none_where_the_trail_goes_on(self, ledger: stage.Ledger) -> None:
        scene = Scene()
        for _ in range(2):
            (delivery,) = stage.due(scene)
            seal(now=database_now())
            watch(now=database_now())
            dispatch_due(now=database_now())
            assert ledger.times(delivery) == 1
        assert Mark.kept()
        assert looks_restored() == ""

    def test_is_found_when_the_links_are_others(self, ledger: stage.Ledger) -> None:
        delivery = self.forgotten(Scene())
        seal(now=database_now())
        last = Seal.objects.order_by("-seq").first()
        # The restored database has gone on under the same numbers.
        Mark(seq=last.seq if last else 1, mac="another", at=database_now()).keep()
        dispatch_due(now=database_now())
        assert ledger.times(delivery) == 0

    @pytest.mark.parametrize("words", ["", "{}", "[]", '{"seq": "x", "mac": "", "at": "soon"}'])
    def test_cannot_be_told_from_a_file_that_is_none(
        self, ledger: stage.Ledger, settings: Settings, words: str
    ) -> None:
        (delivery,) = stage.due(Scene())
        file = Path(settings.TRAIL_MARK)
        file.parent.mkdir()
        file.write_text(words)
        dispatch_due(now=database_now())
        assert ledger.times(delivery) == 1
