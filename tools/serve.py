"""Serves the demonstration: what `make run` starts once everything is installed.

One process tree: web, worker and beat, each a child in a session of its own, so that Ctrl-C
reaches this process alone and every child gets exactly one signal. The data lies in
`BLUELAMP_DATA` (default: `var`) and is still there at the next start.

Standard library only.
"""

import contextlib
import ctypes
import fcntl
import http.client
import os
import re
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
# Children get this long for a clean end; all in all a stop takes no more than five seconds.
GRACE = 4.0
READY_WITHIN = 60.0
LONGEST_PAUSE = 30.0
# A child that has run this long is a healthy one again.
HEALTHY_AFTER = 60.0
LOG_LIMIT = 5 * 1024 * 1024
# What a task printed is no warning, though Celery logs it as one.
WORTH_SHOWING = re.compile(rb"\b(WARNING|ERROR|CRITICAL)\b(?! celery\.redirected)")
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Trouble(Exception):
    """Something that only the reader can put right; the text says what to do."""


def say(text: str) -> None:
    """Tell the person, unless their terminal has gone."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


def die_with_parent(signum: int = signal.SIGKILL) -> Callable[[], None] | None:
    """What a child calls before it becomes another program, so that it never outlives us.

    For `preexec_fn` of subprocess; None where the system has no such thing (only Linux has).
    """
    if not sys.platform.startswith("linux"):
        return None
    # Looked up before the fork: a child may not take locks of the loader.
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()
    pr_set_pdeathsig = 1

    def ask_the_kernel() -> None:
        prctl(pr_set_pdeathsig, signum, 0, 0, 0)
        if os.getppid() != parent:  # it died in between
            os.kill(os.getpid(), signum)

    return ask_the_kernel


def wished_port(environment: Mapping[str, str]) -> int:
    """The port to serve at, from PORT; raises Trouble when that is no port."""
    text = environment.get("PORT", "") or "8000"
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise Trouble(
            f"PORT is {text!r}, which is no port: choose a number from 1024 to 65535,"
            " for example PORT=8001 make run."
        )
    return int(text)


def check_port(port: int) -> None:
    """Raise Trouble when nothing can be served at that port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise Trouble(
                f"Port {port} is not yours to use: choose one from 1024 up,"
                " for example PORT=8001 make run."
            ) from None
        except OSError:
            other = 8001 if port != 8001 else 8002
            raise Trouble(
                f"Port {port} is in use by another program: stop that one,"
                f" or choose another port: PORT={other} make run."
            ) from None


@dataclass
class Child:
    """One process of the tree, restarted when it ends by itself."""

    name: str
    command: Sequence[str]
    log: IO[bytes]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float | None = None
    pause: float = 1.0
    rest: bytes = b""

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self.process.pid if self.process else None


@dataclass
class Supervisor:
    """Starts the children, passes on what they say, starts again those that die, stops all."""

    environment: Mapping[str, str]
    logs: Path
    children: list[Child] = field(default_factory=list)
    stop_wanted: bool = False

    def __post_init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        # A signal writes a byte here, so that waiting in select() ends at once.
        self._wake_up, wake_up = socket.socketpair()
        self._wake_up.setblocking(False)
        wake_up.setblocking(False)
        self._selector.register(self._wake_up, selectors.EVENT_READ)
        self._keep = wake_up
        signal.set_wakeup_fd(wake_up.fileno(), warn_on_full_buffer=False)
        for signum in STOP_SIGNALS:
            signal.signal(signum, self._wish_stop)

    def _wish_stop(self, _signum: int, _frame: object) -> None:
        self.stop_wanted = True

    def add(self, name: str, command: Sequence[str]) -> Child:
        """Prepare a child; `start` starts it."""
        child = Child(name, command, open_log(self.logs / f"{name}.log"))
        self.children.append(child)
        return child

    def start(self, child: Child) -> None:
        """Start it in its own session, its output coming here."""
        child.process = subprocess.Popen(
            child.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # Safe: this process has one thread, and the function takes no lock.
            preexec_fn=die_with_parent(),  # noqa: PLW1509
        )
        child.started_at = time.monotonic()
        child.start_again_at = None
        assert child.process.stdout is not None
        os.set_blocking(child.process.stdout.fileno(), False)
        self._selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def turn(self, seconds: float) -> None:
        """Pass on what the children say for up to that long; returns early on a signal."""
        for key, _ in self._selector.select(seconds):
            if isinstance(key.data, Child):
                self._pass_on(key.data)
            else:
                with contextlib.suppress(BlockingIOError):
                    self._wake_up.recv(4096)

    def _pass_on(self, child: Child) -> bool:
        """Write what it said to its log, and warnings to the screen under its name.

        False when it had nothing to say.
        """
        assert child.process is not None
        assert child.process.stdout is not None
        if child.process.stdout.closed:
            return False
        try:
            said = os.read(child.process.stdout.fileno(), 65536)
        except BlockingIOError:
            return False
        if not said:
            self._close(child.process.stdout)
            return False
        child.log.write(said)
        *lines, child.rest = (child.rest + said).split(b"\n")
        for line in lines:
            if WORTH_SHOWING.search(line):
                say(f"{child.name:>6} | {line.decode(errors='replace')}")
        return True

    def _close(self, output: IO[bytes]) -> None:
        """Listen to it no more."""
        self._selector.unregister(output)
        output.close()

    def run_to_end(self, name: str, command: Sequence[str]) -> int | None:
        """Run a command that ends by itself; its exit code, None when a stop was wished."""
        child = self.add(name, command)
        self.start(child)
        assert child.process is not None
        while child.process.poll() is None and not self.stop_wanted:
            self.turn(0.1)
        if self.stop_wanted:
            return None
        self._let_go(child)
        child.log.close()
        self.children.remove(child)
        return child.process.returncode

    def _let_go(self, child: Child) -> None:
        """Drain what an ended child still said, and end what it left behind."""
        process = child.process
        if process is None or process.stdout is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        while self._pass_on(child):
            pass
        if not process.stdout.closed:
            self._close(process.stdout)

    def bury(self, child: Child, now: float) -> int | None:
        """When it has ended by itself: plan its next start and return its exit code."""
        process = child.process
        if process is None or process.poll() is None:
            return None
        self._let_go(child)
        child.process = None
        if now - child.started_at > HEALTHY_AFTER:
            child.pause = 1.0
        child.start_again_at = now + child.pause
        return process.returncode

    def watch(self) -> None:
        """Keep the children alive until a stop is wished."""
        while not self.stop_wanted:
            self.turn(0.5)
            now = time.monotonic()
            for child in self.children:
                code = self.bury(child, now)
                if code is not None:
                    say(
                        f"{child.name} stopped by itself ({ending(code)}); starting it again in"
                        f" {child.pause:.0f} s. What it said is in {shown(child.log)}."
                    )
                    child.pause = min(child.pause * 2, LONGEST_PAUSE)
                if child.start_again_at is not None and now >= child.start_again_at:
                    self.start(child)

    def stop(self) -> None:
        """End every child: one TERM each, and a KILL for what is left after the grace."""
        running = [child for child in self.children if child.process is not None]
        for child in running:
            signal_child(child, signal.SIGTERM)
        end = time.monotonic() + GRACE
        while time.monotonic() < end and any(alive(child) for child in running):
            self.turn(0.05)
        for child in running:
            assert child.process is not None
            if alive(child):
                child.log.write(f"Killed: it took longer than {GRACE:.0f} s to stop.\n".encode())
            self._let_go(child)
            child.process.wait()
        signal.set_wakeup_fd(-1)
        self._selector.close()
        self._wake_up.close()
        self._keep.close()
        for child in self.children:
            child.log.close()


def alive(child: Child) -> bool:
    """Does its process still run?"""
    return child.process is not None and child.process.poll() is None


def signal_child(child: Child, signum: int) -> None:
    """Signal the child itself, which passes it on to its own children as it sees fit."""
    if child.process is not None:
        child.process.send_signal(signum)


def ending(code: int) -> str:
    """How a process ended, in words."""
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def open_log(path: Path) -> IO[bytes]:
    """The log to append to; one that has grown large is set aside first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".old.log"))
    return path.open("ab", buffering=0)


def shown(log: IO[bytes] | Path) -> str:
    """A path as short as it can be told to someone standing in the project's folder."""
    path = Path(log if isinstance(log, Path) else str(log.name))
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def last_lines(path: Path, count: int = 15) -> str:
    """The end of a log, to be shown to the person."""
    return "\n".join(path.read_text(errors="replace").splitlines()[-count:])


def answers(url: str) -> bool:
    """Does the web server say that it is up?"""
    # Straight to this machine, whatever proxy the environment names.
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with straight.open(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (OSError, http.client.HTTPException):
        return False


@contextlib.contextmanager
def only_one(data: Path) -> Iterator[bool]:
    """True for the first supervisor that uses this data folder, false for any other."""
    with (data / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def empty(folder: Path) -> None:
    """Remove the messages a killed worker left; they carry nothing but a wake-up."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)


def meddles(name: str) -> bool:
    """Would Celery or gunicorn take that variable, meant for another project, as theirs?"""
    return name.startswith(("CELERY_", "GUNICORN_"))


def commands(port: int) -> dict[str, list[str]]:
    """The processes of Blue Lamp as this machine runs them, by name."""
    python = sys.executable
    return {
        "web": [
            *(python, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}"),
            *("--worker-class", "gthread", "--workers", "1", "--threads", "8"),
            # No socket in the home folder, and no lingering over open pages.
            *("--no-control-socket", "--graceful-timeout", "2"),
        ],
        "worker": [
            *(python, "-m", "celery", "-A", "config", "worker", "--pool=threads"),
            *("--concurrency=4", "--without-mingle", "--without-gossip", "--loglevel=INFO"),
        ],
        "beat": [
            *(python, "-m", "celery", "-A", "config", "beat"),
            *("--scheduler", "celery.beat:Scheduler", "--loglevel=INFO", "--pidfile="),
        ],
    }


def prepare_data(supervisor: Supervisor, *, is_empty: bool) -> bool:
    """Bring the database up to date and seed it; false when a stop was wished meanwhile."""
    for arguments in (["migrate", "--no-input"], *([] if is_empty else [["demo"]])):
        code = supervisor.run_to_end("setup", [sys.executable, "manage.py", *arguments])
        if code is None:
            return False
        if code != 0:
            log = supervisor.logs / "setup.log"
            raise Trouble(
                f"{last_lines(log)}\n\nThe database could not be made ready: `manage.py"
                f" {arguments[0]}` failed as shown above. All it said is in {shown(log)}; to"
                " start afresh without the data there is, run make reset."
            )
    return True


def link_to_start(supervisor: Supervisor) -> str:
    """The link with which a force is set up in the browser."""
    command = [sys.executable, "manage.py", "startlink"]
    done = subprocess.run(
        command, cwd=ROOT, env=supervisor.environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Trouble(f"{done.stderr}\n\nThe link to set up a force could not be made.")
    return done.stdout.strip()


def wait_until_up(supervisor: Supervisor, web: Child, url: str) -> bool:
    """Wait for the web server's answer; false when a stop was wished meanwhile."""
    end = time.monotonic() + READY_WITHIN
    while not supervisor.stop_wanted:
        if not alive(web) or time.monotonic() > end:
            log = supervisor.logs / "web.log"
            supervisor.turn(0.1)
            raise Trouble(
                f"{last_lines(log)}\n\nThe web server did not start, so everything was stopped."
                f" All it said is in {shown(log)}."
            )
        if answers(url + "/health/"):
            return True
        supervisor.turn(0.1)
    return False


def serve(environment: Mapping[str, str]) -> None:
    """Serve until a stop is wished; raises Trouble when that cannot be."""
    port = wished_port(environment)
    check_port(port)
    is_empty = bool(environment.get("EMPTY"))
    usual = ROOT / "var" / "empty" if is_empty else ROOT / "var"
    data = Path(environment.get("BLUELAMP_DATA") or usual).resolve()
    data.mkdir(parents=True, exist_ok=True)
    supervisor = Supervisor(
        environment={
            **{name: value for name, value in environment.items() if not meddles(name)},
            "BLUELAMP_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PORT": str(port),
            "PYTHONUNBUFFERED": "1",
        },
        logs=data / "log",
    )
    with only_one(data) as alone:
        try:
            say("Starting Blue Lamp ...")
            # A second Blue Lamp on the same data leaves the first one's messages alone.
            if alone:
                empty(data / "broker")
            if not prepare_data(supervisor, is_empty=is_empty):
                return
            children = {name: supervisor.add(name, c) for name, c in commands(port).items()}
            for child in children.values():
                supervisor.start(child)
            url = f"http://{HOST}:{port}"
            if wait_until_up(supervisor, children["web"], url):
                address = link_to_start(supervisor) if is_empty else url
                say(
                    "\nBlue Lamp is running. Open this address in a browser:\n\n"
                    f"    {address}\n\n"
                    f"Mail is not sent: read it at {url}/practice-mail/\n"
                    f"Press Ctrl-C to stop it. Logs are in {shown(supervisor.logs)}.\n"
                )
                supervisor.watch()
        finally:
            supervisor.stop()


def main() -> int:
    """Serve; 0 after a wished stop, 1 with a sentence when something is in the way."""
    try:
        serve(os.environ)
    except Trouble as trouble:
        print(trouble, file=sys.stderr, flush=True)
        return 1
    except OSError as error:
        print(f"Blue Lamp could not start: {error}.", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        # Before the supervisor was there to take the signal: nothing has been started.
        return 0
    say("Blue Lamp has stopped.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
