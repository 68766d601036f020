"""What members of the force are told while tweets do not go out: what waits, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.models import AccountStatus, User
from accounts.roles import TEAM_ROLES
from incidents.models import Hold
from publishing.models import Circuit, Delivery, DeliveryQuerySet
from publishing.services.circuit import is_stopped
from publishing.services.heartbeat import dispatcher_is_silent
from publishing.services.watching import LATE, not_stopped_by_people
from publishing.workflow import State

LIMIT = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A tweet that should have gone out. `why` is empty where only its own lateness is known."""

    delivery: Delivery
    late_by: timedelta
    why: str

    @property
    def late_words(self) -> str:
        """How late it is, as one says it: “25 minutes”, “3 hours”."""
        minutes = int(self.late_by.total_seconds() // 60)
        if minutes < 120:
            return f"{minutes} minute{'' if minutes == 1 else 's'}"
        return f"{minutes // 60} hours"


@dataclass(frozen=True, slots=True)
class Stopped:
    """An account that does not send, and why."""

    circuit: Circuit
    why: str


@dataclass(frozen=True, slots=True)
class Status:
    """Where things stand for one person."""

    is_silent: bool
    stopped: list[Stopped]
    waiting: list[Waiting]
    in_doubt: list[Delivery]
    next_out: Delivery | None
    last_out: Delivery | None

    @property
    def is_well(self) -> bool:
        return not (self.is_silent or self.stopped or self.waiting or self.in_doubt)


def status_of(user: User, *, now: datetime) -> Status:
    """What this person may know of what does not go out, and of what does."""
    mine = Delivery.objects.visible_to(user).with_people()
    is_silent = bool(dispatcher_is_silent(now=now))
    stopped = list(_stopped(user, now).order_by("account__handle", "pk")[:LIMIT])
    published = mine.filter(state=State.PUBLISHED)
    coming = mine.filter(state=State.QUEUED, due_at__gt=now)
    late = list(_late(mine, now).order_by("due_at", "pk")[:LIMIT])
    holds = list(Hold.objects.open().select_related("force", "lpt", "account").order_by("pk"))
    circuits = {circuit.account_id: circuit for circuit in stopped}
    return Status(
        is_silent=is_silent,
        stopped=[Stopped(circuit, stopped_words(circuit)) for circuit in stopped],
        waiting=[
            Waiting(
                delivery,
                now - delivery.due_at,
                _why(delivery, holds, circuits.get(delivery.account_id), is_silent=is_silent),
            )
            for delivery in late
        ],
        in_doubt=list(mine.filter(state=State.UNKNOWN).order_by("due_at", "pk")[:LIMIT]),
        next_out=coming.order_by("due_at", "pk").first(),
        last_out=published.order_by("-published_at", "-pk").first(),
    )


def is_troubled(user: User, *, now: datetime) -> bool:
    """Whether the status page has something to say that nobody did on purpose."""
    return (
        bool(dispatcher_is_silent(now=now))
        or _stopped(user, now).exists()
        or _late(Delivery.objects.visible_to(user), now).filter(not_stopped_by_people()).exists()
    )


def _stopped(user: User, now: datetime) -> QuerySet[Circuit]:
    """What keeps an account from sending that this person writes for, or reads the force's for."""
    scope = Q(pk__in=[])
    for membership in user.current_memberships:
        of_force = Q(account__force=membership.force_id)
        if membership.role in TEAM_ROLES:
            of_force &= Q(account__lpt=membership.lpt_id)
        scope |= of_force
    return Circuit.objects.filter(scope, is_stopped(now)).select_related("account")


def _late(mine: DeliveryQuerySet, now: datetime) -> DeliveryQuerySet:
    states = [State.QUEUED, State.CLAIMED, State.SENDING]
    return mine.filter(state__in=states, due_at__lte=now - LATE)


def _why(
    delivery: Delivery, holds: Iterable[Hold], circuit: Circuit | None, *, is_silent: bool
) -> str:
    account = delivery.account
    hold = next((hold for hold in holds if hold.covers(account)), None)
    if hold:
        return f"A {hold.get_kind_display().lower()} is on for {hold.scope}: {hold.reason}"
    if account.status == AccountStatus.FROZEN:
        return f"{account} is frozen."
    if circuit:
        return stopped_words(circuit)
    return "Nothing is being sent at the moment." if is_silent else delivery.last_error


def stopped_words(circuit: Circuit) -> str:
    """Why an account does not send, as one tells somebody who cannot mend it."""
    platform = circuit.account.get_platform_display()
    if circuit.suspended_at is not None:
        return f"{platform} does not let {circuit.account} sign in."
    return f"{platform} is failing or asks {circuit.account} to wait. It is tried again by itself."
