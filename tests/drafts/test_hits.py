"""Which rules met a submission: also for those that were submitted before this was kept."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils import timezone

from drafts.models import Draft, RuleHit, Submission
from drafts.services import check_content, content_of
from drafts.services.hits import note_hits
from tests.factories import ASKING, BLOCKED, Scene, written

pytestmark = pytest.mark.django_db


def old_submission(draft: Draft) -> Submission:
    """A submission as it was written before hits were kept, every question answered."""
    revision = content_of(draft)
    report = check_content(revision, now=timezone.now())
    return Submission.objects.create(
        revision=revision,
        draft=draft,
        person=draft.author,
        at=timezone.now(),
        report=report.as_dict(),
        answers={finding.key: "Because." for finding in report.needing_reason},
        generation=1,
        declaration="I would",
    )


def rows() -> set[tuple[str, str, bool, bool]]:
    return set(RuleHit.objects.values_list("rule", "severity", "answered", "overridden"))


class TestTheHits:
    def test_of_old_submissions_are_those_of_new_ones(self) -> None:
        scene = Scene()
        old = old_submission(written(scene, text=f"{ASKING} #One #Two #Three #Four #Five"))
        import_module("drafts.migrations.0003_rule_hit").count_old_submissions(apps, None)
        counted = rows()
        assert ("duty-times", "needs-reason", True, False) in counted
        assert ("hashtags-max", "block", False, False) in counted
        assert RuleHit.objects.filter(submission=old, draft=old.draft).count() == len(counted)

        new = old_submission(written(scene, text=f"{ASKING} #One #Two #Three #Four #Five"))
        report = check_content(content_of(new.draft), now=timezone.now())
        note_hits(new, report, answered=new.answers)
        assert rows() == counted
        assert RuleHit.objects.count() == 2 * len(counted)

    def test_say_what_was_passed_over(self) -> None:
        old = old_submission(written(Scene(), text=BLOCKED))
        report = check_content(content_of(old.draft), now=timezone.now())
        passed_over = [f.key for f in report.findings if f.rule == "hashtags-max"]
        note_hits(old, report, answered=(), overridden=passed_over)
        assert ("hashtags-max", "block", False, True) in rows()

    def test_are_never_changed(self) -> None:
        old = old_submission(written(Scene(), text=BLOCKED))
        report = check_content(content_of(old.draft), now=timezone.now())
        note_hits(old, report, answered=())
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            RuleHit.objects.update(answered=True)
        with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
            connection.cursor().execute("DELETE FROM drafts_rulehit")
