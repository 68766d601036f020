"""What people do with their own record, and the duty rota of corporate communications."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.duty import duty_officer, hours_of
from accounts.forms import HoursForm, ShiftForm, ToldForm
from accounts.models import Shift
from accounts.permissions import is_comms_reviewer
from accounts.services import (
    MobileChanged,
    ShiftTaken,
    choose_how_told,
    confirm_mobile,
    let_words_into_mail,
    put_on_duty,
    set_hours,
    take_off_duty,
    use_single_keys,
)
from accounts.views.frames import OfAForce
from notices.models import Kind, Way
from notices.services import wishes_of

SHOWN = 50


class ConfirmMobile(PermittedView):
    permission = "accounts.confirm_mobile"

    def post(self, request: Request) -> HttpResponse:
        try:
            confirm_mobile(request.user, number=request.POST.get("number", ""), now=timezone.now())
        except MobileChanged:
            messages.warning(
                request,
                "Your mobile number on record was changed meanwhile, so nothing is confirmed yet."
                " Look at the number that is there now.",
            )
        else:
            messages.success(request, "Thank you. Your number is confirmed for six months.")
        return redirect("insights:desk")


class SingleKeys(PermittedView):
    """Deciding with single keys: off unless somebody wants it."""

    permission = "accounts.use_single_keys"

    def post(self, request: Request) -> HttpResponse:
        on = bool(request.POST.get("on"))
        use_single_keys(request.user, on=on)
        messages.success(
            request,
            "Keys are on. Press ? to see them." if on else "Keys are off.",
        )
        return redirect("approvals:queue")


class HowTold(PermittedView):
    """How I am told: each for themselves."""

    permission = "accounts.choose_how_told"

    def get(self, request: Request) -> HttpResponse:
        return self._show(self._form(wishes_of([request.user.pk])[request.user.pk]))

    def post(self, request: Request) -> HttpResponse:
        form = self._form({}, request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        choose_how_told(request.user, form.ways, now=timezone.now())
        messages.success(request, "Saved. It holds from now on, also for what waits to be mailed.")
        return redirect("told")

    def _form(self, wishes: Mapping[Kind, Way], data: Any = None) -> ToldForm:
        reviews = is_comms_reviewer(self.request.user)
        return ToldForm(data, wishes=wishes, reviews_all_day=reviews)

    def _show(self, form: ToldForm, status: int = 200) -> HttpResponse:
        user = self.request.user
        forces = [membership.force for membership in user.current_memberships]
        administers = [f for f in forces if user.has_perm("accounts.let_words_into_mail", f)]
        context = {"form": form, "administered": next(iter(administers), None)}
        return render(self.request, "accounts/told.html", context, status=status)


class WordsInMail(OfAForce):
    """Whether the force's mail may quote drafts."""

    permission = "accounts.let_words_into_mail"

    def post(self, request: Request) -> HttpResponse:
        on = bool(request.POST.get("on"))
        let_words_into_mail(self.force, on=on, actor=request.user, now=timezone.now())
        said = "Mail may quote drafts from now on." if on else "Mail quotes no draft from now on."
        messages.success(request, said)
        return redirect("told")


class DutyRota(OfAForce):
    """When communications decides, and who can be rung when nobody does."""

    permission = "accounts.keep_duty"

    def get(self, request: Request) -> HttpResponse:
        return self._show()

    def post(self, request: Request) -> HttpResponse:
        return self._set_hours() if request.POST.get("do") == "hours" else self._add_shift()

    def _set_hours(self) -> HttpResponse:
        form = HoursForm(self.request.POST, hours=[None] * 7)
        if not form.is_valid():
            return self._show(hours_form=form, status=422)
        set_hours(self.force, form.hours, actor=self.request.user, now=timezone.now())
        messages.success(self.request, "Saved. Everybody who writes sees these hours from now on.")
        return self.back_to_the_list() or redirect("duty")

    def _add_shift(self) -> HttpResponse:
        now = timezone.now()
        form = ShiftForm(self.request.POST, force=self.force, now=now)
        if not form.is_valid():
            return self._show(shift_form=form, status=422)
        chosen = form.cleaned_data
        try:
            shift = put_on_duty(
                chosen["person"],
                force=self.force,
                starts_at=chosen["starts_at"],
                ends_at=chosen["ends_at"],
                actor=self.request.user,
                now=now,
            )
        except ShiftTaken as refusal:
            form.add_error("first_day", f"{refusal} Take that one off first, or enter other times.")
            return self._show(shift_form=form, status=422)
        messages.success(self.request, f"{shift.person} is on the rota.")
        return redirect("duty")

    def _show(
        self,
        *,
        shift_form: ShiftForm | None = None,
        hours_form: HoursForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        now = timezone.now()
        shifts = Shift.objects.to_come(now).filter(force=self.force).select_related("person")
        context = {
            "shift_form": shift_form or ShiftForm(force=self.force, now=now),
            "hours_form": hours_form or HoursForm(hours=hours_of(self.force)),
            "shifts": shifts[:SHOWN],
            "officer": duty_officer(self.force, now),
            "now": now,
            "from_begin": self.from_begin,
        }
        return render(self.request, "accounts/duty.html", context, status=status)


class EndDuty(OfAForce):
    permission = "accounts.keep_duty"

    def post(self, request: Request, pk: int) -> HttpResponse:
        now = timezone.now()
        shifts = Shift.objects.to_come(now).filter(force=self.force)
        shift = shifts.select_related("person", "force").filter(pk=pk).first()
        if shift is None:
            raise Http404
        take_off_duty(shift, actor=request.user, now=now)
        messages.success(request, f"{shift.person} is off the rota for this shift.")
        return redirect("duty")
