"""The judge of the fault suite: it finds each thing that must not be, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from accounts.roles import Role
from audit.services import seal
from publishing.backends.mock import MockPublisher
from publishing.clock import database_now
from publishing.models import Attempt, Delivery
from publishing.services import dispatch_due
from publishing.services.payload import payload_of
from publishing.services.vault import secrets_of
from publishing.workflow import Outcome, State
from tests import servers
from tests.factories import Scene
from tests.faults.suite.judge import Ban, Case, Verdict, judge
from tests.faults.suite.without import GUARDS, rewrite
from tests.publishing import stage

pytestmark = pytest.mark.xdist_group("processes")
HOUR = timedelta(hours=1)


class World:
    """Two tweets that went out as they should, on a database that keeps what is committed."""

    def __init__(self, url: str, ledger: Path) -> None:
        self.url, self.ledger = url, ledger
        self.scene = Scene()
        self.deliveries = stage.due(self.scene, 2)
        self.approved = {d.token.hex: d.revision.text for d in self.deliveries}
        dispatch_due(now=database_now())
        seal(now=database_now())
        self.first = stage.fresh(self.deliveries[0])

    def verdict(self, *bans: Ban) -> Verdict:
        case = Case(audit_key=settings.AUDIT_KEY, approved=self.approved, bans=bans)
        return judge(self.url, self.ledger, case)

    def update(self, **columns: object) -> None:
        Delivery.objects.filter(pk=self.first.pk).update(**columns)

    def send_again(self) -> None:
        blind = MockPublisher(str(self.ledger), ability="blind")
        blind.publish(payload_of(self.first), secrets_of(self.first.account))

    def open_attempts(self) -> None:
        servers.statement(self.url, "DROP INDEX one_open_attempt_per_delivery")
        for _ in range(2):
            Attempt.objects.create(delivery=self.first, fence=9, started_at=database_now())

    def approve_own(self) -> None:
        self.first.draft.contributions.create(person=self.first.approved_by)

    def never_send(self) -> None:
        stage.due(self.scene, state=State.PUBLISHED)

    def change_trail(self) -> None:
        servers.statement(self.url, "ALTER TABLE audit_record DISABLE TRIGGER USER")
        servers.statement(self.url, "UPDATE audit_record SET actor_name = 'Nobody'")

    def arm_early(self) -> None:
        early = self.first.due_at - HOUR
        Attempt.objects.create(
            delivery=self.first, fence=9, started_at=early, outcome=Outcome.UNKNOWN
        )


WRONGS: dict[str, tuple[str, Callable[[World], object]]] = {
    "a second effect": ("duplicated", World.send_again),
    "published and no effect": ("lost", World.never_send),
    "an effect of what was missed": ("lost", lambda w: w.update(state=State.MISSED)),
    "an effect of what was cancelled": ("held_sent", lambda w: w.update(state=State.CANCELLED)),
    "nobody told": ("lost", lambda w: w.update(state=State.NEEDS_HUMAN)),
    "a trail that was changed": ("lost", World.change_trail),
    "other words": ("unapproved", lambda w: w.approved.update({w.first.token.hex: "Other words"})),
    "an approver who wrote it": ("unapproved", World.approve_own),
    "armed before due": ("unapproved", World.arm_early),
    "out before due": ("unapproved", lambda w: w.update(due_at=database_now() + HOUR / 2)),
    "out too late": (
        "unapproved",
        lambda w: w.update(due_at=w.first.due_at - 2 * HOUR, not_after=w.first.due_at - HOUR),
    ),
    "no end": ("stuck", lambda w: w.update(state=State.CLAIMED)),
    "two open attempts": ("stuck", World.open_attempts),
}


class TestTheJudge:
    @pytest.fixture
    def world(self, postgres: str, ledger: stage.Ledger) -> World:
        return World(postgres, ledger.path)

    def test_finds_nothing_where_all_is_well(self, database: str, ledger: stage.Ledger) -> None:
        verdict = World(database, ledger.path).verdict()
        assert (verdict.posts, verdict.wrong, verdict.is_clean) == (2, [], True)

    @pytest.mark.parametrize("wrong", WRONGS)
    def test_finds_what_must_not_be(self, world: World, wrong: str) -> None:
        counted, go_wrong = WRONGS[wrong]
        go_wrong(world)
        verdict = world.verdict()
        assert getattr(verdict, counted) >= 1, verdict.wrong
        assert not verdict.is_clean

    def test_finds_a_tweet_that_nobody_approved(self, world: World) -> None:
        stranger = replace(payload_of(world.first), token=uuid4())
        MockPublisher(str(world.ledger)).publish(stranger, secrets_of(world.first.account))
        assert world.verdict().unapproved == 1

    def test_finds_what_was_armed_under_a_hold(self, world: World) -> None:
        (started,) = Attempt.objects.filter(delivery=world.first).values_list(
            "started_at", flat=True
        )
        moment = timedelta(milliseconds=1)
        key = frozenset([world.first.pk])
        assert world.verdict(Ban(key, started - moment)).held_sent == 1
        assert world.verdict(Ban(key, started + moment)).is_clean
        assert world.verdict(Ban(key, started - HOUR, started - moment)).is_clean

    def test_needs_no_alert_where_somebody_was_told(self, world: World) -> None:
        world.scene.person(Role.COMMS_DUTY)
        (late,) = stage.due(world.scene, not_after=database_now() - timedelta(seconds=1))
        dispatch_due(now=database_now())
        seal(now=database_now())
        assert stage.state_of(late) == State.MISSED
        assert world.verdict().is_clean


class TestAGuard:
    @pytest.mark.parametrize(
        ("name", "with_it", "without_it"),
        [
            (
                "fence",
                'UPDATE t SET "fence" = 2 WHERE ("t"."id" = 1 AND "t"."fence" = %s)',
                'UPDATE t SET "fence" = 2 WHERE ("t"."id" = 1 AND %s IS NOT NULL)',
            ),
            ("late", 'a AND "d"."not_after" > %s)', "a AND %s IS NOT NULL)"),
            ("lease", '"lease_until" <= %s)', "\"lease_until\" <= %s + interval '1 day')"),
            ("hold", 'FROM "incidents_hold" h', 'FROM "without_hold" h'),
        ],
    )
    def test_is_taken_out_of_the_sql(self, name: str, with_it: str, without_it: str) -> None:
        assert rewrite(with_it, [GUARDS[name]]) == without_it
