"""Journeys: what people do in a real browser, with a real web server, worker and database."""

from collections.abc import Iterator

import pytest

from tests.live import Live, live_server

# Seconds in which an approval can be stopped: a minute would make every journey wait.
STOP_WINDOW = "2"


@pytest.fixture(scope="session")
def live() -> Iterator[Live]:
    with live_server(BLUELAMP_STOP_WINDOW=STOP_WINDOW) as running:
        yield running
