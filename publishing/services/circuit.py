"""What keeps a whole account from sending: a rate limit, a platform that fails, lost credentials.

CLAIM passes over the deliveries of an account whose circuit is open; whatever was claimed before
it opened is put back by `waits_until`. Nothing is lost: what waits too long is missed, and people
are told.
"""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q

from accounts.models import SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from publishing.backends.base import Answer, Cause, NotSent, Published, Refused, Unknown
from publishing.models import Circuit, Delivery
from publishing.wakeup import wake
from publishing.workflow import State

# This many failures, the first at most so long ago, open an account's breaker.
FAILURES = 5
WITHIN = timedelta(minutes=5)
# Its first pause; each trial that fails doubles it, up to the longest.
PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)
# How long one trial keeps the others waiting: longer than a publisher may take to answer.
TRIAL = timedelta(seconds=30)
# A rate limit without a time, and the longest that a platform may ask for.
RATE_PAUSE, LONGEST_RATE_PAUSE = 60.0, 24 * 3600.0
LONGEST_REASON = 300


class NotStopped(Exception):
    """Nothing keeps this account from sending any more."""


def heed(account: SocialAccount, answer: Answer, *, now: datetime) -> None:
    """Let a platform's answer open or close the circuit of `account`, in a transaction.

    `account.circuit` may be loaded already; an account that never failed costs no query then.
    """
    match answer:
        case Published() | Refused():
            _answered(account)
        case NotSent(cause=Cause.UNAVAILABLE) | Unknown():
            _failed(account, answer.reason, now)
        case NotSent():
            stop(account, answer.cause, answer.reason, retry_after=answer.retry_after, now=now)


def stop(
    account: SocialAccount,
    cause: Cause,
    reason: str,
    *,
    now: datetime,
    retry_after: float | None = None,
) -> None:
    """Stop the whole account where `cause` asks for it: until a reset, or until it is mended."""
    with transaction.atomic():
        if cause == Cause.RATE_LIMIT:
            asked = RATE_PAUSE if retry_after is None else retry_after
            seconds = asked if 0 < asked <= LONGEST_RATE_PAUSE else LONGEST_RATE_PAUSE
            circuit = _locked(account)
            until = now + timedelta(seconds=seconds)
            circuit.paused_until = max(circuit.paused_until or until, until)
            circuit.reason = _cut(reason)
            circuit.save()
        elif cause == Cause.CREDENTIALS:
            _suspend(account, reason, now)


def _suspend(account: SocialAccount, reason: str, now: datetime) -> None:
    circuit = _locked(account)
    if circuit.suspended_at is not None:
        return
    circuit.suspended_at, circuit.reason = now, _cut(reason)
    circuit.save()
    record(Verb.ACCOUNT_STATUS, account, actor=None, at=now, status="suspended")


def _failed(account: SocialAccount, reason: str, now: datetime) -> None:
    with transaction.atomic():
        circuit = _locked(account)
        is_open = circuit.failures >= FAILURES
        if not is_open and (circuit.failing_since is None or now - circuit.failing_since > WITHIN):
            circuit.failures, circuit.failing_since = 0, now
        circuit.failures += 1
        if circuit.failures >= FAILURES:
            pause = PAUSE * 2 ** min(circuit.failures - FAILURES, 10)
            until = now + min(pause, LONGEST_PAUSE)
            circuit.paused_until = max(circuit.paused_until or until, until)
            circuit.reason = _cut(reason)
        circuit.save()


def may_have_turned(account: SocialAccount, answer: Answer) -> bool:
    """Whether `answer` may have stopped `account`, or let it go on."""
    circuit: Circuit | None = getattr(account, "circuit", None)
    return not isinstance(answer, Published) or (circuit is not None and circuit.failures > 0)


def _answered(account: SocialAccount) -> None:
    """The platform works. Its rate limit stays, and so does a suspension: a person ends that."""
    circuit: Circuit | None = getattr(account, "circuit", None)
    if circuit is None or not circuit.failures:
        return
    troubled = Circuit.objects.filter(pk=account.pk)
    troubled.filter(failures__gte=FAILURES).update(paused_until=None)
    troubled.filter(suspended_at=None).update(reason="")
    troubled.update(failures=0, failing_since=None)


def _locked(account: SocialAccount) -> Circuit:
    circuit, _ = Circuit.objects.select_for_update().get_or_create(account_id=account.pk)
    return circuit


def _cut(reason: str) -> str:
    return reason[:LONGEST_REASON]


def waits_until(account: SocialAccount, *, now: datetime) -> datetime | None:
    """When a claimed delivery of `account` is to be looked at again; None when it may be sent.

    Once the pause of a breaker is over, the first to ask gets the one trial; the others wait for
    its answer. Reads `account.circuit`, which has to be loaded afresh.
    """
    circuit: Circuit | None = getattr(account, "circuit", None)
    if circuit is None:
        return None
    if circuit.suspended_at is not None:
        return now + TRIAL
    if circuit.paused_until is not None and circuit.paused_until > now:
        return circuit.paused_until
    if circuit.failures < FAILURES:
        return None
    mine = Circuit.objects.filter(
        pk=account.pk, failures__gte=FAILURES, paused_until__lte=now
    ).update(paused_until=now + TRIAL)
    return None if mine else now + TRIAL


def stopped_and_late(now: datetime) -> Q:
    """Deliveries that CLAIM passes over and whose last moment has come."""
    stopped = Q(account__circuit__suspended_at__isnull=False)
    stopped |= Q(account__circuit__paused_until__gt=now)
    return stopped & Q(state=State.QUEUED, not_after__lte=now)


def is_stopped(now: datetime) -> Q:
    """Circuits that keep their account from sending."""
    return Q(suspended_at__isnull=False) | Q(paused_until__gt=now) | Q(failures__gte=FAILURES)


def lift(account: SocialAccount, *, actor: User, now: datetime) -> None:
    """Somebody has mended what stopped `account`: what waits for it is sent.

    Raises NotStopped, PermissionDenied.
    """
    if not actor.has_perm("publishing.lift", account):
        raise PermissionDenied
    with transaction.atomic():
        lifted = Circuit.objects.filter(is_stopped(now), pk=account.pk).update(
            paused_until=None, suspended_at=None, reason="", failures=0, failing_since=None
        )
        if not lifted:
            raise NotStopped
        _go_on(account, actor=actor, now=now)


def mended(account: SocialAccount, *, actor: User, now: datetime) -> bool:
    """End the suspension of `account`, which `actor` saw connected; whether there was one to end.

    Only where its credentials are newer than the suspension: those that the platform does not take
    for posting may do for being asked who we are.
    """
    with transaction.atomic():
        suspended = Circuit.objects.filter(
            pk=account.pk, account__credential__changed_at__gt=F("suspended_at")
        )
        if not suspended.update(suspended_at=None, reason=""):
            return False
        _go_on(account, actor=actor, now=now)
    return True


def is_suspended(account: SocialAccount) -> bool:
    """Whether the platform did not take its credentials, and nobody has mended that."""
    return Circuit.objects.filter(pk=account.pk, suspended_at__isnull=False).exists()


def _go_on(account: SocialAccount, *, actor: User, now: datetime) -> None:
    # They waited for this, not for their next try.
    waiting = Delivery.objects.filter(account=account, state=State.QUEUED, due_at__lte=now)
    waiting.filter(next_at__gt=now).update(next_at=now)
    record(Verb.ACCOUNT_STATUS, account, actor=actor, at=now, status="sends again")
    transaction.on_commit(wake)
