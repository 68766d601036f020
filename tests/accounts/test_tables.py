"""The permission tables behind Django's own question."""

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser

from accounts import tables
from accounts.backends import PermissionTables
from accounts.models import User
from accounts.permissions import holds, in_team, is_comms_reviewer
from accounts.roles import Role
from accounts.tables import permission_table
from tests.factories import Scene, UserFactory


class TestTheTables:
    def test_name_each_permission_after_its_app(self, settings: Any) -> None:
        apps = {path.split(".")[0] for path in settings.PERMISSION_TABLES}
        assert {name.split(".")[0] for name in permission_table()} == apps

    def test_hold_each_permission_once(self, settings: Any) -> None:
        settings.PERMISSION_TABLES = ["drafts.permissions.TABLE", "drafts.permissions.TABLE"]
        with pytest.raises(ValueError, match=r"The permission drafts\.\w+ stands in two tables\."):
            tables.permission_table.__wrapped__()

    def test_do_not_answer_for_a_permission_that_there_is_not(self) -> None:
        with pytest.raises(KeyError):
            UserFactory.build().has_perm("drafts.aprove")

    @pytest.mark.django_db
    def test_are_asked_by_django_too(self) -> None:
        scene = Scene()
        backend = PermissionTables()
        comms = scene.person(Role.COMMS_DUTY)
        assert backend.has_perm(comms, "approvals.review")
        assert not backend.has_perm(scene.person(), "approvals.review")

    def test_know_nobody_who_is_not_signed_in(self) -> None:
        nobody = AnonymousUser()
        for permission in permission_table():
            assert not nobody.has_perm(permission)

    @pytest.mark.django_db
    def test_let_nobody_sign_in_by_themselves(self) -> None:
        assert authenticate(email="a@force.example.org", password="x") is None

    @pytest.mark.django_db
    @pytest.mark.parametrize("permission", sorted(permission_table()))
    def test_answer_for_everybody_without_an_object(self, permission: str) -> None:
        scene = Scene()
        nobody: User = UserFactory.create()
        for person in (nobody, *(scene.person(role) for role in Role)):
            assert person.has_perm(permission) in {True, False}


@pytest.mark.django_db
class TestTheHelpers:
    def test_know_roles_by_force(self) -> None:
        scene, elsewhere = Scene(), Scene()
        comms = scene.person(Role.COMMS_DUTY)
        assert holds(comms, {Role.COMMS_DUTY})
        assert holds(comms, {Role.COMMS_DUTY}, force_id=scene.force.pk)
        assert not holds(comms, {Role.COMMS_DUTY}, force_id=elsewhere.force.pk)
        assert not holds(comms, {Role.COMMS_ADMIN})
        assert is_comms_reviewer(comms)
        assert not is_comms_reviewer(comms, elsewhere.force.pk)

    def test_know_teams_by_account(self) -> None:
        scene = Scene()
        officer = scene.person()
        assert in_team(officer, scene.account)
        assert not in_team(officer, scene.account, {Role.LPT_SUPERVISOR})
        assert not in_team(officer, scene.other_account())
        assert not in_team(scene.central_officer(), scene.account)
