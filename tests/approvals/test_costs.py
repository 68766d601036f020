"""What the review desk costs: the same queries however much waits, each answered from an index."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.duty import Hours
from accounts.models import User
from accounts.roles import Role
from accounts.services import set_hours
from approvals.services import expire_overdue, finish_steps, next_for, remind
from bench.queue import copy_rows
from drafts.models import Draft, cursor_of
from tests.factories import Scene, submitted

MARKET = "Our stall is on the market square on Friday. Come and see us."
QUEUE = "/review/"
AT_MOST = {"queue": 8, "opened": 31, "approved": 33}


def asked(ask: Callable[[], object]) -> list[str]:
    """The queries of it, without those that tests are wrapped in."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


def plan_of(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {query}")
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.django_db
class TestWithThreeAndWithThirty:
    @pytest.fixture
    def scene(self) -> Scene:
        return Scene()

    @pytest.fixture
    def reviewer(self, client: Client, scene: Scene) -> User:
        person = scene.person(Role.COMMS_APPROVER)
        client.force_login(person)
        # The first request of a minute writes down that the session goes on.
        client.get(QUEUE)
        return person

    def fill(self, scene: Scene, wanted: int) -> None:
        author = scene.person()
        while Draft.objects.count() < wanted:
            number = Draft.objects.count()
            submitted(scene, text=f"{MARKET} No. {number}.", author=author)

    @pytest.mark.usefixtures("reviewer")
    def test_the_queue_asks_eight(self, client: Client, scene: Scene) -> None:
        counts = {}
        for wanted in (3, 30):
            self.fill(scene, wanted)
            first = Draft.objects.oldest_due_first()[0]
            after = cursor_of(first.queue_at or first.changed_at, first.pk)
            team = scene.lpt.pk
            for name, query in (
                ("first", ""),
                ("filtered", f"?lpt={team}&found=clean&due=asap"),
                ("searched", "?q=stall"),
                ("deep", f"?after={after}"),
            ):
                counts[wanted, name] = len(asked(lambda: client.get(f"{QUEUE}{query}")))  # noqa: B023  asked at once
        assert set(counts.values()) == {AT_MOST["queue"]}

    @pytest.mark.usefixtures("reviewer")
    def test_a_decision_asks_no_more(self, client: Client, scene: Scene) -> None:
        counts: dict[str, set[int]] = {"opened": set(), "approved": set()}
        for wanted in (3, 30):
            self.fill(scene, wanted)
            draft = Draft.objects.awaiting_review().oldest_due_first()[0]
            address = reverse("approvals:review", args=[draft.pk])
            counts["opened"].add(len(asked(lambda: client.get(address))))  # noqa: B023  asked at once
            sent = {
                "decision": "approve",
                "revision_number": draft.revision_number,
                "revision_hash": draft.content_hash,
                "step": draft.step,
            }
            counts["approved"].add(len(asked(lambda: client.post(address, sent))))  # noqa: B023  asked at once
            draft.refresh_from_db()
            assert draft.state == "approved"
        for name, numbers in counts.items():
            assert max(numbers) <= AT_MOST[name], counts
        # The second time there is something that can still be stopped, and what holds it back.
        assert max(counts["opened"]) - min(counts["opened"]) <= 2
        assert len(counts["approved"]) == 1


@pytest.mark.usefixtures("postgres")
class TestEveryLook:
    def test_is_answered_from_an_index(self, client: Client) -> None:
        scene, now = Scene(), timezone.now()
        # Outside the hours nobody is reminded by day.
        always = [Hours(time(0), time(0))] * 7
        set_hours(scene.force, always, actor=scene.person(Role.COMMS_ADMIN), now=now)
        submitted(scene, text=MARKET, now=now)
        copy_rows([submitted(scene, now=now)] * 3000, range(3000))
        reviewer = scene.person(Role.COMMS_APPROVER)
        later = now + timedelta(hours=1)
        Draft.objects.update(remind_at=later, remind_by_day_at=later)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        client.force_login(reviewer)
        client.get(QUEUE)
        middle = Draft.objects.oldest_due_first()[2000]
        after = cursor_of(middle.queue_at or middle.changed_at, middle.pk)
        looks: dict[str, tuple[Callable[[], object], set[str]]] = {
            "first": (lambda: client.get(QUEUE), {"review_queue"}),
            "deep": (lambda: client.get(f"{QUEUE}?after={after}"), {"review_queue"}),
            "searched": (lambda: client.get(f"{QUEUE}?q=stalls+friday"), {"draft_search"}),
            "live": (
                lambda: client.get(f"{QUEUE}live/?on={middle.pk}&since={cursor_of(now, 0)}"),
                {"draft_submitted"},
            ),
            "next": (lambda: next_for(reviewer), {"review_queue"}),
            "remind": (lambda: remind(now=now), {"draft_remind", "draft_remind_by_day"}),
            "expire": (lambda: expire_overdue(now=now), {"draft_planned", "draft_submitted"}),
            "finish": (lambda: finish_steps(now=now), {"review_step_open"}),
        }
        for name, (look, indexes) in looks.items():
            read = ('FROM "drafts_draft"', 'FROM "drafts_reviewstep"')
            plans = [plan_of(q) for q in asked(look) if any(table in q for table in read)]
            text = "\n\n".join(plans)
            assert plans, name
            for index in indexes:
                assert f" {index} " in text, (name, text)
        deep = asked(lambda: client.get(f"{QUEUE}?after={after}"))
        (page,) = (plan_of(q) for q in deep if q.startswith('SELECT "drafts_draft"."id"'))
        # It begins where the page before ended, and does not read on from the first.
        conditions = [line for line in page.splitlines() if "Index Cond:" in line]
        assert any("queue_at >= " in line for line in conditions), page
