"""The watch: what is wrong right now, looked for by every worker every few seconds."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import AccountStatus, User
from audit.services import Fault, Place, verify_next
from incidents.models import Hold
from notices.models import Notice
from publishing.clock import database_now
from publishing.models import (
    Alert,
    AlertKind,
    Attempt,
    Circuit,
    Credential,
    Delivery,
    DeliveryQuerySet,
)
from publishing.services.alerting import LIMIT, Trouble, end, keep
from publishing.services.circuit import FAILURES, is_stopped, stopped_and_late
from publishing.services.clockwatch import jumped_by
from publishing.services.finishing import miss
from publishing.services.heartbeat import SILENT_AFTER, host_name, last_heartbeat
from publishing.services.reading_timelines import TOO_OFTEN, unread
from publishing.services.remembering import is_another_database, keep_mark
from publishing.services.vault import sealed_with_lost_keys
from publishing.workflow import LostLease, Outcome, State

LATE = timedelta(seconds=60)
UNANSWERED = timedelta(minutes=2)
LONG_HOLD = timedelta(hours=4)
# Seconds by which a worker's clock may differ from the database's.
SKEW = 5.0
# An alert about a machine that no machine of that name has confirmed for so long has ended.
FORGOTTEN = timedelta(minutes=5)
OF_MACHINES = (AlertKind.CLOCK_JUMP, AlertKind.CLOCK_SKEW)
BATCH = 50


def watch(*, now: datetime) -> int:
    """Raise and end alerts; return how many are new. Doing it twice changes nothing."""
    miss_what_waited(now=now)
    new = sum(keep(kind, find(now), now=now) for kind, find in FINDERS.items())
    new += watch_dispatcher(now=now)
    new += watch_past(now=now)
    new += watch_clock(now=now, skew=clock_skew(), jump=jumped_by())
    forgotten = Alert.objects.open().filter(kind__in=OF_MACHINES, last_seen__lt=now - FORGOTTEN)
    end(forgotten, now=now)
    return new


def miss_what_waited(*, now: datetime) -> int:
    """Give back what waited for a stopped account until it was too late; return how many."""
    late = Delivery.objects.filter(stopped_and_late(now)).with_people().order_by("pk")
    missed = 0
    for delivery in late[:BATCH]:
        try:
            miss(delivery, now=now)
        except LostLease:
            continue
        missed += 1
    return missed


# --- tweets


def _troubles(
    kind: AlertKind, deliveries: DeliveryQuerySet, sentence: Callable[[Delivery], str]
) -> Iterator[Trouble]:
    found = deliveries.select_related("draft__author", "account").order_by("pk")[:LIMIT]
    return (
        Trouble(
            kind,
            str(delivery.pk),
            sentence(delivery),
            force_id=delivery.account.force_id,
            delivery=delivery,
            account=delivery.account,
        )
        for delivery in found
    )


def _of(delivery: Delivery) -> str:
    """The tweet by its draft's number: its words stay on the page."""
    return f"weet {delivery.draft_id} of {delivery.draft.author} for {delivery.account}"


def not_stopped_by_people() -> Q:
    """Deliveries that no hold and no freeze keeps back on purpose."""
    covering = Q(force=OuterRef("account__force")) | Q(account=OuterRef("account"))
    covering |= Q(lpt=OuterRef("account__lpt"))
    held = Hold.objects.open().filter(covering)
    return ~Exists(held) & ~Q(account__status=AccountStatus.FROZEN)


def overdue(now: datetime) -> DeliveryQuerySet:
    """Deliveries that should have gone out more than a minute ago, as a query."""
    late = Q(state=State.QUEUED) | Q(state__in=[State.CLAIMED, State.SENDING])
    return Delivery.objects.filter(late, not_stopped_by_people(), due_at__lte=now - LATE)


def _overdue(now: datetime) -> Iterator[Trouble]:
    def sentence(delivery: Delivery) -> str:
        return f"T{_of(delivery)} is more than a minute late. {delivery.last_error}".strip()

    return _troubles(AlertKind.OVERDUE, overdue(now), sentence)


def _unanswered(now: datetime) -> Iterator[Trouble]:
    lost = Attempt.objects.filter(
        delivery=OuterRef("pk"), outcome=Outcome.UNKNOWN, ended_at__lte=now - UNANSWERED
    )
    found = Delivery.objects.filter(Exists(lost), state=State.UNKNOWN)
    return _troubles(
        AlertKind.UNKNOWN,
        found,
        lambda delivery: (
            f"Nobody knows whether t{_of(delivery)} is public: there is no answer from"
            " the platform."
        ),
    )


def _in_state(kind: AlertKind, state: State, words: str) -> Callable[[datetime], Iterator[Trouble]]:
    def find(now: datetime) -> Iterator[Trouble]:
        return _troubles(
            kind, Delivery.objects.filter(state=state), lambda delivery: f"T{_of(delivery)} {words}"
        )

    return find


# --- accounts and holds


def _circuits(kind: AlertKind, circuits: Q, words: str) -> Callable[[datetime], Iterator[Trouble]]:
    def find(now: datetime) -> Iterator[Trouble]:
        found = Circuit.objects.filter(is_stopped(now), circuits).select_related("account")
        return (
            Trouble(
                kind,
                str(circuit.pk),
                f"{circuit.account} {words} {circuit.reason}".strip(),
                force_id=circuit.account.force_id,
                account=circuit.account,
            )
            for circuit in found.order_by("pk")[:LIMIT]
        )

    return find


def _lost_keys(now: datetime) -> Iterator[Trouble]:
    for kept in sealed_with_lost_keys()[:LIMIT]:
        yield Trouble(
            AlertKind.KEY_LOST,
            str(kept.pk),
            f"The key that sealed the credentials of {kept.account} is not in PUBLISHER_KEYS."
            " Nothing goes out on it: put the key back, or store the credentials again.",
            force_id=kept.account.force_id,
            account=kept.account,
        )


def _ending(now: datetime) -> Iterator[Trouble]:
    soon = Credential.objects.filter(ends_at__lte=now + settings.CREDENTIALS_END_SOON)
    for kept in soon.select_related("account").order_by("ends_at", "pk")[:LIMIT]:
        ends_at = timezone.localtime(kept.ends_at)
        verb = "end" if kept.ends_at and kept.ends_at > now else "ended"
        yield Trouble(
            AlertKind.ENDING,
            # Others that end another day are another thing.
            f"{kept.pk}:{ends_at:%Y-%m-%d}",
            f"The credentials of {kept.account} {verb} on {ends_at.day} {ends_at:%B %Y}. Connect"
            " it again under Connections.",
            force_id=kept.account.force_id,
            account=kept.account,
        )


def _unread(now: datetime) -> Iterator[Trouble]:
    for reading in unread()[:LIMIT]:
        account = reading.account
        yield Trouble(
            AlertKind.UNREAD,
            str(reading.pk),
            f"The timeline of {account} was not read {TOO_OFTEN} times in a row: nobody sees what"
            " is sent there past Blue Lamp. Test its connection under Connections, and look at"
            f" the account by hand meanwhile. {reading.last_error}",
            force_id=account.force_id,
            account=account,
        )


def _long_holds(now: datetime) -> Iterator[Trouble]:
    found = Hold.objects.open().filter(placed_at__lte=now - LONG_HOLD)
    for hold in found.select_related("force", "lpt", "account").order_by("pk")[:LIMIT]:
        scope = hold.scope
        yield Trouble(
            AlertKind.LONG_HOLD,
            str(hold.pk),
            f"{hold} has been on for more than four hours. Release it if it is over.",
            force_id=getattr(scope, "force_id", scope.pk),
            hold=hold,
        )


def _unmailed(now: datetime) -> Iterator[Trouble]:
    """Who was told of something to act on and had five mails of it refused."""
    rows = Notice.objects.not_taken(now).order_by().values_list("recipient_id").distinct()
    people = User.objects.filter(pk__in=rows, is_active=True).order_by("pk")[:LIMIT]
    for person in people:
        forces = {membership.force_id for membership in person.current_memberships}
        for force in sorted(forces):
            yield Trouble(
                AlertKind.UNMAILED,
                f"{force}:{person.pk}",
                f"No mail server takes mail to {person}, who has to act on something. Call them:"
                " it stands on their desk. Then look at their e-mail under People, and at the mail"
                " server.",
                force_id=force,
            )


FINDERS: dict[AlertKind, Callable[[datetime], Iterator[Trouble]]] = {
    AlertKind.OVERDUE: _overdue,
    AlertKind.UNKNOWN: _unanswered,
    AlertKind.NEEDS_HUMAN: _in_state(
        AlertKind.NEEDS_HUMAN, State.NEEDS_HUMAN, "needs a person to look."
    ),
    AlertKind.MISSED: _in_state(
        AlertKind.MISSED, State.MISSED, "missed its time and was not sent."
    ),
    AlertKind.REFUSED: _in_state(AlertKind.REFUSED, State.REFUSED, "was refused by the platform."),
    AlertKind.SUSPENDED: _circuits(
        AlertKind.SUSPENDED,
        Q(suspended_at__isnull=False),
        "cannot send: the platform does not take its credentials. What is approved waits.",
    ),
    AlertKind.PAUSED: _circuits(
        AlertKind.PAUSED,
        Q(suspended_at=None, failures__gte=FAILURES),
        "is paused: its platform fails again and again. It is tried again by itself.",
    ),
    AlertKind.KEY_LOST: _lost_keys,
    AlertKind.ENDING: _ending,
    AlertKind.UNREAD: _unread,
    AlertKind.LONG_HOLD: _long_holds,
    AlertKind.UNMAILED: _unmailed,
}


# --- the machinery


def watch_dispatcher(*, now: datetime, waiting_since: datetime | None = None) -> int:
    """Whether any worker is alive: asked by the workers, and by the web process for them.

    `waiting_since` is since when the caller waits for a first sign of life, where there never was
    one: without it, or before its time is over, nothing is raised and nothing is ended.
    """
    reported = last_heartbeat()
    last = reported or waiting_since
    silent = last is not None and now - last > SILENT_AFTER
    if not (reported or silent):
        return 0
    text = "No worker has reported for more than 30 seconds: nothing is going out. Start one."
    found = [Trouble(AlertKind.NO_DISPATCHER, "workers", text)] if silent else []
    return keep(AlertKind.NO_DISPATCHER, found, now=now)


def watch_past(*, now: datetime) -> int:
    """Whether the database is the one that was worked on."""
    text = (
        "The database is older than what Blue Lamp has done, as after a backup was restored."
        " Nothing is sent: stop the workers, run manage.py after_restore, then start them."
    )
    found = [Trouble(AlertKind.RESTORED, "database", text)] if is_another_database() else []
    new = keep(AlertKind.RESTORED, found, now=now)
    keep_mark(now=now)
    return new


def looks_restored() -> str:
    """What is wrong with the database's past, as the workers found it; empty: nothing."""
    alert = Alert.objects.open().filter(kind=AlertKind.RESTORED).order_by("pk").first()
    return alert.text if alert else ""


def clock_skew() -> float:
    """By how many seconds this machine's clock is ahead of the database's."""
    before = time.time()
    there = database_now().timestamp()
    # The answer was given at some moment between the two: a slow one is no skew.
    return max(0.0, before - there) + min(0.0, time.time() - there)


def watch_clock(*, now: datetime, skew: float, jump: float) -> int:
    """Look after the clock alerts of this machine.

    `skew` are the seconds by which its clock is ahead of the database's, `jump` those by which it
    has jumped lately.
    """
    host = host_name()
    jumped = (
        f"The clock of the worker on {host} jumped by {abs(jump):.0f} seconds. It stops publishing"
        " for a minute; the other workers go on."
    )
    skewed = (
        f"The clock of the worker on {host} is {abs(skew):.0f} seconds"
        f" {'ahead of' if skew > 0 else 'behind'} the database’s. Set it right."
    )
    new = 0
    for kind, is_wrong, text in (
        (AlertKind.CLOCK_JUMP, bool(jump), jumped),
        (AlertKind.CLOCK_SKEW, abs(skew) > SKEW, skewed),
    ):
        found = [Trouble(kind, host, text)] if is_wrong else []
        new += keep(kind, found, now=now, about=host)
    return new


class TrailWatch:
    """Walks the sealed trail a page at a time, round and round."""

    def __init__(self) -> None:
        self._start_again()

    def _start_again(self) -> None:
        self.place = Place()
        self.started_at: datetime | None = None
        # The furthest link that was seen: a trail that is cut off before it is found as well.
        self.furthest = Place()

    def look(self, *, now: datetime) -> int:
        """Verify one more page; return 1 when a fault raised an alert."""
        self.started_at = self.started_at or now
        if not self.furthest.is_there():
            gone = Fault(self.furthest.seq, 0, f"seal {self.furthest.seq} is gone or was changed")
            return self._report(gone, now)
        place, is_end, fault = verify_next(self.place)
        if fault:
            return self._report(fault, now)
        self.place = place
        if place.seq > self.furthest.seq:
            self.furthest = place
        if is_end:
            healed = Alert.objects.open().filter(
                kind=AlertKind.BROKEN_TRAIL, last_seen__lt=self.started_at
            )
            end(healed, now=now)
            self.place, self.started_at = Place(), None
        return 0

    def _report(self, fault: Fault, now: datetime) -> int:
        self._start_again()
        return keep(AlertKind.BROKEN_TRAIL, [_broken(fault)], now=now, about=str(fault.seq))


def _broken(fault: Fault) -> Trouble:
    text = (
        f"The audit trail is broken at seal {fault.seq}: {fault.reason}. Keep the database as it is"
        " and call whoever investigates."
    )
    return Trouble(AlertKind.BROKEN_TRAIL, str(fault.seq), text)


_trail = TrailWatch()


def watch_trail(*, now: datetime) -> int:
    """Verify the next page of the trail."""
    return _trail.look(now=now)
