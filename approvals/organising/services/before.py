"""What has to be true of accounts before anything about them is organised anew."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db.models import F

from accounts.models import LPT, Force, SocialAccount, User
from accounts.services import OrganisingRefused
from incidents.models import Hold
from publishing.models import Delivery
from publishing.workflow import ENDS

KEEP = "accounts.keep_teams"


def may_keep(actor: User, force: Force) -> None:
    """Raises PermissionDenied for whoever does not keep the force's teams."""
    if not actor.has_perm(KEEP, force):
        raise PermissionDenied


def take_locks(accounts: Sequence[SocialAccount]) -> None:
    """Let nothing go out by these until the transaction ends."""
    # The dispatcher reads these rows FOR SHARE before it arms.
    keys = [account.pk for account in accounts]
    SocialAccount.objects.filter(pk__in=keys).update(lock=F("lock") + 1)


def nothing_goes_out(accounts: Sequence[SocialAccount]) -> None:
    """Raises OrganisingRefused while a tweet is on its way by one of these."""
    live = Delivery.objects.live().exclude(state__in=ENDS).filter(account__in=accounts)
    if count := live.count():
        names = ", ".join(
            f"@{handle}"
            for handle in live.order_by("account__handle")
            .values_list("account__handle", flat=True)
            .distinct()
        )
        tweets = "One tweet is" if count == 1 else f"{count} tweets are"
        raise OrganisingRefused(
            f"{tweets} on the way by {names}. Let them go out, or have communications stop them"
            " first."
        )


def no_hold_is_left_behind(team: LPT | None, into: LPT | None) -> None:
    """Raises OrganisingRefused where an account would leave a hold by leaving its team."""
    if team is None:
        return
    hold = Hold.objects.open().filter(lpt=team).first()
    if hold and team != into:
        raise OrganisingRefused(
            f"{hold.get_kind_display()} over {team} is on. Have it released first."
        )
