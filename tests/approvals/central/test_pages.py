"""The pages of a post for several accounts, and what was said about its drafts."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.roles import Role
from approvals.services import (
    TalkedAbout,
    comment,
    waiting,
)
from drafts.models import CentralPost, Draft
from drafts.services import (
    Writing,
    discard,
    withdraw,
    write_centrally,
)
from drafts.workflow import State
from publishing.models import Delivery
from tests.approvals.central.stage import approve_all, hand_in, hidden, seen, states
from tests.drafts.test_ticks import DEATH, KIN, LABEL
from tests.factories import BLOCKED, CLEAN, Scene, signed_in
from tests.pages import Page

pytestmark = pytest.mark.django_db


class TestThePages:
    def sent(self, accounts: list[SocialAccount], text: str = CLEAN, **more: Any) -> Any:
        return {
            "key": str(uuid.uuid4()),
            "text": text,
            "accounts": [account.pk for account in accounts],
            "category": "meeting",
            "when": "asap",
            "action": "submit",
        } | more

    def test_take_a_post_from_writing_to_approval(
        self, accounts: list[SocialAccount], writer: User, approver: User
    ) -> None:
        write = reverse("approvals:central-write")
        client = signed_in(writer)
        page = Page.of(client.get(write))
        boxes = [box for box in page.root.all("input") if box.attrs.get("name") == "accounts"]
        assert len(boxes) == 3
        response = client.post(write, self.sent(accounts), follow=True)
        central = CentralPost.objects.get()
        address = reverse("approvals:central", args=[central.pk])
        assert response.redirect_chain == [(address, 302)]
        own = Page.of(response)
        assert "somebody else must decide" in own.root.text
        assert "Approve on all of them" not in own.root.text
        reviewer = signed_in(approver)
        queue = Page.of(reviewer.get("/review/"))
        assert "For 3 accounts" in queue.root.text
        assert len(list(queue.root.all("article"))) == 1
        page = Page.of(reviewer.get(address))
        form = {"decision": "approve"} | hidden(page)
        assert len(form) == 4
        shown = Page.of(reviewer.post(address, form, follow=True))
        assert "Approved on every account." in shown.root.text
        assert states(central) == {State.APPROVED}
        shown = Page.of(reviewer.post(address, form, follow=True))
        assert "changed while you were reading it" in shown.root.text

    def test_reject_it_with_words_alone(self, central: CentralPost, approver: User) -> None:
        address = reverse("approvals:central", args=[central.pk])
        client = signed_in(approver)
        first = waiting(central)[0]
        form = {"decision": "reject", "reason": "tone"} | hidden(Page.of(client.get(address)))
        form |= {"revision_hash": first.content_hash, "revision_number": "1"}
        assert client.post(address, form).status_code == 422
        assert states(central) == {State.SUBMITTED}
        shown = Page.of(client.post(address, form | {"sentence": "Not ours."}, follow=True))
        assert "Rejected on every account." in shown.root.text
        assert states(central) == {State.REJECTED}

    def test_list_a_post_by_what_goes_out(
        self, central: CentralPost, writer: User, approver: User
    ) -> None:
        first = central.drafts()[0]
        withdraw(first, actor=writer, now=timezone.now())
        discard(first, actor=writer, now=timezone.now())
        client = signed_in(approver)
        (row,) = Page.of(client.get(reverse("approvals:central-list"))).root.all(class_="bl-row")
        assert "Waiting for review" in row.text
        assert "2 accounts" in row.text
        page = Page.of(client.get(reverse("approvals:central", args=[central.pk])))
        assert page.root.one("h1").text == "Post for 2 accounts"

    def test_show_what_was_declared_and_ticked(
        self, accounts: list[SocialAccount], writer: User, approver: User
    ) -> None:
        words = Writing(text=CLEAN, account=accounts[0], category="arrest", declared=DEATH)
        central = write_centrally(words, accounts, author=writer, now=timezone.now())
        hand_in(central, writer, ticked={KIN: ""})
        page = Page.of(signed_in(approver).get(reverse("approvals:central", args=[central.pk])))
        assert "About the case" in page.main
        assert f"What {writer} ticked" in page.main
        assert page.main.count(LABEL) == 1

    def test_return_it(self, central: CentralPost, approver: User, writer: User) -> None:
        address = reverse("approvals:central", args=[central.pk])
        client = signed_in(approver)
        form = {"decision": "return"} | hidden(Page.of(client.get(address)))
        first = waiting(central)[0]
        form |= {"revision_hash": first.content_hash, "revision_number": "1"}
        assert client.post(address, form).status_code == 422
        shown = Page.of(client.post(address, form | {"reason": "tone"}, follow=True))
        assert f"Returned to {writer}." in shown.root.text
        change = reverse("approvals:central-change", args=[central.pk])
        author = signed_in(writer)
        page = author.get(change)
        assert page.context["form"]["text"].value() == CLEAN
        accounts = [draft.account for draft in central.drafts()]
        sent = self.sent(accounts, "See you on Friday at the library, 6pm.")
        shown = Page.of(author.post(change, sent, follow=True))
        assert "Submitted." in shown.root.text
        assert {d.text for d in central.drafts()} == {"See you on Friday at the library, 6pm."}
        shown = Page.of(author.post(change, sent, follow=True))
        assert "Nothing of this post can be changed now." in shown.root.text

    def test_say_what_stands_in_the_way_and_keep_the_text(
        self, accounts: list[SocialAccount], writer: User
    ) -> None:
        client = signed_in(writer)
        write = reverse("approvals:central-write")
        response = client.post(write, self.sent(accounts, BLOCKED))
        assert response.status_code == 422
        assert response.context["form"]["text"].value() == BLOCKED
        assert response.context["check"].findings
        central = CentralPost.objects.get()
        assert states(central) == {State.DRAFT}
        change = reverse("approvals:central-change", args=[central.pk])
        assert response.context["write_url"] == change
        response = client.post(write, self.sent([]))
        assert response.status_code == 422
        assert "Choose at least one account." in response.content.decode()
        assert CentralPost.objects.count() == 1

    def test_save_without_asking_anybody(self, accounts: list[SocialAccount], writer: User) -> None:
        client = signed_in(writer)
        response = client.post(
            reverse("approvals:central-write"), self.sent(accounts, action="save"), follow=True
        )
        assert "Saved. Nobody else is asked" in response.content.decode()
        assert states(CentralPost.objects.get()) == {State.DRAFT}
        assert "Write for several accounts" in client.get("/central/").content.decode()

    def test_are_for_comms_of_the_force_alone(self, central: CentralPost, scene: Scene) -> None:
        address = reverse("approvals:central", args=[central.pk])
        assert signed_in(scene.person()).get(address).status_code == 403
        assert signed_in(scene.person()).post(address).status_code == 403
        stranger = signed_in(Scene().person(Role.COMMS_DUTY))
        assert stranger.get(address).status_code == 404
        assert stranger.post(address).status_code == 404

    @pytest.mark.parametrize(
        "sent",
        [
            {"decision": "approve"},
            {"decision": "approve", "seen-1": "nonsense", "seen-x": f"1:{'0' * 64}:0"},
            {"decision": "burn"},
            {},
        ],
    )
    def test_survive_what_no_form_sends(
        self, central: CentralPost, approver: User, sent: dict[str, str]
    ) -> None:
        address = reverse("approvals:central", args=[central.pk])
        assert signed_in(approver).post(address, sent).status_code == 302
        assert states(central) == {State.SUBMITTED}

    def test_lead_from_one_of_its_drafts_to_the_post(
        self, central: CentralPost, approver: User
    ) -> None:
        draft = waiting(central)[0]
        response = signed_in(approver).get(reverse("approvals:review", args=[draft.pk]))
        assert response["Location"] == reverse("approvals:central", args=[central.pk])


class TestAComment:
    WORDS = "Wrong road: it is Mill Lane."

    @pytest.fixture
    def part(self, central: CentralPost) -> Draft:
        return waiting(central)[1]

    def test_is_read_where_it_is_decided(
        self, central: CentralPost, part: Draft, approver: User, scene: Scene
    ) -> None:
        officer = scene.person(lpt=part.account.lpt)
        comment(part, actor=officer, text=self.WORDS, now=timezone.now())
        page = Page.of(signed_in(approver).get(reverse("approvals:central", args=[central.pk])))
        assert f"Comments on @{part.account.handle}" in page.main
        assert page.main.count(self.WORDS) == 1

    def test_that_was_not_on_screen_lets_nothing_through(
        self, central: CentralPost, part: Draft, approver: User, writer: User
    ) -> None:
        shown = seen(central)
        comment(part, actor=writer, text=self.WORDS, now=timezone.now())
        with pytest.raises(TalkedAbout):
            approve_all(central, approver, seen=shown)
        assert states(central) == {State.SUBMITTED}
        assert not Delivery.objects.exists()
        approve_all(central, approver)
        assert states(central) == {State.APPROVED}

    def test_keeps_what_the_approver_typed(
        self, central: CentralPost, part: Draft, approver: User, writer: User
    ) -> None:
        address = reverse("approvals:central", args=[central.pk])
        client = signed_in(approver)
        form = {"decision": "approve", "note": "It is right."}
        form |= hidden(Page.of(client.get(address)))
        comment(part, actor=writer, text=self.WORDS, now=timezone.now())
        answer = client.post(address, form)
        assert answer.status_code == 422
        page = Page.of(answer)
        assert "Somebody commented on one of its drafts, so nothing is decided" in page.root.text
        assert answer.context["note_form"]["note"].value() == "It is right."
        client.post(address, form | hidden(page))
        assert states(central) == {State.APPROVED}
