"""What people are told: one row each, in the transaction of what they are told about."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from notices.models import Notice
from notices.services import mark_read, tell
from tests.factories import Scene, UserFactory
from tests.pages import Page

pytestmark = pytest.mark.django_db


def told(person: User) -> list[str]:
    return [notice.text for notice in Notice.objects.for_person(person.pk)]


class TestTelling:
    def test_writes_one_row_for_each_person(self) -> None:
        one, two, now = UserFactory.create(), UserFactory.create(), timezone.now()
        tell([one, two], "A hold is on.", now=now, link="/incidents/", urgent=True)
        assert told(one) == told(two) == ["A hold is on."]
        notice = Notice.objects.for_person(one.pk).get()
        assert (notice.email, notice.link, notice.urgent, notice.created_at) == (
            one.email,
            "/incidents/",
            True,
            now,
        )
        assert str(notice) == "A hold is on."

    def test_tells_nobody_twice(self) -> None:
        person = UserFactory.create()
        tell([person, User.objects.get(pk=person.pk), person], "Once.", now=timezone.now())
        assert told(person) == ["Once."]

    def test_tells_nobody_when_there_is_nobody(self) -> None:
        tell([], "Nobody reads this.", now=timezone.now())
        assert not Notice.objects.exists()

    def test_cuts_what_is_too_long_for_a_row(self) -> None:
        person = UserFactory.create()
        tell([person], "x" * 2000, now=timezone.now())
        assert len(Notice.objects.get().text) == 500

    def test_is_undone_with_the_transaction(self) -> None:
        person = UserFactory.create()

        def fail() -> None:
            with transaction.atomic():
                tell([person], "It never happened.", now=timezone.now())
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert told(person) == []


class TestReading:
    def test_marks_all_of_a_person_s_own(self) -> None:
        one, two, now = UserFactory.create(), UserFactory.create(), timezone.now()
        tell([one, two], "One.", now=now)
        tell([one], "Two.", now=now)
        assert mark_read(person_id=one.pk, now=now + timedelta(minutes=1)) == 2
        assert mark_read(person_id=one.pk, now=now + timedelta(minutes=2)) == 0
        assert {notice.read_at for notice in Notice.objects.for_person(one.pk)} == {
            now + timedelta(minutes=1)
        }
        assert Notice.objects.unread().get().recipient_id == two.pk

    def test_comes_newest_first(self) -> None:
        person = UserFactory.create()
        for text in ("First.", "Second.", "Third."):
            tell([person], text, now=timezone.now())
        assert told(person) == ["Third.", "Second.", "First."]

    def test_is_done_on_my_desk(self, client: Client) -> None:
        person, other = Scene().person(), UserFactory.create()
        tell([person, other], "A <b>hold</b> is on.", now=timezone.now(), link="/drafts/")
        client.force_login(person)
        page = Page.of(client.get("/desk/"))
        assert "A <b>hold</b> is on." in page.main
        assert client.post("/desk/read/").status_code == 302
        assert "A <b>hold</b> is on." not in Page.of(client.get("/desk/")).main
        assert Notice.objects.unread().get().recipient_id == other.pk
