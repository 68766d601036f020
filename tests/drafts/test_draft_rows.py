"""What the database itself refuses about drafts, whatever code asks for it."""

from collections.abc import Callable

import pytest
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import AccountKind
from accounts.roles import Role
from drafts.models import Contribution, Draft, Revision, Submission, cursor_of
from drafts.models.draft import read_cursor
from drafts.workflow import State
from tests.factories import Scene, SocialAccountFactory, submitted, written

pytestmark = pytest.mark.django_db


def refused(statement: Callable[[], object], *, words: str) -> None:
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        statement()


def run(sql: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


class TestARevision:
    def test_is_never_changed(self) -> None:
        written(Scene())
        words = "drafts_revision rows are never changed"
        refused(lambda: Revision.objects.update(text="Another"), words=words)
        refused(lambda: run("UPDATE drafts_revision SET content_hash = 'x'"), words=words)

    def test_is_never_deleted(self) -> None:
        written(Scene())
        words = "drafts_revision rows are never deleted"
        refused(lambda: run("DELETE FROM drafts_revision"), words=words)

    def test_has_a_number_of_its_own(self) -> None:
        draft = written(Scene())
        copy = draft.current_revision
        copy.pk = None
        refused(copy.save, words="revision_number_once")

    def test_makes_its_author_a_contributor_even_by_a_raw_insert(self) -> None:
        scene = Scene()
        draft, somebody = written(scene), scene.person()
        run(
            "INSERT INTO drafts_revision (draft_id, number, author_id, created_at, account_id,"
            " text, kind, source, media, alt_texts, category, purpose, content_hash, hash_version,"
            " case_stage, offence, naming_by, naming_rank, naming_role, naming_rationale)"
            " VALUES (%s, 2, %s, now(), %s, 'Raw', 'original', '{}', '[]', '[]', '', '', '', 1,"
            " '', '', '', '', '', '')",
            draft.pk,
            somebody.pk,
            draft.account_id,
        )
        assert draft.contributions.filter(person=somebody).exists()

    def test_by_the_same_author_makes_no_second_contribution(self) -> None:
        draft = written(Scene())
        revision = draft.current_revision
        revision.pk, revision.number = None, 2
        revision.save()
        assert draft.contributions.count() == 1


class TestASubmissionRow:
    def test_is_never_changed_and_never_deleted(self) -> None:
        submitted(Scene())
        changed = "drafts_submission rows are never changed"
        refused(lambda: Submission.objects.update(answers={}), words=changed)
        deleted = "drafts_submission rows are never deleted"
        refused(lambda: run("DELETE FROM drafts_submission"), words=deleted)

    def test_makes_its_person_a_contributor_even_by_a_raw_insert(self) -> None:
        scene = Scene()
        draft, somebody = written(scene), scene.person()
        run(
            "INSERT INTO drafts_submission (revision_id, draft_id, person_id, at, report, answers,"
            " generation, declaration) VALUES (%s, %s, %s, now(), '{}', '{}', 1, '')",
            draft.current_revision.pk,
            draft.pk,
            somebody.pk,
        )
        assert draft.contributions.filter(person=somebody).exists()


class TestAContribution:
    def test_is_never_taken_away(self) -> None:
        scene = Scene()
        written(scene)
        somebody = scene.person()
        changed = "drafts_contribution rows are never changed"
        refused(lambda: Contribution.objects.update(person=somebody), words=changed)
        deleted = "drafts_contribution rows are never deleted"
        refused(lambda: run("DELETE FROM drafts_contribution"), words=deleted)


class TestADraftRow:
    def test_is_in_no_state_that_there_is_not(self) -> None:
        written(Scene())
        refused(lambda: Draft.objects.update(state="lost"), words="draft_state")

    def test_waits_for_review_only_with_a_place_in_the_queue(self) -> None:
        written(Scene())
        words = "submitted_draft_is_in_the_queue"
        refused(lambda: Draft.objects.update(state=State.SUBMITTED), words=words)

    def test_names_itself_without_its_words(self) -> None:
        draft = written(Scene(), text="Nobody's business")
        assert str(draft) == f"draft {draft.pk} for {draft.account}"
        assert str(draft.current_revision) == f"Revision 1 of draft {draft.pk}"
        contribution = draft.contributions.get()
        assert str(contribution) == f"{draft.author} contributed to draft {draft.pk}"

    def test_names_its_submission_likewise(self) -> None:
        draft = submitted(Scene())
        submission = draft.submissions.get()
        assert str(submission) == f"Submission of Revision 1 of draft {draft.pk}"


class TestWhoSeesADraft:
    @pytest.mark.parametrize(
        ("role", "sees"),
        [(role, role in {Role.OFFICER, Role.LPT_SUPERVISOR, Role.LPT_COMMANDER,
                         Role.COMMS_APPROVER, Role.COMMS_DUTY}) for role in Role],
    )  # fmt: skip
    def test_depends_on_the_role(self, role: Role, *, sees: bool) -> None:
        scene = Scene()
        draft = written(scene)
        assert (draft in Draft.objects.visible_to(scene.person(role))) == sees

    def test_depends_on_the_team_and_the_force(self) -> None:
        scene, elsewhere = Scene(), Scene()
        draft = written(scene)
        outsiders = [
            scene.person(lpt=scene.other_account().lpt),
            elsewhere.person(),
            elsewhere.person(Role.COMMS_APPROVER),
        ]
        for outsider in outsiders:
            assert draft not in Draft.objects.visible_to(outsider)

    @pytest.mark.parametrize("kind", [AccountKind.CENTRAL, AccountKind.OFFICER])
    def test_takes_in_central_teams_for_their_own_accounts(self, kind: AccountKind) -> None:
        scene = Scene()
        central = SocialAccountFactory.create(force=scene.force, lpt=None, kind=kind)
        member = scene.central_officer()
        draft = written(scene, author=member, account=central)
        assert draft in Draft.objects.visible_to(member)
        assert draft not in Draft.objects.visible_to(scene.person())

    def test_keeps_the_force_account_to_comms(self) -> None:
        scene = Scene()
        force = SocialAccountFactory.create(force=scene.force, lpt=None, kind=AccountKind.FORCE)
        comms = scene.person(Role.COMMS_DUTY)
        draft = written(scene, author=comms, account=force)
        assert draft in Draft.objects.visible_to(comms)
        assert draft not in Draft.objects.visible_to(scene.central_officer())


class TestACursor:
    def test_leads_back_to_its_place(self) -> None:
        moment = timezone.now()
        assert read_cursor(cursor_of(moment, 7)) == (moment, 7)

    @pytest.mark.parametrize(
        "cursor",
        ["", "_", "1_", "_1", "x_1", "1_x", "-1_1", "1" * 18 + "_1", "1_" + "1" * 19, "1_1_1"],
    )
    def test_that_is_none_starts_at_the_beginning(self, cursor: str) -> None:
        draft = submitted(Scene())
        assert list(Draft.objects.older_than(cursor)) == [draft]
        assert list(Draft.objects.due_after(cursor)) == [draft]
