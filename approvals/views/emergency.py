"""Publishing in an emergency, and looking at tweets after they went out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from approvals.forms import EmergencyForm, LookAfterForm
from approvals.models import AfterReview
from approvals.services import (
    DecidedTogether,
    LookedAt,
    OutOfTime,
    OwnDraft,
    RulesObject,
    is_decided_together,
    look_after,
    publish_in_emergency,
)
from approvals.showing import answered_findings, overtaken_words, refusal_words, route_of
from approvals.views.deciding import DecidingView
from approvals.views.review import reviewed_draft
from drafts.models import Draft
from drafts.services import overrides_of
from drafts.workflow import StaleDraft, State

SHOWN = 50


class Emergency(DecidingView):
    """The duty officer lets a tweet out before its review is over."""

    permission = "approvals.publish_in_emergency"

    def get(self, request: Request, pk: int) -> HttpResponse:
        draft = self._draft(pk)
        if draft.state != State.SUBMITTED or is_decided_together(draft):
            return redirect("approvals:review", pk=pk)
        return self._show(draft, EmergencyForm(draft=draft))

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft = self._draft(pk)
        form = EmergencyForm(request.POST, draft=draft)
        if not form.is_valid():
            return self._show(draft, form, status=422)
        try:
            publish_in_emergency(draft, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except (StaleDraft, OwnDraft, OutOfTime, DecidedTogether) as refusal:
            draft.refresh_from_db()
            waits, user = draft.state == State.SUBMITTED, request.user
            words = refusal_words(refusal, draft, user) if waits else overtaken_words(draft, user)
            messages.warning(request, words)
            return redirect("approvals:review", pk=pk) if waits else redirect(draft)
        except RulesObject as refusal:
            form.add_error(None, f"Not even an emergency passes over this: {refusal}")
            return self._show(draft, form, status=422)
        messages.success(
            request, "It goes out. Everyone in communications was told, and somebody looks at it."
        )
        return redirect(draft)

    def _draft(self, pk: int) -> Draft:
        draft = reviewed_draft(self.request.user, pk)
        if not self.request.user.has_perm("approvals.publish_in_emergency", draft):
            raise PermissionDenied
        return draft

    def _show(self, draft: Draft, form: EmergencyForm, status: int = 200) -> HttpResponse:
        context = {"draft": draft, "form": form, "route": route_of(draft)}
        return render(self.request, "approvals/emergency.html", context, status=status)


class Afterwards(PermittedView):
    """What has to be looked at after it went out, the most urgent first."""

    permission = "approvals.look_after"

    def get(self, request: Request) -> HttpResponse:
        reviews = AfterReview.objects.visible_to(request.user).with_people()
        context = {
            "waiting": reviews.open().order_by("due_by", "pk")[:SHOWN],
            "done": reviews.exclude(at=None).order_by("-at", "-pk")[:SHOWN],
            "now": timezone.now(),
        }
        return render(request, "approvals/afterwards.html", context)


class LookAfter(PermittedView):
    """One tweet that went out, and whether that was right."""

    permission = "approvals.look_after"

    def get(self, request: Request, pk: int) -> HttpResponse:
        return self._show(self._review(pk), LookAfterForm())

    def post(self, request: Request, pk: int) -> HttpResponse:
        review, form = self._review(pk), LookAfterForm(request.POST)
        if not request.user.has_perm("approvals.look_after", review):
            raise PermissionDenied
        if not form.is_valid():
            return self._show(review, form, status=422)
        try:
            look_after(review, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except LookedAt:
            messages.warning(request, "Somebody else was quicker: it has been looked at.")
        else:
            messages.success(request, "Kept with the tweet.")
        return redirect("approvals:afterwards")

    def _review(self, pk: int) -> AfterReview:
        reviews = AfterReview.objects.visible_to(self.request.user).with_people()
        review = reviews.filter(pk=pk).first()
        if review is None:
            raise Http404
        return review

    def _show(self, review: AfterReview, form: LookAfterForm, status: int = 200) -> HttpResponse:
        draft = review.delivery.draft
        submission = draft.submissions.order_by("pk").last()
        context = {
            "review": review,
            "draft": draft,
            "form": form,
            "may": self.request.user.has_perm("approvals.look_after", review),
            "findings": answered_findings(submission, overrides_of(review.delivery.revision)),
            "decision": review.delivery.decision,
        }
        return render(self.request, "approvals/look_after.html", context, status=status)
