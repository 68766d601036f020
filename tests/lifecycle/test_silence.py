"""Accounts on which nobody tweets: told once for each level, ended by a tweet."""

from dataclasses import asdict
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client

from accounts.models import AccountStatus, User
from accounts.roles import Role
from accounts.services import set_status
from audit.models import Record
from audit.verbs import Verb
from lifecycle.models import FirstSeen, Silence
from lifecycle.services import AlreadyAnswered, first_seen, keep, watch_silence
from notices.models import Notice
from policy.services import file_pack, propose, set_numbers
from publishing.clock import database_now
from publishing.models import PastPost
from publishing.workflow import State
from tests.factories import Scene, again
from tests.pages import Page
from tests.policy.owners import put_in_force
from tests.publishing import stage
from tests.races import at_once

DAY = timedelta(days=1)


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


@pytest.fixture
def now() -> datetime:
    return database_now()


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


def silent(scene: Scene, days: float, *, now: datetime) -> Silence:
    """An account that has been there for so many days without a tweet, looked at `now`."""
    first_seen(scene.account, now=now - days * DAY)
    watch_silence(now=now)
    return Silence.objects.select_related("account").get()


def told(user: User) -> list[str]:
    return [notice.text for notice in Notice.objects.for_person(user.pk)]


class TestASilence:
    @pytest.mark.parametrize(
        ("days", "level"), [(13.9, 0), (14, 1), (27.9, 1), (28, 2), (55.9, 2), (56, 3), (400, 3)]
    )
    def test_has_three_levels(self, scene: Scene, now: datetime, days: float, level: int) -> None:
        first_seen(scene.account, now=now - days * DAY)
        assert watch_silence(now=now) == bool(level)
        assert list(Silence.objects.values_list("level", flat=True)) == [level] * bool(level)

    def test_goes_by_the_days_of_the_force_s_own_pack(self, scene: Scene, now: datetime) -> None:
        helen, sam = scene.person(Role.POLICY_OWNER), scene.person(Role.POLICY_OWNER)
        pack = file_pack(scene.force)
        version = set_numbers(
            scene.force,
            limits={platform.value: limit for platform, limit in pack.limits.items()},
            reporting=asdict(pack.reporting),
            silence={"team": 3, "comms": 5, "closing": 7},
            actor=helen,
            seen=0,
            now=now,
        )
        propose(version, actor=helen, reason="Sooner.", seen=version.edits, now=now)
        put_in_force(version, sam)
        first_seen(scene.account, now=now)
        levels: list[int] = []
        for day in (2, 3, 5, 7):
            watch_silence(now=now + day * DAY)
            levels += Silence.objects.values_list("level", flat=True)
        assert levels == [1, 2, 3]

    def test_is_told_to_the_team_then_to_communications_once_each(
        self, scene: Scene, officer: User, admin: User, now: datetime
    ) -> None:
        first_seen(scene.account, now=now)
        for day in (0, 13, 14, 15, 27, 28, 55, 56, 70):
            watch_silence(now=now + day * DAY)
            watch_silence(now=now + day * DAY)
        assert told(officer) == [
            f"Nobody has tweeted on {scene.account} for 14 days. Tell your community what you did"
            " this week."
        ]
        assert [text.partition(". ")[2] for text in told(admin)] == [
            "Close it, or say why it is kept.",
            "Talk to the team: who has the time for it?",
        ]
        levels = Record.objects.filter(verb=Verb.ACCOUNT_SILENT).order_by("pk")
        assert [record.data["level"] for record in levels] == [1, 2, 3]

    def test_begins_when_the_account_is_first_seen(self, scene: Scene, now: datetime) -> None:
        assert watch_silence(now=now) == 0
        assert FirstSeen.objects.get().at == now
        assert watch_silence(now=now + 14 * DAY) == 1

    @pytest.mark.parametrize("way", ["here", "past"])
    def test_is_ended_by_a_tweet_and_begins_anew(
        self, scene: Scene, officer: User, now: datetime, way: str
    ) -> None:
        silence = silent(scene, 60, now=now)
        at = now - DAY
        if way == "here":
            stage.due(scene, state=State.PUBLISHED, published_at=at)
        else:
            PastPost.objects.create(
                account=scene.account, external_id="1", text="Hi", posted_at=at, found_at=now
            )
        assert watch_silence(now=now) == 0
        silence.refresh_from_db()
        assert silence.ended_at == now
        assert not Notice.objects.filter(urgent=True, read_at=None).exists()
        assert watch_silence(now=at + 14 * DAY) == 1
        assert Silence.objects.standing().get().level == 1

    def test_is_none_of_an_account_out_of_use(self, scene: Scene, now: datetime) -> None:
        first_seen(scene.account, now=now - 60 * DAY)
        set_status(scene.account, AccountStatus.CLOSED, actor=None, now=now)
        assert watch_silence(now=now) == 0

    def test_is_told_once_by_workers_at_once(self, postgres: str) -> None:
        scene, now = Scene(), database_now()
        officer = scene.person()
        first_seen(scene.account, now=now - 20 * DAY)
        assert sorted(at_once(*[lambda: watch_silence(now=now)] * 3)) == [0, 0, 1]
        assert len(told(officer)) == 1


class TestAProposalToClose:
    def test_is_answered_once_with_a_reason(self, scene: Scene, admin: User, now: datetime) -> None:
        silence = silent(scene, 60, now=now)
        keep(silence, actor=admin, because="They come back in March.", now=now)
        with pytest.raises(AlreadyAnswered):
            keep(silence, actor=admin, because="Again.", now=now)
        assert watch_silence(now=now + 30 * DAY) == 0
        assert Silence.objects.get().kept_by == admin
        with pytest.raises(DatabaseError), transaction.atomic():
            Silence.objects.update(kept_because="")

    def test_is_answered_by_an_admin_of_the_force(
        self, scene: Scene, officer: User, now: datetime
    ) -> None:
        silence = silent(scene, 60, now=now)
        for person in (officer, scene.person(Role.COMMS_DUTY), Scene().person(Role.COMMS_ADMIN)):
            with pytest.raises(PermissionDenied):
                keep(silence, actor=person, because="Mine.", now=now)

    def test_comes_only_at_the_last_level(self, scene: Scene, admin: User, now: datetime) -> None:
        silence = silent(scene, 30, now=now)
        with pytest.raises(AlreadyAnswered):
            keep(silence, actor=admin, because="They come back.", now=now)


class TestThePage:
    def test_stays_under_its_tab_where_an_answer_lacks_something(
        self, client: Client, scene: Scene, admin: User, now: datetime
    ) -> None:
        silence = silent(scene, 61, now=now)
        client.force_login(admin)
        page = Page.of(client.post(f"/silent/{silence.pk}/keep/", {"because": ""}))
        tabs = page.root.one("nav", aria_label="The life of an account")
        (current,) = tabs.all("a", aria_current="page")
        assert current.attrs["href"] == "/silent/"

    def test_lists_and_takes_the_answer(
        self, client: Client, scene: Scene, admin: User, now: datetime
    ) -> None:
        silence = silent(scene, 61, now=now)
        client.force_login(admin)
        page = Page.of(client.get("/silent/"))
        assert f"@{scene.account.handle}: 61 days" in page.main
        path = f"/our-accounts/{scene.account.pk}/hand-over/?why=silent&plan=closure"
        assert page.root.all("a", href=path)
        chosen = [
            box.attrs["value"] for box in Page.of(client.get(path)).root.all("input", checked="")
        ]
        assert chosen == ["silent", "closure"]
        response = client.post(f"/silent/{silence.pk}/keep/", {"because": "x" * 301})
        assert response.status_code == 422
        assert Page.of(response).problems[0][0] == "Use at most 300 characters: it has 301."
        page = Page.of(client.post(f"/silent/{silence.pk}/keep/", {}))
        assert page.problems[0][0] == "Say in a sentence why it is kept."
        answer = {"because": "They come back in March."}
        page = Page.of(client.post(f"/silent/{silence.pk}/keep/", answer, follow=True))
        assert page.messages == [f"{scene.account} is kept. It is not proposed again."]
        assert "Kept: They come back in March." in page.main
        page = Page.of(client.post(f"/silent/{silence.pk}/keep/", answer, follow=True))
        assert page.messages[0].startswith("Somebody else has answered")

    def test_is_the_own_teams_alone(
        self, client: Client, scene: Scene, officer: User, now: datetime
    ) -> None:
        silent(scene, 61, now=now)
        client.force_login(scene.person(lpt=scene.other_account().lpt))
        assert scene.account.handle not in client.get("/silent/").content.decode()
        client.force_login(again(officer))
        page = Page.of(client.get("/silent/"))
        assert scene.account.handle in page.main
        assert not page.root.one("main").all("form")
