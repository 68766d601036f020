"""What is on its way, what stopped, and the practice publisher's timeline."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import SocialAccount
from publishing.forms import AnswerForm, FaultForm
from publishing.models import Delivery
from publishing.services import (
    drop,
    fail_next,
    practice_timeline,
    reschedule,
    say_live,
    send_again,
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
        gone = mine.filter(state=State.PUBLISHED, published_at__gt=now - RECENT)
        stopped = mine.filter(state__in=NEEDS_SOMEBODY).order_by("due_at", "pk")[:LIMIT]
        context = {
            "needing": [self._line(delivery, now, failed) for delivery in stopped],
            "on_its_way": [Line(delivery) for delivery in on_its_way[:LIMIT]],
            "coming": [Line(delivery) for delivery in coming],
            "gone": [Line(delivery) for delivery in gone.order_by("-published_at", "-pk")[:LIMIT]],
        }
        return render(self.request, "publishing/deliveries.html", context, status=status)

    def _line(
        self, delivery: Delivery, now: datetime, failed: tuple[int, AnswerForm] | None
    ) -> Line:
        if not self.request.user.has_perm("publishing.answer", delivery):
            return Line(delivery)
        form = AnswerForm(delivery=delivery, now=now)
        if failed and failed[0] == delivery.pk:
            form = failed[1]
        return Line(delivery, form, reverse("publishing:answer", args=[delivery.pk]))


class Answer(Deliveries):
    """A named person says what became of a delivery, or what should."""

    permission = "publishing.answer"

    def get(self, request: Request, pk: int) -> HttpResponse:  # type: ignore[override]
        return redirect("publishing:deliveries")

    def post(self, request: Request, pk: int) -> HttpResponse:
        now = timezone.now()
        delivery = Delivery.objects.visible_to(request.user).with_people().filter(pk=pk).first()
        if delivery is None:
            raise Http404
        if delivery.state not in NEEDS_SOMEBODY:
            messages.warning(request, "Nothing needs to be answered for this tweet any more.")
            return redirect("publishing:deliveries")
        form = AnswerForm(request.POST, delivery=delivery, now=now)
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


class PracticeTimeline(PermittedView):
    """What a public timeline would show, if the practice publisher were a platform."""

    permission = "publishing.see_practice_timeline"

    def get(self, request: Request) -> HttpResponse:
        may_inject = request.user.has_perm("publishing.inject_faults")
        names = {
            f"{account.platform}:{account.handle}": account.display_name
            for account in SocialAccount.objects.select_related("force", "lpt")
        }
        context = {
            "posts": [
                {
                    "account_name": names.get(effect.account, effect.account),
                    "handle": effect.account.partition(":")[2],
                    "text": effect.text,
                    "at": effect.at,
                    "url_id": f"practice-{effect.id}",
                }
                for effect in practice_timeline()
            ],
            "fault_form": _fault_form(request) if may_inject else None,
            "fault_url": reverse("publishing:inject-fault"),
        }
        return render(request, "publishing/practice_timeline.html", context)


class InjectFault(PermittedView):
    permission = "publishing.inject_faults"

    def post(self, request: Request) -> HttpResponse:
        form = _fault_form(request)
        if form.is_valid():
            account = form.cleaned_data["account"]
            name = f"{account.platform}:{account.handle}" if account else "*"
            fail_next(form.cleaned_data["kind"], account=name, actor=request.user)
            messages.success(request, "The next tweet will meet this fault.")
        else:
            messages.warning(request, "Choose a fault and an account from the lists.")
        return redirect("publishing:practice-timeline")


def _fault_form(request: Request) -> FaultForm:
    forces = {membership.force_id for membership in request.user.current_memberships}
    return FaultForm(request.POST if request.method == "POST" else None, forces=forces)
