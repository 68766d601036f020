"""Routes with several steps: who decides at which, how many of them, and for which drafts."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Lane, Quorum, User
from accounts.roles import Role
from accounts.services import Step, deactivate
from approvals.models import AfterReview, Decision, Delegation, Occasion
from approvals.readers import readers_of
from approvals.services import (
    AlreadyApproved,
    CannotDelegate,
    LookedAt,
    NotPossible,
    WrongPeople,
    delegate,
    end_delegation,
    look_after,
    progress_of,
    reopen,
    unschedule,
    waiting_for,
)
from approvals.services.steps import may_decide
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft, ReviewStep
from drafts.services import adopt, present_step
from drafts.workflow import StaleDraft, State
from notices.models import Notice
from publishing.models import Delivery
from publishing.statements import is_proved
from tests.drafts.test_submitting import key_of_the_question
from tests.factories import (
    ASKING,
    Scene,
    again,
    approve_it,
    approved,
    handed_in,
    sign,
    submitted,
    written,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db

SUPERVISOR, COMMS, DUTY = (
    Step((Role.LPT_SUPERVISOR,)),
    Step((Role.COMMS_APPROVER,)),
    Step((Role.COMMS_DUTY,)),
)


def fresh(draft: Draft) -> Draft:
    return Draft.objects.with_people().get(pk=draft.pk)


def steps_of(draft: Draft) -> list[list[str]]:
    return [step.roles for step in fresh(draft).current_revision.steps.all()]


class TestThreeSteps:
    def test_are_taken_one_after_the_other(self) -> None:
        scene = Scene()
        scene.route(SUPERVISOR, COMMS, DUTY)
        draft = submitted(scene)
        for number, role in enumerate(
            (Role.LPT_SUPERVISOR, Role.COMMS_APPROVER, Role.COMMS_DUTY), start=1
        ):
            draft = fresh(draft)
            assert (draft.state, draft.step) == (State.SUBMITTED, number)
            assert draft.waits_for_team == (number == 1)
            assert not Delivery.objects.exists()
            delivery = sign(draft, by=scene.person(role))
        assert fresh(draft).state == State.APPROVED
        assert delivery is not None
        assert is_proved(delivery.pk)
        assert [d.step for d in Decision.objects.order_by("pk")] == [1, 2, 3]
        verbs = Record.objects.about(draft).values_list("verb", flat=True)
        assert [verb for verb in verbs if "approved" in verb] == [
            Verb.DRAFT_STEP_APPROVED,
            Verb.DRAFT_STEP_APPROVED,
            Verb.DRAFT_APPROVED,
        ]

    def test_are_three_people(self) -> None:
        scene = Scene()
        scene.route(SUPERVISOR, COMMS)
        draft, duty = submitted(scene), scene.person(Role.COMMS_DUTY)
        # A comms reviewer may stand in for a supervisor, but not for both.
        assert sign(draft, by=duty) is None
        with pytest.raises(AlreadyApproved):
            sign(fresh(draft), by=duty)
        assert sign(fresh(draft), by=scene.person(Role.COMMS_APPROVER)) is not None

    def test_are_three_people_by_the_database_itself(self) -> None:
        scene = Scene()
        scene.route(SUPERVISOR, COMMS)
        draft, duty = submitted(scene), scene.person(Role.COMMS_DUTY)
        sign(draft, by=duty)
        row = Decision.objects.get()
        row.pk, row.step = None, 2
        row._state.adding = True
        with pytest.raises(DatabaseError, match="twice"), transaction.atomic():
            row.save()

    def test_are_not_gone_round_by_whoever_has_the_last(self) -> None:
        scene = Scene()
        scene.route(SUPERVISOR, DUTY)
        draft = submitted(scene)
        with pytest.raises(PermissionDenied):
            sign(draft, by=scene.person(Role.OFFICER))
        assert sign(draft, by=scene.person(Role.LPT_COMMANDER)) is None
        for role in (Role.LPT_SUPERVISOR, Role.COMMS_APPROVER):
            with pytest.raises(PermissionDenied):
                sign(fresh(draft), by=scene.person(role))

    def test_are_not_those_of_another_team(self) -> None:
        scene = Scene()
        scene.route(SUPERVISOR, COMMS)
        other = scene.other_account()
        with pytest.raises(PermissionDenied):
            sign(submitted(scene), by=scene.person(Role.LPT_SUPERVISOR, lpt=other.lpt))

    def test_are_bound_to_what_the_page_showed(self) -> None:
        scene = Scene()
        scene.route(COMMS, COMMS)
        draft, shown = submitted(scene), None
        shown = fresh(draft)
        sign(draft, by=scene.person(Role.COMMS_APPROVER))
        # Whoever had the first step on screen has not seen who gave it.
        with pytest.raises(StaleDraft):
            sign(shown, by=scene.person(Role.COMMS_APPROVER))

    @pytest.mark.parametrize("calls_back", [reopen, unschedule])
    def test_begin_again_when_the_approval_is_called_back(self, calls_back: object) -> None:
        scene = Scene()
        scene.route(SUPERVISOR, COMMS)
        approver = scene.person(Role.COMMS_APPROVER)
        draft = submitted(scene)
        sign(draft, by=scene.person(Role.LPT_SUPERVISOR))
        sign(fresh(draft), by=approver)
        actor = draft.author if calls_back is reopen else approver
        calls_back(fresh(draft), actor=actor, now=timezone.now())  # type: ignore[operator]
        draft = fresh(draft)
        if calls_back is reopen:
            draft = handed_in(draft)
        assert (draft.state, draft.step, draft.waits_for_team) == (State.SUBMITTED, 1, True)
        step = present_step(draft)
        assert step is not None
        assert progress_of(step, draft).given == 0
        # The same people may approve the same words once more.
        assert sign(draft, by=scene.person(Role.LPT_SUPERVISOR)) is None
        assert sign(fresh(draft), by=approver) is not None

    def test_are_no_proof_while_one_lacks(self) -> None:
        scene = Scene()
        draft = approved(scene)
        delivery = Delivery.objects.get()
        assert is_proved(delivery.pk)
        ReviewStep.objects.create(
            revision=draft.current_revision,
            number=2,
            lane=Lane.ORDINARY,
            roles=[Role.COMMS_DUTY],
            quorum=Quorum.ANY,
            needed=1,
        )
        assert not is_proved(delivery.pk)

    def test_are_no_proof_once_somebody_has_gone(self) -> None:
        scene = Scene()
        scene.route(SUPERVISOR, COMMS)
        draft, supervisor = submitted(scene), scene.person(Role.LPT_SUPERVISOR)
        sign(draft, by=supervisor)
        delivery = sign(fresh(draft), by=scene.person(Role.COMMS_APPROVER))
        assert delivery is not None
        deactivate(supervisor, actor=None, now=timezone.now())
        assert not is_proved(delivery.pk)


class TestAStep:
    def test_may_need_several(self) -> None:
        scene = Scene()
        scene.route(Step((Role.COMMS_APPROVER,), Quorum.COUNT, needed=3))
        draft = submitted(scene)
        for missing in (2, 1):
            assert sign(fresh(draft), by=scene.person(Role.COMMS_APPROVER)) is None
            step = present_step(fresh(draft))
            assert step is not None
            assert progress_of(step, fresh(draft)).missing == missing
        assert sign(fresh(draft), by=scene.person(Role.COMMS_DUTY)) is not None

    def test_may_need_everyone_who_did_not_write_it(self) -> None:
        scene = Scene()
        scene.route(Step((Role.COMMS_APPROVER,), Quorum.ALL))
        author = scene.person(Role.COMMS_APPROVER)
        first, second, gone = (scene.person(Role.COMMS_APPROVER) for _ in range(3))
        draft = submitted(scene, author=author)
        deactivate(gone, actor=None, now=timezone.now())
        assert sign(draft, by=first) is None
        assert sign(fresh(draft), by=second) is not None

    def test_that_needs_everyone_does_not_pass_without_anyone(self) -> None:
        scene = Scene()
        scene.route(Step((Role.COMMS_APPROVER,), Quorum.ALL))
        draft = submitted(scene)
        step = present_step(draft)
        assert step is not None
        assert not progress_of(step, draft).is_passed
        # Nobody holds the role; whoever stands in decides.
        assert sign(draft, by=scene.person(Role.COMMS_DUTY)) is not None

    def test_does_not_count_who_has_gone_since(self) -> None:
        scene = Scene()
        scene.route(Step((Role.COMMS_APPROVER,), Quorum.COUNT, needed=2))
        draft, first = submitted(scene), scene.person(Role.COMMS_APPROVER)
        sign(draft, by=first)
        deactivate(first, actor=None, now=timezone.now())
        assert sign(fresh(draft), by=scene.person(Role.COMMS_APPROVER)) is None
        assert sign(fresh(draft), by=scene.person(Role.COMMS_APPROVER)) is not None

    def test_may_be_there_for_a_category_alone(self) -> None:
        scene = Scene()
        scene.route(COMMS, Step((Role.COMMS_DUTY,), categories=("advice",)))
        assert steps_of(submitted(scene)) == [["comms_approver"]]
        assert len(steps_of(submitted(scene, category="advice"))) == 2

    def test_may_be_there_for_a_finding_alone(self) -> None:
        scene = Scene()
        scene.route(COMMS, Step((Role.COMMS_DUTY,), rules=("duty-times",)))
        assert len(steps_of(submitted(scene))) == 1
        draft = written(scene, text=ASKING)
        handed_in(draft, answers={key_of_the_question(draft): "They know"})
        assert len(steps_of(draft)) == 2

    def test_stays_when_the_route_changes(self) -> None:
        scene = Scene()
        scene.route(SUPERVISOR, COMMS)
        before = submitted(scene)
        scene.route(COMMS)
        assert steps_of(before) == [["lpt_supervisor"], ["comms_approver"]]
        assert steps_of(submitted(scene)) == [["comms_approver"]]
        assert sign(before, by=scene.person(Role.LPT_SUPERVISOR)) is None

    def test_never_changes_once_it_is_written(self) -> None:
        draft = submitted(Scene())
        for change in ({"needed": 2}, {"number": 2}):
            with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
                ReviewStep.objects.filter(revision__draft=draft).update(**change)
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            ReviewStep.objects.filter(revision__draft=draft).delete()

    def test_is_given_to_what_an_older_version_submitted(self) -> None:
        scene = Scene()
        draft, now = written(scene), timezone.now()
        Draft.objects.filter(pk=draft.pk).update(
            state=State.SUBMITTED, submitted_at=now, queue_at=now
        )
        scene.route(SUPERVISOR, COMMS)
        assert adopt(now=now) == 1
        assert adopt(now=now) == 0
        assert fresh(draft).waits_for_team
        assert len(steps_of(draft)) == 2


class TestTheRoutineLane:
    @pytest.fixture
    def scene(self) -> Scene:
        scene = Scene()
        scene.route(Step((Role.OFFICER,)), lane=Lane.ROUTINE)
        return scene

    def test_lets_a_second_member_of_the_team_approve(self, scene: Scene) -> None:
        draft = submitted(scene)
        with pytest.raises(PermissionDenied):
            approve_it(draft, by=draft.author)
        with pytest.raises(PermissionDenied):
            approve_it(draft, by=scene.person(lpt=scene.other_account().lpt))
        delivery = approve_it(draft, by=scene.person())
        assert is_proved(delivery.pk)

    def test_asks_of_who_approves_what_it_asks_of_who_submits(
        self, client: Client, scene: Scene
    ) -> None:
        draft, second = submitted(scene), scene.person(mobile_confirmed_on=None)
        with pytest.raises(NotPossible, match="mobile"):
            approve_it(draft, by=second)
        client.force_login(second)
        page = Page.of(client.get(f"/review/{draft.pk}/"))
        assert "It cannot be approved: " in page.main
        User.objects.filter(pk=second.pk).update(mobile_confirmed_on=timezone.localdate())
        assert is_proved(approve_it(draft, by=again(second)).pk)

    def test_asks_nothing_of_who_decides_elsewhere_anyway(self, scene: Scene) -> None:
        reviewer = scene.person(Role.COMMS_APPROVER, mobile_confirmed_on=None)
        assert is_proved(approve_it(submitted(scene), by=reviewer).pk)
        # Nor of a supervisor at a step of their own.
        scene.route(SUPERVISOR, COMMS)
        draft = submitted(scene, category="advice")
        assert sign(draft, by=scene.person(Role.LPT_SUPERVISOR, mobile_confirmed_on=None)) is None
        assert fresh(draft).step == 2

    @pytest.mark.parametrize("category", ["advice", "traffic", "question"])
    def test_is_for_low_risk_alone(self, scene: Scene, category: str) -> None:
        assert steps_of(submitted(scene, category=category)) == [["comms_approver"]]

    def test_is_not_for_what_the_rulebook_asks_about(self, scene: Scene) -> None:
        draft = written(scene, text=ASKING, category="you-said-we-did")
        handed_in(draft, answers={key_of_the_question(draft): "They know"})
        assert steps_of(draft) == [["comms_approver"]]

    def test_is_sampled_afterwards(self, scene: Scene, settings: object) -> None:
        settings.SAMPLE_ONE_IN = 1  # type: ignore[attr-defined]
        delivery = approve_it(submitted(scene), by=scene.person())
        asked = AfterReview.objects.get(delivery=delivery)
        assert asked.occasion == Occasion.SAMPLE
        assert asked.due_by > timezone.now() + timedelta(days=6)

    def test_is_sampled_about_once_in_so_many(self, scene: Scene, settings: object) -> None:
        settings.SAMPLE_ONE_IN = 4  # type: ignore[attr-defined]
        second = scene.person()
        for _ in range(24):
            approve_it(submitted(scene), by=second)
        assert 1 <= AfterReview.objects.count() <= 15

    def test_alone_is_sampled(self, settings: object) -> None:
        settings.SAMPLE_ONE_IN = 1  # type: ignore[attr-defined]
        approved(Scene())
        assert not AfterReview.objects.exists()


class TestLookingAfterwards:
    @pytest.fixture
    def scene(self, settings: object) -> Scene:
        settings.SAMPLE_ONE_IN = 1  # type: ignore[attr-defined]
        scene = Scene()
        scene.route(Step((Role.OFFICER,)), lane=Lane.ROUTINE)
        return scene

    def after(self, scene: Scene, by: User | None = None) -> AfterReview:
        delivery = approve_it(submitted(scene), by=by or scene.person())
        return AfterReview.objects.with_people().get(delivery=delivery)

    def test_is_done_once(self, scene: Scene) -> None:
        review, now = self.after(scene), timezone.now()
        look_after(
            review, actor=scene.person(Role.COMMS_APPROVER), was_right=True, note="", now=now
        )
        assert not AfterReview.objects.open().exists()
        with pytest.raises(LookedAt):
            look_after(
                review, actor=scene.person(Role.COMMS_DUTY), was_right=True, note="", now=now
            )

    def test_is_for_nobody_who_approved_or_wrote_it(self, scene: Scene) -> None:
        approver = scene.person(Role.COMMS_APPROVER)
        review, now = self.after(scene, by=approver), timezone.now()
        for person in (approver, review.delivery.draft.author, scene.person()):
            with pytest.raises(PermissionDenied):
                look_after(review, actor=person, was_right=True, note="", now=now)
        with pytest.raises(DatabaseError, match="looks after"), transaction.atomic():
            AfterReview.objects.update(person=approver, at=now, was_right=True)

    def test_says_why_when_it_was_wrong(self, scene: Scene) -> None:
        review, now = self.after(scene), timezone.now()
        comms = scene.person(Role.COMMS_APPROVER)
        with pytest.raises(DatabaseError, match="wrong_says_why"), transaction.atomic():
            look_after(review, actor=comms, was_right=False, note="", now=now)
        look_after(review, actor=comms, was_right=False, note="It names a street.", now=now)
        draft = review.delivery.draft
        for person in (draft.author, review.delivery.approved_by):
            notice = notices_of(person)[0]
            did = f"{comms} looked at the tweet for {draft.account} after it went out"
            assert notice.text == f"{did}: It names a street."
            # What somebody typed stays out of the mail.
            assert notice.in_mail == f"{did}. It should have been different."
            assert (notice.urgent, notice.link) == (True, draft.get_absolute_url())
        row = Record.objects.about(draft).get(verb=Verb.DRAFT_LOOKED_AFTER)
        assert row.data == {"occasion": "sample", "was_right": False}

    def test_tells_nobody_when_it_was_right(self, scene: Scene) -> None:
        review = self.after(scene)
        before = Notice.objects.count()
        comms = scene.person(Role.COMMS_APPROVER)
        look_after(review, actor=comms, was_right=True, note="Good.", now=timezone.now())
        review.refresh_from_db()
        assert (review.person, review.was_right, review.note) == (comms, True, "Good.")
        assert Notice.objects.count() == before

    def test_is_not_for_another_force(self, scene: Scene) -> None:
        review = self.after(scene)
        assert not Scene().person(Role.COMMS_APPROVER).has_perm("approvals.look_after", review)


def notices_of(person: User) -> list[Notice]:
    return list(Notice.objects.for_person(person.pk))


class TestADelegation:
    def given(
        self, scene: Scene, absent: User, to: User, by: User | None = None, /, **dates: int
    ) -> Delegation:
        today = timezone.localdate()
        return delegate(
            absent,
            to=to,
            since=today + timedelta(days=dates.get("begins", 0)),
            until=today + timedelta(days=dates.get("ends", 3)),
            reason="On leave",
            actor=by or absent,
            now=timezone.now(),
        )

    def test_lets_somebody_decide_in_both_names(self) -> None:
        scene = Scene()
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person(Role.LPT_SUPERVISOR)
        draft = submitted(scene)
        with pytest.raises(PermissionDenied):
            sign(draft, by=person)
        self.given(scene, absent, person)
        assert sign(draft, by=again(person)) is not None
        decision = Decision.objects.get()
        assert (decision.person, decision.on_behalf_of) == (person, absent)
        assert decision.who == f"{person} in the place of {absent}"
        record = Record.objects.about(draft).get(verb=Verb.DRAFT_APPROVED)
        assert record.data["on_behalf_of"] == absent.pk

    @pytest.mark.parametrize("dates", [{"begins": 1}, {"begins": -5, "ends": -1}])
    def test_counts_on_its_days_alone(self, dates: dict[str, int]) -> None:
        scene = Scene()
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        self.given(scene, absent, person, **dates)
        with pytest.raises(PermissionDenied):
            sign(submitted(scene), by=again(person))

    def test_is_told_to_both_and_stands_in_the_trail(self) -> None:
        scene, today = Scene(), timezone.localdate()
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        self.given(scene, absent, person)
        last = today + timedelta(days=3)
        for either in (absent, person):
            (notice,) = notices_of(either)
            assert notice.text == f"{person} decides on tweets for {absent} until {last:%d %B}."
        row = Record.objects.get(verb=Verb.DELEGATED)
        assert (row.target_id, row.actor_id) == (str(person.pk), str(absent.pk))
        assert row.data == {
            "absent": absent.pk,
            "since": today.isoformat(),
            "until": last.isoformat(),
        }

    def test_may_follow_another_day_by_day(self) -> None:
        scene = Scene()
        absent = scene.person(Role.COMMS_APPROVER)
        self.given(scene, absent, scene.person(), begins=0, ends=0)
        self.given(scene, absent, scene.person(), begins=1, ends=1)
        for begins, ends in ((0, 0), (1, 2), (-1, 0)):
            with pytest.raises(CannotDelegate):
                self.given(scene, absent, scene.person(), begins=begins, ends=ends)

    def test_is_not_to_somebody_who_has_left(self) -> None:
        scene = Scene()
        gone = scene.person()
        deactivate(gone, actor=None, now=timezone.now())
        with pytest.raises(CannotDelegate, match="at work"):
            self.given(scene, scene.person(Role.COMMS_APPROVER), again(gone))

    @pytest.mark.parametrize("role", [Role.COMMS_ADMIN, Role.PSD])
    def test_is_not_to_somebody_who_decides_nowhere(self, role: Role) -> None:
        scene = Scene()
        with pytest.raises(CannotDelegate, match="neither writes nor approves"):
            self.given(scene, scene.person(Role.COMMS_APPROVER), scene.person(role))

    def test_is_not_to_another_force(self) -> None:
        scene = Scene()
        for stranger in (Scene().person(Role.COMMS_APPROVER), Scene().person()):
            with pytest.raises(CannotDelegate, match="neither writes nor approves"):
                self.given(scene, scene.person(Role.COMMS_APPROVER), stranger)

    def test_is_never_to_oneself(self) -> None:
        scene = Scene()
        absent, admin = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_ADMIN)
        admin = scene.give(admin, Role.OFFICER)
        with pytest.raises(WrongPeople, match=f"name yourself.*ask {absent} to name you"):
            self.given(scene, absent, admin, admin)
        assert self.given(scene, absent, admin).person == admin

    def test_is_of_nobody_who_decides_nowhere(self) -> None:
        scene = Scene()
        admin, person = scene.person(Role.COMMS_ADMIN), scene.person()
        with pytest.raises(WrongPeople, match="You neither write nor approve tweets"):
            self.given(scene, admin, person)
        elsewhere = Scene().give(scene.person(Role.PSD), Role.COMMS_APPROVER)
        with pytest.raises(WrongPeople, match=f"{elsewhere} neither .* in your force"):
            self.given(scene, elsewhere, person, admin)

    def test_is_given_by_an_admin_in_the_force_that_they_keep(self) -> None:
        scene, other = Scene(), Scene()
        admin, absent = scene.person(Role.COMMS_ADMIN), scene.person(Role.COMMS_APPROVER)
        absent = other.give(absent, Role.COMMS_APPROVER)
        abroad = other.person()
        with pytest.raises(WrongPeople, match=f"{abroad} neither writes nor approves"):
            self.given(scene, absent, abroad, admin)
        assert not Delegation.objects.exists()
        assert self.given(scene, absent, abroad).pk

    @pytest.mark.parametrize("where", ["nowhere", "elsewhere"])
    def test_is_nothing_once_their_own_role_has_ended(self, where: str) -> None:
        scene, now = Scene(), timezone.now()
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        self.given(scene, absent, person)
        draft = submitted(scene)
        assert person in may_decide(draft, now=now)
        assert person in readers_of(draft, on=timezone.localdate())
        person.memberships.update(until=timezone.localdate() - timedelta(days=1))
        left = Scene().give(person, Role.OFFICER) if where == "elsewhere" else again(person)
        assert not left.has_perm("approvals.decide", draft)
        assert left not in may_decide(draft, now=now)
        assert left not in readers_of(draft, on=timezone.localdate())
        assert not waiting_for(left).exists()
        with pytest.raises(PermissionDenied):
            sign(draft, by=left)

    def test_is_ended_by_whom_it_is_of_and_once(self) -> None:
        scene = Scene()
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        delegation = self.given(scene, absent, person)
        with pytest.raises(PermissionDenied):
            end_delegation(delegation, actor=person, now=timezone.now())
        end_delegation(delegation, actor=absent, now=timezone.now())
        assert Record.objects.filter(verb=Verb.DELEGATION_ENDED).count() == 1
        end_delegation(delegation, actor=absent, now=timezone.now())
        row = Record.objects.get(verb=Verb.DELEGATION_ENDED)
        assert (row.target_id, row.data) == (str(person.pk), {"absent": absent.pk})
        # Somebody else may decide for them now.
        assert self.given(scene, absent, scene.person()).pk

    def test_ends_early(self) -> None:
        scene = Scene()
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        end_delegation(self.given(scene, absent, person), actor=absent, now=timezone.now())
        with pytest.raises(PermissionDenied):
            sign(submitted(scene), by=again(person))

    def test_gives_nobody_what_the_absent_may_not(self) -> None:
        scene = Scene()
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        self.given(scene, absent, person)
        # The absent wrote this one.
        with pytest.raises(PermissionDenied):
            sign(submitted(scene, author=absent), by=again(person))
        deactivate(absent, actor=None, now=timezone.now())
        with pytest.raises(PermissionDenied):
            sign(submitted(scene), by=again(person))

    def test_makes_one_voice_of_two(self) -> None:
        scene = Scene()
        scene.route(COMMS, COMMS)
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        self.given(scene, absent, person)
        draft = submitted(scene)
        sign(draft, by=again(person))
        for either in (absent, again(person)):
            with pytest.raises(AlreadyApproved):
                sign(fresh(draft), by=either)

    def test_gives_the_voice_that_was_not_given_yet(self) -> None:
        scene = Scene()
        scene.route(COMMS, COMMS)
        first, second = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_APPROVER)
        person = scene.person()
        self.given(scene, first, person)
        self.given(scene, second, person)
        draft = submitted(scene)
        sign(draft, by=first)
        assert sign(fresh(draft), by=again(person))
        last = Decision.objects.latest("pk")
        assert (last.person, last.on_behalf_of) == (person, second)

    def test_is_refused_with_a_sentence(self) -> None:
        scene = Scene()
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        with pytest.raises(CannotDelegate, match="before the first"):
            self.given(scene, absent, person, ends=-1)
        with pytest.raises(CannotDelegate, match="colleague"):
            self.given(scene, absent, absent)
        self.given(scene, absent, person)
        with pytest.raises(CannotDelegate, match=str(person)):
            self.given(scene, absent, scene.person())

    def test_is_one_s_own_or_the_admin_s(self) -> None:
        scene, now, today = Scene(), timezone.now(), timezone.localdate()
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        dates = {"since": today, "until": today, "reason": "Leave", "now": now}
        for actor in (person, Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                delegate(absent, to=person, actor=actor, **dates)  # type: ignore[arg-type]
        assert delegate(absent, to=person, actor=scene.person(Role.COMMS_ADMIN), **dates).pk  # type: ignore[arg-type]
