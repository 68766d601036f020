"""The mail of notices: once each, never for ever, and never the fault of a service."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from notices.models import Notice
from notices.services import MAIL_BATCH, send_mail_due, tell
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
        assert letter.body == "Your tweet went out.\n\nhttps://bluelamp.force.example/drafts/7/"
        notice = Notice.objects.get()
        assert (notice.mailed_at, notice.mail_attempts) == (now, 1)

    def test_mails_it_once(self) -> None:
        told()
        assert [send_mail_due(now=timezone.now()) for _ in range(3)] == [1, 0, 0]
        assert len(mail.outbox) == 1

    def test_leaves_the_address_out_where_there_is_none(self) -> None:
        told()
        send_mail_due(now=timezone.now())
        assert mail.outbox[0].body == "Your tweet went out."

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
            ("x" * 200, "x" * 70),
            ("Bcc: everybody\n\nBody", "Bcc: everybody Body"),
        ],
        ids=["lines", "long", "header"],
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
        with mail_server(settings, reply) as heard:
            assert [send_mail_due(now=timezone.now()) for _ in range(7)] == [0] * 7
        assert len(heard) == Notice.MAIL_ATTEMPTS
        notice = Notice.objects.get()
        assert (notice.mailed_at, notice.mail_attempts) == (None, Notice.MAIL_ATTEMPTS)

    def test_that_is_not_there_is_no_error_either(self, settings: Settings) -> None:
        told()
        with closing(socket.create_server(("127.0.0.1", 0))) as server:
            host, port = server.getsockname()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
        assert send_mail_due(now=timezone.now()) == 0
        assert Notice.objects.mail_due().exists()

    def test_and_works_again_gets_the_rest(self, settings: Settings) -> None:
        told()
        with mail_server(settings, b"421 Not now\r\n"):
            send_mail_due(now=timezone.now())
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert send_mail_due(now=timezone.now()) == 1
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
