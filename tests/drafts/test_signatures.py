"""A team's signature: offered with one tap, counted like any word, and never put in unasked."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.roles import Role
from drafts.content import is_signed, signed
from drafts.models import Draft
from drafts.services import Writing, write
from tests.factories import CLEAN, Scene, again, approve_it, handed_in, written
from tests.pages import Page

pytestmark = pytest.mark.django_db
SIGNATURE = "– Oldermoor team"


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    SocialAccount.objects.filter(pk=scene.account.pk).update(signature=SIGNATURE)
    scene.account.refresh_from_db()
    return scene


@pytest.fixture
def client(scene: Scene, officer: User) -> Client:
    client = Client()
    client.force_login(again(officer))
    return client


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


def offered(page: Page) -> list[str]:
    """The signatures that the page offers, with or without scripts."""
    return [
        button.attrs["data-sign"]
        for button in page.root.all("button")
        if "data-sign" in button.attrs
    ]


def without_scripts(page: Page) -> int:
    """How many buttons there are for it in a browser that runs no scripts."""
    (place,) = page.root.all("noscript")
    return len(place.all("button", name="action", value="sign"))


def typed(scene: Scene, text: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "account": scene.account.pk, "when": "asap", **more}


class TestASignature:
    @pytest.mark.parametrize(
        ("text", "becomes"),
        [
            ("Hello.", f"Hello. {SIGNATURE}"),
            ("Hello.  \n\n", f"Hello. {SIGNATURE}"),
            (f"Hello. {SIGNATURE}", f"Hello. {SIGNATURE}"),
            (f"Hello. {SIGNATURE} \n", f"Hello. {SIGNATURE} \n"),
            (f"{SIGNATURE} says hello.", f"{SIGNATURE} says hello. {SIGNATURE}"),
            ("", SIGNATURE),
            (" \n", SIGNATURE),
        ],
    )
    def test_stands_at_the_end_once(self, text: str, becomes: str) -> None:
        assert signed(text, SIGNATURE) == becomes
        assert is_signed(becomes, SIGNATURE)

    def test_that_there_is_not_changes_nothing(self) -> None:
        for text in ("", "Hello. ", "\n"):
            assert signed(text, "") == text


class TestTheWritePage:
    def test_offers_it_while_the_text_does_not_end_with_it(
        self, client: Client, scene: Scene
    ) -> None:
        page = Page.of(client.get("/write/"))
        assert offered(page) == [SIGNATURE]
        assert without_scripts(page) == 1
        assert offered(Page.of(client.post("/write/check/", typed(scene, CLEAN)))) == [SIGNATURE]
        done = client.post("/write/check/", typed(scene, f"{CLEAN} {SIGNATURE}"))
        assert offered(Page.of(done)) == []
        assert Page.of(done).root.one(id="sign").attrs["hx-swap-oob"] == "true"

    def test_offers_that_of_the_account_that_is_chosen(self, client: Client, scene: Scene) -> None:
        plain = scene.other_account(lpt=scene.lpt)
        other = scene.other_account(lpt=scene.lpt, signature="^Cycles")
        for account, signatures in ((plain, []), (other, ["^Cycles"])):
            answer = client.post("/write/check/", typed(scene, CLEAN, account=account.pk))
            assert offered(Page.of(answer)) == signatures

    def test_counts_it_against_the_length(self, client: Client, scene: Scene) -> None:
        answers = [
            Page.of(client.post("/write/check/", typed(scene, text))).root.one(id="count").text
            for text in (CLEAN, f"{CLEAN} {SIGNATURE}")
        ]
        left = [int(answer.removesuffix(" left")) for answer in answers]
        assert left[0] - left[1] == len(SIGNATURE) + 1

    def test_puts_it_in_without_scripts_and_saves_nothing(
        self, client: Client, scene: Scene
    ) -> None:
        sent = typed(scene, f"{CLEAN}\r\n", action="sign", when="pick", date="", category="meeting")
        answer = client.post("/write/", sent)
        assert answer.status_code == 200
        page = Page.of(answer)
        form = page.form("/write/")
        assert form["text"] == f"{CLEAN} {SIGNATURE}"
        # Nothing of what was chosen is lost, and nothing that is missing is said yet.
        assert (form["when"], form["category"]) == ("pick", "meeting")
        assert page.problems == []
        assert without_scripts(page) == 0
        assert not Draft.objects.exists()
        client.post("/write/", typed(scene, form["text"], action="save", key=form["key"]))
        assert Draft.objects.get().text == f"{CLEAN} {SIGNATURE}"

    def test_puts_it_into_a_draft_that_is_changed(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        draft = written(scene, author=officer)
        path = f"/drafts/{draft.pk}/edit/"
        assert without_scripts(Page.of(client.get(path))) == 1
        answer = client.post(path, typed(scene, "Words", action="sign", revision=1))
        assert Page.of(answer).form(path)["text"] == f"Words {SIGNATURE}"
        draft.refresh_from_db()
        assert draft.text == CLEAN

    @pytest.mark.parametrize("text", ["", "x" * 100_000, "\u202e<script>\u202c"])
    def test_loses_nothing_whatever_was_typed(
        self, client: Client, scene: Scene, text: str
    ) -> None:
        answer = client.post("/write/", typed(scene, text, action="sign"))
        assert answer.status_code == 200
        assert Page.of(answer).form("/write/")["text"] == f"{text} {SIGNATURE}".lstrip()

    def test_takes_that_of_the_account_that_it_shows(self, client: Client, scene: Scene) -> None:
        for account in ("", "x", "9" * 30, Scene().account.pk):
            answer = client.post("/write/", typed(scene, CLEAN, account=account, action="sign"))
            assert answer.status_code == 200
            assert Page.of(answer).form("/write/")["text"] == f"{CLEAN} {SIGNATURE}"


class TestWhatIsApproved:
    def test_is_what_was_shown(self, scene: Scene, officer: User) -> None:
        words = Writing(text=CLEAN, account=scene.account, category="meeting")
        draft = handed_in(write(words, author=officer, now=timezone.now()))
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        # Another signature since changes nothing about what was approved.
        SocialAccount.objects.update(signature="– Another")
        assert delivery.revision.text == CLEAN
        assert Draft.objects.get().text == CLEAN
        assert delivery.approved_hash == Draft.objects.get().content_hash
