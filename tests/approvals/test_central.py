"""Posting from the centre: a draft for each account, one decision, each its own outcome."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Quorum, SocialAccount, User
from accounts.roles import Role
from accounts.services import Step
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
from drafts.models import CentralPart, CentralPost, Draft, ReviewStep
from drafts.services import (
    NotReady,
    Writing,
    blocks_to_pass_over,
    change_centrally,
    discard,
    override,
    save,
    submit,
    submit_centrally,
    withdraw,
    write_centrally,
)
from drafts.workflow import StaleDraft, State
from notices.models import Notice
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.services import dispatch_due
from publishing.workflow import State as DeliveryState
from tests.drafts.test_ticks import DEATH, KIN, LABEL
from tests.factories import ASKING, BLOCKED, CLEAN, Scene, handed_in, written
from tests.pages import Page
from tests.publishing.stage import WHILE_AGO

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    # Whoever words it does not decide: somebody else has to be there.
    scene.person(Role.COMMS_DUTY)
    return scene


@pytest.fixture
def accounts(scene: Scene) -> list[SocialAccount]:
    return [scene.account, *(scene.other_account() for _ in range(2))]


@pytest.fixture
def writer(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER)


@pytest.fixture
def approver(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER)


def writing(accounts: list[SocialAccount], text: str = CLEAN) -> Writing:
    return Writing(text=text, account=accounts[0], category="meeting")


def made(accounts: list[SocialAccount], writer: User, text: str = CLEAN) -> CentralPost:
    return write_centrally(writing(accounts, text), accounts, author=writer, now=timezone.now())


def hand_in(central: CentralPost, actor: User, **said: Any) -> list[Draft]:
    said = {"answers": {}, "ticked": {}} | said
    return submit_centrally(central, actor=actor, now=timezone.now(), **said)


@pytest.fixture
def central(accounts: list[SocialAccount], writer: User) -> CentralPost:
    """A post for three accounts that waits for its decision."""
    central = made(accounts, writer)
    hand_in(central, writer)
    return central


def seen(central: CentralPost) -> dict[int, Seen]:
    return {d.pk: Seen(d.revision_number, d.content_hash) for d in waiting(central)}


def approve_all(central: CentralPost, actor: User, **more: Any) -> list[Delivery]:
    said: dict[str, Any] = {"seen": seen(central), "now": timezone.now()} | more
    return approve_centrally(central, actor=actor, **said)


def states(central: CentralPost) -> set[str]:
    return set(central.drafts().values_list("state", flat=True))


class TestWriting:
    def test_makes_a_draft_with_the_same_words_for_each_account(
        self, accounts: list[SocialAccount], writer: User
    ) -> None:
        central = made(accounts, writer)
        drafts = list(central.drafts())
        assert {draft.account for draft in drafts} == set(accounts)
        assert {draft.text for draft in drafts} == {CLEAN}
        assert len({draft.content_hash for draft in drafts}) == len(accounts)
        assert list(central.together()) == drafts
        assert Record.objects.get(verb=Verb.CENTRAL_WRITTEN).actor_name == writer.full_name

    def test_twice_by_a_double_click_makes_one(
        self, accounts: list[SocialAccount], writer: User
    ) -> None:
        key, now = uuid.uuid4(), timezone.now()
        posts = [
            write_centrally(writing(accounts), accounts, author=writer, key=key, now=now)
            for _ in range(2)
        ]
        assert posts[0] == posts[1]
        assert Draft.objects.count() == len(accounts)

    def test_under_somebody_elses_key_is_refused(
        self, accounts: list[SocialAccount], writer: User, approver: User
    ) -> None:
        key, now = uuid.uuid4(), timezone.now()
        write_centrally(writing(accounts), accounts, author=writer, key=key, now=now)
        with pytest.raises(PermissionDenied):
            write_centrally(writing(accounts), accounts, author=approver, key=key, now=now)

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.COMMS_APPROVER, Role.COMMS_DUTY}))
    def test_is_for_comms_alone(
        self, accounts: list[SocialAccount], scene: Scene, role: Role
    ) -> None:
        with pytest.raises(PermissionDenied):
            made(accounts, scene.person(role))
        assert not Draft.objects.exists()

    def test_is_for_the_own_force_alone(self, accounts: list[SocialAccount], writer: User) -> None:
        elsewhere = Scene()
        for chosen in ([*accounts, elsewhere.account], [elsewhere.account], []):
            with pytest.raises(PermissionDenied):
                made(chosen, writer) if chosen else write_centrally(
                    writing(accounts), [], author=writer, now=timezone.now()
                )
        # Nor for two forces at once, by somebody who reviews in both.
        with pytest.raises(PermissionDenied):
            made([*accounts, elsewhere.account], elsewhere.give(writer, Role.COMMS_APPROVER))
        assert not CentralPost.objects.exists()


class TestHandingIn:
    def test_hands_in_all(self, central: CentralPost) -> None:
        assert states(central) == {State.SUBMITTED}
        assert len(waiting(central)) == 3

    def test_of_what_a_rule_stops_hands_in_none(
        self, accounts: list[SocialAccount], writer: User
    ) -> None:
        central = made(accounts, writer, BLOCKED)
        with pytest.raises(NotReady) as refusal:
            hand_in(central, writer)
        # What stands in the way everywhere is said once.
        assert len({problem.sentence for problem in refusal.value.problems}) == len(
            refusal.value.problems
        )
        assert states(central) == {State.DRAFT}

    def test_of_what_is_stopped_on_one_account_names_it_and_hands_in_none(
        self, accounts: list[SocialAccount], writer: User, scene: Scene
    ) -> None:
        handed_in(written(scene, account=accounts[1], author=scene.person(lpt=accounts[1].lpt)))
        central = made(accounts, writer)
        with pytest.raises(NotReady) as refusal:
            hand_in(central, writer)
        (problem,) = refusal.value.problems
        assert problem.sentence.startswith(f"{accounts[1]}: The same words")
        assert states(central) == {State.DRAFT}

    def test_takes_one_answer_for_all(self, accounts: list[SocialAccount], writer: User) -> None:
        central = made(accounts, writer, ASKING)
        with pytest.raises(NotReady) as refusal:
            hand_in(central, writer)
        answers = {problem.finding: "They asked us to." for problem in refusal.value.problems}
        assert len(hand_in(central, writer, answers=answers)) == 3

    def test_twice_is_refused(self, central: CentralPost, writer: User) -> None:
        with pytest.raises(StaleDraft):
            hand_in(central, writer)


class TestTheRouteOfEachAccount:
    """A post of the centre passes over the steps of teams, and over nothing else."""

    def steps(self, central: CentralPost) -> set[tuple[str, ...]]:
        found = ReviewStep.objects.filter(revision__draft__central_part__central=central)
        return {tuple(step.roles) for step in found}

    def test_without_one_is_refused_by_name(
        self, accounts: list[SocialAccount], writer: User, scene: Scene
    ) -> None:
        scene.force.approval_routes.update(until=timezone.now())
        scene.route(Step((Role.COMMS_APPROVER,)), lpt=scene.lpt)
        central = made(accounts, writer)
        with pytest.raises(NotReady) as refusal:
            hand_in(central, writer)
        sentences = [problem.sentence for problem in refusal.value.problems]
        assert len(sentences) == 2
        for account, sentence in zip(accounts[1:], sentences, strict=True):
            assert f"Nobody is named to approve tweets of {account}." in sentence
        assert states(central) == {State.DRAFT}

    def test_keeps_the_steps_of_the_centre(
        self, accounts: list[SocialAccount], writer: User, approver: User, scene: Scene
    ) -> None:
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_DUTY,)), lpt=scene.lpt)
        central = made(accounts, writer)
        hand_in(central, writer)
        assert self.steps(central) == {(Role.COMMS_DUTY,), (Role.COMMS_APPROVER,)}
        with pytest.raises(PermissionDenied):
            approve_all(central, approver)
        page = signed_in(approver).get(reverse("approvals:central", args=[central.pk]))
        assert "This step of the approval route is not yours." in Page.of(page).main
        assert "Approve on all of them" not in Page.of(page).main
        assert len(approve_all(central, scene.person(Role.COMMS_DUTY))) == 3

    def test_is_decided_by_the_centre_where_the_team_alone_decides(
        self, accounts: list[SocialAccount], writer: User, scene: Scene
    ) -> None:
        scene.person(Role.LPT_SUPERVISOR)
        scene.route(Step((Role.LPT_SUPERVISOR,)), lpt=scene.lpt)
        central = made(accounts, writer)
        hand_in(central, writer)
        assert self.steps(central) == {(Role.COMMS_APPROVER,)}

    @pytest.mark.parametrize(
        "more",
        [
            (Step((Role.COMMS_APPROVER,)), Step((Role.COMMS_APPROVER,), categories=("meeting",))),
            (Step((Role.COMMS_APPROVER,), Quorum.COUNT, 2),),
            (Step((Role.COMMS_DUTY,), Quorum.ALL),),
        ],
        ids=["two steps", "two people", "all of them"],
    )
    def test_that_asks_for_more_than_one_approval_is_refused(
        self, accounts: list[SocialAccount], writer: User, scene: Scene, more: tuple[Step, ...]
    ) -> None:
        scene.route(*more, lpt=scene.lpt)
        central = made(accounts, writer)
        with pytest.raises(NotReady) as refusal:
            hand_in(central, writer)
        (problem,) = refusal.value.problems
        assert problem.sentence.startswith(f"{accounts[0]}: Its approval route asks")
        assert states(central) == {State.DRAFT}
        change_centrally(central, writing(accounts), accounts[1:], actor=writer, now=timezone.now())
        assert len(hand_in(central, writer)) == 2


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


class TestAnAccountThatIsLeftOut:
    def test_lets_the_others_go(
        self, accounts: list[SocialAccount], writer: User, approver: User
    ) -> None:
        central = made(accounts, writer)
        change_centrally(central, writing(accounts), accounts[1:], actor=writer, now=timezone.now())
        states = {draft.account: draft.state for draft in central.drafts()}
        assert states == {
            accounts[0]: State.WITHDRAWN,
            accounts[1]: State.DRAFT,
            accounts[2]: State.DRAFT,
        }
        hand_in(central, writer)
        assert len(approve_all(central, approver)) == 2

    def test_is_left_out_by_the_author_alone(
        self, accounts: list[SocialAccount], writer: User, approver: User
    ) -> None:
        central = made(accounts, writer)
        with pytest.raises(PermissionDenied):
            change_centrally(
                central, writing(accounts), accounts[1:], actor=approver, now=timezone.now()
            )
        assert states(central) == {State.DRAFT}

    def test_is_not_the_last(self, accounts: list[SocialAccount], writer: User) -> None:
        central = made(accounts, writer)
        with pytest.raises(StaleDraft):
            change_centrally(central, writing(accounts), [], actor=writer, now=timezone.now())


class TestADraftThatWasChangedAlone:
    def test_goes_alone(self, accounts: list[SocialAccount], writer: User, approver: User) -> None:
        central = made(accounts, writer)
        draft = central.drafts()[0]
        own = Writing(text="Only here: see you on Monday.", account=draft.account)
        draft = save(draft, own, actor=writer, revision_number=1, now=timezone.now())
        assert len(hand_in(central, writer)) == 2
        alone = submit(
            draft,
            actor=writer,
            revision_number=draft.revision_number,
            answers={},
            now=timezone.now(),
        )
        assert list(Draft.objects.awaiting_review().one_by_one()) == [alone]
        assert len(approve_all(central, approver)) == 2
        alone.refresh_from_db()
        assert alone.state == State.SUBMITTED


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


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


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
            {"decision": "approve", "seen-1": "nonsense", "seen-x": "1:" + "0" * 64},
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


def hidden(page: Page) -> dict[str, str]:
    """What the page says that it showed."""
    boxes = [box.attrs for box in page.root.all("input")]
    return {b["name"]: b["value"] for b in boxes if b.get("name", "").startswith("seen-")}
