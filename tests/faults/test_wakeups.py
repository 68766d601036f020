"""Approving while the broker is there, refuses, or hangs."""

from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest
import redis

from accounts.roles import Role
from publishing.workflow import State
from tests import factories, servers
from tests.faults import hands
from tests.publishing import stage

pytestmark = pytest.mark.xdist_group("processes")
APPROVALS = 15
AT_MOST = 0.1


class TestAnApproval:
    @pytest.fixture
    def approve(self, postgres: str, tmp_path: Path) -> Callable[[str], hands.Approvals]:
        """Hand in some drafts and let a person approve them, with the broker at an address."""
        scene = factories.Scene()
        author = scene.person()
        scene.person(Role.COMMS_APPROVER)

        def approve_with(broker: str) -> hands.Approvals:
            for _ in range(APPROVALS):
                factories.submitted(scene, author=author)
            return hands.approve_all(postgres, tmp_path, broker)

        return approve_with

    def test_never_waits_for_the_broker(self, approve: Callable[[str], hands.Approvals]) -> None:
        with servers.extra_redis() as server:
            up = approve(server.url)
            with redis.Redis.from_url(server.url) as client:
                waiting = client.llen("bluelamp")
            server.pause()
            hangs = approve(server.url)
        refuses = approve(hands.nowhere())

        # The instrument is right: wake-ups are sent, by one thread.
        assert waiting
        assert (up.senders, up.stuck) == (1, False)
        for without in (hangs, refuses):
            # The thread is still at it, and would have kept the person waiting.
            assert (without.senders, without.stuck) == (1, True)
            assert len(without.seconds) == len(up.seconds) == APPROVALS
            assert median(without.seconds) - median(up.seconds) <= AT_MOST
        assert stage.states() == {State.QUEUED: 3 * APPROVALS}
