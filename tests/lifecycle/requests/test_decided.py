"""A request for an account: its name, its case and who decides."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction

from accounts.models import AccountKind, Platform, SocialAccount, User
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from lifecycle.checklists import CHECKLISTS, Process
from lifecycle.models import AccountRequest
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
    withdraw_request,
    wrong_with,
)
from lifecycle.workflow import StaleRequest, State
from notices.models import Notice
from publishing.clock import database_now
from tests.factories import Scene, signed_in
from tests.lifecycle.requests.stage import CASE, PATH, TYPED, WISH, asked, fresh, supported, written
from tests.pages import Page

pytestmark = pytest.mark.django_db


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
