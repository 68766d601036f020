"""What every page shares that puts something into the vault, opens it or leads elsewhere."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from accounts.access import PermittedView, Request
from accounts.models import AccountStatus, SocialAccount


def accounts_for(request: Request, permission: str) -> QuerySet[SocialAccount]:
    """The accounts that this person has `permission` for, but for closed ones."""
    forces = {membership.force_id for membership in request.user.current_memberships}
    mine = [
        account.pk
        for account in SocialAccount.objects.filter(force__in=forces)
        if request.user.has_perm(permission, account)
    ]
    return (
        SocialAccount.objects.filter(pk__in=mine)
        .exclude(status=AccountStatus.CLOSED)
        .select_related("force", "lpt", "credential__changed_by", "reading")
        .in_order()
    )


def account_for(request: Request, permission: str, pk: int) -> SocialAccount:
    """One of them. Raises Http404."""
    account = accounts_for(request, permission).filter(pk=pk).first()
    if account is None:
        raise Http404
    return account


@method_decorator(sensitive_post_parameters(), name="dispatch")
class VaultDoor(PermittedView):
    """A page behind which credentials are stored, fetched or shown.

    What such a page asks beyond its permission is said here, and nowhere else.
    """

    permission = "publishing.connect"
    reauthenticates = True
