"""Comments: who may write and read them, who is told, and that none of it is lost or undone."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import TEAM_ROLES, Role
from accounts.services import Step, deactivate
from approvals.mentions import UnclearMention
from approvals.models import LONGEST_COMMENT, Comment
from approvals.permissions import delegations_to
from approvals.readers import readers_of
from approvals.reasons import Reason
from approvals.services import (
    Seen,
    TalkedAbout,
    approve_each,
    claim,
    comment,
    delegate,
    reject,
    waiting_for,
)
from approvals.showing import TALKED_ABOUT, refusal_words
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import discard
from drafts.workflow import State
from notices.models import Notice
from tests.factories import Scene, again, approved, submitted, written
from tests.pages import Page
from tests.races import at_once

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script> {{ x }} \u202egnp.exe & "quotes" <b>bold</b>'


@pytest.fixture
def scene() -> Scene:
    return Scene()


def say(draft: Draft, by: User, text: str = "Is the road open?", **more: object) -> Comment:
    return comment(draft, actor=by, text=text, now=timezone.now(), **more)  # type: ignore[arg-type]


def told(person: User) -> list[str]:
    return [notice.text for notice in Notice.objects.for_person(person.pk)]


def elsewhere(scene: Scene, **person: Any) -> User:
    """Somebody of another team of the force."""
    return scene.person(lpt=scene.other_account().lpt, **person)


def cover(absent: User, person: User) -> None:
    today, now = timezone.localdate(), timezone.now()
    delegate(absent, to=person, since=today, until=today, reason="Leave", actor=absent, now=now)


class TestTheReaders:
    """The same people whom the pages let in, whatever the draft and whoever is asked."""

    def everybody(self, scene: Scene) -> Iterator[User]:
        other = scene.other_account()
        for role in Role:
            yield scene.person(role)
        for role in sorted(TEAM_ROLES):
            yield scene.person(role, lpt=other.lpt)
        yield scene.central_officer()
        yield Scene().person(Role.COMMS_APPROVER)
        yield Scene().person()
        for absent in (Role.COMMS_APPROVER, Role.LPT_SUPERVISOR):
            stands_in = scene.person(lpt=other.lpt)
            cover(scene.person(absent), stands_in)
            yield stands_in

    def drafts(self, scene: Scene) -> Iterator[Draft]:
        central = scene.other_account(lpt=None, kind="central")
        of_force = scene.other_account(lpt=None, kind="force")
        comms = scene.person(Role.COMMS_APPROVER)
        yield written(scene)
        yield submitted(scene)
        yield submitted(scene, account=scene.other_account(), author=comms)
        yield submitted(scene, account=central, author=scene.central_officer())
        yield submitted(scene, account=of_force, author=comms)
        yield approved(scene)
        scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        yield submitted(scene)
        yield submitted(scene, account=scene.other_account(), author=comms)

    def test_are_those_who_see_its_page_or_its_review(self, scene: Scene) -> None:
        drafts = list(self.drafts(scene))
        people = [again(person) for person in self.everybody(scene)]
        for draft in drafts:
            readers = set(readers_of(draft, on=timezone.localdate()))
            for person in people:
                sees = Draft.objects.visible_to(person) | Draft.objects.filter(
                    pk__in=waiting_for(person).values("pk")
                )
                is_reader = sees.filter(pk=draft.pk).exists()
                assert (person in readers) == is_reader, (draft, person.current_memberships)
                assert person.has_perm("approvals.comment", draft) == is_reader

    def test_are_active(self, scene: Scene) -> None:
        draft, gone = submitted(scene), scene.person()
        deactivate(gone, actor=None, now=timezone.now())
        assert gone not in readers_of(draft, on=timezone.localdate())

    def test_cover_nobody_who_has_left(self, scene: Scene) -> None:
        absent, person = scene.person(Role.COMMS_APPROVER), elsewhere(scene)
        cover(absent, person)
        draft = submitted(scene)
        assert person in readers_of(draft, on=timezone.localdate())
        deactivate(absent, actor=None, now=timezone.now())
        assert not delegations_to(person)
        assert person not in readers_of(draft, on=timezone.localdate())


class TestAComment:
    def test_says_who_wrote_it_and_what_they_were(self, scene: Scene) -> None:
        draft, supervisor = submitted(scene), scene.person(Role.LPT_SUPERVISOR)
        said = say(draft, supervisor, "  Two lines,\r\nsaid here.  ")
        said.refresh_from_db()
        assert (said.text, said.person, said.role) == (
            "Two lines,\nsaid here.",
            supervisor,
            Role.LPT_SUPERVISOR,
        )

    def test_gives_the_role_by_which_the_draft_is_seen(self, scene: Scene) -> None:
        elsewhere = scene.other_account()
        both = scene.person(Role.LPT_SUPERVISOR, lpt=elsewhere.lpt)
        both = scene.give(both, Role.OFFICER)
        assert say(submitted(scene), both).role == Role.OFFICER

    def test_stands_in_the_trail_without_its_words(self, scene: Scene) -> None:
        draft = submitted(scene)
        said = say(draft, draft.author, "Nobody else should read this in the trail.")
        row = Record.objects.about(draft).get(verb=Verb.DRAFT_COMMENTED)
        assert (row.actor_id, row.data) == (str(draft.author_id), {"comment": said.pk})

    def test_changes_nothing_about_the_draft(self, scene: Scene) -> None:
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        before = Draft.objects.filter(pk=draft.pk).values().get()
        say(draft, approver)
        assert Draft.objects.filter(pk=draft.pk).values().get() == before
        # Whoever comments has written nothing of the tweet.
        assert not draft.contributions.filter(person=approver).exists()

    @pytest.mark.parametrize("state", State)
    def test_can_be_made_in_every_state(self, scene: Scene, state: State) -> None:
        draft, now = submitted(scene), timezone.now()
        Draft.objects.filter(pk=draft.pk).update(state=state, changed_at=now)
        draft.refresh_from_db()
        assert say(draft, draft.author).draft == draft

    @pytest.mark.parametrize("text", ["", " \r\n ", "x" * 1001])
    def test_without_words_or_with_too_many_is_refused(self, scene: Scene, text: str) -> None:
        draft = submitted(scene)
        with pytest.raises(ValueError, match="1 to 1000"):
            say(draft, draft.author, text)

    @pytest.mark.parametrize("text", ["?", "x" * LONGEST_COMMENT])
    def test_may_be_as_short_or_as_long_as_it_says(self, scene: Scene, text: str) -> None:
        draft = submitted(scene)
        assert say(draft, draft.author, text).text == text

    def test_is_nothing_for_another_team(self, scene: Scene) -> None:
        draft = submitted(scene)
        for stranger in (
            scene.person(lpt=scene.other_account().lpt),
            Scene().person(Role.COMMS_APPROVER),
            scene.person(Role.COMMS_ADMIN),
        ):
            with pytest.raises(PermissionDenied):
                say(draft, stranger)
        assert not Comment.objects.exists()

    def test_is_one_however_often_the_form_is_sent(self, scene: Scene) -> None:
        draft, key = submitted(scene), uuid.uuid4()
        supervisor = scene.person(Role.LPT_SUPERVISOR)
        first = say(draft, supervisor, key=key)
        assert say(draft, supervisor, "Other words", key=key) == first
        assert Record.objects.filter(verb=Verb.DRAFT_COMMENTED).count() == 1
        assert len(told(draft.author)) == 1
        # The key of somebody else, or of another draft, opens nothing.
        with pytest.raises(PermissionDenied):
            say(draft, draft.author, key=key)
        with pytest.raises(PermissionDenied):
            say(submitted(scene), supervisor, key=key)

    def test_is_never_changed_or_deleted(self, scene: Scene) -> None:
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        said = say(draft, draft.author, to=approver.full_name)
        rows = Comment.objects.filter(pk=said.pk)
        for change in (
            partial(rows.update, text="Never said"),
            said.mentioned.clear,
            partial(rows._raw_delete, using="default"),
        ):
            with pytest.raises(DatabaseError, match="never"), transaction.atomic():
                change()
        assert rows.get().text == "Is the road open?"
        assert set(said.mentioned.all()) == {approver}


class TestAMention:
    def test_tells_whoever_is_named_the_author_and_who_has_it_open(self, scene: Scene) -> None:
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        supervisor = scene.person(Role.LPT_SUPERVISOR, full_name="Sgt Dilys Marsh")
        claim(draft, actor=approver, now=timezone.now())
        draft.refresh_from_db()
        bystander, writer = scene.person(), scene.person()
        said = say(draft, writer, "@Marsh, is it?")
        about = f"on the tweet for {draft.account}."
        assert told(supervisor) == [f"{writer} mentioned you in a comment {about}"]
        assert told(draft.author) == told(approver) == [f"{writer} commented {about}"]
        assert told(bystander) == told(writer) == []
        (notice,) = Notice.objects.for_person(supervisor.pk)
        assert notice.link == f"{draft.get_absolute_url()}#comment-{said.pk}"
        assert list(said.mentioned.all()) == [supervisor]

    def test_tells_nobody_twice_and_never_the_writer(self, scene: Scene) -> None:
        author = scene.person(full_name="PC Asha Tindall")
        draft = submitted(scene, author=author)
        claimant = scene.person(Role.COMMS_APPROVER, full_name="Priya Nair")
        claim(draft, actor=claimant, now=timezone.now())
        draft.refresh_from_db()
        say(draft, claimant, "@Tindall @PC Asha Tindall and me, @Nair", to="PC Asha Tindall")
        assert len(told(author)) == 1
        assert "mentioned you" in told(author)[0]
        assert told(claimant) == []

    def test_forgets_a_claim_that_is_over(self, scene: Scene) -> None:
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        long_ago = timezone.now() - settings.CLAIM_FOR - timedelta(seconds=1)
        claim(draft, actor=approver, now=long_ago)
        draft.refresh_from_db()
        say(draft, draft.author)
        assert told(approver) == []

    def test_does_not_tell_an_author_who_has_left_the_team(self, scene: Scene) -> None:
        draft = submitted(scene)
        draft.author.memberships.update(until=timezone.localdate() - timedelta(days=1))
        say(draft, scene.person(Role.COMMS_APPROVER))
        assert told(draft.author) == []

    def test_leads_whoever_covers_to_the_review(self, scene: Scene) -> None:
        draft, person = submitted(scene), elsewhere(scene, full_name="Insp Ola Berg")
        cover(scene.person(Role.COMMS_APPROVER), person)
        said = say(draft, draft.author, "@Berg?")
        notice = Notice.objects.for_person(person.pk).first()
        assert notice is not None
        assert notice.link == f"/review/{draft.pk}/#comment-{said.pk}"

    def test_of_somebody_who_cannot_see_the_draft_is_refused(self, scene: Scene) -> None:
        draft = submitted(scene)
        Scene().person(full_name="Ned Farrow")
        with pytest.raises(UnclearMention):
            say(draft, draft.author, "@Farrow")
        with pytest.raises(UnclearMention):
            say(draft, draft.author, "Hello", to="Ned Farrow")
        assert not Comment.objects.exists()


class TestTheSameForm:
    def test_sent_twice_at_once_makes_one_comment(self, postgres: str) -> None:
        scene = Scene()
        draft, writer, key = submitted(scene), scene.person(), uuid.uuid4()
        send = partial(say, draft, writer, key=key)
        first, second = at_once(send, send)
        assert first == second == Comment.objects.get()
        assert len(told(draft.author)) == 1

    def test_is_one_on_sqlite_too(self, sqlite: str) -> None:
        scene = Scene()
        draft, key = submitted(scene), uuid.uuid4()
        assert connection.vendor == "sqlite"
        assert say(draft, draft.author, key=key) == say(draft, draft.author, key=key)
        with pytest.raises(DatabaseError, match="never"):
            Comment.objects.update(text="Never said")


class TestTheForm:
    def address(self, draft: Draft) -> str:
        return reverse("approvals:comment", args=[draft.pk])

    def test_stands_on_the_page_of_the_draft_and_in_its_review(
        self, client: Client, scene: Scene
    ) -> None:
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        say(draft, draft.author, "The first.")
        say(draft, approver, "The second.", to=draft.author.full_name)
        client.force_login(approver)
        for page in (draft.get_absolute_url(), f"/review/{draft.pk}/"):
            root = Page.of(client.get(page)).root
            texts = [said.text for said in root.all("p", class_="bl-comment__text")]
            assert texts == ["The first.", "The second."]
            assert f"{approver}, Comms approver" in root.all("li", class_="bl-comment")[1].text
            assert f"Told: {draft.author}" in root.all("li", class_="bl-comment")[1].text
            root.one("form", action=self.address(draft))
            names = [one.attrs["value"] for one in root.one("datalist").all("option")]
            assert names == [draft.author.full_name]
            history = root.one("div", class_="bl-timeline").text
            assert "Commented" in history
            # Their words stand in one place only.
            assert "The first." not in history

    def test_leads_back_to_where_it_was_sent_from(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        client.force_login(scene.person(Role.COMMS_APPROVER))
        for sent, page in (({}, draft.get_absolute_url()), ({"from": "review"}, "/review/")):
            response = client.post(self.address(draft), {"text": "Well?", **sent})
            assert response.status_code == 302
            newest = Comment.objects.latest("pk")
            assert response.headers["Location"].startswith(page)
            assert response.headers["Location"].endswith(f"#comment-{newest.pk}")

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"text": " "}, "Write your comment."),
            ({"text": "x" * 1003}, "A comment has up to 1,000 characters. Take out 3."),
            ({"text": "Hello @Nobodi, well?"}, "Nobody who can see this draft is called “Nobodi”"),
            ({"text": "Well?", "to": "Nobodi"}, "Nobody who can see this draft is called “Nobodi”"),
        ],
    )
    def test_says_what_is_wrong_and_loses_nothing(
        self, client: Client, scene: Scene, typed: dict[str, str], sentence: str
    ) -> None:
        draft = submitted(scene)
        client.force_login(draft.author)
        response = client.post(self.address(draft), {"from": "review", **typed})
        assert response.status_code == 422
        page = Page.of(response)
        assert page.root.one("div", role="alert").text.count(sentence) == 1
        assert page.root.one("textarea").raw_text.strip() == typed["text"].strip()
        assert page.root.one("input", name="to").attrs.get("value", "") == typed.get("to", "")
        assert page.root.one("input", name="from").attrs["value"] == "review"
        assert not Comment.objects.exists()

    def test_takes_a_thousand_characters_with_line_ends(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        client.force_login(draft.author)
        text = "\r\n".join(["x" * 99] * 10)
        assert client.post(self.address(draft), {"text": text}).status_code == 302
        assert len(Comment.objects.get().text) == 999

    def test_makes_hostile_words_harmless(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        client.force_login(draft.author)
        client.post(self.address(draft), {"text": HOSTILE})
        response = client.get(draft.get_absolute_url())
        page = Page.of(response).root
        assert page.one("p", class_="bl-comment__text").text == HOSTILE
        assert "<script>alert" not in response.content.decode()
        assert not page.all("b")

    def test_keeps_its_key_when_it_comes_back(self, client: Client, scene: Scene) -> None:
        draft, key = submitted(scene), str(uuid.uuid4())
        client.force_login(draft.author)
        page = Page.of(client.post(self.address(draft), {"text": "@Nobodi", "key": key}))
        assert page.root.one("input", name="key").attrs["value"] == key
        for _ in range(2):
            client.post(self.address(draft), {"text": "Hello", "key": key})
        assert str(Comment.objects.get().key) == key

    def test_is_not_there_for_another_team(self, client: Client, scene: Scene) -> None:
        draft = submitted(scene)
        client.force_login(scene.person(lpt=scene.other_account().lpt))
        for ask in (client.get, client.post):
            assert ask(self.address(draft), {"text": "Hello"}).status_code == 404
        client.force_login(scene.person(Role.PSD))
        assert client.post(self.address(draft), {"text": "Hello"}).status_code == 403

    def test_serves_whoever_covers_while_it_waits(self, client: Client, scene: Scene) -> None:
        draft, person = submitted(scene), elsewhere(scene)
        absent = scene.person(Role.COMMS_APPROVER)
        cover(absent, person)
        client.force_login(person)
        response = client.post(self.address(draft), {"text": "Hello"}, follow=True)
        assert response.redirect_chain[-1][0].startswith(f"/review/{draft.pk}/")
        assert "Hello" in Page.of(response).main
        reject(
            draft, actor=absent, revision_number=1, revision_hash=draft.content_hash,
            reason=Reason.TONE, sentence="No.", now=timezone.now(),
        )  # fmt: skip
        assert client.post(self.address(draft), {"text": "Hello"}).status_code == 404


class TestThePagesAround:
    def test_still_say_why_a_draft_came_back(self, client: Client, scene: Scene) -> None:
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        reject(
            draft, actor=approver, revision_number=1, revision_hash=draft.content_hash,
            reason=Reason.TONE, sentence="Not like this.", now=timezone.now(),
        )  # fmt: skip
        draft.refresh_from_db()
        say(draft, draft.author, "But why?")
        client.force_login(draft.author)
        page = Page.of(client.get(draft.get_absolute_url()))
        (quote,) = page.root.all("blockquote", class_="bl-quote")
        assert f"{approver}:" in quote.text
        assert "Not like this." in quote.text

    def test_do_not_decide_on_a_card_what_was_talked_about(
        self, client: Client, scene: Scene
    ) -> None:
        draft, other = submitted(scene), submitted(scene)
        say(draft, draft.author, "Wait until the family knows.")
        say(draft, draft.author, "They know.")
        client.force_login(scene.person(Role.COMMS_APPROVER))
        page = Page.of(client.get(reverse("approvals:queue")))
        talked, quiet = page.root.all("article", class_="bl-card")
        assert f"/review/{draft.pk}/" in talked.all("a")[0].attrs["href"]
        assert "2 comments" in talked.text
        assert not talked.all("button")
        assert other.text in quiet.text
        assert quiet.all("button")

    def approve_on_card(self, client: Client, draft: Draft) -> Page:
        sent = {
            "decision": "approve",
            "from": "queue",
            "revision_hash": draft.content_hash,
            "revision_number": draft.revision_number,
            "step": draft.step,
        }
        address = reverse("approvals:review", args=[draft.pk])
        response = client.post(address, sent, follow=True)
        assert response.redirect_chain[0][0] in {address, reverse("approvals:queue")}
        return Page.of(response)

    def test_do_not_decide_on_an_old_card_what_was_said_since(
        self, client: Client, scene: Scene
    ) -> None:
        draft = submitted(scene)
        client.force_login(scene.person(Role.COMMS_APPROVER))
        assert Page.of(client.get(reverse("approvals:queue"))).root.all("button", type="submit")
        say(draft, draft.author, "Stop: the family has not been told.")
        page = self.approve_on_card(client, draft)
        assert page.messages == [TALKED_ABOUT]
        assert "Stop: the family has not been told." in page.main
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED
        # Its page shows what was said, and so it is decided there.
        form = page.root.one("form", action=f"/review/{draft.pk}/", class_="bl-approve")
        values = {i.attrs["name"]: i.attrs.get("value", "") for i in form.all("input")}
        client.post(f"/review/{draft.pk}/", values | {"decision": "approve"})
        draft.refresh_from_db()
        assert draft.state == State.APPROVED

    def approve_as_shown(self, client: Client, page: Page, draft: Draft) -> Any:
        form = page.root.one("form", action=f"/review/{draft.pk}/", class_="bl-approve")
        values = {i.attrs["name"]: i.attrs.get("value", "") for i in form.all("input")}
        return client.post(f"/review/{draft.pk}/", values | {"decision": "approve"})

    def test_do_not_decide_on_an_open_page_what_was_said_since(
        self, client: Client, scene: Scene
    ) -> None:
        draft = submitted(scene)
        say(draft, draft.author, "It is about Thursday.")
        approver = scene.person(Role.COMMS_APPROVER)
        client.force_login(approver)
        page = Page.of(client.get(f"/review/{draft.pk}/"))
        say(draft, draft.author, "Stop: the family has not been told.")
        answer = self.approve_as_shown(client, page, draft)
        page = Page.of(answer)
        assert (answer.status_code, page.messages) == (422, [TALKED_ABOUT])
        assert "Stop: the family has not been told." in page.main
        draft.refresh_from_db()
        assert draft.state == State.SUBMITTED
        # What they say themselves does not keep them.
        say(draft, approver, "They have by now.")
        self.approve_as_shown(client, page, draft)
        draft.refresh_from_db()
        assert draft.state == State.APPROVED

    def test_are_heard_by_a_decision_between_a_look_and_a_press(self, scene: Scene) -> None:
        draft, approver = submitted(scene), scene.person(Role.COMMS_APPROVER)
        say(draft, draft.author, "Stop.")
        seen = Seen(draft.revision_number, draft.content_hash, draft.step)
        (outcome,) = approve_each([(draft, seen)], actor=approver, now=timezone.now())
        assert isinstance(outcome.refusal, TalkedAbout)
        assert refusal_words(outcome.refusal, draft, approver) == TALKED_ABOUT
        draft.refresh_from_db()
        assert (draft.state, draft.decisions.count()) == (State.SUBMITTED, 0)

    def test_decide_on_a_card_what_nobody_talked_about(self, client: Client, scene: Scene) -> None:
        draft, other = submitted(scene), submitted(scene)
        say(other, other.author, "Wait.")
        client.force_login(scene.person(Role.COMMS_APPROVER))
        assert self.approve_on_card(client, draft).h1 == "Review queue"
        draft.refresh_from_db()
        assert draft.state == State.APPROVED

    def test_show_a_discarded_draft_with_its_talk(self, client: Client, scene: Scene) -> None:
        draft = written(scene)
        discard(draft, actor=draft.author, now=timezone.now())
        draft.refresh_from_db()
        say(draft, draft.author, "For the record.")
        client.force_login(draft.author)
        assert "For the record." in Page.of(client.get(draft.get_absolute_url())).main
