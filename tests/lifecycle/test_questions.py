"""Asking corporate communications, and answering: who reads it, whose turn it is, who is told."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from accounts.services import deactivate
from audit.models import Record
from audit.verbs import Verb
from lifecycle.models import LONGEST_MESSAGE, Message, Question, StaleQuestion
from lifecycle.services import ask_comms, close_question, may_be_asked_about, write_on
from lifecycle.workflow import QUESTION_MOVES, QuestionState
from notices.models import Notice
from tests.factories import Scene, again, signed_in, submitted, written
from tests.pages import Page

pytestmark = pytest.mark.django_db
ASK, LIST = "/ask-comms/", "/questions/"
MAY_WE = "May we name the street?"
# Markup, an override that turns the reading direction round and back, marks, a letter of two.
HOSTILE = (
    "</p><script>alert(1)</script> \u202egnihton\u202c \u200f\u061c שלום <b onclick=x>e\u0301</b>"
)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def approver(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER)


def asked(scene: Scene, by: User, text: str = MAY_WE, **more: Any) -> Question:
    return ask_comms(text, force=scene.force, actor=by, **{"now": timezone.now(), **more})


def said(question: Question, text: str, by: User, **more: Any) -> Message:
    seen = Question.objects.get(pk=question.pk).said
    return write_on(question, text, actor=by, **{"seen": seen, "now": timezone.now(), **more})


def told(person: User) -> list[str]:
    """What this person was told and has not read, the newest first."""
    return [notice.text for notice in Notice.objects.for_person(person.pk).unread()]


def refused(change: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


class TestAQuestion:
    def test_is_told_to_everybody_of_communications_once(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        others = [scene.person(role) for role in (Role.COMMS_DUTY, Role.COMMS_ADMIN)]
        both = scene.give(approver, Role.COMMS_ADMIN)
        elsewhere = Scene().person(Role.COMMS_APPROVER)
        question = asked(scene, officer)
        for person in (*others, both):
            assert told(person) == [f"{officer} asks communications."]
        for person in (officer, elsewhere, scene.person(Role.PSD)):
            assert told(person) == []
        notice = Notice.objects.for_person(both.pk).get()
        assert notice.link == f"{question.get_absolute_url()}#answer"

    def test_goes_to_and_fro_and_leaves_a_trail_without_words(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        question = asked(scene, officer)
        said(question, "Yes, without the number.", approver)
        assert question.state == QuestionState.ANSWERED
        assert told(officer) == [f"{approver} answered your question."]
        said(question, "And the picture?", officer)
        assert question.state == QuestionState.WAITING
        close_question(question, actor=approver, seen=3, now=timezone.now())
        said(question, "One more thing.", officer)
        assert question.state == QuestionState.WAITING
        assert question.closed_by is None
        trail = Record.objects.about(question)
        assert [row.verb for row in trail] == [
            Verb.QUESTION_ASKED, Verb.QUESTION_ANSWERED, Verb.QUESTION_GONE_ON,
            Verb.QUESTION_CLOSED, Verb.QUESTION_GONE_ON,
        ]  # fmt: skip
        assert [row.data.get("reopened", False) for row in trail] == [False] * 4 + [True]
        everything = str([(row.data, row.target_name) for row in trail])
        assert "street" not in everything
        assert "picture" not in everything

    def test_puts_none_of_its_words_into_a_notice(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        question = asked(scene, officer, "Secret words")
        said(question, "Secret answer", approver)
        close_question(question, actor=approver, seen=2, now=timezone.now())
        texts = [word for row in Notice.objects.all() for word in (row.text, row.in_mail)]
        assert len(texts) == 6
        assert not any("Secret" in text for text in texts)

    def test_that_was_answered_waits_for_nobody_any_more(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        colleague = scene.person(Role.COMMS_DUTY)
        question = asked(scene, officer)
        said(question, "Yes.", approver)
        assert told(colleague) == told(approver) == []
        # What the asker was told is theirs to read.
        assert len(told(officer)) == 1

    def test_that_goes_on_is_told_to_whoever_answered_as_long_as_they_are_there(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        colleague = scene.person(Role.COMMS_DUTY)
        question = asked(scene, officer)
        said(question, "Yes.", approver)
        said(question, "And now?", officer)
        assert (len(told(approver)), told(colleague)) == (1, [])
        Membership.objects.filter(person=approver).delete()
        said(question, "Hello?", officer)
        assert len(told(colleague)) == 1

    def test_keeps_its_place_when_its_asker_adds_a_word(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        now = timezone.now()
        first = asked(scene, officer, "First", now=now - timedelta(hours=2))
        second = asked(scene, scene.person(), "Second", now=now - timedelta(hours=1))
        said(first, "Please.", officer)
        waiting = Question.objects.waiting_for(again(approver)).oldest_first()
        assert list(waiting) == [first, second]
        said(first, "Later.", approver)
        said(first, "Later is now.", officer)
        assert list(waiting.all()) == [second, first]

    def test_sent_twice_is_asked_once(self, scene: Scene, officer: User, approver: User) -> None:
        key = uuid.uuid4()
        question = asked(scene, officer, key=key)
        assert asked(scene, officer, key=key) == question
        assert Message.objects.count() == 1
        assert len(told(approver)) == 1
        with pytest.raises(PermissionDenied):
            asked(scene, approver, key=key)

    def test_may_be_about_a_draft_or_an_account_that_one_has_to_do_with(
        self, scene: Scene, officer: User
    ) -> None:
        draft, theirs = written(scene), scene.other_account()
        assert asked(scene, officer, about=draft).about == f" about a tweet for {scene.account}"
        assert asked(scene, officer, about=scene.account).about == f" about {scene.account}"
        abroad = Scene()
        of_them = written(scene, author=scene.person(lpt=theirs.lpt), account=theirs)
        for about in (theirs, of_them, abroad.account, written(abroad)):
            with pytest.raises(PermissionDenied):
                asked(scene, officer, about=about)
        with pytest.raises(PermissionDenied):
            asked(abroad, officer)
        assert list(may_be_asked_about(officer)) == [scene.account]

    def test_about_a_draft_tells_the_supervisors_too_if_its_asker_wants_it(
        self, scene: Scene, officer: User
    ) -> None:
        sergeant, elsewhere = scene.person(Role.LPT_SUPERVISOR), scene.other_account()
        inspector = scene.give(scene.person(Role.LPT_COMMANDER), Role.COMMS_DUTY)
        other = scene.person(Role.LPT_SUPERVISOR, lpt=elsewhere.lpt)
        draft = written(scene, author=officer)
        asked(scene, officer, about=draft)
        assert told(sergeant) == []
        asked(scene, officer, about=draft, tells_supervisors=True)
        asked(scene, officer, tells_supervisors=True)
        words = f"{officer} asks communications about a tweet for {scene.account}"
        assert told(sergeant) == [f"{words} and wants you to know."]
        # Whoever is both is told once of each.
        assert told(inspector) == [f"{officer} asks communications.", f"{words}.", f"{words}."]
        assert told(other) == []

    @pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_MESSAGE + 1)])
    def test_says_something_of_a_length_that_can_be_read(
        self, scene: Scene, officer: User, text: str
    ) -> None:
        with pytest.raises(ValueError, match="1 to 2000 characters"):
            asked(scene, officer, text)
        question = asked(scene, officer, "x" * LONGEST_MESSAGE)
        with pytest.raises(ValueError, match="1 to 2000 characters"):
            said(question, text, officer)

    def test_stays_what_it_was(self, scene: Scene, officer: User, approver: User) -> None:
        question = asked(scene, officer, about=scene.account)
        said(question, "Yes.", approver)
        rows = Question.objects.filter(pk=question.pk)
        for change in (
            {"asked_by": approver}, {"force": Scene().force}, {"asked_at": timezone.now()},
            {"account": None}, {"said": 1},
            # Closed by nobody, and by somebody without being closed.
            {"state": QuestionState.CLOSED}, {"closed_by": approver}, {"state": "lost"},
            {"draft": written(scene)},
        ):  # fmt: skip
            refused(lambda change=change: rows.update(**change))
        refused(lambda: Message.objects.update(text="No."))
        refused(lambda: Message.objects.all().delete())
        refused(
            lambda: Message.objects.create(
                question=question, person=officer, text="", at=timezone.now()
            )
        )
        refused(rows.delete)

    def test_can_reach_and_leave_every_state(self) -> None:
        reached = {move.target for move in QUESTION_MOVES.values()}
        left = {state for move in QUESTION_MOVES.values() for state in move.sources}
        assert reached == left == set(QuestionState)


class TestWhoReadsAQuestion:
    def test_is_its_asker_and_communications(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        question = asked(scene, officer)
        for person in (officer, approver, scene.person(Role.COMMS_ADMIN)):
            assert signed_in(person).get(f"{LIST}{question.pk}/").status_code == 200
            assert list(Question.objects.visible_to(again(person))) == [question]
        for person in (
            scene.person(), scene.person(Role.LPT_SUPERVISOR), scene.person(Role.PSD),
            scene.person(Role.POLICY_OWNER), Scene().person(Role.COMMS_ADMIN),
        ):  # fmt: skip
            assert signed_in(person).get(f"{LIST}{question.pk}/").status_code == 404
            assert not Question.objects.visible_to(again(person)).exists()
            with pytest.raises(PermissionDenied):
                said(question, "Me too.", person)
            with pytest.raises(PermissionDenied):
                close_question(question, actor=person, seen=1, now=timezone.now())

    def test_is_the_team_too_where_it_is_about_a_draft_of_theirs_without_writing_in_it(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        colleague, draft = scene.person(), written(scene, author=officer)
        other = scene.person(lpt=scene.other_account().lpt)
        question = asked(scene, officer, about=draft)
        path = f"{LIST}{question.pk}/"
        client = signed_in(colleague)
        page = Page.of(client.get(path))
        assert MAY_WE in page.main
        assert "because it is about a draft that you see" in page.main
        assert not page.root.all("form", action=f"{path}close/")
        assert client.post(path, {"seen": 1, "text": "Me too."}).status_code == 403
        assert client.post(f"{path}close/", {"seen": 1}).status_code == 403
        assert MAY_WE in Page.of(client.get(draft.get_absolute_url())).main
        assert MAY_WE in Page.of(client.get(LIST)).main
        assert signed_in(other).get(path).status_code == 404
        said(question, "Yes.", approver)
        assert told(colleague) == []

    def test_shows_a_draft_to_nobody_who_may_not_read_drafts(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        draft = written(scene, author=officer)
        path = f"{LIST}{asked(scene, officer, about=draft).pk}/"
        admin = signed_in(scene.person(Role.COMMS_ADMIN))
        assert draft.text in Page.of(signed_in(approver).get(path)).main
        main = Page.of(admin.get(path)).main
        assert draft.text not in main
        assert f"It is about a tweet for {scene.account}." in main
        # Whoever moves to another team keeps the question, not the draft.
        Membership.objects.filter(person=officer).update(lpt=scene.other_account().lpt)
        main = Page.of(signed_in(officer).get(path)).main
        assert MAY_WE in main
        assert draft.text not in main

    def test_is_no_longer_somebody_who_went_to_another_force(
        self, scene: Scene, officer: User
    ) -> None:
        question = asked(scene, officer)
        Membership.objects.filter(person=officer).delete()
        Scene().give(officer, Role.COMMS_ADMIN)
        assert signed_in(officer).get(f"{LIST}{question.pk}/").status_code == 404

    def test_answers_nothing_that_they_asked_themselves(self, scene: Scene, approver: User) -> None:
        question = asked(scene, approver)
        assert told(approver) == []
        said(question, "Nobody there?", approver)
        assert question.state == QuestionState.WAITING
        assert not Question.objects.waiting_for(again(approver)).exists()
        said(question, "Here I am.", scene.person(Role.COMMS_ADMIN))
        assert question.state == QuestionState.ANSWERED


class TestWritingMeanwhile:
    def test_is_shown_before_anything_is_sent(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        question, other = asked(scene, officer), scene.person(Role.COMMS_DUTY)
        path = f"{LIST}{question.pk}/"
        client = signed_in(approver)
        form = Page.of(client.get(path)).root.one("form", id="answer")
        sent = {box.attrs["name"]: box.attrs.get("value", "") for box in form.all("input")}
        said(question, "No, never.", other)
        answer = client.post(path, {**sent, "text": "Yes, of course."})
        assert answer.status_code == 409
        page = Page.of(answer)
        assert "No, never." in page.main
        assert page.root.one("textarea").raw_text.strip() == "Yes, of course."
        assert Message.objects.count() == 2
        # Now it has been seen.
        (seen,) = page.root.one("form", id="answer").all("input", name="seen")
        answer = client.post(path, {**sent, "seen": seen.attrs["value"], "text": "Yes, after all."})
        assert answer.status_code == 302
        assert Message.objects.count() == 3

    def test_keeps_a_question_from_being_closed_over_it(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        question = asked(scene, officer)
        said(question, "It is urgent.", officer)
        with pytest.raises(StaleQuestion):
            close_question(question, actor=approver, seen=1, now=timezone.now())
        close_question(question, actor=approver, seen=2, now=timezone.now())
        with pytest.raises(StaleQuestion):
            close_question(question, actor=officer, seen=2, now=timezone.now())

    def test_the_same_twice_says_it_once(self, scene: Scene, officer: User, approver: User) -> None:
        question, key = asked(scene, officer), uuid.uuid4()
        first = said(question, "Yes.", approver, key=key)
        assert (
            write_on(question, "Yes.", actor=approver, seen=1, key=key, now=timezone.now()) == first
        )
        assert len(told(officer)) == 1
        with pytest.raises(PermissionDenied):
            said(question, "Yes.", officer, key=key)


class TestSomebodyWhoHasLeft:
    def test_is_told_of_no_answer_and_can_be_closed(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        question = asked(scene, officer)
        deactivate(officer, actor=None, now=timezone.now())
        client = signed_in(approver)
        path = f"{LIST}{question.pk}/"
        assert "has left and is told of no answer" in Page.of(client.get(path)).main
        page = Page.of(client.post(path, {"seen": 1, "text": "Yes."}, follow=True))
        assert page.messages == [f"Sent. {officer} has left and is not told."]
        assert told(officer) == []
        page = Page.of(client.post(f"{path}close/", {"seen": 2}, follow=True))
        assert page.messages == ["Closed. Whoever writes here opens it again."]
        assert told(officer) == []

    def test_neither_asks_nor_writes(self, scene: Scene, officer: User) -> None:
        question = asked(scene, officer)
        deactivate(officer, actor=None, now=timezone.now())
        officer.refresh_from_db()
        with pytest.raises(PermissionDenied):
            asked(scene, officer)
        with pytest.raises(PermissionDenied):
            said(question, "Still here.", officer)


class TestTheFormForAQuestion:
    def test_says_how_else_and_for_what_it_is_not(self, scene: Scene, officer: User) -> None:
        page = Page.of(signed_in(officer).get(ASK))
        assert "If in doubt, call us: 07700 900100" in page.main
        assert "no way to report a crime or an emergency: ring 999" in page.main
        assert "101 otherwise" in page.main
        assert "your team does not" in page.main

    def test_asks_about_nothing_a_draft_or_an_account(self, scene: Scene, officer: User) -> None:
        client, draft = signed_in(officer), written(scene, author=officer)
        page = Page.of(client.post(ASK, {"text": MAY_WE}, follow=True))
        assert page.messages == ["Asked. You are told when communications answers."]
        assert page.h1 == "Your question to comms"
        client.post(f"{ASK}?account={scene.account.pk}", {"text": "B", "account": scene.account.pk})
        draft_form = Page.of(client.get(f"{ASK}?draft={draft.pk}"))
        assert draft.text in draft_form.main
        assert "everybody who sees this draft" in draft_form.main
        client.post(f"{ASK}?draft={draft.pk}", {"text": "C", "supervisors": "on"})
        about = Question.objects.order_by("pk").values_list("account", "draft")
        assert list(about) == [(None, None), (scene.account.pk, None), (None, draft.pk)]

    def test_starts_with_the_account_that_one_comes_from(self, scene: Scene, officer: User) -> None:
        page = Page.of(signed_in(officer).get(f"{ASK}?account={scene.account.pk}"))
        (chosen,) = [o for o in page.root.one("select").all("option") if "selected" in o.attrs]
        assert chosen.text == str(scene.account)

    def test_names_the_draft_page_and_is_named_by_it(self, scene: Scene, officer: User) -> None:
        draft = submitted(scene, author=officer)
        page = Page.of(signed_in(officer).get(draft.get_absolute_url()))
        (link,) = page.root.all("a", href=f"{ASK}?draft={draft.pk}")
        assert link.text == "Ask comms about this draft"
        assert "or call them: 07700 900100" in page.main

    @pytest.mark.parametrize("draft", ["0", "x", "9" * 30, "-1", "1.5"])
    def test_knows_no_draft_that_is_not_there(self, officer: User, draft: str) -> None:
        client = signed_in(officer)
        for answer in (
            client.get(ASK, {"draft": draft}),
            client.post(f"{ASK}?draft={draft}", {"text": MAY_WE}),
        ):
            assert answer.status_code == 404

    def test_knows_no_draft_and_no_account_of_another_team(
        self, scene: Scene, officer: User
    ) -> None:
        theirs, client = scene.other_account(), signed_in(officer)
        draft = written(scene, author=scene.person(lpt=theirs.lpt), account=theirs)
        assert client.get(f"{ASK}?draft={draft.pk}").status_code == 404
        answer = client.post(ASK, {"text": MAY_WE, "account": theirs.pk})
        assert Page.of(answer).problems == [("Choose an account in the list.", "#id_account")]
        assert not Question.objects.exists()

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "Write your question."),
            ("  \n\t ", "Write your question."),
            ("x" * 100_000, "Use at most 2000 characters: it has 100000."),
        ],
    )
    def test_says_in_a_sentence_what_is_wrong_and_keeps_the_words(
        self, officer: User, text: str, problem: str
    ) -> None:
        answer = signed_in(officer).post(ASK, {"text": text, "key": "no-key"})
        assert answer.status_code == 422
        page = Page.of(answer)
        assert (problem, "#id_text") in page.problems
        assert page.title.startswith("Error: ")
        assert page.root.one("textarea").raw_text.strip() == text.strip()
        assert not Question.objects.exists()

    def test_counts_a_line_end_once(self, officer: User) -> None:
        text = "ab\r\n" * 600 + "cd" * 100
        assert signed_in(officer).post(ASK, {"text": text}).status_code == 302
        assert len(Message.objects.get().text) == 2000


class TestTheThread:
    def test_takes_answers_closes_and_opens_again(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        question = asked(scene, officer)
        path = f"{LIST}{question.pk}/"
        comms, mine = signed_in(approver), signed_in(officer)
        page = Page.of(comms.post(path, {"seen": 1, "text": "Yes.\nBut be short."}, follow=True))
        assert page.messages == [f"Sent. {officer} is told."]
        page = Page.of(mine.get(path))
        assert page.root.all("p", class_="bl-comment__text")[-1].raw_text == "Yes.\nBut be short."
        assert f"{approver}, communications" in page.main
        page = Page.of(mine.post(f"{path}close/", {"seen": 2}, follow=True))
        assert f"Closed By {officer}" in page.main
        assert not page.root.all("form", action=f"{path}close/")
        # Its asker closed it: there is nothing to be told.
        assert len(told(officer)) == 1
        page = Page.of(mine.post(path, {"seen": 2, "text": "One more."}, follow=True))
        assert page.messages == ["Sent. Communications is told."]
        page = Page.of(comms.post(f"{path}close/", {"seen": 3}, follow=True))
        assert told(officer)[0] == (f"{approver} closed your question. Write again to open it.")
        for seen in ("3", "", "x", "-1", "9" * 30):
            page = Page.of(mine.post(f"{path}close/", {"seen": seen}, follow=True))
            assert page.messages[0].startswith("Not closed: somebody was here")

    @pytest.mark.parametrize(
        ("sent", "problem"),
        [
            ({"seen": "1"}, "Write something first."),
            ({"seen": "1", "text": "x" * 100_000}, "Use at most 2000 characters: it has 100000."),
            ({"seen": "x", "text": "Yes."}, "Load this page again: it was not sent in full."),
            ({"text": "Yes."}, "Load this page again: it was not sent in full."),
            ({"seen": "9" * 40, "text": "Yes."}, "Load this page again: it was not sent in full."),
        ],
    )
    def test_says_in_a_sentence_what_is_wrong(
        self, scene: Scene, officer: User, approver: User, sent: dict[str, str], problem: str
    ) -> None:
        question = asked(scene, officer)
        answer = signed_in(approver).post(f"{LIST}{question.pk}/", sent)
        assert answer.status_code == 422
        page = Page.of(answer)
        assert problem in [said for said, _ in page.problems]
        assert page.root.one("textarea").raw_text.strip() == sent.get("text", "")
        assert Message.objects.count() == 1

    def test_shows_hostile_words_as_words(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        draft = written(scene, author=officer)
        question = asked(scene, officer, HOSTILE, about=draft)
        said(question, HOSTILE, approver)
        client = signed_in(officer)
        for path in (f"{LIST}{question.pk}/", LIST, draft.get_absolute_url()):
            page = Page.of(client.get(path))
            assert "<script>alert(1)</script>" in page.main
            assert not [e for e in page.root.all("script") if "alert" in e.raw_text]
            assert not [e for e in page.root.walk() if "onclick" in e.attrs]
        # A direction that somebody's words turn round ends with them.
        page = Page.of(client.get(f"{LIST}{question.pk}/"))
        assert all(p.attrs["dir"] == "auto" for p in page.root.all(class_="bl-comment__text"))
        assert Page.of(client.get(LIST)).root.one("bdi").raw_text.startswith("</p><script>")


class TestTheList:
    def test_shows_communications_the_oldest_first(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        now = timezone.now()
        for number in (2, 1, 3):
            asked(scene, officer, f"No. {number}", now=now - timedelta(hours=10 - number))
        client = signed_in(approver)
        page = Page.of(client.get(LIST))
        assert [bdi.text for bdi in page.root.all("bdi")] == ["No. 1", "No. 2", "No. 3"]
        first = Question.objects.order_by("asked_at")[0]
        said(first, "Yes.", approver)
        page = Page.of(client.get(LIST))
        assert [bdi.text for bdi in page.root.all("bdi")] == ["No. 2", "No. 3", "No. 1"]
        assert [h2.text for h2 in page.root.one("main").all("h2")] == [
            "Waiting for an answer", "Answered",
        ]  # fmt: skip

    def test_is_counted_where_it_waits(self, scene: Scene, officer: User, approver: User) -> None:
        asked(scene, officer)
        page = Page.of(signed_in(approver).get("/our-accounts/"))
        (tab,) = page.root.all("a", href=LIST, class_="bl-tabs__link")
        assert tab.text == "Questions to comms 1"
        page = Page.of(signed_in(officer).get("/our-accounts/"))
        (tab,) = page.root.all("a", href=LIST, class_="bl-tabs__link")
        assert tab.text == "Questions to comms"

    def test_says_what_to_do_when_it_is_empty(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        assert "You have asked nothing yet" in Page.of(signed_in(officer).get(LIST)).main
        assert "No question waits" in Page.of(signed_in(approver).get(LIST)).main
        question = asked(scene, officer)
        close_question(question, actor=officer, seen=1, now=timezone.now())
        page = Page.of(signed_in(officer).get(LIST))
        assert "No question of yours waits" in page.main
        # Whoever has no accounts to do with has no tabs of theirs either.
        page = Page.of(signed_in(scene.person(Role.PSD)).get(LIST))
        assert not page.root.all("nav", class_="bl-tabs")

    def test_costs_the_same_however_many(
        self, scene: Scene, officer: User, approver: User, django_assert_max_num_queries: Any
    ) -> None:
        client, counts = signed_in(approver), []
        client.get(LIST)
        for wanted in (2, 12):
            while Question.objects.count() < wanted:
                said(asked(scene, officer, about=scene.account), "Yes.", approver)
                asked(scene, officer, about=written(scene, author=officer))
            with django_assert_max_num_queries(12) as captured:
                client.get(LIST)
            counts.append(len(captured))
        assert counts[0] == counts[1]
