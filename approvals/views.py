"""The review queue in the browser."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from accounts.access import PermittedView, Request
from accounts.models import SocialAccount, User
from approvals.forms import QueueFilterForm, SeenForm, SendBackForm
from approvals.reasons import Reason
from approvals.services import (
    OutOfTime,
    OwnDraft,
    RulesObject,
    approve,
    claim,
    reject,
    reopen,
    return_for_changes,
    stops,
    unschedule,
)
from approvals.showing import (
    SOON,
    Card,
    answered_findings,
    attention_words,
    changes_since_last_look,
    contributed_by,
    history,
    last_submissions,
    not_among,
    overrides_by_draft,
    why_not,
)
from drafts.case import NOTHING
from drafts.models import Draft, DraftQuerySet, Override, Submission, cursor_of
from drafts.panel import words_for
from drafts.services import blocks_to_pass_over, check_content, content_of, overrides_of
from drafts.workflow import StaleDraft, State
from incidents.models import Hold
from policy.services import generation
from publishing.models import Delivery
from publishing.workflow import State as DeliveryState
from publishing.workflow import TooLate

PAGE = 25
CHANGED = "This draft changed while you were reading it. Look at it again before you decide."
WITHIN = {"2h": timedelta(hours=2), "today": timedelta(hours=24)}


def _queue(request: Request) -> DraftQuerySet:
    return Draft.objects.awaiting_review().visible_to(request.user).with_people()


def due_words(draft: Draft, now: datetime) -> str:
    """How urgent it is: "Due in 40 minutes", "Waiting for 3 hours"."""
    if draft.planned_at is None:
        return f"As soon as approved. Waiting for {_span(now - (draft.submitted_at or now))}"
    if draft.planned_at <= now:
        return "Its time has passed"
    return f"Due in {_span(draft.planned_at - now)}"


def _span(span: timedelta) -> str:
    minutes = max(int(span.total_seconds() // 60), 0)
    for size, unit in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'s' if count != 1 else ''}"
    return "less than a minute"


class Queue(PermittedView):
    """Everything that waits for a decision, oldest due first, by key and not by page number."""

    permission = "approvals.review"

    def get(self, request: Request) -> HttpResponse:
        now = timezone.now()
        form = QueueFilterForm(request.GET, user=request.user)
        drafts = self._filtered(form, now).due_after(request.GET.get("after", ""))
        page = list(drafts.oldest_due_first()[: PAGE + 1])
        shown, submissions = page[:PAGE], last_submissions(page[:PAGE])
        own = contributed_by(request.user, shown)
        overrides, ruled_at = overrides_by_draft(shown), generation()
        context = {
            "cards": [
                self._card(
                    draft,
                    submissions.get(draft.pk),
                    overrides.get(draft.pk, []),
                    now,
                    is_own=draft.pk in own,
                    ruled_at=ruled_at,
                )
                for draft in shown
            ],
            "filter_form": form,
            "next_url": self._next_url(shown[-1]) if len(page) > PAGE else "",
            "stops": stop_panels(request.user, now),
        }
        return render(request, "approvals/queue.html", context)

    def _filtered(self, form: QueueFilterForm, now: datetime) -> DraftQuerySet:
        drafts = _queue(self.request)
        if not form.is_valid():
            return drafts.none()
        chosen = form.cleaned_data
        if chosen["lpt"]:
            drafts = drafts.filter(account__lpt=chosen["lpt"])
        if chosen["found"]:
            drafts = drafts.filter(has_findings=chosen["found"] == "findings")
        if chosen["due"] == "asap":
            drafts = drafts.filter(planned_at=None)
        elif chosen["due"]:
            drafts = drafts.filter(planned_at__lte=now + WITHIN[chosen["due"]])
        return drafts

    def _next_url(self, last: Draft) -> str:
        query = self.request.GET.dict() | {
            "after": cursor_of(last.queue_at or last.changed_at, last.pk)
        }
        return f"?{urlencode(query)}"

    def _card(
        self,
        draft: Draft,
        submission: Submission | None,
        overrides: list[Override],
        now: datetime,
        *,
        is_own: bool,
        ruled_at: int,
    ) -> Card:
        items = answered_findings(submission, overrides)
        review_url = reverse("approvals:review", args=[draft.pk])
        # A clean draft, which the card shows whole, is decided right there, unless the rules
        # have changed since: only its page checks it again.
        is_checked = submission is not None and submission.generation == ruled_at
        is_clean = is_checked and not items and not overrides and not is_own
        is_open = draft.claimed_by_other(self.request.user, now)
        return Card(
            draft=draft,
            url=review_url,
            approve_url=review_url if is_clean else "",
            is_own=is_own,
            due_words=due_words(draft, now),
            is_soon=draft.planned_at is not None and draft.planned_at - now <= SOON,
            attention=attention_words(items, draft, now),
            findings=items,
            declared=submission.revision.declared if submission else NOTHING,
            attested=list(submission.attested.all()) if submission else [],
            overrides=not_among(items, overrides),
            claimed_by=draft.claimed_by.full_name if is_open and draft.claimed_by else "",
            claimed_at=draft.claimed_at,
        )


class Review(PermittedView):
    """One draft to decide on. What is decided is exactly what this page showed."""

    permission = "approvals.review"

    def get(self, request: Request, pk: int) -> HttpResponse:
        draft = self._draft(pk)
        if draft.state != State.SUBMITTED:
            messages.warning(
                request, f"This draft is “{draft.get_state_display().lower()}”: nothing to decide."
            )
            return redirect(draft)
        if not why_not(draft, request.user):
            claim(draft, actor=request.user, now=timezone.now())
        return self._show(draft)

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
        draft = Draft.objects.visible_to(self.request.user).with_people().filter(pk=pk).first()
        if draft is None:
            raise Http404
        return draft

    def _show(
        self,
        draft: Draft,
        *,
        return_form: SendBackForm | None = None,
        reject_form: SendBackForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        now = timezone.now()
        submission = draft.submissions.order_by("pk").last()
        is_open = draft.claimed_by_other(self.request.user, now)
        revision = content_of(draft)
        overrides = overrides_of(revision)
        report = check_content(revision, now=now)
        findings = answered_findings(submission, overrides, report.findings)
        blocked = stops(revision, report, overrides)
        cannot = why_not(draft, self.request.user)
        if not cannot and blocked:
            cannot = f"The rulebook stops this tweet by now: {blocked[0]}"
        context = {
            "draft": draft,
            "findings": findings,
            "declared": revision.declared,
            "attested": submission.attested.order_by("pk") if submission else [],
            "overrides": not_among(findings, overrides),
            "due_words": words_for(draft.planned_at),
            "diff": changes_since_last_look(draft),
            "timeline": history(draft),
            "claimed_by": draft.claimed_by.full_name if is_open and draft.claimed_by else "",
            "claimed_at": draft.claimed_at,
            "cannot_decide": cannot,
            "can_send_back": not why_not(draft, self.request.user),
            "pass_over_url": self._pass_over_url(draft, now) if blocked else "",
            "decide_url": reverse("approvals:review", args=[draft.pk]),
            "queue_url": reverse("approvals:queue"),
            "return_form": return_form
            or SendBackForm(draft=draft, compulsory=False, name="return"),
            "reject_form": reject_form or SendBackForm(draft=draft, compulsory=True, name="reject"),
            "stops": stop_panels(self.request.user, now),
            "held_by": hold_words(draft.account),
        }
        return render(self.request, "approvals/review.html", context, status=status)

    def _pass_over_url(self, draft: Draft, now: datetime) -> str:
        may = self.request.user.has_perm("policy.override_block", draft)
        offered = may and blocks_to_pass_over(draft, now=now)
        return reverse("drafts:pass-over", args=[draft.pk]) if offered else ""

    def _approve(self, draft: Draft) -> HttpResponse:
        seen = SeenForm(self.request.POST)
        if not seen.is_valid():
            return self._again(draft, CHANGED)
        try:
            approve(draft, actor=self.request.user, now=timezone.now(), **seen.cleaned_data)
        except (StaleDraft, OwnDraft, OutOfTime, RulesObject) as refusal:
            return self._again(draft, self._words_for(refusal, draft))
        if self.request.POST.get("from") == "queue":
            return redirect("approvals:queue")
        # The panel that offers to stop it says that it was approved.
        return self._next("")

    def _words_for(self, refusal: Exception, draft: Draft) -> str:
        match refusal:
            case OwnDraft():
                return why_not(draft, self.request.user)
            case OutOfTime():
                return "Its time has passed, so it cannot be approved. Return it for a new time."
            case RulesObject():
                return f"The rulebook stops this tweet by now: {refusal}"
        return CHANGED

    def _send_back(self, draft: Draft, form: SendBackForm) -> HttpResponse:
        rejects = form.compulsory
        if not form.is_valid():
            shown = {"reject_form" if rejects else "return_form": form}
            return self._show(draft, status=422, **shown)
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
        except (StaleDraft, OwnDraft) as refusal:
            return self._again(draft, self._words_for(refusal, draft))
        done = "Rejected" if rejects else f"Returned to {draft.author}"
        return self._next(f"{done}: “{Truncator(draft.text).chars(60)}”")

    def _again(self, draft: Draft, words: str) -> HttpResponse:
        draft.refresh_from_db()
        if draft.state != State.SUBMITTED:
            state = draft.get_state_display().lower()
            messages.warning(
                self.request, f"Somebody else was quicker: this draft is “{state}” now."
            )
            return redirect(draft)
        messages.warning(self.request, words)
        return redirect("approvals:review", pk=draft.pk)

    def _next(self, words: str) -> HttpResponse:
        """The next item at once; the queue when there is none."""
        if words:
            messages.success(self.request, words)
        waiting = _queue(self.request).not_written_by(self.request.user).oldest_due_first()
        following = waiting.first()
        if following is None:
            return redirect("approvals:queue")
        return redirect("approvals:review", pk=following.pk)


class _CallBack(PermittedView):
    """Taking an approval back while the tweet has not gone out."""

    done: ClassVar[str]

    def act(self, draft: Draft, now: datetime) -> None:
        raise NotImplementedError

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft = Draft.objects.visible_to(request.user).with_people().filter(pk=pk).first()
        if draft is None:
            raise Http404
        try:
            self.act(draft, timezone.now())
        except (TooLate, StaleDraft):
            messages.warning(
                request,
                "Too late: this tweet is going out, is public, or has been stopped already.",
            )
        else:
            messages.success(request, self.done)
        return redirect(draft)


class Reopen(_CallBack):
    permission = "approvals.reopen"
    done = "Reopened. Its approval is void: change it and submit it again."

    def act(self, draft: Draft, now: datetime) -> None:
        reopen(draft, actor=self.request.user, now=now)


class Stop(_CallBack):
    permission = "approvals.unschedule"
    done = "Stopped. It is back in the review queue and will not go out."

    def act(self, draft: Draft, now: datetime) -> None:
        unschedule(draft, actor=self.request.user, now=now)


@dataclass(frozen=True, slots=True)
class StopPanel:
    """A tweet that the person has just approved and can still stop with one press."""

    url: str
    until: datetime
    text: str
    held_by: str


def stop_panels(user: User, now: datetime) -> list[StopPanel]:
    """Everything that `user` approved within the stop window and that has not gone out."""
    mine = Delivery.objects.filter(
        approved_by=user, approved_at__gt=now - settings.STOP_WINDOW, state=DeliveryState.QUEUED
    ).with_people()
    holds = list(Hold.objects.open().select_related("force", "lpt", "account").order_by("pk"))
    return [
        StopPanel(
            url=reverse("approvals:stop", args=[delivery.draft_id]),
            until=delivery.due_at,
            text=Truncator(delivery.draft.text).chars(60),
            held_by=_words_of(holds, delivery.account),
        )
        for delivery in mine.order_by("approved_at", "pk")
    ]


def hold_words(account: SocialAccount) -> str:
    """What holds the tweets of `account` back, in words; empty when nothing does."""
    return _words_of(Hold.objects.open().covering(account).order_by("pk"), account)


def _words_of(holds: Iterable[Hold], account: SocialAccount) -> str:
    covering = (hold for hold in holds if hold.covers(account))
    hold = next(covering, None)
    return f"{hold.get_kind_display()} for {hold.scope}" if hold else ""
