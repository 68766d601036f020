"""One reminder: sent once, whatever happens meanwhile."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.roles import Role
from accounts.services import Step
from approvals.models import Reminder
from approvals.reasons import Reason
from approvals.services import reject, remind
from approvals.services.reminding import ONE_BY_ONE
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import withdraw
from notices.models import Notice
from notices.services import mark_read
from tests.approvals.reminding.stage import (
    AGE,
    ESCALATION,
    FIRST,
    HALF,
    HOUR,
    LAST,
    MINUTE,
    START,
    kinds,
    told,
    waiting,
)
from tests.factories import Scene, again, approve_it, handed_in, sign
from tests.races import at_once


@pytest.mark.django_db
class TestAReminder:
    def test_comes_once(self, scene: Scene) -> None:
        approver = scene.person(Role.COMMS_APPROVER)
        draft = waiting(scene, due=2 * HOUR)
        assert [remind(now=START + HOUR + n * MINUTE) for n in range(3)] == [1, 0, 0]
        assert len(told(approver)) == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            Reminder.objects.create(
                draft=draft, revision_number=draft.revision_number, kind=HALF, at=START,
                was_told=True,
            )  # fmt: skip

    def test_comes_again_for_another_run(self, scene: Scene) -> None:
        draft = waiting(scene, due=2 * HOUR)
        remind(now=START + HOUR)
        withdraw(draft, actor=draft.author, now=START + HOUR)
        draft.refresh_from_db()
        handed_in(draft, now=START + HOUR)
        # Anew from the first.
        assert [remind(now=START + HOUR + n * MINUTE) for n in (1, 2)] == [1, 0]
        assert remind(now=START + 90 * MINUTE) == 1
        assert draft.reminders.filter(kind=HALF).count() == 2

    @pytest.mark.usefixtures("database")
    def test_comes_again_for_another_step(self) -> None:
        scene = Scene()
        supervisor, approver = scene.person(Role.LPT_SUPERVISOR), scene.person(Role.COMMS_APPROVER)
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        draft = waiting(scene, due=2 * HOUR)
        for minutes, told_by_then in ((60, 1), (100, 1)):
            remind(now=START + minutes * MINUTE)
            assert len(told(supervisor)) == told_by_then
        sign(draft, by=supervisor, now=START + 104 * MINUTE)
        # The second step has a quarter of an hour left to it: its people hear so at once, and once.
        for minutes in (105, 106, 115):
            remind(now=START + minutes * MINUTE)
        assert [text for text in told(approver) if "waits for your decision" in text] == told(
            approver
        )
        assert len(told(approver)) == 1
        rows = draft.reminders.order_by("pk").values_list("step", "kind", "was_told")
        assert set(rows) == {
            (1, HALF, True), (1, FIRST, False), (2, LAST, True), (2, HALF, False),
            (2, AGE, False), (2, ESCALATION, False), (2, FIRST, False),
        }  # fmt: skip
        # Half of its time, and that it is nearly over: its author hears of each once.
        assert len(told(draft.author)) == 2

    @pytest.mark.usefixtures("database")
    def test_is_by_the_age_of_its_step(self) -> None:
        scene = Scene()
        supervisor, approver = scene.person(Role.LPT_SUPERVISOR), scene.person(Role.COMMS_APPROVER)
        duty = scene.person(Role.COMMS_DUTY)
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        draft = waiting(scene)
        for hours in (1, 3):
            remind(now=START + hours * HOUR)
        sign(draft, by=supervisor, now=START + 3 * HOUR)
        assert [remind(now=START + hours * HOUR) for hours in (3, 3.5)] == [1, 0]
        for hours in (4, 5, 6):
            remind(now=START + hours * HOUR)
        assert ["has waited" in text for text in told(approver)] == [False, True]
        # Once for each step that nobody decided at in spite of a reminder.
        assert len(told(duty)) == 2

    def test_is_none_once_somebody_has_decided(self, scene: Scene) -> None:
        approver = scene.person(Role.COMMS_APPROVER)
        approve_it(waiting(scene, due=2 * HOUR), by=approver, now=START)
        back = waiting(scene, due=2 * HOUR)
        withdraw(back, actor=back.author, now=START)
        assert remind(now=START + HOUR) == 0

    def test_after_two_hours_down_is_the_one_that_makes_sense(self, scene: Scene) -> None:
        approver, duty = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_DUTY)
        draft = waiting(scene, due=5 * HOUR)
        # Half, by age: all of it due, and the end as well.
        assert remind(now=START + 5 * HOUR - 10 * MINUTE) == 1
        assert (len(told(approver)), len(told(duty))) == (1, 1)
        assert kinds(draft) == {LAST}
        assert kinds(draft, was_told=False) == {HALF, AGE, ESCALATION, FIRST}
        assert remind(now=START + 5 * HOUR - 5 * MINUTE) == 0

    def test_stands_in_the_draft_s_history(self, scene: Scene) -> None:
        approver = scene.person(Role.COMMS_APPROVER)
        draft = waiting(scene, due=2 * HOUR)
        remind(now=START + HOUR)
        row = Record.objects.about(draft).last()
        assert row is not None
        assert (row.verb, row.data) == (
            Verb.DRAFT_REMINDED, {"kind": "half", "people": [approver.pk]},
        )  # fmt: skip

    def test_counts_as_read_when_somebody_decides(self, scene: Scene) -> None:
        approvers = [scene.person(Role.COMMS_APPROVER) for _ in range(2)]
        draft = waiting(scene, due=2 * HOUR)
        remind(now=START + 110 * MINUTE)
        assert Notice.objects.for_person(approvers[1].pk).unread().count() == 1
        reject(
            draft, actor=approvers[0], revision_number=draft.revision_number,
            revision_hash=draft.content_hash, reason=Reason.OTHER, sentence="No.",
            now=START + 111 * MINUTE,
        )  # fmt: skip
        assert not Notice.objects.for_person(approvers[1].pk).unread().exists()

    def test_counts_as_read_when_its_author_takes_it_back(self, scene: Scene) -> None:
        approver = scene.person(Role.COMMS_APPROVER)
        draft, other = waiting(scene, due=2 * HOUR), waiting(scene, due=2 * HOUR)
        remind(now=START + 110 * MINUTE)
        withdraw(draft, actor=draft.author, now=START + 111 * MINUTE)
        (left,) = Notice.objects.for_person(approver.pk).unread()
        assert left.link == other.get_absolute_url()

    def test_of_many_is_one_sentence(self, scene: Scene) -> None:
        approver, author = scene.person(Role.COMMS_APPROVER), scene.person()
        for _ in range(ONE_BY_ONE):
            waiting(scene, author=author, due=2 * HOUR)
        remind(now=START + HOUR)
        assert len(told(approver)) == ONE_BY_ONE
        mark_read(person_id=approver.pk, now=START + HOUR)
        for _ in range(ONE_BY_ONE + 1):
            waiting(scene, author=author, due=3 * HOUR)
        remind(now=START + 90 * MINUTE)
        (notice,) = Notice.objects.for_person(approver.pk).unread()
        assert notice.text.startswith("4 tweets wait for your decision. The most urgent: ")
        assert notice.link == "/review/"

    def test_asks_no_more_of_the_database_for_more_that_wait(
        self, scene: Scene, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        author = scene.person()
        for wanted in (2, 7):
            while Draft.objects.count() < wanted:
                waiting(scene, author=author)
            Reminder.objects.bulk_create(
                Reminder(draft=draft, revision_number=1, kind=FIRST, at=START, was_told=True)
                for draft in Draft.objects.filter(reminders=None)
            )
            with django_assert_max_num_queries(10):
                assert remind(now=START + MINUTE) == 0
            # Each has been looked at: nothing of them is read until something is due.
            with django_assert_max_num_queries(5):
                assert remind(now=START + MINUTE) == 0


@pytest.mark.usefixtures("database")
class TestOnBothDatabases:
    def test_the_same_is_due(self) -> None:
        scene = Scene()
        drafts = [waiting(scene), waiting(scene, due=2 * HOUR), waiting(scene, due=24 * HOUR)]
        seen = []
        for minutes in (0, 59, 60, 104, 105, 180):
            remind(now=START + minutes * MINUTE)
            seen.append([sorted(kinds(draft) - {FIRST}) for draft in drafts])
            assert all(FIRST in kinds(draft) for draft in drafts)
        assert seen == [
            [[], [], []],
            [[], [], []],
            [["age"], ["half"], ["age"]],
            [["age"], ["half"], ["age"]],
            [["age"], ["half", "last"], ["age"]],
            [["age", "escalation"], ["half", "last"], ["age", "escalation"]],
        ]

    def test_that_fails_half_way_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        scene = Scene()
        approver = scene.person(Role.COMMS_APPROVER)
        draft = waiting(scene, due=2 * HOUR)

        def die(*args: object, **kwargs: object) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as broken:
            broken.setattr("approvals.services.reminding.record", die)
            with pytest.raises(ZeroDivisionError):
                remind(now=START + HOUR)
        assert not draft.reminders.exists()
        assert told(approver) == []
        assert remind(now=START + HOUR) == 1


@pytest.mark.usefixtures("postgres")
class TestSeveralWorkers:
    def test_remind_once(self) -> None:
        scene = Scene()
        author, approver = scene.person(), scene.person(Role.COMMS_APPROVER)
        for _ in range(ONE_BY_ONE):
            waiting(scene, author=author, due=2 * HOUR)
        done = at_once(*[lambda: remind(now=START + HOUR)] * 4)
        assert sum(done) == Reminder.objects.filter(was_told=True).count() == ONE_BY_ONE
        assert len(told(approver)) == ONE_BY_ONE

    def test_leave_what_is_being_decided_on(self) -> None:
        scene = Scene()
        approver = scene.person(Role.COMMS_APPROVER)
        draft = waiting(scene, due=2 * HOUR)
        with transaction.atomic():
            Draft.objects.filter(pk=draft.pk).update(changed_at=START)
            (done,) = at_once(lambda: remind(now=START + HOUR))
        assert done == 0
        approve_it(draft, by=again(approver), now=START + HOUR)
        assert remind(now=START + HOUR) == 0
