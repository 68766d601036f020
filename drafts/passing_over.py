"""Passing over a block in the browser."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from drafts.forms import OverrideForm
from drafts.models import Draft
from drafts.services import NothingToPassOver, blocks_to_pass_over, content_of, override
from drafts.views.finding import visible_draft
from drafts.workflow import StaleDraft


class PassOver(PermittedView):
    """Passing over one block of a draft that somebody else wrote."""

    # Another team's draft is 404 here as everywhere; whose it is not to pass over, 403.
    permission = "drafts.read"

    def get(self, request: Request, pk: int) -> HttpResponse:
        draft = visible_draft(request, pk)
        blocks = (
            blocks_to_pass_over(draft, now=timezone.now())
            if request.user.has_perm("policy.override_block", draft)
            else []
        )
        if not blocks:
            messages.warning(request, "Nothing stops this draft that you could pass over.")
            return redirect(draft)
        return self._show(draft, OverrideForm(draft=draft, blocks=blocks))

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft, now = visible_draft(request, pk), timezone.now()
        if not request.user.has_perm("policy.override_block", draft):
            raise PermissionDenied
        blocks = blocks_to_pass_over(draft, now=now)
        form = OverrideForm(request.POST, draft=draft, blocks=blocks)
        if blocks and not form.is_valid():
            return self._show(draft, form, status=422)
        try:
            if not blocks:
                # They went while somebody was typing: another text, or other rules.
                raise NothingToPassOver  # noqa: TRY301  answered like the service's own
            override(draft, actor=request.user, now=now, **form.cleaned_data)
        except (StaleDraft, NothingToPassOver):
            messages.warning(
                request, "This draft changed while you were reading it. Look at it again."
            )
        else:
            messages.success(
                request, "Passed over. It holds for exactly this text, and its author was told."
            )
        return redirect(draft)

    def _show(self, draft: Draft, form: OverrideForm, status: int = 200) -> HttpResponse:
        context = {"draft": draft, "form": form, "revision": content_of(draft)}
        return render(self.request, "drafts/pass_over.html", context, status=status)
