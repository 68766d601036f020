"""Moving the times of approved tweets: one of them, or many when news breaks."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from publishing.forms import ChooseForm, MoveForm, TimeForm
from publishing.forms.moving import pick_of
from publishing.models import Delivery, DeliveryQuerySet
from publishing.services import (
    going_out,
    hold_all,
    movable,
    move_times,
    on_its_way,
    timed_words,
)

# More than these are not for ticking: hold them, or choose fewer.
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One tweet to tick. `timed` are its words that are bound to a time."""

    delivery: Delivery
    value: str
    timed: list[str]
    is_ticked: bool


class MoveTime(PermittedView):
    """Another time for one approved tweet."""

    permission = "publishing.answer"

    def get(self, request: Request, pk: int) -> HttpResponse:
        delivery = self._delivery(pk)
        if not movable(Delivery.objects.filter(pk=pk)).exists():
            return self._too_late(delivery)
        local = timezone.localtime(delivery.due_at)
        seen = {"seen": delivery.due_at.isoformat(), "date": local.date(), "time": local.time()}
        return self._show(delivery, TimeForm(initial=seen, now=timezone.now()))

    def post(self, request: Request, pk: int) -> HttpResponse:
        now, delivery = timezone.now(), self._delivery(pk)
        form = TimeForm(request.POST, now=now)
        if not form.is_valid():
            return self._show(delivery, form, status=422)
        outcomes = move_times(
            {delivery.pk: form.cleaned_data["seen"]},
            actor=request.user,
            to=form.cleaned_data["due_at"],
            reason=form.cleaned_data["reason"],
            now=now,
        )
        if outcomes.left:
            return self._too_late(delivery)
        messages.success(request, "Moved. Its approval stands, and its author has been told.")
        return redirect(delivery.draft)

    def _delivery(self, pk: int) -> Delivery:
        mine = Delivery.objects.visible_to(self.request.user).with_people()
        delivery = mine.filter(pk=pk).first()
        if delivery is None or not self.request.user.has_perm("publishing.answer", delivery):
            raise Http404
        return delivery

    def _too_late(self, delivery: Delivery) -> HttpResponse:
        messages.warning(
            self.request,
            "Its time was not moved: it has gone on its way, has ended, or has another time by"
            " now. Look where it stands.",
        )
        return redirect(delivery.draft)

    def _show(self, delivery: Delivery, form: TimeForm, status: int = 200) -> HttpResponse:
        context = {"delivery": delivery, "form": form, "timed": timed_words(delivery.draft.text)}
        return render(self.request, "publishing/move_time.html", context, status=status)


class NewsBreaks(PermittedView):
    """Everything that would go out, by team and time: move what is ticked, or hold it all."""

    permission = "publishing.answer"

    def get(self, request: Request) -> HttpResponse:
        now = timezone.now()
        choose = ChooseForm(request.GET if "scope" in request.GET else None, user=request.user)
        return self._show(choose, MoveForm(now=now), now)

    def post(self, request: Request) -> HttpResponse:
        now = timezone.now()
        choose = ChooseForm(request.POST, user=request.user)
        form = MoveForm(request.POST, picked=request.POST.getlist("pick"), now=now)
        if not (choose.is_valid() and form.is_valid()):
            return self._show(choose, form, now, status=422)
        said = form.cleaned_data
        if said["do"] == "hold":
            holds = hold_all(choose.chosen(), reason=said["reason"], actor=request.user, now=now)
            return self._done(choose, {"holds": holds})
        outcomes = move_times(
            form.seen, actor=request.user, to=said["to"], reason=said["reason"], now=now
        )
        return self._done(choose, {"moved": outcomes.moved, "left": outcomes.left})

    def _mine(self) -> DeliveryQuerySet:
        return Delivery.objects.visible_to(self.request.user).with_people()

    def _done(self, choose: ChooseForm, done: dict[str, object]) -> HttpResponse:
        sent = on_its_way(self._mine(), choose.chosen())
        return render(self.request, "publishing/news_done.html", {**done, "on_its_way": sent})

    def _show(
        self, choose: ChooseForm, form: MoveForm, now: datetime, status: int = 200
    ) -> HttpResponse:
        found: list[Delivery] = []
        sent: list[Delivery] = []
        if choose.is_bound and choose.is_valid():
            scopes, until = choose.chosen(), choose.until(now)
            found = list(
                going_out(movable(self._mine()), scopes, now=now, until=until)[: LIMIT + 1]
            )
            sent = list(on_its_way(self._mine(), scopes)[:LIMIT])
        context = {
            "choose": choose,
            "form": form,
            "is_chosen": choose.is_bound and choose.is_valid(),
            "chosen_words": choose.words() if choose.is_bound and choose.is_valid() else "",
            "rows": [self._row(delivery, form) for delivery in found[:LIMIT]],
            "is_too_many": len(found) > LIMIT,
            "on_its_way": sent,
        }
        return render(self.request, "publishing/news.html", context, status=status)

    def _row(self, delivery: Delivery, form: MoveForm) -> Row:
        is_ticked = not form.is_bound or delivery.pk in form.seen
        value = pick_of(delivery.pk, delivery.due_at)
        return Row(delivery, value, timed_words(delivery.draft.text), is_ticked)
