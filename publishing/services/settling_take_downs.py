"""How a take-down ends: the platform did it, or a named person looked; and who hears of it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.roles import COMMS_REVIEWERS
from audit.services import record
from audit.verbs import Verb
from notices.models import Kind
from notices.services import settle, tell
from publishing.models import Attempt, Delivery, TakeDown, TakeDownTry
from publishing.models.taken_down import Move, Settled
from publishing.workflow import LostLease, Outcome
from publishing.workflow import Move as DeliveryMove

LONGEST = 300
SCREENSHOTS = "It is never really gone: screenshots of it may exist."


def confirm_gone(take_down: TakeDown, *, actor: User, evidence: str, now: datetime) -> None:
    """A named person saw that it is gone. Raises Settled, PermissionDenied."""
    _confirmable(take_down, actor)
    with transaction.atomic():
        row = TakeDown.objects.filter(pk=take_down.pk)
        row.move(Move.GO, settled_at=now, confirmed_by=actor, evidence=evidence[:LONGEST])
        try:
            Delivery.objects.filter(pk=take_down.delivery_id).move(DeliveryMove.TAKE_DOWN)
        except LostLease as error:
            raise Settled from error
        resolve(take_down.delivery, Outcome.CONFIRMED_SENT)
        _gone(take_down, actor, now)


def confirm_never_public(take_down: TakeDown, *, actor: User, evidence: str, now: datetime) -> None:
    """A named person looked, and it never was public. Raises Settled, PermissionDenied."""
    _confirmable(take_down, actor)
    with transaction.atomic():
        row = TakeDown.objects.filter(pk=take_down.pk)
        row.move(Move.FIND_PRIVATE, settled_at=now, confirmed_by=actor, evidence=evidence[:LONGEST])
        try:
            Delivery.objects.filter(pk=take_down.delivery_id).move(DeliveryMove.DROP)
        except LostLease as error:
            # It is known to be public: only "it is gone" can be said of it.
            raise Settled from error
        resolve(take_down.delivery, Outcome.CONFIRMED_NOT_SENT)
        _never_public(take_down, actor, now)


def _confirmable(take_down: TakeDown, actor: User) -> None:
    if not actor.has_perm("publishing.take_down", take_down.delivery):
        raise PermissionDenied
    if not take_down.needs_hand:
        raise Settled


def settle_gone(take_down: TakeDown, now: datetime) -> None:
    """The platform says that it is gone. Raises Settled."""
    TakeDown.objects.filter(pk=take_down.pk).move(Move.GO, settled_at=now, last_error="")
    note(take_down, "The platform deleted it.", now)
    _gone(take_down, None, now)


def settle_private(take_down: TakeDown, now: datetime) -> None:
    """It never was public, and nothing sends it any more. Raises Settled."""
    TakeDown.objects.filter(pk=take_down.pk).move(Move.FIND_PRIVATE, settled_at=now, last_error="")
    note(take_down, "It never was public, and it will not go out.", now)
    _never_public(take_down, None, now)


def _gone(take_down: TakeDown, actor: User | None, now: datetime) -> None:
    delivery = take_down.delivery
    record(Verb.DELIVERY_TAKEN_DOWN, delivery.draft, actor=actor, at=now, delivery=delivery.pk)
    _settled(take_down, f"The tweet on {delivery.account} is gone. {SCREENSHOTS}", now)


def _never_public(take_down: TakeDown, actor: User | None, now: datetime) -> None:
    delivery = take_down.delivery
    record(Verb.DELIVERY_NEVER_PUBLIC, delivery.draft, actor=actor, at=now, delivery=delivery.pk)
    words = f"The tweet on {delivery.account} never was public, and it will not go out."
    _settled(take_down, words, now)


def _settled(take_down: TakeDown, words: str, now: datetime) -> None:
    link = link_of(take_down)
    settle(link, now=now)
    tell_comms(take_down, words, now=now, urgent=False)
    people = {take_down.asked_by, take_down.delivery.draft.author}
    tell(people - set(_reviewers(take_down)), words, link=link, now=now)


def note(take_down: TakeDown, said: str, now: datetime) -> None:
    """Keep what came of one try."""
    TakeDownTry.objects.create(take_down=take_down, at=now, said=said[:LONGEST])


def resolve(delivery: Delivery, outcome: Outcome) -> None:
    """The attempt without an answer is cleared up."""
    Attempt.objects.filter(delivery=delivery, outcome=Outcome.UNKNOWN).update(outcome=outcome)


def link_of(take_down: TakeDown) -> str:
    """The page where it stands; it leads on to the draft."""
    return reverse("publishing:take-down", args=[take_down.delivery_id])


def _reviewers(take_down: TakeDown) -> list[User]:
    force_id = take_down.delivery.account.force_id
    return list(User.objects.holding(COMMS_REVIEWERS, force_id=force_id))


def tell_comms(
    take_down: TakeDown,
    words: str,
    *,
    now: datetime,
    urgent: bool = True,
    kind: Kind = Kind.OTHER,
    in_mail: str = "",
    besides: User | None = None,
) -> None:
    people = [person for person in _reviewers(take_down) if person != besides]
    link = link_of(take_down)
    tell(people, words, in_mail=in_mail, kind=kind, link=link, urgent=urgent, now=now)


def tell_author(take_down: TakeDown, words: str, *, now: datetime) -> None:
    author = take_down.delivery.draft.author
    if author != take_down.asked_by:
        tell([author], words, link=link_of(take_down), urgent=True, now=now)
