"""Writing, changing and copying drafts through the services."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.utils import timezone

from accounts.models import AccountKind, AccountStatus, SocialAccount
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Contribution, Draft, Revision
from drafts.services import Writing, copy, save, write
from drafts.workflow import Move, StaleDraft, State
from tests.factories import CLEAN, Scene, SocialAccountFactory, UserFactory, in_, written

pytestmark = pytest.mark.django_db


def verbs(draft: Draft) -> list[str]:
    return [row.verb for row in Record.objects.about(draft)]


class TestANewDraft:
    def test_has_one_revision_whose_hash_it_carries(self) -> None:
        scene = Scene()
        draft = written(scene)
        revision = Revision.objects.get(draft=draft)
        assert (draft.state, draft.revision_number, revision.number) == (State.DRAFT, 1, 1)
        assert draft.content_hash == revision.content_hash == revision.content().digest()
        draft.refresh_from_db()
        assert draft.content_hash == revision.content_hash

    def test_makes_its_author_a_contributor_and_goes_into_the_trail(self) -> None:
        scene = Scene()
        draft = written(scene)
        assert Contribution.objects.get(draft=draft).person == draft.author
        row = Record.objects.about(draft).get()
        assert row.verb == Verb.DRAFT_WRITTEN
        assert row.data == {"revision": 1, "hash": draft.content_hash}

    def test_takes_its_purpose_from_its_category(self) -> None:
        draft = written(Scene(), category="meeting")
        assert draft.purpose == "Tell people when and where they can meet their team"
        assert draft.category_label == "Meeting"

    def test_gets_its_category_from_its_words_when_nobody_chose_one(self) -> None:
        assert written(Scene(), text="Meet your team", category="").category == "meeting"

    def test_has_no_purpose_when_the_category_is_gone(self) -> None:
        draft = written(Scene(), category="no-longer-there")
        assert draft.purpose == ""
        assert draft.category_label == "Not said"

    def test_keeps_the_time_as_it_was_chosen(self) -> None:
        planned = in_(timedelta(hours=3))
        draft = written(Scene(), planned=planned)
        assert (draft.planned_at, draft.planned_wall, draft.planned_zone) == (
            planned.at,
            planned.wall,
            "Europe/London",
        )

    def test_stores_the_line_ends_that_are_counted(self) -> None:
        assert written(Scene(), text="one\r\ntwo").text == "one\ntwo"

    @pytest.mark.parametrize(
        ("role", "kind", "may"),
        [
            (Role.OFFICER, AccountKind.LPT, True),
            (Role.OFFICER, AccountKind.COMMANDER, True),
            (Role.OFFICER, AccountKind.OFFICER, True),
            (Role.OFFICER, AccountKind.FORCE, False),
            (Role.LPT_SUPERVISOR, AccountKind.LPT, True),
            (Role.LPT_COMMANDER, AccountKind.LPT, True),
            (Role.LPT_COMMANDER, AccountKind.FORCE, False),
            (Role.COMMS_APPROVER, AccountKind.FORCE, True),
            (Role.COMMS_APPROVER, AccountKind.LPT, True),
            (Role.COMMS_DUTY, AccountKind.FORCE, True),
            (Role.COMMS_ADMIN, AccountKind.LPT, False),
            (Role.POLICY_OWNER, AccountKind.LPT, False),
            (Role.PSD, AccountKind.LPT, False),
            (Role.FOI_OFFICER, AccountKind.LPT, False),
            (Role.DPO, AccountKind.LPT, False),
        ],
    )
    def test_is_written_by_those_who_may(self, role: Role, kind: AccountKind, *, may: bool) -> None:
        scene = Scene()
        account = SocialAccountFactory.create(force=scene.force, lpt=scene.lpt, kind=kind)
        person = scene.person(role)
        if may:
            assert written(scene, author=person, account=account).pk
        else:
            with pytest.raises(PermissionDenied):
                written(scene, author=person, account=account)

    def test_is_not_written_for_another_team(self) -> None:
        scene = Scene()
        with pytest.raises(PermissionDenied):
            written(scene, author=scene.person(), account=scene.other_account())

    @pytest.mark.parametrize("role", [Role.COMMS_APPROVER, Role.OFFICER])
    def test_is_not_written_for_another_force(self, role: Role) -> None:
        scene, elsewhere = Scene(), Scene()
        with pytest.raises(PermissionDenied):
            written(scene, author=elsewhere.person(role), account=scene.account)


class TestTheSameFormSentTwice:
    def test_makes_one_draft(self) -> None:
        scene = Scene()
        author, key = scene.person(), uuid.uuid4()
        first = written(scene, author=author, key=key, text="Meet us")
        second = written(scene, author=author, key=key, text="Meet us")
        assert first.pk == second.pk
        assert second.content_hash == first.content_hash
        assert verbs(first) == [Verb.DRAFT_WRITTEN]

    def test_does_not_pass_other_words_off_as_the_first(self) -> None:
        scene = Scene()
        author, key = scene.person(), uuid.uuid4()
        first = written(scene, author=author, key=key)
        with pytest.raises(StaleDraft):
            written(scene, author=author, key=key, text="Something else")
        first.refresh_from_db()
        assert first.text == CLEAN

    def test_gives_nobody_the_draft_of_somebody_else(self) -> None:
        scene = Scene()
        first = written(scene)
        with pytest.raises(PermissionDenied):
            written(scene, author=scene.person(), key=first.key)

    def test_does_not_hide_another_fault_of_the_database(self) -> None:
        scene = Scene()
        author = scene.person()
        gone = SocialAccount(
            pk=999_999_999, force=scene.force, lpt=scene.lpt, handle="Gone", kind=AccountKind.LPT
        )
        with connection.cursor() as cursor:
            # Asked at once and not at the end of the transaction, as at a real commit.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError):
            write(Writing(text=CLEAN, account=gone), author=author, now=timezone.now())


def saved(draft: Draft, text: str, **changes: object) -> Draft:
    """`draft` after its author saved `text` over the revision that `draft` knows."""
    return save(
        draft,
        Writing(text=text, account=draft.account, category=draft.category),
        actor=draft.author,
        revision_number=draft.revision_number,
        now=timezone.now(),
    )


class TestASave:
    def test_makes_the_next_revision_and_keeps_the_first(self) -> None:
        draft = saved(written(Scene()), "Two")
        assert (draft.text, draft.revision_number) == ("Two", 2)
        texts = draft.revisions.order_by("number").values_list("text", flat=True)
        assert list(texts) == [CLEAN, "Two"]
        assert draft.content_hash == draft.current_revision.content_hash
        assert verbs(draft) == [Verb.DRAFT_WRITTEN, Verb.DRAFT_EDITED]

    def test_that_changes_nothing_makes_no_revision(self) -> None:
        draft = saved(written(Scene()), CLEAN)
        assert (draft.revision_number, draft.revisions.count()) == (1, 1)
        assert verbs(draft) == [Verb.DRAFT_WRITTEN]

    def test_of_another_time_is_a_change(self) -> None:
        draft = written(Scene())
        writing = Writing(
            text=draft.text,
            account=draft.account,
            category=draft.category,
            planned=in_(timedelta(hours=2)),
        )
        save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())
        draft.refresh_from_db()
        assert draft.revision_number == 2
        # The time is not part of what goes out; the number is what an approval sees change.
        assert draft.content_hash == draft.revisions.get(number=1).content_hash

    def test_by_a_colleague_makes_them_a_contributor(self) -> None:
        scene = Scene()
        draft, colleague = written(scene), scene.person()
        writing = Writing(text="Better", account=draft.account, category="meeting")
        save(draft, writing, actor=colleague, revision_number=1, now=timezone.now())
        people = set(draft.contributions.values_list("person", flat=True))
        assert people == {draft.author_id, colleague.pk}
        assert draft.current_revision.author == colleague

    def test_over_an_old_revision_is_refused_and_loses_nothing(self) -> None:
        draft = written(Scene())
        stale = Draft.objects.get(pk=draft.pk)
        saved(draft, "Saved first")
        with pytest.raises(StaleDraft):
            saved(stale, "Saved second")
        draft.refresh_from_db()
        assert draft.text == "Saved first"
        assert draft.revisions.count() == 2

    def test_of_an_old_text_over_an_old_revision_is_refused_too(self) -> None:
        draft = written(Scene())
        stale = Draft.objects.get(pk=draft.pk)
        saved(draft, "Saved first")
        with pytest.raises(StaleDraft):
            saved(stale, CLEAN)

    @pytest.mark.parametrize("state", [State.CHANGES_REQUESTED, State.EXPIRED])
    def test_by_its_author_begins_again_what_came_back(self, state: State) -> None:
        draft = written(Scene())
        Draft.objects.filter(pk=draft.pk).update(state=state)
        draft.refresh_from_db()
        assert saved(draft, "Again").state == State.DRAFT

    def test_by_a_colleague_is_refused_for_what_came_back_to_its_author(self) -> None:
        scene = Scene()
        draft = written(scene)
        Draft.objects.filter(pk=draft.pk).update(state=State.CHANGES_REQUESTED)
        draft.refresh_from_db()
        writing = Writing(text="Mine now", account=draft.account)
        with pytest.raises(PermissionDenied):
            save(draft, writing, actor=scene.person(), revision_number=1, now=timezone.now())

    def test_for_an_account_of_another_team_is_refused(self) -> None:
        scene = Scene()
        draft = written(scene)
        writing = Writing(text=CLEAN, account=scene.other_account())
        with pytest.raises(PermissionDenied):
            save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())

    def test_without_a_role_is_refused(self) -> None:
        draft = written(Scene())
        writing = Writing(text="Mine now", account=draft.account)
        with pytest.raises(PermissionDenied):
            save(draft, writing, actor=UserFactory.create(), revision_number=1, now=timezone.now())


class TestACopy:
    @pytest.mark.parametrize("state", State)
    def test_starts_again_from_any_state(self, state: State) -> None:
        scene = Scene()
        draft = written(scene, planned=in_(timedelta(hours=3)))
        now = timezone.now()
        Draft.objects.filter(pk=draft.pk).update(state=state, submitted_at=now, queue_at=now)
        colleague = scene.person()
        fresh = copy(draft, actor=colleague, now=now)
        assert (fresh.text, fresh.account, fresh.category) == (
            draft.text,
            draft.account,
            draft.category,
        )
        assert (fresh.state, fresh.planned_at, fresh.author) == (State.DRAFT, None, colleague)
        assert fresh.copied_from == draft
        assert verbs(fresh) == [Verb.DRAFT_COPIED]

    def test_is_refused_to_another_team(self) -> None:
        scene = Scene()
        draft = written(scene)
        outsider = scene.person(lpt=scene.other_account().lpt)
        with pytest.raises(PermissionDenied):
            copy(draft, actor=outsider, now=timezone.now())

    def test_of_a_closed_account_can_be_kept_as_a_draft(self) -> None:
        scene = Scene()
        draft = written(scene)
        SocialAccount.objects.update(status=AccountStatus.CLOSED)
        assert copy(draft, actor=draft.author, now=timezone.now()).state == State.DRAFT


class TestAMove:
    def test_needs_a_query_that_selects_the_one_draft(self) -> None:
        scene = Scene()
        drafts = [written(scene), written(scene)]
        with pytest.raises(StaleDraft):
            Draft.objects.filter(pk=0).move(Move.DISCARD)
        assert {draft.state for draft in drafts} == {State.DRAFT}
