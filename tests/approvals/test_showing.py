"""What the review queue loads, however hard somebody works at making it heavy."""

from typing import Any

import pytest
from django.db.models.signals import post_init
from django.utils import timezone

from approvals.showing import last_submissions
from drafts.models import Submission
from drafts.services import withdraw
from tests.factories import Scene, handed_in, submitted

pytestmark = pytest.mark.django_db


class TestTheLastSubmissions:
    def test_are_all_that_is_loaded(self) -> None:
        scene = Scene()
        drafts = [submitted(scene), submitted(scene)]
        for _ in range(3):
            withdraw(drafts[0], actor=drafts[0].author, now=timezone.now())
            handed_in(drafts[0])
        newest = {d.pk: d.submissions.order_by("pk").last() for d in drafts}
        loaded: list[Submission] = []

        def note(instance: Submission, **_: Any) -> None:
            loaded.append(instance)

        post_init.connect(note, sender=Submission)
        try:
            assert last_submissions(drafts) == newest
        finally:
            post_init.disconnect(note, sender=Submission)
        assert len(loaded) == len(drafts)
