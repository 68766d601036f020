"""Every cell of the matrix: each route, each kind of person, each method."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings

from accounts.middleware import SecondFactorRequired
from accounts.sign_in.sessions import SIGNED_IN_AT
from audit.models import Record
from tests.pages import Page
from tests.security.addresses import ABOUT, READING_IS_RECORDED, address
from tests.security.answers import DECLARED, PEOPLE
from tests.security.asking import DANGEROUS, NAMES, OPEN, OURS, ask
from tests.security.headers import nonces_of
from tests.security.sending import sent
from tests.security.world import World, become
from tests.test_architecture import routes


class TestEveryCell:
    def test_is_declared(self) -> None:
        assert set(DECLARED) == set(NAMES)
        assert {frozenset(methods) for methods in DECLARED.values()} == {frozenset(["get", "post"])}

    @pytest.mark.parametrize("name", sorted(DECLARED))
    def test_holds(self, name: str, world: World) -> None:
        for method, row in DECLARED[name].items():
            assert {who: ask(name, method, who, world) for who in PEOPLE} == row, method

    @pytest.mark.parametrize("who", ["sup", "app", "adm", "own"])
    def test_opens_for_nobody_whose_second_factor_is_missing(
        self, who: str, world: World, settings: Settings
    ) -> None:
        settings.SECOND_FACTOR_REQUIRED = True
        with transaction.atomic():
            client = Client()
            become(client, who, world)
            before = Record.objects.count()
            for name in sorted(DECLARED.keys() - OPEN - SecondFactorRequired.WAY_THERE):
                for answer in (
                    client.get(address(name, world)),
                    client.post(address(name, world), sent(name, world)),
                ):
                    assert answer.status_code == 302, name
                    assert answer.headers["Location"] == reverse("mfa_index"), name
            assert Record.objects.count() == before
            transaction.set_rollback(True)

    @pytest.mark.parametrize("name", sorted(DANGEROUS))
    def test_that_is_dangerous_asks_again_who_it_is(self, name: str, world: World) -> None:
        """And does it, with everything that was sent, as soon as they have shown it."""
        with transaction.atomic():
            client = Client()
            become(client, "adm", world)
            client.get(reverse("insights:desk"))
            session = client.session
            session[SIGNED_IN_AT] -= 3600
            session.save()
            before = Record.objects.count()
            answer = client.post(address(name, world), sent(name, world))
            again = reverse("account_reauthenticate")
            assert answer.headers["Location"].startswith(again)
            assert Record.objects.count() == before
            handed = Page.of(client.get(answer.headers["Location"])).form(again)
            back = client.post(again, handed).headers["Location"]
            done = client.get(back)
            star = "*" if Record.objects.count() > before else ""
            assert f"{done.status_code}{star}" == DECLARED[name]["post"]["adm"]
            transaction.set_rollback(True)

    def test_that_is_dangerous_is_declared(self) -> None:
        dangerous = {
            name
            for name, pattern in routes(get_resolver().url_patterns)
            if getattr(getattr(pattern.callback, "view_class", None), "reauthenticates", False)
        }
        assert dangerous == DANGEROUS

    @pytest.mark.parametrize("who", PEOPLE)
    def test_of_another_method_is_refused(self, who: str, world: World) -> None:
        with transaction.atomic():
            client = Client()
            become(client, who, world)
            before = Record.objects.count()
            for name in OURS:
                get, post = (DECLARED[name][method][who] for method in ("get", "post"))
                refused = 403 if get == "403" else 405
                expected = 419 if post == "419" else refused
                for method in (client.put, client.patch, client.delete):
                    assert method(address(name, world)).status_code == expected, name
            assert Record.objects.count() == before
            transaction.set_rollback(True)

    def test_does_nothing_when_only_looked_at(self) -> None:
        done = {name for name, row in DECLARED.items() if "*" in "".join(row["get"].values())}
        assert done == READING_IS_RECORDED

    def test_lets_nobody_in_who_is_not_signed_in(self) -> None:
        private = {name: methods for name, methods in DECLARED.items() if name not in OPEN}
        for who in ("ano", "dis"):
            assert {methods["get"][who] for methods in private.values()} == {"302"}
            assert {methods["post"][who] for methods in private.values()} == {"419"}

    def test_lets_nobody_see_that_another_team_s_draft_is_there(self) -> None:
        about_a_draft = [name for name in NAMES if name in ABOUT and name.startswith("drafts:")]
        for name in about_a_draft:
            assert DECLARED[name]["post"]["oth"] == DECLARED[name]["post"]["abr"] == "404"

    @pytest.mark.parametrize("who", ["ano", "aut", "app", "adm", "nob"])
    def test_without_its_token_is_refused(self, who: str, world: World) -> None:
        with transaction.atomic():
            client = Client(enforce_csrf_checks=True)
            become(client, who, world)
            before = Record.objects.count()
            for name in NAMES:
                response = client.post(address(name, world), sent(name, world))
                assert response.status_code == 403, name
            assert Record.objects.count() == before
            transaction.set_rollback(True)

    @pytest.mark.parametrize("who", ["ano", "aut", "app", "adm", "nob"])
    def test_carries_its_headers(self, who: str, world: World) -> None:
        nonces = set()
        with transaction.atomic():
            client = Client()
            become(client, who, world)
            for path in [*(address(name, world) for name in NAMES), "/nothing/", "/a%00b"]:
                for response in (client.get(path), client.post(path)):
                    nonces |= set(nonces_of(response))
            transaction.set_rollback(True)
        # One for each page, and none twice.
        assert len(nonces) > 20
