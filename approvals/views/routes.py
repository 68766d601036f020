"""The approval routes of a force: read by communications, kept by its comms admins."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import LPT, Force, Lane
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES, who_may
from accounts.services import RouteChanged, Step, steps_of
from approvals.forms import RouteForm, StepForm
from approvals.organising.beginning import is_beginning
from approvals.route_words import step_words
from approvals.routes import LANES, RouteBook
from approvals.services import RouteRefused, confirm_route, keep_route, objections
from approvals.views.route_pages import RoutePage, Shows, keep_page, page_at, typed_in

LOST = "Something was lost on the way. Begin again."
GONE = "This page is not kept any more. Begin again from the route as it is now."


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
        may_keep = request.user.has_perm("accounts.keep_routes", self.force)
        current = book.current(None, Lane.ORDINARY)
        context = {
            "force": self.force,
            "of_all": [book.told(None, lane) for lane in LANES],
            "own": own,
            "others": [team for team, lanes in by_team if (team, lanes) not in own],
            "may_keep": may_keep,
            "is_beginning": may_keep and is_beginning(self.force),
            "to_confirm": current if may_keep and not book.is_confirmed else None,
        }
        return render(request, "approvals/routes.html", context)


class ChangeRoute(_RoutesView):
    """Building another route: nothing holds until the last page puts it in force."""

    permission = "accounts.keep_routes"
    reauthenticates = True

    def asks_again(self) -> bool:
        return self.request.method != "POST" or self.request.POST.get("do") == "put"

    def get(self, request: Request, lane: str, pk: int | None = None) -> HttpResponse:
        begun = self._begun()
        if "at" not in request.GET:
            return self._show(begun)
        return self._show(page_at(request) or replace(begun, problems=(GONE,)))

    def post(self, request: Request, lane: str, pk: int | None = None) -> HttpResponse:
        begun, form = self._begun(), RouteForm(request.POST)
        if not form.is_valid():
            return self._show(replace(begun, problems=(LOST,)), status=422)
        page = RoutePage(form.cleaned_data["steps"], form.cleaned_data["seen"])
        do, _, number = request.POST.get("do", "").partition("-")
        at = int(number) - 1 if number.isdecimal() and len(number) < 3 else -1
        if do == "put":
            return self._put_in_force(page)
        if do == "confirm" and self.lpt is None and self.lane == Lane.ORDINARY:
            return self._confirm(page)
        return self._lead(self._next(page, do, at))

    def _next(self, page: RoutePage, do: str, at: int) -> RoutePage:
        """The page that follows when the button `do`, of the step at `at`, is pressed on `page`."""
        steps = page.steps
        is_there = 0 <= at < len(steps)
        match do:
            case "add":
                page = replace(page, shows=Shows.NEW, at=len(steps))
            case "before" if is_there:
                page = replace(page, shows=Shows.NEW, at=at)
            case "change" if is_there:
                page = replace(page, shows=Shows.CHANGE, at=at)
            case "insert" if 0 <= at <= len(steps):
                page = self._with_step(replace(page, shows=Shows.NEW, at=at))
            case "save" if is_there:
                page = self._with_step(replace(page, shows=Shows.CHANGE, at=at))
            case "up" | "down" | "remove" if is_there:
                page = _moved(page, do, at)
            case "preview":
                page = self._looked_at(page)
            case "none":
                page = self._looked_at(replace(page, steps=()))
        return page

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

    @property
    def _whose(self) -> str:
        return self.lpt.name if self.lpt else "all teams"

    def _begun(self) -> RoutePage:
        """The first page. A team's own route begins as what the team goes by now."""
        current = self.book.current(self.lpt, self.lane)
        steps = steps_of(self.book.in_use(self.lpt, self.lane))
        return RoutePage(steps, current.pk if current else 0)

    def _lead(self, page: RoutePage) -> HttpResponse:
        """To an address of its own; on the plan to the step that was changed or moved."""
        place = f"#step-{page.at + 1}" if page.shows == Shows.PLAN and page.at >= 0 else ""
        return redirect(f"{keep_page(self.request, page)}{place}")

    def _with_step(self, page: RoutePage) -> RoutePage:
        """The plan with the step that was typed; where it lacks something, its page again."""
        form = StepForm(self.request.POST, labels=self.book.labels)
        if not form.is_valid():
            return replace(page, typed=typed_in(self.request.POST, list(form.fields)))
        before, after = page.steps[: page.at], page.steps[page.at + (not page.is_new) :]
        return replace(page, steps=(*before, form.step(), *after), shows=Shows.PLAN)

    def _looked_at(self, page: RoutePage) -> RoutePage:
        """In words what would hold from now on; what can never be is refused already here."""
        today = timezone.localdate()
        problems = objections(self.force, page.steps, lpt=self.lpt, lane=self.lane, on=today)
        if problems:
            return replace(page, problems=tuple(problems))
        return replace(page, shows=Shows.PREVIEW)

    def _put_in_force(self, page: RoutePage) -> HttpResponse:
        try:
            keep_route(
                self.force,
                page.steps,
                lpt=self.lpt,
                lane=self.lane,
                seen=page.seen,
                actor=self.request.user,
                now=timezone.now(),
            )
        except RouteRefused as refusal:
            return self._lead(replace(page, problems=tuple(refusal.sentences)))
        except RouteChanged:
            return self._lead(self._overtaken(page))
        messages.success(
            self.request,
            f"Changed for {self._whose} ({LANES[self.lane]}). It holds for everything that is"
            " submitted from now on.",
        )
        return redirect("approvals:routes")

    def _confirm(self, page: RoutePage) -> HttpResponse:
        try:
            confirm_route(self.force, seen=page.seen, actor=self.request.user, now=timezone.now())
        except RouteChanged:
            messages.warning(self.request, "Somebody has changed this route since. Look again.")
            return redirect("approvals:routes")
        messages.success(self.request, "Kept: you have said who approves.")
        return redirect("approvals:begin" if is_beginning(self.force) else "approvals:routes")

    def _overtaken(self, page: RoutePage) -> RoutePage:
        # Read once more: it was changed while this was asked.
        current = RouteBook(self.force, now=timezone.now()).current(self.lpt, self.lane)
        by = f"{current.made_by}" if current and current.made_by else "Somebody else"
        words = f"{by} was quicker and changed this route."
        if current and current.made_by == self.request.user:
            words = "You have changed this route since."
        words += " Look at it, then at your steps again."
        return replace(page, seen=current.pk if current else 0, problems=(words,))

    def _show(self, page: RoutePage, *, status: int = 200) -> HttpResponse:
        context = {
            "title": f"Route of {self._whose}: {LANES[self.lane]}",
            "problems": page.problems,
            "route_form": RouteForm.with_steps(page.steps, seen=page.seen),
            "steps": self.book.steps_told(page.steps, self.lpt, self.lane),
            "now": self.book.told(self.lpt, self.lane),
            "in_use": self.book.steps_told(
                steps_of(self.book.in_use(self.lpt, self.lane)), self.lpt, self.lane
            ),
            "comms_stands_in": _comms_stands_in(page.steps),
            "lpt": self.lpt,
            "is_routine": self.lane == Lane.ROUTINE,
        }
        match page.shows:
            case Shows.PLAN:
                template = "approvals/route_plan.html"
            case Shows.PREVIEW:
                template = "approvals/route_preview.html"
                context |= self._preview(page.steps)
            case _:
                template = "approvals/route_step.html"
                context |= self._step(page)
        return render(self.request, template, context, status=status)

    def _step(self, page: RoutePage) -> dict[str, Any]:
        """One step on a page of its own."""
        old = None if page.is_new else page.steps[page.at]
        follows = page.steps[page.at :] if page.is_new else ()
        return {
            "form": StepForm(page.sent, labels=self.book.labels, step=old),
            "number": page.at + 1,
            "is_new": page.is_new,
            "pushed": step_words(follows[0], self.book.labels) if follows else "",
        }

    def _preview(self, steps: tuple[Step, ...]) -> dict[str, Any]:
        then = steps or (steps_of(self.book.current(None, self.lane)) if self.lpt else ())
        return {
            "then": self.book.steps_told(then, self.lpt, self.lane),
            "shortage": self.book.shortage(then, self.lpt, self.lane),
            "waiting": self.book.waiting(self.lpt, self.lane),
        }


def _comms_stands_in(steps: tuple[Step, ...]) -> bool:
    """Whether communications could pass a step of the team beside one of its own."""
    has_its_own = any(set(step.roles) <= COMMS_REVIEWERS for step in steps)
    return has_its_own and any(
        not TEAM_ROLES.isdisjoint(step.roles) and who_may(step.roles) & COMMS_REVIEWERS
        for step in steps
    )


def _moved(page: RoutePage, how: str, at: int) -> RoutePage:
    """With the step at `at` a place further up or down, or taken out."""
    moved = list(page.steps)
    step = moved.pop(at)
    if how == "remove":
        return replace(page, steps=tuple(moved), at=-1)
    place = max(at - 1, 0) if how == "up" else min(at + 1, len(moved))
    moved.insert(place, step)
    return replace(page, steps=tuple(moved), at=place)
