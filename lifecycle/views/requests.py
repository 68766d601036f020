"""Asking for an account, and deciding on it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import Membership, User
from accounts.roles import TEAM_ROLES
from lifecycle.forms import AnswerForm, RequestForm
from lifecycle.models import AccountRequest
from lifecycle.services import (
    HandleRefused,
    accounts_instead,
    ask,
    create_account,
    decline,
    redirect_to,
    save_request,
    send_back,
    support,
    withdraw_request,
    write_request,
)
from lifecycle.views.steps import Link, lines_of
from lifecycle.workflow import ENDS, MOVES, Move, StaleRequest, State

SHOWN = 50
STALE = "This request changed while you were reading it. Look at it again."
LEFT = "You do not write for {0.team} any more. Anybody there can go on with this request."
SAID = {
    "support": "Supported. Communications decides now.",
    "send_back": "Sent back. They are told what is missing.",
    "decline": "Declined. They are told why.",
    "create": "Created. Now the account has to be made on the platform: the steps are below.",
    "existing": "They are told which account to use.",
    "hashtag": "They are told which hashtag to use.",
}


class Requests(PermittedView):
    """Every request of the own team, for communications every one of the force."""

    permission = "lifecycle.read"

    def get(self, request: Request) -> HttpResponse:
        user = request.user
        mine = AccountRequest.objects.visible_to(user).with_people().newest_first()
        waits = set(AccountRequest.objects.waiting_for(user).values_list("pk", flat=True))
        under_way = mine.exclude(state__in=ENDS)
        context = {
            "waiting": [one for one in under_way if one.pk in waits],
            "under_way": [one for one in under_way if one.pk not in waits],
            "ended": mine.filter(state__in=ENDS)[:SHOWN],
            "may_ask": user.has_perm("lifecycle.request_account"),
        }
        return render(request, "lifecycle/requests.html", context)


class NewRequest(PermittedView):
    permission = "lifecycle.request_account"

    def get(self, request: Request) -> HttpResponse:
        return self._show(self._form())

    def post(self, request: Request) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        now = timezone.now()
        asked = write_request(form.wish(), membership=self._membership(), now=now)
        return _kept(request, form, asked)

    def _form(self, data: Any = None) -> RequestForm:
        membership = self._membership()
        return RequestForm(data, force=membership.force, lpt=membership.lpt)

    def _membership(self) -> Membership:
        """The team in which this person asks."""
        mine = self.request.user.current_memberships
        return next(membership for membership in mine if membership.role in TEAM_ROLES)

    def _show(self, form: RequestForm, status: int = 200) -> HttpResponse:
        return render(self.request, "lifecycle/request_form.html", {"form": form}, status=status)


def _kept(request: Request, form: RequestForm, asked: AccountRequest) -> HttpResponse:
    """Hand in what was just saved, if that was the button."""
    if not form.is_asking:
        messages.success(request, "Saved. Nobody is asked yet.")
        return redirect(asked)
    try:
        ask(asked, actor=request.user, now=timezone.now())
    except HandleRefused as wrong:
        messages.warning(request, str(wrong))
    except StaleRequest:
        messages.warning(request, STALE)
    else:
        messages.success(request, _sent(asked))
    return redirect(asked)


def _sent(asked: AccountRequest) -> str:
    if asked.is_supervised:
        return "Sent. Your supervisor is told; then communications decides."
    if asked.supporters():
        return "Sent. Nobody else supervises your team: communications is told and decides."
    return "Sent. Nobody can decide on it yet: the comms admins are told."


class _OfARequest(PermittedView):
    def asked(self, pk: int) -> AccountRequest:
        mine = AccountRequest.objects.visible_to(self.request.user).with_people()
        return get_object_or_404(mine, pk=pk)

    def own(self, pk: int) -> AccountRequest:
        """One that this person may change, or wrote before they left the team."""
        asked = self.asked(pk)
        user = self.request.user
        if user.pk not in asked.authors and not user.has_perm(self.permission, asked):
            raise Http404
        return asked

    def gone_on(self, asked: AccountRequest) -> HttpResponse:
        """Whoever wrote it has left the team: it is not theirs to change any more."""
        messages.warning(self.request, LEFT.format(asked))
        return redirect(asked)


class EditRequest(_OfARequest):
    """A request that is being written, by whoever wrote it."""

    permission = "lifecycle.request_account"

    def get(self, request: Request, pk: int) -> HttpResponse:
        asked = self.own(pk)
        if asked.state != State.DRAFT:
            return redirect(asked)
        if not request.user.has_perm(self.permission, asked):
            return self.gone_on(asked)
        form = RequestForm(force=asked.force, lpt=asked.lpt, request=asked)
        return self._show(form, asked)

    def post(self, request: Request, pk: int) -> HttpResponse:
        asked = self.own(pk)
        form = RequestForm(request.POST, force=asked.force, lpt=asked.lpt)
        if not form.is_valid():
            return self._show(form, asked, status=422)
        try:
            save_request(asked, form.wish(), actor=request.user, now=timezone.now())
        except StaleRequest:
            messages.warning(request, "This request is with others now: nobody can change it.")
            return redirect(asked)
        except PermissionDenied:
            # What they have just typed stays in front of them.
            form.add_error(None, LEFT.format(asked))
            return self._show(form, asked, status=409)
        return _kept(request, form, asked)

    def _show(self, form: RequestForm, asked: AccountRequest, status: int = 200) -> HttpResponse:
        context = {"form": form, "asked": asked}
        return render(self.request, "lifecycle/request_form.html", context, status=status)


def _answer_form(asked: AccountRequest, user: User, data: Any = None) -> AnswerForm | None:
    """The decision that waits for this person, if one does."""
    if not AccountRequest.objects.waiting_for(user).filter(pk=asked.pk).exists():
        return None
    return AnswerForm(data, request=asked, instead=accounts_instead(asked))


class RequestPage(_OfARequest):
    """One request: the business case, who said what, and the launch."""

    permission = "lifecycle.read"

    def get(self, request: Request, pk: int) -> HttpResponse:
        asked = self.asked(pk)
        return self.show(asked, _answer_form(asked, request.user))

    def show(
        self, asked: AccountRequest, form: AnswerForm | None, status: int = 200
    ) -> HttpResponse:
        user = self.request.user
        is_own = user.has_perm("lifecycle.request_account", asked)
        steps = asked.steps.with_process().in_order()
        context = {
            "asked": asked,
            "form": form,
            "deciders": asked.deciders(),
            "is_anybodys": asked.state not in ENDS
            and asked.has_lost_its_asker(on=timezone.localdate()),
            "steps": lines_of(steps, user, links=_links(asked, user), now=timezone.now()),
            "may_edit": is_own and asked.state == State.DRAFT,
            "may_withdraw": is_own and asked.state in MOVES[Move.WITHDRAW].sources,
        }
        return render(self.request, "lifecycle/request.html", context, status=status)


def _links(asked: AccountRequest, user: User) -> dict[str, list[Link]]:
    links = {}
    if asked.account and user.has_perm("publishing.connect", asked.account):
        address = reverse("publishing:credentials", args=[asked.account.pk])
        links["connect"] = [Link("Store the credentials", address)]
    if asked.lpt and asked.lpt.team_page:
        links["link"] = [Link("The team’s page", asked.lpt.team_page)]
    return links


class AnswerRequest(RequestPage):
    permission = "lifecycle.answer_request"

    def get(self, request: Request, pk: int) -> HttpResponse:
        return redirect(self.asked(pk))

    def post(self, request: Request, pk: int) -> HttpResponse:
        asked = self.asked(pk)
        form = _answer_form(asked, request.user, request.POST)
        if form is None:
            messages.warning(request, "This request does not wait for your decision.")
            return redirect(asked)
        if not form.is_valid():
            return self.show(asked, form, status=422)
        try:
            _decide(asked, form, request.user)
        except StaleRequest:
            messages.warning(request, STALE)
        except HandleRefused as wrong:
            form.add_error("handle", str(wrong))
            return self.show(asked, form, status=422)
        else:
            messages.success(request, SAID[form.cleaned_data["verdict"]])
        return redirect(asked)


def _decide(asked: AccountRequest, form: AnswerForm, user: User) -> None:
    """Do what was chosen. Raises StaleRequest, HandleRefused."""
    said = form.cleaned_data
    about: dict[str, Any] = {
        "actor": user, "words": said["words"], "seen": said["seen"], "now": timezone.now(),
    }  # fmt: skip
    match said["verdict"]:
        case "support":
            support(asked, **about)
        case "create":
            create_account(asked, handle=said["handle"], **about)
        case "existing":
            redirect_to(asked, form.instead[said["existing"]], **about)
        case "hashtag":
            redirect_to(asked, said["hashtag"], **about)
        case "send_back":
            send_back(asked, **about)
        case _:
            decline(asked, **about)


class WithdrawRequest(_OfARequest):
    permission = "lifecycle.request_account"

    def post(self, request: Request, pk: int) -> HttpResponse:
        asked = self.own(pk)
        try:
            withdraw_request(asked, actor=request.user, now=timezone.now())
        except PermissionDenied:
            return self.gone_on(asked)
        except StaleRequest:
            messages.warning(request, "Somebody has decided on it already.")
        else:
            messages.success(request, "Withdrawn.")
        return redirect(asked)
