"""What the tests of approval routes share."""

import pytest

from accounts.models import User
from accounts.roles import Role
from tests.factories import Scene


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    scene.person(Role.COMMS_APPROVER, full_name="Priya Nair")
    scene.person(Role.COMMS_APPROVER, full_name="Joe Halloran")
    return scene.person(Role.COMMS_ADMIN, full_name="Colin Bright")
