from collections.abc import Iterator

import pytest

from tests.publishing.fake_x import FakeX
from tests.publishing.x.platform import X


@pytest.fixture
def x() -> Iterator[FakeX]:
    with FakeX() as x:
        yield x


@pytest.fixture
def by_oauth2(x: FakeX) -> X:
    return X(x, "oauth2")


@pytest.fixture
def by_oauth1(x: FakeX) -> X:
    return X(x, "oauth1")
