"""By which publisher an account goes out: chosen by a comms admin, never under a tweet's feet."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import SocialAccount
from accounts.roles import Role
from audit.models import Record
from publishing.clock import database_now
from publishing.models import Delivery, TimelineReading
from publishing.services import (
    PublisherChanged,
    StillUnderWay,
    choices_for,
    choose_publisher,
    dispatch_due,
)
from publishing.services.arming import arm
from publishing.services.reading_timelines import begin_reading
from publishing.workflow import LostLease, State
from tests.factories import Scene
from tests.pages import Page
from tests.publishing import stage

X = {"BACKEND": "publishing.backends.x.XPublisher", "OPTIONS": {"client_id": "a"}}
MASTODON = {"BACKEND": "publishing.backends.mastodon.MastodonPublisher"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _publishers(settings: Settings, ledger: object) -> None:
    settings.PUBLISHERS = {**settings.PUBLISHERS, "x": X, "mastodon": MASTODON}


def choose(scene: Scene, alias: str, seen: str = "default") -> None:
    admin = scene.person(Role.COMMS_ADMIN)
    choose_publisher(scene.account, alias, seen=seen, actor=admin, now=timezone.now())


def publisher_of(scene: Scene) -> str:
    return str(SocialAccount.objects.get(pk=scene.account.pk).publisher)


class TestChoosing:
    def test_offers_what_serves_the_platform(self) -> None:
        offered = choices_for(Scene().account)
        assert {"default", "x"} <= set(offered)
        assert "mastodon" not in offered

    def test_is_in_the_trail_and_begins_another_timeline(self) -> None:
        scene = Scene()
        begin_reading(scene.account.pk, now=timezone.now())
        choose(scene, "x")
        assert publisher_of(scene) == "x"
        last = Record.objects.latest("pk")
        assert (last.verb, last.data) == (
            "account.publisher_chosen", {"before": "default", "publisher": "x"},
        )  # fmt: skip
        assert not TimelineReading.objects.exists()

    def test_of_another_platform_is_refused(self) -> None:
        with pytest.raises(ValueError, match="does not serve"):
            choose(Scene(), "mastodon")

    def test_is_for_administrators_of_the_force(self) -> None:
        scene = Scene()
        for person in (scene.person(Role.COMMS_DUTY), Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                choose_publisher(
                    scene.account, "x", seen="default", actor=person, now=timezone.now()
                )

    def test_twice_at_once_is_seen(self) -> None:
        scene = Scene()
        choose(scene, "x")
        with pytest.raises(PublisherChanged):
            choose(scene, "lookup")
        assert publisher_of(scene) == "x"

    @pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN])
    def test_waits_for_what_only_the_present_one_knows(self, state: State) -> None:
        scene = Scene()
        stage.due(scene)
        Delivery.objects.update(state=state)
        with pytest.raises(StillUnderWay):
            choose(scene, "lookup")
        assert publisher_of(scene) == "default"


class TestAWaitingTweet:
    def test_goes_out_by_the_new_one_once(self, ledger: stage.Ledger) -> None:
        scene = Scene()
        (delivery,) = stage.due(scene)
        choose(scene, "lookup")
        dispatch_due(now=database_now())
        assert stage.state_of(delivery) == State.PUBLISHED
        assert ledger.times(delivery) == 1

    def test_that_was_claimed_is_not_sent_by_the_old_one(self, ledger: stage.Ledger) -> None:
        scene = Scene()
        (delivery,) = stage.due(scene)
        now = database_now()
        lease_until = now + timedelta(minutes=1)
        ((key, fence),) = Delivery.objects.claim(
            now=now, owner="a worker", lease_until=lease_until, limit=1
        )
        choose(scene, "lookup")
        with pytest.raises(LostLease):
            arm(key, fence=fence)
        assert ledger.effects() == []
        dispatch_due(now=database_now())
        assert ledger.times(delivery) == 1


class TestThePage:
    def test_says_what_is_public_and_chooses(self, client: Client) -> None:
        scene = Scene()
        client.force_login(scene.person(Role.COMMS_ADMIN))
        path = reverse("publishing:choose-publisher", args=[scene.account.pk])
        page = Page.of(client.get(path))
        assert "x: X, for everybody to see" in page.main
        assert "default: for practice, nothing is public" in page.main
        response = client.post(path, {"publisher": "mastodon", "seen": "default"})
        assert response.status_code == 422
        page = Page.of(client.post(path, {"publisher": "x", "seen": "default"}, follow=True))
        assert page.messages == [f"@{scene.account.handle} goes out by “x” now."]
        page = Page.of(client.post(path, {"publisher": "blind", "seen": "default"}, follow=True))
        assert page.messages[0].startswith("Somebody else changed")

    def test_says_what_to_wait_for(self, client: Client) -> None:
        scene = Scene()
        client.force_login(scene.person(Role.COMMS_ADMIN))
        stage.due(scene)
        Delivery.objects.update(state=State.UNKNOWN)
        path = reverse("publishing:choose-publisher", args=[scene.account.pk])
        response = client.post(path, {"publisher": "x", "seen": "default"})
        assert response.status_code == 409
        assert "wait until Deliveries says so" in response.content.decode()
