"""Which publisher an account goes out by."""

from contextlib import suppress
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import SocialAccount, User
from audit.services import record
from audit.verbs import Verb
from publishing.models import Delivery, TakeDown, TimelineReading
from publishing.publishers import publishers
from publishing.workflow import LostLease, Move, State

# Only the publisher that was asked first can say what became of these.
UNDER_WAY = [State.SENDING, State.UNKNOWN]


class StillUnderWay(Exception):
    """Something of this account is on its way or being taken down by the present publisher."""


class PublisherChanged(Exception):
    """Somebody else has chosen another publisher meanwhile."""


def choices_for(account: SocialAccount) -> list[str]:
    """The aliases of the publishers that serve the platform of `account`."""
    return [alias for alias in publishers if serves(alias, account.platform)]


def serves(alias: str, platform: str) -> bool:
    """Whether there is such a publisher and it sends to this platform."""
    publisher = publishers.get(alias)
    return publisher is not None and publisher.serves in ("", platform)


def practises(alias: str) -> bool:
    """Whether nothing that goes out by this publisher is public."""
    publisher = publishers.get(alias)
    return publisher is not None and publisher.is_practice


def choose_publisher(
    account: SocialAccount, alias: str, *, seen: str, actor: User, now: datetime
) -> None:
    """Send by `alias` from now on, in the place of `seen`.

    Raises StillUnderWay, PublisherChanged, PermissionDenied, and ValueError for a publisher of
    another platform.
    """
    if not actor.has_perm("publishing.connect", account):
        raise PermissionDenied
    if alias not in choices_for(account):
        message = f"{alias} does not serve this account."
        raise ValueError(message)
    if alias == seen:
        return
    with transaction.atomic():
        # ARM waits for this row: what is not yet on its way stays where it is until the commit.
        chosen = SocialAccount.objects.filter(pk=account.pk, publisher=seen)
        if not chosen.update(publisher=alias, lock=F("lock") + 1):
            raise PublisherChanged
        mine = Delivery.objects.filter(account=account)
        taking_down = TakeDown.objects.open().filter(delivery__account=account)
        if mine.filter(state__in=UNDER_WAY).exists() or taking_down.exists():
            raise StillUnderWay
        # Whoever has claimed one knows the account as it was: under a new fence it is loaded anew.
        # Those that wait first, so that nobody claims another meanwhile.
        mine.filter(state=State.QUEUED).update(fence=F("fence") + 1)
        for delivery in mine.filter(state=State.CLAIMED).order_by("pk"):
            with suppress(LostLease):
                Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence).move(
                    Move.RELEASE, fence=delivery.fence + 1, lease_until=None, owner="", next_at=now
                )
        # Another timeline: what was there before is no finding.
        TimelineReading.objects.filter(account=account).delete()
        record(Verb.PUBLISHER_CHOSEN, account, actor=actor, at=now, before=seen, publisher=alias)
