"""One's own account, given to be protected."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from policy.core import PackError
from policy.forms import HandleForm
from policy.services import give_handle, handles_in, handles_of, withdraw_handle


class OwnAccount(PermittedView):
    """What this person gave; for those who may see them, what everybody gave."""

    permission = "policy.protect_handle"

    def get(self, request: Request) -> HttpResponse:
        return self._show(HandleForm())

    def post(self, request: Request) -> HttpResponse:
        if "withdraw" in request.POST:
            return self._withdraw(request.POST["withdraw"])
        form = HandleForm(request.POST)
        if form.is_valid():
            try:
                give_handle(request.user, form.cleaned_data["handle"], now=timezone.now())
            except PackError as problem:
                form.add_error("handle", problem.sentence)
            else:
                messages.success(request, "From now on no tweet may mention this account.")
                return redirect("rules:own-account")
        return self._show(form, status=422)

    def _withdraw(self, key: str) -> HttpResponse:
        known = key.isdecimal() and key.isascii() and len(key) < 19
        if known and withdraw_handle(self.request.user, int(key), now=timezone.now()):
            messages.success(self.request, "Taken back. The account is no longer on record.")
        else:
            messages.warning(self.request, "This account was taken back before.")
        return redirect("rules:own-account")

    def _show(self, form: HandleForm, status: int = 200) -> HttpResponse:
        user = self.request.user
        force = user.current_memberships[0].force
        may_see = user.has_perm("policy.see_handles", force)
        context = {
            "form": form,
            "own": handles_of(user),
            "everybody": handles_in(force) if may_see else [],
            "may_see": may_see,
        }
        return render(self.request, "policy/own_account.html", context, status=status)
