"""From the wish for an account to the account, or to another way."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone

from accounts.models import LPT, AccountKind, Platform, SocialAccount, User
from accounts.roles import Role
from accounts.services import OrganisingRefused, close_team
from approvals.organising.services import close_account, let_go, merge_teams
from audit.models import Record
from audit.verbs import Verb
from lifecycle.checklists import CHECKLISTS, Process
from lifecycle.models import QUESTIONS, AccountRequest
from lifecycle.services import (
    HandleRefused,
    Wish,
    ask,
    create_account,
    decline,
    redirect_to,
    save_request,
    send_back,
    support,
    tick,
    watch_requests,
    withdraw_request,
    write_request,
    wrong_with,
)
from lifecycle.workflow import StaleRequest, State
from notices.models import Notice
from publishing.clock import database_now
from tests.factories import LPTFactory, MembershipFactory, Scene, again, signed_in
from tests.pages import Page
from tests.races import at_once

pytestmark = pytest.mark.django_db
CASE = {name: f"Because of {name}." for name in QUESTIONS}
WISH = Wish(handle="KingsmarlFete", case=CASE)
PATH = "/account-requests/"


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def supervisor(scene: Scene) -> User:
    return scene.person(Role.LPT_SUPERVISOR)


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


def written(officer: User, wish: Wish = WISH) -> AccountRequest:
    return write_request(wish, membership=officer.current_memberships[0], now=database_now())


def asked(officer: User, wish: Wish = WISH) -> AccountRequest:
    request = written(officer, wish)
    ask(request, actor=officer, now=database_now())
    return fresh(request)


def supported(officer: User, by: User) -> AccountRequest:
    request = asked(officer)
    support(request, actor=by, seen=1, now=database_now())
    return fresh(request)


def fresh(request: AccountRequest) -> AccountRequest:
    return AccountRequest.objects.with_people().get(pk=request.pk)


class TestTheName:
    @pytest.mark.parametrize(
        ("handle", "platform", "words"),
        [
            ("KingsmarlFete", "x", ""),
            ("FirstnameSurnameMP", "x", "On X a handle has up to 15 letters"),
            ("FirstnameSurnameMP", "mastodon", ""),
            ("Kingsmarl-Fete", "bluesky", ""),
            ("Kingsmarl-Fete", "x", "letters, digits and underscores."),
            ("Kingsmarlé", "x", "letters, digits and underscores."),
            ("Marl_Water", "bluesky", "On Bluesky a handle has 3 to 18 letters"),
        ],
    )
    def test_fits_the_platform(self, scene: Scene, handle: str, platform: str, words: str) -> None:
        said = wrong_with(handle, platform=platform, force=scene.force)
        assert words in said
        assert bool(said) == bool(words)

    def test_follows_the_forces_pattern(self, scene: Scene) -> None:
        scene.force.policy_pack = "west_midlands"
        said = wrong_with("Oldermoor", platform="x", force=scene.force)
        assert said.startswith("The force names its accounts otherwise, like @")

    def test_is_not_one_that_there_is(self, scene: Scene) -> None:
        handle = scene.account.handle.swapcase()
        said = wrong_with(handle, platform=Platform.X, force=scene.force)
        assert "already" in said


class TestARequest:
    def test_goes_from_the_team_to_the_supervisor_to_communications(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        request = asked(officer)
        assert (request.state, request.lpt, request.times_asked) == (State.ASKED, scene.lpt, 1)
        assert request.guidance_accepted_at
        assert (
            "You decide whether it is needed." in Notice.objects.for_person(supervisor.pk)[0].text
        )
        support(request, actor=supervisor, words="We need it.", seen=1, now=database_now())
        assert not Notice.objects.for_person(supervisor.pk).unread()
        assert "You decide on it." in Notice.objects.for_person(admin.pk)[0].text
        account = create_account(
            fresh(request), handle="KingsmarlFete", actor=admin, seen=1, now=database_now()
        )
        assert (account.lpt, account.kind, account.status) == (scene.lpt, "lpt", "active")
        request = fresh(request)
        assert (request.state, request.account, request.decided_by) == (
            State.CREATED, account, admin,
        )  # fmt: skip
        assert [step.key for step in request.steps.in_order()] == list(CHECKLISTS[Process.LAUNCH])
        for person in (officer, supervisor):
            assert "will be your account" in Notice.objects.for_person(person.pk)[0].text
        verbs = Record.objects.about(request).values_list("verb", flat=True)
        assert list(verbs) == [Verb.REQUEST_WRITTEN, Verb.REQUEST_ASKED, Verb.REQUEST_SUPPORTED]
        made = Record.objects.about(account).get()
        assert (made.verb, made.data) == (
            Verb.ACCOUNT_ADDED, {"kind": "lpt", "request": request.pk},
        )  # fmt: skip

    def test_is_launched_by_communications_and_the_team(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        request = supported(officer, supervisor)
        create_account(request, handle=WISH.handle, actor=admin, seen=1, now=database_now())
        steps = {step.key: step for step in request.steps.with_process()}
        tick(steps["community"], actor=officer, now=database_now())
        with pytest.raises(PermissionDenied):
            tick(steps["picture"], actor=officer, now=database_now())
        tick(steps["picture"], actor=admin, now=database_now())
        other = scene.person(lpt=scene.other_account().lpt)
        with pytest.raises(PermissionDenied):
            tick(steps["community"], actor=other, now=database_now())

    def test_comes_back_and_is_asked_again(
        self, officer: User, supervisor: User, admin: User
    ) -> None:
        request = asked(officer)
        send_back(request, actor=supervisor, words="Who has the time?", seen=1, now=database_now())
        request = fresh(request)
        assert (request.state, request.answer) == (State.DRAFT, "Who has the time?")
        wish = Wish(handle="KingsmarlFair", platform=Platform.X, case={**CASE, "time": "Two of us"})
        save_request(request, wish, actor=officer, now=database_now())
        ask(request, actor=officer, now=database_now())
        assert (fresh(request).times_asked, fresh(request).handle) == (2, "KingsmarlFair")
        # Who read the first wording has not read this one.
        with pytest.raises(StaleRequest):
            support(fresh(request), actor=supervisor, seen=1, now=database_now())
        support(fresh(request), actor=supervisor, seen=2, now=database_now())
        send_back(fresh(request), actor=admin, words="And a plan?", seen=2, now=database_now())
        assert fresh(request).state == State.DRAFT

    def test_may_lead_another_way(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        ways: list[SocialAccount | str] = [scene.account, "KingsmarlFest"]
        for way in ways:
            request = supported(officer, supervisor)
            redirect_to(
                request, way, actor=admin, words="It is one weekend.", seen=1, now=database_now()
            )
            request = fresh(request)
            assert request.state == State.ELSEWHERE
            assert (request.existing or request.hashtag) == way
            told = Notice.objects.for_person(officer.pk)[0].text
            assert (str(way) if way == scene.account else f"#{way}") in told

    @pytest.mark.parametrize("state", [State.ASKED, State.SUPPORTED])
    def test_is_declined_by_whose_turn_it_is(
        self, officer: User, supervisor: User, admin: User, state: State
    ) -> None:
        turn = {State.ASKED: supervisor, State.SUPPORTED: admin}
        request = asked(officer) if state == State.ASKED else supported(officer, supervisor)
        (other,) = set(turn.values()) - {turn[state]}
        for answer in (decline, send_back):
            with pytest.raises(PermissionDenied):
                answer(request, actor=other, words="No.", seen=1, now=database_now())
        decline(request, actor=turn[state], words="No.", seen=1, now=database_now())
        assert fresh(request).state == State.DECLINED

    def test_is_withdrawn_by_whoever_asked(
        self, scene: Scene, officer: User, supervisor: User
    ) -> None:
        request = asked(officer)
        with pytest.raises(PermissionDenied):
            withdraw_request(request, actor=scene.person(), now=database_now())
        withdraw_request(request, actor=officer, now=database_now())
        with pytest.raises(StaleRequest):
            support(fresh(request), actor=supervisor, seen=1, now=database_now())

    def test_of_a_central_team_is_supported_by_a_reviewer(self, scene: Scene) -> None:
        officer, approver = scene.central_officer(), scene.person(Role.COMMS_APPROVER)
        request = asked(officer, Wish("MarlWater", kind=AccountKind.CENTRAL, case=CASE))
        assert AccountRequest.objects.waiting_for(approver).get() == request
        support(request, actor=approver, seen=1, now=database_now())
        assert fresh(request).state == State.SUPPORTED

    def test_of_a_supervisor_goes_to_the_other_or_to_the_reviewers(
        self, scene: Scene, supervisor: User, admin: User
    ) -> None:
        approver = scene.person(Role.COMMS_APPROVER, full_name="Nola Quin")
        request = asked(supervisor)
        assert request.deciders() == [approver]
        assert (
            f"{scene.lpt} has no other supervisor" in Notice.objects.for_person(approver.pk)[0].text
        )
        assert not Notice.objects.for_person(supervisor.pk)
        assert AccountRequest.objects.waiting_for(approver).get() == request
        said = f"Nola Quin, for communications: nobody else supervises {scene.lpt}"
        assert said in Page.of(signed_in(supervisor).get(f"{PATH}{request.pk}/")).main
        commander = scene.person(Role.LPT_COMMANDER)
        assert request.deciders() == [commander]
        assert not AccountRequest.objects.waiting_for(approver).exists()
        with pytest.raises(PermissionDenied):
            support(request, actor=approver, seen=1, now=database_now())
        User.objects.filter(pk=commander.pk).update(is_active=False)
        support(request, actor=approver, seen=1, now=database_now())
        assert fresh(request).deciders() == [admin]

    def test_on_which_nobody_can_decide_is_told_to_the_admins(
        self, scene: Scene, officer: User, admin: User
    ) -> None:
        page = Page.of(signed_in(officer).post(f"{PATH}new/", TYPED, follow=True))
        assert page.messages == ["Sent. Nobody can decide on it yet: the comms admins are told."]
        assert "Nobody can: the comms admins are told" in page.main
        assert "Nobody can decide on it." in Notice.objects.for_person(admin.pk)[0].text

    def test_for_a_name_that_is_taken_meanwhile_is_refused(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        first, second = supported(officer, supervisor), supported(officer, supervisor)
        create_account(first, handle="KingsmarlFete", actor=admin, seen=1, now=database_now())
        with pytest.raises(HandleRefused):
            create_account(second, handle="KingsmarlFete", actor=admin, seen=1, now=database_now())
        assert fresh(second).state == State.SUPPORTED

    def test_that_is_decided_stays_so(self, officer: User, supervisor: User, admin: User) -> None:
        request = supported(officer, supervisor)
        decline(request, actor=admin, words="No.", seen=1, now=database_now())
        rows = AccountRequest.objects.filter(pk=request.pk)
        for change in (lambda: rows.update(answer="Yes."), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


class TestATeamThatIsMerged:
    def test_takes_its_requests_along_and_everybody_is_told(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        into = LPTFactory.create(force=scene.force)
        other = scene.person(Role.LPT_SUPERVISOR, lpt=into)
        waiting, unsent, decided = asked(officer), written(officer), supported(officer, supervisor)
        decline(decided, actor=admin, words="No.", seen=1, now=database_now())
        merge_teams(scene.lpt, into=into, actor=admin, now=database_now())
        assert [fresh(one).lpt for one in (waiting, unsent)] == [into, into]
        for person in (officer, supervisor, other):
            there = AccountRequest.objects.visible_to(again(person))
            assert set(there) == {waiting, unsent, decided}
            told = Notice.objects.for_person(person.pk).filter(link=waiting.get_absolute_url())
            assert f"{scene.lpt} is part of {into} now" in told.order_by("-pk")[0].text
        support(fresh(waiting), actor=again(other), seen=1, now=database_now())


class TestALeaver:
    def test_passes_requests_on_to_the_successor(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        request, unsent = asked(officer), written(officer)
        let_go(officer, successor=supervisor, actor=admin, now=database_now())
        request = fresh(request)
        assert [request.asked_by, fresh(unsent).asked_by] == [supervisor, supervisor]
        # Nobody decides on their own.
        with pytest.raises(PermissionDenied):
            support(request, actor=again(supervisor), seen=1, now=database_now())
        assert "Nobody can decide on it." in Notice.objects.for_person(admin.pk).latest("pk").text
        withdraw_request(request, actor=again(supervisor), now=database_now())

    def test_without_a_successor_leaves_them_to_the_team(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        request, colleague = supported(officer, supervisor), scene.person()
        let_go(officer, successor=supervisor, actor=admin, now=database_now())
        # Who supported it does not become its asker.
        assert fresh(request).asked_by == officer
        assert "can go on with" in Notice.objects.for_person(colleague.pk).latest("pk").text
        send_back(fresh(request), actor=admin, words="And a plan?", seen=1, now=database_now())
        assert not scene.person(lpt=scene.other_account().lpt).has_perm(
            "lifecycle.request_account", fresh(request)
        )
        page = Page.of(signed_in(colleague).post(f"{PATH}{request.pk}/edit/", TYPED, follow=True))
        assert page.messages[0].startswith("Sent.")
        assert (fresh(request).asked_by, fresh(request).times_asked) == (colleague, 2)
        support(fresh(request), actor=supervisor, seen=2, now=database_now())

    def test_alone_is_followed_by_another_asker(self, scene: Scene, officer: User) -> None:
        asked(officer)
        with pytest.raises(DatabaseError), transaction.atomic():
            AccountRequest.objects.update(asked_by=scene.person())

    def test_of_one_force_keeps_what_they_asked_for_in_another(
        self, scene: Scene, officer: User, admin: User
    ) -> None:
        abroad = Scene()
        MembershipFactory.create(person=officer, force=abroad.force, lpt=abroad.lpt)
        kept = write_request(
            WISH, membership=officer.memberships.get(force=abroad.force), now=database_now()
        )
        left, colleague = asked(officer), scene.person()
        let_go(officer, successor=colleague, actor=admin, now=database_now())
        assert again(officer).is_active
        assert [fresh(kept).asked_by, fresh(left).asked_by] == [officer, colleague]


def moved(person: User, into: LPT) -> User:
    """`person`, who is in another team from today on."""
    person.memberships.update(until=yesterday())
    MembershipFactory.create(person=person, force=into.force, lpt=into)
    return again(person)


def told(person: User, request: AccountRequest) -> list[str]:
    """What this person was told of the request, the latest first."""
    about = Notice.objects.for_person(person.pk).filter(link=request.get_absolute_url())
    return [notice.text for notice in about.order_by("-pk")]


class TestWhoeverIsMovedToAnotherTeam:
    @pytest.fixture
    def into(self, scene: Scene) -> LPT:
        team: LPT = LPTFactory.create(force=scene.force)
        return team

    def test_sees_what_they_asked_for_and_is_told_what_comes_of_it(
        self, scene: Scene, officer: User, supervisor: User, admin: User, into: LPT
    ) -> None:
        request, colleague = supported(officer, supervisor), scene.person()
        officer = moved(officer, into)
        assert [watch_requests(now=database_now()) for _ in range(2)] == [1, 0]
        assert told(officer, request)[0].startswith(f"You are not in {scene.lpt} any more")
        said = told(colleague, request)
        assert said[0].startswith(f"{officer} is not in {scene.lpt} any more. Anybody in")
        client = signed_in(officer)
        page = Page.of(client.get(f"{PATH}{request.pk}/"))
        assert f"{officer} is not in {scene.lpt} any more." in page.main
        assert "You are told what comes of it." in page.main
        assert not page.root.all("form", action=f"{PATH}{request.pk}/withdraw/")
        create_account(request, handle=WISH.handle, actor=admin, seen=1, now=database_now())
        for person in (officer, supervisor, colleague):
            assert "will be your account" in told(person, request)[0]
        assert client.get(f"{PATH}{request.pk}/").status_code == 200

    def test_does_not_act_on_it_and_loses_nothing_typed(
        self, scene: Scene, officer: User, into: LPT
    ) -> None:
        request = written(officer)
        client = signed_in(moved(officer, into))
        said = f"You do not write for {scene.lpt} any more."
        for response in (
            client.get(f"{PATH}{request.pk}/edit/", follow=True),
            client.post(f"{PATH}{request.pk}/withdraw/", follow=True),
        ):
            assert Page.of(response).messages[0].startswith(said)
        response = client.post(f"{PATH}{request.pk}/edit/", {**TYPED, "plan": "A new plan."})
        page = Page.of(response)
        assert response.status_code == 409
        assert page.problems[0][0].startswith(said)
        assert page.root.one(id="id_plan").raw_text.strip() == "A new plan."
        assert (fresh(request).state, fresh(request).plan) == (State.DRAFT, CASE["plan"])

    def test_is_followed_by_anybody_of_the_team(
        self, scene: Scene, officer: User, supervisor: User, admin: User, into: LPT
    ) -> None:
        request, colleague = written(officer), scene.person()
        officer = moved(officer, into)
        page = Page.of(signed_in(colleague).post(f"{PATH}{request.pk}/edit/", TYPED, follow=True))
        assert page.messages[0].startswith("Sent.")
        request = fresh(request)
        assert (request.asked_by, request.begun_by) == (colleague, officer)
        assert f"{colleague.full_name}, {scene.lpt}, begun by {officer.full_name}" in page.main
        # Who wrote it first never decides on it, wherever they are.
        boss = scene.give(officer, Role.LPT_COMMANDER, lpt=scene.lpt)
        with pytest.raises(PermissionDenied):
            support(request, actor=boss, seen=1, now=database_now())
        assert not AccountRequest.objects.waiting_for(boss).exists()
        assert AccountRequest.objects.waiting_for(supervisor).get() == request
        for column in ("supported_by", "decided_by", "begun_by"):
            wrong = officer if column != "begun_by" else colleague
            with pytest.raises(DatabaseError), transaction.atomic():
                AccountRequest.objects.update(**{column: wrong})
        withdraw_request(request, actor=colleague, now=database_now())
        assert told(officer, request)[0] == f"{colleague} withdrew the request for @KingsmarlFete."

    def test_is_told_with_the_team_that_more_is_needed(
        self, scene: Scene, officer: User, supervisor: User, into: LPT
    ) -> None:
        request, colleague = asked(officer), scene.person()
        officer = moved(officer, into)
        send_back(request, actor=supervisor, words="Who has time?", seen=1, now=database_now())
        assert "it needs more." in told(officer, request)[0]
        assert told(colleague, request)[0].endswith(f"Anybody in {scene.lpt} can go on with it.")

    def test_and_comes_back_goes_on_with_it(self, scene: Scene, officer: User, into: LPT) -> None:
        request, colleague = written(officer), scene.person()
        officer = moved(officer, into)
        watch_requests(now=database_now())
        officer = scene.give(officer, Role.OFFICER, lpt=scene.lpt)
        assert watch_requests(now=database_now()) == 0
        save_request(fresh(request), WISH, actor=officer, now=database_now())
        with pytest.raises(PermissionDenied):
            save_request(fresh(request), WISH, actor=colleague, now=database_now())
        officer.memberships.filter(lpt=scene.lpt, until=None).update(until=yesterday())
        assert watch_requests(now=database_now()) == 1


class TestATeamThatLosesItsSupervisor:
    def test_has_its_request_decided_by_communications_who_are_told_once(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        approver = scene.person(Role.COMMS_APPROVER, full_name="Nola Quin")
        request = asked(officer)
        assert watch_requests(now=database_now()) == 0
        supervisor.memberships.update(until=yesterday())
        assert [watch_requests(now=database_now()) for _ in range(3)] == [1, 0, 0]
        assert told(approver, request) == [
            "A supervisor's decision on the request for @KingsmarlFete is due."
            f" {scene.lpt} has no other supervisor: you decide whether it is needed."
        ]
        assert told(admin, request) == [
            f"{scene.lpt} has no other supervisor to decide on the request for @KingsmarlFete."
            " For communications can: Nola Quin. Give the team a supervisor."
        ]
        assert not Notice.objects.for_person(supervisor.pk).unread()
        assert Record.objects.about(request).filter(verb=Verb.REQUEST_TURN).count() == 1
        said = f"Nola Quin, for communications: nobody else supervises {scene.lpt}"
        assert said in Page.of(signed_in(officer).get(f"{PATH}{request.pk}/")).main
        support(fresh(request), actor=approver, seen=1, now=database_now())
        assert watch_requests(now=database_now()) == 0

    def test_and_has_nobody_else_is_told_to_the_admins_until_somebody_comes(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        request = asked(officer)
        let_go(supervisor, successor=None, actor=admin, now=database_now())
        assert [watch_requests(now=database_now()) for _ in range(2)] == [1, 0]
        assert len(told(admin, request)) == 1
        assert "Nobody can decide on it." in told(admin, request)[0]
        boss = scene.person(Role.LPT_COMMANDER)
        assert [watch_requests(now=database_now()) for _ in range(2)] == [1, 0]
        assert "You decide whether it is needed." in told(boss, request)[0]
        assert not Notice.objects.for_person(admin.pk).unread().filter(urgent=True)

    def test_is_told_once_by_several_workers(self, postgres: str) -> None:
        scene = Scene()
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        asked(scene.person())
        supervisor.memberships.update(until=yesterday())
        rounds = [lambda: watch_requests(now=database_now())] * 3
        assert sorted(at_once(*rounds)) == [0, 0, 1]


class TestATeamThatIsClosed:
    def test_ends_its_open_requests_and_tells_who_asked(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        open_ones = [written(officer), asked(officer), supported(officer, supervisor)]
        decided = supported(officer, supervisor)
        decline(decided, actor=admin, words="No.", seen=1, now=database_now())
        close_account(scene.account, actor=admin, now=database_now())
        with pytest.raises(OrganisingRefused):
            close_team(scene.lpt, actor=admin, now=database_now())
        assert [fresh(one).state for one in open_ones] == ["draft", "asked", "supported"]
        into = LPTFactory.create(force=scene.force)
        officer, supervisor = moved(officer, into), moved(supervisor, into)
        close_team(scene.lpt, actor=admin, now=database_now())
        assert {fresh(one).state for one in open_ones} == {State.WITHDRAWN}
        assert fresh(decided).state == State.DECLINED
        for one in open_ones:
            said = told(officer, one)[0]
            assert said.startswith(f"{scene.lpt} is closed, and the request for @KingsmarlFete")
            last = Record.objects.about(one).latest("pk")
            assert (last.verb, last.actor_id) == (Verb.REQUEST_WITHDRAWN, str(admin.pk))
            assert last.data == {"closed": scene.lpt.pk}
        assert "is closed" in told(supervisor, open_ones[2])[0]
        assert not Notice.objects.for_person(admin.pk).unread().filter(urgent=True)
        page = Page.of(signed_in(officer).get(f"{PATH}{open_ones[1].pk}/"))
        assert f"{scene.lpt} was closed, and its request with it." in page.main
        assert watch_requests(now=database_now()) == 0


class TestTheAsker:
    def test_never_decides_even_as_a_supervisor(self, scene: Scene, supervisor: User) -> None:
        request = asked(supervisor)
        both = scene.give(supervisor, Role.COMMS_ADMIN)
        assert not AccountRequest.objects.waiting_for(both).exists()
        with pytest.raises(PermissionDenied):
            support(request, actor=both, seen=1, now=database_now())
        support(request, actor=scene.person(Role.LPT_COMMANDER), seen=1, now=database_now())
        for act in (
            lambda: create_account(
                fresh(request), handle="Abc", actor=both, seen=1, now=database_now()
            ),
            lambda: redirect_to(
                fresh(request), "Abc", actor=both, words="", seen=1, now=database_now()
            ),
        ):
            with pytest.raises(PermissionDenied):
                act()

    @pytest.mark.parametrize("column", ["supported_by", "decided_by"])
    def test_is_refused_by_the_database(self, officer: User, column: str) -> None:
        asked(officer)
        with pytest.raises(DatabaseError), transaction.atomic():
            AccountRequest.objects.update(**{column: officer})

    def test_answers_every_question_first(self, officer: User) -> None:
        request = written(officer, Wish("KingsmarlFete", case={**CASE, "plan": " "}))
        with pytest.raises(DatabaseError), transaction.atomic():
            ask(request, actor=officer, now=database_now())

    @pytest.mark.parametrize("role", list(Role))
    def test_belongs_to_a_team(self, scene: Scene, role: Role) -> None:
        person = scene.person(role)
        if role in {Role.OFFICER, Role.LPT_SUPERVISOR, Role.LPT_COMMANDER}:
            assert written(person).state == State.DRAFT
        else:
            with pytest.raises(PermissionDenied):
                written(person)


TYPED: dict[str, Any] = {
    "handle": "@KingsmarlFete", "platform": "x", "kind": "lpt", "guidance": "on", "do": "ask",
    **CASE,
}  # fmt: skip


class TestThePages:
    def test_keep_what_is_half_written_and_ask_for_the_rest(self, officer: User) -> None:
        client = signed_in(officer)
        typed = {**TYPED, "plan": "", "guidance": ""}
        response = client.post(f"{PATH}new/", typed)
        page = Page.of(response)
        assert response.status_code == 422
        assert [text for text, _ in page.problems] == [
            "Answer: What will you tweet, and how will people hear of the account?",
            "Read the guidance, then tick that you will keep to it.",
        ]  # fmt: skip
        assert "Because of purpose." in page.root.one(id="id_purpose").raw_text
        page = Page.of(client.post(f"{PATH}new/", {**typed, "do": "save"}, follow=True))
        assert page.messages == ["Saved. Nobody is asked yet."]
        request = AccountRequest.objects.get()
        assert (request.state, request.handle) == (State.DRAFT, "KingsmarlFete")
        page = Page.of(client.post(f"{PATH}{request.pk}/edit/", TYPED, follow=True))
        assert page.messages[0].startswith("Sent.")
        page = Page.of(client.post(f"{PATH}{request.pk}/edit/", TYPED, follow=True))
        assert page.messages[0].startswith("This request is with others now")

    @pytest.mark.parametrize("text", ["x" * 1001, "x" * 60_000])
    def test_say_what_is_too_long(self, officer: User, text: str) -> None:
        page = Page.of(signed_in(officer).post(f"{PATH}new/", {**TYPED, "time": text}))
        assert page.problems[0][0].startswith("Use at most 1000 characters")
        assert not AccountRequest.objects.exists()

    def test_take_the_decisions(self, officer: User, supervisor: User, admin: User) -> None:
        path = f"{PATH}{asked(officer).pk}/"
        client = signed_in(supervisor)
        page = Page.of(client.post(f"{path}answer/", {"verdict": "decline", "seen": 1}))
        assert [text for text, _ in page.problems] == ["Say in a sentence why, or what is missing."]
        assert [choice.attrs["value"] for choice in page.root.all("input", name="verdict")] == [
            "support", "send_back", "decline",
        ]  # fmt: skip
        page = Page.of(
            client.post(f"{path}answer/", {"verdict": "support", "seen": 1}, follow=True)
        )
        assert page.messages == ["Supported. Communications decides now."]
        page = Page.of(
            client.post(f"{path}answer/", {"verdict": "support", "seen": 1}, follow=True)
        )
        assert page.messages == ["This request does not wait for your decision."]
        client = signed_in(admin)
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"verdict": "create", "handle": "No way!"}, "On X a handle has"),
            ({"verdict": "create", "handle": ""}, "Enter the name of the account."),
            ({"verdict": "existing"}, "Choose the account that they should use."),
            ({"verdict": "hashtag", "hashtag": "two words"}, "Enter one hashtag"),
            ({}, "Choose what you decide."),
        ]
        for sent, problem in wrong:
            page = Page.of(client.post(f"{path}answer/", {"seen": 1, "words": "So.", **sent}))
            assert page.problems[0][0].startswith(problem)
        last: dict[str, Any] = {"verdict": "create", "handle": "KingsmarlFete", "seen": 0}
        page = Page.of(client.post(f"{path}answer/", last, follow=True))
        assert page.messages == [
            "This request changed while you were reading it. Look at it again."
        ]
        page = Page.of(client.post(f"{path}answer/", {**last, "seen": 1}, follow=True))
        assert page.messages[0].startswith("Created.")
        assert page.root.all(
            "a", href=f"/connections/{SocialAccount.objects.latest('pk').pk}/credentials/"
        )

    @pytest.mark.parametrize("way", ["existing", "hashtag", "send_back"])
    def test_take_another_way(
        self, scene: Scene, officer: User, supervisor: User, admin: User, way: str
    ) -> None:
        path = f"{PATH}{supported(officer, supervisor).pk}/"
        sent = {
            "verdict": way, "existing": scene.account.pk, "hashtag": "#KingsmarlFest",
            "words": "One weekend.", "seen": 1,
        }  # fmt: skip
        page = Page.of(signed_in(admin).post(f"{path}answer/", sent, follow=True))
        assert len(page.messages) == 1
        page = Page.of(signed_in(officer).get(path))
        assert "One weekend." in page.main
        words = {"existing": f"Use {scene.account} instead", "hashtag": "Use #KingsmarlFest",
                 "send_back": "Being written"}  # fmt: skip
        assert words[way] in page.main

    def test_withdraw(self, officer: User) -> None:
        path, client = f"{PATH}{asked(officer).pk}/", signed_in(officer)
        for said in ("Withdrawn.", "Somebody has decided on it already."):
            page = Page.of(client.post(f"{path}withdraw/", follow=True))
            assert page.messages == [said]

    def test_are_the_own_teams_and_the_writers(self, scene: Scene, officer: User) -> None:
        request = written(officer)
        path = f"{PATH}{request.pk}/"
        other = signed_in(scene.person(lpt=scene.other_account().lpt))
        assert other.get(path).status_code == 404
        colleague = signed_in(scene.person())
        assert colleague.get(path).status_code == 200
        assert colleague.get(f"{path}edit/").status_code == 404
        assert colleague.post(f"{path}withdraw/").status_code == 404

    def test_count_what_waits(self, officer: User, supervisor: User, admin: User) -> None:
        asked(officer)

        def shown(user: User) -> str:
            return Page.of(signed_in(user).get(PATH)).main

        assert "Waiting for you" in shown(supervisor)
        assert "Waiting for you" not in shown(officer)
        assert "Waiting for you" not in shown(admin)
