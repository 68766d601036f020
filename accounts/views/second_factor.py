"""Somebody lost their phone: a comms admin removes their second factor."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Request
from accounts.forms import LostFactorForm
from accounts.models import User
from accounts.services import Checked, PersonRefused, take_second_factor
from accounts.sign_in import second_factor
from accounts.views.frames import OfAForce


class LostSecondFactor(OfAForce):
    """How the admin knows that it is them, what happened, and one button."""

    permission = "accounts.keep_people"
    reauthenticates = True

    def get(self, request: Request, pk: int) -> HttpResponse:
        person = self.person(pk)
        if person == request.user or not second_factor.kinds_of(person):
            return redirect("people:person", person.pk)
        return self._show(person, LostFactorForm())

    def post(self, request: Request, pk: int) -> HttpResponse:
        person = self.person(pk)
        form = LostFactorForm(request.POST)
        if not form.is_valid():
            return self._show(person, form, status=422)
        try:
            take_second_factor(
                person,
                force=self.force,
                checked=Checked(form.cleaned_data["checked"]),
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except PersonRefused as refusal:
            form.add_error(None, str(refusal))
            return self._show(person, form, status=422)
        messages.success(
            request,
            f"{person} is signed out everywhere. Tell them to sign in with their password and add"
            " a new second factor.",
        )
        return redirect("people:person", person.pk)

    def _show(self, person: User, form: LostFactorForm, status: int = 200) -> HttpResponse:
        settles, put_at = settings.EMAIL_SETTLES_FOR, person.email_put_at
        context = {
            "put_lately": put_at is not None and put_at > timezone.now() - settles,
            "days": settles.days,
            "form": form,
            "person": person,
            "factors": second_factor.kinds_of(person),
            "must_have_one": second_factor.must_have_one(person),
        }
        return render(self.request, "accounts/second_factor.html", context, status=status)
