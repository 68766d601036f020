from collections.abc import Iterator

import pytest

from tests.publishing.bluesky.platform import Bluesky
from tests.publishing.fake_bluesky import FakeBluesky


@pytest.fixture
def fake() -> Iterator[FakeBluesky]:
    with FakeBluesky() as fake:
        yield fake


@pytest.fixture
def bluesky(fake: FakeBluesky) -> Bluesky:
    return Bluesky(fake)
