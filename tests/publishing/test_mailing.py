"""Mail to people who have gone or moved, and mail that nobody takes."""

import socket
from contextlib import closing
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.roles import Role
from accounts.services import end_role
from approvals.organising.services import let_go
from approvals.services import delegate
from drafts.models import Draft
from notices.models import Kind, Notice, Way
from notices.services import choose, mark_read, tell
from publishing.models import Alert, AlertKind
from publishing.services import watch
from publishing.services.mailing import mail as mail_due
from tests.factories import Scene, submitted

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


def told_for_tomorrow(person: User, draft: Draft) -> None:
    """It stands on their desk, and goes into the mail of tomorrow morning."""
    choose(person_id=person.pk, ways={Kind.RETURNED: Way.DAILY})
    link = draft.get_absolute_url()
    tell([person], "Come at six.", kind=Kind.RETURNED, link=link, now=timezone.now())


def mailed_to(person: User) -> list[str]:
    """What they are mailed within two days, with what else is due."""
    for days in range(3):
        mail_due(now=timezone.now() + days * DAY)
    return [str(letter.body) for letter in mail.outbox if letter.to == [person.email]]


class TestWhatWaits:
    def test_is_mailed_in_the_morning(self, scene: Scene, officer: User) -> None:
        told_for_tomorrow(officer, submitted(scene))
        (letter,) = mailed_to(officer)
        assert "Come at six." in letter

    def test_is_not_mailed_to_somebody_who_has_left(
        self, scene: Scene, officer: User, admin: User
    ) -> None:
        told_for_tomorrow(officer, submitted(scene))
        # Something else, without a draft, that is due at once.
        tell([officer], "You have a shift.", now=timezone.now())
        let_go(officer, successor=None, actor=admin, now=timezone.now())
        assert mailed_to(officer) == []
        assert not Notice.objects.mail_due(timezone.now() + 9 * DAY).exists()

    def test_is_not_mailed_to_somebody_who_may_not_read_the_draft_any_more(
        self, scene: Scene, officer: User, admin: User
    ) -> None:
        told_for_tomorrow(officer, submitted(scene))
        tell([officer], "You have a shift.", now=timezone.now())
        end_role(officer.memberships.get(), last_day=None, actor=admin, now=timezone.now())
        (letter,) = mailed_to(officer)
        assert "You have a shift." in letter
        assert "Come at six." not in letter

    def test_is_mailed_to_whoever_decides_in_somebody_s_place(
        self, scene: Scene, officer: User
    ) -> None:
        elsewhere = scene.other_account()
        cover = scene.person(lpt=elsewhere.lpt)
        absent = scene.person(Role.COMMS_APPROVER)
        today = timezone.localdate()
        delegate(
            absent, to=cover, since=today, until=today + 9 * DAY, reason="On leave", actor=absent,
            now=timezone.now(),
        )  # fmt: skip
        told_for_tomorrow(cover, submitted(scene))
        assert any("Come at six." in letter for letter in mailed_to(cover))

    def test_that_somebody_has_to_act_on_reaches_them(self, scene: Scene, admin: User) -> None:
        link = submitted(scene).get_absolute_url()
        tell([admin], "Act on it.", kind=Kind.ALERT, urgent=True, link=link, now=timezone.now())
        assert any("Act on it." in letter for letter in mailed_to(admin))


class TestMailThatNobodyTakes:
    @pytest.fixture
    def _refusing(self, settings: Settings) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as server:
            settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    @pytest.mark.usefixtures("_refusing")
    def test_raises_an_alert_after_the_last_try(
        self, scene: Scene, officer: User, admin: User
    ) -> None:
        now = timezone.now()
        tell([officer], "Hacked!", kind=Kind.ALERT, urgent=True, now=now)
        tell([admin], "For the record.", now=now)
        for tries in range(Notice.MAIL_ATTEMPTS):
            assert not Alert.objects.filter(kind=AlertKind.UNMAILED).exists()
            mail_due(now=now + tries * timedelta(hours=5))
            watch(now=now + tries * timedelta(hours=5))
        alert = Alert.objects.get(kind=AlertKind.UNMAILED)
        assert (alert.force, alert.cleared_at) == (scene.force, None)
        assert f"No mail server takes mail to {officer}" in alert.text
        assert "Hacked!" not in alert.text
        told = Notice.objects.for_person(admin.pk).filter(text=alert.text).get()
        assert (told.urgent, told.kind) == (True, Kind.ALERT)
        # They read it on their desk.
        later = now + DAY
        mark_read(person_id=officer.pk, now=later)
        watch(now=later)
        alert.refresh_from_db()
        assert alert.cleared_at == later
