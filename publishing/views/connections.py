"""The comms admin's page: which account publishes where, its credentials, and whether they work."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from accounts.access import PermittedView, Request
from accounts.models import AccountStatus, SocialAccount
from publishing.forms import CredentialsForm
from publishing.services import Needs, NoKeys, check_connection, needs_of, store_credentials


@dataclass(frozen=True, slots=True)
class Line:
    """One account on the page."""

    account: SocialAccount
    needs: Needs | None


def _accounts(request: Request) -> QuerySet[SocialAccount]:
    """The accounts that this person may connect."""
    forces = {membership.force_id for membership in request.user.current_memberships}
    mine = [
        account.pk
        for account in SocialAccount.objects.filter(force__in=forces)
        if request.user.has_perm("publishing.connect", account)
    ]
    return (
        SocialAccount.objects.filter(pk__in=mine)
        .exclude(status=AccountStatus.CLOSED)
        .select_related("force", "lpt", "credential__changed_by")
        .in_order()
    )


def _account(request: Request, pk: int) -> SocialAccount:
    account = _accounts(request).filter(pk=pk).first()
    if account is None:
        raise Http404
    return account


class Connections(PermittedView):
    """Every account with its publisher, and whether its credentials are stored."""

    permission = "publishing.connect"

    def get(self, request: Request) -> HttpResponse:
        lines = [Line(account, needs_of(account)) for account in _accounts(request)]
        return render(request, "publishing/connections.html", {"lines": lines})


class CheckConnection(PermittedView):
    """Reads the profile; posts nothing."""

    permission = "publishing.connect"

    def post(self, request: Request, pk: int) -> HttpResponse:
        account = _account(request, pk)
        connection = check_connection(account, actor=request.user, now=timezone.now())
        say = messages.success if connection.works else messages.warning
        say(request, f"{account}: {connection.sentence}")
        return redirect("publishing:connections")


@method_decorator(sensitive_post_parameters(), name="dispatch")
class Credentials(PermittedView):
    """The form that stores an account's credentials in place of the earlier ones."""

    permission = "publishing.connect"
    reauthenticates = True

    def get(self, request: Request, pk: int) -> HttpResponse:
        account, needs = self._found(pk)
        return self._show(account, CredentialsForm(needs=needs))

    def post(self, request: Request, pk: int) -> HttpResponse:
        account, needs = self._found(pk)
        form = CredentialsForm(request.POST, needs=needs)
        if not form.is_valid():
            return self._show(account, form, status=422)
        if not needs.required:
            messages.warning(request, f"{account} needs no credentials.")
            return redirect("publishing:connections")
        try:
            store_credentials(account, form.credentials(), actor=request.user, now=timezone.now())
        except NoKeys:
            form.add_error(
                None, "Credentials cannot be kept here: PUBLISHER_KEYS is not set. Ask whoever"
                " runs Blue Lamp.",
            )  # fmt: skip
            return self._show(account, form, status=422)
        messages.success(request, f"Stored for {account}. Test the connection now.")
        return redirect("publishing:connections")

    def _found(self, pk: int) -> tuple[SocialAccount, Needs]:
        account = _account(self.request, pk)
        needs = needs_of(account)
        if needs is None:
            raise Http404
        return account, needs

    def _show(
        self, account: SocialAccount, form: CredentialsForm, status: int = 200
    ) -> HttpResponse:
        context = {"account": account, "form": form}
        return render(self.request, "publishing/credentials.html", context, status=status)
