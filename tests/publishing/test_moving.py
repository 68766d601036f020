"""Moving the times of approved tweets: one, or many when news breaks."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.services import unschedule
from audit.models import Record
from audit.verbs import Verb
from drafts.schedule import LONDON
from drafts.workflow import State as DraftState
from incidents.models import Hold
from notices.models import Notice
from publishing.clock import database_now
from publishing.forms.moving import MOST_HOURS, MoveForm, TimeForm, parse_pick, pick_of
from publishing.lateness import Late
from publishing.models import Attempt, Delivery
from publishing.services import (
    dispatch_due,
    going_out,
    hold_all,
    movable,
    move_times,
    on_its_way,
    timed_words,
)
from publishing.services.arming import arm
from publishing.services.moving import Outcomes
from publishing.views.moving import LIMIT
from publishing.workflow import LostLease, Outcome, State
from tests.factories import Scene
from tests.pages import Page
from tests.publishing import stage
from tests.publishing.stage import Ledger

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NEWS = reverse("publishing:news")


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def duty(scene: Scene) -> User:
    return scene.person(Role.COMMS_DUTY)


def coming(
    scene: Scene, count: int = 1, *, ahead: timedelta = HOUR, **due: object
) -> list[Delivery]:
    """Approved tweets whose time has not come, a minute apart."""
    deliveries = stage.due(scene, count, **due)  # type: ignore[arg-type]
    for turn, delivery in enumerate(deliveries):
        at = database_now() + ahead + timedelta(minutes=turn)
        put(delivery, due_at=at, next_at=at, not_after=at + 2 * HOUR)
    return [stage.fresh(delivery) for delivery in deliveries]


def put(delivery: Delivery, **columns: object) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(**columns)
    return stage.fresh(delivery)


def move(deliveries: list[Delivery], actor: User, to: timedelta | datetime = 3 * HOUR) -> Outcomes:
    seen = {delivery.pk: delivery.due_at for delivery in deliveries}
    return move_times(seen, actor=actor, to=to, reason="A siege.", now=database_now())


class TestMoving:
    def test_keeps_the_approval_and_how_late_it_may_be(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        (before,) = coming(scene, may_be_late=Late.HOUR)
        assert [d.pk for d in move([before], duty).moved] == [before.pk]
        now = stage.fresh(before)
        assert now.due_at == now.next_at == before.due_at + 3 * HOUR
        assert now.not_after - now.due_at == HOUR
        same = ("approved_hash", "approved_by_id", "approved_at", "token", "revision_id", "state")
        assert [getattr(now, name) for name in same] == [getattr(before, name) for name in same]
        wall = now.due_at.astimezone(LONDON).replace(tzinfo=None).isoformat(timespec="minutes")
        assert (now.due_wall, now.due_zone) == (wall, "Europe/London")
        assert (now.draft.planned_at, now.draft.state) == (now.due_at, DraftState.APPROVED)
        put(now, due_at=database_now(), next_at=database_now())
        assert dispatch_due(now=database_now()) == 1
        assert ledger.times(now) == 1

    def test_is_recorded_with_its_reason_and_told_to_the_author(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        (delivery,) = coming(scene)
        move([delivery], duty)
        verbs = Record.objects.filter(actor_id=str(duty.pk)).values_list("verb", flat=True)
        assert {Verb.DELIVERY_RESCHEDULED, Verb.DELIVERY_ANSWERED} <= set(verbs)
        notice = Notice.objects.get(text__contains="moved your tweet")
        assert notice.recipient_id == delivery.draft.author_id
        assert notice.text.endswith("A siege.")
        client.force_login(duty)
        page = Page.of(client.get(delivery.draft.get_absolute_url()))
        assert "Given a new time. A siege." in page.main

    def test_to_a_time_keeps_the_distances(self, scene: Scene, duty: User) -> None:
        first, second = coming(scene, 2)
        to = database_now() + 9 * HOUR
        move([second, first], duty, to)
        assert stage.fresh(first).due_at == to
        assert stage.fresh(second).due_at == to + (second.due_at - first.due_at)

    def test_leaves_what_somebody_else_moved(self, scene: Scene, duty: User) -> None:
        (delivery,) = coming(scene)
        move([delivery], duty)
        outcomes = move([delivery], duty)
        assert (outcomes.moved, outcomes.left) == ([], [delivery])
        assert stage.fresh(delivery).due_at == delivery.due_at + 3 * HOUR

    def test_leaves_what_would_go_out_in_the_past(self, scene: Scene, duty: User) -> None:
        (delivery,) = coming(scene, ahead=-5 * HOUR)
        assert move([delivery], duty).left == [delivery]

    @pytest.mark.parametrize("state", sorted(set(State) - {State.QUEUED, State.CLAIMED}))
    def test_leaves_what_has_gone_on_its_way_or_ended(
        self, scene: Scene, duty: User, state: State
    ) -> None:
        waiting, gone = coming(scene, 2)
        put(gone, state=state)
        outcomes = move([waiting, gone], duty)
        assert ([d.pk for d in outcomes.moved], [d.pk for d in outcomes.left]) == (
            [waiting.pk], [gone.pk],
        )  # fmt: skip
        assert stage.state_of(gone) == state

    def test_leaves_what_may_be_public_already(self, scene: Scene, duty: User) -> None:
        (delivery,) = coming(scene)
        now = database_now()
        Attempt.objects.create(
            delivery=delivery, fence=1, started_at=now, ended_at=now, outcome=Outcome.UNKNOWN
        )
        assert not movable(Delivery.objects.all()).exists()
        assert move([delivery], duty).left == [delivery]
        assert list(on_its_way(Delivery.objects.all(), [scene.lpt])) == [delivery]

    def test_takes_it_from_a_worker_that_has_only_claimed_it(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        (delivery,) = stage.due(scene)
        now = database_now()
        ((pk, fence),) = Delivery.objects.claim(now=now, owner="a", lease_until=now + HOUR, limit=9)
        assert len(move([stage.fresh(delivery)], duty).moved) == 1
        with pytest.raises(LostLease):
            arm(pk, fence=fence)
        assert stage.state_of(delivery) == State.QUEUED
        assert ledger.effects() == []

    def test_comes_too_late_for_what_a_worker_arms_meanwhile(
        self, scene: Scene, duty: User
    ) -> None:
        (delivery,) = stage.due(scene)
        now = database_now()
        ((pk, fence),) = Delivery.objects.claim(now=now, owner="a", lease_until=now + HOUR, limit=9)
        seen = stage.fresh(delivery)
        Delivery.objects.filter(pk=pk, fence=fence).update(state=State.SENDING)
        assert [d.pk for d in move([seen], duty).left] == [pk]
        assert stage.state_of(delivery) == State.SENDING

    @pytest.mark.parametrize("role", [Role.OFFICER, Role.LPT_COMMANDER, Role.COMMS_ADMIN])
    def test_is_for_reviewers_of_the_force_and_done_for_all_or_none(
        self, scene: Scene, role: Role
    ) -> None:
        (mine,), (other,) = coming(scene), coming(Scene())
        with pytest.raises(PermissionDenied):
            move([mine], scene.person(role))
        with pytest.raises(PermissionDenied):
            move([mine, other], scene.person(Role.COMMS_DUTY))
        assert stage.fresh(mine).due_at == mine.due_at

    def test_lets_it_be_stopped_and_approved_for_the_new_time(
        self, scene: Scene, duty: User
    ) -> None:
        delivery = stage.approved(scene, ago=timedelta(0))
        move([delivery], duty)
        unschedule(stage.fresh(delivery).draft, actor=duty, now=database_now())
        draft = stage.fresh(delivery).draft
        assert draft.queue_at == draft.planned_at == delivery.due_at + 3 * HOUR


class TestWhatWouldGoOut:
    def test_is_in_scope_in_time_and_still_movable(self, scene: Scene) -> None:
        soon, later = coming(scene, 2)
        put(later, due_at=database_now() + 9 * HOUR, not_after=database_now() + 10 * HOUR)
        late = coming(scene, ahead=-HOUR)[0]
        (elsewhere,) = coming(scene, accounts=[scene.other_account()])
        coming(Scene())
        put(coming(scene)[0], state=State.PUBLISHED)
        now = database_now()

        def found(*scopes: object, until: datetime | None = None) -> list[Delivery]:
            queued = movable(Delivery.objects.all())
            return list(going_out(queued, scopes, now=now, until=until))  # type: ignore[arg-type]

        assert found(scene.lpt, until=now + 2 * HOUR) == [late, soon]
        assert found(scene.account) == [late, soon, later]
        assert set(found(scene.force)) == {late, soon, later, elsewhere}
        assert set(found(scene.lpt, elsewhere.account)) == {late, soon, later, elsewhere}
        assert found() == []


class TestTimedWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Meet us on Thursday, 6pm.", ["Thursday", "6pm"]),
            ("Tonight from 19:30, and tonight only", ["Tonight", "19:30", "tonight"]),
            ("On 3 March or 4/5", ["3 March", "4/5"]),
            ("See you this weekend at noon", ["this weekend", "noon"]),
            ("Lock your shed. It may rain. Call 101.", []),
        ],
    )
    def test_are_those_that_another_time_could_make_wrong(
        self, text: str, words: list[str]
    ) -> None:
        assert timed_words(text) == words

    def test_of_a_hostile_text_are_found_quickly(self) -> None:
        assert timed_words("1" * 50_000 + " jan " * 10_000) == []


class TestHolding:
    def test_places_a_hold_over_each_scope_or_over_none(self, scene: Scene, duty: User) -> None:
        other = scene.other_account()
        hold_all([other, scene.lpt], reason="A siege.", actor=duty, now=database_now())
        assert {str(hold.scope) for hold in Hold.objects.open()} == {str(other), str(scene.lpt)}
        with pytest.raises(PermissionDenied):
            hold_all([scene.force, Scene().lpt], reason="A siege.", actor=duty, now=database_now())
        assert Hold.objects.count() == 2


class TestThePage:
    def form(self, scene: Scene, **said: object) -> dict[str, object]:
        return {"scope": [f"lpt-{scene.lpt.pk}"], "due": "", "reason": "A siege.", **said}

    def shown(self, client: Client, scene: Scene) -> Page:
        return Page.of(client.get(NEWS, {"scope": f"lpt-{scene.lpt.pk}", "due": "24"}))

    def test_names_each_tweet_and_its_timed_words(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        (delivery,) = coming(scene)
        on_way = put(coming(scene)[0], state=State.SENDING)
        client.force_login(duty)
        page = self.shown(client, scene)
        (box,) = page.root.all("input", name="pick")
        assert box.attrs["value"] == pick_of(delivery.pk, delivery.due_at)
        assert "checked" in box.attrs
        assert "It speaks of a time: “Thursday”" in page.main
        sent = page.root.one("section", aria_labelledby="on-its-way")
        assert on_way.draft.text in sent.text

    def test_asks_first_whose(self, client: Client, scene: Scene, duty: User) -> None:
        coming(scene)
        client.force_login(duty)
        page = Page.of(client.get(NEWS))
        assert page.root.all("input", name="pick") == []
        assert page.problems == []

    def test_moves_what_is_ticked_and_nothing_else(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        ticked, unticked, gone = coming(scene, 3)
        picks = [pick_of(d.pk, d.due_at) for d in (ticked, gone)]
        put(gone, state=State.SENDING)
        client.force_login(duty)
        said = self.form(scene, do="later", hours="6", pick=picks)
        page = Page.of(client.post(NEWS, said))
        assert page.main.startswith("Done 1 tweet moved.")
        assert gone.draft.text in page.root.one("section", aria_labelledby="left").text
        moved = [stage.fresh(d).due_at - d.due_at for d in (ticked, unticked, gone)]
        assert moved == [6 * HOUR, timedelta(0), timedelta(0)]

    def test_moves_to_a_time(self, client: Client, scene: Scene, duty: User) -> None:
        first, second = coming(scene, 2)
        day = (timezone.now() + timedelta(days=2)).astimezone(LONDON).date()
        client.force_login(duty)
        picks = [pick_of(d.pk, d.due_at) for d in (first, second)]
        said = self.form(scene, do="to", date=day.isoformat(), time="09:15", pick=picks)
        client.post(NEWS, said)
        at = stage.fresh(first).due_at.astimezone(LONDON)
        assert (at.date(), f"{at:%H:%M}") == (day, "09:15")
        assert stage.fresh(second).due_at > stage.fresh(first).due_at

    def test_holds_all_of_it(self, client: Client, scene: Scene, duty: User) -> None:
        (delivery,) = coming(scene)
        on_way = put(coming(scene)[0], state=State.UNKNOWN)
        client.force_login(duty)
        page = Page.of(client.post(NEWS, self.form(scene, do="hold")))
        assert Hold.objects.open().covering(scene.account).exists()
        assert on_way.draft.text in page.root.one("section", aria_labelledby="on-its-way").text
        assert delivery.draft.text not in page.main

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({}, "Choose what shall happen."),
            ({"do": "later", "hours": "6"}, "Tick at least one tweet to move."),
            ({"do": "later", "pick": ["1@soon", "x@2026-01-01T00:00:00Z"], "hours": "6"},
             "Tick at least one tweet to move."),
            ({"do": "later"}, "Enter by how many hours."),
            ({"do": "later", "hours": "0"}, "Enter at least 1 hour."),
            ({"do": "later", "hours": str(MOST_HOURS + 1)}, f"Enter at most {MOST_HOURS} hours."),
            ({"do": "to"}, "Enter the new date and time."),
            ({"do": "hold", "reason": " "}, "Say in one sentence why."),
        ],
    )  # fmt: skip
    def test_says_what_is_missing(
        self, client: Client, scene: Scene, duty: User, said: dict[str, object], sentence: str
    ) -> None:
        coming(scene)
        client.force_login(duty)
        response = client.post(NEWS, self.form(scene, **said))
        assert response.status_code == 422
        assert sentence in [text for text, _ in Page.of(response).problems]
        assert not Hold.objects.exists()

    def test_shows_no_more_than_can_be_looked_at(
        self, client: Client, scene: Scene, duty: User, django_assert_max_num_queries: Any
    ) -> None:
        stage.due(scene, LIMIT + 1)
        client.force_login(duty)
        with django_assert_max_num_queries(25):
            page = self.shown(client, scene)
        assert len(page.root.all("input", name="pick")) == LIMIT
        assert "These are the first" in page.main

    def test_of_another_force_is_out_of_reach(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        abroad = Scene()
        (theirs,) = coming(abroad)
        client.force_login(duty)
        response = client.post(NEWS, self.form(abroad, do="hold"))
        assert response.status_code == 422
        said = self.form(scene, do="later", hours="1", pick=[pick_of(theirs.pk, theirs.due_at)])
        assert client.post(NEWS, said).status_code == 403
        assert stage.fresh(theirs).due_at == theirs.due_at

    @pytest.mark.parametrize(
        "value", ["", "1", "@", "1@", "1@2026-01-01", "1@2026-13-01T00:00:00Z", "9" * 30 + "@x",
                  "٣@2026-01-01T00:00:00Z", "-1@2026-01-01T00:00:00Z"],
    )  # fmt: skip
    def test_reads_no_tick_that_it_did_not_write(self, value: str) -> None:
        assert parse_pick(value) is None
        assert MoveForm({}, picked=[value], now=database_now()).seen == {}


class TestOneTweet:
    def address(self, delivery: Delivery) -> str:
        return reverse("publishing:move-time", args=[delivery.pk])

    def said(self, delivery: Delivery, **said: str) -> dict[str, str]:
        day = (timezone.now() + timedelta(days=3)).astimezone(LONDON).date().isoformat()
        seen = delivery.due_at.isoformat()
        return {"seen": seen, "date": day, "time": "10:00", "reason": "A march.", **said}

    def test_is_moved_from_its_own_page(self, client: Client, scene: Scene, duty: User) -> None:
        (delivery,) = coming(scene)
        client.force_login(duty)
        page = Page.of(client.get(self.address(delivery)))
        assert delivery.draft.text in page.main
        response = client.post(self.address(delivery), self.said(delivery), follow=True)
        assert Page.of(response).messages == [
            "Moved. Its approval stands, and its author has been told."
        ]
        assert f"{stage.fresh(delivery).due_at.astimezone(LONDON):%H:%M}" == "10:00"

    def test_is_not_moved_twice_from_two_pages(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        (delivery,) = coming(scene)
        client.force_login(duty)
        client.post(self.address(delivery), self.said(delivery))
        again = client.post(self.address(delivery), self.said(delivery, time="11:00"), follow=True)
        assert Page.of(again).messages[-1].startswith("Its time was not moved")
        assert f"{stage.fresh(delivery).due_at.astimezone(LONDON):%H:%M}" == "10:00"

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"time": ""}, "Enter the new date and time."),
            ({"reason": ""}, "Say in one sentence why."),
            ({"seen": "yesterday"}, "Open this page again."),
            ({"date": "2020-01-01"}, "This time has passed. Choose a later one."),
        ],
    )
    def test_says_what_is_missing(
        self, client: Client, scene: Scene, duty: User, said: dict[str, str], sentence: str
    ) -> None:
        (delivery,) = coming(scene)
        client.force_login(duty)
        response = client.post(self.address(delivery), self.said(delivery, **said))
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert stage.fresh(delivery).due_at == delivery.due_at

    def test_that_has_gone_leads_back_to_it(self, client: Client, scene: Scene, duty: User) -> None:
        delivery = put(coming(scene)[0], state=State.PUBLISHED)
        client.force_login(duty)
        assert client.get(self.address(delivery)).status_code == 302

    def test_of_somebody_else_is_not_there(self, client: Client, scene: Scene) -> None:
        (delivery,) = coming(scene)
        client.force_login(Scene().person(Role.COMMS_DUTY))
        assert client.get(self.address(delivery)).status_code == 404


class TestTheHourThatComesTwice:
    """In the night in which the clocks go back, 01:30 is shown by them twice."""

    NOW = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
    DOUBLED: ClassVar = {"date": "2026-10-25", "time": "01:30", "reason": "A siege."}

    def one(self, **said: str) -> TimeForm:
        seen = {"seen": self.NOW.isoformat()}
        return TimeForm({**seen, **self.DOUBLED, **said}, now=self.NOW)

    def many(self, **said: str) -> MoveForm:
        picked = [pick_of(1, self.NOW)]
        return MoveForm({"do": "to", **self.DOUBLED, **said}, picked=picked, now=self.NOW)

    def test_is_asked_about_there_alone(self) -> None:
        for form in (self.one(), self.many()):
            assert form.errors["fold"] == ["Say which of the two you mean."]
        for form in (self.one(time="02:30"), self.many(time="02:30"), self.many(do="hold")):
            assert "fold" not in form.fields
            assert form.is_valid()
        assert "fold" not in TimeForm(now=self.NOW).fields
        assert "fold" not in MoveForm(now=self.NOW).fields

    @pytest.mark.parametrize(("fold", "hour"), [("first", 0), ("second", 1)])
    def test_is_the_one_that_was_meant(self, fold: str, hour: int) -> None:
        at = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        one, many = self.one(fold=fold), self.many(fold=fold)
        assert one.is_valid()
        assert many.is_valid()
        assert one.cleaned_data["due_at"] == many.cleaned_data["to"] == at

    def test_is_asked_about_on_the_page(self, client: Client, scene: Scene, duty: User) -> None:
        (delivery,) = coming(scene)
        client.force_login(duty)
        url = reverse("publishing:move-time", args=[delivery.pk])
        assert "clocks go back" not in Page.of(client.get(url)).main
        night = next_doubled(database_now()).date()
        said = {"seen": delivery.due_at.isoformat(), "date": night.isoformat(), "time": "01:30"}
        page = Page.of(client.post(url, {**said, "reason": "A siege."}))
        assert "Which of the two do you mean?" in page.main
        assert [text for text, _ in page.problems] == ["Say which of the two you mean."]
        assert stage.fresh(delivery).due_at == delivery.due_at


def next_doubled(now: datetime) -> datetime:
    """01:30 of the night in which the clocks go back next: the last Sunday of October."""
    for year in (now.year, now.year + 1):
        last = datetime(year, 10, 31, 1, 30, tzinfo=LONDON)
        night = last - timedelta(days=(last.weekday() + 1) % 7)
        if night > now:
            return night
    raise AssertionError(now)
