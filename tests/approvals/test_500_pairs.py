"""Two approvers who press at the same second, five hundred times: exactly one decision stands."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.models import Decision
from approvals.reasons import Reason
from approvals.services import reject
from drafts.models import Draft
from drafts.workflow import StaleDraft, State
from publishing.models import Delivery
from tests.factories import Scene, approve_it, submitted
from tests.publishing import stage
from tests.races import at_once

pytestmark = pytest.mark.timeout(300)

PAIRS = 500
TEAMS = 20


def rejected(draft: Draft, by: User) -> None:
    reject(
        draft,
        actor=by,
        revision_number=draft.revision_number,
        revision_hash=draft.content_hash,
        reason=Reason.TONE,
        sentence="No.",
        now=timezone.now(),
    )


def approved(draft: Draft, by: User) -> None:
    approve_it(draft, by=by)


class TestFiveHundredPairs:
    def test_leave_one_decision_each(self, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
        scene = Scene()
        teams = [scene.account, *(scene.other_account() for _ in range(TEAMS - 1))]
        authors = [scene.person(lpt=account.lpt) for account in teams]
        keys = [
            submitted(scene, account=teams[n % TEAMS], author=authors[n % TEAMS]).pk
            for n in range(PAIRS)
        ]
        together = Barrier(2)

        def one_side(how: Callable[[Draft, User], None], by: User) -> Callable[[], Counter[str]]:
            def decide_all() -> Counter[str]:
                ended: Counter[str] = Counter()
                for key in keys:
                    draft = Draft.objects.with_people().get(pk=key)
                    together.wait(stage.PATIENCE)
                    try:
                        how(draft, by)
                        ended["decided"] += 1
                    except StaleDraft:
                        ended["too late"] += 1
                return ended

            return decide_all

        monkeypatch.setattr(stage, "PATIENCE", 240.0)
        approving, rejecting = at_once(
            one_side(approved, scene.person(Role.COMMS_APPROVER)),
            one_side(rejected, scene.person(Role.COMMS_DUTY)),
        )
        assert (approving + rejecting) == {"decided": PAIRS, "too late": PAIRS}
        # A race that the same side always wins is none.
        assert min(approving["decided"], rejecting["decided"]) > 0
        assert Decision.objects.count() == PAIRS
        assert Decision.objects.values("draft").distinct().count() == PAIRS
        assert Delivery.objects.count() == approving["decided"]
        states = Counter(Draft.objects.values_list("state", flat=True))
        assert states == {
            State.APPROVED: approving["decided"],
            State.REJECTED: rejecting["decided"],
        }
