"""What is done with people and accounts, and what each of them does on their own record."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccountStatus, User
from accounts.roles import Role
from accounts.services import confirm_mobile, deactivate, set_status
from audit.models import Record
from audit.verbs import Verb
from tests.factories import Scene, UserFactory, again
from tests.pages import Page

pytestmark = pytest.mark.django_db


class TestConfirmingANumber:
    def test_counts_from_today_and_stands_in_the_trail(self) -> None:
        person = UserFactory.create(mobile_confirmed_on=None)
        confirm_mobile(person, number=person.mobile, now=timezone.now())
        assert again(person).mobile_confirmed_on == timezone.localdate()
        row = Record.objects.about(person).get()
        assert (row.verb, row.actor_id) == (Verb.MOBILE_CONFIRMED, str(person.pk))
        assert person.mobile not in str(row.data)

    def test_is_done_with_one_press_on_my_desk(self, client: Client) -> None:
        person = Scene().person(mobile_confirmed_on=timezone.localdate() - timedelta(days=400))
        client.force_login(person)
        page = Page.of(client.get("/desk/"))
        assert "was not confirmed in the last six months" in page.main
        form = page.root.one("form", action="/accounts/mobile/confirm/")
        sent = {box.attrs["name"]: box.attrs.get("value", "") for box in form.all("input")}
        response = client.post("/accounts/mobile/confirm/", sent, follow=True)
        page = Page.of(response)
        assert page.messages == ["Thank you. Your number is confirmed for six months."]
        assert "was not confirmed" not in page.main

    def test_confirms_no_other_number_than_was_shown(self, client: Client) -> None:
        person = Scene().person(mobile_confirmed_on=None)
        shown = person.mobile
        User.objects.filter(pk=person.pk).update(mobile="+447700900555")
        client.force_login(person)
        for sent in ({"number": shown}, {}):
            response = client.post("/accounts/mobile/confirm/", sent, follow=True)
            assert "was changed meanwhile" in Page.of(response).messages[0]
        assert again(person).mobile_confirmed_on is None
        assert not Record.objects.about(person).exists()

    def test_is_nobody_else_s_business(self) -> None:
        person, other = UserFactory.create(), UserFactory.create()
        assert person.has_perm("accounts.confirm_mobile", person)
        assert not person.has_perm("accounts.confirm_mobile", other)


class TestDeactivating:
    def test_ends_access_once(self) -> None:
        person, admin = UserFactory.create(), Scene().person(Role.COMMS_ADMIN)
        for _ in range(2):
            deactivate(person, actor=admin, now=timezone.now())
        assert not again(person).is_active
        assert Record.objects.about(person).get().verb == Verb.PERSON_DEACTIVATED


class TestTheStatusOfAnAccount:
    @pytest.mark.parametrize("status", AccountStatus)
    def test_is_set_under_its_lock_and_stands_in_the_trail(self, status: AccountStatus) -> None:
        account = Scene().account
        set_status(account, status, actor=None, now=timezone.now())
        account.refresh_from_db()
        assert (account.status, account.lock) == (status, 1)
        assert Record.objects.about(account).get().data == {"status": status.value}
