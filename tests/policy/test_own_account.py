"""People's own accounts: given freely, protected at once, wiped when they are taken back."""

from datetime import timedelta

import pytest
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import deactivate
from audit.models import Record
from audit.verbs import Verb
from policy.core import PackError
from policy.models import StaffHandle
from policy.services import (
    add_entry,
    generation,
    give_handle,
    handles_in,
    handles_of,
    pack_for,
    preparing,
    propose,
    withdraw_handle,
)
from tests.factories import Scene
from tests.pages import Page
from tests.policy.owners import owner, put_in_force

pytestmark = pytest.mark.django_db
PATH = "/policy/own-account/"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def asha(scene: Scene) -> User:
    return scene.person(full_name="Asha Tindall")


def protected(scene: Scene) -> tuple[str, ...]:
    return pack_for(scene.force).lists["protected_handles"]


def give(person: User, handle: str) -> None:
    give_handle(person, handle, now=timezone.now())


class TestAnAccountOfOnesOwn:
    def test_is_protected_at_once_and_until_it_is_taken_back(
        self, scene: Scene, asha: User
    ) -> None:
        before = protected(scene)
        give(asha, "@AshaAtHome")
        assert protected(scene) == (*before, "AshaAtHome")
        assert "AshaAtHome" not in protected(Scene())
        (given,) = handles_of(asha)
        assert withdraw_handle(asha, given.pk, now=timezone.now())
        assert protected(scene) == before
        assert not withdraw_handle(asha, given.pk, now=timezone.now())

    def test_is_wiped_and_never_stood_in_the_trail(self, asha: User) -> None:
        give(asha, "AshaAtHome")
        withdraw_handle(asha, handles_of(asha)[0].pk, now=timezone.now())
        assert StaffHandle.objects.get().handle == ""
        trail = Record.objects.about(asha)
        assert [record.verb for record in trail] == [Verb.HANDLE_GIVEN, Verb.HANDLE_WITHDRAWN]
        assert "AshaAtHome" not in str(list(trail.values()))

    def test_is_nobody_else_s_to_take_back(self, scene: Scene, asha: User) -> None:
        give(asha, "AshaAtHome")
        assert not withdraw_handle(owner(scene), handles_of(asha)[0].pk, now=timezone.now())
        assert handles_of(asha)

    def test_goes_with_its_owner(self, scene: Scene, asha: User) -> None:
        give(asha, "AshaAtHome")
        deactivate(asha, actor=None, now=timezone.now())
        give(scene.person(), "Another")
        assert "AshaAtHome" not in protected(scene)
        assert [given.handle for given in handles_in(scene.force)] == ["Another"]

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("two words", "is no account"),
            ("x" * 16, "is no account"),
            ("ASHAATHOME", "You have given this account already."),
            ("@", "Type the account first."),
        ],
    )
    def test_must_be_one(self, asha: User, typed: str, sentence: str) -> None:
        give(asha, "AshaAtHome")
        with pytest.raises(PackError, match=sentence):
            give(asha, typed)

    def test_may_be_a_colleague_s_too(self, scene: Scene, asha: User) -> None:
        give(asha, "SharedAccount")
        give(scene.person(), "sharedaccount")
        assert StaffHandle.objects.count() == 2

    def test_is_one_of_five_at_most(self, asha: User) -> None:
        for number in range(5):
            give(asha, f"Asha{number}")
        with pytest.raises(PackError, match="You can give 5 accounts"):
            give(asha, "Asha5")

    def test_is_none_of_the_force_or_its_partners(self, scene: Scene, asha: User) -> None:
        helen = owner(scene)
        now = timezone.now()
        add_entry(scene.force, "force_accounts", "ForceDesk", actor=helen, seen=0, now=now)
        add_entry(
            scene.force, "partner_accounts", "The fire brigade", "TheFireCrew",
            actor=helen, seen=1, now=now,
        )  # fmt: skip
        version = preparing(scene.force, helen)
        assert version is not None
        propose(version, actor=helen, reason="Partners.", seen=2, now=now)
        put_in_force(version, owner(scene))
        for official in (scene.account.handle.upper(), "@forcedesk", "thefirecrew"):
            with pytest.raises(PackError, match="official account"):
                give(asha, official)

    def test_is_given_and_taken_back_so_often_a_day(self, asha: User) -> None:
        now = timezone.now()
        for number in range(20):
            give_handle(asha, f"asha_{number}", now=now)
            withdraw_handle(asha, handles_of(asha)[0].pk, now=now)
        with pytest.raises(PackError, match="Come back tomorrow"):
            give_handle(asha, "asha_20", now=now + timedelta(hours=23))
        give_handle(asha, "asha_20", now=now + timedelta(days=1))

    def test_that_is_not_there_leaves_the_rules_as_they_are(self, asha: User) -> None:
        give(asha, "AshaAtHome")
        (given,) = handles_of(asha)
        withdraw_handle(asha, given.pk, now=timezone.now())
        before = generation()
        for key in (given.pk, given.pk + 1):
            assert not withdraw_handle(asha, key, now=timezone.now())
        assert generation() == before

    def test_is_kept_nowhere_once_withdrawn(self, asha: User) -> None:
        give(asha, "AshaAtHome")
        with pytest.raises(DatabaseError, match="withdrawn_handle_is_wiped"), transaction.atomic():
            StaffHandle.objects.update(withdrawn_at=timezone.now())


class TestItsPage:
    def test_gives_and_takes_back(self, client: Client, asha: User) -> None:
        client.force_login(asha)
        page = Page.of(client.post(PATH, {"handle": "@AshaAtHome"}, follow=True))
        assert page.messages == ["From now on no tweet may mention this account."]
        assert "@AshaAtHome" in page.main
        key = page.root.one("button", name="withdraw").attrs["value"]
        for words in (
            "Taken back. The account is no longer on record.",
            "This account was taken back before.",
        ):
            page = Page.of(client.post(PATH, {"withdraw": key}, follow=True))
            assert page.messages == [words]
        assert "AshaAtHome" not in page.main

    @pytest.mark.parametrize("key", ["", "x", "²", "9" * 40])
    def test_knows_no_other_key(self, client: Client, asha: User, key: str) -> None:
        client.force_login(asha)
        page = Page.of(client.post(PATH, {"withdraw": key}, follow=True))
        assert page.messages == ["This account was taken back before."]

    @pytest.mark.parametrize("typed", ["", "two words", "x" * 90])
    def test_keeps_what_was_typed(self, client: Client, asha: User, typed: str) -> None:
        client.force_login(asha)
        response = client.post(PATH, {"handle": typed})
        assert response.status_code == 422
        page = Page.of(response)
        assert len(page.problems) == 1
        assert page.root.one("input", name="handle").attrs.get("value", "") == typed

    @pytest.mark.parametrize("role", Role)
    def test_shows_those_of_others_to_few(
        self, client: Client, scene: Scene, asha: User, role: Role
    ) -> None:
        give(asha, "AshaAtHome")
        client.force_login(scene.person(role))
        page = Page.of(client.get(PATH))
        sees = role in (Role.POLICY_OWNER, Role.COMMS_ADMIN)
        assert ("@AshaAtHome Asha Tindall" in page.main) == sees

    def test_shows_those_of_another_force_to_nobody(self, client: Client, asha: User) -> None:
        give(asha, "AshaAtHome")
        client.force_login(owner(Scene()))
        for path in (PATH, "/policy/lists/protected_handles/"):
            assert "AshaAtHome" not in Page.of(client.get(path)).main

    def test_is_the_list_of_the_policy_owner(
        self, client: Client, scene: Scene, asha: User
    ) -> None:
        give(asha, "AshaAtHome")
        client.force_login(owner(scene))
        page = Page.of(client.get("/policy/lists/protected_handles/"))
        assert "@AshaAtHome Asha Tindall" in page.main
        assert "History" not in page.main
