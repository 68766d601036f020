"""CHECK and ARM: the last question before a tweet goes out, and the one that decides.

CHECK builds the payload and runs the rulebook outside any transaction, or finds that it was run
shortly before. ARM then locks what a hold, a deactivation or a change of rules would update, and
only in a second statement looks (publishing/statements.py): an UPDATE that does both at once was
seen to arm under a hold that was about to commit.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from random import uniform

from django.db import Error as DatabaseError

from accounts.models import AccountStatus
from drafts.workflow import State as DraftState
from incidents.models import Hold
from publishing.backends.base import Payload
from publishing.clock import database_now
from publishing.models import Delivery, TakeDown
from publishing.services import circuit
from publishing.services.checking import ask_rulebook, is_checked
from publishing.services.finishing import give_to_human, miss, release
from publishing.services.payload import Armed, payload_of
from publishing.services.resending import is_safe_to_repeat
from publishing.services.vault import secrets_of
from publishing.statements import Leave, are_its_people_here, arm_rows, is_proved
from publishing.workflow import LostLease, State

logger = logging.getLogger(__name__)
# A held delivery is looked at again after about this long, spread so that none fire in a burst.
LOOK_AGAIN = (5.0, 12.0)
GONE = "Somebody who wrote it, passed over a rule for it or approved it is no longer active."


class Unfit(Exception):
    """A person must look at this tweet before anything is sent.

    `reason` goes into the trail and holds no words of the tweet; `detail` may.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def claimed(claims: Iterable[tuple[int, int]]) -> list[Delivery]:
    """The deliveries of `claims` (id, fence) that are still the caller's, with their content."""
    fences = dict(claims)
    found = Delivery.objects.filter(pk__in=fences, state=State.CLAIMED).order_by("next_at", "pk")
    return [each for each in found.load_content() if each.fence == fences[each.pk]]


def arm(delivery_id: int, *, fence: int) -> Armed | None:
    """Leave to send a claimed delivery, or None when it must not go out now.

    On None the delivery was put where it belongs: back to the queue, missed, or to a person.
    Raises LostLease when somebody else has it.
    """
    for delivery in claimed([(delivery_id, fence)]):
        payload = checked(delivery, now=database_now())
        if payload is None:
            return None
        for armed in arm_checked([(delivery, payload)]):
            return armed
        put_where_it_belongs(delivery)
        return None
    raise LostLease


def checked(delivery: Delivery, *, now: datetime) -> Payload | None:
    """CHECK, for one that `claimed` has found: what would be sent; None where nothing may be.

    On None it was put where it belongs. `now` is the database's clock. Raises LostLease.
    """
    if until := circuit.waits_until(delivery.account, now=now):
        release(delivery, next_at=min(until, delivery.not_after), why=f"{delivery.account} waits.")
        return None
    try:
        return _checked(delivery, now=now)
    except Unfit as unfit:
        give_to_human(delivery, unfit.reason, detail=unfit.detail, now=now)
        return None


def _checked(delivery: Delivery, *, now: datetime) -> Payload:
    """Exactly what was approved, with nothing that speaks against it. Raises Unfit."""
    try:
        payload = payload_of(delivery)
        broken = "" if _needs_no_rulebook(delivery, now) else ask_rulebook(delivery, now=now)
    except DatabaseError:
        raise
    except Exception as error:
        # One that cannot be checked must not keep the others of its batch from going out.
        logger.exception("Delivery %s could not be checked", delivery.pk)
        raise Unfit(f"It could not be checked: {type(error).__name__}.") from error
    if payload.content_hash != delivery.approved_hash:
        raise Unfit("What would go out is not what was approved.")
    if broken:
        raise Unfit("The rulebook now stops this tweet.", detail=broken)
    # Without an attempt there is nothing that could be public.
    may_be_public = delivery.attempts_made > 0 and delivery.may_be_public
    if may_be_public and not is_safe_to_repeat(delivery, now=now):
        raise Unfit("It may already be public, and sending it again could publish it twice.")
    return payload


def _needs_no_rulebook(delivery: Delivery, now: datetime) -> bool:
    """Whether a verdict is there, or ARM will find a hold: without a verdict it arms nothing."""
    return is_checked(delivery, now=now) or _is_held(delivery)


def _is_held(delivery: Delivery) -> bool:
    return Hold.objects.open().covering(delivery.account).exists()


def arm_checked(wanted: Sequence[tuple[Delivery, Payload]]) -> Iterator[Armed]:
    """ARM: leave to send those that nothing objects to. The others are where they were.

    In one transaction; where the database refuses that, one after the other, so that none keeps
    the rest from going out. Raises what it said of one at the end.
    """
    asked = [(each.pk, each.fence, payload.content_hash) for each, payload in wanted]
    try:
        leaves = arm_rows(asked)
    except DatabaseError:
        if len(wanted) == 1:
            raise
        logger.exception("Deliveries could not be armed together")
        yield from _arm_each(wanted)
        return
    for delivery, payload in wanted:
        if leave := leaves.get(delivery.pk):
            yield _armed(delivery, payload, leave)


def _arm_each(wanted: Sequence[tuple[Delivery, Payload]]) -> Iterator[Armed]:
    said: DatabaseError | None = None
    for each in wanted:
        try:
            yield from list(arm_checked([each]))
        except DatabaseError as error:
            said = error
    if said:
        raise said


def _armed(delivery: Delivery, payload: Payload, leave: Leave) -> Armed:
    return Armed(
        delivery=delivery,
        attempt_id=leave.attempt_id,
        payload=payload,
        secrets=secrets_of(delivery.account),
        armed_at=leave.monotonic,
        database_at=leave.at,
    )


def put_where_it_belongs(delivery: Delivery) -> None:
    """Find out why ARM refused, and leave the delivery in the state that this reason asks for.

    Raises LostLease.
    """
    now = database_now()
    fresh = Delivery.objects.filter(pk=delivery.pk, state=State.CLAIMED, fence=delivery.fence)
    current = fresh.select_related("account", "draft__author", "revision", "approved_by").first()
    if current is None:
        raise LostLease
    later = now + timedelta(seconds=uniform(*LOOK_AGAIN))  # noqa: S311  jitter
    if now >= current.not_after:
        miss(current, now=now)
    elif current.due_at > now:
        release(current, next_at=current.due_at)
    elif not are_its_people_here(current.pk):
        give_to_human(current, GONE, now=now)
    elif current.account.status == AccountStatus.CLOSED:
        give_to_human(current, f"{current.account} is closed.", now=now)
    elif current.account.status == AccountStatus.FROZEN:
        release(current, next_at=later, why=f"{current.account} is frozen.")
    elif _is_held(current):
        release(current, next_at=later, why="A hold is on.")
    elif TakeDown.objects.filter(delivery=current).exists():
        # The sweep of take-downs cancels it; until then it must not go out.
        release(current, next_at=later, why="Somebody asked to take it down.")
    elif not (_is_what_was_approved(current) and is_proved(current.pk)):
        give_to_human(current, "The draft is no longer the one that was approved.", now=now)
    else:
        # What the verdict stood on has changed since CHECK, or what stopped it has ended this
        # very moment: it is checked again.
        release(current, next_at=now, checked_until=None)


def _is_what_was_approved(delivery: Delivery) -> bool:
    draft = delivery.draft
    return (draft.state, draft.revision_number, draft.content_hash) == (
        DraftState.APPROVED,
        delivery.revision.number,
        delivery.approved_hash,
    )
