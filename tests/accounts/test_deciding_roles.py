"""Somebody is made one who decides: colleagues of whoever does it are told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import APPROVING_OR_ADMINISTERING, TEAM_ROLES, Role
from accounts.services import Details, Place, add_person, apply_plan, give_role, plan_import
from notices.models import Kind, Notice
from tests.factories import Scene, again

pytestmark = pytest.mark.django_db
HEAD = "name,email,mobile,role,team\n"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


@pytest.fixture
def watching(scene: Scene) -> list[User]:
    return [scene.person(role) for role in (Role.COMMS_ADMIN, Role.COMMS_DUTY)]


def place(scene: Scene, role: Role, **when: int) -> Place:
    since = timezone.localdate() + timedelta(**when)
    return Place(role, scene.lpt if role in TEAM_ROLES else None, since)


def told(person: User) -> list[Notice]:
    return list(Notice.objects.for_person(person.pk))


class TestARoleThatDecides:
    def test_given_to_somebody_new_is_told(
        self, scene: Scene, admin: User, watching: list[User]
    ) -> None:
        outside = [Scene().person(Role.COMMS_ADMIN), scene.person(Role.COMMS_APPROVER)]
        details = Details("new@force.example.org", "Nell Newcome", "+447700900801")
        person = add_person(
            details, place(scene, Role.COMMS_APPROVER), force=scene.force, actor=admin,
            now=timezone.now(),
        )  # fmt: skip
        for other in watching:
            (notice,) = told(other)
            assert (notice.kind, notice.urgent) == (Kind.ALERT, True)
            assert notice.link == f"/people/{person.pk}/"
            assert notice.text.startswith(
                f"{admin} lets Nell Newcome (Comms approver) decide or administer."
            )
        for other in (admin, *outside):
            assert not told(other)

    @pytest.mark.parametrize("role", list(Role))
    def test_is_one_with_which_tweets_are_let_out_or_rights_are_given(
        self, scene: Scene, admin: User, watching: list[User], role: Role
    ) -> None:
        person = scene.person(lpt=scene.other_account().lpt)
        now = timezone.now()
        give_role(person, place(scene, role, days=7), force=scene.force, actor=admin, now=now)
        is_told = role in APPROVING_OR_ADMINISTERING
        assert [len(told(other)) for other in watching] == [is_told] * 2

    def test_is_not_told_to_whoever_gets_it(
        self, scene: Scene, admin: User, watching: list[User]
    ) -> None:
        duty, now = again(watching[1]), timezone.now()
        give_role(duty, place(scene, Role.COMMS_ADMIN), force=scene.force, actor=admin, now=now)
        assert [len(told(other)) for other in watching] == [1, 0]

    def test_given_to_many_from_a_file_is_told_once(
        self, scene: Scene, admin: User, watching: list[User]
    ) -> None:
        lines = [
            f"Person {letter},{letter}@force.example.org,07700 90080{number},Comms approver,\n"
            for number, letter in enumerate("abcdefgh")
        ]
        officer = f"Officer,o@force.example.org,07700 900810,Officer,{scene.lpt}\n"
        content = f"{HEAD}{''.join(lines)}{officer}".encode()
        plan = plan_import(content, force=scene.force, actor=admin, now=timezone.now())
        assert len(plan.new) == 9
        now = timezone.now()
        apply_plan(content, digest=plan.digest, force=scene.force, actor=admin, now=now)
        for other in watching:
            (notice,) = told(other)
            assert "Person e (Comms approver) and 3 more decide or administer." in notice.text
            assert "Officer (" not in notice.text
            assert notice.link == "/people/"
        assert not told(admin)
