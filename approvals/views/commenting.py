"""Commenting on a draft in the browser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from approvals.forms import CommentForm
from approvals.mentions import UnclearMention
from approvals.services import comment, page_of
from approvals.talk import talk_about
from approvals.views.review import reviewed_draft
from drafts.models import Draft
from drafts.workflow import State


class WriteComment(PermittedView):
    """The form stands on the pages of the draft; here it comes back when something is missing."""

    permission = "approvals.comment"

    def get(self, request: Request, pk: int) -> HttpResponse:
        return self._show(reviewed_draft(request.user, pk), CommentForm())

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft, form = reviewed_draft(request.user, pk), CommentForm(request.POST)
        if not form.is_valid():
            return self._show(draft, form, status=422)
        try:
            said = comment(draft, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except UnclearMention as unclear:
            form.add_error("text", str(unclear))
            return self._show(draft, form, status=422)
        names = [str(person) for person in said.mentioned.order_by("full_name", "pk")]
        told = f" Told: {', '.join(names)}." if names else ""
        messages.success(request, f"Your comment stands with the draft.{told}")
        in_review = self._in_review and draft.state == State.SUBMITTED
        page = reverse("approvals:review", args=[pk]) if in_review else page_of(draft, request.user)
        return redirect(f"{page}#comment-{said.pk}")

    @property
    def _in_review(self) -> bool:
        """Whether it was written beside the decision."""
        return self.request.POST.get("from") == "review"

    def _show(self, draft: Draft, form: CommentForm, status: int = 200) -> HttpResponse:
        context = {
            "draft": draft,
            "form": form,
            "in_review": self._in_review,
            "back_url": page_of(draft, self.request.user),
            **talk_about(draft, self.request.user, form=form),
        }
        return render(self.request, "approvals/comment.html", context, status=status)
