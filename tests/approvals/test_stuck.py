"""Drafts that nobody is left to decide on: said once, to those who can help."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Quorum, User
from accounts.roles import Role
from accounts.services import Step, deactivate
from approvals.services import delegate, tell_of_stuck
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import withdraw
from notices.models import Kind, Notice
from tests.factories import Scene, again, handed_in, sign, submitted, written
from tests.pages import Page

pytestmark = pytest.mark.django_db

DUTY = Step((Role.COMMS_DUTY,))


def gone(person: User) -> None:
    deactivate(person, actor=None, now=timezone.now())


def role_over(person: User) -> None:
    person.memberships.update(until=timezone.localdate() - timedelta(days=1))


def takes_part(draft: Draft, *people: User) -> None:
    for person in people:
        draft.contributions.create(person=person)


def look() -> int:
    return tell_of_stuck(now=timezone.now())


def texts_of(person: User) -> list[str]:
    return [notice.text for notice in Notice.objects.for_person(person.pk)]


class Desk:
    """Communications with an admin, one who words tweets, and another who alone may decide then."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.admin = self.scene.person(Role.COMMS_ADMIN)
        self.worded, self.other = (self.scene.person(Role.COMMS_APPROVER) for _ in range(2))
        self.draft = self.waits()

    def waits(self) -> Draft:
        draft = submitted(self.scene)
        takes_part(draft, self.worded)
        return draft


@pytest.fixture
def desk() -> Desk:
    return Desk()


class TestTheLastWhoCouldDecide:
    @pytest.mark.parametrize("goes", [gone, role_over])
    def test_is_missed_once(self, desk: Desk, goes: Callable[[User], None]) -> None:
        assert look() == 0
        goes(desk.other)
        assert look() == 1
        account, author = desk.draft.account, desk.draft.author
        what = f"A tweet for {account} waits at step 1 (Comms approver), and nobody is left who"
        assert texts_of(desk.admin) == [
            f"{what} could approve it. Give that role to somebody who had no part in it, or ask"
            f" {author} to take it back."
        ]
        assert texts_of(desk.worded) == [
            f"{what} could approve it. Ask {author} to take it back and submit it again when"
            " somebody is there, or publish it in an emergency."
        ]
        for person, link in (
            (desk.admin, reverse("approvals:sheet")),
            (desk.worded, desk.draft.get_absolute_url()),
        ):
            notice = Notice.objects.for_person(person.pk).get()
            assert (notice.kind, notice.urgent, notice.link) == (Kind.ALERT, True, link)
            client = Client()
            client.force_login(again(person))
            assert client.get(link).status_code == 200
        row = Record.objects.about(desk.draft).get(verb=Verb.DRAFT_REMINDED)
        assert (row.actor_id, row.data) == ("", {"stuck": "1.1"})
        assert look() == 0
        assert Notice.objects.filter(urgent=True).count() == 2

    def test_is_missed_anew_in_another_run(self, desk: Desk) -> None:
        gone(desk.other)
        look()
        withdraw(desk.draft, actor=desk.draft.author, now=timezone.now())
        # Whoever reviews need not act any more.
        assert not Notice.objects.filter(recipient_id=desk.worded.pk, read_at=None).exists()
        assert look() == 0
        handed_in(desk.draft)
        assert look() == 1

    def test_is_not_missed_while_somebody_may_decide(self, desk: Desk) -> None:
        takes_part(desk.draft, desk.other)
        third = desk.scene.person(Role.COMMS_DUTY)
        assert look() == 0
        absent, today = desk.scene.person(Role.COMMS_APPROVER), timezone.localdate()
        covering = desk.scene.person(lpt=desk.scene.other_account().lpt)
        cover = delegate(
            absent, to=covering, since=today, until=today, reason="Leave", actor=absent,
            now=timezone.now(),
        )  # fmt: skip
        gone(third)
        # Nor while somebody covers, though nobody of communications would be left.
        assert look() == 0
        cover.delete()
        gone(absent)
        assert look() == 1

    def test_may_be_of_the_team(self, desk: Desk) -> None:
        desk.scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        sergeant = desk.scene.person(Role.LPT_SUPERVISOR)
        draft = submitted(desk.scene)
        takes_part(draft, desk.worded, desk.other)
        Draft.objects.filter(pk=desk.draft.pk).update(state="withdrawn")
        assert look() == 0
        sergeant.memberships.update(lpt=desk.scene.other_account().lpt)
        assert look() == 1
        assert "at step 1 (LPT supervisor)" in texts_of(desk.admin)[0]

    def test_may_have_approved_it_already(self, desk: Desk) -> None:
        desk.scene.route(Step((Role.COMMS_APPROVER,)), Step((Role.COMMS_APPROVER,)))
        third = desk.scene.person(Role.COMMS_APPROVER)
        draft = submitted(desk.scene)
        takes_part(draft, desk.worded)
        sign(draft, by=desk.other)
        assert look() == 0
        gone(third)
        assert look() == 1
        assert "at step 2" in texts_of(desk.admin)[0]

    def test_may_be_the_duty_officer_whom_nobody_replaces(self, desk: Desk) -> None:
        desk.scene.route(DUTY)
        duty = desk.scene.person(Role.COMMS_DUTY)
        draft = handed_in(written(desk.scene))
        gone(duty)
        assert look() == 1
        assert "(Comms duty officer)" in texts_of(desk.other)[0]
        assert Record.objects.about(draft).filter(verb=Verb.DRAFT_REMINDED).exists()

    def test_may_be_a_duty_officer_beside_one_who_took_part(self, desk: Desk) -> None:
        desk.scene.route(DUTY)
        first, second = (desk.scene.person(Role.COMMS_DUTY) for _ in range(2))
        draft = handed_in(written(desk.scene))
        takes_part(draft, first)
        assert look() == 0
        gone(second)
        assert look() == 1

    def test_may_still_publish_in_an_emergency(self, client: Client) -> None:
        scene = Scene()
        scene.route(Step((Role.COMMS_DUTY,), Quorum.ALL))
        first, second = scene.person(Role.COMMS_DUTY), scene.person(Role.COMMS_DUTY)
        draft = handed_in(written(scene))
        sign(draft, by=first)
        gone(second)
        assert look() == 1
        (notice,) = Notice.objects.for_person(first.pk)
        assert f"Ask {draft.author} to take it back and submit it again" in notice.text
        client.force_login(again(first))
        page = Page.of(client.get(reverse("approvals:review", args=[draft.pk])))
        assert "You have approved this already." in page.main
        assert "Publish in an emergency" in page.main


class TestSeveral:
    def test_are_told_in_one_notice(self, desk: Desk) -> None:
        desk.waits()
        gone(desk.other)
        assert look() == 2
        account = desk.draft.account
        what = (
            "2 tweets wait for an approval that nobody is left to give, the first for"
            f" {account} at step 1 (Comms approver)."
        )
        assert texts_of(desk.admin) == [
            f"{what} Give those roles to people who had no part in them, or ask their authors to"
            " take them back."
        ]
        (notice,) = Notice.objects.for_person(desk.worded.pk)
        assert notice.link == reverse("approvals:queue")
        assert notice.text == (
            f"{what} Ask their authors to take them back and submit them again when somebody is"
            " there."
        )


class TestWhoIsTold:
    def test_is_the_admin_alone_where_communications_is_gone(self, desk: Desk) -> None:
        for person in (desk.worded, desk.other):
            gone(person)
        elsewhere = Scene()
        stranger = elsewhere.person(Role.COMMS_ADMIN)
        assert look() == 1
        assert len(texts_of(desk.admin)) == 1
        assert texts_of(stranger) == []

    def test_hears_it_once_as_both(self, desk: Desk) -> None:
        both = desk.scene.give(desk.worded, Role.COMMS_ADMIN)
        gone(desk.other)
        assert look() == 1
        (text,) = texts_of(both)
        assert "Give that role to somebody" in text

    def test_is_somebody_who_comes_later(self, desk: Desk) -> None:
        for person in (desk.worded, desk.other, desk.admin):
            gone(person)
        assert look() == 0
        admin = desk.scene.person(Role.COMMS_ADMIN)
        assert look() == 1
        assert len(texts_of(admin)) == 1

    def test_is_nobody_of_what_has_no_steps_yet(self, desk: Desk) -> None:
        Draft.objects.filter(pk=desk.draft.pk).update(revision_number=2)
        gone(desk.other)
        assert look() == 0
