"""Breaking the glass: nobody sees credentials alone, twice, late, or without the others knowing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from audit.models import Record
from notices.models import Notice
from publishing.models import Credential, Reveal
from publishing.models.reveals import MOVES, Move, RevealOver, State
from publishing.services import (
    AlreadyOpen,
    KeyLost,
    NothingStored,
    ask_to_reveal,
    decide_on_reveal,
    lapse_reveals,
    must_be_changed,
    show_credentials,
    store_credentials,
    withdraw_reveal,
)
from publishing.services.revealing import ANSWERED_WITHIN, OPENED_WITHIN
from tests.factories import Scene
from tests.pages import Page
from tests.races import at_once

SECRET = {"access_token": "hush-hush-7"}
MINUTE = timedelta(minutes=1)


class Glass:
    """An account with credentials, the admin who wants to see them, and a second one."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.account = self.scene.account
        self.asker, self.second = (self.scene.person(Role.COMMS_ADMIN) for _ in range(2))
        self.duty = self.scene.person(Role.COMMS_DUTY)
        self.now = timezone.now()
        store_credentials(self.account, SECRET, actor=self.asker, now=self.now - MINUTE)

    def asked(self, now: datetime | None = None) -> Reveal:
        return ask_to_reveal(
            self.account, reason="X is down.", actor=self.asker, now=now or self.now
        )

    def granted(self) -> Reveal:
        reveal = self.asked()
        decide_on_reveal(reveal, grant=True, actor=self.second, now=self.now)
        reveal.refresh_from_db()
        return reveal

    def told(self, person: User) -> int:
        return Notice.objects.filter(recipient_id=person.pk).count()


@pytest.fixture
def glass(db: None) -> Glass:
    return Glass()


class TestARequest:
    def test_is_asked_granted_and_used_once(self, glass: Glass) -> None:
        reveal = glass.granted()
        assert show_credentials(reveal, actor=glass.asker, now=glass.now) == SECRET
        with pytest.raises(RevealOver):
            show_credentials(reveal, actor=glass.asker, now=glass.now)
        verbs = list(Record.objects.order_by("pk").values_list("verb", flat=True))
        assert verbs[-3:] == [
            "account.reveal_asked", "account.reveal_granted", "account.credentials_shown",
        ]  # fmt: skip
        last = Record.objects.latest("pk")
        assert last.data == {
            "request": reveal.pk, "names": ["access_token"], "granted_by": glass.second.full_name,
        }  # fmt: skip
        # Both admins are told of each step, also the one in whose name it was taken.
        assert [glass.told(admin) for admin in (glass.asker, glass.second)] == [3, 3]
        assert glass.told(glass.duty) == 1
        assert "hush-hush" not in str([*Record.objects.values(), *Notice.objects.values()])

    def test_needs_another_person(self, glass: Glass) -> None:
        reveal = glass.asked()
        outsiders = [
            glass.asker,
            glass.scene.person(),
            glass.scene.person(Role.COMMS_APPROVER),
            Scene().person(Role.COMMS_ADMIN),
        ]
        for person in outsiders:
            with pytest.raises(PermissionDenied):
                decide_on_reveal(reveal, grant=True, actor=person, now=glass.now)
        decide_on_reveal(reveal, grant=True, actor=glass.duty, now=glass.now)

    def test_needs_another_than_who_gave_the_asker_an_e_mail(
        self, glass: Glass, client: Client
    ) -> None:
        User.objects.filter(pk=glass.asker.pk).update(
            email_put_by=glass.second, email_put_at=glass.now
        )
        reveal = glass.asked()
        client.force_login(glass.second)
        path = reverse("publishing:reveal", args=[glass.account.pk])
        page = Page.of(client.post(path, {"do": "grant", "request": reveal.pk}, follow=True))
        assert "do not count as two people for now" in page.messages[0]
        reveal.refresh_from_db()
        assert reveal.state == State.ASKED
        decide_on_reveal(reveal, grant=True, actor=glass.duty, now=glass.now)
        # Whoever refuses need not be anybody else.
        reveal = ask_to_reveal(glass.account, reason="X.", actor=glass.second, now=glass.now)
        decide_on_reveal(reveal, grant=False, actor=glass.asker, now=glass.now)

    def test_is_asked_by_administrators_alone(self, glass: Glass) -> None:
        for person in (glass.duty, glass.scene.person(), Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                ask_to_reveal(glass.account, reason="Why not.", actor=person, now=glass.now)

    def test_shows_nothing_to_anybody_else(self, glass: Glass) -> None:
        reveal = glass.granted()
        for person in (glass.second, glass.duty):
            with pytest.raises(PermissionDenied):
                show_credentials(reveal, actor=person, now=glass.now)

    def test_shows_nothing_to_who_is_no_administrator_any_more(self, glass: Glass) -> None:
        reveal = glass.granted()
        glass.asker.memberships.all().delete()
        with pytest.raises(PermissionDenied):
            show_credentials(reveal, actor=User.objects.get(pk=glass.asker.pk), now=glass.now)

    def test_shows_nothing_before_it_is_granted_nor_after_it_is_refused(self, glass: Glass) -> None:
        reveal = glass.asked()
        with pytest.raises(RevealOver):
            show_credentials(reveal, actor=glass.asker, now=glass.now)
        decide_on_reveal(reveal, grant=False, actor=glass.second, now=glass.now)
        with pytest.raises(RevealOver):
            show_credentials(reveal, actor=glass.asker, now=glass.now)
        with pytest.raises(RevealOver):
            decide_on_reveal(reveal, grant=True, actor=glass.duty, now=glass.now)

    def test_is_open_once_for_each_person(self, glass: Glass) -> None:
        glass.asked()
        with pytest.raises(AlreadyOpen):
            glass.asked()
        ask_to_reveal(glass.account, reason="So do I.", actor=glass.second, now=glass.now)

    def test_can_be_taken_back_by_who_asked(self, glass: Glass) -> None:
        reveal = glass.granted()
        with pytest.raises(PermissionDenied):
            withdraw_reveal(reveal, actor=glass.second, now=glass.now)
        withdraw_reveal(reveal, actor=glass.asker, now=glass.now)
        with pytest.raises(RevealOver):
            show_credentials(reveal, actor=glass.asker, now=glass.now)
        glass.asked()

    def test_is_about_something_that_is_there(self, glass: Glass) -> None:
        Credential.objects.all().delete()
        with pytest.raises(NothingStored):
            glass.asked()

    def test_that_could_not_be_opened_can_be_used_again(
        self, glass: Glass, settings: Settings
    ) -> None:
        reveal, keys = glass.granted(), settings.PUBLISHER_KEYS
        settings.PUBLISHER_KEYS = []
        with pytest.raises(KeyLost):
            show_credentials(reveal, actor=glass.asker, now=glass.now)
        settings.PUBLISHER_KEYS = keys
        assert show_credentials(reveal, actor=glass.asker, now=glass.now) == SECRET


class TestItsTime:
    def test_is_an_hour_for_the_answer(self, glass: Glass) -> None:
        reveal, late = glass.asked(), glass.now + ANSWERED_WITHIN
        with pytest.raises(RevealOver):
            decide_on_reveal(reveal, grant=True, actor=glass.second, now=late)

    def test_is_a_quarter_of_an_hour_for_the_use(self, glass: Glass) -> None:
        reveal = glass.granted()
        with pytest.raises(RevealOver):
            show_credentials(reveal, actor=glass.asker, now=glass.now + OPENED_WITHIN)
        assert lapse_reveals(now=glass.now + OPENED_WITHIN - MINUTE) == 0
        assert lapse_reveals(now=glass.now + OPENED_WITHIN) == 1
        assert Reveal.objects.get().state == State.LAPSED
        assert Record.objects.latest("pk").verb == "account.reveal_lapsed"

    def test_that_is_over_keeps_nobody_from_asking_again(self, glass: Glass) -> None:
        glass.asked()
        again = glass.asked(now=glass.now + ANSWERED_WITHIN)
        assert Reveal.objects.open().get() == again


class TestWhatWasShown:
    def test_is_to_be_changed(self, glass: Glass) -> None:
        reveal, kept = glass.granted(), Credential.objects.get()
        assert must_be_changed(glass.account, kept) is None
        show_credentials(reveal, actor=glass.asker, now=glass.now)
        assert must_be_changed(glass.account, kept) == reveal
        store_credentials(glass.account, SECRET, actor=glass.asker, now=glass.now + MINUTE)
        assert must_be_changed(glass.account, Credential.objects.get()) is None


class TestTheTable:
    def test_is_all_that_can_happen(self, glass: Glass) -> None:
        reveal = Reveal.objects.filter(pk=glass.asked().pk)
        signed = {"decided_by": glass.second, "decided_at": glass.now}
        made = 0
        for state in State:
            for move, transition in MOVES.items():
                point = transaction.savepoint()
                row = self.planted(glass, state, signed)
                shown = {"shown_at": glass.now} if move == Move.SHOW else {}
                if state in transition.sources:
                    row.move(move, **shown)
                    assert row.get().state == transition.target
                    made += 1
                else:
                    with pytest.raises(RevealOver):
                        row.move(move, **shown)
                transaction.savepoint_rollback(point)
        assert reveal.exists()
        assert made == sum(len(transition.sources) for transition in MOVES.values())

    def planted(self, glass: Glass, state: State, signed: dict[str, Any]) -> Any:
        made = Reveal.objects.create(
            account=glass.scene.other_account(),
            asked_by=glass.asker,
            asked_at=glass.now,
            reason="Why.",
            state=state,
            expires_at=glass.now + MINUTE,
            shown_at=glass.now if state == State.SHOWN else None,
            **signed,
        )
        return Reveal.objects.filter(pk=made.pk)


class TestTheDatabase:
    def test_refuses_whoever_lets_themselves(self, glass: Glass) -> None:
        row = Reveal.objects.filter(pk=glass.asked().pk)
        for changes in (
            {"state": "granted", "decided_by": glass.asker, "decided_at": glass.now},
            {"state": "granted"},
            {"state": "shown"},
            {"state": "asked", "shown_at": glass.now},
            {"state": "else"},
            {"reason": ""},
            {"decided_by": glass.second},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                row.update(**changes)

    def test_refuses_a_second_open_request(self, glass: Glass) -> None:
        glass.asked()
        with pytest.raises(IntegrityError), transaction.atomic():
            Reveal.objects.create(
                account=glass.account, asked_by=glass.asker, asked_at=glass.now,
                reason="Again.", expires_at=glass.now,
            )  # fmt: skip

    def test_keeps_who_asked_and_why(self, glass: Glass) -> None:
        row = Reveal.objects.filter(pk=glass.granted().pk)
        for changes in (
            {"reason": "Other."},
            {"asked_by": glass.duty},
            {"asked_at": timezone.now()},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                row.update(**changes)
        show_credentials(row.get(), actor=glass.asker, now=glass.now)
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(state="granted", shown_at=None)
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()


class TestTwoAtOnce:
    def test_see_them_once(self, postgres: str) -> None:
        glass = Glass()
        reveal = glass.granted()

        def look() -> bool:
            try:
                show_credentials(reveal, actor=glass.asker, now=glass.now)
            except RevealOver:
                return False
            return True

        looks: list[Callable[[], bool]] = [partial(look) for _ in range(3)]
        assert sorted(at_once(*looks)) == [False, False, True]


class TestThePage:
    def address(self, glass: Glass) -> str:
        return reverse("publishing:reveal", args=[glass.account.pk])

    def test_leads_from_the_reason_to_the_values_and_forgets_them(
        self, glass: Glass, client: Client
    ) -> None:
        path = self.address(glass)
        client.force_login(glass.asker)
        response = client.post(path, {"reason": " "})
        assert response.status_code == 422
        assert "Say in one sentence why" in response.content.decode()
        page = Page.of(client.post(path, {"reason": "X is down."}, follow=True))
        assert page.messages[0].startswith("Asked. A second person has an hour")
        assert "Show them to me once" not in page.main
        (reveal,) = Reveal.objects.all()
        client.force_login(glass.second)
        page = Page.of(client.get(path))
        assert "X is down." in page.main
        client.post(path, {"do": "grant", "request": reveal.pk})
        client.force_login(glass.asker)
        assert "Show them to me once" in Page.of(client.get(path)).main
        response = client.post(path, {"do": "open", "request": reveal.pk})
        assert "hush-hush-7" in response.content.decode()
        assert response["Refresh"] == f"60; url={path}"
        assert "no-store" in response["Cache-Control"]
        page = Page.of(client.post(path, {"do": "open", "request": reveal.pk}, follow=True))
        assert "This request is over" in page.messages[0]
        for address in (path, reverse("publishing:connections")):
            assert "hush-hush-7" not in client.get(address).content.decode()
        assert "has seen them" in Page.of(client.get(reverse("publishing:connections"))).main

    def test_of_another_force_is_not_there(self, glass: Glass, client: Client) -> None:
        client.force_login(Scene().person(Role.COMMS_ADMIN))
        assert client.get(self.address(glass)).status_code == 404

    def test_takes_no_request_of_another_account(self, glass: Glass, client: Client) -> None:
        reveal, other = glass.asked(), glass.scene.other_account()
        client.force_login(glass.second)
        path = reverse("publishing:reveal", args=[other.pk])
        for key in (str(reveal.pk), "x", ""):
            page = Page.of(client.post(path, {"do": "grant", "request": key}, follow=True))
            assert "This request is over" in page.messages[0]
        assert Reveal.objects.get().state == State.ASKED
