"""An account that somebody leaves: drafts, farewell, name, credentials, rights."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, SocialAccount, User
from accounts.roles import Role
from accounts.services import Step
from audit.models import Record
from audit.verbs import Verb
from drafts.services import discard, withdraw
from lifecycle.models import ChecklistStep, Handover, Plan, Why
from lifecycle.services import (
    HandleRefused,
    HasEnded,
    NotYet,
    Parting,
    UnderWay,
    WrongSuccessor,
    begin_handover,
    call_off,
    pending_drafts,
    report,
    start_farewell,
    take_over_drafts,
    tick,
)
from notices.models import Notice
from publishing.clock import database_now
from publishing.models import Credential
from publishing.services import store_credentials
from publishing.workflow import State as DeliveryState
from tests.factories import (
    Scene,
    again,
    approve_it,
    approved,
    handed_in,
    sign,
    signed_in,
    submitted,
    written,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db
STEPS = ["plan", "drafts", "farewell", "profile", "credentials", "rights"]


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def leaver(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def heir(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


@pytest.fixture
def parting(leaver: User, heir: User) -> Parting:
    return Parting(
        why=Why.MOVING, plan=Plan.SUCCESSOR, last_day=timezone.localdate(), person=leaver,
        successor=heir, new_handle="NewNameMP", follow="@BrackenfordLPT",
    )  # fmt: skip


@pytest.fixture
def closing(leaver: User) -> Parting:
    return Parting(why=Why.LEAVING, plan=Plan.CLOSURE, last_day=timezone.localdate(), person=leaver)


def begun(scene: Scene, parting: Parting, by: User) -> Handover:
    return begin_handover(scene.account, parting, actor=by, now=database_now())


def tick_it(handover: Handover, key: str, by: User) -> None:
    step = ChecklistStep.objects.with_process().get(handover=handover, key=key)
    tick(step, actor=by, note="", now=database_now())


class TestAHandover:
    def test_begins_with_its_steps_and_tells_whom_it_concerns(
        self, scene: Scene, parting: Parting, leaver: User, heir: User, admin: User
    ) -> None:
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        handover = begun(scene, parting, leaver)
        assert [step.key for step in handover.steps.in_order()] == STEPS
        for person in (supervisor, heir, admin):
            told = Notice.objects.for_person(person.pk).get().text
            assert f"{heir} takes {scene.account} over." in told
        assert not Notice.objects.for_person(leaver.pk).exists()
        with pytest.raises(UnderWay) as before:
            begun(scene, parting, admin)
        assert before.value.handover == handover

    def test_leads_to_the_successor(
        self, scene: Scene, parting: Parting, leaver: User, heir: User, admin: User
    ) -> None:
        handover = begun(scene, parting, leaver)
        tick_it(handover, "plan", scene.person(Role.LPT_SUPERVISOR))
        for key, person in (("drafts", heir), ("farewell", heir), ("profile", admin)):
            tick_it(handover, key, person)
        assert SocialAccount.objects.get(pk=scene.account.pk).handle == "NewNameMP"
        with pytest.raises(NotYet, match="Before it comes: Credentials changed"):
            tick_it(handover, "rights", admin)
        tick_it(handover, "credentials", admin)
        tick_it(handover, "rights", admin)
        handover.refresh_from_db()
        assert (handover.ended_by, handover.called_off) == (admin, False)
        assert not again(leaver).current_memberships
        assert again(heir).current_memberships
        assert SocialAccount.objects.get(pk=scene.account.pk).status == "active"
        about = Record.objects.about(scene.account).values_list("verb", flat=True)
        assert {Verb.HANDOVER_BEGUN, Verb.ACCOUNT_RENAMED, Verb.HANDOVER_DONE} < set(about)
        assert Record.objects.get(verb=Verb.RIGHTS_ENDED).data["roles"] == 1
        assert all(step.done_by and step.done_at for step in handover.steps.in_order())

    def test_takes_credentials_as_changed_that_were_stored_since_it_began(
        self, scene: Scene, parting: Parting, leaver: User, admin: User
    ) -> None:
        handover, now = begun(scene, parting, leaver), database_now()

        def known() -> str:
            return Page.of(signed_in(admin).get(handover.get_absolute_url())).main

        assert "Blue Lamp holds no credentials of it" in known()
        old = now - timedelta(days=300)
        store_credentials(scene.account, {"access_token": "x"}, actor=admin, now=old)
        said = f"last changed on {old.day} {old:%B %Y}, before this handover began."
        assert said in known()
        # The platform has renewed them by itself.
        Credential.objects.update(changed_at=now, changed_by=None)
        with pytest.raises(NotYet, match="before this handover began"):
            tick_it(handover, "credentials", admin)
        new = database_now()
        store_credentials(scene.account, {"access_token": "y"}, actor=admin, now=new)
        assert f"last changed on {new.day} {new:%B %Y}." in known()
        tick_it(handover, "credentials", admin)

    def test_without_a_successor_closes_the_account(
        self, scene: Scene, closing: Parting, leaver: User, admin: User
    ) -> None:
        handover = begun(scene, closing, leaver)
        for key in STEPS:
            tick_it(handover, key, admin)
        assert SocialAccount.objects.get(pk=scene.account.pk).status == "closed"

    def test_closes_no_account_by_which_a_tweet_is_on_its_way(
        self, scene: Scene, closing: Parting, leaver: User, admin: User
    ) -> None:
        draft = approved(scene)
        handover = begun(scene, closing, leaver)
        for key in STEPS[:-1]:
            tick_it(handover, key, admin)
        with pytest.raises(NotYet, match="is on the way"):
            tick_it(handover, "rights", admin)
        assert SocialAccount.objects.get(pk=scene.account.pk).status == "active"
        draft.deliveries.update(state=DeliveryState.PUBLISHED, published_at=database_now())
        tick_it(handover, "rights", admin)
        assert SocialAccount.objects.get(pk=scene.account.pk).status == "closed"

    def test_closes_no_account_that_others_still_need(
        self, scene: Scene, closing: Parting, leaver: User, admin: User
    ) -> None:
        draft = submitted(scene)
        handover = begun(scene, closing, leaver)
        for key in STEPS[:-1]:
            tick_it(handover, key, admin)
        with pytest.raises(NotYet, match="One draft waits for a decision"):
            tick_it(handover, "rights", admin)
        withdraw(draft, actor=draft.author, now=database_now())
        report(scene.account, actor=draft.author, now=database_now())
        with pytest.raises(NotYet, match="is frozen"):
            tick_it(handover, "rights", admin)
        assert SocialAccount.objects.get(pk=scene.account.pk).status == "frozen"

    def test_that_began_today_ends_rights_tonight(
        self, scene: Scene, closing: Parting, leaver: User, admin: User
    ) -> None:
        today = timezone.localdate()
        Membership.objects.filter(person=leaver).update(since=today)
        handover = begun(scene, closing, leaver)
        for key in STEPS:
            tick_it(handover, key, admin)
        assert Membership.objects.get(person=leaver).until == today

    def test_leaves_the_rights_in_other_teams(
        self, scene: Scene, closing: Parting, leaver: User, admin: User
    ) -> None:
        other = scene.other_account().lpt
        scene.give(leaver, Role.OFFICER, lpt=other)
        handover = begun(scene, closing, again(leaver))
        for key in STEPS:
            tick_it(handover, key, admin)
        assert [m.lpt for m in again(leaver).current_memberships] == [other]

    def test_is_called_off_once(self, scene: Scene, closing: Parting, admin: User) -> None:
        handover = begun(scene, closing, admin)
        call_off(handover, actor=admin, now=database_now())
        for act in (call_off, start_farewell):
            with pytest.raises((HasEnded, PermissionDenied)):
                act(handover, actor=admin, now=database_now())
        with pytest.raises(NotYet, match="This has ended"):
            tick_it(handover, "plan", admin)
        begun(scene, closing, admin)

    def test_needs_a_successor_of_the_team(
        self, scene: Scene, parting: Parting, leaver: User
    ) -> None:
        stranger = scene.person(lpt=scene.other_account().lpt)
        for wrong in (stranger, leaver, None):
            with pytest.raises(WrongSuccessor):
                begun(scene, replace(parting, successor=wrong), leaver)
        with pytest.raises(HandleRefused):
            begun(scene, replace(parting, new_handle="No way!"), leaver)
        begun(scene, parting, leaver)
        with pytest.raises(DatabaseError), transaction.atomic():
            Handover.objects.update(successor=leaver)

    def test_of_another_teams_account_is_refused(
        self, scene: Scene, closing: Parting, leaver: User
    ) -> None:
        other = scene.other_account()
        for person in (leaver, scene.person(Role.COMMS_APPROVER), Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                begin_handover(other, closing, actor=person, now=database_now())

    def test_that_has_ended_stays_as_it_was(
        self, scene: Scene, closing: Parting, admin: User
    ) -> None:
        call_off(begun(scene, closing, admin), actor=admin, now=database_now())
        rows = Handover.objects.all()
        for change in (lambda: rows.update(follow="@Elsewhere"), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_to_a_name_that_is_taken_meanwhile_waits(
        self, scene: Scene, parting: Parting, leaver: User, admin: User
    ) -> None:
        handover = begun(scene, parting, leaver)
        scene.other_account(handle="NewNameMP")
        with pytest.raises(NotYet, match="There is an account @NewNameMP already"):
            tick_it(handover, "profile", admin)
        assert not handover.steps.get(key="profile").done_at


class TestThePlan:
    def test_is_not_agreed_to_by_whoever_goes(
        self, scene: Scene, closing: Parting, leaver: User
    ) -> None:
        leaver = scene.give(leaver, Role.LPT_SUPERVISOR)
        handover = begun(scene, closing, leaver)
        for person in (leaver, scene.person()):
            with pytest.raises(PermissionDenied):
                tick_it(handover, "plan", person)
        tick_it(handover, "plan", scene.person(Role.LPT_COMMANDER))


class TestTheDrafts:
    def test_go_to_whoever_takes_over_also_those_in_review(
        self, scene: Scene, parting: Parting, leaver: User, heir: User
    ) -> None:
        mine = [written(scene, author=leaver), submitted(scene, author=leaver)]
        approved(scene, author=leaver)
        written(scene, author=heir)
        handover = begun(scene, parting, leaver)
        assert pending_drafts(handover) == mine
        with pytest.raises(NotYet, match="2 drafts still wait"):
            tick_it(handover, "drafts", heir)
        with pytest.raises(PermissionDenied):
            take_over_drafts(handover, actor=leaver, now=database_now())
        assert take_over_drafts(handover, actor=heir, now=database_now()) == 2
        for draft in mine:
            state, hash_before = draft.state, draft.content_hash
            draft.refresh_from_db()
            assert (draft.author, draft.state, draft.content_hash) == (heir, state, hash_before)
            # Neither who wrote the words nor who answers for them now ever approves them.
            wrote = set(draft.contributions.values_list("person", flat=True))
            assert {leaver.pk, heir.pk} <= wrote
            assert Record.objects.about(draft).filter(verb=Verb.DRAFT_HANDED_OVER).exists()
        assert Record.objects.get(verb=Verb.DRAFTS_TAKEN).data == {"number": 2}
        assert take_over_drafts(handover, actor=heir, now=database_now()) == 0
        tick_it(handover, "drafts", heir)

    def test_in_review_go_to_nobody_who_may_not_submit(
        self, scene: Scene, parting: Parting, leaver: User
    ) -> None:
        handover = begun(scene, parting, leaver)
        draft = submitted(scene, author=leaver)
        late = scene.person(mobile_confirmed_on=None)
        client = Client()
        client.force_login(late)
        page = Page.of(client.post(f"/handovers/{handover.pk}/drafts/", follow=True))
        assert page.messages[0].startswith(
            "You cannot take over drafts in review yet. Confirm your mobile number"
        )
        draft.refresh_from_db()
        assert draft.author == leaver

    def test_stay_where_whoever_takes_over_has_decided(
        self, scene: Scene, parting: Parting, leaver: User, heir: User
    ) -> None:
        scene.route(Step((Role.OFFICER,)), Step((Role.COMMS_APPROVER,)))
        draft = submitted(scene, author=leaver)
        sign(draft, by=heir)
        handover = begun(scene, parting, leaver)
        assert take_over_drafts(handover, actor=heir, now=database_now()) == 0
        draft.refresh_from_db()
        assert draft.author == leaver
        assert not draft.contributions.filter(person=heir).exists()

    def test_that_are_discarded_wait_for_nobody(
        self, scene: Scene, closing: Parting, leaver: User, heir: User
    ) -> None:
        draft = written(scene, author=leaver)
        handover = begun(scene, closing, leaver)
        with pytest.raises(NotYet, match="1 draft still waits"):
            tick_it(handover, "drafts", heir)
        discard(draft, actor=leaver, now=database_now())
        tick_it(handover, "drafts", heir)


class TestTheFarewell:
    def test_is_one_draft_that_says_where_to_follow(
        self, scene: Scene, parting: Parting, leaver: User, heir: User
    ) -> None:
        handover = begun(scene, parting, leaver)
        draft = start_farewell(handover, actor=leaver, now=database_now())
        assert "Please follow @BrackenfordLPT from now on." in draft.text
        again_ = start_farewell(handover, actor=heir, now=database_now())
        assert again_ == draft
        # It is none of the drafts that have to be moved.
        assert pending_drafts(handover) == []

    def test_has_to_be_out_before_its_step_is_done(
        self, scene: Scene, parting: Parting, leaver: User, heir: User
    ) -> None:
        handover = begun(scene, parting, leaver)
        draft = start_farewell(handover, actor=leaver, now=database_now())
        with pytest.raises(NotYet, match="has not gone out yet"):
            tick_it(handover, "farewell", heir)
        approve_it(handed_in(draft), by=scene.person(Role.COMMS_APPROVER))
        with pytest.raises(NotYet, match="has not gone out yet"):
            tick_it(handover, "farewell", heir)
        draft.deliveries.update(state=DeliveryState.PUBLISHED, published_at=database_now())
        tick_it(handover, "farewell", heir)


class TestThePages:
    def typed(self, leaver: User, **more: Any) -> dict[str, Any]:
        day = timezone.localdate() + timedelta(days=5)
        return {
            "why": "moving", "plan": "closure", "person": leaver.pk,
            "last_day": day.isoformat(), **more,
        }  # fmt: skip

    def test_begin_a_handover_from_the_list_of_accounts(
        self, scene: Scene, leaver: User, heir: User
    ) -> None:
        client = signed_in(leaver)
        path = f"/our-accounts/{scene.account.pk}/hand-over/"
        assert Page.of(client.get("/our-accounts/")).root.all("a", href=path)
        typed = self.typed(leaver, plan="successor", successor=heir.pk, follow="@OldermoorLPT")
        page = Page.of(client.post(path, typed, follow=True))
        assert page.h1 == f"Handover of {scene.account}"
        assert "Step 1 of 6" in page.main
        page = Page.of(client.post(path, typed, follow=True))
        assert page.messages == [f"{scene.account} is being handed over already."]
        assert "step 1 of 6" in Page.of(client.get("/handovers/")).main

    @pytest.mark.parametrize(
        ("more", "problem"),
        [
            ({"plan": "successor"}, "Choose who takes it over."),
            ({"plan": ""}, "Choose what becomes of it."),
            ({"why": "bored"}, "Choose why."),
            ({"last_day": "31/2/2027"}, "Enter a real date, like 27/3/2027."),
            ({"last_day": "2001-01-01"}, "Enter a last day within a year of today."),
            ({"follow": "x" * 101}, "Use at most 100 characters."),
            ({"person": "999999"}, "Choose somebody in the list."),
        ],
    )
    def test_say_what_is_wrong(
        self, scene: Scene, leaver: User, more: dict[str, Any], problem: str
    ) -> None:
        path = f"/our-accounts/{scene.account.pk}/hand-over/"
        response = signed_in(leaver).post(path, self.typed(leaver, **more))
        assert response.status_code == 422
        assert problem in [text for text, _ in Page.of(response).problems]
        assert not Handover.objects.exists()

    def test_of_a_successor_who_goes_or_a_wrong_name_say_so(
        self, scene: Scene, leaver: User, heir: User
    ) -> None:
        path = f"/our-accounts/{scene.account.pk}/hand-over/"
        typed = self.typed(leaver, plan="successor", successor=leaver.pk, new_handle="No way!")
        page = Page.of(signed_in(leaver).post(path, typed))
        assert [text for text, _ in page.problems] == [
            "Choose somebody else than who goes.",
            "On X a handle has up to 15 letters, digits and underscores.",
        ]  # fmt: skip

    def test_lead_through_drafts_and_farewell(
        self, scene: Scene, parting: Parting, leaver: User, heir: User
    ) -> None:
        written(scene, author=leaver)
        handover = begun(scene, parting, leaver)
        path, client = handover.get_absolute_url(), signed_in(heir)
        page = Page.of(client.get(path))
        assert page.root.all("form", action=f"{path}drafts/")
        step = handover.steps.get(key="drafts")
        page = Page.of(client.post(f"/steps/{step.pk}/", {"note": ""}))
        assert page.problems[0][0] == "1 draft still waits to be taken over or discarded."
        page = Page.of(client.post(f"{path}drafts/", follow=True))
        assert page.messages == ["1 draft is yours now, under Team drafts."]
        page = Page.of(client.post(f"{path}drafts/", follow=True))
        assert page.messages == ["There was no draft that you could take over."]
        page = Page.of(client.post(f"{path}farewell/", follow=True))
        assert "Please follow @BrackenfordLPT" in page.root.one(id="id_text").raw_text
        assert "The farewell tweet: draft" in Page.of(client.get(path)).main
        page = Page.of(signed_in(leaver).post(f"{path}drafts/", follow=True))
        assert page.messages == ["Whoever takes over takes the drafts, not who goes."]

    def test_call_it_off(self, scene: Scene, closing: Parting, admin: User, heir: User) -> None:
        path, client = begun(scene, closing, admin).get_absolute_url(), signed_in(admin)
        for said in ("Called off. Everything stays as it was.", "This handover has ended."):
            assert Page.of(client.post(f"{path}call-off/", follow=True)).messages == [said]
        for act in ("drafts/", "farewell/"):
            page = Page.of(signed_in(heir).post(f"{path}{act}", follow=True))
            assert page.messages == ["This handover has ended."]

    def test_are_the_own_teams_alone(self, scene: Scene, closing: Parting, admin: User) -> None:
        path = begun(scene, closing, admin).get_absolute_url()
        stranger = signed_in(scene.person(lpt=scene.other_account().lpt))
        for address in (path, f"/our-accounts/{scene.account.pk}/hand-over/"):
            assert stranger.get(address).status_code == 404
