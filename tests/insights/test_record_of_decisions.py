"""What a draft's page keeps of its decisions: who, in whose place, and why."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import Step
from approvals.reasons import Reason
from approvals.services import publish_in_emergency, reject, return_for_changes, suggest
from drafts.models import Draft
from drafts.services import blocks_to_pass_over, override
from tests.factories import (
    BLOCKED,
    CLEAN,
    WEIGHED,
    Scene,
    again,
    covered,
    handed_in,
    sign,
    submitted,
    written,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db

RIVER = "The river is over its banks."


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def absent(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER, full_name="Alba Away")


@pytest.fixture
def cover(scene: Scene, absent: User) -> User:
    person = scene.person(full_name="Cato Cover")
    covered(absent, by=person)
    return again(person)


def fresh(draft: Draft) -> Draft:
    return Draft.objects.with_people().get(pk=draft.pk)


def happened(client: Client, address: str, user: User, title: str) -> list[str]:
    """Who did it and in which words, for each time that `title` happened, newest first."""
    client.force_login(user)
    items = Page.of(client.get(address)).root.all(class_="moj-timeline__item")
    parts = ("moj-timeline__byline", "moj-timeline__description")
    return [
        " | ".join(part.text for name in parts for part in item.all(class_=name))
        for item in items
        if item.one(class_="moj-timeline__title").text == title
    ]


def seen(draft: Draft) -> dict[str, object]:
    return {"revision_number": draft.revision_number, "revision_hash": draft.content_hash}


class TestWhy:
    def test_a_tweet_went_out_in_an_emergency(self, client: Client, scene: Scene) -> None:
        draft, duty = submitted(scene), scene.person(Role.COMMS_DUTY, full_name="Dora Duty")
        publish_in_emergency(draft, actor=duty, reason=RIVER, now=timezone.now(), **seen(draft))  # type: ignore[arg-type]
        for reader in (draft.author, scene.person(Role.COMMS_APPROVER)):
            assert happened(
                client,
                draft.get_absolute_url(),
                reader,
                "Published in an emergency, before its review",
            ) == [f"by Dora Duty | {RIVER}"]

    def test_a_rule_was_passed_over(self, client: Client, scene: Scene) -> None:
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        draft = written(scene, text=BLOCKED)
        first = scene.person(Role.LPT_SUPERVISOR, full_name="Sol Step")
        for found in blocks_to_pass_over(draft, now=timezone.now()):
            override(
                draft, finding=found.key, reason="The fair's own tag.", actor=first,
                revision_hash=draft.content_hash, now=timezone.now(),
            )  # fmt: skip
        draft = handed_in(fresh(draft))
        sign(draft, by=first)
        sign(fresh(draft), by=scene.person(Role.COMMS_APPROVER, full_name="Ava Approver"))
        address = draft.get_absolute_url()
        step = happened(client, address, draft.author, "Approved at its step, others are to follow")
        assert step == [f"by Sol Step | {WEIGHED}"]
        last = happened(client, address, draft.author, "Approved")
        assert last == [f"by Ava Approver | {WEIGHED}"]

    def test_another_wording_was_suggested(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        suggest(
            draft,
            actor=scene.person(Role.COMMS_APPROVER, full_name="Ava Approver"),
            revision_number=draft.revision_number,
            revision_hash=draft.content_hash,
            text=f"{CLEAN} Bring a friend.",
            note="Warmer.",
            now=timezone.now(),
        )
        entries = happened(
            client, draft.get_absolute_url(), draft.author, "Another wording suggested"
        )
        assert entries == ["by Ava Approver | Warmer."]
        # Beside the history once more, with the words that it is about, and not a third time.
        page = Page.of(client.get(draft.get_absolute_url()))
        assert [quote.text for quote in page.root.all(class_="bl-quote")] == ["Warmer."]

    def test_nothing_was_said(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        sign(draft, by=scene.person(Role.COMMS_APPROVER, full_name="Ava Approver"))
        entries = happened(client, draft.get_absolute_url(), draft.author, "Approved")
        assert entries == ["by Ava Approver"]


BOTH = "by Cato Cover in the place of Alba Away"


class TestInWhosePlace:
    @pytest.mark.usefixtures("absent")
    def test_a_tweet_was_approved(self, client: Client, scene: Scene, cover: User) -> None:
        draft = submitted(scene)
        sign(draft, by=cover)
        assert happened(client, draft.get_absolute_url(), draft.author, "Approved") == [BOTH]

    def test_a_step_was_passed(self, client: Client, scene: Scene, cover: User) -> None:
        scene.route(Step((Role.COMMS_APPROVER,)), Step((Role.COMMS_DUTY,)))
        draft, duty = submitted(scene), scene.person(Role.COMMS_DUTY)
        sign(draft, by=cover)
        title = "Approved at its step, others are to follow"
        # On the page of whoever decides next, too.
        review = reverse("approvals:review", args=[draft.pk])
        for address in (draft.get_absolute_url(), review):
            assert happened(client, address, duty, title) == [BOTH]
            page = Page.of(client.get(address))
            assert "approved by Cato Cover in the place of Alba Away" in page.main

    @pytest.mark.parametrize(
        ("decide", "title"),
        [(return_for_changes, "Returned for changes"), (reject, "Rejected")],
    )
    def test_a_tweet_came_back(
        self, client: Client, scene: Scene, cover: User, decide: Callable[..., None], title: str
    ) -> None:
        draft = submitted(scene)
        decide(
            draft, actor=cover, reason=Reason.TONE, sentence="Friendlier.", now=timezone.now(),
            **seen(draft),
        )  # fmt: skip
        entries = happened(client, draft.get_absolute_url(), draft.author, title)
        assert entries == [f"{BOTH} | Tone. Friendlier."]
        quote = Page.of(client.get(draft.get_absolute_url())).root.one("blockquote").text
        assert quote == "Cato Cover in the place of Alba Away: Tone. Friendlier."
