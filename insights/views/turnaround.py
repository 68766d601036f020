"""How long drafts wait for their decision: on a page, and as a file for a spreadsheet."""

import csv
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.spreadsheets import plain
from insights.services import Span, Turnaround, turnaround

PERIODS = (7, 30, 90)
HEADS = ["Of", "Name", "Reason", "Decided", "Median minutes", "Nine in ten within minutes"]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of figures; `share` is its part of the longest bar in percent."""

    name: str
    count: int
    median: str
    most: str
    share: int


class TurnaroundPage(PermittedView):
    """The figures of the person's force."""

    permission = "insights.figures"

    def get(self, request: Request) -> HttpResponse:
        days = self.days
        found = self._found(days)
        context = {
            "days": days,
            "periods": PERIODS,
            "whole": _row(found.whole, found.whole.median) if found.whole else None,
            "tables": [
                ("Hour of submission", "by-hour", _rows(found.by_hour)),
                ("Team", "by-team", _rows(found.by_team)),
                ("Who decided", "by-person", _rows(found.by_person)),
            ],
            "came_back": found.came_back,
        }
        return render(request, "insights/turnaround.html", context)

    @property
    def days(self) -> int:
        asked = self.request.GET.get("days", "")
        return int(asked) if asked in map(str, PERIODS) else 30

    def _found(self, days: int) -> Turnaround:
        force = self.request.user.current_memberships[0].force
        return turnaround(force, since=timezone.now() - timedelta(days=days))


class TurnaroundFile(TurnaroundPage):
    """The same figures as comma-separated values."""

    def get(self, request: Request) -> HttpResponse:
        found, days = self._found(self.days), self.days
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="turnaround-{days}-days.csv"'
        lines = csv.writer(answer)
        lines.writerow(HEADS)
        groups = (("Hour", found.by_hour), ("Team", found.by_team), ("Person", found.by_person))
        for group, spans in groups:
            for span in spans:
                times = [_minutes(span.median), _minutes(span.most)]
                lines.writerow([group, plain(span.name), "", span.count, *times])
        for verdict in ("returned", "rejected"):
            for row in found.came_back:
                if count := getattr(row, verdict):
                    names = [plain(row.team), plain(row.reason)]
                    lines.writerow([verdict.capitalize(), *names, count, "", ""])
        return answer


def _rows(spans: list[Span]) -> list[Row]:
    longest = max((span.median for span in spans), default=timedelta())
    return [_row(span, longest) for span in spans]


def _row(span: Span, longest: timedelta) -> Row:
    share = round(100 * (span.median / longest)) if longest else 0
    return Row(span.name, span.count, _within(span.median), _within(span.most), share)


def _within(span: timedelta) -> str:
    """A time in which it was done, rounded up: "58 minutes", "3 hours"."""
    minutes = ceil(span.total_seconds() / 60)
    for size, unit in ((24 * 60, "days"), (60, "hours")):
        if minutes >= 2 * size:
            return f"{ceil(minutes / size)} {unit}"
    return f"{minutes} minute{'s' if minutes != 1 else ''}"


def _minutes(span: timedelta) -> int:
    return round(span.total_seconds() / 60)
