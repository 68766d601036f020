"""The line to a platform: it gives up in time, and remembers what it has let out.

`requests` bounds each single read. A platform that sends one byte every few seconds would keep it
for ever, and its exceptions do not say whether anything was sent. Both matter here: a lease is
running, and only what was provably not sent may be sent again.
"""

import io
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, cast

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

CHUNK = 64 * 1024
#: How long a platform may take to say that it wants the body before it gets it anyway.
CONTINUE_WITHIN = 1.0
INTERIM = b"HTTP/1.1 1"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """In seconds: to connect, for one read, and for everything together."""

    connect: float = 3.0
    read: float = 10.0
    total: float = 15.0


class Line:
    """The way out of one request. `ends_at` is on the monotonic clock.

    With `asks_first` the body waits for the platform's leave to continue (RFC 9110, 10.1.1): a
    platform that refuses before it proves that it never had the body.
    """

    def __init__(self, timeouts: Timeouts, *, ends_at: float, asks_first: bool = False) -> None:
        self.timeouts = timeouts
        self.ends_at = ends_at
        self.asks_first = asks_first
        #: Whether any part of the head, and of the body, was handed to the connection.
        self.head_left = False
        self.body_left = False

    def within(self, seconds: float) -> float:
        """`seconds`, or what is left of the whole time. Raises TimeoutError when nothing is."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(seconds, left)

    def connect(self, host: str, port: int, options: Any) -> socket.socket:
        """A connected socket to the first address of `host` that takes us. Raises OSError."""
        until = time.monotonic() + self.within(self.timeouts.connect)
        failure: OSError = OSError("no address")
        for family, kind, protocol, _, address in look_up(host, port, until):
            connected = socket.socket(family, kind, protocol)
            try:
                for option in options or ():
                    connected.setsockopt(*option)
                connected.settimeout(max(until - time.monotonic(), 0.001))
                connected.connect(address)
            except BaseException as error:
                connected.close()
                if not isinstance(error, OSError):
                    raise
                failure = error
            else:
                return connected
        raise failure


def look_up(host: str, port: int, until: float) -> list[Any]:
    """What getaddrinfo says, in a thread of its own: nothing else can stop it. Raises OSError."""
    answers: SimpleQueue[list[Any] | BaseException] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except BaseException as error:  # noqa: BLE001  raised where it is waited for
            answers.put(error)

    Thread(target=ask, daemon=True, name="look-up").start()
    try:
        answer = answers.get(timeout=max(until - time.monotonic(), 0.001))
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, BaseException):
        raise answer
    return answer


class Watched:
    """A connected socket on a line: what http.client uses of it is bounded and noted down."""

    def __init__(self, connected: socket.socket, line: Line) -> None:
        self._socket = connected
        self._line = line
        # What the platform said before it had the body.
        self._early = b""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        self._socket.close()

    def sendall(self, data: Any) -> None:
        """The head comes in one call, the body in those after it."""
        line = self._line
        if not line.head_left:
            line.head_left = True
        elif not line.body_left:
            if line.asks_first and self._is_answered():
                # http.client takes this for a platform that has answered, and reads the answer.
                raise BrokenPipeError
            line.body_left = True
        view = memoryview(data).cast("B")
        for start in range(0, len(view), CHUNK):
            self._socket.settimeout(line.within(line.timeouts.read))
            self._socket.sendall(view[start : start + CHUNK])

    def _is_answered(self) -> bool:
        """Whether the platform has said anything but "continue", or hung up."""
        until = time.monotonic() + self._line.within(CONTINUE_WITHIN)
        while len(self._early) <= len(INTERIM):
            left = until - time.monotonic()
            if left <= 0:
                break
            self._socket.settimeout(left)
            try:
                more = self._socket.recv(CHUNK)
            except TimeoutError:
                break
            if not more:
                return True
            self._early += more
        return bool(self._early) and not self._early.startswith(INTERIM)

    def makefile(self, mode: str = "rb", *_: Any, **__: Any) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self._socket, self._line, self._early))


class _Reading(io.RawIOBase):
    """What comes in, each read bounded; `early` is what had come before."""

    def __init__(self, connected: socket.socket, line: Line, early: bytes) -> None:
        self._raw = cast("io.RawIOBase", connected.makefile("rb", buffering=0))
        self._socket = connected
        self._line = line
        self._early = early

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._early:
            part = self._early[: len(buffer)]
            buffer[: len(part)] = part
            self._early = self._early[len(part) :]
            return len(part)
        within = self._line.within(self._line.timeouts.read)
        if self._socket.fileno() >= 0:
            self._socket.settimeout(within)
        return cast("int | None", self._raw.readinto(buffer))

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _OnALine:
    """Mixed into urllib3's connections."""

    line: Line
    sock: Any
    _dns_host: str
    port: int
    socket_options: Any

    def _new_conn(self) -> socket.socket:
        return self.line.connect(self._dns_host, self.port, self.socket_options)

    def connect(self) -> None:
        super().connect()  # type: ignore[misc]
        # Only now: a handshake, with a proxy or for encryption, is no part of the request.
        self.sock = Watched(self.sock, self.line)


class _Plain(_OnALine, HTTPConnection):
    def __init__(self, line: Line, *args: Any, **kwargs: Any) -> None:
        self.line = line
        super().__init__(*args, **kwargs)


class _Encrypted(_OnALine, HTTPSConnection):
    def __init__(self, line: Line, *args: Any, **kwargs: Any) -> None:
        self.line = line
        super().__init__(*args, **kwargs)


def _pool(kind: Any, connection: Callable[..., Any], line: Line, *args: Any, **kwargs: Any) -> Any:
    pool = kind(*args, **kwargs)
    pool.ConnectionCls = partial(connection, line)
    return pool


class OneRequest(HTTPAdapter):
    """A requests adapter whose connections go out on `line`; good for one request."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self._lead(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        self._lead(manager)
        return manager

    def _lead(self, manager: Any) -> None:
        manager.pool_classes_by_scheme = {
            "http": partial(_pool, HTTPConnectionPool, _Plain, self._line),
            "https": partial(_pool, HTTPSConnectionPool, _Encrypted, self._line),
        }
