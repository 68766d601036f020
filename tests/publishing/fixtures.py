"""Fixtures for the tests of publishing and for its fault suite."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker, Settings

from tests import servers
from tests.publishing import stage

MOCK = "publishing.backends.mock.MockPublisher"
SIMPLE = "tests.publishing.publishers"


def publishers(path: Path) -> dict[str, Any]:
    """A publisher for each thing that a platform can do, all with the ledger at `path`."""

    def publisher(backend: str, **options: Any) -> dict[str, Any]:
        return {"BACKEND": backend, "OPTIONS": {"ledger": str(path), **options}}

    return {
        "default": publisher(MOCK, ability="token"),
        "lookup": publisher(MOCK, ability="lookup"),
        "blind": publisher(MOCK, ability="blind"),
        "token": publisher(f"{SIMPLE}.TokenOnly"),
        "unreachable": publisher(f"{SIMPLE}.CannotBeAsked", ability="lookup"),
    }


@pytest.fixture(autouse=True)
def ledger(settings: Settings, tmp_path: Path) -> stage.Ledger:
    """The ledger of this test alone, and its publishers."""
    path = tmp_path / "practice-ledger.sqlite3"
    settings.PRACTICE_LEDGER = path
    settings.PUBLISHERS = publishers(path)
    return stage.Ledger(path)


@pytest.fixture
def postgres(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A PostgreSQL database of one's own behind Django's connection; yields its address."""
    with servers.fresh_database() as url, django_db_blocker.unblock(), stage.django_on(url):
        yield url


@pytest.fixture
def sqlite(django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[str]:
    """The same as a SQLite file."""
    url = servers.fresh_file(tmp_path)
    with django_db_blocker.unblock(), stage.django_on(url):
        yield url


@pytest.fixture(params=["postgres", "sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    """One after the other: whatever uses it is tested on both."""
    url: str = request.getfixturevalue(request.param)
    return url
