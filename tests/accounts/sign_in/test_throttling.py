"""Tries are counted for a person and an address together; nobody locks anybody else out."""

from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.services import deactivate
from tests.accounts.sign_in.people import PASSWORD, sign_in
from tests.factories import Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db
HERE, THERE = {"REMOTE_ADDR": "10.1.1.1"}, {"REMOTE_ADDR": "10.2.2.2"}


def is_locked(answer: Any) -> bool:
    return answer.status_code == 200 and "tried too often" in Page.of(answer).main


class TestTheSixthTry:
    def test_is_refused_at_the_same_address_only(self, client: Client, officer: User) -> None:
        for _ in range(5):
            assert not is_locked(sign_in(client, officer, "wrong", **HERE))
        assert is_locked(sign_in(client, officer, PASSWORD, **HERE))
        assert sign_in(client, officer, PASSWORD, **THERE).status_code == 302

    def test_is_another_person_s_first(self, client: Client, officer: User, scene: Scene) -> None:
        other = scene.person()
        for _ in range(6):
            sign_in(client, other, "wrong", **HERE)
        assert sign_in(client, officer, PASSWORD, **HERE).status_code == 302

    def test_is_counted_in_any_case_of_letters(self, client: Client, officer: User) -> None:
        for _ in range(5):
            sign_in(client, officer, "wrong", **HERE)
        officer.email = officer.email.upper()
        assert is_locked(sign_in(client, officer, PASSWORD, **HERE))

    def test_is_not_what_it_was_for_somebody_who_signs_in_between(
        self, client: Client, officer: User
    ) -> None:
        for _ in range(8):
            assert sign_in(client, officer, PASSWORD, **HERE).status_code == 302
            client.logout()


class TestAnAddress:
    def test_has_a_wider_bound_of_its_own(self, client: Client, scene: Scene) -> None:
        people = [scene.person() for _ in range(11)]
        for person in people[:10]:
            for _ in range(5):
                assert not is_locked(sign_in(client, person, "wrong", **HERE))
        assert is_locked(sign_in(client, people[10], "wrong", **HERE))
        assert not is_locked(sign_in(client, people[10], "wrong", **THERE))


class Counting(MD5PasswordHasher):
    """Counts what argon2 would compute; a clock would measure the machine's other work."""

    computed = 0

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        Counting.computed += 1
        return super().encode(password, salt)


class TestAnUnknownPerson:
    def test_costs_as_many_hashes_as_anybody_else(
        self, client: Client, officer: User, scene: Scene, settings: Settings
    ) -> None:
        settings.PASSWORD_HASHERS = [f"{Counting.__module__}.Counting"]
        gone, no_password = scene.person(), scene.person()
        for person in (officer, gone):
            person.set_password(PASSWORD)
            person.save()
        deactivate(gone, actor=None, now=timezone.now())
        unknown = User(email="nobody@force.example.org")
        costs = {}
        for name, person in {
            "known": officer, "gone": gone, "without": no_password, "unknown": unknown,
        }.items():  # fmt: skip
            before = Counting.computed
            sign_in(client, person, "wrong")
            costs[name] = Counting.computed - before
        assert costs["known"] >= 1
        assert set(costs.values()) == {costs["known"]}, costs
