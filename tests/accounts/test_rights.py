"""Rights to submit that run out: said ahead, said when they have, once each, and listed."""

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.guidance import guidance
from accounts.models import RightsNotice, User
from accounts.roles import Role
from accounts.services import (
    confirm_mobile,
    deactivate,
    do_training,
    put_guidance_in_force,
    tell_of_rights,
)
from accounts.standing import day_said, gaps
from notices.models import Kind, Notice
from notices.services import send_mail_due
from tests.factories import Scene, again, trained
from tests.pages import Page
from tests.races import at_once

DAY = timedelta(days=1)
AHEAD = settings.MOBILE_SAID_AHEAD
FOR = settings.MOBILE_CONFIRMED_FOR
TITLES = ", ".join(f"“{module.title}”" for module in guidance().compulsory)


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def today(now: datetime) -> date:
    return timezone.localdate(now)


def told(user: User) -> list[str]:
    """What this person was told, the first first."""
    return [notice.text for notice in Notice.objects.for_person(user.pk).order_by("pk")]


def confirmed(scene: Scene, *, left: timedelta, now: datetime, role: Role = Role.OFFICER) -> User:
    """Somebody whose number counts for so long yet."""
    return scene.person(role, mobile_confirmed_on=today(now) - FOR + left)


class TestANumber:
    def test_is_said_ahead_then_stops(self, scene: Scene, now: datetime) -> None:
        on = today(now)
        person = confirmed(scene, left=AHEAD, now=now)
        last = on + AHEAD
        assert gaps(person, on=on) == []
        for day in (on + DAY, last):
            (gap,) = gaps(person, on=day)
            assert (gap.until, gap.ends, gap.is_number) == (last, last, True)
        (gap,) = gaps(person, on=last + DAY)
        assert (gap.until, gap.ends) == (None, last)

    def test_that_was_never_confirmed_never_ended(self, scene: Scene, now: datetime) -> None:
        (gap,) = gaps(scene.person(mobile_confirmed_on=None), on=today(now))
        assert (gap.until, gap.ends) == (None, None)

    def test_is_told_once_ahead_and_once_when_it_has_run_out(
        self, scene: Scene, now: datetime
    ) -> None:
        person = confirmed(scene, left=20 * DAY, now=now)
        days = (0, 6, 7, 8, 20, 21, 22, 100)
        assert [tell_of_rights(now=now + d * DAY) for d in days] == [0, 0, 1, 0, 0, 1, 0, 0]
        assert told(person) == [
            f"Confirm your mobile number by {day_said(today(now) + 20 * DAY)}. After that day you"
            " cannot submit tweets until you have.",
            "You cannot submit tweets any more. To go on, confirm your mobile number.",
        ]
        notice = Notice.objects.for_person(person.pk)[0]
        assert (notice.kind, notice.link) == (Kind.ALERT, "/me/")
        send_mail_due(now=now + 100 * DAY)
        assert [letter.to for letter in mail.outbox] == [[person.email]] * 2

    def test_that_is_confirmed_in_time_is_told_again_the_next_time(
        self, scene: Scene, now: datetime
    ) -> None:
        person = confirmed(scene, left=5 * DAY, now=now)
        assert tell_of_rights(now=now) == 1
        confirm_mobile(person, number=person.mobile, now=now)
        assert tell_of_rights(now=now + 6 * DAY) == 0
        assert tell_of_rights(now=now + FOR - 3 * DAY) == 1
        assert len(told(person)) == 2

    def test_is_no_news_where_it_ran_out_long_ago(self, scene: Scene, now: datetime) -> None:
        confirmed(scene, left=-7 * DAY, now=now)
        confirmed(scene, left=-8 * DAY, now=now)
        assert tell_of_rights(now=now) == 1

    @pytest.mark.parametrize("role", list(Role))
    def test_matters_to_those_who_submit(self, scene: Scene, now: datetime, role: Role) -> None:
        person = confirmed(scene, left=5 * DAY, now=now, role=role)
        assert tell_of_rights(now=now) == int(again(person).has_perm("drafts.write"))

    def test_of_somebody_who_has_left_is_told_to_nobody(self, scene: Scene, now: datetime) -> None:
        deactivate(confirmed(scene, left=5 * DAY, now=now), actor=None, now=now)
        person = confirmed(scene, left=5 * DAY, now=now)
        person.memberships.update(until=today(now) - DAY)
        assert tell_of_rights(now=now) == 0

    def test_is_told_once_by_workers_at_once(self, postgres: str) -> None:
        scene, now = Scene(), timezone.now()
        person = confirmed(scene, left=5 * DAY, now=now)
        assert sorted(at_once(*[lambda: tell_of_rights(now=now)] * 3)) == [0, 0, 1]
        assert len(told(person)) == 1

    def test_is_asked_for_ahead_with_one_tap(
        self, client: Client, scene: Scene, now: datetime
    ) -> None:
        person = confirmed(scene, left=5 * DAY, now=now)
        client.force_login(person)
        for path in ("/desk/", "/me/"):
            page = Page.of(client.get(path))
            assert "still your mobile number? Confirm it by" in page.main
            assert len(page.root.all("form", action="/accounts/mobile/confirm/")) == 1
        client.post("/accounts/mobile/confirm/", {"number": person.mobile})
        assert "Your record is complete." in Page.of(client.get("/me/")).main


class TestTraining:
    @pytest.fixture
    def scene(self, db: None, now: datetime) -> Scene:
        scene = Scene()
        put_guidance_in_force(scene.force, actor=None, now=now - 900 * DAY)
        return scene

    def person(self, scene: Scene, *, now: datetime) -> User:
        """Somebody who did all of it today, and whose number is confirmed for ever."""
        person = trained(scene.person(), now=now)
        User.objects.filter(pk=person.pk).update(mobile_confirmed_on=today(now) + 900 * DAY)
        return person

    def test_is_told_in_one_notice_ahead_and_in_one_when_the_right_has_ended(
        self, scene: Scene, now: datetime
    ) -> None:
        person = self.person(scene, now=now)
        end = settings.TRAINING_VALID_FOR.days
        assert settings.TRAINING_GRACE == settings.TRAINING_SAID_AHEAD == 14 * DAY
        days = (0, end - 14, end - 13, end - 12, end, end + 14, end + 15, end + 16)
        assert [tell_of_rights(now=now + d * DAY) for d in days] == [0, 0, 1, 0, 0, 0, 1, 0]
        last = day_said(today(now) + (end + 14) * DAY)
        assert told(person) == [
            f"Do the training {TITLES} by {last}. After that day you cannot submit tweets until"
            " you have.",
            f"You cannot submit tweets any more. To go on, do the training {TITLES}.",
        ]
        assert RightsNotice.objects.count() == 2 * len(guidance().compulsory)

    def test_that_was_done_again_is_told_no_more(self, scene: Scene, now: datetime) -> None:
        person = self.person(scene, now=now)
        later = now + settings.TRAINING_VALID_FOR
        module, *others = guidance().compulsory
        assert tell_of_rights(now=later) == 1
        assert not do_training(person, module, [one.right for one in module.questions], now=later)
        assert tell_of_rights(now=later + 15 * DAY) == 1
        assert module.title not in told(person)[-1]
        assert all(other.title in told(person)[-1] for other in others)

    def test_that_was_never_done_is_no_news(self, db: None, now: datetime) -> None:
        scene = Scene()
        put_guidance_in_force(scene.force, actor=None, now=now - DAY)
        scene.person().memberships.update(since=today(now))
        assert tell_of_rights(now=now) == 0

    def test_of_new_guidance_is_told_at_once_and_when_its_days_are_over(
        self, db: None, now: datetime
    ) -> None:
        scene = Scene()
        person = scene.person(mobile_confirmed_on=today(now))
        put_guidance_in_force(scene.force, actor=None, now=now)
        days = (0, 1, 14, 15, 16)
        assert [tell_of_rights(now=now + d * DAY) for d in days] == [1, 0, 0, 1, 0]
        assert told(person)[0].startswith(f"Do the training {TITLES} and read and accept the")


class TestTheList:
    def test_holds_those_whose_rights_end_soon(
        self, client: Client, scene: Scene, now: datetime
    ) -> None:
        client.force_login(scene.person(Role.COMMS_ADMIN))
        path = "/people/?show=soon"
        assert "Nobody’s rights end" in Page.of(client.get(path)).main
        soon = confirmed(scene, left=5 * DAY, now=now)
        over = confirmed(scene, left=-5 * DAY, now=now)
        page = Page.of(client.get(path))
        assert "People whose rights end soon" in page.main
        assert f"Can submit until {day_said(today(now) + 5 * DAY)}." in page.main
        assert page.root.all("a", href=f"/people/{soon.pk}/")
        assert not page.root.all("a", href=f"/people/{over.pk}/")
