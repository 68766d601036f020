"""Who is told of a draft that waits or expired."""

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.models import Quorum, User
from accounts.roles import Role
from accounts.services import Step
from approvals.models import Reminder
from approvals.services import delegate, expire_overdue, remind
from approvals.services.reminding import ONE_BY_ONE
from drafts.models import Draft
from notices.models import Kind, Notice, Way
from notices.services import choose, send_mail_due
from tests.approvals.reminding.stage import HOUR, MINUTE, START, told, waiting
from tests.factories import LPTFactory, Scene, sign


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
