"""Steps, suggestions, emergencies and cover as people meet them on their pages."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Lane, Quorum, User
from accounts.roles import Role
from accounts.services import Step
from approvals.models import AfterReview, Decision, Delegation, Suggestion
from approvals.services import delegate, suggest
from drafts.models import Draft
from drafts.workflow import State
from notices.models import Notice
from publishing.models import Delivery
from tests.factories import ASKING, BLOCKED, Scene, handed_in, sign, submitted, written
from tests.pages import Page

pytestmark = pytest.mark.django_db

BETTER = "Meet your team at Oldermoor Library on Thursday at 6pm. All welcome."


@pytest.fixture
def scene() -> Scene:
    return Scene()


def review(draft: Draft) -> str:
    return reverse("approvals:review", args=[draft.pk])


def as_(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def approving(draft: Draft, **more: object) -> dict[str, object]:
    return {
        "decision": "approve",
        "revision_hash": draft.content_hash,
        "revision_number": draft.revision_number,
        "step": draft.step,
        **more,
    }


def fresh(draft: Draft) -> Draft:
    return Draft.objects.with_people().get(pk=draft.pk)


class TestTheRoute:
    def test_is_shown_when_there_is_more_than_one_step(self, client: Client, scene: Scene) -> None:
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        draft, supervisor = submitted(scene), scene.person(Role.LPT_SUPERVISOR)
        sign(draft, by=supervisor)
        page = Page.of(as_(client, scene.person(Role.COMMS_APPROVER)).get(review(draft)))
        assert f"LPT supervisor: approved by {supervisor}" in page.main
        assert "Comms approver: waits for 1 approval now" in page.main

    def test_says_what_comes_later(self, client: Client, scene: Scene) -> None:
        twice = Step((Role.LPT_SUPERVISOR,), Quorum.COUNT, 2)
        scene.route(twice, Step((Role.COMMS_APPROVER,)))
        draft, supervisor = submitted(scene), scene.person(Role.LPT_SUPERVISOR)
        as_(client, scene.person(Role.COMMS_APPROVER))
        page = Page.of(client.get(review(draft)))
        assert "LPT supervisor: waits for 2 approvals now" in page.main
        assert "Comms approver: 1 approval after that" in page.main
        sign(draft, by=supervisor)
        page = Page.of(client.get(review(draft)))
        assert f"LPT supervisor: approved by {supervisor}, 1 more approval" in page.main

    def test_is_not_shown_for_one_step(self, client: Client, scene: Scene) -> None:
        page = Page.of(as_(client, scene.person(Role.COMMS_APPROVER)).get(review(submitted(scene))))
        assert "Approval route" not in page.main

    def test_brings_the_supervisor_a_queue(self, client: Client, scene: Scene) -> None:
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        draft, supervisor = submitted(scene), scene.person(Role.LPT_SUPERVISOR)
        other = Scene()
        elsewhere = submitted(other)
        page = Page.of(as_(client, supervisor).get(reverse("approvals:queue")))
        assert draft.text in page.main
        assert elsewhere.account.handle not in page.main
        response = client.post(review(draft), approving(draft), follow=True)
        assert "Approved. It waits for step 2: Comms approver." in Page.of(response).messages
        assert fresh(draft).step == 2
        # What waits for corporate communications is not the team's any more.
        page = Page.of(client.get(reverse("approvals:queue")))
        assert draft.text not in page.main

    def test_is_no_queue_for_who_has_no_step(self, client: Client, scene: Scene) -> None:
        assert as_(client, scene.person()).get(reverse("approvals:queue")).status_code == 403

    def test_says_whose_turn_it_is(self, client: Client, scene: Scene) -> None:
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        draft = submitted(scene)
        page = Page.of(as_(client, draft.author).get(draft.get_absolute_url()))
        assert "Waiting for its team (LPT supervisor)" in page.main

    def test_does_not_let_the_same_person_twice(self, client: Client, scene: Scene) -> None:
        scene.route(Step((Role.COMMS_APPROVER,)), Step((Role.COMMS_APPROVER,)))
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        as_(client, approver).post(review(draft), approving(draft))
        page = Page.of(client.get(review(draft)))
        assert "You have approved this already. It waits for step 2: Comms approver." in page.main
        client.post(review(draft), approving(fresh(draft)))
        assert Decision.objects.count() == 1

    def test_is_understood_from_a_page_without_a_step(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        old = {k: v for k, v in approving(draft).items() if k != "step"}
        as_(client, scene.person(Role.COMMS_APPROVER))
        response = client.post(review(draft), old, follow=True)
        assert "This draft changed while you were reading it." in Page.of(response).messages[0]
        assert not Delivery.objects.exists()


class TestADecisionNote:
    def test_is_asked_where_a_rule_was_passed_over(self, client: Client, scene: Scene) -> None:
        from tests.approvals.test_passing_over import passed_over

        draft = written(scene, text=BLOCKED)
        passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR))
        draft = handed_in(draft)
        as_(client, scene.person(Role.COMMS_APPROVER))
        response = client.post(review(draft), approving(draft, note=" "))
        assert response.status_code == 422
        assert "Say why it is right to send this" in Page.of(response).main
        client.post(review(draft), approving(draft, note="People have to know tonight."))
        assert Decision.objects.get().sentence == "People have to know tonight."


class TestASuggestion:
    def suggested(self, draft: Draft, by: User, text: str = BETTER) -> Suggestion:
        return suggest(
            draft,
            actor=by,
            revision_number=draft.revision_number,
            revision_hash=draft.content_hash,
            text=text,
            note="Say which library.",
            now=timezone.now(),
        )

    def test_is_written_on_a_page_of_its_own(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        as_(client, scene.person(Role.COMMS_APPROVER))
        address = reverse("approvals:suggest", args=[draft.pk])
        assert address in [
            a.attrs["href"] for a in Page.of(client.get(review(draft))).root.all("a")
        ]
        page = Page.of(client.get(address))
        assert page.root.all("textarea")[0].text.strip() == draft.text
        typed = {"revision_hash": draft.content_hash, "revision_number": 1, "note": ""}
        response = client.post(address, typed | {"text": draft.text})
        assert response.status_code == 422
        assert "Change at least one word" in Page.of(response).main
        client.post(address, typed | {"text": BETTER})
        assert Suggestion.objects.get().text == BETTER

    def test_keeps_what_was_typed_when_the_draft_changed(
        self, client: Client, scene: Scene
    ) -> None:
        draft = submitted(scene)
        as_(client, scene.person(Role.COMMS_APPROVER))
        typed = {"revision_hash": "0" * 64, "revision_number": 1, "note": "", "text": BETTER}
        response = client.post(reverse("approvals:suggest", args=[draft.pk]), typed)
        assert response.status_code == 409
        page = Page.of(response)
        assert page.root.all("textarea")[0].text.strip() == BETTER
        assert "changed while you were reading it" in page.main

    def test_is_taken_by_its_author_with_one_tap(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        suggestion = self.suggested(draft, scene.person(Role.COMMS_APPROVER))
        # Whoever suggests is an author from then on: somebody else has to be there to decide.
        scene.person(Role.COMMS_APPROVER)
        page = Page.of(as_(client, draft.author).get(draft.get_absolute_url()))
        assert "suggests another wording" in page.main
        (button,) = [b for b in page.root.all("button") if b.text.startswith("Take it")]
        assert button.text == "Take it and submit: I would say this at a public meeting"
        response = client.post(reverse("approvals:take", args=[suggestion.pk]), follow=True)
        assert Page.of(response).messages == ["Taken and submitted."]
        assert (fresh(draft).state, fresh(draft).text) == (State.SUBMITTED, BETTER)
        # Another press, on a page that was open.
        response = client.post(reverse("approvals:take", args=[suggestion.pk]), follow=True)
        assert "Somebody was quicker" in Page.of(response).messages[0]

    def test_leads_its_author_to_the_questions(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        suggestion = self.suggested(draft, scene.person(Role.COMMS_APPROVER), text=ASKING)
        as_(client, draft.author)
        response = client.post(reverse("approvals:take", args=[suggestion.pk]), follow=True)
        page = Page.of(response)
        assert "Before you can submit these words" in page.messages[0]
        assert page.root.all("textarea")[0].text.strip() == ASKING

    def test_is_approved_by_another_approver(self, client: Client, scene: Scene) -> None:
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        suggestion = self.suggested(draft, approver)
        address = reverse("approvals:take", args=[suggestion.pk])
        assert as_(client, approver).post(address).status_code == 403
        page = Page.of(as_(client, scene.person(Role.COMMS_DUTY)).get(draft.get_absolute_url()))
        assert [b for b in page.root.all("button") if b.text == "Take it and approve"]
        client.post(address)
        assert fresh(draft).state == State.APPROVED

    def test_of_another_force_is_not_there(self, client: Client, scene: Scene) -> None:
        suggestion = self.suggested(submitted(scene), scene.person(Role.COMMS_APPROVER))
        as_(client, Scene().person(Role.COMMS_APPROVER))
        assert client.post(reverse("approvals:take", args=[suggestion.pk])).status_code == 404


class TestAnEmergency:
    def test_is_offered_to_the_duty_officer_alone(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        address = reverse("approvals:emergency", args=[draft.pk])
        for role, offered in ((Role.COMMS_DUTY, 1), (Role.COMMS_APPROVER, 0)):
            page = Page.of(as_(client, scene.person(role)).get(review(draft)))
            assert len(page.root.all("a", href=address)) == offered
        assert client.get(address).status_code == 403

    def test_goes_out_and_waits_to_be_looked_at(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        address = reverse("approvals:emergency", args=[draft.pk])
        duty = scene.person(Role.COMMS_DUTY)
        as_(client, duty)
        typed = {"revision_hash": draft.content_hash, "revision_number": 1}
        response = client.post(address, typed | {"reason": " "})
        assert response.status_code == 422
        assert "Say why it cannot wait" in Page.of(response).main
        response = client.post(address, typed | {"reason": "The river rises."}, follow=True)
        assert "It goes out." in Page.of(response).messages[0]
        waiting = AfterReview.objects.get()
        look = reverse("approvals:look-after", args=[waiting.pk])
        page = Page.of(client.get(look))
        assert "somebody else looks at it" in page.main
        assert client.post(look, {"was_right": "yes"}).status_code == 403
        as_(client, scene.person(Role.COMMS_APPROVER))
        assert "The river rises." in Page.of(client.get(look)).main
        response = client.post(look, {"was_right": "no", "note": ""})
        assert "Say what should have been different." in Page.of(response).main
        client.post(look, {"was_right": "yes", "note": ""})
        page = Page.of(client.get(reverse("approvals:afterwards")))
        assert "Nothing to look at" in page.main
        assert "Looked at" in page.main

    def test_of_another_force_is_not_there(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        as_(client, Scene().person(Role.COMMS_DUTY))
        assert client.get(reverse("approvals:emergency", args=[draft.pk])).status_code == 404


class TestCover:
    def test_is_given_and_ended(self, client: Client, scene: Scene) -> None:
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person(Role.LPT_SUPERVISOR)
        as_(client, absent)
        address, today = reverse("approvals:cover"), timezone.localdate()
        response = client.post(address, {})
        assert response.status_code == 422
        assert "Choose a colleague." in Page.of(response).main
        typed = {
            "person": person.pk,
            "since": today.isoformat(),
            "until": (today + timedelta(days=2)).isoformat(),
            "reason": "On leave",
        }
        backwards = typed | {"until": (today - timedelta(days=2)).isoformat()}
        assert "before the first" in Page.of(client.post(address, backwards)).main
        page = Page.of(client.post(address, typed, follow=True))
        assert f"{person} decides in your place" in page.main
        (delegation,) = Delegation.objects.all()
        client.post(reverse("approvals:end-cover", args=[delegation.pk]))
        delegation.refresh_from_db()
        assert delegation.ended_at

    def test_is_nobody_else_s_to_end(self, client: Client, scene: Scene) -> None:
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person(Role.LPT_SUPERVISOR)
        today = timezone.localdate()
        made = delegate(
            absent, to=person, since=today, until=today, reason="Leave", actor=absent,
            now=timezone.now(),
        )  # fmt: skip
        as_(client, person)
        assert client.post(reverse("approvals:end-cover", args=[made.pk])).status_code == 404

    def test_is_set_and_ended_for_others_by_the_comms_admin(
        self, client: Client, scene: Scene
    ) -> None:
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person(Role.LPT_SUPERVISOR)
        abroad, admin = Scene().person(Role.COMMS_APPROVER), scene.person(Role.COMMS_ADMIN)
        as_(client, admin)
        address, today = reverse("approvals:cover"), timezone.localdate()
        typed = {
            "absent": absent.pk,
            "person": person.pk,
            "since": today.isoformat(),
            "until": today.isoformat(),
            "reason": "Off sick",
        }
        refused = client.post(address, typed | {"absent": abroad.pk})
        assert refused.status_code == 422
        assert "Choose whose place it is from the list." in Page.of(refused).main
        page = Page.of(client.post(address, typed, follow=True))
        assert f"{person} decides in {absent}’s place on these days." in page.main
        assert f"{person} decides in the place of {absent} from" in page.main
        made = Delegation.objects.get()
        assert (made.absent, made.person, made.made_by) == (absent, person, admin)
        end = reverse("approvals:end-cover", args=[made.pk])
        page = Page.of(client.post(end, follow=True))
        assert f"{person} no longer decides in {absent}’s place." in page.main
        made.refresh_from_db()
        assert made.ended_at
        for one in (absent, person):
            newest = Notice.objects.for_person(one.pk)[0]
            assert newest.text == (
                f"{person} no longer decides on tweets for {absent}: {admin} ended it."
            )
        # Of what has ended there is nothing to end.
        assert client.post(end).status_code == 404

    def test_is_not_asked_for_an_admin_who_decides_nowhere(
        self, client: Client, scene: Scene
    ) -> None:
        person, address = scene.person(), reverse("approvals:cover")
        as_(client, scene.person(Role.COMMS_ADMIN))
        assert "Mine" not in Page.of(client.get(address)).main
        day = timezone.localdate().isoformat()
        typed = {"person": person.pk, "since": day, "until": day, "reason": "Off sick"}
        refused = client.post(address, typed)
        assert refused.status_code == 422
        assert "Choose in whose place." in Page.of(refused).main
        # Of two forces the list has both: the service says who may stand in for whom.
        other = Scene()
        admin = other.give(scene.person(Role.COMMS_ADMIN), Role.OFFICER)
        as_(client, admin)
        refused = client.post(address, typed | {"absent": person.pk, "person": other.person().pk})
        assert refused.status_code == 422
        page = Page.of(refused)
        assert "Choose a colleague who does." in page.main
        assert not Delegation.objects.exists()

    def test_is_asked_of_nobody_else_in_whose_place(self, client: Client, scene: Scene) -> None:
        approver, other = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_APPROVER)
        as_(client, approver)
        address, today = reverse("approvals:cover"), timezone.localdate().isoformat()
        assert "In whose place?" not in Page.of(client.get(address)).main
        typed = {"absent": other.pk, "person": scene.person().pk, "since": today, "until": today}
        client.post(address, typed | {"reason": "Leave"})
        assert Delegation.objects.get().absent == approver

    def test_shows_the_queue_to_whoever_stands_in(self, client: Client, scene: Scene) -> None:
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        other = scene.other_account()
        draft = submitted(scene, account=other, author=scene.person(lpt=other.lpt))
        today = timezone.localdate()
        delegate(
            absent, to=person, since=today, until=today, reason="Leave", actor=absent,
            now=timezone.now(),
        )  # fmt: skip
        as_(client, person)
        assert draft.text in Page.of(client.get(reverse("approvals:queue"))).main
        client.post(review(draft), approving(draft))
        assert Decision.objects.get().who == f"{person} in the place of {absent}"


class TestTheRoutineLane:
    def test_is_approved_by_a_colleague_in_the_browser(self, client: Client, scene: Scene) -> None:
        scene.route(Step((Role.OFFICER,)), lane=Lane.ROUTINE)
        draft = submitted(scene)
        as_(client, scene.person())
        page = Page.of(client.get(reverse("approvals:queue")))
        assert [b for b in page.root.all("button") if b.text.startswith("Approve")]
        client.post(review(draft), approving(draft))
        assert fresh(draft).state == State.APPROVED
