"""Suggesting another wording, and taking it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import Request
from approvals.forms import SuggestForm, seen_of
from approvals.models import Suggestion
from approvals.services import (
    AlreadyApproved,
    DecidedTogether,
    OutOfTime,
    OwnDraft,
    RulesObject,
    SaysTheSame,
    is_decided_together,
    open_suggestion,
    suggest,
    take_as_approver,
    take_as_author,
)
from approvals.showing import (
    CHANGED,
    overtaken_words,
    refusal_words,
    still_to_come,
    why_not,
)
from approvals.views.deciding import DecidingView
from approvals.views.review import reviewed_draft
from drafts.diff import word_diff
from drafts.models import Draft
from drafts.services import DECLARATION, NotReady
from drafts.workflow import StaleDraft, State

QUICKER = "Somebody was quicker: this suggestion can no longer be taken. This is the draft now."


class Suggest(DecidingView):
    """Writing the tweet as the approver would have it."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        draft = reviewed_draft(request.user, pk)
        if (
            draft.state != State.SUBMITTED
            or is_decided_together(draft)
            or why_not(draft, request.user)
        ):
            return redirect("approvals:review", pk=pk)
        return self._show(draft, SuggestForm(draft=draft))

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft = reviewed_draft(request.user, pk)
        form = SuggestForm(request.POST, draft=draft)
        if not form.is_valid():
            return self._show(draft, form, status=422)
        try:
            suggest(draft, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except SaysTheSame:
            form.add_error("text", "Change at least one word, or go back and approve it as it is.")
            return self._show(draft, form, status=422)
        except (DecidedTogether, PermissionDenied) as refusal:
            messages.warning(request, refusal_words(refusal, draft, request.user))
            return redirect("approvals:review", pk=pk)
        except StaleDraft:
            # What was typed is kept on screen: it may fit the new text as well.
            draft.refresh_from_db()
            if draft.state != State.SUBMITTED:
                messages.warning(request, overtaken_words(draft, request.user))
                return redirect(draft)
            form = SuggestForm(request.POST.dict() | seen_of(draft), draft=draft)
            form.is_valid()
            form.add_error(None, CHANGED)
            return self._show(draft, form, status=409)
        messages.success(
            request, f"Suggested. {draft.author} and the other approvers can take it at once."
        )
        return redirect("approvals:queue")

    def _show(self, draft: Draft, form: SuggestForm, status: int = 200) -> HttpResponse:
        context = {"draft": draft, "form": form, "declaration": DECLARATION}
        return render(self.request, "approvals/suggest.html", context, status=status)


class Take(DecidingView):
    """Taking the suggested words: as its author, who hands them in, or as an approver."""

    permission = "insights.draft"

    def get(self, request: Request, pk: int) -> HttpResponse:
        """For who decides in somebody's place: all others take it on the page of the draft."""
        suggestion = self._suggestion(pk)
        draft = suggestion.draft
        if self._sees(draft):
            return redirect(draft)
        if open_suggestion(draft) != suggestion:
            messages.warning(request, QUICKER)
            return redirect("approvals:queue")
        context = {
            "draft": draft,
            "suggestion": suggestion,
            "suggested": word_diff(draft.text, suggestion.text),
            "takes": "approver",
        }
        return render(request, "approvals/take.html", context)

    def post(self, request: Request, pk: int) -> HttpResponse:
        suggestion = self._suggestion(pk)
        draft = suggestion.draft
        now, as_author = timezone.now(), draft.author_id == request.user.pk
        try:
            if as_author:
                take_as_author(suggestion, actor=request.user, now=now)
            else:
                take_as_approver(suggestion, actor=request.user, now=now)
        except NotReady as refusal:
            if as_author:
                messages.warning(
                    request, f"Before you can submit these words: {refusal} Then submit."
                )
                # The Write page opens with these words, once.
                request.session["offered_text"] = [draft.pk, suggestion.text]
                return redirect("drafts:edit", pk=draft.pk)
            messages.warning(request, f"Its author has to take these words: {refusal}")
        except (StaleDraft, AlreadyApproved):
            messages.warning(request, QUICKER)
        except (OutOfTime, RulesObject) as refusal:
            words = str(refusal) or "Its time has passed."
            messages.warning(request, f"It cannot be approved: {words}")
        except OwnDraft as refusal:
            messages.warning(request, refusal_words(refusal, draft, request.user))
        else:
            draft.refresh_from_db()
            done = "Taken and submitted." if as_author else "Taken and approved."
            rest = still_to_come(draft) if draft.state == State.SUBMITTED and not as_author else ""
            messages.success(request, f"{done} {rest}".strip())
        return redirect(draft) if self._sees(draft) else redirect("approvals:queue")

    def _suggestion(self, pk: int) -> Suggestion:
        """One on a draft that this person sees, or decides on in somebody's place."""
        suggestion = get_object_or_404(
            Suggestion.objects.select_related(
                "draft__account__force",
                "draft__account__lpt",
                "draft__author",
                "person",
                "revision",
            ),
            pk=pk,
        )
        draft = suggestion.draft
        if not (self._sees(draft) or self.request.user.has_perm("approvals.decide", draft)):
            raise Http404
        return suggestion

    def _sees(self, draft: Draft) -> bool:
        return Draft.objects.visible_to(self.request.user).filter(pk=draft.pk).exists()
