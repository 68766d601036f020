"""What the desk says of a tweet that stopped: what, why, where to look, what to do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccountStatus, Platform, SocialAccount, User
from accounts.roles import Role
from accounts.services import deactivate, set_status
from approvals.services import reopen, unschedule
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from notices.models import Notice
from publishing import failpoints
from publishing.backends.mock import Fault
from publishing.clock import database_now
from publishing.models import Attempt, Delivery
from publishing.publishers import publishers
from publishing.services import (
    dispatch_due,
    drop,
    page_of,
    reconcile,
    situation_of,
    stop_and_look,
    with_attempts,
)
from publishing.services.situations import OTHER_ADVICE, Situation
from publishing.workflow import MayBePublic, Outcome, State
from tests.factories import Scene
from tests.pages import Page
from tests.publishing import stage
from tests.publishing.stage import Ledger

pytestmark = pytest.mark.django_db
MASTODON = "https://town.example/@team/1234"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def duty(scene: Scene) -> User:
    return scene.person(Role.COMMS_DUTY)


def seen(delivery: Delivery) -> Situation:
    return situation_of(with_attempts(Delivery.objects.with_people()).get(pk=delivery.pk))


def lost(scene: Scene, publisher: str) -> Delivery:
    """Handed over, and no answer came."""
    delivery = stage.approved(scene, publisher=publisher)
    publishers[publisher].fail_next(Fault.TIMEOUT_ACCEPTED)  # type: ignore[attr-defined]
    dispatch_due(now=database_now())
    assert stage.state_of(delivery) == State.UNKNOWN
    return delivery


def put(delivery: Delivery, state: State, **columns: object) -> Delivery:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, **columns)
    return stage.fresh(delivery)


# How a tweet comes to be stopped before it is sent, by what happens to it.
STOPPED: dict[str, Callable[[Delivery], object]] = {
    "no longer active": lambda d: deactivate(d.draft.author, actor=None, now=database_now()),
    "is closed": lambda d: set_status(
        d.account, AccountStatus.CLOSED, actor=None, now=database_now()
    ),
    "no longer the one": lambda d: Draft.objects.filter(pk=d.draft_id).update(state="draft"),
}


class TestWhatIsSaid:
    @pytest.mark.parametrize("publisher", ["lookup", "default"])
    def test_leaves_it_to_a_platform_that_can_be_asked(self, scene: Scene, publisher: str) -> None:
        now = seen(lost(scene, publisher))
        assert now.may_be_public
        assert now.what == "Nobody knows whether it is public."
        assert "there was no clear answer:" in now.why
        assert "by itself and settles it" in now.todo

    def test_asks_a_person_to_look_where_nothing_can_be_asked(self, scene: Scene) -> None:
        delivery = lost(scene, "blind")
        Delivery.objects.update(next_at=database_now())
        reconcile(now=database_now())
        assert stage.state_of(delivery) == State.NEEDS_HUMAN
        now = seen(delivery)
        assert now.may_be_public
        assert "cannot be asked" in now.why
        assert now.todo.startswith("Look for it on the account’s page.")

    @pytest.mark.parametrize("why", STOPPED)
    def test_advises_for_every_reason_that_stops_a_tweet_before_it_is_sent(
        self, scene: Scene, why: str
    ) -> None:
        delivery = stage.approved(scene)
        STOPPED[why](delivery)
        dispatch_due(now=database_now())
        assert stage.state_of(delivery) == State.NEEDS_HUMAN
        now = seen(delivery)
        assert not now.may_be_public
        assert why in now.why
        assert now.todo != OTHER_ADVICE

    def test_advises_when_the_rulebook_stops_it(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene, text="Meet us. #One #Two #Three #Four {}")
        dispatch_due(now=database_now())
        assert "rule" in seen(delivery).todo

    def test_advises_when_other_words_were_approved(self, scene: Scene) -> None:
        (delivery,) = stage.due(scene, approved_hash="0" * 64, is_decided=False)
        dispatch_due(now=database_now())
        assert "submitted and approved again" in seen(delivery).todo

    @pytest.mark.parametrize(
        ("state", "what", "todo"),
        [
            (State.REFUSED, "refused it. It is not public.", "only if that reason is gone"),
            (State.MISSED, "not sent in time. It is not public.", "a new time"),
        ],
    )
    def test_knows_what_is_surely_not_public(
        self, scene: Scene, state: State, what: str, todo: str
    ) -> None:
        now = seen(put(stage.due(scene)[0], state, last_error="Because."))
        assert not now.may_be_public
        assert what in now.what
        assert todo in now.todo
        assert now.why == "Because."


class TestWhereToLook:
    @pytest.mark.parametrize(
        ("platform", "address"),
        [
            (Platform.X, "https://x.com/{}"),
            (Platform.BLUESKY, "https://bsky.app/profile/{}"),
            (Platform.MASTODON, ""),
        ],
    )
    def test_is_the_accounts_own_page(self, scene: Scene, platform: Platform, address: str) -> None:
        # A publisher that does not practise: no alias of that name is configured.
        account = scene.other_account(platform=platform, publisher="elsewhere")
        assert page_of(account) == address.format(account.handle)

    def test_is_known_on_mastodon_from_the_last_tweet(self, scene: Scene) -> None:
        account = scene.other_account(platform=Platform.MASTODON, publisher="elsewhere")
        (delivery,) = stage.due(scene, accounts=[account])
        put(delivery, State.PUBLISHED, external_url=MASTODON, published_at=database_now())
        assert page_of(account) == "https://town.example/@team"

    def test_is_the_practice_timeline_while_practising(self, scene: Scene) -> None:
        assert page_of(scene.account) == reverse("publishing:practice-timeline")


class TestTheDesk:
    def test_shows_why_where_and_what(self, client: Client, scene: Scene, duty: User) -> None:
        SocialAccount.objects.update(publisher="elsewhere")
        delivery = put(stage.due(scene)[0], State.UNKNOWN)
        client.force_login(duty)
        page = Page.of(client.get(reverse("publishing:deliveries")))
        row = page.root.one(id=f"delivery-{delivery.pk}")
        links = [link.attrs["href"] for link in row.all("a")]
        assert links == [
            delivery.draft.get_absolute_url(), f"https://x.com/{scene.account.handle}",
        ]  # fmt: skip
        assert "Nobody knows whether it is public." in row.text

    def test_asks_as_many_questions_for_ten_as_for_two(
        self, client: Client, scene: Scene, duty: User, django_assert_max_num_queries: Any
    ) -> None:
        client.force_login(duty)
        for delivery in stage.due(scene, 10):
            put(delivery, State.NEEDS_HUMAN)
        with django_assert_max_num_queries(25):
            client.get(reverse("publishing:deliveries"))


class TestStoppingWhatMayBePublic:
    """A withdrawal that races an attempt without an answer never ends as cancelled."""

    @pytest.mark.parametrize("undo", [reopen, unschedule])
    def test_sends_nothing_again_and_asks_a_person(
        self, scene: Scene, duty: User, ledger: Ledger, undo: Callable[..., None]
    ) -> None:
        delivery = lost(scene, "default")
        with pytest.raises(MayBePublic):
            undo(delivery.draft, actor=duty, now=database_now())
        now = stage.fresh(delivery)
        assert (now.state, now.draft.state) == (State.NEEDS_HUMAN, "approved")
        assert now.last_error.startswith(f"{duty} asked to stop it, and it may already be public")
        assert Record.objects.filter(verb=Verb.DELIVERY_NEEDS_HUMAN).exists()
        assert Notice.objects.filter(urgent=True, text__contains="asked to stop it").exists()
        later = database_now() + timedelta(hours=1)
        reconcile(now=later)
        dispatch_due(now=later)
        assert ledger.times(delivery) == 1
        assert stage.state_of(delivery) == State.NEEDS_HUMAN
        assert seen(delivery).may_be_public

    def test_comes_too_late_for_a_worker_that_is_sending_it_again(
        self, scene: Scene, duty: User, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        delivery = lost(scene, "token")
        put(delivery, State.QUEUED, next_at=database_now())
        answers = []

        def ask(place: str) -> None:
            if place == "armed":
                now = database_now()
                answers.append(stop_and_look(delivery.draft_id, actor=duty, now=now))

        monkeypatch.setattr(failpoints, "on_reached", ask)
        dispatch_due(now=database_now())
        assert answers == [False]
        assert stage.state_of(delivery) == State.PUBLISHED
        assert ledger.times(delivery) == 1

    def test_wins_over_a_worker_that_has_only_claimed_it(
        self, scene: Scene, duty: User, ledger: Ledger
    ) -> None:
        delivery = lost(scene, "token")
        now = database_now()
        put(delivery, State.QUEUED, next_at=now)
        Delivery.objects.claim(now=now, owner="a", lease_until=now + timedelta(60), limit=9)
        assert stop_and_look(delivery.draft_id, actor=duty, now=now)
        assert stage.state_of(delivery) == State.NEEDS_HUMAN

    @pytest.mark.parametrize("state", [State.SENDING, State.PUBLISHED, State.REFUSED])
    def test_is_not_done_to_what_is_under_way_or_over(
        self, scene: Scene, duty: User, state: State
    ) -> None:
        delivery = put(stage.due(scene)[0], state)
        assert not stop_and_look(delivery.draft_id, actor=duty, now=database_now())
        assert stage.state_of(delivery) == state

    def test_is_not_done_to_what_was_never_handed_over(self, scene: Scene, duty: User) -> None:
        (delivery,) = stage.due(scene)
        assert not stop_and_look(delivery.draft_id, actor=duty, now=database_now())

    def test_is_said_to_whoever_asked(self, client: Client, scene: Scene) -> None:
        delivery = lost(scene, "default")
        client.force_login(delivery.draft.author)
        address = reverse("approvals:reopen", args=[delivery.draft_id])
        page = Page.of(client.post(address, follow=True))
        assert page.messages[0].startswith("It may already be public, so it could not be")
        assert "asked to stop it" in page.main

    def test_is_settled_by_an_answer_that_the_drafts_page_keeps(
        self, client: Client, scene: Scene, duty: User
    ) -> None:
        delivery = lost(scene, "blind")
        stop_and_look(delivery.draft_id, actor=duty, now=database_now())
        drop(stage.fresh(delivery), actor=duty, evidence="I deleted it.", now=database_now())
        assert Attempt.objects.get().outcome == Outcome.CONFIRMED_NOT_SENT
        client.force_login(duty)
        page = Page.of(client.get(delivery.draft.get_absolute_url()))
        assert "Dropped. I deleted it." in page.main
        assert f"by {duty.full_name}" in page.main
