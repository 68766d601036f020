"""CHECK and ARM: the last question before a tweet goes out, and the one that decides.

CHECK builds the payload and runs the rulebook outside any transaction. ARM then locks what a
hold, a deactivation or a change of rules would update, and only in a second statement looks:
an UPDATE that does both at once was seen to arm under a hold that was about to commit.
"""

import logging
import time
from collections.abc import Collection
from datetime import datetime, timedelta
from random import uniform

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import Exists, F, Model, OuterRef, Q
from django.utils.module_loading import import_string

from accounts.models import LPT, AccountStatus, Force, SocialAccount, User
from drafts.models import Draft, Override
from drafts.services import check_content, standing_blocks
from drafts.workflow import State as DraftState
from incidents.models import Hold
from policy.models import RulebookGeneration
from policy.services import generation
from publishing.backends.base import Payload
from publishing.clock import database_now
from publishing.models import Attempt, Delivery
from publishing.services.finishing import give_to_human, miss, release
from publishing.services.payload import Armed, payload_of
from publishing.services.resending import is_safe_to_repeat
from publishing.workflow import LostLease, Move, State

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


def arm(delivery_id: int, *, fence: int) -> Armed | None:
    """Leave to send a claimed delivery, or None when it must not go out now.

    On None the delivery was put where it belongs: back to the queue, missed, or to a person.
    Raises LostLease when somebody else has it.
    """
    delivery = (
        Delivery.objects.filter(pk=delivery_id, state=State.CLAIMED, fence=fence)
        .select_related(
            "account__force", "account__lpt", "draft", "revision__account__force", "revision__draft"
        )
        .first()
    )
    if delivery is None:
        raise LostLease
    ruled_at = generation()
    try:
        payload = _checked(delivery)
    except Unfit as unfit:
        give_to_human(delivery, unfit.reason, detail=unfit.detail, now=database_now())
        return None
    armed = _arm(delivery, payload, ruled_at=ruled_at)
    if armed is None:
        _put_where_it_belongs(delivery)
    return armed


def _checked(delivery: Delivery) -> Payload:
    """CHECK: exactly what was approved, with nothing that speaks against it. Raises Unfit."""
    now = database_now()
    try:
        payload = payload_of(delivery)
        broken = "" if _is_held(delivery) else _newly_blocked(delivery, now=now)
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
    if delivery.may_be_public and not is_safe_to_repeat(delivery, now=now):
        raise Unfit("It may already be public, and sending it again could publish it twice.")
    return payload


def _newly_blocked(delivery: Delivery, *, now: datetime) -> str:
    passed_over = {override["key"] for override in delivery.overrides}
    report = check_content(delivery.revision, now=now)
    return next((f.message for f in standing_blocks(report, passed_over)), "")


def _is_held(delivery: Delivery) -> bool:
    return Hold.objects.open().covering(delivery.account).exists()


def _people(delivery: Delivery) -> set[int]:
    """Everyone who wrote or submitted the tweet, passed over a block in it, or approved it."""
    wrote = delivery.draft.contributions.values_list("person", flat=True)
    rows = [override.get("override") for override in delivery.overrides]
    passed_over = Override.objects.filter(pk__in=rows).values_list("person", flat=True)
    return {*wrote, *passed_over, delivery.draft.author_id, delivery.approved_by_id}


def _lock_for_share(delivery: Delivery) -> None:
    """Wait for, and then keep out, everyone who is changing what the next statement reads.

    The order is the same wherever these rows are locked. SQLite needs none of it: BEGIN
    IMMEDIATE has let nobody else write since this transaction began.
    """
    if connection.vendor != "postgresql":
        return
    account = delivery.account
    rows: list[tuple[type[Model], Collection[int | None]]] = [
        (RulebookGeneration, [1]),
        (Force, [account.force_id]),
        (LPT, [account.lpt_id]),
        (SocialAccount, [account.pk]),
        (User, sorted(_people(delivery))),
    ]
    with connection.cursor() as cursor:
        for model, keys in rows:
            for key in keys:
                table = model._meta.db_table
                cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [key])  # noqa: S608  our own table names


def _arm(delivery: Delivery, payload: Payload, *, ruled_at: int) -> Armed | None:
    with transaction.atomic(durable=True):
        _lock_for_share(delivery)
        now, armed_at = database_now(), time.monotonic()
        try:
            Delivery.objects.filter(
                _may_go_out(delivery, ruled_at=ruled_at),
                pk=delivery.pk,
                fence=delivery.fence,
                approved_hash=payload.content_hash,
                due_at__lte=now,
                not_after__gt=now,
            ).move(
                Move.ARM,
                lease_until=now + settings.DELIVERY_LEASE,
                attempts_made=F("attempts_made") + 1,
            )
        except LostLease:
            return None
        attempt = Attempt.objects.create(delivery=delivery, fence=delivery.fence, started_at=now)
    return Armed(
        delivery_id=delivery.pk,
        fence=delivery.fence,
        attempt_id=attempt.pk,
        publisher=delivery.account.publisher,
        payload=payload,
        armed_at=armed_at,
    )


def _may_go_out(delivery: Delivery, *, ruled_at: int) -> Q:
    """Everything outside the delivery's own row that must be true.

    No joins: on PostgreSQL an UPDATE over a join is not judged again after it waited for a row.
    """
    draft = Draft.objects.filter(
        pk=OuterRef("draft_id"),
        state=DraftState.APPROVED,
        revision_number=delivery.revision.number,
        content_hash=OuterRef("approved_hash"),
    )
    account = SocialAccount.objects.filter(pk=OuterRef("account_id"), status=AccountStatus.ACTIVE)
    gone = User.objects.filter(pk__in=_people(delivery), is_active=False)
    proof: Exists = import_string(settings.PROOF_OF_APPROVAL)()
    same_rules = RulebookGeneration.objects.filter(pk=1, number=ruled_at)
    held = Hold.objects.open().covering(delivery.account)
    must_be = Exists(draft) & Exists(account) & Exists(same_rules) & proof
    return must_be & ~Exists(gone) & ~Exists(held)


def _put_where_it_belongs(delivery: Delivery) -> None:
    """Find out why ARM refused, and leave the delivery in the state that this reason asks for."""
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
    elif User.objects.filter(pk__in=_people(current), is_active=False).exists():
        give_to_human(current, GONE, now=now)
    elif current.account.status == AccountStatus.CLOSED:
        give_to_human(current, f"{current.account} is closed.", now=now)
    elif current.account.status == AccountStatus.FROZEN:
        release(current, next_at=later, why=f"{current.account} is frozen.")
    elif _is_held(current):
        release(current, next_at=later, why="A hold is on.")
    elif not (_is_what_was_approved(current) and _is_proved(current)):
        give_to_human(current, "The draft is no longer the one that was approved.", now=now)
    else:
        # The rules changed since CHECK, or what stopped it has ended this very moment.
        release(current, next_at=now)


def _is_proved(delivery: Delivery) -> bool:
    proof: Exists = import_string(settings.PROOF_OF_APPROVAL)()
    return Delivery.objects.filter(proof, pk=delivery.pk).exists()


def _is_what_was_approved(delivery: Delivery) -> bool:
    draft = delivery.draft
    return (draft.state, draft.revision_number, draft.content_hash) == (
        DraftState.APPROVED,
        delivery.revision.number,
        delivery.approved_hash,
    )
