"""Finding a draft in the queue: words, author, age, step; how many wait; giving up a claim."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import Step
from approvals.services import save_view
from approvals.views import queue
from audit.triggers import missing
from bench.queue import copy_rows
from drafts.models import Draft
from drafts.workflow import State
from tests.factories import Scene, submitted
from tests.pages import Page

pytestmark = pytest.mark.django_db
MARKET = "Our stall is on the market square on Friday. Come and see us."


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def comms(client: Client, scene: Scene) -> User:
    person = scene.person(Role.COMMS_APPROVER)
    client.force_login(person)
    return person


def found(client: Client, **asked: str) -> Page:
    return Page.of(client.get(reverse("approvals:queue"), asked))


class TestTheSearch:
    def test_finds_words_in_any_order(self, client: Client, scene: Scene, comms: User) -> None:
        submitted(scene)
        submitted(scene, text=MARKET)
        page = found(client, q="friday stall")
        assert MARKET in page.main
        assert "library" not in page.main
        assert "1 draft waits that matches" in page.main

    @pytest.mark.parametrize("words", ["elephant", "stall elephant", "%", "'; --", "a & | !"])
    def test_finds_nothing_else(
        self, client: Client, scene: Scene, comms: User, words: str
    ) -> None:
        submitted(scene, text=MARKET)
        assert MARKET not in found(client, q=words).main

    def test_does_not_reach_into_another_force(
        self, client: Client, scene: Scene, comms: User
    ) -> None:
        submitted(Scene(), text=MARKET)
        assert MARKET not in found(client, q="stall").main

    @pytest.mark.usefixtures("postgres")
    def test_uses_its_index(self) -> None:
        scene = Scene()
        originals = [submitted(scene), submitted(scene, text=MARKET)]
        copy_rows(originals * 1000, range(2000))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE drafts_draft")
        drafts = Draft.objects.awaiting_review().containing("stalls on Fridays")
        assert [draft.text for draft in drafts] == [MARKET]
        assert "draft_search" in drafts.explain()


@pytest.mark.usefixtures("database")
class TestOnBothDatabases:
    def test_words_are_found_and_views_offered(self, client: Client) -> None:
        scene = Scene()
        person = scene.person(Role.COMMS_APPROVER)
        client.force_login(person)
        save_view(person, name="Soon & mine", query="due=2h")
        draft = submitted(scene, text=MARKET)
        page = found(client, q="square friday")
        assert MARKET in page.main
        assert "Soon & mine" in page.main
        assert str(scene.lpt.name) in page.main
        # Other words in its place.
        other = "Our van is outside the school on Monday. Come and see us."
        Draft.objects.filter(pk=draft.pk).update(text=other)
        assert other not in found(client, q="square friday").main
        assert other in found(client, q="school").main
        assert "Nothing matches" in found(client, lpt="9" * 30).main


@pytest.mark.usefixtures("postgres")
class TestTheMigration:
    def test_finds_the_words_of_what_was_there(self) -> None:
        scene = Scene()
        submitted(scene, text=MARKET)
        migration = import_module("drafts.migrations.0009_words")
        with connection.schema_editor(atomic=False) as editor:
            migration.drop_words(None, editor)
            # Whatever was cut off in the middle can be run again.
            for _ in range(2):
                migration.keep_words(None, editor)
        assert missing(connection) == []
        drafts = Draft.objects.awaiting_review().containing("stalls on Fridays")
        assert [draft.text for draft in drafts] == [MARKET]


@pytest.mark.usefixtures("database")
class TestPagesOfWhatWasFound:
    @pytest.mark.parametrize("counted", [1000, 3])
    def test_show_each_once_and_in_order(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, counted: int
    ) -> None:
        """Whether all that were found are known, or more than are counted."""
        scene = Scene()
        client.force_login(scene.person(Role.COMMS_APPROVER))
        monkeypatch.setattr(queue, "COUNTED", counted)
        monkeypatch.setattr(queue, "PAGE", 2)
        now = timezone.now()
        for hours in (3, 1, 5, 2, 4):
            submitted(scene, text=f"{MARKET} Stall {hours}.", now=now - timedelta(hours=hours))
        submitted(scene)
        rest, shown = "?q=stall", []
        while rest:
            page = client.get(reverse("approvals:queue") + rest)
            shown += [card.draft.text[-2:] for card in page.context["cards"]]
            rest = page.context["next_url"]
        assert shown == ["5.", "4.", "3.", "2.", "1."]

    def test_pass_over_what_was_decided_meanwhile(self) -> None:
        scene = Scene()
        drafts = [submitted(scene), submitted(scene, text=MARKET)]
        Draft.objects.filter(pk=drafts[0].pk).update(state=State.REJECTED)
        keys = [draft.pk for draft in drafts]
        found = Draft.objects.all()
        assert list(queue.page_of(found, keys, "")) == [drafts[1]]


class TestTheFilters:
    def test_know_the_author(self, client: Client, scene: Scene, comms: User) -> None:
        draft = submitted(scene)
        other = submitted(scene, text=MARKET)
        page = found(client, author=draft.author.full_name.upper())
        assert draft.text in page.main
        assert other.text not in page.main

    def test_know_how_long_it_has_waited(self, client: Client, scene: Scene, comms: User) -> None:
        now = timezone.now()
        submitted(scene, text=MARKET, now=now - timedelta(hours=5))
        draft = submitted(scene)
        for age, shown in (("1h", True), ("4h", True), ("1d", False)):
            page = found(client, age=age)
            assert (MARKET in page.main) is shown
            assert draft.text not in page.main

    def test_know_whose_step_it_is(self, client: Client, scene: Scene, comms: User) -> None:
        draft = submitted(scene)
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        team = submitted(scene, text=MARKET)
        assert draft.text in found(client, step="comms").main
        page = found(client, step="team")
        assert team.text in page.main
        assert draft.text not in page.main


class TestTheCount:
    def test_is_bounded(
        self, client: Client, scene: Scene, comms: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queue, "COUNTED", 2)
        assert "0 drafts wait" in found(client).main
        for words in ("1 draft waits", "2 drafts wait", "2+ drafts wait", "2+ drafts wait"):
            submitted(scene)
            assert words in found(client).main


class TestAClaim:
    def test_is_given_up_when_the_page_is_left(
        self, client: Client, scene: Scene, comms: User
    ) -> None:
        draft = submitted(scene)
        client.get(reverse("approvals:review", args=[draft.pk]))
        draft.refresh_from_db()
        assert draft.claimed_by == comms
        address = reverse("approvals:release", args=[draft.pk])
        assert client.post(address).status_code == 204
        draft.refresh_from_db()
        assert draft.claimed_by is None

    def test_of_somebody_else_stays(self, client: Client, scene: Scene, comms: User) -> None:
        draft, other = submitted(scene), scene.person(Role.COMMS_DUTY)
        Draft.objects.filter(pk=draft.pk).update(claimed_by=other, claimed_at=timezone.now())
        client.post(reverse("approvals:release", args=[draft.pk]))
        draft.refresh_from_db()
        assert draft.claimed_by == other


class TestTheKeys:
    def test_are_off_until_somebody_wants_them(
        self, client: Client, scene: Scene, comms: User
    ) -> None:
        address = reverse("approvals:queue")
        assert b"keys.js" not in client.get(address).content
        page = Page.of(client.post(reverse("single-keys"), {"on": "yes"}, follow=True))
        assert page.messages == ["Keys are on. Press ? to see them."]
        assert b"keys.js" in client.get(address).content
        client.post(reverse("single-keys"), {"on": ""})
        assert b"keys.js" not in client.get(address).content
