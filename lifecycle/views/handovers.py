"""Handing accounts over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import AccountStatus, SocialAccount, User
from drafts.services import NotReady
from lifecycle.forms import HandoverForm
from lifecycle.models import Handover
from lifecycle.reach import within
from lifecycle.services import (
    HandleRefused,
    HasEnded,
    UnderWay,
    WrongSuccessor,
    begin_handover,
    call_off,
    credentials_said,
    lost_successor,
    pending_drafts,
    start_farewell,
    take_over_drafts,
    team_of,
)
from lifecycle.views.steps import Link, lines_of

SHOWN = 50
ENDED = "This handover has ended."


class Handovers(PermittedView):
    """What is being handed over, and what was."""

    permission = "lifecycle.read"

    def get(self, request: Request) -> HttpResponse:
        mine = Handover.objects.visible_to(request.user).with_people().with_steps().newest_first()
        context = {"under_way": mine.open(), "ended": mine.exclude(ended_at=None)[:SHOWN]}
        return render(request, "lifecycle/handovers.html", context)


class HandOver(PermittedView):
    """Begin with one account."""

    permission = "lifecycle.hand_over"

    def get(self, request: Request, pk: int) -> HttpResponse:
        account = self._account(pk)
        return self._show(account, self._form(account))

    def post(self, request: Request, pk: int) -> HttpResponse:
        account = self._account(pk)
        form = self._form(account, request.POST)
        if not form.is_valid():
            return self._show(account, form, status=422)
        try:
            handover = begin_handover(
                account, form.parting(), actor=request.user, now=timezone.now()
            )
        except UnderWay as before:
            messages.warning(request, f"{account} is being handed over already.")
            return redirect(before.handover)
        except (HandleRefused, WrongSuccessor) as wrong:
            field = "new_handle" if isinstance(wrong, HandleRefused) else "successor"
            form.add_error(field, str(wrong) or "Choose somebody of the team.")
            return self._show(account, form, status=422)
        messages.success(request, "Begun. Each step below is ticked by whoever does it.")
        return redirect(handover)

    def _account(self, pk: int) -> SocialAccount:
        user = self.request.user
        mine = SocialAccount.objects.filter(within(user)).exclude(status=AccountStatus.CLOSED)
        may = [a.pk for a in mine.filter(pk=pk) if user.has_perm(self.permission, a)]
        return get_object_or_404(mine.select_related("force", "lpt"), pk__in=may)

    def _form(self, account: SocialAccount, data: Any = None) -> HandoverForm:
        today = timezone.localdate()
        team = sorted(team_of(account, on=today), key=lambda person: person.full_name)
        start = {"why": self.request.GET.get("why", ""), "plan": self.request.GET.get("plan", "")}
        return HandoverForm(data, account=account, team=team, today=today, initial=start)

    def _show(self, account: SocialAccount, form: HandoverForm, status: int = 200) -> HttpResponse:
        context = {"account": account, "form": form}
        return render(self.request, "lifecycle/hand_over.html", context, status=status)


class _OfAHandover(PermittedView):
    def handover(self, pk: int) -> Handover:
        mine = Handover.objects.visible_to(self.request.user).with_people()
        return get_object_or_404(mine, pk=pk)


class HandoverPage(_OfAHandover):
    """One handover: what becomes of the account, and its steps."""

    permission = "lifecycle.read"

    def get(self, request: Request, pk: int) -> HttpResponse:
        user, handover, now = request.user, self.handover(pk), timezone.now()
        steps = list(handover.steps.with_process().in_order())
        drafts = [] if handover.ended_at else pending_drafts(handover)
        links = {} if handover.ended_at else _links(handover, user, has_drafts=bool(drafts))
        known = {"credentials": credentials_said(handover)}
        context = {
            "handover": handover,
            "steps": lines_of(steps, user, links=links, known=known, now=now),
            "lost": "" if handover.ended_at else lost_successor(handover, now=now),
            "done": sum(step.done_at is not None for step in steps),
            "drafts": drafts,
            "may_call_off": handover.ended_at is None
            and user.has_perm("lifecycle.hand_over", handover.account),
        }
        return render(request, "lifecycle/handover.html", context)


def _links(handover: Handover, user: User, *, has_drafts: bool) -> dict[str, list[Link]]:
    """Where the work of each step is done, as far as this person may do it."""
    account, links = handover.account, {}
    if user.has_perm("drafts.write", account):
        if has_drafts and user != handover.person:
            take = reverse("lifecycle:take-over", args=[handover.pk])
            links["drafts"] = [Link("Make them drafts of mine", take, by_post=True)]
        if handover.farewell:
            said = handover.farewell
            state = said.get_state_display().lower()
            links["farewell"] = [Link(f"The farewell tweet: {state}", said.get_absolute_url())]
        else:
            start = reverse("lifecycle:farewell", args=[handover.pk])
            links["farewell"] = [Link("Write the farewell tweet", start, by_post=True)]
    if user.has_perm("publishing.connect", account):
        address = reverse("publishing:credentials", args=[account.pk])
        links["credentials"] = [Link("Store the new credentials", address)]
    return links


class Farewell(_OfAHandover):
    permission = "drafts.write"

    def post(self, request: Request, pk: int) -> HttpResponse:
        handover = self.handover(pk)
        try:
            draft = start_farewell(handover, actor=request.user, now=timezone.now())
        except HasEnded:
            messages.warning(request, ENDED)
            return redirect(handover)
        messages.success(request, "Say it in your own words, then submit it.")
        return redirect("drafts:edit", draft.pk)


class TakeOver(_OfAHandover):
    permission = "drafts.write"

    def post(self, request: Request, pk: int) -> HttpResponse:
        handover = self.handover(pk)
        if request.user == handover.person:
            messages.warning(request, "Whoever takes over takes the drafts, not who goes.")
            return redirect(handover)
        try:
            number = take_over_drafts(handover, actor=request.user, now=timezone.now())
        except HasEnded:
            messages.warning(request, ENDED)
            return redirect(handover)
        except NotReady as lacking:
            messages.warning(request, f"You cannot take over drafts in review yet. {lacking}")
            return redirect(handover)
        if not number:
            messages.warning(request, "There was no draft that you could take over.")
            return redirect(handover)
        taken = "1 draft is" if number == 1 else f"{number} drafts are"
        messages.success(request, f"{taken} yours now, under Team drafts.")
        return redirect(handover)


class CallOff(_OfAHandover):
    permission = "lifecycle.hand_over"

    def post(self, request: Request, pk: int) -> HttpResponse:
        handover = self.handover(pk)
        try:
            call_off(handover, actor=request.user, now=timezone.now())
        except HasEnded:
            messages.warning(request, ENDED)
        else:
            messages.success(request, "Called off. Everything stays as it was.")
        return redirect(handover)
