"""The HTTP side of a fake platform: requests, answers, and what may happen instead of one."""

import json
import re
import socket
import struct
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Protocol, Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Reply:
    """An answer with a JSON body."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


class Trouble(Enum):
    """What can happen to a connection instead of an answer."""

    SILENCE = auto()
    RESET = auto()
    GARBAGE = auto()


def problem(status: int, title: str, detail: str, kind: str = "", **headers: str) -> Reply:
    """An error as the API words it; `kind` is the last part of the address of its type."""
    address = f"https://api.twitter.com/2/problems/{kind}" if kind else "about:blank"
    body = {"title": title, "detail": detail, "type": address, "status": status}
    return Reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


@dataclass(frozen=True)
class Fault:
    """`path` begins with; `done` says whether the request is carried out all the same."""

    what: Reply | Trouble
    method: str
    path: str
    done: bool


@dataclass(frozen=True)
class Request:
    """What came in."""

    method: str
    path: str
    query_string: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        """The query as names and values."""
        return dict(parse_qsl(self.query_string))

    def json(self) -> dict[str, Any]:
        """The body as an object; empty when it is none."""
        found = json.loads(self.body) if self.body else {}
        return found if isinstance(found, dict) else {}

    def parts(self) -> dict[str, bytes]:
        """The fields of a multipart body."""
        boundary = self.headers["content-type"].partition("boundary=")[2].encode()
        found = {}
        for part in self.body.split(b"--" + boundary)[1:-1]:
            head, _, content = part.partition(b"\r\n\r\n")
            name = re.search(rb'name="([^"]+)"', head)
            assert name
            found[name[1].decode()] = content.removesuffix(b"\r\n")
        return found


class Platform(Protocol):
    """What a handler serves."""

    lock: threading.RLock
    closing: threading.Event
    faults: list[Fault]
    requests: list[tuple[str, str]]

    def answer(self, request: Request) -> Reply:
        """Carry a request out."""
        ...


class Server(ThreadingHTTPServer):
    """Closes what is in `reset` without a goodbye."""

    daemon_threads = True

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.reset: set[object] = set()

    def shutdown_request(self, request: Any) -> None:
        """Say goodbye and close."""
        if request in self.reset:
            self.close_request(request)
        else:
            super().shutdown_request(request)


class Handler(BaseHTTPRequestHandler):
    """Reads requests, lets the planned fault happen, and answers."""

    x: ClassVar["Platform"]
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  its name upstairs
        """Say nothing."""

    def _serve(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, address.path, address.query, headers, body)
        with self.x.lock:
            self.x.requests.append((request.method, request.path))
            fault = next((each for each in self.x.faults if self._is_meant(each)), None)
            if fault:
                self.x.faults.remove(fault)
            reply = self.x.answer(request) if fault is None or fault.done else None
        what = fault.what if fault else reply
        if isinstance(what, Trouble):
            self._trouble(what)
        elif what:
            self._reply(what)

    do_GET = do_POST = do_DELETE = _serve  # noqa: N815  the names that http.server calls

    def _is_meant(self, fault: Fault) -> bool:
        return fault.method == self.command and self.path.startswith(fault.path)

    def _reply(self, reply: Reply) -> None:
        content = json.dumps(reply.body).encode()
        self._head(reply.status, len(content), reply.headers)
        self.wfile.write(content)

    def _head(self, status: int, length: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _trouble(self, what: Trouble) -> None:
        self.close_connection = True
        try:
            match what:
                case Trouble.SILENCE:
                    self.x.closing.wait(60)
                case Trouble.RESET:
                    # Closing with nothing lingering is a reset, not an end.
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.server.reset.add(self.connection)
                case Trouble.GARBAGE:
                    self._head(200, 15, {})
                    self.wfile.write(b"<html>\xff\x00</html")
        except OSError:
            # Whoever asked has gone.
            return


class Served:
    """A platform that listens on a loopback port while it is used as a context manager."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.closing = threading.Event()
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str]] = []

    def __enter__(self) -> Self:
        self._server = Server(type("Bound", (Handler,), {"x": self}))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"
