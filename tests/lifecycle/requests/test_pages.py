"""Requests for accounts on screen."""

from typing import Any

import pytest

from accounts.models import SocialAccount, User
from lifecycle.models import AccountRequest
from lifecycle.workflow import State
from tests.factories import Scene, signed_in
from tests.lifecycle.requests.stage import PATH, TYPED, asked, supported, written
from tests.pages import Page

pytestmark = pytest.mark.django_db


class TestThePages:
    def test_keep_what_is_half_written_and_ask_for_the_rest(self, officer: User) -> None:
        client = signed_in(officer)
        typed = {**TYPED, "plan": "", "guidance": ""}
        response = client.post(f"{PATH}new/", typed)
        page = Page.of(response)
        assert response.status_code == 422
        assert [text for text, _ in page.problems] == [
            "Answer: What will you tweet, and how will people hear of the account?",
            "Read the guidance, then tick that you will keep to it.",
        ]  # fmt: skip
        assert "Because of purpose." in page.root.one(id="id_purpose").raw_text
        page = Page.of(client.post(f"{PATH}new/", {**typed, "do": "save"}, follow=True))
        assert page.messages == ["Saved. Nobody is asked yet."]
        request = AccountRequest.objects.get()
        assert (request.state, request.handle) == (State.DRAFT, "KingsmarlFete")
        page = Page.of(client.post(f"{PATH}{request.pk}/edit/", TYPED, follow=True))
        assert page.messages[0].startswith("Sent.")
        page = Page.of(client.post(f"{PATH}{request.pk}/edit/", TYPED, follow=True))
        assert page.messages[0].startswith("This request is with others now")

    @pytest.mark.parametrize("text", ["x" * 1001, "x" * 60_000])
    def test_say_what_is_too_long(self, officer: User, text: str) -> None:
        page = Page.of(signed_in(officer).post(f"{PATH}new/", {**TYPED, "time": text}))
        assert page.problems[0][0].startswith("Use at most 1000 characters")
        assert not AccountRequest.objects.exists()

    def test_take_the_decisions(self, officer: User, supervisor: User, admin: User) -> None:
        path = f"{PATH}{asked(officer).pk}/"
        client = signed_in(supervisor)
        page = Page.of(client.post(f"{path}answer/", {"verdict": "decline", "seen": 1}))
        assert [text for text, _ in page.problems] == ["Say in a sentence why, or what is missing."]
        assert [choice.attrs["value"] for choice in page.root.all("input", name="verdict")] == [
            "support", "send_back", "decline",
        ]  # fmt: skip
        page = Page.of(
            client.post(f"{path}answer/", {"verdict": "support", "seen": 1}, follow=True)
        )
        assert page.messages == ["Supported. Communications decides now."]
        page = Page.of(
            client.post(f"{path}answer/", {"verdict": "support", "seen": 1}, follow=True)
        )
        assert page.messages == ["This request does not wait for your decision."]
        client = signed_in(admin)
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"verdict": "create", "handle": "No way!"}, "On X a handle has"),
            ({"verdict": "create", "handle": ""}, "Enter the name of the account."),
            ({"verdict": "existing"}, "Choose the account that they should use."),
            ({"verdict": "hashtag", "hashtag": "two words"}, "Enter one hashtag"),
            ({}, "Choose what you decide."),
        ]
        for sent, problem in wrong:
            page = Page.of(client.post(f"{path}answer/", {"seen": 1, "words": "So.", **sent}))
            assert page.problems[0][0].startswith(problem)
        last: dict[str, Any] = {"verdict": "create", "handle": "KingsmarlFete", "seen": 0}
        page = Page.of(client.post(f"{path}answer/", last, follow=True))
        assert page.messages == [
            "This request changed while you were reading it. Look at it again."
        ]
        page = Page.of(client.post(f"{path}answer/", {**last, "seen": 1}, follow=True))
        assert page.messages[0].startswith("Created.")
        assert page.root.all(
            "a", href=f"/connections/{SocialAccount.objects.latest('pk').pk}/credentials/"
        )

    @pytest.mark.parametrize("way", ["existing", "hashtag", "send_back"])
    def test_take_another_way(
        self, scene: Scene, officer: User, supervisor: User, admin: User, way: str
    ) -> None:
        path = f"{PATH}{supported(officer, supervisor).pk}/"
        sent = {
            "verdict": way, "existing": scene.account.pk, "hashtag": "#KingsmarlFest",
            "words": "One weekend.", "seen": 1,
        }  # fmt: skip
        page = Page.of(signed_in(admin).post(f"{path}answer/", sent, follow=True))
        assert len(page.messages) == 1
        page = Page.of(signed_in(officer).get(path))
        assert "One weekend." in page.main
        words = {"existing": f"Use {scene.account} instead", "hashtag": "Use #KingsmarlFest",
                 "send_back": "Being written"}  # fmt: skip
        assert words[way] in page.main

    def test_withdraw(self, officer: User) -> None:
        path, client = f"{PATH}{asked(officer).pk}/", signed_in(officer)
        for said in ("Withdrawn.", "Somebody has decided on it already."):
            page = Page.of(client.post(f"{path}withdraw/", follow=True))
            assert page.messages == [said]

    def test_are_the_own_teams_and_the_writers(self, scene: Scene, officer: User) -> None:
        request = written(officer)
        path = f"{PATH}{request.pk}/"
        other = signed_in(scene.person(lpt=scene.other_account().lpt))
        assert other.get(path).status_code == 404
        colleague = signed_in(scene.person())
        assert colleague.get(path).status_code == 200
        assert colleague.get(f"{path}edit/").status_code == 404
        assert colleague.post(f"{path}withdraw/").status_code == 404

    def test_count_what_waits(self, officer: User, supervisor: User, admin: User) -> None:
        asked(officer)

        def shown(user: User) -> str:
            return Page.of(signed_in(user).get(PATH)).main

        assert "Waiting for you" in shown(supervisor)
        assert "Waiting for you" not in shown(officer)
        assert "Waiting for you" not in shown(admin)
