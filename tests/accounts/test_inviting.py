"""The invitation once more: to whom, what becomes of the links before, and how often."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import (
    Details,
    InvitationRefused,
    Place,
    add_person,
    invite_again,
    invited_at,
    is_awaited,
)
from audit.models import Record
from audit.verbs import Verb
from notices.models import Notice
from notices.services import send_mail_due
from tests.factories import Scene, again
from tests.pages import Page

pytestmark = pytest.mark.django_db
NOW = timezone.now()
NELL = Details("nell.newcome@force.example.org", "Nell Newcome", "+447700900555")
MINUTE = timedelta(minutes=1)
AGAIN = "Send the invitation again"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


@pytest.fixture
def nell(scene: Scene, admin: User) -> User:
    place = Place(Role.OFFICER, scene.lpt, timezone.localdate())
    return add_person(NELL, place, force=scene.force, actor=admin, now=NOW - 30 * MINUTE)


def told(person: User) -> int:
    return Notice.objects.filter(recipient_id=person.pk).count()


def link_by_mail(client: Client, person: User) -> str:
    """The one-time link that somebody gets who follows their invitation."""
    client.post("/accounts/password/reset/", {"email": person.email})
    (found,) = re.findall(r"/accounts/password/reset/key/\S+", str(mail.outbox[-1].body))
    return str(found)


def opens(client: Client, link: str) -> bool:
    page = Page.of(client.get(link, follow=True))
    return bool(page.root.all("input", name="password1"))


class TestTheInvitationAgain:
    def test_goes_to_the_address_on_record_and_stands_in_the_trail(
        self, scene: Scene, admin: User, nell: User
    ) -> None:
        invite_again(nell, force=scene.force, actor=admin, now=NOW)
        first, second = Notice.objects.filter(recipient_id=nell.pk).order_by("pk")
        assert (second.email, second.link, second.text) == (first.email, first.link, first.text)
        assert invited_at(nell) == NOW
        row = Record.objects.get(verb=Verb.PERSON_INVITED)
        assert (row.actor_id, row.target_id) == (str(admin.pk), str(nell.pk))
        assert NELL.email not in str(row.data)

    def test_says_in_its_subject_what_to_do(self, scene: Scene, nell: User) -> None:
        assert send_mail_due(now=NOW) == 1
        (letter,) = mail.outbox
        assert letter.subject == f"Blue Lamp: Set your first password for {scene.force}"
        assert "/accounts/password/reset/" in letter.body

    def test_lets_them_set_it_and_sign_in(self, client: Client, nell: User) -> None:
        assert Page.of(client.get("/accounts/password/reset/")).h1 == "Set your password"
        page = Page.of(client.get(link_by_mail(client, nell), follow=True))
        assert page.h1 == "Set your password"
        chosen = dict.fromkeys(("password1", "password2"), "three herons wading slowly")
        address = "/accounts/password/reset/key/"
        (form,) = [f for f in page.root.all("form") if address in f.attrs.get("action", "")]
        done = Page.of(client.post(form.attrs["action"], chosen, follow=True))
        assert done.h1 == "Your password is set"
        assert done.root.one("main").one("a", href="/accounts/login/").text == "Sign in"

    def test_ends_the_links_before(self, scene: Scene, admin: User, nell: User) -> None:
        old = link_by_mail(Client(), nell)
        assert opens(Client(), old)
        invite_again(nell, force=scene.force, actor=admin, now=NOW)
        assert not opens(Client(), old)
        new = link_by_mail(Client(), nell)
        client = Client()
        assert opens(client, new)
        typed = dict.fromkeys(("password1", "password2"), "a long and winding way")
        client.post(client.get(new).headers["Location"], typed)
        assert again(nell).check_password("a long and winding way")
        # It works once.
        assert not opens(Client(), new)

    def test_is_for_whoever_was_never_here(self, scene: Scene, admin: User, nell: User) -> None:
        User.objects.filter(pk=nell.pk).update(last_login=NOW)
        left = scene.person()
        left.set_unusable_password()
        left.is_active = False
        left.save()
        with_password = scene.person()
        with_password.set_password("a long and winding way")
        with_password.save()
        for person in (again(nell), left, with_password):
            assert not is_awaited(person)
            before = told(person), person.password
            with pytest.raises(InvitationRefused):
                invite_again(person, force=scene.force, actor=admin, now=NOW)
            assert (told(person), again(person).password) == before

    @pytest.mark.parametrize("changed", ["password", "last_login"])
    def test_is_not_sent_past_somebody_who_is_just_coming_in(
        self, scene: Scene, admin: User, nell: User, changed: str
    ) -> None:
        seen = again(nell)
        value = {"password": "set just now", "last_login": NOW}[changed]
        User.objects.filter(pk=nell.pk).update(**{changed: value})
        with pytest.raises(InvitationRefused):
            invite_again(seen, force=scene.force, actor=admin, now=NOW)
        assert getattr(again(nell), changed) == value
        assert told(nell) == 1

    def test_is_sent_once_by_two_admins(self, scene: Scene, admin: User, nell: User) -> None:
        seen = again(nell)
        invite_again(nell, force=scene.force, actor=admin, now=NOW)
        with pytest.raises(InvitationRefused):
            invite_again(seen, force=scene.force, actor=scene.person(Role.COMMS_ADMIN), now=NOW)
        assert told(nell) == 2

    def test_waits_ten_minutes(self, scene: Scene, admin: User, nell: User) -> None:
        invite_again(nell, force=scene.force, actor=admin, now=NOW)
        kept = again(nell).password
        with pytest.raises(InvitationRefused, match="less than ten minutes old"):
            invite_again(nell, force=scene.force, actor=admin, now=NOW + 9 * MINUTE)
        # What was refused changed nothing: the link of the last mail still works.
        assert again(nell).password == kept
        invite_again(again(nell), force=scene.force, actor=admin, now=NOW + 10 * MINUTE)
        assert told(nell) == 3

    def test_is_sent_five_times_in_a_day(self, scene: Scene, admin: User, nell: User) -> None:
        for number in range(4):
            invite_again(nell, force=scene.force, actor=admin, now=NOW + 20 * number * MINUTE)
        with pytest.raises(InvitationRefused, match="5 times in a day"):
            invite_again(again(nell), force=scene.force, actor=admin, now=NOW + 90 * MINUTE)
        tomorrow = NOW + timedelta(days=1)
        invite_again(again(nell), force=scene.force, actor=admin, now=tomorrow)

    def test_is_for_comms_admins_of_that_force(self, scene: Scene, admin: User, nell: User) -> None:
        stranger = Scene()
        far = stranger.person(Role.COMMS_ADMIN)
        for person, force, actor in (
            (nell, scene.force, scene.person(Role.COMMS_DUTY)),
            (nell, scene.force, far),
            (nell, stranger.force, far),
        ):
            with pytest.raises(PermissionDenied):
                invite_again(person, force=force, actor=actor, now=NOW)


class TestThePage:
    def test_has_the_button_while_they_are_awaited(
        self, client: Client, admin: User, nell: User
    ) -> None:
        client.force_login(admin)
        page = Page.of(client.get(f"/people/{nell.pk}/"))
        assert (
            page.root.one("form", action=f"/people/{nell.pk}/invite/").one("button").text == AGAIN
        )
        assert f"The last invitation went to {nell.email} on " in page.main
        answer = client.post(f"/people/{nell.pk}/invite/", follow=True)
        (said,) = Page.of(answer).messages
        assert f"The invitation is on its way to {nell.email}." in said
        assert "do not work any more" in said
        answer = client.post(f"/people/{nell.pk}/invite/", follow=True)
        assert "less than ten minutes old" in Page.of(answer).messages[0]
        assert told(nell) == 2

    def test_has_none_for_who_was_here(self, client: Client, scene: Scene, admin: User) -> None:
        client.force_login(admin)
        person = scene.person()
        User.objects.filter(pk=person.pk).update(last_login=NOW)
        assert "Send the invitation" not in Page.of(client.get(f"/people/{person.pk}/")).main
