"""The pages of the registers: court restrictions and pre-election periods."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from accounts.access import PermittedView, Request
from accounts.models import Force
from policy.registers.forms import ElectionForm, RestrictionForm
from policy.registers.models import ElectionPeriod, Restriction
from policy.registers.services import (
    AlreadyEnded,
    add_restriction,
    change_restriction,
    declare_election,
    end_election,
    end_restriction,
    record_reading,
    uk_day,
)

SHOWN = 50


class _Register(PermittedView):
    @cached_property
    def force(self) -> Force:
        """The force whose register this person keeps, maybe not the first they belong to."""
        user = self.request.user
        forces = [membership.force for membership in user.current_memberships]
        return next(force for force in forces if user.has_perm(self.permission, force))

    def form_of(self, form_class: Any, **about: Any) -> Any:
        """The form of this page, filled with what was sent."""
        data = self.request.POST if self.request.method == "POST" else None
        return form_class(data, today=uk_day(timezone.now()), **about)


# An error report must not carry what was typed here.
@method_decorator(sensitive_post_parameters(), name="dispatch")
class Restrictions(_Register):
    """The orders in force, those that are over, and the form that adds one."""

    permission = "policy.keep_restrictions"

    def get(self, request: Request) -> HttpResponse:
        return self._show(self.form_of(RestrictionForm))

    def post(self, request: Request) -> HttpResponse:
        form = self.form_of(RestrictionForm)
        if not form.is_valid():
            return self._show(form, status=422)
        add_restriction(form.order(), force=self.force, actor=request.user, now=timezone.now())
        messages.success(request, "Added. Every account of the force obeys it from now on.")
        return redirect("policy:restrictions")

    def _show(self, form: RestrictionForm, status: int = 200) -> HttpResponse:
        now, orders = timezone.now(), Restriction.objects.with_people()
        today = uk_day(now)
        active = list(orders.in_force(self.force.pk, on=today))
        past = list(orders.over(self.force.pk, on=today)[:SHOWN])
        record_reading(self.force, [*active, *past], actor=self.request.user, now=now)
        context = {"form": form, "active": active, "past": past}
        return render(self.request, "policy/restrictions.html", context, status=status)


class _OneRestriction(_Register):
    permission = "policy.keep_restrictions"

    def restriction(self, pk: int, *, now: datetime) -> Restriction:
        """One in force in the own force; 404 for any other."""
        orders = Restriction.objects.in_force(self.force.pk, on=uk_day(now))
        found = orders.select_related("force").filter(pk=pk).first()
        if found is None:
            raise Http404
        return found


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangeRestriction(_OneRestriction):
    """An order that was varied, or written down wrongly."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        now = timezone.now()
        restriction = self.restriction(pk, now=now)
        record_reading(self.force, [restriction], actor=request.user, now=now)
        return self._show(self.form_of(RestrictionForm, restriction=restriction), restriction)

    def post(self, request: Request, pk: int) -> HttpResponse:
        now = timezone.now()
        restriction = self.restriction(pk, now=now)
        form = self.form_of(RestrictionForm, restriction=restriction)
        if not form.is_valid():
            return self._show(form, restriction, status=422)
        try:
            change_restriction(restriction, form.order(), actor=request.user, now=now)
        except AlreadyEnded:
            messages.warning(request, "Somebody else has just changed or lifted this one.")
        else:
            messages.success(request, "Changed. What it said before stays under “Over”.")
        return redirect("policy:restrictions")

    def _show(
        self, form: RestrictionForm, restriction: Restriction, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "restriction": restriction}
        return render(self.request, "policy/restriction.html", context, status=status)


class EndRestriction(_OneRestriction):
    def post(self, request: Request, pk: int) -> HttpResponse:
        now = timezone.now()
        try:
            end_restriction(self.restriction(pk, now=now), actor=request.user, now=now)
        except AlreadyEnded:
            messages.warning(request, "Somebody else has just changed or lifted this one.")
        else:
            messages.success(request, "Lifted. Tweets are no longer checked against it.")
        return redirect("policy:restrictions")


class Elections(_Register):
    """The pre-election periods that are on or ahead, and the form that declares one."""

    permission = "policy.declare_election"

    def get(self, request: Request) -> HttpResponse:
        return self._show(self.form_of(ElectionForm))

    def post(self, request: Request) -> HttpResponse:
        form = self.form_of(ElectionForm)
        if not form.is_valid():
            return self._show(form, status=422)
        declare_election(
            **form.cleaned_data, force=self.force, actor=request.user, now=timezone.now()
        )
        messages.success(request, "Declared. Everybody who writes sees it while it is on.")
        return redirect("policy:elections")

    def _show(self, form: ElectionForm, status: int = 200) -> HttpResponse:
        today, periods = uk_day(timezone.now()), ElectionPeriod.objects.with_people()
        context = {
            "form": form,
            "today": today,
            "active": periods.to_come(self.force.pk, on=today),
            "past": periods.over(self.force.pk, on=today)[:SHOWN],
        }
        return render(self.request, "policy/elections.html", context, status=status)


class EndElection(_Register):
    permission = "policy.declare_election"

    def post(self, request: Request, pk: int) -> HttpResponse:
        now = timezone.now()
        periods = ElectionPeriod.objects.to_come(self.force.pk, on=uk_day(now))
        period = periods.select_related("force").filter(pk=pk).first()
        if period is None:
            raise Http404
        try:
            end_election(period, actor=request.user, now=now)
        except AlreadyEnded:
            messages.warning(request, "Somebody else has just ended this one.")
        else:
            messages.success(request, "Ended. The ordinary rules apply again.")
        return redirect("policy:elections")
