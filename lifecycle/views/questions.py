"""Asking corporate communications: the questions, one of them, and a new one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import Force, SocialAccount
from accounts.views.frames import OfAForce
from drafts.models import Draft
from lifecycle.forms import CloseForm, MessageForm, QuestionForm
from lifecycle.models import Question, StaleQuestion
from lifecycle.services import ask_comms, close_question, may_be_asked_about, write_on
from policy.services import pack_for

# So many wait on the page at a time; whoever answers those sees the next.
WAITING, SHOWN = 50, 20
# No key of a row is as long as this; longer numbers are not even asked for.
KEY_DIGITS = 18
MEANWHILE = "Somebody has written here meanwhile. Read it first: your text is still below."


class Questions(PermittedView):
    """What waits for communications, oldest first, and what was asked before."""

    permission = "lifecycle.ask_comms"

    def get(self, request: Request) -> HttpResponse:
        mine = Question.objects.visible_to(request.user).with_people().with_words()
        waiting = list(mine.waiting().oldest_first()[: WAITING + 1])
        context = {
            "answers": request.user.has_perm("lifecycle.answer_question"),
            "waiting": waiting[:WAITING],
            "has_more": len(waiting) > WAITING,
            "answered": mine.answered().newest_first()[:SHOWN],
            "closed": mine.closed().newest_first()[:SHOWN],
        }
        return render(request, "lifecycle/questions.html", context)


class AskComms(OfAForce):
    """One compulsory field. `draft` or `account` in the address say what it is about."""

    permission = "lifecycle.ask_comms"

    def get(self, request: Request) -> HttpResponse:
        draft = self._draft()
        return self._show(draft, self._form(draft))

    def post(self, request: Request) -> HttpResponse:
        draft = self._draft()
        form = self._form(draft, request.POST)
        if not form.is_valid():
            return self._show(draft, form, status=422)
        about: Draft | SocialAccount | None = draft or form.chosen
        question = ask_comms(
            form.cleaned_data["text"],
            force=about.account.force if isinstance(about, Draft) else self._force_of(about),
            actor=request.user,
            about=about,
            tells_supervisors=form.cleaned_data.get("supervisors", False),
            key=form.cleaned_data["key"],
            now=timezone.now(),
        )
        messages.success(request, "Asked. You are told when communications answers.")
        return redirect(question)

    def _force_of(self, account: SocialAccount | None) -> Force:
        return account.force if account else self.force

    def _draft(self) -> Draft | None:
        """The draft in the address; 404 for one that this person does not see."""
        key = self.request.GET.get("draft", "")
        if not key:
            return None
        if not (key.isdecimal() and len(key) < KEY_DIGITS):
            raise Http404
        return get_object_or_404(Draft.objects.visible_to(self.request.user).with_people(), pk=key)

    def _form(self, draft: Draft | None, data: Any = None) -> QuestionForm:
        accounts = may_be_asked_about(self.request.user).select_related("force")
        return QuestionForm(
            data,
            accounts=[] if draft else list(accounts),
            chosen=self.request.GET.get("account", ""),
            has_supervisors=draft is not None and draft.account.lpt_id is not None,
        )

    def _show(self, draft: Draft | None, form: QuestionForm, status: int = 200) -> HttpResponse:
        force = draft.account.force if draft else self.force
        context = {
            "draft": draft,
            "form": form,
            "force": force,
            "reporting": pack_for(force).reporting,
        }
        return render(self.request, "lifecycle/ask_comms.html", context, status=status)


class _OfAQuestion(PermittedView):
    permission = "lifecycle.ask_comms"

    def question(self, pk: int) -> Question:
        """One that this person sees; 404 for any other."""
        mine = Question.objects.visible_to(self.request.user).with_people()
        return get_object_or_404(mine, pk=pk)


class QuestionPage(_OfAQuestion):
    """What was said in one question, and the form to say more."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        question = self.question(pk)
        return self._show(question, self._form(question))

    def post(self, request: Request, pk: int) -> HttpResponse:
        question = self.question(pk)
        form = self._form(question, request.POST)
        if not form.is_valid():
            return self._show(question, form, status=422)
        typed = form.cleaned_data
        try:
            write_on(
                question, typed["text"], actor=request.user, seen=typed["seen"], key=typed["key"],
                now=timezone.now(),
            )  # fmt: skip
        except StaleQuestion:
            messages.warning(request, MEANWHILE)
            again = self.question(pk)
            data = request.POST.copy()
            data["seen"] = str(again.said)
            return self._show(again, self._form(again, data), status=409)
        messages.success(request, f"Sent. {self._told(question)}")
        return redirect(question)

    def _told(self, question: Question) -> str:
        if not self.request.user.has_perm("lifecycle.answer_question", question):
            return "Communications is told."
        asker = question.asked_by
        return f"{asker} is told." if asker.is_active else f"{asker} has left and is not told."

    def _form(self, question: Question, data: Any = None) -> MessageForm:
        answers = self.request.user.has_perm("lifecycle.answer_question", question)
        return MessageForm(data, seen=question.said, answers=answers)

    def _show(self, question: Question, form: MessageForm, status: int = 200) -> HttpResponse:
        user = self.request.user
        said = question.messages.select_related("person")
        for message in said:
            # Asked of each: is it an answer?
            message.question = question
        draft = question.draft
        context = {
            "question": question,
            "said": said,
            "form": form,
            "is_mine": question.asked_by_id == user.pk,
            "may_write": user.has_perm("lifecycle.write_on_question", question),
            "answers": user.has_perm("lifecycle.answer_question", question),
            # Whoever keeps the accounts answers as well, and reads no drafts.
            "sees_draft": draft is not None and user.has_perm("drafts.read", draft),
            "reporting": pack_for(question.force).reporting,
        }
        return render(self.request, "lifecycle/question.html", context, status=status)


class CloseQuestion(_OfAQuestion):
    def post(self, request: Request, pk: int) -> HttpResponse:
        question, form = self.question(pk), CloseForm(request.POST)
        # What was not sent in full has seen nothing.
        seen = form.cleaned_data["seen"] if form.is_valid() else 0
        try:
            close_question(question, actor=request.user, seen=seen, now=timezone.now())
        except StaleQuestion:
            messages.warning(request, "Not closed: somebody was here meanwhile. Look at it again.")
        else:
            messages.success(request, "Closed. Whoever writes here opens it again.")
        return redirect(question)
