"""The pages of publishing: what is on its way, what stopped, and the practice timeline."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from drafts.schedule import LONDON
from publishing.backends.mock import Fault
from publishing.clock import database_now
from publishing.forms import AnswerForm
from publishing.models import Delivery
from publishing.publishers import publishers
from publishing.services import dispatch_due
from publishing.workflow import State
from tests.factories import Scene, signed_in
from tests.publishing import stage

pytestmark = pytest.mark.django_db
EVIDENCE = "I looked at the account at 14:05."


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def duty(scene: Scene) -> User:
    return scene.person(Role.COMMS_DUTY)


def put(delivery: Delivery, state: State, **columns: Any) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **columns)
    return stage.fresh(delivery)


def answer(client: Client, delivery: Delivery, **said: str) -> Any:
    address = reverse("publishing:answer", args=[delivery.pk])
    seen = {"evidence": EVIDENCE, "fence": str(stage.fresh(delivery).fence)}
    return client.post(address, seen | said, follow=True)


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


class TestDeliveries:
    def test_stand_under_what_they_need(self, scene: Scene, duty: User) -> None:
        needing, going, coming, gone, old = stage.due(scene, 5)
        put(needing, State.NEEDS_HUMAN, last_error="Somebody must look.")
        put(going, State.SENDING)
        put(gone, State.PUBLISHED, published_at=timezone.now())
        put(old, State.PUBLISHED, published_at=timezone.now() - timedelta(days=2))
        page = signed_in(duty).get(reverse("publishing:deliveries")).context
        lists = {
            name: [line.delivery.pk for line in page[name]]
            for name in ("needing", "on_its_way", "coming", "gone")
        }
        assert lists == {
            "needing": [needing.pk],
            "on_its_way": [going.pk],
            "coming": [coming.pk],
            "gone": [gone.pk],
        }

    @pytest.mark.parametrize("state", [state for state in State if state != State.CANCELLED])
    def test_are_shown_in_every_state(self, scene: Scene, duty: User, state: State) -> None:
        (delivery,) = stage.due(scene)
        put(delivery, state, published_at=timezone.now(), external_url="https://x.example/1")
        said = signed_in(duty).get(reverse("publishing:deliveries")).content.decode()
        assert f'id="delivery-{delivery.pk}"' in said

    def test_can_be_answered_for_by_reviewers_alone(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene)
        put(delivery, State.NEEDS_HUMAN)
        for role, may in ((Role.LPT_COMMANDER, False), (Role.COMMS_APPROVER, True)):
            page = signed_in(scene.person(role)).get(reverse("publishing:deliveries"))
            (line,) = page.context["needing"]
            assert bool(line.form) is may

    def test_of_another_team_are_nobody_elses_business(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene, accounts=[scene.other_account()])
        put(delivery, State.NEEDS_HUMAN)
        page = signed_in(scene.person(Role.OFFICER)).get(reverse("publishing:deliveries"))
        assert page.context["needing"] == []


class TestAnswer:
    @pytest.mark.parametrize(
        ("said", "state", "words"),
        [
            (
                {"answer": "live", "address": "https://x.example/1"},
                State.PUBLISHED,
                "Noted as public.",
            ),
            ({"answer": "again"}, State.QUEUED, "It is sent again now, as it was approved."),
            ({"answer": "drop"}, State.CANCELLED, "Dropped. It will not go out."),
        ],
        ids=["live", "again", "drop"],
    )
    def test_is_carried_out(
        self, scene: Scene, duty: User, said: dict[str, str], state: State, words: str
    ) -> None:
        delivery = put(stage.due(scene)[0], State.NEEDS_HUMAN)
        response = answer(signed_in(duty), delivery, **said)
        assert messages(response) == [words]
        assert stage.state_of(delivery) == state

    def test_gives_a_missed_tweet_a_new_time(self, scene: Scene, duty: User) -> None:
        delivery = put(stage.due(scene)[0], State.MISSED)
        later = (timezone.now() + timedelta(days=1)).astimezone(LONDON)
        response = answer(
            signed_in(duty),
            delivery,
            answer="reschedule",
            date=later.date().isoformat(),
            time="12:30",
        )
        assert messages(response) == ["It has a new time."]
        now = stage.fresh(delivery)
        assert now.state == State.QUEUED
        assert now.due_at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") == f"{later:%Y-%m-%d} 12:30"

    def test_with_a_mistake_changes_nothing_and_says_so(self, scene: Scene, duty: User) -> None:
        mine, other = stage.due(scene, 2)
        for delivery in (mine, other):
            put(delivery, State.NEEDS_HUMAN)
        response = answer(signed_in(duty), mine, answer="live")
        assert response.status_code == 422
        assert "Enter its address on the platform." in response.content.decode()
        failed = {line.delivery.pk: bool(line.form.errors) for line in response.context["needing"]}
        assert failed == {mine.pk: True, other.pk: False}
        assert stage.state_of(mine) == State.NEEDS_HUMAN

    def test_comes_too_late_for_what_moved_on(self, scene: Scene, duty: User) -> None:
        (delivery,) = stage.due(scene)
        response = answer(signed_in(duty), delivery, answer="drop")
        assert messages(response) == ["Nothing needs to be answered for this tweet any more."]
        assert stage.state_of(delivery) == State.QUEUED

    def test_comes_too_late_for_what_moves_on_meanwhile(self, scene: Scene, duty: User) -> None:
        delivery = put(stage.due(scene)[0], State.NEEDS_HUMAN)
        client = signed_in(duty)
        with stage.at_statement(
            'UPDATE "publishing_delivery"', lambda: put(delivery, State.PUBLISHED)
        ):
            response = answer(client, delivery, answer="drop")
        assert messages(response) == ["This tweet has moved on meanwhile. Look at it again."]
        assert stage.state_of(delivery) != State.CANCELLED

    def test_from_a_page_that_is_out_of_date_changes_nothing(
        self, scene: Scene, duty: User
    ) -> None:
        delivery = put(stage.due(scene)[0], State.NEEDS_HUMAN)
        seen = delivery.fence
        client = signed_in(duty)
        answer(client, delivery, answer="again")
        put(delivery, State.NEEDS_HUMAN)
        response = answer(client, delivery, answer="again", fence=str(seen))
        assert messages(response) == ["This tweet has moved on meanwhile. Look at it again."]
        assert delivery.answers.count() == 1

    def test_to_somebody_elses_delivery_finds_nothing(self, scene: Scene) -> None:
        delivery = put(stage.due(scene)[0], State.NEEDS_HUMAN)
        stranger = Scene().person(Role.COMMS_DUTY)
        assert answer(signed_in(stranger), delivery, answer="drop").status_code == 404
        officer = signed_in(scene.person(Role.OFFICER))
        assert answer(officer, delivery, answer="drop").status_code == 403
        assert stage.state_of(delivery) == State.NEEDS_HUMAN

    def test_has_no_page_of_its_own(self, scene: Scene, duty: User) -> None:
        delivery = put(stage.due(scene)[0], State.NEEDS_HUMAN)
        response = signed_in(duty).get(reverse("publishing:answer", args=[delivery.pk]))
        assert response.status_code == 302
        assert response.headers["Location"] == reverse("publishing:deliveries")


class TestAnswerForm:
    NOW = timezone.datetime(2026, 3, 1, 12, tzinfo=LONDON)  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("state", "may_be_public", "choices"),
        [
            (State.UNKNOWN, True, ["live", "again", "drop"]),
            (State.NEEDS_HUMAN, True, ["live", "again", "drop"]),
            (State.NEEDS_HUMAN, False, ["live", "again", "drop"]),
            (State.REFUSED, False, ["again", "drop"]),
            (State.MISSED, False, ["reschedule", "drop"]),
        ],
    )
    def test_offers_what_can_be_true(
        self,
        state: State,
        may_be_public: bool,  # noqa: FBT001  pytest names it
        choices: list[str],
    ) -> None:
        delivery = Delivery(state=state)
        form = AnswerForm(delivery=delivery, may_be_public=may_be_public, now=self.NOW)
        field: Any = form.fields["answer"]
        assert [value for value, _ in field.choices] == choices

    @pytest.mark.parametrize(
        ("said", "field", "sentence"),
        [
            ({"date": "", "time": "12:30"}, "date", "Enter the new date and time."),
            ({"date": "2026-03-02", "time": ""}, "time", "Enter the new date and time."),
            (
                {"date": "2026-03-01", "time": "11:00"},
                "time",
                "This time has passed. Choose a later one.",
            ),
            (
                {"date": "2026-03-29", "time": "01:30"},
                "time",
                "The clocks go forward that night and skip this time. Choose another.",
            ),
            (
                {"date": "2026-10-25", "time": "01:30"},
                "fold",
                "Say which of the two you mean.",
            ),
            ({"date": "soon", "time": "12:30"}, "date", "Enter a real date, like 27/3/2027."),
            (
                {"date": "2027-04-01", "time": "12:30"},
                "date",
                "Choose a time within the next 12 months.",
            ),
        ],
        ids=["no date", "no time", "past", "missing hour", "doubled hour", "no such date", "far"],
    )
    def test_refuses_a_time_that_cannot_be(
        self, said: dict[str, str], field: str, sentence: str
    ) -> None:
        data = {"answer": "reschedule", "evidence": EVIDENCE, "fence": "0", **said}
        missed = Delivery(state=State.MISSED)
        form = AnswerForm(data, delivery=missed, may_be_public=False, now=self.NOW)
        assert not form.is_valid()
        assert sentence in form.errors[field]

    @pytest.mark.parametrize(("fold", "hour"), [("first", 0), ("second", 1)])
    def test_takes_the_hour_of_the_two_that_was_meant(self, fold: str, hour: int) -> None:
        said = {"date": "2026-10-25", "time": "01:30", "fold": fold}
        data = {"answer": "reschedule", "evidence": EVIDENCE, "fence": "0", **said}
        missed = Delivery(state=State.MISSED)
        form = AnswerForm(data, delivery=missed, may_be_public=False, now=self.NOW)
        assert form.is_valid()
        assert form.cleaned_data["due_at"] == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            (State.UNKNOWN, "Say in one sentence how you know."),
            (State.REFUSED, "Say in one sentence why."),
        ],
    )
    def test_wants_a_sentence_for_the_record(self, state: State, sentence: str) -> None:
        form = AnswerForm(
            {"answer": "drop", "fence": "0"},
            delivery=Delivery(state=state),
            may_be_public=state == State.UNKNOWN,
            now=self.NOW,
        )
        assert not form.is_valid()
        assert form.errors == {"evidence": [sentence]}


class TestPracticeTimeline:
    def test_shows_what_went_out(self, scene: Scene) -> None:
        stage.approved(scene, text="Meet your team at the library on Friday, 5pm.")
        dispatch_due(now=database_now())
        client = signed_in(scene.person(Role.OFFICER))
        page = client.get(reverse("publishing:practice-timeline"))
        said = page.content.decode()
        assert "Meet your team at the library on Friday, 5pm." in said
        assert 'id="practice-1"' in said
        assert page.context["fault_form"] is None

    def test_lets_an_administrator_make_the_next_tweet_fail(self, scene: Scene) -> None:
        client = signed_in(scene.person(Role.COMMS_ADMIN))
        page = client.get(reverse("publishing:practice-timeline"))
        assert page.context["fault_form"] is not None
        said = {"kind": Fault.REFUSAL.value, "account": str(scene.account.pk)}
        response = client.post(reverse("publishing:inject-fault"), said, follow=True)
        assert messages(response) == ["The next tweet will meet this fault."]
        other = stage.approved(scene, account=scene.other_account(), author=duty_of(scene))
        mine = stage.approved(scene)
        dispatch_due(now=database_now())
        assert stage.state_of(other) == State.PUBLISHED
        assert stage.state_of(mine) == State.REFUSED

    def test_lets_any_tweet_fail(self, scene: Scene) -> None:
        client = signed_in(scene.person(Role.COMMS_ADMIN))
        client.post(reverse("publishing:inject-fault"), {"kind": Fault.REFUSAL.value})
        mine = stage.approved(scene)
        dispatch_due(now=database_now())
        assert stage.state_of(mine) == State.REFUSED

    def test_refuses_what_is_not_in_its_lists(self, scene: Scene) -> None:
        client = signed_in(scene.person(Role.COMMS_ADMIN))
        stranger = Scene().account
        for said in ({"kind": "flood"}, {"kind": Fault.REFUSAL.value, "account": stranger.pk}):
            response = client.post(reverse("publishing:inject-fault"), said, follow=True)
            assert messages(response) == ["Choose a fault and an account from the lists."]
        assert publishers["default"].effects() == []  # type: ignore[attr-defined]

    def test_is_refused_to_everybody_else(self, scene: Scene) -> None:
        client = signed_in(scene.person(Role.COMMS_DUTY))
        response = client.post(reverse("publishing:inject-fault"), {"kind": Fault.REFUSAL.value})
        assert response.status_code == 403


def duty_of(scene: Scene) -> User:
    """Somebody who may write for any account of the force."""
    return scene.person(Role.COMMS_DUTY)
