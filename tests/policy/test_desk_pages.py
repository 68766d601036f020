"""The pages on which a policy owner changes the rulebook: bad input gets one clear sentence."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from policy.core import RULEBOOK, Severity
from policy.core.registers import REGISTERS
from policy.models import PackVersion
from policy.services import active_version, decline, pack_for, preparing
from policy.workflow import State
from tests.factories import Scene
from tests.pages import Page
from tests.policy.owners import owner, prepared, proposed, put_in_force, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def helen(scene: Scene) -> User:
    return owner(scene, full_name="Helen Voss")


@pytest.fixture
def sam(scene: Scene) -> User:
    return owner(scene, full_name="Sam Pettifer")


@pytest.fixture
def desk(client: Client, helen: User) -> Client:
    client.force_login(helen)
    return client


def address(version: PackVersion) -> str:
    return f"/policy/versions/{version.pk}/"


def told(client: Client, path: str, **sent: Any) -> list[str]:
    """What the page says after a press that leads on."""
    response = client.post(path, sent, follow=True)
    assert response.status_code == 200
    return Page.of(response).messages


class TestARule:
    path = "/policy/rules/hashtags-max/"

    def test_shows_what_it_does_and_weighs(self, desk: Client) -> None:
        page = Page.of(desk.get(self.path))
        assert page.h1 == "Too many hashtags"
        assert "In force: Stops submission" in page.main
        assert "Not like this" in page.main
        assert page.root.one(id="id_rule_param_max").attrs["value"] == "3"

    @pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.id)
    def test_has_a_page_whichever_it_is(self, desk: Client, rule: Any) -> None:
        assert Page.of(desk.get(f"/policy/rules/{rule.id}/")).h1 == rule.title

    def test_that_there_is_not_is_404(self, desk: Client) -> None:
        for method in (desk.get, desk.post):
            assert method("/policy/rules/humour/").status_code == 404

    def test_is_saved_in_one_s_own_version(self, desk: Client, scene: Scene, helen: User) -> None:
        sent = {"severity": "advise", "param_max": "5", "seen": "0"}
        (words,) = told(desk, self.path, **sent)
        assert words.startswith("Saved in your version: Too many hashtags.")
        own = preparing(scene.force, helen)
        assert own is not None
        assert own.changes == {
            "rules": {"hashtags-max": {"severity": "advise", "params": {"max": 5}}}
        }
        assert pack_for(scene.force).rules["hashtags-max"].severity is Severity.BLOCK
        page = Page.of(desk.get(self.path))
        assert "checked" in page.root.one("input", value="advise").attrs
        assert page.root.one("input", name="seen").attrs["value"] == "1"

    @pytest.mark.parametrize("typed", ["", "five", "-1", "3.5", "10001", "9" * 400, "１e3", "3 4"])
    def test_with_a_number_that_is_none_keeps_what_was_typed(
        self, desk: Client, scene: Scene, helen: User, typed: str
    ) -> None:
        response = desk.post(self.path, {"severity": "advise", "param_max": typed, "seen": "0"})
        assert response.status_code == 422
        page = Page.of(response)
        ((sentence, link),) = page.problems
        assert sentence == "Write a whole number from 0 to 10,000."
        assert link == "#id_rule_param_max"
        assert page.root.one(id="id_rule_param_max").attrs.get("value", "") == typed
        assert "checked" in page.root.one("input", value="advise").attrs
        assert preparing(scene.force, helen) is None

    @pytest.mark.parametrize("typed", ["(", "[a-", "fine\n*bad", "a{9999999999999999999999}"])
    def test_with_a_pattern_that_does_not_compile_says_which(
        self, desk: Client, typed: str
    ) -> None:
        sent = {"severity": "advise", "param_phrases": typed, "seen": "0"}
        response = desk.post("/policy/rules/duty-times/", sent)
        assert response.status_code == 422
        page = Page.of(response)
        ((sentence, link),) = page.problems
        assert sentence.startswith(f"The pattern “{typed.splitlines()[-1]}” does not work: ")
        assert link == "#id_rule_param_phrases"
        area = page.root.one("textarea", name="param_phrases")
        assert area.raw_text.removeprefix("\n") == typed

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("x" * 301, "Keep it to 300 characters."),
            ("tea\u200btime", "without characters that cannot be seen"),
            ("\n".join(map(str, range(201))), "200 lines"),
        ],
    )
    def test_with_too_much_says_so(self, desk: Client, typed: str, sentence: str) -> None:
        sent = {"severity": "advise", "param_phrases": typed, "seen": "0"}
        page = Page.of(desk.post("/policy/rules/duty-times/", sent))
        assert [sentence in problem for problem, _ in page.problems] == [True]

    @pytest.mark.parametrize("severity", ["", "heavy"])
    def test_without_a_weight_asks_for_one(self, desk: Client, severity: str) -> None:
        sent = {"severity": severity, "param_max": "3", "seen": "0"}
        page = Page.of(desk.post(self.path, sent))
        assert [p for p, _ in page.problems] == ["Choose how much this rule weighs."]

    def test_from_a_stale_page_keeps_what_was_typed(
        self, desk: Client, scene: Scene, helen: User
    ) -> None:
        prepared(scene.force, helen, rule="duty-times", phrases=())
        sent = {"severity": "off", "param_max": "7", "seen": "0"}
        response = desk.post(self.path, sent)
        assert response.status_code == 422
        page = Page.of(response)
        assert "Your version was changed after you opened this page." in page.main
        assert page.root.one(id="id_rule_param_max").attrs["value"] == "7"
        # The second press is about what is on screen now.
        again = {**sent, "seen": page.root.one("input", name="seen").attrs["value"]}
        assert told(desk, self.path, **again)

    @pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
    def test_that_was_not_sent_in_full_is_answered(self, desk: Client, seen: str) -> None:
        sent = {"severity": "off", "param_max": "7", "seen": seen}
        page = Page.of(desk.post(self.path, sent))
        assert [p for p, _ in page.problems] == ["Load this page again: it was not sent in full."]


class TestTheLists:
    def test_are_all_there_with_what_they_are_for(self, desk: Client) -> None:
        page = Page.of(desk.get("/policy/lists/"))
        for register in REGISTERS:
            assert register.title in page.main
            assert desk.get(f"/policy/lists/{register.name}/").status_code == 200
        assert desk.get("/policy/lists/colours/").status_code == 404
        assert desk.post("/policy/lists/protected_handles/", {"left": "x"}).status_code == 404

    def test_take_an_entry_and_give_it_back(self, desk: Client, scene: Scene, helen: User) -> None:
        path = "/policy/lists/celebrity_accounts/"
        (words,) = told(desk, path, left="@FamousSinger", seen="0")
        assert words.startswith("Added to your version: @FamousSinger.")
        page = Page.of(desk.get(path))
        assert "@FamousSinger New in your version" in page.main
        assert "1 changed in your version" in Page.of(desk.get("/policy/lists/")).main
        (words,) = told(desk, path, remove="FamousSinger", seen="1")
        assert words.startswith("Taken out in your version: @FamousSinger.")
        own = preparing(scene.force, helen)
        assert own is not None
        assert own.changes == {}

    def test_show_what_a_version_takes_out(self, desk: Client) -> None:
        path = "/policy/lists/allowed_domains/"
        assert told(desk, path, remove="metoffice.gov.uk", seen="0")
        page = Page.of(desk.get(path))
        assert "metoffice.gov.uk Taken out in your version" in page.main
        assert not page.root.all("button", value="metoffice.gov.uk")

    def test_keep_the_force_s_own_site(self, desk: Client, scene: Scene) -> None:
        path, site = "/policy/lists/allowed_domains/", scene.force.site.removeprefix("https://")
        page = Page.of(desk.get(path))
        assert f"{site} The force’s own site or a partner’s" in page.main
        assert not page.root.all("button", value=site)
        assert told(desk, path, remove=site, seen="0") == [
            "This belongs to the force or a partner. A comms admin looks after it."
        ]

    @pytest.mark.parametrize(
        ("name", "sent", "sentence"),
        [
            ("allowed_domains", {"left": "not a site"}, "“not a site” is no website."),
            ("allowed_domains", {"left": "bit.ly"}, "bit.ly hides where a link leads"),
            ("allowed_domains", {"left": "x" * 81}, "Keep it to 80 characters."),
            ("celebrity_accounts", {"left": "a b"}, "“a b” is no account."),
            ("campaign_hashtags", {"left": "#12"}, "“#12” is no hashtag."),
            ("jargon", {"left": "XYZ", "right": "xyz"}, "Both sides are the same."),
            ("jargon", {"left": "", "right": "crash"}, "Fill in “What officers write”."),
            ("places", {"left": "   "}, "Fill in “Place”."),
        ],
    )
    def test_refuse_what_is_none_and_keep_it(
        self, desk: Client, name: str, sent: dict[str, str], sentence: str
    ) -> None:
        response = desk.post(f"/policy/lists/{name}/", {**sent, "seen": "0"})
        assert response.status_code == 422
        page = Page.of(response)
        ((problem, _),) = page.problems
        assert problem.startswith(sentence)
        for field, typed in sent.items():
            assert page.root.one("input", name=field).attrs.get("value", "") in (typed, "")
        assert page.root.one("input", name="left").attrs.get("value", "") == sent["left"]

    def test_say_that_a_page_is_stale(self, desk: Client, scene: Scene, helen: User) -> None:
        prepared(scene.force, helen)
        path = "/policy/lists/places/"
        page = Page.of(desk.post(path, {"left": "Saltmere", "seen": "0"}))
        assert page.root.one("input", name="left").attrs["value"] == "Saltmere"
        assert "was changed after you opened this page" in page.main
        for seen in ("0", "x", ""):
            (words,) = told(desk, "/policy/lists/allowed_domains/", remove="www.gov.uk", seen=seen)
            assert words.startswith("Your version was changed after you opened this page.")
        (words,) = told(desk, path, remove="Nowhere", seen="1")
        assert words == "This entry is not in the list any more."

    def test_tell_what_a_hashtag_costs_and_is_mixed_up_with(self, desk: Client) -> None:
        path = "/policy/lists/campaign_hashtags/"
        told(desk, path, left="MarlReady", seen="0")
        told(desk, path, left="MarlReady26", seen="1")
        main = Page.of(desk.get(path)).main
        assert (
            "Takes 11 characters of a tweet, with its space; easily mixed up with #MarlReady26"
            in main
        )

    def test_tell_their_history(self, desk: Client, scene: Scene, helen: User, sam: User) -> None:
        told(desk, "/policy/lists/places/", left="Saltmere Quay", seen="0")
        own = preparing(scene.force, helen)
        assert own is not None
        told(desk, address(own), do="propose", reason="Places.", seen="1")
        own.refresh_from_db()
        put_in_force(own, sam)
        main = Page.of(desk.get("/policy/lists/places/")).main
        assert "Added: Saltmere Quay Helen Voss, version 2" in main


class TestTheNumbers:
    path = "/policy/numbers/"
    right = {
        "x": "140", "mastodon": "500", "bluesky": "300", "non_emergency": "101",
        "emergency": "999", "page": "https://marlshire.example.org/report", "seen": "0",
        "team": "14", "comms": "28", "closing": "56",
    }  # fmt: skip

    def test_are_saved(self, desk: Client, scene: Scene, helen: User) -> None:
        assert told(desk, self.path, **self.right)
        own = preparing(scene.force, helen)
        assert own is not None
        assert own.changes["limits"] == {"x": 140}

    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("x", "many", "Write a whole number from 1 to 4,000."),
            ("x", "0", "Write a whole number from 1 to 4,000."),
            ("bluesky", "4001", "Write a whole number from 1 to 4,000."),
            ("page", "here", "This must be a web address with https://."),
            ("page", "javascript:alert(1)", "This must be a web address with https://."),
            ("emergency", "", "Fill in “Emergency number”."),
            ("team", "0", "Write a whole number from 1 to 1,000."),
            ("closing", "1001", "Write a whole number from 1 to 1,000."),
            ("comms", "14", "Each step must come later than the one before it."),
            ("page", "https://x.example.org/" + "x" * 200, "Keep it to 200 characters."),
        ],
    )
    def test_that_are_none_keep_what_was_typed(
        self, desk: Client, field: str, typed: str, sentence: str
    ) -> None:
        response = desk.post(self.path, {**self.right, field: typed})
        assert response.status_code == 422
        page = Page.of(response)
        assert page.problems == [(sentence, f"#id_numbers_{field}")]
        assert page.root.one("input", name=field).attrs.get("value", "") == typed
        assert page.root.one("input", name="x").attrs["value"] == {**self.right, field: typed}["x"]

    def test_from_a_stale_page_are_kept(self, desk: Client, scene: Scene, helen: User) -> None:
        prepared(scene.force, helen)
        page = Page.of(desk.post(self.path, self.right))
        assert page.root.one("input", name="x").attrs["value"] == "140"


class TestAVersion:
    def test_is_proposed_with_a_reason(self, desk: Client, scene: Scene, helen: User) -> None:
        version = prepared(scene.force, helen)
        response = desk.post(address(version), {"do": "propose", "reason": " ", "seen": "1"})
        assert response.status_code == 422
        assert [p for p, _ in Page.of(response).problems] == [
            "Say in one sentence what this version is for."
        ]
        (words,) = told(desk, address(version), do="propose", reason="Fewer stops.", seen="1")
        assert words == "Proposed as version 2. Another policy owner puts it in force."
        page = Page.of(desk.get(address(version)))
        assert "What it is for: Fewer stops." in page.main
        assert "Too many hashtags from Stops submission to Advice" in page.main
        assert "another policy owner puts it in force" in page.main
        assert not page.root.all("button", value="activate")

    def test_from_a_stale_page_keeps_the_reason(
        self, desk: Client, scene: Scene, helen: User
    ) -> None:
        version = prepared(scene.force, helen)
        sent = {"do": "propose", "reason": "My long words.", "seen": "0"}
        response = desk.post(address(version), sent)
        assert response.status_code == 422
        page = Page.of(response)
        assert page.root.one("textarea", name="reason").raw_text.strip() == "My long words."
        assert [p for p, _ in page.problems] == [
            "Your version was changed after you opened this page. Look at it and save again."
        ]

    def test_of_nothing_says_so(self, desk: Client, scene: Scene, helen: User) -> None:
        prepared(scene.force, helen)
        version = prepared(scene.force, helen, severity=Severity.BLOCK)
        sent = {"do": "propose", "reason": "Why not?", "seen": "2"}
        page = Page.of(desk.post(address(version), sent))
        assert "Nothing yet." in page.main

    def test_is_tried_and_then_put_in_force_by_the_other(
        self, client: Client, scene: Scene, helen: User, sam: User
    ) -> None:
        version = proposed(scene.force, helen)
        client.force_login(sam)
        page = Page.of(client.get(address(version)))
        assert "Try it first. Then you can put it in force." in page.main
        sent = {"do": "activate", "content_hash": version.content_hash}
        assert told(client, address(version), **sent) == [
            "Try this version on recent drafts first. Then it can be put in force."
        ]
        tried(version, sam)
        page = Page.of(client.get(address(version)))
        assert "Tried on 0 drafts by Sam Pettifer" in page.main
        assert "nothing would change. See the drafts" in page.main
        assert page.root.one("button", value="activate").text == "Put version 2 in force"
        assert told(client, address(version), **sent) == [
            "Version 2 is in force. Every check from now on uses it."
        ]
        assert active_version(scene.force) == version
        # Pressed again, or by a page that was open for long.
        assert told(client, address(version), **sent) == [
            "This version changed while you were looking at it. Look at it once more."
        ]

    def test_of_one_s_own_is_not_activated(self, desk: Client, scene: Scene, helen: User) -> None:
        version = tried(proposed(scene.force, helen), helen)
        sent = {"do": "activate", "content_hash": version.content_hash}
        assert desk.post(address(version), sent).status_code == 403
        assert active_version(scene.force) is None

    def test_that_another_overtook_is_carried_over(
        self, desk: Client, scene: Scene, helen: User, sam: User
    ) -> None:
        mine = prepared(scene.force, helen, max=5)
        put_in_force(proposed(scene.force, sam, rule="duty-times", phrases=()), helen)
        page = Page.of(desk.get(address(mine)))
        assert "Version 2 came first" in page.main
        assert not page.root.all("button", value="propose")
        response = desk.post(address(mine), {"do": "propose", "reason": "Mine.", "seen": "1"})
        assert [p for p, _ in Page.of(response).problems] == [
            "Version 2 came into force after this one was begun. Carry the changes over to it"
            " first."
        ]
        assert told(desk, address(mine), do="carry-over") == [
            "The changes stand in the version that you prepare."
        ]
        assert "What it changes in version 2" in Page.of(desk.get(address(mine))).main

    def test_is_declined_and_begun_again(
        self, client: Client, scene: Scene, helen: User, sam: User
    ) -> None:
        version = proposed(scene.force, helen)
        client.force_login(sam)
        assert told(client, address(version), do="decline") == [
            "Version 2 will not come into force."
        ]
        client.force_login(helen)
        assert "Declined by Sam Pettifer" in Page.of(client.get(address(version))).main
        assert told(client, address(version), do="carry-over")
        prepared(scene.force, helen, max=9)
        assert told(client, address(version), do="carry-over") == [
            "You are preparing other changes. Propose them or drop them first."
        ]

    def test_in_preparation_is_dropped(self, desk: Client, scene: Scene, helen: User) -> None:
        version = prepared(scene.force, helen)
        for seen in ("0", "x"):
            assert told(desk, address(version), do="drop", seen=seen)[0].startswith("This version")
        assert told(desk, address(version), do="drop", seen="1") == ["Your changes are dropped."]
        version.refresh_from_db()
        assert version.changes == {}

    def test_in_preparation_is_nobody_else_s_business(
        self, client: Client, scene: Scene, helen: User, sam: User
    ) -> None:
        version = prepared(scene.force, helen)
        for person in (sam, owner(Scene())):
            client.force_login(person)
            assert client.get(address(version)).status_code == 404
            assert client.post(address(version), {"do": "drop", "seen": "1"}).status_code == 404

    def test_asks_what_to_do(self, desk: Client, scene: Scene, helen: User) -> None:
        version = prepared(scene.force, helen)
        assert told(desk, address(version), do="dance") == ["Choose what to do with this version."]

    @pytest.mark.parametrize("state", State)
    def test_has_a_page_in_every_state(
        self, desk: Client, scene: Scene, helen: User, sam: User, state: State
    ) -> None:
        version = prepared(scene.force, helen)
        if state != State.DRAFT:
            version = proposed(scene.force, helen, max=4)
        if state in (State.ACTIVE, State.RETIRED):
            put_in_force(version, sam)
        if state == State.RETIRED:
            put_in_force(proposed(scene.force, sam, max=8), helen)
        version.refresh_from_db()
        assert version.state == state
        page = Page.of(desk.get(address(version)))
        assert state.label in page.main or state == State.DRAFT
        assert "Too many hashtags" in page.main


class TestTheVersions:
    def test_begin_with_the_file(self, desk: Client) -> None:
        main = Page.of(desk.get("/policy/versions/")).main
        assert "Version 1: the settings that the force began with. In force" in main

    def test_lead_back(self, desk: Client, scene: Scene, helen: User, sam: User) -> None:
        put_in_force(proposed(scene.force, helen, reason="Five.", max=5), sam)
        put_in_force(proposed(scene.force, helen, max=6), sam)
        decline(proposed(scene.force, helen, max=7), actor=helen, now=timezone.now())
        page = Page.of(desk.get("/policy/versions/"))
        numbers = [button.attrs["value"] for button in page.root.all("button", name="number")]
        assert numbers == ["2", "1"]
        assert "Declined" in page.main
        (words,) = told(desk, "/policy/versions/", number="2")
        assert words.startswith("Version 2 is proposed again as version 5.")

    @pytest.mark.parametrize("number", ["", "x", "-1", "1" * 12, "²"])
    def test_lead_nowhere_else(self, desk: Client, number: str) -> None:
        assert desk.post("/policy/versions/", {"number": number}).status_code == 404

    def test_say_that_there_is_nothing_to_put_back(self, desk: Client) -> None:
        assert told(desk, "/policy/versions/", number="1") == ["Version 1 says the same already."]
        assert told(desk, "/policy/versions/", number="77") == ["There is no such version."]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.POLICY_OWNER])
class TestEverybodyElse:
    def test_reads_the_rulebook_only(self, client: Client, scene: Scene, role: Role) -> None:
        client.force_login(scene.person(role))
        version = prepared(scene.force, owner(scene))
        for path in (
            "/policy/desk/",
            "/policy/lists/",
            "/policy/lists/places/",
            "/policy/numbers/",
            "/policy/rules/hashtags-max/",
            "/policy/versions/",
            address(version),
            f"{address(version)}trial/",
        ):
            assert client.get(path).status_code == 403
            assert client.post(path, {"do": "drop", "seen": "1"}).status_code == 403
        assert client.get("/rulebook/").status_code == 200
