"""A block that was passed over, on its way through approval and out."""

from datetime import timedelta

import pytest
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import deactivate
from approvals.services import NoteMissing, RulesObject, Seen, approve, approve_each, comment
from approvals.showing import TALKED_ABOUT
from drafts.models import Draft, Override
from drafts.services import adopt, blocks_to_pass_over, override
from drafts.workflow import State
from incidents.models import HoldKind
from incidents.services import place
from publishing.models import Delivery
from publishing.services.checking import ask_rulebook
from publishing.statements import are_its_people_here
from tests.factories import BLOCKED, Scene, approve_it, handed_in, submitted, written
from tests.pages import Page

pytestmark = pytest.mark.django_db

WHY = "The fair's own tag is the fourth, and people search for it."


@pytest.fixture
def scene() -> Scene:
    return Scene()


def passed_over(draft: Draft, *, by: User) -> Override:
    now = timezone.now()
    (block,) = blocks_to_pass_over(draft, now=now)
    return override(
        draft, finding=block.key, reason=WHY, revision_hash=draft.content_hash, actor=by, now=now
    )


def waiting(scene: Scene, *, by: User | None = None) -> tuple[Draft, Override]:
    """A draft with a block that `by` passed over, in the review queue."""
    draft = written(scene, text=BLOCKED)
    made = passed_over(draft, by=by or scene.person(Role.LPT_SUPERVISOR))
    return handed_in(draft), made


class TestAnApproval:
    def test_hands_on_exactly_what_was_passed_over(self, scene: Scene) -> None:
        draft, made = waiting(scene)
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        assert delivery.overrides == [
            {"key": made.finding, "override": made.pk, "hash": draft.content_hash}
        ]
        assert ask_rulebook(delivery, now=timezone.now()) == ""

    @pytest.mark.parametrize("note", ["", " "])
    def test_says_why(self, scene: Scene, note: str) -> None:
        draft, _ = waiting(scene)
        comms = scene.person(Role.COMMS_APPROVER)
        shown = Seen(draft.revision_number, draft.content_hash, draft.step)
        with pytest.raises(NoteMissing):
            approve(
                draft, actor=comms, revision_number=shown.number, revision_hash=shown.content_hash,
                step=1, note=note, now=timezone.now(),
            )  # fmt: skip
        # Nor together with others, where nobody is asked.
        (outcome,) = approve_each([(draft, shown)], actor=comms, now=timezone.now())
        assert "Open it and say why" in str(outcome.refusal)
        assert not Delivery.objects.exists()

    def test_of_a_clean_draft_hands_on_nothing(self, scene: Scene) -> None:
        delivery = approve_it(submitted(scene), by=scene.person(Role.COMMS_APPROVER))
        assert delivery.overrides == []

    def test_is_refused_once_the_leave_is_void(self, scene: Scene) -> None:
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        draft, _ = waiting(scene, by=supervisor)
        draft.contributions.create(person=supervisor)
        with pytest.raises(RulesObject):
            approve_it(draft, by=scene.person(Role.COMMS_APPROVER))

    def test_is_refused_once_whoever_passed_over_has_gone(
        self, client: Client, scene: Scene
    ) -> None:
        supervisor, approver = (
            scene.person(Role.LPT_SUPERVISOR),
            scene.person(Role.COMMS_APPROVER),
        )
        draft, _ = waiting(scene, by=supervisor)
        deactivate(supervisor, actor=None, now=timezone.now())
        with pytest.raises(RulesObject):
            approve_it(draft, by=approver)
        client.force_login(approver)
        assert f"Passed over by {supervisor}" not in Page.of(client.get("/review/")).main

    def test_makes_whoever_passed_over_answer_for_the_delivery(self, scene: Scene) -> None:
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        draft, _ = waiting(scene, by=supervisor)
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        assert are_its_people_here(delivery.pk)
        # Also when they had left before: nobody else passed over the block.
        User.objects.filter(pk=supervisor.pk).update(
            is_active=False, left_at=delivery.approved_at - timedelta(days=1)
        )
        assert not are_its_people_here(delivery.pk)

    def test_never_passes_over_a_critical_incident(self, scene: Scene) -> None:
        draft, _ = waiting(scene)
        now, duty = timezone.now(), scene.person(Role.COMMS_DUTY)
        place(
            kind=HoldKind.CRITICAL_INCIDENT, scope=scene.lpt, reason="It is on", actor=duty, now=now
        )
        assert blocks_to_pass_over(draft, now=now) == []
        with pytest.raises(RulesObject, match="critical incident"):
            approve_it(draft, by=duty)

    def test_can_be_given_after_comms_passed_over_a_rule_that_is_new(self, scene: Scene) -> None:
        # The tags became too many while the draft waited.
        blocked = written(scene, text=BLOCKED)
        now = timezone.now()
        Draft.objects.filter(pk=blocked.pk).update(
            state=State.SUBMITTED, submitted_at=now, queue_at=now
        )
        assert adopt(now=now) == 1
        blocked.refresh_from_db()
        approver = scene.person(Role.COMMS_APPROVER)
        with pytest.raises(RulesObject):
            approve_it(blocked, by=approver)
        passed_over(blocked, by=scene.person(Role.COMMS_DUTY))
        assert approve_it(blocked, by=approver).pk


class TestADelivery:
    def test_keeps_what_was_passed_over(self, scene: Scene) -> None:
        draft, _ = waiting(scene)
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(overrides=[])

    def test_is_stopped_by_another_block(self, scene: Scene) -> None:
        draft, _ = waiting(scene)
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        place(
            kind=HoldKind.CRITICAL_INCIDENT,
            scope=scene.lpt,
            reason="It is on",
            actor=scene.person(Role.COMMS_DUTY),
            now=timezone.now(),
        )
        assert "critical incident" in ask_rulebook(delivery, now=timezone.now())


class TestTheApprover:
    def test_sees_who_passed_over_what_and_why(self, client: Client, scene: Scene) -> None:
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        draft, _ = waiting(scene, by=supervisor)
        client.force_login(scene.person(Role.COMMS_APPROVER))
        for path in (reverse("approvals:review", args=[draft.pk]), "/review/"):
            words = Page.of(client.get(path)).main
            assert WHY in words
            assert supervisor.full_name in words
            assert "Too many hashtags" in words

    def test_decides_on_its_page_and_not_on_its_card(self, client: Client, scene: Scene) -> None:
        draft, _ = waiting(scene)
        client.force_login(scene.person(Role.COMMS_APPROVER))
        path = reverse("approvals:review", args=[draft.pk])
        assert not Page.of(client.get("/review/")).root.all("form", action=path)
        form = Page.of(client.get(path)).root.all("form", action=path)
        assert "Approve" in form[0].text

    def test_is_led_from_a_block_to_passing_over_it(self, client: Client, scene: Scene) -> None:
        blocked, empty = self.waiting_with(scene, BLOCKED), self.waiting_with(scene, " ")
        client.force_login(scene.person(Role.COMMS_APPROVER))
        for draft, offered in ((blocked, 1), (empty, 0)):
            page = Page.of(client.get(reverse("approvals:review", args=[draft.pk])))
            path = reverse("drafts:pass-over", args=[draft.pk])
            assert "You cannot approve this one" in page.main
            assert len(page.root.all("a", href=path)) == offered

    def waiting_with(self, scene: Scene, text: str) -> Draft:
        """A draft that was submitted before the rulebook stopped it."""
        draft, now = written(scene, text=text), timezone.now()
        Draft.objects.filter(pk=draft.pk).update(
            state=State.SUBMITTED, submitted_at=now, queue_at=now
        )
        assert adopt(now=now) == 1
        return draft

    def test_approves_in_the_browser(self, client: Client, scene: Scene) -> None:
        draft, _ = waiting(scene)
        client.force_login(scene.person(Role.COMMS_APPROVER))
        typed = {
            "decision": "approve",
            "revision_hash": draft.content_hash,
            "revision_number": draft.revision_number,
            "step": 1,
            "note": "People have to know of all four.",
        }
        path = reverse("approvals:review", args=[draft.pk])
        for without in (typed | {"note": " "}, {k: typed[k] for k in typed if k != "note"}):
            answer = client.post(path, without)
            assert answer.status_code == 422
            assert Page.of(answer).problems[0][0].startswith("Say why it is right to send this")
        client.post(path, typed)
        draft.refresh_from_db()
        assert draft.state == State.APPROVED


class TestACommentThatComesMeanwhile:
    def test_leaves_the_note_that_was_typed(self, client: Client, scene: Scene) -> None:
        draft, _ = waiting(scene)
        client.force_login(scene.person(Role.COMMS_APPROVER))
        address = reverse("approvals:review", args=[draft.pk])
        form = Page.of(client.get(address)).root.one("form", action=address, class_="bl-approve")
        values = {i.attrs["name"]: i.attrs.get("value", "") for i in form.all("input")}
        comment(draft, actor=draft.author, text="Ring me first.", now=timezone.now())
        typed = {"decision": "approve", "note": "The harm of silence is greater."}
        answer = client.post(address, values | typed)
        page = Page.of(answer)
        assert (answer.status_code, page.messages) == (422, [TALKED_ABOUT])
        assert "Ring me first." in page.main
        assert "The harm of silence is greater." in answer.content.decode()


class TestADraftWhoseCaseNobodyDeclared:
    """Submitted before the questions were asked, or before its category asked them."""

    @pytest.fixture
    def draft(self, scene: Scene) -> Draft:
        draft = written(scene, category="arrest")
        now = timezone.now()
        Draft.objects.filter(pk=draft.pk).update(
            state=State.SUBMITTED, submitted_at=now, queue_at=now
        )
        assert adopt(now=now) == 1
        draft.refresh_from_db()
        return draft

    def test_is_not_approved(self, scene: Scene, draft: Draft) -> None:
        with pytest.raises(RulesObject, match="has not answered the questions about the case"):
            approve_it(draft, by=scene.person(Role.COMMS_APPROVER))

    def test_says_so_to_the_approver(self, client: Client, scene: Scene, draft: Draft) -> None:
        client.force_login(scene.person(Role.COMMS_APPROVER))
        words = Page.of(client.get(reverse("approvals:review", args=[draft.pk]))).main
        assert "has not answered the questions about the case. Return it." in words
