"""One decision on all of it, and each account with its own outcome."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.roles import Role
from approvals.models import Decision
from approvals.reasons import Reason
from approvals.services import (
    DecidedTogether,
    NoteMissing,
    OwnDraft,
    PartRefused,
    Seen,
    approve,
    approve_centrally,
    delegate,
    publish_in_emergency,
    reject,
    return_for_changes,
    send_back_centrally,
    stop_centrally,
    suggest,
    unschedule,
    waiting,
)
from audit.models import Record
from audit.verbs import Verb
from drafts.models import CentralPart, CentralPost, Draft
from drafts.services import (
    Writing,
    blocks_to_pass_over,
    change_centrally,
    override,
    save,
    submit_centrally,
    write_centrally,
)
from drafts.workflow import StaleDraft, State
from notices.models import Notice
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.services import dispatch_due
from publishing.workflow import State as DeliveryState
from tests.approvals.central.stage import approve_all, hand_in, hidden, made, seen, states, writing
from tests.factories import BLOCKED, CLEAN, Scene, signed_in, written
from tests.pages import Page
from tests.publishing.stage import WHILE_AGO

pytestmark = pytest.mark.django_db


class TestOneDecision:
    def test_approves_each_with_its_own_hash_and_delivery(
        self, central: CentralPost, approver: User
    ) -> None:
        deliveries = approve_all(central, approver)
        assert states(central) == {State.APPROVED}
        decided = Decision.objects.all()
        assert len(decided) == len(deliveries) == 3
        for decision in decided:
            assert decision.person == approver
            assert decision.content_hash == decision.draft.content_hash
            assert decision.delivery in deliveries
        assert len({delivery.approved_hash for delivery in deliveries}) == 3
        assert Record.objects.filter(verb=Verb.DRAFT_APPROVED).count() == 3

    def test_lets_each_account_have_its_own_outcome(
        self, accounts: list[SocialAccount], writer: User, approver: User
    ) -> None:
        then = database_now() - WHILE_AGO
        central = write_centrally(writing(accounts), accounts, author=writer, now=then)
        submit_centrally(central, actor=writer, answers={}, ticked={}, now=then)
        approve_centrally(central, actor=approver, seen=seen(central), now=then)
        stopped = central.drafts()[1]
        unschedule(stopped, actor=approver, now=timezone.now())
        dispatch_due(now=database_now())
        outcomes = [d.deliveries.get().state for d in central.drafts()]
        assert outcomes == [
            DeliveryState.PUBLISHED,
            DeliveryState.CANCELLED,
            DeliveryState.PUBLISHED,
        ]

    def test_tells_the_supervisors_of_each_team(
        self, central: CentralPost, accounts: list[SocialAccount], approver: User, scene: Scene
    ) -> None:
        sergeants = [scene.person(Role.LPT_SUPERVISOR, lpt=a.lpt) for a in accounts]
        officer = scene.person()
        approve_all(central, approver)
        for sergeant, account in zip(sergeants, accounts, strict=True):
            (notice,) = Notice.objects.for_person(sergeant.pk)
            told = (
                f"Corporate communications posts on your account {account}, as soon as it can."
                f" Approved by {approver}"
            )
            assert notice.text == f"{told}: “{CLEAN}”"
            # The words of a draft stay out of the mail.
            assert notice.in_mail == f"{told}."
            assert notice.link == central.drafts().get(account=account).get_absolute_url()
        assert not Notice.objects.for_person(officer.pk).exists()

    def test_is_not_for_whoever_wrote_it(self, central: CentralPost, writer: User) -> None:
        with pytest.raises(OwnDraft):
            approve_all(central, writer)
        assert states(central) == {State.SUBMITTED}

    def test_is_not_for_whoever_wrote_any_one_of_it(
        self, accounts: list[SocialAccount], writer: User, approver: User
    ) -> None:
        central = made(accounts, writer)
        first, *others = sorted(central.drafts(), key=lambda draft: draft.pk)
        other = Writing(text="Other words.", account=first.account, category="meeting")
        save(first, other, actor=approver, revision_number=1, now=timezone.now())
        hand_in(central, writer)
        assert {draft.pk for draft in waiting(central)} == {draft.pk for draft in others}
        with pytest.raises(OwnDraft):
            approve_all(central, approver)
        # Nor by the other way, one after the other.
        alone = waiting(central)[0]
        with pytest.raises(OwnDraft):
            approve(
                alone,
                actor=approver,
                revision_number=alone.revision_number,
                revision_hash=alone.content_hash,
                step=1,
                now=timezone.now(),
            )

    @pytest.mark.parametrize("change", ["more", "less", "other"])
    def test_is_on_exactly_what_was_shown(
        self, central: CentralPost, approver: User, change: str
    ) -> None:
        shown = seen(central)
        key = next(iter(shown))
        match change:
            case "more":
                del shown[key]
            case "less":
                shown[key + 1000] = Seen(1, "0" * 64)
            case "other":
                shown[key] = Seen(1, "0" * 64)
        with pytest.raises(StaleDraft):
            approve_all(central, approver, seen=shown)
        assert states(central) == {State.SUBMITTED}
        assert not Delivery.objects.exists()

    def test_that_one_account_stands_in_the_way_of_approves_none(
        self, central: CentralPost, accounts: list[SocialAccount], approver: User, scene: Scene
    ) -> None:
        last = waiting(central)[-1]
        # The same words reach one account by another way while it waits.
        other = written(
            scene, account=last.account, author=scene.person(lpt=last.account.lpt), text="Else."
        )
        Draft.objects.filter(pk=other.pk).update(
            text=CLEAN, state=State.APPROVED, queue_at=timezone.now()
        )
        with pytest.raises(PartRefused) as refusal:
            approve_all(central, approver)
        assert refusal.value.draft == last
        assert states(central) == {State.SUBMITTED}
        assert not Delivery.objects.exists()
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("role", [Role.LPT_COMMANDER, Role.COMMS_ADMIN, Role.PSD])
    def test_is_for_the_route_alone(self, central: CentralPost, scene: Scene, role: Role) -> None:
        with pytest.raises(PermissionDenied):
            approve_all(central, scene.person(role))

    def test_gives_all_of_it_back(self, central: CentralPost, approver: User) -> None:
        count = send_back_centrally(
            central, rejects=False, actor=approver, seen=seen(central), reason=Reason.TONE,
            sentence="Warmer, please.", now=timezone.now(),
        )  # fmt: skip
        assert (count, states(central)) == (3, {State.CHANGES_REQUESTED})

    def test_ends_all_of_it(self, central: CentralPost, approver: User) -> None:
        count = send_back_centrally(
            central, rejects=True, actor=approver, seen=seen(central), reason=Reason.TONE,
            sentence="Not ours.", now=timezone.now(),
        )  # fmt: skip
        assert (count, states(central)) == (3, {State.REJECTED})

    def test_follows_a_change_of_all(
        self, central: CentralPost, writer: User, approver: User, accounts: list[SocialAccount]
    ) -> None:
        send_back_centrally(
            central, rejects=False, actor=approver, seen=seen(central), reason=Reason.TONE,
            sentence="", now=timezone.now(),
        )  # fmt: skip
        better = writing(accounts, "See you on Friday at the library, 6pm.")
        change_centrally(central, better, accounts, actor=writer, now=timezone.now())
        assert len(central.together()) == 3
        hand_in(central, writer)
        assert len(approve_all(central, approver)) == 3


class TestOnePartAlone:
    """Nothing decides on one account of a post that is decided as one."""

    def shown(self, central: CentralPost) -> tuple[Draft, dict[str, Any]]:
        draft = waiting(central)[0]
        number, said = draft.revision_number, draft.content_hash
        return draft, {"revision_number": number, "revision_hash": said, "now": timezone.now()}

    def test_is_decided_by_no_service(
        self, central: CentralPost, approver: User, scene: Scene
    ) -> None:
        draft, shown = self.shown(central)
        why: dict[str, Any] = {"reason": Reason.TONE, "sentence": "Warmer."}
        with pytest.raises(DecidedTogether):
            approve(draft, actor=approver, step=1, **shown)
        with pytest.raises(DecidedTogether):
            return_for_changes(draft, actor=approver, **why, **shown)
        with pytest.raises(DecidedTogether):
            reject(draft, actor=approver, **why, **shown)
        with pytest.raises(DecidedTogether):
            suggest(draft, actor=approver, text="Other words.", note="", **shown)
        with pytest.raises(DecidedTogether):
            publish_in_emergency(
                draft, actor=scene.person(Role.COMMS_DUTY), reason="It burns.", **shown
            )
        assert states(central) == {State.SUBMITTED}
        assert not Decision.objects.exists()

    @pytest.mark.parametrize(
        ("name", "more"),
        [
            ("review", {"decision": "approve", "step": 1}),
            ("review", {"decision": "return", "reason": "tone"}),
            ("review", {"decision": "reject", "reason": "tone", "sentence": "No."}),
            ("suggest", {"text": "Other words."}),
            ("emergency", {"reason": "It burns."}),
        ],
    )
    def test_leads_to_the_post(
        self, central: CentralPost, scene: Scene, name: str, more: dict[str, Any]
    ) -> None:
        draft, shown = self.shown(central)
        address = reverse(f"approvals:{name}", args=[draft.pk])
        client = signed_in(scene.person(Role.COMMS_DUTY))
        answer = client.post(address, shown | more, follow=True)
        post = reverse("approvals:central", args=[central.pk])
        assert answer.redirect_chain[-1][0] == post
        assert "part of a post for several accounts" in Page.of(answer).messages[0]
        assert client.get(address, follow=True).redirect_chain[-1][0] == post
        assert states(central) == {State.SUBMITTED}

    def test_is_shown_to_whoever_covers_with_a_sentence(
        self, central: CentralPost, approver: User, scene: Scene
    ) -> None:
        person, today = scene.person(), timezone.localdate()
        delegate(
            approver, to=person, since=today, until=today, reason="Leave", actor=approver,
            now=timezone.now(),
        )  # fmt: skip
        page = Page.of(signed_in(person).get(f"/review/{waiting(central)[0].pk}/"))
        assert "part of a post for several accounts" in page.main
        assert not page.root.all(class_="bl-approve")


class TestARuleThatWasPassedOver:
    NOTE = "The fair is for everybody: a fourth tag hurts nobody."

    @pytest.fixture
    def passed_over(self, accounts: list[SocialAccount], writer: User, scene: Scene) -> CentralPost:
        central, now = made(accounts, writer, BLOCKED), timezone.now()
        duty = scene.person(Role.COMMS_DUTY)
        for draft in central.drafts():
            for block in blocks_to_pass_over(draft, now=now):
                override(
                    draft, finding=block.key, reason="It is the fair's own tag.",
                    revision_hash=draft.content_hash, actor=duty, now=now,
                )  # fmt: skip
        hand_in(central, writer)
        return central

    def test_is_approved_with_a_note_alone(self, passed_over: CentralPost, approver: User) -> None:
        with pytest.raises(PartRefused) as refusal:
            approve_all(passed_over, approver, note=" ")
        assert isinstance(refusal.value.cause, NoteMissing)
        assert states(passed_over) == {State.SUBMITTED}
        approve_all(passed_over, approver, note=self.NOTE)
        assert set(Decision.objects.values_list("sentence", flat=True)) == {self.NOTE}

    def test_asks_for_it_on_the_page(self, passed_over: CentralPost, approver: User) -> None:
        address = reverse("approvals:central", args=[passed_over.pk])
        client = signed_in(approver)
        page = Page.of(client.get(address))
        assert "although a rule was passed over?" in page.main
        assert "It is the fair's own tag." in page.main
        form = {"decision": "approve"} | hidden(page)
        answer = client.post(address, form)
        assert answer.status_code == 422
        assert Page.of(answer).problems[0][0].startswith("Say why it is right to send this")
        client.post(address, form | {"note": self.NOTE})
        assert states(passed_over) == {State.APPROVED}


class TestTheDatabase:
    def test_makes_whoever_writes_on_one_a_contributor_of_all(
        self, central: CentralPost, scene: Scene
    ) -> None:
        person = scene.person()
        draft = central.drafts()[0]
        draft.contributions.create(person=person)
        assert all(d.contributions.filter(person=person).exists() for d in central.drafts())

    def test_does_so_for_a_part_that_comes_later(self, central: CentralPost, scene: Scene) -> None:
        author = scene.person()
        late = written(scene, author=author, text="A later one.")
        CentralPart.objects.create(central=central, draft=late, content_hash=late.content_hash)
        assert all(d.contributions.filter(person=author).exists() for d in central.drafts())
        assert late.contributions.filter(person=central.author).exists()

    def test_refuses_their_approval(
        self, central: CentralPost, scene: Scene, approver: User
    ) -> None:
        central.drafts()[0].contributions.create(person=approver)
        last = waiting(central)[-1]
        row = {
            "draft": last,
            "revision": last.current_revision,
            "step": 1,
            "verdict": "return",
            "reason": "tone",
            "person": approver,
            "at": timezone.now(),
            "content_hash": last.content_hash,
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(**row)


class TestStoppingAllOfIt:
    @pytest.fixture
    def colleague(self, scene: Scene) -> User:
        return scene.person(Role.COMMS_DUTY)

    def test_brings_it_back_before_it_is_public_anywhere(
        self, central: CentralPost, approver: User, colleague: User
    ) -> None:
        approve_all(central, approver)
        done = stop_centrally(central, actor=colleague, now=timezone.now())
        assert [(draft.account, reason) for draft, reason in done] == [
            (draft.account, None) for draft in central.drafts()
        ]
        assert states(central) == {State.SUBMITTED}
        assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.CANCELLED}
        # It waits for one decision, as before, and goes out once that is made.
        assert len(approve_all(central, approver)) == 3

    def test_stops_what_can_be_and_says_what_cannot(
        self, central: CentralPost, approver: User, colleague: User
    ) -> None:
        gone, going, _ = approve_all(central, approver)
        Delivery.objects.filter(pk=gone.pk).update(state=DeliveryState.PUBLISHED)
        Delivery.objects.filter(pk=going.pk).update(state=DeliveryState.SENDING)
        address = reverse("approvals:central", args=[central.pk])
        client = signed_in(colleague)
        page = Page.of(client.get(address))
        assert "About to go out on 2 accounts" in page.main
        said = Page.of(client.post(address, {"decision": "stop"}, follow=True)).messages
        assert said[0].startswith("Stopped on @")
        assert said[1] == (
            f"{going.account}: Too late: this tweet is going out, is public, or has been stopped"
            " already."
        )
        assert len(said) == 2
        assert sorted(central.drafts().values_list("state", flat=True)) == [
            State.APPROVED,
            State.APPROVED,
            State.SUBMITTED,
        ]

    def test_is_not_offered_where_nothing_is_about_to_go_out(
        self, central: CentralPost, approver: User
    ) -> None:
        client, address = signed_in(approver), reverse("approvals:central", args=[central.pk])
        assert "About to go out" not in Page.of(client.get(address)).main
        said = Page.of(client.post(address, {"decision": "stop"}, follow=True)).messages
        assert said == ["Nothing of it is about to go out, so nothing stopped."]
        assert states(central) == {State.SUBMITTED}

    def test_is_for_comms_alone(self, central: CentralPost, scene: Scene, approver: User) -> None:
        approve_all(central, approver)
        for person in (scene.person(), Scene().person(Role.COMMS_DUTY)):
            with pytest.raises(PermissionDenied):
                stop_centrally(central, actor=person, now=timezone.now())
        assert states(central) == {State.APPROVED}
