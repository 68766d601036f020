"""Steps that are overdue: told once, once more a day later, and never when there is no need."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import AccountStatus, User
from accounts.roles import Role
from accounts.services import set_status
from audit.models import Record
from audit.verbs import Verb
from lifecycle.checklists import CHECKLISTS, DAY, MINUTE, Process
from lifecycle.models import (
    QUESTIONS,
    AccountRequest,
    ChecklistStep,
    Compromise,
    Handover,
    Plan,
    Why,
)
from lifecycle.services import (
    Parting,
    Wish,
    ask,
    begin_handover,
    call_off,
    create_account,
    remind_of_steps,
    report,
    sign,
    support,
    tick,
    write_request,
)
from notices.models import Kind, Notice
from publishing.clock import database_now
from tests.factories import Scene
from tests.races import at_once

CASE = {name: f"Because of {name}." for name in QUESTIONS}


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


@pytest.fixture
def now() -> datetime:
    return database_now()


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def supervisor(scene: Scene) -> User:
    return scene.person(Role.LPT_SUPERVISOR)


@pytest.fixture
def duty(scene: Scene) -> User:
    return scene.person(Role.COMMS_DUTY)


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


def told(user: User) -> list[str]:
    """What this person was told of steps, the latest first."""
    texts = [notice.text for notice in Notice.objects.for_person(user.pk)]
    return [text for text in texts if " done in time " in text or "Still not done " in text]


def titles(process: Process, *keys: str) -> str:
    return "; ".join(CHECKLISTS[process][key].title for key in keys)


def hacked(scene: Scene, by: User, *, now: datetime) -> Compromise:
    return report(scene.account, actor=by, now=now)


def leaving(scene: Scene, leaver: User, *, now: datetime, days: int = 10) -> Handover:
    day = timezone.localdate(now) + days * DAY
    parting = Parting(why=Why.LEAVING, plan=Plan.CLOSURE, last_day=day, person=leaver)
    return begin_handover(scene.account, parting, actor=leaver, now=now)


def launched(officer: User, supervisor: User, admin: User, *, now: datetime) -> AccountRequest:
    (membership,) = officer.current_memberships
    request = write_request(Wish("KingsmarlFete", case=CASE), membership=membership, now=now)
    ask(request, actor=officer, now=now)
    request.refresh_from_db()
    support(request, actor=supervisor, seen=1, now=now)
    request.refresh_from_db()
    create_account(request, handle="KingsmarlFete", actor=admin, seen=1, now=now)
    request.refresh_from_db()
    return request


class TestAStepOfAHackedAccount:
    def test_is_told_once_when_it_is_overdue_and_once_more_a_day_later(
        self, scene: Scene, officer: User, admin: User, duty: User, now: datetime
    ) -> None:
        hacked(scene, officer, now=now)
        counts = [
            remind_of_steps(now=now + span)
            for span in (
                14 * MINUTE, 15 * MINUTE, 16 * MINUTE, 40 * MINUTE,
                DAY + 14 * MINUTE, DAY + 15 * MINUTE, DAY + 16 * MINUTE, 30 * DAY, 40 * DAY,
            )
        ]  # fmt: skip
        assert counts == [0, 1, 0, 2, 2, 1, 0, 4, 0]
        about = f"for {scene.account}, which may be hacked: "
        first = [text for text in reversed(told(admin)) if text.startswith("Not done in time")]
        assert first[:2] == [
            f"Not done in time {about}{titles(Process.COMPROMISE, 'password')}.",
            f"Not done in time {about}{titles(Process.COMPROMISE, 'sessions', 'press')}.",
        ]
        for step in CHECKLISTS[Process.COMPROMISE].values():
            for person in (admin, duty):
                assert sum(step.title in text for text in told(person)) == 2

    def test_is_told_as_something_to_act_on_and_settled_with_the_case(
        self, scene: Scene, officer: User, admin: User, duty: User, now: datetime
    ) -> None:
        case = hacked(scene, officer, now=now)
        remind_of_steps(now=now + 15 * MINUTE)
        notice = Notice.objects.for_person(duty.pk)[0]
        assert (notice.kind, notice.urgent, notice.link) == (
            Kind.ALERT, True, case.get_absolute_url(),
        )  # fmt: skip
        for step in case.steps.with_process():
            tick(step, actor=admin, now=now)
        for person in (admin, duty):
            sign(case, actor=person, now=now)
        assert not Notice.objects.filter(urgent=True, read_at=None).exists()

    def test_that_is_ticked_is_told_no_more(
        self, scene: Scene, officer: User, admin: User, now: datetime
    ) -> None:
        case = hacked(scene, officer, now=now)
        remind_of_steps(now=now + 15 * MINUTE)
        step = case.steps.with_process().get(key="password")
        tick(step, actor=admin, now=now + 20 * MINUTE)
        assert remind_of_steps(now=now + DAY + 20 * MINUTE) == 4
        assert sum("Password" in text for text in told(admin)) == 1

    def test_of_a_case_that_has_ended_is_told_to_nobody(
        self, scene: Scene, officer: User, admin: User, duty: User, now: datetime
    ) -> None:
        case = hacked(scene, officer, now=now)
        for step in case.steps.with_process():
            if step.about.vital:
                tick(step, actor=admin, now=now)
        for person in (admin, duty):
            sign(case, actor=person, now=now)
        assert case.steps.open().exists()
        assert remind_of_steps(now=now + DAY) == 0

    def test_stands_in_the_trail(
        self, scene: Scene, officer: User, admin: User, now: datetime
    ) -> None:
        hacked(scene, officer, now=now)
        remind_of_steps(now=now + 30 * MINUTE)
        row = Record.objects.about(scene.account).get(verb=Verb.STEPS_OVERDUE)
        assert row.data == {"of": "compromise", "steps": ["password", "sessions", "press"]}

    def test_is_told_once_by_workers_at_once(self, postgres: str) -> None:
        scene, now = Scene(), database_now()
        admin = scene.person(Role.COMMS_ADMIN)
        hacked(scene, scene.person(), now=now)
        at = now + 15 * MINUTE
        assert sorted(at_once(*[lambda: remind_of_steps(now=at)] * 3)) == [0, 0, 1]
        assert len(told(admin)) == 1
        assert Record.objects.filter(verb=Verb.STEPS_OVERDUE).count() == 1

    def test_is_not_told_beside_the_tick_that_comes_first(self, postgres: str) -> None:
        scene, now = Scene(), database_now()
        admin = scene.person(Role.COMMS_ADMIN)
        case = hacked(scene, scene.person(), now=now)
        step = case.steps.with_process().get(key="password")
        at = now + 15 * MINUTE

        def tick_it() -> int:
            tick(step, actor=admin, now=at)
            return 0

        number, _ = at_once(lambda: remind_of_steps(now=at), tick_it)
        step.refresh_from_db()
        assert step.done_at == at
        assert step.reminded == number == len(told(admin))


class TestAStepOfAHandover:
    def test_is_due_by_the_end_of_the_last_day(
        self, scene: Scene, officer: User, now: datetime
    ) -> None:
        steps = {step.key: step for step in leaving(scene, officer, now=now).steps.in_order()}
        plan = steps.pop("plan")
        assert plan.due_at == now + 3 * DAY
        last = timezone.localdate(now) + 10 * DAY
        for step in steps.values():
            assert step.due_at
            assert timezone.localdate(step.due_at) == last
            assert timezone.localdate(step.due_at + MINUTE) == last + DAY

    @pytest.mark.parametrize("days", [-30, 0])
    def test_has_a_day_where_the_last_day_is_over_or_near(
        self, scene: Scene, officer: User, now: datetime, days: int
    ) -> None:
        handover = leaving(scene, officer, now=now, days=days)
        assert set(handover.steps.values_list("due_at", flat=True)) == {now + DAY}

    def test_is_told_to_the_admin_and_that_of_the_team_to_its_supervisor_too(
        self, scene: Scene, officer: User, supervisor: User, admin: User
    ) -> None:
        now, duty = database_now(), scene.person(Role.COMMS_DUTY)
        handover = leaving(scene, officer, now=now)
        assert remind_of_steps(now=now + 3 * DAY) == 1
        about = f"Not done in time in the handover of {scene.account}: "
        plan = f"{about}{titles(Process.HANDOVER, 'plan')}."
        assert told(admin) == told(supervisor) == [plan]
        assert remind_of_steps(now=now + 11 * DAY) == 6
        keys = ("drafts", "farewell", "profile", "credentials", "rights")
        assert f"{about}{titles(Process.HANDOVER, *keys)}." in told(admin)
        assert f"{about}{titles(Process.HANDOVER, 'drafts', 'farewell')}." in told(supervisor)
        notice = Notice.objects.for_person(supervisor.pk)[0]
        assert (notice.urgent, notice.link) == (False, handover.get_absolute_url())
        assert told(duty) == told(officer) == []

    def test_to_agree_to_is_not_told_to_whoever_goes(
        self, scene: Scene, supervisor: User, admin: User, now: datetime
    ) -> None:
        leaving(scene, supervisor, now=now)
        remind_of_steps(now=now + 3 * DAY)
        assert told(supervisor) == []
        assert len(told(admin)) == 1

    def test_that_was_called_off_is_told_to_nobody(
        self, scene: Scene, officer: User, admin: User, now: datetime
    ) -> None:
        handover = leaving(scene, officer, now=now)
        remind_of_steps(now=now + 3 * DAY)
        call_off(handover, actor=admin, now=now + 3 * DAY)
        assert remind_of_steps(now=now + 30 * DAY) == 0
        assert len(told(admin)) == 1

    def test_is_not_told_beside_the_end_that_comes_first(self, postgres: str) -> None:
        scene, now = Scene(), database_now()
        admin, officer = scene.person(Role.COMMS_ADMIN), scene.person()
        handover = leaving(scene, officer, now=now)
        at = now + 3 * DAY

        def end_it() -> int:
            call_off(handover, actor=admin, now=at)
            return 0

        number, _ = at_once(lambda: remind_of_steps(now=at), end_it)
        counted = ChecklistStep.objects.filter(handover=handover, reminded=1).count()
        assert number == counted == len(told(admin))


class TestAStepOfALaunch:
    def test_is_told_in_its_time(
        self, officer: User, supervisor: User, admin: User, now: datetime
    ) -> None:
        request = launched(officer, supervisor, admin, now=now)
        counts = [remind_of_steps(now=now + days * DAY) for days in (6, 7, 8, 9, 14, 28)]
        assert counts == [0, 1, 1, 0, 3, 4]
        about = f"before {request.account} is launched"
        assert told(supervisor) == [
            f"Not done in time {about}: {titles(Process.LAUNCH, 'community')}."
        ]
        assert told(admin)[-2:] == [
            f"Still not done {about}: {titles(Process.LAUNCH, 'connect')}.",
            f"Not done in time {about}: {titles(Process.LAUNCH, 'connect')}.",
        ]

    def test_of_an_account_that_was_closed_is_told_to_nobody(
        self, officer: User, supervisor: User, admin: User, now: datetime
    ) -> None:
        request = launched(officer, supervisor, admin, now=now)
        assert request.account
        set_status(request.account, AccountStatus.CLOSED, actor=admin, now=now)
        assert remind_of_steps(now=now + timedelta(days=60)) == 0
