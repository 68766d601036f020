"""Separate ticks: asked where they matter, given for exactly one text, kept with the submission."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from drafts.content import seal_of
from drafts.forms import ticks_in
from drafts.models import Attested, Draft
from drafts.services import (
    Checked,
    NotReady,
    Writing,
    attested_ids,
    check_revision,
    content_of,
    in_the_way,
    last_ticks,
    save,
    withdraw,
)
from drafts.workflow import State
from policy.core.attestations import ATTESTATIONS
from tests.factories import CASE, CLEAN, Scene, handed_in, submitted, written
from tests.pages import Element, Page

pytestmark = pytest.mark.django_db

WRITE, CHECK = "/write/", "/write/check/"
KIN = "next-of-kin-told"
BY_ID = {attestation.id: attestation for attestation in ATTESTATIONS}
LABEL = BY_ID[KIN].label
DEATH = replace(CASE, offence="death")
DECLARED = {"category": "arrest", "case_stage": "arrested", "offence": "death", "under_18": "no"}


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    # Nothing is submitted where nobody could ever decide.
    scene.person(Role.COMMS_APPROVER)
    return scene


def box_of(page: Page) -> Element:
    (box,) = page.root.all("input", name=f"tick-{KIN}")
    return box


class TestASubmission:
    def test_is_refused_without_the_tick(self, scene: Scene) -> None:
        draft = written(scene, category="arrest", declared=DEATH)
        with pytest.raises(NotReady) as refused:
            handed_in(draft)
        (problem,) = refused.value.problems
        assert problem.sentence == f"Tick “{LABEL}” If it is not true, do not submit this."
        assert (problem.tick, problem.field) == (KIN, "")

    def test_keeps_the_tick_with_its_words_person_and_time(self, scene: Scene) -> None:
        now = timezone.now()
        draft = submitted(
            scene, category="arrest", declared=DEATH, ticked={KIN: "not asked"}, now=now
        )
        kept = Attested.objects.get()
        assert (kept.attestation, kept.label, kept.text) == (KIN, LABEL, "")
        assert (kept.person, kept.at, kept.content_hash) == (draft.author, now, draft.content_hash)
        assert kept.submission == draft.submissions.get()

    def test_keeps_no_tick_that_was_not_asked_for(self, scene: Scene) -> None:
        submitted(scene, ticked={KIN: "", "picture-ours": "", "nonsense": ""})
        assert not Attested.objects.exists()

    def test_puts_only_the_ids_into_the_trail(self, scene: Scene) -> None:
        draft = submitted(scene, category="arrest", declared=DEATH, ticked={KIN: ""})
        row = Record.objects.about(draft).get(verb=Verb.DRAFT_SUBMITTED)
        assert row.data["attested"] == [KIN]
        assert LABEL not in str(row.data)

    def test_lets_later_checks_know_of_the_tick(self, scene: Scene) -> None:
        draft = submitted(scene, category="arrest", declared=DEATH, ticked={KIN: ""})
        assert attested_ids(content_of(draft)) == {KIN}


class TestATickThatAsksForWords:
    def refusals(self, draft: Draft, ticked: dict[str, str]) -> Iterator[str]:
        revision = content_of(draft)
        report = check_revision(revision, attested=(), now=timezone.now()).report
        asked = Checked(report, (BY_ID["force-appeal-reference"],))
        problems = in_the_way(
            revision, asked, actor=draft.author, answers={}, ticked=ticked, now=timezone.now()
        )
        return (problem.sentence for problem in problems)

    def test_is_no_use_without_them(self, scene: Scene) -> None:
        draft = written(scene)
        (sentence,) = self.refusals(draft, {"force-appeal-reference": "  "})
        assert sentence.startswith("Give the reference of the force’s appeal.")
        assert list(self.refusals(draft, {"force-appeal-reference": "MP/2026/114"})) == []


class TestAnotherText:
    def test_voids_the_ticks(self, scene: Scene) -> None:
        draft = submitted(scene, category="arrest", declared=DEATH, ticked={KIN: ""})
        withdraw(draft, actor=draft.author, now=timezone.now())
        assert last_ticks(draft) == {KIN: ""}
        writing = Writing(
            text="Other words", account=draft.account, category="arrest", declared=DEATH
        )
        save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())
        assert last_ticks(draft) == {}
        assert attested_ids(content_of(draft)) == frozenset()

    def test_voids_a_tick_that_was_made_for_the_text_before(self) -> None:
        data = {f"tick-{KIN}": seal_of("The text before")}
        assert ticks_in(data, "The text before") == {KIN: ""}
        assert ticks_in(data, "The text now") == {}
        assert ticks_in({f"tick-{KIN}": "on"}, "The text now") == {}

    def test_takes_the_words_that_belong_to_a_tick(self) -> None:
        data = {
            "tick-force-appeal-reference": seal_of(CLEAN),
            "tick-force-appeal-reference-text": " MP/114 ",
            "tick-misper-family-permission-text": "without its tick",
        }
        assert ticks_in(data, CLEAN) == {"force-appeal-reference": "MP/114"}


class TestTheWritePage:
    def test_asks_under_the_findings_and_leads_there(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person())
        form = Page.of(client.get(WRITE)).form(WRITE) | DECLARED
        response = client.post(WRITE, form | {"text": CLEAN, "action": "submit"})
        assert response.status_code == 422
        page, draft = Page.of(response), Draft.objects.get()
        box = box_of(page)
        assert "checked" not in box.attrs
        assert page.beside(box.attrs["id"]) == [page.problems[0][0]]
        assert page.problems[0][1] == f"#{box.attrs['id']}"
        path = reverse("drafts:edit", args=[draft.pk])
        ticked = page.form(path) | {box.attrs["name"]: box.attrs["value"], "action": "submit"}
        client.post(path, ticked)
        draft.refresh_from_db()
        assert (draft.state, draft.submissions.get().attested.get().attestation) == (
            State.SUBMITTED,
            KIN,
        )

    def test_asks_again_for_a_text_that_was_changed_in_the_same_go(
        self, client: Client, scene: Scene
    ) -> None:
        client.force_login(scene.person())
        form = Page.of(client.get(WRITE)).form(WRITE) | DECLARED
        page = Page.of(client.post(WRITE, form | {"text": CLEAN, "action": "submit"}))
        draft, box = Draft.objects.get(), box_of(page)
        path = reverse("drafts:edit", args=[draft.pk])
        changed = page.form(path) | {box.attrs["name"]: box.attrs["value"], "text": "Other words."}
        response = client.post(path, changed | {"action": "submit"})
        assert response.status_code == 422
        assert "checked" not in box_of(Page.of(response)).attrs
        assert not Attested.objects.exists()

    def test_keeps_a_tick_through_a_check_of_the_same_text(
        self, client: Client, scene: Scene
    ) -> None:
        client.force_login(scene.person())
        typed = DECLARED | {"text": CLEAN, "account": str(scene.account.pk), "when": "asap"}
        seal = {f"tick-{KIN}": seal_of(CLEAN)}
        assert "checked" in box_of(Page.of(client.post(CHECK, typed | seal))).attrs
        other = client.post(CHECK, typed | seal | {"text": f"{CLEAN} More."})
        assert "checked" not in box_of(Page.of(other)).attrs

    def test_starts_with_the_ticks_of_an_unchanged_draft(
        self, client: Client, scene: Scene
    ) -> None:
        draft = submitted(scene, category="arrest", declared=DEATH, ticked={KIN: ""})
        withdraw(draft, actor=draft.author, now=timezone.now())
        client.force_login(draft.author)
        page = Page.of(client.get(reverse("drafts:edit", args=[draft.pk])))
        assert "checked" in box_of(page).attrs


class TestTheApprover:
    def test_reads_what_was_ticked(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene, category="arrest", declared=DEATH, ticked={KIN: ""})
        client.force_login(scene.person(Role.COMMS_APPROVER))
        for path in (
            reverse("approvals:review", args=[draft.pk]),
            "/review/",
            draft.get_absolute_url(),
        ):
            assert LABEL in Page.of(client.get(path)).main


class TestARow:
    def test_is_never_changed_and_never_deleted(self, scene: Scene) -> None:
        submitted(scene, category="arrest", declared=DEATH, ticked={KIN: ""})
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Attested.objects.update(label="Something else")
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            Attested.objects.all()._raw_delete("default")
        assert Attested.objects.get().label == LABEL
