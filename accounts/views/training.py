"""The guidance: its pages with their checks, and its acceptance."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.forms import CheckForm
from accounts.guidance import Module, guidance
from accounts.services import accept_guidance, do_training
from accounts.standing import accepted_versions, gaps, is_asked_for_guidance, training_of


class Guidance(PermittedView):
    """All pages, which of them I have done, and the declaration."""

    permission = "accounts.train"

    def get(self, request: Request) -> HttpResponse:
        today = timezone.localdate()
        done = training_of([request.user.pk])[request.user.pk]
        context = {
            "guidance": guidance(),
            "pages": [(module, done.get(module.id)) for module in guidance().modules],
            "accepted": accepted_versions([request.user.pk])[request.user.pk],
            "is_asked_for": is_asked_for_guidance(request.user),
            "gaps": gaps(request.user, on=today),
            "today": today,
        }
        return render(request, "accounts/guidance.html", context)

    def post(self, request: Request) -> HttpResponse:
        asked = request.POST.get("version", "")
        version = int(asked) if asked.isdecimal() and len(asked) < 5 else 0
        if accept_guidance(request.user, version=version, now=timezone.now()):
            messages.success(request, "Thank you. That is on your record.")
        else:
            messages.warning(request, "The guidance has changed. Read it again, then accept it.")
        return redirect("people:guidance")


class GuidancePage(PermittedView):
    """One page, with its check at the end."""

    permission = "accounts.train"

    def get(self, request: Request, slug: str) -> HttpResponse:
        return self._show(CheckForm(module=self._module(slug)))

    def post(self, request: Request, slug: str) -> HttpResponse:
        module = self._module(slug)
        form = CheckForm(request.POST, module=module)
        if not form.is_valid():
            return self._show(form, status=422)
        if wrong := do_training(request.user, module, form.answers, now=timezone.now()):
            form.blame(wrong)
            return self._show(form, status=422)
        messages.success(request, f"Done: {module.title}. It is on your record.")
        return redirect("people:guidance")

    def _module(self, slug: str) -> Module:
        module = guidance().module(slug)
        if module is None:
            raise Http404
        return module

    def _show(self, form: CheckForm, status: int = 200) -> HttpResponse:
        done = training_of([self.request.user.pk])[self.request.user.pk]
        context = {
            "form": form,
            "module": form.module,
            "done": done.get(form.module.id),
            "today": timezone.localdate(),
        }
        return render(self.request, "accounts/guidance_page.html", context, status=status)
