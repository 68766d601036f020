"""Ticking a step of whatever is under way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import User
from lifecycle.forms import NoteForm
from lifecycle.models import ChecklistStep
from lifecycle.services import AlreadyTicked, NotYet, tick


@dataclass(frozen=True, slots=True)
class Link:
    """Where the work of a step is done; `by_post` where a press does it."""

    label: str
    url: str
    by_post: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step on a page, with what is known about it; the form only for who can tick it now."""

    step: ChecklistStep
    is_overdue: bool
    form: NoteForm | None
    links: Sequence[Link]
    known: str = ""


def lines_of(
    steps: Iterable[ChecklistStep],
    user: User,
    *,
    links: Mapping[str, Sequence[Link]],
    known: Mapping[str, str] | None = None,
    now: datetime,
) -> list[StepLine]:
    """The steps of one process as its page shows them to `user`; `links` and `known` by key."""
    return [
        StepLine(
            step,
            step.is_overdue(now),
            NoteForm(step=step.pk)
            if step.done_at is None and not step.is_void and user.has_perm("lifecycle.tick", step)
            else None,
            links.get(step.key, ()),
            (known or {}).get(step.key, ""),
        )
        for step in steps
    ]


class Step(PermittedView):
    """One step by itself: where a tick with a fault in it comes back to."""

    permission = "lifecycle.tick"

    def get(self, request: Request, pk: int) -> HttpResponse:
        step = self._step(pk)
        may_tick = request.user.has_perm("lifecycle.tick", step) and not step.is_void
        return self._show(step, NoteForm(step=step.pk) if may_tick else None)

    def post(self, request: Request, pk: int) -> HttpResponse:
        step = self._step(pk)
        form = NoteForm(request.POST, step=step.pk)
        if not form.is_valid():
            return self._show(step, form, status=422)
        note = form.cleaned_data["note"]
        try:
            tick(step, actor=request.user, note=note, now=timezone.now())
        except AlreadyTicked:
            messages.warning(request, "Somebody else has ticked this step already.")
        except NotYet as sentence:
            form.add_error(None, str(sentence))
            return self._show(step, form, status=422)
        else:
            messages.success(request, f"Ticked: {step.about.title}.")
        return redirect(step.process)

    def _step(self, pk: int) -> ChecklistStep:
        mine = ChecklistStep.objects.visible_to(self.request.user).with_process()
        step = mine.filter(pk=pk).first()
        if step is None:
            raise Http404
        return step

    def _show(self, step: ChecklistStep, form: NoteForm | None, status: int = 200) -> HttpResponse:
        context = {"step": step, "form": form}
        return render(self.request, "lifecycle/step.html", context, status=status)
