"""Versions of the rulebook: what they change, and the way of one into force and back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Request
from accounts.models import Force
from policy.forms import ReasonForm, SeenForm
from policy.models import PackVersion
from policy.services import (
    VersionRefused,
    activate,
    active_version,
    carry_over,
    compared,
    decline,
    drop_changes,
    file_pack,
    is_overtaken,
    last_trial,
    name_of,
    propose,
    put_back,
    told,
)
from policy.views.editing import DeskView
from policy.workflow import StaleVersion, State

CHANGED = "This version changed while you were looking at it. Look at it once more."


def visible_version(force: Force, pk: int, request: Request) -> PackVersion:
    """A version of the force; what another owner is still preparing is theirs alone."""
    version = (
        PackVersion.objects.of(force)
        .select_related("force", "author", "activated_by", "ended_by", "based_on")
        .filter(pk=pk)
        .first()
    )
    if version is None or (version.state == State.DRAFT and version.author_id != request.user.pk):
        raise Http404
    return version


class Versions(DeskView):
    """Every version there was, newest first, and the way back to one of them."""

    def get(self, request: Request) -> HttpResponse:
        context = {
            "versions": PackVersion.objects.of(self.force).numbered(),
            "active": active_version(self.force),
            "file_version": file_pack(self.force).version,
            "version": self.version,
        }
        return render(request, "policy/versions.html", context)

    def post(self, request: Request) -> HttpResponse:
        number = request.POST.get("number", "")
        if not (number.isdecimal() and number.isascii() and len(number) < 10):
            raise Http404
        try:
            version = put_back(self.force, int(number), actor=request.user, now=timezone.now())
        except VersionRefused as refusal:
            messages.warning(request, str(refusal))
        except StaleVersion:
            messages.warning(request, CHANGED)
        else:
            messages.success(
                request,
                f"Version {number} is proposed again as version {version.number}. Another policy"
                " owner puts it in force.",
            )
            return redirect(version)
        return redirect("rules:versions")


class Version(DeskView):
    """One version: what it changes, its trial, and what can be done with it now."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        version = visible_version(self.force, pk, request)
        return self._show(version, ReasonForm(seen=version.edits))

    def post(self, request: Request, pk: int) -> HttpResponse:
        version = visible_version(self.force, pk, request)
        moves: dict[str, Callable[[PackVersion], HttpResponse]] = {
            "propose": self._propose,
            "activate": self._activate,
            "decline": self._decline,
            "carry-over": self._carry_over,
            "drop": self._drop,
        }
        move = moves.get(request.POST.get("do", ""))
        if move is None:
            messages.warning(request, "Choose what to do with this version.")
            return redirect(version)
        try:
            return move(version)
        except VersionRefused as refusal:
            messages.warning(request, str(refusal))
        except StaleVersion:
            messages.warning(request, CHANGED)
        return redirect(version)

    def _show(self, version: PackVersion, form: ReasonForm, status: int = 200) -> HttpResponse:
        own = version.author_id == self.request.user.pk
        trial, active = last_trial(version), active_version(self.force)
        waits = version.state == State.PROPOSED
        overtaken = version.state in (State.DRAFT, State.PROPOSED) and is_overtaken(version)
        context: dict[str, Any] = {
            "shown": version,
            "changes": compared(version),
            "follows": name_of(version.based_on, self.force),
            "in_force": name_of(active, self.force),
            "trial": trial,
            "told": told(trial) if trial else [],
            "is_own": own,
            "is_overtaken": overtaken,
            "may_activate": waits and not own and trial and not overtaken,
            "form": form if version.state == State.DRAFT else None,
        }
        return render(self.request, "policy/version.html", context, status=status)

    def _propose(self, version: PackVersion) -> HttpResponse:
        form = ReasonForm(self.request.POST, seen=version.edits)
        if not form.is_valid():
            return self._show(version, form, status=422)
        typed = form.cleaned_data
        try:
            propose(
                version,
                actor=self.request.user,
                reason=typed["reason"],
                seen=typed["seen"],
                now=timezone.now(),
            )
        except (StaleVersion, VersionRefused) as problem:
            self.refused(form, problem)
            return self._show(version, form, status=422)
        messages.success(
            self.request,
            f"Proposed as version {version.number}. Another policy owner puts it in force.",
        )
        return redirect(version)

    def _activate(self, version: PackVersion) -> HttpResponse:
        seen = self.request.POST.get("content_hash", "")
        activate(version, actor=self.request.user, seen=seen, now=timezone.now())
        messages.success(
            self.request,
            f"Version {version.number} is in force. Every check from now on uses it.",
        )
        return redirect(version)

    def _decline(self, version: PackVersion) -> HttpResponse:
        decline(version, actor=self.request.user, now=timezone.now())
        messages.success(self.request, f"Version {version.number} will not come into force.")
        return redirect(version)

    def _carry_over(self, version: PackVersion) -> HttpResponse:
        own = carry_over(version, actor=self.request.user, now=timezone.now())
        messages.success(self.request, "The changes stand in the version that you prepare.")
        return redirect(own)

    def _drop(self, version: PackVersion) -> HttpResponse:
        form = SeenForm(self.request.POST, seen=version.edits)
        if not form.is_valid():
            raise StaleVersion
        drop_changes(version, actor=self.request.user, seen=form.cleaned_data["seen"])
        messages.success(self.request, "Your changes are dropped.")
        return redirect("rules:versions")
