"""Suggesting another wording: to the author and the other approvers, the first to take it wins."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.models import Decision, Suggestion, Verdict
from approvals.services import (
    OwnDraft,
    SaysTheSame,
    claim,
    open_suggestion,
    remind,
    suggest,
    take_as_approver,
    take_as_author,
)
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import NotReady, Writing, save
from drafts.workflow import StaleDraft, State
from notices.models import Kind, Notice
from publishing.models import Delivery
from publishing.statements import is_proved
from tests.factories import ASKING, Scene, approve_it, handed_in, submitted

pytestmark = pytest.mark.django_db

BETTER = "Meet your team at Oldermoor Library on Thursday at 6pm. All welcome."


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    # Whoever words it does not decide: somebody else has to be there.
    scene.person(Role.COMMS_DUTY)
    return scene


@pytest.fixture
def approver(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER)


@pytest.fixture
def draft(scene: Scene) -> Draft:
    return submitted(scene)


def suggested(
    draft: Draft, by: User, text: str = BETTER, note: str = "Say which library."
) -> Suggestion:
    return suggest(
        draft,
        actor=by,
        revision_number=draft.revision_number,
        revision_hash=draft.content_hash,
        text=text,
        note=note,
        now=timezone.now(),
    )


def fresh(draft: Draft) -> Draft:
    return Draft.objects.with_people().get(pk=draft.pk)


class TestASuggestion:
    def test_gives_the_draft_back_with_its_words(self, draft: Draft, approver: User) -> None:
        suggestion = suggested(draft, approver)
        draft = fresh(draft)
        assert draft.state == State.CHANGES_REQUESTED
        assert open_suggestion(draft) == suggestion
        assert Decision.objects.get().verdict == Verdict.SUGGEST
        # Nothing of the draft itself has changed.
        assert draft.text != BETTER

    def test_tells_the_author_what_and_why(self, draft: Draft, approver: User) -> None:
        claim(draft, actor=approver, now=timezone.now())
        suggested(draft, approver)
        draft = fresh(draft)
        assert (draft.returned_by, draft.returned_reason) == (str(approver), "Say which library.")
        assert draft.claimed_by is None
        notice = Notice.objects.for_person(draft.author_id).get()
        told = f"{approver} suggests another wording of your tweet for {draft.account}."
        assert notice.text == f"{told} One tap takes it. Say which library."
        # What somebody typed stays out of the mail.
        assert notice.in_mail == f"{told} One tap takes it."
        assert (notice.kind, notice.link) == (Kind.RETURNED, draft.get_absolute_url())
        row = Record.objects.about(draft).get(verb=Verb.DRAFT_SUGGESTED)
        assert (row.actor_id, row.data) == (str(approver.pk), {"revision": 1})

    def test_calls_nobody_to_decide_any_more(self, draft: Draft, approver: User) -> None:
        assert draft.submitted_at
        remind(now=draft.submitted_at + settings.DECIDE_WITHIN - timedelta(minutes=5))
        assert Notice.objects.for_person(approver.pk).get().read_at is None
        suggested(draft, approver)
        assert Notice.objects.for_person(approver.pk).get().read_at

    def test_needs_no_reason(self, draft: Draft, approver: User) -> None:
        suggested(draft, approver, note="")
        assert fresh(draft).returned_reason == "Another wording is suggested."

    def test_makes_an_author_who_never_approves(self, draft: Draft, approver: User) -> None:
        suggested(draft, approver)
        draft = fresh(draft)
        # Not even when the author types the same words without taking the suggestion.
        writing = Writing(text=BETTER, account=draft.account, category="meeting")
        save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())
        draft = handed_in(fresh(draft))
        with pytest.raises(OwnDraft):
            approve_it(draft, by=approver)

    @pytest.mark.parametrize("text", ["", "  ", None])
    def test_says_something_else(self, draft: Draft, approver: User, text: str | None) -> None:
        with pytest.raises(SaysTheSame):
            suggested(draft, approver, text=draft.text if text is None else text)
        assert fresh(draft).state == State.SUBMITTED

    def test_is_for_approvers(self, draft: Draft, scene: Scene) -> None:
        with pytest.raises(PermissionDenied):
            suggested(draft, scene.person())
        with pytest.raises(OwnDraft):
            suggested(draft, draft.author)

    def test_is_on_what_was_shown(self, draft: Draft, approver: User, scene: Scene) -> None:
        suggested(draft, approver)
        with pytest.raises(StaleDraft):
            suggested(draft, scene.person(Role.COMMS_DUTY))


class TestTheAuthor:
    def test_takes_it_with_one_tap(self, draft: Draft, approver: User, scene: Scene) -> None:
        suggestion = suggested(draft, approver)
        taken = take_as_author(suggestion, actor=draft.author, now=timezone.now())
        assert (taken.state, taken.text) == (State.SUBMITTED, BETTER)
        suggestion.refresh_from_db()
        assert suggestion.taken_by == draft.author
        row = Record.objects.about(draft).get(verb=Verb.DRAFT_SUGGESTION_TAKEN)
        assert (row.actor_id, row.data) == (str(draft.author_id), {"revision": 2})
        assert open_suggestion(fresh(draft)) is None
        with pytest.raises(OwnDraft):
            approve_it(taken, by=approver)
        assert approve_it(taken, by=scene.person(Role.COMMS_DUTY)).pk

    def test_answers_first_when_the_rulebook_asks(self, draft: Draft, approver: User) -> None:
        suggestion = suggested(draft, approver, text=ASKING)
        with pytest.raises(NotReady):
            take_as_author(suggestion, actor=draft.author, now=timezone.now())
        draft = fresh(draft)
        assert (draft.state, draft.revision_number) == (State.CHANGES_REQUESTED, 1)
        assert open_suggestion(draft) == suggestion

    def test_alone_takes_it_as_theirs(self, draft: Draft, approver: User, scene: Scene) -> None:
        suggestion = suggested(draft, approver)
        for person in (scene.person(), approver):
            with pytest.raises(PermissionDenied):
                take_as_author(suggestion, actor=person, now=timezone.now())

    def test_may_write_something_else(self, draft: Draft, approver: User) -> None:
        suggestion = suggested(draft, approver)
        writing = Writing(text="Something else", account=draft.account, category="meeting")
        save(fresh(draft), writing, actor=draft.author, revision_number=1, now=timezone.now())
        assert open_suggestion(fresh(draft)) is None
        with pytest.raises(StaleDraft):
            take_as_author(suggestion, actor=draft.author, now=timezone.now())


class TestAnotherApprover:
    def test_takes_it_and_it_goes_out(self, draft: Draft, approver: User, scene: Scene) -> None:
        suggestion = suggested(draft, approver)
        other = scene.person(Role.COMMS_DUTY)
        delivery = take_as_approver(suggestion, actor=other, now=timezone.now())
        assert delivery is not None
        assert is_proved(delivery.pk)
        assert (delivery.revision.text, delivery.approved_by) == (BETTER, other)
        assert delivery.revision.author == approver

    def test_is_not_the_first_one(self, draft: Draft, approver: User) -> None:
        suggestion = suggested(draft, approver)
        with pytest.raises(PermissionDenied):
            take_as_approver(suggestion, actor=approver, now=timezone.now())

    def test_is_not_somebody_who_wrote_it(self, draft: Draft, approver: User) -> None:
        suggestion = suggested(draft, approver)
        scene = Scene()
        for person in (draft.author, scene.person(Role.COMMS_APPROVER)):
            with pytest.raises(PermissionDenied):
                take_as_approver(suggestion, actor=person, now=timezone.now())
        assert fresh(draft).state == State.CHANGES_REQUESTED

    def test_comes_too_late_when_the_author_took_it(
        self, draft: Draft, approver: User, scene: Scene
    ) -> None:
        suggestion = suggested(draft, approver)
        take_as_author(suggestion, actor=draft.author, now=timezone.now())
        with pytest.raises(StaleDraft):
            take_as_approver(suggestion, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())
        assert not Delivery.objects.exists()

    def test_leaves_answers_to_the_author(self, draft: Draft, approver: User, scene: Scene) -> None:
        suggestion = suggested(draft, approver, text=ASKING)
        with pytest.raises(NotReady):
            take_as_approver(suggestion, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())
        assert fresh(draft).state == State.CHANGES_REQUESTED
