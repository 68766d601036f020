"""FINISH, and every other way in which a claimed or sent delivery is put down again.

All of them are fenced: the UPDATE names the fence under which the caller holds the delivery.
"""

import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import SocialAccount, User
from accounts.roles import COMMS_REVIEWERS
from audit.services import record
from audit.verbs import Verb
from notices.models import Kind
from notices.services import tell
from publishing.backends.base import Answer, NotSent, Published, Refused, Unknown
from publishing.models import Attempt, Delivery, DeliveryQuerySet
from publishing.services import circuit
from publishing.services.payload import Armed
from publishing.statements import publish_rows
from publishing.workflow import LostLease, Move, Outcome

# Seconds before the next try of what was proved not sent; the last one repeats.
RETRY_AFTER = (5, 15, 45, 120, 300, 600)
JITTER = 0.2
# What a platform says can be of any length; the columns are not.
LONGEST_REASON = 300


def finish(armed: Armed, answer: Answer, *, now: datetime) -> None:
    """Record what the platform said. Raises LostLease when the delivery was taken over."""
    if isinstance(answer, Published):
        (done,) = finish_published([(armed, answer, now)])
        if not done:
            raise LostLease
        return
    delivery = Delivery.objects.select_related("draft__author", "account__circuit").get(
        pk=armed.delivery_id
    )
    mine = Delivery.objects.filter(pk=armed.delivery_id, fence=armed.fence)
    with transaction.atomic(durable=True):
        match answer:
            case NotSent():
                # Not after its last moment: then it is missed, and people are told, in time.
                retry_at = min(next_try(delivery, answer, now=now), delivery.not_after)
                mine.move(
                    Move.NOT_SENT,
                    next_at=retry_at,
                    lease_until=None,
                    last_error=answer.reason[:LONGEST_REASON],
                )
                _close(armed, Outcome.NOT_SENT, answer.reason, now)
                _record(Verb.DELIVERY_NOT_SENT, delivery, now, retry_at=retry_at.isoformat())
            case Refused():
                mine.move(Move.REFUSE, lease_until=None, last_error=answer.reason[:LONGEST_REASON])
                _close(armed, Outcome.REFUSED, f"{answer.code}: {answer.reason}", now)
                _record(Verb.DELIVERY_REFUSED, delivery, now, code=answer.code)
                refusal = f"The platform refused {_of(delivery)}: {answer.reason}"
                alert(delivery, refusal, why=answer.reason, now=now)
            case Unknown():
                lose_track(mine, delivery, answer.reason, now=now)
        circuit.heed(delivery.account, answer, now=now)


def finish_published(answers: Sequence[tuple[Armed, Published, datetime]]) -> list[bool]:
    """Record what was published when, in one transaction; False for what was taken over.

    By far the most of them, and so in one round trip. Writes what announce_published does.
    """
    written = publish_rows([_row(*answer) for answer in answers])
    for (armed, published, now), done in zip(answers, written, strict=True):
        if done:
            circuit.heed(armed.delivery.account, published, now=now)
    return written


def _row(armed: Armed, published: Published, now: datetime) -> dict[str, Any]:
    draft, account = armed.delivery.draft, armed.delivery.account
    return {
        "delivery": armed.delivery_id,
        "fence": armed.fence,
        "attempt": armed.attempt_id,
        "now": now,
        "external_id": published.id,
        "external_url": published.url,
        "draft": str(draft.pk),
        "draft_name": str(draft)[:200],
        "data": json.dumps({"delivery": armed.delivery_id}),
        "author": draft.author_id,
        "email": draft.author.email,
        "text": _went_out(account),
        "link": draft.get_absolute_url(),
    }


def next_try(delivery: Delivery, answer: NotSent, *, now: datetime) -> datetime:
    """When to try again: what the platform asked for, or the next step with 20 % jitter."""
    made = delivery.attempts_made
    wait: float = RETRY_AFTER[min(max(made - 1, 0), len(RETRY_AFTER) - 1)]
    if answer.retry_after is not None:
        # What a platform says may be any number, and no date lies that far ahead.
        wait = max(wait, min(answer.retry_after, circuit.LONGEST_RATE_PAUSE))
    return now + timedelta(seconds=wait * random.uniform(1, 1 + JITTER))  # noqa: S311  jitter


def lose_track(mine: DeliveryQuerySet, delivery: Delivery, reason: str, *, now: datetime) -> None:
    """It may or may not be public. Nothing is sent again until that is cleared up."""
    reason = reason[:LONGEST_REASON]
    mine.move(
        Move.LOSE_TRACK,
        fence=delivery.fence + 1,
        lease_until=None,
        next_at=now + settings.DELIVERY_SETTLE,
        times_not_found=0,
        last_error=reason,
    )
    Attempt.objects.filter(delivery=delivery, outcome=Outcome.SENDING).update(
        outcome=Outcome.UNKNOWN, ended_at=now, detail=reason
    )
    _record(Verb.DELIVERY_UNKNOWN, delivery, now)


def release(delivery: Delivery, *, next_at: datetime, why: str = "", **changes: Any) -> None:
    """Back to the queue, nothing sent."""
    Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence).move(
        Move.RELEASE, next_at=next_at, lease_until=None, owner="", last_error=why, **changes
    )


def put_back(delivery: Delivery) -> None:
    """Nothing was tried: let others have it at once, in its place of the line."""
    Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence).move(
        Move.RELEASE, lease_until=None, owner=""
    )


def miss(delivery: Delivery, *, now: datetime) -> None:
    """Too late to send: it goes back to people. One that may be public is theirs to look at."""
    if delivery.may_be_public:
        give_to_human(delivery, "Its time has passed, and it may already be public.", now=now)
        return
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence).move(
            Move.MISS, lease_until=None, owner=""
        )
        _record(Verb.DELIVERY_MISSED, delivery, now)
        why = f" ({delivery.last_error})" if delivery.last_error else ""
        alert(
            delivery,
            f"T{_of(delivery)[1:]} missed its time and was not sent{why}."
            " Give it a new time or drop it.",
            why=delivery.last_error,
            now=now,
        )


def give_to_human(delivery: Delivery, reason: str, *, now: datetime, detail: str = "") -> None:
    """Stop, and ask a person. `reason` goes into the trail; `detail` may quote the tweet."""
    shown = f"{reason} {detail}".strip()[:LONGEST_REASON]
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence).move(
            Move.GIVE_TO_HUMAN, lease_until=None, owner="", last_error=shown
        )
        _record(Verb.DELIVERY_NEEDS_HUMAN, delivery, now, reason=reason)
        alert(delivery, f"Somebody must look at {_of(delivery)}. {shown}", why=shown, now=now)


def announce_published(delivery: Delivery, *, now: datetime) -> None:
    _record(Verb.DELIVERY_PUBLISHED, delivery, now)
    tell(
        [delivery.draft.author],
        _went_out(delivery.account),
        kind=Kind.PUBLISHED,
        link=delivery.draft.get_absolute_url(),
        now=now,
    )


def _went_out(account: SocialAccount) -> str:
    return f"Your tweet for {account} went out."


def alert(delivery: Delivery, sentence: str, *, why: str, now: datetime) -> None:
    """Tell every reviewer what to act on, and the author that somebody will, and `why`.

    Each notice leads to the draft. `delivery` may have been read before it moved. What a platform
    or the rulebook says may quote the tweet: mail says only that there is something.
    """
    author, link = delivery.draft.author, delivery.draft.get_absolute_url()
    reviewers = User.objects.holding(COMMS_REVIEWERS, force_id=delivery.account.force_id)
    tell(
        reviewers.exclude(pk=author.pk),
        sentence,
        in_mail=f"T{_of(delivery)[1:]} did not go out. Somebody must look at it.",
        kind=Kind.ALERT,
        link=link,
        urgent=True,
        now=now,
    )
    told = (
        f"Your tweet for {delivery.account} did not go out as planned. Corporate communications is"
        " looking into it; you need do nothing."
    )
    tell(
        [author],
        f"{told} {why}".strip(),
        in_mail=told,
        kind=Kind.FAILED,
        link=link,
        urgent=True,
        now=now,
    )


def _close(armed: Armed, outcome: Outcome, detail: str, now: datetime) -> None:
    closed = Attempt.objects.filter(pk=armed.attempt_id, outcome=Outcome.SENDING).update(
        outcome=outcome, ended_at=now, detail=detail[:LONGEST_REASON]
    )
    if closed != 1:
        raise LostLease


def _record(verb: Verb, delivery: Delivery, now: datetime, **data: object) -> None:
    record(verb, delivery.draft, actor=None, at=now, delivery=delivery.pk, **data)


def _of(delivery: Delivery) -> str:
    return f"the tweet of {delivery.draft.author} for {delivery.account}"
