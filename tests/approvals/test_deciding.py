"""Approve, return and reject through the services: bound to exactly what was shown."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import AccountStatus, SocialAccount
from accounts.roles import Role
from accounts.services import deactivate
from approvals.models import Decision, Verdict
from approvals.reasons import SENTENCES, Reason
from approvals.services import (
    DecidedTogether,
    NoteMissing,
    NotPossible,
    OutOfTime,
    RulesObject,
    approve,
    expire_overdue,
    publish_in_emergency,
    reject,
    return_for_changes,
)
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import Writing, save, withdraw
from drafts.workflow import StaleDraft, State
from incidents.models import HoldKind
from incidents.services import place, release
from notices.models import Kind, Notice
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from tests.factories import (
    CLEAN,
    LPTFactory,
    Scene,
    again,
    approve_it,
    handed_in,
    in_,
    submitted,
)

pytestmark = pytest.mark.django_db

SendBack = Callable[..., None]


def send_back(
    draft: Draft, how: SendBack, scene: Scene, *, now: datetime | None = None, sentence: str = "No."
) -> None:
    how(
        draft,
        actor=scene.person(Role.COMMS_APPROVER),
        revision_number=draft.revision_number,
        revision_hash=draft.content_hash,
        reason=Reason.TONE,
        sentence=sentence,
        now=now or timezone.now(),
    )
    draft.refresh_from_db()


class TestAnApproval:
    def test_writes_decision_and_delivery_of_exactly_this_text(self) -> None:
        scene, now = Scene(), timezone.now()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        delivery = approve_it(draft, by=approver, now=now)
        draft.refresh_from_db()
        assert draft.state == State.APPROVED
        decision = Decision.objects.get()
        assert (decision.draft, decision.verdict, decision.person, decision.at) == (
            draft,
            Verdict.APPROVE,
            approver,
            now,
        )
        assert decision.content_hash == delivery.approved_hash == draft.content_hash
        assert decision.revision == delivery.revision == draft.current_revision
        assert decision.delivery == delivery
        assert (decision.report["findings"], decision.sentence, decision.reason) == ([], "", "")
        assert str(decision) == f"Approved · {draft}"

    def test_waits_for_the_stop_window(self) -> None:
        scene, now = Scene(), timezone.now()
        draft = submitted(scene)
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER), now=now)
        assert delivery.due_at == now + settings.STOP_WINDOW
        assert delivery.not_after == delivery.due_at + settings.LATE_LIMIT

    def test_waits_for_its_time(self) -> None:
        scene, planned = Scene(), in_(timedelta(hours=3))
        draft = submitted(scene, planned=planned)
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        assert (delivery.due_at, delivery.due_wall, delivery.due_zone) == (
            planned.at,
            planned.wall,
            "Europe/London",
        )

    def test_of_something_due_at_once_still_waits_for_the_stop_window(self) -> None:
        scene, now = Scene(), timezone.now()
        draft = submitted(scene, planned=in_(timedelta(minutes=2), now=now), now=now)
        assert draft.planned_at
        late = draft.planned_at - timedelta(seconds=1)
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER), now=late)
        assert delivery.due_at == late + settings.STOP_WINDOW

    def test_tells_the_author_and_goes_into_the_trail(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        approve_it(draft, by=approver)
        notice = Notice.objects.for_person(draft.author_id).get()
        assert notice.text == f"{approver} approved your tweet for {draft.account}."
        assert (notice.kind, notice.link) == (Kind.DECIDED, draft.get_absolute_url())
        row = Record.objects.about(draft).get(verb=Verb.DRAFT_APPROVED)
        assert row.actor_id == str(approver.pk)
        assert row.data == {
            "revision": 1,
            "hash": draft.content_hash,
            "pack": "neutral 1",
            "step": 1,
        }

    def test_frees_the_draft_from_whoever_had_it_open(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        Draft.objects.update(claimed_by=approver, claimed_at=timezone.now())
        approve_it(draft, by=approver)
        draft.refresh_from_db()
        assert (draft.claimed_by, draft.claimed_at) == (None, None)

    def test_leaves_nothing_behind_when_it_fails_half_way(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        Delivery.objects.create(
            draft=draft,
            revision=draft.current_revision,
            account=draft.account,
            approved_by=approver,
            approved_at=timezone.now(),
            approved_hash="",
            due_at=timezone.now(),
            not_after=timezone.now() + timedelta(hours=1),
            next_at=timezone.now(),
        )
        # There is a live delivery already: the second one is refused by a constraint.
        with (
            pytest.raises(DatabaseError, match="one_live_delivery_per_draft"),
            transaction.atomic(),
        ):
            approve_it(draft, by=approver)
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED
        assert not Decision.objects.exists()
        assert not Notice.objects.exists()


class TestAClosedAccount:
    def test_takes_no_approval(self) -> None:
        scene = Scene()
        draft, duty = submitted(scene), scene.person(Role.COMMS_DUTY)
        SocialAccount.objects.filter(pk=scene.account.pk).update(status=AccountStatus.CLOSED)
        draft = Draft.objects.with_people().get(pk=draft.pk)
        with pytest.raises(NotPossible) as refusal:
            approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        words = f"{scene.account} is closed: nothing goes out by it. Return the draft."
        assert refusal.value.sentences == [words]
        with pytest.raises(NotPossible, match="is closed: nothing goes out by it"):
            publish_in_emergency(
                draft,
                actor=duty,
                revision_number=draft.revision_number,
                revision_hash=draft.content_hash,
                reason="A missing child",
                now=timezone.now(),
            )
        assert not Delivery.objects.exists()

    @pytest.mark.parametrize("changed", ["words", "state"])
    def test_is_said_of_what_was_shown_alone(self, changed: str) -> None:
        """Whose page is overtaken reads that, whatever else stands in the way by now."""
        scene = Scene()
        draft, duty = submitted(scene), scene.person(Role.COMMS_DUTY)
        seen: dict[str, Any] = {
            "actor": duty,
            "revision_number": draft.revision_number,
            "revision_hash": draft.content_hash,
            "now": timezone.now(),
        }
        if changed == "words":
            seen["revision_hash"] = "0" * 64
        else:
            approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        SocialAccount.objects.filter(pk=scene.account.pk).update(status=AccountStatus.CLOSED)
        with pytest.raises(StaleDraft):
            approve(again_(draft), step=1, **seen)
        with pytest.raises(StaleDraft):
            publish_in_emergency(again_(draft), reason="A missing child", **seen)


class TestWhatWasShown:
    def test_is_what_is_approved_and_not_what_the_author_saved_since(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        shown = Draft.objects.select_related("account__force").get(pk=draft.pk)
        withdraw(draft, actor=draft.author, now=timezone.now())
        writing = Writing(text="Something worse", account=draft.account, category="meeting")
        draft = save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())
        handed_in(draft)
        with pytest.raises(StaleDraft):
            approve_it(shown, by=approver)
        with pytest.raises(StaleDraft):
            approve(
                again_(draft),
                actor=approver,
                revision_number=shown.revision_number,
                revision_hash=shown.content_hash,
                step=1,
                now=timezone.now(),
            )
        assert not Delivery.objects.exists()

    def test_is_no_longer_there_when_it_was_changed_back_and_forth(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        shown = Draft.objects.select_related("account__force").get(pk=draft.pk)
        withdraw(draft, actor=draft.author, now=timezone.now())
        for number, text in enumerate(["Two", CLEAN], start=1):
            writing = Writing(text=text, account=draft.account, category="meeting")
            draft = save(
                draft, writing, actor=draft.author, revision_number=number, now=timezone.now()
            )
        handed_in(draft)
        assert draft.content_hash == shown.content_hash
        with pytest.raises(StaleDraft):
            approve_it(shown, by=approver)

    @pytest.mark.parametrize(
        "seen",
        [
            {"revision_hash": "0" * 64},
            {"revision_hash": ""},
            {"revision_number": 2},
            {"revision_number": 0},
            {"step": 2},
            {"step": 0},
        ],
    )
    def test_must_be_the_hash_and_the_number(self, seen: dict[str, object]) -> None:
        scene = Scene()
        draft = submitted(scene)
        right = {"revision_hash": draft.content_hash, "revision_number": 1, "step": 1}
        with pytest.raises(StaleDraft):
            approve(
                draft,
                actor=scene.person(Role.COMMS_APPROVER),
                now=timezone.now(),
                **(right | seen),  # type: ignore[arg-type]  # wrong on purpose
            )

    @pytest.mark.parametrize("state", sorted(set(State) - {State.SUBMITTED}))
    def test_must_still_wait_for_a_decision(self, state: State) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        shown = Draft.objects.select_related("account__force").get(pk=draft.pk)
        Draft.objects.filter(pk=draft.pk).update(state=state)
        for known in (shown, again_(draft)):
            with pytest.raises(StaleDraft):
                approve_it(known, by=approver)
            for how in (return_for_changes, reject):
                with pytest.raises(StaleDraft):
                    send_back(known, how, scene)
                known.state = shown.state
        assert not Decision.objects.exists()


def again_(draft: Draft) -> Draft:
    """The draft as the next request meets it."""
    return Draft.objects.with_people().get(pk=draft.pk)


class TestATimeThatHasPassed:
    def test_cannot_be_approved(self) -> None:
        scene, now = Scene(), timezone.now()
        draft = submitted(scene, planned=in_(timedelta(minutes=5), now=now), now=now)
        approver = scene.person(Role.COMMS_APPROVER)
        assert draft.planned_at
        for late in (draft.planned_at, draft.planned_at + timedelta(hours=1)):
            with pytest.raises(OutOfTime):
                approve_it(draft, by=approver, now=late)
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED
        assert not Delivery.objects.exists()

    def test_cannot_be_approved_after_seven_days_without_a_time(self) -> None:
        scene, now = Scene(), timezone.now()
        draft, approver = submitted(scene, now=now), scene.person(Role.COMMS_APPROVER)
        with pytest.raises(OutOfTime):
            approve_it(draft, by=approver, now=now + settings.DECIDE_WITHIN)
        just_in_time = now + settings.DECIDE_WITHIN - timedelta(seconds=1)
        assert approve_it(draft, by=approver, now=just_in_time).state == DeliveryState.QUEUED

    def test_can_be_returned_and_rejected(self) -> None:
        scene, now = Scene(), timezone.now()
        draft = submitted(scene, planned=in_(timedelta(minutes=5), now=now), now=now)
        send_back(draft, return_for_changes, scene, now=now + timedelta(hours=1))
        assert draft.state == State.CHANGES_REQUESTED

    def test_ends_the_draft_by_itself_and_tells_the_author(self) -> None:
        scene, now = Scene(), timezone.now()
        comms = scene.person(Role.COMMS_APPROVER)
        due = submitted(scene, planned=in_(timedelta(minutes=5), now=now), now=now)
        forgotten = submitted(scene, now=now - settings.DECIDE_WITHIN)
        waiting = submitted(scene, now=now)
        coming = submitted(scene, planned=in_(timedelta(hours=2), now=now), now=now)
        assert expire_overdue(now=now + timedelta(minutes=6)) == 2
        states = {draft: again_(draft).state for draft in (due, forgotten, waiting, coming)}
        assert states == {
            due: State.EXPIRED,
            forgotten: State.EXPIRED,
            waiting: State.SUBMITTED,
            coming: State.SUBMITTED,
        }
        notice = Notice.objects.for_person(due.author_id).get()
        assert (notice.urgent, notice.kind) == (True, Kind.EXPIRED)
        assert notice.link == due.get_absolute_url()
        assert notice.text == (
            f"Your tweet for {due.account} expired: nobody decided before its time. Choose a new"
            " time and submit it again."
        )
        told = Notice.objects.for_person(comms.pk).filter(link=due.get_absolute_url()).get()
        assert told.text == (
            f"A tweet of {due.author} for {due.account} expired: nobody decided before its time."
        )
        assert (told.urgent, told.kind) == (False, Kind.EXPIRED)
        row = Record.objects.about(due).get(verb=Verb.DRAFT_EXPIRED)
        assert (row.actor_id, row.actor_name) == ("", "")
        assert expire_overdue(now=now + timedelta(minutes=6)) == 0
        assert not Delivery.objects.exists()

    def test_is_nothing_for_a_draft_that_was_decided_meanwhile(self) -> None:
        scene, now = Scene(), timezone.now()
        draft = submitted(scene, planned=in_(timedelta(minutes=5), now=now), now=now)
        approve_it(draft, by=scene.person(Role.COMMS_APPROVER), now=now)
        assert expire_overdue(now=now + timedelta(hours=1)) == 0


class TestTheRulebook:
    def test_is_asked_again_at_the_approval(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        hold = place(
            kind=HoldKind.CRITICAL_INCIDENT,
            scope=scene.force,
            reason="It is on",
            actor=scene.person(Role.COMMS_DUTY),
            now=timezone.now(),
        )
        with pytest.raises(RulesObject, match=f"A critical incident is on for {scene.force}"):
            approve_it(draft, by=approver)
        assert not Delivery.objects.exists()
        release(hold, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())
        assert approve_it(draft, by=approver).state == DeliveryState.QUEUED

    def test_lets_a_hold_approve(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        place(
            kind=HoldKind.HOLD,
            scope=scene.force,
            reason="Wait",
            actor=scene.person(Role.COMMS_DUTY),
            now=timezone.now(),
        )
        assert approve_it(draft, by=scene.person(Role.COMMS_APPROVER)).state == DeliveryState.QUEUED

    def test_does_not_hinder_anybody_from_sending_back(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        place(
            kind=HoldKind.CRITICAL_INCIDENT,
            scope=scene.force,
            reason="It is on",
            actor=scene.person(Role.COMMS_DUTY),
            now=timezone.now(),
        )
        send_back(draft, return_for_changes, scene)
        decision = Decision.objects.get()
        assert decision.report["findings"][0]["rule"] == "critical-incident-lock"

    def test_says_every_sentence_that_stops_it(self) -> None:
        objection = RulesObject(["One.", "Two."])
        assert str(objection) == "One. Two."
        assert objection.sentences == ["One.", "Two."]

    @pytest.mark.parametrize(
        ("objection", "words"),
        [
            (
                DecidedTogether(),
                "It is part of a post for several accounts. Decide on all of them at once.",
            ),
            (
                NoteMissing(),
                "A rule was passed over in it. Open it and say why it is right to send it.",
            ),
        ],
    )
    def test_is_not_all_that_stops_it(self, objection: RulesObject, words: str) -> None:
        assert (objection.sentences, str(objection)) == ([words], words)


class TestSendingBack:
    @pytest.mark.parametrize(
        ("how", "state", "verdict", "verb", "words"),
        [
            (
                return_for_changes,
                State.CHANGES_REQUESTED,
                Verdict.RETURN,
                Verb.DRAFT_RETURNED,
                "asks for changes to your tweet",
            ),
            (reject, State.REJECTED, Verdict.REJECT, Verb.DRAFT_REJECTED, "rejected your tweet"),
        ],
    )
    def test_writes_the_decision_and_tells_the_author_why(
        self, how: SendBack, state: State, verdict: Verdict, verb: Verb, words: str
    ) -> None:
        scene = Scene()
        draft = submitted(scene)
        send_back(draft, how, scene, sentence="Too sharp.")
        assert draft.state == state
        decision = Decision.objects.get()
        assert (decision.verdict, decision.reason, decision.sentence, decision.delivery) == (
            verdict,
            Reason.TONE,
            "Too sharp.",
            None,
        )
        row = Record.objects.about(draft).get(verb=verb)
        assert row.data == {"revision": 1, "reason": "tone"}
        notice = Notice.objects.for_person(draft.author_id).get()
        told = f"{decision.person} {words} for {draft.account}"
        assert notice.text == f"{told}: Too sharp."
        # What somebody typed stays out of the mail.
        assert notice.in_mail == f"{told}: {Reason.TONE.label}"
        assert (notice.kind, notice.link) == (Kind.RETURNED, draft.get_absolute_url())
        assert (draft.returned_by, draft.returned_reason) == (str(decision.person), "Too sharp.")

    @pytest.mark.parametrize("how", [return_for_changes, reject])
    def test_is_told_to_the_team_where_the_author_has_moved_on(
        self, client: Client, how: SendBack
    ) -> None:
        scene = Scene()
        author, colleague = scene.person(), scene.person()
        elsewhere = LPTFactory.create(force=scene.force)
        scene.person(lpt=elsewhere)
        draft = submitted(scene, author=author)
        author.memberships.update(lpt=elsewhere)
        send_back(draft, how, scene, sentence="Too sharp.")
        theirs = Notice.objects.get(recipient_id=colleague.pk)
        assert f"the tweet of {author} for {draft.account}: Too sharp." in theirs.text
        assert "Too sharp" not in theirs.in_mail
        client.force_login(colleague)
        assert client.get(theirs.link).status_code == 200
        mine = Notice.objects.get(recipient_id=author.pk)
        assert "your colleagues go on with it: Too sharp." in mine.text
        # It would lead them to a page that they may not see.
        assert mine.link == ""
        assert Notice.objects.count() == 2

    def test_is_told_to_the_team_alone_where_the_author_has_left(self) -> None:
        scene = Scene()
        author, colleague = scene.person(), scene.person()
        draft = submitted(scene, author=author)
        deactivate(author, actor=None, now=timezone.now())
        send_back(draft, return_for_changes, scene)
        assert [notice.recipient_id for notice in Notice.objects.all()] == [colleague.pk]

    def test_gives_the_reason_where_nothing_was_said(self) -> None:
        draft = submitted(scene := Scene())
        send_back(draft, return_for_changes, scene, sentence="")
        assert draft.returned_reason == Reason.TONE.label
        assert Notice.objects.get().text.endswith(f": {Reason.TONE.label}")

    def test_frees_the_draft_from_whoever_had_it_open(self) -> None:
        draft = submitted(scene := Scene())
        Draft.objects.update(claimed_by=scene.person(Role.COMMS_DUTY), claimed_at=timezone.now())
        send_back(draft, return_for_changes, scene)
        assert (draft.claimed_by, draft.claimed_at) == (None, None)

    def test_is_bound_to_what_was_shown(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        for seen in ({"revision_number": 2}, {"revision_hash": "0" * 64}):
            right = {"revision_number": 1, "revision_hash": draft.content_hash}
            with pytest.raises(StaleDraft):
                reject(
                    draft,
                    actor=scene.person(Role.COMMS_APPROVER),
                    reason=Reason.TONE,
                    sentence="No.",
                    now=timezone.now(),
                    **(right | seen),  # type: ignore[arg-type]  # wrong on purpose
                )

    def test_cuts_an_endless_sentence_for_the_notice_only(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        send_back(draft, return_for_changes, scene, sentence="x" * 1000)
        assert len(Notice.objects.get().text) == 500
        assert len(Decision.objects.get().sentence) == 1000

    def test_of_a_frozen_account_goes_on(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        SocialAccount.objects.update(status=AccountStatus.FROZEN)
        send_back(draft, reject, scene)
        assert draft.state == State.REJECTED

    def test_has_a_helpful_sentence_for_every_reason_but_the_last(self) -> None:
        assert set(SENTENCES) == set(Reason)
        assert [reason for reason, sentence in SENTENCES.items() if not sentence] == [Reason.OTHER]


class TestADecisionRow:
    @pytest.mark.parametrize(
        ("change", "constraint"),
        [
            ({"verdict": "perhaps", "reason": "tone"}, '"verdict"'),
            ({"verdict": "return", "reason": ""}, "no_return_without_reason"),
            ({"verdict": "reject", "reason": "tone", "sentence": ""}, "reject_says_why"),
            ({"verdict": "emergency", "sentence": "Now"}, "emergency_has_delivery"),
        ],
    )
    def test_is_complete(self, change: dict[str, str], constraint: str) -> None:
        scene = Scene()
        draft = submitted(scene)
        row = {
            "draft": draft,
            "revision": draft.current_revision,
            "step": 1,
            "person": scene.person(Role.COMMS_APPROVER),
            "at": timezone.now(),
            "content_hash": draft.content_hash,
        }
        with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
            Decision.objects.create(**row, **change)

    def test_is_never_changed_and_never_deleted(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Decision.objects.update(sentence="Another")
        with (
            pytest.raises(DatabaseError, match="never deleted"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM approvals_decision")


class TestADraftThatNobodyDecides:
    def test_never_goes_out(self) -> None:
        scene, now = Scene(), timezone.now()
        submitted(scene, planned=in_(timedelta(minutes=5), now=now), now=now)
        expire_overdue(now=now + timedelta(days=30))
        assert not Delivery.objects.filter(state=DeliveryState.QUEUED).exists()

    def test_can_be_approved_by_somebody_whose_roles_were_read_again(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        person = scene.person(Role.PSD)
        assert not person.has_perm("approvals.decide", draft)
        scene.give(person, Role.COMMS_DUTY)
        assert again(person).has_perm("approvals.decide", draft)
