"""A database that comes from a backup, and what has gone out since that was taken."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.models import SocialAccount
from publishing.clock import database_now
from publishing.models import Attempt, Delivery, WorkerHeartbeat
from publishing.services import dispatch_due, doubt_what_waits, reconcile
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
