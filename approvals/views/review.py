"""One draft to decide on, in the browser."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from accounts.access import Request
from accounts.models import User
from accounts.permissions import is_comms_reviewer
from approvals.asking import NumberOf, ask
from approvals.cards import why_not_on_card
from approvals.forms import ApproveForm, SendBackForm
from approvals.reasons import Reason
from approvals.services import (
    AlreadyApproved,
    DecidedTogether,
    NoteMissing,
    NotPossible,
    OutOfTime,
    RulesObject,
    TalkedAbout,
    approve,
    claim,
    next_for,
    reject,
    return_for_changes,
    stops,
    unfit_for,
    waiting_for,
)
from approvals.showing import (
    CHANGED,
    TALKED_ABOUT,
    TOGETHER,
    answered_findings,
    changes_since_last_look,
    corrected,
    history,
    last_submissions,
    not_among,
    overtaken_words,
    refusal_words,
    route_of,
    still_to_come,
    what_there_is,
    why_not,
)
from approvals.stopping import hold_words, stop_panels, stoppable
from approvals.talk import newest_of, talk_about
from approvals.views.deciding import DecidingView
from approvals.views.queue import back_to_queue
from drafts.models import CentralPost, Draft
from drafts.panel import words_for
from drafts.services import blocks_to_pass_over, check_content, content_of, overrides_of
from drafts.workflow import StaleDraft, State
from incidents.models import Hold


def reviewed_draft(user: User, pk: int) -> Draft:
    """The draft that this person reviews, in their own place or in somebody else's."""
    draft = (
        Draft.objects.visible_to(user).with_people().filter(pk=pk).first()
        or waiting_for(user).filter(pk=pk).first()
    )
    if draft is None:
        raise Http404
    return draft


class Review(DecidingView):
    """One draft to decide on. What is decided is exactly what this page showed."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        draft = self._draft(pk)
        if draft.state != State.SUBMITTED:
            messages.warning(
                request, f"This draft is “{draft.get_state_display().lower()}”: nothing to decide."
            )
            return redirect(draft)
        central = CentralPost.objects.awaiting_review()
        together = central.filter(
            parts__draft=draft, parts__content_hash=draft.content_hash
        ).first()
        if together and is_comms_reviewer(request.user, together.force_id):
            # It is decided on every account at once.
            return redirect("approvals:central", pk=together.pk)
        cannot = TOGETHER if together else why_not(draft, request.user)
        if not cannot:
            claim(draft, actor=request.user, now=timezone.now())
        return self._show(draft, cannot=cannot)

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft = self._draft(pk)
        match request.POST.get("decision"):
            case "approve":
                return self._approve(draft)
            case "return":
                form = SendBackForm(request.POST, draft=draft, compulsory=False, name="return")
                return self._send_back(draft, form)
            case "reject":
                form = SendBackForm(request.POST, draft=draft, compulsory=True, name="reject")
                return self._send_back(draft, form)
        return self._again(draft, "Choose what to decide: approve, return or reject.")

    def _draft(self, pk: int) -> Draft:
        return reviewed_draft(self.request.user, pk)

    def _show(
        self,
        draft: Draft,
        *,
        cannot: str | None = None,
        approve_form: ApproveForm | None = None,
        return_form: SendBackForm | None = None,
        reject_form: SendBackForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        user, now = self.request.user, timezone.now()
        there_is = ask(
            user,
            what_there_is(draft)
            | {
                "stops": NumberOf(stoppable(user, now), up_to=1),
                "holds": NumberOf(Hold.objects.open(), up_to=1),
            },
        )
        submission: Any = last_submissions([draft]).get(draft.pk)
        is_open = draft.claimed_by_other(self.request.user, now)
        revision = content_of(draft)
        overrides = overrides_of(revision)
        report = check_content(revision, now=now)
        findings = answered_findings(submission, overrides, report.findings)
        blocked = stops(revision, report, overrides)
        why = why_not(draft, user) if cannot is None else cannot
        cannot = why
        if not why and (objects := unfit_for(draft, user, now=now)):
            cannot = refusal_words(NotPossible(objects), draft, user)
        elif not why and blocked:
            cannot = refusal_words(RulesObject(blocked[:1]), draft, user)
        route = route_of(draft)
        talk = talk_about(draft, user, is_quiet=not there_is["comments"])
        context = {
            "draft": draft,
            "findings": findings,
            "declared": revision.declared,
            "attested": submission.ticks if submission else [],
            "overrides": not_among(findings, overrides),
            "due_words": words_for(draft.planned_at),
            "diff": changes_since_last_look(draft) if there_is["decisions"] else [],
            "timeline": history(draft, there_is),
            "claimed_by": draft.claimed_by.full_name if is_open and draft.claimed_by else "",
            "claimed_at": draft.claimed_at,
            "cannot_decide": cannot,
            "can_send_back": not why,
            "pass_over_url": self._pass_over_url(draft, now) if blocked else "",
            "route": route,
            # Until when it may go out is the choice of whoever puts it on its way.
            "asks_how_late": bool(route and route[-1].is_present and route[-1].missing <= 1),
            "emergency_url": self._emergency_url(draft, blocked),
            "approve_form": approve_form
            or ApproveForm(
                draft=draft,
                asks_note=bool(overrides),
                last_comment=newest_of(talk["comments"]),
            ),
            "decide_url": reverse("approvals:review", args=[draft.pk]),
            "queue_url": reverse("approvals:queue"),
            "return_form": return_form
            or SendBackForm(draft=draft, compulsory=False, name="return"),
            "reject_form": reject_form or SendBackForm(draft=draft, compulsory=True, name="reject"),
            "stops": stop_panels(user, now) if there_is["stops"] else [],
            "held_by": hold_words(draft.account) if there_is["holds"] else "",
            "corrects": corrected(draft),
            **talk,
        }
        return render(self.request, "approvals/review.html", context, status=status)

    def _pass_over_url(self, draft: Draft, now: datetime) -> str:
        may = self.request.user.has_perm("policy.override_block", draft)
        offered = may and blocks_to_pass_over(draft, now=now)
        return reverse("drafts:pass-over", args=[draft.pk]) if offered else ""

    def _emergency_url(self, draft: Draft, blocked: list[str]) -> str:
        may = self.request.user.has_perm("approvals.publish_in_emergency", draft)
        return reverse("approvals:emergency", args=[draft.pk]) if may and not blocked else ""

    def _approve(self, draft: Draft) -> HttpResponse:
        is_said = bool(self.request.POST.get("note", "").strip())
        seen = ApproveForm(self.request.POST, draft=draft, asks_note=is_said)
        if seen.errors.keys() & {"note", "may_be_late"}:
            return self._show(draft, approve_form=seen, status=422)
        if words := self._not_seen(draft, seen):
            return self._again(draft, words)
        try:
            delivery = approve(
                draft, actor=self.request.user, now=timezone.now(), **seen.cleaned_data
            )
        except (NoteMissing, TalkedAbout) as refusal:
            return self._typed(draft, refusal)
        except (StaleDraft, AlreadyApproved, OutOfTime, RulesObject, PermissionDenied) as refusal:
            return self._again(draft, refusal_words(refusal, draft, self.request.user))
        if delivery is None:
            draft.refresh_from_db()
            messages.success(self.request, f"Approved. {still_to_come(draft)}")
        if self.request.POST.get("from") == "queue":
            # With what was chosen there: the next one is at the same place.
            return redirect(back_to_queue(self.request.POST))
        # The panel that offers to stop it says that it was approved.
        return self._next("")

    def _typed(self, draft: Draft, refusal: NoteMissing | TalkedAbout) -> HttpResponse:
        """The page again with what was typed: a note lacks, or somebody commented meanwhile."""
        sent, lacks_note = self.request.POST.copy(), isinstance(refusal, NoteMissing)
        if not lacks_note:
            messages.warning(self.request, TALKED_ABOUT)
            sent["last_comment"] = str(newest_of(draft.comments.all()))
        is_said = bool(sent.get("note", "").strip())
        form = ApproveForm(sent, draft=draft, asks_note=lacks_note or is_said)
        return self._show(draft, approve_form=form, status=422)

    def _not_seen(self, draft: Draft, sent: ApproveForm) -> str:
        """Why nothing is approved of what was on screen, in a sentence; empty: it may be."""
        if not sent.is_valid():
            return CHANGED
        if self.request.POST.get("from") != "queue":
            return ""
        words = why_not_on_card(draft, self.request.user, timezone.now())
        is_same = sent.cleaned_data["revision_hash"] == draft.content_hash
        return words if is_same or not words else CHANGED

    def _send_back(self, draft: Draft, form: SendBackForm) -> HttpResponse:
        rejects = form.compulsory
        if not form.is_valid():
            if rejects:
                return self._show(draft, reject_form=form, status=422)
            return self._show(draft, return_form=form, status=422)
        chosen = form.cleaned_data
        try:
            (reject if rejects else return_for_changes)(
                draft,
                actor=self.request.user,
                revision_number=chosen["revision_number"],
                revision_hash=chosen["revision_hash"],
                reason=Reason(chosen["reason"]),
                sentence=chosen["sentence"],
                now=timezone.now(),
            )
        except (StaleDraft, DecidedTogether, PermissionDenied) as refusal:
            return self._again(draft, refusal_words(refusal, draft, self.request.user))
        done = "Rejected" if rejects else f"Returned to {draft.author}"
        return self._next(f"{done}: “{Truncator(draft.text).chars(60)}”")

    def _again(self, draft: Draft, words: str) -> HttpResponse:
        draft.refresh_from_db()
        if draft.state != State.SUBMITTED:
            messages.warning(self.request, overtaken_words(draft, self.request.user))
            return redirect(draft)
        messages.warning(self.request, words)
        return redirect("approvals:review", pk=draft.pk)

    def _next(self, words: str) -> HttpResponse:
        """The next item at once; the queue when there is none."""
        if words:
            messages.success(self.request, words)
        following = next_for(self.request.user)
        if following is None:
            return redirect("approvals:queue")
        return redirect("approvals:review", pk=following.pk)
