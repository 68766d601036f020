"""Writing in the browser. A view translates: one call into the services, then words."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import SocialAccount
from drafts.content import clean_text, signed
from drafts.forms import DraftForm, answers_in, ticks_in
from drafts.models import Draft
from drafts.services import (
    NotReady,
    Problem,
    last_answers,
    last_ticks,
    save,
    submit,
    write,
)
from drafts.starters import chips_for, starter_for
from drafts.views.checked import account_of, panel_of, text_of
from drafts.views.finding import find_draft, visible_draft
from drafts.workflow import StaleDraft, State
from policy.core import Pack
from policy.services import pack_for


class Stale(NamedTuple):
    """What somebody else saved meanwhile."""

    theirs_text: str
    theirs_author: str
    theirs_at: datetime


class _Editor(PermittedView):
    """What writing and changing share."""

    permission = "drafts.write"

    def show(
        self,
        form: DraftForm,
        *,
        draft: Draft | None = None,
        problems: list[Problem] | None = None,
        stale: Stale | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "form": form,
            "draft": draft,
            "stale": stale,
            "check": panel_of(
                form, self._answers(draft), self._ticks(form, draft), problems, draft=draft
            ),
            "check_url": reverse("drafts:check"),
            "chips": [] if draft else chips_for(_pack_of(self.request), _own_account(form)),
        }
        return render(self.request, "drafts/write.html", context, status=status)

    def _answers(self, draft: Draft | None) -> dict[str, str]:
        """What was answered in this form, or when the draft was last submitted."""
        if self.request.method == "POST" or draft is None:
            return answers_in(self.request.POST.dict())
        return last_answers(draft)

    def _ticks(self, form: DraftForm, draft: Draft | None) -> dict[str, str]:
        """What was ticked for the text of this form, or when exactly this was submitted."""
        if self.request.method == "POST" or draft is None:
            return ticks_in(self.request.POST.dict(), text_of(form))
        return last_ticks(draft)

    def sign(self, draft: Draft | None = None) -> HttpResponse:
        """What was typed with the account's signature at its end, for browsers without scripts.

        Nothing is saved: the officer sees it first, as with everything that is typed.
        """
        user, now, data = self.request.user, timezone.now(), self.request.POST.copy()
        account = account_of(DraftForm(data, user=user, now=now, draft=draft))
        if account:
            data["text"] = signed(clean_text(data.get("text", "")), account.signature)
        form = DraftForm(data, user=user, now=now, draft=draft)
        # It was not handed in: what is still missing is said when it is.
        form.errors.clear()
        return self.show(form, draft=draft)

    def submit_or_leave(self, draft: Draft, form: DraftForm, now: datetime) -> HttpResponse:
        """After saving: hand the draft in if the officer pressed Submit."""
        request = self.request
        if request.POST.get("action") != "submit":
            messages.success(request, "Saved as a draft. Nobody else is asked to do anything yet.")
            return _to_draft(request, draft)
        try:
            submit(
                draft,
                actor=request.user,
                revision_number=draft.revision_number,
                answers=answers_in(request.POST.dict()),
                ticked=ticks_in(request.POST.dict(), draft.text),
                now=now,
            )
        except NotReady as refusal:
            messages.info(request, "Not submitted yet. Your text is saved as a draft.")
            again = DraftForm(
                _with_revision(request, draft), user=request.user, now=now, draft=draft
            )
            again.is_valid()
            again.show(refusal.problems)
            return self.show(again, draft=draft, problems=refusal.problems, status=422)
        except StaleDraft:
            messages.warning(request, "This draft has been submitted already.")
            return _to_draft(request, draft)
        draft.refresh_from_db()
        who = "Somebody of the team" if draft.waits_for_team else "Corporate communications"
        messages.success(request, f"Submitted. {who} will look at it; you see it on My desk.")
        return _to_draft(request, draft)

    def both_texts(self, draft: Draft, now: datetime) -> HttpResponse:
        """Something else was saved meanwhile: show it beside what was typed, and lose neither."""
        draft.refresh_from_db()
        user, revision = self.request.user, draft.current_revision
        again = DraftForm(_with_revision(self.request, draft), user=user, now=now, draft=draft)
        again.is_valid()
        theirs = Stale(revision.text, revision.author.full_name, revision.created_at)
        # Where only who may change it is another, there are no two texts.
        was_saved = self.request.POST.get("revision") != str(draft.revision_number)
        if not (_is_editable(draft) and user.has_perm("drafts.edit", draft)):
            why = (
                f"{draft.author} goes on with this draft now: you cannot change it any more."
                if _is_editable(draft)
                else f"This draft is “{draft.get_state_display().lower()}” by now and cannot be"
                " changed."
            )
            again.add_error(None, f"{why} Copy your text before you leave this page.")
        return self.show(again, draft=draft, stale=theirs if was_saved else None, status=409)

    def out_of_reach(self, pk: int, now: datetime) -> HttpResponse:
        """The draft went to another team while somebody wrote: keep what they typed as a new one.

        404 for whoever had no part in it. What others made of it since is not shown.
        """
        user = self.request.user
        rows = Draft.objects.filter(pk=pk, contributions__person=user)
        draft = rows.select_related("account").first()
        if draft is None:
            raise Http404
        data = self.request.POST.copy()
        data["key"], data["revision"] = str(uuid.uuid4()), ""
        form = DraftForm(data, user=user, now=now)
        form.errors.clear()
        form.add_error(
            "account",
            f"You do not write for {draft.account} any more, and the draft stays there. Choose"
            " another account to save what you typed as a new draft, or copy it.",
        )
        return self.show(form, status=409)


class Write(_Editor):
    def get(self, request: Request) -> HttpResponse:
        form = DraftForm(user=request.user, now=timezone.now())
        wanted = {name: request.GET.get(name, "") for name in ("template", "category")}
        if any(wanted.values()):
            starter = starter_for(_pack_of(request), _own_account(form), **wanted)
            if starter is None:
                messages.warning(request, "These prepared words are no longer there.")
            else:
                form.initial.update(
                    text=starter.text, category=starter.category, case_stage=starter.stage
                )
        return self.show(form)

    def post(self, request: Request) -> HttpResponse:
        if request.POST.get("action") == "sign":
            return self.sign()
        now = timezone.now()
        form = DraftForm(request.POST, user=request.user, now=now)
        if not form.is_valid():
            return self.show(form, status=422)
        key = form.cleaned_data["key"]
        try:
            draft = write(form.writing(), author=request.user, key=key, now=now)
        except StaleDraft:
            first = Draft.objects.by(request.user).with_people().get(key=key)
            return self.both_texts(first, now)
        return self.submit_or_leave(draft, form, now)


class Edit(_Editor):
    permission = "drafts.edit"

    def get(self, request: Request, pk: int) -> HttpResponse:
        draft = visible_draft(request, pk)
        if not (request.user.has_perm("drafts.edit", draft) and _is_editable(draft)):
            messages.warning(request, "This draft cannot be changed now.")
            return redirect(draft)
        form = DraftForm(user=request.user, now=timezone.now(), draft=draft)
        # What somebody suggested, if that is what the person came here to take.
        number, text = request.session.pop("offered_text", (None, ""))
        if number == draft.pk:
            form.initial["text"] = text
        return self.show(form, draft=draft)

    def post(self, request: Request, pk: int) -> HttpResponse:
        now = timezone.now()
        draft = find_draft(request, pk)
        if draft is None:
            return self.out_of_reach(pk, now)
        if not request.user.has_perm("drafts.edit", draft):
            return self.both_texts(draft, now)
        if request.POST.get("action") == "sign":
            return self.sign(draft)
        form = DraftForm(request.POST, user=request.user, now=now, draft=draft)
        if not form.is_valid():
            return self.show(form, draft=draft, status=422)
        try:
            draft = save(
                draft,
                form.writing(),
                actor=request.user,
                revision_number=form.cleaned_data["revision"] or 0,
                now=now,
            )
        except StaleDraft:
            return self.both_texts(draft, now)
        return self.submit_or_leave(draft, form, now)


class Check(PermittedView):
    """The live check: the count, the findings and the marks while somebody types."""

    permission = "drafts.write"

    def post(self, request: Request) -> HttpResponse:
        form = DraftForm(request.POST, user=request.user, now=timezone.now())
        form.is_valid()
        data = request.POST.dict()
        key = form.cleaned_data.get("key")
        draft = Draft.objects.visible_to(request.user).filter(key=key).first() if key else None
        panel = panel_of(form, answers_in(data), ticks_in(data, text_of(form)), draft=draft)
        return render(request, "drafts/_check.html", {"check": panel})


def _is_editable(draft: Draft) -> bool:
    return draft.state in {State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED}


def _to_draft(request: Request, draft: Draft) -> HttpResponse:
    # The next page tells the browser that the kept copy of the text is no longer needed.
    request.session["saved_key"] = str(draft.key)
    return redirect(draft)


def _with_revision(request: Request, draft: Draft) -> Mapping[str, str]:
    data = request.POST.copy()
    data["revision"] = str(draft.revision_number)
    return data


def _pack_of(request: Request) -> Pack:
    return pack_for(request.user.current_memberships[0].force)


def _own_account(form: DraftForm) -> SocialAccount | None:
    """The account of the writer's own team, with which the form begins."""
    own: SocialAccount | None = form.fields["account"].initial
    return own
