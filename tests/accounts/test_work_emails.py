"""A comms admin gives a colleague another e-mail: nobody becomes a second person by it unseen."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import (
    Checked,
    Details,
    PersonRefused,
    Place,
    add_person,
    are_two,
    change_person,
    take_second_factor,
)
from notices.models import Notice
from notices.services import send_mail_due
from tests.accounts.sign_in.people import PASSWORD
from tests.factories import Scene, again
from tests.pages import Page

pytestmark = pytest.mark.django_db
MINE = "mine@force.example.org"
SETTLES = settings.EMAIL_SETTLES_FOR


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN, password=PASSWORD)


@pytest.fixture
def other(scene: Scene) -> User:
    person = scene.person(Role.COMMS_ADMIN, password=PASSWORD)
    Authenticator.objects.create(user=person, type="totp", data={})
    return person


def give_e_mail(person: User, scene: Scene, by: User, now: datetime, email: str = MINE) -> None:
    seen = Details.of(person)
    change_person(
        person, replace(seen, email=email), force=scene.force, seen=seen, actor=by, now=now
    )


def take(person: User, scene: Scene, by: User, now: datetime) -> None:
    take_second_factor(
        person, force=scene.force, checked=Checked.CALLED_BACK, reason="Lost", actor=by, now=now
    )


class TestAnotherEMail:
    def test_is_told_at_the_old_address_and_to_whoever_watches(
        self, scene: Scene, admin: User, other: User, mailoutbox: list[object]
    ) -> None:
        duty = scene.person(Role.COMMS_DUTY)
        scene.person(Role.COMMS_APPROVER)
        elsewhere = Scene()
        elsewhere.give(other, Role.PSD)
        theirs = elsewhere.person(Role.COMMS_ADMIN)
        old, now = other.email, timezone.now()
        give_e_mail(other, scene, admin, now)
        told = Notice.objects.filter(kind="alert", urgent=True)
        assert set(told.values_list("recipient_id", "email")) == {
            (other.pk, old), (other.pk, MINE), (duty.pk, duty.email), (theirs.pk, theirs.email),
        }  # fmt: skip
        text = told.get(email=old).text
        at = timezone.localtime(now)
        assert f"{admin} changed the work e-mail of {other} at {at:%H:%M}" in text
        assert f"call the comms desk on {scene.force.comms_phone} at once" in text
        # Whoever reads the old mail is not told the new address.
        assert MINE not in text
        assert send_mail_due(now=now) == 4
        assert old in [letter.to[0] for letter in mailoutbox]  # type: ignore[attr-defined]

    def test_ends_the_person_s_sessions(
        self, client: Client, scene: Scene, admin: User, other: User
    ) -> None:
        client.force_login(other)
        key = client.session.session_key
        UserSession.objects.get_or_create(user=other, session_key=key, defaults={"ip": "127.0.0.1"})
        assert client.get("/me/").status_code == 200
        give_e_mail(other, scene, admin, timezone.now())
        assert client.get("/me/").status_code == 302

    def test_of_one_s_own_is_told_to_oneself_at_the_old_address(
        self, scene: Scene, admin: User, other: User
    ) -> None:
        old = admin.email
        give_e_mail(admin, scene, admin, timezone.now())
        assert [notice.email for notice in Notice.objects.all()] == [old]
        assert again(admin).email_put_by is None

    def test_says_beforehand_what_follows(self, client: Client, admin: User, other: User) -> None:
        client.force_login(admin)
        page = Page.of(client.get(f"/people/{other.pk}/change/"))
        assert "for 3 days you do not count as a second person beside them" in page.main


class TestALostSecondFactor:
    def test_stays_for_days_unless_somebody_else_takes_it(
        self, scene: Scene, admin: User, other: User
    ) -> None:
        now = timezone.now()
        give_e_mail(other, scene, admin, now)
        with pytest.raises(PersonRefused, match="less than 3 days ago"):
            take(other, scene, admin, now + SETTLES - timedelta(minutes=1))
        assert Authenticator.objects.filter(user=other).exists()
        take(other, scene, scene.person(Role.COMMS_ADMIN), now)
        assert not Authenticator.objects.filter(user=other).exists()

    def test_can_be_taken_by_the_same_admin_later(
        self, scene: Scene, admin: User, other: User
    ) -> None:
        now = timezone.now()
        give_e_mail(other, scene, admin, now)
        take(other, scene, admin, now + SETTLES)
        assert not Authenticator.objects.filter(user=other).exists()

    def test_is_refused_on_the_page_which_says_who_changed_the_e_mail(
        self, client: Client, scene: Scene, admin: User, other: User
    ) -> None:
        give_e_mail(other, scene, admin, timezone.now())
        client.force_login(admin)
        path = f"/people/{other.pk}/second-factor/"
        page = Page.of(client.get(path))
        assert f"{admin} put their work e-mail on record" in page.main
        answer = client.post(path, {"checked": "called_back", "reason": "Lost"})
        assert answer.status_code == 422
        assert "Another comms admin has to remove" in Page.of(answer).problems[0][0]


class TestTwoPeople:
    def test_are_not_an_admin_and_whom_they_gave_an_e_mail(
        self, scene: Scene, admin: User, other: User
    ) -> None:
        now = timezone.now()
        assert are_two(admin, other, now=now)
        give_e_mail(other, scene, admin, now)
        # Their own further change does not hide whose hand it was.
        give_e_mail(again(other), scene, again(other), now, "third@force.example.org")
        for one, two in ((admin, other), (other, admin)):
            assert not are_two(one, two, now=now)
            assert are_two(one, two, now=now + SETTLES)
        assert are_two(scene.person(Role.COMMS_ADMIN), other, now=now)

    def test_are_not_one_hand_at_one_remove(self, scene: Scene, admin: User, other: User) -> None:
        now = timezone.now()
        details = Details("new@force.example.org", "Nell Newcome", "+447700900555")
        place = Place(Role.COMMS_ADMIN, None, timezone.localdate(now))
        new = add_person(details, place, force=scene.force, actor=admin, now=now)
        give_e_mail(other, scene, again(new), now)
        assert not are_two(admin, new, now=now)
        assert not are_two(admin, other, now=now)
        # In a ring, too.
        give_e_mail(admin, scene, again(other), now, "ring@force.example.org")
        assert not are_two(admin, other, now=now)

    def test_are_known_by_hand_and_time_together(self, admin: User, other: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=other.pk).update(email_put_by=admin)
