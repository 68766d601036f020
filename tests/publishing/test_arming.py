"""CHECK and ARM: the last question before a tweet goes out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import OperationalError, connection, transaction

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import Role
from accounts.services import deactivate, set_status
from drafts.models import Contribution, Draft
from drafts.services import check_content
from drafts.workflow import State as DraftState
from incidents.models import Hold, HoldKind
from incidents.services import place, release
from policy.services import generation, next_generation
from publishing.clock import database_now
from publishing.models import Attempt, Delivery
from publishing.services.arming import LOOK_AGAIN, arm, arm_checked
from publishing.services.checking import ask_rulebook
from publishing.services.payload import Armed, payload_of
from publishing.workflow import LostLease, State
from tests import factories
from tests.publishing import stage

pytestmark = pytest.mark.django_db
SOON = timedelta(seconds=60)
# The one statement that decides.
ARM = "FROM publishing_arm_all("


def claimed(delivery: Delivery) -> int:
    """Claim this delivery as a worker would; its fence."""
    now = database_now()
    taken = dict(Delivery.objects.claim(now=now, owner="a test", lease_until=now + SOON, limit=50))
    return taken[delivery.pk]


def arm_it(delivery: Delivery) -> Armed | None:
    return arm(delivery.pk, fence=claimed(delivery))


def hold(scene: factories.Scene, scope: Any, kind: HoldKind = HoldKind.HOLD) -> Hold:
    duty = scene.person(Role.COMMS_DUTY)
    return place(kind=kind, scope=scope, reason="We look.", actor=duty, now=database_now())


@pytest.fixture
def scene() -> factories.Scene:
    return factories.Scene()


@pytest.fixture
def delivery(scene: factories.Scene) -> Delivery:
    """A delivery that may go out, among others that may: its twin has the same words."""
    other = scene.other_account()
    stage.due(scene, 2, accounts=[other], text="The same words.")
    mine, _ = stage.due(scene, 2, text="The same words.")
    return stage.fresh(mine)


class TestWhatMayGoOut:
    def test_gets_leave_to_be_sent_once(self, delivery: Delivery) -> None:
        armed = arm_it(delivery)
        assert armed is not None
        attempt = Attempt.objects.get(delivery=delivery)
        assert (armed.delivery_id, armed.attempt_id) == (delivery.pk, attempt.pk)
        assert armed.payload.token == delivery.token
        assert armed.payload.content_hash == delivery.approved_hash
        assert armed.payload.text == "The same words."
        assert armed.payload.account == f"x:{delivery.account.handle}"
        now = stage.fresh(delivery)
        assert (now.state, now.attempts_made, attempt.outcome) == (State.SENDING, 1, "sending")
        with pytest.raises(LostLease):
            arm(delivery.pk, fence=now.fence)

    def test_is_armed_by_the_claim_alone(self, delivery: Delivery) -> None:
        fence = claimed(delivery)
        with pytest.raises(LostLease):
            arm(delivery.pk, fence=fence - 1)
        assert arm(delivery.pk, fence=fence)

    def test_is_not_hindered_by_a_hold_elsewhere(
        self, scene: factories.Scene, delivery: Delivery
    ) -> None:
        hold(scene, scene.other_account())
        hold(scene, factories.LPTFactory.create(force=scene.force))
        other = factories.Scene()
        hold(other, other.force)
        assert arm_it(delivery)

    def test_is_not_hindered_by_a_hold_that_has_ended(
        self, scene: factories.Scene, delivery: Delivery
    ) -> None:
        placed = hold(scene, scene.account)
        release(placed, actor=scene.person(Role.COMMS_DUTY), now=database_now())
        assert arm_it(delivery)

    def test_may_break_a_rule_that_the_decision_passed_over(self, scene: factories.Scene) -> None:
        (blocked,) = stage.due(scene, text=factories.BLOCKED)
        report = check_content(blocked.revision, now=database_now())
        assert report.blocking
        overrides = [{"key": finding.key} for finding in report.blocking]
        (passed_over,) = stage.due(scene, text=factories.BLOCKED, overrides=overrides)
        assert arm_it(passed_over)


SCOPES: dict[str, Callable[[factories.Scene], object]] = {
    "force": lambda scene: scene.force,
    "team": lambda scene: scene.lpt,
    "account": lambda scene: scene.account,
}


class TestWhatMustWait:
    """It goes back to the queue and is looked at again a few seconds later."""

    def looked_at_again(self, delivery: Delivery, why: str) -> None:
        now = stage.fresh(delivery)
        assert (now.state, now.last_error, now.owner) == (State.QUEUED, why, "")
        wait = (now.next_at - database_now()).total_seconds()
        assert LOOK_AGAIN[0] - 3 < wait <= LOOK_AGAIN[1]
        assert not Attempt.objects.filter(delivery=delivery).exists()

    @pytest.mark.parametrize("scope", SCOPES)
    @pytest.mark.parametrize("kind", HoldKind)
    def test_is_what_a_hold_covers(
        self, scene: factories.Scene, delivery: Delivery, scope: str, kind: HoldKind
    ) -> None:
        hold(scene, SCOPES[scope](scene), kind)
        assert arm_it(delivery) is None
        self.looked_at_again(delivery, "A hold is on.")

    def test_is_what_a_second_hold_still_covers(
        self, scene: factories.Scene, delivery: Delivery
    ) -> None:
        first = hold(scene, scene.account)
        hold(scene, scene.force)
        release(first, actor=scene.person(Role.COMMS_DUTY), now=database_now())
        assert arm_it(delivery) is None

    def test_is_what_a_frozen_account_has(self, scene: factories.Scene, delivery: Delivery) -> None:
        set_status(scene.account, AccountStatus.FROZEN, actor=None, now=database_now())
        assert arm_it(delivery) is None
        self.looked_at_again(delivery, f"{scene.account} is frozen.")

    def test_is_not_yet_due(self, delivery: Delivery) -> None:
        later = database_now() + SOON
        Delivery.objects.filter(pk=delivery.pk).update(due_at=later)
        assert arm_it(delivery) is None
        now = stage.fresh(delivery)
        assert (now.state, now.next_at) == (State.QUEUED, now.due_at)

    def test_is_checked_again_when_the_rules_change_after_the_check(
        self, delivery: Delivery
    ) -> None:
        with stage.at_statement(ARM, next_generation):
            assert arm_it(delivery) is None
        now = stage.fresh(delivery)
        assert (now.state, now.last_error) == (State.QUEUED, "")
        assert now.next_at <= database_now()
        assert arm_it(delivery)

    def test_is_tried_again_at_once_when_its_hold_ends_meanwhile(
        self, scene: factories.Scene, delivery: Delivery
    ) -> None:
        placed = hold(scene, scene.account)
        duty = scene.person(Role.COMMS_DUTY)
        ends = stage.at_statement(
            ARM,
            lambda: release(placed, actor=duty, now=database_now()),
            after=True,
        )
        fence = claimed(delivery)
        with ends:
            assert arm(delivery.pk, fence=fence) is None
        assert stage.state_of(delivery) == State.QUEUED
        assert arm_it(delivery)


class TestWhatIsMissed:
    def test_is_past_its_last_moment(self, delivery: Delivery) -> None:
        past = database_now() - timedelta(seconds=1)
        Delivery.objects.filter(pk=delivery.pk).update(not_after=past)
        assert arm_it(delivery) is None
        assert stage.state_of(delivery) == State.MISSED

    def test_includes_what_was_held_for_too_long(
        self, scene: factories.Scene, delivery: Delivery
    ) -> None:
        placed = hold(scene, scene.force)
        assert arm_it(delivery) is None
        past = database_now() - timedelta(seconds=1)
        Delivery.objects.filter(pk=delivery.pk).update(not_after=past, next_at=past)
        release(placed, actor=scene.person(Role.COMMS_DUTY), now=database_now())
        assert arm_it(delivery) is None
        assert stage.state_of(delivery) == State.MISSED


def _change_draft(**columns: Any) -> Callable[[Delivery], object]:
    return lambda delivery: Draft.objects.filter(pk=delivery.draft_id).update(**columns)


def _deactivate(person: Callable[[Delivery], User]) -> Callable[[Delivery], object]:
    return lambda delivery: deactivate(person(delivery), actor=None, now=database_now())


def _helper(delivery: Delivery) -> User:
    """Somebody who also wrote at the draft."""
    person: User = factories.UserFactory.create()
    Contribution.objects.create(draft=delivery.draft, person=person)
    return person


CHANGED = "The draft is no longer the one that was approved."
GONE = "Somebody who wrote it, passed over a rule for it or approved it is no longer active."
REASONS: dict[str, tuple[Callable[[Delivery], object], str]] = {
    "its draft is not approved any more": (_change_draft(state=DraftState.DRAFT), CHANGED),
    "its draft has another revision": (_change_draft(revision_number=2), CHANGED),
    "its draft has other words": (_change_draft(content_hash="0" * 64), CHANGED),
    "its author has gone": (_deactivate(lambda delivery: delivery.draft.author), GONE),
    "its approver has gone": (_deactivate(lambda delivery: delivery.approved_by), GONE),
    "somebody else who wrote it has gone": (_deactivate(_helper), GONE),
    "its account is closed": (
        lambda delivery: set_status(
            delivery.account, AccountStatus.CLOSED, actor=None, now=database_now()
        ),
        "is closed.",
    ),
    "its account has another name": (
        lambda delivery: SocialAccount.objects.filter(pk=delivery.account_id).update(handle="New"),
        "What would go out is not what was approved.",
    ),
}


class TestWhatAPersonMustLookAt:
    def test_is_another_text_than_the_approved_one(self, scene: factories.Scene) -> None:
        (delivery,) = stage.due(scene, approved_hash="0" * 64)
        assert arm_it(delivery) is None
        now = stage.fresh(delivery)
        assert now.state == State.NEEDS_HUMAN
        assert now.last_error == "What would go out is not what was approved."

    WRONG: ClassVar[dict[str, Callable[[factories.Scene, Delivery], dict[str, Any]]]] = {
        "delivery": lambda _, other: {"delivery": other},
        "draft": lambda _, other: {"draft": other.draft},
        "revision": lambda _, other: {"revision": other.revision},
        "person": lambda scene, _: {"person": scene.person(Role.COMMS_APPROVER)},
        "hash": lambda *_: {"content_hash": "0" * 64},
    }

    @pytest.mark.parametrize("wrong", WRONG)
    def test_is_a_delivery_whose_decision_does_not_fit(
        self, scene: factories.Scene, wrong: str
    ) -> None:
        (other,) = stage.due(scene, text="The same words.", is_decided=False)
        proof = self.WRONG[wrong](scene, other)
        (delivery,) = stage.due(scene, text="The same words.", proof=proof)
        assert arm_it(delivery) is None
        now = stage.fresh(delivery)
        assert (now.state, now.last_error) == (State.NEEDS_HUMAN, CHANGED)
        assert not Attempt.objects.exists()

    def test_is_a_delivery_that_lacks_a_step_of_its_route(self, scene: factories.Scene) -> None:
        (delivery,) = stage.due(scene)
        delivery.revision.steps.create(
            number=2, lane="ordinary", roles=[Role.COMMS_DUTY], quorum="any", needed=1
        )
        assert arm_it(delivery) is None
        now = stage.fresh(delivery)
        assert (now.state, now.last_error) == (State.NEEDS_HUMAN, CHANGED)
        assert not Attempt.objects.exists()

    @pytest.mark.parametrize("because", REASONS)
    def test_is_a_tweet_when(self, delivery: Delivery, because: str) -> None:
        happens, reason = REASONS[because]
        happens(delivery)
        assert arm_it(delivery) is None
        now = stage.fresh(delivery)
        assert now.state == State.NEEDS_HUMAN
        assert now.last_error.endswith(reason)
        assert not Attempt.objects.exists()

    @pytest.mark.parametrize("because", REASONS)
    def test_is_found_by_the_last_question_as_well(self, delivery: Delivery, because: str) -> None:
        # It happens after CHECK, at the last moment at which ARM can still know of it.
        happens, _ = REASONS[because]
        fence = claimed(delivery)
        with stage.at_statement(ARM, lambda: happens(delivery)):
            armed = arm(delivery.pk, fence=fence)
        if because == "its account has another name":
            # What is sent was built before, under the name that was approved.
            assert armed is not None
            assert armed.payload.content_hash == delivery.approved_hash
        else:
            assert armed is None
            assert not Attempt.objects.exists()

    def test_is_what_the_rulebook_stops_by_now(self, scene: factories.Scene) -> None:
        (delivery,) = stage.due(scene, text=factories.BLOCKED)
        assert arm_it(delivery) is None
        now = stage.fresh(delivery)
        assert now.state == State.NEEDS_HUMAN
        assert now.last_error.startswith("The rulebook now stops this tweet. ")

    def test_is_what_another_override_was_meant_for(self, scene: factories.Scene) -> None:
        overrides = [{"key": "shouting:meet"}]
        (delivery,) = stage.due(scene, text=factories.BLOCKED, overrides=overrides)
        assert arm_it(delivery) is None
        assert stage.state_of(delivery) == State.NEEDS_HUMAN

    def test_is_what_cannot_be_checked(self, scene: factories.Scene) -> None:
        stuck, *others = stage.due(scene, 3)
        scene.force.policy_pack = "no-such-pack"
        scene.force.save()
        assert arm_it(stuck) is None
        now = stage.fresh(stuck)
        assert now.state == State.NEEDS_HUMAN
        assert now.last_error == "It could not be checked: KeyError."
        assert {stage.state_of(other) for other in others} == {State.CLAIMED}


class TestADatabaseThatIsAway:
    def test_is_no_reason_to_ask_a_person(self, delivery: Delivery) -> None:
        fence = claimed(delivery)

        def go_away() -> None:
            raise OperationalError("The server closed the connection.")

        # The first question of CHECK.
        with (
            pytest.raises(OperationalError),
            stage.at_statement('FROM "incidents_hold"', go_away),
        ):
            arm(delivery.pk, fence=fence)
        assert stage.state_of(delivery) == State.CLAIMED


class TestWhatWasChecked:
    def test_is_what_is_armed(self, delivery: Delivery) -> None:
        claimed(delivery)
        now = stage.fresh(delivery)
        assert ask_rulebook(now, now=database_now()) == ""
        other = replace(payload_of(now), content_hash="0" * 64)
        assert not list(arm_checked([(now, other)]))
        assert list(arm_checked([(now, payload_of(now))]))


class TestSomebodyElse:
    """Whoever has taken a delivery over, or ended it, keeps it."""

    def test_called_it_back_after_the_check(self, delivery: Delivery) -> None:
        fence = claimed(delivery)
        called_back = stage.at_statement(
            ARM,
            lambda: Delivery.objects.filter(pk=delivery.pk).update(state=State.CANCELLED),
        )
        with called_back, pytest.raises(LostLease):
            arm(delivery.pk, fence=fence)
        assert stage.state_of(delivery) == State.CANCELLED
        assert not Attempt.objects.exists()

    def test_claimed_it_after_the_check(self, delivery: Delivery) -> None:
        fence = claimed(delivery)
        taken_over = stage.at_statement(
            ARM, lambda: Delivery.objects.filter(pk=delivery.pk).update(fence=fence + 1)
        )
        with taken_over, pytest.raises(LostLease):
            arm(delivery.pk, fence=fence)
        assert stage.state_of(delivery) == State.CLAIMED
        assert not Attempt.objects.exists()


LOCKED = (
    "policy_rulebookgeneration",
    "accounts_force",
    "accounts_lpt",
    "accounts_socialaccount",
    "accounts_user",
)


def is_free(table: str) -> bool:
    """Whether nobody keeps others from changing the rows of `table`."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} FOR UPDATE NOWAIT")  # noqa: S608
    except OperationalError:
        return False
    return True


class TestLocks:
    @pytest.mark.parametrize("number", range(len(LOCKED)))
    def test_are_taken_before_the_question_and_in_one_order(
        self, postgres: str, number: int
    ) -> None:
        (delivery,) = stage.due(factories.Scene())
        fence = claimed(delivery)
        generation()
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {LOCKED[number]} FOR UPDATE")  # noqa: S608
            worker = stage.Aside(lambda: arm(delivery.pk, fence=fence))
            mine = stage.backend_pid()
            stage.until(lambda: stage.waits_for(worker.backend, mine))
            free = stage.Aside(lambda: [is_free(table) for table in LOCKED]).result()
            # It has locked those that come before, and none of those that come after.
            assert free == [False] * (number + 1) + [True] * (len(LOCKED) - number - 1)
        assert worker.result()
