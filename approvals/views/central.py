"""Posting from the centre: written once, decided once, and its outcome on each account."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from approvals.forms import CentralForm, NoteForm, SendBackForm
from approvals.parts import kept, parts_of
from approvals.reasons import Reason
from approvals.services import (
    NoteMissing,
    NotPossible,
    OutOfTime,
    OwnDraft,
    PartRefused,
    Seen,
    TalkedAbout,
    approve_centrally,
    send_back_centrally,
    stop_centrally,
    waiting,
)
from approvals.showing import why_not
from approvals.views.calling_back import why_not_stopped
from drafts.content import clean_text
from drafts.forms import TEXT_CAP, answers_in, ticks_in
from drafts.models import CentralPost, Draft
from drafts.panel import Panel, panel, words_for
from drafts.services import (
    NotReady,
    Problem,
    Writing,
    change_centrally,
    check_centrally,
    editable,
    guess,
    last_answers,
    last_ticks,
    submit_centrally,
    write_centrally,
)
from drafts.workflow import StaleDraft
from publishing.workflow import UNDER_WAY

SHOWN = 50
TALKED_ABOUT = (
    "Somebody commented on one of its drafts, so nothing is decided yet. Read what was said, then"
    " decide."
)
CHANGED = "This post changed while you were reading it. Look at it again before you decide."


class CentralPosts(PermittedView):
    """What was posted from the centre, newest first."""

    permission = "drafts.post_centrally"

    def get(self, request: Request) -> HttpResponse:
        posts = CentralPost.objects.visible_to(request.user).select_related("author")
        shown = list(posts.order_by("-pk")[:SHOWN])
        drafts: dict[int, list[Draft]] = {post.pk: [] for post in shown}
        written = Draft.objects.filter(central_part__central__in=shown)
        for draft in written.select_related("central_part").order_by("account__handle", "pk"):
            drafts[draft.central_part.central_id].append(draft)
        context = {"posts": [{"post": post, "drafts": kept(drafts[post.pk])} for post in shown]}
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


class CentralPage(_Central):
    """Every account of one post, and the one form that decides on all that waits."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        return self.show(self._central(pk))

    def post(self, request: Request, pk: int) -> HttpResponse:
        central = self._central(pk)
        try:
            match request.POST.get("decision"):
                case "approve":
                    return self._approve(central)
                case "return" | "reject" as decision:
                    return self._send_back(central, rejects=decision == "reject")
                case "stop":
                    self._stop(central)
                case _:
                    messages.warning(request, "Choose what to decide: approve, return or reject.")
        except StaleDraft:
            messages.warning(request, CHANGED)
        except OwnDraft:
            messages.warning(request, "You wrote or submitted a version of it.")
        except PartRefused as refused:
            messages.warning(request, _words_for(refused))
        return redirect("approvals:central", pk=central.pk)

    def _approve(self, central: CentralPost) -> HttpResponse:
        is_said = bool(self.request.POST.get("note", "").strip())
        form = NoteForm(self.request.POST, asks_note=is_said)
        if not form.is_valid():
            return self.show(central, note_form=form, status=422)
        try:
            approve_centrally(
                central,
                actor=self.request.user,
                seen=seen_in(self.request.POST.dict()),
                note=form.cleaned_data.get("note", ""),
                now=timezone.now(),
            )
        except PartRefused as refused:
            if not isinstance(refused.cause, NoteMissing):
                raise
            form = NoteForm(self.request.POST, asks_note=True)
            return self.show(central, note_form=form, status=422)
        except TalkedAbout:
            messages.warning(self.request, TALKED_ABOUT)
            return self.show(central, note_form=form if is_said else None, status=422)
        messages.success(self.request, "Approved on every account.")
        return redirect("approvals:central", pk=central.pk)

    def _stop(self, central: CentralPost) -> None:
        done = stop_centrally(central, actor=self.request.user, now=timezone.now())
        stopped = [str(draft.account) for draft, reason in done if reason is None]
        if stopped:
            messages.success(
                self.request,
                f"Stopped on {', '.join(stopped)}. It is back in the review queue there and will"
                " not go out.",
            )
        for draft, reason in done:
            if reason is not None:
                messages.warning(self.request, f"{draft.account}: {why_not_stopped(reason)}")
        if not done:
            messages.warning(self.request, "Nothing of it is about to go out, so nothing stopped.")

    def _send_back(self, central: CentralPost, *, rejects: bool) -> HttpResponse:
        drafts = waiting(central)
        if not drafts:
            raise StaleDraft
        name = "reject" if rejects else "return"
        form = SendBackForm(self.request.POST, draft=drafts[0], compulsory=rejects, name=name)
        if not form.is_valid():
            return self.show(central, form, status=422)
        send_back_centrally(
            central,
            actor=self.request.user,
            seen=seen_in(self.request.POST.dict()),
            rejects=rejects,
            reason=Reason(form.cleaned_data["reason"]),
            sentence=form.cleaned_data["sentence"],
            now=timezone.now(),
        )
        done = "Rejected on every account." if rejects else f"Returned to {central.author}."
        messages.success(self.request, done)
        return redirect("approvals:central", pk=central.pk)

    def show(
        self,
        central: CentralPost,
        failed: SendBackForm | None = None,
        *,
        note_form: NoteForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        user, now = self.request.user, timezone.now()
        to_decide = waiting(central)
        shown = parts_of(central, to_decide, now)
        wrote = central.drafts().filter(contributions__person=user).exists()
        stopped = next((part for part in shown.parts if part.stopped), None)
        cannot = ""
        if wrote:
            cannot = "You wrote or submitted a version of it, so somebody else must decide on it."
        elif stopped:
            cannot = f"{stopped.draft.account}: {stopped.stopped}"
        else:
            cannot = next((words for one in to_decide if (words := why_not(one, user))), "")
        first = to_decide[0] if to_decide else central.drafts().first()
        context: dict[str, Any] = {
            "central": central,
            "draft": first,
            "parts": shown.parts,
            "goes_to": len(kept([part.draft for part in shown.parts])),
            "findings": shown.findings,
            "due_words": words_for(first.planned_at) if first else "",
            "to_decide": to_decide,
            "cannot_decide": cannot,
            "is_own": wrote,
            "under_way": [
                part for part in shown.parts if part.delivery and part.delivery.state in UNDER_WAY
            ],
            "may_change": bool(editable(central)),
            "note_form": note_form or NoteForm(asks_note=shown.is_passed_over),
            "declared": shown.declared,
            "attested": shown.ticks,
            "overrides": shown.overrides,
            "failed_form": failed,
            "return_form": None,
            "reject_form": None,
        }
        if first and to_decide and not wrote:
            for name in ("return", "reject"):
                form = SendBackForm(draft=first, compulsory=name == "reject", name=name)
                context[f"{name}_form"] = failed if failed and failed.name == name else form
        return render(self.request, "approvals/central.html", context, status=status)


def seen_in(data: Mapping[str, str]) -> dict[int, Seen]:
    """What the form showed, see Part.seen, by the key of the draft in the name of its field."""
    seen = {}
    for name, value in data.items():
        found = re.fullmatch(r"seen-([0-9]{1,18})", name)
        shown = re.fullmatch(r"([0-9]{1,9}):([0-9a-f]{64}):([0-9]{1,18})", value)
        if found and shown:
            number, digest, comment = shown.groups()
            seen[int(found[1])] = Seen(int(number), digest, last_comment=int(comment))
    return seen


def _words_for(refused: PartRefused) -> str:
    account = refused.draft.account
    if isinstance(refused.cause, OutOfTime):
        return (
            f"Its time has passed on {account}, so nothing was approved. Return it for a new one."
        )
    if isinstance(refused.cause, NotPossible):
        return f"Nothing was approved. On {account} it is not possible: {refused.cause}"
    return f"Nothing was approved. The rulebook stops it on {account}: {refused.cause}"
