"""Sessions run out, are listed, and end where their owner says."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import APPROVING_OR_ADMINISTERING, Role
from accounts.services import deactivate, end_access, let_back
from accounts.sign_in.sessions import browser_words, end_all, idle_limit
from audit.models import Record
from audit.verbs import Verb
from tests.accounts.sign_in.people import PASSWORD, YOURS, long_ago, sign_in
from tests.factories import Scene, again, covered
from tests.pages import Page

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 3600
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


def is_in(client: Client) -> bool:
    return bool(client.get("/desk/").status_code == 200)


def shut_out(client: Client) -> None:
    """Every kind of answer says that the access of whoever was signed in there has ended."""
    page = Page.of(client.post("/write/", {"text": "Words of an hour"}))
    assert page.h1 == "Your access has ended"
    assert "ring corporate communications" in page.main
    assert "Words of an hour" in page.main
    assert "Sign in again" not in page.main
    said = client.post("/write/check/", {"text": "Words"}, HTTP_HX_REQUEST="true")
    assert "Your access has ended" in said.content.decode()
    assert "Your access has ended" in Page.of(client.get("/desk/", follow=True)).main


class TestASession:
    @pytest.mark.parametrize("role", Role)
    def test_may_rest_half_as_long_for_those_who_approve_or_administer(
        self, scene: Scene, role: Role
    ) -> None:
        minutes = 15 if role in APPROVING_OR_ADMINISTERING else 30
        assert idle_limit(scene.person(role)) == timedelta(minutes=minutes)

    def test_may_rest_half_as_long_for_who_approves_in_somebodys_place(self, scene: Scene) -> None:
        cover = scene.person(Role.OFFICER)
        assert idle_limit(cover) == timedelta(minutes=30)
        covered(scene.person(Role.COMMS_APPROVER), by=cover)
        assert idle_limit(again(cover)) == timedelta(minutes=15)

    @pytest.mark.parametrize(
        ("role", "rested", "goes_on"),
        [
            (Role.OFFICER, 29 * MINUTE, True),
            (Role.OFFICER, 31 * MINUTE, False),
            (Role.COMMS_APPROVER, 14 * MINUTE, True),
            (Role.COMMS_APPROVER, 16 * MINUTE, False),
        ],
    )
    def test_ends_after_a_rest(
        self, client: Client, scene: Scene, role: Role, rested: int, *, goes_on: bool
    ) -> None:
        client.force_login(scene.person(role))
        assert is_in(client)
        long_ago(client, at=rested)
        assert is_in(client) == goes_on
        # Once it has ended it stays so.
        assert is_in(client) == goes_on

    def test_ends_after_twelve_hours_whatever_one_does(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        long_ago(client, signed_in_at=12 * HOUR - MINUTE, at=0)
        assert is_in(client)
        long_ago(client, signed_in_at=12 * HOUR + MINUTE, at=0)
        assert not is_in(client)

    def test_goes_on_while_something_is_done(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        for _ in range(3):
            long_ago(client, at=20 * MINUTE)
            assert is_in(client)

    def test_keeps_the_text_of_somebody_who_was_away(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        long_ago(client, at=31 * MINUTE)
        answer = client.post("/write/", {"text": "Words of an hour"})
        assert answer.status_code == 419
        assert "Words of an hour" in answer.content.decode()
        assert Page.of(answer).h1 == "You have been signed out"

    def test_is_begun_by_a_sign_in_alone_and_never_remembered(
        self, client: Client, officer: User
    ) -> None:
        client.post("/accounts/login/", {
            "login": officer.email, "password": PASSWORD, "remember": "on",
        })  # fmt: skip
        assert client.session.get_expire_at_browser_close()

    def test_takes_a_new_role_into_account_at_once(self, client: Client, scene: Scene) -> None:
        officer = scene.person()
        client.force_login(officer)
        assert is_in(client)
        long_ago(client, at=20 * MINUTE)
        Membership.objects.filter(person=officer).update(role=Role.COMMS_APPROVER, lpt=None)
        assert not is_in(client)


class TestTheListOfPlaces:
    @pytest.fixture
    def elsewhere(self, officer: User) -> Client:
        other = Client(HTTP_USER_AGENT=EDGE, REMOTE_ADDR="10.9.8.7")
        sign_in(other, officer)
        return other

    def test_says_where_and_ends_one_at_its_next_request(
        self, client: Client, officer: User, elsewhere: Client
    ) -> None:
        sign_in(client, officer)
        page = Page.of(client.get(YOURS))
        here, there = page.root.all(class_="bl-session")
        assert "Here" in here.text
        assert "Edge on Windows" in there.text
        assert "10.9.8.7" in there.text
        (form,) = there.all("form")
        assert is_in(elsewhere)
        answer = client.post(form.attrs["action"], follow=True)
        assert Page.of(answer).messages == ["Signed out there."]
        assert not is_in(elsewhere)
        assert is_in(client)
        record = Record.objects.filter(verb=Verb.SESSION_ENDED).get()
        assert record.data == {"address": "10.9.8.7"}

    def test_ends_all_but_this_one(self, client: Client, officer: User, elsewhere: Client) -> None:
        third = Client()
        sign_in(third, officer)
        sign_in(client, officer)
        action = "/accounts/sign-in/places/end/"
        assert Page.of(client.get(YOURS)).root.all("form", action=action)
        client.post(action)
        assert [is_in(place) for place in (client, elsewhere, third)] == [True, False, False]

    def test_ends_nothing_of_somebody_else(
        self, client: Client, scene: Scene, elsewhere: Client
    ) -> None:
        client.force_login(scene.person(Role.COMMS_ADMIN))
        row = UserSession.objects.get()
        assert client.post(f"/accounts/sign-in/places/{row.pk}/end/").status_code == 404
        client.post("/accounts/sign-in/places/end/")
        assert is_in(elsewhere)

    def test_says_when_somebody_was_last_seen(
        self, client: Client, officer: User, elsewhere: Client
    ) -> None:
        UserSession.objects.update(last_seen_at=timezone.now() - timedelta(hours=2))
        is_in(elsewhere)
        long_ago(elsewhere, at=5 * MINUTE)
        is_in(elsewhere)
        assert timezone.now() - UserSession.objects.get().last_seen_at < timedelta(minutes=1)

    def test_is_emptied_for_somebody_who_leaves(self, officer: User, elsewhere: Client) -> None:
        assert end_all(officer, actor=None, now=timezone.now()) == 1
        assert end_all(officer, actor=None, now=timezone.now()) == 0
        assert not is_in(elsewhere)

    def test_says_to_somebody_who_left_that_their_access_has_ended(
        self, scene: Scene, officer: User, elsewhere: Client
    ) -> None:
        admin = scene.person(Role.COMMS_ADMIN)
        end_access(officer, actor=admin, now=timezone.now())
        shut_out(elsewhere)
        # The old session is over, whatever becomes of the person.
        let_back(officer, force=scene.force, actor=admin, now=timezone.now())
        assert not is_in(elsewhere)

    def test_says_it_as_well_where_only_the_person_was_disabled(
        self, officer: User, elsewhere: Client
    ) -> None:
        deactivate(officer, actor=None, now=timezone.now())
        shut_out(elsewhere)

    def test_says_nothing_of_it_to_anybody_else(self, scene: Scene, officer: User) -> None:
        end_access(officer, actor=scene.person(Role.COMMS_ADMIN), now=timezone.now())
        stranger = Client()
        for answer in (
            stranger.post("/write/", {"text": "Words"}),
            sign_in(stranger, officer),
            stranger.get("/accounts/login/"),
        ):
            assert "access has ended" not in answer.content.decode()

    def test_shrinks_with_a_new_password(
        self, client: Client, officer: User, elsewhere: Client
    ) -> None:
        sign_in(client, officer)
        fresh = "another long and winding road"
        typed = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
        client.post("/accounts/password/change/", typed)
        assert is_in(client)
        assert not is_in(elsewhere)
        assert len(Page.of(client.get(YOURS)).root.all(class_="bl-session")) == 1


class TestTheNameOfABrowser:
    @pytest.mark.parametrize(
        ("agent", "words"),
        [
            (EDGE, "Edge on Windows"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
             "Safari on iPhone"),
            ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
             "Chrome on Android"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
             "Firefox on Linux"),
            ("Chrome/1", "Chrome"),
            ("", "A browser"),
            ("<b>" * 100, "A browser"),
        ],
    )  # fmt: skip
    def test_is_one_that_people_know(self, agent: str, words: str) -> None:
        assert browser_words(agent) == words


def test_a_place_with_a_hostile_browser_is_a_page_too(client: Client, officer: User) -> None:
    other: Any = Client(HTTP_USER_AGENT="<xcanary>" * 200)
    sign_in(other, officer)
    sign_in(client, officer)
    assert "<xcanary>" not in client.get(YOURS).content.decode()
