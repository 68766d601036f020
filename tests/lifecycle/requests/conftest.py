"""What the tests of requests for accounts share."""

import pytest

from accounts.models import User
from accounts.roles import Role
from tests.factories import Scene


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def supervisor(scene: Scene) -> User:
    return scene.person(Role.LPT_SUPERVISOR)


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)
