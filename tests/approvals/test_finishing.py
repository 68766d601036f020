"""Steps that somebody was missing at, who has left since."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Quorum, User
from accounts.roles import COMMS_REVIEWERS, Role
from accounts.services import Step, deactivate
from approvals.services import AlreadyApproved, end_delegation, finish_steps, remind
from approvals.services.steps import may_decide
from approvals.showing import why_not
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.workflow import State
from notices.models import Kind, Notice
from publishing.models import Delivery
from publishing.statements import is_proved
from tests.factories import Scene, again, approve_it, covered, handed_in, sign, written

pytestmark = pytest.mark.django_db

EACH = Step((Role.LPT_COMMANDER,), Quorum.ALL)
COMMS = Step((Role.COMMS_APPROVER,))


def fresh(draft: Draft) -> Draft:
    return Draft.objects.with_people().get(pk=draft.pk)


def gone(person: User) -> None:
    deactivate(person, actor=None, now=timezone.now())


class Waiting:
    """A draft of which all but one of three commanders have approved, at the first step."""

    def __init__(self, *steps: Step) -> None:
        self.scene = Scene()
        self.scene.route(*steps)
        self.comms = self.scene.person(Role.COMMS_APPROVER)
        self.duty = self.scene.person(Role.COMMS_DUTY)
        *self.signed, self.missing = (self.scene.person(Role.LPT_COMMANDER) for _ in range(3))
        self.draft = handed_in(written(self.scene))
        for person in self.signed:
            assert sign(fresh(self.draft), by=person) is None
        self.draft = fresh(self.draft)

    def finish(self) -> int:
        done = finish_steps(now=timezone.now())
        self.draft = fresh(self.draft)
        return done


class TestAStepThatOthersFollow:
    def test_waits_while_somebody_is_missing(self) -> None:
        waiting = Waiting(EACH, COMMS)
        assert waiting.finish() == 0
        assert waiting.draft.step == 1

    @pytest.mark.parametrize("how", ["access", "role"])
    def test_is_passed_by_those_who_remain(self, how: str) -> None:
        waiting = Waiting(EACH, COMMS)
        if how == "access":
            gone(waiting.missing)
        else:
            yesterday = timezone.localdate() - timedelta(days=1)
            waiting.missing.memberships.update(until=yesterday)
        remind(now=timezone.now())
        assert Notice.objects.unread().filter(kind=Kind.WAITING).exists()
        assert waiting.finish() == 1
        # Whoever was asked to decide at this step need not any more.
        assert not Notice.objects.unread().filter(kind=Kind.WAITING).exists()
        assert (waiting.draft.state, waiting.draft.step) == (State.SUBMITTED, 2)
        assert not waiting.draft.waits_for_team
        row = Record.objects.about(waiting.draft).get(actor_id="", verb=Verb.DRAFT_STEP_APPROVED)
        assert (row.data["step"], row.data["why"]) == (1, "nobody else of this step is left")
        # Once, and what follows is as ever.
        assert waiting.finish() == 0
        delivery = approve_it(waiting.draft, by=waiting.comms)
        assert is_proved(delivery.pk)

    def test_is_not_passed_by_people_who_have_left_themselves(self) -> None:
        waiting = Waiting(EACH, COMMS)
        for person in (*waiting.signed, waiting.missing):
            gone(person)
        assert waiting.finish() == 0
        assert waiting.draft.step == 1

    def test_is_not_passed_after_its_time(self) -> None:
        waiting = Waiting(EACH, COMMS)
        gone(waiting.missing)
        assert finish_steps(now=timezone.now() + timedelta(days=30)) == 0
        assert fresh(waiting.draft).step == 1


class TestTheLastStep:
    """A tweet goes out by somebody's decision, never because somebody left."""

    def test_is_told_to_communications_who_can_end_it(self) -> None:
        waiting = Waiting(EACH)
        gone(waiting.missing)
        assert waiting.finish() == 0
        assert waiting.draft.state == State.SUBMITTED
        assert not Delivery.objects.exists()
        (notice,) = Notice.objects.for_person(waiting.comms.pk)
        assert (notice.kind, notice.link) == (Kind.ALERT, waiting.draft.get_absolute_url())
        assert notice.urgent
        assert notice.text == (
            f"A tweet for {waiting.draft.account} waits at step 1 (LPT commander), and nobody is"
            f" left there who has not approved it. {waiting.comms} or {waiting.duty} can approve it"
            " in their place."
        )
        row = Record.objects.about(waiting.draft).filter(verb=Verb.DRAFT_REMINDED).get()
        assert row.data == {"nobody_left": "1.1", "people": [waiting.comms.pk, waiting.duty.pk]}
        # Told once.
        assert waiting.finish() == 0
        assert Notice.objects.for_person(waiting.comms.pk).count() == 1
        assert is_proved(approve_it(waiting.draft, by=again(waiting.comms)).pk)

    def test_is_no_reminder_of_a_person_when_nobody_can(self) -> None:
        waiting = Waiting(EACH)
        # Who could stand in took part in it.
        for person in User.objects.holding(COMMS_REVIEWERS, force_id=waiting.scene.force.pk):
            waiting.draft.contributions.create(person=person)
        gone(waiting.missing)
        assert waiting.finish() == 0
        assert not Notice.objects.exists()


class TestWhoeverIsAway:
    """Nobody is awaited whose voice was given: nobody could give it a second time."""

    @pytest.fixture
    def waiting(self) -> Waiting:
        return Waiting(EACH, COMMS)

    def test_is_heard_through_who_decides_in_their_place(self, waiting: Waiting) -> None:
        cover = waiting.scene.person()
        covered(waiting.missing, by=cover)
        assert sign(waiting.draft, by=again(cover)) is None
        draft = fresh(waiting.draft)
        assert (draft.step, draft.waits_for_team) == (2, False)
        assert draft.current_revision.steps.get(number=1).passed_with == 3
        assert is_proved(approve_it(draft, by=waiting.comms).pk)

    def test_is_heard_when_the_cover_has_ended_since(self) -> None:
        scene = Scene()
        scene.route(EACH, COMMS)
        scene.person(Role.COMMS_APPROVER)
        absent, other = scene.person(Role.LPT_COMMANDER), scene.person(Role.LPT_COMMANDER)
        cover, draft = scene.person(), handed_in(written(scene))
        delegation = covered(absent, by=cover)
        sign(fresh(draft), by=again(cover))
        end_delegation(delegation, actor=absent, now=timezone.now())
        # Back at work, they are neither asked nor offered what was given in their place.
        assert absent not in may_decide(fresh(draft), now=timezone.now())
        words = why_not(fresh(draft), again(absent))
        assert words.startswith(f"{cover} in the place of {absent} has approved this already.")
        with pytest.raises(AlreadyApproved):
            sign(fresh(draft), by=again(absent))
        sign(fresh(draft), by=other)
        assert fresh(draft).step == 2

    def test_is_heard_through_a_colleague_of_the_same_step(self) -> None:
        scene = Scene()
        scene.route(EACH, COMMS)
        scene.person(Role.COMMS_APPROVER)
        absent, here = scene.person(Role.LPT_COMMANDER), scene.person(Role.LPT_COMMANDER)
        draft = handed_in(written(scene))
        covered(absent, by=here)
        sign(fresh(draft), by=again(here))
        assert fresh(draft).step == 2

    def test_is_heard_when_they_leave_it_to_who_has_approved(self, waiting: Waiting) -> None:
        covered(waiting.missing, by=waiting.signed[0])
        assert waiting.finish() == 1
        assert waiting.draft.step == 2

    def test_was_heard_at_an_earlier_step(self) -> None:
        scene = Scene()
        scene.route(Step((Role.LPT_SUPERVISOR,)), EACH, COMMS)
        scene.person(Role.COMMS_APPROVER)
        scene.person(Role.LPT_SUPERVISOR)
        first, second = scene.person(Role.LPT_COMMANDER), scene.person(Role.LPT_COMMANDER)
        draft = handed_in(written(scene))
        sign(fresh(draft), by=first)
        sign(fresh(draft), by=second)
        assert fresh(draft).step == 3

    def test_is_awaited_until_somebody_gives_their_voice(self, waiting: Waiting) -> None:
        cover = waiting.scene.person()
        covered(waiting.missing, by=cover)
        assert waiting.finish() == 0
        assert set(may_decide(waiting.draft, now=timezone.now())) >= {waiting.missing, cover}

    def test_approves_themselves_and_nobody_does_in_their_place(self, waiting: Waiting) -> None:
        scene, cover = waiting.scene, waiting.scene.person()
        another = scene.person(Role.LPT_COMMANDER)
        covered(waiting.missing, by=cover)
        sign(waiting.draft, by=again(waiting.missing))
        draft = fresh(waiting.draft)
        assert draft.step == 1
        assert cover not in may_decide(draft, now=timezone.now())
        words = why_not(draft, again(cover))
        assert words.startswith(f"{waiting.missing} has approved this already.")
        sign(draft, by=another)
        assert fresh(draft).step == 2
