"""Several people press at once, in threads and transactions of their own."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.models import Decision, Verdict
from approvals.reasons import Reason
from approvals.services import (
    OutOfTime,
    OwnDraft,
    expire_overdue,
    reject,
    reopen,
    return_for_changes,
    unschedule,
)
from drafts.models import Contribution, Draft
from drafts.services import (
    Writing,
    blocks_to_pass_over,
    content_of,
    override,
    overrides_of,
    save,
    withdraw,
)
from drafts.workflow import StaleDraft, State
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from publishing.workflow import TooLate
from tests.factories import BLOCKED, Scene, approve_it, approved, handed_in, in_, submitted, written
from tests.publishing.stage import Aside, at_statement
from tests.races import at_once

pytestmark = pytest.mark.usefixtures("postgres")

# How one side of a race ended: its own word, or the name of what it met.
Result = str
Side = Callable[[Draft], Result]


def race(draft: Draft, *sides: Side) -> list[Result]:
    """Let every side act on its own copy of `draft` at the same moment."""

    def act(side: Side) -> Result:
        try:
            return side(Draft.objects.with_people().get(pk=draft.pk))
        except (StaleDraft, TooLate, OutOfTime, PermissionDenied) as lost:
            return type(lost).__name__

    return at_once(*(partial(act, side) for side in sides))


def approving(by: User) -> Side:
    def act(draft: Draft) -> Result:
        approve_it(draft, by=by)
        return "approved"

    return act


def sending_back(how: Callable[..., None], by: User) -> Side:
    def act(draft: Draft) -> Result:
        how(
            draft,
            actor=by,
            revision_number=draft.revision_number,
            revision_hash=draft.content_hash,
            reason=Reason.TONE,
            sentence="No.",
            now=timezone.now(),
        )
        return "sent back"

    return act


def passing_over(by: User) -> Side:
    def act(draft: Draft) -> Result:
        now = timezone.now()
        finding = blocks_to_pass_over(draft, now=now)[0].key
        shown = draft.content_hash
        override(draft, finding=finding, reason="Why.", revision_hash=shown, actor=by, now=now)
        return "passed over"

    return act


def rewriting(by: User) -> Side:
    def act(draft: Draft) -> Result:
        text = draft.text.replace("library", "town hall")
        writing = Writing(text=text, account=draft.account, category=draft.category)
        save(draft, writing, actor=by, revision_number=1, now=timezone.now())
        return "rewritten"

    return act


def taking_back(draft: Draft) -> Result:
    withdraw(draft, actor=draft.author, now=timezone.now())
    return "taken back"


class TestTwoApprovers:
    def test_make_exactly_one_decision(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        approvers = [scene.person(Role.COMMS_APPROVER) for _ in range(4)]
        results = race(draft, *map(approving, approvers))
        assert sorted(results) == ["StaleDraft", "StaleDraft", "StaleDraft", "approved"]
        winner = approvers[results.index("approved")]
        assert Decision.objects.get().person == Delivery.objects.get().approved_by == winner

    @pytest.mark.parametrize("how", [return_for_changes, reject])
    def test_who_do_not_agree_make_one_decision(self, how: Callable[..., None]) -> None:
        scene = Scene()
        for _ in range(3):
            draft = submitted(scene)
            one, other = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_DUTY)
            results = race(draft, approving(one), sending_back(how, other))
            assert results.count("StaleDraft") == 1
            draft.refresh_from_db()
            decision = draft.decisions.get()
            assert (draft.state == State.APPROVED) == (decision.verdict == Verdict.APPROVE)
            assert draft.deliveries.exists() == (draft.state == State.APPROVED)


class TestAnAuthorWhoTakesItBack:
    def test_either_has_it_back_or_it_is_approved(self) -> None:
        scene = Scene()
        for _ in range(3):
            draft = submitted(scene)
            results = race(draft, approving(scene.person(Role.COMMS_APPROVER)), taking_back)
            assert results.count("StaleDraft") == 1
            draft.refresh_from_db()
            assert (draft.state, draft.deliveries.exists()) in {
                (State.APPROVED, True),
                (State.DRAFT, False),
            }


class TestTheSweep:
    def test_and_an_approver_do_not_both_have_their_way(self) -> None:
        scene, now = Scene(), timezone.now()
        draft = submitted(scene, planned=in_(timedelta(minutes=5), now=now), now=now)
        approver = scene.person(Role.COMMS_APPROVER)

        def approve_in_time(mine: Draft) -> Result:
            approve_it(mine, by=approver, now=now)
            return "approved"

        def sweep(mine: Draft) -> Result:
            return f"expired {expire_overdue(now=now + timedelta(minutes=6))}"

        results = race(draft, approve_in_time, sweep)
        draft.refresh_from_db()
        assert (results, draft.state) in [
            (["approved", "expired 0"], State.APPROVED),
            (["StaleDraft", "expired 1"], State.EXPIRED),
        ]

    def test_in_two_workers_expires_each_draft_once(self) -> None:
        scene, now = Scene(), timezone.now()
        drafts = [
            submitted(scene, planned=in_(timedelta(minutes=5), now=now), now=now) for _ in range(6)
        ]

        def sweep(mine: Draft) -> Result:
            return str(expire_overdue(now=now + timedelta(minutes=6)))

        results = race(drafts[0], sweep, sweep)
        assert sum(map(int, results)) == 6


class TestReopeningAndStopping:
    def test_at_once_cancel_once(self) -> None:
        scene = Scene()
        draft, comms = approved(scene), scene.person(Role.COMMS_DUTY)

        def reopening(mine: Draft) -> Result:
            reopen(mine, actor=mine.author, now=timezone.now())
            return "reopened"

        def stopping(mine: Draft) -> Result:
            unschedule(mine, actor=comms, now=timezone.now())
            return "stopped"

        results = race(draft, reopening, stopping)
        assert results.count("StaleDraft") == 1
        draft.refresh_from_db()
        assert draft.state == (State.DRAFT if "reopened" in results else State.SUBMITTED)
        assert draft.deliveries.get().state == DeliveryState.CANCELLED


class TestAChangeInTheMiddleOfAnApproval:
    """Between what the approver was asked and the statement that approves."""

    def test_by_the_author_is_never_approved(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        theirs = Draft.objects.with_people().get(pk=draft.pk)

        def write_something_else() -> None:
            withdraw(theirs, actor=theirs.author, now=timezone.now())
            writing = Writing(text="Version two", account=theirs.account, category="meeting")
            handed_in(
                save(theirs, writing, actor=theirs.author, revision_number=1, now=timezone.now())
            )

        with (
            at_statement('UPDATE "drafts_draft"', lambda: Aside(write_something_else).result()),
            pytest.raises(StaleDraft),
        ):
            approve_it(draft, by=approver)
        draft.refresh_from_db()
        assert (draft.text, draft.state) == ("Version two", State.SUBMITTED)
        assert not Delivery.objects.exists()
        assert not Decision.objects.exists()

    def test_by_the_approver_is_never_approved_by_them(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)

        def contribute() -> None:
            Contribution.objects.create(draft=draft, person=approver)

        with (
            at_statement('UPDATE "drafts_draft"', lambda: Aside(contribute).result()),
            pytest.raises(OwnDraft),
        ):
            approve_it(draft, by=approver)
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED
        assert not Delivery.objects.exists()


class TestPassingOverABlock:
    @pytest.mark.parametrize("who", ["the author", "the supervisor in another tab"])
    def test_never_holds_for_a_text_that_was_saved_meanwhile(self, who: str) -> None:
        scene = Scene()
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        for _ in range(5):
            draft = written(scene, text=BLOCKED)
            writer = draft.author if who == "the author" else supervisor
            results = race(draft, passing_over(supervisor), rewriting(writer))
            assert results[0] in {"passed over", "StaleDraft", "PermissionDenied"}
            assert results[1] == "rewritten"
            draft.refresh_from_db()
            assert overrides_of(content_of(draft)) == []
            # Nobody is both: whoever wrote the new text has no word left for the old one either.
            held = draft.overrides.for_content(draft, draft.revisions.get(number=1).content_hash)
            assert held.exists() == (results[0] == "passed over" and writer != supervisor)
