"""Taking an approval back: reopen by the author or comms, unschedule by comms."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import Lane, User
from accounts.roles import Role
from accounts.services import Step
from approvals.services import WindowOver, delegate, reopen, unschedule
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import Writing, save
from drafts.workflow import StaleDraft, State
from notices.models import Kind, Notice
from publishing.models import Attempt, Delivery
from publishing.services import cancel
from publishing.services.queueing import is_waiting, live_delivery
from publishing.workflow import MayBePublic, Outcome, TooLate
from publishing.workflow import State as DeliveryState
from tests.factories import Scene, again, approve_it, approved, handed_in, in_, submitted
from tests.pages import Page

pytestmark = pytest.mark.django_db


class TestWhoMay:
    @pytest.mark.parametrize("undo", [reopen, unschedule])
    def test_is_not_somebody_beside_it(self, undo: Callable[..., None]) -> None:
        scene = Scene()
        draft = approved(scene)
        for person in (
            scene.person(),
            scene.person(Role.COMMS_ADMIN),
            Scene().person(Role.COMMS_DUTY),
        ):
            with pytest.raises(PermissionDenied):
                undo(draft, actor=person, now=timezone.now())
        assert live_delivery(draft.pk)

    def test_is_no_longer_an_author_who_has_left_the_team(self) -> None:
        draft = approved(Scene())
        draft.author.memberships.update(until=date(2021, 1, 1))
        with pytest.raises(PermissionDenied):
            reopen(draft, actor=again(draft.author), now=timezone.now())

    def test_calls_back_to_write_again_and_not_to_decide_again(self) -> None:
        draft = approved(Scene())
        with pytest.raises(PermissionDenied):
            unschedule(draft, actor=draft.author, now=timezone.now())


class TestWhoeverLetItOut:
    """They are shown a button that stops it, for a minute, whatever their role is."""

    @pytest.fixture
    def scene(self) -> Scene:
        return Scene()

    def by_colleague(self, scene: Scene) -> tuple[Draft, User]:
        """Approved in the routine lane, by a colleague of its author."""
        scene.route(Step((Role.OFFICER,)), lane=Lane.ROUTINE)
        colleague = scene.person()
        scene.person()
        draft = submitted(scene)
        approve_it(draft, by=again(colleague))
        return draft, again(colleague)

    def by_delegate(self, scene: Scene) -> tuple[Draft, User]:
        """Approved on another team's account, in the place of somebody of communications."""
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person(Role.LPT_SUPERVISOR)
        today = timezone.localdate()
        delegate(
            absent, to=person, since=today, until=today, reason="Leave", actor=absent,
            now=timezone.now(),
        )  # fmt: skip
        account = scene.other_account()
        draft = submitted(scene, account=account, author=scene.person(lpt=account.lpt))
        approve_it(draft, by=again(person))
        return draft, again(person)

    @pytest.mark.parametrize("way", ["by_colleague", "by_delegate"])
    def test_stops_it_with_the_button_they_are_shown(
        self, client: Client, scene: Scene, way: str
    ) -> None:
        draft, approver = getattr(self, way)(scene)
        client.force_login(approver)
        panel = Page.of(client.get("/review/")).root.one(class_="bl-stop")
        answer = client.post(panel.one("form").attrs["action"], follow=True)
        assert Page.of(answer).messages == [
            "Stopped. It is back in the review queue and will not go out."
        ]
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED
        assert draft.deliveries.get().state == DeliveryState.CANCELLED

    @pytest.mark.parametrize("way", ["by_colleague", "by_delegate"])
    def test_reads_who_can_stop_it_after_that_minute(
        self, client: Client, scene: Scene, way: str
    ) -> None:
        draft, approver = getattr(self, way)(scene)
        Delivery.objects.update(approved_at=timezone.now() - settings.STOP_WINDOW)
        with pytest.raises(WindowOver):
            unschedule(draft, actor=approver, now=timezone.now())
        client.force_login(approver)
        answer = client.post(f"/drafts/{draft.pk}/stop/", follow=True)
        (words,) = Page.of(answer).messages
        assert words.startswith("The minute to stop it is over. Call corporate communications")
        assert draft.deliveries.get().state == DeliveryState.QUEUED

    def test_is_nobody_who_let_out_another(self, scene: Scene) -> None:
        _, colleague = self.by_colleague(scene)
        draft = submitted(scene)
        approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        with pytest.raises(PermissionDenied):
            unschedule(draft, actor=colleague, now=timezone.now())


class TestReopening:
    def test_cancels_the_delivery_and_voids_the_approval(self) -> None:
        draft = approved(Scene())
        reopen(draft, actor=draft.author, now=timezone.now())
        draft.refresh_from_db()
        assert draft.state == State.DRAFT
        assert draft.deliveries.get().state == DeliveryState.CANCELLED
        assert live_delivery(draft.pk) is None
        verbs = {row.verb for row in Record.objects.about(draft)}
        assert {Verb.DRAFT_REOPENED, Verb.DELIVERY_CANCELLED} <= verbs

    def test_by_comms_tells_the_author(self) -> None:
        scene = Scene()
        draft, comms = approved(scene), scene.person(Role.COMMS_DUTY)
        reopen(draft, actor=comms, now=timezone.now())
        newest = Notice.objects.for_person(draft.author_id)[0]
        assert newest.text == (
            f"{comms} reopened your approved tweet for {draft.account}. It will not go out until it"
            " is submitted and approved again."
        )
        assert (newest.kind, newest.link) == (Kind.RETURNED, draft.get_absolute_url())

    def test_by_the_author_tells_nobody(self) -> None:
        draft = approved(Scene())
        before = Notice.objects.count()
        reopen(draft, actor=draft.author, now=timezone.now())
        assert Notice.objects.count() == before

    def test_takes_a_new_approval_with_a_new_delivery_and_token(self) -> None:
        scene = Scene()
        draft = approved(scene)
        first = draft.deliveries.get()
        reopen(draft, actor=draft.author, now=timezone.now())
        draft.refresh_from_db()
        writing = Writing(text="Corrected", account=draft.account, category="meeting")
        draft = save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())
        second = approve_it(handed_in(draft), by=scene.person(Role.COMMS_APPROVER))
        assert (second.pk, second.token) != (first.pk, first.token)
        assert second.approved_hash != first.approved_hash
        assert draft.decisions.count() == 2
        live = live_delivery(draft.pk)
        assert live == second
        assert is_waiting(second)

    def test_and_saving_nothing_new_still_needs_a_new_approval(self) -> None:
        draft = approved(Scene())
        reopen(draft, actor=draft.author, now=timezone.now())
        draft.refresh_from_db()
        handed_in(draft)
        assert live_delivery(draft.pk) is None


class TestUnscheduling:
    def test_puts_it_back_into_the_queue(self) -> None:
        scene, now = Scene(), timezone.now()
        draft = approved(scene)
        unschedule(draft, actor=scene.person(Role.COMMS_APPROVER), now=now)
        draft.refresh_from_db()
        assert (draft.state, draft.submitted_at, draft.queue_at) == (State.SUBMITTED, now, now)
        assert draft.deliveries.get().state == DeliveryState.CANCELLED
        assert Record.objects.about(draft).filter(verb=Verb.DRAFT_UNSCHEDULED).exists()

    def test_keeps_its_place_by_its_time(self) -> None:
        scene, planned = Scene(), in_(timedelta(hours=5))
        draft = approved(scene, planned=planned)
        unschedule(draft, actor=scene.person(Role.COMMS_APPROVER), now=timezone.now())
        draft.refresh_from_db()
        assert draft.queue_at == planned.at

    def test_by_the_approver_in_the_stop_window_is_a_way_to_decide_again(self) -> None:
        scene = Scene()
        approver = scene.person(Role.COMMS_APPROVER)
        draft = approved(scene, by=approver)
        unschedule(draft, actor=approver, now=timezone.now())
        draft.refresh_from_db()
        assert approve_it(draft, by=approver).state == DeliveryState.QUEUED

    def test_tells_the_author_who_stopped_it_and_that_it_waits_again(self) -> None:
        scene = Scene()
        draft, comms = approved(scene), scene.person(Role.COMMS_APPROVER)
        before = Notice.objects.count()
        unschedule(draft, actor=comms, now=timezone.now())
        newest = Notice.objects.for_person(draft.author_id)[0]
        assert newest.text == (
            f"{comms} stopped your approved tweet for {draft.account}. It waits for a decision"
            " again, and does not go out until it is approved anew."
        )
        assert (newest.kind, newest.link) == (Kind.RETURNED, draft.get_absolute_url())
        assert Notice.objects.count() == before + 1

    def test_of_one_s_own_tweet_tells_nobody(self) -> None:
        scene = Scene()
        author = scene.person(Role.COMMS_APPROVER)
        draft = approved(scene, author=author)
        before = Notice.objects.count()
        unschedule(draft, actor=author, now=timezone.now())
        assert Notice.objects.count() == before


@pytest.mark.parametrize("undo", [reopen, unschedule])
class TestTooLate:
    @pytest.mark.parametrize(
        "state", sorted(set(DeliveryState) - {DeliveryState.QUEUED, DeliveryState.CLAIMED})
    )
    def test_is_once_it_goes_out_or_has_ended(
        self, undo: Callable[..., None], state: DeliveryState
    ) -> None:
        scene = Scene()
        draft = approved(scene)
        Delivery.objects.update(state=state)
        with pytest.raises(TooLate):
            undo(draft, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())
        draft.refresh_from_db()
        assert draft.state == State.APPROVED
        assert draft.deliveries.get().state == state

    def test_is_not_while_a_worker_has_only_claimed_it(self, undo: Callable[..., None]) -> None:
        scene = Scene()
        draft = approved(scene)
        Delivery.objects.update(state=DeliveryState.CLAIMED, lease_until=timezone.now())
        undo(draft, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())
        delivery = draft.deliveries.get()
        assert (delivery.state, delivery.lease_until) == (DeliveryState.CANCELLED, None)

    def test_is_while_it_may_be_public(self, undo: Callable[..., None]) -> None:
        scene = Scene()
        draft = approved(scene)
        Attempt.objects.create(
            delivery=draft.deliveries.get(),
            fence=1,
            started_at=timezone.now(),
            ended_at=timezone.now(),
            outcome=Outcome.UNKNOWN,
        )
        with pytest.raises(MayBePublic):
            undo(draft, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())
        draft.refresh_from_db()
        assert draft.state == State.APPROVED
        assert draft.deliveries.get().state == DeliveryState.NEEDS_HUMAN

    def test_is_the_second_time(self, undo: Callable[..., None]) -> None:
        scene = Scene()
        draft, comms = approved(scene), scene.person(Role.COMMS_DUTY)
        stale = Draft.objects.get(pk=draft.pk)
        undo(draft, actor=comms, now=timezone.now())
        with pytest.raises(StaleDraft):
            undo(stale, actor=comms, now=timezone.now())


class TestCancelling:
    def test_twice_is_too_late(self) -> None:
        scene = Scene()
        draft = approved(scene)
        delivery = draft.deliveries.get()
        comms = scene.person(Role.COMMS_DUTY)
        cancel(delivery, actor=comms, now=timezone.now())
        with pytest.raises(TooLate):
            cancel(delivery, actor=comms, now=timezone.now())
