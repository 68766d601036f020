"""Asking for a tweet to be taken down: the wish is written, and people are told.

Nobody waits for a platform here. From the wish on nothing sends the tweet again.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.services import record
from audit.verbs import Verb
from publishing.models import Delivery, TakeDown
from publishing.models.taken_down import Reason
from publishing.publishers import publishers
from publishing.services.settling_take_downs import LONGEST, tell_author, tell_comms
from publishing.workflow import Move as DeliveryMove
from publishing.workflow import State


class NotPublic(Exception):
    """There is nothing to take down: the tweet has not gone out."""


class AlreadyAsked(Exception):
    """Somebody has asked for this already; `take_down` says who."""

    def __init__(self, take_down: TakeDown) -> None:
        super().__init__()
        self.take_down = take_down


def can_be_taken_down(delivery: Delivery) -> bool:
    """Whether the tweet is public, is just going out, or may be public."""
    if delivery.state in {State.UNKNOWN, State.NEEDS_HUMAN}:
        return delivery.may_be_public
    return delivery.state in {State.PUBLISHED, State.SENDING}


def goes_by_itself(delivery: Delivery) -> bool:
    """Whether its platform lets Blue Lamp delete."""
    publisher = publishers.get(delivery.account.publisher)
    return publisher is not None and publisher.can_delete


def ask(
    delivery: Delivery, *, actor: User, reason: Reason, note: str = "", now: datetime
) -> TakeDown:
    """Note that `actor` wants the tweet gone, and tell comms and its author.

    From here on nothing sends it again. Raises NotPublic, AlreadyAsked, PermissionDenied.
    """
    if not actor.has_perm("publishing.take_down", delivery):
        raise PermissionDenied
    with transaction.atomic():
        # The row first: whoever finishes, reconciles or answers it at this moment waits for us.
        mine = Delivery.objects.filter(pk=delivery.pk)
        mine.update(due_at=F("due_at"))
        current = mine.with_people().get()
        already = TakeDown.objects.filter(delivery=current).first()
        if already:
            raise AlreadyAsked(already)
        if not can_be_taken_down(current):
            raise NotPublic
        take_down = TakeDown.objects.create(
            delivery=current,
            asked_by=actor,
            asked_at=now,
            reason=reason,
            note=note.strip()[:LONGEST],
            next_at=now,
        )
        if current.state == State.UNKNOWN:
            # Out of the reconciler's hands, which might find it private and send it again.
            mine.move(DeliveryMove.GIVE_TO_HUMAN, fence=F("fence") + 1, lease_until=None)
        elif current.state == State.NEEDS_HUMAN:
            # Out of the hands of whoever has its page open and would send it again.
            mine.update(fence=F("fence") + 1)
        record(
            Verb.TAKE_DOWN_ASKED,
            current.draft,
            actor=actor,
            at=now,
            delivery=current.pk,
            reason=str(reason),
        )
        why = Reason(reason).label.lower()
        words = f"{actor} asked to take down a tweet on {current.account}: {why}."
        tell_comms(take_down, words, now=now, besides=actor)
        tell_author(
            take_down, f"{actor} asked to take down your tweet on {current.account}.", now=now
        )
    return take_down
