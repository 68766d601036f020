"""What is declared about a case: asked where it matters, bound to the approval, judged by."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountKind, SocialAccount, User
from accounts.roles import Role
from drafts.case import NAMING_KINDS, NOTHING, OFFENCES, STAGES, Declared, Naming, may_name
from drafts.models import Draft, Revision
from drafts.services import (
    NotReady,
    Writing,
    check_content,
    check_revision,
    content_of,
    copy,
    save,
)
from drafts.timeline import timeline
from drafts.workflow import State
from policy.core import CaseStage, Offence
from tests.factories import CASE, CLEAN, NAMING, Scene, approve_it, handed_in, submitted, written
from tests.pages import Page

pytestmark = pytest.mark.django_db

WRITE, CHECK = "/write/", "/write/check/"
ANSWERED = {"case_stage": "arrested", "offence": "other", "under_18": "no"}
ASKED = [
    ("Say how far the case has gone.", "#id_case_stage_0"),
    ("Say what kind of offence it is.", "#id_offence_0"),
    ("Say whether anyone in the case is under 18.", "#id_under_18_0"),
]


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    # Nothing is submitted where nobody could ever decide.
    scene.person(Role.COMMS_APPROVER)
    return scene


@pytest.fixture
def officer(scene: Scene, client: Client) -> User:
    officer = scene.person()
    client.force_login(officer)
    return officer


@pytest.fixture
def force_account(scene: Scene) -> SocialAccount:
    return scene.other_account(lpt=None, kind=AccountKind.FORCE)


def saved(draft: Draft, declared: Declared, **writing: object) -> Draft:
    told = {"text": draft.text, "account": draft.account, "category": "arrest"} | writing
    return save(
        draft,
        Writing(declared=declared, **told),  # type: ignore[arg-type]  # as given
        actor=draft.author,
        revision_number=draft.revision_number,
        now=timezone.now(),
    )


class TestWhatIsDeclared:
    def test_stands_in_the_revision_and_in_what_is_approved(self, scene: Scene) -> None:
        draft = written(scene, category="arrest", declared=CASE)
        revision = draft.current_revision
        assert (revision.case_stage, revision.offence, revision.under_18) == (
            "arrested",
            "other",
            False,
        )
        assert dict(revision.content().case)["case_stage"] == "arrested"
        assert revision.content_hash == revision.content().digest(revision.hash_version)

    @pytest.mark.parametrize(
        "change",
        [{"case_stage": "charged"}, {"offence": "sexual"}, {"under_18": True}, {"under_18": None}],
        ids=str,
    )
    def test_changed_is_another_revision_and_another_hash(
        self, scene: Scene, change: dict[str, object]
    ) -> None:
        draft = written(scene, category="arrest", declared=CASE)
        before = draft.content_hash
        saved(draft, replace(CASE, **change))  # type: ignore[arg-type]  # as given
        assert (draft.revision_number, draft.content_hash != before) == (2, True)

    def test_unchanged_makes_no_revision(self, scene: Scene) -> None:
        draft = written(scene, category="arrest", declared=CASE)
        saved(draft, CASE)
        assert draft.revision_number == 1

    def test_counts_only_in_a_category_about_a_case(self, scene: Scene) -> None:
        draft = written(scene, category="meeting", declared=CASE)
        assert draft.current_revision.declared == NOTHING

    def test_counts_in_a_category_that_was_guessed(self, scene: Scene) -> None:
        text = "A man has been arrested on suspicion of theft."
        draft = written(scene, text=text, category="", declared=CASE)
        assert (draft.category, draft.current_revision.declared) == ("arrest", CASE)

    def test_is_what_the_rulebook_judges_by(self, scene: Scene) -> None:
        facts = CASE.facts(scene.account)
        assert (facts.stage, facts.offence, facts.under_18) == (
            CaseStage.ARRESTED,
            Offence.OTHER,
            False,
        )
        assert NOTHING.facts(scene.account).under_18 is None

    def test_goes_along_with_a_copy(self, scene: Scene) -> None:
        draft = written(scene, category="arrest", declared=CASE)
        twin = copy(draft, actor=draft.author, now=timezone.now())
        assert twin.current_revision.declared == CASE

    def test_stands_in_the_history_when_it_is_new(self, scene: Scene) -> None:
        draft = written(scene, category="arrest")
        saved(draft, CASE)
        saved(draft, CASE, text="Other words")
        saved(draft, NOTHING, text="Other words")
        told = [entry.text for entry in timeline(draft, reasons={})][::-1]
        assert told == [
            "",
            "Case stage: arrested, in custody or on bail. Offence: another offence."
            " Under 18: nobody.",
            "",
            "The answers about the case were taken out.",
        ]

    def test_has_words_for_every_stage_and_offence(self) -> None:
        assert {stage for stage, _ in STAGES} == set(CaseStage)
        assert {offence for offence, _ in OFFENCES} == set(Offence)
        for stage, label in STAGES:
            assert Declared(case_stage=stage).lines == [("Case stage", label)]
        for offence, label in OFFENCES:
            assert Declared(offence=offence).lines == [("Offence", label)]


class TestARevisionOfTheFirstVersion:
    def test_is_still_verified_by_its_own_hash(self, scene: Scene) -> None:
        draft = written(scene)
        old = draft.current_revision
        row = Revision.objects.get(pk=old.pk)
        row.pk, row.number, row.hash_version = None, 2, 1
        row.content_hash = row.content().digest(1)
        row.save()
        Draft.objects.filter(pk=draft.pk).update(revision_number=2, content_hash=row.content_hash)
        draft.refresh_from_db()
        assert row.content_hash != old.content_hash
        # A save that changes nothing leaves the draft with the hash of its revision.
        save(
            draft,
            Writing(text=draft.text, account=draft.account, category=draft.category),
            actor=draft.author,
            revision_number=2,
            now=timezone.now(),
        )
        assert (draft.revision_number, draft.content_hash) == (2, row.content_hash)
        handed_in(draft)
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        revision = delivery.revision
        assert revision.content().digest(revision.hash_version) == delivery.approved_hash


class TestSubmitting:
    def test_asks_for_everything_that_is_missing(self, scene: Scene) -> None:
        draft = written(scene, category="arrest")
        with pytest.raises(NotReady) as refused:
            handed_in(draft)
        assert [(p.sentence, f"#id_{p.field}_0") for p in refused.value.problems] == ASKED

    def test_asks_for_nothing_in_another_category(self, scene: Scene) -> None:
        assert submitted(scene, category="advice").state == State.SUBMITTED

    def test_passes_with_answers(self, scene: Scene) -> None:
        assert submitted(scene, category="arrest", declared=CASE).state == State.SUBMITTED

    def test_takes_no_for_an_answer(self, scene: Scene) -> None:
        none = Declared(case_stage="none", offence="none", under_18=False)
        assert submitted(scene, category="missing-person", declared=none).state == State.SUBMITTED


class TestADecisionToName:
    def test_counts_on_an_account_that_is_no_team_s(
        self, scene: Scene, force_account: SocialAccount
    ) -> None:
        facts = replace(CASE, naming=NAMING).facts(force_account)
        assert facts.is_naming_decided

    @pytest.mark.parametrize("kind", sorted(set(AccountKind) - NAMING_KINDS))
    def test_never_counts_on_an_account_of_a_team(self, scene: Scene, kind: AccountKind) -> None:
        account = scene.other_account(lpt=scene.lpt, kind=kind)
        assert not may_name(account)
        assert not replace(CASE, naming=NAMING).facts(account).is_naming_decided
        draft = written(
            scene, account=account, category="arrest", declared=replace(CASE, naming=NAMING)
        )
        assert draft.current_revision.declared == CASE

    @pytest.mark.parametrize("part", ["naming_by", "naming_rank", "naming_role"])
    def test_counts_only_when_it_is_complete(
        self, scene: Scene, force_account: SocialAccount, part: str
    ) -> None:
        naming = replace(NAMING, **{part: ""})
        declared = replace(CASE, naming=naming)
        assert not declared.facts(force_account).is_naming_decided
        assert [field for field, _ in declared.missing()] == [part]
        comms = scene.person(Role.COMMS_DUTY)
        draft = written(
            scene, author=comms, account=force_account, category="arrest", declared=declared
        )
        with pytest.raises(NotReady) as refused:
            handed_in(draft)
        assert [problem.field for problem in refused.value.problems] == [part]

    def test_is_part_of_what_is_approved(self, scene: Scene, force_account: SocialAccount) -> None:
        comms = scene.person(Role.COMMS_DUTY)
        hashes = {
            written(
                scene,
                author=comms,
                account=force_account,
                category="arrest",
                declared=replace(CASE, naming=naming),
            ).content_hash
            for naming in (Naming(), NAMING, replace(NAMING, naming_rationale="Another reason"))
        }
        assert len(hashes) == 3

    def test_asks_for_a_tick_and_reaches_the_approver(
        self, scene: Scene, force_account: SocialAccount, client: Client
    ) -> None:
        draft = submitted(
            scene,
            author=scene.person(Role.COMMS_DUTY),
            account=force_account,
            category="arrest",
            declared=replace(CASE, naming=NAMING),
            ticked={"naming-authorised": ""},
        )
        client.force_login(scene.person(Role.COMMS_APPROVER))
        for path in (reverse("approvals:review", args=[draft.pk]), "/review/"):
            words = Page.of(client.get(path)).main
            assert "Superintendent Edda Lorne" in words
            assert NAMING.naming_rationale in words

    def test_stays_behind_when_the_tweet_is_copied(
        self, scene: Scene, force_account: SocialAccount
    ) -> None:
        comms = scene.person(Role.COMMS_DUTY)
        draft = written(
            scene,
            author=comms,
            account=force_account,
            category="arrest",
            declared=replace(CASE, naming=NAMING),
        )
        assert copy(draft, actor=comms, now=timezone.now()).current_revision.declared == CASE


class TestTheForm:
    def test_asks_nothing_before_the_text_is_about_a_case(
        self, client: Client, officer: User
    ) -> None:
        page = Page.of(client.get(WRITE))
        assert page.root.all(data_asks_case="") == []
        # The questions are there for the check to bring into sight.
        assert len(page.root.all("input", name="case_stage")) == len(STAGES)

    @pytest.mark.parametrize(
        ("typed", "asking"),
        [
            ({"text": "A man was arrested on suspicion of theft."}, 1),
            ({"text": CLEAN, "category": "arrest"}, 1),
            ({"text": CLEAN}, 0),
            ({"text": "A man was arrested.", "category": "meeting"}, 0),
        ],
    )
    def test_asks_as_soon_as_it_is(
        self, client: Client, officer: User, scene: Scene, typed: dict[str, str], asking: int
    ) -> None:
        answer = client.post(CHECK, {"account": scene.account.pk, "when": "asap"} | typed)
        page = Page.of(answer)
        assert len(page.root.all("p", data_asks_case="")) == asking
        assert page.root.all("p", data_asks_naming="") == []

    def test_asks_who_decided_to_name_on_an_account_of_no_team(
        self, client: Client, scene: Scene, force_account: SocialAccount
    ) -> None:
        client.force_login(scene.person(Role.COMMS_DUTY))
        typed = {"text": CLEAN, "category": "arrest", "account": force_account.pk, "when": "asap"}
        assert Page.of(client.post(CHECK, typed)).root.all("p", data_asks_naming="")

    def test_says_what_is_missing_beside_the_questions_and_loses_nothing(
        self, client: Client, officer: User
    ) -> None:
        form = Page.of(client.get(WRITE)).form(WRITE)
        typed = form | {"text": CLEAN, "category": "arrest", "offence": "death", "action": "submit"}
        response = client.post(WRITE, typed)
        assert response.status_code == 422
        page, draft = Page.of(response), Draft.objects.get()
        assert [p for p in page.problems if p in ASKED] == [ASKED[0], ASKED[2]]
        assert page.root.all("p", data_asks_case="")
        again = page.form(reverse("drafts:edit", args=[draft.pk]))
        assert (again["offence"], again["text"]) == ("death", CLEAN)
        assert draft.current_revision.offence == "death"

    def test_submits_with_the_answers(self, client: Client, officer: User) -> None:
        form = Page.of(client.get(WRITE)).form(WRITE)
        typed = form | ANSWERED | {"text": CLEAN, "category": "arrest", "action": "submit"}
        client.post(WRITE, typed)
        draft = Draft.objects.get()
        assert (draft.state, draft.current_revision.declared) == (State.SUBMITTED, CASE)

    def test_shows_the_answers_again_when_the_draft_is_changed(
        self, client: Client, scene: Scene
    ) -> None:
        draft = written(scene, category="arrest", declared=CASE)
        client.force_login(draft.author)
        path = reverse("drafts:edit", args=[draft.pk])
        form = Page.of(client.get(path)).form(path)
        assert {name: form[name] for name in ANSWERED} == ANSWERED

    def test_does_not_take_an_answer_that_there_is_not(self, client: Client, officer: User) -> None:
        form = Page.of(client.get(WRITE)).form(WRITE)
        typed = form | {"text": CLEAN, "category": "arrest", "case_stage": "forgiven"}
        page = Page.of(client.post(WRITE, typed | {"action": "save"}))
        assert page.problems == [("Choose one of the answers.", "#id_case_stage_0")]
        assert not Draft.objects.exists()


class TestTheApprover:
    def test_reads_the_answers_in_the_queue_and_on_the_page(
        self, client: Client, scene: Scene
    ) -> None:
        draft = submitted(scene, category="arrest", declared=CASE)
        client.force_login(scene.person(Role.COMMS_APPROVER))
        for path in (
            reverse("approvals:review", args=[draft.pk]),
            "/review/",
            draft.get_absolute_url(),
        ):
            words = Page.of(client.get(path)).main
            assert "Case stage" in words
            assert "Arrested" in words
            assert "Under 18" in words

    def test_checks_with_the_facts(self, scene: Scene) -> None:
        draft = written(scene, category="arrest", declared=replace(CASE, offence="death"))
        checked = check_revision(content_of(draft), attested=(), now=timezone.now())
        assert [attestation.id for attestation in checked.asked] == ["next-of-kin-told"]


class TestWordsAboutACase:
    """The kind of tweet does not decide whether the law applies."""

    WORDS = "Road closed. We arrested Darren Flint for burglary, please use Mill Lane."

    @pytest.mark.parametrize("category", ["traffic", "advice", ""])
    def test_are_asked_about_whatever_the_kind(self, scene: Scene, category: str) -> None:
        draft = written(scene, text=self.WORDS, category=category)
        with pytest.raises(NotReady) as refusal:
            handed_in(draft)
        assert "Say how far the case has gone." in str(refusal.value)

    def test_are_stopped_by_the_law_once_answered(self, scene: Scene) -> None:
        draft = written(scene, text=self.WORDS, category="traffic", declared=CASE)
        report = check_content(draft.current_revision, now=timezone.now())
        assert "case-stage" in {finding.rule for finding in report.blocking}
