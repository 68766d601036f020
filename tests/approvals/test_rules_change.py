"""A draft that waits while the rules around it change: its approver sees what they say by now."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.cards import NOT_CLEAN
from drafts.models import Draft
from drafts.workflow import State
from policy.registers.services import declare_election, uk_day
from policy.services import give_handle
from tests.factories import CLEAN, Scene, submitted
from tests.pages import Page

pytestmark = pytest.mark.django_db

POLITICS = "Good to meet the candidates at the market in Saltmere this morning."
TITLE = "Politics before an election"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def approver(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    approver = scene.person(Role.COMMS_APPROVER)
    client.force_login(approver)
    return approver


def election(scene: Scene) -> None:
    now = timezone.now()
    declare_election(
        force=scene.force,
        area="Saltmere",
        starts_on=uk_day(now),
        ends_on=uk_day(now) + timedelta(days=30),
        note="",
        actor=scene.person(Role.POLICY_OWNER),
        now=now,
    )


def page_of(client: Client, draft: Draft) -> str:
    return Page.of(client.get(f"/review/{draft.pk}/")).main


@pytest.mark.usefixtures("approver")
class TestTheReviewPage:
    def test_shows_what_was_no_question_when_it_was_submitted(
        self, client: Client, scene: Scene
    ) -> None:
        draft = submitted(scene, text=POLITICS)
        assert TITLE not in page_of(client, draft)
        election(scene)
        words = page_of(client, draft)
        assert TITLE in words
        assert "No answer yet." in words

    def test_says_once_what_was_found_and_answered_then(self, client: Client, scene: Scene) -> None:
        election(scene)
        draft = submitted(
            scene,
            text=POLITICS,
            answers={"politics-in-election-period:the candidates": "It takes no side."},
        )
        words = page_of(client, draft)
        assert words.count(TITLE) == 2  # the finding, and the question why
        assert "No answer yet." not in words


@pytest.mark.usefixtures("approver")
class TestTheQueue:
    def is_decided_here(self, client: Client) -> bool:
        return bool(Page.of(client.get("/review/")).root.all("input", name="decision"))

    def test_leads_to_the_page_once_the_rules_have_changed(
        self, client: Client, scene: Scene
    ) -> None:
        submitted(scene, text=CLEAN)
        assert self.is_decided_here(client)
        give_handle(scene.person(), "AshaAtHome", now=timezone.now())
        assert not self.is_decided_here(client)

    def test_approves_nothing_on_a_card_from_before(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene, text=CLEAN)
        give_handle(scene.person(), "AshaAtHome", now=timezone.now())
        sent = {
            "decision": "approve",
            "from": "queue",
            "revision_hash": draft.content_hash,
            "revision_number": draft.revision_number,
            "step": draft.step,
        }
        response = client.post(f"/review/{draft.pk}/", sent, follow=True)
        assert response.redirect_chain == [(f"/review/{draft.pk}/", 302)]
        assert Page.of(response).messages == [NOT_CLEAN]
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED
