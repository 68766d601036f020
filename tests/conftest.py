"""Fixtures that the whole suite shares, and the wall that keeps it on this machine."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browsers, loud, servers
from tests.live import Live, live_server

# A slow day is no fault.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

IN_ONE_PROCESS = {
    # One live server for all journeys; the processes of `make run` share the machine badly.
    "tests/journeys": "journeys",
    "tests/tooling": "tooling",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests that share something costly in one process of the run."""
    for item in items:
        folder = item.path.relative_to(servers.ROOT).as_posix()
        for start, group in IN_ONE_PROCESS.items():
            if folder.startswith(f"{start}/") and not item.get_closest_marker("xdist_group"):
                item.add_marker(pytest.mark.xdist_group(group))


# --- the network


def is_here(address: Any) -> bool:
    """Is that the address of a socket file or of this machine's loopback?"""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def _stay_on_this_machine() -> Iterator[None]:
    """Refuse every connection and every look-up that would leave this machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    look_up = socket.getaddrinfo

    def refuse(address: Any) -> None:
        if not is_here(address):
            raise RuntimeError(f"A test wanted to reach {address}, which is not this machine.")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None:
            refuse((host.decode() if isinstance(host, bytes) else host,))
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


# --- databases


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Clone the test database of each process from the migrated one instead of migrating again."""
    database = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        return
    database["TEST"]["TEMPLATE"] = servers.migrated_template()
    # The transaction that pytest puts around a test is none of the product's, and may wait; every
    # database of a test's own has production's time-outs.
    asked = database["OPTIONS"]["options"]
    patient = f"{asked} -c idle_in_transaction_session_timeout=0"
    database["OPTIONS"] = {**database["OPTIONS"], "options": patient}


@pytest.fixture
def fresh_database() -> Iterator[str]:
    """The DATABASE_URL of a PostgreSQL database of one's own, every migration applied."""
    with servers.fresh_database() as url:
        yield url


@pytest.fixture
def fresh_file(tmp_path: Any) -> str:
    """The DATABASE_URL of a SQLite file of one's own, every migration applied."""
    return servers.fresh_file(tmp_path)


@pytest.fixture(scope="session", autouse=True)
def _flush_in_spite_of_triggers() -> Iterator[None]:
    """Let Django empty the tables after a test with real commits.

    The product's triggers refuse that; only a superuser of the database can pass them over.
    """
    original = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, *args: Any, **kwargs: Any) -> list[str]:
        statements = original(self, *args, **kwargs)
        return [
            "SET LOCAL session_replication_role = 'replica'",
            *statements,
            "SET LOCAL session_replication_role = 'origin'",
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture(autouse=True)
def _forget_the_trail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process remembers how far it has read the trail; each test has a trail of its own."""
    from publishing.services import watching

    monkeypatch.setattr(watching, "_trail", watching.TrailWatch())


# --- templates


@pytest.fixture(autouse=True)
def _templates_find_what_they_name() -> Iterator[None]:
    """Fail the test during which one of our templates named what was not there."""
    yield
    missing = loud.heard()
    # A message of its own: pytest explains asserts only in the tests themselves.
    assert not missing, "\n".join(missing)


# --- people at their screens


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the process."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which makes Django refuse its ORM here.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = browsers.launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def live() -> Iterator[Live]:
    """Blue Lamp with the demonstration force in it, a web server and a worker."""
    with live_server() as running:
        yield running


@pytest.fixture
def base_url(request: pytest.FixtureRequest) -> str:
    """Where relative addresses lead: the live server. Override it to go elsewhere."""
    running: Live = request.getfixturevalue("live")
    return running.url


@pytest.fixture
def page(browser: Browser, base_url: str) -> Iterator[Page]:
    """A tab at a desk. The test fails at its end when a page caused a complaint."""
    with browsers.visitor(browser, base_url=base_url) as somebody:
        yield somebody.page()


@pytest.fixture
def phone(browser: Browser, base_url: str) -> Iterator[Page]:
    """A tab on a phone, likewise."""
    with browsers.visitor(browser, base_url=base_url, size=browsers.PHONE) as somebody:
        yield somebody.page()


@pytest.fixture
def plain_page(browser: Browser, base_url: str) -> Iterator[Page]:
    """A tab at a desk without JavaScript."""
    with browsers.visitor(browser, base_url=base_url, javascript=False) as somebody:
        yield somebody.page()
