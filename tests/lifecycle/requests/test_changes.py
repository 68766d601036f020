"""Requests whose people move or leave, and whose teams end."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction

from accounts.models import LPT, User
from accounts.roles import Role
from accounts.services import OrganisingRefused, close_team
from approvals.organising.services import close_account, let_go, merge_teams
from audit.models import Record
from audit.verbs import Verb
from lifecycle.models import AccountRequest
from lifecycle.services import (
    create_account,
    decline,
    save_request,
    send_back,
    support,
    watch_requests,
    withdraw_request,
    write_request,
)
from lifecycle.workflow import State
from notices.models import Notice
from publishing.clock import database_now
from tests.factories import LPTFactory, MembershipFactory, Scene, again, signed_in
from tests.lifecycle.requests.stage import (
    CASE,
    PATH,
    TYPED,
    WISH,
    asked,
    fresh,
    moved,
    supported,
    told,
    written,
    yesterday,
)
from tests.pages import Page
from tests.races import at_once

pytestmark = pytest.mark.django_db


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
