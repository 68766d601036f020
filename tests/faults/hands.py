"""Starting the processes of the fault tests."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ROOT
from tools.serve import die_with_parent

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
