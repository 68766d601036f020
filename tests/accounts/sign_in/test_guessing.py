"""Many addresses try passwords for one person: they are held off, the person is not."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Guessing, User
from accounts.roles import WATCHERS, Role
from accounts.services import tell_of_guessing
from accounts.sign_in.guessing import MOST_PEOPLE, SALT
from notices.models import Notice
from tests.accounts.sign_in.people import PASSWORD, add_app, sign_in
from tests.factories import Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db
COOKIE = "known_browser"
BOUND = 20


@pytest.fixture
def addresses() -> Iterator[dict[str, Any]]:
    """Ever new ones."""
    return ({"REMOTE_ADDR": f"10.9.{n // 250}.{n % 250}"} for n in count(1))


def attack(person: User, addresses: Iterator[dict[str, Any]], times: int = BOUND) -> None:
    for _ in range(times):
        assert sign_in(Client(), person, "wrong", **next(addresses)).status_code == 200


def said(answer: Any) -> str:
    return Page.of(answer).main


class TestAPersonWhoIsAttacked:
    def test_is_let_in_nowhere_new_even_with_the_right_password(
        self, officer: User, addresses: Iterator[dict[str, Any]]
    ) -> None:
        attack(officer, addresses, BOUND - 1)
        assert sign_in(Client(), officer, **next(addresses)).status_code == 302
        attack(officer, addresses, 1)
        right = sign_in(Client(), officer, **next(addresses))
        wrong = sign_in(Client(), officer, "wrong", **next(addresses))
        assert said(right) == said(wrong)
        assert "do not belong together" in said(right)

    def test_is_let_in_where_they_were_before(
        self, client: Client, officer: User, addresses: Iterator[dict[str, Any]]
    ) -> None:
        sign_in(client, officer)
        client.post("/accounts/logout/")
        attack(officer, addresses)
        assert sign_in(client, officer, "wrong").status_code == 200
        # The same browser, carried to somewhere else.
        assert sign_in(client, officer, **next(addresses)).status_code == 302

    def test_is_somebody_else_than_whoever_else_used_that_browser(
        self, client: Client, officer: User, scene: Scene, addresses: Iterator[dict[str, Any]]
    ) -> None:
        colleague = scene.person()
        colleague.set_password(PASSWORD)
        colleague.save()
        sign_in(client, colleague)
        client.post("/accounts/logout/")
        attack(officer, addresses)
        assert sign_in(client, officer).status_code == 200
        assert sign_in(client, colleague).status_code == 302

    def test_is_let_in_again_when_it_is_over(
        self, officer: User, addresses: Iterator[dict[str, Any]]
    ) -> None:
        attack(officer, addresses)
        cache.clear()
        assert sign_in(Client(), officer, **next(addresses)).status_code == 302

    def test_is_counted_in_any_case_of_letters(
        self, officer: User, addresses: Iterator[dict[str, Any]]
    ) -> None:
        attack(User(email=officer.email.upper()), addresses)
        assert sign_in(Client(), officer, **next(addresses)).status_code == 200

    def test_is_asked_for_the_second_factor_before_a_browser_counts_as_known(
        self, client: Client, officer: User
    ) -> None:
        sign_in(client, officer)
        add_app(client)
        half_way = Client()
        sign_in(half_way, officer)
        assert COOKIE in client.cookies
        assert COOKIE not in half_way.cookies


class TestWhoeverIsHeldOff:
    def test_learns_nothing_by_trying_the_same_password_again(
        self, officer: User, addresses: Iterator[dict[str, Any]]
    ) -> None:
        attack(officer, addresses)
        answers = {}
        for typed in (PASSWORD, "wrong"):
            one_address = next(addresses)
            answers[typed] = [
                said(sign_in(Client(), officer, typed, **one_address)) for _ in range(7)
            ]
        assert answers[PASSWORD] == answers["wrong"]
        assert "tried too often" in answers["wrong"][-1]

    def test_costs_as_many_hashes_as_for_nobody(
        self,
        officer: User,
        addresses: Iterator[dict[str, Any]],
        settings: Settings,
    ) -> None:
        settings.PASSWORD_HASHERS = [f"{Counting.__module__}.Counting"]
        officer.set_password(PASSWORD)
        officer.save()
        nobody = User(email="nobody@force.example.org")
        costs = {}
        for name, person, typed in (
            ("nobody", nobody, "wrong"), ("wrong", officer, "wrong"), ("right", officer, PASSWORD),
        ):  # fmt: skip
            cache.clear()
            # The one that closes, and one after it.
            attack(person, addresses, BOUND - 1)
            Counting.computed = 0
            closing = sign_in(Client(), person, "wrong", **next(addresses))
            after = sign_in(Client(), person, typed, **next(addresses))
            costs[name] = (Counting.computed, said(closing) == said(after))
        assert costs["nobody"][0] >= 2
        assert set(costs.values()) == {costs["nobody"]}

    def test_is_not_let_in_by_a_mark_that_is_made_up_stolen_or_too_old(
        self, client: Client, officer: User, addresses: Iterator[dict[str, Any]],
        settings: Settings,
    ) -> None:  # fmt: skip
        sign_in(client, officer)
        stolen = client.cookies[COOKIE].value
        number, people = signing.loads(stolen, salt=SALT)
        attack(officer, addresses)
        made_up = [
            signing.dumps([number, people], salt="something else"),
            signing.dumps([number], salt=SALT),
            signing.dumps(7, salt=SALT),
            signing.dumps([number, [mark[::-1] for mark in people]], salt=SALT),
            stolen[:-1],
            "%00",
        ]
        for value in made_up:
            assert sign_in(with_mark(value), officer, **next(addresses)).status_code == 200, value
        # A stolen one is worth as many tries as all other browsers have together.
        for _ in range(BOUND):
            sign_in(with_mark(stolen), officer, "wrong", **next(addresses))
        assert sign_in(with_mark(stolen), officer, **next(addresses)).status_code == 200
        cache.clear()
        attack(officer, addresses)
        settings.KNOWN_BROWSER_LASTS = timedelta(seconds=-1)
        assert sign_in(with_mark(stolen), officer, **next(addresses)).status_code == 200


def with_mark(value: str) -> Client:
    client = Client()
    client.cookies[COOKIE] = value
    return client


class Counting(MD5PasswordHasher):
    computed = 0

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        Counting.computed += 1
        return super().encode(password, salt)


class TestTheMark:
    def test_is_for_this_site_alone_and_names_nobody(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        cookie = client.cookies[COOKIE]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == 180 * 24 * 3600
        assert officer.email not in str(signing.loads(cookie.value, salt=SALT))

    def test_holds_so_many_people_those_who_were_there_last(
        self, client: Client, scene: Scene
    ) -> None:
        marks = []
        for _ in range(MOST_PEOPLE + 2):
            person = scene.person()
            person.set_password(PASSWORD)
            person.save()
            sign_in(client, person)
            client.post("/accounts/logout/")
            marks.append(signing.loads(client.cookies[COOKIE].value, salt=SALT)[1][0])
        number, people = signing.loads(client.cookies[COOKIE].value, salt=SALT)
        assert people == marks[:1:-1]
        assert number


class TestWhoIsTold:
    def test_is_the_person_and_who_watches_over_the_force_once(
        self, officer: User, scene: Scene, addresses: Iterator[dict[str, Any]]
    ) -> None:
        watching = {scene.person(role).pk for role in WATCHERS}
        scene.person(Role.COMMS_APPROVER)
        Scene().person(Role.COMMS_ADMIN)
        now = timezone.now()
        attack(officer, addresses)
        assert tell_of_guessing(now=now) == 1
        told = Notice.objects.filter(kind="alert", urgent=True)
        assert {notice.recipient_id for notice in told} == {officer.pk, *watching}
        # It goes on.
        cache.clear()
        attack(officer, addresses)
        assert tell_of_guessing(now=now + timedelta(hours=23)) == 0
        assert told.count() == 3
        cache.clear()
        tell_of_guessing(now=now + timedelta(days=2))
        attack(officer, addresses)
        assert tell_of_guessing(now=now + timedelta(days=2)) == 1

    def test_is_nobody_of_an_e_mail_that_is_nobody_s(
        self, scene: Scene, addresses: Iterator[dict[str, Any]]
    ) -> None:
        scene.person(Role.COMMS_ADMIN)
        attack(User(email="nobody@force.example.org"), addresses)
        now = timezone.now()
        assert tell_of_guessing(now=now) == 0
        assert not Notice.objects.exists()
        tell_of_guessing(now=now + timedelta(days=2))
        assert not Guessing.objects.exists()
