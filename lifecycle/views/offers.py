"""Drafts for another team's account."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from drafts.models import Draft
from lifecycle.forms import DecisionForm, OfferForm
from lifecycle.models import AlreadyDecided, Offer
from lifecycle.services import (
    AlreadyOffered,
    adopt_offer,
    may_be_offered_to,
    offer,
    turn_down_offer,
)

SHOWN = 50


def _form(made: Offer, data: Any = None) -> DecisionForm:
    return DecisionForm(data, row=made.pk, label="A word to whoever offered it")


class Offers(PermittedView):
    """What waits for the own team's answer, and what became of the rest."""

    permission = "drafts.write"

    def get(self, request: Request) -> HttpResponse:
        return self.show()

    def show(
        self, failed: tuple[int, DecisionForm] | None = None, status: int = 200
    ) -> HttpResponse:
        user = self.request.user
        mine = Offer.objects.visible_to(user).with_people().order_by("-offered_at", "-pk")
        waiting = [made for made in mine.open() if user.has_perm("drafts.write", made.account)]
        context = {
            "waiting": [
                (made, failed[1] if failed and failed[0] == made.pk else _form(made))
                for made in waiting
            ],
            "offered": [made for made in mine.open() if made not in waiting],
            "answered": mine.exclude(answered_at=None)[:SHOWN],
            "failed_form": failed[1] if failed else None,
        }
        return render(self.request, "lifecycle/offers.html", context, status=status)


class OfferDraft(PermittedView):
    """Offer one draft to another account."""

    permission = "drafts.write"

    def get(self, request: Request, pk: int) -> HttpResponse:
        draft = self._draft(pk)
        return self._show(draft, OfferForm(accounts=list(may_be_offered_to(draft))))

    def post(self, request: Request, pk: int) -> HttpResponse:
        draft = self._draft(pk)
        form = OfferForm(request.POST, accounts=list(may_be_offered_to(draft)))
        if not form.is_valid():
            return self._show(draft, form, status=422)
        account, words = form.chosen, form.cleaned_data["words"]
        try:
            offer(draft, account, actor=request.user, words=words, now=timezone.now())
        except AlreadyOffered:
            messages.warning(request, f"It waits for an answer of {account} already.")
        else:
            messages.success(request, f"Offered to {account}. You are told what they answer.")
        return redirect(draft)

    def _draft(self, pk: int) -> Draft:
        mine = Draft.objects.visible_to(self.request.user).with_people()
        return get_object_or_404(mine, pk=pk)

    def _show(self, draft: Draft, form: OfferForm, status: int = 200) -> HttpResponse:
        context = {"draft": draft, "form": form}
        return render(self.request, "lifecycle/offer.html", context, status=status)


class AnswerOffer(Offers):
    def get(self, request: Request, pk: int) -> HttpResponse:  # type: ignore[override]
        return redirect("lifecycle:offers")

    def post(self, request: Request, pk: int) -> HttpResponse:
        made = get_object_or_404(Offer.objects.visible_to(request.user).with_people(), pk=pk)
        form = _form(made, request.POST)
        if not form.is_valid():
            return self.show((made.pk, form), status=422)
        user, now = request.user, timezone.now()
        try:
            if form.is_yes:
                draft = adopt_offer(made, actor=user, now=now)
                messages.success(request, "Adopted: it is a draft of yours. Change and submit it.")
                return redirect("drafts:edit", draft.pk)
            turn_down_offer(made, actor=user, answer=form.cleaned_data["answer"], now=now)
        except AlreadyDecided:
            messages.warning(request, "Somebody else has answered already.")
        else:
            messages.success(request, "They are told why not.")
        return redirect("lifecycle:offers")
