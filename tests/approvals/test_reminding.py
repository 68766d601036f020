"""Reminders of what waits: the right people, once each, and never a burst."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.duty import UK, Hours
from accounts.models import Quorum, User
from accounts.roles import Role
from accounts.services import Step, set_hours
from approvals.models import Reminder, ReminderKind
from approvals.reasons import Reason
from approvals.services import delegate, expire_overdue, reject, remind
from approvals.services.reminding import ONE_BY_ONE
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.schedule import Planned
from drafts.services import withdraw
from notices.models import Kind, Notice, Way
from notices.services import choose, mark_read, send_mail_due
from tests.factories import LPTFactory, Scene, again, approve_it, handed_in, sign, submitted
from tests.races import at_once

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NEAR = timedelta(hours=4)
# A Monday morning; communications is open from seven to nine in the evening.
START = datetime(2026, 11, 23, 9, tzinfo=UK)
LAST, ESCALATION, HALF, AGE, FIRST = ReminderKind


@pytest.fixture
def scene() -> Scene:
    return Scene()


def waiting(scene: Scene, *, due: timedelta | None = None, **draft: object) -> Draft:
    """Submitted at START, and to go out so long after."""
    planned = Planned(at=START + due, wall="") if due else None
    return submitted(scene, now=START, planned=planned, **draft)  # type: ignore[arg-type]


def told(person: User) -> list[str]:
    return [notice.text for notice in Notice.objects.for_person(person.pk)][::-1]


def kinds(draft: Draft, *, was_told: bool = True) -> set[str]:
    return set(draft.reminders.filter(was_told=was_told).values_list("kind", flat=True))


def every(span: timedelta, until: timedelta) -> list[tuple[timedelta, set[str]]]:
    """Run the sweep again and again; what was given when, counted from START."""
    found, now = [], START
    while now <= START + until:
        before = {(r.draft_id, r.kind) for r in Reminder.objects.filter(was_told=True)}
        remind(now=now)
        after = {(r.draft_id, r.kind) for r in Reminder.objects.filter(was_told=True)}
        if after - before:
            found.append((now - START, {kind for _, kind in after - before}))
        now += span
    return found


@pytest.mark.django_db
class TestAPlannedDraft:
    def test_is_reminded_of_at_half_and_before_the_end(self, scene: Scene) -> None:
        draft = waiting(scene, due=2 * HOUR)
        assert every(MINUTE, 2 * HOUR) == [
            (timedelta(), {FIRST}),
            (HOUR, {HALF}),
            (105 * MINUTE, {LAST}),
        ]
        assert kinds(draft, was_told=False) == {AGE, ESCALATION}

    def test_is_reminded_of_once_where_its_time_is_near(self, scene: Scene) -> None:
        waiting(scene, due=10 * MINUTE)
        assert every(MINUTE, 10 * MINUTE) == [(timedelta(), {LAST})]

    def test_of_tomorrow_is_reminded_of_by_age_too(self, scene: Scene) -> None:
        waiting(scene, due=24 * HOUR)
        assert every(15 * MINUTE, 24 * HOUR) == [
            (timedelta(), {FIRST}),
            (HOUR, {AGE}),
            (3 * HOUR, {ESCALATION}),
            (12 * HOUR, {HALF}),
            (24 * HOUR - 15 * MINUTE, {LAST}),
        ]

    def test_is_reminded_of_no_more_after_its_time(self, scene: Scene) -> None:
        waiting(scene, due=2 * HOUR)
        assert remind(now=START + 2 * HOUR) == 0


@pytest.mark.django_db
class TestWhenADraftIsLookedAtNext:
    """What keeps a sweep from reading everything that waits."""

    def looks(self, draft: Draft, at: timedelta) -> tuple[timedelta | None, timedelta | None]:
        """Remind `at` that long after START; then when, at any hour and by day, counted from it."""
        remind(now=START + at)
        row = Draft.objects.get(pk=draft.pk)
        at_any_hour, by_day = (
            moment - START if moment else None for moment in (row.remind_at, row.remind_by_day_at)
        )
        return at_any_hour, by_day

    def test_is_when_the_next_reminder_is_due(self, scene: Scene) -> None:
        draft, last = waiting(scene, due=24 * HOUR), 24 * HOUR - 15 * MINUTE
        assert self.looks(draft, timedelta()) == (12 * HOUR, HOUR)
        assert self.looks(draft, HOUR) == (12 * HOUR, 3 * HOUR)
        assert self.looks(draft, 3 * HOUR) == (12 * HOUR, None)
        assert self.looks(draft, 12 * HOUR) == (last, None)
        assert self.looks(draft, last) == (24 * HOUR, None)

    @pytest.mark.parametrize(("due", "by_day"), [(NEAR, None), (NEAR + MINUTE, HOUR)])
    def test_is_not_by_its_age_where_its_time_is_near(
        self, scene: Scene, due: timedelta, by_day: timedelta | None
    ) -> None:
        assert self.looks(waiting(scene, due=due), timedelta()) == (due / 2, by_day)

    def test_goes_by_when_it_came_to_its_step(self, scene: Scene) -> None:
        people = [scene.person(Role.COMMS_APPROVER) for _ in range(3)]
        scene.route(*[Step((Role.COMMS_APPROVER,))] * 3)
        draft = waiting(scene, due=24 * HOUR)
        for hours, person in ((2, people[0]), (4, people[1])):
            sign(draft, by=person, now=START + hours * HOUR)
            draft.refresh_from_db()
            came = hours * HOUR
            halfway = came + (24 * HOUR - came) / 2
            assert self.looks(draft, came) == (halfway, came + HOUR)

    def test_too_early_is_no_reason_to_call_anybody(self, scene: Scene) -> None:
        scene.person(Role.COMMS_DUTY)
        draft = waiting(scene, due=24 * HOUR)
        self.looks(draft, HOUR)
        Draft.objects.update(remind_at=START)
        assert remind(now=START + 2 * HOUR) == 0
        assert kinds(draft) == {AGE}


@pytest.mark.django_db
class TestAsSoonAsApproved:
    def test_is_reminded_of_by_age_then_at_half_of_the_week(
        self, scene: Scene, settings: Settings
    ) -> None:
        waiting(scene)
        week = settings.DECIDE_WITHIN
        given = [timedelta(), HOUR, 3 * HOUR, week / 2, week - 15 * MINUTE]
        looks = [
            given[0],
            given[0] + MINUTE,
            *(look for at in given[1:] for look in (at - MINUTE, at)),
        ]
        found = [remind(now=START + look) for look in looks]
        assert found == [1, 0, 0, 1, 0, 1, 0, 1, 0, 1]
        rows = Reminder.objects.order_by("at").values_list("at", "kind", "was_told")
        assert [(at - START, kind) for at, kind, was_told in rows if was_told] == [
            *zip(given, [FIRST, AGE, ESCALATION, HALF, LAST], strict=True)
        ]

    def test_waits_with_its_age_until_communications_opens(self, scene: Scene) -> None:
        scene.person(Role.COMMS_APPROVER)
        evening = START.replace(hour=20, minute=30)
        draft = submitted(scene, now=evening)
        for minutes in range(0, 10 * 60, 30):
            remind(now=evening + minutes * MINUTE)
        assert kinds(draft) == {FIRST}
        morning = START.replace(day=24, hour=7)
        assert remind(now=morning) == 1
        assert kinds(draft) == {FIRST, AGE}
        # The duty officers are called two hours after that, and not at once.
        assert remind(now=morning + 2 * HOUR - MINUTE) == 0
        assert remind(now=morning + 2 * HOUR) == 1
        assert kinds(draft) == {FIRST, AGE, ESCALATION}

    def test_waits_for_ever_where_it_never_opens(self, scene: Scene) -> None:
        set_hours(scene.force, [None] * 7, actor=scene.person(Role.COMMS_ADMIN), now=START)
        waiting(scene)
        assert every(HOUR, 24 * HOUR) == [(timedelta(), {FIRST})]

    def test_goes_by_the_hours_of_its_own_force(self, scene: Scene) -> None:
        other = Scene()
        night = [Hours(START.time().replace(hour=22), START.time().replace(hour=23))] * 7
        set_hours(other.force, night, actor=other.person(Role.COMMS_ADMIN), now=START)
        here, there = waiting(scene), waiting(other)
        assert remind(now=START + 2 * HOUR) == 2
        assert (kinds(here), kinds(there)) == ({AGE}, {FIRST})


@pytest.mark.django_db
class TestWhoIsReminded:
    @pytest.fixture
    def people(self, scene: Scene) -> dict[str, User]:
        abroad = Scene()
        return {
            "author": scene.person(),
            "colleague": scene.person(),
            "supervisor": scene.person(Role.LPT_SUPERVISOR),
            "other supervisor": scene.person(Role.LPT_SUPERVISOR, lpt=scene.other_account().lpt),
            "approver": scene.person(Role.COMMS_APPROVER),
            "duty": scene.person(Role.COMMS_DUTY),
            "admin": scene.person(Role.COMMS_ADMIN),
            "abroad": abroad.person(Role.COMMS_APPROVER),
        }

    def who(self, people: dict[str, User], kind: Kind | None = None) -> set[str]:
        rows = Notice.objects.filter(kind=kind) if kind else Notice.objects.all()
        found = set(rows.values_list("recipient_id", flat=True))
        return {name for name, person in people.items() if person.pk in found}

    def test_is_whose_step_it_is(self, scene: Scene, people: dict[str, User]) -> None:
        waiting(scene, author=people["author"])
        remind(now=START + HOUR)
        assert self.who(people) == {"approver"}

    def test_is_the_author_too_at_half(self, scene: Scene, people: dict[str, User]) -> None:
        waiting(scene, author=people["author"], due=2 * HOUR)
        remind(now=START + HOUR)
        assert self.who(people, Kind.WAITING) == {"approver"}
        assert self.who(people, Kind.EXPIRED) == {"author"}
        assert not Notice.objects.filter(urgent=True).exists()
        assert told(people["author"]) == [
            f"Your tweet for {scene.account} still waits for a decision. It expires on Monday"
            " 23 November 2026, 11:00, UK time, if nobody decides."
        ]
        assert told(people["approver"])[0].startswith(f"A tweet for {scene.account} waits for your")

    def test_is_the_author_once_of_each_at_whatever_step(self, scene: Scene) -> None:
        scene.route(*[Step((Role.COMMS_APPROVER,))] * 2)
        approvers = [scene.person(Role.COMMS_APPROVER) for _ in range(2)]
        draft = waiting(scene, due=4 * HOUR)
        heard = []
        for minutes in (0, 120, 190, 225):
            if minutes == 190:
                sign(draft, by=approvers[0], now=START + 130 * MINUTE)
                remind(now=START + 130 * MINUTE)
            remind(now=START + minutes * MINUTE)
            heard.append(len(told(draft.author)))
        # At half of its time; not again at half of what the second step has; and near the end.
        assert heard == [0, 1, 1, 2]

    def test_is_everybody_who_may_decide_in_the_end(
        self, scene: Scene, people: dict[str, User]
    ) -> None:
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        waiting(scene, author=people["author"], due=2 * HOUR)
        remind(now=START + HOUR)
        assert self.who(people, Kind.WAITING) == {"supervisor"}
        remind(now=START + 110 * MINUTE)
        assert self.who(people, Kind.WAITING) == {"supervisor", "approver", "duty"}
        assert Notice.objects.get(recipient_id=people["duty"].pk).urgent

    def test_is_the_next_step_once_the_first_is_passed(
        self, scene: Scene, people: dict[str, User]
    ) -> None:
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        draft = waiting(scene, author=people["author"], due=2 * HOUR)
        sign(draft, by=people["supervisor"], now=START + MINUTE)
        assert remind(now=START + MINUTE) == 1
        # Half of the time that this step has: one minute of it was the first step's.
        assert remind(now=START + HOUR) == 0
        remind(now=START + HOUR + MINUTE)
        assert self.who(people, Kind.WAITING) == {"approver"}

    def test_is_nobody_who_wrote_any_of_it(self, scene: Scene, people: dict[str, User]) -> None:
        draft = waiting(scene, author=people["author"], due=2 * HOUR)
        draft.contributions.create(person=people["approver"])
        remind(now=START + HOUR)
        # Nobody else has the role of this step: those who stand in are reminded.
        assert self.who(people, Kind.WAITING) == {"duty"}

    def test_is_nobody_who_has_approved_it(self, scene: Scene, people: dict[str, User]) -> None:
        scene.route(Step((Role.COMMS_APPROVER,)), Step((Role.COMMS_APPROVER,)))
        second = scene.person(Role.COMMS_APPROVER)
        draft = waiting(scene, author=people["author"], due=2 * HOUR)
        sign(draft, by=people["approver"], now=START + MINUTE)
        remind(now=START + HOUR + MINUTE)
        assert told(people["approver"]) == []
        assert len(told(second)) == 1

    def test_is_who_decides_in_somebody_s_place(
        self, scene: Scene, people: dict[str, User]
    ) -> None:
        delegate(
            people["approver"], to=people["colleague"], since=START.date(), until=START.date(),
            reason="On leave", actor=people["approver"], now=START,
        )  # fmt: skip
        waiting(scene, author=people["author"])
        remind(now=START + HOUR)
        waits = f"A tweet for {scene.account} has waited"
        assert [t for t in told(people["colleague"]) if t.startswith(waits)]

    def test_are_the_duty_officers_when_that_was_of_no_use(
        self, scene: Scene, people: dict[str, User]
    ) -> None:
        waiting(scene, author=people["author"])
        remind(now=START + HOUR)
        remind(now=START + 3 * HOUR)
        assert self.who(people, Kind.ALERT) == {"duty"}
        (notice,) = Notice.objects.filter(kind=Kind.ALERT)
        assert notice.urgent
        assert notice.text == (
            f"Nobody has decided on a tweet for {scene.account} since Monday 23 November 2026,"
            " 09:00, UK time. It waits for: Comms approver."
        )

    def test_are_called_though_no_step_is_known(
        self, scene: Scene, people: dict[str, User]
    ) -> None:
        waiting(scene, author=people["author"])
        remind(now=START + HOUR)
        # As the version before may have submitted it.
        Draft.objects.update(revision_number=2)
        Reminder.objects.update(revision_number=2)
        remind(now=START + 3 * HOUR)
        (notice,) = Notice.objects.filter(kind=Kind.ALERT)
        assert notice.text.endswith(" since Monday 23 November 2026, 09:00, UK time.")

    def test_reads_no_words_of_the_draft(self, scene: Scene, people: dict[str, User]) -> None:
        waiting(scene, author=people["author"], text="Xylophones for everybody.", due=2 * HOUR)
        for minutes in (60, 110):
            remind(now=START + minutes * MINUTE)
        expire_overdue(now=START + 2 * HOUR)
        assert Notice.objects.count() > 4
        assert not Notice.objects.filter(text__contains="Xylophones").exists()


@pytest.mark.django_db
class TestWhatCame:
    """The people of a step hear of a draft when it comes there."""

    def test_is_told_once_to_those_whose_step_it_is(self, scene: Scene) -> None:
        approver, officer = scene.person(Role.COMMS_APPROVER), scene.person()
        draft = waiting(scene, due=2 * HOUR)
        assert [remind(now=START + n * MINUTE) for n in range(3)] == [1, 0, 0]
        (notice,) = Notice.objects.all()
        assert notice.recipient_id == approver.pk != officer.pk
        assert notice.text == (
            f"A tweet of {draft.author} for {scene.account} waits for your decision. It expires on"
            " Monday 23 November 2026, 11:00, UK time, if nobody decides."
        )
        assert (notice.kind, notice.link) == (Kind.WAITING, draft.get_absolute_url())
        assert not notice.urgent

    def test_is_told_to_the_next_step_and_is_read_where_it_has_passed(self, scene: Scene) -> None:
        people = [scene.person(Role.LPT_SUPERVISOR), scene.person(Role.LPT_SUPERVISOR)]
        approver = scene.person(Role.COMMS_APPROVER)
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        draft = waiting(scene)
        remind(now=START)
        assert [len(told(person)) for person in (*people, approver)] == [1, 1, 0]
        sign(draft, by=people[0], now=START + MINUTE)
        assert not Notice.objects.unread().exists()
        remind(now=START + MINUTE)
        (notice,) = Notice.objects.unread()
        assert notice.recipient_id == approver.pk

    def test_is_read_by_whoever_has_approved_while_others_have_not(self, scene: Scene) -> None:
        both = [scene.person(Role.COMMS_APPROVER) for _ in range(2)]
        scene.route(Step((Role.COMMS_APPROVER,), Quorum.COUNT, 2))
        draft = waiting(scene)
        remind(now=START)
        sign(draft, by=both[0], now=START + MINUTE)
        (left,) = Notice.objects.unread()
        assert left.recipient_id == both[1].pk

    def test_makes_way_for_the_reminder(self, scene: Scene) -> None:
        approver = scene.person(Role.COMMS_APPROVER)
        waiting(scene)
        for hours in (0, 1):
            remind(now=START + hours * HOUR)
        (notice,) = Notice.objects.for_person(approver.pk).unread()
        assert "has waited for your decision since" in notice.text
        assert len(told(approver)) == 2

    def test_is_said_one_by_one_where_it_is_little(self, scene: Scene) -> None:
        approver, author = scene.person(Role.COMMS_APPROVER), scene.person()
        for _ in range(ONE_BY_ONE):
            waiting(scene, author=author)
        remind(now=START)
        assert len(told(approver)) == ONE_BY_ONE
        assert all(text.startswith(f"A tweet of {author} for ") for text in told(approver))

    def test_is_one_sentence_where_much_comes_at_once(self, scene: Scene) -> None:
        approvers, author = [scene.person(Role.COMMS_APPROVER) for _ in range(2)], scene.person()
        for _ in range(ONE_BY_ONE + 1):
            waiting(scene, author=author)
        assert remind(now=START) == ONE_BY_ONE + 1
        for person in approvers:
            assert told(person) == ["4 tweets came to wait for your decision."]

    def test_fills_nobody_s_letter_box(self, scene: Scene, mailoutbox: list[EmailMessage]) -> None:
        all_day, asked = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_APPROVER)
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        choose(person_id=asked.pk, ways={Kind.WAITING: Way.AT_ONCE})
        scene.route(Step((Role.COMMS_APPROVER, Role.LPT_SUPERVISOR)))
        for _ in range(2):
            waiting(scene)
        remind(now=START + MINUTE)
        assert [len(told(one)) for one in (all_day, asked, supervisor)] == [2, 2, 2]
        send_mail_due(now=START + MINUTE)
        assert [mail.to for mail in mailoutbox] == [[asked.email]] * 2
        mailoutbox.clear()
        # The digest of the hour; the reminders of what still waits come at once.
        for minutes in (59, 60):
            send_mail_due(now=START + minutes * MINUTE)
        (digest,) = mailoutbox
        assert (digest.to, digest.subject) == (
            [supervisor.email], "Blue Lamp: 2 things to tell you",
        )  # fmt: skip
        mailoutbox.clear()
        remind(now=START + HOUR)
        send_mail_due(now=START + HOUR)
        assert {mail.to[0] for mail in mailoutbox} == {
            all_day.email, asked.email, supervisor.email,
        }  # fmt: skip


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


@pytest.mark.django_db
class TestAnyDraft:
    @given(
        due=st.one_of(st.none(), st.integers(1, 60 * 24 * 9)),
        looks=st.lists(st.integers(0, 60 * 24 * 9), min_size=1, max_size=12).map(sorted),
    )
    @hypothesis_settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_whenever_it_is_looked_at(self, due: int | None, looks: list[int]) -> None:
        with transaction.atomic():
            scene = Scene()
            approver = scene.person(Role.COMMS_APPROVER)
            draft = waiting(scene, due=due * MINUTE if due else None)
            for minutes in looks:
                before = len(told(approver))
                done = remind(now=START + minutes * MINUTE)
                # At most one at each look, and one person never hears of more.
                assert done <= 1
                assert len(told(approver)) - before <= 1
            rows = list(draft.reminders.order_by("at", "pk"))
            assert len({row.kind for row in rows}) == len(rows)
            ends = START + (due * MINUTE if due else timedelta(days=7))
            assert all(row.at < ends for row in rows)
            given = [row for row in rows if row.was_told]
            # Nothing comes after the last, and no two at one moment.
            assert LAST not in [row.kind for row in given[:-1]]
            assert all(one.at < other.at for one, other in pairwise(given))
            transaction.set_rollback(True)


@pytest.mark.django_db
class TestAnExpiry:
    def test_is_told_to_the_author_and_to_those_who_could_have_decided(self, scene: Scene) -> None:
        approver, duty = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_DUTY)
        wrote, other = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_ADMIN)
        draft = waiting(scene, due=2 * HOUR)
        draft.contributions.create(person=wrote)
        assert expire_overdue(now=START + 2 * HOUR) == 1
        assert told(draft.author)[0].startswith(f"Your tweet for {scene.account} expired")
        words = f"A tweet of {draft.author} for {scene.account} expired: nobody decided before its"
        for person in (approver, duty):
            assert told(person) == [f"{words} time."]
        assert told(wrote) == told(other) == []
        assert set(Notice.objects.values_list("kind", flat=True)) == {Kind.EXPIRED}

    def test_leads_who_stood_in_to_a_page_that_is_still_theirs(self, scene: Scene) -> None:
        approver = scene.person(Role.COMMS_APPROVER)
        stands_in = scene.person(Role.LPT_SUPERVISOR, lpt=LPTFactory.create(force=scene.force))
        delegate(
            approver, to=stands_in, since=START.date(), until=START.date(), reason="On leave",
            actor=approver, now=START,
        )  # fmt: skip
        draft = waiting(scene, due=2 * HOUR)
        Notice.objects.all().delete()
        expire_overdue(now=START + 2 * HOUR)
        links = Notice.objects.filter(text__startswith="A tweet of").values_list(
            "recipient_id", "link"
        )
        assert dict(links) == {
            approver.pk: draft.get_absolute_url(),
            stands_in.pk: reverse("approvals:cover"),
        }

    def test_reads_the_last_reminders(self, scene: Scene) -> None:
        approver = scene.person(Role.COMMS_APPROVER)
        waiting(scene, due=2 * HOUR)
        remind(now=START + 110 * MINUTE)
        expire_overdue(now=START + 2 * HOUR)
        (notice,) = Notice.objects.for_person(approver.pk).unread()
        assert "expired" in notice.text
