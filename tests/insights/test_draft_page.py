"""One draft's page: where it stands, and what each person can do with it now."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.reasons import Reason
from approvals.services import reject
from drafts.models import Draft
from drafts.services import adopt
from drafts.workflow import State
from insights.views.draft import state_sentence
from publishing.models import Delivery
from publishing.workflow import NEEDS_SOMEBODY
from publishing.workflow import State as DeliveryState
from tests.factories import (
    ASKING,
    BLOCKED,
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

CHANGE, COPY = "Change or submit it", "Copy to a new draft"
REVIEW, STOP, REOPEN = "Review it", "Stop it", "Reopen to change it"
BACK, DISCARD = "Take it back", "Discard it"
MOVE_TIME, SETTLE, ASK = "Move its time", "Settle it", "Ask to stop it"

OFFER = "Offer it to another account"

# What each sees in each state; None stands for a page that is not there for them.
AUTHOR = {
    State.DRAFT: [CHANGE, DISCARD, OFFER],
    State.SUBMITTED: [BACK, OFFER, COPY],
    State.APPROVED: [REOPEN, OFFER, COPY],
    State.CHANGES_REQUESTED: [CHANGE, DISCARD, OFFER, COPY],
    State.REJECTED: [OFFER, COPY],
    State.EXPIRED: [CHANGE, DISCARD, OFFER, COPY],
    State.WITHDRAWN: [COPY],
}
COLLEAGUE = {state: [OFFER, COPY] for state in State} | {
    State.DRAFT: [CHANGE, OFFER],
    State.WITHDRAWN: [COPY],
}
REVIEWER = COLLEAGUE | {
    State.SUBMITTED: [REVIEW, OFFER, COPY],
    State.APPROVED: [MOVE_TIME, STOP, REOPEN, OFFER, COPY],
}
# Who wrote a version of it reviews nothing, though they may call it back.
EDITOR = REVIEWER | {State.SUBMITTED: [OFFER, COPY]}


@pytest.fixture
def scene() -> Scene:
    return Scene()


def in_state(scene: Scene, state: State) -> Draft:
    """A draft in `state`, with a delivery when it was approved."""
    if state == State.APPROVED:
        return approved(scene)
    draft, now = written(scene), timezone.now()
    Draft.objects.filter(pk=draft.pk).update(state=state, submitted_at=now, queue_at=now)
    adopt(now=now)
    draft.refresh_from_db()
    return draft


def offered(client: Client, draft: Draft, person: User) -> list[str]:
    """The labels of the actions that `person` is offered, in their order."""
    client.force_login(person)
    page = Page.of(client.get(draft.get_absolute_url()))
    return [
        link.text
        for holder in page.root.all(class_="bl-actions")
        for link in holder.walk()
        if link.tag in {"a", "button"} and "govuk-button" in link.attrs.get("class", "")
    ]


class TestTheActions:
    @pytest.mark.parametrize("state", State)
    def test_follow_from_the_state_and_the_person(
        self, client: Client, scene: Scene, state: State
    ) -> None:
        draft = in_state(scene, state)
        editor = scene.person(Role.COMMS_APPROVER)
        revision = draft.current_revision
        revision.pk, revision.number, revision.author = None, 9, editor
        revision.save()
        people = {
            "author": (draft.author, AUTHOR),
            "colleague": (scene.person(), COLLEAGUE),
            "supervisor": (scene.person(Role.LPT_SUPERVISOR), COLLEAGUE),
            "commander": (scene.person(Role.LPT_COMMANDER), COLLEAGUE),
            "approver": (scene.person(Role.COMMS_APPROVER), REVIEWER),
            "duty": (scene.person(Role.COMMS_DUTY), REVIEWER),
            "editor": (editor, EDITOR),
        }
        shown = {name: offered(client, draft, person) for name, (person, _) in people.items()}
        assert shown == {name: table[state] for name, (_, table) in people.items()}

    @pytest.mark.parametrize(
        "state", sorted(set(DeliveryState) - {DeliveryState.QUEUED, DeliveryState.CLAIMED})
    )
    def test_call_nothing_back_that_goes_or_went_out(
        self, client: Client, scene: Scene, state: DeliveryState
    ) -> None:
        draft = approved(scene)
        Delivery.objects.update(state=state)
        is_public = state in {DeliveryState.PUBLISHED, DeliveryState.SENDING}
        settle = [SETTLE] if state in NEEDS_SOMEBODY else []
        ask = [ASK] if state == DeliveryState.UNKNOWN else []
        after = [OFFER, COPY, "Take it down"] if is_public else [OFFER, COPY]
        assert offered(client, draft, scene.person(Role.COMMS_DUTY)) == [*settle, *after]
        assert offered(client, draft, draft.author) == [*ask, *after]

    def test_lead_to_pages_and_forms_that_answer(self, client: Client, scene: Scene) -> None:
        for state in (State.DRAFT, State.SUBMITTED, State.APPROVED, State.REJECTED):
            draft = in_state(scene, state)
            for person in (draft.author, scene.person(Role.COMMS_APPROVER)):
                client.force_login(person)
                page = Page.of(client.get(draft.get_absolute_url()))
                for holder in page.root.all(class_="bl-actions"):
                    for link in holder.all("a"):
                        assert client.get(link.attrs["href"]).status_code == 200
                    for form in holder.all("form"):
                        assert form.attrs["method"] == "post"
                        assert client.get(form.attrs["action"]).status_code == 405

    def test_ask_before_something_grave(self, client: Client, scene: Scene) -> None:
        draft = written(scene)
        client.force_login(draft.author)
        page = Page.of(client.get(draft.get_absolute_url()))
        details = [d for d in page.root.all("details") if DISCARD in d.text]
        assert "This ends the draft." in details[0].text


class TestTheSentence:
    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            (State.DRAFT, "Being written. Nobody else is asked to do anything yet."),
            (State.SUBMITTED, "Waiting for corporate communications since"),
            (State.APPROVED, "Approved."),
            (State.CHANGES_REQUESTED, "Returned: change it and submit it again."),
            (State.REJECTED, "Rejected. It will not go out. You can copy it to a new draft."),
            (State.EXPIRED, "Expired: nobody decided before its time"),
            (State.WITHDRAWN, "Discarded. You can copy it to a new draft."),
        ],
    )
    def test_says_where_the_draft_stands(self, state: State, sentence: str) -> None:
        assert state_sentence(Draft(state=state), None, timezone.now()).startswith(sentence)

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            (DeliveryState.QUEUED, "Approved by Ann. It goes out on "),
            (DeliveryState.CLAIMED, "Approved by Ann. It is going out now."),
            (DeliveryState.SENDING, "Approved by Ann. It is going out now."),
            (DeliveryState.PUBLISHED, "Published on "),
            (DeliveryState.REFUSED, "The platform refused it: No."),
            (DeliveryState.UNKNOWN, "The platform gave no answer."),
            (DeliveryState.NEEDS_HUMAN, "Somebody from communications must look. No."),
            (DeliveryState.MISSED, "It missed its time and was not sent."),
            (DeliveryState.CANCELLED, "Approved, then stopped. It will not go out."),
        ],
    )
    def test_says_where_the_delivery_stands(
        self, client: Client, scene: Scene, state: DeliveryState, sentence: str
    ) -> None:
        draft = approved(scene, by=scene.person(Role.COMMS_APPROVER, full_name="Ann"))
        Delivery.objects.update(state=state, last_error="No.", published_at=timezone.now())
        client.force_login(draft.author)
        assert sentence in Page.of(client.get(draft.get_absolute_url())).main

    def test_says_when_it_goes_out(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene, planned=in_(timedelta(hours=5)))
        client.force_login(draft.author)
        page = Page.of(client.get(draft.get_absolute_url()))
        assert "It goes out on " in page.main
        assert "if it is approved by then." in page.main

    def test_says_why_it_waits(self, client: Client, scene: Scene) -> None:
        draft = approved(scene)
        Delivery.objects.update(last_error="A hold is on.")
        client.force_login(draft.author)
        assert "A hold is on. It waits." in Page.of(client.get(draft.get_absolute_url())).main


class TestThePage:
    def test_shows_what_the_rulebook_says_while_it_is_written(
        self, client: Client, scene: Scene
    ) -> None:
        draft = written(scene, text=BLOCKED)
        client.force_login(draft.author)
        page = Page.of(client.get(draft.get_absolute_url()))
        assert "Too many hashtags" in page.main
        assert "Stops submission" in page.main

    def test_shows_findings_and_answers_as_they_were_submitted(
        self, client: Client, scene: Scene
    ) -> None:
        draft = written(scene, text=ASKING)
        handed_in(draft, answers={"duty-times:signing off": "Everybody knows"})
        client.force_login(scene.person())
        page = Page.of(client.get(draft.get_absolute_url()))
        assert "“Everybody knows”" in page.main
        assert f"{draft.author}:" in page.main

    def test_shows_why_it_was_rejected(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        reject(
            draft,
            actor=scene.person(Role.COMMS_APPROVER),
            revision_number=1,
            revision_hash=draft.content_hash,
            reason=Reason.TONE,
            sentence="Not at a public meeting.",
            now=timezone.now(),
        )
        client.force_login(draft.author)
        page = Page.of(client.get(draft.get_absolute_url()))
        assert "Tone. Not at a public meeting." in page.main

    def test_leads_to_where_it_is_public(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        Delivery.objects.update(
            state=DeliveryState.PUBLISHED,
            published_at=timezone.now(),
            external_url="https://x.example/1",
        )
        client.force_login(draft.author)
        page = Page.of(client.get(draft.get_absolute_url()))
        links = [a.attrs["href"] for a in page.root.one("main").all("a")]
        assert "https://x.example/1" in links

    @pytest.mark.parametrize(
        "role", [Role.COMMS_ADMIN, Role.POLICY_OWNER, Role.PSD, Role.FOI_OFFICER, Role.DPO]
    )
    def test_is_not_for_every_role(self, client: Client, scene: Scene, role: Role) -> None:
        draft = written(scene)
        client.force_login(scene.person(role))
        assert client.get(draft.get_absolute_url()).status_code == 403

    @pytest.mark.parametrize("number", ["0", "999999999", "9" * 25])
    def test_of_nothing_is_not_there(self, client: Client, scene: Scene, number: str) -> None:
        client.force_login(scene.person())
        assert client.get(f"/drafts/{number}/").status_code == 404
