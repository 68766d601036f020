"""Several deliveries in one transaction: each still has its own question and its own answer."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from incidents.models import HoldKind
from incidents.services import place
from notices.models import Notice
from publishing.backends.base import Payload, Published, Secrets
from publishing.backends.mock import MockPublisher
from publishing.clock import database_now
from publishing.models import Attempt, Delivery
from publishing.services import dispatch_due, finish_sending
from publishing.services.arming import arm_checked, checked, claimed
from publishing.services.dispatching import TOGETHER
from publishing.services.finishing import finish_published
from publishing.services.payload import Armed
from publishing.workflow import Outcome, State
from tests.factories import Scene
from tests.publishing import stage

# Attempts on the mock ledger are unlimited in length; the database's column is not.
TOO_LONG = "9" * 200


def ready(scene: Scene, count: int) -> list[tuple[Delivery, Payload]]:
    """Claimed and checked deliveries, each of its own account."""
    stage.due(scene, count, accounts=[scene.other_account() for _ in range(count)])
    now = database_now()
    claims = Delivery.objects.claim(
        now=now, owner="a test", lease_until=now + stage.WHILE_AGO, limit=count
    )
    found = [(each, checked(each, now=now)) for each in claimed(claims)]
    return [(each, payload) for each, payload in found if payload]


def published(leaves: list[Armed]) -> list[tuple[Armed, Published, datetime]]:
    return [
        (leave, Published(f"{number}", f"/{number}"), database_now())
        for number, leave in enumerate(leaves)
    ]


def written() -> tuple[int, int, int]:
    """How many closed attempts, records and notices there are of what went out."""
    return (
        Attempt.objects.filter(outcome=Outcome.OK).count(),
        Record.objects.filter(verb=Verb.DELIVERY_PUBLISHED).count(),
        Notice.objects.filter(text__endswith="went out.").count(),
    )


@pytest.fixture
def scene(database: str) -> Scene:
    return Scene()


class TestArmedTogether:
    def test_each_waits_for_those_who_had_not_left_when_it_was_approved(self, scene: Scene) -> None:
        before, after, of_old = ready(scene, 3)
        second = timedelta(seconds=1)
        for (delivery, _), left_at in (
            (before, before[0].approved_at - second),
            (after, after[0].approved_at + second),
            (of_old, None),
        ):
            helper = scene.person()
            delivery.draft.contributions.create(person=helper)
            User.objects.filter(pk=helper.pk).update(is_active=False, left_at=left_at)
        leaves = arm_checked([before, after, of_old])
        assert [leave.delivery for leave in leaves] == [before[0]]

    def test_each_gets_an_attempt_of_its_own(self, scene: Scene) -> None:
        wanted = ready(scene, 4)
        leaves = list(arm_checked(wanted))
        assert [leave.delivery for leave in leaves] == [each for each, _ in wanted]
        for leave in leaves:
            attempt = Attempt.objects.get(pk=leave.attempt_id)
            assert (attempt.delivery_id, attempt.fence) == (leave.delivery_id, leave.fence)
        assert stage.states() == {"sending": 4}

    def test_what_objects_to_one_is_no_word_about_the_others(self, scene: Scene) -> None:
        wanted = ready(scene, 6)
        held, frozen, taken, late, *others = (each for each, _ in wanted)
        duty = scene.person(Role.COMMS_DUTY)
        place(
            kind=HoldKind.HOLD,
            scope=held.account,
            reason="We look.",
            actor=duty,
            now=database_now(),
        )
        SocialAccount.objects.filter(pk=frozen.account_id).update(status=AccountStatus.FROZEN)
        Delivery.objects.filter(pk=taken.pk).update(fence=taken.fence + 1)
        now = database_now()
        Delivery.objects.filter(pk=late.pk).update(due_at=now - stage.WHILE_AGO, not_after=now)
        leaves = list(arm_checked(wanted))
        assert [leave.delivery for leave in leaves] == others
        assert Attempt.objects.count() == len(others)

    def test_one_that_the_database_refuses_keeps_none_of_the_others(self, scene: Scene) -> None:
        wanted = ready(scene, 3)
        first, second, third = (each for each, _ in wanted)
        Attempt.objects.create(delivery=second, fence=0, started_at=database_now())
        leaves: list[Armed] = []
        with pytest.raises(IntegrityError):
            leaves.extend(arm_checked(wanted))
        assert [leave.delivery for leave in leaves] == [first, third]
        assert stage.state_of(second) == State.CLAIMED
        assert stage.states() == {"sending": 2, "claimed": 1}

    def test_all_wait_for_a_hold_that_is_being_placed_on_one(self, postgres: str) -> None:
        wanted = ready(Scene(), 3)
        last = max((each for each, _ in wanted), key=lambda each: each.account_id)
        with transaction.atomic():
            SocialAccount.objects.filter(pk=last.account_id).update(status=AccountStatus.FROZEN)
            worker = stage.Aside(lambda: list(arm_checked(wanted)))
            mine = stage.backend_pid()
            stage.until(lambda: stage.waits_for(worker.backend, mine))
        assert last not in [leave.delivery for leave in worker.result()]
        assert stage.states() == {"sending": 2, "claimed": 1}


class TestWrittenDownTogether:
    def test_is_everything_that_belongs_to_each(self, scene: Scene) -> None:
        answers = published(list(arm_checked(ready(scene, 3))))
        assert finish_published(answers) == [True, True, True]
        for armed, answer, _ in answers:
            assert stage.fresh(armed.delivery).external_id == answer.id
        assert stage.states() == {"published": 3}
        assert written() == (3, 3, 3)

    def test_what_was_taken_over_is_left_alone(self, scene: Scene) -> None:
        answers = published(list(arm_checked(ready(scene, 4))))
        (_, overtaken, closed, _) = (armed for armed, _, _ in answers)
        Delivery.objects.filter(pk=overtaken.delivery_id).update(fence=overtaken.fence + 1)
        Attempt.objects.filter(pk=closed.attempt_id).update(outcome=Outcome.UNKNOWN)
        assert finish_published(answers) == [True, False, False, True]
        assert stage.states() == {"published": 2, "sending": 2}
        assert written() == (2, 2, 2)

    def test_one_that_cannot_be_keeps_none_of_the_others(
        self, scene: Scene, ledger: stage.Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        deliveries = stage.due(scene, 4, accounts=[scene.other_account() for _ in range(4)])
        unlucky = deliveries[1]
        truly = MockPublisher.publish

        def at_length(self: MockPublisher, payload: Payload, secrets: Secrets) -> object:
            answer = truly(self, payload, secrets)
            return Published(TOO_LONG, "/") if payload.token == unlucky.token else answer

        monkeypatch.setattr(MockPublisher, "publish", at_length)
        if connection.vendor == "sqlite":
            # It looks at no lengths.
            with connection.cursor() as cursor:
                cursor.execute(
                    "CREATE TRIGGER no_such_length BEFORE UPDATE ON publishing_delivery"
                    " WHEN length(NEW.external_id) > 100"
                    " BEGIN SELECT RAISE(ABORT, 'too long'); END"
                )
        with pytest.raises(DatabaseError):
            dispatch_due(now=database_now())
        finish_sending(within=5)
        dispatch_due(now=database_now())
        assert stage.states() == {"published": 3, "sending": 1}
        assert stage.state_of(unlucky) == State.SENDING
        assert written() == (3, 3, 3)
        assert {ledger.times(delivery) for delivery in deliveries} == {1}


class TestManyAccounts:
    def test_all_go_out_once(self, scene: Scene, ledger: stage.Ledger) -> None:
        count = TOGETHER * 2 + 3
        accounts = [scene.other_account() for _ in range(count)]
        deliveries = stage.due(scene, count, accounts=accounts)
        assert dispatch_due(now=database_now()) == count
        assert {ledger.times(delivery) for delivery in deliveries} == {1}
        assert ledger.count() == count
        assert written() == (count, count, count)


class TestTheVersionBefore:
    """It asks for one delivery at a time, by a function that it installed itself."""

    def arm(self, delivery: int, fence: int, content_hash: str) -> int | None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT v_attempt FROM publishing_arm(%s, %s, %s, interval '60 seconds')",
                [delivery, fence, content_hash],
            )
            (attempt,) = cursor.fetchone()
        return attempt  # type: ignore[no-any-return]

    def test_meets_the_same_guards(self, postgres: str) -> None:
        scene = Scene()
        (delivery, payload), (other, second) = ready(scene, 2)
        assert self.arm(delivery.pk, delivery.fence, payload.content_hash)
        assert self.arm(delivery.pk, delivery.fence, payload.content_hash) is None
        assert self.arm(other.pk, other.fence + 1, second.content_hash) is None
        assert self.arm(other.pk, other.fence, "0" * 64) is None
        assert Attempt.objects.count() == 1
