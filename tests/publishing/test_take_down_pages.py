"""The pages of a take-down: the reasons as buttons, where it stands, and what it corrects."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from drafts.services import Writing, copy, save
from publishing.clock import database_now
from publishing.models import Delivery, TakeDown
from publishing.models.taken_down import Reason
from publishing.models.taken_down import State as Stage
from publishing.services import dispatch_due
from publishing.services.taking_down import carry_out
from publishing.workflow import State
from tests.factories import Scene, handed_in, signed_in
from tests.pages import Page
from tests.publishing import stage
from tests.publishing.stage import Ledger
from tests.publishing.test_taking_down import wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def colleague(scene: Scene) -> User:
    return scene.person(Role.OFFICER)


@pytest.fixture
def delivery(scene: Scene, ledger: Ledger) -> Delivery:
    delivery = stage.approved(scene)
    dispatch_due(now=database_now())
    return stage.fresh(delivery)


def address(delivery: Delivery) -> str:
    return reverse("publishing:take-down", args=[delivery.pk])


def by_hand(delivery: Delivery, actor: User, settings: Settings) -> TakeDown:
    settings.PUBLISHERS = {
        "default": {"BACKEND": "tests.publishing.publishers.Real", "OPTIONS": {}}
    }
    take_down = wish(delivery, actor)
    carry_out(take_down.pk, now=database_now())
    return take_down


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


class TestTheReasons:
    def test_are_buttons_one_tap_away_from_the_tweet(
        self, delivery: Delivery, colleague: User
    ) -> None:
        client = signed_in(colleague)
        page = Page.of(client.get(delivery.draft.get_absolute_url()))
        links = [a for a in page.root.all("a") if a.text == "Take it down"]
        assert [a.attrs["href"] for a in links] == [address(delivery)]
        page = Page.of(client.get(address(delivery)))
        buttons = [b for b in page.root.all("button") if b.attrs.get("name") == "reason"]
        assert [b.attrs["value"] for b in buttons] == Reason.values
        assert "screenshots of it may exist" in page.root.text

    def test_take_it_down(self, delivery: Delivery, colleague: User) -> None:
        response = signed_in(colleague).post(
            address(delivery), {"reason": "wrong", "note": "Two days late."}, follow=True
        )
        assert response.redirect_chain == [(address(delivery), 302)]
        take_down = TakeDown.objects.get()
        assert (take_down.asked_by, take_down.reason) == (colleague, "wrong")
        assert "Two days late." in response.content.decode()

    @pytest.mark.parametrize("reason", ["", "because", "wrong\x00"])
    def test_that_are_none_take_nothing_down(
        self, delivery: Delivery, colleague: User, reason: str
    ) -> None:
        response = signed_in(colleague).post(address(delivery), {"reason": reason})
        if reason == "wrong\x00":
            # The middleware cuts null bytes out.
            assert TakeDown.objects.count() == 1
            return
        assert response.status_code == 422
        assert "Choose why it has to go." in response.content.decode()
        assert not TakeDown.objects.exists()

    def test_are_not_shown_to_another_team(self, delivery: Delivery, scene: Scene) -> None:
        stranger = scene.person(Role.OFFICER, lpt=scene.other_account().lpt)
        client = signed_in(stranger)
        assert client.get(address(delivery)).status_code == 404
        assert client.post(address(delivery), {"reason": "wrong"}).status_code == 404
        assert signed_in(scene.person(Role.PSD)).get(address(delivery)).status_code == 403
        assert not TakeDown.objects.exists()

    def test_are_not_shown_for_what_is_not_public(
        self, delivery: Delivery, colleague: User
    ) -> None:
        Delivery.objects.update(state=State.QUEUED)
        client = signed_in(colleague)
        for response in (
            client.get(address(delivery), follow=True),
            client.post(address(delivery), {"reason": "wrong"}, follow=True),
        ):
            assert said(response) == ["There is nothing to take down: this tweet is not public."]

    def test_pressed_by_a_second_person_say_who_was_first(
        self, delivery: Delivery, colleague: User, scene: Scene
    ) -> None:
        wish(delivery, colleague)
        response = signed_in(scene.person()).post(
            address(delivery), {"reason": "tone"}, follow=True
        )
        assert said(response) == [f"{colleague} has asked for this already."]
        assert TakeDown.objects.get().reason == "wrong"


class TestWhereItStands:
    def test_looks_again_while_the_platform_is_asked(
        self, delivery: Delivery, colleague: User
    ) -> None:
        wish(delivery, colleague)
        page = Page.of(signed_in(colleague).get(address(delivery)))
        assert page.root.one(id="take-down").attrs["hx-trigger"] == "every 1s"

    def test_says_that_it_is_gone_but_never_really(
        self, delivery: Delivery, colleague: User
    ) -> None:
        carry_out(wish(delivery, colleague).pk, now=database_now())
        page = Page.of(signed_in(colleague).get(address(delivery)))
        shown = page.root.one(id="take-down")
        assert "hx-trigger" not in shown.attrs
        assert "The platform deleted it" in shown.text
        assert "screenshots of it may exist" in shown.text

    def test_by_hand_shows_the_address_and_asks_for_a_name(
        self, delivery: Delivery, colleague: User, settings: Settings
    ) -> None:
        by_hand(delivery, colleague, settings)
        client = signed_in(colleague)
        page = Page.of(client.get(address(delivery)))
        assert delivery.external_url in [a.attrs.get("href") for a in page.root.all("a")]
        confirm = reverse("publishing:confirm-gone", args=[delivery.pk])
        response = client.post(confirm, {"outcome": "gone", "evidence": ""})
        assert response.status_code == 422
        assert "Say in one sentence how you know." in response.content.decode()
        response = client.post(confirm, {"outcome": "private", "evidence": "Not there."})
        assert response.status_code == 422
        response = client.post(
            confirm, {"outcome": "gone", "evidence": "I deleted it at 14:05."}, follow=True
        )
        assert said(response) == ["Noted, with your name."]
        take_down = TakeDown.objects.get()
        assert (take_down.state, take_down.confirmed_by) == (Stage.GONE, colleague)
        assert "I deleted it at 14:05." in response.content.decode()
        response = client.post(confirm, {"outcome": "gone", "evidence": "Again."}, follow=True)
        assert said(response) == ["This has been settled meanwhile. Look at it again."]

    def test_stands_on_the_deliveries_page_until_it_is_settled(
        self, delivery: Delivery, colleague: User, settings: Settings
    ) -> None:
        take_down = by_hand(delivery, colleague, settings)
        client = signed_in(colleague)
        page = client.get(reverse("publishing:deliveries"))
        assert [row.pk for row in page.context["going_down"]] == [take_down.pk]
        TakeDown.objects.update(state=Stage.GONE, settled_at=database_now())
        assert not client.get(reverse("publishing:deliveries")).context["going_down"]

    def test_stands_on_the_page_of_the_tweet(self, delivery: Delivery, colleague: User) -> None:
        carry_out(wish(delivery, colleague).pk, now=database_now())
        page = Page.of(signed_in(colleague).get(delivery.draft.get_absolute_url()))
        assert f"{colleague} asked to take it down" in page.root.text
        assert "It was public, and was taken down." in page.root.text
        assert "It is wrong or out of date. Two days late." in page.root.text
        assert "Take it down" not in [a.text for a in page.root.all("a")]

    def test_without_a_take_down_is_nowhere(self, delivery: Delivery, colleague: User) -> None:
        confirm = reverse("publishing:confirm-gone", args=[delivery.pk])
        client = signed_in(colleague)
        assert client.post(confirm, {"outcome": "gone"}).status_code == 404
        assert client.get(confirm, follow=True).redirect_chain[0][0] == address(delivery)


class TestACorrection:
    def test_says_to_its_author_and_its_reviewer_what_it_corrects(
        self, delivery: Delivery, colleague: User, scene: Scene
    ) -> None:
        carry_out(wish(delivery, colleague).pk, now=database_now())
        client = signed_in(colleague)
        page = Page.of(client.get(address(delivery)))
        form = reverse("drafts:copy", args=[delivery.draft_id])
        assert page.form(form) is not None
        draft = copy(delivery.draft, actor=colleague, now=database_now())
        words = f"was taken down, less than a minute ago. {colleague}: it is wrong or out of date."
        shown = Page.of(client.get(draft.get_absolute_url()))
        assert words in shown.root.text
        reviewer = signed_in(scene.person(Role.COMMS_APPROVER))
        right = Writing(text="Meet us on Friday instead, 6pm.", account=draft.account)
        handed_in(save(draft, right, actor=colleague, revision_number=1, now=database_now()))
        shown = Page.of(reviewer.get(reverse("approvals:review", args=[draft.pk])))
        assert words in shown.root.text

    def test_of_an_ordinary_copy_is_not_spoken_of(
        self, delivery: Delivery, colleague: User
    ) -> None:
        draft = copy(delivery.draft, actor=colleague, now=database_now())
        shown = Page.of(signed_in(colleague).get(draft.get_absolute_url()))
        assert "A correction" not in shown.root.text
