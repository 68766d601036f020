"""The policy owner's desk: what each rule does and caught, and what a version would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Request
from accounts.models import Force
from drafts.models import Revision
from insights.services import TRIAL_SIZE, Figure, figures, kind_of, try_version
from policy.core import RULEBOOK, Severity
from policy.explaining import RuleEntry, every_rule
from policy.models import PackVersion, Trial
from policy.services import (
    active_version,
    compared,
    is_overtaken,
    last_trial,
    pack_for,
)
from policy.views.editing import DeskView
from policy.views.versions import visible_version
from policy.workflow import State

PERIODS = (30, 90)
SUBJECTS = {rule.id: rule.subject for rule in RULEBOOK}
# Of each group of drafts that a version treats otherwise.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One rule with its figures. `share` is its part of the longest bar in percent."""

    rule: RuleEntry
    figure: Figure
    share: int

    @property
    def is_for_advise(self) -> bool:
        """Whether the desk proposes to make it advice."""
        return self.rule.severity is Severity.NEEDS_REASON and self.figure.is_for_advise


class RulesDesk(DeskView):
    """Every rule with its figures, and what waits for this person."""

    def get(self, request: Request) -> HttpResponse:
        days = 90 if request.GET.get("days") == "90" else 30
        query = request.GET.get("q", "").strip()[:100]
        lines = _lines(self.force, days)
        words = query.casefold().split()
        shown = [line for line in lines if line.rule.mentions(words)]
        waiting = PackVersion.objects.of(self.force).waiting().select_related("author")
        version = self.version
        context: dict[str, Any] = {
            "pack": pack_for(self.force),
            "active": active_version(self.force),
            "version": version,
            "changes": compared(version) if version else (),
            "proposed": [v for v in waiting if v.author_id != request.user.pk],
            "own_proposed": [v for v in waiting if v.author_id == request.user.pk],
            "days": days,
            "periods": PERIODS,
            "query": query,
            "chart": sorted(
                (line for line in lines if line.figure.fired),
                key=lambda line: (-line.figure.fired, line.rule.title),
            ),
            "for_advise": [line for line in lines if line.is_for_advise],
            "subjects": _by_subject(shown),
            "shown": len(shown),
        }
        return render(request, "insights/rules_desk.html", context)


def _lines(force: Force, days: int) -> list[Line]:
    counted = figures(force, since=timezone.now() - timedelta(days=days))
    most = max((figure.fired for figure in counted.values()), default=0)
    lines = []
    for rule in every_rule(pack_for(force)):
        figure = counted.get(rule.id, Figure(rule.id))
        lines.append(Line(rule, figure, round(100 * figure.fired / most) if most else 0))
    return lines


def _by_subject(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(SUBJECTS[line.rule.id], []).append(line)
    return list(groups.items())


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a draft's text that a version treats otherwise."""

    title: str
    was: str
    now: str
    where: str
    start: int
    end: int

    @property
    def severity(self) -> str:
        """The weight that marks it: the new one, or the old where nothing is left."""
        return self.was if self.now == Severity.OFF else self.now


@dataclass(frozen=True, slots=True)
class Tried:
    """A draft that a version treats otherwise."""

    text: str
    account: str
    places: list[Place]


GROUPS = (
    ("newly-block", "Would be stopped", "Would newly be stopped"),
    ("newly-needs-reason", "Would be asked for a reason", "Would newly be asked for a reason"),
    ("newly-advise", "Would get advice", "Would newly get advice"),
    ("no-longer-block", "No longer stopped", "Would no longer be stopped"),
    ("no-longer-needs-reason", "No longer asked", "Would no longer be asked for a reason"),
    ("no-longer-advise", "No longer advised", "Would no longer get this advice"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Drafts that a version treats otherwise in one way. `count` may be more than are shown."""

    slug: str
    short: str
    title: str
    count: int
    drafts: list[Tried]


class TrialPage(DeskView):
    """What a version would have changed on recent drafts."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        version = visible_version(self.force, pk, request)
        trial = last_trial(version)
        context = {
            "shown": version,
            "trial": trial,
            "groups": list(_groups(self.force, trial)) if trial else [],
            "size": TRIAL_SIZE,
            "may_try": version.state in (State.DRAFT, State.PROPOSED),
            "is_overtaken": is_overtaken(version),
        }
        return render(request, "insights/trial.html", context)

    def post(self, request: Request, pk: int) -> HttpResponse:
        version = visible_version(self.force, pk, request)
        if version.state in (State.DRAFT, State.PROPOSED):
            try_version(version, actor=request.user, now=timezone.now())
        return redirect("insights:trial", pk=version.pk)


def _groups(force: Force, trial: Trial) -> Iterator[Group]:
    rows = trial.result["rows"]
    revisions = {
        revision.pk: revision
        for revision in Revision.objects.filter(
            pk__in=[row["revision"] for row in rows], draft__account__force=force
        ).select_related("account")
    }
    for slug, short, title in GROUPS:
        count = trial.result["counts"].get(slug, 0)
        drafts: list[Tried] = []
        for row in rows:
            places = [_place(c) for c in row["changes"] if kind_of(c) == slug]
            revision = revisions.get(row["revision"])
            if places and revision and len(drafts) < SHOWN:
                drafts.append(Tried(revision.text, str(revision.account), places))
        if count:
            yield Group(slug, short, title, count, drafts)


def _place(change: dict[str, Any]) -> Place:
    return Place(
        title=change["title"],
        was=change["was"],
        now=change["now"],
        where=change["where"],
        start=change["start"],
        end=change["end"],
    )
