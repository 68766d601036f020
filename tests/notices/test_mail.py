"""The mail of notices: once each, never for ever, and never the fault of a service."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from notices.models import Kind, Notice, Way, Wish
from notices.services import CHOOSABLE, MAIL_BATCH, choose, send_mail_due, tell
from notices.services.mailing import BACK_OFF, DIGEST_MOST, UK, due_at
from tests.factories import UserFactory
from tests.races import at_once


@contextmanager
def mail_server(settings: Settings, *replies: bytes) -> Iterator[list[bytes]]:
    """A mail server on loopback that gives one of `replies` to each connection, then hangs up.

    Yields what it was sent. The last reply is given to every further connection.
    """
    heard: list[bytes] = []
    done = Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.settimeout(0.1)

        def serve() -> None:
            turn = 0
            while not done.is_set():
                try:
                    client, _ = server.accept()
                except TimeoutError:
                    continue
                with client:
                    client.sendall(replies[min(turn, len(replies) - 1)])
                    client.settimeout(0.2)
                    try:
                        heard.append(client.recv(1000))
                    except OSError:
                        heard.append(b"")
                turn += 1

        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_TIMEOUT = 2
        thread = Thread(target=serve)
        thread.start()
        try:
            yield heard
        finally:
            done.set()
            thread.join()


def told(text: str = "Your tweet went out.", **notice: object) -> User:
    person = UserFactory.create()
    tell([person], text, now=timezone.now(), **notice)  # type: ignore[arg-type]  # handed on
    return person


@pytest.mark.django_db
class TestTheSweep:
    def test_mails_what_was_not_mailed_yet(self, settings: Settings) -> None:
        settings.SITE_URL = "https://bluelamp.force.example"
        person, now = told(link="/drafts/7/"), timezone.now()
        assert send_mail_due(now=now) == 1
        (letter,) = mail.outbox
        assert letter.to == [person.email]
        assert letter.subject == "Blue Lamp: Your tweet went out."
        address = "https://bluelamp.force.example/drafts/7/"
        words, link, choose = letter.body.split("\n\n")
        assert (words, link) == ("Your tweet went out.", address)
        assert choose.endswith("\nhttps://bluelamp.force.example/accounts/told/")
        notice = Notice.objects.get()
        assert (notice.mailed_at, notice.mail_attempts) == (now, 1)

    def test_mails_it_once(self) -> None:
        told()
        assert [send_mail_due(now=timezone.now()) for _ in range(3)] == [1, 0, 0]
        assert len(mail.outbox) == 1

    def test_leaves_the_address_out_where_there_is_none(self) -> None:
        told()
        send_mail_due(now=timezone.now())
        assert len(mail.outbox[0].body.split("\n\n")) == 2

    def test_takes_a_batch_at_a_time(self) -> None:
        for number in range(MAIL_BATCH + 3):
            told(f"No. {number}")
        assert [send_mail_due(now=timezone.now()) for _ in range(3)] == [MAIL_BATCH, 3, 0]

    @pytest.mark.parametrize(
        ("text", "subject"),
        [
            (
                "Please change:\nthe first line\r\nand the second",
                "Please change: the first line and the second",
            ),
            ("x" * 200, f"{'x' * 68} …"),
            (f"{'Ada Sample ' * 6}wrote something", f"{('Ada Sample ' * 6)}…"),
            (f"Look at this tweet: it is late. {'Why? ' * 10}", "Look at this tweet: it is late"),
            (f"Insp. Ada Sample wrote {'very ' * 10}", f"Insp. Ada Sample wrote {'very ' * 9}…"),
            ("Bcc: everybody\n\nBody", "Bcc: everybody Body"),
        ],
        ids=["lines", "long", "words", "sentence", "abbreviation", "header"],
    )
    def test_keeps_the_subject_in_one_short_line(self, text: str, subject: str) -> None:
        told(text)
        assert send_mail_due(now=timezone.now()) == 1
        assert mail.outbox[0].subject == f"Blue Lamp: {subject}"
        assert mail.outbox[0].recipients() == [Notice.objects.get().email]


@pytest.mark.django_db
class TestAMailServerThatFails:
    @pytest.mark.parametrize(
        "reply",
        [b"421 Not now\r\n", b"554 Never\r\n", b"", b"nonsense\r\n" * 50],
        ids=["later", "never", "hangs up", "nonsense"],
    )
    def test_is_asked_five_times_and_never_raises(self, settings: Settings, reply: bytes) -> None:
        told()
        day, now = timedelta(days=1), timezone.now()
        with mail_server(settings, reply) as heard:
            assert [send_mail_due(now=now + n * day) for n in range(7)] == [0] * 7
        assert len(heard) == Notice.MAIL_ATTEMPTS
        assert Notice.objects.get().next_mail_at is None
        notice = Notice.objects.get()
        assert (notice.mailed_at, notice.mail_attempts) == (None, Notice.MAIL_ATTEMPTS)

    def test_is_not_asked_five_times_within_seconds(self, settings: Settings) -> None:
        told()
        now = timezone.now()
        with mail_server(settings, b"421 Not now\r\n") as heard:
            for second in range(0, 120, 2):
                send_mail_due(now=now + timedelta(seconds=second))
        # At once, and a minute later.
        assert len(heard) == 2
        waits = [span.total_seconds() for span in BACK_OFF]
        assert waits == sorted(waits)
        assert len(waits) == Notice.MAIL_ATTEMPTS - 1
        assert sum(waits) > 4 * 3600

    def test_that_is_not_there_is_no_error_either(self, settings: Settings) -> None:
        told()
        with closing(socket.create_server(("127.0.0.1", 0))) as server:
            host, port = server.getsockname()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
        assert send_mail_due(now=timezone.now()) == 0
        assert not Notice.objects.mail_due(timezone.now()).exists()
        assert Notice.objects.mail_due(timezone.now() + BACK_OFF[0]).exists()

    def test_and_works_again_gets_the_rest(self, settings: Settings) -> None:
        told()
        with mail_server(settings, b"421 Not now\r\n"):
            send_mail_due(now=timezone.now())
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert send_mail_due(now=timezone.now() + BACK_OFF[0]) == 1
        assert Notice.objects.get().mail_attempts == 2

    def test_does_not_write_the_notice_into_the_log(
        self, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        told("A secret sentence")
        with mail_server(settings, b"554 Never\r\n"):
            send_mail_due(now=timezone.now())
        assert "was not mailed" in caplog.text
        assert "A secret sentence" not in caplog.text


@pytest.mark.usefixtures("postgres")
class TestRacingSweeps:
    def test_mail_each_notice_once(self) -> None:
        people = [told(f"No. {number}") for number in range(12)]
        sent = at_once(*[lambda: send_mail_due(now=timezone.now())] * 3)
        assert sum(sent) == len(mail.outbox) == 12
        assert {letter.to[0] for letter in mail.outbox} == {person.email for person in people}


MORNING = datetime(2026, 11, 23, 8, tzinfo=UTC)


def wishing(person: User, way: Way, kind: Kind = Kind.OTHER) -> User:
    choose(person_id=person.pk, ways={kind: way})
    return person


def html_of(letter: object) -> str:
    (part,) = letter.alternatives  # type: ignore[attr-defined]
    assert part.mimetype == "text/html"
    return str(part.content)


class TestWhenItIsMailed:
    @pytest.mark.parametrize(
        ("way", "told_at", "due"),
        [
            (Way.AT_ONCE, "2026-11-23 09:17", "2026-11-23 09:17"),
            (Way.HOURLY, "2026-11-23 09:17", "2026-11-23 10:00"),
            (Way.HOURLY, "2026-11-23 10:00", "2026-11-23 11:00"),
            (Way.DAILY, "2026-11-23 07:59", "2026-11-23 08:00"),
            (Way.DAILY, "2026-11-23 08:00", "2026-11-24 08:00"),
            (Way.DAILY, "2026-11-23 23:59", "2026-11-24 08:00"),
            # The nights when the clocks change have 23 hours and 25.
            (Way.DAILY, "2026-03-28 08:30", "2026-03-29 08:00"),
            (Way.DAILY, "2026-10-24 08:30", "2026-10-25 08:00"),
        ],
    )
    def test_is_as_its_reader_likes(self, way: Way, told_at: str, due: str) -> None:
        moment, expected = (datetime.fromisoformat(t).replace(tzinfo=UK) for t in (told_at, due))
        assert due_at(way, moment) == expected

    def test_is_never_on_the_screen_alone(self) -> None:
        assert due_at(Way.SCREEN, MORNING) is None


@pytest.mark.django_db
class TestADigest:
    def tell(self, person: User, *texts: str, at: datetime, **notice: object) -> None:
        for text in texts:
            tell([person], text, now=at, **notice)  # type: ignore[arg-type]

    def test_is_one_mail_of_all_that_was_told(self, settings: Settings) -> None:
        settings.SITE_URL = "https://bluelamp.force.example"
        person = wishing(UserFactory.create(), Way.HOURLY)
        at = MORNING + timedelta(minutes=20)
        self.tell(person, "One.", "Two.", at=at, link="/drafts/7/")
        assert send_mail_due(now=at) == 0
        assert send_mail_due(now=MORNING + timedelta(minutes=59)) == 0
        self.tell(person, "Three <b>.", at=MORNING + timedelta(minutes=59))
        assert send_mail_due(now=MORNING + timedelta(hours=1)) == 1
        assert send_mail_due(now=MORNING + timedelta(hours=1, minutes=5)) == 0
        (letter,) = mail.outbox
        assert letter.to == [person.email]
        assert letter.subject == "Blue Lamp: 3 things to tell you"
        assert [word in letter.body for word in ("One.", "Two.", "Three <b>.")] == [True] * 3
        html = html_of(letter)
        assert '<a href="https://bluelamp.force.example/drafts/7/">One.</a>' in html
        assert "Three &lt;b&gt;." in html
        assert html.count("<li>") == 3

    def test_that_waits_keeps_nobody_else_waiting(self) -> None:
        person = wishing(UserFactory.create(), Way.DAILY)
        at = MORNING + timedelta(minutes=20)
        self.tell(person, *(f"No. {n}" for n in range(MAIL_BATCH)), at=at)
        other = UserFactory.create()
        self.tell(other, "At once.", at=at)
        assert sum(send_mail_due(now=at) for _ in range(2)) == 1
        assert mail.outbox[0].to == [other.email]
        assert not Notice.objects.mail_due(at + timedelta(hours=1)).exists()
        assert send_mail_due(now=MORNING + timedelta(days=1)) == 1
        assert mail.outbox[1].subject == f"Blue Lamp: {MAIL_BATCH} things to tell you"

    def test_leaves_out_what_was_read(self) -> None:
        person = wishing(UserFactory.create(), Way.HOURLY)
        self.tell(person, "Read.", "New.", at=MORNING)
        Notice.objects.filter(text="Read.").update(read_at=MORNING)
        assert sum(send_mail_due(now=MORNING + n * timedelta(hours=1)) for n in range(3)) == 1
        assert "New." in mail.outbox[0].body
        assert "Read." not in mail.outbox[0].body

    def test_says_how_many_more_there_are(self) -> None:
        person = wishing(UserFactory.create(), Way.HOURLY)
        self.tell(person, *(f"No. {n};" for n in range(DIGEST_MOST + 3)), at=MORNING)
        while Notice.objects.mail_due(MORNING).exists():
            send_mail_due(now=MORNING)
        assert send_mail_due(now=MORNING + timedelta(hours=1)) == 1
        assert "3 more are on My desk." in mail.outbox[0].body
        assert html_of(mail.outbox[0]).count("<li>") == DIGEST_MOST

    def test_is_dropped_by_a_change_of_mind(self) -> None:
        person = wishing(UserFactory.create(), Way.HOURLY)
        self.tell(person, "One.", at=MORNING)
        send_mail_due(now=MORNING)
        wishing(person, Way.SCREEN)
        assert send_mail_due(now=MORNING + timedelta(hours=1)) == 0
        assert Notice.objects.get().next_mail_at is None

    def test_that_fails_comes_again_as_one(self, settings: Settings) -> None:
        person = wishing(UserFactory.create(), Way.HOURLY)
        self.tell(person, "One.", "Two.", at=MORNING)
        send_mail_due(now=MORNING)
        due = MORNING + timedelta(hours=1)
        with mail_server(settings, b"421 Not now\r\n") as heard:
            send_mail_due(now=due)
        assert len(heard) == 1
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert send_mail_due(now=due + timedelta(seconds=30)) == 0
        assert send_mail_due(now=due + BACK_OFF[0]) == 1

    @pytest.mark.usefixtures("postgres")
    def test_goes_out_once_from_several_workers(self) -> None:
        person = wishing(UserFactory.create(), Way.HOURLY)
        self.tell(person, *(f"No. {n}" for n in range(10)), at=MORNING)
        send_mail_due(now=MORNING)
        due = MORNING + timedelta(hours=1)
        sent = at_once(*[lambda: send_mail_due(now=due)] * 4)
        assert sum(sent) == len(mail.outbox) == 1
        assert "10 things" in mail.outbox[0].subject


@pytest.mark.django_db
class TestAWish:
    def test_is_about_one_kind(self) -> None:
        person = wishing(UserFactory.create(), Way.SCREEN, Kind.PUBLISHED)
        for kind in CHOOSABLE:
            tell([person], f"About {kind}.", kind=kind, now=MORNING)
        assert send_mail_due(now=MORNING) == len(CHOOSABLE) - 1
        assert not any("published" in letter.body for letter in mail.outbox)
        assert Notice.objects.unread().count() == len(CHOOSABLE)

    def test_never_holds_for_what_one_must_act_on(self) -> None:
        person = UserFactory.create()
        choose(person_id=person.pk, ways=dict.fromkeys(CHOOSABLE, Way.SCREEN))
        with pytest.raises(ValueError, match="told at once"):
            choose(person_id=person.pk, ways={Kind.ALERT: Way.SCREEN})
        with pytest.raises(IntegrityError), transaction.atomic():
            Wish.objects.create(person_id=person.pk, kind=Kind.ALERT, way=Way.SCREEN)
        tell([person], "A tweet failed.", kind=Kind.ALERT, urgent=True, now=MORNING)
        assert send_mail_due(now=MORNING) == 1

    def test_is_at_once_where_nothing_was_said(self) -> None:
        told()
        assert not Wish.objects.exists()
        assert send_mail_due(now=timezone.now()) == 1

    def test_of_a_kind_that_is_not_known_is_that_of_the_rest(self) -> None:
        person = wishing(UserFactory.create(), Way.SCREEN)
        tell([person], "What is this?", now=MORNING)
        Notice.objects.update(kind="newer")
        assert send_mail_due(now=MORNING) == 0

    def test_puts_urgent_things_first(self) -> None:
        person = UserFactory.create()
        for number in range(MAIL_BATCH):
            tell([person], f"No. {number}", now=MORNING)
        tell([person], "Act!", kind=Kind.ALERT, urgent=True, now=MORNING + timedelta(seconds=1))
        send_mail_due(now=MORNING + timedelta(seconds=2))
        assert mail.outbox[0].subject == "Blue Lamp: Act!"


@pytest.mark.django_db
class TestWords:
    def told(self) -> User:
        person: User = UserFactory.create()
        tell([person], "Returned: “He ran.”", in_mail="Returned.", now=MORNING)
        return person

    def test_of_drafts_stay_out_of_mail(self) -> None:
        self.told()
        send_mail_due(now=MORNING)
        (letter,) = mail.outbox
        for said in (letter.subject, letter.body, html_of(letter)):
            assert "Returned." in said
            assert "He ran" not in said

    def test_come_where_the_force_allows_it(self) -> None:
        person = self.told()
        send_mail_due(now=MORNING, may_quote=lambda people: {person.pk} & set(people))
        assert "He ran" in mail.outbox[0].body
        assert "He ran" in html_of(mail.outbox[0])

    def test_are_all_there_is_where_nothing_else_was_given(self) -> None:
        told("A hold is on.")
        send_mail_due(now=timezone.now())
        assert "A hold is on." in mail.outbox[0].body

    def test_come_with_no_picture_and_nothing_of_others(self, settings: Settings) -> None:
        settings.SITE_URL = "https://bluelamp.force.example"
        told(link="/drafts/7/")
        send_mail_due(now=timezone.now())
        html = html_of(mail.outbox[0])
        assert not [tag for tag in ("<img", "<style", "<script", "src=", "<link") if tag in html]
        assert html.count("http") == html.count("https://bluelamp.force.example/") == 2
        assert '<html lang="en">' in html


@pytest.mark.usefixtures("database")
class TestTheVersionBefore:
    def test_is_mailed_though_it_knows_no_next_time(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO notices_notice (recipient_id, email, text, link, urgent, created_at,"
                " mail_attempts) VALUES (1, 'a@b.example', 'Told.', '', FALSE, %s, 0)",
                [timezone.now().isoformat()],
            )
        assert send_mail_due(now=timezone.now() + timedelta(seconds=1)) == 1
        assert Notice.objects.get().kind == Kind.OTHER
