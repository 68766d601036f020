"""Two sends of one form, two saves of one draft: each in a transaction of its own."""

import uuid
from functools import partial

import pytest
from django.utils import timezone

from accounts.models import User
from drafts.models import Draft, Revision
from drafts.services import Writing, save
from drafts.workflow import StaleDraft
from tests.factories import Scene, handed_in, written
from tests.races import at_once

pytestmark = pytest.mark.usefixtures("postgres")


def fresh(draft: Draft) -> Draft:
    return Draft.objects.with_people().get(pk=draft.pk)


class TestTheSameForm:
    def test_sent_twice_at_once_makes_one_draft(self) -> None:
        scene = Scene()
        send = partial(written, scene, author=scene.person(), key=uuid.uuid4())
        drafts = at_once(send, send, send)
        assert len({draft.pk for draft in drafts}) == 1
        assert Draft.objects.count() == Revision.objects.count() == 1


class TestTwoSaves:
    def test_at_once_keep_both_texts_and_one_wins(self) -> None:
        draft = written(Scene())

        def send(text: str) -> str:
            writing = Writing(text=text, account=draft.account, category="meeting")
            now = timezone.now()
            try:
                save(fresh(draft), writing, actor=draft.author, revision_number=1, now=now)
            except StaleDraft:
                return "stale"
            return text

        for _ in range(3):
            draft = written(Scene())
            results = at_once(partial(send, "One"), partial(send, "Two"))
            assert sorted(results) == sorted([fresh(draft).text, "stale"])
            assert draft.revisions.count() == 2


class TestASaveAndASubmission:
    def test_at_once_never_submit_what_nobody_saw(self) -> None:
        scene = Scene()
        for _ in range(3):
            draft, colleague = written(scene), scene.person()

            def submit_it(draft: Draft = draft) -> str:
                try:
                    handed_in(fresh(draft))
                except StaleDraft:
                    return "stale"
                return "submitted"

            def save_it(draft: Draft = draft, colleague: User = colleague) -> str:
                writing = Writing(text="Unseen", account=draft.account, category="meeting")
                now = timezone.now()
                try:
                    save(fresh(draft), writing, actor=colleague, revision_number=1, now=now)
                except StaleDraft:
                    return "stale"
                return "saved"

            results = at_once(submit_it, save_it)
            after = fresh(draft)
            submission = draft.submissions.first()
            if submission:
                assert submission.revision.content_hash == after.content_hash
            assert results in [["submitted", "stale"], ["stale", "saved"], ["submitted", "saved"]]
