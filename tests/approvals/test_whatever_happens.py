"""Whatever people do and in whichever order: what goes out was approved as its route asked.

A state machine over drafts, posts of the centre, people and decisions. Pages stay open and are sent
late, people change their minds, routes change, colleagues stand in and leave; every step goes
through the services.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from accounts.roles import Role
from accounts.services import Step, deactivate
from approvals.models import Decision, Verdict
from approvals.reasons import Reason
from approvals.services import (
    AlreadyApproved,
    CannotDelegate,
    OutOfTime,
    PartRefused,
    RulesObject,
    SaysTheSame,
    Seen,
    approve,
    approve_centrally,
    delegate,
    is_decided_together,
    open_suggestion,
    publish_in_emergency,
    reject,
    reopen,
    return_for_changes,
    send_back_centrally,
    suggest,
    take_as_approver,
    take_as_author,
    unschedule,
    waiting,
)
from drafts.models import CentralPost, Contribution, Draft, DraftQuerySet, Revision
from drafts.services import (
    NotReady,
    Writing,
    change_centrally,
    save,
    submit,
    submit_centrally,
    withdraw,
    write,
    write_centrally,
)
from drafts.workflow import StaleDraft
from publishing.models import Delivery
from publishing.statements import is_proved
from publishing.workflow import MayBePublic, State, TooLate
from tests.factories import CLEAN, Scene, again

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400)]

REFUSALS = (
    AlreadyApproved,
    CannotDelegate,
    MayBePublic,
    NotReady,
    OutOfTime,
    PartRefused,
    PermissionDenied,
    RulesObject,
    SaysTheSame,
    StaleDraft,
    TooLate,
)
ROUTES: tuple[tuple[Step, ...], ...] = (
    (Step((Role.COMMS_APPROVER,)),),
    (Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,))),
    (Step((Role.COMMS_APPROVER,)), Step((Role.COMMS_APPROVER,)), Step((Role.COMMS_DUTY,))),
)
PEOPLE = (
    Role.OFFICER,
    Role.OFFICER,
    Role.LPT_SUPERVISOR,
    Role.COMMS_APPROVER,
    Role.COMMS_APPROVER,
    Role.COMMS_APPROVER,
    Role.COMMS_DUTY,
    Role.COMMS_DUTY,
)
somebody = st.integers(0, len(PEOPLE) - 1)
something = st.integers(0, 1000)


@dataclass(frozen=True)
class Page:
    """What somebody had on screen when they opened the review of a draft."""

    draft: int
    number: int
    hash: str
    step: int
    text: str


class Desk(RuleBasedStateMachine):
    """Drafts, people and decisions of one team, and what the centre posts there and elsewhere."""

    deliveries = posts_sent = steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.scene = Scene()
        self.route: tuple[Step, ...] = ROUTES[0]
        self.people = [self.scene.person(role) for role in PEOPLE]
        self.accounts = [self.scene.account, self.scene.other_account()]
        self.pages: list[Page] = []
        # What somebody had on screen of a post: its key, and of each draft what was shown.
        self.posts: list[tuple[int, dict[int, Seen]]] = []
        self.words = 0
        # By revision: how many people its route wants, as the route stood at its submission.
        self.wanted: dict[int, int] = {}
        # The revisions that are decided together with others, and the decisions that did so.
        self.together: set[int] = set()
        self.decided_together: set[int] = set()

    # --- helpers

    @property
    def drafts(self) -> DraftQuerySet:
        return Draft.objects.filter(account__in=self.accounts).with_people().order_by("pk")

    def person(self, number: int) -> User:
        return again(self.people[number])

    def draft(self, number: int) -> Draft:
        drafts = list(self.drafts)
        return drafts[number % len(drafts)]

    def post(self, number: int) -> CentralPost:
        return CentralPost.objects.get(pk=self.posts[number % len(self.posts)][0])

    def page(self, number: int) -> Page:
        return self.pages[number % len(self.pages)]

    def text(self) -> str:
        self.words += 1
        return f"{CLEAN} Bring number {self.words}."

    def attempt(self, what: Any, *given: Any, **named: Any) -> Any:
        """Do it; None when it is refused, as people are all the time."""
        Desk.steps += 1
        try:
            return what(*given, now=timezone.now(), **named)
        except REFUSALS:
            return None

    def note_submissions(self) -> None:
        mine = Revision.objects.filter(draft__in=self.drafts, submissions__isnull=False)
        for revision in mine.distinct().exclude(pk__in=self.wanted).select_related("draft"):
            if is_decided_together(revision.draft):
                self.together.add(revision.pk)
            # A post of the centre is approved once, or not handed in at all.
            self.wanted[revision.pk] = 1 if revision.pk in self.together else len(self.route)

    # --- what people do

    @initialize()
    def something_is_on_its_way(self) -> None:
        self.writes_and_hands_in(0)
        self.the_present_page_is_approved(0)
        self.posts_centrally(3)
        self.the_last_post_is_approved()

    @rule(who=somebody)
    def writes(self, who: int) -> None:
        writing = Writing(text=self.text(), account=self.scene.account, category="meeting")
        self.attempt(write, writing, author=self.person(who))

    @precondition(lambda self: self.drafts.exists())
    @rule(who=somebody, which=something)
    def changes(self, who: int, which: int) -> None:
        draft = self.draft(which)
        writing = Writing(text=self.text(), account=draft.account, category="meeting")
        number = draft.revision_number
        self.attempt(save, draft, writing, actor=self.person(who), revision_number=number)

    @precondition(lambda self: self.drafts.exists())
    @rule(who=somebody, which=something)
    def hands_in(self, who: int, which: int) -> None:
        draft = self.draft(which)
        self.attempt(
            submit,
            draft,
            actor=self.person(who),
            revision_number=draft.revision_number,
            answers={},
        )
        self.note_submissions()

    @rule(who=somebody)
    def writes_and_hands_in(self, who: int) -> None:
        # The likely way, so that chance alone need not find it.
        self.writes(who)
        draft = self.drafts.last()
        if draft is None:
            return
        self.attempt(
            submit,
            draft,
            actor=draft.author,
            revision_number=draft.revision_number,
            answers={},
        )
        self.note_submissions()
        self.opens(self.drafts.count() - 1)

    @precondition(lambda self: self.drafts.exists())
    @rule(which=something)
    def opens(self, which: int) -> None:
        draft = self.draft(which)
        self.pages.append(
            Page(draft.pk, draft.revision_number, draft.content_hash, draft.step, draft.text)
        )

    @precondition(lambda self: self.pages)
    @rule(who=somebody, which=something)
    def approves(self, who: int, which: int) -> None:
        page, actor = self.page(which), self.person(who)
        before = Decision.objects.count()
        self.attempt(
            approve,
            Draft.objects.with_people().get(pk=page.draft),
            actor=actor,
            revision_number=page.number,
            revision_hash=page.hash,
            step=page.step,
        )
        if Decision.objects.count() > before:
            decision = Decision.objects.latest("pk")
            assert decision.revision.text == page.text, "Approved a text that was not shown."
            assert decision.step == page.step

    @precondition(lambda self: self.pages)
    @rule(which=something)
    def the_present_page_is_approved(self, which: int) -> None:
        draft = self.draft(which)
        self.opens(list(self.drafts).index(draft))
        for who in range(2, len(PEOPLE)):
            self.approves(who, len(self.pages) - 1)

    @precondition(lambda self: self.pages)
    @rule(who=somebody, which=something, how=st.sampled_from([reject, return_for_changes]))
    def sends_back(self, who: int, which: int, how: Any) -> None:
        page = self.page(which)
        self.attempt(
            how,
            Draft.objects.with_people().get(pk=page.draft),
            actor=self.person(who),
            revision_number=page.number,
            revision_hash=page.hash,
            reason=Reason.TONE,
            sentence="Friendlier.",
        )

    @precondition(lambda self: self.pages)
    @rule(who=somebody, which=something)
    def suggests(self, who: int, which: int) -> None:
        page = self.page(which)
        self.attempt(
            suggest,
            Draft.objects.with_people().get(pk=page.draft),
            actor=self.person(who),
            revision_number=page.number,
            revision_hash=page.hash,
            text=self.text(),
            note="",
        )

    @precondition(lambda self: self.drafts.exists())
    @rule(who=somebody, which=something, how=st.sampled_from([take_as_author, take_as_approver]))
    def takes(self, who: int, which: int, how: Any) -> None:
        suggestion = open_suggestion(self.draft(which))
        if suggestion:
            self.attempt(how, suggestion, actor=self.person(who))
            self.note_submissions()

    @precondition(lambda self: self.pages)
    @rule(who=somebody, which=something)
    def lets_out_in_an_emergency(self, who: int, which: int) -> None:
        page = self.page(which)
        self.attempt(
            publish_in_emergency,
            Draft.objects.with_people().get(pk=page.draft),
            actor=self.person(who),
            revision_number=page.number,
            revision_hash=page.hash,
            reason="The river rises.",
        )

    @precondition(lambda self: self.drafts.exists())
    @rule(who=somebody, which=something, how=st.sampled_from([withdraw, reopen, unschedule]))
    def calls_back(self, who: int, which: int, how: Any) -> None:
        draft = self.draft(which)
        before = draft.current_revision.pk
        self.attempt(how, draft, actor=self.person(who))
        if how is unschedule:
            # The same run once more: a revision of its own, with the same steps.
            same = self.draft(which).current_revision.pk
            self.wanted.setdefault(same, self.wanted.get(before, 1))
            if before in self.together:
                self.together.add(same)

    @rule(who=somebody)
    def posts_centrally(self, who: int) -> None:
        writing = Writing(text=self.text(), account=self.scene.account, category="meeting")
        actor = self.person(who)
        if central := self.attempt(write_centrally, writing, self.accounts, author=actor):
            self.attempt(submit_centrally, central, actor=actor, answers={}, ticked={})
            self.note_submissions()
            self.opens_post(-1)

    @precondition(lambda self: self.posts)
    @rule(who=somebody, which=something)
    def changes_post(self, who: int, which: int) -> None:
        central, actor = self.post(which), self.person(who)
        writing = Writing(text=self.text(), account=self.scene.account, category="meeting")
        self.attempt(change_centrally, central, writing, self.accounts, actor=actor)
        self.attempt(submit_centrally, central, actor=actor, answers={}, ticked={})
        self.note_submissions()

    @precondition(lambda self: self.posts)
    @rule(which=something)
    def opens_post(self, which: int) -> None:
        posts = CentralPost.objects.filter(force=self.scene.force).order_by("pk")
        central = list(posts)[which % len(posts)]
        drafts = waiting(central)
        seen = {d.pk: Seen(d.revision_number, d.content_hash, d.step) for d in drafts}
        self.posts.append((central.pk, seen))

    @precondition(lambda self: self.posts)
    @rule(who=somebody, which=something, how=st.sampled_from(["approve", "return", "reject"]))
    def decides_on_post(self, who: int, which: int, how: str) -> None:
        key, seen = self.posts[which % len(self.posts)]
        central, actor = CentralPost.objects.get(pk=key), self.person(who)
        waited = {draft.pk for draft in waiting(central)}
        last = Decision.objects.order_by("pk").last()
        if how == "approve":
            self.attempt(approve_centrally, central, actor=actor, seen=seen)
        else:
            self.attempt(
                send_back_centrally, central, actor=actor, seen=seen, rejects=how == "reject",
                reason=Reason.TONE, sentence="Friendlier.",
            )  # fmt: skip
        made = list(Decision.objects.filter(pk__gt=last.pk if last else 0))
        assert not made or {one.draft_id for one in made} == waited, (
            "Decided on a part of it alone."
        )
        voices = {actor.pk} | ({one.on_behalf_of_id for one in made} - {None})
        wrote = central.drafts().filter(contributions__person__in=voices).exists()
        assert not (made and wrote), "Decided on by, or for, somebody who wrote some of it."
        self.decided_together |= {one.pk for one in made}

    @precondition(lambda self: self.posts)
    @rule()
    def the_last_post_is_approved(self) -> None:
        self.opens_post(-1)
        for who in range(3, len(PEOPLE)):
            if self.posts[-1][1] and waiting(self.post(-1)):
                self.decides_on_post(who, len(self.posts) - 1, "approve")

    @rule(which=st.integers(0, len(ROUTES) - 1))
    def another_route(self, which: int) -> None:
        self.route = ROUTES[which]
        self.scene.route(*self.route)

    @rule(absent=somebody, who=somebody)
    def stands_in(self, absent: int, who: int) -> None:
        today, person = timezone.localdate(), self.person(absent)
        self.attempt(
            delegate,
            person,
            to=self.person(who),
            since=today,
            until=today + timedelta(days=1),
            reason="On leave",
            actor=person,
        )

    @rule(who=st.integers(0, 40))
    def leaves(self, who: int) -> None:
        # Seldom: an empty desk tells nothing.
        if who < len(PEOPLE):
            deactivate(self.people[who], actor=None, now=timezone.now())
            self.people[who] = self.scene.person(PEOPLE[who])

    # --- what must hold

    @invariant()
    def what_goes_out_was_approved_by_others_as_its_route_asked(self) -> None:
        of_ours = Delivery.objects.filter(account__in=self.accounts)
        going = list(of_ours.exclude(state=State.CANCELLED))
        wrote_any: dict[int, set[int]] = defaultdict(set)
        drafts = [delivery.draft_id for delivery in going]
        for contribution in Contribution.objects.filter(draft__in=drafts):
            wrote_any[contribution.draft_id].add(contribution.person_id)
        made: dict[int, list[Decision]] = defaultdict(list)
        revisions = [delivery.revision_id for delivery in going]
        for decision in Decision.objects.filter(revision__in=revisions).select_related("person"):
            made[decision.revision_id].append(decision)
        for delivery in going:
            Desk.deliveries += 1
            wrote, decisions = wrote_any[delivery.draft_id], made[delivery.revision_id]
            last = next(one for one in decisions if one.delivery_id == delivery.pk)
            given = [one for one in decisions if one.verdict == Verdict.APPROVE]
            people = {one.person_id for one in given}
            behalf = {one.on_behalf_of_id for one in given} - {None}
            if delivery.revision_id in self.together:
                # Whoever approved a post may reopen and change one part of it: they become a
                # contributor of all parts then. Asked when it was decided instead.
                Desk.posts_sent += 1
            else:
                by = people | {delivery.approved_by_id}
                assert not wrote & by, "Approved by a contributor."
                assert not wrote & behalf, "Approved in the place of a contributor."
            assert all(one.content_hash == delivery.approved_hash for one in decisions)
            if last.verdict == Verdict.EMERGENCY:
                continue
            wanted = self.wanted[delivery.revision_id]
            assert len(people) == len(given) >= wanted, "An approval of the route is missing."
            assert {one.step for one in given} == set(range(1, wanted + 1))
            assert not behalf & people, "One voice counted twice."
            gone = given and not all(one.person.is_active for one in given)
            assert gone or is_proved(delivery.pk)

    @invariant()
    def no_part_of_a_post_is_decided_on_alone(self) -> None:
        decisions = Decision.objects.filter(revision__in=self.together)
        alone = decisions.exclude(pk__in=self.decided_together)
        assert not alone.exists(), "One part was decided on alone."
        # And each that goes out by such a decision.
        deliveries = Delivery.objects.filter(revision__in=self.together)
        assert not deliveries.exclude(decision__in=self.decided_together).exists()


class TestWhateverPeopleDo:
    def test_nothing_goes_out_that_was_not_approved_as_its_route_asks(self) -> None:
        Desk.deliveries = Desk.posts_sent = Desk.steps = 0
        run_state_machine_as_test(
            Desk,
            settings=settings(
                max_examples=30,
                stateful_step_count=35,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        # A desk from which nothing goes out proves nothing.
        assert Desk.deliveries > 40
        assert Desk.posts_sent > 40
