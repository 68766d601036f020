"""Starting the processes of the fault tests."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.live import Process
from tests.servers import HOST, ROOT, free_port
from tools.serve import commands, die_with_parent

# The protocol's waiting times in seconds, scaled down where nobody but the dead would be late.
LEASE, SETTLE = 1.0, 0.2
SCALED = {"BLUELAMP_LEASE": str(LEASE), "BLUELAMP_SETTLE": str(SETTLE)}


def environment(url: str, folder: Path, **more: str) -> dict[str, str]:
    """What a process needs to work on the database at `url`, with its data in `folder`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": url,
        "BLUELAMP_DATA": str(folder),
        **more,
    }


@dataclass
class Workers:
    """Processes of `tests.faults.worker`."""

    process: subprocess.Popen[str]
    pids: list[int]

    def ended(self) -> dict[int, int]:
        """How each process ended, once all have: 0, or the signal that killed it, negative."""
        said = self._line()
        return {int(pid): code for pid, code in json.loads(said).items()}

    def _line(self) -> str:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        return line


@contextlib.contextmanager
def workers(url: str, folder: Path, *arguments: str, **more: str) -> Iterator[Workers]:
    """Start dispatching processes; they are gone when the block is left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.worker", *arguments],
        cwd=ROOT,
        env=environment(url, folder, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=die_with_parent(),  # noqa: PLW1509
    )
    try:
        started = Workers(process, [])
        started.pids = json.loads(started._line())
        yield started
    finally:
        process.kill()
        process.communicate()


def deaths(folder: Path) -> list[tuple[int, str]]:
    """Who wrote that it was about to die, and where."""
    record = folder / "deaths"
    lines = record.read_text().splitlines() if record.exists() else []
    return [(int(pid), place) for pid, place in (line.split() for line in lines)]


@dataclass(frozen=True)
class Approvals:
    """What `tests.faults.approver` said."""

    seconds: list[float]
    senders: int
    stuck: bool


def approve_all(url: str, folder: Path, broker: str) -> Approvals:
    """Let a person approve all that waits, in a process whose broker is at that address."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.approver"],
        cwd=ROOT,
        # Due at once, so that every approval also wakes the workers.
        env=environment(url, folder, REDIS_URL=broker, BLUELAMP_STOP_WINDOW="0"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return Approvals(**json.loads(done.stdout))


@contextlib.contextmanager
def celery_worker(url: str, folder: Path, broker: str, **more: str) -> Iterator[Process]:
    """A real Celery worker as this machine runs it; stopped when the block is left."""
    worker = Process(
        "worker",
        commands(0)["worker"],
        environment(url, folder, REDIS_URL=broker, **more),
        folder / "worker.log",
    )
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def nowhere() -> str:
    """The address of a broker that is not there."""
    return f"redis://{HOST}:{free_port()}/0"
