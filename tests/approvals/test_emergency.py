"""Publishing in an emergency: one decision now, another person's look afterwards."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.services import Step, deactivate
from approvals.models import AfterReview, Decision, Occasion, Verdict
from approvals.services import (
    OutOfTime,
    OwnDraft,
    RulesObject,
    look_after,
    publish_in_emergency,
    remind,
    unschedule,
)
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.workflow import StaleDraft, State
from incidents.models import HoldKind
from incidents.services import place
from notices.models import Kind, Notice
from publishing.models import Delivery
from publishing.services import cancel
from publishing.statements import is_proved
from tests.factories import MembershipFactory, Scene, in_, submitted, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
    return scene


def publish(draft: Draft, *, by: object, reason: str = "The river is over its banks.") -> Delivery:
    return publish_in_emergency(
        draft,
        actor=by,  # type: ignore[arg-type]
        revision_number=draft.revision_number,
        revision_hash=draft.content_hash,
        reason=reason,
        now=timezone.now(),
    )


class TestAnEmergency:
    def test_goes_out_past_the_steps(self, scene: Scene) -> None:
        draft, duty = submitted(scene), scene.person(Role.COMMS_DUTY)
        delivery = publish(draft, by=duty)
        draft.refresh_from_db()
        assert draft.state == State.APPROVED
        assert is_proved(delivery.pk)
        decision = Decision.objects.get()
        assert (decision.verdict, decision.sentence) == (
            Verdict.EMERGENCY,
            "The river is over its banks.",
        )
        assert (decision.person, decision.delivery) == (duty, delivery)
        row = Record.objects.about(draft).get(verb=Verb.DRAFT_EMERGENCY)
        assert (row.actor_id, row.data) == (
            str(duty.pk),
            {"revision": 1, "hash": draft.content_hash, "pack": "neutral 1"},
        )

    def test_can_still_be_stopped_for_a_minute(self, scene: Scene) -> None:
        delivery = publish(submitted(scene), by=scene.person(Role.COMMS_DUTY))
        assert delivery.due_at == delivery.approved_at + settings.STOP_WINDOW

    def test_is_looked_at_by_another_within_a_day(self, scene: Scene) -> None:
        draft, duty = submitted(scene), scene.person(Role.COMMS_DUTY)
        delivery, now = publish(draft, by=duty), timezone.now()
        review = AfterReview.objects.with_people().get(delivery=delivery)
        assert review.occasion == Occasion.EMERGENCY
        assert timedelta(hours=23) < review.due_by - now <= timedelta(hours=24)
        with pytest.raises(PermissionDenied):
            look_after(review, actor=duty, was_right=True, note="", now=now)
        look_after(
            review, actor=scene.person(Role.COMMS_APPROVER), was_right=True, note="", now=now
        )

    def test_is_told_to_a_group_at_once(self, scene: Scene) -> None:
        people = [scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_ADMIN)]
        draft = submitted(scene)
        publish(draft, by=scene.person(Role.COMMS_DUTY))
        for person in (*people, draft.author):
            (notice,) = Notice.objects.for_person(person.pk)
            assert notice.urgent
            assert notice.link == draft.get_absolute_url()
            assert notice.text.endswith("in an emergency: The river is over its banks.")
            # What somebody typed stays out of the mail.
            assert notice.in_mail.endswith("in an emergency.")

    def test_is_told_to_nobody_else(self, scene: Scene) -> None:
        gone, elsewhere = scene.person(Role.COMMS_APPROVER), Scene().person(Role.COMMS_APPROVER)
        deactivate(gone, actor=None, now=timezone.now())
        before = MembershipFactory.create(
            force=scene.force, role=Role.COMMS_APPROVER, until=date(2021, 1, 1)
        ).person
        for role in (Role.LPT_SUPERVISOR, Role.COMMS_APPROVER):
            scene.person(role)
        draft = submitted(scene)
        others = {gone, elsewhere, before, scene.person(), scene.person(Role.LPT_SUPERVISOR)}
        publish(draft, by=scene.person(Role.COMMS_DUTY))
        assert not Notice.objects.filter(recipient_id__in=[person.pk for person in others])

    @pytest.mark.parametrize("role", [r for r in Role if r != Role.COMMS_DUTY])
    def test_is_for_the_duty_officer_alone(self, scene: Scene, role: Role) -> None:
        with pytest.raises(PermissionDenied):
            publish(submitted(scene), by=scene.person(role))

    def test_is_not_for_another_force(self, scene: Scene) -> None:
        with pytest.raises(PermissionDenied):
            publish(submitted(scene), by=Scene().person(Role.COMMS_DUTY))

    def test_is_never_one_s_own_words(self, scene: Scene) -> None:
        duty = scene.person(Role.COMMS_DUTY)
        with pytest.raises(OwnDraft):
            publish(submitted(scene, author=duty), by=duty)

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_has_a_reason(self, scene: Scene, reason: str) -> None:
        with pytest.raises(ValueError, match="reason"):
            publish(submitted(scene), by=scene.person(Role.COMMS_DUTY), reason=reason)
        assert not Delivery.objects.exists()

    def test_does_not_pass_over_a_block(self, scene: Scene) -> None:
        draft, duty = submitted(scene), scene.person(Role.COMMS_DUTY)
        place(
            kind=HoldKind.CRITICAL_INCIDENT,
            scope=scene.lpt,
            reason="It is on",
            actor=duty,
            now=timezone.now(),
        )
        with pytest.raises(RulesObject):
            publish(draft, by=duty)

    def test_is_of_what_was_shown(self, scene: Scene) -> None:
        duty, draft = scene.person(Role.COMMS_DUTY), submitted(scene)
        draft.content_hash = "0" * 64
        with pytest.raises(StaleDraft):
            publish(draft, by=duty)
        with pytest.raises(StaleDraft):
            publish(written(scene), by=duty)

    def test_is_not_late(self, scene: Scene) -> None:
        now = timezone.now() - timedelta(hours=1)
        draft = submitted(scene, planned=in_(timedelta(minutes=10), now=now), now=now)
        with pytest.raises(OutOfTime):
            publish(draft, by=scene.person(Role.COMMS_DUTY))


class TestItsReview:
    """Of what went out in an emergency, which has a deadline of its own."""

    def overdue(self, delivery: Delivery) -> AfterReview:
        review = AfterReview.objects.get(delivery=delivery)
        Notice.objects.all().delete()
        return review

    def test_is_called_for_once_when_it_is_overdue(self, scene: Scene) -> None:
        duty, able = scene.person(Role.COMMS_DUTY), scene.person(Role.COMMS_APPROVER)
        writer = scene.person(Role.COMMS_APPROVER)
        scene.person(Role.COMMS_ADMIN)
        draft = submitted(scene, author=writer)
        review = self.overdue(publish(draft, by=duty))
        remind(now=review.due_by - timedelta(seconds=1))
        assert not Notice.objects.exists()
        for minutes in (0, 1, 24 * 60):
            remind(now=review.due_by + timedelta(minutes=minutes))
        (notice,) = Notice.objects.all()
        assert (notice.recipient_id, notice.kind, notice.urgent) == (able.pk, Kind.ALERT, True)
        assert notice.text.startswith(
            f"Nobody has looked at the tweet for {draft.account} that {duty} published in an"
            " emergency. That was due by "
        )
        assert notice.link == reverse("approvals:look-after", args=[review.pk])
        row = Record.objects.about(draft).filter(verb=Verb.DRAFT_REMINDED).get()
        assert row.data == {"kind": "overdue", "people": [able.pk]}
        look_after(review, actor=able, was_right=True, note="", now=review.due_by)
        assert not Notice.objects.unread().exists()

    def test_is_told_to_the_comms_admin_where_nobody_may_look(self, scene: Scene) -> None:
        duty, admin = scene.person(Role.COMMS_DUTY), scene.person(Role.COMMS_ADMIN)
        review = self.overdue(publish(submitted(scene), by=duty))
        remind(now=review.due_by)
        assert [n.recipient_id for n in Notice.objects.all()] == [admin.pk]

    def test_is_not_called_for_once_somebody_has_looked(self, scene: Scene) -> None:
        delivery = publish(submitted(scene), by=scene.person(Role.COMMS_DUTY))
        able = scene.person(Role.COMMS_APPROVER)
        review = self.overdue(delivery)
        look_after(review, actor=able, was_right=True, note="", now=timezone.now())
        remind(now=review.due_by)
        assert not Notice.objects.exists()

    def test_is_marked_on_the_list(self, scene: Scene, client: Client) -> None:
        publish(submitted(scene), by=scene.person(Role.COMMS_DUTY))
        client.force_login(scene.person(Role.COMMS_APPROVER))
        address = reverse("approvals:afterwards")
        assert "Overdue" not in client.get(address).content.decode()
        AfterReview.objects.update(due_by=timezone.now())
        assert "Overdue" in client.get(address).content.decode()

    def test_is_over_when_it_is_stopped_before_it_goes_out(
        self, scene: Scene, client: Client
    ) -> None:
        draft, duty = submitted(scene), scene.person(Role.COMMS_DUTY)
        publish(draft, by=duty)
        draft.refresh_from_db()
        unschedule(draft, actor=duty, now=timezone.now())
        review = AfterReview.objects.get()
        words = f"{duty} stopped it before it went out, so there is nothing to look at."
        assert (review.note, review.person, review.was_right) == (words, None, None)
        assert not AfterReview.objects.open().exists()
        client.force_login(scene.person(Role.COMMS_APPROVER))
        for address in (
            reverse("approvals:afterwards"),
            reverse("approvals:look-after", args=[review.pk]),
        ):
            assert words in client.get(address).content.decode()

    def test_is_called_for_no_more_once_it_is_stopped(self, scene: Scene) -> None:
        duty, able = scene.person(Role.COMMS_DUTY), scene.person(Role.COMMS_APPROVER)
        delivery = publish(submitted(scene), by=duty)
        review = self.overdue(delivery)
        remind(now=review.due_by)
        assert Notice.objects.for_person(able.pk).unread().exists()
        cancel(delivery, actor=duty, now=review.due_by)
        remind(now=review.due_by)
        assert not Notice.objects.for_person(able.pk).unread().exists()

    def test_is_over_when_it_was_called_back_some_other_way(self, scene: Scene) -> None:
        duty = scene.person(Role.COMMS_DUTY)
        delivery = publish(submitted(scene), by=duty)
        cancel(delivery, actor=duty, now=timezone.now())
        remind(now=timezone.now())
        assert AfterReview.objects.get().note == (
            "It was called back before it went out, so there is nothing to look at."
        )
