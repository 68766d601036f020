"""Who writes a post for several accounts, and who decides on it."""

import pytest

from accounts.models import SocialAccount, User
from accounts.roles import Role
from drafts.models import CentralPost
from tests.approvals.central.stage import hand_in, made
from tests.factories import Scene


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    # Whoever words it does not decide: somebody else has to be there.
    scene.person(Role.COMMS_DUTY)
    return scene


@pytest.fixture
def accounts(scene: Scene) -> list[SocialAccount]:
    return [scene.account, *(scene.other_account() for _ in range(2))]


@pytest.fixture
def writer(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER)


@pytest.fixture
def approver(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER)


@pytest.fixture
def central(accounts: list[SocialAccount], writer: User) -> CentralPost:
    """A post for three accounts that waits for its decision."""
    central = made(accounts, writer)
    hand_in(central, writer)
    return central
