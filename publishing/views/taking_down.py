"""Taking a tweet down, and where that stands."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from publishing.forms import GoneForm, TakeDownForm
from publishing.models import Delivery, TakeDown
from publishing.models.taken_down import Reason, Settled
from publishing.services import (
    SCREENSHOTS,
    AlreadyAsked,
    NotPublic,
    ask,
    can_be_taken_down,
    confirm_gone,
    confirm_never_public,
    goes_by_itself,
    hurry,
)

# How long the request that asks waits for the platform; a worker goes on from there.
AT_ONCE = 4.0
TRIES_SHOWN = 30


class TakeDownPage(PermittedView):
    """The reasons as buttons; once one was pressed, where it stands."""

    permission = "publishing.take_down"

    def get(self, request: Request, pk: int) -> HttpResponse:
        delivery = self._delivery(pk)
        take_down = TakeDown.objects.with_people().filter(delivery=delivery).first()
        if take_down:
            return self._show(take_down)
        if not can_be_taken_down(delivery):
            messages.warning(request, "There is nothing to take down: this tweet is not public.")
            return redirect(delivery.draft)
        return self._choose(delivery, TakeDownForm())

    def post(self, request: Request, pk: int) -> HttpResponse:
        delivery = self._delivery(pk)
        form = TakeDownForm(request.POST)
        if not form.is_valid():
            return self._choose(delivery, form, status=422)
        try:
            take_down = ask(
                delivery,
                actor=request.user,
                reason=Reason(form.cleaned_data["reason"]),
                note=form.cleaned_data["note"],
                now=timezone.now(),
            )
        except AlreadyAsked as already:
            words = f"{already.take_down.asked_by} has asked for this already."
            messages.warning(request, words)
        except NotPublic:
            messages.warning(request, "There is nothing to take down: this tweet is not public.")
            return redirect(delivery.draft)
        else:
            hurry(take_down, seconds=AT_ONCE)
        return redirect("publishing:take-down", pk=delivery.pk)

    def _delivery(self, pk: int) -> Delivery:
        visible = Delivery.objects.visible_to(self.request.user)
        delivery = visible.with_people().filter(pk=pk).first()
        if delivery is None or not self.request.user.has_perm("publishing.take_down", delivery):
            raise Http404
        return delivery

    def _choose(self, delivery: Delivery, form: TakeDownForm, status: int = 200) -> HttpResponse:
        context = {
            "delivery": delivery,
            "draft": delivery.draft,
            "form": form,
            "reasons": Reason.choices,
            "by_itself": goes_by_itself(delivery),
            "screenshots": SCREENSHOTS,
        }
        return render(self.request, "publishing/take_down.html", context, status=status)

    def _show(
        self, take_down: TakeDown, form: GoneForm | None = None, status: int = 200
    ) -> HttpResponse:
        delivery = take_down.delivery
        by_hand = take_down.needs_hand
        context = {
            "take_down": take_down,
            "delivery": delivery,
            "draft": delivery.draft,
            "log": take_down.log.order_by("-pk")[:TRIES_SHOWN],
            "form": (form or GoneForm(take_down=take_down)) if by_hand else None,
            "may_copy": self.request.user.has_perm("drafts.copy", delivery.draft),
            "screenshots": SCREENSHOTS,
        }
        return render(self.request, "publishing/taken_down.html", context, status=status)


class ConfirmGone(TakeDownPage):
    """A named person says what they saw on the platform."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        return redirect("publishing:take-down", pk=pk)

    def post(self, request: Request, pk: int) -> HttpResponse:
        delivery = self._delivery(pk)
        take_down = TakeDown.objects.with_people().filter(delivery=delivery).first()
        if take_down is None:
            raise Http404
        form = GoneForm(request.POST, take_down=take_down)
        if take_down.needs_hand and not form.is_valid():
            return self._show(take_down, form, status=422)
        confirm = confirm_gone
        if form.is_valid() and form.cleaned_data["outcome"] == "private":
            confirm = confirm_never_public
        try:
            confirm(
                take_down,
                actor=request.user,
                evidence=form.cleaned_data.get("evidence", ""),
                now=timezone.now(),
            )
        except Settled:
            messages.warning(request, "This has been settled meanwhile. Look at it again.")
        else:
            messages.success(request, "Noted, with your name.")
        return redirect("publishing:take-down", pk=pk)
