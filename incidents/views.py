"""The red button: holds and critical incidents."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from incidents.forms import HoldForm
from incidents.models import Hold, HoldKind
from incidents.services import AlreadyReleased, place, release


def _holds(request: Request) -> list[Hold]:
    forces = {membership.force_id for membership in request.user.current_memberships}
    return [hold for force in sorted(forces) for hold in Hold.objects.in_force(force)]


class Holds(PermittedView):
    """What is on, what was, and the form that places another."""

    permission = "incidents.read"

    def get(self, request: Request) -> HttpResponse:
        return self._show(HoldForm(user=request.user))

    def post(self, request: Request) -> HttpResponse:
        if not request.user.has_perm("incidents.place"):
            raise PermissionDenied
        form = HoldForm(request.POST, user=request.user)
        if not form.is_valid():
            return self._show(form, status=422)
        hold = place(
            kind=HoldKind(form.cleaned_data["kind"]),
            scope=form.chosen_scope(),
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        )
        messages.success(
            request,
            f"{hold.get_kind_display()} for {hold.scope} is on. Nothing of theirs goes out from now"
            " on. What was already on its way stands below under “On its way”, if there was any.",
        )
        return redirect("publishing:deliveries")

    def _show(self, form: HoldForm, status: int = 200) -> HttpResponse:
        user, holds = self.request.user, _holds(self.request)
        context = {
            "form": form if user.has_perm("incidents.place") else None,
            "active": [
                {"hold": hold, "may_release": user.has_perm("incidents.release", hold)}
                for hold in holds
                if hold.released_at is None
            ],
            "past": [hold for hold in holds if hold.released_at][:20],
        }
        return render(self.request, "incidents/list.html", context, status=status)


class Release(PermittedView):
    permission = "incidents.release"
    reauthenticates = True

    def post(self, request: Request, pk: int) -> HttpResponse:
        hold = next((hold for hold in _holds(request) if hold.pk == pk), None)
        if hold is None:
            raise Http404
        try:
            release(hold, actor=request.user, now=timezone.now())
        except AlreadyReleased:
            messages.warning(request, "Somebody else has released this already.")
        else:
            messages.success(
                request,
                f"{hold.get_kind_display()} for {hold.scope} has ended. Nothing goes out in a"
                " burst: what is past its time is missed and comes back to people.",
            )
        return redirect("incidents:list")
