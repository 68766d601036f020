"""What the tests of reminding share."""

import pytest

from tests.factories import Scene


@pytest.fixture
def scene() -> Scene:
    return Scene()
