"""The force's settings and its teams, as a comms admin keeps them."""

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Request
from accounts.forms import ForceForm, TeamForm
from accounts.guidance import guidance
from accounts.models import LPT, AccountStatus, Membership, SocialAccount
from accounts.seen import OVERTAKEN
from accounts.services import (
    ForceDetails,
    OrganisingRefused,
    OvertakenChange,
    TeamDetails,
    add_team,
    change_force,
    change_team,
    close_team,
    put_guidance_in_force,
)
from accounts.views.frames import OfAForce


class Teams(OfAForce):
    """Every team with its accounts and how many people it has, and the accounts of no team."""

    permission = "accounts.keep_teams"

    def get(self, request: Request) -> HttpResponse:
        words = request.GET.get("q", "")[:100]
        today = timezone.localdate()
        present = Q(memberships__until=None) | Q(memberships__until__gte=today)
        here = present & Q(memberships__since__lte=today, memberships__person__is_active=True)
        accounts = SocialAccount.objects.in_order()
        teams = (
            LPT.objects.filter(force=self.force)
            .annotate(people=Count("memberships__person", filter=here, distinct=True))
            .prefetch_related(Prefetch("accounts", queryset=accounts))
            .select_related("merged_into")
            .in_order()
        )
        of_no_team = accounts.filter(force=self.force, lpt=None)
        for word in words.split()[:6]:
            teams = teams.filter(
                Q(name__icontains=word)
                | Q(pk__in=accounts.filter(handle__icontains=word).values("lpt"))
            )
            of_no_team = of_no_team.filter(handle__icontains=word)
        context = {
            "force": self.force,
            "words": words,
            "open": [team for team in teams if team.closed_on is None],
            "closed": [team for team in teams if team.closed_on is not None],
            "of_no_team": of_no_team,
            "guidance": guidance(),
        }
        return render(request, "accounts/teams.html", context)


class AddTeam(OfAForce):
    permission = "accounts.keep_teams"

    def get(self, request: Request) -> HttpResponse:
        return self._show(TeamForm(details=TeamDetails("")))

    def post(self, request: Request) -> HttpResponse:
        form = TeamForm(request.POST, details=TeamDetails(""))
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            team = add_team(self.force, form.details, actor=request.user, now=timezone.now())
        except OrganisingRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
            return self._show(form, status=422)
        if back := self.back_to_the_list():
            messages.success(request, f"{team} is there. Add the next team, or go on below.")
            return back
        messages.success(request, f"{team} is there. Give it an account and people now.")
        return redirect("people:team", team.pk)

    def _show(self, form: TeamForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "title": "Add a team", "from_begin": self.from_begin}
        return render(self.request, "accounts/change_team.html", context, status=status)


class Team(OfAForce):
    """One team: its details, its accounts and who is in it."""

    permission = "accounts.keep_teams"

    def get(self, request: Request, pk: int) -> HttpResponse:
        team = self.team(pk)
        rows = Membership.objects.filter(lpt=team, person__is_active=True)
        present = rows.filter(Q(until=None) | Q(until__gte=timezone.localdate()))
        context = {
            "team": team,
            "accounts": team.accounts.in_order(),
            "can_close": not team.accounts.exclude(status=AccountStatus.CLOSED).exists(),
            "people": present.select_related("person").order_by("person__full_name", "pk"),
            "today": timezone.localdate(),
        }
        return render(request, "accounts/team.html", context)


class ChangeTeam(OfAForce):
    permission = "accounts.keep_teams"

    def get(self, request: Request, pk: int) -> HttpResponse:
        team = self.team(pk)
        return self._show(team, TeamForm(details=_details(team)))

    def post(self, request: Request, pk: int) -> HttpResponse:
        team = self.team(pk)
        there = _details(team)
        form = TeamForm(request.POST, details=there)
        if not form.is_valid():
            return self._show(team, form, status=422)
        if not form.has_seen(there):
            return self._overtaken(team)
        try:
            change_team(team, form.details, seen=there, actor=request.user, now=timezone.now())
        except OvertakenChange:
            return self._overtaken(team)
        except OrganisingRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
            return self._show(team, form, status=422)
        messages.success(request, "Saved.")
        return redirect("people:team", team.pk)

    def _overtaken(self, team: LPT) -> HttpResponse:
        team.refresh_from_db()
        messages.warning(self.request, OVERTAKEN)
        return self._show(team, TeamForm(details=_details(team)), status=409)

    def _show(self, team: LPT, form: TeamForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "team": team, "title": f"Change {team}"}
        return render(self.request, "accounts/change_team.html", context, status=status)


class CloseTeam(OfAForce):
    """Closing a team that nobody is in."""

    permission = "accounts.keep_teams"

    def post(self, request: Request, pk: int) -> HttpResponse:
        team = self.team(pk)
        try:
            close_team(team, actor=request.user, now=timezone.now())
        except OrganisingRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("people:team", team.pk)
        messages.success(request, f"{team} is closed. Its history stays.")
        return redirect("people:teams")


class ForceSettings(OfAForce):
    """What holds for the whole force, and the guidance that its people go by."""

    permission = "accounts.keep_teams"
    reauthenticates = True

    def get(self, request: Request) -> HttpResponse:
        return self._show(ForceForm(details=self._details()))

    def post(self, request: Request) -> HttpResponse:
        now = timezone.now()
        if request.POST.get("do") == "guidance":
            put_guidance_in_force(self.force, actor=request.user, now=now)
            messages.success(request, "In force. People see on My desk what they have to do.")
            return redirect("people:force")
        there = self._details()
        form = ForceForm(request.POST, details=there)
        if not form.is_valid():
            return self._show(form, status=422)
        if not form.has_seen(there):
            return self._overtaken()
        try:
            change_force(self.force, form.details, seen=there, actor=request.user, now=now)
        except OvertakenChange:
            return self._overtaken()
        messages.success(request, "Saved.")
        return redirect("people:force")

    def _overtaken(self) -> HttpResponse:
        self.force.refresh_from_db()
        messages.warning(self.request, OVERTAKEN)
        return self._show(ForceForm(details=self._details()), status=409)

    def _details(self) -> ForceDetails:
        force = self.force
        return ForceDetails(force.comms_email, force.comms_phone, list(force.mail_domains))

    def _show(self, form: ForceForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "force": self.force, "guidance": guidance()}
        return render(self.request, "accounts/force.html", context, status=status)


def _details(team: LPT) -> TeamDetails:
    return TeamDetails(**{name: getattr(team, name) for name in TeamDetails.__dataclass_fields__})
