"""The account is frozen, closed or another team's while somebody writes for it: nothing is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import Role
from drafts.models import Draft
from drafts.services import hand_over
from drafts.workflow import State
from publishing.clock import database_now
from tests.factories import CLEAN, LPTFactory, Scene, SocialAccountFactory, again, written
from tests.pages import Page

pytestmark = pytest.mark.django_db
WRITE = "/write/"
TYPED = f"{CLEAN} Bring a friend."


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    scene.person(Role.COMMS_APPROVER)
    return scene


@pytest.fixture
def other(scene: Scene) -> SocialAccount:
    """Another account of the same team."""
    account: SocialAccount = SocialAccountFactory.create(force=scene.force, lpt=scene.lpt)
    return account


@pytest.fixture
def officer(scene: Scene, client: Client) -> User:
    person = scene.person()
    client.force_login(person)
    return person


def becomes(account: SocialAccount, **columns: Any) -> None:
    SocialAccount.objects.filter(pk=account.pk).update(**columns)


def handed_in(client: Client, path: str, account: SocialAccount, **change: Any) -> Any:
    """What is answered to a form that was opened before the account changed."""
    form = Page.of(client.get(path)).form(path)
    becomes(account, **change)
    typed = {"text": TYPED, "account": account.pk, "action": "submit"}
    return client.post(path, form | typed)


def is_kept(page: Page) -> bool:
    return TYPED in page.root.one(id="id_text").raw_text


class TestANewTweet:
    def test_for_an_account_that_is_frozen_is_saved_and_not_submitted(
        self, client: Client, scene: Scene, officer: User, other: SocialAccount
    ) -> None:
        response = handed_in(client, WRITE, scene.account, status=AccountStatus.FROZEN)
        page = Page.of(response)
        assert response.status_code == 422
        assert page.messages == ["Not submitted yet. Your text is saved as a draft."]
        said = f"{scene.account} is frozen. Choose another account or call the comms desk."
        assert page.problems == [(said, "#id_account")]
        draft = Draft.objects.get()
        assert (draft.text, draft.account, draft.state) == (TYPED, scene.account, State.DRAFT)
        # It is not offered to anybody who begins.
        boxes = Page.of(client.get(WRITE)).root.one(id="id_account").all("option")
        assert [box.attrs["value"] for box in boxes] == [str(other.pk)]

    @pytest.mark.usefixtures("officer")
    @pytest.mark.parametrize("is_closed", [True, False])
    def test_for_one_that_is_closed_or_goes_to_others_stays_on_the_page(
        self, client: Client, scene: Scene, other: SocialAccount, *, is_closed: bool
    ) -> None:
        change: dict[str, Any] = (
            {"status": AccountStatus.CLOSED}
            if is_closed
            else {"lpt": LPTFactory.create(force=scene.force)}
        )
        response = handed_in(client, WRITE, scene.account, **change)
        page = Page.of(response)
        assert response.status_code == 422
        said = (
            f"{scene.account} is closed and takes no drafts any more."
            if is_closed
            else f"You do not write for {scene.account}, or not any more."
        )
        assert page.problems == [(f"{said} Choose another account.", "#id_account")]
        assert is_kept(page)
        # No other account is chosen in its place.
        assert page.form(WRITE)["account"] == ""
        client.post(WRITE, page.form(WRITE) | {"account": other.pk, "action": "save"})
        assert Draft.objects.get().account == other

    def test_for_an_account_of_another_force_says_nothing_of_it(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        abroad = Scene().account
        form = Page.of(client.get(WRITE)).form(WRITE)
        for sent in (abroad.pk, "9" * 40, "x"):
            page = Page.of(client.post(WRITE, form | {"text": TYPED, "account": sent}))
            assert page.problems[0][0] == "Choose one of the accounts that you may write for."


class TestADraft:
    @pytest.mark.parametrize("status", [AccountStatus.FROZEN, AccountStatus.CLOSED])
    def test_says_at_once_that_its_account_is_not_in_use(
        self, client: Client, scene: Scene, officer: User, status: AccountStatus
    ) -> None:
        path = reverse("drafts:edit", args=[written(scene, author=officer).pk])
        words = "nothing can be submitted for it"
        assert words not in Page.of(client.get(path)).main
        becomes(scene.account, status=status)
        said = f"{scene.account} is {status.label.lower()}: you can write and save"
        page = Page.of(client.get(path))
        assert said in page.main
        assert words in page.main

    def test_that_goes_to_another_team_leaves_what_was_typed_to_its_author(
        self, client: Client, scene: Scene, officer: User, other: SocialAccount
    ) -> None:
        draft = written(scene, author=officer)
        into = LPTFactory.create(force=scene.force)
        path = reverse("drafts:edit", args=[draft.pk])
        response = handed_in(client, path, scene.account, lpt=into)
        page = Page.of(response)
        assert response.status_code == 409
        ((said, field),) = page.problems
        assert said.startswith(f"You do not write for {scene.account} any more, and the draft")
        assert field == "#id_account"
        assert is_kept(page)
        draft.refresh_from_db()
        assert draft.text == CLEAN
        client.post(WRITE, page.form(WRITE) | {"account": other.pk, "action": "save"})
        new = Draft.objects.exclude(pk=draft.pk).get()
        assert (new.text, new.account, new.author) == (TYPED, other, officer)
        # Whoever had no part in it finds nothing, whatever they send.
        client.force_login(scene.person())
        assert client.post(path, {"text": TYPED}).status_code == 404

    def test_that_somebody_else_answers_for_says_who_and_keeps_what_was_typed(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        draft = written(scene, author=officer)
        Draft.objects.filter(pk=draft.pk).update(state=State.CHANGES_REQUESTED)
        heir = scene.person(full_name="Una Heir")
        path = reverse("drafts:edit", args=[draft.pk])
        form = Page.of(client.get(path)).form(path)
        draft.refresh_from_db()
        hand_over([draft], to=heir, actor=heir, now=database_now())
        response = client.post(path, form | {"text": TYPED, "action": "submit"})
        page = Page.of(response)
        assert response.status_code == 409
        assert [said for said, _ in page.problems] == [
            "Una Heir goes on with this draft now: you cannot change it any more."
            " Copy your text before you leave this page."
        ]
        assert "There are now two texts" not in page.main
        assert is_kept(page)
        assert again(officer).has_perm("drafts.read", draft)
