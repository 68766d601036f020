"""Handing alerts to the force's own alarm system, over a real socket."""

import contextlib
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail
from pytest_django import Settings

from accounts.roles import Role
from publishing import aside
from publishing.clock import database_now
from publishing.models import Alert, AlertCall, AlertKind, WorkerHeartbeat
from publishing.services import call_out, stand_by, watch
from publishing.services.calling import FIRST_WAIT, call_due
from publishing.workflow import State
from tests.factories import Scene
from tests.publishing import stage
from tests.servers import free_port

KEY = "a key that only the two of them know, and nobody else"


class Receiver:
    """An alarm system that keeps what it was sent and answers with `status`."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.status)
                if receiver.status == 302:
                    self.send_header("Location", receiver.url + "elsewhere")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def events(self) -> list[tuple[str, str]]:
        bodies = [json.loads(body) for _, body in self.got]
        return [(body["event"], body["kind"]) for body in bodies]


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    receiver = Receiver()
    settings.ALERT_WEBHOOK_URL, settings.ALERT_WEBHOOK_KEY = receiver.url, KEY
    settings.SITE_URL = "https://bluelamp.force.example"
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def silent(settings: Settings) -> Iterator[socket.socket]:
    """An alarm system that takes the call and never answers."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
        settings.ALERT_WEBHOOK_URL, settings.ALERT_WEBHOOK_KEY = f"http://127.0.0.1:{port}/", KEY
        yield listener


def late(scene: Scene) -> Any:
    """A tweet that is late, with its alert."""
    (delivery,) = stage.due(
        scene,
        text="The words of the tweet, number {}, are for the public.",
        at=database_now() - timedelta(minutes=5),
    )
    assert watch(now=database_now()) == 1
    return delivery


@pytest.mark.django_db
class TestACall:
    def test_says_what_is_wrong_where_and_who_says_so(self, receiver: Receiver) -> None:
        delivery = late(Scene())
        now = database_now()
        assert call_due(now=now) == 1
        ((headers, body),) = receiver.got
        said, alert = json.loads(body), Alert.objects.get()
        assert said == {
            "id": alert.pk,
            "event": "raised",
            "kind": "overdue",
            "text": alert.text,
            "since": alert.since.isoformat(),
            "cleared_at": None,
            "account": str(delivery.account),
            "draft": delivery.draft_id,
            "link": f"https://bluelamp.force.example/drafts/{delivery.draft_id}/",
        }
        assert b"words of the tweet" not in body
        assert headers["Blue-Lamp-Time"] == str(int(now.timestamp()))
        message = headers["Blue-Lamp-Time"].encode() + b"." + body
        expected = hmac.new(KEY.encode(), message, hashlib.sha256).hexdigest()
        assert headers["Blue-Lamp-Signature"] == f"sha256={expected}"
        assert KEY.encode() not in body
        assert KEY not in str(headers)

    def test_is_made_once_for_the_beginning_and_once_for_the_end(self, receiver: Receiver) -> None:
        delivery = late(Scene())
        assert [call_due(now=database_now()) for _ in range(3)] == [1, 0, 0]
        type(delivery).objects.update(state=State.CANCELLED)
        later = database_now() + timedelta(minutes=1)
        watch(now=later)
        assert call_due(now=later) == 1
        assert receiver.events() == [("raised", "overdue"), ("cleared", "overdue")]
        assert json.loads(receiver.got[1][1])["cleared_at"] == later.isoformat()
        assert str(AlertCall.objects.order_by("pk").last()).startswith("cleared: Tweet ")

    def test_is_not_made_where_there_is_no_address(self, settings: Settings) -> None:
        late(Scene())
        assert not AlertCall.objects.exists()
        assert call_due(now=database_now()) == 0

    def test_is_made_for_what_people_are_told_elsewhere_too(self, receiver: Receiver) -> None:
        (delivery,) = stage.due(Scene())
        type(delivery).objects.update(state=State.MISSED)
        watch(now=database_now())
        call_due(now=database_now())
        assert receiver.events() == [("raised", "missed")]


@pytest.mark.django_db
class TestACallThatFails:
    @pytest.mark.parametrize("status", [302, 400, 404, 500, 503])
    def test_is_made_again_later_and_then_given_up(
        self, receiver: Receiver, status: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        late(Scene())
        receiver.status = status
        now = database_now()
        waits = []
        for _ in range(AlertCall.ATTEMPTS):
            assert call_due(now=now) == 0
            then = AlertCall.objects.get().next_at
            waits.append(then - now)
            assert call_due(now=then - timedelta(seconds=1)) == 0
            now = then
        assert waits == [FIRST_WAIT * 2**number for number in range(AlertCall.ATTEMPTS)]
        assert len(receiver.got) == AlertCall.ATTEMPTS
        assert call_due(now=now + timedelta(days=1)) == 0
        assert AlertCall.objects.get().done_at is not None
        assert f"status {status}" in caplog.text
        assert "not handed on any more" in caplog.text
        assert KEY not in caplog.text

    def test_succeeds_when_the_receiver_is_back(self, receiver: Receiver) -> None:
        late(Scene())
        receiver.status = 500
        assert call_due(now=database_now()) == 0
        receiver.status = 204
        assert call_due(now=AlertCall.objects.get().next_at) == 1
        assert call_due(now=database_now() + timedelta(days=1)) == 0

    @pytest.mark.parametrize("address", ["http://127.0.0.1:{port}/", "no address", "http://[x/"])
    def test_has_no_other_consequence(self, settings: Settings, address: str) -> None:
        settings.ALERT_WEBHOOK_URL = address.format(port=free_port())
        late(Scene())
        assert call_due(now=database_now()) == 0
        assert AlertCall.objects.get().attempts == 1

    def test_for_want_of_an_answer_ends_in_time(self, silent: socket.socket) -> None:
        late(Scene())
        began = time.monotonic()
        assert call_due(now=database_now()) == 0
        assert time.monotonic() - began < 9


class TestTheSweep:
    @pytest.mark.usefixtures("postgres")
    def test_keeps_nobody_waiting(self, silent: socket.socket) -> None:
        late(Scene())
        began = time.monotonic()
        for _ in range(3):
            call_out(now=database_now())
        assert time.monotonic() - began < 2.5
        stage.until(lambda: AlertCall.objects.get().attempts == 1)
        aside.finish(within=10)
        assert AlertCall.objects.get().attempts == 1

    @pytest.mark.usefixtures("database")
    def test_hands_on_what_is_due(self, receiver: Receiver) -> None:
        call_out(now=database_now())
        late(Scene())
        call_out(now=database_now())
        stage.until(lambda: receiver.got)
        aside.finish(within=10)
        assert AlertCall.objects.get().done_at is not None


class TestTheStandIn:
    @pytest.mark.usefixtures("postgres")
    def test_calls_although_the_mail_server_says_nothing(
        self, settings: Settings, receiver: Receiver
    ) -> None:
        scene, now = Scene(), database_now()
        for _ in range(5):
            scene.person(Role.COMMS_ADMIN)
        with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
            settings.EMAIL_TIMEOUT = 1
            WorkerHeartbeat.objects.create(owner="gone", seen_at=now - timedelta(minutes=1))
            began = time.monotonic()
            stand_by(now=now)
            stage.until(lambda: receiver.got)
            assert time.monotonic() - began < 4
            aside.finish(within=10)

    @pytest.mark.usefixtures("database")
    def test_tells_people_when_no_worker_is_left_to_do_it(self, receiver: Receiver) -> None:
        scene = Scene()
        admin, now = scene.person(Role.COMMS_ADMIN), database_now()
        WorkerHeartbeat.objects.create(owner="gone", seen_at=now - timedelta(minutes=1))
        for _ in range(3):
            stand_by(now=now)
        stage.until(lambda: receiver.got)
        aside.finish(within=10)
        assert receiver.events() == [("raised", AlertKind.NO_DISPATCHER)]
        assert [message.to for message in mail.outbox] == [[admin.email]]
        assert "nothing is going out" in mail.outbox[0].body
