"""Followers of each account, looked through once a year: due, told once, and on record for good."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction

from accounts.models import AccountStatus, User
from accounts.roles import Role
from accounts.services import set_status
from audit.models import Record
from audit.verbs import Verb
from lifecycle.models import FollowerReview
from lifecycle.services import first_seen, remind_of_followers, review_followers
from notices.models import Notice
from publishing.clock import database_now
from tests.factories import Scene, signed_in
from tests.pages import Page
from tests.races import at_once

DAY = timedelta(days=1)
PATH = "/following/"


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


@pytest.fixture
def now() -> datetime:
    return database_now()


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


def told(user: User) -> list[str]:
    return [notice.text for notice in Notice.objects.for_person(user.pk)]


class TestAReviewOfFollowers:
    def test_is_on_record_for_good(self, scene: Scene, officer: User) -> None:
        review_followers(scene.account, actor=officer, blocked=3, now=database_now())
        stranger = scene.person(lpt=scene.other_account().lpt)
        with pytest.raises(PermissionDenied):
            review_followers(scene.account, actor=stranger, blocked=0, now=database_now())
        rows = FollowerReview.objects.all()
        for change in (lambda: rows.update(blocked=0), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_is_put_on_record_on_its_page(self, scene: Scene, officer: User) -> None:
        client, path = signed_in(officer), f"/our-accounts/{scene.account.pk}/followers/"
        page = Page.of(client.post(path, {"blocked": "-1"}))
        assert page.problems[0][0] == "Enter a number, 0 for none."
        page = Page.of(client.post(path, {"blocked": "3", "words": "Bots."}, follow=True))
        assert page.messages[0].startswith("On record")
        assert "3 blocked or removed" in Page.of(client.get(path)).main


class TestAReviewThatIsDue:
    def test_is_told_once_a_year_after_the_account_was_first_seen(
        self, scene: Scene, officer: User, admin: User, now: datetime
    ) -> None:
        first_seen(scene.account, now=now)
        days = (0, 364, 365, 366, 500)
        assert [remind_of_followers(now=now + d * DAY) for d in days] == [0, 0, 1, 0, 0]
        for person in (officer, admin):
            assert told(person) == [
                f"Nobody has looked through the followers of {scene.account} for a year. Do it"
                " now, and put it on record."
            ]
        notice = Notice.objects.for_person(officer.pk).get()
        assert notice.link == f"/our-accounts/{scene.account.pk}/followers/"
        row = Record.objects.about(scene.account).get(verb=Verb.FOLLOWERS_DUE)
        assert row.data == {"since": now.isoformat()}

    def test_is_told_again_a_year_after_the_last_look(
        self, scene: Scene, officer: User, now: datetime
    ) -> None:
        first_seen(scene.account, now=now)
        remind_of_followers(now=now + 365 * DAY)
        review_followers(scene.account, actor=officer, blocked=0, now=now + 370 * DAY)
        days = (370, 734, 735, 736)
        assert [remind_of_followers(now=now + d * DAY) for d in days] == [0, 0, 1, 0]
        assert len(told(officer)) == 2

    def test_of_the_forces_own_account_is_told_to_communications(
        self, scene: Scene, admin: User, now: datetime
    ) -> None:
        own = scene.other_account(kind="force", lpt=None)
        central, approver = scene.central_officer(), scene.person(Role.COMMS_APPROVER)
        first_seen(own, now=now)
        assert remind_of_followers(now=now + 365 * DAY) == 1
        assert len(told(admin)) == len(told(approver)) == 1
        assert told(central) == []

    def test_is_none_of_an_account_out_of_use_or_not_seen_yet(
        self, scene: Scene, now: datetime
    ) -> None:
        assert remind_of_followers(now=now + 900 * DAY) == 0
        first_seen(scene.account, now=now)
        set_status(scene.account, AccountStatus.CLOSED, actor=None, now=now)
        assert remind_of_followers(now=now + 900 * DAY) == 0

    def test_is_told_once_by_workers_at_once(self, postgres: str) -> None:
        scene, now = Scene(), database_now()
        officer = scene.person()
        first_seen(scene.account, now=now - 366 * DAY)
        assert sorted(at_once(*[lambda: remind_of_followers(now=now)] * 3)) == [0, 0, 1]
        assert len(told(officer)) == 1

    def test_stands_in_both_lists_until_somebody_looks(
        self, scene: Scene, officer: User, now: datetime
    ) -> None:
        client, path = signed_in(officer), f"/our-accounts/{scene.account.pk}/followers/"
        first_seen(scene.account, now=now - 366 * DAY)
        listed = Page.of(client.get(PATH)).main
        assert "never yet" in listed
        assert "due now" in listed
        assert Page.of(client.get("/our-accounts/")).root.all("a", href=path)
        review_followers(scene.account, actor=officer, blocked=0, now=now)
        listed = Page.of(client.get(PATH)).main
        assert "due now" not in listed
        assert "last on " in listed
        assert "due by " in listed
        assert not Page.of(client.get("/our-accounts/")).root.all("a", href=path)

    def test_is_not_yet_due_for_a_new_account(
        self, scene: Scene, officer: User, now: datetime
    ) -> None:
        first_seen(scene.account, now=now)
        listed = Page.of(signed_in(officer).get(PATH)).main
        assert "never yet" in listed
        assert "due now" not in listed
