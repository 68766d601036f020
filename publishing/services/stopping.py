"""Calling back what may be public already: nothing more is sent, and a person looks."""

from datetime import datetime

from accounts.models import SocialAccount, User
from publishing.models import Delivery
from publishing.services.finishing import give_to_human
from publishing.workflow import LostLease, State

# From these a delivery could still be sent, once more, under its old token or by hand.
STILL_MOVING = frozenset({State.QUEUED, State.CLAIMED, State.UNKNOWN})
# A worker may take it over between a look and the change; it cannot do so for ever.
TRIES = 5


def stop_and_look(draft_id: int, *, actor: User, now: datetime) -> bool:
    """Stop a delivery that may be public and ask communications to look; whether there was one.

    To be called where `cancel` raised TooLate, after its transaction was rolled back.
    """
    for _ in range(TRIES):
        live = Delivery.objects.live().filter(draft_id=draft_id, state__in=STILL_MOVING)
        delivery = live.with_people().first()
        if delivery is None or not delivery.may_be_public:
            return False
        reason = (
            f"{actor} asked to stop it, and it may already be public: look, and delete it there if"
            " it is."
        )
        try:
            give_to_human(delivery, reason, now=now)
        except LostLease:
            continue
        return True
    return False


def give_back_what_fell_due(account: SocialAccount, *, now: datetime) -> None:
    """Let every tweet of the account that was due before `now` miss its time: people decide anew.

    To be called while nothing can go out on the account, in the transaction that ends this.
    """
    waiting = Delivery.objects.filter(account=account, state__in=[State.QUEUED, State.CLAIMED])
    waiting.filter(due_at__lt=now, not_after__gt=now).update(not_after=now)
    waiting.filter(state=State.QUEUED, not_after__lte=now).update(next_at=now)
