"""My desk: what came back, what is being written, what waits, what goes and went out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, User
from accounts.roles import Role
from approvals.services import reopen
from drafts.models import Draft
from drafts.workflow import State
from notices.services import tell
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from tests.factories import (
    Scene,
    UserFactory,
    approve_it,
    approved,
    handed_in,
    in_,
    submitted,
    written,
)
from tests.pages import Page
from tests.policy.owners import proposed

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def officer(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    officer = scene.person()
    client.force_login(officer)
    return officer


def lists(client: Client) -> dict[str, list[str]]:
    """The texts of the drafts under each heading of the desk."""
    page = Page.of(client.get("/desk/"))
    return {
        section.attrs["aria-labelledby"]: [link.text for link in section.all("a")]
        for section in page.root.all("section")
        if section.attrs.get("aria-labelledby")
        in {"returned", "writing", "waiting", "going-out", "gone-out"}
    }


class TestTheOwnDrafts:
    def test_stand_where_they_are_looked_for(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        now = timezone.now()
        for state in State:
            draft = written(scene, author=officer, text=state.label)
            Draft.objects.filter(pk=draft.pk).update(state=state, submitted_at=now, queue_at=now)
        approved(scene, author=officer, text="Goes out")
        assert {name: set(texts) for name, texts in lists(client).items()} == {
            "returned": {"Changes asked for", "Rejected", "Expired"},
            "writing": {"Draft"},
            "waiting": {"Waiting for review"},
            "going-out": {"Goes out"},
        }

    @pytest.mark.parametrize(
        ("state", "where"),
        [
            (DeliveryState.QUEUED, "going-out"),
            (DeliveryState.CLAIMED, "going-out"),
            (DeliveryState.SENDING, "going-out"),
            (DeliveryState.PUBLISHED, "gone-out"),
            (DeliveryState.REFUSED, "returned"),
            (DeliveryState.UNKNOWN, "returned"),
            (DeliveryState.NEEDS_HUMAN, "returned"),
            (DeliveryState.MISSED, "returned"),
            (DeliveryState.CANCELLED, None),
        ],
    )
    def test_follow_their_delivery(
        self,
        client: Client,
        scene: Scene,
        officer: User,
        state: DeliveryState,
        where: str | None,
    ) -> None:
        approved(scene, author=officer)
        published_at = timezone.now() if state == DeliveryState.PUBLISHED else None
        Delivery.objects.update(state=state, published_at=published_at)
        assert list(lists(client)) == ([where] if where else [])

    def test_go_out_though_an_earlier_approval_was_called_back(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        draft = approved(scene, author=officer)
        reopen(draft, actor=officer, now=timezone.now())
        draft.refresh_from_db()
        approve_it(handed_in(draft), by=scene.person(Role.COMMS_APPROVER))
        assert list(lists(client)) == ["going-out"]

    def test_are_shown_for_a_while_after_they_came_back_or_went_out(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        rejected = written(scene, author=officer)
        Draft.objects.filter(pk=rejected.pk).update(
            state=State.REJECTED, changed_at=timezone.now() - timedelta(days=15)
        )
        approved(scene, author=officer)
        Delivery.objects.update(
            state=DeliveryState.PUBLISHED, published_at=timezone.now() - timedelta(days=3)
        )
        assert lists(client) == {}

    def test_are_nobody_else_s(self, client: Client, scene: Scene, officer: User) -> None:
        written(scene)
        submitted(scene)
        assert lists(client) == {}

    def test_are_left_behind_by_somebody_who_moved(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        draft = written(scene, author=officer, text="Business of the old team")
        Membership.objects.filter(person=officer).update(lpt=scene.other_account().lpt)
        assert "Business of the old team" not in Page.of(client.get("/desk/")).root.text
        assert client.get(draft.get_absolute_url()).status_code == 404


class TestTheQueueBox:
    def test_counts_what_the_reviewer_may_decide(self, client: Client, scene: Scene) -> None:
        reviewer = scene.person(Role.COMMS_APPROVER)
        client.force_login(reviewer)
        assert "Nothing is waiting" in Page.of(client.get("/desk/")).main
        submitted(scene, planned=in_(timedelta(hours=3)))
        submitted(scene)
        submitted(scene, author=reviewer)
        submitted(Scene())
        box = Page.of(client.get("/desk/")).root.one("section", aria_labelledby="queue-box")
        assert "2 waiting for a decision" in box.text

    def test_is_not_for_officers(self, client: Client, scene: Scene, officer: User) -> None:
        submitted(scene)
        assert not Page.of(client.get("/desk/")).root.all("section", aria_labelledby="queue-box")


class TestAnEmptyDesk:
    def test_says_what_to_do_next(self, client: Client, scene: Scene, officer: User) -> None:
        page = Page.of(client.get("/desk/"))
        assert "You have no drafts" in page.main
        assert [a for a in page.root.one("main").all("a") if a.attrs["href"] == "/write/"]

    @pytest.mark.parametrize("role", [Role.COMMS_ADMIN, Role.POLICY_OWNER, Role.PSD])
    def test_of_somebody_who_does_not_write_does_not_offer_it(
        self, client: Client, scene: Scene, role: Role
    ) -> None:
        client.force_login(scene.person(role, mobile_confirmed_on=None))
        page = Page.of(client.get("/desk/"))
        # A comms admin whose force has sent no tweet yet has that to see to.
        has_to_begin = role == Role.COMMS_ADMIN
        assert ("Nothing waits for you" in page.main) != has_to_begin
        assert ("Your force is not set up yet" in page.main) == has_to_begin
        assert not [a for a in page.root.all("a") if a.attrs["href"] == "/write/"]
        assert "mobile number" not in page.main

    def test_of_somebody_without_a_role_is_a_page_too(self, client: Client) -> None:
        client.force_login(UserFactory.create())
        page = Page.of(client.get("/desk/"))
        assert page.h1 == "My desk"
        assert not page.root.all("nav", aria_label="Main")


class TestTheDesk:
    def test_costs_the_same_queries_however_much_is_on_it(
        self,
        client: Client,
        scene: Scene,
        officer: User,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        approver, counts = scene.person(Role.COMMS_APPROVER), []
        scene.give(officer, Role.COMMS_DUTY)
        # The first request of a minute writes down that the session goes on.
        client.get("/desk/")
        for wanted in (1, 8):
            for _ in range(wanted):
                written(scene, author=officer)
                submitted(scene, author=officer)
                submitted(scene)
                approved(scene, author=officer, by=approver)
                tell([officer], "Something happened.", now=timezone.now())
            with django_assert_max_num_queries(28) as captured:
                client.get("/desk/")
            counts.append(len(captured))
        assert counts[0] == counts[1]


class TestAProposal:
    def test_waits_on_the_desk_of_the_second_owner_alone(self, client: Client) -> None:
        scene = Scene()
        author, second = scene.person(Role.POLICY_OWNER), scene.person(Role.POLICY_OWNER)
        version = proposed(scene.force, author)
        client.force_login(second)
        page = Page.of(client.get("/desk/"))
        assert "Nothing waits for you" not in page.main
        assert page.root.all("a", href=version.get_absolute_url())
        client.force_login(author)
        assert not Page.of(client.get("/desk/")).root.all("a", href=version.get_absolute_url())
