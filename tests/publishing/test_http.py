"""The one HTTP client: what it lets out, what it reads, what it makes of headers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from publishing.backends.base import CannotAsk, Cause, NotSent, Unknown
from publishing.backends.http import Garbled, Host, NoReply, Refusal, Reply, Talk, held
from publishing.backends.wire import Timeouts
from tests.publishing.hostile import closed_port
from tests.publishing.kit import SHORT, Keeps

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HIDDEN = "hush-hush-hush"


class Handler(BaseHTTPRequestHandler):
    """Answers what the test put into the server's `script`: (status, headers, body)."""

    protocol_version = "HTTP/1.1"

    def handle_expect_100(self) -> bool:
        if early := self.server.early:  # type: ignore[attr-defined]
            self._answer(early, {}, b"{}")
            return False
        return super().handle_expect_100()

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        seen = (self.command, self.path, dict(self.headers), self.rfile.read(length))
        self.server.seen.append(seen)  # type: ignore[attr-defined]
        self._answer(*self.server.script.pop(0))  # type: ignore[attr-defined]

    do_GET = do_POST  # noqa: N815

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.close_connection = True
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None: ...


class Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[tuple[int, dict[str, str], bytes]] = []
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        # The status that answers a question for leave to continue.
        self.early = 0
        self.url = f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def talk(server: Server) -> Talk:
    return Host(server.url, timeouts=SHORT).talk(hidden=[HIDDEN])


class TestAHost:
    @pytest.mark.parametrize(
        "address",
        ["http://platform.example", "http://10.0.0.1", "ftp://127.0.0.1", "platform.example", "",
         "https://user:word@platform.example", "https://platform.example/?a=b"],
    )  # fmt: skip
    def test_is_never_one_that_would_give_secrets_away(self, address: str) -> None:
        with pytest.raises(ValueError, match="address"):
            Host(address)

    @pytest.mark.parametrize(
        "address", ["https://platform.example/", "http://127.0.0.1:80", "http://localhost:1", "http://[::1]:1"]
    )  # fmt: skip
    def test_may_be_encrypted_or_this_machine(self, address: str) -> None:
        assert Host(address).base_url == address.rstrip("/")

    def test_waits_as_long_as_the_design_says(self) -> None:
        assert Host("https://platform.example").timeouts == Timeouts(3, 10, 15)


class TestAProxy:
    def test_is_used_where_it_is_named(self, server: Server) -> None:
        server.script = [(200, {}, b"{}")]
        host = Host(closed_port(), proxy=server.url, timeouts=SHORT)
        assert host.talk().ask("GET", "/profile").json_object() == {}
        assert server.seen[0][1] == f"{host.base_url}/profile"

    def test_that_is_down_proves_that_nothing_was_sent(self, server: Server) -> None:
        talk = Host(server.url, proxy=closed_port(), timeouts=SHORT).talk()
        assert isinstance(talk.hand_over("POST", "/", json={}), NotSent)
        assert server.seen == []


class TestHandingOver:
    def test_asks_first_and_then_sends_the_body(self, server: Server, talk: Talk) -> None:
        server.script = [(200, {}, b'{"id": "1"}')]
        reply = talk.hand_over("POST", "/posts", json={"a": 1})
        assert isinstance(reply, Reply)
        assert reply.json() == {"id": "1"}
        ((_, _, headers, body),) = server.seen
        assert (headers["Expect"], body) == ("100-continue", b'{"a": 1}')

    def test_does_without_where_a_server_knows_no_asking(self, server: Server, talk: Talk) -> None:
        server.early = 417
        server.script = [(200, {}, b"{}")]
        assert isinstance(talk.hand_over("POST", "/posts", json={"a": 1}), Reply)
        ((_, _, headers, body),) = server.seen
        assert "Expect" not in headers
        assert body == b'{"a": 1}'

    def test_believes_no_success_that_came_before_the_body_left(
        self, server: Server, talk: Talk
    ) -> None:
        server.early = 200
        answer = talk.hand_over("POST", "/posts", json={"a": 1})
        assert isinstance(answer, Unknown)
        assert server.seen == []

    def test_is_not_begun_when_little_time_is_left(
        self, server: Server, talk: Talk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(talk, "_ends_at", talk._ends_at - SHORT.total * 0.8)
        assert isinstance(talk.hand_over("POST", "/posts", json={"a": 1}), NotSent)
        assert server.seen == []

    def test_of_megabytes_sends_every_byte(self, server: Server) -> None:
        talk = Host(server.url).talk()
        server.script = [(200, {}, b"{}")]
        content = bytes(range(256)) * 20_000
        assert isinstance(talk.hand_over("POST", "/media", data=content), Reply)
        assert server.seen[0][3] == content

    @pytest.mark.parametrize("status", [300, 301, 307, 408, 425, 500, 502, 503, 504, 520, 599])
    def test_of_what_is_not_classified_is_unknown(
        self, server: Server, talk: Talk, status: int
    ) -> None:
        server.script = [(status, {}, b"{}")]
        assert isinstance(talk.hand_over("POST", "/posts", json={"a": 1}), Unknown)

    def test_follows_no_redirect_and_keeps_no_cookie(self, server: Server, talk: Talk) -> None:
        server.script = [
            (302, {"Location": "/elsewhere", "Set-Cookie": "a=b"}, b""),
            (200, {}, b"{}"),
        ]
        talk.hand_over("POST", "/posts", json={"a": 1})
        talk.ask("GET", "/profile")
        assert [seen[1] for seen in server.seen] == ["/posts", "/profile"]
        assert "Cookie" not in server.seen[1][2]


class TestAsking:
    @pytest.mark.parametrize(
        ("status", "cause"),
        [(401, Cause.CREDENTIALS), (429, Cause.RATE_LIMIT), (404, Cause.UNAVAILABLE),
         (500, Cause.UNAVAILABLE), (302, Cause.UNAVAILABLE)],
    )  # fmt: skip
    def test_says_what_an_error_concerns(
        self, server: Server, talk: Talk, status: int, cause: Cause
    ) -> None:
        server.script = [(status, {"Retry-After": "9"}, b"{}")]
        with pytest.raises(Refusal) as raised:
            talk.ask("GET", "/profile")
        assert (raised.value.cause, raised.value.reply.status) == (cause, status)
        assert raised.value.retry_after == (9 if status == 429 else None)

    def test_is_over_when_the_whole_time_is(self, server: Server, talk: Talk) -> None:
        talk._ends_at -= SHORT.total
        with pytest.raises(NoReply) as raised:
            talk.ask("GET", "/profile")
        assert not raised.value.may_have_arrived
        assert server.seen == []

    def test_takes_no_password_from_the_environment(
        self, server: Server, talk: Talk, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
    ) -> None:
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login somebody password word\n")
        monkeypatch.setenv("NETRC", str(netrc))
        server.script = [(200, {}, b"{}")]
        talk.ask("GET", "/profile")
        assert "Authorization" not in server.seen[0][2]

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b"1" * 5000])
    def test_garbage_is_no_object(self, body: bytes) -> None:
        with pytest.raises(Garbled):
            Reply(200, {}, body).json_object()

    @pytest.mark.parametrize("body", [b"{}", b"[1]", b"[{}, null]", b'"x"'])
    def test_garbage_is_no_list(self, body: bytes) -> None:
        with pytest.raises(Garbled):
            Reply(200, {}, body).json_list()


class TestWaiting:
    @pytest.mark.parametrize(
        ("headers", "seconds"),
        [
            ({}, None),
            ({"retry-after": "30"}, 30),
            ({"retry-after": "Sun, 01 Mar 2026 12:01:00 GMT"}, 60),
            ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 90)}, 90),
            ({"ratelimit-reset": str(int(NOW.timestamp()) + 91)}, 91),
            ({"x-ratelimit-reset": (NOW + timedelta(seconds=92)).isoformat()}, 92),
            ({"x-ratelimit-reset": "2026-03-01T12:01:33Z"}, 93),
            ({"x-ratelimit-reset": "2026-03-01T12:01:34"}, 94),
            ({"retry-after": "5", "x-rate-limit-reset": "999"}, 5),
            ({"retry-after": "soon", "x-rate-limit-reset": "12"}, 12),
            ({"retry-after": "-5"}, None),
            ({"retry-after": "nan"}, None),
            ({"retry-after": "inf"}, None),
            ({"retry-after": "9" * 12}, 24 * 3600),
            ({"retry-after": "9" * 5000}, None),
            ({"x-ratelimit-reset": "2020-01-01T00:00:00Z"}, 0),
        ],
    )
    def test_is_read_from_the_headers(self, headers: dict[str, str], seconds: float | None) -> None:
        assert Reply(429, headers, b"").retry_after(now=NOW) == seconds


class TestWordsOfAPlatform:
    def test_are_one_short_line_without_secrets(self, talk: Talk) -> None:
        said = f"Bad\ttoken\n\x00\x1b[31m {HIDDEN} " + "x" * 500
        plain = talk.plain(said)
        assert plain.startswith("Bad token [31m … xxx")
        assert len(plain) == 200

    def test_hide_a_secret_that_is_cut_in_two(self, talk: Talk) -> None:
        assert HIDDEN not in talk.plain("y" * 195 + HIDDEN, longest=205)

    @pytest.mark.parametrize("words", ["", " ", "a\nb", "a" * 11, f"a{HIDDEN}", "a  b"])
    def test_are_kept_as_they_are_only_if_harmless(self, talk: Talk, words: str) -> None:
        assert not talk.is_plain(words, longest=10)


class TestCredentials:
    def test_that_are_missing_are_named_and_nothing_else(self) -> None:
        with pytest.raises(CannotAsk) as raised:
            held(Keeps({"access_token": HIDDEN}), ["access_token", "api_key"])
        assert raised.value.cause == Cause.CREDENTIALS
        assert str(raised.value) == "No api key is stored for this account."
