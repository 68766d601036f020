"""Writing in the browser: what people send, and what they read afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, SocialAccount, User
from accounts.roles import Role
from approvals.reasons import Reason
from approvals.services import return_for_changes
from drafts.models import Draft
from drafts.services import Writing, save, withdraw
from drafts.workflow import State
from tests.factories import (
    ASKING,
    BLOCKED,
    CLEAN,
    Scene,
    UserFactory,
    approved,
    handed_in,
    in_,
    submitted,
    written,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db

WRITE = "/write/"


def edit(draft: Draft) -> str:
    return reverse("drafts:edit", args=[draft.pk])


def act(draft: Draft, name: str) -> str:
    return reverse(f"drafts:{name}", args=[draft.pk])


@pytest.fixture
def scene() -> Scene:
    scene = Scene()
    # Nothing is submitted where nobody could ever decide.
    scene.person(Role.COMMS_APPROVER)
    return scene


@pytest.fixture
def officer(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    officer = scene.person()
    client.force_login(officer)
    return officer


def send(client: Client, path: str, action: str = "save", **typed: Any) -> Any:
    """Fill in and send the form that stands at `path`."""
    form = Page.of(client.get(path)).form(path)
    return client.post(path, form | {"action": action} | typed)


class TestWriting:
    def test_starts_with_the_team_s_account_and_nothing_else(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        form = Page.of(client.get(WRITE)).form(WRITE)
        assert (form["account"], form["when"], form["text"]) == (
            str(scene.account.pk),
            "asap",
            "",
        )

    def test_saves_a_draft_and_leads_to_its_page(self, client: Client, officer: User) -> None:
        response = send(client, WRITE, text=CLEAN)
        draft = Draft.objects.get()
        assert response.headers["Location"] == draft.get_absolute_url()
        assert (draft.text, draft.author, draft.state) == (CLEAN, officer, State.DRAFT)
        page = Page.of(client.get(draft.get_absolute_url()))
        assert page.messages == ["Saved as a draft. Nobody else is asked to do anything yet."]

    def test_submits_in_one_go(self, client: Client, officer: User) -> None:
        send(client, WRITE, "submit", text=CLEAN)
        draft = Draft.objects.get()
        assert draft.state == State.SUBMITTED
        assert "Submitted." in Page.of(client.get(draft.get_absolute_url())).messages[0]

    def test_tells_the_browser_once_that_the_kept_copy_can_go(
        self, client: Client, officer: User
    ) -> None:
        response = send(client, WRITE, text=CLEAN)
        draft = Draft.objects.get()
        body = Page.of(client.get(response.headers["Location"])).root.one("body")
        assert body.attrs["data-saved"] == str(draft.key)
        body = Page.of(client.get(response.headers["Location"])).root.one("body")
        assert "data-saved" not in body.attrs

    def test_keeps_everything_typed_beside_what_is_wrong(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        response = send(
            client,
            WRITE,
            text="\n  Two  spaces\n<b>&amp;</b> and “quotes” 🚓",
            when="pick",
            date="29/3/2026",
            time="01:30",
            category="meeting",
        )
        assert response.status_code == 422
        page = Page.of(response)
        sentence = "The clocks go forward that night and skip this time. Choose another."
        assert page.problems == [(sentence, "#id_time")]
        assert page.beside("id_time") == [sentence]
        assert page.title.startswith("Error: ")
        form = page.form(WRITE)
        assert form["text"] == "\n  Two  spaces\n<b>&amp;</b> and “quotes” 🚓"
        assert (form["when"], form["date"], form["time"], form["category"]) == (
            "pick",
            "29/3/2026",
            "01:30",
            "meeting",
        )

    def test_asks_which_of_two_half_past_ones(self, client: Client, officer: User) -> None:
        typed = {"text": CLEAN, "when": "pick", "date": "2026-10-25", "time": "01:30"}
        page = Page.of(send(client, WRITE, **typed))
        assert page.problems == [("Say which of the two you mean.", "#id_fold_0")]
        choices = [box.attrs["value"] for box in page.root.all("input", name="fold")]
        assert choices == ["first", "second"]

    def test_shows_an_error_for_a_missing_text(self, client: Client, officer: User) -> None:
        page = Page.of(send(client, WRITE))
        assert page.problems == [("Write your tweet first.", "#id_text")]
        assert page.beside("id_text") == ["Write your tweet first."]

    def test_twice_with_one_form_makes_one_draft(self, client: Client, officer: User) -> None:
        form = Page.of(client.get(WRITE)).form(WRITE) | {"text": CLEAN, "action": "submit"}
        first, second = client.post(WRITE, form), client.post(WRITE, form)
        assert first.headers["Location"] == second.headers["Location"]
        assert Draft.objects.get().state == State.SUBMITTED
        page = Page.of(client.get(second.headers["Location"]))
        assert page.messages[-1] == "This draft has been submitted already."

    def test_again_after_going_back_loses_neither_text(self, client: Client, officer: User) -> None:
        form = Page.of(client.get(WRITE)).form(WRITE) | {"text": CLEAN, "action": "save"}
        client.post(WRITE, form)
        response = client.post(WRITE, form | {"text": "Another text"})
        assert response.status_code == 409
        draft, page = Draft.objects.get(), Page.of(response)
        assert page.root.one(id="theirs").text == CLEAN
        assert page.form(edit(draft))["text"] == "Another text"
        # The way on works: the next press saves what was typed over what was there.
        client.post(edit(draft), page.form(edit(draft)) | {"action": "save"})
        draft.refresh_from_db()
        assert (draft.text, draft.revision_number) == ("Another text", 2)

    def test_with_the_key_of_somebody_else_is_refused(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        theirs = written(scene)
        response = send(client, WRITE, text="Mine", key=str(theirs.key))
        assert response.status_code == 403
        theirs.refresh_from_db()
        assert theirs.text == CLEAN

    @pytest.mark.parametrize(
        "role", [Role.COMMS_ADMIN, Role.POLICY_OWNER, Role.PSD, Role.FOI_OFFICER, Role.DPO]
    )
    def test_is_not_for_those_who_do_not_write(
        self, client: Client, scene: Scene, role: Role
    ) -> None:
        client.force_login(scene.person(role))
        assert client.get(WRITE).status_code == 403


class TestSubmittingWhatIsNotReady:
    def test_keeps_it_as_a_draft_and_says_what_stands_in_the_way(
        self, client: Client, officer: User
    ) -> None:
        response = send(client, WRITE, "submit", text=f"{ASKING} #a #b #c #d")
        assert response.status_code == 422
        draft, page = Draft.objects.get(), Page.of(response)
        assert draft.state == State.DRAFT
        assert page.problems == [
            ("You have 4 hashtags. Use at most 3.", "#id_text"),
            (
                "Give your reason: This may tell people when your team is off duty.",
                "#id_answer-1_0",
            ),
        ]
        assert page.root.one(id="id_answer-1_0").attrs["type"] == "radio"

    def test_can_be_put_right_on_the_same_page(self, client: Client, officer: User) -> None:
        response = send(client, WRITE, "submit", text=BLOCKED)
        draft = Draft.objects.get()
        form = Page.of(response).form(edit(draft))
        assert form["text"] == BLOCKED
        client.post(edit(draft), form | {"text": CLEAN, "action": "submit"})
        draft.refresh_from_db()
        assert (draft.state, draft.text, draft.revision_number) == (State.SUBMITTED, CLEAN, 2)
        assert Draft.objects.count() == 1

    @pytest.mark.parametrize(
        ("answer", "stored"),
        [
            ({"answer-0": "Times of a public event, not of a shift"},
             "Times of a public event, not of a shift"),
            ({"answer-0": "other", "answer-0-other": "The team is never away"},
             "The team is never away"),
        ],
    )  # fmt: skip
    def test_takes_a_prepared_answer_or_one_s_own(
        self, client: Client, officer: User, answer: dict[str, str], stored: str
    ) -> None:
        response = send(client, WRITE, "submit", text=ASKING)
        draft = Draft.objects.get()
        form = Page.of(response).form(edit(draft)) | answer | {"action": "submit"}
        client.post(edit(draft), form)
        assert list(draft.submissions.get().answers.values()) == [stored]

    def test_shows_the_own_words_of_an_answer_again(self, client: Client, officer: User) -> None:
        text = f"{ASKING} #a #b #c #d"
        send(client, WRITE, "save", text=text)
        draft = Draft.objects.get()
        answer = {
            "answer-key-1": "duty-times:signing off",
            "answer-1": "other",
            "answer-1-other": 'Because "so" <b>',
        }
        page = Page.of(send(client, edit(draft), "submit", **answer))
        form = page.form(edit(draft))
        assert form["answer-1"] == "other"
        assert form["answer-1-other"] == 'Because "so" <b>'

    def test_says_that_nobody_could_ever_decide(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        Membership.objects.filter(force=scene.force, role=Role.COMMS_APPROVER).delete()
        form = Page.of(client.get(WRITE)).form(WRITE)
        response = client.post(WRITE, form | {"text": CLEAN, "action": "submit"})
        assert response.status_code == 422
        page = Page.of(response)
        ((sentence, leads_to),) = page.problems
        assert sentence.startswith("Nobody is there to decide at step 1 of its approval route")
        assert leads_to == "#id_account"
        # Nothing that was typed is lost.
        draft = Draft.objects.get()
        assert (draft.state, draft.text) == (State.DRAFT, CLEAN)
        assert page.root.one("textarea", name="text").text == CLEAN

    def test_says_what_has_no_field_on_top(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person(mobile_confirmed_on=None))
        page = Page.of(send(client, WRITE, "submit", text=CLEAN))
        ((sentence, target),) = page.problems
        assert sentence.startswith("Confirm your mobile number on My desk first")
        assert target == ""

    def test_leads_to_the_account_that_is_frozen_now(self, client: Client, scene: Scene) -> None:
        draft = written(scene)
        client.force_login(draft.author)
        SocialAccount.objects.update(status="frozen")
        page = Page.of(send(client, edit(draft), "submit"))
        ((sentence, target),) = page.problems
        assert sentence.startswith(f"{scene.account} is frozen.")
        assert target == "#id_account"


class TestChanging:
    def test_saves_over_the_revision_that_was_shown(self, client: Client, scene: Scene) -> None:
        draft = written(scene)
        client.force_login(draft.author)
        response = send(client, edit(draft), text="Two")
        assert response.headers["Location"] == draft.get_absolute_url()
        draft.refresh_from_db()
        assert (draft.text, draft.revision_number) == ("Two", 2)

    def test_without_a_change_makes_no_revision(self, client: Client, scene: Scene) -> None:
        draft = written(scene, text="\nOne\n\ntwo ", planned=in_(timedelta(hours=30)))
        client.force_login(draft.author)
        send(client, edit(draft))
        draft.refresh_from_db()
        assert draft.revision_number == 1

    def test_of_what_a_colleague_writes_is_allowed(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        draft = written(scene)
        send(client, edit(draft), text="From a colleague")
        draft.refresh_from_db()
        assert draft.current_revision.author == officer

    def test_submits_after_it_was_returned(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        return_for_changes(
            draft,
            actor=scene.person(Role.COMMS_APPROVER),
            revision_number=1,
            revision_hash=draft.content_hash,
            reason=Reason.TONE,
            sentence="Friendlier, please.",
            now=timezone.now(),
        )
        client.force_login(draft.author)
        send(client, edit(draft), "submit", text="Friendlier")
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED

    @pytest.mark.parametrize(
        "state", sorted(set(State) - {State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED})
    )
    def test_of_a_draft_that_nobody_changes_leads_back_to_it(
        self, client: Client, scene: Scene, state: State
    ) -> None:
        draft = written(scene)
        now = timezone.now()
        Draft.objects.filter(pk=draft.pk).update(state=state, submitted_at=now, queue_at=now)
        client.force_login(draft.author)
        response = client.get(edit(draft), follow=True)
        assert response.redirect_chain == [(draft.get_absolute_url(), 302)]
        assert Page.of(response).messages == ["This draft cannot be changed now."]

    def test_of_another_team_s_draft_finds_nothing(self, client: Client, scene: Scene) -> None:
        draft = written(scene)
        client.force_login(scene.person(lpt=scene.other_account().lpt))
        assert client.get(edit(draft)).status_code == 404
        assert client.post(edit(draft), {"text": "Mine"}).status_code == 404


class TestTwoTabs:
    def test_show_both_texts_and_lose_neither(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        draft = written(scene)
        form = Page.of(client.get(edit(draft))).form(edit(draft))
        writing = Writing(text="Theirs <i>now</i>", account=draft.account, category="meeting")
        save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())
        response = client.post(edit(draft), form | {"text": "Mine <b>now</b>", "action": "submit"})
        assert response.status_code == 409
        page = Page.of(response)
        assert page.root.one(id="theirs").text == "Theirs <i>now</i>"
        assert page.root.one(id="id_text").raw_text.strip() == "Mine <b>now</b>"
        assert f"{draft.author} saved this draft" in page.main
        draft.refresh_from_db()
        assert (draft.text, draft.state) == ("Theirs <i>now</i>", State.DRAFT)
        # The next press knows both texts and says which of them it shall be.
        again = page.form(edit(draft)) | {"action": "save"}
        assert client.post(edit(draft), again).status_code == 302
        draft.refresh_from_db()
        assert (draft.text, draft.revision_number) == ("Mine <b>now</b>", 3)

    def test_keep_the_text_of_a_colleague_when_the_author_submits(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        draft = written(scene)
        form = Page.of(client.get(edit(draft))).form(edit(draft))
        handed_in(draft)
        response = client.post(edit(draft), form | {"text": "A better text", "action": "save"})
        assert response.status_code == 409
        page = Page.of(response)
        assert page.form(edit(draft))["text"] == "A better text"
        assert [sentence for sentence, _ in page.problems] == [
            "This draft is “waiting for review” by now and cannot be changed. Copy your text before"
            " you leave this page."
        ]

    def test_keep_the_text_of_the_author_when_it_was_approved(
        self, client: Client, scene: Scene
    ) -> None:
        draft = approved(scene)
        client.force_login(draft.author)
        form = {"text": "Later", "account": draft.account_id, "when": "asap", "revision": 1}
        response = client.post(edit(draft), form)
        assert response.status_code == 409
        assert Page.of(response).form(edit(draft))["text"] == "Later"
        draft.refresh_from_db()
        assert (draft.state, draft.text) == (State.APPROVED, CLEAN)

    def test_show_both_when_the_form_has_no_revision(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        draft = written(scene)
        form = {"text": "Mine", "account": draft.account_id, "when": "asap"}
        assert client.post(edit(draft), form).status_code == 409

    def test_submit_once(self, client: Client, scene: Scene) -> None:
        draft = written(scene)
        client.force_login(draft.author)
        form = Page.of(client.get(edit(draft))).form(edit(draft)) | {"action": "submit"}
        assert client.post(edit(draft), form).status_code == 302
        assert client.post(edit(draft), form).status_code == 409
        assert draft.submissions.count() == 1


class TestTheLiveCheck:
    def test_counts_and_shows_what_is_found(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        typed = {"text": BLOCKED, "account": scene.account.pk, "when": "asap"}
        page = Page.of(client.post("/write/check/", typed))
        assert page.root.one(id="count").text == "234 left"
        assert "You have 4 hashtags. Use at most 3." in page.root.text
        assert "We take this as" in page.root.text

    def test_says_the_chosen_time_back(self, client: Client, officer: User) -> None:
        year = timezone.localdate().year + 1
        typed = {"text": CLEAN, "when": "pick", "date": f"{year}-07-01", "time": "14:30"}
        page = Page.of(client.post("/write/check/", typed))
        assert page.root.one(id="when-words").text.endswith(f"1 July {year}, 14:30, UK time")

    def test_says_how_much_is_too_much(self, client: Client, officer: User) -> None:
        page = Page.of(client.post("/write/check/", {"text": "x" * 300}))
        assert page.root.one(id="count").text == "20 too many"

    @pytest.mark.parametrize("typed", [{}, {"text": ""}, {"text": " "}, {"account": "x"}])
    def test_of_nothing_asks_to_begin(
        self, client: Client, officer: User, typed: dict[str, str]
    ) -> None:
        response = client.post("/write/check/", typed)
        assert response.status_code == 200

    def test_of_somebody_without_an_account_says_nothing(
        self, client: Client, officer: User
    ) -> None:
        SocialAccount.objects.all().delete()
        page = Page.of(client.post("/write/check/", {"text": CLEAN}))
        assert "Start writing" in page.root.text

    def test_judges_by_the_account_that_is_chosen(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        SocialAccount.objects.filter(pk=scene.account.pk).update(platform="mastodon")
        page = Page.of(client.post("/write/check/", {"text": "x", "account": scene.account.pk}))
        assert page.root.one(id="count").text == "499 left"

    def test_keeps_a_given_answer(self, client: Client, officer: User) -> None:
        typed = {
            "text": ASKING,
            "answer-key-0": "duty-times:signing off",
            "answer-0": "It does not say when the team is away",
        }
        page = Page.of(client.post("/write/check/", typed))
        checked = [box for box in page.root.all("input", name="answer-0") if "checked" in box.attrs]
        assert [box.attrs["value"] for box in checked] == ["It does not say when the team is away"]

    def test_tells_somebody_signed_out_where_to_sign_in(self, client: Client) -> None:
        response = client.post("/write/check/", {"text": "x"}, headers={"HX-Request": "true"})
        assert response.status_code == 401
        page = Page.of(response)
        assert "You have been signed out. Your text is kept" in page.root.text
        assert page.root.one("a").attrs["href"] == "/accounts/login/?next=/desk/"


class TestTheTeamsDrafts:
    def test_stand_under_their_state(self, client: Client, officer: User, scene: Scene) -> None:
        texts = {state: f"In state {state}" for state in State}
        for state, text in texts.items():
            draft = written(scene, author=officer, text=text)
            now = timezone.now()
            Draft.objects.filter(pk=draft.pk).update(state=state, submitted_at=now, queue_at=now)
        shown = {
            tab: {state for state, text in texts.items()
                  if f"{text} " in f"{Page.of(client.get(f'/drafts/?state={tab}')).main} "}
            for tab in ("writing", "waiting", "approved", "ended")
        }  # fmt: skip
        assert shown == {
            "writing": {State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED},
            "waiting": {State.SUBMITTED},
            "approved": {State.APPROVED},
            "ended": {State.REJECTED, State.WITHDRAWN},
        }

    def test_of_a_state_that_there_is_not_are_not_found(
        self, client: Client, officer: User
    ) -> None:
        assert client.get("/drafts/?state=lost").status_code == 404

    def test_are_those_of_the_team_alone(self, client: Client, officer: User, scene: Scene) -> None:
        written(scene, text="Ours")
        other = scene.other_account()
        written(scene, author=scene.person(lpt=other.lpt), account=other, text="Theirs")
        page = Page.of(client.get("/drafts/"))
        assert "Ours" in page.main
        assert "Theirs" not in page.main

    def test_come_page_by_page_newest_first_without_gap_or_double(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        now = timezone.now()
        for number in range(60):
            # Several in the same microsecond: the key decides between them.
            at = now - timedelta(seconds=number // 7)
            written(scene, author=officer, text=f"Draft no. {number:02}", now=at)
        seen: list[str] = []
        address = "/drafts/"
        while address:
            page = Page.of(client.get(address))
            rows = page.root.all("li", class_="bl-row")
            seen += [row.one("a").text for row in rows]
            written(scene, author=officer, text="Written meanwhile")
            nexts = page.root.all("a", rel="next")
            address = f"/drafts/{nexts[0].attrs['href']}" if nexts else ""
        texts = Draft.objects.exclude(text="Written meanwhile").order_by("-changed_at", "-pk")
        assert seen == [draft.text for draft in texts]

    def test_cost_the_same_queries_however_many(
        self, client: Client, officer: User, scene: Scene, django_assert_num_queries: Any
    ) -> None:
        counts = []
        # The first request of a minute writes down that the session goes on.
        client.get("/drafts/")
        for wanted in (5, 50):
            while Draft.objects.count() < wanted:
                written(scene, author=officer)
            with django_assert_num_queries(12, exact=False) as captured:
                client.get("/drafts/")
            counts.append(len(captured))
        assert counts[0] == counts[1]


class TestTheButtons:
    def test_take_a_submitted_draft_back(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        client.force_login(draft.author)
        response = client.post(act(draft, "withdraw"), follow=True)
        assert Page.of(response).messages == ["Taken back. You can go on writing."]
        draft.refresh_from_db()
        assert draft.state == State.DRAFT

    def test_discard_a_draft(self, client: Client, scene: Scene) -> None:
        draft = written(scene)
        client.force_login(draft.author)
        response = client.post(act(draft, "discard"), follow=True)
        assert Page.of(response).messages == [
            "Discarded. Its words stay on record; copy it to start again."
        ]
        draft.refresh_from_db()
        assert draft.state == State.WITHDRAWN

    def test_copy_a_draft_and_lead_to_the_copy(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        draft = submitted(scene)
        response = client.post(act(draft, "copy"), follow=True)
        fresh = Draft.objects.get(copied_from=draft)
        assert response.redirect_chain == [(fresh.get_absolute_url(), 302)]
        assert Page.of(response).messages == [
            "This is your copy. Change what you need and submit it."
        ]

    @pytest.mark.parametrize("name", ["withdraw", "discard"])
    def test_pressed_too_late_say_so(self, client: Client, scene: Scene, name: str) -> None:
        draft = approved(scene)
        client.force_login(draft.author)
        response = client.post(act(draft, name), follow=True)
        assert Page.of(response).messages == ["This draft has changed meanwhile. Look at it again."]

    @pytest.mark.parametrize("name", ["withdraw", "discard"])
    def test_pressed_by_a_colleague_are_refused(
        self, client: Client, officer: User, scene: Scene, name: str
    ) -> None:
        draft = submitted(scene)
        assert client.post(act(draft, name)).status_code == 403

    @pytest.mark.parametrize("name", ["withdraw", "discard", "copy"])
    def test_find_nothing_of_another_team(self, client: Client, scene: Scene, name: str) -> None:
        draft = submitted(scene)
        for outsider in (scene.person(lpt=scene.other_account().lpt), Scene().person()):
            client.force_login(outsider)
            assert client.post(act(draft, name)).status_code == 404

    def test_do_nothing_when_only_looked_at(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        client.force_login(draft.author)
        for name in ("withdraw", "discard", "copy"):
            assert client.get(act(draft, name)).status_code == 405


class TestALostSession:
    def test_shows_the_typed_text_again(self, client: Client) -> None:
        typed = "A text <b>with</b> “all” its signs"
        response = client.post(WRITE, {"text": typed})
        assert response.status_code == 419
        page = Page.of(response)
        assert page.root.one(id="kept-text").raw_text == typed
        assert page.h1 == "You have been signed out"
        link = next(a for a in page.root.all("a") if a.text == "Sign in again")
        assert link.attrs["href"] == "/accounts/login/?next=/desk/"

    def test_leads_back_to_the_page_that_was_asked_for(self, client: Client) -> None:
        response = client.get("/drafts/?state=waiting")
        assert response.headers["Location"] == "/accounts/login/?next=/drafts/%3Fstate%3Dwaiting"

    def test_of_a_deactivated_person_is_one_too(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        assert client.get(WRITE).status_code == 200
        User.objects.filter(pk=officer.pk).update(is_active=False)
        assert client.get(WRITE).status_code == 302
        assert client.post(WRITE, {"text": "x"}).status_code == 419


class TestSomebodyWithoutARole:
    def test_reads_nothing_of_it(self, client: Client, scene: Scene) -> None:
        draft = written(scene)
        client.force_login(UserFactory.create())
        for path in (WRITE, "/drafts/", edit(draft), draft.get_absolute_url()):
            assert client.get(path).status_code == 403


class TestAWithdrawnSubmission:
    def test_can_be_changed_and_submitted_again(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        withdraw(draft, actor=draft.author, now=timezone.now())
        client.force_login(draft.author)
        send(client, edit(draft), "submit", text="Second thoughts")
        draft.refresh_from_db()
        assert (draft.state, draft.text) == (State.SUBMITTED, "Second thoughts")
