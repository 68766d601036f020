"""Suggesting another wording: to the author and the other approvers, the first to take it wins."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import DECIDERS, TEAM_ROLES, Role
from approvals.models import Decision, Delegation, Suggestion, Verdict
from approvals.services import (
    OwnDraft,
    SaysTheSame,
    claim,
    delegate,
    open_suggestion,
    remind,
    suggest,
    take_as_approver,
    take_as_author,
)
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import NotReady, Writing, discard, save
from drafts.workflow import StaleDraft, State
from notices.models import Kind, Notice
from publishing.models import Delivery
from publishing.statements import is_proved
from tests.factories import ASKING, Scene, again, approve_it, handed_in, submitted

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


class TestTheOthers:
    """The other approvers hear of it at once, as long as it can be taken."""

    @pytest.fixture
    def others(self, scene: Scene) -> list[User]:
        scene.person(Role.COMMS_APPROVER, is_active=False)
        return [*User.objects.filter(memberships__role=Role.COMMS_DUTY, is_active=True)]

    def unread(self) -> dict[int, str]:
        rows = Notice.objects.unread().filter(kind=Kind.WAITING)
        return dict(rows.values_list("recipient_id", "text"))

    def test_are_told_and_the_suggester_is_not(
        self, draft: Draft, approver: User, others: list[User]
    ) -> None:
        suggested(draft, approver)
        words = (
            f"{approver} suggests other words for a tweet of {draft.author} for {draft.account}."
            " Whoever takes them first approves them."
        )
        assert self.unread() == {other.pk: words for other in others}
        assert {n.link for n in Notice.objects.all()} == {draft.get_absolute_url()}

    def test_hear_no_more_of_it_once_the_author_takes_it(
        self, draft: Draft, approver: User, others: list[User]
    ) -> None:
        suggestion = suggested(draft, approver)
        assert set(self.unread()) == {other.pk for other in others}
        take_as_author(suggestion, actor=draft.author, now=timezone.now())
        assert self.unread() == {}

    def test_nor_once_its_author_writes_something_else_or_ends_it(
        self, draft: Draft, approver: User, others: list[User]
    ) -> None:
        suggested(draft, approver)
        writing = Writing(text="Something else", account=draft.account, category="meeting")
        save(fresh(draft), writing, actor=draft.author, revision_number=1, now=timezone.now())
        assert self.unread() == {}
        Notice.objects.update(read_at=None)
        assert set(self.unread()) == {other.pk for other in others}
        discard(fresh(draft), actor=draft.author, now=timezone.now())
        assert self.unread() == {}

    def test_read_of_it_on_the_card_when_it_comes_again(
        self, draft: Draft, approver: User, others: list[User], client: Client
    ) -> None:
        client.force_login(others[0])
        said = "A colleague suggested other words"
        assert said not in client.get(reverse("approvals:queue")).content.decode()
        suggested(draft, approver)
        handed_in(fresh(draft))
        assert said in client.get(reverse("approvals:queue")).content.decode()


class TestWhoCovers:
    """They see no page of the draft: they take the words on a page of their own."""

    @pytest.fixture
    def cover(self, scene: Scene, approver: User) -> User:
        covering = scene.person(lpt=scene.other_account().lpt)
        absent, today = scene.person(Role.COMMS_APPROVER), timezone.localdate()
        delegate(
            absent, to=covering, since=today, until=today, reason="On leave", actor=absent,
            now=timezone.now(),
        )  # fmt: skip
        return covering

    def test_is_led_there_and_takes_it(
        self, draft: Draft, approver: User, cover: User, client: Client
    ) -> None:
        client.force_login(cover)
        link = draft.get_absolute_url()
        assert client.get(link).headers["location"] == reverse("approvals:review", args=[draft.pk])
        suggestion = suggested(draft, approver)
        (notice,) = Notice.objects.for_person(cover.pk).filter(kind=Kind.WAITING)
        page = client.get(notice.link, follow=True)
        take = reverse("approvals:take", args=[suggestion.pk])
        assert page.redirect_chain == [(take, 302)]
        assert BETTER in page.content.decode()
        assert "Take it and approve" in page.content.decode()
        done = client.post(take, follow=True)
        assert done.redirect_chain == [(reverse("approvals:queue"), 302)]
        assert "Taken and approved." in done.content.decode()
        assert Delivery.objects.get().approved_by == cover
        # Too late for whoever still has the page open.
        assert "Somebody was quicker" in client.get(take, follow=True).content.decode()

    def test_reads_that_somebody_was_quicker(
        self, draft: Draft, approver: User, cover: User, client: Client
    ) -> None:
        suggestion = suggested(draft, approver)
        take_as_author(suggestion, actor=draft.author, now=timezone.now())
        client.force_login(cover)
        take = reverse("approvals:take", args=[suggestion.pk])
        for answer in (client.get(take, follow=True), client.post(take, follow=True)):
            assert "Somebody was quicker" in answer.content.decode()
        assert not Delivery.objects.exists()

    def test_is_nobody_else(
        self, draft: Draft, approver: User, scene: Scene, client: Client
    ) -> None:
        suggestion = suggested(draft, approver)
        client.force_login(scene.person(lpt=scene.other_account().lpt))
        take = reverse("approvals:take", args=[suggestion.pk])
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert (client.get(take).status_code, client.post(take).status_code) == (404, 404)


class TestWhoeverMayDecide:
    """In somebody's place too: by a role that decides at all, and by no other."""

    @pytest.mark.parametrize("role", Role)
    def test_has_it_open_and_takes_it(
        self, draft: Draft, approver: User, scene: Scene, client: Client, role: Role
    ) -> None:
        team = scene.other_account().lpt if role in TEAM_ROLES else None
        person, absent = scene.person(role, lpt=team), scene.person(Role.COMMS_APPROVER)
        today, now = timezone.localdate(), timezone.now()
        # However they were named: today's service names nobody who decides nowhere.
        Delegation.objects.create(
            absent=absent, person=person, since=today, until=today, made_by=absent, made_at=now
        )
        client.force_login(person)
        opened = client.get(reverse("approvals:review", args=[draft.pk])).status_code
        take = reverse("approvals:take", args=[suggested(draft, approver).pk])
        taken = client.post(take).status_code
        may = again(person).has_perm("approvals.decide", fresh(draft))
        assert may == (role in DECIDERS)
        assert (opened, taken) == ((200, 302) if may else (403, 403))
        assert Delivery.objects.exists() == may


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
        # Nor a colleague who goes on with it, as its author has left.
        User.objects.filter(pk=draft.author_id).update(is_active=False)
        suggestion, colleague = Suggestion.objects.get(), scene.person()
        assert colleague.has_perm("drafts.edit", suggestion.draft)
        with pytest.raises(PermissionDenied):
            take_as_author(suggestion, actor=colleague, now=timezone.now())

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
