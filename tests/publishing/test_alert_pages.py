"""The page of alerts, the banner that leads to it, and letting an account send again."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from incidents.models import HoldKind
from incidents.services import place
from publishing.clock import database_now
from publishing.models import Alert, Circuit
from publishing.services import watch
from tests.factories import Scene
from tests.pages import Page
from tests.publishing import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def duty(scene: Scene) -> User:
    return scene.person(Role.COMMS_DUTY)


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


def page(person: User, path: str = "/alerts/") -> Page:
    client = Client()
    client.force_login(person)
    return Page.of(client.get(path))


def banners(person: User) -> list[str]:
    found = page(person, "/desk/").root.all(class_="bl-banner--alert")
    return [banner.text for banner in found if "Nothing is going out" not in banner.text]


def late(scene: Scene, count: int = 1) -> None:
    stage.due(scene, count, at=database_now() - timedelta(minutes=5))
    watch(now=database_now())


class TestTheAlerts:
    def test_are_none_at_first(self, duty: User) -> None:
        assert "Nothing is wrong." in page(duty).root.text
        assert banners(duty) == []

    def test_lead_to_the_tweet_and_to_the_hold(self, scene: Scene, duty: User, admin: User) -> None:
        ago = database_now() - timedelta(hours=5)
        place(kind=HoldKind.HOLD, scope=scene.lpt, reason="x", actor=duty, now=ago)
        watch(now=database_now())
        late(Scene())
        Alert.objects.filter(kind="overdue").update(force=scene.force)
        draft = Alert.objects.get(kind="overdue").delivery
        assert draft is not None
        links = [link.attrs["href"] for link in page(duty).root.one("main").all("a")]
        assert links == [f"/drafts/{draft.draft_id}/", "/incidents/"]
        # Who may not read drafts is not led to one.
        assert [a.attrs["href"] for a in page(admin).root.one("main").all("a")] == ["/incidents/"]

    def test_of_another_force_are_not_shown(self, scene: Scene, duty: User) -> None:
        late(Scene())
        assert "Nothing is wrong." in page(duty).root.text
        assert banners(duty) == []
        Alert.objects.update(force=None)
        assert "is more than a minute late" in page(duty).root.text

    def test_that_ended_are_listed_for_a_day(self, scene: Scene, duty: User) -> None:
        late(scene)
        Alert.objects.update(cleared_at=database_now() - timedelta(hours=23))
        root = page(duty).root
        assert "Nothing is wrong." in root.text
        assert "Ended in the last 24 hours" in root.text
        Alert.objects.update(cleared_at=database_now() - timedelta(hours=25))
        assert "Ended in the last 24 hours" not in page(duty).root.text

    def test_are_reached_from_the_deliveries_by_those_who_may_see_them(
        self, scene: Scene, duty: User
    ) -> None:
        assert page(duty, "/deliveries/").root.one("main").all("a", href="/alerts/")
        officer = scene.person()
        assert not page(officer, "/deliveries/").root.one("main").all("a", href="/alerts/")


class TestTheBanner:
    def test_says_the_newest_and_how_many_there_are(
        self, scene: Scene, duty: User, admin: User
    ) -> None:
        late(scene)
        text = Alert.objects.get().text
        for person in (duty, admin):
            assert banners(person) == [f"Alert. {text} See alerts"]
        late(scene, 2)
        newest = Alert.objects.order_by("-pk").first()
        assert newest is not None
        assert banners(duty) == [f"3 alerts. The newest: {newest.text} See alerts"]
        assert banners(scene.person()) == []


class TestAStoppedAccount:
    def test_is_let_send_again_by_a_comms_admin(self, scene: Scene, admin: User) -> None:
        now = database_now()
        Circuit.objects.create(account=scene.account, suspended_at=now, reason="It says 401.")
        path = f"/alerts/{scene.account.pk}/lift/"
        shown = page(admin).root
        assert "is stopped until somebody mends its connection" in shown.text
        assert "It says 401." in shown.text
        assert shown.all("form", action=path)
        client = Client()
        client.force_login(admin)
        said = Page.of(client.post(path, follow=True)).root.text
        assert f"{scene.account} sends again." in said
        done = Record.objects.get(verb=Verb.ACCOUNT_STATUS)
        assert (done.actor_name, done.data) == (admin.full_name, {"status": "sends again"})
        again = Page.of(client.post(path, follow=True)).root.text
        assert f"Nothing stops {scene.account} any more." in again

    def test_is_only_shown_to_the_others(self, scene: Scene, duty: User) -> None:
        now = database_now()
        until = now + timedelta(minutes=4)
        Circuit.objects.create(account=scene.account, paused_until=until, reason="Away.")
        shown = page(duty).root
        assert f"{scene.account} is paused. It is tried again by itself in 4 minutes." in shown.text
        assert "Only a comms admin can let it send again." in shown.text
        assert not shown.all("form", action=f"/alerts/{scene.account.pk}/lift/")

    def test_of_another_force_is_not_there(self, scene: Scene, admin: User) -> None:
        other = Scene()
        Circuit.objects.create(account=other.account, suspended_at=database_now())
        client = Client()
        client.force_login(admin)
        assert str(other.account) not in page(admin).root.text
        for pk in (other.account.pk, 999_999):
            assert client.post(f"/alerts/{pk}/lift/").status_code == 404
        assert Circuit.objects.get().suspended_at is not None
