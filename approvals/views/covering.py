"""Who decides in whose place while somebody is away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from approvals.forms import DelegateForm
from approvals.models import Delegation
from approvals.services import CannotDelegate, delegate, end_delegation


class Cover(PermittedView):
    """One's own absences, and those of others that one stands in for."""

    permission = "approvals.delegate"

    def get(self, request: Request) -> HttpResponse:
        return self._show(DelegateForm(user=request.user))

    def post(self, request: Request) -> HttpResponse:
        form = DelegateForm(request.POST, user=request.user)
        if not form.is_valid():
            return self._show(form, status=422)
        chosen = form.cleaned_data
        try:
            delegation = delegate(
                request.user,
                to=chosen["person"],
                since=chosen["since"],
                until=chosen["until"],
                reason=chosen["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except CannotDelegate as refusal:
            form.add_error("until", str(refusal))
            return self._show(form, status=422)
        messages.success(request, f"{delegation.person} decides in your place on these days.")
        return redirect("approvals:cover")

    def _show(self, form: DelegateForm, status: int = 200) -> HttpResponse:
        user, today = self.request.user, timezone.localdate()
        lasting = Delegation.objects.filter(until__gte=today, ended_at=None).order_by("since", "pk")
        context = {
            "form": form,
            "given": lasting.filter(absent=user).select_related("person"),
            "taken": lasting.filter(person=user).select_related("absent"),
        }
        return render(self.request, "approvals/cover.html", context, status=status)


class EndCover(PermittedView):
    permission = "approvals.delegate"

    def post(self, request: Request, pk: int) -> HttpResponse:
        delegation = Delegation.objects.filter(pk=pk, absent=request.user).first()
        if delegation is None:
            raise Http404
        end_delegation(delegation, actor=request.user, now=timezone.now())
        messages.success(request, f"{delegation.person} no longer decides in your place.")
        return redirect("approvals:cover")
