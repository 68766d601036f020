"""Taking down: the wish is kept, the platform is asked, and a person is where it cannot."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from pytest_django import Settings

from accounts.models import AccountKind, User
from accounts.roles import Role
from approvals.services import approve
from audit.models import Record
from audit.verbs import Verb
from drafts.services import copy
from notices.models import Notice
from publishing.backends.mock import Fault
from publishing.clock import database_now
from publishing.models import Delivery, TakeDown, TakeDownTry
from publishing.models.taken_down import MOVES, Move, Reason, Settled
from publishing.models.taken_down import State as Stage
from publishing.publishers import publishers
from publishing.services import (
    AlreadyAsked,
    NotPublic,
    ask,
    confirm_gone,
    confirm_never_public,
    dispatch_due,
    reconcile,
    send_again,
)
from publishing.services.taking_down import PATIENCE, TRY_AGAIN, carry_out, take_down_due
from publishing.workflow import LostLease, Outcome, State
from tests import factories
from tests.factories import Scene
from tests.publishing import stage
from tests.publishing.after import failing, shown
from tests.publishing.stage import Ledger

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def duty(scene: Scene) -> User:
    return scene.person(Role.COMMS_DUTY)


@pytest.fixture
def colleague(scene: Scene) -> User:
    return scene.person(Role.OFFICER)


def published(scene: Scene, publisher: str = "default") -> Delivery:
    delivery = stage.approved(scene, publisher=publisher)
    dispatch_due(now=database_now())
    return stage.fresh(delivery)


def unanswered(scene: Scene, *, taken: bool, publisher: str = "lookup") -> Delivery:
    """A tweet to which its platform gave no answer, whether it took it or not."""
    delivery = stage.approved(scene, publisher=publisher)
    name = f"{scene.account.platform}:{scene.account.handle}"
    practice = publishers[publisher]
    practice.fail_next(  # type: ignore[attr-defined]
        Fault.TIMEOUT_ACCEPTED if taken else Fault.TIMEOUT_LOST, account=name
    )
    dispatch_due(now=database_now())
    assert stage.state_of(delivery) == State.UNKNOWN
    return stage.fresh(delivery)


def wish(delivery: Delivery, actor: User, *, now: datetime | None = None) -> TakeDown:
    return ask(
        delivery, actor=actor, reason=Reason.WRONG, note="Two days late.", now=now or database_now()
    )


def fresh(take_down: TakeDown) -> TakeDown:
    return TakeDown.objects.with_people().get(pk=take_down.pk)


def verbs(delivery: Delivery) -> list[str]:
    return [row.verb for row in Record.objects.about(delivery.draft)]


def told(person: User) -> list[str]:
    return [notice.text for notice in Notice.objects.for_person(person.pk)]


class TestAsking:
    def test_keeps_who_when_and_why(self, scene: Scene, colleague: User) -> None:
        delivery, now = published(scene), database_now()
        take_down = wish(delivery, colleague, now=now)
        assert (take_down.asked_by, take_down.asked_at) == (colleague, now)
        assert (take_down.reason, take_down.note) == ("wrong", "Two days late.")
        assert take_down.state == Stage.ASKED
        assert stage.state_of(delivery) == State.PUBLISHED
        record = Record.objects.about(delivery.draft).last()
        assert record
        assert (record.verb, record.actor_name) == (Verb.TAKE_DOWN_ASKED, colleague.full_name)
        assert "late" not in str(record.data)

    def test_tells_comms_and_the_author_at_once(
        self, scene: Scene, duty: User, colleague: User
    ) -> None:
        delivery = published(scene)
        wish(delivery, colleague)
        notice = Notice.objects.for_person(duty.pk).first()
        assert notice
        assert notice.urgent
        assert notice.link == f"/deliveries/{delivery.pk}/take-down/"
        assert f"{colleague} asked to take down a tweet" in notice.text
        assert f"{colleague} asked to take down your tweet" in told(delivery.draft.author)[0]

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.LPT_SUPERVISOR, Role.LPT_COMMANDER,
                                      Role.COMMS_APPROVER, Role.COMMS_DUTY])  # fmt: skip
    def test_is_for_the_team_and_comms(self, scene: Scene, role: Role) -> None:
        assert wish(published(scene), scene.person(role)).pk

    @pytest.mark.parametrize("role", [Role.COMMS_ADMIN, Role.PSD, Role.POLICY_OWNER, Role.DPO])
    def test_is_for_nobody_else(self, scene: Scene, role: Role) -> None:
        with pytest.raises(PermissionDenied):
            wish(published(scene), scene.person(role))
        assert not TakeDown.objects.exists()

    def test_is_not_for_another_team(self, scene: Scene) -> None:
        stranger = scene.person(Role.LPT_COMMANDER, lpt=scene.other_account().lpt)
        with pytest.raises(PermissionDenied):
            wish(published(scene), stranger)

    def test_of_the_forces_account_is_for_comms_alone(self, scene: Scene, duty: User) -> None:
        central = scene.central_officer()
        account = scene.other_account(lpt=None, kind=AccountKind.FORCE)
        (delivery,) = stage.due(scene, accounts=[account])
        dispatch_due(now=database_now())
        with pytest.raises(PermissionDenied):
            wish(delivery, central)
        assert wish(delivery, duty).pk

    def test_twice_keeps_the_first(self, scene: Scene, duty: User, colleague: User) -> None:
        delivery = published(scene)
        first = wish(delivery, colleague)
        with pytest.raises(AlreadyAsked) as said:
            wish(delivery, duty)
        assert said.value.take_down == first

    @pytest.mark.parametrize(
        "state",
        [
            State.QUEUED,
            State.CLAIMED,
            State.REFUSED,
            State.MISSED,
            State.CANCELLED,
            State.UNKNOWN,
            State.NEEDS_HUMAN,
        ],
    )
    def test_of_what_is_not_public_is_refused(self, scene: Scene, duty: User, state: State) -> None:
        # No attempt of it is without an answer, also where it needs somebody.
        (delivery,) = stage.due(scene, state=state)
        with pytest.raises(NotPublic):
            wish(delivery, duty)

    def test_is_never_unsaid(self, scene: Scene, duty: User) -> None:
        take_down = wish(published(scene), duty)
        row = TakeDown.objects.filter(pk=take_down.pk)
        for change in ({"reason": Reason.TONE}, {"note": ""}, {"asked_at": database_now()}):
            with pytest.raises(IntegrityError), transaction.atomic():
                row.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.delete()
        assert row.update(tries=3) == 1


class TestDeleting:
    def test_makes_it_gone_within_the_first_try(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        delivery = published(scene)
        assert shown(delivery) == 1
        take_down = wish(delivery, duty)
        carry_out(take_down.pk, now=database_now())
        assert shown(delivery) == 0
        take_down = fresh(take_down)
        assert (take_down.state, take_down.confirmed_by) == (Stage.GONE, None)
        assert stage.state_of(delivery) == State.TAKEN_DOWN
        assert take_down.log.get().said == "The platform deleted it."
        assert verbs(delivery)[-2:] == [Verb.TAKE_DOWN_ASKED, Verb.DELIVERY_TAKEN_DOWN]
        assert "screenshots" in told(delivery.draft.author)[0]

    def test_keeps_the_words_and_where_they_stood(self, scene: Scene, duty: User) -> None:
        delivery = published(scene)
        carry_out(wish(delivery, duty).pk, now=database_now())
        kept = stage.fresh(delivery)
        assert kept.revision.text == factories.CLEAN
        assert (kept.external_id, kept.published_at) == (
            delivery.external_id,
            delivery.published_at,
        )

    def test_is_done_by_the_sweep_when_the_request_died(self, scene: Scene, duty: User) -> None:
        wish(published(scene), duty)
        assert take_down_due(now=database_now() - SECOND) == 0
        assert take_down_due(now=database_now()) == 1

    def test_is_tried_by_one_at_a_time_and_again_when_that_one_died(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        delivery = published(scene)
        take_down, now = wish(delivery, duty), database_now()
        # Somebody took it and died before asking the platform.
        TakeDown.objects.filter(pk=take_down.pk).update(next_at=now + TRY_AGAIN, tries=1)
        carry_out(take_down.pk, now=now + SECOND)
        assert shown(delivery) == 1
        carry_out(take_down.pk, now=now + TRY_AGAIN)
        assert shown(delivery) == 0

    def test_of_what_is_gone_already_is_no_error(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        delivery = published(scene)
        publishers["default"].delete(
            f"x:{scene.account.handle}",
            delivery.external_id,
            None,  # type: ignore[arg-type]
        )
        take_down = wish(delivery, duty)
        carry_out(take_down.pk, now=database_now())
        assert fresh(take_down).state == Stage.GONE

    def test_once_settled_changes_no_more(self, scene: Scene, duty: User) -> None:
        take_down = wish(published(scene), duty)
        carry_out(take_down.pk, now=database_now())
        carry_out(take_down.pk, now=database_now() + timedelta(hours=1))
        assert fresh(take_down).log.count() == 1
        with pytest.raises(IntegrityError), transaction.atomic():
            TakeDown.objects.filter(pk=take_down.pk).update(evidence="It was otherwise.")

    def test_of_what_somebody_saw_finds_it_first(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        delivery = published(scene, publisher="lookup")
        # A person gave the address alone.
        Delivery.objects.filter(pk=delivery.pk).update(external_id="")
        take_down = wish(delivery, duty)
        carry_out(take_down.pk, now=database_now())
        assert fresh(take_down).state == Stage.GONE
        assert shown(delivery) == 0

    def test_asked_for_while_it_goes_out_waits_for_its_end(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        delivery = published(scene)
        Delivery.objects.filter(pk=delivery.pk).update(state=State.SENDING)
        take_down = wish(delivery, duty)
        carry_out(take_down.pk, now=database_now())
        assert fresh(take_down).state == Stage.ASKED
        Delivery.objects.filter(pk=delivery.pk).update(state=State.PUBLISHED)
        carry_out(take_down.pk, now=database_now() + SECOND)
        assert (shown(delivery), fresh(take_down).state) == (0, Stage.GONE)

    @pytest.mark.parametrize("state", [State.QUEUED, State.CLAIMED, State.REFUSED, State.MISSED])
    def test_of_what_turned_out_not_to_be_sent_cancels_it(
        self, scene: Scene, duty: User, state: State
    ) -> None:
        (delivery,) = stage.due(scene, state=State.SENDING)
        take_down = wish(delivery, duty)
        Delivery.objects.filter(pk=delivery.pk).update(state=state)
        carry_out(take_down.pk, now=database_now())
        assert fresh(take_down).state == Stage.NEVER_PUBLIC
        assert stage.state_of(delivery) == State.CANCELLED


class TestAPlatformThatDoesNot:
    def test_answer_is_asked_again_and_people_are_told_in_time(
        self, scene: Scene, duty: User, colleague: User, ledger: Ledger
    ) -> None:
        delivery = published(scene)
        failing(ledger, "away")
        now = database_now()
        take_down = wish(delivery, colleague, now=now)
        moments = []
        for second in range(30):
            before = fresh(take_down).tries
            carry_out(take_down.pk, now=now + second * SECOND)
            if fresh(take_down).tries > before:
                moments.append(second)
            if fresh(take_down).state == Stage.FAILED:
                break
        assert moments == [0, 2, 5]
        assert moments[-1] * SECOND < PATIENCE
        alerts = [text for text in told(duty) if "by hand, now" in text]
        assert len(alerts) == 1
        assert delivery.external_url in alerts[0]
        assert any("by hand, now" in text for text in told(colleague))
        # It goes on trying, without another alert, until it works.
        carry_out(take_down.pk, now=now + timedelta(minutes=1))
        assert len([text for text in told(duty) if "by hand, now" in text]) == 1
        failing(ledger, "")
        carry_out(take_down.pk, now=now + timedelta(minutes=5))
        assert (fresh(take_down).state, shown(delivery)) == (Stage.GONE, 0)
        assert {entry.said for entry in fresh(take_down).log.all()} == {
            "The platform is away.",
            "The platform deleted it.",
        }

    def test_take_our_password_is_a_matter_for_people_at_once(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        delivery = published(scene)
        failing(ledger, "locked")
        take_down = wish(delivery, duty)
        carry_out(take_down.pk, now=database_now())
        assert fresh(take_down).state == Stage.FAILED

    def test_behave_leaks_nothing(self, scene: Scene, duty: User, ledger: Ledger) -> None:
        delivery = published(scene)
        failing(ledger, "bug")
        take_down = wish(delivery, duty)
        carry_out(take_down.pk, now=database_now())
        assert fresh(take_down).state == Stage.ASKED
        assert fresh(take_down).log.get().said == "The publisher failed: RuntimeError."

    def test_let_us_delete_names_the_address_and_who_must(
        self, scene: Scene, duty: User, settings: Settings, ledger: Ledger
    ) -> None:
        delivery = published(scene)
        settings.PUBLISHERS = {
            "default": {"BACKEND": "tests.publishing.publishers.Real", "OPTIONS": {}}
        }
        take_down = wish(delivery, duty)
        carry_out(take_down.pk, now=database_now())
        assert fresh(take_down).state == Stage.BY_HAND
        assert any(delivery.external_url in text for text in told(duty))
        assert verbs(delivery)[-1] == Verb.TAKE_DOWN_BY_HAND
        assert stage.state_of(delivery) == State.PUBLISHED


class TestWhatNobodyKnows:
    def test_is_found_and_deleted(self, scene: Scene, duty: User, ledger: Ledger) -> None:
        delivery = unanswered(scene, taken=True)
        take_down = wish(delivery, duty)
        assert stage.state_of(delivery) == State.NEEDS_HUMAN
        carry_out(take_down.pk, now=database_now())
        assert shown(delivery) == 0
        assert (fresh(take_down).state, stage.state_of(delivery)) == (
            Stage.GONE,
            State.TAKEN_DOWN,
        )
        assert delivery.attempts.get().outcome == Outcome.CONFIRMED_SENT

    def test_and_is_not_found_twice_never_was_public(
        self, scene: Scene, duty: User, ledger: Ledger, settings: Settings
    ) -> None:
        delivery = unanswered(scene, taken=False)
        take_down, now = wish(delivery, duty), database_now()
        carry_out(take_down.pk, now=now)
        assert fresh(take_down).state == Stage.ASKED
        carry_out(take_down.pk, now=now + SECOND)
        assert fresh(take_down).times_not_found == 1
        carry_out(take_down.pk, now=now + settings.DELIVERY_SETTLE)
        assert fresh(take_down).state == Stage.NEVER_PUBLIC
        assert stage.state_of(delivery) == State.CANCELLED
        assert delivery.attempts.get().outcome == Outcome.CONFIRMED_NOT_SENT

    def test_where_nobody_can_be_asked_is_for_a_person(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        delivery = unanswered(scene, taken=True, publisher="blind")
        take_down = wish(delivery, duty)
        carry_out(take_down.pk, now=database_now())
        assert fresh(take_down).state == Stage.BY_HAND
        confirm_gone(
            fresh(take_down), actor=duty, evidence="I deleted it at 14:05.", now=database_now()
        )
        assert stage.state_of(delivery) == State.TAKEN_DOWN

    def test_is_out_of_the_reconcilers_hands(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        delivery = unanswered(scene, taken=False)
        wish(delivery, duty)
        later = database_now() + timedelta(hours=1)
        reconcile(now=later)
        dispatch_due(now=later)
        assert stage.state_of(delivery) == State.NEEDS_HUMAN
        assert ledger.effects() == []

    def test_is_not_sent_again_from_a_page_that_was_open(self, scene: Scene, duty: User) -> None:
        delivery = unanswered(scene, taken=False)
        Delivery.objects.filter(pk=delivery.pk).update(state=State.NEEDS_HUMAN)
        seen = stage.fresh(delivery)
        wish(delivery, duty)
        with pytest.raises(LostLease):
            send_again(seen, actor=duty, evidence="Not there.", now=database_now())

    def test_is_not_armed_whoever_queues_it(self, scene: Scene, duty: User, ledger: Ledger) -> None:
        delivery = unanswered(scene, taken=False)
        take_down = wish(delivery, duty)
        send_again(stage.fresh(delivery), actor=duty, evidence="Not there.", now=database_now())
        dispatch_due(now=database_now())
        assert ledger.effects() == []
        now = stage.fresh(delivery)
        assert (now.state, now.last_error) == (State.QUEUED, "Somebody asked to take it down.")
        carry_out(take_down.pk, now=database_now())
        assert stage.state_of(delivery) == State.CANCELLED


class TestAPersonWhoLooked:
    @pytest.fixture
    def take_down(self, scene: Scene, duty: User, settings: Settings) -> TakeDown:
        delivery = published(scene)
        settings.PUBLISHERS = {
            "default": {"BACKEND": "tests.publishing.publishers.Real", "OPTIONS": {}}
        }
        take_down = wish(delivery, duty)
        carry_out(take_down.pk, now=database_now())
        return fresh(take_down)

    def test_signs_for_it(self, take_down: TakeDown, colleague: User, duty: User) -> None:
        confirm_gone(take_down, actor=colleague, evidence="Deleted at 14:05.", now=database_now())
        now = fresh(take_down)
        assert (now.state, now.confirmed_by, now.evidence) == (
            Stage.GONE,
            colleague,
            "Deleted at 14:05.",
        )
        assert stage.state_of(now.delivery) == State.TAKEN_DOWN
        record = Record.objects.about(now.delivery.draft).last()
        assert record
        assert record.actor_name == colleague.full_name
        assert not Notice.objects.filter(urgent=True, read_at=None, recipient_id=duty.pk).exists()

    def test_cannot_say_that_it_never_was_public(self, take_down: TakeDown, duty: User) -> None:
        with pytest.raises(Settled):
            confirm_never_public(take_down, actor=duty, evidence="Not there.", now=database_now())
        assert fresh(take_down).state == Stage.BY_HAND

    def test_signs_once(self, take_down: TakeDown, duty: User) -> None:
        confirm_gone(take_down, actor=duty, evidence="Gone.", now=database_now())
        with pytest.raises(Settled):
            confirm_gone(take_down, actor=duty, evidence="Gone.", now=database_now())

    def test_is_of_the_team_or_comms(self, take_down: TakeDown, scene: Scene) -> None:
        with pytest.raises(PermissionDenied):
            confirm_gone(
                take_down,
                actor=scene.person(Role.COMMS_ADMIN),
                evidence="Gone.",
                now=database_now(),
            )

    def test_says_how_they_know(self, take_down: TakeDown, duty: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            confirm_gone(take_down, actor=duty, evidence="", now=database_now())


class TestPuttingItBack:
    def test_needs_a_new_approval(self, scene: Scene, duty: User) -> None:
        delivery = published(scene)
        carry_out(wish(delivery, duty).pk, now=database_now())
        with pytest.raises(LostLease):
            send_again(stage.fresh(delivery), actor=duty, evidence="Again.", now=database_now())
        correction = copy(delivery.draft, actor=delivery.draft.author, now=database_now())
        assert correction.copied_from == delivery.draft
        assert not correction.deliveries.exists()

    def test_is_not_approved_by_who_wrote_it(self, scene: Scene, duty: User) -> None:
        delivery = published(scene)
        author = delivery.draft.author
        correction = copy(delivery.draft, actor=duty, now=database_now())
        scene.give(author, Role.COMMS_APPROVER)
        with pytest.raises(PermissionDenied):
            approve(
                correction,
                actor=factories.again(author),
                revision_number=1,
                revision_hash=correction.content_hash,
                step=1,
                now=database_now(),
            )


class TestTheTable:
    def test_reaches_every_state(self) -> None:
        reached = {Stage.ASKED} | {transition.target for transition in MOVES.values()}
        assert reached == set(Stage)
        assert set(MOVES) == set(Move)

    def test_leaves_no_settled_state(self) -> None:
        left = {source for transition in MOVES.values() for source in transition.sources}
        assert set(Stage) - left == {Stage.GONE, Stage.NEVER_PUBLIC}


class TestTheDatabase:
    def test_keeps_every_try(self, scene: Scene, duty: User) -> None:
        take_down = wish(published(scene), duty)
        carry_out(take_down.pk, now=database_now())
        for change in (
            lambda: TakeDownTry.objects.update(said="Nothing."),
            lambda: TakeDownTry.objects.all().delete(),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()
