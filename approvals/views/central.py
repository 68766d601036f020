"""Posting from the centre: written once, decided once, and its outcome on each account."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from approvals.forms import CentralForm, SendBackForm
from approvals.reasons import Reason
from approvals.services import (
    OutOfTime,
    OwnDraft,
    PartRefused,
    Seen,
    approve_centrally,
    return_centrally,
    stops,
    waiting,
)
from approvals.showing import answered_findings, last_submissions
from drafts.content import clean_text
from drafts.forms import TEXT_CAP, answers_in, ticks_in
from drafts.models import CentralPost, Draft
from drafts.panel import Item, Panel, panel, words_for
from drafts.services import (
    NotReady,
    Problem,
    Writing,
    change_centrally,
    check_centrally,
    check_content,
    content_of,
    editable,
    guess,
    last_answers,
    last_ticks,
    overrides_of,
    submit_centrally,
    write_centrally,
)
from drafts.workflow import StaleDraft
from publishing.models import Delivery

SHOWN = 50
CHANGED = "This post changed while you were reading it. Look at it again before you decide."


class CentralPosts(PermittedView):
    """What was posted from the centre, newest first."""

    permission = "drafts.post_centrally"

    def get(self, request: Request) -> HttpResponse:
        posts = CentralPost.objects.visible_to(request.user).select_related("author")
        context = {
            "posts": [
                {"post": post, "drafts": list(post.drafts())}
                for post in posts.order_by("-pk")[:SHOWN]
            ]
        }
        return render(request, "approvals/central_list.html", context)


class _Central(PermittedView):
    permission = "drafts.post_centrally"

    def _central(self, pk: int) -> CentralPost:
        visible = CentralPost.objects.visible_to(self.request.user).select_related("author")
        central = visible.filter(pk=pk).first()
        if central is None:
            raise Http404
        return central


class WriteCentrally(_Central):
    """One text, several accounts. `pk` changes all drafts of a post that still go together."""

    def get(self, request: Request, pk: int | None = None) -> HttpResponse:
        central = self._central(pk) if pk else None
        if central and not editable(central):
            messages.warning(request, "Nothing of this post can be changed now.")
            return redirect("approvals:central", pk=central.pk)
        form = CentralForm(user=request.user, now=timezone.now(), central=central)
        return self.show(form, central)

    def post(self, request: Request, pk: int | None = None) -> HttpResponse:
        central, now = self._central(pk) if pk else None, timezone.now()
        form = CentralForm(request.POST, user=request.user, now=now, central=central)
        if central and not form.drafts:
            messages.warning(request, "Nothing of this post can be changed now.")
            return redirect("approvals:central", pk=central.pk)
        if not form.is_valid():
            return self.show(form, central, status=422)
        try:
            central = self._save(form, central, now)
        except StaleDraft:
            messages.warning(request, CHANGED)
            return redirect("approvals:central", pk=pk)
        return self._submit_or_leave(central, now)

    def _save(self, form: CentralForm, central: CentralPost | None, now: datetime) -> CentralPost:
        actor = self.request.user
        if central:
            change_centrally(central, form.writing(), form.chosen(), actor=actor, now=now)
            return central
        return write_centrally(
            form.writing(),
            form.chosen(),
            author=actor,
            key=form.cleaned_data.get("key"),
            now=now,
        )

    def _submit_or_leave(self, central: CentralPost, now: datetime) -> HttpResponse:
        request = self.request
        if request.POST.get("action") != "submit":
            messages.success(request, "Saved. Nobody else is asked to do anything yet.")
            return redirect("approvals:central", pk=central.pk)
        data = request.POST.dict()
        try:
            submit_centrally(
                central,
                actor=request.user,
                answers=answers_in(data),
                ticked=ticks_in(data, clean_text(data.get("text", ""))),
                now=now,
            )
        except NotReady as refusal:
            messages.info(request, "Not submitted yet. Your text is saved.")
            again = CentralForm(request.POST, user=request.user, now=now, central=central)
            again.is_valid()
            again.show(refusal.problems)
            return self.show(again, central, refusal.problems, status=422)
        except StaleDraft:
            messages.warning(request, "This post has been submitted already.")
        else:
            messages.success(request, "Submitted. One of your colleagues decides on all of it.")
        return redirect("approvals:central", pk=central.pk)

    def show(
        self,
        form: CentralForm,
        central: CentralPost | None,
        problems: list[Problem] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        address = reverse("approvals:central-write")
        if central:
            address = reverse("approvals:central-change", args=[central.pk])
        context = {
            "form": form,
            "central": central,
            "draft": form.drafts[0] if form.drafts else None,
            "check": self._panel(form, problems),
            "check_url": reverse("drafts:check"),
            "write_url": address,
        }
        return render(self.request, "approvals/central_write.html", context, status=status)

    def _panel(self, form: CentralForm, problems: list[Problem] | None) -> Panel:
        """The rulebook's view of the text on all chosen accounts."""
        text, accounts = clean_text(str(form["text"].value() or "")), form.chosen()
        if not (text and accounts):
            return Panel()
        category = str(form["category"].value() or "") or guess(
            text[:TEXT_CAP], account=accounts[0]
        )
        planned = getattr(form, "cleaned_data", {}).get("planned")
        declared = form.declared()
        answers, ticked = self._said(form, text)
        writing = Writing(text, accounts[0], category, planned=planned, declared=declared)
        checked = check_centrally(
            writing,
            accounts,
            attested=ticked,
            now=form.now,
            drafts={draft.account_id: draft.pk for draft in form.drafts},
        )
        return panel(
            checked,
            text=text,
            category=category,
            account=accounts[0],
            planned_at=planned.at if planned else None,
            answers=answers,
            ticked=ticked,
            declared=declared.as_asked(text, category=category, account=accounts[0]),
            problems=problems,
        )

    def _said(self, form: CentralForm, text: str) -> tuple[dict[str, str], dict[str, str]]:
        """The answers and ticks given in this form, or when it was last submitted."""
        if self.request.method == "POST":
            data = self.request.POST.dict()
            return answers_in(data), ticks_in(data, text)
        if form.drafts:
            return last_answers(form.drafts[0]), last_ticks(form.drafts[0])
        return {}, {}


@dataclass(frozen=True, slots=True)
class Part:
    """One account of a post on screen."""

    draft: Draft
    delivery: Delivery | None
    is_waiting: bool
    # It was changed alone, so it is decided alone.
    is_apart: bool
    # What the rulebook finds here beside what it finds everywhere.
    findings: list[Item] = field(default_factory=list)
    stopped: str = ""


class CentralPage(_Central):
    """Every account of one post, and the one form that decides on all that waits."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        return self.show(self._central(pk))

    def post(self, request: Request, pk: int) -> HttpResponse:
        central = self._central(pk)
        try:
            match request.POST.get("decision"):
                case "approve":
                    approve_centrally(
                        central,
                        actor=request.user,
                        seen=seen_in(request.POST.dict()),
                        now=timezone.now(),
                    )
                    messages.success(request, "Approved on every account. Each can be stopped.")
                case "return":
                    return self._return(central)
                case _:
                    messages.warning(request, "Choose what to decide: approve or return.")
        except StaleDraft:
            messages.warning(request, CHANGED)
        except OwnDraft:
            messages.warning(request, "You wrote or submitted a version of it.")
        except PartRefused as refused:
            messages.warning(request, _words_for(refused))
        return redirect("approvals:central", pk=central.pk)

    def _return(self, central: CentralPost) -> HttpResponse:
        drafts = waiting(central)
        if not drafts:
            raise StaleDraft
        form = SendBackForm(self.request.POST, draft=drafts[0], compulsory=False, name="return")
        if not form.is_valid():
            return self.show(central, form, status=422)
        return_centrally(
            central,
            actor=self.request.user,
            seen=seen_in(self.request.POST.dict()),
            reason=Reason(form.cleaned_data["reason"]),
            sentence=form.cleaned_data["sentence"],
            now=timezone.now(),
        )
        messages.success(self.request, f"Returned to {central.author}.")
        return redirect("approvals:central", pk=central.pk)

    def show(
        self, central: CentralPost, form: SendBackForm | None = None, status: int = 200
    ) -> HttpResponse:
        user, now = self.request.user, timezone.now()
        to_decide = waiting(central)
        findings, parts = _parts(central, to_decide, now)
        wrote = central.drafts().filter(contributions__person=user).exists()
        stopped = next((part for part in parts if part.stopped), None)
        cannot = ""
        if wrote:
            cannot = "You wrote or submitted a version of it, so somebody else must decide on it."
        elif stopped:
            cannot = f"{stopped.draft.account}: {stopped.stopped}"
        first = to_decide[0] if to_decide else central.drafts().first()
        context = {
            "central": central,
            "draft": first,
            "parts": parts,
            "findings": findings,
            "due_words": words_for(first.planned_at) if first else "",
            "to_decide": to_decide,
            "cannot_decide": cannot,
            "is_own": wrote,
            "may_change": bool(editable(central)),
            "return_form": (form or SendBackForm(draft=first, compulsory=False, name="return"))
            if first and to_decide and not wrote
            else None,
        }
        return render(self.request, "approvals/central.html", context, status=status)


def _parts(
    central: CentralPost, to_decide: list[Draft], now: datetime
) -> tuple[list[Item], list[Part]]:
    """What the rulebook finds on all accounts, and each account with what it finds there alone."""
    drafts = list(central.drafts())
    together = set(central.together().values_list("pk", flat=True))
    submissions = last_submissions(drafts)
    deliveries = {
        row.draft_id: row for row in Delivery.objects.filter(draft__in=drafts).order_by("pk")
    }
    waits = {draft.pk for draft in to_decide}
    found, stopped = {}, {}
    for draft in to_decide:
        revision = content_of(draft)
        report, overrides = check_content(revision, now=now), overrides_of(revision)
        found[draft.pk] = answered_findings(submissions.get(draft.pk), overrides, report.findings)
        stopped[draft.pk] = next(iter(stops(revision, report, overrides)), "")
    keys = [{item.finding.key for item in items} for items in found.values()]
    everywhere = set.intersection(*keys) if keys else set()
    first = next(iter(found.values()), [])
    return [item for item in first if item.finding.key in everywhere], [
        Part(
            draft,
            deliveries.get(draft.pk),
            is_waiting=draft.pk in waits,
            is_apart=draft.pk not in together,
            findings=[i for i in found.get(draft.pk, []) if i.finding.key not in everywhere],
            stopped=stopped.get(draft.pk, ""),
        )
        for draft in drafts
    ]


def seen_in(data: Mapping[str, str]) -> dict[int, Seen]:
    """What the form showed: seen-<key of the draft> holds "<revision number>:<hash>"."""
    seen = {}
    for name, value in data.items():
        found = re.fullmatch(r"seen-([0-9]{1,18})", name)
        shown = re.fullmatch(r"([0-9]{1,9}):([0-9a-f]{64})", value)
        if found and shown:
            seen[int(found.group(1))] = Seen(int(shown.group(1)), shown.group(2))
    return seen


def _words_for(refused: PartRefused) -> str:
    account = refused.draft.account
    if isinstance(refused.cause, OutOfTime):
        return (
            f"Its time has passed on {account}, so nothing was approved. Return it for a new one."
        )
    return f"Nothing was approved. The rulebook stops it on {account}: {refused.cause}"
