"""Posting from the centre: a draft for each account, handed in together."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import Quorum, SocialAccount, User
from accounts.roles import Role
from accounts.services import Step
from approvals.services import (
    waiting,
)
from audit.models import Record
from audit.verbs import Verb
from drafts.models import CentralPost, Draft, ReviewStep
from drafts.services import (
    NotReady,
    Writing,
    change_centrally,
    save,
    submit,
    write_centrally,
)
from drafts.workflow import StaleDraft, State
from tests.approvals.central.stage import approve_all, hand_in, made, states, writing
from tests.factories import ASKING, BLOCKED, CLEAN, Scene, handed_in, signed_in, written
from tests.pages import Page

pytestmark = pytest.mark.django_db


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
