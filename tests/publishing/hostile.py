"""A platform that does everything wrong which a socket can do, between a publisher and its fake.

It passes on what it does not misbehave for, so that a publisher that has to sign in or to upload
pictures first gets as far as the request that matters.
"""

import contextlib
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from threading import Event, Thread
from typing import NamedTuple
from urllib.parse import urlsplit

PATIENCE = 20.0
#: Between two bytes of one that drips: well within what any single read may take.
DRIP = 0.05


class Deed(StrEnum):
    """What it does to the request that it misbehaves for."""

    # before it has the body
    UNAVAILABLE_EARLY = "503 to the head"
    HANG_UP_EARLY = "hangs up on the head"
    # when it has the body
    LOST_ANSWER = "takes it and hangs up"
    ERROR_500 = "500"
    ERROR_502 = "502"
    UNAVAILABLE_LATE = "503 to the body"
    RESET = "resets"
    HANG_UP = "hangs up"
    RESET_IN_ANSWER = "resets in the middle of its answer"
    NOISE = "no HTTP at all"
    HTML = "a page instead of JSON"
    NULL = "null"
    LIST = "a list of numbers"
    NUMBERS = "numbers where words belong"
    DEEP = "brackets in brackets"
    TRUNCATED = "less than it announced"
    HUGE = "100 megabytes"
    BOMB = "says that it is compressed"
    REDIRECT = "a redirect"
    HANG = "no answer at all"
    DRIP_HEAD = "a head, byte by byte"
    DRIP_BODY = "an answer, byte by byte"


#: After these it is proved that the platform never had the body.
EARLY = {Deed.UNAVAILABLE_EARLY, Deed.HANG_UP_EARLY}
SLOW = {Deed.HANG, Deed.DRIP_HEAD, Deed.DRIP_BODY}


class Seen(NamedTuple):
    """One request, as far as it came."""

    method: str
    path: str
    head: bytes
    body: bytes


class Hostile:
    """Listens on a free port of this machine. `matters(method, path)` picks out the requests."""

    def __init__(self, deed: Deed, upstream: str, matters: Callable[[str, str], bool]) -> None:
        self.deed = deed
        self.seen: list[Seen] = []
        #: Bytes of an endless answer that somebody took.
        self.poured = 0
        self._upstream = urlsplit(upstream)
        self._matters = matters
        self._over = Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.05)
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self._workers: list[Thread] = []
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def close(self) -> None:
        self._over.set()
        self._listener.join(PATIENCE)
        for worker in self._workers:
            worker.join(PATIENCE)
        self._server.close()

    def _listen(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                caller, _ = self._server.accept()
                self._workers.append(Thread(target=self._serve, args=[caller], daemon=True))
                self._workers[-1].start()

    def _serve(self, caller: socket.socket) -> None:
        with caller, contextlib.suppress(OSError):
            caller.settimeout(PATIENCE)
            head, body = _head(caller)
            if not head:
                return
            method, path, _ = head.split(b"\r\n")[0].decode("latin-1").split(" ")
            matters = self._matters(method, path)
            if matters and self.deed in EARLY:
                self.seen.append(Seen(method, path, head, body))
                self._refuse(caller)
                return
            body = _body(caller, head, body)
            self.seen.append(Seen(method, path, head, body))
            if not matters:
                caller.sendall(self._answer_of_upstream(head, body))
            elif self.deed == Deed.LOST_ANSWER:
                self._answer_of_upstream(head, body)
            else:
                self._misbehave(caller)

    def _answer_of_upstream(self, head: bytes, body: bytes) -> bytes:
        lines = [
            line
            for line in head.rstrip(b"\r\n").split(b"\r\n")
            if not line.lower().startswith((b"connection:", b"expect:"))
        ]
        address = (self._upstream.hostname, self._upstream.port)
        with socket.create_connection(address, timeout=PATIENCE) as upstream:
            upstream.sendall(b"\r\n".join([*lines, b"Connection: close", b"", body]))
            answer = b""
            while part := upstream.recv(65536):
                answer += part
            return answer

    def _refuse(self, caller: socket.socket) -> None:
        if self.deed == Deed.UNAVAILABLE_EARLY:
            caller.sendall(_answer("503 Service Unavailable", b'{"error": "Down."}', b"7"))

    def _misbehave(self, caller: socket.socket) -> None:
        match self.deed:
            case Deed.RESET:
                _reset(caller)
            case Deed.RESET_IN_ANSWER:
                caller.sendall(_answer("200 OK", b'{"id": "1', announced=500))
                time.sleep(0.02)
                _reset(caller)
            case Deed.HUGE:
                self._pour(caller)
            case Deed.HANG:
                self._over.wait(PATIENCE)
            case Deed.DRIP_HEAD:
                self._drip(caller, b"HTTP/1.1 200 OK\r\nX-Wait: " + b"." * 2000)
            case Deed.DRIP_BODY:
                caller.sendall(_answer("200 OK", b"", announced=2000))
                self._drip(caller, b" " * 2000)
            case deed if deed in ANSWERS:
                caller.sendall(ANSWERS[deed])

    def _pour(self, caller: socket.socket) -> None:
        caller.sendall(_answer("200 OK", b"", announced=100_000_000))
        part = b" " * 1_000_000
        for _ in range(100):
            if self._over.is_set():
                return
            caller.sendall(part)
            self.poured += len(part)

    def _drip(self, caller: socket.socket, content: bytes) -> None:
        for byte in content:
            if self._over.wait(DRIP):
                return
            caller.sendall(bytes([byte]))


@contextmanager
def hostile(
    deed: Deed, upstream: str, matters: Callable[[str, str], bool] = lambda method, path: True
) -> Iterator[Hostile]:
    """A hostile platform in front of `upstream` that misbehaves for the requests that matter."""
    server = Hostile(deed, upstream, matters)
    try:
        yield server
    finally:
        server.close()


def closed_port() -> str:
    """An address of this machine where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def _answer(
    status: str, body: bytes, retry_after: bytes = b"", *, announced: int | None = None,
    extra: bytes = b"",
) -> bytes:  # fmt: skip
    length = str(len(body) if announced is None else announced).encode()
    head = b"HTTP/1.1 " + status.encode() + b"\r\nContent-Type: application/json\r\n"
    if retry_after:
        head += b"Retry-After: " + retry_after + b"\r\n"
    return head + extra + b"Content-Length: " + length + b"\r\nConnection: close\r\n\r\n" + body


ANSWERS: dict[Deed, bytes] = {
    Deed.ERROR_500: _answer("500 Internal Server Error", b'{"error": "Oh."}'),
    Deed.ERROR_502: _answer("502 Bad Gateway", b"<html>"),
    Deed.UNAVAILABLE_LATE: _answer("503 Service Unavailable", b"{}", b"7"),
    Deed.HANG_UP: b"",
    Deed.NOISE: b"\x16\x03\x01\x00\xff no HTTP " * 20,
    Deed.HTML: _answer("200 OK", b"<!doctype html><title>Sign in to the wireless network</title>"),
    Deed.NULL: _answer("200 OK", b"null"),
    Deed.LIST: _answer("200 OK", b"[1, 2, 3]"),
    Deed.NUMBERS: _answer(
        "200 OK", b'{"id": {}, "url": 7, "uri": 3, "data": 4, "created_at": [], "account": 1}'
    ),
    Deed.DEEP: _answer("200 OK", b"[" * 200_000),
    Deed.TRUNCATED: _answer("200 OK", b'{"id": "1"}', announced=1000),
    Deed.BOMB: _answer("200 OK", b'{"id": "1"}', extra=b"Content-Encoding: gzip\r\n"),
    Deed.REDIRECT: _answer("302 Found", b"", extra=b"Location: /elsewhere\r\n"),
}


def _head(caller: socket.socket) -> tuple[bytes, bytes]:
    """The head of a request, and what has come of its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = caller.recv(65536)
        if not more:
            return b"", b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n", body


def _body(caller: socket.socket, head: bytes, body: bytes) -> bytes:
    """The rest of the body, asked for where the caller waits for leave to send it."""
    names = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
    }
    if names.get(b"expect", b"").lower() == b"100-continue":
        caller.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
    while len(body) < int(names.get(b"content-length", b"0")):
        more = caller.recv(65536)
        if not more:
            break
        body += more
    return body


def _reset(caller: socket.socket) -> None:
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    caller.close()
