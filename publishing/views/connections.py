"""The comms admin's pages: which account publishes where, its credentials, whether they work."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import Platform, SocialAccount
from publishing.forms import ConnectForm, CredentialsForm, PublisherForm
from publishing.models import Credential, Reveal, TimelineReading
from publishing.services import (
    CannotAsk,
    CannotConnect,
    Needs,
    NoKeys,
    PublisherChanged,
    StillUnderWay,
    WayOver,
    begin_connecting,
    can_be_connected,
    check_connection,
    choices_for,
    choose_publisher,
    finish_connecting,
    has_its_key,
    host_of,
    must_be_changed,
    needs_of,
    practises,
    store_credentials,
)
from publishing.views.vault_door import VaultDoor, account_for, accounts_for

PERMISSION = "publishing.connect"
NO_KEYS = "Credentials cannot be kept here: PUBLISHER_KEYS is not set. Ask whoever runs Blue Lamp."
OVER = (
    "This way back has ended: it was used before, is older than ten minutes, or was begun by"
    " somebody else. Nothing was changed. Press Connect again."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One account on the page."""

    account: SocialAccount
    needs: Needs | None
    kept: Credential | None
    #: By which its present credentials were shown to a person.
    seen: Reveal | None
    can_be_connected: bool
    practises: bool
    #: Why its timeline was not read when it was last tried; empty: it was.
    unread_why: str

    @property
    def key_is_lost(self) -> bool:
        return self.kept is not None and not has_its_key(self.kept)


def _line(account: SocialAccount) -> Line:
    kept: Credential | None = getattr(account, "credential", None)
    reading: TimelineReading | None = getattr(account, "reading", None)
    return Line(
        account,
        needs_of(account),
        kept,
        must_be_changed(account, kept) if kept else None,
        can_be_connected=can_be_connected(account),
        practises=practises(account.publisher),
        unread_why=reading.last_error if reading else "",
    )


class Connections(PermittedView):
    """Every account with its publisher, and whether its credentials are stored."""

    permission = PERMISSION

    def get(self, request: Request) -> HttpResponse:
        lines = [_line(account) for account in accounts_for(request, PERMISSION)]
        context = {
            "lines": lines,
            "lost": [line for line in lines if line.key_is_lost],
            "from_begin": request.GET.get("from") == "begin",
        }
        return render(request, "publishing/connections.html", context)


class CheckConnection(PermittedView):
    """Reads the profile; posts nothing."""

    permission = PERMISSION

    def post(self, request: Request, pk: int) -> HttpResponse:
        account = account_for(request, PERMISSION, pk)
        connection = check_connection(account, actor=request.user, now=timezone.now())
        say = messages.success if connection.works else messages.warning
        say(request, f"{account}: {connection.sentence}")
        return redirect("publishing:connections")


class Credentials(VaultDoor):
    """The form that stores an account's credentials in place of the earlier ones."""

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
            store_credentials(
                account,
                form.credentials(),
                actor=request.user,
                now=timezone.now(),
                ends_at=_end_of(form),
            )
        except NoKeys:
            form.add_error(None, NO_KEYS)
            return self._show(account, form, status=422)
        messages.success(request, f"Stored for {account}. Test the connection now.")
        return redirect("publishing:connections")

    def _found(self, pk: int) -> tuple[SocialAccount, Needs]:
        account = account_for(self.request, PERMISSION, pk)
        needs = needs_of(account)
        if needs is None:
            raise Http404
        return account, needs

    def _show(
        self, account: SocialAccount, form: CredentialsForm, status: int = 200
    ) -> HttpResponse:
        context = {"account": account, "form": form}
        return render(self.request, "publishing/credentials.html", context, status=status)


def _end_of(form: CredentialsForm) -> datetime | None:
    """The midnight after the last day on which they work."""
    if form.ends_on is None:
        return None
    return timezone.make_aware(datetime.combine(form.ends_on + timedelta(days=1), time()))


class Connect(VaultDoor):
    """The way to the platform's own page, on which access is given."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        account, needs = self._found(pk)
        return self._show(account, ConnectForm(needs=needs))

    def post(self, request: Request, pk: int) -> HttpResponse:
        account, needs = self._found(pk)
        form = ConnectForm(request.POST, needs=needs)
        if not form.is_valid():
            return self._show(account, form, status=422)
        try:
            address = begin_connecting(
                account,
                actor=request.user,
                now=timezone.now(),
                server=form.cleaned_data.get("server", ""),
            )
        except (CannotAsk, CannotConnect, NoKeys) as error:
            form.add_error(None, NO_KEYS if isinstance(error, NoKeys) else str(error))
            return self._show(account, form, status=422)
        # A link and not a redirect: the policy of our pages lets no form lead elsewhere.
        context = {"account": account, "address": address, "host": host_of(address)}
        return render(request, "publishing/connect_away.html", context)

    def _found(self, pk: int) -> tuple[SocialAccount, Needs]:
        account = account_for(self.request, PERMISSION, pk)
        needs = needs_of(account)
        if needs is None or not can_be_connected(account):
            raise Http404
        return account, needs

    def _show(self, account: SocialAccount, form: ConnectForm, status: int = 200) -> HttpResponse:
        context = {"account": account, "form": form}
        return render(self.request, "publishing/connect.html", context, status=status)


class Connected(VaultDoor):
    """Where platforms lead back to. Only a state that this person was given changes anything."""

    # They showed who they are when they set out; what X gives for them is good for half a minute.
    reauthenticates = False

    def get(self, request: Request) -> HttpResponse:
        state, code = (request.GET.get(name, "")[:1000] for name in ("state", "code"))
        try:
            account, connection = finish_connecting(
                state=state, code=code, actor=request.user, now=timezone.now()
            )
        except WayOver:
            messages.warning(request, OVER)
        except NoKeys:
            messages.warning(request, NO_KEYS)
        else:
            say = messages.success if connection.works else messages.warning
            say(request, f"{account}: {connection.sentence}")
        return redirect("publishing:connections")


class ChoosePublisher(VaultDoor):
    """By which publisher an account goes out."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        account = account_for(request, PERMISSION, pk)
        return self._show(account, self._form(account))

    def post(self, request: Request, pk: int) -> HttpResponse:
        account = account_for(request, PERMISSION, pk)
        form = self._form(account, posted=True)
        if not form.is_valid():
            return self._show(account, form, status=422)
        try:
            choose_publisher(
                account,
                form.cleaned_data["publisher"],
                seen=request.POST.get("seen", ""),
                actor=request.user,
                now=timezone.now(),
            )
        except StillUnderWay:
            form.add_error(
                None,
                "A tweet of this account is on its way, or is being taken down. Only the present"
                " publisher can say what became of it: wait until Deliveries says so, then choose.",
            )
            return self._show(account, form, status=409)
        except PublisherChanged:
            messages.warning(request, f"Somebody else changed {account} meanwhile. Look again.")
            return redirect(reverse("publishing:choose-publisher", args=[pk]))
        messages.success(request, f"{account} goes out by “{form.cleaned_data['publisher']}” now.")
        return redirect("publishing:connections")

    def _form(self, account: SocialAccount, *, posted: bool = False) -> PublisherForm:
        return PublisherForm(
            self.request.POST if posted else None,
            choices=[(alias, _words_for(alias, account)) for alias in choices_for(account)],
            chosen=account.publisher,
        )

    def _show(self, account: SocialAccount, form: PublisherForm, status: int = 200) -> HttpResponse:
        context = {"account": account, "form": form}
        return render(self.request, "publishing/choose_publisher.html", context, status=status)


def _words_for(alias: str, account: SocialAccount) -> str:
    """A publisher as people know it."""
    if practises(alias):
        return f"{alias}: for practice, nothing is public"
    return f"{alias}: {Platform(account.platform).label}, for everybody to see"
