"""Workers on two machines that share PostgreSQL and Redis and nothing else of each other.

Where this may be done, each machine is a network namespace behind a wire of its own, and cutting it
off takes the wire down. Elsewhere it is a group of processes that reaches PostgreSQL and Redis
through a relay of its own, and cutting it off makes the relay hang. Either way nobody is told that
the line is dead: no connection is closed, no answer comes.
"""

import contextlib
import os
import secrets
import selectors
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.faults import hands
from tests.live import Process
from tests.servers import HOST
from tools.serve import commands

CHUNK = 65536
# What one look at the sockets waits for, in seconds.
TICK = 0.1


class Relay:
    """Hands on every connection to `host` to a port of the loopback address, until it is cut."""

    def __init__(self, host: str, port: int) -> None:
        self._to = port
        self._listener = socket.create_server((host, 0))
        self.port: int = self._listener.getsockname()[1]
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._other: dict[socket.socket, socket.socket] = {}
        self._flows, self._ended = threading.Event(), threading.Event()
        self._flows.set()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Hand on nothing more, and close nothing."""
        self._flows.clear()

    def mend(self) -> None:
        self._flows.set()

    def close(self) -> None:
        self._ended.set()
        self._flows.set()
        self._thread.join()
        for end in [self._listener, *self._other]:
            end.close()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._flows.wait()
            for key, _ in self._selector.select(TICK):
                if not self._flows.is_set():
                    break
                if key.fileobj is self._listener:
                    self._take()
                else:
                    self._hand_on(key.fileobj)  # type: ignore[arg-type]

    def _take(self) -> None:
        near, _ = self._listener.accept()
        try:
            far = socket.create_connection((HOST, self._to))
        except OSError:
            near.close()
            return
        for end, other in ((near, far), (far, near)):
            self._other[end] = other
            self._selector.register(end, selectors.EVENT_READ)

    def _hand_on(self, end: socket.socket) -> None:
        other = self._other.get(end)
        if other is None:
            return
        try:
            data = end.recv(CHUNK)
            if data:
                other.sendall(data)
                return
        except OSError:
            pass
        for gone in (end, other):
            self._selector.unregister(gone)
            del self._other[gone]
            gone.close()


@dataclass
class Machine:
    """One machine: its name, how it reaches the servers, and what runs on it."""

    name: str
    relays: dict[int, Relay]
    address: str
    # The words before a command that is to run there, and the wire that leads there.
    prefix: list[str] = field(default_factory=list)
    wire: str = ""

    def url(self, url: str) -> str:
        """A server's address as this machine reaches it."""
        parts = urlsplit(url)
        assert parts.port
        place = f"{self.address}:{self.relays[parts.port].port}"
        login, at, _ = parts.netloc.rpartition("@")
        return urlunsplit(parts._replace(netloc=f"{login}{at}{place}"))

    @contextlib.contextmanager
    def worker(self, database: str, broker: str, folder: Path, **more: str) -> Iterator[Process]:
        """A real Celery worker on it; `folder` holds the ledger, which stands for the platform."""
        reached = {"REDIS_URL": self.url(broker), "BLUELAMP_TEST_HOST": self.name, **more}
        reached["DJANGO_SETTINGS_MODULE"] = "tests.faults.on_a_host"
        worker = Process(
            self.name,
            [*self.prefix, *commands(0)["worker"], "--hostname", f"celery@{self.name}"],
            hands.environment(self.url(database), folder, **reached),
            folder / f"{self.name}.log",
        )
        worker.start()
        try:
            yield worker
        finally:
            worker.kill()

    def cut_off(self) -> None:
        """Nothing gets there or back any more, and nobody is told."""
        if self.wire:
            _run("ip", "link", "set", self.wire, "down")
            return
        for relay in self.relays.values():
            relay.cut()

    def join_again(self) -> None:
        if self.wire:
            _run("ip", "link", "set", self.wire, "up")
            return
        for relay in self.relays.values():
            relay.mend()


@contextlib.contextmanager
def machines(names: tuple[str, ...], *urls: str, networks: bool) -> Iterator[list[Machine]]:
    """Machines of these names that reach the servers at `urls`."""
    ports = [port for url in urls if (port := urlsplit(url).port)]
    with contextlib.ExitStack() as stack:
        made = []
        for number, name in enumerate(names):
            address, prefix, wire = HOST, list[str](), ""
            if networks:
                address, prefix, wire = stack.enter_context(_network(number))
            relays = {port: Relay(address, port) for port in ports}
            for relay in relays.values():
                stack.callback(relay.close)
            made.append(Machine(name, relays, address, prefix, wire))
        yield made


def may_make_networks() -> bool:
    """Whether network namespaces and wires may be made here."""
    try:
        with _network(0) as (_, prefix, _):
            _run(*prefix, "true")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


@contextlib.contextmanager
def _network(number: int) -> Iterator[tuple[str, list[str], str]]:
    """A namespace with a wire to it: our address on the wire, a command's prefix, our end."""
    tag = secrets.token_hex(3)
    space, ours, theirs = f"bluelamp-{tag}", f"bl{tag}0", f"bl{tag}1"
    # Test runs at the same time keep apart; the range is the one for measuring networks.
    net = f"198.{18 + number % 2}.{os.getpid() % 250}"
    here, there = f"{net}.{4 * number + 1}", f"{net}.{4 * number + 2}"
    _run("ip", "netns", "add", space)
    try:
        _run("ip", "link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", space)
        _run("ip", "address", "add", f"{here}/30", "dev", ours)
        _run("ip", "link", "set", ours, "up")
        inside = ["ip", "netns", "exec", space]
        for words in (f"address add {there}/30 dev {theirs}", f"link set {theirs} up"):
            _run(*inside, "ip", *words.split())
        yield here, inside, ours
    finally:
        _run("ip", "netns", "delete", space)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=20)
