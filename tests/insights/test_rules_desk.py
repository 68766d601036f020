"""The policy owner's desk: figures of the rules, and trials of versions."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.reasons import Reason
from approvals.services import reject
from drafts.models import Draft, RuleHit
from drafts.services import Writing, check_content, content_of, save
from incidents.models import HoldKind
from incidents.services import place
from insights.services import Figure, figures, trials, try_version
from policy.core import RULEBOOK, Severity
from policy.models import Trial
from policy.services import add_entry, keep_trial, preparing
from tests.factories import ASKING, CLEAN, Scene, approve_it, submitted, written
from tests.pages import Page
from tests.policy.owners import owner, prepared, proposed, put_in_force

pytestmark = pytest.mark.django_db
FOUR = "Meet us at the library. #One #Two #Three #Four"
AGO = timedelta(days=30)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def helen(scene: Scene) -> User:
    return owner(scene, full_name="Helen Voss")


def answered(scene: Scene, **writing: Any) -> Draft:
    """A submitted draft that gave its reasons."""
    text = f"{ASKING} No. {Draft.objects.count()}."
    draft = written(scene, text=text)
    findings = check_content(content_of(draft), now=timezone.now()).needing_reason
    answers = {finding.key: "It is a public event." for finding in findings}
    return submitted(scene, text=text, answers=answers, **writing)


class TestTheFigures:
    def test_count_what_was_submitted_and_what_became_of_it(self, scene: Scene) -> None:
        comms = scene.person(Role.COMMS_APPROVER)
        approve_it(answered(scene), by=comms)
        answered(scene)
        draft = answered(scene)
        reject(
            draft,
            actor=comms,
            revision_number=draft.revision_number,
            revision_hash=draft.content_hash,
            reason=Reason.TONE,
            sentence="No.",
            now=timezone.now(),
        )
        counted = figures(scene.force, since=timezone.now() - AGO)
        assert counted["duty-times"] == Figure(
            "duty-times", fired=3, answered=3, rejected=1, settled=2, approved=1
        )

    def test_leave_other_forces_and_older_times_out(self, scene: Scene) -> None:
        answered(Scene())
        answered(scene, now=timezone.now() - timedelta(days=40))
        now = timezone.now()
        assert "duty-times" not in figures(scene.force, since=now - AGO)
        assert figures(scene.force, since=now - timedelta(days=90))["duty-times"].fired == 1

    def test_hold_one_row_for_each_rule_of_a_submission(self, scene: Scene) -> None:
        submission = answered(scene).submissions.get()
        hits = RuleHit.objects.filter(submission=submission)
        rules = {finding["rule"] for finding in submission.report["findings"]}
        assert {hit.rule for hit in hits} == rules
        hit = hits.get(rule="duty-times")
        assert (hit.severity, hit.answered, hit.overridden) == ("needs-reason", True, False)
        assert str(hit).startswith("duty-times at ")

    @pytest.mark.parametrize(
        ("settled", "approved", "proposes"),
        [(10, 9, ["advice"]), (10, 8, []), (9, 9, []), (30, 27, ["advice"]), (30, 26, [])],
    )
    def test_propose_advice_for_what_is_approved_nine_times_in_ten(
        self, settled: int, approved: int, proposes: list[str]
    ) -> None:
        figure = Figure("duty-times", settled=settled, approved=approved)
        assert figure.is_for_advise == bool(proposes)


class TestTheDesk:
    def test_shows_every_rule(self, client: Client, helen: User) -> None:
        client.force_login(helen)
        page = Page.of(client.get("/policy/desk/"))
        assert page.h1 == "Rules desk"
        assert "In force: Neutral, version 1." in page.main
        links = {a.attrs.get("href", "") for a in page.root.all("a")}
        assert {f"/policy/rules/{rule.id}/" for rule in RULEBOOK} <= links
        assert "No rule met a submitted draft in the last 30 days." in page.main

    def test_shows_figures_as_bars_and_as_a_table(
        self, client: Client, scene: Scene, helen: User
    ) -> None:
        answered(scene, now=timezone.now() - timedelta(days=40))
        client.force_login(helen)
        assert not Page.of(client.get("/policy/desk/")).root.all("svg")
        page = Page.of(client.get("/policy/desk/?days=90"))
        bar = next(b for b in page.root.all(class_="bl-chart__line") if "off duty" in b.text)
        assert bar.one("rect").attrs["width"] == "100"
        assert "1 submission" in bar.text
        row = next(r for r in page.root.all("tr") if "off duty" in r.text)
        assert [cell.text for cell in row.all("td")] == ["1", "1", "0", "0"]
        assert "Met 1 submitted draft: 1 answered, 0 passed over, 0 rejected" in page.main

    def test_proposes_advice(self, client: Client, scene: Scene, helen: User) -> None:
        comms = scene.person(Role.COMMS_APPROVER)
        for _ in range(10):
            approve_it(answered(scene), by=comms)
        client.force_login(helen)
        words = "10 of the 10 drafts that gave one were approved. Make it advice?"
        assert words in Page.of(client.get("/policy/desk/")).main
        put_in_force(proposed(scene.force, owner(scene), rule="duty-times", phrases=()), helen)
        assert words not in Page.of(client.get("/policy/desk/")).main

    @pytest.mark.parametrize(
        ("query", "found"),
        [("hashtags", "1 rule"), ("xylophone", "No rule matches"), ("<b>", "No rule matches")],
    )
    def test_is_searched(self, client: Client, helen: User, query: str, found: str) -> None:
        client.force_login(helen)
        page = Page.of(client.get("/policy/desk/", {"q": query, "days": "nonsense"}))
        assert page.root.one("input", name="q").attrs["value"] == query
        if found.startswith("No"):
            assert found in page.main
        else:
            assert "Too many hashtags" in page.main

    def test_says_what_waits_for_whom(self, client: Client, scene: Scene, helen: User) -> None:
        sam = owner(scene)
        version = proposed(scene.force, helen, reason="Fewer stops.")
        prepared(scene.force, helen, max=9)
        for person, words, count in (
            (sam, "Version 2 waits for you Helen Voss proposes: Fewer stops.", "(1 waiting)"),
            (helen, "Version 2, which you proposed, waits for another policy owner.", ""),
        ):
            client.force_login(person)
            page = Page.of(client.get("/policy/desk/"))
            assert words in page.main
            entry = page.root.one("nav", aria_label="Main").all("a")[-1]
            assert entry.text == f"Rules desk {count}".strip()
        assert "You have changed 2 things." in page.main
        assert version.get_absolute_url() in {a.attrs.get("href") for a in page.root.all("a")}


class TestATrial:
    def test_tells_what_would_newly_be_stopped_asked_and_advised(
        self, scene: Scene, helen: User
    ) -> None:
        written(scene, text=FOUR)
        written(scene, text=CLEAN)
        stopped = prepared(scene.force, helen, severity=Severity.BLOCK, max=0)
        assert try_version(stopped, actor=helen, now=timezone.now()).result["counts"] == {
            "changed": 1,
            "newly-block": 1,
        }
        asking = prepared(scene.force, helen, severity=Severity.NEEDS_REASON)
        assert try_version(asking, actor=helen, now=timezone.now()).result["counts"] == {
            "changed": 1,
            "no-longer-block": 1,
        }

    def test_reads_the_newest_words_of_each_draft_once(self, scene: Scene, helen: User) -> None:
        author = scene.person()
        draft = written(scene, text=FOUR, author=author)
        save(
            draft,
            Writing(text=CLEAN, account=scene.account, category="meeting"),
            actor=author,
            revision_number=1,
            now=timezone.now(),
        )
        trial = try_version(prepared(scene.force, helen), actor=helen, now=timezone.now())
        assert (trial.looked_at, trial.result["counts"]) == (1, {})

    def test_looks_at_this_force_s_drafts_only(self, scene: Scene, helen: User) -> None:
        written(Scene(), text=FOUR)
        written(scene)
        trial = try_version(prepared(scene.force, helen), actor=helen, now=timezone.now())
        assert (trial.looked_at, trial.result["rows"]) == (1, [])

    def test_of_a_list_looks_at_every_rule(self, scene: Scene, helen: User) -> None:
        written(scene, text="Book here: https://tickets.example.com/flood")
        now = timezone.now()
        add_entry(
            scene.force, "allowed_domains", "tickets.example.com", actor=helen, seen=0, now=now
        )
        version = preparing(scene.force, helen)
        assert version is not None
        trial = try_version(version, actor=helen, now=now)
        assert trial.result["counts"]["no-longer-block"] == 1

    def test_does_not_mind_an_incident_that_is_on(self, scene: Scene, helen: User) -> None:
        written(scene, text=FOUR)
        place(
            kind=HoldKind.CRITICAL_INCIDENT,
            scope=scene.lpt,
            reason="Wait.",
            actor=scene.person(Role.COMMS_DUTY),
            now=timezone.now(),
        )
        trial = try_version(
            prepared(scene.force, helen, rule="critical-incident-lock", severity=Severity.OFF),
            actor=helen,
            now=timezone.now(),
        )
        assert trial.result["counts"] == {}

    def test_keeps_no_words_of_the_drafts(self, scene: Scene, helen: User) -> None:
        written(scene, text=FOUR)
        try_version(prepared(scene.force, helen), actor=helen, now=timezone.now())
        stored = str(Trial.objects.values_list("result", flat=True).get())
        assert "library" not in stored
        assert "#Four" not in stored

    def test_stops_when_its_time_is_up(self, scene: Scene, helen: User) -> None:
        written(scene, text=FOUR)
        trial = try_version(
            prepared(scene.force, helen), actor=helen, now=timezone.now(), time_left=-1
        )
        assert trial.looked_at == 0

    def test_stops_at_the_newest_thousand(
        self, scene: Scene, helen: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert trials.TRIAL_SIZE == 1000
        monkeypatch.setattr(trials, "TRIAL_SIZE", 2)
        written(scene, text=FOUR, now=timezone.now() - timedelta(days=3))
        for _ in range(2):
            written(scene)
        trial = try_version(prepared(scene.force, helen), actor=helen, now=timezone.now())
        assert (trial.looked_at, trial.result["counts"]) == (2, {})

    def test_is_for_policy_owners_of_the_force(self, scene: Scene, helen: User) -> None:
        version = prepared(scene.force, helen)
        for person in (scene.person(Role.COMMS_ADMIN), owner(Scene())):
            with pytest.raises(PermissionDenied):
                try_version(version, actor=person, now=timezone.now())


class TestItsPage:
    def test_leads_from_trying_to_the_drafts(
        self, client: Client, scene: Scene, helen: User
    ) -> None:
        written(scene, text=FOUR)
        version = prepared(scene.force, helen)
        path = f"/policy/versions/{version.pk}/trial/"
        client.force_login(helen)
        assert "It was not tried yet as it stands now." in Page.of(client.get(path)).main
        page = Page.of(client.post(path, follow=True))
        assert "1 of the 1 newest drafts would be treated otherwise." in page.main
        assert "Would no longer be stopped: 1" in page.main
        assert page.root.one("mark").text == "#Four"
        assert "Too many hashtags: stops submission → advice" in page.main
        page = Page.of(client.get(version.get_absolute_url()))
        assert "1 no longer stopped. See the drafts" in page.main
        prepared(scene.force, helen, max=9)
        assert "It was not tried yet" in Page.of(client.get(path)).main

    def test_says_that_nothing_would_change(
        self, client: Client, scene: Scene, helen: User
    ) -> None:
        version = prepared(scene.force, helen)
        client.force_login(helen)
        path = f"/policy/versions/{version.pk}/trial/"
        assert "There are no drafts" in Page.of(client.post(path, follow=True)).main
        written(scene)
        words = "Nothing would change for any of the 1 newest drafts."
        assert words in Page.of(client.post(path, follow=True)).main

    def test_shows_the_first_of_many(self, client: Client, scene: Scene, helen: User) -> None:
        draft = written(scene, text=FOUR)
        version = prepared(scene.force, helen)
        change = {
            "rule": "hashtags-max", "title": "Too many hashtags", "was": "block", "now": "off",
            "where": "text", "start": 24, "end": 28,
        }  # fmt: skip
        row = {"revision": draft.current_revision.pk, "changes": [change]}
        keep_trial(
            version,
            actor=helen,
            looked_at=900,
            result={"counts": {"changed": 70, "no-longer-block": 70}, "rows": [row] * 60},
            now=timezone.now(),
        )
        client.force_login(helen)
        page = Page.of(client.get(f"/policy/versions/{version.pk}/trial/"))
        assert "Would no longer be stopped: 70 The first 50:" in page.main
        assert "stops submission → nothing" in page.main

    def test_of_another_owner_s_preparation_is_404(
        self, client: Client, scene: Scene, helen: User
    ) -> None:
        version = prepared(scene.force, helen)
        client.force_login(owner(scene))
        path = f"/policy/versions/{version.pk}/trial/"
        assert client.get(path).status_code == client.post(path).status_code == 404

    def test_of_a_version_in_force_only_shows(
        self, client: Client, scene: Scene, helen: User
    ) -> None:
        version = put_in_force(proposed(scene.force, helen), owner(scene))
        client.force_login(helen)
        path = f"/policy/versions/{version.pk}/trial/"
        client.post(path)
        assert version.trials.count() == 1
        page = Page.of(client.get(path))
        assert page.root.one("main").all("form") == []
