"""Profiles: compared with the record, told of once, changed by communications alone."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import Role
from accounts.services import set_status
from audit.models import Record
from notices.models import Notice
from publishing import aside
from publishing.backends.mock import MockPublisher
from publishing.models import ProfileChange, ProfileDifference, ProfileRecord
from publishing.models.profiles import (
    DRIFT_MOVES,
    WISH_MOVES,
    Drift,
    DriftMove,
    ProfileField,
    ProfileSettled,
    Wish,
    WishMove,
)
from publishing.services import (
    AlreadyWanted,
    ask_for_change,
    check_profile,
    check_profiles_due,
    decide_on_change,
    take_as_record,
    tick_change,
    withdraw_change,
)
from publishing.services.reading_profiles import EVERY, read_profile
from tests.factories import Scene
from tests.pages import Page
from tests.publishing import stage

BIO = "Your local policing team. Not monitored all day: 101, in an emergency 999."


class Front:
    """An account that practises, its profile on record, and the people around it."""

    def __init__(self, ledger: stage.Ledger) -> None:
        self.publisher = MockPublisher(str(ledger.path))
        self.scene = Scene()
        self.account = self.scene.account
        self.now = timezone.now()
        self.officer = self.scene.person()
        self.admin = self.scene.person(Role.COMMS_ADMIN)
        self.show()
        self.look()

    def show(self, **profile: object) -> None:
        shown: dict[str, object] = {"name": "Foxhollow Police", "bio": BIO, **profile}
        self.publisher.show(f"x:{self.account.handle}", **shown)  # type: ignore[arg-type]

    def look(self, now: datetime | None = None) -> str:
        ProfileRecord.objects.get_or_create(pk=self.account.pk, defaults={"next_at": self.now})
        return read_profile(self.account.pk, now=now or self.now).sentence

    def differences(self) -> dict[str, str]:
        rows = ProfileDifference.objects.open().order_by("pk")
        return {row.field: row.found for row in rows}

    def told(self, person: User) -> int:
        return Notice.objects.filter(recipient_id=person.pk).count()

    def asked(self, field: ProfileField = ProfileField.BIO, wanted: str = "New.") -> ProfileChange:
        return ask_for_change(
            self.account,
            field=field,
            wanted=wanted,
            reason="We have moved.",
            actor=self.officer,
            now=self.now,
        )


@pytest.fixture
def front(db: None, ledger: stage.Ledger) -> Front:
    return Front(ledger)


class TestTheDriftCheck:
    def test_takes_what_it_finds_first_as_the_record(self, front: Front) -> None:
        kept = ProfileRecord.objects.get()
        assert kept.values == {
            "name": "Foxhollow Police",
            "bio": BIO,
            "link": "",
            "picture": "",
            "protected": "Everybody",
            "verified": "No",
        }
        assert kept.taken_by is None
        assert front.look() == "It is as on record."

    def test_finds_every_field_and_tells_once(self, front: Front) -> None:
        front.show(
            name="Free coins", bio="Click!", link="https://bad.example", picture="new",
            is_protected=True,
        )  # fmt: skip
        supervisor = front.scene.person(Role.LPT_SUPERVISOR)
        for minutes in range(3):
            front.look(front.now + timedelta(minutes=minutes))
        assert set(front.differences()) == {"name", "bio", "link", "picture", "protected"}
        for person in (front.admin, supervisor):
            (notice,) = Notice.objects.filter(recipient_id=person.pk)
            assert "the account may be hacked" in notice.text
            assert notice.link == f"/profiles/{front.account.pk}/"
        assert Record.objects.filter(verb="account.profile_differs").count() == 1

    def test_finds_another_handle_which_nobody_takes_as_the_record(
        self, front: Front, ledger: stage.Ledger, settings: Settings, client: Client
    ) -> None:
        renamed = {
            "BACKEND": "tests.publishing.publishers.Renamed",
            "OPTIONS": {"ledger": str(ledger.path)},
        }
        settings.PUBLISHERS = {**settings.PUBLISHERS, "renamed": renamed}
        SocialAccount.objects.update(publisher="renamed")
        front.look()
        assert front.differences() == {"handle": "FreeCoins"}
        assert "not as on record: handle." in Notice.objects.get(recipient_id=front.admin.pk).text
        (row,) = ProfileDifference.objects.all()
        assert row.recorded == front.account.handle
        with pytest.raises(ValueError, match="not taken from the platform"):
            take_as_record(row, found=row.found, actor=front.admin, now=front.now)
        client.force_login(front.admin)
        path = reverse("publishing:profile", args=[front.account.pk])
        page = Page.of(client.get(path))
        assert "Handle On record" in page.main
        assert "a comms admin changes the handle" in page.main
        client.post(path, {"do": "take", "key": row.pk, "found": row.found})
        assert front.differences() == {"handle": "FreeCoins"}
        # The record follows, and so the difference is none any more.
        SocialAccount.objects.update(handle="FreeCoins")
        front.account.refresh_from_db()
        front.show()
        assert front.look() == "It is as on record."

    def test_tells_again_when_it_says_something_else(self, front: Front) -> None:
        for name in ("Free coins", "More coins", "More coins"):
            front.show(name=name)
            front.look()
        assert front.told(front.admin) == 2
        assert front.differences() == {"name": "More coins"}

    def test_ends_a_difference_that_was_changed_back(self, front: Front) -> None:
        front.show(name="Free coins")
        front.look()
        front.show()
        assert front.look() == "It is as on record."
        (row,) = ProfileDifference.objects.all()
        assert (row.state, row.settled_by) == (Drift.UNDONE, None)
        assert not Notice.objects.filter(recipient_id=front.admin.pk, read_at=None).exists()

    def test_says_what_kept_it_from_reading(self, front: Front, settings: Settings) -> None:
        SocialAccount.objects.update(publisher="gone")
        assert front.look().startswith("It was not read. The publisher failed: KeyError.")
        settings.PUBLISHERS = {
            **settings.PUBLISHERS,
            "gone": {"BACKEND": "publishing.backends.mastodon.MastodonPublisher"},
        }
        assert "No access token is stored" in front.look()
        assert ProfileRecord.objects.get().last_error.startswith("No access token")
        assert front.differences() == {}

    def test_is_for_communications(self, front: Front) -> None:
        for person in (front.officer, Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                check_profile(front.account, actor=person, now=front.now)
        assert check_profile(front.account, actor=front.admin, now=front.now).was_read


class TestTheSweep:
    def test_reads_each_account_every_six_hours(self, postgres: str, ledger: stage.Ledger) -> None:
        front = Front(ledger)
        SocialAccount.objects.exclude(pk=front.account.pk).update(status=AccountStatus.CLOSED)

        def swept(now: datetime) -> int:
            started = check_profiles_due(now=now)
            aside.finish(within=20)
            return started

        front.show(name="Free coins")
        ProfileRecord.objects.update(next_at=front.now - timedelta(minutes=1))
        assert swept(timezone.now()) == 1
        assert front.differences() == {"name": "Free coins"}
        assert swept(timezone.now()) == 0
        assert ProfileRecord.objects.get().next_at > front.now + EVERY - timedelta(minutes=1)


class TestADifference:
    def test_can_be_taken_as_the_record(self, front: Front) -> None:
        front.show(name="Foxhollow Policing Team")
        front.look()
        (row,) = ProfileDifference.objects.all()
        take_as_record(row, found=row.found, actor=front.admin, now=front.now)
        kept = ProfileRecord.objects.get()
        assert (kept.values["name"], kept.taken_by) == ("Foxhollow Policing Team", front.admin)
        assert front.look() == "It is as on record."

    def test_is_taken_as_it_was_seen_or_not_at_all(self, front: Front) -> None:
        front.show(name="Good name")
        front.look()
        (row,) = ProfileDifference.objects.all()
        front.show(name="Free coins")
        front.look()
        with pytest.raises(ProfileSettled):
            take_as_record(row, found="Good name", actor=front.admin, now=front.now)
        assert ProfileRecord.objects.get().values["name"] == "Foxhollow Police"

    def test_is_communications_to_take(self, front: Front) -> None:
        front.show(name="Other")
        front.look()
        (row,) = ProfileDifference.objects.all()
        with pytest.raises(PermissionDenied):
            take_as_record(row, found="Other", actor=front.officer, now=front.now)


class TestAChange:
    def test_is_asked_agreed_and_ticked(self, front: Front) -> None:
        change = front.asked(wanted="New words.")
        assert front.told(front.admin) == 1
        decide_on_change(change, agree=True, answer="", actor=front.admin, now=front.now)
        front.show(bio="New words.")
        tick_change(change, actor=front.admin, now=front.now)
        change.refresh_from_db()
        assert (change.state, change.done_by) == (Wish.DONE, front.admin)
        # Done as it was agreed: the check has nothing to say.
        assert front.look() == "It is as on record."
        assert front.told(front.officer) == 2
        verbs = Record.objects.order_by("pk").values_list("verb", flat=True)
        assert [verb.rpartition("_")[2] for verb in verbs][-3:] == ["asked", "agreed", "done"]

    def test_that_was_not_done_as_agreed_is_seen(self, front: Front) -> None:
        change = front.asked(wanted="New words.")
        decide_on_change(change, agree=True, answer="", actor=front.admin, now=front.now)
        tick_change(change, actor=front.admin, now=front.now)
        front.look()
        assert front.differences() == {"bio": BIO}

    def test_of_a_picture_takes_the_one_that_is_there(self, front: Front) -> None:
        change = front.asked(ProfileField.PICTURE, "The team in front of the library.")
        decide_on_change(change, agree=True, answer="", actor=front.admin, now=front.now)
        front.show(picture="new-mark")
        tick_change(change, actor=front.admin, now=front.now)
        assert front.look() == "It is as on record."
        assert ProfileRecord.objects.get().values["picture"] == "new-mark"

    def test_is_declined_in_words_and_taken_back_by_who_asked(self, front: Front) -> None:
        change = front.asked()
        decide_on_change(change, agree=False, answer="Too long.", actor=front.admin, now=front.now)
        with pytest.raises(ProfileSettled):
            tick_change(change, actor=front.admin, now=front.now)
        other = front.asked()
        with pytest.raises(PermissionDenied):
            withdraw_change(other, actor=front.admin, now=front.now)
        withdraw_change(other, actor=front.officer, now=front.now)
        assert not ProfileChange.objects.open().exists()

    def test_is_one_at_a_time_for_each_field(self, front: Front) -> None:
        front.asked()
        with pytest.raises(AlreadyWanted):
            front.asked()
        front.asked(ProfileField.NAME)

    def test_is_the_team_s_to_ask_and_communications_to_decide(self, front: Front) -> None:
        change = front.asked()
        elsewhere = front.scene.person(lpt=front.scene.other_account().lpt)
        with pytest.raises(PermissionDenied):
            ask_for_change(
                front.account, field=ProfileField.NAME, wanted="x", reason="y", actor=elsewhere,
                now=front.now,
            )  # fmt: skip
        for person in (front.officer, Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                decide_on_change(change, agree=True, answer="", actor=person, now=front.now)
            with pytest.raises(PermissionDenied):
                tick_change(change, actor=person, now=front.now)

    def test_is_of_what_people_can_change(self, front: Front) -> None:
        with pytest.raises(ValueError, match="Nobody can ask"):
            front.asked(ProfileField.VERIFIED)


class TestTheTables:
    def test_know_every_move_and_end(self) -> None:
        assert set(DRIFT_MOVES) == set(DriftMove)
        assert set(WISH_MOVES) == set(WishMove)
        assert {move.target for move in DRIFT_MOVES.values()} == set(Drift) - {Drift.OPEN}
        assert {move.target for move in WISH_MOVES.values()} == set(Wish) - {Wish.ASKED}

    def test_are_kept_by_the_database(self, front: Front) -> None:
        row = ProfileChange.objects.filter(pk=front.asked().pk)
        for changes in (
            {"state": "agreed"},
            {"state": "declined", "decided_by": front.admin, "decided_at": front.now},
            {"state": "done", "decided_by": front.admin, "decided_at": front.now},
            {"wanted": "Something else."},
            {"asked_by": front.admin},
            {"reason": ""},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                row.update(**changes)
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()


class TestThePages:
    def path(self, front: Front) -> str:
        return reverse("publishing:profile", args=[front.account.pk])

    def test_lead_from_a_difference_to_what_to_do(self, front: Front, client: Client) -> None:
        client.force_login(front.admin)
        front.show(name="Free coins")
        page = Page.of(client.post(self.path(front), {"do": "check"}, follow=True))
        assert page.messages[0].endswith("It is not as on record: see what differs.")
        assert "the account may be hacked" in page.main
        links = {link.attrs.get("href", "") for link in page.root.all("a")}
        assert {"/sent-past/", "/incidents/"} <= links
        assert "1 not as on record" in Page.of(client.get("/profiles/")).main
        (row,) = ProfileDifference.objects.all()
        stale = {"do": "take", "key": row.pk, "found": "Something else"}
        page = Page.of(client.post(self.path(front), stale, follow=True))
        assert page.messages[0].startswith("Somebody was first")
        taken = {"do": "take", "key": row.pk, "found": "Free coins"}
        page = Page.of(client.post(self.path(front), taken, follow=True))
        assert page.messages == ["Name: this is the record now."]

    def test_keep_what_was_typed(self, front: Front, client: Client) -> None:
        client.force_login(front.officer)
        typed = {"field": "link", "wanted": "our page", "reason": ""}
        response = client.post(self.path(front), typed)
        page = Page.of(response)
        assert response.status_code == 422
        assert [words for words, _ in page.problems] == [
            "Write the whole address, such as https://www.force.example/team.",
            "Say in one sentence why.",
        ]
        assert page.root.one("textarea", name="wanted").text == "our page"
        assert "Compare now" not in page.main

    def test_lead_from_the_wish_to_the_tick(self, front: Front, client: Client) -> None:
        path = self.path(front)
        client.force_login(front.officer)
        typed = {"field": "bio", "wanted": "New words.", "reason": "We have moved."}
        assert client.post(path, typed).status_code == 302
        response = client.post(path, typed)
        assert response.status_code == 409
        client.force_login(front.admin)
        (change,) = ProfileChange.objects.all()
        response = client.post(path, {"do": "decline", "key": change.pk, "answer": ""})
        assert response.status_code == 422
        assert "Say in one sentence why not." in response.content.decode()
        client.post(path, {"do": "agree", "key": change.pk, "answer": ""})
        page = Page.of(client.post(path, {"do": "tick", "key": change.pk}, follow=True))
        assert page.messages[-1].startswith("Done.")
        page = Page.of(client.post(path, {"do": "tick", "key": "x"}, follow=True))
        assert page.messages[0].startswith("Somebody was first")

    def test_lead_to_the_freeze_and_to_communications(self, front: Front, client: Client) -> None:
        client.force_login(front.officer)
        page = Page.of(client.get(self.path(front)))
        (freeze,) = [a for a in page.root.all("a") if "hacked" in a.text]
        chosen = freeze.attrs["href"].partition("#")[0]
        (account,) = Page.of(client.get(chosen)).root.one("select", id="id_account").all("option")
        assert account.attrs["value"] == str(front.account.pk)
        assert "selected" in account.attrs
        assert page.root.all("a", href=f"/ask-comms/?account={front.account.pk}")
        set_status(front.account, AccountStatus.FROZEN, actor=front.admin, now=front.now)
        main = Page.of(client.get(self.path(front))).main
        assert "It is frozen: see what is being done" in main
        assert "freeze it" not in main
        client.force_login(front.admin)
        page = Page.of(client.get(self.path(front)))
        assert not page.root.all("a", href=f"/ask-comms/?account={front.account.pk}")

    def test_of_another_team_are_not_there(self, front: Front, client: Client) -> None:
        client.force_login(front.scene.person(lpt=front.scene.other_account().lpt))
        assert client.get(self.path(front)).status_code == 404
        assert f"@{front.account.handle}" not in Page.of(client.get("/profiles/")).main
