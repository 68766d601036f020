"""Accounts on which nobody tweets."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from lifecycle.forms import KeepForm
from lifecycle.models import Silence
from lifecycle.services import AlreadyAnswered, days_of_silence, keep

LEVELS = {1: "The team is told", 2: "Communications is told", 3: "Proposed to close"}


@dataclass(frozen=True, slots=True)
class SilenceLine:
    """One silent account; the form only where this person can keep it."""

    silence: Silence
    level: str
    form: KeepForm | None


class Silent(PermittedView):
    """Every account that has been silent for long, the longest first."""

    permission = "lifecycle.read"

    def get(self, request: Request) -> HttpResponse:
        return self.show()

    def show(self, failed: tuple[int, KeepForm] | None = None, status: int = 200) -> HttpResponse:
        standing = Silence.objects.standing().visible_to(self.request.user)
        rows = standing.select_related("account__force", "account__lpt", "kept_by")
        context = {
            "lines": [self._line(row, failed) for row in rows.order_by("since", "pk")],
            "failed_form": failed[1] if failed else None,
            "days": days_of_silence(self.request.user.current_memberships[0].force),
        }
        return render(self.request, "lifecycle/silent.html", context, status=status)

    def _line(self, silence: Silence, failed: tuple[int, KeepForm] | None) -> SilenceLine:
        form = None
        is_open = silence.level == len(LEVELS) and silence.kept_at is None
        if is_open and self.request.user.has_perm("lifecycle.keep_silent", silence.account):
            is_failed = failed is not None and failed[0] == silence.pk
            form = failed[1] if failed and is_failed else KeepForm(silence=silence.pk)
        return SilenceLine(silence, LEVELS[silence.level], form)


class Keep(Silent):
    permission = "lifecycle.keep_silent"

    def get(self, request: Request, pk: int) -> HttpResponse:  # type: ignore[override]
        return redirect("lifecycle:silent")

    def post(self, request: Request, pk: int) -> HttpResponse:
        mine = Silence.objects.visible_to(request.user).select_related("account")
        silence = get_object_or_404(mine, pk=pk)
        form = KeepForm(request.POST, silence=silence.pk)
        if not form.is_valid():
            return self.show(failed=(silence.pk, form), status=422)
        because = form.cleaned_data["because"]
        try:
            keep(silence, actor=request.user, because=because, now=timezone.now())
        except AlreadyAnswered:
            messages.warning(request, "Somebody else has answered, or somebody has tweeted there.")
        else:
            messages.success(request, f"{silence.account} is kept. It is not proposed again.")
        return redirect("lifecycle:silent")
