"""What somebody has just approved and can still stop, and what holds it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import SocialAccount, User
from incidents.models import Hold
from publishing.models import Delivery, DeliveryQuerySet
from publishing.workflow import State as DeliveryState


@dataclass(frozen=True, slots=True)
class StopPanel:
    """A tweet that the person has just approved and can still stop with one press."""

    url: str
    until: datetime
    text: str
    held_by: str


def stoppable(user: User, now: datetime) -> DeliveryQuerySet:
    """Everything that `user` approved within the stop window and that has not gone out."""
    return Delivery.objects.filter(
        approved_by=user, approved_at__gt=now - settings.STOP_WINDOW, state=DeliveryState.QUEUED
    )


def stop_panels(user: User, now: datetime) -> list[StopPanel]:
    """One for each that is stoppable, oldest first."""
    mine = list(stoppable(user, now).with_people().order_by("approved_at", "pk"))
    if not mine:
        return []
    holds = list(Hold.objects.open().select_related("force", "lpt", "account").order_by("pk"))
    return [
        StopPanel(
            url=reverse("approvals:stop", args=[delivery.draft_id]),
            until=delivery.due_at,
            text=Truncator(delivery.draft.text).chars(60),
            held_by=_words_of(holds, delivery.account),
        )
        for delivery in mine
    ]


def hold_words(account: SocialAccount) -> str:
    """What holds the tweets of `account` back, in words; empty when nothing does."""
    return _words_of(Hold.objects.open().covering(account).order_by("pk"), account)


def _words_of(holds: Iterable[Hold], account: SocialAccount) -> str:
    covering = (hold for hold in holds if hold.covers(account))
    hold = next(covering, None)
    return f"{hold.get_kind_display()} for {hold.scope}" if hold else ""
