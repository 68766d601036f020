"""Fixtures of the questions about access."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker, Settings

from tests import servers
from tests.publishing.fixtures import ledger
from tests.publishing.stage import Ledger, django_on
from tests.security.world import World, make_world, publishers

__all__ = ["ledger"]


@pytest.fixture(autouse=True)
def _connects(settings: Settings, ledger: Ledger) -> None:
    settings.PUBLISHERS = publishers(ledger.path)


@pytest.fixture(scope="class")
def world(django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for many questions; each is asked in a transaction that is rolled back."""
    with servers.fresh_database() as url, django_db_blocker.unblock(), django_on(url):
        yield make_world()
