"""Blue Lamp as people use it: a real web server and a real worker over a fresh database."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests import servers
from tools.serve import answers, commands, die_with_parent

READY_WITHIN = 40.0


@dataclass
class Process:
    """One process of Blue Lamp, in a session of its own."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its process id; raises ServerError when it does not run."""
        if self.process is None:
            raise servers.ServerError(f"{self.name} is not running.")
        return self.process.pid

    def start(self) -> None:
        """Start it, or start it again."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=servers.ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(),  # noqa: PLW1509
            )

    def signal(self, signum: int) -> None:
        """Send it a signal: SIGKILL, SIGSTOP, SIGCONT ..."""
        os.kill(self.pid, signum)

    def stop(self, *, within: float = 8.0) -> None:
        """End it in order, by force when that takes too long; nothing when it does not run."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
            self.process.send_signal(signal.SIGCONT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(within)
        self.kill()

    def kill(self) -> None:
        """Kill it and all it started, and wait until it has gone."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def said(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-4000:]


@dataclass
class Live:
    """A running Blue Lamp: `url`, its `database_url`, its processes by name."""

    url: str
    database_url: str
    redis: servers.Redis
    folder: Path
    environment: dict[str, str]
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def web(self) -> Process:
        """The gunicorn that serves the pages."""
        return self.processes["web"]

    @property
    def worker(self) -> Process:
        """The Celery worker, which also dispatches."""
        return self.processes["worker"]

    def add(self, name: str, command: list[str], **environment: str) -> Process:
        """One more process over the same data, not yet started."""
        process = Process(
            name, command, {**self.environment, **environment}, self.folder / f"{name}.log"
        )
        self.processes[name] = process
        return process

    def wait_until_up(self) -> None:
        """Return when the web server answers; raises ServerError when it does not."""
        end = time.monotonic() + READY_WITHIN
        while not answers(self.url + "/health/"):
            web = self.web.process
            if web is None or web.poll() is not None or time.monotonic() > end:
                raise servers.ServerError(f"The web server did not start:\n{self.web.said()}")
            time.sleep(0.1)

    def get(self, path: str) -> str:
        """What an anonymous person is answered at that path."""
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:  # noqa: S310
            body: bytes = answer.read()
            return body.decode()


@contextlib.contextmanager
def live_server(*, seed: bool = True, **environment: str) -> Iterator[Live]:
    """Blue Lamp with a web server, a worker, and a database and a Redis of their own.

    `seed` fills in the demonstration force; further keywords go into the environment.
    """
    with contextlib.ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="live-", dir=servers.run_folder()))
        (folder / "data").mkdir()
        database_url = stack.enter_context(servers.fresh_database())
        redis = stack.enter_context(servers.extra_redis())
        port = servers.free_port()
        running = Live(
            url=f"http://{servers.HOST}:{port}",
            database_url=database_url,
            redis=redis,
            folder=folder,
            environment={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings.test",
                "DATABASE_URL": database_url,
                "REDIS_URL": redis.url,
                "BLUELAMP_DATA": str(folder / "data"),
                "PORT": str(port),
                "BLUELAMP_SITE": f"http://{servers.HOST}:{port}",
                **environment,
            },
        )
        if seed:
            servers.manage("demo", **running.environment)
        for name, command in commands(port).items():
            running.add(name, command)
        stack.callback(stop_all, running)
        running.web.start()
        running.worker.start()
        running.wait_until_up()
        yield running


def stop_all(running: Live) -> None:
    """End every process that still runs."""
    for process in running.processes.values():
        process.stop()
