"""What `make run` starts: how it begins, how it ends, and what it says in between."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from tests.servers import ROOT, free_port
from tools import serve

STOPS_WITHIN = 5.0


@dataclass
class Demonstration:
    """A `make run` of one's own, with data of its own."""

    data: Path
    port: int = field(default_factory=free_port)
    said: str = ""
    wishes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.started = time.monotonic()
        self.make = subprocess.Popen(
            ["make", "run"],
            cwd=ROOT,
            env={
                **{k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")},
                "BLUELAMP_DATA": str(self.data),
                "PORT": str(self.port),
                **self.wishes,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._listen, daemon=True)
        self.reader.start()

    def _listen(self) -> None:
        assert self.make.stdout
        for line in self.make.stdout:
            self.said += line

    def wait_for(self, words: str, *, within: float = 80.0) -> None:
        end = time.monotonic() + within
        while words not in self.said:
            ended = self.make.poll() is not None and not self.reader.is_alive()
            assert not ended, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.05)

    def wait_until_up(self) -> None:
        self.wait_for("Press Ctrl-C to stop it.")

    def processes(self) -> dict[str, psutil.Process]:
        """What runs on this data now, by its part in the tree."""
        found = {}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get("BLUELAMP_DATA") == str(self.data):
                    found[part(process.cmdline())] = process
        return found

    def wait_until_gone(self) -> float:
        """The seconds until nothing of it ran any more; fails after five."""
        start = time.monotonic()
        while left := self.processes():
            assert time.monotonic() - start < STOPS_WITHIN, (left, self.said)
            time.sleep(0.05)
        self.make.wait(1)
        self.reader.join(1)
        return time.monotonic() - start

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.make.pid, signal.SIGKILL)
        for process in self.processes().values():
            with contextlib.suppress(psutil.Error):
                process.kill()
        self.make.wait()
        self.reader.join(2)
        assert self.make.stdout
        self.make.stdout.close()


def part(command: list[str]) -> str:
    for name in ("tools.serve", "gunicorn", "worker", "beat", "migrate", "demo"):
        if name in command:
            return name
    return " ".join(command)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for the whole module: the later starts find it seeded."""
    return tmp_path_factory.mktemp("demonstration")


@pytest.fixture
def demonstration(data: Path) -> Iterator[Demonstration]:
    started = Demonstration(data)
    yield started
    started.close()


class TestStopping:
    def test_ctrl_c_reaches_the_group_and_everything_ends(
        self, demonstration: Demonstration
    ) -> None:
        demonstration.wait_until_up()
        running = demonstration.processes()
        assert {"tools.serve", "gunicorn", "worker", "beat"} <= set(running)
        address = re.search(r"http://127\.0\.0\.1:\d+", demonstration.said)
        assert address
        assert serve.answers(address.group() + "/health/")
        os.killpg(demonstration.make.pid, signal.SIGINT)
        demonstration.wait_until_gone()
        assert "Blue Lamp has stopped." in demonstration.said
        assert "Traceback" not in demonstration.said

    def test_term_to_the_supervisor_alone_ends_everything_and_is_no_failure(
        self, demonstration: Demonstration
    ) -> None:
        demonstration.wait_until_up()
        demonstration.processes()["tools.serve"].terminate()
        demonstration.wait_until_gone()
        assert demonstration.make.returncode == 0

    def test_term_to_the_group_ends_everything_and_a_dead_child_was_replaced(
        self, demonstration: Demonstration
    ) -> None:
        demonstration.wait_until_up()
        before = demonstration.processes()["beat"]
        before.kill()
        demonstration.wait_for("beat stopped by itself (signal 9); starting it again")
        end = time.monotonic() + 10
        while demonstration.processes().get("beat", before).pid == before.pid:
            assert time.monotonic() < end
            time.sleep(0.1)
        os.killpg(demonstration.make.pid, signal.SIGTERM)
        demonstration.wait_until_gone()

    def test_a_killed_supervisor_leaves_nothing(self, demonstration: Demonstration) -> None:
        if not sys.platform.startswith("linux"):
            pytest.skip("only Linux ends the children of a killed process")
        demonstration.wait_until_up()
        demonstration.processes()["tools.serve"].kill()
        demonstration.wait_until_gone()


class TestAnEmptyOne:
    def test_gives_the_link_to_set_up_a_force(self, tmp_path: Path) -> None:
        empty = Demonstration(tmp_path, wishes={"EMPTY": "1"})
        try:
            empty.wait_until_up()
            link = re.search(r"http://127\.0\.0\.1:\d+/start/\S+/", empty.said)
            assert link
            # The page is there, and nobody of the demonstration is.
            assert serve.answers(link.group())
            with urllib.request.urlopen(f"http://127.0.0.1:{empty.port}/") as start:
                assert b"Sign in as" not in start.read()
            os.killpg(empty.make.pid, signal.SIGINT)
            empty.wait_until_gone()
        finally:
            empty.close()


def say_of(*, data: Path, **environment: str) -> tuple[int, str]:
    """Exit code and words of a supervisor that ends by itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.serve"],
        cwd=ROOT,
        env={**os.environ, "BLUELAMP_DATA": str(data), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


class TestNotStarting:
    def test_a_port_in_use_is_one_sentence_with_a_way_out(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            code, said = say_of(data=tmp_path, PORT=str(port))
        assert code == 1
        assert said == (
            f"Port {port} is in use by another program: stop that one,"
            " or choose another port: PORT=8001 make run.\n"
        )
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "8000.0", "²"])
    def test_a_port_that_is_none_is_one_sentence(self, port: str, tmp_path: Path) -> None:
        code, said = say_of(data=tmp_path, PORT=port)
        assert code == 1
        assert said.startswith(f"PORT is {port!r}, which is no port")
        assert said.count("\n") == 1

    def test_data_that_cannot_be_read_is_told_and_nothing_is_left(self, tmp_path: Path) -> None:
        (tmp_path / "bluelamp.sqlite3").write_text("this is no database, it is a note\n" * 100)
        code, said = say_of(data=tmp_path, PORT=str(free_port()))
        assert code == 1
        assert "The database could not be made ready: `manage.py migrate` failed" in said
        assert "make reset" in said

    def test_a_web_server_that_does_not_start_stops_the_rest(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(serve, "prepare_data", lambda _, **__: True)
        monkeypatch.setattr(
            serve,
            "commands",
            lambda _: {
                "web": [sys.executable, "-c", "raise SystemExit('no such module: config')"],
                "worker": [sys.executable, "-c", "import time; time.sleep(60)"],
            },
        )
        environment = {"BLUELAMP_DATA": str(tmp_path), "PORT": str(free_port())}
        with (
            keep_signals(),
            pytest.raises(serve.Trouble, match="web server did not start") as told,
        ):
            serve.serve(environment)
        assert "no such module: config" in str(told.value)


@contextlib.contextmanager
def keep_signals() -> Iterator[None]:
    """Give the supervisor's signal handlers back afterwards: here it is a guest."""
    before = {signum: signal.getsignal(signum) for signum in serve.STOP_SIGNALS}
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        for signum, handler in before.items():
            signal.signal(signum, handler)


class TestEnvironment:
    @pytest.mark.parametrize(
        ("name", "meddles"),
        [("CELERY_BROKER_URL", True), ("GUNICORN_CMD_ARGS", True), ("PATH", False)],
    )
    def test_settings_of_other_projects_do_not_reach_the_children(
        self, name: str, *, meddles: bool
    ) -> None:
        assert serve.meddles(name) is meddles
