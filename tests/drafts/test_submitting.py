"""Handing in, taking back and discarding through the services."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AccountStatus, Quorum, SocialAccount, User
from accounts.roles import Role
from accounts.services import Step, deactivate
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft, Submission
from drafts.schedule import Planned
from drafts.services import (
    DECLARATION,
    NotReady,
    Writing,
    check_content,
    content_of,
    context_for,
    discard,
    save,
    submit,
    withdraw,
)
from drafts.workflow import StaleDraft, State
from incidents.models import HoldKind
from incidents.services import place
from policy.services import generation
from tests.factories import (
    ASKING,
    BLOCKED,
    CLEAN,
    Scene,
    again,
    approved,
    handed_in,
    in_,
    submitted,
    written,
)

pytestmark = pytest.mark.django_db


def refusal(draft: Draft, **submission: object) -> list[str]:
    """The sentences with which `draft` is refused."""
    with pytest.raises(NotReady) as refused:
        handed_in(draft, **submission)  # type: ignore[arg-type]  # handed on as they are
    assert str(refused.value) == " ".join(p.sentence for p in refused.value.problems)
    return [problem.sentence for problem in refused.value.problems]


def key_of_the_question(draft: Draft) -> str:
    (finding,) = check_content(content_of(draft), now=timezone.now()).needing_reason
    return finding.key


class TestASubmission:
    def test_puts_the_draft_into_the_queue(self) -> None:
        now = timezone.now()
        draft = submitted(Scene(), now=now)
        assert (draft.state, draft.submitted_at, draft.queue_at) == (State.SUBMITTED, now, now)
        assert (draft.step, draft.claimed_by, draft.has_findings) == (1, None, False)

    def test_is_queued_by_the_time_it_shall_go_out(self) -> None:
        planned = in_(timedelta(hours=5))
        draft = submitted(Scene(), planned=planned)
        assert draft.queue_at == planned.at

    def test_freezes_what_was_found_answered_and_declared(self) -> None:
        draft = written(Scene(), text=ASKING)
        key = key_of_the_question(draft)
        answers = {key: "  Nobody is away  ", "another:finding": "ignored"}
        handed_in(draft, answers=answers)
        frozen = Submission.objects.get(draft=draft)
        assert frozen.answers == {key: "Nobody is away"}
        assert frozen.report["findings"][0]["rule"] == "duty-times"
        assert frozen.declaration == DECLARATION
        assert frozen.generation == generation()
        assert (frozen.person, frozen.revision.number) == (draft.author, 1)
        draft.refresh_from_db()
        assert draft.has_findings

    def test_cuts_an_endless_answer(self) -> None:
        draft = written(Scene(), text=ASKING)
        handed_in(draft, answers={key_of_the_question(draft): "x" * 2000})
        (answer,) = Submission.objects.get(draft=draft).answers.values()
        assert len(answer) == 500

    def test_goes_into_the_trail_without_the_words(self) -> None:
        draft = written(Scene(), text=ASKING)
        handed_in(draft, answers={key_of_the_question(draft): "A secret reason"})
        row = Record.objects.about(draft).get(verb=Verb.DRAFT_SUBMITTED)
        assert row.data == {
            "revision": 1,
            "hash": draft.content_hash,
            "pack": "neutral 1",
            "answered": 1,
            "attested": [],
            "lane": "ordinary",
            "steps": 1,
        }

    def test_by_a_colleague_makes_them_a_contributor(self) -> None:
        scene = Scene()
        colleague = scene.person()
        draft = submitted(scene, actor=colleague)
        assert draft.contributions.filter(person=colleague).exists()

    def test_by_the_same_person_again_counts_them_once(self) -> None:
        draft = submitted(Scene())
        withdraw(draft, actor=draft.author, now=timezone.now())
        handed_in(draft)
        assert draft.contributions.count() == 1
        assert draft.submissions.count() == 2

    def test_forgets_who_had_the_last_one_open(self) -> None:
        scene = Scene()
        draft = written(scene)
        reviewer = scene.person(Role.COMMS_APPROVER)
        Draft.objects.filter(pk=draft.pk).update(claimed_by=reviewer, claimed_at=timezone.now())
        assert handed_in(draft).claimed_by is None

    @pytest.mark.parametrize(
        "state", sorted(set(State) - {State.DRAFT, State.CHANGES_REQUESTED, State.SUBMITTED})
    )
    def test_is_refused_from_every_other_state(self, state: State) -> None:
        draft = written(Scene())
        Draft.objects.filter(pk=draft.pk).update(state=state)
        draft.refresh_from_db()
        with pytest.raises(StaleDraft):
            handed_in(draft)

    @pytest.mark.parametrize(
        ("there", "steps", "lacking"),
        [
            ((), [Step((Role.COMMS_APPROVER,))], "step 1 of its approval route (Comms approver)"),
            ((Role.COMMS_APPROVER,), [Step((Role.COMMS_APPROVER,))], ""),
            ((Role.COMMS_DUTY,), [Step((Role.COMMS_APPROVER,))], ""),
            # Nobody approves twice.
            (
                (Role.COMMS_DUTY,),
                [Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,))],
                "step 2 of its approval route (Comms approver)",
            ),
            (
                (Role.COMMS_DUTY, Role.LPT_SUPERVISOR),
                [Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,))],
                "",
            ),
            (
                (Role.COMMS_APPROVER,),
                [Step((Role.COMMS_APPROVER,), Quorum.COUNT, 2)],
                "step 1 of its approval route (Comms approver)",
            ),
        ],
    )
    def test_is_refused_where_a_step_has_nobody_who_could_ever_decide(
        self, there: tuple[Role, ...], steps: list[Step], lacking: str
    ) -> None:
        scene = Scene()
        scene.route(*steps)
        for role in there:
            scene.person(role)
        # Neither of another force, nor of another team, nor who has gone.
        Scene().person(Role.COMMS_DUTY)
        scene.person(Role.LPT_COMMANDER, lpt=scene.other_account().lpt)
        deactivate(scene.person(Role.COMMS_APPROVER), actor=None, now=timezone.now())
        draft = written(scene)

        def hand_in() -> Draft:
            return submit(
                draft, actor=draft.author, revision_number=1, answers={}, now=timezone.now()
            )

        if not lacking:
            assert hand_in().state == State.SUBMITTED
            return
        with pytest.raises(NotReady) as refused:
            hand_in()
        (problem,) = refused.value.problems
        assert problem.sentence == (
            f"Nobody is there to decide at {lacking}: whoever wrote any of it, or decides at"
            " another step, cannot. Ask a comms admin to give somebody that role."
        )
        draft.refresh_from_db()
        assert (draft.state, draft.text) == (State.DRAFT, CLEAN)

    def test_is_refused_where_all_who_could_decide_wrote_it(self) -> None:
        scene = Scene()
        approver, other = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_APPROVER)
        draft = written(scene, author=approver)

        def hand_in(actor: User) -> Draft:
            return submit(draft, actor=actor, revision_number=1, answers={}, now=timezone.now())

        with pytest.raises(NotReady, match="Nobody is there to decide at step 1"):
            hand_in(other)
        assert hand_in(approver).state == State.SUBMITTED

    def test_of_a_revision_that_is_no_longer_the_last_is_refused(self) -> None:
        draft = written(Scene())
        stale = Draft.objects.get(pk=draft.pk)
        writing = Writing(text="Newer", account=draft.account, category="meeting")
        save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())
        with pytest.raises(StaleDraft):
            handed_in(stale)
        with pytest.raises(StaleDraft):
            submit(draft, actor=draft.author, revision_number=1, answers={}, now=timezone.now())

    def test_twice_is_refused(self) -> None:
        draft = written(Scene())
        stale = Draft.objects.get(pk=draft.pk)
        handed_in(draft)
        with pytest.raises(StaleDraft):
            handed_in(stale)
        assert Submission.objects.filter(draft=draft).count() == 1

    def test_by_another_team_is_refused(self) -> None:
        scene = Scene()
        draft = written(scene)
        with pytest.raises(PermissionDenied):
            handed_in(draft, actor=scene.person(lpt=scene.other_account().lpt))


class TestWhatStandsInTheWay:
    def test_is_a_number_that_nobody_confirmed(self) -> None:
        scene = Scene()
        first = "Confirm your mobile number on My desk first"
        for confirmed, sentence in (
            (None, f"{first}."),
            (
                timezone.localdate() - timedelta(days=184),
                f"{first}: it was not confirmed in the last six months.",
            ),
        ):
            author = scene.person(mobile_confirmed_on=confirmed)
            assert refusal(written(scene, author=author)) == [sentence]

    def test_is_not_a_number_confirmed_just_in_time(self) -> None:
        scene = Scene()
        oldest = timezone.localdate() - settings.MOBILE_CONFIRMED_FOR
        author = scene.person(mobile_confirmed_on=oldest)
        assert handed_in(written(scene, author=author)).state == State.SUBMITTED

    @pytest.mark.parametrize("status", [AccountStatus.FROZEN, AccountStatus.CLOSED])
    def test_is_an_account_that_is_not_active(self, status: AccountStatus) -> None:
        draft = written(Scene())
        SocialAccount.objects.update(status=status)
        draft.account.refresh_from_db()
        assert refusal(draft) == [
            f"{draft.account} is {status}. Choose another account or call the comms desk."
        ]

    def test_is_a_force_without_an_approval_route(self) -> None:
        scene = Scene()
        draft = written(scene)
        scene.route()
        assert refusal(draft) == [
            f"Nobody is named to approve tweets of {draft.account}. Ask a comms admin."
        ]

    def test_is_not_a_missing_route_of_the_team_when_the_force_has_one(self) -> None:
        scene = Scene()
        scene.route(Step((Role.COMMS_APPROVER,)), lpt=scene.other_account().lpt)
        assert handed_in(written(scene)).state == State.SUBMITTED

    def test_is_a_time_that_has_passed(self) -> None:
        now = timezone.now()
        draft = written(Scene(), planned=in_(timedelta(minutes=5), now=now), now=now)
        sentence = "The time you chose has passed. Choose a later one."
        assert refusal(draft, now=now + timedelta(minutes=6)) == [sentence]

    def test_is_the_very_moment_itself(self) -> None:
        now = timezone.now()
        draft = written(Scene(), planned=Planned(at=now, wall=""), now=now)
        assert refusal(draft, now=now) == ["The time you chose has passed. Choose a later one."]

    def test_is_a_time_more_than_a_year_ahead(self) -> None:
        draft = written(Scene(), planned=in_(timedelta(days=367)))
        assert refusal(draft) == ["Choose a time within the next 12 months."]

    def test_is_what_the_rulebook_stops(self) -> None:
        draft = written(Scene(), text=BLOCKED)
        assert refusal(draft) == ["You have 4 hashtags. Use at most 3."]

    def test_is_a_question_without_an_answer(self) -> None:
        draft = written(Scene(), text=ASKING)
        asked = ["Give your reason: This may tell people when your team is off duty."]
        assert refusal(draft) == asked
        assert refusal(draft, answers={key_of_the_question(draft): "   "}) == asked

    def test_is_a_category_without_a_purpose(self) -> None:
        draft = written(Scene(), category="no-longer-there")
        assert refusal(draft) == ["Choose what kind of tweet this is."]

    def test_is_a_critical_incident(self) -> None:
        scene = Scene()
        draft = written(scene)
        duty = scene.person(Role.COMMS_DUTY)
        now = timezone.now()
        place(
            kind=HoldKind.CRITICAL_INCIDENT, scope=scene.lpt, reason="It is on", actor=duty, now=now
        )
        (sentence,) = refusal(draft)
        since = timezone.localtime(now)
        assert sentence.startswith(
            f"A critical incident is on for {scene.lpt} since {since:%H:%M}."
        )

    def test_is_not_a_hold(self) -> None:
        scene = Scene()
        duty = scene.person(Role.COMMS_DUTY)
        place(kind=HoldKind.HOLD, scope=scene.force, reason="Wait", actor=duty, now=timezone.now())
        assert submitted(scene).state == State.SUBMITTED

    def test_is_said_all_at_once_with_the_text_first(self) -> None:
        scene = Scene()
        author = scene.person(mobile_confirmed_on=None)
        draft = written(scene, author=author, text=BLOCKED, category="no-longer-there")
        SocialAccount.objects.update(status=AccountStatus.FROZEN)
        scene.route()
        draft.account.refresh_from_db()
        with pytest.raises(NotReady) as refused:
            handed_in(draft)
        fields = [problem.field for problem in refused.value.problems]
        assert fields == ["text", "account", "account", "", "category"]

    def test_leaves_the_draft_as_it_was(self) -> None:
        draft = written(Scene(), text=BLOCKED)
        refusal(draft)
        draft.refresh_from_db()
        assert draft.state == State.DRAFT
        assert not Submission.objects.exists()


class TestTheHourOfAnIncident:
    def test_is_that_of_clocks_in_the_uk(self) -> None:
        scene = Scene()
        draft = written(scene)
        summer = timezone.now().replace(year=2026, month=7, day=1, hour=13, minute=5)
        place(
            kind=HoldKind.CRITICAL_INCIDENT,
            scope=scene.lpt,
            reason="It is on",
            actor=scene.person(Role.COMMS_DUTY),
            now=summer,
        )
        (sentence,) = refusal(draft)
        assert "since 14:05" in sentence
        (incident,) = context_for(draft, now=summer).incidents
        assert (incident.scope, incident.since) == (str(scene.lpt), summer)


class TestTakingBack:
    def test_makes_it_a_draft_again(self) -> None:
        draft = submitted(Scene())
        withdraw(draft, actor=draft.author, now=timezone.now())
        assert draft.state == State.DRAFT
        assert Record.objects.about(draft).filter(verb=Verb.DRAFT_WITHDRAWN).exists()

    def test_is_for_the_author_alone(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        for person in (scene.person(), scene.person(Role.COMMS_DUTY)):
            with pytest.raises(PermissionDenied):
                withdraw(draft, actor=person, now=timezone.now())

    def test_is_not_for_an_author_who_was_deactivated(self) -> None:
        draft = submitted(Scene())
        User.objects.filter(pk=draft.author_id).update(is_active=False)
        with pytest.raises(PermissionDenied):
            withdraw(draft, actor=again(draft.author), now=timezone.now())

    def test_comes_too_late_after_the_decision(self) -> None:
        draft = approved(Scene())
        with pytest.raises(StaleDraft):
            withdraw(draft, actor=draft.author, now=timezone.now())
        assert not Record.objects.about(draft).filter(verb=Verb.DRAFT_WITHDRAWN).exists()


class TestDiscarding:
    @pytest.mark.parametrize("state", [State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED])
    def test_ends_the_draft_and_keeps_its_words(self, state: State) -> None:
        draft = written(Scene())
        Draft.objects.filter(pk=draft.pk).update(state=state)
        discard(draft, actor=draft.author, now=timezone.now())
        assert draft.state == State.WITHDRAWN
        assert draft.current_revision.text == draft.text
        assert Record.objects.about(draft).filter(verb=Verb.DRAFT_DISCARDED).exists()

    def test_is_for_the_author_alone(self) -> None:
        scene = Scene()
        draft = written(scene)
        with pytest.raises(PermissionDenied):
            discard(draft, actor=scene.person(), now=timezone.now())

    def test_does_not_take_a_draft_out_of_review(self) -> None:
        draft = submitted(Scene())
        with pytest.raises(StaleDraft):
            discard(draft, actor=draft.author, now=timezone.now())
