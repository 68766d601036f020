"""Deciding on several drafts at once, and what the page of them refuses."""

import time

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.models import Decision, Verdict
from approvals.services import OutOfTime, OwnDraft, Seen, approve_each, comment
from drafts.models import Draft
from drafts.services import Writing, save, withdraw
from drafts.workflow import State
from publishing.models import Delivery
from tests.factories import ASKING, Scene, approve_it, handed_in, submitted
from tests.pages import Page

pytestmark = pytest.mark.django_db
TOGETHER = "/review/together/"
SENT_BACK = {
    "return": (State.CHANGES_REQUESTED, "Returned"),
    "reject": (State.REJECTED, "Rejected"),
}
ANSWER = {"duty-times:signing off": "It is a team, not a person."}


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def comms(client: Client, scene: Scene) -> User:
    person = scene.person(Role.COMMS_APPROVER)
    client.force_login(person)
    return person


def shown(draft: Draft) -> str:
    return f"{draft.pk}.{draft.revision_number}.{draft.step}.{draft.content_hash}"


def states(*drafts: Draft) -> list[str]:
    rows = dict(Draft.objects.values_list("pk", "state"))
    return [rows[draft.pk] for draft in drafts]


class TestTheQueue:
    def test_offers_a_box_on_each_draft_but_one_s_own(
        self, client: Client, scene: Scene, comms: User
    ) -> None:
        drafts = [submitted(scene), submitted(scene)]
        submitted(scene, author=comms)
        page = Page.of(client.get("/review/"))
        boxes = page.root.all("input", name="pick")
        assert [box.attrs["value"] for box in boxes] == [shown(draft) for draft in drafts]
        assert {box.attrs["form"] for box in boxes} == {"together"}
        assert page.root.one("form", id="together").attrs["action"] == TOGETHER

    @pytest.mark.parametrize("ticked", [[], ["x"], ["1.2"], ["9" * 30 + ".1.1.a"], ["-1.1.1.a"]])
    def test_asks_for_ticks(
        self, client: Client, scene: Scene, comms: User, ticked: list[str]
    ) -> None:
        submitted(scene)
        page = Page.of(client.post(TOGETHER, {"pick": ticked}, follow=True))
        assert page.messages == ["Tick the drafts to decide on together, 25 at most."]


class TestWhatWasChosenInTheQueue:
    CHOSEN = "q=library&due=asap"

    def test_goes_along_with_the_ticks(self, client: Client, scene: Scene, comms: User) -> None:
        drafts = [submitted(scene), submitted(scene)]
        page = Page.of(client.get(f"/review/?{self.CHOSEN}"))
        together = page.root.one("form", id="together")
        assert together.one("input", name="chosen").attrs["value"] == self.CHOSEN
        sent = {"pick": [shown(draft) for draft in drafts], "chosen": self.CHOSEN}
        page = Page.of(client.post(TOGETHER, sent))
        fields = page.root.all("input", name="chosen")
        assert [field.attrs["value"] for field in fields] == [self.CHOSEN] * 3
        assert page.root.all("a", href=f"/review/?{self.CHOSEN}")

    @pytest.mark.parametrize(
        "decision",
        [
            {"decision": "approve"},
            {"decision": "return", "reason": "tone"},
            {"decision": "reject", "reason": "tone", "sentence": "Not like this."},
        ],
        ids=lambda sent: sent["decision"],
    )
    def test_is_there_again_after_the_decision(
        self, client: Client, scene: Scene, comms: User, decision: dict[str, str]
    ) -> None:
        ticked = shown(submitted(scene))
        sent = {**decision, "pick": ticked, "read": ticked, "chosen": self.CHOSEN}
        answer = client.post(TOGETHER, sent)
        assert answer.headers["Location"] == f"/review/?{self.CHOSEN}"

    def test_is_there_again_where_nothing_was_decided(
        self, client: Client, scene: Scene, comms: User
    ) -> None:
        assert client.post(TOGETHER, {"chosen": self.CHOSEN}).headers["Location"] == (
            f"/review/?{self.CHOSEN}"
        )
        draft = submitted(scene)
        before = shown(draft)
        handed_in_again(draft)
        sent = {"decision": "return", "pick": before, "reason": "tone", "chosen": self.CHOSEN}
        page = Page.of(client.post(TOGETHER, sent))
        assert page.root.all("a", href=f"/review/?{self.CHOSEN}")

    @pytest.mark.parametrize("chosen", ["next=//elsewhere.example.org", "%00=1", "=&&", "x" * 3000])
    def test_is_nothing_but_the_queues_own_choices(
        self, client: Client, comms: User, chosen: str
    ) -> None:
        answer = client.post(TOGETHER, {"chosen": chosen})
        assert answer.headers["Location"] == "/review/"


class TestThePage:
    def test_shows_each_whole_and_decides_nothing(
        self, client: Client, scene: Scene, comms: User
    ) -> None:
        first, second = submitted(scene), submitted(scene, text=ASKING, answers=ANSWER)
        page = Page.of(client.post(TOGETHER, {"pick": [shown(first), shown(second)]}))
        assert page.h1 == "2 drafts together"
        assert first.text in page.main
        assert second.text in page.main
        assert ANSWER["duty-times:signing off"] in page.main
        # What needs a second look is approved on its own page alone.
        assert [box.attrs["value"] for box in page.root.all("input", name="read")] == [shown(first)]
        assert states(first, second) == [State.SUBMITTED, State.SUBMITTED]

    def test_says_how_many_are_not_there_any_more(
        self, client: Client, scene: Scene, comms: User
    ) -> None:
        first, second = submitted(scene), submitted(scene)
        approve_it(second, by=scene.person(Role.COMMS_DUTY))
        page = Page.of(client.post(TOGETHER, {"pick": [shown(first), shown(second)]}))
        assert "1 of those that you ticked does not wait for you any more." in page.main

    def test_does_not_show_another_force_s(self, client: Client, scene: Scene, comms: User) -> None:
        theirs = submitted(Scene())
        page = Page.of(client.post(TOGETHER, {"pick": shown(theirs)}, follow=True))
        assert page.messages == ["None of these waits for you any more."]


class TestApproving:
    def send(self, client: Client, *drafts: Draft, read: list[str] | None = None) -> Page:
        values = [shown(draft) for draft in drafts]
        sent = {"decision": "approve", "pick": values, "read": values if read is None else read}
        return Page.of(client.post(TOGETHER, sent, follow=True))

    def test_approves_what_was_read(self, client: Client, scene: Scene, comms: User) -> None:
        drafts = [submitted(scene), submitted(scene), submitted(scene)]
        page = self.send(client, *drafts, read=[shown(draft) for draft in drafts[:2]])
        assert page.messages == ["Approved: 2 drafts."]
        assert states(*drafts) == [State.APPROVED, State.APPROVED, State.SUBMITTED]
        decisions = Decision.objects.filter(person=comms, verdict=Verdict.APPROVE)
        assert {each.draft_id for each in decisions} == {draft.pk for draft in drafts[:2]}
        assert Delivery.objects.count() == 2

    def test_needs_one_that_was_read(self, client: Client, scene: Scene, comms: User) -> None:
        draft = submitted(scene)
        page = self.send(client, draft, read=[])
        assert "Tick each tweet that you have read to its end." in page.main
        assert page.title.startswith("Error: ")
        assert states(draft) == [State.SUBMITTED]

    def test_leaves_what_changed_since(self, client: Client, scene: Scene, comms: User) -> None:
        first, second = submitted(scene), submitted(scene)
        before = shown(second)
        second = handed_in_again(second)
        page = self.send(client, first, read=[shown(first), before])
        assert page.h1 == "1 draft left to decide"
        assert "This draft changed while you were reading it." in page.main
        assert "Approved: 1 draft." in page.main
        assert states(first, second) == [State.APPROVED, State.SUBMITTED]

    def test_leaves_what_has_findings(self, client: Client, scene: Scene, comms: User) -> None:
        draft = submitted(scene, text=ASKING, answers=ANSWER)
        page = self.send(client, draft)
        assert "Something was found in it. Open it to decide." in page.main
        assert states(draft) == [State.SUBMITTED]

    def test_leaves_what_was_talked_about(self, client: Client, scene: Scene, comms: User) -> None:
        draft = submitted(scene)
        comment(draft, actor=draft.author, text="Stop, please.", now=timezone.now())
        page = self.send(client, draft)
        assert "Somebody commented on it. Open it to read what was said" in page.main
        assert states(draft) == [State.SUBMITTED]

    def test_leaves_one_s_own(self, client: Client, scene: Scene, comms: User) -> None:
        draft = submitted(scene, author=comms)
        page = self.send(client, draft)
        assert "You wrote or submitted a version of this tweet" in page.main
        assert states(draft) == [State.SUBMITTED]

    def test_says_who_was_quicker(self, client: Client, scene: Scene, comms: User) -> None:
        first, second = submitted(scene), submitted(scene)
        quick = scene.person(Role.COMMS_DUTY)
        approve_it(second, by=quick)
        page = self.send(client, first, second)
        assert f"{quick} was quicker: this draft is “approved” now." in page.main
        assert Decision.objects.filter(draft=second).count() == 1

    def test_sent_twice_decides_once(self, client: Client, scene: Scene, comms: User) -> None:
        draft = submitted(scene)
        self.send(client, draft)
        self.send(client, draft)
        assert Decision.objects.filter(draft=draft).count() == 1
        assert Delivery.objects.count() == 1

    def test_says_of_each_what_became_of_it(self, scene: Scene, comms: User) -> None:
        now = timezone.now()
        fine, own = submitted(scene), submitted(scene, author=comms)
        late = submitted(scene, now=now - settings.DECIDE_WITHIN)
        shown = [(d, Seen(d.revision_number, d.content_hash)) for d in (own, late, fine)]
        outcomes = approve_each(shown, actor=comms, now=now)
        assert [(o.draft, type(o.refusal)) for o in outcomes] == [
            (own, OwnDraft),
            (late, OutOfTime),
            (fine, type(None)),
        ]
        fine.refresh_from_db()
        assert fine.state == State.APPROVED


class TestSendingBack:
    @pytest.mark.parametrize("decision", ["return", "reject"])
    def test_sends_all_of_them_back(
        self, client: Client, scene: Scene, comms: User, decision: str
    ) -> None:
        drafts = [submitted(scene), submitted(scene, text=ASKING, answers=ANSWER)]
        sent = {
            "decision": decision,
            "pick": [shown(draft) for draft in drafts],
            "reason": "tone",
            "sentence": "Not like this.",
        }
        page = Page.of(client.post(TOGETHER, sent, follow=True))
        state, said = SENT_BACK[decision]
        assert page.messages == [f"{said}: 2 drafts."]
        assert states(*drafts) == [state, state]
        assert {each.sentence for each in Decision.objects.all()} == {"Not like this."}

    def test_keeps_what_was_typed(self, client: Client, scene: Scene, comms: User) -> None:
        draft = submitted(scene)
        sent = {"decision": "return", "pick": shown(draft), "sentence": "Half a sentence"}
        response = client.post(TOGETHER, sent)
        assert response.status_code == 422
        page = Page.of(response)
        assert page.problems == [("Choose why it comes back.", "#id_return_reason_0")]
        assert "Half a sentence" in page.main
        assert states(draft) == [State.SUBMITTED]

    def test_leaves_what_changed_since(self, client: Client, scene: Scene, comms: User) -> None:
        draft = submitted(scene)
        before = shown(draft)
        handed_in_again(draft)
        sent = {"decision": "return", "pick": before, "reason": "tone"}
        page = Page.of(client.post(TOGETHER, sent))
        assert "This draft changed while you were reading it." in page.main
        assert states(draft) == [State.SUBMITTED]


def handed_in_again(draft: Draft) -> Draft:
    """The same draft, taken back and submitted with other words."""
    now = timezone.now()
    withdraw(draft, actor=draft.author, now=now)
    words = Writing(text="Other words: meet us.", account=draft.account, category="meeting")
    again = save(draft, words, actor=draft.author, revision_number=draft.revision_number, now=now)
    return handed_in(again)


class TestViews:
    def keep(self, client: Client, name: str, query: str = "found=clean") -> Page:
        return Page.of(client.post(f"/review/views/?{query}", {"name": name}, follow=True))

    def test_are_kept_and_lead_back(self, client: Client, scene: Scene, comms: User) -> None:
        page = self.keep(client, "Clean ones")
        assert page.messages == ["Kept as “Clean ones”."]
        (link,) = [a for a in page.root.all("a") if a.text == "Clean ones"]
        assert link.attrs["href"] == "?found=clean"
        assert link.attrs["aria-current"] == "true"

    def test_of_the_same_name_replace_each_other(
        self, client: Client, scene: Scene, comms: User
    ) -> None:
        self.keep(client, "Mine")
        self.keep(client, "Mine", "due=2h")
        assert list(comms.saved_views.values_list("query", flat=True)) == ["due=2h"]

    @pytest.mark.parametrize("query", ["", "nonsense=1", "found="])
    def test_need_a_choice(self, client: Client, scene: Scene, comms: User, query: str) -> None:
        page = self.keep(client, "Mine", query)
        assert [words for words, _ in page.problems] == [
            "Choose some filters first, and apply them."
        ]
        assert not comms.saved_views.exists()

    def test_need_a_name(self, client: Client, scene: Scene, comms: User) -> None:
        page = self.keep(client, " ")
        assert [words for words, _ in page.problems] == ["Give the view a name."]
        assert not comms.saved_views.exists()

    def test_are_twelve_at_most(self, client: Client, scene: Scene, comms: User) -> None:
        for number in range(12):
            self.keep(client, f"View {number}")
        page = self.keep(client, "One more")
        assert [words for words, _ in page.problems] == [
            "You keep twelve views already. Drop one of them first."
        ]
        self.keep(client, "View 3", "due=2h")
        assert comms.saved_views.count() == 12

    def test_are_one_s_own(self, client: Client, scene: Scene, comms: User) -> None:
        self.keep(client, "Mine")
        view = comms.saved_views.get()
        client.force_login(scene.person(Role.COMMS_DUTY))
        assert "Mine" not in Page.of(client.get("/review/")).main
        assert client.post(reverse("approvals:drop-view", args=[view.pk])).status_code == 404
        client.force_login(comms)
        client.post(reverse("approvals:drop-view", args=[view.pk]))
        assert not comms.saved_views.exists()


class TestWhatHappensMeanwhile:
    def live(self, client: Client) -> str:
        page = Page.of(client.get("/review/"))
        return page.root.one("div", class_="bl-queue__live").attrs["hx-get"]

    def test_tells_of_new_drafts(self, client: Client, scene: Scene, comms: User) -> None:
        submitted(scene)
        address = self.live(client)
        assert "new draft" not in client.get(address).content.decode()
        submitted(scene)
        assert "1 new draft: show it" in client.get(address).content.decode()
        submitted(scene)
        assert "2 new drafts: show them" in client.get(address).content.decode()

    def test_tells_who_has_opened_what(self, client: Client, scene: Scene, comms: User) -> None:
        draft, other = submitted(scene), scene.person(Role.COMMS_DUTY)
        address = self.live(client)
        assert other.full_name not in client.get(address).content.decode()
        Draft.objects.filter(pk=draft.pk).update(claimed_by=other, claimed_at=timezone.now())
        answer = Page.of(client.get(address))
        assert f"{other.full_name} opened this" in answer.root.one(id=f"live-{draft.pk}").text

    def test_tells_what_was_decided(self, client: Client, scene: Scene, comms: User) -> None:
        draft = submitted(scene)
        address = self.live(client)
        approve_it(draft, by=scene.person(Role.COMMS_DUTY))
        answer = Page.of(client.get(address))
        assert "“approved” now" in answer.root.one(id=f"live-{draft.pk}").text

    @pytest.mark.parametrize(
        "asked", ["on=x", "on=99999999999999999999", "since=x", "on=-&since=9_9"]
    )
    def test_survives_nonsense(self, client: Client, comms: User, asked: str) -> None:
        assert client.get(f"/review/live/?{asked}").status_code == 200

    def test_keeps_nobody_signed_in(self, client: Client, scene: Scene, comms: User) -> None:
        client.get("/review/")
        session = client.session
        session["at"] = before = int(time.time()) - 100
        session.save()
        client.get("/review/live/")
        assert client.session["at"] == before
        client.get("/review/")
        assert client.session["at"] > 5
