"""What somebody who has left had written: who answers for it then, and whether it goes out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import Step, deactivate, let_back
from approvals.models import Suggestion
from approvals.organising.services import hand_on, let_go
from approvals.services import NotPossible, suggest, take_as_approver
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import NotReady, Writing, copy, save
from drafts.workflow import State
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.statements import are_its_people_here, is_proved
from publishing.workflow import State as DeliveryState
from tests.factories import (
    Scene,
    again,
    approve_it,
    approved,
    handed_in,
    sign,
    submitted,
    trained,
    written,
)
from tests.publishing.stage import state_of
from tests.publishing.test_arming import arm_it

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def leaver(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def heir(scene: Scene) -> User:
    return trained(scene.person())


@pytest.fixture
def approver(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER)


def fresh(draft: Draft) -> Draft:
    return Draft.objects.with_people().get(pk=draft.pk)


def goes(scene: Scene, person: User, *, successor: User | None = None) -> None:
    admin = scene.person(Role.COMMS_ADMIN)
    let_go(person, successor=successor, actor=admin, now=database_now())


def would_go_out(delivery: Delivery) -> bool:
    """Whether the dispatcher gets leave to send it, now that it is due."""
    past = database_now() - timedelta(seconds=1)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=past, next_at=past)
    return arm_it(delivery) is not None


def reworded(draft: Draft, by: User) -> Draft:
    words = Writing(
        text="Come to the hall on Friday at 7pm.", account=draft.account, category="meeting"
    )
    return save(
        fresh(draft), words, actor=again(by), revision_number=draft.revision_number,
        now=timezone.now(),
    )  # fmt: skip


class TestWhatALeaverWrote:
    def test_goes_out_once_a_successor_answers_for_it(
        self, scene: Scene, leaver: User, heir: User, approver: User
    ) -> None:
        draft = submitted(scene, author=leaver)
        goes(scene, leaver, successor=heir)
        delivery = approve_it(fresh(draft), by=again(approver), now=database_now())
        assert delivery.draft.author == heir
        assert would_go_out(delivery)

    def test_goes_out_once_a_colleague_goes_on_with_it(
        self, scene: Scene, leaver: User, heir: User, approver: User
    ) -> None:
        draft = written(scene, author=leaver)
        goes(scene, leaver)
        handed_in(fresh(reworded(draft, heir)), actor=again(heir))
        assert fresh(draft).author == heir
        passed = Record.objects.get(verb=Verb.DRAFT_HANDED_OVER)
        assert passed.data == {"to": heir.pk, "author": leaver.pk}
        assert would_go_out(approve_it(fresh(draft), by=again(approver), now=database_now()))

    def test_stays_the_authors_while_they_are_here(
        self, scene: Scene, leaver: User, heir: User
    ) -> None:
        draft = written(scene, author=leaver)
        handed_in(fresh(reworded(draft, heir)), actor=again(heir))
        assert fresh(draft).author == leaver
        assert not Record.objects.filter(verb=Verb.DRAFT_HANDED_OVER).exists()

    def test_goes_out_as_a_copy(
        self, scene: Scene, leaver: User, heir: User, approver: User
    ) -> None:
        draft = approved(scene, author=leaver, by=approver)
        goes(scene, leaver)
        made = copy(fresh(draft), actor=heir, now=timezone.now())
        made = handed_in(reworded(made, heir), actor=again(heir))
        assert would_go_out(approve_it(fresh(made), by=again(approver), now=database_now()))

    def test_is_not_approved_while_nobody_answers_for_it(
        self, client: Client, scene: Scene, leaver: User, approver: User
    ) -> None:
        draft = submitted(scene, author=leaver)
        goes(scene, leaver)
        with pytest.raises(NotPossible, match="has left, and nobody answers for it"):
            approve_it(fresh(draft), by=again(approver))
        client.force_login(approver)
        page = client.get(f"/review/{draft.pk}/").content.decode()
        assert "has left, and nobody answers for it" in page
        assert fresh(draft).state == State.SUBMITTED

    @pytest.mark.parametrize("who", ["author", "approver", "helper"])
    def test_does_not_go_out_where_they_left_after_its_approval(
        self, scene: Scene, leaver: User, approver: User, who: str
    ) -> None:
        draft = written(scene)
        if who == "helper":
            draft = reworded(draft, leaver)
        draft = handed_in(fresh(draft), actor=again(draft.author))
        delivery = approve_it(fresh(draft), by=again(approver), now=database_now())
        gone = {"author": draft.author, "approver": approver, "helper": leaver}[who]
        assert are_its_people_here(delivery.pk)
        deactivate(gone, actor=None, now=database_now())
        assert not are_its_people_here(delivery.pk)
        assert not would_go_out(delivery)
        assert state_of(delivery) == DeliveryState.NEEDS_HUMAN

    def test_counts_as_before_where_nobody_knows_when_they_left(
        self, scene: Scene, leaver: User, approver: User
    ) -> None:
        draft = reworded(written(scene), leaver)
        User.objects.filter(pk=leaver.pk).update(is_active=False)
        draft = handed_in(fresh(draft), actor=again(draft.author))
        assert not would_go_out(approve_it(fresh(draft), by=again(approver), now=database_now()))

    def test_is_forgotten_of_whoever_is_let_back(self, scene: Scene, leaver: User) -> None:
        goes(scene, leaver)
        leaver.refresh_from_db()
        assert leaver.left_at is not None
        admin = scene.person(Role.COMMS_ADMIN)
        let_back(leaver, force=scene.force, actor=admin, now=database_now())
        leaver.refresh_from_db()
        assert leaver.left_at is None


class TestWordsThatALeaverSuggested:
    @pytest.fixture
    def suggestion(self, scene: Scene, approver: User) -> Suggestion:
        draft = submitted(scene)
        made = suggest(
            draft, actor=approver, revision_number=draft.revision_number,
            revision_hash=draft.content_hash, text="Come on Friday at 7pm.", note="",
            now=timezone.now(),
        )  # fmt: skip
        deactivate(approver, actor=None, now=database_now())
        return Suggestion.objects.get(pk=made.pk)

    def test_are_handed_in_by_the_author_alone(self, scene: Scene, suggestion: Suggestion) -> None:
        other = scene.person(Role.COMMS_APPROVER)
        with pytest.raises(NotReady, match="cannot hand them in any more"):
            take_as_approver(suggestion, actor=other, now=timezone.now())

    def test_go_out_once_the_author_has(
        self, client: Client, scene: Scene, suggestion: Suggestion
    ) -> None:
        other = scene.person(Role.COMMS_APPROVER)
        client.force_login(suggestion.draft.author)
        client.post(f"/suggestions/{suggestion.pk}/take/")
        draft = fresh(suggestion.draft)
        assert (draft.state, draft.text) == (State.SUBMITTED, "Come on Friday at 7pm.")
        assert would_go_out(approve_it(draft, by=again(other), now=database_now()))


class TestAnApprovalAtAnEarlierStep:
    @pytest.fixture
    def draft(self, scene: Scene, approver: User) -> Draft:
        """Signed by the supervisor, and waiting for communications."""
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        return handed_in(written(scene))

    def test_counts_no_more_once_its_giver_has_left(
        self, scene: Scene, draft: Draft, approver: User
    ) -> None:
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        sign(fresh(draft), by=again(supervisor))
        deactivate(supervisor, actor=None, now=database_now())
        with pytest.raises(NotPossible, match="at step 1 has left"):
            approve_it(fresh(draft), by=again(approver))
        assert not Delivery.objects.exists()
        assert fresh(draft).state == State.SUBMITTED

    def test_and_the_authors_chair_do_not_fall_to_one_person(
        self, scene: Scene, draft: Draft, approver: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heir = scene.person(Role.LPT_SUPERVISOR)
        self.between(monkeypatch, lambda: sign(fresh(draft), by=again(heir)))
        hand_on([fresh(draft)], to=again(heir), actor=again(heir), now=timezone.now())
        assert fresh(draft).author == draft.author

    def test_by_one_of_its_authors_is_no_proof(
        self, scene: Scene, draft: Draft, approver: User
    ) -> None:
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        sign(fresh(draft), by=again(supervisor))
        delivery = approve_it(fresh(draft), by=again(approver), now=database_now())
        assert is_proved(delivery.pk)
        draft.contributions.create(person=supervisor)
        assert not is_proved(delivery.pk)

    def between(self, monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
        """Let it happen when the drafts have been looked up and nothing of them is held yet."""
        held = transaction.atomic

        def late(*args: Any, **kwargs: Any) -> Any:
            monkeypatch.undo()
            happens()
            return held(*args, **kwargs)

        monkeypatch.setattr("approvals.organising.services.leaving.transaction.atomic", late)
