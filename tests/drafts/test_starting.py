"""Starting from a chip: the kind, the prepared words, the blanks that stay."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from accounts.models import SocialAccount, User
from accounts.roles import Role
from drafts.services import NotReady
from drafts.starters import (
    AT_ONCE,
    BLANK,
    MORE,
    chips_for,
    starter_for,
    template_text,
)
from drafts.workflow import State
from policy.core import Pack, Template
from policy.services import pack_for
from tests.factories import LPTFactory, Scene, SocialAccountFactory, handed_in, written
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    scene.lpt.name, scene.lpt.area_hashtag = "Oldermoor", "Oldermoor"
    scene.lpt.meeting_place = "Oldermoor Library"
    scene.lpt.team_page = "https://marlshire.example.org/oldermoor"
    scene.lpt.save()
    return scene


@pytest.fixture
def pack(scene: Scene) -> Pack:
    return pack_for(scene.force)


@pytest.fixture
def officer(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    officer = scene.person()
    client.force_login(officer)
    return officer


def meeting(pack: Pack) -> Template:
    return next(t for t in pack.templates.values() if t.category == "meeting")


def made(text: str, category: str = "meeting") -> Template:
    return Template(id="made", label="Made", category=category, text=text)


class TestTheChips:
    def test_are_the_five_kinds_and_more(self, scene: Scene, pack: Pack) -> None:
        labels = [chip.label for chip in chips_for(pack, scene.account)]
        assert labels == [
            "Meeting", "You said, we did", "Advice", "Traffic", "Retweet force", "More",
        ]  # fmt: skip

    def test_offer_every_template_and_every_kind_once(self, scene: Scene, pack: Pack) -> None:
        starters = [s for chip in chips_for(pack, scene.account) for s in chip.starters]
        assert {s.category for s in starters} == set(pack.categories)
        asked = [parse_qs(urlsplit(s.url).query) for s in starters]
        templates = [query["template"][0] for query in asked if "template" in query]
        assert sorted(templates) == sorted(pack.templates)
        with_words = {t.category for t in pack.templates.values()}
        bare = [query["category"][0] for query in asked if "category" in query]
        assert sorted(bare) == sorted(set(pack.categories) - with_words)

    def test_put_what_is_not_at_once_under_more(self, scene: Scene, pack: Pack) -> None:
        *at_once, more = chips_for(pack, scene.account)
        assert more.label == MORE
        assert {s.category for chip in at_once for s in chip.starters} == set(AT_ONCE)
        assert {s.category for s in more.starters} == set(pack.categories) - set(AT_ONCE)


class TestTheWords:
    def test_of_a_meeting_leave_two_blanks(self, scene: Scene, pack: Pack) -> None:
        text = template_text(meeting(pack), scene.account)
        assert len(BLANK.findall(text)) == 2
        assert "Oldermoor Library" in text
        assert "https://marlshire.example.org/oldermoor" in text
        assert text.endswith("#Oldermoor")

    def test_name_the_area_and_keep_other_blanks(self, scene: Scene) -> None:
        text = template_text(made("We met in [area] about [problem]."), scene.account)
        assert text == "We met in Oldermoor about [problem]."

    def test_take_the_meeting_s_place_for_no_other_place(self, scene: Scene) -> None:
        text = template_text(made("Closed at [place].", "traffic"), scene.account)
        assert text == "Closed at [place]."

    def test_keep_the_blanks_that_the_team_does_not_answer(self) -> None:
        account: SocialAccount = SocialAccountFactory.create(
            lpt=LPTFactory.create(name="Foxhollow")
        )
        text = template_text(made("[place] in [area] #[AreaTag]"), account)
        assert text == "[place] in Foxhollow #[AreaTag]"

    def test_lead_to_the_force_s_site_where_the_team_has_no_page(self) -> None:
        bare = Scene()
        central = bare.other_account(kind="central", lpt=None)
        for account in (bare.account, central):
            assert template_text(made("[team page]"), account) == bare.force.site

    def test_without_an_account_keep_every_blank(self) -> None:
        assert template_text(made("[place] [team page]"), None) == "[place] [team page]"


class TestAnAddress:
    def test_of_a_template_fills_the_form(
        self, client: Client, officer: User, scene: Scene, pack: Pack
    ) -> None:
        template = meeting(pack)
        page = Page.of(client.get("/write/", {"template": template.id}))
        sent = page.form("/write/")
        assert sent["text"] == template_text(template, scene.account)
        assert sent["category"] == "meeting"
        # The script selects the first blank of what is prepared.
        assert page.root.one("form", id="write").attrs["data-prepared"] == sent["text"]

    def test_of_a_kind_sets_it(self, client: Client, officer: User) -> None:
        sent = Page.of(client.get("/write/", {"category": "weather"})).form("/write/")
        assert (sent["text"], sent["category"]) == ("", "weather")

    @pytest.mark.parametrize("query", [{"template": "gone"}, {"category": "gone"}])
    def test_of_something_that_is_gone_says_so(
        self, client: Client, officer: User, query: dict[str, str]
    ) -> None:
        page = Page.of(client.get("/write/", query))
        assert page.messages == ["These prepared words are no longer there."]
        assert page.form("/write/")["text"] == ""

    def test_is_a_link_that_works_without_a_script(self, client: Client, officer: User) -> None:
        page = Page.of(client.get("/write/"))
        links = page.root.one("nav", id="starters").all("a")
        assert len(links) > len(AT_ONCE)
        for link in links:
            sent = Page.of(client.get(link.attrs["href"])).form("/write/")
            assert (sent["text"], sent["category"]) == (
                link.attrs["data-text"],
                link.attrs["data-category"],
            )

    def test_is_not_offered_for_a_draft_that_is_being_changed(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        draft = written(scene, author=officer)
        page = Page.of(client.get(f"/drafts/{draft.pk}/edit/"))
        assert page.root.all("nav", id="starters") == []

    def test_keeps_its_blanks_for_those_who_write_for_many_teams(
        self, client: Client, scene: Scene, pack: Pack
    ) -> None:
        client.force_login(scene.person(Role.COMMS_DUTY))
        template = meeting(pack)
        page = Page.of(client.get("/write/", {"template": template.id}))
        assert page.form("/write/")["text"] == template.text

    def test_knows_nothing_of_no_such_thing(self, pack: Pack) -> None:
        assert starter_for(pack, None, template="x", category="y") is None


class TestACase:
    def test_begins_at_the_stage_that_the_words_are_made_for(
        self, client: Client, officer: User, pack: Pack
    ) -> None:
        template = next(t for t in pack.templates.values() if t.category == "court-result")
        form = Page.of(client.get("/write/", {"template": template.id})).form("/write/")
        assert (form["category"], form["case_stage"]) == ("court-result", "sentenced")


class TestABlank:
    def test_that_is_left_stops_the_draft(self, scene: Scene, pack: Pack) -> None:
        draft = written(scene, text=template_text(meeting(pack), scene.account))
        with pytest.raises(NotReady) as refusal:
            handed_in(draft)
        problem = refusal.value.problems[0]
        assert problem.finding.startswith("unfilled-blank")
        assert problem.field == "text"

    def test_that_is_the_writer_s_own_stops_nothing(self, scene: Scene) -> None:
        draft = handed_in(written(scene, text="He said he was “going away” [sic]."))
        assert draft.state == State.SUBMITTED
