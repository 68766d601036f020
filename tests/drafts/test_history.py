"""What changed between two texts, and the timeline of a draft."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from audit.services import record
from audit.verbs import Verb
from drafts.diff import word_diff
from drafts.models import Draft
from drafts.services import Writing, save
from drafts.timeline import Entry, timeline
from tests.factories import CLEAN, Scene, approve_it, handed_in, written

WORDS = st.text(alphabet="ab \n#é", max_size=40)


class TestAWordDiff:
    def test_names_what_stayed_went_and_came(self) -> None:
        assert word_diff("Meet us on Thursday at 6pm", "Meet us on Friday at 6pm please") == [
            ("same", "Meet us on "),
            ("remove", "Thursday"),
            ("add", "Friday"),
            ("same", "at 6pm "),
            ("add", "please"),
        ]

    def test_of_the_same_text_is_all_the_same(self) -> None:
        assert word_diff("Meet us", "Meet us") == [("same", "Meet us")]

    def test_of_a_first_text_only_adds(self) -> None:
        assert word_diff("", "Meet us") == [("add", "Meet us")]
        assert word_diff("Meet us", "") == [("remove", "Meet us")]

    @settings(deadline=None)
    @given(WORDS, WORDS)
    def test_holds_the_words_of_both_texts(self, before: str, after: str) -> None:
        changes = word_diff(before, after)
        old = " ".join(words for op, words in changes if op != "add")
        new = " ".join(words for op, words in changes if op != "remove")
        assert (old.split(), new.split()) == (before.split(), after.split())


@pytest.mark.django_db
class TestATimeline:
    def read(self, draft: Draft) -> list[Entry]:
        return timeline(draft, reasons={})

    def test_tells_the_way_of_a_draft_newest_first(self) -> None:
        scene = Scene()
        draft = written(scene)
        writing = Writing(text="Meet us", account=draft.account, category="meeting")
        draft = save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())
        handed_in(draft)
        approver = scene.person(Role.COMMS_APPROVER)
        approve_it(draft, by=approver)
        entries = self.read(draft)
        assert [(entry.title, entry.by) for entry in entries] == [
            ("Approved", approver.full_name),
            ("Waiting to go out", ""),
            ("Submitted for review", draft.author.full_name),
            ("Edited", draft.author.full_name),
            ("Written", draft.author.full_name),
        ]
        edited = entries[3]
        assert edited.diff == word_diff(CLEAN, "Meet us")
        assert [entry.diff for entry in entries if entry is not edited] == [[]] * 4
        assert entries[2].text == "Checked against the rulebook “neutral”, version 1."
        assert entries[1].text.startswith("Goes out on ")

    @pytest.mark.parametrize(
        ("verb", "data", "text"),
        [
            (Verb.DELIVERY_UNKNOWN, {}, ""),
            (Verb.DELIVERY_NEEDS_HUMAN, {"reason": "It is closed."}, "It is closed."),
            (
                Verb.DELIVERY_RESCHEDULED,
                {"due_at": "2026-07-01T13:30:00+00:00"},
                "Goes out on Wednesday 1 July 2026 at 14:30:00, UK time.",
            ),
            (Verb.DELIVERY_PUBLISHED, {}, ""),
        ],
    )
    def test_gives_the_details_of_a_delivery(
        self, verb: Verb, data: dict[str, str], text: str
    ) -> None:
        draft = written(Scene())
        record(verb, draft, actor=None, at=timezone.now(), **data)
        newest = self.read(draft)[0]
        assert (newest.title, newest.by, newest.text) == (verb.label, "", text)

    def test_takes_the_words_of_a_decision_from_outside(self) -> None:
        draft = written(Scene())
        at = timezone.now() + timedelta(hours=1)
        record(Verb.DRAFT_RETURNED, draft, actor=draft.author, at=at)
        reasons = {(str(Verb.DRAFT_RETURNED), at): "Tone. Friendlier, please."}
        assert timeline(draft, reasons=reasons)[0].text == "Tone. Friendlier, please."

    def test_says_nothing_of_other_drafts(self) -> None:
        scene = Scene()
        written(scene)
        assert len(self.read(written(scene))) == 1
