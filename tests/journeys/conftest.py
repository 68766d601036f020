"""Journeys: what people do in a real browser, with a real web server, worker and database."""

from collections.abc import Iterator

import pytest

from tests.live import Live, live_server
from tests.publishing.fake_x import FakeX

# Seconds in which an approval can be stopped: a minute would make every journey wait.
STOP_WINDOW = "2"


@pytest.fixture(scope="session")
def x() -> Iterator[FakeX]:
    """The X that accounts can be connected with."""
    with FakeX() as x:
        yield x


@pytest.fixture(scope="session")
def live(x: FakeX) -> Iterator[Live]:
    with live_server(BLUELAMP_STOP_WINDOW=STOP_WINDOW, BLUELAMP_FAKE_X=x.url) as running:
        x.callbacks.add(f"{running.url}/connections/back/")
        yield running
