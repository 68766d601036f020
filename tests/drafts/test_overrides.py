"""Passing over a block: who may, which, for exactly which text, and that it is seen."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountKind, User
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Contribution, Draft, Override
from drafts.services import (
    NothingToPassOver,
    NotReady,
    Writing,
    blocks_to_pass_over,
    check_content,
    content_of,
    copy,
    override,
    overrides_of,
    save,
    standing_blocks,
    withdraw,
)
from drafts.timeline import timeline
from drafts.workflow import StaleDraft, State
from insights.services import figures
from notices.models import Notice
from policy.core import Finding, Report
from tests.factories import BLOCKED, CLEAN, Scene, approved, handed_in, submitted, written
from tests.pages import Page

pytestmark = pytest.mark.django_db

WHY = "The fair's own tag is the fourth, and people search for it."
TOO_LONG = "Meet us at the library. " * 20


@pytest.fixture
def scene() -> Scene:
    return Scene()


def key_of(draft: Draft) -> str:
    return blocks_to_pass_over(draft, now=timezone.now())[0].key


def passed_over(draft: Draft, *, by: User, reason: str = WHY) -> Override:
    return override(
        draft,
        finding=key_of(draft),
        reason=reason,
        revision_hash=draft.content_hash,
        actor=by,
        now=timezone.now(),
    )


def rewritten(draft: Draft, text: str, *, by: User | None = None) -> Draft:
    return save(
        draft,
        Writing(text=text, account=draft.account, category=draft.category),
        actor=by or draft.author,
        revision_number=draft.revision_number,
        now=timezone.now(),
    )


class TestPassingOver:
    def test_lets_exactly_this_text_into_the_queue(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        made = passed_over(draft, by=supervisor, reason=f"  {WHY}  ")
        assert (made.person, made.reason, made.rule) == (supervisor, WHY, "hashtags-max")
        assert made.content_hash == draft.content_hash
        assert handed_in(draft).state == State.SUBMITTED

    def test_tells_the_author_and_goes_into_the_trail_without_words(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        made = passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR))
        (notice,) = Notice.objects.filter(recipient_id=draft.author_id)
        assert "passed over “Too many hashtags”" in notice.text
        row = Record.objects.about(draft).get(verb=Verb.DRAFT_BLOCK_PASSED_OVER)
        assert row.data["rule"] == "hashtags-max"
        assert row.data["override"] == made.pk
        assert WHY not in str(row.data)
        assert "#Four".casefold() not in str(row.data).casefold()

    def test_stands_in_the_draft_s_history_with_the_reason(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR))
        newest = timeline(draft, reasons={})[0]
        assert (newest.title, newest.text) == ("A block was passed over", WHY)

    @pytest.mark.parametrize(
        "role",
        [Role.LPT_SUPERVISOR, Role.LPT_COMMANDER, Role.COMMS_APPROVER, Role.COMMS_DUTY],
    )
    def test_is_for_those_with_the_permission(self, scene: Scene, role: Role) -> None:
        assert passed_over(written(scene, text=BLOCKED), by=scene.person(role)).pk

    @pytest.mark.parametrize(
        "role",
        sorted(
            set(Role)
            - {Role.LPT_SUPERVISOR, Role.LPT_COMMANDER, Role.COMMS_APPROVER, Role.COMMS_DUTY}
        ),
    )
    def test_is_for_nobody_else(self, scene: Scene, role: Role) -> None:
        draft = written(scene, text=BLOCKED)
        with pytest.raises(PermissionDenied):
            passed_over(draft, by=scene.person(role))

    def test_is_not_for_a_supervisor_of_another_team(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        other = scene.other_account().lpt
        with pytest.raises(PermissionDenied):
            passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR, lpt=other))
        with pytest.raises(PermissionDenied):
            passed_over(draft, by=Scene().person(Role.COMMS_DUTY))

    def test_on_an_account_of_no_team_is_for_comms(self, scene: Scene) -> None:
        account = scene.other_account(lpt=None, kind=AccountKind.FORCE)
        author = scene.person(Role.COMMS_DUTY)
        draft = written(scene, author=author, account=account, text=BLOCKED)
        with pytest.raises(PermissionDenied):
            passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR))
        assert passed_over(draft, by=scene.person(Role.COMMS_APPROVER)).pk

    def test_needs_a_reason(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        with pytest.raises(PermissionDenied):
            passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR), reason="  ")

    def test_is_bound_to_the_text_that_was_shown(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        shown, key = draft.content_hash, key_of(draft)
        rewritten(draft, f"{BLOCKED} More.")
        with pytest.raises(StaleDraft):
            override(
                draft,
                finding=key,
                reason=WHY,
                revision_hash=shown,
                actor=scene.person(Role.LPT_SUPERVISOR),
                now=timezone.now(),
            )
        assert not Override.objects.exists()

    @pytest.mark.parametrize(
        "state", sorted(set(State) - {State.DRAFT, State.CHANGES_REQUESTED, State.SUBMITTED})
    )
    def test_comes_too_late_once_it_is_decided(self, scene: Scene, state: State) -> None:
        draft = written(scene, text=BLOCKED)
        key = key_of(draft)
        Draft.objects.filter(pk=draft.pk).update(state=state)
        with pytest.raises(StaleDraft):
            override(
                draft,
                finding=key,
                reason=WHY,
                revision_hash=draft.content_hash,
                actor=scene.person(Role.LPT_SUPERVISOR),
                now=timezone.now(),
            )

    def test_of_what_stops_nothing_is_refused(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        with pytest.raises(NothingToPassOver):
            override(
                draft,
                finding="hashtags-max:#five",
                reason=WHY,
                revision_hash=draft.content_hash,
                actor=scene.person(Role.LPT_SUPERVISOR),
                now=timezone.now(),
            )

    def test_of_what_nobody_passes_over_is_refused(self, scene: Scene) -> None:
        draft = written(scene, text=TOO_LONG)
        assert blocks_to_pass_over(draft, now=timezone.now()) == []
        (block,) = check_content(content_of(draft), now=timezone.now()).blocking
        with pytest.raises(NothingToPassOver):
            override(
                draft,
                finding=block.key,
                reason=WHY,
                revision_hash=draft.content_hash,
                actor=scene.person(Role.LPT_SUPERVISOR),
                now=timezone.now(),
            )


def wrote_it(scene: Scene) -> tuple[Draft, User]:
    person = scene.person(Role.LPT_SUPERVISOR)
    return written(scene, author=person, text=BLOCKED), person


def edited_it_once(scene: Scene) -> tuple[Draft, User]:
    person = scene.person(Role.LPT_SUPERVISOR)
    draft = rewritten(written(scene), f"{CLEAN} Bring a friend.", by=person)
    return rewritten(draft, BLOCKED), person


def submitted_it_once(scene: Scene) -> tuple[Draft, User]:
    person = scene.person(Role.LPT_SUPERVISOR)
    draft = submitted(scene, actor=person)
    withdraw(draft, actor=draft.author, now=timezone.now())
    return rewritten(draft, BLOCKED), person


def wrote_what_was_copied(scene: Scene) -> tuple[Draft, User]:
    draft, person = wrote_it(scene)
    return copy(draft, actor=scene.person(), now=timezone.now()), person


PARTS: list[Callable[[Scene], tuple[Draft, User]]] = [
    wrote_it,
    edited_it_once,
    submitted_it_once,
    wrote_what_was_copied,
]


class TestWhoeverHadAPart:
    @pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
    def test_passes_over_nothing(
        self, scene: Scene, part: Callable[[Scene], tuple[Draft, User]]
    ) -> None:
        draft, person = part(scene)
        with pytest.raises(PermissionDenied):
            passed_over(draft, by=person)

    @pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
    def test_is_refused_by_the_database_itself(
        self, scene: Scene, part: Callable[[Scene], tuple[Draft, User]]
    ) -> None:
        draft, person = part(scene)
        with pytest.raises(DatabaseError, match="contributed to"), transaction.atomic():
            Override.objects.create(
                draft=draft,
                content_hash=draft.content_hash,
                finding=key_of(draft),
                rule="hashtags-max",
                reason=WHY,
                person=person,
                at=timezone.now(),
            )

    def test_later_voids_what_they_passed_over(self, scene: Scene) -> None:
        draft, supervisor = written(scene, text=BLOCKED), scene.person(Role.LPT_SUPERVISOR)
        passed_over(draft, by=supervisor)
        Contribution.objects.create(draft=draft, person=supervisor)
        assert overrides_of(content_of(draft)) == []
        with pytest.raises(NotReady):
            handed_in(draft)

    def test_by_submitting_it_cannot_use_their_own_leave(self, scene: Scene) -> None:
        draft, supervisor = written(scene, text=BLOCKED), scene.person(Role.LPT_SUPERVISOR)
        passed_over(draft, by=supervisor)
        with pytest.raises(NotReady):
            handed_in(draft, actor=supervisor)
        assert handed_in(draft).state == State.SUBMITTED


class TestTheFigures:
    def test_count_what_was_passed_over(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR))
        handed_in(draft)
        assert figures(scene.force, since=draft.created_at)["hashtags-max"].overridden == 1


class TestAnotherText:
    def test_is_stopped_again(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR))
        rewritten(draft, BLOCKED.replace("library", "town hall"))
        with pytest.raises(NotReady):
            handed_in(draft)

    def test_of_the_same_draft_that_says_the_same_again_is_not(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR))
        rewritten(draft, CLEAN)
        rewritten(draft, BLOCKED)
        assert handed_in(draft).state == State.SUBMITTED

    def test_that_is_a_copy_is_stopped(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR))
        with pytest.raises(NotReady):
            handed_in(copy(draft, actor=draft.author, now=timezone.now()))


class TestStandingBlocks:
    def block(self, scene: Scene) -> tuple[Report, Finding]:
        report = check_content(content_of(written(scene, text=BLOCKED)), now=timezone.now())
        (finding,) = report.blocking
        return report, finding

    def test_are_those_that_nobody_passed_over(self, scene: Scene) -> None:
        report, finding = self.block(scene)
        assert standing_blocks(report, set()) == [finding]
        assert standing_blocks(report, {"hashtags-max:#other"}) == [finding]
        assert standing_blocks(report, {finding.key}) == []

    @pytest.mark.parametrize("change", [{"is_legal": True}, {"overridable_by": ""}], ids=str)
    def test_are_always_those_of_the_law_and_those_that_nobody_may_pass_over(
        self, scene: Scene, change: dict[str, object]
    ) -> None:
        report, finding = self.block(scene)
        hard = replace(finding, **change)  # type: ignore[arg-type]  # as given
        report = replace(report, findings=(hard,))
        assert standing_blocks(report, {hard.key}) == [hard]


class TestThePage:
    def path(self, draft: Draft) -> str:
        return reverse("drafts:pass-over", args=[draft.pk])

    def test_is_offered_to_a_supervisor_who_had_no_part(self, client: Client, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        client.force_login(scene.person(Role.LPT_SUPERVISOR))
        page = Page.of(client.get(draft.get_absolute_url()))
        assert self.path(draft) in {a.attrs["href"] for a in page.root.all("a")}

    def test_is_not_offered_to_others_or_without_a_block(
        self, client: Client, scene: Scene
    ) -> None:
        draft, clean = written(scene, text=BLOCKED), written(scene)
        for person, shown in (
            (draft.author, draft),
            (scene.person(), draft),
            (scene.person(Role.LPT_SUPERVISOR), clean),
        ):
            client.force_login(person)
            page = Page.of(client.get(shown.get_absolute_url()))
            assert self.path(shown) not in {a.attrs["href"] for a in page.root.all("a")}

    def test_takes_the_reason_and_says_what_it_means(self, client: Client, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        client.force_login(scene.person(Role.LPT_SUPERVISOR))
        path = self.path(draft)
        form = Page.of(client.get(path)).form(path)
        assert form["finding"] == key_of(draft)
        answer = client.post(path, form | {"reason": WHY}, follow=True)
        page = Page.of(answer)
        assert page.messages == [
            "Passed over. It holds for exactly this text, and its author was told."
        ]
        assert WHY in page.main
        assert path not in {a.attrs["href"] for a in page.root.all("a")}

    def test_asks_for_the_reason_and_keeps_what_was_chosen(
        self, client: Client, scene: Scene
    ) -> None:
        draft = written(scene, text=BLOCKED)
        client.force_login(scene.person(Role.LPT_SUPERVISOR))
        path = self.path(draft)
        form = Page.of(client.get(path)).form(path)
        response = client.post(path, form | {"reason": " "})
        assert response.status_code == 422
        page = Page.of(response)
        assert page.problems == [("Say why this may go out all the same.", "#id_reason")]
        assert page.form(path)["finding"] == form["finding"]

    def test_refuses_what_changed_meanwhile(self, client: Client, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        client.force_login(scene.person(Role.LPT_SUPERVISOR))
        path = self.path(draft)
        form = Page.of(client.get(path)).form(path)
        rewritten(draft, f"{BLOCKED} More.")
        page = Page.of(client.post(path, form | {"reason": WHY}, follow=True))
        assert page.messages == ["This draft changed while you were reading it. Look at it again."]
        assert not Override.objects.exists()

    def test_leads_back_where_nothing_can_be_passed_over(
        self, client: Client, scene: Scene
    ) -> None:
        draft = written(scene)
        client.force_login(scene.person(Role.LPT_SUPERVISOR))
        response = client.get(self.path(draft))
        assert response.headers["Location"] == draft.get_absolute_url()

    def test_is_closed_to_whoever_had_a_part_and_to_other_teams(
        self, client: Client, scene: Scene
    ) -> None:
        draft, supervisor = wrote_it(scene)
        path = self.path(draft)
        typed = {"finding": key_of(draft), "reason": WHY, "revision_hash": draft.content_hash}
        for person, got, posted in (
            (supervisor, 302, 403),
            (scene.person(), 302, 403),
            (scene.person(Role.LPT_SUPERVISOR, lpt=scene.other_account().lpt), 404, 404),
        ):
            client.force_login(person)
            assert client.get(path).status_code == got
            assert client.post(path, typed).status_code == posted
        assert not Override.objects.exists()


class TestTheWritePage:
    def words(self, client: Client, draft: Draft, text: str) -> str:
        path = reverse("drafts:edit", args=[draft.pk])
        form = Page.of(client.get(path)).form(path)
        return Page.of(client.post("/write/check/", form | {"text": text})).root.text

    def test_says_that_a_supervisor_could_help(self, client: Client, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        client.force_login(draft.author)
        words = self.words(client, draft, BLOCKED)
        assert "1 thing stops this from being submitted." in words
        assert "ask a supervisor who wrote none of it" in words
        assert "ask a supervisor" not in self.words(client, draft, TOO_LONG)

    def test_says_what_was_passed_over_for_as_long_as_the_text_is_the_same(
        self, client: Client, scene: Scene
    ) -> None:
        draft = written(scene, text=BLOCKED)
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        passed_over(draft, by=supervisor)
        client.force_login(supervisor)
        assert "1 thing stops this from being submitted." in self.words(client, draft, BLOCKED)
        client.force_login(draft.author)
        page = Page.of(client.get(reverse("drafts:edit", args=[draft.pk])))
        for words in (page.main, self.words(client, draft, BLOCKED)):
            assert f"Passed over by {supervisor}" in words
            assert "Nothing stops you from submitting." in words
        words = self.words(client, draft, f"{BLOCKED} More.")
        assert "Passed over" not in words
        assert "1 thing stops this from being submitted." in words


class TestARow:
    def test_is_never_changed_and_never_deleted(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        passed_over(draft, by=scene.person(Role.LPT_SUPERVISOR))
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Override.objects.update(reason="Another")
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            Override.objects.all()._raw_delete("default")

    def test_says_why(self, scene: Scene) -> None:
        draft = written(scene, text=BLOCKED)
        with pytest.raises(DatabaseError, match="override_says_why"), transaction.atomic():
            Override.objects.create(
                draft=draft,
                content_hash=draft.content_hash,
                finding="hashtags-max:#four",
                rule="hashtags-max",
                reason="",
                person=scene.person(Role.LPT_SUPERVISOR),
                at=timezone.now(),
            )


class TestAnApprovedDraft:
    def test_offers_nothing_more(self, scene: Scene) -> None:
        draft = approved(scene)
        assert blocks_to_pass_over(draft, now=timezone.now()) == []
