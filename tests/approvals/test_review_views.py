"""Deciding in the browser: the page shows one text, and only that one is decided on."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import Step
from approvals.models import Decision
from approvals.reasons import SENTENCES, Reason
from approvals.services import return_for_changes
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import Writing, save, withdraw
from drafts.workflow import State
from incidents.models import HoldKind
from incidents.services import place
from publishing.lateness import Late
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from tests.factories import (
    ASKING,
    CLEAN,
    Scene,
    approve_it,
    approved,
    handed_in,
    in_,
    submitted,
    written,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db

CHANGED = "This draft changed while you were reading it. Look at it again before you decide."


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def reviewer(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    reviewer = scene.person(Role.COMMS_APPROVER)
    client.force_login(reviewer)
    return reviewer


def review(draft: Draft) -> str:
    return f"/review/{draft.pk}/"


def forms(client: Client, draft: Draft) -> dict[str, dict[str, str]]:
    """What the three forms of the page would send, by their decision."""
    page = Page.of(client.get(review(draft)))
    sent = {}
    for form in page.root.all("form", action=review(draft)):
        part = Page()
        part.root.children.append(form)
        data = part.form(review(draft))
        sent[data["decision"]] = data
    return sent


def changed(draft: Draft) -> Draft:
    """`draft` after its author took it back, wrote something else and submitted again."""
    withdraw(draft, actor=draft.author, now=timezone.now())
    writing = Writing(text="Version two", account=draft.account, category="meeting")
    draft = save(
        draft,
        writing,
        actor=draft.author,
        revision_number=draft.revision_number,
        now=timezone.now(),
    )
    return handed_in(draft)


class TestTheReviewPage:
    def test_shows_everything_that_a_decision_needs(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(
            scene,
            text=ASKING,
            answers={"duty-times:signing off": "Everybody knows"},
            planned=in_(timedelta(hours=3)),
        )
        page = Page.of(client.get(review(draft)))
        for words in (
            ASKING,
            "When the team is on or off duty",
            "“Everybody knows”",
            draft.author.full_name,
            "UK time",
            "Tell people when and where they can meet their team",
            "Submitted for review",
        ):
            assert words in page.main

    def test_says_where_the_rulebook_found_nothing(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        page = Page.of(client.get(review(submitted(scene))))
        assert (
            "The rulebook found nothing in this text. It does not see everything: you still decide."
            in page.main
        )

    def test_shows_what_changed_since_the_last_decision(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene)
        assert "What changed" not in Page.of(client.get(review(draft))).main
        return_for_changes(
            draft,
            actor=reviewer,
            revision_number=1,
            revision_hash=draft.content_hash,
            reason=Reason.TONE,
            sentence="Friendlier.",
            now=timezone.now(),
        )
        draft.refresh_from_db()
        writing = Writing(text=f"{CLEAN} Bring cake.", account=draft.account, category="meeting")
        draft = save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())
        handed_in(draft)
        page = Page.of(client.get(review(draft)))
        (added,) = page.root.all(class_="bl-review__read")[0].all("ins")
        assert "Bring cake." in added.text
        assert "Tone. Friendlier." in page.main

    def test_of_something_decided_leads_to_its_page(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = approved(scene)
        response = client.get(review(draft), follow=True)
        assert response.redirect_chain == [(draft.get_absolute_url(), 302)]
        assert Page.of(response).messages == ["This draft is “approved”: nothing to decide."]

    def test_says_so_to_somebody_who_is_not_on_the_route(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        scene.route(Step((Role.COMMS_DUTY,)))
        draft = submitted(scene)
        page = Page.of(client.get(review(draft)))
        assert (
            "This step of the approval route is not yours. It waits for: Comms duty officer."
            in page.main
        )
        assert not [b for b in page.root.all("button") if b.text == "Approve"]
        seen = {"revision_hash": draft.content_hash, "revision_number": 1, "step": 1}
        response = client.post(review(draft), seen | {"decision": "approve"}, follow=True)
        assert response.redirect_chain == [(review(draft), 302)]
        (said,) = Page.of(response).messages
        assert said.startswith("This step of the approval route is not yours.")
        draft.refresh_from_db()
        assert draft.state == "submitted"
        assert not draft.decisions.exists()

    def test_says_what_stops_it_by_now(self, client: Client, scene: Scene, reviewer: User) -> None:
        draft = submitted(scene)
        seen = forms(client, draft)["approve"]
        place(
            kind=HoldKind.CRITICAL_INCIDENT,
            scope=scene.force,
            reason="It is on",
            actor=scene.person(Role.COMMS_DUTY),
            now=timezone.now(),
        )
        page = Page.of(client.get(review(draft)))
        assert "The rulebook stops this tweet by now: A critical incident is on" in page.main
        # Sending it back is still possible, approving by the form of before is not.
        assert set(forms(client, draft)) == {"return", "reject"}
        answer = client.post(review(draft), seen, follow=True)
        assert Page.of(answer).messages[0].startswith("The rulebook stops this tweet by now:")
        assert not Delivery.objects.exists()

    def test_of_another_force_is_not_there(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(Scene())
        assert client.get(review(draft)).status_code == 404
        assert client.post(review(draft), {"decision": "approve"}).status_code == 404

    @pytest.mark.parametrize("number", ["0", "999999999", "9" * 19])
    def test_of_nothing_is_not_there(self, client: Client, reviewer: User, number: str) -> None:
        for path in (f"/review/{number}/", f"/drafts/{number}/reopen/", f"/drafts/{number}/stop/"):
            assert client.post(path).status_code == 404


class TestApproving:
    def test_leads_to_the_next_draft_at_once(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        first, following = submitted(scene), submitted(scene)
        own = submitted(scene, author=reviewer)
        response = client.post(review(first), forms(client, first)["approve"], follow=True)
        assert response.redirect_chain == [(review(following), 302)]
        assert "Approved: " in Page.of(response).root.one(class_="bl-stop").text
        response = client.post(review(following), forms(client, following)["approve"], follow=True)
        assert response.redirect_chain == [("/review/", 302)]
        own.refresh_from_db()
        assert own.state == State.SUBMITTED

    def test_of_a_text_that_changed_meanwhile_is_refused(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene)
        seen = forms(client, draft)
        changed(draft)
        for decision in ("approve", "return", "reject"):
            sent = seen[decision] | {"reason": "tone", "sentence": "No."}
            response = client.post(review(draft), sent, follow=True)
            assert response.redirect_chain == [(review(draft), 302)]
            page = Page.of(response)
            assert page.messages == [CHANGED]
            assert "Version two" in page.main
        assert not Decision.objects.exists()

    def test_again_is_refused(self, client: Client, scene: Scene, reviewer: User) -> None:
        draft = submitted(scene)
        seen = forms(client, draft)["approve"]
        client.post(review(draft), seen)
        response = client.post(review(draft), seen, follow=True)
        assert Page.of(response).messages == [
            "You have decided on this already: this draft is “approved” now."
        ]
        assert Delivery.objects.count() == 1

    def test_after_its_time_is_refused(self, client: Client, scene: Scene, reviewer: User) -> None:
        draft = submitted(scene, planned=in_(timedelta(hours=1)))
        seen = forms(client, draft)["approve"]
        Draft.objects.update(planned_at=timezone.now() - timedelta(seconds=1))
        response = client.post(review(draft), seen, follow=True)
        assert Page.of(response).messages == [
            "Its time has passed, so it cannot be approved. Return it for a new time."
        ]
        assert not Delivery.objects.exists()

    @pytest.mark.parametrize(
        "broken",
        [
            {"revision_hash": ""},
            {"revision_hash": "x" * 65},
            {"revision_hash": "0" * 64},
            {"revision_number": ""},
            {"revision_number": "x"},
            {"revision_number": "0"},
            {"revision_number": "-1"},
            {"revision_number": "9" * 40},
        ],
    )
    def test_without_saying_what_was_seen_is_refused(
        self, client: Client, scene: Scene, reviewer: User, broken: dict[str, str]
    ) -> None:
        draft = submitted(scene)
        sent = forms(client, draft)["approve"] | broken
        assert Page.of(client.post(review(draft), sent, follow=True)).messages == [CHANGED]
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("decision", ["", "perhaps", "APPROVE", "x" * 5000])
    def test_is_nothing_that_happens_by_accident(
        self, client: Client, scene: Scene, reviewer: User, decision: str
    ) -> None:
        draft = submitted(scene)
        sent = forms(client, draft)["approve"] | {"decision": decision}
        assert Page.of(client.post(review(draft), sent, follow=True)).messages == [
            "Choose what to decide: approve, return or reject."
        ]
        assert not Decision.objects.exists()

    def test_is_not_done_by_looking(self, client: Client, scene: Scene, reviewer: User) -> None:
        draft = submitted(scene)
        client.get(f"{review(draft)}?decision=approve&revision_hash={draft.content_hash}")
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED


class TestHowLateItMayBe:
    def test_is_as_usual_where_nobody_chooses(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene)
        assert forms(client, draft)["approve"]["may_be_late"] == Late.USUAL
        client.post(review(draft), forms(client, draft)["approve"])
        delivery = Delivery.objects.get()
        assert delivery.not_after - delivery.due_at == timedelta(hours=2)
        assert "may_be_late" not in Record.objects.get(verb=Verb.DRAFT_APPROVED).data

    def test_is_chosen_with_the_approval_and_kept_on_record(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene)
        sent = forms(client, draft)["approve"] | {"may_be_late": "quarter"}
        client.post(review(draft), sent)
        delivery = Delivery.objects.get()
        assert delivery.may_be_late == Late.QUARTER
        assert delivery.not_after - delivery.due_at == timedelta(minutes=15)
        row = Record.objects.get(verb=Verb.DRAFT_APPROVED)
        assert (row.actor_id, row.data["may_be_late"]) == (str(reviewer.pk), "quarter")
        queued = Record.objects.get(verb=Verb.DELIVERY_QUEUED)
        assert queued.data["not_after"] == delivery.not_after.isoformat()

    def test_is_one_of_the_choices(self, client: Client, scene: Scene, reviewer: User) -> None:
        draft = submitted(scene)
        sent = forms(client, draft)["approve"] | {"may_be_late": "for ever"}
        response = client.post(review(draft), sent)
        assert response.status_code == 422
        problems = [text for text, _ in Page.of(response).problems]
        assert problems == ["Choose how late it may go out."]
        assert not Delivery.objects.exists()

    def test_is_asked_in_the_page_and_not_in_the_bar_that_stays_over_it(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene)
        page = Page.of(client.get(review(draft)))
        form = page.root.one("form", class_="bl-approve")
        assert form.one("details").all("input", name="may_be_late")
        bar = form.one(class_="bl-approve__bar")
        assert bar.one("button").text == "Approve"
        assert not [*bar.all("details"), *bar.all("input"), *bar.all("textarea")]

    def test_is_asked_of_those_alone_who_put_it_on_its_way(
        self, client: Client, scene: Scene
    ) -> None:
        scene.route(Step((Role.COMMS_APPROVER,)), Step((Role.COMMS_DUTY,)))
        first, last = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_DUTY)
        draft = submitted(scene)
        client.force_login(first)
        assert "may_be_late" not in forms(client, draft)["approve"]
        client.post(review(draft), forms(client, draft)["approve"])
        client.force_login(last)
        assert forms(client, draft)["approve"]["may_be_late"] == Late.USUAL


class TestReturningAndRejecting:
    def test_sends_the_prepared_sentence_of_the_reason(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene)
        sent = forms(client, draft)["return"] | {"reason": "location"}
        response = client.post(review(draft), sent, follow=True)
        assert any(
            said.startswith(f"Returned to {draft.author}: “") for said in Page.of(response).messages
        )
        assert Decision.objects.get().sentence == SENTENCES[Reason.LOCATION]

    def test_sends_the_reviewer_s_own_sentence_instead(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene)
        sent = forms(client, draft)["return"] | {"reason": "location", "sentence": " Mine. "}
        client.post(review(draft), sent)
        assert Decision.objects.get().sentence == "Mine."

    def test_rejects_with_words_of_one_s_own(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene)
        sent = forms(client, draft)["reject"] | {"reason": "tone", "sentence": "Not like this."}
        response = client.post(review(draft), sent, follow=True)
        assert any(said.startswith("Rejected: “") for said in Page.of(response).messages)
        draft.refresh_from_db()
        assert draft.state == State.REJECTED

    @pytest.mark.parametrize(
        ("typed", "field", "sentence"),
        [
            ({"decision": "return"}, "reason", "Choose why it comes back."),
            ({"decision": "return", "reason": "x"}, "reason", "Choose why it comes back."),
            (
                {"decision": "return", "reason": "other"},
                "sentence",
                "Say in one sentence what should change.",
            ),
            ({"decision": "reject", "sentence": "No."}, "reason", "Choose why it is rejected."),
            (
                {"decision": "reject", "reason": "tone"},
                "sentence",
                "Say in your own words why this cannot go out.",
            ),
            (
                {"decision": "reject", "reason": "tone", "sentence": "  "},
                "sentence",
                "Say in your own words why this cannot go out.",
            ),
        ],
    )
    @pytest.mark.usefixtures("reviewer")
    def test_needs_a_reason_and_sometimes_words(
        self, client: Client, scene: Scene, typed: dict[str, str], field: str, sentence: str
    ) -> None:
        draft, decision = submitted(scene), typed["decision"]
        response = client.post(review(draft), forms(client, draft)[decision] | typed)
        assert response.status_code == 422
        page = Page.of(response)
        (problem,) = page.problems
        assert problem[0] == sentence
        assert problem[1].startswith(f"#id_{decision}_{field}")
        assert page.root.all(id=problem[1].removeprefix("#"))
        assert page.title.startswith("Error: ")
        assert not Decision.objects.exists()

    def test_keeps_what_was_typed(self, client: Client, scene: Scene, reviewer: User) -> None:
        draft = submitted(scene)
        sent = forms(client, draft)["reject"] | {"sentence": "A <b>long</b> thought"}
        page = Page.of(client.post(review(draft), sent))
        assert page.root.one(id="id_reject_sentence").text == "A <b>long</b> thought"

    def test_refuses_an_endless_sentence(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene)
        sent = forms(client, draft)["reject"] | {"reason": "tone", "sentence": "x" * 1001}
        assert client.post(review(draft), sent).status_code == 422


class TestTheStopWindow:
    def test_offers_to_stop_what_was_just_approved(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene)
        client.post(review(draft), forms(client, draft)["approve"])
        page = Page.of(client.get("/review/"))
        panel = page.root.one(class_="bl-stop")
        assert panel.text.startswith(f"Approved: “{CLEAN[:60]}”")
        action = panel.one("form").attrs["action"]
        response = client.post(action, follow=True)
        assert Page.of(response).messages == [
            "Stopped. It is back in the review queue and will not go out."
        ]
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED
        assert draft.deliveries.get().state == DeliveryState.CANCELLED
        assert not Page.of(client.get("/review/")).root.all(class_="bl-stop")

    def test_ends_when_it_goes_out(self, client: Client, scene: Scene, reviewer: User) -> None:
        draft = submitted(scene)
        client.post(review(draft), forms(client, draft)["approve"])
        Delivery.objects.update(state=DeliveryState.SENDING)
        assert not Page.of(client.get("/review/")).root.all(class_="bl-stop")

    def test_is_shown_to_nobody_else(self, client: Client, scene: Scene, reviewer: User) -> None:
        approve_it(submitted(scene), by=scene.person(Role.COMMS_APPROVER))
        assert not Page.of(client.get("/review/")).root.all(class_="bl-stop")


class TestCallingBack:
    def test_reopens_for_the_author(self, client: Client, scene: Scene) -> None:
        draft = approved(scene)
        client.force_login(draft.author)
        response = client.post(f"/drafts/{draft.pk}/reopen/", follow=True)
        assert Page.of(response).messages == [
            "Reopened. Its approval is void: change it and submit it again."
        ]
        draft.refresh_from_db()
        assert draft.state == State.DRAFT

    @pytest.mark.parametrize("name", ["reopen", "stop"])
    def test_too_late_says_so(
        self, client: Client, scene: Scene, reviewer: User, name: str
    ) -> None:
        for gone_too_far in (True, False):
            draft = approved(scene)
            if gone_too_far:
                Delivery.objects.update(state=DeliveryState.PUBLISHED)
            else:
                Draft.objects.update(state=State.REJECTED)
            response = client.post(f"/drafts/{draft.pk}/{name}/", follow=True)
            assert Page.of(response).messages == [
                "Too late: this tweet is going out, is public, or has been stopped already."
            ]

    def test_is_refused_to_colleagues(self, client: Client, scene: Scene) -> None:
        draft = approved(scene)
        client.force_login(scene.person())
        assert client.post(f"/drafts/{draft.pk}/reopen/").status_code == 403
        assert client.post(f"/drafts/{draft.pk}/stop/").status_code == 403

    def test_finds_nothing_of_other_teams_and_forces(self, client: Client, scene: Scene) -> None:
        draft = approved(scene)
        outsider = scene.person(lpt=scene.other_account().lpt)
        for person in (outsider, Scene().person(Role.COMMS_APPROVER)):
            client.force_login(person)
            assert client.post(f"/drafts/{draft.pk}/reopen/").status_code == 404


class TestTheQueueAndReview:
    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.COMMS_APPROVER, Role.COMMS_DUTY}))
    def test_are_for_corporate_communications(
        self, client: Client, scene: Scene, role: Role
    ) -> None:
        draft = submitted(scene)
        client.force_login(scene.person(role))
        for path in ("/review/", review(draft)):
            assert client.get(path).status_code == 403
        answer: Any = client.post(review(draft), {"decision": "approve"})
        assert answer.status_code == 403

    def test_do_not_cost_more_queries_with_more_history(
        self, client: Client, scene: Scene, reviewer: User, django_assert_max_num_queries: Any
    ) -> None:
        counts = []
        draft = submitted(scene)
        client.get(review(draft))
        for changes in (1, 6):
            for _ in range(changes):
                draft = changed(draft)
            with django_assert_max_num_queries(34) as captured:
                client.get(review(draft))
            counts.append(len(captured))
        assert counts[0] == counts[1]

    def test_leave_alone_what_is_being_written(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = written(scene)
        sent = {
            "decision": "approve",
            "revision_hash": draft.content_hash,
            "revision_number": 1,
        }
        client.post(review(draft), sent)
        draft.refresh_from_db()
        assert draft.state == State.DRAFT
