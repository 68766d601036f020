"""A post for several accounts as its approver reads it: what is so everywhere, and each account."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from approvals.models import Comment
from approvals.services import stops
from approvals.showing import answered_findings, last_submissions, not_among
from approvals.talk import newest_of
from drafts.case import NOTHING, Declared
from drafts.models import CentralPost, Draft, Override
from drafts.panel import Item
from drafts.services import check_content, content_of, overrides_of
from drafts.workflow import State
from publishing.models import Delivery


@dataclass(frozen=True, slots=True)
class Part:
    """One account of a post on screen."""

    draft: Draft
    delivery: Delivery | None
    is_waiting: bool
    # It was changed alone, so it is decided alone.
    is_apart: bool
    # What the rulebook finds here beside what it finds everywhere.
    findings: list[Item] = field(default_factory=list)
    stopped: str = ""
    comments: Iterable[Comment] = ()

    @property
    def seen(self) -> str:
        """What the form says that it showed of it; approvals.views.central.seen_in reads it."""
        draft = self.draft
        return f"{draft.revision_number}:{draft.content_hash}:{newest_of(self.comments)}"


@dataclass
class Parts:
    """Every account, what is found on all that wait, and what was said about these."""

    parts: list[Part] = field(default_factory=list)
    findings: list[Item] = field(default_factory=list)
    declared: Declared = NOTHING
    # The label and text of each tick.
    ticks: list[dict[str, str]] = field(default_factory=list)
    is_passed_over: bool = False
    # Who passed over a block that no finding shows.
    overrides: list[Override] = field(default_factory=list)


def kept(drafts: list[Draft]) -> list[Draft]:
    """Those that were not left out by their author; all of them where nothing else is left."""
    return [draft for draft in drafts if draft.state != State.WITHDRAWN] or drafts


def parts_of(central: CentralPost, to_decide: list[Draft], now: datetime) -> Parts:
    """All accounts of the post; what the rulebook finds on each of `to_decide` now."""
    drafts = list(
        central.drafts().prefetch_related(Prefetch("comments", Comment.objects.with_people()))
    )
    together = set(central.together().values_list("pk", flat=True))
    submissions: dict[int, Any] = dict(last_submissions(drafts))
    deliveries = {
        row.draft_id: row for row in Delivery.objects.filter(draft__in=drafts).order_by("pk")
    }
    waits = {draft.pk for draft in to_decide}
    shown, found, stopped = Parts(), {}, {}
    for draft in to_decide:
        revision, submission = content_of(draft), submissions.get(draft.pk)
        report, overrides = check_content(revision, now=now), overrides_of(revision)
        found[draft.pk] = answered_findings(submission, overrides, report.findings)
        stopped[draft.pk] = next(iter(stops(revision, report, overrides)), "")
        shown.declared = revision.declared
        ticks = submission.ticks if submission else []
        shown.ticks += [tick for tick in ticks if tick not in shown.ticks]
        shown.is_passed_over |= bool(overrides)
        # One person may have passed over the same on each account.
        known = {(each.rule, each.person_id, each.reason) for each in shown.overrides}
        shown.overrides += [
            each
            for each in not_among(found[draft.pk], overrides)
            if (each.rule, each.person_id, each.reason) not in known
        ]
    keys = [{item.finding.key for item in items} for items in found.values()]
    everywhere = set.intersection(*keys) if keys else set()
    first = next(iter(found.values()), [])
    shown.findings = [item for item in first if item.finding.key in everywhere]
    shown.parts = [
        Part(
            draft,
            deliveries.get(draft.pk),
            is_waiting=draft.pk in waits,
            is_apart=draft.pk not in together,
            findings=[i for i in found.get(draft.pk, []) if i.finding.key not in everywhere],
            stopped=stopped.get(draft.pk, ""),
            comments=draft.comments.all(),
        )
        for draft in drafts
    ]
    return shown
