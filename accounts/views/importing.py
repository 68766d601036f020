"""Many people at once, from a file and into one."""

import base64
import binascii

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Request
from accounts.forms import ImportForm
from accounts.roles import Role
from accounts.services import (
    Plan,
    PlanChanged,
    apply_plan,
    export_people,
    plan_import,
    register_was_read,
)
from accounts.services.importing import HEADINGS, MOST_BYTES, OPTIONAL, REQUIRED
from accounts.views.frames import OfAForce

CHANGED = (
    "Something changed since the preview, on the register or in the file. Look at it again:"
    " nothing was written."
)


class ImportPeople(OfAForce):
    """Upload, look at every change and every error, then put it in force as shown."""

    permission = "accounts.keep_people"
    reauthenticates = True

    def asks_again(self) -> bool:
        # A look at a file writes nothing.
        return self.request.method != "POST" or self.request.POST.get("do") == "apply"

    def get(self, request: Request) -> HttpResponse:
        return self._show(ImportForm())

    def post(self, request: Request) -> HttpResponse:
        if request.POST.get("do") == "apply":
            return self._apply()
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._show(form, status=422)
        # One byte more than is taken tells that it is too big.
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)
        return self._preview(content)

    def _preview(self, content: bytes, *, status: int = 200) -> HttpResponse:
        plan = plan_import(content, force=self.force, actor=self.request.user, now=timezone.now())
        if plan.problems:
            form = ImportForm({}, self.request.FILES)
            form.errors.clear()
            for problem in plan.problems:
                form.add_error("file", problem)
            return self._show(form, status=422)
        return self._show(ImportForm(), plan=plan, status=422 if plan.errors else status)

    def _apply(self) -> HttpResponse:
        request = self.request
        try:
            content = base64.b64decode(request.POST.get("content", ""), validate=True)
        except (binascii.Error, ValueError):
            content = b""
        try:
            plan = apply_plan(
                content, digest=request.POST.get("digest", ""), force=self.force,
                actor=request.user, now=timezone.now(),
            )  # fmt: skip
        except PlanChanged:
            messages.warning(request, CHANGED)
            return self._preview(content, status=409)
        new, changed = len(plan.new), len({line.email for line in plan.changed})
        messages.success(
            request,
            f"{new} new {'person' if new == 1 else 'people'}, {changed} changed. Everybody new is"
            " told by mail how to get in.",
        )
        return self.back_to_the_list() or redirect("people:list")

    def _show(
        self, form: ImportForm, *, plan: Plan | None = None, status: int = 200
    ) -> HttpResponse:
        context = {
            "form": form,
            "force": self.force,
            "from_begin": self.from_begin,
            "plan": plan,
            "content": base64.b64encode(plan.content).decode() if plan else "",
            "required": [HEADINGS[name] for name in REQUIRED],
            "optional": [HEADINGS[name] for name in OPTIONAL],
            "roles": [role.label for role in Role],
        }
        return render(self.request, "accounts/import_people.html", context, status=status)


class ExportPeople(OfAForce):
    """The register as a file. Whoever takes one is recorded, with whose records are in it."""

    permission = "accounts.keep_people"

    def get(self, request: Request) -> HttpResponse:
        now = timezone.now()
        text, people = export_people(self.force, on=timezone.localdate(now))
        register_was_read(self.force, people, how="file", actor=request.user, now=now)
        answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="people-{self.force.slug}.csv"'
        return answer
