"""Whoever leaves: one action ends what was theirs."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Quorum, User
from accounts.roles import Role
from accounts.services import Step
from approvals.models import Delegation
from approvals.organising.services import belongings_of, let_go
from approvals.services import delegate
from drafts.models import Draft
from drafts.workflow import State
from notices.models import Notice
from tests.approvals.organising.stage import DAY
from tests.factories import LPTFactory, Scene, again, approved, sign, submitted, written
from tests.pages import Page

pytestmark = pytest.mark.django_db


class TestALeaver:
    def test_ends_everything_and_hands_over(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person, successor = scene.person(), scene.person()
        approver = scene.person(Role.COMMS_APPROVER)
        being_written = written(scene, author=person)
        waiting = submitted(scene, author=person)
        other = submitted(scene)
        Draft.objects.filter(pk=other.pk).update(claimed_by=person, claimed_at=timezone.now())
        today = timezone.localdate()
        delegate(
            approver, to=person, since=today, until=today + DAY, reason="x", actor=approver,
            now=timezone.now(),
        )  # fmt: skip
        client.force_login(admin)
        page = Page.of(client.get(f"/people/{person.pk}/leave/"))
        assert "Delegations that end" in page.main
        assert being_written.text in page.main
        client.post(f"/people/{person.pk}/leave/", {"successor": successor.pk})
        for draft in (being_written, waiting):
            draft.refresh_from_db()
            assert draft.author == successor
            assert draft.contributions.filter(person=successor).exists()
            assert draft.contributions.filter(person=person).exists()
        other.refresh_from_db()
        assert other.claimed_by is None
        assert Delegation.objects.get().ended_at is not None
        assert not again(person).is_active
        assert (
            "are yours from now on"
            in Notice.objects.filter(recipient_id=successor.pk).latest("pk").text
        )

    def test_without_a_successor_leaves_drafts_to_the_team(self, scene: Scene, admin: User) -> None:
        person, colleague = scene.person(), scene.person()
        draft = written(scene, author=person)
        Draft.objects.filter(pk=draft.pk).update(state=State.CHANGES_REQUESTED)
        draft.refresh_from_db()
        assert not colleague.has_perm("drafts.edit", draft)
        let_go(person, successor=None, actor=admin, now=timezone.now())
        assert again(colleague).has_perm("drafts.edit", Draft.objects.get(pk=draft.pk))
        assert not scene.person(lpt=LPTFactory.create(force=scene.force)).has_perm(
            "drafts.edit", Draft.objects.get(pk=draft.pk)
        )

    def test_passes_what_is_in_review_only_to_whoever_may_post(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        person, heir = scene.person(), scene.person(mobile_confirmed_on=None)
        waiting = submitted(scene, author=person)
        client.force_login(admin)
        path = f"/people/{person.pk}/leave/"
        page = Page.of(client.get(path))
        option = page.root.one("option", value=str(heir.pk))
        assert option.text == f"{heir} (cannot submit tweets yet)"
        response = client.post(path, {"successor": heir.pk})
        page = Page.of(response)
        assert response.status_code == 422
        ((said, field),) = page.problems
        assert said.startswith(f"{heir} cannot submit tweets yet, and some of these drafts are in")
        assert "Has not signed in yet." in said
        assert field == "#id_successor"
        assert again(person).is_active
        User.objects.filter(pk=heir.pk).update(mobile_confirmed_on=timezone.localdate())
        client.post(path, {"successor": heir.pk})
        assert Draft.objects.get(pk=waiting.pk).author == heir

    def test_passes_what_is_being_written_to_anybody_who_writes_there(
        self, scene: Scene, admin: User
    ) -> None:
        person, heir = scene.person(), scene.person(mobile_confirmed_on=None)
        draft = written(scene, author=person)
        let_go(person, successor=heir, actor=admin, now=timezone.now())
        assert Draft.objects.get(pk=draft.pk).author == heir

    def test_of_one_force_keeps_what_is_theirs_in_another(
        self, client: Client, scene: Scene, admin: User
    ) -> None:
        elsewhere = Scene()
        person, successor = scene.person(), scene.person()
        elsewhere.give(person, Role.OFFICER, lpt=elsewhere.lpt)
        there = elsewhere.person()
        here, kept = written(scene, author=person), written(elsewhere, author=person)
        approved(elsewhere, author=again(person))
        today = timezone.localdate()
        for colleague in (successor, there):
            Delegation.objects.create(
                absent=colleague, person=person, since=today, until=today,
                reason="leave", made_by=admin, made_at=timezone.now(),
            )  # fmt: skip
        client.force_login(admin)
        page = Page.of(client.get(f"/people/{person.pk}/leave/"))
        assert "They stay signed in for the other force." in page.main
        assert str(there) not in page.main
        answer = client.post(
            f"/people/{person.pk}/leave/", {"successor": successor.pk}, follow=True
        )
        assert "keeps access for another force" in Page.of(answer).messages[0]
        here.refresh_from_db()
        kept.refresh_from_db()
        assert (here.author, kept.author) == (successor, person)
        assert Delegation.objects.get(ended_at=None).absent == there
        assert again(person).is_active

    def test_whose_tweets_stop_is_told_to_communications(self, scene: Scene, admin: User) -> None:
        duty, approver = scene.person(Role.COMMS_DUTY), scene.person(Role.COMMS_APPROVER)
        approved(scene, by=approver)
        assert len(belongings_of(approver, now=timezone.now()).going_out) == 1
        let_go(approver, successor=None, actor=admin, now=timezone.now())
        told = Notice.objects.filter(recipient_id=duty.pk).latest("pk")
        assert told.text.startswith(f"{approver} has left. One tweet on the way")

    def test_does_not_make_an_author_of_who_decided(self, scene: Scene, admin: User) -> None:
        scene.route(Step((Role.COMMS_APPROVER,), quorum=Quorum.COUNT, needed=2))
        author = scene.person()
        signer = scene.person(Role.COMMS_APPROVER)
        draft = submitted(scene, author=author)
        sign(draft, by=signer)
        let_go(author, successor=signer, actor=admin, now=timezone.now())
        draft.refresh_from_db()
        assert draft.author == author
        assert not draft.contributions.filter(person=signer).exists()

    def test_is_not_oneself(self, client: Client, scene: Scene, admin: User) -> None:
        scene.person(Role.COMMS_ADMIN)
        client.force_login(admin)
        response = client.post(f"/people/{admin.pk}/leave/")
        assert response.status_code == 422
        assert again(admin).is_active
