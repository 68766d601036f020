"""Whoever was to take an account over leaves before it is theirs."""

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import end_role
from approvals.organising.services import let_go
from lifecycle.checklists import CHECKLISTS, Process
from lifecycle.models import ChecklistStep, Handover, Plan, Why
from lifecycle.services import NotYet, Parting, begin_handover, call_off, tick
from notices.models import Notice
from publishing.clock import database_now
from tests.factories import Scene, again, signed_in
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


@pytest.fixture
def heir(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def handover(scene: Scene, admin: User, heir: User) -> Handover:
    today = timezone.localdate()
    parting = Parting(
        why=Why.MOVING, plan=Plan.SUCCESSOR, last_day=today, person=scene.person(), successor=heir
    )
    begun = begin_handover(scene.account, parting, actor=admin, now=database_now())
    Notice.objects.all().delete()
    return begun


def tick_all(handover: Handover, by: User) -> None:
    for key in CHECKLISTS[Process.HANDOVER]:
        step = ChecklistStep.objects.with_process().get(handover=handover, key=key)
        tick(step, actor=by, now=database_now())


def told(person: User) -> list[str]:
    return list(Notice.objects.for_person(person.pk).values_list("text", flat=True))


class TestASuccessorWhoLeaves:
    def test_is_told_to_whoever_can_begin_again(
        self, scene: Scene, handover: Handover, heir: User, admin: User
    ) -> None:
        other = scene.person(Role.COMMS_ADMIN)
        let_go(heir, successor=None, actor=other, now=timezone.now())
        for person in (admin, other):
            assert told(person) == [
                f"{heir}, who was to take {scene.account} over, has left. Call the handover off and"
                " begin another one."
            ]
        assert Notice.objects.for_person(admin.pk)[0].link == handover.get_absolute_url()
        assert not told(heir)

    def test_is_not_told_of_what_has_ended(
        self, scene: Scene, handover: Handover, heir: User, admin: User
    ) -> None:
        call_off(handover, actor=admin, now=database_now())
        let_go(heir, successor=None, actor=admin, now=timezone.now())
        assert not any("was to take" in text for text in told(admin))

    @pytest.mark.parametrize("has_gone", ["left", "another team"])
    def test_gets_no_account(
        self, scene: Scene, handover: Handover, heir: User, admin: User, has_gone: str
    ) -> None:
        if has_gone == "left":
            let_go(heir, successor=None, actor=admin, now=timezone.now())
        else:
            end_role(heir.memberships.get(), last_day=None, actor=admin, now=timezone.now())
        with pytest.raises(NotYet, match="is no longer in its team"):
            tick_all(handover, again(admin))
        handover.refresh_from_db()
        assert handover.ended_at is None
        assert [step.key for step in handover.steps.open().in_order()] == ["rights"]

    def test_is_missed_on_the_page_before_the_last_step(
        self, scene: Scene, handover: Handover, heir: User, admin: User
    ) -> None:
        page, path = signed_in(admin), handover.get_absolute_url()
        lost = f"{heir}, who was to take {scene.account} over, is no longer in its team."
        assert lost not in Page.of(page.get(path)).main
        end_role(heir.memberships.get(), last_day=None, actor=admin, now=timezone.now())
        assert f"{lost} Call this handover off" in Page.of(page.get(path)).main
        call_off(handover, actor=admin, now=database_now())
        assert lost not in Page.of(page.get(path)).main
