"""Writing in the browser. A view translates: one call into the services, then words."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.duty import on_duty
from accounts.models import SocialAccount
from drafts.content import clean_text, signed
from drafts.forms import TEXT_CAP, DraftForm, answers_in, ticks_in
from drafts.models import Draft, DraftQuerySet, Override, cursor_of
from drafts.panel import Panel, panel
from drafts.services import (
    NotReady,
    Problem,
    check_text,
    content_of,
    copy,
    discard,
    guess,
    last_answers,
    last_ticks,
    overrides_of,
    save,
    submit,
    withdraw,
    write,
)
from drafts.starters import chips_for, starter_for
from drafts.workflow import StaleDraft, State
from policy.core import Pack
from policy.registers.services import elections_of
from policy.services import pack_for

PAGE = 25
# No key of a row is as long as this; longer numbers are not even asked for.
KEY_DIGITS = 18


def visible_draft(request: Request, pk: int) -> Draft:
    """The draft if this person may see it; another team's is 404 like one that never was."""
    draft = Draft.objects.visible_to(request.user).with_people().filter(pk=pk).first()
    if draft is None:
        raise Http404
    return draft


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
            "check": _panel_of(
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
            return ticks_in(self.request.POST.dict(), _text_of(form))
        return last_ticks(draft)

    def sign(self, draft: Draft | None = None) -> HttpResponse:
        """What was typed with the account's signature at its end, for browsers without scripts.

        Nothing is saved: the officer sees it first, as with everything that is typed.
        """
        user, now, data = self.request.user, timezone.now(), self.request.POST.copy()
        account = _account_of(DraftForm(data, user=user, now=now, draft=draft))
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
        if not (_is_editable(draft) and user.has_perm("drafts.edit", draft)):
            again.add_error(
                None,
                f"This draft is “{draft.get_state_display().lower()}” by now and cannot be changed."
                " Copy your text before you leave this page.",
            )
        return self.show(again, draft=draft, stale=theirs, status=409)


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
        draft, now = visible_draft(request, pk), timezone.now()
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
        panel = _panel_of(form, answers_in(data), ticks_in(data, _text_of(form)), draft=draft)
        return render(request, "drafts/_check.html", {"check": panel})


class TeamDrafts(PermittedView):
    permission = "drafts.read"
    tabs: ClassVar = {
        "writing": ("Being written", [State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED]),
        "waiting": ("Waiting for review", [State.SUBMITTED]),
        "approved": ("Approved", [State.APPROVED]),
        "ended": ("Rejected or discarded", [State.REJECTED, State.WITHDRAWN]),
    }

    def get(self, request: Request) -> HttpResponse:
        chosen = request.GET.get("state", "writing")
        if chosen not in self.tabs:
            raise Http404
        drafts = Draft.objects.visible_to(request.user).filter(state__in=self.tabs[chosen][1])
        page, next_url = newest_page(request, drafts.with_people(), f"state={chosen}")
        url = reverse("drafts:list")
        context = {
            "drafts": page,
            "next_url": next_url,
            "state_tabs": [
                {"label": label, "url": f"{url}?state={key}", "current": key == chosen}
                for key, (label, _) in self.tabs.items()
            ],
        }
        return render(request, "drafts/list.html", context)


class _Act(PermittedView):
    """A button on a draft's page."""

    permission = "drafts.write"
    done: ClassVar[str]

    def act(self, draft: Draft, now: datetime) -> Draft:
        raise NotImplementedError

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft = visible_draft(request, pk)
        try:
            draft = self.act(draft, timezone.now())
        except StaleDraft:
            messages.warning(request, "This draft has changed meanwhile. Look at it again.")
        else:
            messages.success(request, self.done)
        return redirect(draft)


class Withdraw(_Act):
    permission = "drafts.withdraw"
    done = "Taken back. You can go on writing."

    def act(self, draft: Draft, now: datetime) -> Draft:
        withdraw(draft, actor=self.request.user, now=now)
        return draft


class Discard(_Act):
    permission = "drafts.discard"
    done = "Discarded. Its words stay on record; copy it to start again."

    def act(self, draft: Draft, now: datetime) -> Draft:
        discard(draft, actor=self.request.user, now=now)
        return draft


class Copy(_Act):
    permission = "drafts.copy"
    done = "This is your copy. Change what you need and submit it."

    def act(self, draft: Draft, now: datetime) -> Draft:
        return copy(draft, actor=self.request.user, now=now)


def newest_page(request: Request, drafts: DraftQuerySet, query: str) -> tuple[list[Draft], str]:
    """One page of drafts, newest first, and the address of the next: by key, never by number."""
    before = request.GET.get("before", "")
    page = list(drafts.older_than(before).newest_first()[: PAGE + 1])
    if len(page) <= PAGE:
        return page, ""
    last = page[PAGE - 1]
    return page[:PAGE], f"?{query}&before={cursor_of(last.changed_at, last.pk)}"


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


def _text_of(form: DraftForm) -> str:
    return clean_text(str(form["text"].value() or ""))


def _panel_of(
    form: DraftForm,
    answers: Mapping[str, str],
    ticked: Mapping[str, str],
    problems: list[Problem] | None = None,
    *,
    draft: Draft | None,
) -> Panel:
    """The rulebook's view of what stands in the form, valid or not."""
    text = _text_of(form)
    account = _account_of(form)
    if account is None:
        return Panel()
    if not text:
        return Panel(signature=account.signature)
    chosen = str(form["category"].value() or "")
    # Only what could ever be a tweet is worth the rulebook's time; the count says the rest.
    category = chosen or guess(text[:TEXT_CAP], account=account)
    declared = form.declared()
    planned = getattr(form, "cleaned_data", {}).get("planned")
    planned_at = planned.at if planned else None
    checked = check_text(
        text,
        account=account,
        category=category,
        declared=declared,
        attested=ticked,
        now=form.now,
        draft_id=form.draft.pk if form.draft else None,
        goes_out=planned_at,
    )
    return panel(
        checked,
        text=text,
        category=category,
        account=account,
        planned_at=planned_at,
        answers=answers,
        ticked=ticked,
        declared=declared.as_asked(text, category=category, account=account),
        problems=problems,
        overrides=_overrides_for(form, draft) if checked.report.blocking else [],
        elections=elections_of(account.force_id, at=planned_at) if planned_at else (),
        too_early=_too_early(account, planned_at, form.now),
    )


def _too_early(account: SocialAccount, planned_at: datetime | None, now: datetime) -> str:
    """What to know of a time before which the centre decides nothing; "" for any other."""
    if planned_at is None:
        return ""
    duty = on_duty(account.force, now)
    if not duty.comes_too_late_for(planned_at):
        return ""
    return (
        "Corporate communications decides nothing before then. If a team does not decide either, it"
        " expires. You can choose a later time."
        if duty.teams_decide
        else "Nobody approves before then, so it would expire. You can choose a later time."
    )


def _overrides_for(form: DraftForm, draft: Draft | None) -> list[Override]:
    """Which blocks were passed over, where the form still says what the draft does."""
    if draft is None or (form.is_bound and not form.cleaned_data.keys() >= {"text", "account"}):
        return []
    current = content_of(draft)
    if form.is_bound:
        typed = form.writing().resolved()
        same = typed.revision(draft, number=0, author=draft.author, now=form.now)
        if same.content_hash != current.content_hash:
            return []
    # Whoever submits has no use of their own leave.
    return [override for override in overrides_of(current) if override.person_id != form.user.pk]


def _pack_of(request: Request) -> Pack:
    return pack_for(request.user.current_memberships[0].force)


def _own_account(form: DraftForm) -> SocialAccount | None:
    """The account of the writer's own team, with which the form begins."""
    own: SocialAccount | None = form.fields["account"].initial
    return own


def _account_of(form: DraftForm) -> SocialAccount | None:
    chosen = form["account"].value() or form.fields["account"].initial
    accounts = form.fields["account"].queryset  # type: ignore[attr-defined]
    if isinstance(chosen, SocialAccount):
        return chosen
    found: SocialAccount | None = (
        accounts.filter(pk=chosen).first()
        if str(chosen).isdecimal() and len(str(chosen)) < KEY_DIGITS
        else None
    )
    return found or accounts.first()
