"""What the rulebook is told besides the text: other tweets, the team's page, elections, orders."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from drafts.models import Draft
from drafts.services import context_for
from drafts.services.checking import LOOK_BACK, MOST_EARLIER, earlier_of
from drafts.workflow import State
from policy.registers.services import Order, add_restriction, declare_election, uk_day
from tests.factories import Scene, approved, in_, submitted, written
from tests.pages import Page

pytestmark = pytest.mark.django_db


READERS = {Role.PSD, Role.FOI_OFFICER, Role.DPO}


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def officer(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    officer = scene.person()
    client.force_login(officer)
    return officer


def declare(scene: Scene, starts_on: date, ends_on: date, note: str = "") -> None:
    declare_election(
        force=scene.force,
        area="Oldermoor ward",
        starts_on=starts_on,
        ends_on=ends_on,
        note=note,
        actor=scene.person(Role.COMMS_ADMIN),
        now=timezone.now(),
    )


class TestTheOtherTweets:
    def test_are_those_submitted_approved_or_planned_newest_first(self, scene: Scene) -> None:
        now = timezone.now()
        submitted(scene, text="Waits since an hour.", now=now - timedelta(hours=1))
        approved(scene, text="Went out yesterday.", now=now - timedelta(days=1))
        submitted(scene, text="Planned for next week.", planned=in_(timedelta(days=7)))
        written(scene, text="Only being written.")
        found = earlier_of(scene.account, now=now)
        assert [earlier.text for earlier in found] == [
            "Planned for next week.",
            "Waits since an hour.",
            "Went out yesterday.",
        ]
        assert found[2].at == now - timedelta(days=1)

    def test_are_not_the_draft_itself(self, scene: Scene) -> None:
        draft = submitted(scene)
        assert context_for(draft, now=timezone.now()).earlier == ()
        again = written(scene)
        assert [e.text for e in context_for(again, now=timezone.now()).earlier] == [draft.text]

    def test_are_not_those_of_another_account_or_of_long_ago(self, scene: Scene) -> None:
        now = timezone.now()
        submitted(scene, now=now - LOOK_BACK - timedelta(minutes=1))
        other = scene.other_account(lpt=scene.lpt)
        submitted(scene, account=other)
        assert earlier_of(scene.account, now=now) == ()

    def test_are_not_those_that_came_to_nothing(self, scene: Scene) -> None:
        draft, now = submitted(scene), timezone.now()
        for state in (State.CHANGES_REQUESTED, State.REJECTED, State.WITHDRAWN, State.EXPIRED):
            Draft.objects.filter(pk=draft.pk).update(state=state)
            assert earlier_of(scene.account, now=now) == ()

    def test_are_the_latest_and_asked_for_once(
        self, scene: Scene, django_assert_num_queries: Any
    ) -> None:
        now, author = timezone.now(), scene.person()
        Draft.objects.bulk_create(
            Draft(
                account=scene.account, author=author, state=State.SUBMITTED, text=str(number),
                submitted_at=now, queue_at=now - timedelta(minutes=number),
                created_at=now, changed_at=now,
            )
            for number in range(MOST_EARLIER + 5)
        )  # fmt: skip
        with django_assert_num_queries(1):
            found = earlier_of(scene.account, now=now)
        assert [earlier.text for earlier in found] == [str(n) for n in range(MOST_EARLIER)]


class TestTheTeamPage:
    def test_is_the_team_s_own(self, scene: Scene) -> None:
        scene.lpt.team_page = "https://marlshire.example.org/oldermoor"
        scene.lpt.save()
        context = context_for(written(scene), now=timezone.now())
        assert context.team_page == "https://marlshire.example.org/oldermoor"

    def test_is_none_for_a_team_without_one(self, scene: Scene) -> None:
        assert context_for(written(scene), now=timezone.now()).team_page == ""


class TestAnOrder:
    def test_reaches_every_check_of_a_draft(self, scene: Scene) -> None:
        draft = written(scene)
        order = Order(("Fern Street siege",), "A case", "A court")
        restriction = add_restriction(
            order, force=scene.force, actor=scene.person(Role.COMMS_DUTY), now=timezone.now()
        )
        (found,) = context_for(draft, now=timezone.now()).restrictions
        assert (found.id, found.terms) == (str(restriction.pk), order.terms)


class TestAPreElectionPeriod:
    def test_is_on_for_a_draft_that_goes_out_in_it(self, scene: Scene) -> None:
        now = timezone.now()
        start = uk_day(now) + timedelta(days=5)
        declare(scene, start, start + timedelta(days=9))
        inside = written(scene, planned=in_(timedelta(days=7)))
        (election,) = context_for(inside, now=now).elections
        assert election.area == "Oldermoor ward"
        assert context_for(written(scene), now=now).elections == ()

    @pytest.mark.parametrize("role", Role)
    def test_is_over_every_page_of_those_who_write_or_declare(
        self, client: Client, scene: Scene, role: Role
    ) -> None:
        today = timezone.localdate()
        declare(scene, today, today, note="No visits with candidates.")
        client.force_login(scene.person(role))
        page = Page.of(client.get("/desk/"))
        banners = [b.text for b in page.root.all(class_="bl-banner--election")]
        words = (
            f"Pre-election period in Oldermoor ward until {today.day} {today:%B %Y}. Say nothing"
            " that could help or harm a party or a candidate. No visits with candidates."
        )
        assert banners == ([] if role in READERS else [words])

    def test_warns_whoever_plans_a_tweet_for_it(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        day = timezone.localdate() + timedelta(days=30)
        declare(scene, day, day)
        typed = {"text": "Meet us at the library.", "account": scene.account.pk, "when": "pick",
                 "date": day.isoformat(), "time": "14:30"}  # fmt: skip
        page = Page.of(client.post("/write/check/", typed))
        assert "This falls in the pre-election period in Oldermoor ward" in page.root.text
        day += timedelta(days=1)
        page = Page.of(client.post("/write/check/", typed | {"date": day.isoformat()}))
        assert f"{day.day} {day:%B %Y}, 14:30, UK time" in page.root.text
        assert "pre-election" not in page.root.text
