"""What members of the force are told when tweets do not go out, and when they do."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountStatus, User
from accounts.roles import Role
from accounts.services import set_status
from incidents.models import HoldKind
from incidents.services import place
from publishing.clock import database_now
from publishing.models import Circuit, Delivery, WorkerHeartbeat
from publishing.services import is_troubled, status_of
from publishing.workflow import State
from tests.factories import Scene
from tests.pages import Page
from tests.publishing import stage

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LINE = "Some tweets are not going out as they should."


@pytest.fixture
def scene() -> Scene:
    WorkerHeartbeat.objects.create(owner="a worker", seen_at=timezone.now())
    return Scene()


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


def late(scene: Scene, by: timedelta = 25 * MINUTE, **due: object) -> Delivery:
    (delivery,) = stage.due(scene, at=database_now() - by, **due)  # type: ignore[arg-type]
    return delivery


def told(client: Client, person: User) -> str:
    client.force_login(person)
    return Page.of(client.get(reverse("publishing:status"))).main


def has_line(client: Client, person: User) -> bool:
    client.force_login(person)
    return LINE in client.get(reverse("insights:accessibility")).content.decode()


class TestWhenAllIsWell:
    def test_says_so(self, client: Client, scene: Scene, officer: User) -> None:
        later = stage.due(scene, at=database_now() + timedelta(hours=2))[0]
        gone = stage.due(scene)[0]
        Delivery.objects.filter(pk=gone.pk).update(
            state=State.PUBLISHED, published_at=timezone.now()
        )
        said = told(client, officer)
        assert "Yes. All is well." in said
        assert "What to do" not in said
        status = status_of(officer, now=timezone.now())
        assert (status.is_well, status.next_out, status.last_out) == (True, later, gone)
        assert not has_line(client, officer)

    @pytest.mark.parametrize("role", Role)
    def test_everybody_may_look(self, client: Client, scene: Scene, role: Role) -> None:
        assert "Yes. All is well." in told(client, scene.person(role))

    def test_a_tweet_that_is_a_moment_late_is_no_trouble(self, scene: Scene, officer: User) -> None:
        late(scene, by=timedelta(seconds=50))
        assert status_of(officer, now=database_now()).is_well


class TestWhenNoWorkerIsAlive:
    def test_says_what_to_do_and_how_late_it_is(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        WorkerHeartbeat.objects.update(seen_at=timezone.now() - MINUTE)
        delivery = late(scene)
        said = told(client, officer)
        assert "No. Blue Lamp is not sending anything at the moment." in said
        assert "it would come out twice" in said
        assert scene.force.comms_phone in said
        assert delivery.draft.text in said
        assert "25 minutes late" in said
        assert "Nothing is being sent at the moment." in said
        assert has_line(client, officer)

    def test_others_are_not_told_of_this_teams_tweets(self, client: Client, scene: Scene) -> None:
        WorkerHeartbeat.objects.update(seen_at=timezone.now() - MINUTE)
        delivery = late(scene)
        stranger = scene.person(lpt=scene.other_account().lpt)
        assert delivery.draft.text not in told(client, stranger)


class TestWhenAPlatformIsDown:
    def stop(self, scene: Scene, **columns: object) -> None:
        Circuit.objects.create(account=scene.account, **columns)

    def test_says_that_the_account_cannot_sign_in(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        self.stop(scene, suspended_at=timezone.now(), reason="It says 401.")
        late(scene)
        said = told(client, officer)
        assert f"X does not let {scene.account} sign in." in said
        assert "a comms admin has to mend it" in said
        assert "401" not in said
        assert has_line(client, officer)

    def test_says_when_it_is_tried_again(self, client: Client, scene: Scene, officer: User) -> None:
        self.stop(scene, paused_until=timezone.now() + 5 * MINUTE, failures=5)
        said = told(client, officer)
        assert "It is tried again by itself. Tried again in 5 minutes" in said

    def test_concerns_the_team_and_those_who_look_after_all(self, scene: Scene) -> None:
        self.stop(scene, suspended_at=timezone.now())
        other = scene.person(lpt=scene.other_account().lpt)
        abroad = Scene().person(Role.COMMS_DUTY)
        people = {scene.person(): True, scene.person(Role.PSD): True, other: False, abroad: False}
        assert {p: is_troubled(p, now=timezone.now()) for p in people} == people

    def test_says_which_may_be_public(self, client: Client, scene: Scene, officer: User) -> None:
        delivery = late(scene, state=State.UNKNOWN)
        said = told(client, officer)
        assert "May be public or not" in said
        assert delivery.draft.text in said


class TestWhenPeopleStoppedIt:
    def test_says_why_it_waits_and_draws_nobodys_eye_elsewhere(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        late(scene)
        duty = scene.person(Role.COMMS_DUTY)
        place(
            kind=HoldKind.HOLD, scope=scene.lpt, reason="A siege.", actor=duty, now=timezone.now()
        )
        assert f"A hold is on for {scene.lpt}: A siege." in told(client, officer)
        assert not has_line(client, officer)

    def test_says_that_the_account_is_frozen(
        self, client: Client, scene: Scene, officer: User
    ) -> None:
        late(scene)
        set_status(scene.account, AccountStatus.FROZEN, actor=None, now=timezone.now())
        assert f"{scene.account} is frozen." in told(client, officer)


class TestTheLine:
    def test_leads_to_the_page(self, client: Client, scene: Scene, officer: User) -> None:
        late(scene)
        client.force_login(officer)
        page = Page.of(client.get(reverse("insights:accessibility")))
        (line,) = page.root.all(class_="bl-status-line")
        assert [link.attrs["href"] for link in line.all("a")] == [reverse("publishing:status")]

    def test_is_not_for_those_who_have_a_banner(self, client: Client, scene: Scene) -> None:
        late(scene)
        assert not has_line(client, scene.person(Role.COMMS_DUTY))

    def test_is_not_for_anybody_who_is_not_signed_in(self, client: Client, scene: Scene) -> None:
        late(scene)
        assert LINE not in client.get(reverse("insights:accessibility")).content.decode()
