"""Counting attempts and lateness without counting the whole history each time.

What has long ended is in the totals of one row; only what came since is counted when asked.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Q, Sum

from publishing.models import Attempt, Delivery, Reckoning
from publishing.workflow import Outcome, State

# Upper bounds of the histogram of lateness, in seconds; a last one takes whatever is later.
LATENESS = (0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 3600.0)
# Rows younger than this may still change or become visible.
SETTLED = timedelta(minutes=10)
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
# What an attempt ended as at first: how it was cleared up later is not another attempt.
ENDED_AS = {
    Outcome.CONFIRMED_SENT: Outcome.UNKNOWN,
    Outcome.CONFIRMED_NOT_SENT: Outcome.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Totals:
    """Attempts by outcome; published deliveries at most LATENESS[i] late, and all of them last."""

    attempts: dict[str, int]
    lateness: list[int]
    lateness_sum: float


def totals() -> Totals:
    """Everything that has ended until now."""
    return _add(_kept())


def reckon(*, now: datetime) -> None:
    """Put what has ended some minutes ago into the kept totals."""
    kept = _kept()
    until = now - SETTLED
    newest = _newest_settled(kept, until)
    if until <= kept.published_to:
        return
    more = _add(kept, attempt_id=newest, published_to=until)
    with transaction.atomic():
        Reckoning.objects.get_or_create(pk=1, defaults={"published_to": BEGINNING})
        # Two workers at once: the second finds the row moved on, and leaves it.
        Reckoning.objects.filter(
            pk=1, attempt_id=kept.attempt_id, published_to=kept.published_to
        ).update(
            attempt_id=newest,
            published_to=until,
            attempts=more.attempts,
            lateness=more.lateness,
            lateness_sum=more.lateness_sum,
        )


def _kept() -> Reckoning:
    return Reckoning.objects.filter(pk=1).first() or Reckoning(published_to=BEGINNING)


def _newest_settled(kept: Reckoning, until: datetime) -> int:
    """The last attempt before which every other has ended long enough ago."""
    newer = Attempt.objects.filter(pk__gt=kept.attempt_id)
    young = newer.filter(Q(started_at__gt=until) | Q(outcome=Outcome.SENDING)).order_by("pk")
    first_young = young.values_list("pk", flat=True).first()
    settled = newer if first_young is None else newer.filter(pk__lt=first_young)
    return settled.aggregate(last=Max("pk"))["last"] or kept.attempt_id


def _add(
    kept: Reckoning, *, attempt_id: int | None = None, published_to: datetime | None = None
) -> Totals:
    """The kept totals with what came after them, up to the given bounds."""
    newer = Attempt.objects.filter(pk__gt=kept.attempt_id).exclude(outcome=Outcome.SENDING)
    if attempt_id is not None:
        newer = newer.filter(pk__lte=attempt_id)
    attempts = Counter(kept.attempts)
    for outcome, count in newer.order_by().values_list("outcome").annotate(Count("pk")):
        attempts[ENDED_AS.get(outcome, outcome)] += count
    published = Delivery.objects.filter(state=State.PUBLISHED, published_at__gt=kept.published_to)
    if published_to is not None:
        published = published.filter(published_at__lte=published_to)
    late = ExpressionWrapper(F("published_at") - F("due_at"), output_field=DurationField())
    counts = published.annotate(late=late).aggregate(
        all=Count("pk"),
        sum=Sum("late"),
        **{
            f"up_to_{number}": Count("pk", filter=Q(late__lte=timedelta(seconds=bound)))
            for number, bound in enumerate(LATENESS)
        },
    )
    before = kept.lateness or [0] * (len(LATENESS) + 1)
    new = [*(counts[f"up_to_{number}"] for number in range(len(LATENESS))), counts["all"]]
    more = counts["sum"] or timedelta()
    return Totals(
        attempts=dict(attempts),
        lateness=[old + add for old, add in zip(before, new, strict=True)],
        lateness_sum=kept.lateness_sum + more.total_seconds(),
    )
