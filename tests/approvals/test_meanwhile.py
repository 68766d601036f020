"""What happened while a page of the review was open: each time a page says so, and what to do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import deactivate
from approvals.models import Decision, Delegation
from approvals.reasons import Reason
from approvals.services import delegate, end_delegation, expire_overdue, reject, suggest
from drafts.models import Draft
from drafts.services import withdraw
from drafts.workflow import State
from publishing.models import Delivery
from tests.factories import Scene, approve_it, in_, submitted
from tests.pages import Page

pytestmark = pytest.mark.django_db

WAYS = ("approve", "return", "reject", "suggest", "together")


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def draft(scene: Scene) -> Draft:
    return submitted(scene, planned=in_(timedelta(hours=3)))


@pytest.fixture
def approver(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    approver = scene.person(Role.COMMS_APPROVER)
    client.force_login(approver)
    return approver


class Opened:
    """A page about `draft` as somebody has it open, to be sent in some way later on."""

    def __init__(self, client: Client, draft: Draft) -> None:
        self.client = client
        assert client.get(f"/review/{draft.pk}/").status_code == 200
        self.draft = draft
        self.seen = {
            "revision_number": str(draft.revision_number),
            "revision_hash": draft.content_hash,
        }

    def send(self, way: str) -> Page:
        """What the page answers, at the end of where it leads."""
        draft, address = self.draft, f"/review/{self.draft.pk}/"
        more = {"reason": "tone", "sentence": "Friendlier."}
        match way:
            case "approve":
                form = self.seen | {"decision": way, "step": str(draft.step)}
            case "suggest":
                address, form = f"{address}suggest/", self.seen | {"text": "Other words."}
            case "together":
                shown = f"{draft.pk}.{draft.revision_number}.{draft.step}.{draft.content_hash}"
                address = "/review/together/"
                form = {"decision": "return", "pick": shown} | more
            case _:
                form = self.seen | {"decision": way} | more
        response = self.client.post(address, form, follow=True)
        self.status = response.status_code
        return Page.of(response)


def told(page: Page) -> str:
    """All that a page says of what was just done."""
    return " ".join(page.messages) or page.main


@pytest.mark.parametrize("way", WAYS)
class TestWhatSomebodyElseDid:
    def test_first_stands(
        self, client: Client, scene: Scene, draft: Draft, approver: User, way: str
    ) -> None:
        opened, quick = Opened(client, draft), scene.person(Role.COMMS_DUTY)
        approve_it(draft, by=quick)
        assert f"{quick} was quicker: this draft is “approved” now." in told(opened.send(way))
        assert Decision.objects.get().person == quick
        assert Delivery.objects.count() == 1

    def test_by_taking_it_back_leaves_nothing_to_decide(
        self, client: Client, draft: Draft, approver: User, way: str
    ) -> None:
        opened = Opened(client, draft)
        withdraw(draft, actor=draft.author, now=timezone.now())
        assert "This draft was taken back to be changed" in told(opened.send(way))
        assert not Decision.objects.exists()

    def test_by_letting_it_expire_leaves_nothing_to_decide(
        self, client: Client, draft: Draft, approver: User, way: str
    ) -> None:
        opened = Opened(client, draft)
        Draft.objects.filter(pk=draft.pk).update(planned_at=timezone.now())
        expire_overdue(now=timezone.now())
        assert "passed before anybody decided, so it expired" in told(opened.send(way))
        assert not Decision.objects.exists()


class TestAFormThatIsSentTwice:
    @pytest.mark.parametrize("way", ["approve", "return", "reject"])
    def test_decides_once_and_says_so(
        self, client: Client, draft: Draft, approver: User, way: str
    ) -> None:
        opened = Opened(client, draft)
        opened.send(way)
        assert told(opened.send(way)).startswith("You have decided on this already: this draft is")
        assert Decision.objects.count() == 1


@pytest.mark.parametrize("way", WAYS)
class TestACoverThatEnds:
    """While the page is open: by its date, or because it is called off."""

    @pytest.fixture(autouse=True)
    def _scene(self, scene: Scene) -> None:
        self.scene = scene

    @pytest.mark.parametrize(
        "over",
        [
            lambda: Delegation.objects.update(until=timezone.localdate() - timedelta(days=1)),
            lambda: Delegation.objects.update(ended_at=timezone.now()),
        ],
        ids=["its days", "called off"],
    )
    @pytest.mark.parametrize("whose", ["team", "elsewhere"])
    def test_ends_the_right_to_decide(
        self,
        client: Client,
        draft: Draft,
        way: str,
        over: Callable[[], int],
        whose: str,
    ) -> None:
        scene = self.scene
        absent, today = scene.person(Role.COMMS_APPROVER), timezone.localdate()
        lpt = scene.lpt if whose == "team" else scene.other_account().lpt
        stand_in = scene.person(Role.OFFICER, lpt=lpt)
        delegate(
            absent, to=stand_in, since=today - timedelta(days=2), until=today, reason="Leave",
            actor=absent, now=timezone.now(),
        )  # fmt: skip
        client.force_login(stand_in)
        opened = Opened(client, draft)
        over()
        page = opened.send(way)
        assert f"You decided in the place of {absent}, and that is over." in page.main
        assert opened.status < 404
        assert not Decision.objects.exists()
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED


class TestARoleThatEnds:
    """While the page is open: what happened and what to do is said, and nothing is decided."""

    def end(self, person: User, role: Role) -> str:
        yesterday = timezone.localdate() - timedelta(days=1)
        person.memberships.filter(role=role).update(until=yesterday)
        membership = person.memberships.get(role=role)
        return (
            f"Your role as {membership.get_role_display().lower()} in {membership.force} ended on"
            f" {yesterday:%-d %B %Y}. Nothing was decided"
        )

    @pytest.mark.parametrize("left", [None, Role.OFFICER])
    def test_ends_the_right_to_decide(
        self, client: Client, scene: Scene, draft: Draft, approver: User, left: Role | None
    ) -> None:
        if left:
            scene.give(approver, left)
        opened = Opened(client, draft)
        words = self.end(approver, Role.COMMS_APPROVER)
        for way in ("approve", "suggest"):
            assert words in opened.send(way).main
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("left", [None, Role.COMMS_APPROVER, Role.OFFICER])
    def test_ends_that_to_publish_in_an_emergency(
        self, client: Client, scene: Scene, draft: Draft, left: Role | None
    ) -> None:
        duty = scene.person(Role.COMMS_DUTY)
        if left:
            scene.give(duty, left)
        client.force_login(duty)
        address = reverse("approvals:emergency", args=[draft.pk])
        assert client.get(address).status_code == 200
        words = self.end(duty, Role.COMMS_DUTY)
        seen = {"revision_number": draft.revision_number, "revision_hash": draft.content_hash}
        answer = client.post(address, seen | {"reason": "A flood."})
        assert answer.status_code == 403
        assert words in Page.of(answer).main
        assert not Delivery.objects.exists()

    @pytest.mark.parametrize("left", [None, Role.OFFICER])
    def test_ends_that_to_take_a_suggestion(
        self, client: Client, scene: Scene, draft: Draft, approver: User, left: Role | None
    ) -> None:
        suggestion = suggest(
            draft, actor=scene.person(Role.COMMS_DUTY), revision_number=1,
            revision_hash=draft.content_hash, text="Other words.", note="", now=timezone.now(),
        )  # fmt: skip
        if left:
            scene.give(approver, left)
        words = self.end(approver, Role.COMMS_APPROVER)
        answer = client.post(reverse("approvals:take", args=[suggestion.pk]))
        assert answer.status_code == 403
        assert words in Page.of(answer).main
        assert not Delivery.objects.exists()

    def test_ends_that_of_whoever_covers_to_take_it(
        self, client: Client, scene: Scene, draft: Draft, approver: User
    ) -> None:
        today = timezone.localdate()
        stand_in = scene.person(lpt=scene.other_account().lpt)
        made = delegate(
            approver, to=stand_in, since=today, until=today, reason="Leave", actor=approver,
            now=timezone.now(),
        )  # fmt: skip
        suggestion = suggest(
            draft, actor=scene.person(Role.COMMS_DUTY), revision_number=1,
            revision_hash=draft.content_hash, text="Other words.", note="", now=timezone.now(),
        )  # fmt: skip
        end_delegation(made, actor=approver, now=timezone.now())
        client.force_login(stand_in)
        answer = client.post(reverse("approvals:take", args=[suggestion.pk]))
        assert answer.status_code == 403
        assert f"You decided in the place of {approver}, and that is over." in Page.of(answer).main


@pytest.mark.parametrize("way", WAYS)
class TestAnApproverWhoIsSwitchedOff:
    def test_decides_nothing_more(
        self, client: Client, draft: Draft, approver: User, way: str
    ) -> None:
        opened = Opened(client, draft)
        deactivate(approver, actor=None, now=timezone.now())
        page = opened.send(way)
        assert (opened.status, page.h1) == (419, "Your access has ended")
        assert "Nothing was sent." in page.main
        assert not Decision.objects.exists()


class TestAnybodyElse:
    def test_reads_of_no_cover_that_they_never_had(
        self, client: Client, scene: Scene, draft: Draft
    ) -> None:
        client.force_login(scene.person(lpt=scene.other_account().lpt))
        response = client.get(f"/review/{draft.pk}/")
        assert response.status_code == 403
        assert Page.of(response).h1 == "You cannot see this page"

    def test_reads_who_rejected_it(self, client: Client, scene: Scene, draft: Draft) -> None:
        client.force_login(scene.person(Role.COMMS_APPROVER))
        opened, quick = Opened(client, draft), scene.person(Role.COMMS_DUTY)
        reject(
            draft, actor=quick, revision_number=1, revision_hash=draft.content_hash,
            reason=Reason.TONE, sentence="No.", now=timezone.now(),
        )  # fmt: skip
        assert told(opened.send("approve")) == f"{quick} was quicker: this draft is “rejected” now."
