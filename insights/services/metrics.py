"""Figures for Prometheus, in its text format. Every query is bounded by an index."""

from collections.abc import Iterator, Mapping

from django.db.models import Count, Min

from publishing.clock import database_now
from publishing.models import Alert, AlertKind, Delivery
from publishing.services import LATENESS, overdue, totals
from publishing.workflow import NEEDS_SOMEBODY, UNDER_WAY, Outcome, State

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Those that a partial index counts. Published ones are in the histogram.
COUNTED = sorted(UNDER_WAY | NEEDS_SOMEBODY)
ENDED = (Outcome.OK, Outcome.NOT_SENT, Outcome.REFUSED, Outcome.UNKNOWN)


def metrics() -> str:
    """All figures, as the body of one answer."""
    now = database_now()
    late = overdue(now).order_by().aggregate(count=Count("pk"), oldest=Min("due_at"))
    oldest = (now - late["oldest"]).total_seconds() if late["oldest"] else 0
    ended = totals()
    alerts = Alert.objects.open().order_by().values_list("kind").annotate(Count("pk"))
    lines = [
        *_gauge("overdue_deliveries", "Due for more than a minute and not held", late["count"]),
        *_gauge("oldest_overdue_seconds", "How late the latest of them is", oldest),
        *_labelled("deliveries", "gauge", "Deliveries by state", "state", _states()),
        *_labelled(
            "attempts_total",
            "counter",
            "Attempts by how they ended at first",
            "outcome",
            {outcome: ended.attempts.get(outcome, 0) for outcome in ENDED},
        ),
        *_histogram(ended.lateness, ended.lateness_sum),
        *_labelled(
            "alerts_open",
            "gauge",
            "Open alerts by kind",
            "kind",
            dict.fromkeys(AlertKind.values, 0) | dict(alerts),
        ),
    ]
    return "\n".join(lines) + "\n"


def _states() -> dict[str, int]:
    # One query for each index: together they would read the whole table.
    counts = dict.fromkeys(COUNTED, 0)
    for states in ([State.QUEUED], [State.CLAIMED, State.SENDING], sorted(NEEDS_SOMEBODY)):
        found = Delivery.objects.filter(state__in=states).order_by().values_list("state")
        counts.update(dict(found.annotate(Count("pk"))))
    return {str(state): count for state, count in counts.items()}


def _head(name: str, kind: str, text: str) -> list[str]:
    return [f"# HELP bluelamp_{name} {text}.", f"# TYPE bluelamp_{name} {kind}"]


def _gauge(name: str, text: str, value: float) -> list[str]:
    return [*_head(name, "gauge", text), f"bluelamp_{name} {value:g}"]


def _labelled(
    name: str, kind: str, text: str, label: str, values: Mapping[str, int]
) -> Iterator[str]:
    yield from _head(name, kind, text)
    for value, count in values.items():
        yield f'bluelamp_{name}{{{label}="{value}"}} {count}'


def _histogram(counts: list[int], total: float) -> Iterator[str]:
    name = "lateness_seconds"
    yield from _head(name, "histogram", "From when a tweet was due to when it was published")
    bounds = [f"{bound:g}" for bound in LATENESS] + ["+Inf"]
    for bound, count in zip(bounds, counts, strict=True):
        yield f'bluelamp_{name}_bucket{{le="{bound}"}} {count}'
    yield f"bluelamp_{name}_sum {total:.3f}"
    yield f"bluelamp_{name}_count {counts[-1]}"
