"""What is on its way, what stopped, and what a person says about that."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from publishing.forms import AnswerForm
from publishing.models import Delivery, TakeDown
from publishing.services import (
    Situation,
    drop,
    reschedule,
    say_live,
    send_again,
    situation_of,
    with_attempts,
)
from publishing.workflow import NEEDS_SOMEBODY, ON_ITS_WAY, LostLease, State

RECENT = timedelta(hours=24)
LIMIT = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery on screen; `form` only where this person can answer for it."""

    delivery: Delivery
    form: AnswerForm | None = None
    answer_url: str = ""
    situation: Situation | None = None


def _urgency(line: Line) -> bool:
    """What may be public comes before what surely is not."""
    return line.situation is not None and not line.situation.may_be_public


class Deliveries(PermittedView):
    """Needs a person, on its way, to come, gone out: in this order."""

    permission = "publishing.read"

    def get(self, request: Request) -> HttpResponse:
        return self.show()

    def show(self, failed: tuple[int, AnswerForm] | None = None, status: int = 200) -> HttpResponse:
        now = timezone.now()
        mine = Delivery.objects.visible_to(self.request.user).with_people()
        coming = mine.filter(state=State.QUEUED).order_by("due_at", "pk")[:LIMIT]
        on_its_way = mine.filter(state__in=ON_ITS_WAY - {State.UNKNOWN}).order_by("due_at", "pk")
        went_out = [State.PUBLISHED, State.TAKEN_DOWN]
        gone = mine.filter(state__in=went_out, published_at__gt=now - RECENT)
        stopped = with_attempts(mine.filter(state__in=NEEDS_SOMEBODY)).order_by("due_at", "pk")
        context = {
            "may_answer": self.request.user.has_perm("publishing.answer"),
            "may_see_alerts": self.request.user.has_perm("publishing.see_alerts"),
            "going_down": TakeDown.objects.open().filter(delivery__in=mine).with_people(),
            "needing": sorted(
                (self._line(delivery, now, failed) for delivery in stopped[:LIMIT]), key=_urgency
            ),
            "on_its_way": [Line(delivery) for delivery in on_its_way[:LIMIT]],
            "coming": [Line(delivery) for delivery in coming],
            "gone": [Line(delivery) for delivery in gone.order_by("-published_at", "-pk")[:LIMIT]],
        }
        return render(self.request, "publishing/deliveries.html", context, status=status)

    def _line(
        self, delivery: Delivery, now: datetime, failed: tuple[int, AnswerForm] | None
    ) -> Line:
        situation = situation_of(delivery)
        if not self.request.user.has_perm("publishing.answer", delivery):
            return Line(delivery, situation=situation)
        form = AnswerForm(delivery=delivery, may_be_public=situation.may_be_public, now=now)
        if failed and failed[0] == delivery.pk:
            form = failed[1]
        url = reverse("publishing:answer", args=[delivery.pk])
        return Line(delivery, form, url, situation)


class Answer(Deliveries):
    """A named person says what became of a delivery, or what should."""

    permission = "publishing.answer"

    def get(self, request: Request, pk: int) -> HttpResponse:  # type: ignore[override]
        return redirect("publishing:deliveries")

    def post(self, request: Request, pk: int) -> HttpResponse:
        now = timezone.now()
        mine = Delivery.objects.visible_to(request.user).with_people()
        delivery = with_attempts(mine).filter(pk=pk).first()
        if delivery is None:
            raise Http404
        if delivery.state not in NEEDS_SOMEBODY:
            messages.warning(request, "Nothing needs to be answered for this tweet any more.")
            return redirect("publishing:deliveries")
        may_be_public = situation_of(delivery).may_be_public
        form = AnswerForm(request.POST, delivery=delivery, may_be_public=may_be_public, now=now)
        if not form.is_valid():
            return self.show(failed=(delivery.pk, form), status=422)
        try:
            messages.success(request, self._carry_out(delivery, form, now))
        except LostLease:
            messages.warning(request, "This tweet has moved on meanwhile. Look at it again.")
        return redirect("publishing:deliveries")

    def _carry_out(self, delivery: Delivery, form: AnswerForm, now: datetime) -> str:
        actor, said = self.request.user, form.cleaned_data
        if said["fence"] != delivery.fence:
            raise LostLease
        evidence = said["evidence"]
        match said["answer"]:
            case "live":
                say_live(delivery, actor=actor, address=said["address"], evidence=evidence, now=now)
                return "Noted as public."
            case "again":
                send_again(delivery, actor=actor, evidence=evidence, now=now)
                return "It is sent again now, as it was approved."
            case "reschedule":
                reschedule(delivery, actor=actor, due_at=said["due_at"], reason=evidence, now=now)
                return "It has a new time."
        drop(delivery, actor=actor, evidence=evidence, now=now)
        return "Dropped. It will not go out."
