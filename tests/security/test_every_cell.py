"""Every cell of the matrix: each route, each kind of person, each method."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import Settings

from accounts.middleware import SecondFactorRequired
from accounts.roles import Role
from accounts.tables import permission_table
from audit.models import Record
from tests.pages import Page
from tests.security.addresses import ABOUT, READING_IS_RECORDED, address
from tests.security.answers import DECLARED, PEOPLE
from tests.security.asking import (
    DANGEROUS,
    NAMES,
    OPEN,
    OURS,
    ask,
    asks_again,
    hurried,
    other_method,
)
from tests.security.headers import nonces_of
from tests.security.rights import RIGHTS, SIGHTS, holders, queries, seers, who_is_who
from tests.security.sending import sent
from tests.security.world import World, become
from tests.test_architecture import routes
from tools.weakenings import (
    Weakening,
    about_anything,
    asks_nobody_again,
    no_permission,
    no_sign_in,
    one_more_role,
    shows_everything,
)

PATTERNS = dict(routes(get_resolver().url_patterns))


def view_of(name: str) -> Any:
    """The class of views behind a route."""
    return PATTERNS[name].callback.view_class  # type: ignore[attr-defined]


# A few of what `make mutate-access` takes away one after the other, each with a cell of the matrix
# that has to be answered otherwise then.
LOST: list[tuple[Callable[[], Weakening], tuple[str, str, str]]] = [
    (
        lambda: no_sign_in("people:me", PATTERNS["people:me"]),
        ("people:me", "get", "ano"),
    ),
    (lambda: no_permission(view_of("approvals:queue")), ("approvals:queue", "get", "off")),
    (lambda: no_permission(view_of("people:import")), ("people:import", "get", "own")),
    (lambda: one_more_role("approvals.review", Role.OFFICER), ("approvals:queue", "get", "off")),
    (lambda: one_more_role("incidents.release", Role.PSD), ("incidents:release", "get", "aud")),
    (lambda: about_anything("lifecycle.tick"), ("lifecycle:step", "post", "off")),
    (lambda: about_anything("drafts.withdraw"), ("drafts:withdraw", "post", "off")),
    (lambda: shows_everything("drafts.Draft", "visible_to"), ("drafts:edit", "get", "oth")),
]


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
            before = Record.objects.count()
            answer = hurried(client, name, "adm", world)
            assert asks_again(answer)
            assert Record.objects.count() == before
            again = reverse("account_reauthenticate")
            handed = Page.of(client.get(answer.headers["Location"])).form(again)
            back = client.post(again, handed).headers["Location"]
            done = client.get(back)
            star = "*" if Record.objects.count() > before else ""
            assert f"{done.status_code}{star}" == DECLARED[name]["post"]["adm"]
            transaction.set_rollback(True)

    def test_rests_on_rights_as_declared(self, world: World) -> None:
        assert {right for right, _ in RIGHTS} == permission_table().keys()
        assert {right for right, thing in RIGHTS if thing == "-"} == permission_table().keys()
        everybody = who_is_who(world)
        for (right, thing), people in RIGHTS.items():
            assert holders(right, thing, world, everybody) == people, f"{right} {thing}"

    def test_rests_on_queries_as_declared(self, world: World) -> None:
        assert SIGHTS.keys() == queries()
        everybody = who_is_who(world)
        for (model, method), (_, people) in SIGHTS.items():
            assert seers(model, method, world, everybody) == people, f"{model} {method}"

    @pytest.mark.parametrize(
        ("lost", "cell"), LOST, ids=[f"{cell[0]}-{n}" for n, (_, cell) in enumerate(LOST)]
    )
    def test_is_answered_otherwise_once_its_declaration_is_lost(
        self, lost: Callable[[], Weakening], cell: tuple[str, str, str], world: World
    ) -> None:
        name, method, who = cell
        declared = DECLARED[name][method][who]
        with pytest.MonkeyPatch.context() as patch:
            lost().put_in(patch)
            assert ask(name, method, who, world) != declared
        assert ask(name, method, who, world) == declared

    def test_that_is_dangerous_is_missed_when_it_asks_nobody_again(self, world: World) -> None:
        with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
            asks_nobody_again(view_of("incidents:release")).put_in(patch)
            assert not asks_again(hurried(Client(), "incidents:release", "adm", world))
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
                expected = other_method(name, who)
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
