"""Deciding on several drafts at once: each one was read, and each decision stands alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import Request
from accounts.models import User
from approvals.cards import Card, cards_of
from approvals.forms import WhyForm, picked_of
from approvals.reasons import Reason
from approvals.services import Outcome, Seen, approve_each, send_back_each, waiting_for
from approvals.showing import CHANGED, overtaken_words, refusal_words, why_not
from approvals.views.deciding import DecidingView
from approvals.views.queue import back_to_queue, chosen_in
from drafts.models import Draft
from drafts.workflow import State

# More than anybody reads in one go.
AT_ONCE = 25
NOTHING_LEFT = "None of these waits for you any more."
SEND_BACK = {"return": "Returned", "reject": "Rejected"}


class Bulk(DecidingView):
    """The drafts that somebody ticked in the queue, whole, and one decision for all of them."""

    def get(self, request: Request) -> HttpResponse:
        return redirect("approvals:queue")

    def post(self, request: Request) -> HttpResponse:
        picked = picked_of(request.POST.getlist("pick"))
        if not 0 < len(picked) <= AT_ONCE:
            messages.warning(request, f"Tick the drafts to decide on together, {AT_ONCE} at most.")
            return redirect(back_to_queue(self.request.POST))
        decision = request.POST.get("decision", "")
        if decision == "approve":
            return self._approve(picked)
        if decision in SEND_BACK:
            return self._send_back(picked, decision)
        return self._show(picked)

    def _cards(self, picked: dict[int, Seen]) -> list[Card]:
        """Of what was ticked: all that still waits, as it is now, and is not one's own."""
        waiting = waiting_for(self.request.user).one_by_one().filter(pk__in=picked)
        cards = cards_of(waiting.oldest_due_first(), self.request.user, timezone.now())
        return [card for card in cards if not card.is_own]

    def _show(
        self, picked: dict[int, Seen], failed: WhyForm | None = None, problem: str = ""
    ) -> HttpResponse:
        cards = self._cards(picked)
        if not cards:
            messages.warning(self.request, NOTHING_LEFT)
            return redirect(back_to_queue(self.request.POST))
        forms = {name: WhyForm(compulsory=name == "reject", name=name) for name in SEND_BACK} | (
            {failed.name: failed} if failed else {}
        )
        context = {
            "cards": cards,
            "clean": [card for card in cards if card.is_clean],
            "gone": len(picked) - len(cards),
            "return_form": forms["return"],
            "reject_form": forms["reject"],
            "failed_form": failed,
            "problem": problem,
            "read": set(self.request.POST.getlist("read")),
            "queue_url": back_to_queue(self.request.POST),
            "chosen": chosen_in(self.request.POST),
        }
        status = 422 if failed or problem else 200
        return render(self.request, "approvals/bulk.html", context, status=status)

    def _approve(self, picked: dict[int, Seen]) -> HttpResponse:
        """Approve those that were read whole and in which nothing was found."""
        read = picked_of(self.request.POST.getlist("read"))
        if not read:
            return self._show(picked, problem="Tick each tweet that you have read to its end.")
        clean = [card.draft for card in self._cards(read) if card.is_clean]
        outcomes = approve_each(
            [(draft, read[draft.pk]) for draft in clean],
            actor=self.request.user,
            now=timezone.now(),
        )
        return self._done("Approved", outcomes, read)

    def _send_back(self, picked: dict[int, Seen], decision: str) -> HttpResponse:
        rejects = decision == "reject"
        form = WhyForm(self.request.POST, compulsory=rejects, name=decision)
        if not form.is_valid():
            return self._show(picked, form)
        outcomes = send_back_each(
            [(card.draft, picked[card.draft.pk]) for card in self._cards(picked)],
            actor=self.request.user,
            rejects=rejects,
            reason=Reason(form.cleaned_data["reason"]),
            sentence=form.cleaned_data["sentence"],
            now=timezone.now(),
        )
        return self._done(SEND_BACK[decision], outcomes, picked)

    def _done(self, verb: str, outcomes: list[Outcome], asked: dict[int, Seen]) -> HttpResponse:
        """What became of each: never a silent skip."""
        user, done = self.request.user, [each for each in outcomes if each.refusal is None]
        left = [
            (each.draft, refusal_words(each.refusal, each.draft, user))
            for each in outcomes
            if each.refusal is not None
        ]
        missing = asked.keys() - {each.draft.pk for each in outcomes}
        left += [
            (draft, _why_left(draft, asked[draft.pk], user))
            for draft in Draft.objects.visible_to(user).with_people().filter(pk__in=missing)
        ]
        if not (done or left):
            messages.warning(self.request, NOTHING_LEFT)
            return redirect(back_to_queue(self.request.POST))
        if not left:
            count = len(done)
            messages.success(self.request, f"{verb}: {count} draft{'s' if count != 1 else ''}.")
            return redirect(back_to_queue(self.request.POST))
        context = {
            "verb": verb,
            "done": done,
            "left": left,
            "queue_url": back_to_queue(self.request.POST),
        }
        return render(self.request, "approvals/bulk_done.html", context)


def _why_left(draft: Draft, seen: Seen, user: User) -> str:
    """Why nothing was decided on a draft that was asked for, in a sentence."""
    if draft.state != State.SUBMITTED:
        return overtaken_words(draft, user)
    if draft.content_hash != seen.content_hash:
        return CHANGED
    return why_not(draft, user) or _why_alone(draft)


def _why_alone(draft: Draft) -> str:
    """Why a draft is decided on its own page, as its card would say."""
    if draft.comments.exists():
        return "Somebody commented on it. Open it to read what was said, and decide there."
    return "Something was found in it. Open it to decide."
