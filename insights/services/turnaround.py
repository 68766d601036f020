"""How long drafts wait for their decision, and why they come back."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Force
from approvals.models import Decision, Verdict
from approvals.reasons import Reason
from drafts.models import Submission
from drafts.schedule import LONDON


@dataclass(frozen=True, slots=True)
class Span:
    """So many decisions: half of them came within `median`, nine in ten within `most`."""

    name: str
    count: int
    median: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True)
class CameBack:
    """How often drafts of a team were returned or rejected for one reason."""

    team: str
    reason: str
    returned: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Turnaround:
    """One force in a time. `by_hour` is by the UK hour at which a draft was submitted."""

    whole: Span | None
    by_team: list[Span]
    by_person: list[Span]
    by_hour: list[Span]
    came_back: list[CameBack]


class _Decided(NamedTuple):
    at: datetime
    submitted_at: datetime
    verdict: str
    reason: str
    person: str
    team: str
    #: Nothing is left to be decided about this run through review.
    is_last: bool

    @property
    def waited(self) -> timedelta:
        return self.at - self.submitted_at


def turnaround(force: Force, *, since: datetime) -> Turnaround:
    """What was decided from `since` on, from submission to decision.

    Each run through review counts once, with the decision that ended it; of a person, every
    decision counts.
    """
    decided = list(_decided(force, since))
    ended = [each for each in decided if each.is_last]
    return Turnaround(
        whole=_span("All", [each.waited for each in ended]) if ended else None,
        by_team=_spans((each.team, each.waited) for each in ended),
        by_person=_spans((each.person, each.waited) for each in decided),
        by_hour=_spans((_hour(each.submitted_at), each.waited) for each in ended),
        came_back=_came_back(ended),
    )


def _decided(force: Force, since: datetime) -> Iterable[_Decided]:
    submitted = Submission.objects.filter(revision=OuterRef("revision")).order_by("-pk")
    ever = Submission.objects.filter(draft=OuterRef("draft"))
    rows = (
        Decision.objects.filter(Exists(ever), draft__account__force=force, at__gte=since)
        # A tweet that was stopped waits again from that moment on, as a revision of its own.
        .annotate(
            submitted_at=Coalesce(Subquery(submitted.values("at")[:1]), "revision__created_at")
        )
        .values_list(
            "at",
            "submitted_at",
            "verdict",
            "reason",
            "person__full_name",
            "draft__account__lpt__name",
            "draft__account__handle",
            "delivery_id",
        )
    )
    for at, submitted_at, verdict, reason, person, team, handle, delivery in rows:
        is_last = verdict != Verdict.APPROVE or delivery is not None
        place = team or f"@{handle}"
        yield _Decided(at, submitted_at, verdict, reason, person, place, is_last)


def _hour(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H}:00"


def _spans(waited: Iterable[tuple[str, timedelta]]) -> list[Span]:
    groups: dict[str, list[timedelta]] = defaultdict(list)
    for name, span in waited:
        groups[name].append(span)
    return [_span(name, spans) for name, spans in sorted(groups.items())]


def _span(name: str, spans: list[timedelta]) -> Span:
    """The median is the lower of the two in the middle: one that somebody did wait."""
    ordered = sorted(spans)
    half, most = (ordered[ceil(len(ordered) * part / 10) - 1] for part in (5, 9))
    return Span(name, len(ordered), half, most)


def _came_back(ended: Iterable[_Decided]) -> list[CameBack]:
    counts = Counter(
        (each.team, each.reason, each.verdict)
        for each in ended
        if each.verdict in {Verdict.RETURN, Verdict.REJECT}
    )
    pairs = sorted({(team, reason) for team, reason, _ in counts})
    rows = [
        CameBack(
            team,
            Reason(reason).label,
            counts[team, reason, Verdict.RETURN],
            counts[team, reason, Verdict.REJECT],
        )
        for team, reason in pairs
    ]
    return sorted(rows, key=lambda row: (-(row.returned + row.rejected), row.team, row.reason))
