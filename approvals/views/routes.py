"""The approval routes of a force: read by communications, kept by its comms admins."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import LPT, Force, Lane
from accounts.services import RouteChanged, Step, steps_of
from approvals.forms import RouteForm, StepForm
from approvals.routes import LANES, RouteBook
from approvals.services import RouteRefused, keep_route, objections


class _RoutesView(PermittedView):
    @cached_property
    def force(self) -> Force:
        """The force whose routes this person reads or keeps."""
        user = self.request.user
        for membership in user.current_memberships:
            if user.has_perm(self.permission, membership.force):
                return membership.force
        raise PermissionDenied

    @cached_property
    def book(self) -> RouteBook:
        return RouteBook(self.force, now=timezone.now())


class Routes(_RoutesView):
    """What holds, who could decide by it now, and what held before."""

    permission = "accounts.read_routes"

    def get(self, request: Request) -> HttpResponse:
        book = self.book
        by_team = [(team, [book.told(team, lane) for lane in LANES]) for team in book.teams]
        # Teams that have something of their own, or had.
        own = [
            (team, lanes)
            for team, lanes in by_team
            if any(told.route or told.earlier for told in lanes)
        ]
        context = {
            "of_all": [book.told(None, lane) for lane in LANES],
            "own": own,
            "others": [team for team, lanes in by_team if (team, lanes) not in own],
            "may_keep": request.user.has_perm("accounts.keep_routes", self.force),
        }
        return render(request, "approvals/routes.html", context)


class ChangeRoute(_RoutesView):
    """Building another route: nothing holds until the last page puts it in force."""

    permission = "accounts.keep_routes"
    reauthenticates = True

    def asks_again(self) -> bool:
        return self.request.method != "POST" or self.request.POST.get("do") == "put"

    def get(self, request: Request, lane: str, pk: int | None = None) -> HttpResponse:
        # A team's own route begins as what the team goes by now.
        begun = steps_of(self.book.in_use(self.lpt, self.lane))
        return self._plan(begun)

    def post(self, request: Request, lane: str, pk: int | None = None) -> HttpResponse:
        form = RouteForm(request.POST)
        if not form.is_valid():
            begun = steps_of(self.book.in_use(self.lpt, self.lane))
            return self._plan(begun, problems=["Something was lost on the way. Begin again."])
        steps: tuple[Step, ...] = form.cleaned_data["steps"]
        self.seen = form.cleaned_data["seen"]
        do, _, number = request.POST.get("do", "").partition("-")
        at = int(number) - 1 if number.isdecimal() and len(number) < 3 else -1
        is_there = 0 <= at < len(steps)
        match do:
            case "add":
                answer = self._step(steps, at=len(steps))
            case "change" if is_there:
                answer = self._step(steps, at=at)
            case "save" if 0 <= at <= len(steps):
                answer = self._save_step(steps, at)
            case "up" | "down" | "remove" if is_there:
                answer = self._plan(_moved(steps, do, at))
            case "preview":
                answer = self._preview(steps)
            case "none":
                answer = self._preview(())
            case "put":
                answer = self._put_in_force(steps)
            case _:
                answer = self._plan(steps)
        return answer

    @cached_property
    def lane(self) -> Lane:
        if self.kwargs["lane"] not in Lane.values:
            raise Http404
        return Lane(self.kwargs["lane"])

    @cached_property
    def lpt(self) -> LPT | None:
        if "pk" not in self.kwargs:
            return None
        return get_object_or_404(LPT, force=self.force, pk=self.kwargs["pk"])

    @cached_property
    def seen(self) -> int:
        """The key of the route that the person began from, 0 for none."""
        current = self.book.current(self.lpt, self.lane)
        return current.pk if current else 0

    def _plan(
        self,
        steps: Sequence[Step],
        *,
        problems: Sequence[str] = (),
        status: int | None = None,
    ) -> HttpResponse:
        """The steps so far, to add to and to put in order."""
        return self._show(
            "approvals/route_plan.html",
            steps,
            problems=problems,
            status=status or (422 if problems else 200),
        )

    def _step(
        self, steps: Sequence[Step], *, at: int, form: StepForm | None = None
    ) -> HttpResponse:
        """One step on a page of its own."""
        old = steps[at] if at < len(steps) else None
        return self._show(
            "approvals/route_step.html",
            steps,
            form=form or StepForm(labels=self.book.labels, step=old),
            number=at + 1,
            is_new=old is None,
            status=422 if form else 200,
        )

    def _save_step(self, steps: tuple[Step, ...], at: int) -> HttpResponse:
        form = StepForm(self.request.POST, labels=self.book.labels)
        if not form.is_valid():
            return self._step(steps, at=at, form=form)
        return self._plan((*steps[:at], form.step(), *steps[at + 1 :]))

    def _preview(self, steps: Sequence[Step]) -> HttpResponse:
        """In words what would hold from now on; what can never be is refused already here."""
        today = timezone.localdate()
        if problems := objections(self.force, steps, lpt=self.lpt, lane=self.lane, on=today):
            return self._plan(steps, problems=problems)
        then = steps or (steps_of(self.book.current(None, self.lane)) if self.lpt else ())
        return self._show(
            "approvals/route_preview.html",
            steps,
            then=self.book.steps_told(then, self.lpt, self.lane),
            shortage=self.book.shortage(then, self.lpt, self.lane),
            waiting=self.book.waiting(self.lpt, self.lane),
        )

    def _put_in_force(self, steps: Sequence[Step]) -> HttpResponse:
        try:
            keep_route(
                self.force,
                steps,
                lpt=self.lpt,
                lane=self.lane,
                seen=self.seen,
                actor=self.request.user,
                now=timezone.now(),
            )
        except RouteRefused as refusal:
            return self._plan(steps, problems=refusal.sentences)
        except RouteChanged:
            return self._overtaken(steps)
        messages.success(self.request, "It holds for everything that is submitted from now on.")
        return redirect("approvals:routes")

    def _overtaken(self, steps: Sequence[Step]) -> HttpResponse:
        current = self.book.current(self.lpt, self.lane)
        by = f"{current.made_by}" if current and current.made_by else "Somebody else"
        words = f"{by} was quicker and changed this route. Look at it, then at your steps again."
        self.seen = current.pk if current else 0
        return self._plan(steps, problems=[words], status=409)

    def _show(
        self,
        template: str,
        steps: Sequence[Step],
        *,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        of = self.lpt.name if self.lpt else "all teams"
        context = {
            "title": f"Route of {of}: {LANES[self.lane]}",
            "route_form": RouteForm.with_steps(steps, seen=self.seen),
            "steps": self.book.steps_told(steps, self.lpt, self.lane),
            "now": self.book.told(self.lpt, self.lane),
            "in_use": self.book.steps_told(
                steps_of(self.book.in_use(self.lpt, self.lane)), self.lpt, self.lane
            ),
            "lpt": self.lpt,
            "is_routine": self.lane == Lane.ROUTINE,
            **more,
        }
        return render(self.request, template, context, status=status)


def _moved(steps: tuple[Step, ...], how: str, at: int) -> tuple[Step, ...]:
    """`steps` with the one at `at` a place further up or down, or taken out."""
    moved = list(steps)
    step = moved.pop(at)
    if how != "remove":
        moved.insert(max(at - 1, 0) if how == "up" else at + 1, step)
    return tuple(moved)
