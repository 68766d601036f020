"""Nobody approves what they ever contributed to, whichever way they try."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import Step
from approvals.models import Decision, Verdict
from approvals.reasons import Reason
from approvals.services import (
    OwnDraft,
    approve,
    delegate,
    end_delegation,
    next_for,
    publish_in_emergency,
    reject,
    reopen,
    return_for_changes,
    suggest,
    unschedule,
)
from drafts.models import Draft
from drafts.services import Writing, copy, save, withdraw
from drafts.workflow import State
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from tests.factories import Scene, again, approve_it, handed_in, in_, sign, submitted, written
from tests.pages import Page
from tests.races import just_before

pytestmark = pytest.mark.django_db

WORDS = "nobody approves what they contributed to"


def wrote_it(scene: Scene) -> tuple[Draft, User]:
    author = scene.person(Role.COMMS_APPROVER)
    return submitted(scene, author=author), author


def submitted_it(scene: Scene) -> tuple[Draft, User]:
    friend = scene.person(Role.COMMS_DUTY)
    return submitted(scene, actor=friend), friend


def edited_it(scene: Scene) -> tuple[Draft, User]:
    draft, editor = written(scene), scene.person(Role.COMMS_APPROVER)
    writing = Writing(text="Better", account=draft.account, category="meeting")
    save(draft, writing, actor=editor, revision_number=1, now=timezone.now())
    # Whatever the editor wrote was written over again.
    writing = Writing(text="Mine again", account=draft.account, category="meeting")
    draft = save(draft, writing, actor=draft.author, revision_number=2, now=timezone.now())
    return handed_in(draft), editor


def edited_before_the_last_decision(scene: Scene) -> tuple[Draft, User]:
    draft, editor = edited_it(scene)
    return_for_changes(
        draft,
        actor=scene.person(Role.COMMS_APPROVER),
        revision_number=draft.revision_number,
        revision_hash=draft.content_hash,
        reason=Reason.TONE,
        sentence="Friendlier.",
        now=timezone.now(),
    )
    draft.refresh_from_db()
    writing = Writing(text="Friendlier", account=draft.account, category="meeting")
    draft = save(
        draft,
        writing,
        actor=draft.author,
        revision_number=draft.revision_number,
        now=timezone.now(),
    )
    return handed_in(draft), editor


def edited_before_an_approval_that_was_called_back(scene: Scene) -> tuple[Draft, User]:
    draft, editor = edited_it(scene)
    approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
    reopen(draft, actor=draft.author, now=timezone.now())
    draft.refresh_from_db()
    return handed_in(draft), editor


def wrote_it_as_an_officer(scene: Scene) -> tuple[Draft, User]:
    draft = submitted(scene)
    return draft, scene.give(draft.author, Role.COMMS_APPROVER)


def holds_every_role(scene: Scene) -> tuple[Draft, User]:
    draft = submitted(scene)
    for role in Role:
        scene.give(draft.author, role)
    return draft, User.objects.get(pk=draft.author_id)


def submitted_it_and_took_it_back(scene: Scene) -> tuple[Draft, User]:
    draft, friend = submitted_it(scene)
    withdraw(draft, actor=draft.author, now=timezone.now())
    return handed_in(draft), friend


def wrote_what_was_copied(scene: Scene) -> tuple[Draft, User]:
    first, copier = written(scene, author=scene.person(Role.COMMS_APPROVER)), scene.person()
    return handed_in(copy(first, actor=copier, now=timezone.now())), first.author


def edited_what_was_copied_twice(scene: Scene) -> tuple[Draft, User]:
    draft, editor = edited_it(scene)
    # The same words do not wait twice.
    withdraw(draft, actor=draft.author, now=timezone.now())
    once = copy(draft, actor=scene.person(), now=timezone.now())
    return handed_in(copy(once, actor=scene.person(), now=timezone.now())), editor


CONTRIBUTORS = [
    wrote_it,
    submitted_it,
    edited_it,
    edited_before_the_last_decision,
    edited_before_an_approval_that_was_called_back,
    wrote_it_as_an_officer,
    holds_every_role,
    submitted_it_and_took_it_back,
    wrote_what_was_copied,
    edited_what_was_copied_twice,
]
Contributed = Callable[[Scene], tuple[Draft, User]]


def insert_decision(draft: Draft, person: User, delivery: Delivery | None, verdict: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO approvals_decision (draft_id, revision_id, step, verdict, person_id, at,"
            " content_hash, reason, sentence, report, delivery_id)"
            " VALUES (%s, %s, 1, %s, %s, now(), '', 'tone', 'x', '{}', %s)",
            [
                draft.pk,
                draft.current_revision.pk,
                verdict,
                person.pk,
                delivery.pk if delivery else None,
            ],
        )


def insert_delivery(draft: Draft, person: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO publishing_delivery (draft_id, revision_id, account_id, approved_by_id,"
            " approved_at, approved_hash, overrides, token, state, due_at, not_after, due_wall,"
            " due_zone, next_at, fence, owner, attempts_made, times_not_found, external_id,"
            " external_url, last_error)"
            " VALUES (%s, %s, %s, %s, now(), '', '[]', %s, 'queued', now(),"
            " now() + interval '1 hour', '', '', now(), 0, '', 0, 0, '', '', '')",
            [
                draft.pk,
                draft.current_revision.pk,
                draft.account_id,
                person.pk,
                uuid.uuid4(),
            ],
        )


@pytest.mark.parametrize("contributed", CONTRIBUTORS)
class TestAContributor:
    def test_is_refused_by_the_service(self, contributed: Contributed) -> None:
        draft, person = contributed(Scene())
        with pytest.raises(OwnDraft):
            approve_it(draft, by=person)
        for decide in (return_for_changes, reject):
            with pytest.raises(OwnDraft):
                decide(
                    draft,
                    actor=person,
                    revision_number=draft.revision_number,
                    revision_hash=draft.content_hash,
                    reason=Reason.TONE,
                    sentence="Friendlier.",
                    now=timezone.now(),
                )
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED
        assert not draft.deliveries.live().exists()

    def test_has_no_permission(self, contributed: Contributed) -> None:
        draft, person = contributed(Scene())
        assert not person.has_perm("approvals.decide", draft)

    def test_is_refused_when_they_send_the_form_all_the_same(
        self, client: Client, contributed: Contributed
    ) -> None:
        draft, person = contributed(Scene())
        client.force_login(person)
        path = f"/review/{draft.pk}/"
        page = Page.of(client.get(path))
        assert not [b for b in page.root.all("button") if b.text == "Approve"]
        assert "You wrote or submitted a version of this tweet" in page.main
        seen = {
            "revision_hash": draft.content_hash,
            "revision_number": draft.revision_number,
            "step": 1,
        }
        for decision in (
            {"decision": "approve"},
            {"decision": "return", "reason": "tone"},
            {"decision": "reject", "reason": "tone", "sentence": "No."},
        ):
            answer = client.post(path, seen | decision, follow=True)
            assert Page.of(answer).messages == [
                "You wrote or submitted a version of this tweet, so somebody else must decide on"
                " it."
            ]
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED

    def test_is_refused_by_the_database_as_the_one_who_decided(
        self, contributed: Contributed
    ) -> None:
        scene = Scene()
        draft, person = contributed(scene)
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        with pytest.raises(DatabaseError, match=WORDS), transaction.atomic():
            insert_decision(draft, person, delivery, "approve")
        with pytest.raises(DatabaseError, match=WORDS), transaction.atomic():
            Decision.objects.create(
                draft=draft,
                revision=draft.current_revision,
                step=1,
                verdict=Verdict.APPROVE,
                person=person,
                at=timezone.now(),
                content_hash=draft.content_hash,
                delivery=delivery,
            )

    def test_is_refused_by_the_database_as_the_approver_of_a_delivery(
        self, contributed: Contributed
    ) -> None:
        scene = Scene()
        draft, person = contributed(scene)
        with pytest.raises(DatabaseError, match=WORDS), transaction.atomic():
            insert_delivery(draft, person)
        delivery = approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(approved_by=person)


class TestSomebodyElse:
    def test_may_be_written_down_by_the_database(self) -> None:
        scene = Scene()
        draft, _ = wrote_it(scene)
        other = scene.person(Role.COMMS_APPROVER)
        insert_delivery(draft, other)
        insert_decision(draft, other, draft.deliveries.get(), "approve")
        assert draft.decisions.get().person == other

    def test_who_only_looked_at_it_may_approve(self, client: Client) -> None:
        scene = Scene()
        draft, reviewer = submitted(scene), scene.person(Role.COMMS_APPROVER)
        client.force_login(reviewer)
        client.get(f"/review/{draft.pk}/")
        draft.refresh_from_db()
        assert draft.claimed_by == reviewer
        assert approve_it(draft, by=reviewer).approved_by == reviewer

    def test_who_returned_it_before_may_approve_it_now(self) -> None:
        scene = Scene()
        draft, reviewer = submitted(scene), scene.person(Role.COMMS_APPROVER)
        return_for_changes(
            draft,
            actor=reviewer,
            revision_number=1,
            revision_hash=draft.content_hash,
            reason=Reason.TONE,
            sentence="Friendlier.",
            now=timezone.now(),
        )
        draft.refresh_from_db()
        assert approve_it(handed_in(draft), by=reviewer).state == DeliveryState.QUEUED


@pytest.mark.parametrize("way", ["approve", "return", "reject", "suggest", "emergency"])
class TestThePersonWhoContributesAtThatMoment:
    def test_is_found_though_they_were_none_when_it_began(self, way: str) -> None:
        scene = Scene()
        draft, person = submitted(scene), scene.person(Role.COMMS_DUTY)
        seen: dict[str, Any] = {
            "actor": person,
            "revision_number": draft.revision_number,
            "revision_hash": draft.content_hash,
            "now": timezone.now(),
        }
        why: dict[str, Any] = {"reason": Reason.TONE, "sentence": "Friendlier."}
        ways: dict[str, Callable[[], object]] = {
            "approve": lambda: approve(draft, step=1, **seen),
            "return": lambda: return_for_changes(draft, **why, **seen),
            "reject": lambda: reject(draft, **why, **seen),
            "suggest": lambda: suggest(draft, text="Other words.", note="", **seen),
            "emergency": lambda: publish_in_emergency(draft, reason="A flood.", **seen),
        }
        with (
            pytest.raises(OwnDraft),
            # What a save in another tab does.
            just_before('UPDATE "drafts_draft"', lambda: draft.contributions.create(person=person)),
        ):
            ways[way]()
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED
        assert not Decision.objects.exists()


class TestWhoMayDecide:
    @pytest.mark.parametrize("role", Role)
    def test_is_said_by_the_route_and_by_nothing_else(self, role: Role) -> None:
        scene = Scene()
        draft, person = submitted(scene), scene.person(role)
        may = role in {Role.COMMS_APPROVER, Role.COMMS_DUTY}
        assert person.has_perm("approvals.decide", draft) == may
        if may:
            assert approve_it(draft, by=person).state == DeliveryState.QUEUED
        else:
            with pytest.raises(PermissionDenied):
                approve_it(draft, by=person)

    def test_is_nobody_without_a_step(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        # Only rows that came in past the services have no steps at all.
        Draft.objects.filter(pk=draft.pk).update(revision_number=2)
        draft.refresh_from_db()
        with pytest.raises(PermissionDenied):
            approve_it(draft, by=approver)

    def test_is_nobody_at_a_step_that_the_route_does_not_have(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        Draft.objects.filter(pk=draft.pk).update(step=2)
        draft.refresh_from_db()
        with pytest.raises(PermissionDenied):
            approve_it(draft, by=approver)

    def test_is_only_the_team_s_own_route_when_it_has_one(self) -> None:
        scene = Scene()
        approver, duty = scene.person(Role.COMMS_APPROVER), scene.person(Role.COMMS_DUTY)
        scene.route(Step((Role.COMMS_DUTY,)), lpt=scene.lpt)
        draft = submitted(scene)
        assert not approver.has_perm("approvals.decide", draft)
        assert duty.has_perm("approvals.decide", draft)

    def test_is_nobody_of_another_force(self) -> None:
        scene, elsewhere = Scene(), Scene()
        draft = submitted(scene)
        with pytest.raises(PermissionDenied):
            approve_it(draft, by=elsewhere.person(Role.COMMS_APPROVER))

    def test_is_nobody_whose_role_has_ended_or_not_begun(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        today = timezone.localdate()
        for dates in (
            {"until": today - timedelta(days=1)},
            {"since": today + timedelta(days=1), "until": None},
        ):
            approver.memberships.update(**dates)
            with pytest.raises(PermissionDenied):
                approve_it(draft, by=User.objects.get(pk=approver.pk))

    def test_is_nobody_who_was_deactivated(self) -> None:
        scene = Scene()
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        User.objects.filter(pk=approver.pk).update(is_active=False)
        with pytest.raises(PermissionDenied):
            approve_it(draft, by=User.objects.get(pk=approver.pk))

    def test_holds_for_calling_back_too(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        approve_it(draft, by=scene.person(Role.COMMS_APPROVER))
        for outsider in (scene.person(), scene.person(Role.LPT_COMMANDER)):
            with pytest.raises(PermissionDenied):
                reopen(draft, actor=outsider, now=timezone.now())
            with pytest.raises(PermissionDenied):
                unschedule(draft, actor=outsider, now=timezone.now())
        with pytest.raises(PermissionDenied):
            unschedule(draft, actor=draft.author, now=timezone.now())

    def test_is_asked_before_anything_else(self) -> None:
        scene = Scene()
        draft = submitted(scene)
        with pytest.raises(PermissionDenied):
            approve(
                draft,
                actor=scene.person(),
                revision_number=99,
                revision_hash="nonsense",
                step=1,
                now=timezone.now(),
            )


REVIEWERS = {Role.COMMS_APPROVER, Role.COMMS_DUTY}
TEAM = {Role.OFFICER, Role.LPT_SUPERVISOR, Role.LPT_COMMANDER}


class TestWhatSomebodyMayAtAll:
    """The questions of the navigation and of every page's door, which know no draft."""

    @pytest.mark.parametrize("role", Role)
    def test_is_said_by_their_role(self, role: Role) -> None:
        person = Scene().person(role)
        allowed = {
            "review": REVIEWERS,
            "decide": REVIEWERS,
            "publish_in_emergency": {Role.COMMS_DUTY},
            "look_after": REVIEWERS,
            "delegate": REVIEWERS | TEAM | {Role.COMMS_ADMIN},
            "comment": REVIEWERS | TEAM,
            "unschedule": REVIEWERS,
            "reopen": set(Role),
        }
        for name, roles in allowed.items():
            assert person.has_perm(f"approvals.{name}") == (role in roles), name

    def test_lets_a_team_in_for_a_step_of_its_own(self) -> None:
        scene = Scene()
        sergeant, officer = scene.person(Role.LPT_SUPERVISOR), scene.person()
        elsewhere = Scene().person(Role.LPT_SUPERVISOR)
        beside = scene.person(Role.LPT_SUPERVISOR, lpt=scene.other_account().lpt)
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)), lpt=scene.lpt)
        for person, may in ((sergeant, True), (officer, False), (elsewhere, False)):
            assert again(person).has_perm("approvals.review") == may
        assert not again(beside).has_perm("approvals.review")
        # No longer once the route has no step for them.
        scene.route(Step((Role.COMMS_APPROVER,)), lpt=scene.lpt)
        assert not again(sergeant).has_perm("approvals.review")

    def test_lets_every_team_in_for_a_step_of_the_force_s_route(self) -> None:
        scene = Scene()
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        for team in (scene.lpt, scene.other_account().lpt):
            # A commander stands in for a supervisor.
            for role in (Role.LPT_SUPERVISOR, Role.LPT_COMMANDER):
                assert scene.person(role, lpt=team).has_perm("approvals.review")

    def test_lets_whoever_covers_in_while_they_do(self) -> None:
        scene, today = Scene(), timezone.localdate()
        absent, person = scene.person(Role.COMMS_APPROVER), scene.person()
        cover = delegate(
            absent, to=person, since=today, until=today, reason="Leave", actor=absent,
            now=timezone.now(),
        )  # fmt: skip
        assert again(person).has_perm("approvals.review")
        end_delegation(cover, actor=absent, now=timezone.now())
        assert not again(person).has_perm("approvals.review")


class TestWhatComesNext:
    def test_is_the_most_urgent_that_one_may_decide_on(self) -> None:
        scene, now = Scene(), timezone.now()
        scene.route(Step((Role.COMMS_APPROVER,)), Step((Role.COMMS_APPROVER,)))
        comms = scene.person(Role.COMMS_APPROVER)
        submitted(scene, author=comms, now=now - timedelta(hours=3))
        signed = submitted(scene, now=now - timedelta(hours=2))
        sign(signed, by=comms)
        later = submitted(scene, planned=in_(timedelta(hours=2), now=now), now=now)
        sooner = submitted(scene, now=now - timedelta(hours=1))
        submitted(Scene())
        assert next_for(comms) == sooner
        sign(sooner, by=comms)
        assert next_for(comms) == later
        sign(later, by=comms)
        assert next_for(comms) is None
        # Handed in anew it is another text.
        withdraw(signed, actor=signed.author, now=now)
        signed.refresh_from_db()
        writing = Writing(text="Another text.", account=signed.account, category="meeting")
        save(signed, writing, actor=signed.author, revision_number=1, now=now)
        signed.refresh_from_db()
        assert next_for(comms) is None
        again_there = handed_in(signed)
        assert next_for(comms) == again_there
