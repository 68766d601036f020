"""What the tests of organising share."""

import pytest

from accounts.models import User
from accounts.roles import Role
from tests.factories import Scene
from tests.publishing.fixtures import ledger

__all__ = ["ledger"]


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)
