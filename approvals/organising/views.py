"""Accounts, merging and closing, leavers, and the sheet of who may post and approve."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Request
from accounts.models import LPT, AccountStatus, Membership, SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES
from accounts.seen import OVERTAKEN
from accounts.services import OrganisingRefused, OvertakenChange, PersonRefused, leaving_of
from accounts.views.frames import OfAForce
from approvals.organising.beginning import begun
from approvals.organising.forms import AccountForm, LeaverForm, MergeForm
from approvals.organising.naming import handle_like
from approvals.organising.services import (
    add_account,
    belongings_of,
    change_account,
    close_account,
    details_of,
    let_go,
    merge_teams,
    reopen_account,
)
from approvals.organising.sheet import sheet_of
from publishing.services import needs_of


class Begin(OfAForce):
    """What is still to do before the force's first tweet can go out."""

    permission = "accounts.keep_teams"

    def get(self, request: Request) -> HttpResponse:
        context = {"force": self.force, "begun": begun(self.force, now=timezone.now())}
        return render(request, "approvals/begin.html", context)


class _OfAccounts(OfAForce):
    permission = "accounts.keep_teams"

    def form(self, data: Any = None, account: SocialAccount | None = None) -> AccountForm:
        team = self.request.GET.get("team", "")
        teams = LPT.objects.open().filter(force=self.force).in_order()
        named = account.lpt if account else next((t for t in teams if str(t.pk) == team), None)
        return AccountForm(
            data,
            details=details_of(account) if account else None,
            teams=teams,
            like=handle_like(self.force, named or (None if account else teams.first())),
            initial={"lpt": team, "kind": "lpt"} if team.isdecimal() and len(team) < 18 else None,
        )

    def account(self, pk: int) -> SocialAccount:
        rows = SocialAccount.objects.filter(force=self.force, pk=pk)
        account = rows.select_related("lpt", "force").first()
        if account is None:
            raise Http404
        return account


class AddAccount(_OfAccounts):
    """A new account for a team, an officer, or the force."""

    def get(self, request: Request) -> HttpResponse:
        return self._show(self.form())

    def post(self, request: Request) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            account = add_account(self.force, form.details, actor=request.user, now=timezone.now())
        except OrganisingRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
            return self._show(form, status=422)
        needs = needs_of(account)
        then = " Connect it under Connections." if needs is None or needs.required else ""
        messages.success(request, f"{account} is there.{then}")
        return self.back_to_the_list() or redirect("approvals:account", account.pk)

    def _show(self, form: AccountForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "from_begin": self.from_begin}
        return render(self.request, "approvals/add_account.html", context, status=status)


class Account(_OfAccounts):
    """One account: what is on record, and closing it."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        account = self.account(pk)
        return self._show(account, self.form(account=account))

    def post(self, request: Request, pk: int) -> HttpResponse:
        account = self.account(pk)
        form = self.form(request.POST, account)
        there = details_of(account)
        if not form.is_valid():
            return self._show(account, form, status=422)
        if not form.has_seen(there):
            return self._overtaken(pk)
        try:
            change_account(
                account, form.details, seen=there, actor=request.user, now=timezone.now()
            )
        except OvertakenChange:
            return self._overtaken(pk)
        except OrganisingRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
            return self._show(account, form, status=422)
        messages.success(request, "Saved.")
        return redirect("approvals:account", account.pk)

    def _overtaken(self, pk: int) -> HttpResponse:
        account = self.account(pk)
        messages.warning(self.request, OVERTAKEN)
        return self._show(account, self.form(account=account), status=409)

    def _show(self, account: SocialAccount, form: AccountForm, status: int = 200) -> HttpResponse:
        context = {
            "account": account,
            "form": form,
            "is_closed": account.status == AccountStatus.CLOSED,
        }
        return render(self.request, "approvals/account.html", context, status=status)


class CloseAccount(_OfAccounts):
    """Closing an account, or opening a closed one again."""

    def post(self, request: Request, pk: int) -> HttpResponse:
        account, now = self.account(pk), timezone.now()
        opens = request.POST.get("do") == "open"
        try:
            if opens:
                reopen_account(account, actor=request.user, now=now)
            else:
                close_account(account, actor=request.user, now=now)
        except OrganisingRefused as refusal:
            messages.error(request, str(refusal))
        else:
            said = "takes drafts again" if opens else "is closed and takes no drafts any more"
            messages.success(request, f"{account} {said}.")
        return redirect("approvals:account", account.pk)


class MergeTeam(OfAForce):
    """Letting another team take on a team's accounts and people."""

    permission = "accounts.keep_teams"

    def get(self, request: Request, pk: int) -> HttpResponse:
        team = self.team(pk)
        return self._show(team, self._form(team))

    def post(self, request: Request, pk: int) -> HttpResponse:
        team = self.team(pk)
        form = self._form(team, request.POST)
        if not form.is_valid():
            return self._show(team, form, status=422)
        into = form.cleaned_data["into"]
        try:
            merge_teams(team, into=into, actor=request.user, now=timezone.now())
        except OrganisingRefused as refusal:
            form.add_error(None, str(refusal))
            return self._show(team, form, status=422)
        messages.success(request, f"{team} is part of {into} now.")
        return redirect("people:team", into.pk)

    def _form(self, team: LPT, data: Any = None) -> MergeForm:
        others = LPT.objects.open().filter(force=self.force).exclude(pk=team.pk)
        return MergeForm(data, teams=others.in_order())

    def _show(self, team: LPT, form: MergeForm, status: int = 200) -> HttpResponse:
        today = timezone.localdate()
        present = Membership.objects.filter(lpt=team, person__is_active=True)
        context = {
            "team": team,
            "form": form,
            "accounts": team.accounts.in_order(),
            "people": User.objects.filter(
                memberships__in=present.filter(Q(until=None) | Q(until__gte=today))
            ).distinct().order_by("full_name", "pk"),
        }  # fmt: skip
        return render(self.request, "approvals/merge_team.html", context, status=status)


class Leaver(OfAForce):
    """Somebody leaves: what is theirs, who goes on with it, and one button."""

    permission = "accounts.keep_people"
    reauthenticates = True

    def get(self, request: Request, pk: int) -> HttpResponse:
        person = self.person(pk)
        if not person.is_active:
            return redirect("people:person", person.pk)
        return self._show(person, self._form(person))

    def post(self, request: Request, pk: int) -> HttpResponse:
        person = self.person(pk)
        form = self._form(person, request.POST)
        if not form.is_valid():
            return self._show(person, form, status=422)
        successor = form.cleaned_data["successor"]
        try:
            let_go(person, successor=successor, actor=request.user, now=timezone.now())
        except PersonRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
            return self._show(person, form, status=422)
        messages.success(
            request,
            f"{person} has left: signed out everywhere, without roles, and off the rota."
            if not person.is_active
            else f"{person} has left {self.force}, and keeps access for another force.",
        )
        if person.is_active:
            return redirect("people:list")
        return redirect("people:person", person.pk)

    def _form(self, person: User, data: Any = None) -> LeaverForm:
        writers = User.objects.holding(TEAM_ROLES | COMMS_REVIEWERS, force_id=self.force.pk)
        return LeaverForm(data, people=writers.exclude(pk=person.pk), on=timezone.localdate())

    def _show(self, person: User, form: LeaverForm, status: int = 200) -> HttpResponse:
        now = timezone.now()
        leaving = leaving_of(person, actor=self.request.user, on=timezone.localdate(now))
        context = {
            "person": person,
            "form": form,
            "force": self.force,
            "leaving": leaving,
            "theirs": belongings_of(person, now=now, leaving=leaving),
        }
        return render(self.request, "approvals/leaver.html", context, status=status)


class Sheet(OfAForce):
    """Who may post and approve where, at a glance and on paper."""

    permission = "accounts.read_routes"

    def get(self, request: Request) -> HttpResponse:
        now = timezone.now()
        lines, everywhere = sheet_of(self.force, now=now)
        context = {
            "force": self.force,
            "lines": lines,
            "everywhere": everywhere,
            "now": now,
            "may_connect": request.user.has_perm("publishing.connect"),
        }
        return render(request, "approvals/sheet.html", context)
