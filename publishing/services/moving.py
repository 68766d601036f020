"""Moving the time of approved tweets: one, or many at once when news breaks.

The approval and its hash stay as they are. What a worker has only claimed is taken back from it;
what it has armed is on its way and stays so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from accounts.models import LPT, Force, SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from drafts.models import Draft
from incidents.models import Hold, HoldKind
from incidents.services import Scope, place
from notices.services import settle, tell
from publishing.models import Attempt, Delivery, DeliveryAnswer, DeliveryQuerySet
from publishing.services.situations import due_words
from publishing.services.timing import give_time
from publishing.wakeup import wake
from publishing.workflow import MOVES, LostLease, Move, Outcome, State

MOVED = "Given a new time"
ORDER: list[type[Scope]] = [Force, LPT, SocialAccount]


@dataclass(slots=True)
class Outcomes:
    """What became of those that were chosen: moved, or no longer where they had been seen."""

    moved: list[Delivery] = field(default_factory=list)
    left: list[Delivery] = field(default_factory=list)


def movable(deliveries: DeliveryQuerySet) -> DeliveryQuerySet:
    """Those whose time can be moved: approved, not handed over, and surely not public."""
    lost = Attempt.objects.filter(delivery=OuterRef("pk"), outcome=Outcome.UNKNOWN)
    return deliveries.filter(~Exists(lost), state__in=[State.QUEUED, State.CLAIMED])


def move_times(
    seen: Mapping[int, datetime], *, actor: User, to: timedelta | datetime, reason: str,
    now: datetime,
) -> Outcomes:  # fmt: skip
    """Move the times of deliveries, all in one transaction.

    `seen` gives the time at which each was shown as due: one that has another by now was moved
    by somebody else and is left alone. `to` is how much later each goes out, or when the first
    of them does; the others keep their distance to it.
    What would have to go out in the past is left alone too. Raises PermissionDenied.
    """
    with transaction.atomic():
        found = _locked(list(seen))
        if not all(actor.has_perm("publishing.answer", delivery) for delivery in found):
            raise PermissionDenied
        later = _by(to, [delivery.due_at for delivery in found])
        outcomes = Outcomes()
        for delivery in found:
            due_at = delivery.due_at + later
            is_as_seen = delivery.due_at == seen[delivery.pk] and due_at >= now
            if is_as_seen and _move(delivery, due_at, now=now):
                delivery.due_at = due_at
                _told(delivery, actor=actor, reason=reason, now=now)
                outcomes.moved.append(delivery)
            else:
                outcomes.left.append(delivery)
        transaction.on_commit(wake)
    return outcomes


def _locked(keys: Sequence[int]) -> list[Delivery]:
    # The draft's row before the delivery's: so does whoever calls a tweet back.
    chosen = Draft.objects.filter(deliveries__in=keys).order_by("pk")
    list(chosen.select_for_update(of=("self",)))
    return list(Delivery.objects.filter(pk__in=keys).with_people().order_by("pk"))


def _by(to: timedelta | datetime, times: Sequence[datetime]) -> timedelta:
    if isinstance(to, timedelta):
        return to
    return to - min(times, default=to)


def _move(delivery: Delivery, due_at: datetime, *, now: datetime) -> bool:
    """Whether it was still to be moved."""
    mine = movable(Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at))
    if not mine.exists():
        return False
    # Whoever has it claimed finds its fence gone, and cannot arm it any more.
    MOVES[Move.RELEASE].happens(
        Delivery.objects.filter(pk=delivery.pk),
        fence=F("fence") + 1,
        lease_until=None,
        owner="",
    )
    seen = Delivery.objects.filter(pk=delivery.pk, due_at=delivery.due_at, state=State.QUEUED)
    try:
        give_time(delivery, seen, Move.RESCHEDULE, due_at=due_at, now=now)
    except LostLease:
        return False
    return True


def _told(delivery: Delivery, *, actor: User, reason: str, now: datetime) -> None:
    draft = delivery.draft
    DeliveryAnswer.objects.create(
        delivery=delivery, person=actor, at=now, answer=MOVED, evidence=reason
    )
    for verb, data in (
        (Verb.DELIVERY_RESCHEDULED, {"due_at": delivery.due_at.isoformat()}),
        (Verb.DELIVERY_ANSWERED, {"answer": MOVED}),
    ):
        record(verb, draft, actor=actor, at=now, delivery=delivery.pk, **data)
    settle(draft.get_absolute_url(), now=now)
    if actor != draft.author:
        told = f"{actor} moved your tweet for {delivery.account} to {due_words(delivery.due_at)}."
        tell(
            [draft.author],
            f"{told} {reason}",
            in_mail=told,
            link=draft.get_absolute_url(),
            now=now,
        )


def going_out(
    deliveries: DeliveryQuerySet, scopes: Iterable[Scope], *, now: datetime, until: datetime | None
) -> DeliveryQuerySet:
    """What of the scopes could still go out until then (None: ever), the first due first."""
    due = deliveries.filter(_within(scopes), not_after__gt=now)
    return (due.filter(due_at__lte=until) if until else due).order_by("due_at", "pk")


def on_its_way(deliveries: DeliveryQuerySet, scopes: Iterable[Scope]) -> DeliveryQuerySet:
    """What of the scopes was handed over and may become public, whatever is done now."""
    lost = Attempt.objects.filter(delivery=OuterRef("pk"), outcome=Outcome.UNKNOWN)
    doubtful = Q(state__in=[State.SENDING, State.UNKNOWN]) | Exists(lost)
    return deliveries.filter(_within(scopes), doubtful).order_by("due_at", "pk")


def _within(scopes: Iterable[Scope]) -> Q:
    fields = {Force: "account__force", LPT: "account__lpt", SocialAccount: "account"}
    parts = [Q(**{fields[type(scope)]: scope}) for scope in scopes]
    return reduce(or_, parts, Q(pk__in=[]))


def hold_all(scopes: Iterable[Scope], *, reason: str, actor: User, now: datetime) -> list[Hold]:
    """A hold over each of the scopes, or over none. Raises PermissionDenied."""
    # Always in the same order: two people who hold the same at once wait, and no more.
    in_order = sorted(scopes, key=lambda scope: (ORDER.index(type(scope)), scope.pk))
    with transaction.atomic():
        return [
            place(kind=HoldKind.HOLD, scope=scope, reason=reason, actor=actor, now=now)
            for scope in in_order
        ]
