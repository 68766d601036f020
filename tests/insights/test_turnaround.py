"""How fast drafts are decided: the figures, their page and their file."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import Role
from accounts.services import Step
from approvals.reasons import Reason
from approvals.services import reject, return_for_changes, unschedule
from drafts.models import Draft
from insights.services import turnaround
from insights.services.turnaround import _span
from tests.factories import Scene, sign, submitted
from tests.pages import Page

MINUTE = timedelta(minutes=1)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def comms(client: Client, scene: Scene) -> User:
    person = scene.person(Role.COMMS_APPROVER, full_name="Ann Marl")
    client.force_login(person)
    return person


def waited(scene: Scene, minutes: int, *, by: User, ago: timedelta = MINUTE, **more: Any) -> Draft:
    """A draft that was approved so long after its submission."""
    decided = timezone.now() - ago
    draft = submitted(scene, now=decided - minutes * MINUTE, **more)
    sign(draft, by=by, now=decided)
    return draft


def send_back(draft: Draft, *, by: User, rejects: bool = False) -> None:
    (reject if rejects else return_for_changes)(
        draft,
        actor=by,
        revision_number=draft.revision_number,
        revision_hash=draft.content_hash,
        reason=Reason.TONE,
        sentence="Not like this.",
        now=timezone.now(),
    )


class TestASpan:
    @given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60))
    def test_holds_half_of_them_and_nine_in_ten(self, seconds: list[int]) -> None:
        spans = [timedelta(seconds=number) for number in seconds]
        found = _span("x", spans)
        assert found.count == len(spans)
        for limit, part in ((found.median, 0.5), (found.most, 0.9)):
            within = sum(span <= limit for span in spans)
            under = sum(span < limit for span in spans)
            assert under / len(spans) < part <= within / len(spans)


@pytest.mark.django_db
class TestTheFigures:
    def since(self, days: int = 30) -> datetime:
        return timezone.now() - timedelta(days=days)

    def test_count_a_tweet_that_was_stopped_from_then_on(self, scene: Scene) -> None:
        comms = scene.person(Role.COMMS_APPROVER)
        draft = waited(scene, 30, by=comms)
        draft.refresh_from_db()
        unschedule(draft, actor=comms, now=timezone.now() - MINUTE / 2)
        draft.refresh_from_db()
        send_back(draft, by=comms, rejects=True)
        figures = turnaround(scene.force, since=self.since())
        assert figures.whole is not None
        assert figures.whole.count == 2
        # Half an hour until it was approved, half a minute from the stop to its rejection.
        assert figures.whole.median < MINUTE
        assert figures.whole.most == 30 * MINUTE
        assert figures.came_back

    def test_go_from_submission_to_decision(self, scene: Scene, comms: User) -> None:
        for minutes in (10, 20, 60):
            waited(scene, minutes, by=comms)
        found = turnaround(scene.force, since=self.since())
        assert found.whole is not None
        assert (found.whole.count, found.whole.median) == (3, 20 * MINUTE)
        assert found.whole.most == 60 * MINUTE
        (team,) = found.by_team
        assert (team.name, team.count) == (scene.lpt.name, 3)
        (person,) = found.by_person
        assert (person.name, person.median) == ("Ann Marl", 20 * MINUTE)

    def test_leave_out_another_force_and_what_is_long_ago(self, scene: Scene, comms: User) -> None:
        abroad = Scene()
        waited(abroad, 5, by=abroad.person(Role.COMMS_APPROVER))
        waited(scene, 5, by=comms, ago=timedelta(days=40))
        submitted(scene)
        assert turnaround(scene.force, since=self.since()).whole is None
        assert turnaround(scene.force, since=self.since(90)).whole is not None

    def test_count_a_run_once_and_each_who_decided(self, scene: Scene, comms: User) -> None:
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        sergeant = scene.person(Role.LPT_SUPERVISOR)
        draft = submitted(scene, now=timezone.now() - 30 * MINUTE)
        sign(draft, by=sergeant, now=timezone.now() - 20 * MINUTE)
        draft.refresh_from_db()
        sign(draft, by=comms)
        found = turnaround(scene.force, since=self.since())
        assert found.whole is not None
        assert found.whole.count == 1
        assert {span.name: span.median // MINUTE for span in found.by_person} == {
            sergeant.full_name: 10,
            "Ann Marl": 30,
        }

    @pytest.mark.parametrize(
        ("submitted_at", "hour"),
        [
            # British summer time, and the hour that comes twice.
            (datetime(2026, 7, 1, 6, 30, tzinfo=UTC), "07:00"),
            (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "01:00"),
            (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "01:00"),
            (datetime(2026, 1, 1, 6, 30, tzinfo=UTC), "06:00"),
        ],
    )
    def test_know_the_hour_in_the_uk(
        self, scene: Scene, comms: User, submitted_at: datetime, hour: str
    ) -> None:
        draft = submitted(scene, now=submitted_at)
        sign(draft, by=comms, now=submitted_at + MINUTE)
        found = turnaround(scene.force, since=submitted_at)
        assert [span.name for span in found.by_hour] == [hour]

    def test_count_why_drafts_came_back(self, scene: Scene, comms: User) -> None:
        for rejects in (False, False, True):
            send_back(submitted(scene), by=comms, rejects=rejects)
        (row,) = turnaround(scene.force, since=self.since()).came_back
        assert (row.team, row.reason) == (scene.lpt.name, "Tone")
        assert (row.returned, row.rejected) == (2, 1)


@pytest.mark.django_db
class TestThePage:
    def test_says_how_fast_it_is(self, client: Client, scene: Scene, comms: User) -> None:
        waited(scene, 10, by=comms)
        waited(scene, 180, by=comms)
        page = Page.of(client.get("/figures/"))
        assert (
            "Half of the drafts were decided within 10 minutes, nine in ten within 3 hours."
            in page.main
        )
        assert "2 drafts in the last 30 days" in page.main
        assert len(page.root.all("table")) == 3

    @pytest.mark.parametrize("days", ["", "7", "90", "8", "x", "-1", "9" * 40])
    def test_stands_when_there_is_nothing(self, client: Client, comms: User, days: str) -> None:
        page = Page.of(client.get("/figures/", {"days": days}))
        shown = days if days in {"7", "90"} else "30"
        assert f"Nothing was decided in the last {shown} days" in page.main

    def test_costs_the_same_queries_however_many(
        self, client: Client, scene: Scene, comms: User, django_assert_max_num_queries: Any
    ) -> None:
        client.get("/figures/")
        counts = []
        for _ in range(2):
            waited(scene, 10, by=comms)
            with django_assert_max_num_queries(10) as captured:
                client.get("/figures/")
            counts.append(len(captured))
        assert counts[0] == counts[1]


@pytest.mark.django_db
class TestTheFile:
    def rows(self, client: Client) -> list[list[str]]:
        answer = client.get("/figures/turnaround.csv?days=7")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert 'filename="turnaround-7-days.csv"' in answer["Content-Disposition"]
        return list(csv.reader(StringIO(answer.content.decode())))

    def test_holds_the_figures_of_the_page(self, client: Client, scene: Scene, comms: User) -> None:
        waited(scene, 12, by=comms)
        send_back(submitted(scene), by=comms)
        rows = self.rows(client)
        assert rows[0][:4] == ["Of", "Name", "Reason", "Decided"]
        assert ["Person", "Ann Marl", "", "2", "0", "12"] in rows
        assert ["Returned", scene.lpt.name, "Tone", "1", "", ""] in rows

    @pytest.mark.parametrize("name", ["=1+1", "+44", "-cmd", "@SUM(A1)", "\tx"])
    def test_holds_no_formula(self, client: Client, scene: Scene, comms: User, name: str) -> None:
        User.objects.filter(pk=comms.pk).update(full_name=name)
        waited(scene, 12, by=comms)
        assert f"'{name}" in [row[1] for row in self.rows(client)]
