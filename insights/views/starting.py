"""Making a force in the browser, before there is anybody who could sign in."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.services import LinkEnded, StartRefused, forces_before, start_force
from insights.forms import StartForm
from insights.views.public import PublicView


@method_decorator(never_cache, name="dispatch")
class StartForce(PublicView):
    """A new force and its first comms admin. The link is the permission: see `startlink`."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            forces_before(token, now=timezone.now())
        except LinkEnded:
            return self._ended()
        return self._show(StartForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        now = timezone.now()
        form = StartForm(request.POST)
        try:
            forces_before(token, now=now)
            if not form.is_valid():
                return self._show(form, status=422)
            person = start_force(
                token, form.beginning, form.details, form.cleaned_data["password"], now=now
            )
        except LinkEnded:
            return self._ended()
        except StartRefused as refusal:
            for field, sentences in refusal.sentences.items():
                form.add_error(field, [*sentences])
            return self._show(form, status=422)
        request.session.flush()
        messages.success(request, f"{form.beginning.name} is there, and you are its comms admin.")
        begin = reverse("approvals:begin")
        response: HttpResponse = perform_login(
            request, person, email_verification="none", redirect_url=begin
        )
        return response

    def _ended(self) -> HttpResponse:
        return render(self.request, "insights/start_ended.html", status=404)

    def _show(self, form: StartForm, status: int = 200) -> HttpResponse:
        return render(self.request, "insights/start_force.html", {"form": form}, status=status)
